/** What a step says about keys that are unusable, expiring or unknown, and how it verifies records. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { visibleText } from './html.ts';
import { parseReport } from './report-schema.ts';
import { AWS_KEY, createStream, ENCRYPTED_STATUS, KINDS, run, runOn } from './step.ts';
import { warningsOf } from './workflow-commands.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

const UNREADABLE = 'records written before the change cannot be read';
const DELETION_AT = Date.UTC(2026, 11, 4, 9, 30);

function warningTexts(stdout: string): string {
  return warningsOf(stdout)
    .map(({ message }) => message)
    .join('\n');
}

function puts(): number {
  return aws.requests.filter(({ operation }) => operation === 'PutRecord').length;
}

describe.each(KINDS)('the bundle, for %s', (kind) => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'is enabled again'],
    ['pending deletion', { state: 'PendingDeletion', deletionAt: DELETION_AT }, 'before 2026-12-04 09:30 UTC']
  ] as const)('warns after leaving a key that is %s, and never says to keep it enabled', async (_, seed, remedy) => {
    const { arn } = aws.kms.createKey(seed);
    createStream(aws, kind, { key: arn });
    const { outputs, stdout, summary, exitCode } = await runOn(aws, kind, { 'key-id': aws.kms.createKey().arn });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'previous-key-id': arn });
    expect(exitCode).toBe(0);
    for (const text of [warningTexts(stdout), visibleText(summary)]) {
      expect(text).toContain(UNREADABLE);
      expect(text).toContain(remedy);
    }
    expect(visibleText(summary)).not.toMatch(/Keep .*enabled/);
  });

  test('warns after leaving a key that no longer exists', async () => {
    const gone = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-00000000dead';
    createStream(aws, kind, { key: gone });
    const { outputs, stdout } = await runOn(aws, kind, { 'key-id': aws.kms.createKey().arn });
    expect(outputs).toMatchObject({ outcome: 'rekeyed', 'key-arn': outputs['key-id'] });
    expect(warningTexts(stdout)).toContain(`${UNREADABLE}: KMS does not know the key ${gone} any more`);
  });

  test.each(['plan', 'encrypt', 'check'])('warns in mode %s that the key material expires', async (mode) => {
    const { arn } = aws.kms.createKey({ validTo: Date.UTC(2027, 0, 15) });
    createStream(aws, kind, { key: arn });
    const { stdout, exitCode } = await runOn(aws, kind, { mode, 'key-id': arn });
    expect(exitCode).toBe(0);
    expect(warningTexts(stdout)).toContain(`the key ${arn} expires on 2027-01-15 00:00 UTC`);
  });

  test('uses a key in the state Updating', async () => {
    const { arn } = aws.kms.createKey({ state: 'Updating' });
    createStream(aws, kind);
    const encrypted = await runOn(aws, kind, { 'key-id': arn });
    expect(encrypted.outputs).toMatchObject({ outcome: 'enabled', 'key-id': arn });
    const checked = await runOn(aws, kind, { 'key-id': arn, mode: 'check' });
    expect(checked.outputs).toMatchObject({ outcome: 'compliant', status: ENCRYPTED_STATUS[kind] });
    expect(warningsOf(checked.stdout)).toEqual([]);
  });

  test.each([
    ['plan', 'unchanged'],
    ['encrypt', 'unchanged'],
    ['check', 'compliant']
  ])('without kms:DescribeKey, says in mode %s that the key could not be looked up', async (mode, outcome) => {
    const { arn } = aws.kms.createKey();
    createStream(aws, kind, { key: arn });
    aws.kms.describeKeyDenied = true;
    const { outputs, stdout, exitCode } = await runOn(aws, kind, { mode, 'key-id': arn });
    expect(outputs).toMatchObject({ outcome, 'key-arn': arn });
    expect(exitCode).toBe(0);
    expect(warningsOf(stdout)).toHaveLength(1);
    expect(warningTexts(stdout)).toContain(`the key ${arn} could not be looked up`);
    expect(warningTexts(stdout)).toContain('Grant kms:DescribeKey');
  });

  test('verify-records puts a record in the second run as well, and reports it', async () => {
    createStream(aws, kind);
    const inputs = { 'key-id': aws.kms.createKey().arn, 'verify-records': 'true' };
    const first = await runOn(aws, kind, inputs);
    expect(JSON.parse(first.outputs.results ?? '')).toMatchObject([{ outcome: 'enabled', recordVerified: true }]);
    const putsBefore = puts();
    const second = await runOn(aws, kind, inputs);
    expect(JSON.parse(second.outputs.results ?? '')).toMatchObject([{ outcome: 'unchanged', recordVerified: true }]);
    expect(puts()).toBe(putsBefore + 1);
    const without = await runOn(aws, kind, { ...inputs, 'verify-records': 'false' });
    expect(JSON.parse(without.outputs.results ?? '')).toMatchObject([{ outcome: 'unchanged', recordVerified: null }]);
    expect(puts()).toBe(putsBefore + 1);
  });

  test('verify-records fails each run whose record the key refuses, and asks for what a record needs', async () => {
    const key = aws.kms.createKey();
    createStream(aws, kind, { key: key.arn });
    key.refusedToServices = true;
    const { outputs, stdout, exitCode } = await runOn(aws, kind, { 'key-id': key.arn, 'verify-records': 'true' });
    expect(exitCode).toBe(1);
    expect(JSON.parse(outputs.results ?? '')).toMatchObject([
      { outcome: 'failed', changed: false, encrypted: 'true', recordVerified: false }
    ]);
    const needed = kind === 'kinesis' ? 'kms:GenerateDataKey' : 'kms:GenerateDataKey and kms:Decrypt';
    expect(stdout).toContain(`Grant ${needed} on the key`);
    expect(stdout).not.toContain('kms:CreateGrant');
  });
});

describe('several streams', () => {
  const THREE = { 'stream-kind': 'kinesis', 'stream-name': 'orders,clicks,views' } as const;

  function messages({ results }: Readonly<Record<string, string>>): ReadonlySet<string> {
    return new Set(JSON.parse(results ?? '').map(({ message }: { readonly message: string }) => message));
  }

  beforeEach(() => {
    for (const name of ['orders', 'clicks', 'views']) createStream(aws, 'kinesis', { name });
  });

  test('fail for one cause if from-key-id is an alias of the target key', async () => {
    const key = aws.kms.createKey();
    aws.kms.createAlias('alias/app', key);
    const { outputs } = await run(aws, { ...THREE, 'key-id': key.arn, 'from-key-id': 'alias/app' });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', counts: '{"total":3,"failed":3}' });
    expect([...messages(outputs)]).toEqual([
      'from-key-id "alias/app" is the target key: give the key to move streams away from'
    ]);
  });

  test.each([
    ['does not exist', false],
    ['may not be looked up', true]
  ])('fail for one cause if the target is an alias that %s', async (_, denied) => {
    aws.kms.describeKeyDenied = denied;
    const { outputs } = await run(aws, { ...THREE, 'key-id': 'alias/none' });
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
    expect(messages(outputs).size).toBe(1);
    expect([...messages(outputs)][0]).toMatch(/^kms:DescribeKey for alias\/none/);
    expect(aws.writes()).toEqual([]);
  });

  test('share the text of a key that could not be looked up', async () => {
    const { arn } = aws.kms.createKey({ denied: true });
    const { stdout } = await run(aws, { ...THREE, 'key-id': arn });
    const texts = warningsOf(stdout).map(({ message }) => message);
    expect(texts.length).toBeGreaterThan(0);
    expect(new Set(texts).size).toBe(1);
  });
});

describe('for Kinesis', () => {
  test('a stream with channels that would get the AWS key gets a warning', async () => {
    aws.kinesis.create({ name: 'orders', channelCount: 1 });
    const { outputs, stdout } = await runOn(aws, 'kinesis', { 'key-type': 'aws-owned' });
    expect(outputs).toMatchObject({ outcome: 'enabled', 'key-id': AWS_KEY.kinesis, 'key-arn': '' });
    expect(warningTexts(stdout)).toContain('the data stream has channels');
  });

  test('key-arn, results and the report have the ARN of a key that the stream reports as an alias', async () => {
    const key = aws.kms.createKey();
    aws.kms.createAlias('alias/app', key);
    aws.kinesis.create({ name: 'orders', keyId: 'alias/app' });
    const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-keys-'));
    try {
      const path = join(folder, 'report.json');
      const { outputs } = await runOn(aws, 'kinesis', { mode: 'check', 'key-id': key.arn, 'report-path': path });
      expect(outputs).toMatchObject({ outcome: 'compliant', 'key-id': 'alias/app', 'key-arn': key.arn });
      expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ keyId: 'alias/app', keyArn: key.arn }]);
      expect(parseReport(readFileSync(path, 'utf8')).streams).toMatchObject([
        { keyArn: key.arn, recordVerified: null }
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
