import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Step, StepResult } from '../../demo/runner.ts';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { shown } from './html.ts';
import * as step from './step.ts';
import { CREDENTIALS, DESCRIBE, type Kind } from './step.ts';

const ACCOUNT = '111122223333';
const AWS_KEYS = { kinesis: 'alias/aws/kinesis', firehose: '' } as const;
const ARNS = {
  kinesis: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/orders`,
  firehose: `arn:aws:firehose:us-east-1:${ACCOUNT}:deliverystream/orders`
} as const;
const AT_REST = { kinesis: 'ACTIVE', firehose: 'ENABLED' } as const;
const IN_FLIGHT = { kinesis: 'UPDATING', firehose: 'ENABLING' } as const;

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
});
afterEach(() => aws.close());

function createStream(kind: Kind, keyArn?: string): void {
  step.createStream(aws, kind, keyArn);
}

function runOn(kind: Kind, inputs: Step['inputs'], more?: Omit<Step, 'inputs'>): Promise<StepResult> {
  return step.runOn(aws, kind, inputs, more);
}

describe.each<Kind>(['kinesis', 'firehose'])('the bundle as the runner starts it, for %s', (kind) => {
  test('enabled: a stream that was not encrypted is, with the key asked', async () => {
    createStream(kind);
    const { arn } = aws.kms.createKey();
    const { outputs, exitCode, summary } = await runOn(kind, { 'key-type': 'customer-managed', 'key-id': arn });
    expect(outputs).toMatchObject({
      outcome: 'enabled',
      changed: 'true',
      encrypted: 'true',
      status: AT_REST[kind],
      'key-type': 'customer-managed',
      'key-id': arn,
      'previous-key-type': '',
      'previous-key-id': '',
      'stream-name': 'orders',
      'stream-arn': ARNS[kind],
      counts: '{"total":1,"enabled":1}'
    });
    expect(Number(outputs['duration-seconds'])).toBeGreaterThan(0.2);
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(1);
    expect(shown(summary)).toContain(`not encrypted→ ${arn.split('/')[1]}`);
    expect(shown(summary)).toContain('Producers need kms:GenerateDataKey');
    expect(summary).toContain('Encrypt streams #7');
  });

  test('the results output has a member a stream, with the names it promises', async () => {
    createStream(kind);
    const { outputs } = await runOn(kind, { 'key-type': 'aws-owned' });
    expect(JSON.parse(outputs.results ?? '')).toEqual([
      {
        kind,
        name: 'orders',
        arn: ARNS[kind],
        region: 'us-east-1',
        outcome: 'enabled',
        changed: true,
        encrypted: 'true',
        status: AT_REST[kind],
        keyType: 'aws-owned',
        keyId: AWS_KEYS[kind] || null,
        previousKeyType: null,
        previousKeyId: null,
        durationSeconds: expect.any(Number),
        message: expect.stringContaining('was not encrypted')
      }
    ]);
  });

  test('rekeyed: from one customer key to another, and the old key is to be kept', async () => {
    const old = aws.kms.createKey();
    const next = aws.kms.createKey();
    aws.kms.createAlias('alias/app', next);
    createStream(kind, old.arn);
    const { outputs, summary, stdout } = await runOn(kind, { 'key-id': 'alias/app' });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': next.arn, 'previous-key-id': old.arn });
    expect(shown(summary)).toMatch(/Keep the old key .* enabled until \d{4}-\d\d-\d\d \d\d:\d\d UTC at least/);
    expect(stdout).toContain(`us-east-1 · mode encrypt · ${kind} orders · asked: key alias/app`);
  });

  test('unchanged: the key asked is in force already, and no write is sent', async () => {
    const { arn } = aws.kms.createKey();
    createStream(kind, arn);
    const { outputs, exitCode } = await runOn(kind, { 'key-id': arn.split('/')[1] ?? '' });
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', encrypted: 'true', 'key-id': arn });
    expect(outputs['previous-key-id']).toBe(arn);
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(0);
  });

  test('unchanged, with a warning, where the key asked is disabled', async () => {
    const { arn } = aws.kms.createKey({ state: 'Disabled' });
    createStream(kind, arn);
    const { outputs, stdout, exitCode } = await runOn(kind, { 'key-id': arn });
    expect(outputs.outcome).toBe('unchanged');
    expect(stdout).toContain(`::warning title=${kind} orders::the key ${arn} is disabled`);
    expect(exitCode).toBe(0);
  });

  test('started: accepted, and not waited for', async () => {
    createStream(kind);
    const { outputs, exitCode } = await runOn(kind, { 'key-type': 'aws-owned', wait: 'false' });
    expect(outputs).toMatchObject({ outcome: 'started', changed: 'true', encrypted: 'false', 'key-id': '' });
    expect(exitCode).toBe(0);
  });

  test('planned: says what would change, and sends no write', async () => {
    createStream(kind);
    const { outputs, exitCode, summary } = await runOn(kind, { mode: 'plan' });
    expect(outputs).toMatchObject({ outcome: 'planned', changed: 'false', encrypted: 'false' });
    expect(summary).toContain('is not encrypted; would get');
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(0);
  });

  test('compliant and non-compliant: judged, and never changed', async () => {
    const { arn } = aws.kms.createKey();
    createStream(kind, arn);
    const good = await runOn(kind, { mode: 'check', 'key-type': 'customer-managed' });
    expect(good.outputs).toMatchObject({ outcome: 'compliant', encrypted: 'true', 'key-id': arn });
    expect(good.exitCode).toBe(0);

    const bad = await runOn(kind, { mode: 'check', 'key-type': 'aws-owned' });
    expect(bad.outputs).toMatchObject({ outcome: 'non-compliant', encrypted: 'true', changed: 'false' });
    expect(bad.stdout).toContain(`::error title=${kind} orders::non-compliant: the stream is encrypted with ${arn}`);
    expect(bad.exitCode).toBe(1);
    expect(aws.writes()).toHaveLength(0);
  });

  test('timed-out: the deadline passes, and the change goes on by itself', async () => {
    await aws.close();
    aws = await startLocalAws({ changeMs: Number.POSITIVE_INFINITY });
    createStream(kind);
    aws.faults.add({
      on: DESCRIBE[kind],
      after: 2,
      times: Number.POSITIVE_INFINITY,
      hang: 'before'
    });
    const { outputs, stdout, exitCode, durationMs } = await runOn(kind, {
      'key-type': 'aws-owned',
      'timeout-seconds': '2'
    });
    expect(outputs).toMatchObject({
      outcome: 'timed-out',
      changed: 'true',
      encrypted: 'false',
      status: IN_FLIGHT[kind],
      'key-id': ''
    });
    expect(stdout).toContain(`The last status seen was ${IN_FLIGHT[kind]}`);
    expect(stdout).toContain('the service goes on with it by itself. Running again is safe');
    expect(exitCode).toBe(1);
    expect(durationMs).toBeLessThan(4_000);
  });

  test('timed-out, with the key in force, where settling does not fit', async () => {
    createStream(kind);
    const inputs = { 'key-type': 'aws-owned', 'timeout-seconds': '3', 'settle-seconds': '2.9' };
    const { outputs, exitCode } = await runOn(kind, inputs);
    expect(outputs).toMatchObject({ outcome: 'timed-out', encrypted: 'true', status: AT_REST[kind] });
    expect(exitCode).toBe(1);
  });

  test('cancelled: within a second of the signal, outputs and summary are written', async () => {
    await aws.close();
    aws = await startLocalAws({ changeMs: Number.POSITIVE_INFINITY });
    createStream(kind);
    const { outputs, exitCode, summary, durationMs, signalled } = await runOn(
      kind,
      { 'key-type': 'aws-owned' },
      { cancelWhen: IN_FLIGHT[kind] }
    );
    expect(outputs).toMatchObject({ outcome: 'cancelled', changed: 'true', encrypted: 'false' });
    expect(summary).toContain('the run was cancelled');
    expect(exitCode).toBe(1);
    expect(signalled).toMatchObject([{ signal: 'SIGINT' }]);
    expect(durationMs - (signalled[0]?.atMs ?? 0)).toBeLessThan(1_000);
  });

  test('failed: a stream that does not exist, with the region asked', async () => {
    const { outputs, stdout, exitCode } = await runOn(kind, {});
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'unknown', 'stream-arn': '' });
    expect(stdout).toContain('There is no such stream in us-east-1');
    expect(exitCode).toBe(1);
  });

  test('failed: a key that cannot be used is found out before a change is spent', async () => {
    createStream(kind);
    const { arn } = aws.kms.createKey({ state: 'PendingDeletion' });
    const { outputs, stdout } = await runOn(kind, { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'false' });
    expect(stdout).toContain('is pending deletion: cancel its deletion');
    expect(aws.requests.some(({ operation }) => operation.startsWith('Start'))).toBe(false);
  });

  test('failed: an ARN of another account never acts on the stream of that name here', async () => {
    createStream(kind);
    const arn = ARNS[kind].replace(ACCOUNT, '999988887777');
    const { outputs, stdout } = await runOn(kind, { 'stream-name': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
    expect(stdout).toContain('999988887777');
    expect(aws.requests.some(({ operation }) => operation.startsWith('Start'))).toBe(false);
  });

  test('verify-records: the step ends only when the service says that a record was encrypted', async () => {
    await aws.close();
    aws = await startLocalAws({ changeMs: 100, encryptionLagMs: 1_500 });
    createStream(kind);
    const { outputs, stdout } = await runOn(kind, { 'key-type': 'aws-owned', 'verify-records': 'true' });
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toContain('the record it took was not encrypted');
    expect(aws.requests.filter(({ operation }) => operation === 'PutRecord').length).toBeGreaterThan(1);
  });

  test('a change in flight is waited out; what is then right is unchanged', async () => {
    await aws.close();
    let nowMs = 0;
    aws = await startLocalAws({ now: () => nowMs });
    const { arn } = aws.kms.createKey();
    if (kind === 'kinesis') aws.kinesis.create({ name: 'orders', changing: { keyId: arn, ms: 300 } });
    else aws.firehose.create({ name: 'orders', changing: { key: arn, ms: 300 } });
    // The change ends when the step has said that it waits for it.
    const onLine = (line: string) => {
      if (line.includes('an earlier change is in flight')) nowMs = 300;
    };
    const { outputs } = await runOn(kind, { 'key-id': arn }, { onLine });
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', 'key-id': arn });
    expect(nowMs).toBe(300);
    expect(aws.writes()).toHaveLength(0);
  });

  test('bad inputs: all faults are named at once, and nothing is asked of AWS', async () => {
    const { outputs, stdout, summary, exitCode } = await runOn(kind, {
      'stream-name': 'no such/name',
      mode: 'encrpyt',
      'key-id': 'my-key',
      'timeout-seconds': '0x10',
      wait: 'maybe',
      'verify-records': 'ja'
    });
    expect(outputs).toMatchObject({
      outcome: 'failed',
      changed: 'false',
      encrypted: 'unknown',
      results: '[]',
      counts: '{"total":0}',
      status: '',
      'stream-name': ''
    });
    for (const fault of [
      'Input stream-name is "no such/name"',
      'Input mode is "encrpyt": allowed are encrypt, plan, check',
      'Input key-id is "my-key"',
      'Input timeout-seconds is "0x10"',
      'Input wait is "maybe": allowed are true, false',
      'Input verify-records is "ja"'
    ]) {
      expect(stdout).toContain(fault);
      expect(shown(summary)).toContain(fault);
    }
    expect(exitCode).toBe(1);
    expect(aws.requests).toHaveLength(0);
  });
});

describe('what only Firehose does', () => {
  test('a failed change keeps the old key, and says so with the type and the details', async () => {
    const old = aws.kms.createKey();
    const next = aws.kms.createKey();
    aws.firehose.create({
      name: 'orders',
      key: old.arn,
      changeFails: { type: 'DISABLED_KMS_KEY', details: 'the key is disabled' }
    });
    const { outputs, stdout, exitCode } = await runOn('firehose', { 'key-id': next.arn });
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
    const { outputs } = await runOn('firehose', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', encrypted: 'false', 'key-id': '', changed: 'true' });
  });

  test('not-applicable: a source other than Direct PUT, named', async () => {
    aws.firehose.create({ name: 'orders', sourceType: 'KinesisStreamAsSource' });
    const { outputs, stdout, exitCode } = await runOn('firehose', {});
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
    const { outputs } = await runOn('kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'unchanged', 'key-id': id, 'key-type': 'customer-managed' });
  });

  test('an alias in force is no proof: the change is sent once, with the ARN', async () => {
    const key = aws.kms.createKey();
    aws.kms.createAlias('alias/app', key);
    aws.kinesis.create({ name: 'orders', keyId: 'alias/app' });
    const { outputs } = await runOn('kinesis', { 'key-id': 'alias/app' });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': key.arn, 'previous-key-id': 'alias/app' });
    expect(aws.writes().map(({ input }) => input.KeyId)).toEqual([key.arn]);

    const again = await runOn('kinesis', { 'key-id': 'alias/app' });
    expect(again.outputs.outcome).toBe('unchanged');
  });

  test('coming back ACTIVE with the old key is a failure', async () => {
    const old = aws.kms.createKey();
    const { arn } = aws.kms.createKey();
    aws.kinesis.create({ name: 'orders', keyId: old.arn, changeResult: 'comes-back' });
    const { outputs, stdout } = await runOn('kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'true', encrypted: 'true', 'key-id': old.arn });
    expect(stdout).toContain(`the stream came back ACTIVE, with ${old.arn}`);
  });

  test('stale answers right after the start fool nobody', async () => {
    const old = aws.kms.createKey();
    const { arn } = aws.kms.createKey();
    aws.kinesis.create({ name: 'orders', keyId: old.arn });
    aws.faults.add({ on: 'DescribeStreamSummary', after: 1, times: 4, stale: true });
    const { outputs } = await runOn('kinesis', { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': arn });
  });
});

describe('the surroundings', () => {
  test('without a job summary file the step goes on', async () => {
    createStream('kinesis');
    const { outputs, exitCode } = await runOn('kinesis', {}, { env: { GITHUB_STEP_SUMMARY: undefined } });
    expect(outputs.outcome).toBe('enabled');
    expect(exitCode).toBe(0);
  });

  test('a summary that cannot be written is a warning', async () => {
    createStream('kinesis');
    const { exitCode, stdout } = await runOn('kinesis', {}, { env: { GITHUB_STEP_SUMMARY: '/nowhere/summary.md' } });
    expect(stdout).toContain('::warning title=Job summary::');
    expect(exitCode).toBe(0);
  });

  test('without credentials the step names configure-aws-credentials', async () => {
    createStream('kinesis');
    const env = {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_EC2_METADATA_DISABLED: 'true'
    };
    const { outputs, stdout } = await runOn('kinesis', {}, { env });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toContain('aws-actions/configure-aws-credentials');
  });

  test('step debug logging tells each request, and no credential', async () => {
    createStream('firehose');
    const { stdout } = await runOn('firehose', { 'key-type': 'aws-owned' }, { debug: true });
    expect(stdout).toMatch(/::debug::firehose StartDeliveryStreamEncryption \d+ ms 200 [0-9a-f-]{36}/);
    for (const secret of Object.values(CREDENTIALS)) expect(stdout).not.toContain(secret);
  });

  test('AWS_DEFAULT_REGION is the region where AWS_REGION is not set', async () => {
    createStream('kinesis');
    const env = { AWS_REGION: undefined, AWS_DEFAULT_REGION: 'us-east-1' };
    const { outputs } = await runOn('kinesis', { mode: 'plan' }, { env });
    expect(outputs.outcome).toBe('planned');
  });

  test('without any region the step says where to give one', async () => {
    const { stdout } = await runOn('kinesis', {}, { env: { AWS_REGION: undefined } });
    expect(stdout).toContain('Input region is missing');
  });
});
