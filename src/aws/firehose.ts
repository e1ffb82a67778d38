/** Firehose delivery streams through the SDK. */

import {
  type DeliveryStreamFailureType,
  DeliveryStreamStatus,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand
} from '@aws-sdk/client-firehose';
import type { Failure, KeyType, Observation, ReportedKey, Source, StreamRef, TargetKey } from '../encryption/model.ts';
import { Fields } from './answers.ts';
import type { Connection } from './connection.ts';
import { type ListedStreams, toPage } from './directory.ts';
import type { Call } from './errors.ts';
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
  const failure = toFailure(encryption) ?? toFailure(description);

  switch (streamStatus) {
    case 'CREATING':
      return { ...observation, phase: 'changing' };
    case 'CREATING_FAILED':
      return { ...observation, phase: 'not-created', failure };
    case 'DELETING':
    case 'DELETING_FAILED':
      return { ...observation, phase: 'deleting' };
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

/** What the delivery stream reads from; null for Direct PUT. */
function toSource(description: Fields): Source | null {
  const type = description.optionalText('DeliveryStreamType') ?? 'DirectPut';
  const source = description.optionalStructure('Source');
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
  return { type: KEY_TYPES.get(type ?? '') ?? null, id: arn ?? '' };
}

const KEY_TYPES: ReadonlyMap<string, KeyType> = new Map([
  ['AWS_OWNED_CMK', 'aws-owned'],
  ['CUSTOMER_MANAGED_CMK', 'customer-managed']
]);

/** The FailureDescription of a delivery stream or of its encryption. */
function toFailure(failed: Fields | null): Failure | null {
  const failure = failed?.optionalStructure('FailureDescription') ?? null;
  if (failure === null) return null;
  const type = failure.optionalText('Type') ?? 'UNKNOWN_ERROR';
  const details = failure.optionalText('Details') ?? 'no details';
  return {
    reason: truncate(`${type}: ${details.replace(/\.+$/, '')}`),
    advice: FAILURE_ADVICE.get(type) ?? ADVICE_ON_UNKNOWN,
    isRetryable: RETRYABLE.has(type)
  };
}

/** A new grant and a changed policy take a while to take effect. */
const RETRYABLE: ReadonlySet<string> = new Set(['CREATE_KMS_GRANT_FAILED', 'KMS_ACCESS_DENIED']);

const ADVICE_ON_UNKNOWN =
  'AWS does not say what to fix: run again later; if it fails again, contact AWS Support with this message and the ARN of the delivery stream';

/**
 * What to do about each type of failure. The VPC is that of the stream's destination, which Firehose reaches with the role
 * of the delivery stream. Source: Firehose API reference, FailureDescription; Developer Guide, "Controlling access".
 */
const FAILURE_ADVICE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CREATE_KMS_GRANT_FAILED:
      "Grant kms:CreateGrant on the key to the role of this step, in the role's policy and in the key policy; Firehose refuses a session older than 6 hours",
    KMS_ACCESS_DENIED:
      'Allow kms:CreateGrant, kms:GenerateDataKey and kms:Decrypt to the role of this step in the key policy; Firehose refuses a session older than 6 hours',
    RETIRE_KMS_GRANT_FAILED: 'Allow kms:RetireGrant to the role of this step in the policy of the previous key',
    DISABLED_KMS_KEY: 'Enable the key, or use another one',
    INVALID_KMS_KEY: 'Use a symmetric key for ENCRYPT_DECRYPT that is not pending deletion',
    KMS_KEY_NOT_FOUND: "Check that the key exists in the stream's region",
    KMS_OPT_IN_REQUIRED: 'The account is not subscribed to KMS: contact AWS Support',
    CREATE_ENI_FAILED:
      "Firehose could not create a network interface in the destination's VPC: check that its subnets have free IP addresses and that the account has network interfaces left in its quota",
    DELETE_ENI_FAILED:
      "Firehose could not delete a network interface in the destination's VPC: allow ec2:DeleteNetworkInterface to the role of the delivery stream",
    ENI_ACCESS_DENIED:
      "Firehose may not manage network interfaces in the destination's VPC: allow ec2:CreateNetworkInterface, ec2:CreateNetworkInterfacePermission, ec2:DescribeNetworkInterfaces and ec2:DeleteNetworkInterface to the role of the delivery stream",
    SUBNET_NOT_FOUND:
      "A subnet of the destination's VPC configuration does not exist, and that configuration cannot be changed: create the delivery stream again with subnets that exist",
    SUBNET_ACCESS_DENIED:
      "Firehose may not read the subnets of the destination's VPC: allow ec2:DescribeSubnets to the role of the delivery stream",
    SECURITY_GROUP_NOT_FOUND:
      "A security group of the destination's VPC configuration does not exist, and that configuration cannot be changed: create the delivery stream again with security groups that exist",
    SECURITY_GROUP_ACCESS_DENIED:
      "Firehose may not read the security groups of the destination's VPC: allow ec2:DescribeSecurityGroups to the role of the delivery stream",
    VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND:
      "The VPC endpoint service of the delivery stream does not exist: check its name, and that it is in the stream's region",
    VPC_INTERFACE_ENDPOINT_SERVICE_ACCESS_DENIED:
      'Firehose may not connect to the VPC endpoint service of the delivery stream: allow the principal firehose.amazonaws.com in the permissions of that service',
    UNKNOWN_ERROR: ADVICE_ON_UNKNOWN
  } satisfies Readonly<Record<DeliveryStreamFailureType, string>>)
);
