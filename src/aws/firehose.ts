/** Firehose delivery streams through the SDK. */

import {
  DeliveryStreamStatus,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand
} from '@aws-sdk/client-firehose';
import { arnScope } from '../encryption/arn.ts';
import type { Failure, KeyType, Observation, ReportedKey, Source, StreamRef, TargetKey } from '../encryption/model.ts';
import { Fields } from './answers.ts';
import type { Call } from './call.ts';
import type { Connection } from './connection.ts';
import { type ListedStreams, toPage } from './directory.ts';
import { failureType, UNKNOWN_ERROR } from './failure-types.ts';
import { minPollIntervalMs } from './quotas.ts';
import { truncate } from './sdk-error.ts';

/** How long Firehose keeps records that it cannot decrypt before it discards them. Source: Firehose Developer Guide. */
const PREVIOUS_KEY_NEEDED_HOURS = 24;

/** The most names that a page can hold; the default is ten. */
const PAGE_SIZE = 10_000;

export function firehoseStreams(connection: Connection): ListedStreams {
  const { region } = connection.config;
  const client = new FirehoseClient(connection.config);
  return {
    minPollIntervalMs: minPollIntervalMs('firehose:DescribeDeliveryStream'),
    async names(after, signal) {
      const call = { action: 'firehose:ListDeliveryStreams', resource: 'all delivery streams', region };
      const start = after === null ? {} : { ExclusiveStartDeliveryStreamName: after };
      const page = await connection.call(call, { signal }, (attach, options) =>
        client.send(attach(new ListDeliveryStreamsCommand({ ...start, Limit: PAGE_SIZE })), options)
      );
      return toPage(new Fields(call, page), 'DeliveryStreamNames', 'HasMoreDeliveryStreams', after);
    },
    async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
      const call = callOn(stream, 'DescribeDeliveryStream', region);
      const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) =>
        client.send(attach(new DescribeDeliveryStreamCommand({ DeliveryStreamName: stream.name })), options)
      );
      return toObservation(stream, new Fields(call, answer).structure('DeliveryStreamDescription'));
    },
    async startEncryption(stream, target, signal, onSend, mayRepeat) {
      const call = callOn(stream, 'StartDeliveryStreamEncryption', region);
      const input = {
        DeliveryStreamName: stream.name,
        DeliveryStreamEncryptionConfigurationInput: toConfiguration(target)
      };
      await connection.call(call, { signal, onSend, isSentOnce: true, mayRepeat }, (attach, options) =>
        client.send(attach(new StartDeliveryStreamEncryptionCommand(input)), options)
      );
    },
    async putRecord(stream, signal) {
      const call = callOn(stream, 'PutRecord', region);
      const input = { DeliveryStreamName: stream.name, Record: { Data: Buffer.from('stream-encryption\n') } };
      const answer = await connection.call(call, { signal }, (attach, options) =>
        client.send(attach(new PutRecordCommand(input)), options)
      );
      return new Fields(call, answer).optionalFlag('Encrypted') === true;
    }
  };
}

function toConfiguration({ type, id }: TargetKey) {
  return type === 'aws-owned'
    ? ({ KeyType: 'AWS_OWNED_CMK' } as const)
    : ({ KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: id } as const);
}

function callOn({ name, arn }: StreamRef, operation: string, region: string): Call {
  return { action: `firehose:${operation}`, resource: arn ?? `the delivery stream ${name}`, region };
}

/** Others occur, such as `SUSPENDED`. They do not say whether the stream is encrypted. */
const KNOWN_STATUSES: ReadonlySet<string> = new Set(Object.values(DeliveryStreamStatus));

/**
 * Converts the answer of DescribeDeliveryStream. For an existing Direct PUT stream the encryption's own status counts, not
 * DeliveryStreamStatus.
 */
export function toObservation(stream: StreamRef, description: Fields): Observation {
  const encryption = description.optionalStructure('DeliveryStreamEncryptionConfiguration');
  const key = encryption === null ? null : toReportedKey(encryption);
  const status = encryption === null ? 'DISABLED' : encryption.text('Status');
  const streamStatus = description.text('DeliveryStreamStatus');
  const observation = {
    arn: description.arnOf(stream, 'DeliveryStreamARN'),
    status,
    encrypted: 'unknown',
    key: null,
    failure: null,
    source: toSource(description),
    previousKeyNeededHours: PREVIOUS_KEY_NEEDED_HOURS,
    channelCount: 0,
    ...(!KNOWN_STATUSES.has(streamStatus) && { unusualStatus: streamStatus })
  } as const;
  // Firehose puts the reason of a failed change in either place.
  const { region } = arnScope(observation.arn);
  const failure = toFailure(encryption, region) ?? toFailure(description, region);

  switch (streamStatus) {
    case 'CREATING':
      return { ...observation, phase: 'changing' };
    case 'CREATING_FAILED':
      return { ...observation, phase: 'not-created', failure };
    case 'DELETING':
      return { ...observation, phase: 'deleting' };
    case 'DELETING_FAILED':
      return { ...observation, phase: 'deleting', failure: failure ?? WITHOUT_REASON };
  }
  if (observation.source !== null) {
    // Source: Amazon MSK Developer Guide, "Data encryption": it always encrypts at rest.
    return { ...observation, phase: 'has-source', encrypted: observation.source.kind === 'msk' ? 'true' : 'unknown' };
  }

  switch (status) {
    case 'ENABLED':
      return { ...observation, phase: 'final', encrypted: 'true', key };
    case 'DISABLED':
      return { ...observation, phase: 'final', encrypted: 'false' };
    case 'ENABLING':
    case 'DISABLING':
      return { ...observation, phase: 'changing' };
    // What is said about it: whyNotProved in encrypt.ts, formatUnclear in observation.ts.
    case 'ENABLING_FAILED':
      return { ...observation, phase: 'failed', failure };
    case 'DISABLING_FAILED':
      // Turning encryption off failed, so the key that is shown is still in force. Without a key nothing is certain.
      return key === null
        ? { ...observation, phase: 'unclear', failure }
        : { ...observation, phase: 'final', encrypted: 'true', key };
    default:
      return { ...observation, phase: 'unclear', failure };
  }
}

/** The types of delivery streams with a source, by the member that describes it. */
const SOURCES: readonly (readonly [member: string, type: string])[] = [
  ['KinesisStreamSourceDescription', 'KinesisStreamAsSource'],
  ['MSKSourceDescription', 'MSKAsSource'],
  ['DatabaseSourceDescription', 'DatabaseAsSource']
];

/** What the delivery stream reads from; null for Direct PUT. */
function toSource(description: Fields): Source | null {
  const source = description.optionalStructure('Source');
  const [, typeOfSource] = SOURCES.find(([member]) => source?.optionalStructure(member)) ?? [];
  const type = description.optionalText('DeliveryStreamType') ?? typeOfSource ?? 'DirectPut';
  if (type === 'DirectPut' && typeOfSource !== undefined) {
    throw description.malformed('the answer describes a source, although its DeliveryStreamType is DirectPut');
  }
  const read = (structure: string, name: string) => source?.optionalStructure(structure)?.optionalText(name) ?? null;
  switch (type) {
    case 'DirectPut':
      return null;
    case 'KinesisStreamAsSource':
      return {
        kind: 'data-stream',
        type,
        arn: read('KinesisStreamSourceDescription', 'KinesisStreamARN'),
        endpoint: null
      };
    case 'MSKAsSource':
      return { kind: 'msk', type, arn: read('MSKSourceDescription', 'MSKClusterARN'), endpoint: null };
    default:
      return { kind: 'other', type, arn: null, endpoint: read('DatabaseSourceDescription', 'Endpoint') };
  }
}

function toReportedKey(encryption: Fields): ReportedKey | null {
  const type = encryption.optionalText('KeyType');
  const arn = encryption.optionalText('KeyARN');
  if (type === null && arn === null) return null;
  if (encryption.text('Status') === 'ENABLED') assertConsistent(encryption, type, arn);
  return { type: KEY_TYPES.get(type ?? '') ?? null, id: arn ?? '' };
}

/** The AWS owned key has no ARN, and a customer managed key always has one. Source: Firehose API, KeyType. */
function assertConsistent(encryption: Fields, type: string | null, arn: string | null): void {
  if (type === 'AWS_OWNED_CMK' && arn !== null) {
    throw encryption.malformed('the answer has a KeyARN, although its KeyType is AWS_OWNED_CMK');
  }
  if (type === 'CUSTOMER_MANAGED_CMK') encryption.text('KeyARN');
}

const KEY_TYPES: ReadonlyMap<string, KeyType> = new Map([
  ['AWS_OWNED_CMK', 'aws-owned'],
  ['CUSTOMER_MANAGED_CMK', 'customer-managed']
]);

const WITHOUT_REASON: Failure = { reason: 'DELETING_FAILED', advice: '', isRetryable: false };

/** The FailureDescription of a delivery stream or of its encryption. */
function toFailure(failed: Fields | null, region: string): Failure | null {
  const failure = failed?.optionalStructure('FailureDescription') ?? null;
  if (failure === null) return null;
  const type = failure.optionalText('Type') ?? UNKNOWN_ERROR;
  const given = failure.optionalText('Details');
  const { cause, advice, isRetryable } = failureType(type, given ?? '', region);
  const details = given ?? cause;
  return { reason: truncate(`${type}: ${details.replace(/\.+$/, '')}`), advice, isRetryable };
}
