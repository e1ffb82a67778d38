/** Each outcome of one stream, except `cancelled`, which cancellation/ tests. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
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
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

describe.each(KINDS)('the bundle, for %s', (kind) => {
  test('planned, enabled, unchanged, rekeyed, compliant and non-compliant: six runs for one stream', async () => {
    const [first, second] = [aws.kms.createKey(), aws.kms.createKey()];
    aws.kms.createAlias('alias/app', second);
    createStream(aws, kind);

    const planned = await runOn(aws, kind, { mode: 'plan' });
    expect(planned).toMatchObject({
      exitCode: 0,
      outputs: { outcome: 'planned', changed: 'false', encrypted: 'false' },
      summary: expect.stringMatching(/<td>not encrypted<br>→ .*, planned<\/td>/)
    });
    expect(resultsOf(planned).orders?.message).toContain('is not encrypted; would be encrypted with');
    expect(aws.writes()).toHaveLength(0);

    const enabled = await runOn(aws, kind, { 'key-type': 'customer-managed', 'key-id': first.arn });
    expect(enabled.exitCode).toBe(0);
    expect(enabled.outputs).toMatchObject({
      outcome: 'enabled',
      changed: 'true',
      encrypted: 'true',
      status: ENCRYPTED_STATUS[kind],
      'key-type': 'customer-managed',
      'key-id': first.arn,
      'previous-key-type': '',
      'previous-key-id': '',
      'stream-name': 'orders',
      'stream-arn': ARNS[kind],
      counts: '{"total":1,"enabled":1}'
    });
    // The documented names, and no other.
    expect(JSON.parse(enabled.outputs.results ?? '')).toEqual([
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
        keyId: first.arn,
        keyArn: first.arn,
        previousKeyType: null,
        previousKeyId: null,
        source: null,
        recordVerified: null,
        durationSeconds: expect.any(Number),
        message: expect.stringContaining('was not encrypted')
      }
    ]);
    for (const text of [
      `not encrypted→ ${first.arn.split('/')[1]}`,
      'Producers need kms:GenerateDataKey',
      'Encrypt streams #7'
    ]) {
      expect(visibleText(enabled.summary)).toContain(text);
    }

    const unchanged = await runOn(aws, kind, { 'key-id': first.arn.split('/')[1] ?? '' });
    expect(unchanged).toMatchObject({
      exitCode: 0,
      outputs: { outcome: 'unchanged', changed: 'false', encrypted: 'true' }
    });
    expect(unchanged.outputs).toMatchObject({ 'key-id': first.arn, 'previous-key-id': first.arn });
    expect(aws.writes()).toHaveLength(1);

    const rekeyed = await runOn(aws, kind, { 'key-id': 'alias/app' });
    expect(rekeyed.outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': second.arn, 'previous-key-id': first.arn });
    const untilWhen = /Keep the previous key .* enabled until at least \d{4}-\d\d-\d\d \d\d:\d\d UTC/;
    expect(visibleText(rekeyed.summary)).toMatch(untilWhen);
    expect(rekeyed.stdout).toContain(`us-east-1 · mode encrypt · ${kind} orders · key: alias/app`);

    const [compliant, nonCompliant] = await Promise.all([
      runOn(aws, kind, { mode: 'check', 'key-type': 'customer-managed' }),
      runOn(aws, kind, { mode: 'check', 'key-type': 'aws-owned' })
    ]);
    const checked = { changed: 'false', encrypted: 'true', 'key-id': second.arn };
    expect(compliant).toMatchObject({ exitCode: 0, outputs: { outcome: 'compliant', ...checked } });
    expect(nonCompliant).toMatchObject({ exitCode: 1, outputs: { outcome: 'non-compliant', ...checked } });
    const error = `::error title=${kind} orders::non-compliant: the stream is encrypted with ${second.arn}`;
    expect(nonCompliant.stdout).toContain(error);
    expect(aws.writes()).toHaveLength(2);
  });

  test('started: returns when the change is accepted; timed-out: says that the change continues', async () => {
    createStream(aws, kind, { changeMs: FOREVER });
    createStream(aws, kind, { name: 'clicks', changeMs: FOREVER });
    aws.faults.add({ on: DESCRIBE[kind], stream: 'clicks', after: 2, times: ALWAYS, hang: 'before' });
    const [started, timedOut] = await Promise.all([
      runOn(aws, kind, { 'key-type': 'aws-owned', wait: 'false' }),
      runOn(aws, kind, { 'key-type': 'aws-owned', 'stream-name': 'clicks', 'timeout-seconds': '3' })
    ]);
    const sent = { changed: 'true', encrypted: 'false', 'key-id': '' };
    expect(started).toMatchObject({ exitCode: 0, outputs: { outcome: 'started', ...sent } });
    expect(timedOut).toMatchObject({
      exitCode: 1,
      outputs: { outcome: 'timed-out', ...sent, status: CHANGING_STATUS[kind] }
    });
    expect(timedOut.stdout).toContain(`The last status was ${CHANGING_STATUS[kind]}`);
    expect(timedOut.stdout).toContain('the service continues it by itself. Running again is safe');
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

  test('verify-records puts a record although the stream is unchanged, and fails if the key refuses it', async () => {
    const key = aws.kms.createKey();
    createStream(aws, kind, { key: key.arn });
    const inputs = { 'key-id': key.arn, 'verify-records': 'true' };
    const proved = await runOn(aws, kind, inputs);
    expect(resultsOf(proved)).toMatchObject({ orders: { outcome: 'unchanged', recordVerified: true } });
    expect(aws.requests.filter(({ operation }) => operation === 'PutRecord')).toHaveLength(1);

    key.refusedToServices = true;
    const refused = await runOn(aws, kind, inputs);
    expect(refused.exitCode).toBe(1);
    const failed = { outcome: 'failed', changed: false, encrypted: 'true', recordVerified: false };
    expect(resultsOf(refused)).toMatchObject({ orders: failed });
    const needed = kind === 'kinesis' ? 'kms:GenerateDataKey' : 'kms:GenerateDataKey and kms:Decrypt';
    expect(refused.stdout).toContain(`Grant ${needed} on the key`);
    expect(refused.stdout).not.toContain('kms:CreateGrant');
  });
});

test('an alias in from-key-id that points to the target is one error, before any stream is described', async () => {
  const target = aws.kms.createKey();
  aws.kms.createAlias('alias/previous', target);
  const inputs = { 'stream-kind': 'kinesis', 'stream-name': 'orders,clicks', 'key-id': target.arn };
  const { outputs, stdout, exitCode } = await run(aws, { ...inputs, 'from-key-id': 'aws-owned,alias/previous' });
  expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', results: '[]', counts: '{"total":0}' });
  expect(exitCode).toBe(1);
  expect(stdout.match(/^::error .*$/gm)).toEqual([
    expect.stringContaining('Input from-key-id is "alias/previous": this is the target key')
  ]);
  expect(new Set(aws.requests.map(({ operation }) => operation))).toEqual(new Set(['DescribeKey']));
});

test.each([
  ['check', 'compliant', 'non-compliant', 'failed'],
  ['encrypt', 'unchanged', 'not-applicable', 'not-applicable']
])(
  'mode %s, a delivery stream with a source: one with the key is %s, one without is %s, one that cannot be seen is %s',
  async (mode, matches, differs, unseen) => {
    const { arn } = aws.kms.createKey();
    aws.kinesis.create({ name: 'feed', keyId: arn });
    aws.kinesis.create({ name: 'moving-feed', changing: { keyId: arn, ms: 500 } });
    aws.kinesis.create({ name: 'plain-feed' });
    aws.kinesis.create({ name: 'secret-feed', keyId: arn });
    const source = (name: string) => `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${name}`;
    const message = `User: ci is not authorized to perform: kinesis:DescribeStreamSummary on resource: ${source('secret-feed')} because no identity-based policy allows the action`;
    const error = { code: 'AccessDeniedException', message };
    aws.faults.add({ on: 'DescribeStreamSummary', stream: 'secret-feed', times: ALWAYS, error });
    const names = ['feed', 'feed-2', 'moving-feed', 'plain-feed', 'secret-feed', 'no-feed'];
    for (const name of names) {
      aws.firehose.create({ name, source: { dataStreamArn: source(name.replace('-2', '')) } });
    }
    const step = await run(aws, { 'stream-kind': 'firehose', 'stream-name': names.join(), mode, 'key-id': arn });
    expect(step.exitCode).toBe(1);
    const encrypted = { outcome: matches, encrypted: 'true', keyId: arn, status: 'DISABLED' };
    const saying = (text: string) => ({ message: expect.stringContaining(text) });
    expect(resultsOf(step)).toMatchObject({
      feed: { ...encrypted, source: source('feed'), arn: aws.firehose.get('feed').arn },
      'feed-2': encrypted,
      'moving-feed': encrypted,
      'plain-feed': { outcome: differs, encrypted: 'false', ...saying(source('plain-feed')) },
      'secret-feed': {
        outcome: unseen,
        encrypted: 'unknown',
        keyId: null,
        ...saying(`Grant kinesis:DescribeStreamSummary on ${source('secret-feed')}`)
      },
      'no-feed': { outcome: unseen, encrypted: 'unknown', ...saying(source('no-feed')) }
    });
    expect(aws.writes()).toEqual([]);
    // A source is described once, and its key is looked up once, however many delivery streams read from it.
    const isOfFeed = (value: unknown) => value === 'feed' || value === source('feed');
    const looks = aws.requests.filter(({ input }) => isOfFeed(input.StreamARN) || isOfFeed(input.StreamName));
    expect(looks.map(({ operation }) => operation)).toEqual(['DescribeStreamSummary']);
    expect(aws.requests.filter(({ operation }) => operation === 'DescribeKey')).toHaveLength(1);
  }
);
