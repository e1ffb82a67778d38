import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KmsKey } from '../../local-aws/kms-key.ts';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { Step } from '../../testing/runner.ts';
import { parseReport, type Report } from './report-schema.ts';
import { CHANGING_STATUS, createStream, FOREVER, KINDS, run } from './step.ts';

let aws: LocalAws;
let folder: string;
let path: string;
let previous: KmsKey;
let target: KmsKey;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-report-'));
  path = join(folder, 'streams.json');
  previous = aws.kms.createKey();
  target = aws.kms.createKey();
  aws.kms.createAlias('alias/previous', previous);
  aws.kms.createAlias('alias/target', target);
});
afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

/** The report of a run with these inputs. Throws if it does not match its schema. */
async function reportOf(inputs: Step['inputs'], more: Omit<Step, 'inputs'> = {}): Promise<Report> {
  const { 'report-path': file = path } = inputs;
  await run(aws, { ...inputs, 'report-path': file }, more);
  return parseReport(readFileSync(file, 'utf8'));
}

/** What every report has, even if the inputs were invalid. */
const HEADER = {
  version: 2,
  actionVersion: JSON.parse(readFileSync('package.json', 'utf8')).version,
  run: {
    server: 'https://github.com',
    repository: 'octo-org/streams',
    workflow: 'Encrypt streams',
    job: 'encrypt',
    id: 1_658_821_493,
    attempt: 1,
    url: 'https://github.com/octo-org/streams/actions/runs/1658821493',
    event: 'workflow_dispatch',
    ref: 'refs/heads/main',
    commit: 'ffac537e6cbbf934b08745a378932722df287a53',
    actor: 'octocat'
  }
};

function expectObservedDuringRun({ startedAt, endedAt, streams }: Report): void {
  for (const { lastObservedAt } of streams) {
    expect([startedAt, lastObservedAt, endedAt].toSorted()).toEqual([startedAt, lastObservedAt, endedAt]);
  }
}

describe.each(KINDS)('%s: the report is evidence by itself', (kind) => {
  const inputs = { 'stream-kind': kind, 'stream-name': 'orders' };
  const place = { account: '111122223333', region: 'us-east-1' };

  test('of a change: the criteria, the account, the keys, and why', async () => {
    createStream(aws, kind, { key: previous.arn });
    const report = await reportOf({ ...inputs, 'key-id': 'alias/target', 'from-key-id': 'alias/previous' });
    expect(report).toMatchObject({
      ...HEADER,
      ...place,
      mode: 'encrypt',
      criteria: {
        keyType: null,
        keys: [{ given: 'alias/target', arn: target.arn }],
        fromKeys: [{ given: 'alias/previous', arn: previous.arn }]
      },
      outcome: 'rekeyed',
      errors: [],
      noStreams: null,
      streams: [
        {
          outcome: 'rekeyed',
          keyArn: target.arn,
          previousKeyId: previous.arn,
          targetKeyId: target.arn,
          reason: `was encrypted with ${previous.arn}, but the request requires encryption with alias/target`
        }
      ]
    });
    expectObservedDuringRun(report);
  });

  test('of a plan and of a check: the keys, what would be changed, and why', async () => {
    createStream(aws, kind, { key: previous.arn });
    const [plan, check] = await Promise.all([
      reportOf({ ...inputs, mode: 'plan', 'key-type': 'aws-owned', 'report-path': join(folder, 'plan.json') }),
      reportOf({ ...inputs, mode: 'check', 'approved-key-ids': `alias/target,${target.arn}` })
    ]);
    expect(plan).toMatchObject({
      ...HEADER,
      ...place,
      mode: 'plan',
      criteria: { keyType: 'aws-owned', keys: [], fromKeys: null },
      streams: [{ outcome: 'planned', changed: false, targetKeyType: 'aws-owned', reason: plan.streams[0]?.message }]
    });
    expect(check).toMatchObject({
      ...HEADER,
      ...place,
      mode: 'check',
      criteria: {
        keyType: null,
        keys: [
          { given: 'alias/target', arn: target.arn },
          { given: target.arn, arn: target.arn }
        ],
        fromKeys: null
      },
      streams: [{ outcome: 'non-compliant', keyArn: previous.arn, reason: check.streams[0]?.message }]
    });
    expectObservedDuringRun(plan);
    expectObservedDuringRun(check);
  });

  test('of a cancelled run: the change that was sent, and when the stream was last observed', async () => {
    createStream(aws, kind, { key: previous.arn, changeMs: FOREVER });
    const report = await reportOf({ ...inputs, 'key-id': target.arn }, { cancelWhen: CHANGING_STATUS[kind] });
    expect(report).toMatchObject({
      ...HEADER,
      ...place,
      criteria: { keys: [{ given: target.arn, arn: target.arn }] },
      outcome: 'cancelled',
      streams: [{ outcome: 'cancelled', changed: true, targetKeyId: target.arn }]
    });
    expectObservedDuringRun(report);
  });

  test('of an empty selection: why it is empty', async () => {
    const why = expect.stringContaining('No stream matches clicks-*');
    const glob = { 'stream-kind': kind, 'stream-name': 'clicks-*' };
    const [failed, ignored] = await Promise.all([
      reportOf(glob),
      reportOf({ ...glob, 'if-no-streams-found': 'ignore', 'report-path': join(folder, 'ignored.json') })
    ]);
    const common = { ...HEADER, account: null, region: 'us-east-1', streams: [] };
    const criteria = { keyType: 'any', keys: [], fromKeys: null };
    expect(failed).toMatchObject({ ...common, criteria, outcome: 'failed', errors: [why], noStreams: null });
    expect(ignored).toMatchObject({ ...common, criteria, outcome: 'not-applicable', errors: [], noStreams: why });
  });
});

/** What the report has of a stream that does not exist. */
const NEVER_OBSERVED = { outcome: 'failed', arn: null, lastObservedAt: null };

describe('the report', () => {
  test('has no account for data streams of several accounts', async () => {
    createStream(aws, 'kinesis');
    const ownArn = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';
    const otherArn = 'arn:aws:kinesis:us-east-1:444455556666:stream/orders';
    expect(await reportOf({ 'stream-name': `${ownArn},${otherArn}` })).toMatchObject({
      account: null,
      streams: [
        { outcome: 'enabled', arn: ownArn },
        { outcome: 'failed', arn: otherArn }
      ]
    });
  });

  test('of invalid inputs has their errors, and the run', async () => {
    const report = await reportOf({ 'stream-kind': 'kinesi' });
    expect(report).toMatchObject({
      ...HEADER,
      request: null,
      account: null,
      mode: null,
      criteria: null,
      outcome: 'failed',
      streams: []
    });
    expect(report.errors).toHaveLength(2);
  });

  test('matches its schema and the outputs, and its folder is created', async () => {
    createStream(aws, 'kinesis', { name: 'orders', key: previous.arn });
    createStream(aws, 'kinesis', { name: 'clicks' });
    path = join(folder, 'reports', 'today', 'streams.json');
    const { outputs, summary } = await run(aws, {
      'stream-kind': 'kinesis',
      'stream-name': 'orders,clicks,none',
      'key-type': 'aws-owned',
      'report-path': path
    });
    const report = parseReport(readFileSync(path, 'utf8'));
    expect(report).toMatchObject({
      version: 2,
      outcome: 'failed',
      region: 'us-east-1',
      mode: 'encrypt',
      changed: true
    });
    expect(report.counts).toEqual(JSON.parse(outputs.counts ?? ''));
    expect(report.streams).toMatchObject(JSON.parse(outputs.results ?? ''));
    expect(report.streams).toMatchObject([{ previousKeyNeededUntil: expect.stringMatching(/Z$/) }, {}, NEVER_OBSERVED]);
    expect(summary).toContain('<table>');
  });

  test('that cannot be written fails the step, but the outputs keep the result', async () => {
    createStream(aws, 'kinesis', { name: 'orders' });
    const { outputs, stdout, exitCode } = await run(aws, {
      'stream-kind': 'kinesis',
      'stream-name': 'orders',
      'report-path': folder
    });
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toContain(`The report was not written: report-path is "${folder}"`);
    expect(exitCode).toBe(1);
  });
});
