import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { Aws } from '../../src/aws/aws.ts';
import type { StreamRef } from '../../src/encryption/model.ts';
import type { StreamService } from '../../src/encryption/ports.ts';
import { openOn } from './local-connection.ts';

/** Responses that are not an answer of the service: empty, HTML of a proxy, truncated. */
const BROKEN_RESPONSES = [
  { body: '', status: 200 },
  { body: '{}', status: 200 },
  { body: '<html>', status: 200 },
  { body: '<html>', status: 403 },
  { cutOff: 'after' }
] as const;

const KINDS = [
  {
    kind: 'kinesis',
    describeCall: 'DescribeStreamSummary',
    startCall: 'StartStreamEncryption',
    inputFor: (KeyId: string) => ({ StreamName: 'orders', EncryptionType: 'KMS', KeyId }),
    awsKey: { type: 'aws-owned', id: 'alias/aws/kinesis' }
  },
  {
    kind: 'firehose',
    describeCall: 'DescribeDeliveryStream',
    startCall: 'StartDeliveryStreamEncryption',
    inputFor: (KeyARN: string) => ({
      DeliveryStreamName: 'orders',
      DeliveryStreamEncryptionConfigurationInput:
        KeyARN === '' ? { KeyType: 'AWS_OWNED_CMK' } : { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN }
    }),
    awsKey: { type: 'aws-owned', id: '' }
  }
] as const;

describe.each(KINDS)('$kind over HTTP', ({ kind, describeCall, startCall, inputFor, awsKey }) => {
  let aws: LocalAws;
  let run: Aws;
  let streams: StreamService;
  const { signal } = new AbortController();
  const orders: StreamRef = { kind, name: 'orders', arn: null };

  beforeAll(async () => {
    aws = await startLocalAws({ changeMs: 0, encryptionLagMs: 0 });
    aws[kind].create({ name: 'orders' });
    run = await openOn(aws);
    streams = await run.streams(kind);
  });
  afterAll(async () => {
    run.close();
    await aws.close();
  });

  test('starts encryption with the AWS key, then with a customer key, and puts records', async () => {
    expect(await streams.putRecord(orders, signal)).toBe(false);
    for (const { type, id } of [awsKey, { type: 'customer-managed', id: aws.kms.createKey().arn } as const]) {
      await streams.startEncryption(orders, { type, id }, signal, () => {});
      expect(aws.writes().at(-1)?.input).toEqual(inputFor(id));
      expect(await streams.describe(orders, signal)).toMatchObject({ phase: 'final', encrypted: 'true', key: { id } });
    }
    expect(await streams.putRecord(orders, signal)).toBe(true);
  });

  test('sends a start once even if its answer is lost, but repeats a describe call', async () => {
    const sentBefore = aws.requests.length;
    const failure = { code: 'InternalFailure', message: '', status: 500 };
    for (const fault of [{ lost: 'before' } as const, { error: failure }]) {
      aws.faults.add({ on: startCall, ...fault });
      const starting = streams.startEncryption(orders, awsKey, signal, () => {});
      await expect(starting).rejects.toMatchObject({ errorKind: 'unanswered' });
      aws.faults.add({ on: describeCall, ...fault });
      expect(await streams.describe(orders, signal)).toMatchObject({ phase: 'final' });
    }
    expect(aws.requests.length - sentBefore).toBe(2 * 3);
  });

  test('rejects as missing for an unknown stream, and as unanswered for an answer that is not whole', async () => {
    const unknown = { errorKind: 'missing', message: expect.stringContaining('us-east-1') };
    await expect(streams.describe({ ...orders, name: 'gone' }, signal)).rejects.toMatchObject(unknown);
    process.env.AWS_MAX_ATTEMPTS = '1';
    const withoutRetries = await openOn(aws);
    for (const fault of BROKEN_RESPONSES) {
      aws.faults.add({ on: describeCall, ...fault });
      const describing = (await withoutRetries.streams(kind)).describe(orders, signal);
      await expect(describing).rejects.toMatchObject({ errorKind: 'unanswered' });
    }
    delete process.env.AWS_MAX_ATTEMPTS;
    withoutRetries.close();
  });

  test('names a data stream by its ARN if one was given, and a delivery stream always by its name', async () => {
    const { arn } = aws[kind].get('orders');
    await streams.describe({ ...orders, arn }, signal);
    const input = kind === 'kinesis' ? { StreamARN: arn } : { DeliveryStreamName: 'orders' };
    expect(aws.requests.at(-1)?.input).toEqual(input);
  });
});
