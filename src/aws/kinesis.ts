/** Kinesis data streams through the SDK. */

import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand
} from '@aws-sdk/client-kinesis';
import { isAwsAlias, parseKeyId } from '../encryption/keys/key-id.ts';
import {
  type Encrypted,
  KINESIS_AWS_ALIAS,
  type Observation,
  type Phase,
  type ReportedKey,
  type StreamRef
} from '../encryption/model.ts';
import { Fields } from './answers.ts';
import type { Call } from './call.ts';
import type { Connection } from './connection.ts';
import { type ListedStreams, toPage } from './directory.ts';
import { minPollIntervalMs } from './quotas.ts';
import { truncate } from './sdk-error.ts';

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
      return toPage(new Fields(call, page), 'StreamNames', 'HasMoreStreams', after);
    },
    async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
      const call = callOn(stream, 'DescribeStreamSummary', region);
      const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) =>
        client.send(attach(new DescribeStreamSummaryCommand(streamId(stream))), options)
      );
      return toObservation(stream, new Fields(call, answer).structure('StreamDescriptionSummary'));
    },
    async startEncryption(stream, target, signal, onSend, mayRepeat) {
      const call = callOn(stream, 'StartStreamEncryption', region);
      const input = { ...streamId(stream), EncryptionType: 'KMS', KeyId: target.id } as const;
      await connection.call(call, { signal, onSend, isSentOnce: true, mayRepeat }, (attach, options) =>
        client.send(attach(new StartStreamEncryptionCommand(input)), options)
      );
    },
    async putRecord(stream, signal) {
      const call = callOn(stream, 'PutRecord', region);
      const input = { ...streamId(stream), PartitionKey: 'stream-encryption', Data: Buffer.from('stream-encryption') };
      const answer = await connection.call(call, { signal }, (attach, options) =>
        client.send(attach(new PutRecordCommand(input)), options)
      );
      return new Fields(call, answer).optionalText('EncryptionType') === 'KMS';
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
 * Converts the answer of DescribeStreamSummary. Without an EncryptionType the stream is not encrypted. If no change is in
 * flight, a KeyId contradicts that, and the answer does not show whether the stream is encrypted.
 */
export function toObservation(stream: StreamRef, summary: Fields): Observation {
  const status = summary.text('StreamStatus');
  const keyId = summary.optionalText('KeyId');
  const encryptionType = summary.optionalText('EncryptionType') ?? 'NONE';
  const encrypted = ENCRYPTED.get(encryptionType) ?? 'unknown';
  const phase = PHASES.get(status) ?? 'unclear';
  const isUnclear = phase === 'final' && (encrypted === 'unknown' || (encrypted === 'false' && keyId !== null));
  return {
    arn: summary.arnOf(stream, 'StreamARN'),
    status,
    phase: isUnclear ? 'unclear' : phase,
    encrypted: isUnclear ? 'unknown' : encrypted,
    key: encrypted === 'true' && keyId !== null ? toReportedKey(keyId, summary) : null,
    failure: null,
    source: null,
    previousKeyNeededHours: summary.optionalCount('RetentionPeriodHours', 1),
    channelCount: summary.optionalCount('ChannelCount', 0) ?? 0,
    ...(isUnclear && { unclearReason: `EncryptionType ${encryptionType}${keyId === null ? '' : ` with a KeyId`}` })
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

/** The key policy of every other AWS managed key allows only its own service. */
function toReportedKey(id: string, summary: Fields): ReportedKey {
  const alias = parseKeyId(id)?.alias;
  if (isAwsAlias(id) && alias !== KINESIS_AWS_ALIAS) {
    throw summary.malformed(`the answer's KeyId ${truncate(id)} is the AWS managed key of another service`);
  }
  return { type: alias === KINESIS_AWS_ALIAS ? 'aws-owned' : null, id };
}
