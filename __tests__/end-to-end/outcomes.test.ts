/** Each outcome of one stream, except `cancelled`, which cancellation/ tests. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';
import { visibleText } from './html.ts';
import {
  ALWAYS,
  CHANGING_STATUS,
  createStream,
  DESCRIBE,
  ENCRYPTED_STATUS,
  FOREVER,
  KINDS,
  resultsOf,
  run,
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
    // The documented names, and no other.
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
        keyType: 'customer-managed',
        keyId: arn,
        keyArn: arn,
        previousKeyType: null,
        previousKeyId: null,
        source: null,
        recordVerified: null,
        durationSeconds: expect.any(Number),
        message: expect.stringContaining('was not encrypted')
      }
    ]);
    expect(Number(outputs['duration-seconds'])).toBeGreaterThan(0.2);
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(1);
    expect(visibleText(summary)).toContain(`not encrypted→ ${arn.split('/')[1]}`);
    expect(visibleText(summary)).toContain('Producers need kms:GenerateDataKey');
    expect(summary).toContain('Encrypt streams #7');
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

  test('unchanged: sends no write if the requested key is in force, and warns if it is disabled', async () => {
    const { arn } = aws.kms.createKey({ state: 'Disabled' });
    createStream(aws, kind, { key: arn });
    const { outputs, stdout, exitCode } = await runOn(aws, kind, { 'key-id': arn.split('/')[1] ?? '' });
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', encrypted: 'true', 'key-id': arn });
    expect(outputs['previous-key-id']).toBe(arn);
    expect(stdout).toContain(`::warning title=${kind} orders::the key ${arn} is disabled`);
    expect(exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(0);
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

  test('planned: reports the change and sends no write; started: returns when it is accepted', async () => {
    createStream(aws, kind);
    const planned = await runOn(aws, kind, { mode: 'plan' });
    expect(planned.outputs).toMatchObject({ outcome: 'planned', changed: 'false', encrypted: 'false' });
    expect(resultsOf(planned).orders?.message).toContain('is not encrypted; would be encrypted with');
    expect(planned.summary).toMatch(/<td>not encrypted<br>→ .*, planned<\/td>/);
    expect(planned.exitCode).toBe(0);
    expect(aws.writes()).toHaveLength(0);

    const started = await runOn(aws, kind, { 'key-type': 'aws-owned', wait: 'false' });
    expect(started.outputs).toMatchObject({ outcome: 'started', changed: 'true', encrypted: 'false', 'key-id': '' });
    expect(started.exitCode).toBe(0);
  });

  test('compliant and non-compliant: compares the key and sends no write', async () => {
    const { arn } = aws.kms.createKey();
    createStream(aws, kind, { key: arn });
    const [compliant, nonCompliant] = await Promise.all([
      runOn(aws, kind, { mode: 'check', 'key-type': 'customer-managed' }),
      runOn(aws, kind, { mode: 'check', 'key-type': 'aws-owned' })
    ]);
    expect(compliant.outputs).toMatchObject({ outcome: 'compliant', encrypted: 'true', 'key-id': arn });
    expect(compliant.exitCode).toBe(0);
    expect(nonCompliant.outputs).toMatchObject({ outcome: 'non-compliant', encrypted: 'true', changed: 'false' });
    expect(nonCompliant.stdout).toContain(
      `::error title=${kind} orders::non-compliant: the stream is encrypted with ${arn}`
    );
    expect(nonCompliant.exitCode).toBe(1);
    expect(aws.writes()).toHaveLength(0);
  });

  test('failed: a stream that does not exist or is in another account, or an unusable key: no change is sent', async () => {
    createStream(aws, kind);
    createStream(aws, kind, { name: 'clicks' });
    const elsewhere = ARNS[kind].replace(ACCOUNT, '999988887777').replace('orders', 'clicks');
    const { arn } = aws.kms.createKey({ state: 'PendingDeletion' });
    const inputs = { 'stream-kind': kind, 'stream-name': `gone,${elsewhere},orders`, 'key-id': arn };
    const step = await run(aws, inputs);
    expect(step.exitCode).toBe(1);
    const failed = (text: string) => ({ outcome: 'failed', changed: false, message: expect.stringContaining(text) });
    expect(resultsOf(step)).toMatchObject({
      gone: { ...failed('There is no such stream in us-east-1'), encrypted: 'unknown', arn: null },
      clicks: failed('999988887777'),
      orders: { ...failed('is pending deletion: cancel the deletion'), encrypted: 'false' }
    });
    expect(aws.requests.some(({ operation }) => operation.startsWith('Start'))).toBe(false);
  });
});

test('timed-out: reports that the change continues after the deadline', async () => {
  await restartAws({ changeMs: FOREVER });
  await Promise.all(
    KINDS.map(async (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: DESCRIBE[kind], after: 2, times: ALWAYS, hang: 'before' });
      const inputs = { 'key-type': 'aws-owned', 'timeout-seconds': '5' };
      const { outputs, stdout, exitCode } = await runOn(aws, kind, inputs);
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
    })
  );
});
