/** Behaviour that only one of the two services has. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { runOn } from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
});
afterEach(() => aws.close());

describe('Firehose', () => {
  test('a failed change leaves the previous key in force; the message has type and details of the failure', async () => {
    const previousKey = aws.kms.createKey();
    const target = aws.kms.createKey();
    aws.firehose.create({
      name: 'orders',
      key: previousKey.arn,
      changeFails: { type: 'DISABLED_KMS_KEY', details: 'the key is disabled' }
    });
    const { outputs, stdout, exitCode } = await runOn(aws, 'firehose', { 'key-id': target.arn });
    expect(outputs).toMatchObject({
      outcome: 'failed',
      changed: 'true',
      encrypted: 'true',
      status: 'ENABLING_FAILED',
      'key-type': 'customer-managed',
      'key-id': previousKey.arn,
      'previous-key-id': previousKey.arn
    });
    expect(stdout).toContain('DISABLED_KMS_KEY: the key is disabled');
    expect(stdout).toContain(`still encrypted with ${previousKey.arn}`);
    expect(exitCode).toBe(1);
  });

  test('a failed change whose reason stands on the delivery stream is explained in every mode', async () => {
    const { arn } = aws.kms.createKey();
    const changeFails = { type: 'DISABLED_KMS_KEY', details: 'the key is disabled', onStream: true };
    aws.firehose.create({ name: 'orders', changeFails });
    for (const mode of ['encrypt', 'check', 'plan']) {
      const { stdout } = await runOn(aws, 'firehose', { 'key-id': arn, mode });
      expect(stdout).toContain('DISABLED_KMS_KEY: the key is disabled');
      expect(stdout).toContain('Enable the key, or use another one');
    }
  });

  test('a suspended delivery stream is sent three starts at most, and the message says why', async () => {
    aws.firehose.create({ name: 'orders', streamStatus: 'SUSPENDED' });
    const { outputs, stdout } = await runOn(aws, 'firehose', { 'key-type': 'aws-owned' });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'false' });
    expect(stdout).toContain('Find out why the status is SUSPENDED');
    expect(aws.requests.filter(({ operation }) => operation.startsWith('Start'))).toHaveLength(3);
  });

  test('a failed first change leaves the stream unencrypted', async () => {
    const { arn } = aws.kms.createKey();
    aws.firehose.create({ name: 'orders', changeFails: { type: 'INVALID_KMS_KEY', details: 'pending deletion' } });
    const { outputs } = await runOn(aws, 'firehose', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', encrypted: 'false', 'key-id': '', changed: 'true' });
  });
});

describe('Kinesis', () => {
  test('unchanged: a key ID and a key ARN are the same key', async () => {
    const { arn } = aws.kms.createKey();
    const id = arn.split('/')[1] ?? '';
    aws.kinesis.create({ name: 'orders', keyId: id });
    const { outputs } = await runOn(aws, 'kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'unchanged', 'key-id': id, 'key-type': 'customer-managed' });
  });

  test('sends the ARN once if the stream reports an alias', async () => {
    const key = aws.kms.createKey();
    aws.kms.createAlias('alias/app', key);
    aws.kinesis.create({ name: 'orders', keyId: 'alias/app' });
    const { outputs } = await runOn(aws, 'kinesis', { 'key-id': 'alias/app' });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': key.arn, 'previous-key-id': 'alias/app' });
    expect(aws.writes().map(({ input }) => input.KeyId)).toEqual([key.arn]);

    const again = await runOn(aws, 'kinesis', { 'key-id': 'alias/app' });
    expect(again.outputs.outcome).toBe('unchanged');
  });

  test('fails if the stream becomes ACTIVE with the previous key', async () => {
    const previousKey = aws.kms.createKey();
    const { arn } = aws.kms.createKey();
    aws.kinesis.create({ name: 'orders', keyId: previousKey.arn, changeResult: 'reverted' });
    const { outputs, stdout } = await runOn(aws, 'kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'true', encrypted: 'true', 'key-id': previousKey.arn });
    expect(stdout).toContain(`the stream ended in ACTIVE, with ${previousKey.arn}`);
  });

  test('ignores stale responses after the start', async () => {
    const previousKey = aws.kms.createKey();
    const { arn } = aws.kms.createKey();
    aws.kinesis.create({ name: 'orders', keyId: previousKey.arn });
    aws.faults.add({ on: 'DescribeStreamSummary', after: 1, times: 4, stale: true });
    const { outputs } = await runOn(aws, 'kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': arn });
  });
});
