/** Several streams through the committed bundle, as the runner starts it. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { runAction, type Step, type StepResult } from '../../demo/runner.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { CREDENTIALS, DESCRIBE, type Kind, START } from './step.ts';

jest.setTimeout(60_000);

const ALWAYS = Number.POSITIVE_INFINITY;
const KINDS: readonly Kind[] = ['kinesis', 'firehose'];
const LIST = { kinesis: 'ListStreams', firehose: 'ListDeliveryStreams' } as const;

let aws: LocalAws;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-fleet-'));
  await start({});
});
afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

/** Starts the local AWS in place of the one there is. */
async function start(options: LocalAwsOptions): Promise<void> {
  await aws?.close();
  aws = await startLocalAws({ changeMs: 200, ...options });
}

function create(kind: Kind, name: string, more: { key?: string; tags?: Record<string, string> } = {}): void {
  const { key, tags } = more;
  if (kind === 'kinesis') aws.kinesis.create({ name, ...(key && { keyId: key }), ...(tags && { tags }) });
  else aws.firehose.create({ name, ...(key && { key }), ...(tags && { tags }) });
}

function createMany(kind: Kind, count: number): void {
  for (let nth = 1; nth <= count; nth++) create(kind, `orders-${String(nth).padStart(2, '0')}`);
}

function run(inputs: Step['inputs'], { env, ...more }: Omit<Step, 'inputs'> = {}): Promise<StepResult> {
  return runAction({
    inputs: { 'settle-seconds': '0', ...inputs },
    env: { AWS_REGION: 'us-east-1', ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint, ...env },
    ...more
  });
}

function countsOf({ outputs }: StepResult): Record<string, number> {
  return JSON.parse(outputs.counts ?? '');
}

function namesOf({ outputs }: StepResult): string[] {
  return JSON.parse(outputs.results ?? '').map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`);
}

/** How often each operation was asked for. */
function asked(): Record<string, number> {
  const byOperation = Map.groupBy(aws.requests, ({ operation }) => operation);
  return Object.fromEntries([...byOperation].map(([operation, { length }]) => [operation, length]));
}

describe('a fleet', () => {
  test('of both services: lists, globs and ARNs, in their order, each once', async () => {
    createMany('kinesis', 3);
    create('firehose', 'clicks');
    const arn = aws.firehose.get('clicks').arn;
    const result = await run({
      'stream-kind': 'kinesis',
      'stream-name': 'orders-02, orders-*\norders-01'
    });
    expect(namesOf(result)).toEqual(['kinesis orders-02', 'kinesis orders-01', 'kinesis orders-03']);
    expect(countsOf(result)).toEqual({ total: 3, enabled: 3 });
    const both = await run({ 'stream-name': `${arn}\n${aws.kinesis.get('orders-01').arn}` });
    expect(namesOf(both)).toEqual(['firehose clicks', 'kinesis orders-01']);
    expect(both.outputs).toMatchObject({ outcome: 'enabled', 'stream-name': '', encrypted: 'true' });
    expect(both.exitCode).toBe(0);
  });

  test('by tags alone: the streams of both services that have them all', async () => {
    for (const kind of KINDS) {
      create(kind, 'with-both', { tags: { team: 'orders', env: 'prod' } });
      create(kind, 'with-one', { tags: { team: 'orders' } });
    }
    const result = await run({ 'stream-tags': 'team=orders\nenv=', mode: 'plan' });
    expect(namesOf(result)).toEqual(['kinesis with-both', 'firehose with-both']);
    expect(result.outputs.outcome).toBe('planned');
    expect(aws.writes()).toEqual([]);
    expect(asked()).toMatchObject({ GetResources: 1, DescribeStreamSummary: 1, DescribeDeliveryStream: 1 });
    expect(asked()).not.toHaveProperty('ListStreams');
  });

  test('lists nothing where all are named', async () => {
    create('firehose', 'one');
    create('firehose', 'two');
    await run({ 'stream-kind': 'firehose', 'stream-name': 'one,two', mode: 'check' });
    expect(asked()).toEqual({ DescribeDeliveryStream: 2 });
  });

  test.each(KINDS)('%s: one that fails stops no other, and each has its own word in the log', async (kind) => {
    createMany(kind, 3);
    aws.faults.add({
      on: START[kind],
      stream: 'orders-02',
      error: { code: 'AccessDeniedException', message: 'no' },
      times: ALWAYS
    });
    const result = await run({ 'stream-kind': kind, 'stream-name': 'orders-*' });
    expect(countsOf(result)).toEqual({ total: 3, enabled: 2, failed: 1 });
    expect(result.outputs.outcome).toBe('failed');
    expect(result.exitCode).toBe(1);
    expect(result.stdout.match(/^::group::.*$/gm)).toHaveLength(3);
    expect(result.stdout.match(/^::error .*$/gm)).toEqual([
      expect.stringContaining(`::error title=${kind} orders-02::failed: `)
    ]);
  });

  test.each(KINDS)('%s: each has a line in the log, those of which nothing is known, too', async (kind) => {
    const { stdout, outputs } = await run({ 'stream-kind': kind, 'stream-name': 'gone,lost' });
    expect(outputs.counts).toBe('{"total":2,"failed":2}');
    expect(stdout.match(/^::group::.*$/gm)).toEqual([
      expect.stringMatching(`^::group::${kind} gone: failed: `),
      expect.stringMatching(`^::group::${kind} lost: failed: `)
    ]);
  });

  test.each([
    ['kinesis', 26],
    ['firehose', 14]
  ] as const)(
    '%s: keeps to the rates of the account, while the time of each stream is its own',
    async (kind, count) => {
      await start({ limitsRates: true });
      createMany(kind, count);
      const result = await run({ 'stream-kind': kind, 'stream-name': 'orders-*', 'timeout-seconds': '5' });
      expect(countsOf(result)).toEqual({ total: count, enabled: count });
      expect(Number(result.outputs['duration-seconds'])).toBeGreaterThan(5);
      expect(aws.writes()).toHaveLength(count);
    }
  );

  test.each(KINDS)('%s: throttles that others cause fail nobody', async (kind) => {
    createMany(kind, 6);
    const throttle = { code: 'ThrottlingException', message: 'Rate exceeded' };
    for (const on of [DESCRIBE[kind], START[kind], LIST[kind]]) aws.faults.add({ on, error: throttle, times: 3 });
    const result = await run({ 'stream-kind': kind, 'stream-name': 'orders-*' });
    expect(countsOf(result)).toEqual({ total: 6, enabled: 6 });
    expect(aws.writes()).toHaveLength(6);
  });

  test('where listing is denied, named streams that wait are described one by one', async () => {
    await start({ changeMs: 1_500 });
    createMany('kinesis', 4);
    const denied = { code: 'AccessDeniedException', message: 'no' };
    aws.faults.add({ on: 'ListStreams', error: denied, times: ALWAYS });
    const names = 'orders-01,orders-02,orders-03,orders-04';
    const result = await run({ 'stream-kind': 'kinesis', 'stream-name': names });
    expect(countsOf(result)).toEqual({ total: 4, enabled: 4 });
    expect(asked().ListStreams).toBe(1);
    expect(asked().DescribeStreamSummary).toBeGreaterThan(12);
  });
});

describe('a selection', () => {
  test('that matches nothing fails, and says what was looked through', async () => {
    createMany('kinesis', 2);
    const { outputs, stdout, exitCode, summary } = await run({ 'stream-kind': 'kinesis', 'stream-name': 'clicks-*' });
    expect(outputs).toMatchObject({ outcome: 'failed', results: '[]', counts: '{"total":0}', encrypted: 'unknown' });
    expect(stdout).toContain(
      '::error title=Stream encryption::No stream matches clicks-*: looked through 2 data streams in us-east-1'
    );
    expect(summary).toContain('No stream matches');
    expect(exitCode).toBe(1);
  });

  test('that cannot be listed in time has timed out, and nothing was sent', async () => {
    createMany('kinesis', 1);
    aws.faults.add({ on: 'ListStreams', hang: 'before', times: ALWAYS });
    const result = await run({ 'stream-kind': 'kinesis', 'stream-name': '*', 'timeout-seconds': '1' });
    expect(result.outputs).toMatchObject({ outcome: 'timed-out', results: '[]' });
    expect(result.stdout).toContain('not found within timeout-seconds. No change was sent');
    expect(result.exitCode).toBe(1);
  });

  test('that is cancelled while it is listed tells so', async () => {
    const listing = Promise.withResolvers<void>();
    await start({ onRequest: () => listing.resolve() });
    aws.faults.add({ on: 'ListStreams', hang: 'before', times: ALWAYS });
    const result = await run({ 'stream-kind': 'kinesis', 'stream-name': '*' }, { cancelWhen: listing.promise });
    expect(result.outputs).toMatchObject({ outcome: 'cancelled', results: '[]' });
    expect(result.stdout).toContain('was cancelled before its streams were known. No change was sent');
    expect(result.durationMs).toBeLessThan(7_500);
  });
});

test.each(KINDS)('%s: a fleet that is cancelled tells of every stream, those not begun too', async (kind) => {
  const started = Promise.withResolvers<void>();
  await start({
    changeMs: ALWAYS,
    limitsRates: true,
    onRequest: ({ operation }) => {
      if (operation === START[kind]) started.resolve();
    }
  });
  createMany(kind, 60);
  const result = await run(
    { 'stream-kind': kind, 'stream-name': 'orders-*', 'report-path': join(folder, 'report.json') },
    { cancelWhen: started.promise }
  );
  expect(countsOf(result)).toEqual({ total: 60, cancelled: 60 });
  expect(result.outputs).toMatchObject({ outcome: 'cancelled', changed: 'true' });
  const { streams } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  const messages = new Set(streams.map(({ message }: { message: string }) => message.replace(/^.*?\. /, '')));
  expect([...messages]).toContainEqual(expect.stringContaining('The service has told nothing of the stream'));
  expect([...messages]).toContainEqual(expect.stringContaining('had been sent'));
  expect(result.durationMs).toBeLessThan(7_500);
});

describe('the report', () => {
  const schema = JSON.parse(readFileSync('schema/report.schema.json', 'utf8'));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

  function written(path: string) {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    validate(report);
    expect(validate.errors).toBeNull();
    return report;
  }

  test('holds everything, as its schema says, in a folder made for it', async () => {
    const old = aws.kms.createKey();
    create('kinesis', 'orders', { key: old.arn });
    create('kinesis', 'clicks');
    const path = join(folder, 'reports', 'of-today', 'streams.json');
    const { outputs, summary } = await run({
      'stream-kind': 'kinesis',
      'stream-name': 'orders,clicks,none',
      'key-type': 'aws-owned',
      'report-path': path
    });
    const report = written(path);
    expect(report).toMatchObject({
      version: 1,
      outcome: 'failed',
      region: 'us-east-1',
      mode: 'encrypt',
      changed: true
    });
    expect(report.counts).toEqual(JSON.parse(outputs.counts ?? ''));
    expect(report.streams).toMatchObject(JSON.parse(outputs.results ?? ''));
    expect(report.streams[0].oldKeyNeededUntil).toMatch(/Z$/);
    expect(summary).toContain('<table>');
  });

  test('tells of bad inputs, too', async () => {
    const path = join(folder, 'streams.json');
    const { exitCode } = await run({ 'stream-kind': 'kinesi', 'report-path': path });
    expect(exitCode).toBe(1);
    expect(written(path)).toMatchObject({ outcome: 'failed', streams: [], request: null });
    expect(written(path).faults).toHaveLength(2);
  });

  test('that cannot be written fails the step, and the outputs tell the truth all the same', async () => {
    create('kinesis', 'orders');
    const { outputs, stdout, exitCode } = await run({
      'stream-kind': 'kinesis',
      'stream-name': 'orders',
      'report-path': folder
    });
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toContain(`The report was not written, as report-path is "${folder}"`);
    expect(exitCode).toBe(1);
  });
});

describe('the tracking issue', () => {
  test('is opened where the step fails, and closed when a later run is well', async () => {
    const github = await LocalGithub.start();
    try {
      create('kinesis', 'orders');
      const env = {
        GITHUB_API_URL: github.apiUrl,
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_JOB: 'check',
        GITHUB_RUN_ID: '7'
      };
      const inputs = {
        'stream-kind': 'kinesis',
        'stream-name': 'orders',
        'report-issue': 'true',
        'github-token': TOKEN
      };
      const bad = await run({ ...inputs, mode: 'check' }, { env });
      expect(bad.exitCode).toBe(1);
      expect(github.issues).toMatchObject([{ state: 'open', body: expect.stringContaining('non-compliant') }]);
      expect(bad.stdout + bad.summary).not.toContain(TOKEN);
      const good = await run(inputs, { env: { ...env, GITHUB_RUN_ID: '8' } });
      expect(good.exitCode).toBe(0);
      expect(github.issues).toMatchObject([{ state: 'closed' }]);
    } finally {
      await github[Symbol.asyncDispose]();
    }
  });

  test('that cannot be written changes nothing of the end of the step', async () => {
    create('kinesis', 'orders');
    const { stdout, exitCode, outputs } = await run(
      { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'report-issue': 'true', 'github-token': TOKEN },
      { env: { GITHUB_API_URL: 'http://127.0.0.1:9', GITHUB_REPOSITORY: REPOSITORY } }
    );
    expect(stdout).toContain('::warning title=Tracking issue::');
    expect(outputs.outcome).toBe('enabled');
    expect(exitCode).toBe(0);
  });
});
