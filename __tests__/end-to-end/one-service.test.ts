/** What Firehose does and Kinesis does not, and the other way round. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { runOn } from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
});
afterEach(() => aws.close());

describe('what only Firehose does', () => {
  test('a failed change keeps the old key, and says so with the type and the details', async () => {
    const old = aws.kms.createKey();
    const next = aws.kms.createKey();
    aws.firehose.create({
      name: 'orders',
      key: old.arn,
      changeFails: { type: 'DISABLED_KMS_KEY', details: 'the key is disabled' }
    });
    const { outputs, stdout, exitCode } = await runOn(aws, 'firehose', { 'key-id': next.arn });
    expect(outputs).toMatchObject({
      outcome: 'failed',
      changed: 'true',
      encrypted: 'true',
      status: 'ENABLING_FAILED',
      'key-type': 'customer-managed',
      'key-id': old.arn,
      'previous-key-id': old.arn
    });
    expect(stdout).toContain('DISABLED_KMS_KEY: the key is disabled');
    expect(stdout).toContain(`still encrypted with ${old.arn}`);
    expect(exitCode).toBe(1);
  });

  test('a failed first enabling is not encrypted', async () => {
    const { arn } = aws.kms.createKey();
    aws.firehose.create({ name: 'orders', changeFails: { type: 'INVALID_KMS_KEY', details: 'pending deletion' } });
    const { outputs } = await runOn(aws, 'firehose', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', encrypted: 'false', 'key-id': '', changed: 'true' });
  });

  test('not-applicable: a source other than Direct PUT, named', async () => {
    aws.firehose.create({ name: 'orders', sourceType: 'KinesisStreamAsSource' });
    const { outputs, stdout, exitCode } = await runOn(aws, 'firehose', {});
    expect(outputs).toMatchObject({ outcome: 'not-applicable', changed: 'false', encrypted: 'unknown' });
    expect(stdout).toContain('KinesisStreamAsSource');
    expect(exitCode).toBe(1);
  });
});

describe('what only Kinesis does', () => {
  test('a key in another form is the same key', async () => {
    const { arn } = aws.kms.createKey();
    const id = arn.split('/')[1] ?? '';
    aws.kinesis.create({ name: 'orders', keyId: id });
    const { outputs } = await runOn(aws, 'kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'unchanged', 'key-id': id, 'key-type': 'customer-managed' });
  });

  test('an alias in force is no proof: the change is sent once, with the ARN', async () => {
    const key = aws.kms.createKey();
    aws.kms.createAlias('alias/app', key);
    aws.kinesis.create({ name: 'orders', keyId: 'alias/app' });
    const { outputs } = await runOn(aws, 'kinesis', { 'key-id': 'alias/app' });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': key.arn, 'previous-key-id': 'alias/app' });
    expect(aws.writes().map(({ input }) => input.KeyId)).toEqual([key.arn]);

    const again = await runOn(aws, 'kinesis', { 'key-id': 'alias/app' });
    expect(again.outputs.outcome).toBe('unchanged');
  });

  test('coming back ACTIVE with the old key is a failure', async () => {
    const old = aws.kms.createKey();
    const { arn } = aws.kms.createKey();
    aws.kinesis.create({ name: 'orders', keyId: old.arn, changeResult: 'reverted' });
    const { outputs, stdout } = await runOn(aws, 'kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'true', encrypted: 'true', 'key-id': old.arn });
    expect(stdout).toContain(`the stream ended in ACTIVE, with ${old.arn}`);
  });

  test('stale answers right after the start fool nobody', async () => {
    const old = aws.kms.createKey();
    const { arn } = aws.kms.createKey();
    aws.kinesis.create({ name: 'orders', keyId: old.arn });
    aws.faults.add({ on: 'DescribeStreamSummary', after: 1, times: 4, stale: true });
    const { outputs } = await runOn(aws, 'kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': arn });
  });
});
