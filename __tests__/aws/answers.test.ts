/** What the answers of AWS say. For each field that is missing or has another type, see campaign/false-answers.test.ts. */

import {
  DeliveryStreamEncryptionStatus,
  DeliveryStreamFailureType,
  DeliveryStreamStatus
} from '@aws-sdk/client-firehose';
import { StreamStatus } from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import { Fields } from '../../src/aws/answers.ts';
import { FAILURE_TYPES } from '../../src/aws/failure-types.ts';
import { toObservation as toDeliveryStream } from '../../src/aws/firehose.ts';
import { toObservation as toDataStream } from '../../src/aws/kinesis.ts';
import { toKeyDescription } from '../../src/aws/kms.ts';
import type { KeyDescription, Observation } from '../../src/encryption/model.ts';
import { MalformedAnswer } from '../../src/encryption/ports.ts';
import { judge } from '../../src/encryption/stream/judge.ts';
import { planChange } from '../../src/encryption/stream/plan.ts';
import { AWS_ALIAS, aliasArn, customerKey, OLD, OLD_ID, STREAM_ARN } from '../support/account.ts';
import { anyKey, newKey, resolved } from '../support/resolved-observations.ts';
import { DESCRIBE_KEY } from './sdk-errors.ts';

type Members = Readonly<Record<string, unknown>>;

/** What a description of the data stream `orders` with these fields says. */
function dataStream(fields: Members): Observation {
  const defaults = { StreamARN: STREAM_ARN.kinesis, StreamStatus: 'ACTIVE', RetentionPeriodHours: 48 };
  const ref = { kind: 'kinesis', name: 'orders', arn: null } as const;
  return toDataStream(ref, new Fields(DESCRIBE_KEY, { ...defaults, ...fields }));
}

/** What a description of the delivery stream `orders` with this encryption and these fields says. */
function deliveryStream(encryption: unknown, fields: Members = {}): Observation {
  const description = {
    DeliveryStreamARN: STREAM_ARN.firehose,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamEncryptionConfiguration: encryption,
    ...fields
  };
  return toDeliveryStream({ kind: 'firehose', name: 'orders', arn: null }, new Fields(DESCRIBE_KEY, description));
}

/** What the answer of DescribeKey for this id says. */
function key(fields: Members, id = OLD) {
  return toKeyDescription(
    id,
    new Fields(DESCRIBE_KEY, { Arn: OLD, KeyState: 'Enabled', KeyManager: 'CUSTOMER', ...fields })
  );
}

const KMS = { EncryptionType: 'KMS' };
const OWNED = { KeyType: 'AWS_OWNED_CMK' };
const ON_OWNED = { Status: 'ENABLED', ...OWNED };
const CUSTOMER = { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: OLD };
const FROM_DATA_STREAM = { KinesisStreamSourceDescription: { KinesisStreamARN: STREAM_ARN.kinesis } };

describe('every status that the SDK declares', () => {
  const WAY_OUT =
    /\b(run mode encrypt|create it again|delete it again|give a key-type|name the stream exactly|contact|check|grant|allow|enable|use)\b/i;

  /**
   * The phase of a stream on another customer key than the required one, and what the modes check and encrypt make of it.
   * Expects that each failure says what to do, for a named stream and for others, and for one key and for any.
   */
  function meaningsOf(statuses: object, observe: (status: string) => Observation) {
    const meanings = [...Object.keys(statuses), 'MOONLIT'].map((status) => {
      const observed = observe(status);
      if (observed.phase === 'changing') return [status, 'changing'];
      const observation = resolved(observed, { type: 'customer-managed' });
      const stream = { kind: 'firehose', name: 'orders', arn: null } as const;
      for (const named of [true, false]) {
        for (const criteria of [newKey, anyKey]) {
          const { outcome, why } = judge({ named }, observation, criteria);
          if (/failed|non-compliant/.test(outcome)) expect(why).toMatch(WAY_OUT);
          const plan = planChange({ stream, named }, observation, criteria);
          if (plan.action === 'fail') expect(plan.why).toMatch(WAY_OUT);
        }
      }
      const { outcome } = judge({ named: true }, observation, newKey);
      const { action } = planChange({ stream, named: true }, observation, newKey);
      return [status, `${observed.phase}: ${outcome}, ${action}`];
    });
    return Object.fromEntries(meanings);
  }

  test('of a data stream has a meaning', () => {
    expect(meaningsOf(StreamStatus, (StreamStatus) => dataStream({ ...KMS, KeyId: OLD, StreamStatus }))).toEqual({
      ACTIVE: 'final: non-compliant, change',
      CREATING: 'changing',
      UPDATING: 'changing',
      DELETING: 'deleting: failed, fail',
      MOONLIT: 'unclear: failed, change'
    });
  });

  test.each(['DirectPut', 'MSKAsSource'])('of a delivery stream of type %s has a meaning', (DeliveryStreamType) => {
    const observe = (DeliveryStreamStatus: string) =>
      deliveryStream({ Status: 'ENABLED', ...CUSTOMER }, { DeliveryStreamStatus, DeliveryStreamType });
    const existing =
      DeliveryStreamType === 'DirectPut'
        ? 'final: non-compliant, change'
        : 'has-source: not-applicable, not-applicable';
    expect(meaningsOf(DeliveryStreamStatus, observe)).toEqual({
      ACTIVE: existing,
      CREATING: 'changing',
      CREATING_FAILED: 'not-created: failed, fail',
      DELETING: 'deleting: failed, fail',
      DELETING_FAILED: 'deleting: failed, fail',
      MOONLIT: existing
    });
    expect(observe('MOONLIT').unusualStatus).toBe('MOONLIT');
  });

  test('of an encryption has a meaning', () => {
    const observe = (Status: string) => deliveryStream({ Status, ...CUSTOMER });
    expect(meaningsOf(DeliveryStreamEncryptionStatus, observe)).toEqual({
      ENABLED: 'final: non-compliant, change',
      ENABLING: 'changing',
      // The previous key may be in force.
      ENABLING_FAILED: 'failed: non-compliant, change',
      DISABLED: 'final: non-compliant, change',
      DISABLING: 'changing',
      DISABLING_FAILED: 'final: non-compliant, change',
      MOONLIT: 'unclear: failed, change'
    });
  });
});

describe('a data stream', () => {
  const NOT_ENCRYPTED = { phase: 'final', encrypted: 'false', key: null };
  const unclear = (unclearReason: string) => ({ phase: 'unclear', encrypted: 'unknown', key: null, unclearReason });
  const WHILE_CHANGING = { StreamStatus: 'UPDATING', EncryptionType: 'NONE', KeyId: 'mrk-1' };

  test.each<[string, Members, object]>([
    ['not encrypted', { EncryptionType: 'NONE' }, NOT_ENCRYPTED],
    ['without EncryptionType', {}, NOT_ENCRYPTED],
    ['with a key id, whose type only KMS knows', { ...KMS, KeyId: 'mrk-1' }, { key: { type: null, id: 'mrk-1' } }],
    ['with the AWS key', { ...KMS, KeyId: AWS_ALIAS }, { key: { type: 'aws-owned', id: AWS_ALIAS } }],
    ['encrypted without a KeyId', KMS, { phase: 'final', encrypted: 'true', key: null }],
    ['with a KeyId alone', { KeyId: 'mrk-1' }, unclear('EncryptionType NONE with a KeyId')],
    ['with a KeyId alone, in a change', WHILE_CHANGING, { phase: 'changing', encrypted: 'false', key: null }],
    ['with an unknown EncryptionType', { EncryptionType: 'QUANTUM' }, unclear('EncryptionType QUANTUM')],
    ['without a retention', { RetentionPeriodHours: null }, { previousKeyNeededHours: null, channelCount: 0 }],
    ['with channels', { ChannelCount: 2 }, { previousKeyNeededHours: 48, arn: STREAM_ARN.kinesis, channelCount: 2 }]
  ])('%s', (_, fields, expected) => {
    expect(dataStream(fields)).toMatchObject(expected);
  });
});

describe('the encryption of a delivery stream', () => {
  const NOT_ENCRYPTED = { phase: 'final', encrypted: 'false', status: 'DISABLED', key: null };
  const encryptedWith = (type: string | null, id: string) => ({ encrypted: 'true', key: { type, id } });

  test.each<[string, unknown, object]>([
    ['without a configuration is disabled', undefined, NOT_ENCRYPTED],
    ['is disabled', { Status: 'DISABLED' }, NOT_ENCRYPTED],
    ['with the AWS owned key has no ARN', ON_OWNED, encryptedWith('aws-owned', '')],
    ['with a customer key', { Status: 'ENABLED', ...CUSTOMER }, encryptedWith('customer-managed', OLD)],
    ['with an unknown type', { Status: 'ENABLED', KeyType: 'X', KeyARN: OLD }, encryptedWith(null, OLD)],
    ['without key type and ARN', { Status: 'ENABLED' }, { encrypted: 'true', key: null }],
    ['is unknown while it is enabled', { Status: 'ENABLING', ...OWNED }, { encrypted: 'unknown', key: null }],
    ['is unknown after a failure', { Status: 'ENABLING_FAILED', ...CUSTOMER }, { encrypted: 'unknown', key: null }],
    ['has the key that stays', { Status: 'DISABLING_FAILED', ...OWNED }, encryptedWith('aws-owned', '')],
    ['is unclear without that key', { Status: 'DISABLING_FAILED' }, { phase: 'unclear', encrypted: 'unknown' }]
  ])('%s: %j', (_, encryption, expected) => {
    expect(deliveryStream(encryption)).toMatchObject({ ...expected, previousKeyNeededHours: 24, source: null });
  });
});

test.each<[string | undefined, unknown, object]>([
  ['KinesisStreamAsSource', FROM_DATA_STREAM, { kind: 'data-stream', arn: STREAM_ARN.kinesis }],
  ['KinesisStreamAsSource', undefined, { kind: 'data-stream' }],
  [undefined, FROM_DATA_STREAM, { kind: 'data-stream', type: 'KinesisStreamAsSource', arn: STREAM_ARN.kinesis }],
  ['MSKAsSource', { MSKSourceDescription: { MSKClusterARN: 'arn:c' } }, { kind: 'msk', arn: 'arn:c' }],
  ['DatabaseAsSource', { DatabaseSourceDescription: { Endpoint: 'db' } }, { kind: 'other', endpoint: 'db' }],
  ['SomethingNew', {}, { kind: 'other' }]
])('the source of a delivery stream of type %s, %j: %j', (type, Source, source) => {
  const observation = deliveryStream(ON_OWNED, { DeliveryStreamType: type, Source });
  // MSK always encrypts at rest.
  const encrypted = type === 'MSKAsSource' ? 'true' : 'unknown';
  expect(observation).toMatchObject({ phase: 'has-source', encrypted, key: null });
  expect(observation.source).toEqual({ type, arn: null, endpoint: null, ...source });
});

describe('a failure', () => {
  const failed = (FailureDescription: unknown) => ({ Status: 'ENABLING_FAILED', ...CUSTOMER, FailureDescription });
  const DISABLED_KEY = { Type: 'DISABLED_KMS_KEY', Details: 'the key is disabled.' };
  const NO_GRANT = { Type: 'CREATE_KMS_GRANT_FAILED', Details: 'no grant' };
  const KEY_IS_DISABLED = {
    reason: 'DISABLED_KMS_KEY: the key is disabled',
    advice: 'Enable the key, or use another one',
    isRetryable: false
  };

  test('of a change is on its encryption, or else on the delivery stream', () => {
    const onStream = { FailureDescription: NO_GRANT };
    expect(deliveryStream(failed(DISABLED_KEY), onStream).failure).toEqual(KEY_IS_DISABLED);
    const reason = 'CREATE_KMS_GRANT_FAILED: no grant';
    expect(deliveryStream(failed(undefined), onStream).failure).toMatchObject({ reason, isRetryable: true });
    expect(deliveryStream(failed({})).failure?.reason).toBe('UNKNOWN_ERROR: Firehose gives no reason');
  });

  test('is over once the stream is encrypted, and explains why it could not be created or deleted', () => {
    const observe = (DeliveryStreamStatus: string, FailureDescription: unknown = DISABLED_KEY) =>
      deliveryStream(ON_OWNED, { DeliveryStreamStatus, FailureDescription }).failure;
    expect([observe('ACTIVE'), observe('CREATING'), observe('DELETING')]).toEqual([null, null, null]);
    expect([observe('CREATING_FAILED'), observe('DELETING_FAILED')]).toEqual([KEY_IS_DISABLED, KEY_IS_DISABLED]);
    expect(observe('DELETING_FAILED', null)).toMatchObject({ reason: 'DELETING_FAILED', isRetryable: false });
  });

  /** docs/troubleshooting.md has the advice for all types. */
  test.each([
    ['CREATE_ENI_FAILED', 'free IP addresses'],
    ['ENI_ACCESS_DENIED', 'allow ec2:CreateNetworkInterface'],
    ['SUBNET_NOT_FOUND', 'create the delivery stream again with subnets'],
    ['VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND', 'check its name'],
    ['MOON_ERROR', 'AWS does not say what to fix: if a later attempt fails again, contact AWS Support']
  ])('of type %s has advice in all modes: %s', (Type, advice) => {
    const observation = resolved(deliveryStream(failed({ Type, Details: 'why' })));
    const { outcome, why } = judge({ named: true }, observation, newKey);
    expect({ outcome, why }).toEqual({ outcome: 'non-compliant', why: expect.stringContaining(advice) });
    expect(why).toContain(`ENABLING_FAILED (${Type}: why)`);
    expect(why).toContain('Then run mode encrypt');
    const stream = { kind: 'firehose', name: 'orders', arn: null } as const;
    const plan = planChange({ stream, named: false }, observation, newKey);
    expect(plan).toMatchObject({ action: 'fail', why: expect.stringContaining(advice) });
  });

  test('of each known type has words for missing details', () => {
    expect([...FAILURE_TYPES.keys()].toSorted()).toEqual(Object.keys(DeliveryStreamFailureType).toSorted());
    expect([...FAILURE_TYPES].filter(([type, { cause }]) => cause === '' || cause.includes(type))).toEqual([]);
  });

  test.each([
    ['KMS_ACCESS_DENIED', 'a service control policy', 'the role that encrypts the stream'],
    ['ENI_ACCESS_DENIED', 'a permissions boundary', 'the role of the delivery stream']
  ])('of type %s by %s is not answered with a grant, nor tried again', (Type, policy, role) => {
    const Details = `User: a is not authorized to perform: kms:CreateGrant with an explicit deny in ${policy}`;
    const advice = `The explicit deny in ${policy} takes precedence over every permission: whoever manages that policy must exempt ${role}`;
    expect(deliveryStream(failed({ Type, Details })).failure).toMatchObject({ advice, isRetryable: false });
  });
});

test('a flag may be a number, as emulators write it', () => {
  const fields = new Fields(DESCRIBE_KEY, { no: 0, yes: 1 });
  expect([fields.flag('no'), fields.flag('yes')]).toEqual([false, true]);
});

describe('a key', () => {
  const date = new Date(Date.UTC(2027, 0, 15));
  test.each<[Members, Partial<KeyDescription>]>([
    [{}, {}],
    [{ KeyManager: 'AWS' }, { type: 'aws-owned' }],
    [{ KeyManager: 'PARTNER' }, { type: null }],
    [{ KeyUsage: 'SIGN_VERIFY' }, { usage: 'SIGN_VERIFY' }],
    [{ KeySpec: 'RSA_2048' }, { spec: 'RSA_2048' }],
    [{ KeyState: 'Disabled' }, { state: 'Disabled' }],
    [{ DeletionDate: date }, { deletionDate: date }],
    [{ ValidTo: date }, { validTo: date }]
  ])('with %j is read', (fields, expected) => {
    expect(key(fields)).toEqual(customerKey(OLD, { usage: null, spec: null, ...expected }));
  });

  test.each([OLD_ID, OLD_ID.toUpperCase(), OLD.replace('arn:aws:', 'arn:aws-us-gov:'), 'alias/app'])(
    'is the one with the id %s',
    (id) => {
      expect(key({}, id).arn).toBe(OLD);
    }
  );
});

const DIRECT_PUT_WITH_SOURCE = { DeliveryStreamType: 'DirectPut', Source: FROM_DATA_STREAM };
const ANOTHER_KEY = 'the answer describes another key';
test.each<[string, string, () => unknown]>([
  ['the ARN of another kind', 'not the ARN of such a stream', () => dataStream({ StreamARN: STREAM_ARN.firehose })],
  ['another stream', 'another stream, orders2', () => dataStream({ StreamARN: `${STREAM_ARN.kinesis}2` })],
  ['the AWS key of S3', 'of another service', () => dataStream({ ...KMS, KeyId: 'alias/aws/s3' })],
  ['a KeyARN of AWS', 'a KeyARN, although', () => deliveryStream({ ...ON_OWNED, KeyARN: OLD })],
  ['no KeyARN', 'has no KeyARN', () => deliveryStream({ Status: 'ENABLED', KeyType: CUSTOMER.KeyType })],
  ['a source', 'a source, although', () => deliveryStream(ON_OWNED, DIRECT_PUT_WITH_SOURCE)],
  ['the ARN of an alias', 'not the ARN of a key', () => key({ Arn: aliasArn('alias/a') }, 'alias/a')],
  ['an id that is none', ANOTHER_KEY, () => key({}, 'MOON')],
  ['a key with another id', ANOTHER_KEY, () => key({}, OLD_ID.replace('1', '9'))],
  ['a key of another account', ANOTHER_KEY, () => key({}, OLD.replace('1111', '9999'))]
])('an answer with %s is not believed: %s', (_, defect, read) => {
  expect(read).toThrow(MalformedAnswer);
  expect(read).toThrow(defect);
});

test.each<[unknown, string, (fields: Fields) => unknown]>([
  [undefined, 'the answer has no X', (fields) => fields.text('X')],
  [5, "the answer's X is a number, not a text", (fields) => fields.text('X')],
  [[], "the answer's X is a list, not a text", (fields) => fields.optionalText('X')],
  [true, "the answer's X is true, not a text", (fields) => fields.optionalText('X')],
  [{}, "the answer's X is a structure, not a whole number from 1", (fields) => fields.optionalCount('X', 1)],
  [-1e300, "the answer's X is a number, not a whole number from 1", (fields) => fields.optionalCount('X', 1)],
  [new Date(Number.NaN), "the answer's X is out of range, not a valid date", (fields) => fields.optionalDate('X')],
  [2, "the answer's X is a number, not true or false", (fields) => fields.flag('X')],
  ['a', "the answer's X is a text, not a structure", (fields) => fields.structure('X')],
  ['a', "the answer's X is a text, not a list", (fields) => fields.texts('X')],
  [['a', null], "the answer's X contains nothing, not a text", (fields) => fields.texts('X')],
  ['orders', "the answer's X is not an ARN", (fields) => fields.arn('X')]
])('a field with the value %j: %s', (value, defect, read) => {
  const message = `kms:DescribeKey for alias/app in eu-central-1: ${defect}`;
  expect(() => read(new Fields(DESCRIBE_KEY, { X: value }))).toThrow(new MalformedAnswer(message));
});
