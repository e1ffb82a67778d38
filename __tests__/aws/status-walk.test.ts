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
import { describe, expect, test } from '@jest/globals';
import { Fields } from '../../src/aws/answers.ts';
import { FAILURE_TYPES } from '../../src/aws/failure-types.ts';
import { toObservation as toDeliveryStream } from '../../src/aws/firehose.ts';
import { toObservation as toDataStream } from '../../src/aws/kinesis.ts';
import { whyUnusable } from '../../src/encryption/keys/resolved-key.ts';
import type { Observation, StreamRef } from '../../src/encryption/model.ts';
import { judge } from '../../src/encryption/stream/judge.ts';
import type { ResolvedObservation } from '../../src/encryption/stream/observation.ts';
import { planChange } from '../../src/encryption/stream/plan.ts';
import { customerKey, NEW, OLD, REGION, STREAM_ARN } from '../support/account.ts';
import { anyKey, newKey, resolved } from '../support/resolved-observations.ts';

/** What a status means for a stream that is encrypted with another customer key than the target. */
type Meaning =
  | 'waited for'
  | {
      readonly check: 'compliant' | 'non-compliant' | 'failed';
      readonly encrypt: 'change' | 'fail';
      readonly says?: RegExp;
    };

const OTHER_KEY: Meaning = { check: 'non-compliant', encrypt: 'change' };
const UNCLEAR: Meaning = { check: 'failed', encrypt: 'change', says: /does not show whether the stream is encrypted/ };
const FAILED_ATTEMPT: Meaning = { ...UNCLEAR, check: 'non-compliant' };
const BEING_DELETED: Meaning = { check: 'failed', encrypt: 'fail', says: /being deleted: create it again/ };

const DATA_STREAMS: Readonly<Record<string, Meaning>> = {
  ACTIVE: OTHER_KEY,
  CREATING: 'waited for',
  UPDATING: 'waited for',
  DELETING: BEING_DELETED,
  MOONLIT: UNCLEAR
};

const DELIVERY_STREAMS: Readonly<Record<string, Meaning>> = {
  ACTIVE: OTHER_KEY,
  CREATING: 'waited for',
  CREATING_FAILED: { check: 'failed', encrypt: 'fail', says: /could not be created.*delete it and create it again/ },
  DELETING: BEING_DELETED,
  DELETING_FAILED: { check: 'failed', encrypt: 'fail', says: /could not be deleted.*delete it again/ },
  SUSPENDED: OTHER_KEY
};

const ENCRYPTIONS: Readonly<Record<string, Meaning>> = {
  ENABLED: OTHER_KEY,
  ENABLING: 'waited for',
  ENABLING_FAILED: FAILED_ATTEMPT,
  DISABLED: { check: 'non-compliant', encrypt: 'change', says: /not encrypted/ },
  DISABLING: 'waited for',
  DISABLING_FAILED: OTHER_KEY,
  MOONLIT: UNCLEAR
};

const WAY_OUT =
  /\b(run mode encrypt|create it again|delete it again|give a key-type|name the stream exactly|contact|check|grant|allow|enable|use)\b/i;

const REFS: Readonly<Record<'kinesis' | 'firehose', StreamRef>> = {
  kinesis: { kind: 'kinesis', name: 'orders', arn: null },
  firehose: { kind: 'firehose', name: 'orders', arn: null }
};

function dataStream(status: string): Observation {
  const call = { action: 'kinesis:DescribeStreamSummary', resource: 'orders', region: REGION };
  const summary = {
    StreamARN: STREAM_ARN.kinesis,
    StreamStatus: status,
    EncryptionType: 'KMS',
    KeyId: OLD
  };
  return toDataStream(REFS.kinesis, new Fields(call, summary));
}

function deliveryStream(streamStatus: string, status: string, failureType?: string, details = 'why'): Observation {
  const call = { action: 'firehose:DescribeDeliveryStream', resource: 'orders', region: REGION };
  const failure = failureType === undefined ? {} : { FailureDescription: { Type: failureType, Details: details } };
  return toDeliveryStream(
    REFS.firehose,
    new Fields(call, {
      DeliveryStreamARN: STREAM_ARN.firehose,
      DeliveryStreamStatus: streamStatus,
      DeliveryStreamType: 'DirectPut',
      DeliveryStreamEncryptionConfiguration: {
        Status: status,
        KeyType: 'CUSTOMER_MANAGED_CMK',
        KeyARN: OLD,
        ...failure
      }
    })
  );
}

/** Checks what both modes decide, and what they say. */
function expectMeaning(kind: 'kinesis' | 'firehose', observed: Observation, meaning: Meaning): void {
  if (meaning === 'waited for') {
    expect(observed.phase).toBe('changing');
    return;
  }
  const observation = resolved(observed, { type: 'customer-managed' });
  const named = { stream: REFS[kind], named: true };
  const { outcome, why } = judge(named, observation, newKey);
  expect(outcome).toBe(meaning.check);
  expect(why).toMatch(meaning.says ?? /run mode encrypt/);
  const plan = planChange(named, observation, newKey);
  expect(plan.action).toBe(meaning.encrypt);
  for (const words of reasonsToFail(kind, observation)) expect(words).toMatch(WAY_OUT);
}

/** What each mode says where it fails, for a stream that is named and for one that a glob selected, for any key and for one. */
function reasonsToFail(kind: 'kinesis' | 'firehose', observation: ResolvedObservation): string[] {
  return [true, false].flatMap((named) =>
    [newKey, anyKey].flatMap((criteria) => {
      const selected = { stream: REFS[kind], named };
      const judged = judge(selected, observation, criteria);
      const planned = planChange(selected, observation, criteria);
      return [
        ...(judged.outcome === 'failed' || judged.outcome === 'non-compliant' ? [judged.why] : []),
        ...(planned.action === 'fail' ? [planned.why] : [])
      ];
    })
  );
}

test('the tables have every status that the SDK declares', () => {
  const missing = (declared: object, known: object) => Object.keys(declared).filter((status) => !(status in known));
  expect(missing(StreamStatus, DATA_STREAMS)).toEqual([]);
  expect(missing(DeliveryStreamStatus, DELIVERY_STREAMS)).toEqual([]);
  expect(missing(DeliveryStreamEncryptionStatus, ENCRYPTIONS)).toEqual([]);
  expect(missing(KeyState, KEY_STATES)).toEqual([]);
  expect(missing(DeliveryStreamFailureType, FAILURES)).toEqual([]);
});

test.each(Object.entries(DATA_STREAMS))('a data stream in status %s', (status, meaning) => {
  expectMeaning('kinesis', dataStream(status), meaning);
});

test.each(Object.entries(DELIVERY_STREAMS))('a delivery stream in status %s', (status, meaning) => {
  expectMeaning('firehose', deliveryStream(status, 'ENABLED'), meaning);
});

test.each(Object.entries(ENCRYPTIONS))('a delivery stream with encryption %s', (status, meaning) => {
  expectMeaning('firehose', deliveryStream('ACTIVE', status), meaning);
});

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

test.each(Object.entries(KEY_STATES))('a key in state %s', (state, says) => {
  const why = whyUnusable(customerKey(NEW, { state }));
  if (says === null) expect(why).toBeNull();
  else expect(why).toMatch(says);
});

/** What must be said about each type of failure, and whether a second attempt may succeed. Source: FailureDescription. */
const FAILURES: Readonly<Record<string, { says: RegExp; again?: boolean }>> = {
  CREATE_KMS_GRANT_FAILED: { says: /Grant kms:CreateGrant on the key.*session older than 6 hours/, again: true },
  KMS_ACCESS_DENIED: { says: /Grant kms:CreateGrant and kms:DescribeKey on the key/, again: true },
  RETIRE_KMS_GRANT_FAILED: { says: /previous key exists/ },
  DISABLED_KMS_KEY: { says: /Enable the key/ },
  INVALID_KMS_KEY: { says: /Use a symmetric key/ },
  KMS_KEY_NOT_FOUND: { says: /exists in the stream's region/ },
  KMS_OPT_IN_REQUIRED: { says: /AWS Support/ },
  CREATE_ENI_FAILED: { says: /free IP addresses/ },
  DELETE_ENI_FAILED: { says: /allow ec2:DeleteNetworkInterface to the role of the delivery stream/ },
  ENI_ACCESS_DENIED: { says: /allow ec2:CreateNetworkInterface.* to the role of the delivery stream/ },
  SUBNET_NOT_FOUND: { says: /create the delivery stream again with subnets/ },
  SUBNET_ACCESS_DENIED: { says: /allow ec2:DescribeSubnets to the role of the delivery stream/ },
  SECURITY_GROUP_NOT_FOUND: { says: /create the delivery stream again with security groups/ },
  SECURITY_GROUP_ACCESS_DENIED: { says: /allow ec2:DescribeSecurityGroups to the role of the delivery stream/ },
  VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND: { says: /check its name/ },
  VPC_INTERFACE_ENDPOINT_SERVICE_ACCESS_DENIED: { says: /allow the principal firehose.amazonaws.com/ },
  UNKNOWN_ERROR: { says: /if a later attempt fails again, contact AWS Support/ },
  MOON_ERROR: { says: /if a later attempt fails again, contact AWS Support/ }
};

describe.each(Object.entries(FAILURES))('a change that failed with %s', (type, { says, again = false }) => {
  const observation = resolved(deliveryStream('ACTIVE', 'ENABLING_FAILED', type));

  test('is explained in mode check, with the type and what to do first', () => {
    const { outcome, why } = judge({ named: true }, observation, newKey);
    expect(outcome).toBe('non-compliant');
    expect(why).toContain(`ENABLING_FAILED (${type}: why)`);
    expect(why).toMatch(says);
    expect(why).toMatch(/Then run mode encrypt/);
  });

  test('is explained in the modes encrypt and plan if the stream may not be changed', () => {
    const plan = planChange({ stream: REFS.firehose, named: false }, observation, newKey);
    expect(plan).toMatchObject({ action: 'fail', why: expect.stringMatching(says) });
  });

  test('has the second attempt that may help', () => {
    expect(observation.failure?.isRetryable).toBe(again);
    expect(observation.failure?.advice).toMatch(says);
  });
});

test('every known type of failure has words for missing details', () => {
  const causes = [...FAILURE_TYPES].map(([type, { cause }]) => [type, cause]);
  expect(causes.filter(([type = '', cause = '']) => cause === '' || cause.includes(type))).toEqual([]);
});

describe('a change that failed because of a policy other than that of the role', () => {
  const details = (reason: string) => `User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: ${reason}`;

  test.each([
    [
      'KMS_ACCESS_DENIED',
      'kms:CreateGrant with an explicit deny in a service control policy',
      false,
      'The explicit deny in a service control policy takes precedence over every permission: whoever manages that policy must exempt the role that encrypts the stream'
    ],
    [
      'ENI_ACCESS_DENIED',
      'ec2:CreateNetworkInterface with an explicit deny in a permissions boundary',
      false,
      'The explicit deny in a permissions boundary takes precedence over every permission: whoever manages that policy must exempt the role of the delivery stream'
    ],
    [
      'CREATE_KMS_GRANT_FAILED',
      'kms:CreateGrant because no resource-based policy allows the kms:CreateGrant action',
      true,
      'Allow kms:CreateGrant to the role that encrypts the stream in the key policy'
    ],
    [
      'RETIRE_KMS_GRANT_FAILED',
      'kms:RetireGrant with an explicit deny in a resource-based policy',
      false,
      'Check that the previous key exists, and that its policy does not deny kms:RetireGrant; then run again'
    ]
  ])('%s: %s', (type, reason, isRetryable, advice) => {
    const { failure } = deliveryStream('ACTIVE', 'ENABLING_FAILED', type, details(reason));
    expect(failure).toMatchObject({ isRetryable, advice });
  });
});
