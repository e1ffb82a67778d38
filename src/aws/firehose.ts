import {
  type DeliveryStreamDescription,
  type DeliveryStreamEncryptionConfiguration,
  DescribeDeliveryStreamCommand,
  type FailureDescription,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand
} from '@aws-sdk/client-firehose';
import type { Failure, KeyType, Observation, ReportedKey, StreamRef, TargetKey } from '../encryption/model.ts';
import { addMiddleware, callAws, required, withoutRetries } from './calls.ts';
import type { Connection } from './clients.ts';
import { type ListedStreams, nextName } from './directory.ts';
import { briefly } from './error-facts.ts';
import type { Call } from './errors.ts';

/** The account has five DescribeDeliveryStream calls a second; the jitter keeps a pause within a tenth of this. */
const SHORTEST_PAUSE_MS = 220;

/** Two DescribeDeliveryStream calls for each change, five a second: what bounds many changes. */
const MS_A_CHANGE = 400;

/** For how long Firehose keeps records it cannot decrypt before it discards them. Source: Firehose Developer Guide. */
const OLD_KEY_NEEDED_HOURS = 24;

/** As many names as a page can have; left to itself, the service gives ten. */
const NAMES_A_PAGE = 10_000;

/** Firehose delivery streams. */
export function firehoseStreams(connection: Connection): ListedStreams {
  const { region } = connection.config;
  const client = new FirehoseClient(connection.config);
  addMiddleware(client, 'firehose', connection);

  return {
    async names(after, signal) {
      const call = { action: 'firehose:ListDeliveryStreams', resource: 'all delivery streams', region };
      const start = after === null ? {} : { ExclusiveStartDeliveryStreamName: after };
      const page = await callAws(call, signal, (options) =>
        client.send(new ListDeliveryStreamsCommand({ ...start, Limit: NAMES_A_PAGE }), options)
      );
      const names = required(call, page.DeliveryStreamNames);
      return { items: names, next: nextName(page.HasMoreDeliveryStreams, names.at(-1), after) };
    },
    minPollIntervalMs: SHORTEST_PAUSE_MS,
    msAChange: MS_A_CHANGE,
    ready: (signal) => connection.pace.reserve('firehose:DescribeDeliveryStream', signal),
    async describe(stream, signal, yieldMs) {
      const call = callOn(stream, 'DescribeDeliveryStream', region);
      const { DeliveryStreamDescription: description } = await callAws(
        call,
        signal,
        (options) => client.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: stream.name }), options),
        yieldMs
      );
      return readDescription(required(call, description));
    },
    // No call tells the state of several delivery streams at once.
    glance: () => Promise.resolve(null),
    readyToStart: (signal) => connection.pace.reserve('firehose:StartDeliveryStreamEncryption', signal),
    async startEncryption(stream, key, signal) {
      const input = { DeliveryStreamName: stream.name, DeliveryStreamEncryptionConfigurationInput: configuration(key) };
      const command = new StartDeliveryStreamEncryptionCommand(input);
      command.middlewareStack.use(withoutRetries());
      await callAws(callOn(stream, 'StartDeliveryStreamEncryption', region), signal, (options) =>
        client.send(command, options)
      );
    },
    async putRecord(stream, signal) {
      const input = { DeliveryStreamName: stream.name, Record: { Data: Buffer.from('stream-encryption\n') } };
      const { Encrypted } = await callAws(callOn(stream, 'PutRecord', region), signal, (options) =>
        client.send(new PutRecordCommand(input), options)
      );
      return Encrypted === true;
    }
  };
}

function configuration(key: TargetKey) {
  return key.type === 'aws-owned'
    ? ({ KeyType: 'AWS_OWNED_CMK' } as const)
    : ({ KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: key.id } as const);
}

function callOn({ name, arn }: StreamRef, operation: string, region: string): Call {
  return { action: `firehose:${operation}`, resource: arn ?? `the delivery stream ${name}`, region };
}

/** Reads what DescribeDeliveryStream tells. The state that counts is the encryption's own, not the delivery stream's. */
export function readDescription(description: DeliveryStreamDescription): Observation {
  const encryption = description.DeliveryStreamEncryptionConfiguration;
  const key = encryption === undefined ? null : reportedKey(encryption);
  // A key without a status is no word of there being none.
  const status: string = encryption?.Status ?? (key === null ? 'DISABLED' : 'nothing');
  const look = {
    arn: description.DeliveryStreamARN ?? '',
    status,
    encrypted: 'unknown',
    key: null,
    failure: readFailure(encryption?.FailureDescription),
    source: null,
    previousKeyNeededHours: OLD_KEY_NEEDED_HOURS
  } as const;

  const source = description.DeliveryStreamType ?? 'DirectPut';
  if (source !== 'DirectPut') return { ...look, phase: 'not-applicable', source };
  switch (description.DeliveryStreamStatus) {
    case 'CREATING':
      return { ...look, phase: 'changing' };
    case 'CREATING_FAILED':
      return { ...look, phase: 'not-created', failure: readFailure(description.FailureDescription) };
    case 'DELETING':
    case 'DELETING_FAILED':
      return { ...look, phase: 'deleting' };
  }

  switch (status) {
    case 'ENABLED':
      return { ...look, phase: 'final', encrypted: 'true', key };
    case 'DISABLED':
      return { ...look, phase: 'final', encrypted: 'false' };
    case 'ENABLING':
    case 'DISABLING':
      return { ...look, phase: 'changing' };
    case 'ENABLING_FAILED':
      return { ...look, phase: 'failed' };
    case 'DISABLING_FAILED':
      // Turning off failed, so the key it shows is still in force; without one nothing is certain.
      return key === null ? { ...look, phase: 'unclear' } : { ...look, phase: 'final', encrypted: 'true', key };
    default:
      return { ...look, phase: 'unclear' };
  }
}

function reportedKey({ KeyType, KeyARN }: DeliveryStreamEncryptionConfiguration): ReportedKey | null {
  if (KeyType === undefined && KeyARN === undefined) return null;
  return { type: KEY_TYPES.get(KeyType ?? '') ?? null, id: KeyARN ?? '' };
}

const KEY_TYPES: ReadonlyMap<string, KeyType> = new Map([
  ['AWS_OWNED_CMK', 'aws-owned'],
  ['CUSTOMER_MANAGED_CMK', 'customer-managed']
]);

function readFailure(failure: FailureDescription | undefined): Failure | null {
  if (failure === undefined) return null;
  const { Type: type = 'UNKNOWN_ERROR', Details: details = 'no details' } = failure;
  return {
    reason: briefly(`${type}: ${details.replace(/\.+$/, '')}`),
    advice: FAILURE_ADVICE.get(type) ?? '',
    isRetryable: MAY_PASS.has(type)
  };
}

/** A grant just made, and a policy just changed, take a while to be known everywhere. */
const MAY_PASS: ReadonlySet<string> = new Set(['CREATE_KMS_GRANT_FAILED', 'KMS_ACCESS_DENIED']);

const FAILURE_ADVICE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CREATE_KMS_GRANT_FAILED:
      "Grant kms:CreateGrant on the key to the role of this step, in its policy and in the key's; Firehose refuses a session older than 6 hours",
    KMS_ACCESS_DENIED:
      "Let the key's policy allow kms:CreateGrant, kms:GenerateDataKey and kms:Decrypt to the role of this step; Firehose refuses a session older than 6 hours",
    RETIRE_KMS_GRANT_FAILED: "Let the old key's policy allow kms:RetireGrant to the role of this step",
    DISABLED_KMS_KEY: 'Enable the key, or ask for another one',
    INVALID_KMS_KEY: 'Ask for a symmetric key for ENCRYPT_DECRYPT that is not pending deletion',
    KMS_KEY_NOT_FOUND: "See that the key exists, in the stream's region",
    KMS_OPT_IN_REQUIRED: 'The account is not subscribed to KMS: ask AWS Support'
  })
);
