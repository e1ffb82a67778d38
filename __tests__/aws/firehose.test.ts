import { DeliveryStreamFailureType } from '@aws-sdk/client-firehose';
import { describe, expect, test } from '@jest/globals';
import { Fields } from '../../src/aws/answers.ts';
import { toObservation } from '../../src/aws/firehose.ts';
import type { StreamRef } from '../../src/encryption/model.ts';
import { MalformedAnswer } from '../../src/encryption/ports.ts';

const ARN = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/clicks';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const FAILURE = { Type: 'DISABLED_KMS_KEY', Details: 'the key is disabled' };

const CLICKS: StreamRef = { kind: 'firehose', name: 'clicks', arn: null };
const CALL = { action: 'firehose:DescribeDeliveryStream', resource: 'the delivery stream clicks', region: 'us-east-1' };

/** What a description with this encryption and these fields says. */
function observe(encryption: unknown, fields: Record<string, unknown> = {}) {
  const defaults = {
    DeliveryStreamName: 'clicks',
    DeliveryStreamARN: ARN,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfiguration: encryption
  };
  return toObservation(CLICKS, new Fields(CALL, { ...defaults, ...fields }));
}

describe('toObservation', () => {
  const AWS_KEY = { type: 'aws-owned', id: '' };
  const OWNED = { KeyType: 'AWS_OWNED_CMK' };
  const CUSTOMER = { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: KEY };
  const FAILED = { Status: 'ENABLING_FAILED' };
  const NOT_ENCRYPTED = { phase: 'final', encrypted: 'false', status: 'DISABLED', key: null };
  const CHANGING = { phase: 'changing', encrypted: 'unknown', key: null };
  const UNCLEAR = { phase: 'unclear', encrypted: 'unknown' };
  const encryptedWith = (key: object | null) => ({ phase: 'final', encrypted: 'true', key });
  test.each([
    ['no encryption configuration', undefined, NOT_ENCRYPTED],
    ['DISABLED', { Status: 'DISABLED' }, NOT_ENCRYPTED],
    ['the AWS owned key, without an ARN', { Status: 'ENABLED', ...OWNED }, encryptedWith(AWS_KEY)],
    ['a customer key', { Status: 'ENABLED', ...CUSTOMER }, encryptedWith({ type: 'customer-managed', id: KEY })],
    ['encrypted without a key type or ARN', { Status: 'ENABLED' }, encryptedWith(null)],
    [
      'an unknown key type',
      { Status: 'ENABLED', ...CUSTOMER, KeyType: 'LUNAR' },
      encryptedWith({ type: null, id: KEY })
    ],
    ['ENABLING: encryption unknown', { Status: 'ENABLING', ...OWNED }, CHANGING],
    ['DISABLING', { Status: 'DISABLING' }, CHANGING],
    [
      'ENABLING_FAILED: encryption unknown, as the previous key may be in force',
      { ...FAILED, ...CUSTOMER, FailureDescription: FAILURE },
      { phase: 'failed', encrypted: 'unknown', key: null, failure: { reason: 'DISABLED_KMS_KEY: the key is disabled' } }
    ],
    [
      'a failure without type and details',
      { ...FAILED, FailureDescription: {} },
      {
        failure: {
          reason: 'UNKNOWN_ERROR: Firehose gives no reason',
          advice: expect.stringContaining('AWS Support'),
          isRetryable: false
        }
      }
    ],
    [
      'DISABLING_FAILED with a key, which is in force',
      { Status: 'DISABLING_FAILED', ...OWNED },
      encryptedWith(AWS_KEY)
    ],
    ['DISABLING_FAILED without a key', { Status: 'DISABLING_FAILED' }, UNCLEAR],
    ['an unknown status', { Status: 'SUSPENDED' }, { ...UNCLEAR, status: 'SUSPENDED' }]
  ])('reads %s', (_, encryption, expected) => {
    expect(observe(encryption)).toMatchObject({ arn: ARN, previousKeyNeededHours: 24, ...expected });
  });

  const DATA_STREAM_ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/feed';
  const CLUSTER_ARN = 'arn:aws:kafka:us-east-1:111122223333:cluster/feed/00000000-0000-4000-8000-000000000009-1';
  const NO_NAME = { arn: null, endpoint: null };

  test.each([
    [
      'KinesisStreamAsSource',
      { KinesisStreamSourceDescription: { KinesisStreamARN: DATA_STREAM_ARN } },
      { kind: 'data-stream', arn: DATA_STREAM_ARN, endpoint: null }
    ],
    [
      'MSKAsSource',
      { MSKSourceDescription: { MSKClusterARN: CLUSTER_ARN } },
      { kind: 'msk', arn: CLUSTER_ARN, endpoint: null }
    ],
    [
      'DatabaseAsSource',
      { DatabaseSourceDescription: { Endpoint: 'db.example.com' } },
      { kind: 'other', arn: null, endpoint: 'db.example.com' }
    ],
    ['KinesisStreamAsSource', undefined, { kind: 'data-stream', ...NO_NAME }],
    ['MSKAsSource', {}, { kind: 'msk', ...NO_NAME }],
    ['SomethingNew', {}, { kind: 'other', ...NO_NAME }]
  ])('reads the source %s %j, whatever the encryption status', (type, Source, source) => {
    const fields = { DeliveryStreamType: type, Source };
    expect(observe({ Status: 'SUSPENDED' }, fields)).toMatchObject({
      phase: 'has-source',
      encrypted: source.kind === 'msk' ? 'true' : 'unknown',
      source: { type, ...source }
    });
  });

  test.each([
    ['a KeyARN with the AWS owned key', { Status: 'ENABLED', ...OWNED, KeyARN: KEY }, {}, 'has a KeyARN, although'],
    ['no KeyARN with a customer key', { Status: 'ENABLED', ...CUSTOMER, KeyARN: undefined }, {}, 'has no KeyARN'],
    [
      'a source for Direct PUT',
      undefined,
      { Source: { KinesisStreamSourceDescription: { KinesisStreamARN: DATA_STREAM_ARN } } },
      'describes a source, although its DeliveryStreamType is DirectPut'
    ]
  ])('does not believe %s', (_, encryption, fields, defect) => {
    const read = () => observe(encryption, fields);
    expect(read).toThrow(MalformedAnswer);
    expect(read).toThrow(defect);
  });

  test('takes the type from the source if the answer has none', () => {
    const Source = { KinesisStreamSourceDescription: { KinesisStreamARN: DATA_STREAM_ARN } };
    expect(observe(undefined, { DeliveryStreamType: undefined, Source })).toMatchObject({
      phase: 'has-source',
      source: { kind: 'data-stream', type: 'KinesisStreamAsSource', arn: DATA_STREAM_ARN }
    });
    expect(observe(undefined, { DeliveryStreamType: undefined })).toMatchObject({ phase: 'final', source: null });
  });

  test('has no source for Direct PUT, with or without a description of it', () => {
    for (const Source of [undefined, { DirectPutSourceDescription: { ThroughputHintInMBs: 1 } }]) {
      expect(observe(undefined, { Source })).toMatchObject({ phase: 'final', source: null });
    }
  });

  test.each([
    ['CREATING', 'changing'],
    ['CREATING_FAILED', 'not-created'],
    ['DELETING', 'deleting'],
    ['DELETING_FAILED', 'deleting']
  ])('maps the delivery stream status %s to the phase %s, whatever the source', (DeliveryStreamStatus, phase) => {
    const fields = { DeliveryStreamStatus, FailureDescription: FAILURE };
    const failure = { reason: 'DISABLED_KMS_KEY: the key is disabled', advice: 'Enable the key, or use another one' };
    const why = DeliveryStreamStatus.endsWith('_FAILED') ? { ...failure, isRetryable: false } : null;
    expect(observe(undefined, fields)).toMatchObject({ phase, source: null, failure: why });
    expect(observe(undefined, { ...fields, DeliveryStreamType: 'MSKAsSource' })).toMatchObject({ phase, failure: why });
  });

  test('reads the reason of a failed change on the delivery stream, where its encryption has none', () => {
    const onStream = { Type: 'CREATE_KMS_GRANT_FAILED', Details: 'no grant' };
    const failed = { Status: 'ENABLING_FAILED' };
    expect(observe(failed, { FailureDescription: onStream }).failure).toEqual({
      reason: 'CREATE_KMS_GRANT_FAILED: no grant',
      advice: expect.stringContaining('Grant kms:CreateGrant'),
      isRetryable: true
    });
    const both = observe({ ...failed, FailureDescription: FAILURE }, { FailureDescription: onStream });
    expect(both.failure).toMatchObject({ reason: 'DISABLED_KMS_KEY: the key is disabled' });
  });

  test('ignores the reason of an earlier failure once the stream is encrypted', () => {
    const encrypted = observe({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' }, { FailureDescription: FAILURE });
    expect(encrypted).toMatchObject({ phase: 'final', failure: null });
  });

  test.each(Object.values(DeliveryStreamFailureType))('says what to do about the failure type %s', (Type) => {
    const failed = observe({ Status: 'ENABLING_FAILED', FailureDescription: { Type, Details: 'why' } });
    const { failure } = failed;
    expect(failure?.reason).toBe(`${Type}: why`);
    if (Type === 'UNKNOWN_ERROR') expect(failure?.advice).toContain('AWS does not say what to fix');
    else expect(failure?.advice).not.toContain('AWS does not say what to fix');
  });

  test('passes on an unknown failure type in the words of AWS, and names AWS Support', () => {
    const failure = { Type: 'ECLIPSE', Details: 'The moon is in the way.' };
    expect(observe({ Status: 'ENABLING_FAILED', FailureDescription: failure }).failure).toEqual({
      reason: 'ECLIPSE: The moon is in the way',
      advice: expect.stringContaining('AWS Support'),
      isRetryable: false
    });
  });

  test('keeps an unknown status of the delivery stream, which says nothing about its encryption', () => {
    const encrypted = { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' };
    const suspended = observe(encrypted, { DeliveryStreamStatus: 'SUSPENDED' });
    expect(suspended).toMatchObject({ phase: 'final', encrypted: 'true', unusualStatus: 'SUSPENDED' });
    expect(observe(encrypted)).not.toHaveProperty('unusualStatus');
  });
});

test.each<[string, unknown, Record<string, unknown>, string]>([
  ['no ARN', undefined, { DeliveryStreamARN: undefined }, 'the answer has no DeliveryStreamARN'],
  ['no status', undefined, { DeliveryStreamStatus: null }, 'the answer has no DeliveryStreamStatus'],
  [
    'the ARN of a source that is a number',
    undefined,
    {
      DeliveryStreamType: 'KinesisStreamAsSource',
      Source: { KinesisStreamSourceDescription: { KinesisStreamARN: 1 } }
    },
    "the answer's KinesisStreamARN is a number, not a text"
  ],
  ['an encryption that is a text', 'ENABLED', {}, 'is a text, not a structure'],
  ['an encryption without a status', { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: KEY }, {}, 'the answer has no Status'],
  [
    'a key type that is a number',
    { Status: 'ENABLED', KeyType: 1 },
    {},
    "the answer's KeyType is a number, not a text"
  ],
  ['a key that is a list', { Status: 'ENABLED', KeyARN: [KEY] }, {}, "the answer's KeyARN is a list, not a text"],
  [
    'details that are a structure',
    { Status: 'ENABLING_FAILED', FailureDescription: { Type: 'DISABLED_KMS_KEY', Details: {} } },
    {},
    "the answer's Details is a structure, not a text"
  ]
])('does not believe %s', (_, encryption, fields, defect) => {
  expect(() => observe(encryption, fields)).toThrow(MalformedAnswer);
  expect(() => observe(encryption, fields)).toThrow(defect);
});
