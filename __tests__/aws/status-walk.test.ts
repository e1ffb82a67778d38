/**
 * Walks through every status that the services and KMS declare, in every mode. The tables say, independently of the code,
 * what each means. A new status in the SDK fails here until the tables have it.
 */

import {
  DeliveryStreamEncryptionStatus,
  DeliveryStreamFailureType,
  DeliveryStreamStatus
} from '@aws-sdk/client-firehose';
import { StreamStatus } from '@aws-sdk/client-kinesis';
import { KeyState } from '@aws-sdk/client-kms';
import { expect, test } from '@jest/globals';
import { Fields } from '../../src/aws/answers.ts';
import { FAILURE_TYPES } from '../../src/aws/failure-types.ts';
import { toObservation as toDeliveryStream } from '../../src/aws/firehose.ts';
import { toObservation as toDataStream } from '../../src/aws/kinesis.ts';
import { whyUnusable } from '../../src/encryption/keys/resolved-key.ts';
import type { Observation, StreamKind } from '../../src/encryption/model.ts';
import { judge } from '../../src/encryption/stream/judge.ts';
import { planChange } from '../../src/encryption/stream/plan.ts';
import { customerKey, NEW, OLD, REGION, STREAM_ARN } from '../support/account.ts';
import { anyKey, newKey, resolved } from '../support/resolved-observations.ts';

/** What a status means for a stream that is encrypted with another customer key than the target; null if it is waited for. */
type Meaning = {
  readonly check: 'compliant' | 'non-compliant' | 'failed';
  readonly encrypt: 'change' | 'fail';
  readonly says?: RegExp;
} | null;
type Meanings = Readonly<Record<string, Meaning>>;

const OTHER_KEY: Meaning = { check: 'non-compliant', encrypt: 'change' };
const NOT_ENCRYPTED: Meaning = { ...OTHER_KEY, says: /not encrypted/ };
const UNCLEAR: Meaning = { check: 'failed', encrypt: 'change', says: /does not show whether the stream is encrypted/ };
const FAILED_ATTEMPT: Meaning = { ...UNCLEAR, check: 'non-compliant' };
const BEING_DELETED: Meaning = { check: 'failed', encrypt: 'fail', says: /being deleted: create it again/ };
const NOT_CREATED: Meaning = { ...BEING_DELETED, says: /could not be created.*delete it and create it again/ };
const NOT_DELETED: Meaning = { ...BEING_DELETED, says: /could not be deleted.*delete it again/ };

const DATA_STREAMS: Meanings = {
  ACTIVE: OTHER_KEY,
  CREATING: null,
  UPDATING: null,
  DELETING: BEING_DELETED,
  MOONLIT: UNCLEAR
};

const DELIVERY_STREAMS: Meanings = {
  ACTIVE: OTHER_KEY,
  CREATING: null,
  CREATING_FAILED: NOT_CREATED,
  DELETING: BEING_DELETED,
  DELETING_FAILED: NOT_DELETED,
  SUSPENDED: OTHER_KEY
};

const ENCRYPTIONS: Meanings = {
  ENABLED: OTHER_KEY,
  ENABLING: null,
  ENABLING_FAILED: FAILED_ATTEMPT,
  DISABLED: NOT_ENCRYPTED,
  DISABLING: null,
  DISABLING_FAILED: OTHER_KEY,
  MOONLIT: UNCLEAR
};

/** What must be said of a key in this state; null if it can be used. */
const KEY_STATES: Readonly<Record<string, RegExp | null>> = {
  Enabled: null,
  Updating: null,
  Creating: /run again when its state is Enabled/,
  Disabled: /enable it/,
  PendingDeletion: /cancel the deletion/,
  PendingImport: /import it/,
  PendingReplicaDeletion: /cancel the deletion/,
  Unavailable: /connect its custom key store/,
  Moonlit: /state Moonlit .* use another key/
};

/** What must be said about each type of failure. Source: FailureDescription. */
const FAILURES: Readonly<Record<string, RegExp>> = {
  CREATE_KMS_GRANT_FAILED: /Grant kms:CreateGrant on the key.*session older than 6 hours/,
  KMS_ACCESS_DENIED: /Grant kms:CreateGrant and kms:DescribeKey on the key/,
  RETIRE_KMS_GRANT_FAILED: /previous key exists/,
  DISABLED_KMS_KEY: /Enable the key/,
  INVALID_KMS_KEY: /Use a symmetric key/,
  KMS_KEY_NOT_FOUND: /exists in the stream's region/,
  KMS_OPT_IN_REQUIRED: /AWS Support/,
  CREATE_ENI_FAILED: /free IP addresses/,
  DELETE_ENI_FAILED: /allow ec2:DeleteNetworkInterface to the role of the delivery stream/,
  ENI_ACCESS_DENIED: /allow ec2:CreateNetworkInterface.* to the role of the delivery stream/,
  SUBNET_NOT_FOUND: /create the delivery stream again with subnets/,
  SUBNET_ACCESS_DENIED: /allow ec2:DescribeSubnets to the role of the delivery stream/,
  SECURITY_GROUP_NOT_FOUND: /create the delivery stream again with security groups/,
  SECURITY_GROUP_ACCESS_DENIED: /allow ec2:DescribeSecurityGroups to the role of the delivery stream/,
  VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND: /check its name/,
  VPC_INTERFACE_ENDPOINT_SERVICE_ACCESS_DENIED: /allow the principal firehose.amazonaws.com/,
  UNKNOWN_ERROR: /AWS does not say what to fix: if a later attempt fails again, contact AWS Support/,
  MOON_ERROR: /AWS does not say what to fix: if a later attempt fails again, contact AWS Support/
};
/** A second attempt may succeed. */
const RETRYABLE = ['CREATE_KMS_GRANT_FAILED', 'KMS_ACCESS_DENIED'];

const WAY_OUT =
  /\b(run mode encrypt|create it again|delete it again|give a key-type|name the stream exactly|contact|check|grant|allow|enable|use)\b/i;

function dataStream(status: string): Observation {
  const call = { action: 'kinesis:DescribeStreamSummary', resource: 'orders', region: REGION };
  const summary = { StreamARN: STREAM_ARN.kinesis, StreamStatus: status, EncryptionType: 'KMS', KeyId: OLD };
  return toDataStream({ kind: 'kinesis', name: 'orders', arn: null }, new Fields(call, summary));
}

function deliveryStream(
  streamStatus: string,
  status: string,
  failure?: { Type: string; Details: string }
): Observation {
  const call = { action: 'firehose:DescribeDeliveryStream', resource: 'orders', region: REGION };
  const encryption = { Status: status, KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: OLD, FailureDescription: failure };
  const description = {
    DeliveryStreamARN: STREAM_ARN.firehose,
    DeliveryStreamStatus: streamStatus,
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfiguration: encryption
  };
  return toDeliveryStream({ kind: 'firehose', name: 'orders', arn: null }, new Fields(call, description));
}

test('the tables have every status that the SDK declares', () => {
  const missing = (declared: object, known: object) => Object.keys(declared).filter((status) => !(status in known));
  expect(missing(StreamStatus, DATA_STREAMS)).toEqual([]);
  expect(missing(DeliveryStreamStatus, DELIVERY_STREAMS)).toEqual([]);
  expect(missing(DeliveryStreamEncryptionStatus, ENCRYPTIONS)).toEqual([]);
  expect(missing(KeyState, KEY_STATES)).toEqual([]);
  expect(missing(DeliveryStreamFailureType, FAILURES)).toEqual([]);
});

function rows(table: Meanings, kind: StreamKind, observe: (status: string) => Observation) {
  return Object.entries(table).map(([status, meaning]) => ({ kind, status, meaning, observed: observe(status) }));
}

test.each([
  ...rows(DATA_STREAMS, 'kinesis', dataStream),
  ...rows(DELIVERY_STREAMS, 'firehose', (status) => deliveryStream(status, 'ENABLED')),
  ...rows(ENCRYPTIONS, 'firehose', (status) => deliveryStream('ACTIVE', status))
])('a $kind stream or its encryption in status $status means the same in all modes', ({ kind, meaning, observed }) => {
  if (meaning === null) {
    expect(observed.phase).toBe('changing');
    return;
  }
  const observation = resolved(observed, { type: 'customer-managed' });
  const stream = { kind, name: 'orders', arn: null };
  const { outcome, why } = judge({ named: true }, observation, newKey);
  expect({ outcome, why }).toEqual({
    outcome: meaning.check,
    why: expect.stringMatching(meaning.says ?? /run mode encrypt/)
  });
  expect(planChange({ stream, named: true }, observation, newKey).action).toBe(meaning.encrypt);
  // Whether it is named or selected by a glob, and for any key or for one, each failure says what to do.
  for (const named of [true, false]) {
    for (const criteria of [newKey, anyKey]) {
      const judged = judge({ named }, observation, criteria);
      if (/failed|non-compliant/.test(judged.outcome)) expect(judged.why).toMatch(WAY_OUT);
      const plan = planChange({ stream, named }, observation, criteria);
      if (plan.action === 'fail') expect(plan.why).toMatch(WAY_OUT);
    }
  }
});

test.each(Object.entries(KEY_STATES))('a key in state %s: %s', (state, says) => {
  const why = whyUnusable(customerKey(NEW, { state }));
  expect(why).toEqual(says === null ? null : expect.stringMatching(says));
});

test.each(Object.entries(FAILURES))('a change that failed with %s is explained in all modes: %s', (type, says) => {
  const failed = { Type: type, Details: 'why' };
  const observation = resolved(deliveryStream('ACTIVE', 'ENABLING_FAILED', failed));
  expect(observation.failure).toEqual({
    reason: `${type}: why`,
    advice: expect.stringMatching(says),
    isRetryable: RETRYABLE.includes(type)
  });
  const { outcome, why } = judge({ named: true }, observation, newKey);
  expect(outcome).toBe('non-compliant');
  for (const words of [`ENABLING_FAILED (${type}: why)`, observation.failure?.advice, 'Then run mode encrypt']) {
    expect(why).toContain(words);
  }
  const stream = { kind: 'firehose', name: 'orders', arn: null } as const;
  const plan = planChange({ stream, named: false }, observation, newKey);
  expect(plan).toMatchObject({ action: 'fail', why: expect.stringMatching(says) });
});

test('every known type of failure has words for missing details', () => {
  const causes = [...FAILURE_TYPES].map(([type, { cause }]) => [type, cause]);
  expect(causes.filter(([type = '', cause = '']) => cause === '' || cause.includes(type))).toEqual([]);
});

function explicitDenyIn(policy: string, role: string): string {
  return `The explicit deny in ${policy} takes precedence over every permission: whoever manages that policy must exempt ${role}`;
}

test.each([
  [
    'KMS_ACCESS_DENIED',
    'kms:CreateGrant with an explicit deny in a service control policy',
    explicitDenyIn('a service control policy', 'the role that encrypts the stream')
  ],
  [
    'ENI_ACCESS_DENIED',
    'ec2:CreateNetworkInterface with an explicit deny in a permissions boundary',
    explicitDenyIn('a permissions boundary', 'the role of the delivery stream')
  ],
  [
    'CREATE_KMS_GRANT_FAILED',
    'kms:CreateGrant because no resource-based policy allows the kms:CreateGrant action',
    'Allow kms:CreateGrant to the role that encrypts the stream in the key policy'
  ],
  [
    'RETIRE_KMS_GRANT_FAILED',
    'kms:RetireGrant with an explicit deny in a resource-based policy',
    'Check that the previous key exists, and that its policy does not deny kms:RetireGrant; then run again'
  ]
])('a change that failed with %s, because of another policy than that of the role: %s', (type, denial, advice) => {
  const details = `User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: ${denial}`;
  const { failure } = deliveryStream('ACTIVE', 'ENABLING_FAILED', { Type: type, Details: details });
  // After an explicit deny, a second attempt fails as the first one.
  expect(failure).toMatchObject({ advice, isRetryable: type === 'CREATE_KMS_GRANT_FAILED' });
});
