/** What a step says about keys that are unusable, expiring or unknown, and how it verifies records. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { visibleText } from './html.ts';
import { createStream, KINDS, resultsOf, run, runOn } from './step.ts';
import { commandsOf, warningsOf } from './workflow-commands.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

describe.each(KINDS)('the bundle, for %s', (kind) => {
  /** The text of the warning about each stream. */
  function warningTexts(stdout: string): Record<string, string> {
    const texts = warningsOf(stdout).map(({ properties, message }) => [properties.title?.split(' ')[1], message]);
    return Object.fromEntries(texts);
  }

  test('warns after leaving a key that cannot be used, and never says to keep it enabled', async () => {
    const gone = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-00000000dead';
    const deletionAt = Date.UTC(2026, 11, 4, 9, 30);
    createStream(aws, kind, { name: 'disabled', key: aws.kms.createKey({ state: 'Disabled' }).arn });
    createStream(aws, kind, { name: 'pending', key: aws.kms.createKey({ state: 'PendingDeletion', deletionAt }).arn });
    createStream(aws, kind, { name: 'gone', key: gone });
    // A key in the state Updating can be used.
    const { arn } = aws.kms.createKey({ state: 'Updating' });
    const inputs = { 'stream-kind': kind, 'stream-name': 'disabled,pending,gone', 'key-id': arn };
    const { outputs, stdout, summary, exitCode } = await run(aws, inputs);
    expect(outputs).toMatchObject({ counts: '{"total":3,"rekeyed":3}', 'key-arn': arn });
    expect(exitCode).toBe(0);
    const unreadable = 'records written before the change cannot be read';
    expect(warningTexts(stdout)).toEqual({
      disabled: expect.stringMatching(new RegExp(`${unreadable}.*is enabled again`)),
      pending: expect.stringMatching(new RegExp(`${unreadable}.*before 2026-12-04 09:30 UTC`)),
      gone: expect.stringContaining(`${unreadable}: KMS does not know the key ${gone} any more`)
    });
    for (const text of [unreadable, 'is enabled again', 'before 2026-12-04 09:30 UTC']) {
      expect(visibleText(summary)).toContain(text);
    }
    expect(visibleText(summary)).not.toMatch(/Keep .*enabled/);
  });

  test('an alias in from-key-id that points to the target is one error for the run, before any stream is described', async () => {
    const target = aws.kms.createKey();
    aws.kms.createAlias('alias/previous', target);
    for (const name of ['orders', 'clicks']) createStream(aws, kind, { name });
    const inputs = { 'stream-kind': kind, 'stream-name': 'orders,clicks', 'key-id': target.arn };
    const { outputs, stdout, exitCode } = await run(aws, { ...inputs, 'from-key-id': 'aws-owned,alias/previous' });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', results: '[]', counts: '{"total":0}' });
    expect(exitCode).toBe(1);
    const error =
      'Input from-key-id is "alias/previous": this is the target key: give the key to move streams away from';
    expect(commandsOf(stdout).flatMap(({ name, message }) => (name === 'error' ? [message] : []))).toEqual([error]);
    expect(new Set(aws.requests.map(({ operation }) => operation))).toEqual(new Set(['DescribeKey']));
  });

  test('warns that key material expires, and that a key could not be looked up', async () => {
    const expiring = aws.kms.createKey({ validTo: Date.UTC(2027, 0, 15) }).arn;
    const denied = aws.kms.createKey({ denied: true }).arn;
    createStream(aws, kind, { name: 'expiring', key: expiring });
    createStream(aws, kind, { name: 'denied', key: denied });
    const inputs = { 'stream-kind': kind, 'stream-name': 'expiring,denied', mode: 'check' };
    const { outputs, stdout, exitCode } = await run(aws, { ...inputs, 'approved-key-ids': `${expiring},${denied}` });
    expect(outputs.outcome).toBe('compliant');
    expect(exitCode).toBe(0);
    expect(warningTexts(stdout)).toEqual({
      expiring: expect.stringContaining(`the key ${expiring} expires on 2027-01-15 00:00 UTC`),
      denied: expect.stringMatching(new RegExp(`the key ${denied} could not be looked up.*Grant kms:DescribeKey`))
    });
  });

  test('verify-records puts a record in the second run as well, and reports it', async () => {
    createStream(aws, kind);
    const inputs = { 'key-id': aws.kms.createKey().arn, 'verify-records': 'true' };
    const puts = () => aws.requests.filter(({ operation }) => operation === 'PutRecord').length;
    const first = await runOn(aws, kind, inputs);
    expect(resultsOf(first)).toMatchObject({ orders: { outcome: 'enabled', recordVerified: true } });
    const putsBefore = puts();
    const second = await runOn(aws, kind, inputs);
    expect(resultsOf(second)).toMatchObject({ orders: { outcome: 'unchanged', recordVerified: true } });
    expect(puts()).toBe(putsBefore + 1);
    const without = await runOn(aws, kind, { ...inputs, 'verify-records': 'false' });
    expect(resultsOf(without)).toMatchObject({ orders: { outcome: 'unchanged', recordVerified: null } });
    expect(puts()).toBe(putsBefore + 1);
  });

  test('verify-records fails each run whose record the key refuses, and asks for what a record needs', async () => {
    const key = aws.kms.createKey();
    createStream(aws, kind, { key: key.arn });
    key.refusedToServices = true;
    const step = await runOn(aws, kind, { 'key-id': key.arn, 'verify-records': 'true' });
    expect(step.exitCode).toBe(1);
    expect(resultsOf(step)).toMatchObject({
      orders: { outcome: 'failed', changed: false, encrypted: 'true', recordVerified: false }
    });
    const needed = kind === 'kinesis' ? 'kms:GenerateDataKey' : 'kms:GenerateDataKey and kms:Decrypt';
    expect(step.stdout).toContain(`Grant ${needed} on the key`);
    expect(step.stdout).not.toContain('kms:CreateGrant');
  });
});

test('key-arn has the ARN of a key that the stream reports as an alias', async () => {
  const key = aws.kms.createKey();
  aws.kms.createAlias('alias/app', key);
  aws.kinesis.create({ name: 'orders', keyId: 'alias/app' });
  const step = await runOn(aws, 'kinesis', { mode: 'check', 'key-id': key.arn });
  expect(step.outputs).toMatchObject({ outcome: 'compliant', 'key-id': 'alias/app', 'key-arn': key.arn });
  expect(resultsOf(step)).toMatchObject({ orders: { keyId: 'alias/app', keyArn: key.arn } });
});
