/** Kinesis data streams through the SDK. */

import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
  type StreamDescriptionSummary
} from '@aws-sdk/client-kinesis';
import { isAwsAlias } from '../encryption/keys/key-id.ts';
import type { Encrypted, Observation, Phase, ReportedKey, StreamRef } from '../encryption/model.ts';
import { required } from './answers.ts';
import type { Connection } from './connection.ts';
import { type ListedStreams, nextName } from './directory.ts';
import type { Call } from './errors.ts';
import { minPollIntervalMs } from './quotas.ts';

export function kinesisStreams(connection: Connection): ListedStreams {
  const { region } = connection.config;
  const client = new KinesisClient(connection.config);
  return {
    minPollIntervalMs: minPollIntervalMs('kinesis:DescribeStreamSummary'),
    async names(after, signal) {
      const call = { action: 'kinesis:ListStreams', resource: 'all data streams', region };
      const input = after === null ? {} : { ExclusiveStartStreamName: after };
      const page = await connection.call(call, { signal }, (attach, options) =>
        client.send(attach(new ListStreamsCommand(input)), options)
      );
      const names = required(call, page.StreamNames);
      return { items: names, next: nextName(page.HasMoreStreams, names.at(-1), after) };
    },
    async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
      const call = callOn(stream, 'DescribeStreamSummary', region);
      const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) =>
        client.send(attach(new DescribeStreamSummaryCommand(streamId(stream))), options)
      );
      return toObservation(required(call, answer.StreamDescriptionSummary));
    },
    async startEncryption(stream, target, signal, onSend) {
      const call = callOn(stream, 'StartStreamEncryption', region);
      const input = { ...streamId(stream), EncryptionType: 'KMS', KeyId: target.id } as const;
      await connection.call(call, { signal, onSend, isSentOnce: true }, (attach, options) =>
        client.send(attach(new StartStreamEncryptionCommand(input)), options)
      );
    },
    async putRecord(stream, signal) {
      const call = callOn(stream, 'PutRecord', region);
      const input = { ...streamId(stream), PartitionKey: 'stream-encryption', Data: Buffer.from('stream-encryption') };
      const answer = await connection.call(call, { signal }, (attach, options) =>
        client.send(attach(new PutRecordCommand(input)), options)
      );
      return answer.EncryptionType === 'KMS';
    }
  };
}

function streamId({ name, arn }: StreamRef): { StreamARN: string } | { StreamName: string } {
  return arn === null ? { StreamName: name } : { StreamARN: arn };
}

function callOn({ name, arn }: StreamRef, operation: string, region: string): Call {
  return { action: `kinesis:${operation}`, resource: arn ?? `the data stream ${name}`, region };
}

/**
 * Converts the answer of DescribeStreamSummary. Without an EncryptionType the stream is not encrypted; with a KeyId but no
 * EncryptionType it is unknown.
 */
export function toObservation(summary: StreamDescriptionSummary): Observation {
  const status: string = summary.StreamStatus ?? 'nothing';
  const encrypted = ENCRYPTED.get(summary.EncryptionType ?? (summary.KeyId ? '' : 'NONE')) ?? 'unknown';
  const phase = PHASES.get(status) ?? 'unclear';
  return {
    arn: summary.StreamARN ?? '',
    status,
    phase: phase === 'final' && encrypted === 'unknown' ? 'unclear' : phase,
    encrypted,
    key: encrypted === 'true' && summary.KeyId ? toReportedKey(summary.KeyId) : null,
    failure: null,
    source: null,
    previousKeyNeededHours: summary.RetentionPeriodHours ?? null,
    channelCount: summary.ChannelCount ?? 0
  };
}

const PHASES: ReadonlyMap<string, Phase> = new Map([
  ['CREATING', 'changing'],
  ['UPDATING', 'changing'],
  ['ACTIVE', 'final'],
  ['DELETING', 'deleting']
]);

const ENCRYPTED: ReadonlyMap<string, Encrypted> = new Map([
  ['KMS', 'true'],
  ['NONE', 'false']
]);

function toReportedKey(id: string): ReportedKey {
  return { type: isAwsAlias(id) ? 'aws-owned' : null, id };
}
