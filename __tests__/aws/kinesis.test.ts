import type { StreamDescriptionSummary } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { kinesisStreams, toObservation } from '../../src/aws/kinesis.ts';
import type { StreamRef } from '../../src/encryption/model.ts';
import type { StreamService } from '../../src/encryption/ports.ts';
import { BROKEN_RESPONSES, connectTo } from './local-connection.ts';

const ignoreSend = () => {};

const ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';

/** A summary as the service returns it, with values that the SDK's types do not have. */
function summary(fields: Record<string, unknown>): StreamDescriptionSummary {
  const defaults: StreamDescriptionSummary = {
    StreamName: 'orders',
    StreamARN: ARN,
    StreamStatus: 'ACTIVE',
    RetentionPeriodHours: 48,
    StreamCreationTimestamp: new Date(0),
    EnhancedMonitoring: [],
    OpenShardCount: 1
  };
  return Object.assign(defaults, fields);
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
    ['no retention period', { RetentionPeriodHours: undefined }, { previousKeyNeededHours: null }],
    ['an unknown EncryptionType', { EncryptionType: 'QUANTUM' }, { phase: 'unclear', encrypted: 'unknown' }],
    ['updating', { StreamStatus: 'UPDATING' }, { phase: 'changing', status: 'UPDATING' }],
    ['creating', { StreamStatus: 'CREATING' }, { phase: 'changing' }],
    ['deleting', { StreamStatus: 'DELETING' }, { phase: 'deleting' }],
    ['an unknown status', { StreamStatus: 'SUSPENDED' }, { phase: 'unclear', status: 'SUSPENDED' }],
    ['the retention period', {}, { previousKeyNeededHours: 48, arn: ARN, failure: null, source: null }]
  ])('reads %s', (_, fields, expected) => {
    expect(toObservation(summary(fields))).toMatchObject(expected);
  });
});

describe('Kinesis over HTTP', () => {
  let aws: LocalAws;
  let streams: StreamService;
  const orders: StreamRef = { kind: 'kinesis', name: 'orders', arn: null };
  const { signal } = new AbortController();

  beforeAll(async () => {
    aws = await startLocalAws({ changeMs: 0, encryptionLagMs: 0 });
    aws.kinesis.create({ name: 'orders' });
    streams = kinesisStreams(connectTo(aws));
  });
  afterAll(() => aws.close());

  test('sends the name, or the ARN if one was given', async () => {
    await streams.describe(orders, signal);
    expect(aws.requests.at(-1)).toMatchObject({ operation: 'DescribeStreamSummary', input: { StreamName: 'orders' } });
    await streams.describe({ ...orders, arn: ARN }, signal);
    expect(aws.requests.at(-1)?.input).toEqual({ StreamARN: ARN });
  });

  test('starts encryption and reports whether a record was encrypted', async () => {
    expect(await streams.putRecord(orders, signal)).toBe(false);
    await streams.startEncryption(orders, { type: 'aws-owned', id: 'alias/aws/kinesis' }, signal, ignoreSend);
    expect(aws.writes().at(-1)?.input).toEqual({
      StreamName: 'orders',
      EncryptionType: 'KMS',
      KeyId: 'alias/aws/kinesis'
    });
    expect(await streams.describe(orders, signal)).toMatchObject({ phase: 'final', encrypted: 'true' });
    expect(await streams.putRecord(orders, signal)).toBe(true);
  });

  test('sends a start once even if its answer is lost, but retries a describe call', async () => {
    const sentBefore = aws.requests.length;
    aws.faults.add({ on: 'StartStreamEncryption', error: { code: 'InternalFailure', message: 'oops', status: 500 } });
    await expect(
      streams.startEncryption(orders, { type: null, id: 'alias/aws/kinesis' }, signal, ignoreSend)
    ).rejects.toMatchObject({
      errorKind: 'unanswered'
    });
    expect(aws.requests.length - sentBefore).toBe(1);
    aws.faults.add({
      on: 'DescribeStreamSummary',
      error: { code: 'InternalFailure', message: 'oops', status: 500 }
    });
    expect(await streams.describe(orders, signal)).toMatchObject({ phase: 'final' });
  });

  test('rejects as missing with the region for an unknown stream', async () => {
    await expect(streams.describe({ ...orders, name: 'gone' }, signal)).rejects.toMatchObject({
      errorKind: 'missing',
      message: expect.stringContaining('us-east-1')
    });
  });

  test('treats empty, HTML and truncated answers as unanswered', async () => {
    for (const [index, fault] of BROKEN_RESPONSES.entries()) {
      const stream = { ...orders, name: `broken-${index}`, arn: null };
      aws.kinesis.create({ name: stream.name });
      aws.faults.add({ on: 'DescribeStreamSummary', stream: stream.name, times: Number.POSITIVE_INFINITY, ...fault });
      await expect(streams.describe(stream, signal)).rejects.toMatchObject({ errorKind: 'unanswered' });
    }
  });
});
