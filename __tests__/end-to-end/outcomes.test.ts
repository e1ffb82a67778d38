/** Each outcome, on a stream of either kind, with what the step must have told; ended-early/ has those that are cancelled. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';
import { shown } from './html.ts';
import { ALWAYS, AT_REST, AWS_KEY, createStream, DESCRIBE, FOR_EVER, IN_FLIGHT, KINDS, runOn } from './step.ts';

const ACCOUNT = '111122223333';
const ARNS = {
  kinesis: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/orders`,
  firehose: `arn:aws:firehose:us-east-1:${ACCOUNT}:deliverystream/orders`
} as const;

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
});
afterEach(() => aws.close());

/** Starts the local AWS in place of the one there is. */
async function start(options: LocalAwsOptions): Promise<void> {
  await aws.close();
  aws = await startLocalAws(options);
}

describe.each(KINDS)('the bundle as the runner starts it, for %s', (kind) => {
  test('enabled: a stream that was not encrypted is, with the key asked', async () => {
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const { outputs, exitCode, summary } = await runOn(aws, kind, { 'key-type': 'customer-managed', 'key-id': arn });
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
    createStream(aws, kind);
    const { outputs } = await runOn(aws, kind, { 'key-type': 'aws-owned' });
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
        keyId: kind === 'kinesis' ? AWS_KEY.kinesis : null,
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
    createStream(aws, kind, { key: old.arn });
    const { outputs, summary, stdout } = await runOn(aws, kind, { 'key-id': 'alias/app' });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': next.arn, 'previous-key-id': old.arn });
    expect(shown(summary)).toMatch(/Keep the old key .* enabled until \d{4}-\d\d-\d\d \d\d:\d\d UTC at least/);
    expect(stdout).toContain(`us-east-1 · mode encrypt · ${kind} orders · key: key alias/app`);
  });

  test('unchanged: the key asked is in force already, and no write is sent', async () => {
    const { arn } = aws.kms.createKey();
    createStream(aws, kind, { key: arn });
    const { outputs, exitCode } = await runOn(aws, kind, { 'key-id': arn.split('/')[1] ?? '' });
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', encrypted: 'true', 'key-id': arn });
    expect(outputs['previous-key-id']).toBe(arn);
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(0);
  });

  test('unchanged, with a warning, where the key asked is disabled', async () => {
    const { arn } = aws.kms.createKey({ state: 'Disabled' });
    createStream(aws, kind, { key: arn });
    const { outputs, stdout, exitCode } = await runOn(aws, kind, { 'key-id': arn });
    expect(outputs.outcome).toBe('unchanged');
    expect(stdout).toContain(`::warning title=${kind} orders::the key ${arn} is disabled`);
    expect(exitCode).toBe(0);
  });

  test('started: accepted, and not waited for', async () => {
    createStream(aws, kind);
    const { outputs, exitCode } = await runOn(aws, kind, { 'key-type': 'aws-owned', wait: 'false' });
    expect(outputs).toMatchObject({ outcome: 'started', changed: 'true', encrypted: 'false', 'key-id': '' });
    expect(exitCode).toBe(0);
  });

  test('planned: says what would change, and sends no write', async () => {
    createStream(aws, kind);
    const { outputs, exitCode, summary } = await runOn(aws, kind, { mode: 'plan' });
    expect(outputs).toMatchObject({ outcome: 'planned', changed: 'false', encrypted: 'false' });
    expect(summary).toContain('is not encrypted; would get');
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(0);
  });

  test('compliant and non-compliant: judged, and never changed', async () => {
    const { arn } = aws.kms.createKey();
    createStream(aws, kind, { key: arn });
    const good = await runOn(aws, kind, { mode: 'check', 'key-type': 'customer-managed' });
    expect(good.outputs).toMatchObject({ outcome: 'compliant', encrypted: 'true', 'key-id': arn });
    expect(good.exitCode).toBe(0);

    const bad = await runOn(aws, kind, { mode: 'check', 'key-type': 'aws-owned' });
    expect(bad.outputs).toMatchObject({ outcome: 'non-compliant', encrypted: 'true', changed: 'false' });
    expect(bad.stdout).toContain(`::error title=${kind} orders::non-compliant: the stream is encrypted with ${arn}`);
    expect(bad.exitCode).toBe(1);
    expect(aws.writes()).toHaveLength(0);
  });

  test('timed-out: the deadline passes, and the change goes on by itself', async () => {
    await start({ changeMs: FOR_EVER });
    createStream(aws, kind);
    aws.faults.add({
      on: DESCRIBE[kind],
      after: 2,
      times: ALWAYS,
      hang: 'before'
    });
    const { outputs, stdout, exitCode, durationMs } = await runOn(aws, kind, {
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
    expect(stdout).toContain(`The last status was ${IN_FLIGHT[kind]}`);
    expect(stdout).toContain('the service continues it by itself. Running again is safe');
    expect(exitCode).toBe(1);
    expect(durationMs).toBeLessThan(4_000);
  });

  test('timed-out, with the key in force, where settling does not fit', async () => {
    createStream(aws, kind);
    const inputs = { 'key-type': 'aws-owned', 'timeout-seconds': '3', 'settle-seconds': '2.9' };
    const { outputs, exitCode } = await runOn(aws, kind, inputs);
    expect(outputs).toMatchObject({ outcome: 'timed-out', encrypted: 'true', status: AT_REST[kind] });
    expect(exitCode).toBe(1);
  });

  test('failed: a stream that does not exist, with the region asked', async () => {
    const { outputs, stdout, exitCode } = await runOn(aws, kind, {});
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'unknown', 'stream-arn': '' });
    expect(stdout).toContain('There is no such stream in us-east-1');
    expect(exitCode).toBe(1);
  });

  test('failed: a key that cannot be used is found out before a change is spent', async () => {
    createStream(aws, kind);
    const { arn } = aws.kms.createKey({ state: 'PendingDeletion' });
    const { outputs, stdout } = await runOn(aws, kind, { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'false' });
    expect(stdout).toContain('is pending deletion: cancel the deletion');
    expect(aws.requests.some(({ operation }) => operation.startsWith('Start'))).toBe(false);
  });

  test('failed: an ARN of another account never acts on the stream of that name here', async () => {
    createStream(aws, kind);
    const arn = ARNS[kind].replace(ACCOUNT, '999988887777');
    const { outputs, stdout } = await runOn(aws, kind, { 'stream-name': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
    expect(stdout).toContain('999988887777');
    expect(aws.requests.some(({ operation }) => operation.startsWith('Start'))).toBe(false);
  });

  test('verify-records: the step ends only when the service says that a record was encrypted', async () => {
    await start({ changeMs: 100, encryptionLagMs: 1_500 });
    createStream(aws, kind);
    const { outputs, stdout } = await runOn(aws, kind, { 'key-type': 'aws-owned', 'verify-records': 'true' });
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toContain('the record it took was not encrypted');
    expect(aws.requests.filter(({ operation }) => operation === 'PutRecord').length).toBeGreaterThan(1);
  });

  test('a change in flight is waited out; what is then right is unchanged', async () => {
    let nowMs = 0;
    await start({ now: () => nowMs });
    const { arn } = aws.kms.createKey();
    createStream(aws, kind, { changing: { key: arn, ms: 300 } });
    // The change ends when the step has said that it waits for it.
    const onLine = (line: string) => {
      if (line.includes('an earlier change is in flight')) nowMs = 300;
    };
    const { outputs } = await runOn(aws, kind, { 'key-id': arn }, { onLine });
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', 'key-id': arn });
    expect(nowMs).toBe(300);
    expect(aws.writes()).toHaveLength(0);
  });
});
