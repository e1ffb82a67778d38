import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListStreamsCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
  type StreamDescriptionSummary,
  type StreamSummary
} from '@aws-sdk/client-kinesis';
import { isAwsAlias } from '../encryption/keys/key-id.ts';
import type { Encrypted, Observation, Phase, ReportedKey, StreamRef } from '../encryption/model.ts';
import { addMiddleware, callAws, required, withoutRetries } from './calls.ts';
import type { Connection } from './clients.ts';
import { type ListedStreams, nextName } from './directory.ts';
import type { Call } from './errors.ts';
import { type Listed, Sweeps } from './sweeps.ts';

/** Half the account's 20 DescribeStreamSummary calls a second at most. Source: Kinesis Developer Guide, "Quotas and limits". */
const SHORTEST_PAUSE_MS = 100;

/** Five StartStreamEncryption calls a second: what bounds many changes. */
const MS_A_CHANGE = 200;

const UPDATING = 'UPDATING';

/** Kinesis data streams. */
export function kinesisStreams(connection: Connection): ListedStreams {
  const { region } = connection.config;
  const client = new KinesisClient(connection.config);
  addMiddleware(client, 'kinesis', connection);

  const listing = { action: 'kinesis:ListStreams', resource: 'all data streams', region };
  const list = (after: string | null, signal: AbortSignal) => {
    const input = after === null ? {} : { ExclusiveStartStreamName: after };
    return callAws(listing, signal, (options) => client.send(new ListStreamsCommand(input), options));
  };
  const sweeps = new Sweeps(async (after) => {
    const page = await list(after, connection.closed);
    const listed = required(listing, page.StreamSummaries).map(readListed);
    return { items: listed, next: nextName(page.HasMoreStreams, listed.at(-1)?.name, after) };
  }, connection.clock);

  return {
    async names(after, signal) {
      const page = await list(after, signal);
      const names = required(listing, page.StreamNames);
      return { items: names, next: nextName(page.HasMoreStreams, names.at(-1), after) };
    },
    minPollIntervalMs: SHORTEST_PAUSE_MS,
    msAChange: MS_A_CHANGE,
    ready: (signal) => connection.pace.reserve('kinesis:DescribeStreamSummary', signal),
    async describe(stream, signal, yieldMs) {
      const call = callOn(stream, 'DescribeStreamSummary', region);
      const { StreamDescriptionSummary: summary } = await callAws(
        call,
        signal,
        (options) => client.send(new DescribeStreamSummaryCommand(naming(stream)), options),
        yieldMs
      );
      return readSummary(required(call, summary));
    },
    async glance(stream, glance, signal) {
      return (await sweeps.showsUpdating(stream, glance, signal)) ? UPDATING : null;
    },
    readyToStart: (signal) => connection.pace.reserve('kinesis:StartStreamEncryption', signal),
    async startEncryption(stream, key, signal) {
      const input = { ...naming(stream), EncryptionType: 'KMS', KeyId: key.id } as const;
      const command = new StartStreamEncryptionCommand(input);
      command.middlewareStack.use(withoutRetries());
      await callAws(callOn(stream, 'StartStreamEncryption', region), signal, (options) =>
        client.send(command, options)
      );
    },
    async putRecord(stream, signal) {
      const input = { ...naming(stream), PartitionKey: 'stream-encryption', Data: Buffer.from('stream-encryption') };
      const { EncryptionType } = await callAws(callOn(stream, 'PutRecord', region), signal, (options) =>
        client.send(new PutRecordCommand(input), options)
      );
      return EncryptionType === 'KMS';
    }
  };
}

function readListed({ StreamName: name = '', StreamARN: arn = '', StreamStatus: status }: StreamSummary): Listed {
  return { name, arn, status: status ?? '' };
}

function naming({ name, arn }: StreamRef): { StreamARN: string } | { StreamName: string } {
  return arn === null ? { StreamName: name } : { StreamARN: arn };
}

function callOn({ name, arn }: StreamRef, operation: string, region: string): Call {
  return { action: `kinesis:${operation}`, resource: arn ?? `the data stream ${name}`, region };
}

/** Reads what DescribeStreamSummary tells. Without a word of encryption a stream has none, unless a key is shown. */
export function readSummary(summary: StreamDescriptionSummary): Observation {
  const status: string = summary.StreamStatus ?? 'nothing';
  const encrypted = ENCRYPTED.get(summary.EncryptionType ?? (summary.KeyId ? '' : 'NONE')) ?? 'unknown';
  const phase = PHASES.get(status) ?? 'unclear';
  return {
    arn: summary.StreamARN ?? '',
    status,
    phase: phase === 'final' && encrypted === 'unknown' ? 'unclear' : phase,
    encrypted,
    key: encrypted === 'true' && summary.KeyId ? reportedKey(summary.KeyId) : null,
    failure: null,
    source: null,
    previousKeyNeededHours: summary.RetentionPeriodHours ?? null
  };
}

const PHASES: ReadonlyMap<string, Phase> = new Map([
  ['CREATING', 'changing'],
  [UPDATING, 'changing'],
  ['ACTIVE', 'final'],
  ['DELETING', 'deleting']
]);

const ENCRYPTED: ReadonlyMap<string, Encrypted> = new Map([
  ['KMS', 'true'],
  ['NONE', 'false']
]);

function reportedKey(id: string): ReportedKey {
  return { type: isAwsAlias(id) ? 'aws-owned' : null, id };
}
