/** Behaviour that only one of the two services has. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { resultsOf, run } from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
});
afterEach(() => aws.close());

test('Firehose: a failed change leaves the previous key in force, and its type and details are reported', async () => {
  const [previous, target] = [aws.kms.createKey(), aws.kms.createKey()];
  const changeFails = { type: 'DISABLED_KMS_KEY', details: 'the key is disabled' };
  aws.firehose.create({ name: 'rekeyed', key: previous.arn, changeFails });
  aws.firehose.create({ name: 'first', changeFails: { type: 'INVALID_KMS_KEY', details: 'pending deletion' } });
  aws.firehose.create({ name: 'explained', changeFails: { ...changeFails, onStream: true } });
  aws.firehose.create({ name: 'suspended', streamStatus: 'SUSPENDED' });
  const inputs = { 'stream-kind': 'firehose', 'key-id': target.arn };
  const step = await run(aws, { ...inputs, 'stream-name': 'rekeyed,first,explained,suspended' });
  expect(step.exitCode).toBe(1);
  const results = resultsOf(step);
  expect(results).toMatchObject({
    rekeyed: {
      outcome: 'failed',
      changed: true,
      encrypted: 'true',
      status: 'ENABLING_FAILED',
      keyType: 'customer-managed',
      keyId: previous.arn,
      previousKeyId: previous.arn,
      message: expect.stringContaining(`still encrypted with ${previous.arn}`)
    },
    first: { outcome: 'failed', changed: true, encrypted: 'false', keyId: null },
    suspended: {
      outcome: 'failed',
      changed: false,
      encrypted: 'false',
      message: expect.stringContaining('Find out why the status is SUSPENDED')
    }
  });
  expect(results.rekeyed?.message).toContain('DISABLED_KMS_KEY: the key is disabled');
  const starts = aws.requests.filter(({ operation }) => operation.startsWith('Start'));
  expect(starts.filter(({ input }) => input.DeliveryStreamName === 'suspended')).toHaveLength(3);

  // The reason that stands on a delivery stream is explained in every mode.
  const later = await Promise.all(
    ['check', 'plan'].map((mode) => run(aws, { ...inputs, mode, 'stream-name': 'explained' }))
  );
  for (const message of [step, ...later].map((one) => resultsOf(one).explained?.message)) {
    expect(message).toContain('DISABLED_KMS_KEY: the key is disabled');
    expect(message).toContain('Enable the key, or use another one');
  }
});

test('Kinesis: the form of a key, a stale answer and a change that is reverted', async () => {
  const [previous, key] = [aws.kms.createKey(), aws.kms.createKey()];
  const id = key.arn.split('/')[1] ?? '';
  aws.kms.createAlias('alias/app', key);
  aws.kinesis.create({ name: 'by-id', keyId: id });
  aws.kinesis.create({ name: 'by-alias', keyId: 'alias/app' });
  aws.kinesis.create({ name: 'reverted', keyId: previous.arn, changeResult: 'reverted' });
  aws.kinesis.create({ name: 'stale', keyId: previous.arn });
  aws.faults.add({ on: 'DescribeStreamSummary', stream: 'stale', after: 1, times: 4, stale: true });
  const inputs = { 'stream-kind': 'kinesis', 'key-id': 'alias/app' };
  expect(resultsOf(await run(aws, { ...inputs, 'stream-name': 'by-id,by-alias,reverted,stale' }))).toMatchObject({
    'by-id': { outcome: 'unchanged', keyId: id, keyType: 'customer-managed' },
    'by-alias': { outcome: 'rekeyed', keyId: key.arn, previousKeyId: 'alias/app' },
    reverted: {
      outcome: 'failed',
      changed: true,
      encrypted: 'true',
      keyId: previous.arn,
      message: expect.stringContaining(`the stream ended in ACTIVE, with ${previous.arn}`)
    },
    stale: { outcome: 'rekeyed', keyId: key.arn }
  });
  // The ARN is sent, and once: the next run has nothing to do.
  expect(aws.writes().map(({ input }) => input.KeyId)).toEqual([key.arn, key.arn, key.arn]);
  expect((await run(aws, { ...inputs, 'stream-name': 'by-alias' })).outputs.outcome).toBe('unchanged');
});
