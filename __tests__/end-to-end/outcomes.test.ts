/** Each outcome of one stream, except `cancelled`, which cancellation/ tests. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';
import { visibleText } from './html.ts';
import {
  ALWAYS,
  AWS_KEY,
  CHANGING_STATUS,
  createStream,
  DESCRIBE,
  ENCRYPTED_STATUS,
  FOREVER,
  KINDS,
  runOn
} from './step.ts';

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

/** Replaces the local AWS with a new one. */
async function restartAws(options: LocalAwsOptions): Promise<void> {
  await aws.close();
  aws = await startLocalAws(options);
}

describe.each(KINDS)('the bundle, for %s', (kind) => {
  test('enabled: encrypts an unencrypted stream with the requested key', async () => {
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const { outputs, exitCode, summary } = await runOn(aws, kind, { 'key-type': 'customer-managed', 'key-id': arn });
    expect(outputs).toMatchObject({
      outcome: 'enabled',
      changed: 'true',
      encrypted: 'true',
      status: ENCRYPTED_STATUS[kind],
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
    expect(visibleText(summary)).toContain(`not encrypted→ ${arn.split('/')[1]}`);
    expect(visibleText(summary)).toContain('Producers need kms:GenerateDataKey');
    expect(summary).toContain('Encrypt streams #7');
  });

  test('the output results has an object per stream, with the documented names', async () => {
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
        status: ENCRYPTED_STATUS[kind],
        keyType: 'aws-owned',
        keyId: kind === 'kinesis' ? AWS_KEY.kinesis : null,
        keyArn: null,
        previousKeyType: null,
        previousKeyId: null,
        source: null,
        recordVerified: null,
        durationSeconds: expect.any(Number),
        message: expect.stringContaining('was not encrypted')
      }
    ]);
  });

  test('rekeyed: moves a stream to another customer key and says until when to keep the previous key', async () => {
    const previousKey = aws.kms.createKey();
    const target = aws.kms.createKey();
    aws.kms.createAlias('alias/app', target);
    createStream(aws, kind, { key: previousKey.arn });
    const { outputs, summary, stdout } = await runOn(aws, kind, { 'key-id': 'alias/app' });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': target.arn, 'previous-key-id': previousKey.arn });
    expect(visibleText(summary)).toMatch(
      /Keep the previous key .* enabled until at least \d{4}-\d\d-\d\d \d\d:\d\d UTC/
    );
    expect(stdout).toContain(`us-east-1 · mode encrypt · ${kind} orders · key: alias/app`);
  });

  test('unchanged: sends no write if the requested key is already in force', async () => {
    const { arn } = aws.kms.createKey();
    createStream(aws, kind, { key: arn });
    const { outputs, exitCode } = await runOn(aws, kind, { 'key-id': arn.split('/')[1] ?? '' });
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', encrypted: 'true', 'key-id': arn });
    expect(outputs['previous-key-id']).toBe(arn);
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(0);
  });

  test('unchanged: warns if the requested key is disabled', async () => {
    const { arn } = aws.kms.createKey({ state: 'Disabled' });
    createStream(aws, kind, { key: arn });
    const { outputs, stdout, exitCode } = await runOn(aws, kind, { 'key-id': arn });
    expect(outputs.outcome).toBe('unchanged');
    expect(stdout).toContain(`::warning title=${kind} orders::the key ${arn} is disabled`);
    expect(exitCode).toBe(0);
  });

  test('started: returns when the change is accepted', async () => {
    createStream(aws, kind);
    const { outputs, exitCode } = await runOn(aws, kind, { 'key-type': 'aws-owned', wait: 'false' });
    expect(outputs).toMatchObject({ outcome: 'started', changed: 'true', encrypted: 'false', 'key-id': '' });
    expect(exitCode).toBe(0);
  });

  test('planned: reports the change and sends no write', async () => {
    createStream(aws, kind);
    const { outputs, exitCode, summary } = await runOn(aws, kind, { mode: 'plan' });
    expect(outputs).toMatchObject({ outcome: 'planned', changed: 'false', encrypted: 'false' });
    expect(JSON.parse(outputs.results ?? '')[0].message).toContain('is not encrypted; would be encrypted with');
    expect(summary).toMatch(/<td>not encrypted<br>→ .*, planned<\/td>/);
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(0);
  });

  test('compliant and non-compliant: compares the key and sends no write', async () => {
    const { arn } = aws.kms.createKey();
    createStream(aws, kind, { key: arn });
    const compliant = await runOn(aws, kind, { mode: 'check', 'key-type': 'customer-managed' });
    expect(compliant.outputs).toMatchObject({ outcome: 'compliant', encrypted: 'true', 'key-id': arn });
    expect(compliant.exitCode).toBe(0);

    const nonCompliant = await runOn(aws, kind, { mode: 'check', 'key-type': 'aws-owned' });
    expect(nonCompliant.outputs).toMatchObject({ outcome: 'non-compliant', encrypted: 'true', changed: 'false' });
    expect(nonCompliant.stdout).toContain(
      `::error title=${kind} orders::non-compliant: the stream is encrypted with ${arn}`
    );
    expect(nonCompliant.exitCode).toBe(1);
    expect(aws.writes()).toHaveLength(0);
  });

  test('timed-out: reports that the change continues after the deadline', async () => {
    await restartAws({ changeMs: FOREVER });
    createStream(aws, kind);
    aws.faults.add({
      on: DESCRIBE[kind],
      after: 2,
      times: ALWAYS,
      hang: 'before'
    });
    const { outputs, stdout, exitCode } = await runOn(aws, kind, {
      'key-type': 'aws-owned',
      'timeout-seconds': '2'
    });
    expect(outputs).toMatchObject({
      outcome: 'timed-out',
      changed: 'true',
      encrypted: 'false',
      status: CHANGING_STATUS[kind],
      'key-id': ''
    });
    expect(stdout).toContain(`The last status was ${CHANGING_STATUS[kind]}`);
    expect(stdout).toContain('the service continues it by itself. Running again is safe');
    expect(exitCode).toBe(1);
  });

  test('timed-out: the key is in force but the deadline passes while the step settles', async () => {
    createStream(aws, kind);
    const inputs = { 'key-type': 'aws-owned', 'timeout-seconds': '3', 'settle-seconds': '2.9' };
    const { outputs, exitCode } = await runOn(aws, kind, inputs);
    expect(outputs).toMatchObject({ outcome: 'timed-out', encrypted: 'true', status: ENCRYPTED_STATUS[kind] });
    expect(exitCode).toBe(1);
  });

  test('failed: the stream does not exist; the message names the region', async () => {
    const { outputs, stdout, exitCode } = await runOn(aws, kind, {});
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'unknown', 'stream-arn': '' });
    expect(stdout).toContain('There is no such stream in us-east-1');
    expect(exitCode).toBe(1);
  });

  test('failed: rejects an unusable key before a change is sent', async () => {
    createStream(aws, kind);
    const { arn } = aws.kms.createKey({ state: 'PendingDeletion' });
    const { outputs, stdout } = await runOn(aws, kind, { 'key-id': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'false' });
    expect(stdout).toContain('is pending deletion: cancel the deletion');
    expect(aws.requests.some(({ operation }) => operation.startsWith('Start'))).toBe(false);
  });

  test('failed: does not change a stream of the same name if the ARN is of another account', async () => {
    createStream(aws, kind);
    const arn = ARNS[kind].replace(ACCOUNT, '999988887777');
    const { outputs, stdout } = await runOn(aws, kind, { 'stream-name': arn });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
    expect(stdout).toContain('999988887777');
    expect(aws.requests.some(({ operation }) => operation.startsWith('Start'))).toBe(false);
  });

  test('verify-records: puts records until the service confirms that one was encrypted', async () => {
    await restartAws({ changeMs: 100, encryptionLagMs: 1_500 });
    createStream(aws, kind);
    const { outputs, stdout } = await runOn(aws, kind, { 'key-type': 'aws-owned', 'verify-records': 'true' });
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toContain('accepted a record but did not confirm its encryption');
    expect(aws.requests.filter(({ operation }) => operation === 'PutRecord').length).toBeGreaterThan(1);
  });

  test('unchanged: waits for an earlier change that puts the requested key in force', async () => {
    let nowMs = 0;
    await restartAws({ now: () => nowMs });
    const { arn } = aws.kms.createKey();
    createStream(aws, kind, { changing: { key: arn, ms: 300 } });
    // The change ends once the step has logged that it waits for it.
    const onLine = (line: string) => {
      if (line.includes('another change is in flight')) nowMs = 300;
    };
    const { outputs } = await runOn(aws, kind, { 'key-id': arn }, { onLine });
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', 'key-id': arn });
    expect(nowMs).toBe(300);
    expect(aws.writes()).toHaveLength(0);
  });
});
