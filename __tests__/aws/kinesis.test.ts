import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { Fields } from '../../src/aws/answers.ts';
import { kinesisStreams, toObservation } from '../../src/aws/kinesis.ts';
import type { StreamRef } from '../../src/encryption/model.ts';
import { MalformedAnswer, type StreamService } from '../../src/encryption/ports.ts';
import { BROKEN_RESPONSES, connectTo } from './local-connection.ts';

const ignoreSend = () => {};

const ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';

const ORDERS: StreamRef = { kind: 'kinesis', name: 'orders', arn: null };
const CALL = { action: 'kinesis:DescribeStreamSummary', resource: 'the data stream orders', region: 'us-east-1' };

/** What a summary with these fields says. */
function observe(fields: Record<string, unknown>) {
  const defaults = { StreamName: 'orders', StreamARN: ARN, StreamStatus: 'ACTIVE', RetentionPeriodHours: 48 };
  return toObservation(ORDERS, new Fields(CALL, { ...defaults, ...fields }));
}

describe('toObservation', () => {
  test.each([
    ['not encrypted', { EncryptionType: 'NONE' }, { phase: 'final', encrypted: 'false', key: null }],
    ['no EncryptionType', {}, { phase: 'final', encrypted: 'false', key: null }],
    [
      'a key id, whose type only KMS knows',
      { EncryptionType: 'KMS', KeyId: 'mrk-1' },
      { phase: 'final', encrypted: 'true', key: { type: null, id: 'mrk-1' } }
    ],
    [
      'the AWS key by alias',
      { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      { encrypted: 'true', key: { type: 'aws-owned', id: 'alias/aws/kinesis' } }
    ],
    ['encrypted without a KeyId', { EncryptionType: 'KMS' }, { phase: 'final', encrypted: 'true', key: null }],
    ['a KeyId without EncryptionType', { KeyId: 'mrk-1' }, { phase: 'unclear', encrypted: 'unknown' }],
    [
      'a KeyId with EncryptionType NONE',
      { EncryptionType: 'NONE', KeyId: 'mrk-1' },
      { phase: 'unclear', encrypted: 'unknown', key: null }
    ],
    [
      'a KeyId with EncryptionType NONE during a change',
      { StreamStatus: 'UPDATING', EncryptionType: 'NONE', KeyId: 'mrk-1' },
      { phase: 'changing', encrypted: 'false', key: null }
    ],
    ['no retention period', { RetentionPeriodHours: undefined }, { previousKeyNeededHours: null }],
    ['an unknown EncryptionType', { EncryptionType: 'QUANTUM' }, { phase: 'unclear', encrypted: 'unknown' }],
    ['updating', { StreamStatus: 'UPDATING' }, { phase: 'changing', status: 'UPDATING' }],
    ['creating', { StreamStatus: 'CREATING' }, { phase: 'changing' }],
    ['deleting', { StreamStatus: 'DELETING' }, { phase: 'deleting' }],
    ['an unknown status', { StreamStatus: 'SUSPENDED' }, { phase: 'unclear', status: 'SUSPENDED' }],
    ['the retention period', {}, { previousKeyNeededHours: 48, arn: ARN, failure: null, source: null }]
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

describe('Kinesis over HTTP', () => {
  let aws: LocalAws;
  let streams: StreamService;
  const { signal } = new AbortController();

  beforeAll(async () => {
    aws = await startLocalAws({ changeMs: 0, encryptionLagMs: 0 });
    aws.kinesis.create({ name: 'orders' });
    streams = kinesisStreams(connectTo(aws));
  });
  afterAll(() => aws.close());

  test('sends the name, or the ARN if one was given', async () => {
    await streams.describe(ORDERS, signal);
    expect(aws.requests.at(-1)).toMatchObject({ operation: 'DescribeStreamSummary', input: { StreamName: 'orders' } });
    await streams.describe({ ...ORDERS, arn: ARN }, signal);
    expect(aws.requests.at(-1)?.input).toEqual({ StreamARN: ARN });
  });

  test('starts encryption and reports whether a record was encrypted', async () => {
    expect(await streams.putRecord(ORDERS, signal)).toBe(false);
    await streams.startEncryption(ORDERS, { type: 'aws-owned', id: 'alias/aws/kinesis' }, signal, ignoreSend);
    expect(aws.writes().at(-1)?.input).toEqual({
      StreamName: 'orders',
      EncryptionType: 'KMS',
      KeyId: 'alias/aws/kinesis'
    });
    expect(await streams.describe(ORDERS, signal)).toMatchObject({ phase: 'final', encrypted: 'true' });
    expect(await streams.putRecord(ORDERS, signal)).toBe(true);
  });

  test('sends a start once even if its answer is lost, but retries a describe call', async () => {
    const sentBefore = aws.requests.length;
    aws.faults.add({ on: 'StartStreamEncryption', error: { code: 'InternalFailure', message: 'oops', status: 500 } });
    await expect(
      streams.startEncryption(ORDERS, { type: null, id: 'alias/aws/kinesis' }, signal, ignoreSend)
    ).rejects.toMatchObject({
      errorKind: 'unanswered'
    });
    expect(aws.requests.length - sentBefore).toBe(1);
    aws.faults.add({
      on: 'DescribeStreamSummary',
      error: { code: 'InternalFailure', message: 'oops', status: 500 }
    });
    expect(await streams.describe(ORDERS, signal)).toMatchObject({ phase: 'final' });
  });

  test('rejects as missing with the region for an unknown stream', async () => {
    await expect(streams.describe({ ...ORDERS, name: 'gone' }, signal)).rejects.toMatchObject({
      errorKind: 'missing',
      message: expect.stringContaining('us-east-1')
    });
  });

  test('treats empty, HTML and truncated answers as unanswered', async () => {
    for (const [index, fault] of BROKEN_RESPONSES.entries()) {
      const stream = { ...ORDERS, name: `broken-${index}`, arn: null };
      aws.kinesis.create({ name: stream.name });
      aws.faults.add({ on: 'DescribeStreamSummary', stream: stream.name, times: Number.POSITIVE_INFINITY, ...fault });
      await expect(streams.describe(stream, signal)).rejects.toMatchObject({ errorKind: 'unanswered' });
    }
  });
});
