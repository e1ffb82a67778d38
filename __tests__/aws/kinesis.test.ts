import { describe, expect, test } from '@jest/globals';
import { Fields } from '../../src/aws/answers.ts';
import { toObservation } from '../../src/aws/kinesis.ts';
import type { StreamRef } from '../../src/encryption/model.ts';
import { MalformedAnswer } from '../../src/encryption/ports.ts';

const ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';
const AWS_ALIAS = 'alias/aws/kinesis';
const ORDERS: StreamRef = { kind: 'kinesis', name: 'orders', arn: null };
const CALL = { action: 'kinesis:DescribeStreamSummary', resource: 'the data stream orders', region: 'us-east-1' };

/** What a summary with these fields says. */
function observe(fields: Record<string, unknown>) {
  const defaults = { StreamName: 'orders', StreamARN: ARN, StreamStatus: 'ACTIVE', RetentionPeriodHours: 48 };
  return toObservation(ORDERS, new Fields(CALL, { ...defaults, ...fields }));
}

describe('toObservation', () => {
  const KMS = { EncryptionType: 'KMS' };
  const NOT_ENCRYPTED = { phase: 'final', encrypted: 'false', key: null };
  const unclear = (unclearReason: string) => ({ phase: 'unclear', encrypted: 'unknown', key: null, unclearReason });
  test.each<[string, Record<string, unknown>, object]>([
    ['not encrypted', { EncryptionType: 'NONE' }, NOT_ENCRYPTED],
    ['no EncryptionType', {}, NOT_ENCRYPTED],
    ['a key id, whose type only KMS knows', { ...KMS, KeyId: 'mrk-1' }, { key: { type: null, id: 'mrk-1' } }],
    ['the AWS key by alias', { ...KMS, KeyId: AWS_ALIAS }, { key: { type: 'aws-owned', id: AWS_ALIAS } }],
    ['encrypted without a KeyId', KMS, { phase: 'final', encrypted: 'true', key: null }],
    ['a KeyId without EncryptionType', { KeyId: 'mrk-1' }, unclear('EncryptionType NONE with a KeyId')],
    [
      'a KeyId with EncryptionType NONE during a change',
      { StreamStatus: 'UPDATING', EncryptionType: 'NONE', KeyId: 'mrk-1' },
      { phase: 'changing', encrypted: 'false', key: null }
    ],
    ['an unknown EncryptionType', { EncryptionType: 'QUANTUM' }, unclear('EncryptionType QUANTUM')],
    ['updating', { StreamStatus: 'UPDATING' }, { phase: 'changing', status: 'UPDATING' }],
    ['creating', { StreamStatus: 'CREATING' }, { phase: 'changing' }],
    ['deleting', { StreamStatus: 'DELETING' }, { phase: 'deleting' }],
    ['an unknown status', { StreamStatus: 'SUSPENDED' }, { phase: 'unclear', status: 'SUSPENDED' }],
    ['no retention period', { RetentionPeriodHours: undefined }, { previousKeyNeededHours: null, channelCount: 0 }],
    ['the other fields', { ChannelCount: 2 }, { previousKeyNeededHours: 48, arn: ARN, failure: null, channelCount: 2 }]
  ])('reads %s', (_, fields, expected) => {
    expect(observe(fields)).toMatchObject(expected);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['no ARN', { StreamARN: null }, 'the answer has no StreamARN'],
    ['an ARN that is a list', { StreamARN: [ARN] }, "the answer's StreamARN is a list, not a text"],
    ['a part of an ARN', { StreamARN: 'stream/orders' }, "the answer's StreamARN is not the ARN of such a stream"],
    [
      'the ARN of a delivery stream',
      { StreamARN: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/orders' },
      "the answer's StreamARN is not the ARN of such a stream"
    ],
    ['another stream', { StreamARN: `${ARN}2` }, 'the answer describes another stream, orders2'],
    ['no status', { StreamStatus: undefined }, 'the answer has no StreamStatus'],
    ['an empty status', { StreamStatus: '' }, 'the answer has no StreamStatus'],
    ['a status that is a number', { StreamStatus: 5 }, "the answer's StreamStatus is a number, not a text"],
    ['an EncryptionType that is true', { EncryptionType: true }, "the answer's EncryptionType is true, not a text"],
    [
      'the AWS key of another service',
      { ...KMS, KeyId: 'alias/aws/s3' },
      "the answer's KeyId alias/aws/s3 is the AWS managed key of another service"
    ],
    ['a key that is a structure', { KeyId: { id: 1 } }, "the answer's KeyId is a structure, not a text"],
    [
      'a retention period of less than nothing',
      { RetentionPeriodHours: -1e300 },
      "the answer's RetentionPeriodHours is a number, not a whole number from 1"
    ]
  ])('does not believe %s', (_, fields, defect) => {
    expect(() => observe(fields)).toThrow(
      new MalformedAnswer(`kinesis:DescribeStreamSummary for the data stream orders in us-east-1: ${defect}`)
    );
  });
});
