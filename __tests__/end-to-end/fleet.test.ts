/** Several streams in one run: which are chosen, what each comes to, and at what pace. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';
import type { StepResult } from '../../testing/runner.ts';
import { ALWAYS, createStream, DESCRIBE, KINDS, type Kind, LIST, run, START } from './step.ts';

jest.setTimeout(60_000);

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

function createMany(kind: Kind, count: number): void {
  for (let nth = 1; nth <= count; nth++) createStream(aws, kind, { name: `orders-${String(nth).padStart(2, '0')}` });
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
    createStream(aws, 'firehose', { name: 'clicks' });
    const arn = aws.firehose.get('clicks').arn;
    const result = await run(aws, {
      'stream-kind': 'kinesis',
      'stream-name': 'orders-02, orders-*\norders-01'
    });
    expect(namesOf(result)).toEqual(['kinesis orders-02', 'kinesis orders-01', 'kinesis orders-03']);
    expect(countsOf(result)).toEqual({ total: 3, enabled: 3 });
    const both = await run(aws, { 'stream-name': `${arn}\n${aws.kinesis.get('orders-01').arn}` });
    expect(namesOf(both)).toEqual(['firehose clicks', 'kinesis orders-01']);
    expect(both.outputs).toMatchObject({ outcome: 'enabled', 'stream-name': '', encrypted: 'true' });
    expect(both.exitCode).toBe(0);
  });

  test('by tags alone: the streams of both services that have them all', async () => {
    for (const kind of KINDS) {
      createStream(aws, kind, { name: 'with-both', tags: { team: 'orders', env: 'prod' } });
      createStream(aws, kind, { name: 'with-one', tags: { team: 'orders' } });
    }
    const result = await run(aws, { 'stream-tags': 'team=orders\nenv=', mode: 'plan' });
    expect(namesOf(result)).toEqual(['kinesis with-both', 'firehose with-both']);
    expect(result.outputs.outcome).toBe('planned');
    expect(aws.writes()).toEqual([]);
    expect(asked()).toMatchObject({ GetResources: 1, DescribeStreamSummary: 1, DescribeDeliveryStream: 1 });
    expect(asked()).not.toHaveProperty('ListStreams');
  });

  test('lists nothing where all are named', async () => {
    createStream(aws, 'firehose', { name: 'one' });
    createStream(aws, 'firehose', { name: 'two' });
    await run(aws, { 'stream-kind': 'firehose', 'stream-name': 'one,two', mode: 'check' });
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
    const result = await run(aws, { 'stream-kind': kind, 'stream-name': 'orders-*' });
    expect(countsOf(result)).toEqual({ total: 3, enabled: 2, failed: 1 });
    expect(result.outputs.outcome).toBe('failed');
    expect(result.exitCode).toBe(1);
    expect(result.stdout.match(/^::group::.*$/gm)).toHaveLength(3);
    expect(result.stdout.match(/^::error .*$/gm)).toEqual([
      expect.stringContaining(`::error title=${kind} orders-02::failed: `)
    ]);
  });

  test.each(KINDS)('%s: each has a line in the log, those of which nothing is known, too', async (kind) => {
    const { stdout, outputs } = await run(aws, { 'stream-kind': kind, 'stream-name': 'gone,lost' });
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
      const result = await run(aws, { 'stream-kind': kind, 'stream-name': 'orders-*', 'timeout-seconds': '5' });
      expect(countsOf(result)).toEqual({ total: count, enabled: count });
      expect(Number(result.outputs['duration-seconds'])).toBeGreaterThan(5);
      expect(aws.writes()).toHaveLength(count);
    }
  );

  test.each(KINDS)('%s: throttles that others cause fail nobody', async (kind) => {
    createMany(kind, 6);
    const throttle = { code: 'ThrottlingException', message: 'Rate exceeded' };
    for (const on of [DESCRIBE[kind], START[kind], LIST[kind]]) aws.faults.add({ on, error: throttle, times: 3 });
    const result = await run(aws, { 'stream-kind': kind, 'stream-name': 'orders-*' });
    expect(countsOf(result)).toEqual({ total: 6, enabled: 6 });
    expect(aws.writes()).toHaveLength(6);
  });

  test('where listing is denied, named streams that wait are described one by one', async () => {
    await start({ changeMs: 1_500 });
    createMany('kinesis', 4);
    const denied = { code: 'AccessDeniedException', message: 'no' };
    aws.faults.add({ on: 'ListStreams', error: denied, times: ALWAYS });
    const names = 'orders-01,orders-02,orders-03,orders-04';
    const result = await run(aws, { 'stream-kind': 'kinesis', 'stream-name': names });
    expect(countsOf(result)).toEqual({ total: 4, enabled: 4 });
    expect(asked().ListStreams).toBe(1);
    expect(asked().DescribeStreamSummary).toBeGreaterThan(12);
  });
});

describe('a selection', () => {
  test('that matches nothing fails, and says what was searched', async () => {
    createMany('kinesis', 2);
    const { outputs, stdout, exitCode, summary } = await run(aws, {
      'stream-kind': 'kinesis',
      'stream-name': 'clicks-*'
    });
    expect(outputs).toMatchObject({ outcome: 'failed', results: '[]', counts: '{"total":0}', encrypted: 'unknown' });
    expect(stdout).toContain(
      '::error title=Stream encryption::No stream matches clicks-*: searched 2 data streams in us-east-1'
    );
    expect(summary).toContain('No stream matches');
    expect(exitCode).toBe(1);
  });

  test('that cannot be listed in time has timed out, and nothing was sent', async () => {
    createMany('kinesis', 1);
    aws.faults.add({ on: 'ListStreams', hang: 'before', times: ALWAYS });
    const result = await run(aws, { 'stream-kind': 'kinesis', 'stream-name': '*', 'timeout-seconds': '1' });
    expect(result.outputs).toMatchObject({ outcome: 'timed-out', results: '[]' });
    expect(result.stdout).toContain('not found within timeout-seconds. No change was sent');
    expect(result.exitCode).toBe(1);
  });
});
