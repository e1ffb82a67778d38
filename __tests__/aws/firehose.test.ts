import { describe, expect, test } from '@jest/globals';
import { Fields } from '../../src/aws/answers.ts';
import { toObservation } from '../../src/aws/firehose.ts';
import { MalformedAnswer } from '../../src/encryption/ports.ts';

const ARN = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/clicks';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const DATA_STREAM = 'arn:aws:kinesis:us-east-1:111122223333:stream/feed';
const CLUSTER = 'arn:aws:kafka:us-east-1:111122223333:cluster/feed/00000000-0000-4000-8000-000000000009-1';

const OWNED = { KeyType: 'AWS_OWNED_CMK' };
const CUSTOMER = { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: KEY };
const FROM_DATA_STREAM = { KinesisStreamSourceDescription: { KinesisStreamARN: DATA_STREAM } };

const DISABLED_KEY = { Type: 'DISABLED_KMS_KEY', Details: 'the key is disabled.' };
const NO_GRANT = { Type: 'CREATE_KMS_GRANT_FAILED', Details: 'no grant' };
const KEY_IS_DISABLED = {
  reason: 'DISABLED_KMS_KEY: the key is disabled',
  advice: 'Enable the key, or use another one',
  isRetryable: false
};

/** What a description with this encryption and these fields says. */
function observe(encryption: unknown, fields: Record<string, unknown> = {}) {
  const call = { action: 'firehose:DescribeDeliveryStream', resource: 'clicks', region: 'us-east-1' };
  const description = {
    DeliveryStreamName: 'clicks',
    DeliveryStreamARN: ARN,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfiguration: encryption,
    ...fields
  };
  return toObservation({ kind: 'firehose', name: 'clicks', arn: null }, new Fields(call, description));
}

const OBSERVED = { arn: ARN, key: null, failure: null, source: null, previousKeyNeededHours: 24, channelCount: 0 };

describe('the encryption of a Direct PUT stream', () => {
  const NOT_ENCRYPTED = { phase: 'final', encrypted: 'false', status: 'DISABLED' };
  const CHANGING = { phase: 'changing', encrypted: 'unknown' };
  const UNCLEAR = { phase: 'unclear', encrypted: 'unknown' };
  const AWS_KEY = { type: 'aws-owned', id: '' };
  const encryptedWith = (key: object | null) => ({ phase: 'final', encrypted: 'true', key });

  test.each<[string, Record<string, unknown> | undefined, object]>([
    ['without a configuration is disabled', undefined, NOT_ENCRYPTED],
    ['is disabled', { Status: 'DISABLED' }, NOT_ENCRYPTED],
    ['with the AWS owned key has no ARN', { Status: 'ENABLED', ...OWNED }, encryptedWith(AWS_KEY)],
    ['with a customer key', { Status: 'ENABLED', ...CUSTOMER }, encryptedWith({ type: 'customer-managed', id: KEY })],
    ['with an unknown type', { Status: 'ENABLED', KeyType: 'X', KeyARN: KEY }, encryptedWith({ type: null, id: KEY })],
    ['without key type and ARN', { Status: 'ENABLED' }, encryptedWith(null)],
    ['is unknown while it is enabled', { Status: 'ENABLING', ...OWNED }, CHANGING],
    ['is unknown while it is disabled', { Status: 'DISABLING' }, CHANGING],
    // The previous key may be in force.
    ['is unknown after a failure', { Status: 'ENABLING_FAILED', ...CUSTOMER }, { ...UNCLEAR, phase: 'failed' }],
    ['has the key that could not be disabled', { Status: 'DISABLING_FAILED', ...OWNED }, encryptedWith(AWS_KEY)],
    ['is unclear if disabling it failed and no key is shown', { Status: 'DISABLING_FAILED' }, UNCLEAR],
    ['is unclear in an unknown status', { Status: 'SUSPENDED' }, UNCLEAR]
  ])('%s: %j', (_, encryption, expected) => {
    expect(observe(encryption)).toEqual({ ...OBSERVED, status: encryption?.Status, ...expected });
  });

  test('counts, whatever an unknown status of the delivery stream means', () => {
    const suspended = observe({ Status: 'ENABLED', ...OWNED }, { DeliveryStreamStatus: 'SUSPENDED' });
    expect(suspended).toMatchObject({ phase: 'final', encrypted: 'true', unusualStatus: 'SUSPENDED' });
  });
});

describe('the source of a delivery stream', () => {
  test.each<[string | undefined, unknown, object]>([
    ['KinesisStreamAsSource', FROM_DATA_STREAM, { kind: 'data-stream', arn: DATA_STREAM }],
    ['KinesisStreamAsSource', undefined, { kind: 'data-stream' }],
    [undefined, FROM_DATA_STREAM, { kind: 'data-stream', type: 'KinesisStreamAsSource', arn: DATA_STREAM }],
    ['MSKAsSource', { MSKSourceDescription: { MSKClusterARN: CLUSTER } }, { kind: 'msk', arn: CLUSTER }],
    ['MSKAsSource', {}, { kind: 'msk' }],
    ['DatabaseAsSource', { DatabaseSourceDescription: { Endpoint: 'db' } }, { kind: 'other', endpoint: 'db' }],
    ['SomethingNew', {}, { kind: 'other' }]
  ])('of type %s, %j: %j', (type, Source, source) => {
    const observation = observe({ Status: 'ENABLED', ...OWNED }, { DeliveryStreamType: type, Source });
    expect(observation).toEqual({
      ...OBSERVED,
      phase: 'has-source',
      status: 'ENABLED',
      // MSK always encrypts at rest.
      encrypted: type === 'MSKAsSource' ? 'true' : 'unknown',
      source: { type, arn: null, endpoint: null, ...source }
    });
  });

  test('is none for Direct PUT, with or without a type or a description of it', () => {
    const Source = { DirectPutSourceDescription: { ThroughputHintInMBs: 1 } };
    for (const fields of [{ DeliveryStreamType: undefined }, { Source }]) {
      expect(observe(undefined, fields)).toMatchObject({ phase: 'final', source: null });
    }
  });
});

describe('a failure', () => {
  const failed = (FailureDescription: unknown) => ({ Status: 'ENABLING_FAILED', ...CUSTOMER, FailureDescription });

  test('of a change is on its encryption, or else on the delivery stream', () => {
    const onStream = { FailureDescription: NO_GRANT };
    expect(observe(failed(DISABLED_KEY), onStream)).toMatchObject({ phase: 'failed', failure: KEY_IS_DISABLED });
    expect(observe(failed(undefined), onStream).failure).toEqual({
      reason: 'CREATE_KMS_GRANT_FAILED: no grant',
      advice: expect.stringContaining('Grant kms:CreateGrant'),
      isRetryable: true
    });
    const { failure } = observe(failed({}));
    expect(failure).toMatchObject({ reason: 'UNKNOWN_ERROR: Firehose gives no reason', isRetryable: false });
  });

  test('is over once the stream is encrypted', () => {
    const encrypted = observe({ Status: 'ENABLED', ...OWNED }, { FailureDescription: DISABLED_KEY });
    expect(encrypted).toMatchObject({ phase: 'final', failure: null });
  });

  test.each([
    ['CREATING', 'changing', null],
    ['CREATING_FAILED', 'not-created', KEY_IS_DISABLED],
    ['DELETING', 'deleting', null],
    ['DELETING_FAILED', 'deleting', KEY_IS_DISABLED]
  ])('of a delivery stream in status %s, whatever its source', (DeliveryStreamStatus, phase, failure) => {
    for (const DeliveryStreamType of ['DirectPut', 'MSKAsSource']) {
      const fields = { DeliveryStreamStatus, DeliveryStreamType, FailureDescription: DISABLED_KEY };
      expect(observe(undefined, fields)).toMatchObject({ phase, encrypted: 'unknown', failure });
    }
  });

  test('of a deletion may have no reason', () => {
    const failure = { reason: 'DELETING_FAILED', advice: '', isRetryable: false };
    expect(observe(undefined, { DeliveryStreamStatus: 'DELETING_FAILED' }).failure).toEqual(failure);
  });
});

const FROM = { DeliveryStreamType: 'KinesisStreamAsSource' };
const NUMBER = { KinesisStreamSourceDescription: { KinesisStreamARN: 1 } };
test.each<[string, unknown, Record<string, unknown>, string]>([
  ['no ARN', undefined, { DeliveryStreamARN: undefined }, 'the answer has no DeliveryStreamARN'],
  ['no status', undefined, { DeliveryStreamStatus: null }, 'the answer has no DeliveryStreamStatus'],
  ['an encryption that is a text', 'ENABLED', {}, 'DeliveryStreamEncryptionConfiguration is a text, not a structure'],
  ['an encryption without a status', CUSTOMER, {}, 'the answer has no Status'],
  ['a key type that is a number', { Status: 'ENABLED', KeyType: 1 }, {}, 'KeyType is a number, not a text'],
  ['a key that is a list', { Status: 'ENABLED', KeyARN: [KEY] }, {}, 'KeyARN is a list, not a text'],
  ['a KeyARN with the AWS owned key', { Status: 'ENABLED', ...OWNED, KeyARN: KEY }, {}, 'has a KeyARN, although'],
  ['no KeyARN with a customer key', { Status: 'ENABLED', KeyType: CUSTOMER.KeyType }, {}, 'the answer has no KeyARN'],
  ['details that are a structure', { Status: 'X', FailureDescription: { Details: {} } }, {}, 'Details is a structure'],
  ['a source for Direct PUT', undefined, { Source: FROM_DATA_STREAM }, 'the answer describes a source, although its'],
  [
    'the ARN of a source that is a number',
    undefined,
    { ...FROM, Source: NUMBER },
    'KinesisStreamARN is a number, not a text'
  ]
])('an answer with %s is not believed', (_, encryption, fields, defect) => {
  expect(() => observe(encryption, fields)).toThrow(MalformedAnswer);
  expect(() => observe(encryption, fields)).toThrow(defect);
});
