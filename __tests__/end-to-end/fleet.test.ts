import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';
import type { StepResult } from '../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { paragraphs, tableRows } from '../github/rendered-summary.ts';
import { ALWAYS, createStream, DESCRIBE, KINDS, type Kind, LIST, run, START } from './step.ts';

let aws: LocalAws;
beforeEach(() => restartAws({}));
afterEach(() => aws.close());

/** Replaces the local AWS with a new one. */
async function restartAws(options: LocalAwsOptions): Promise<void> {
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

/** The number of requests by operation. */
function requestCounts(): Record<string, number> {
  const byOperation = Map.groupBy(aws.requests, ({ operation }) => operation);
  return Object.fromEntries([...byOperation].map(([operation, { length }]) => [operation, length]));
}

describe('a run for several streams', () => {
  test('selects by names, globs and ARNs of both services, in their order, without duplicates', async () => {
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
    // Only the glob needs a list.
    expect(requestCounts()).toMatchObject({ ListStreams: 1 });
    expect(requestCounts()).not.toHaveProperty('ListDeliveryStreams');
  });

  test('selects the streams of both services that have all tags', async () => {
    for (const kind of KINDS) {
      createStream(aws, kind, { name: 'with-both', tags: { team: 'orders', env: 'prod' } });
      createStream(aws, kind, { name: 'with-one', tags: { team: 'orders' } });
    }
    const result = await run(aws, { 'stream-tags': 'team=orders\nenv=', mode: 'plan' });
    expect(namesOf(result)).toEqual(['kinesis with-both', 'firehose with-both']);
    expect(result.outputs.outcome).toBe('planned');
    expect(aws.writes()).toEqual([]);
    expect(requestCounts()).toMatchObject({ GetResources: 1, DescribeStreamSummary: 1, DescribeDeliveryStream: 1 });
    expect(requestCounts()).not.toHaveProperty('ListStreams');
  });

  test.each(KINDS)('%s: failed streams do not stop the others; those with one cause share an error', async (kind) => {
    createMany(kind, 3);
    const error = { code: 'AccessDeniedException', message: 'no' };
    aws.faults.add({ on: START[kind], stream: 'orders-02', error, times: ALWAYS });
    const result = await run(aws, { 'stream-kind': kind, 'stream-name': 'orders-*,gone,lost' });
    expect(countsOf(result)).toEqual({ total: 5, enabled: 2, failed: 3 });
    expect(result.outputs.outcome).toBe('failed');
    expect(result.exitCode).toBe(1);
    // The streams end in any order: each has a group, except the second of those that share a cause.
    expect(result.stdout.match(/❌.*$/gm)?.toSorted()).toEqual(
      ['gone', 'lost', 'orders-02'].map((name) => `❌ ${kind} ${name}: failed`)
    );
    expect(result.stdout.match(/^::group::/gm)).toHaveLength(4);
    expect(result.stdout.match(/^::error .*$/gm)).toEqual([
      expect.stringMatching(
        /^::error title=Stream encryption::2 streams: failed: .*no such stream.*%0AStreams: gone, lost$/
      ),
      expect.stringContaining(`::error title=${kind} orders-02::failed: `)
    ]);
  });

  test.each(KINDS)('%s: 40 streams that lack one permission are reported once', async (kind) => {
    await using github = await LocalGithub.start();
    createMany(kind, 40);
    const action = `${kind}:${START[kind]}`;
    for (let nth = 1; nth <= 40; nth++) {
      const stream = `orders-${String(nth).padStart(2, '0')}`;
      const message = `User: arn:aws:sts::111122223333:assumed-role/rotate/run is not authorized to perform: ${action} on resource: ${aws[kind].get(stream).arn} because no identity-based policy allows the ${action} action`;
      aws.faults.add({ on: START[kind], stream, error: { code: 'AccessDeniedException', message }, times: ALWAYS });
    }
    const inputs = { 'stream-kind': kind, 'stream-name': 'orders-*', 'report-issue': 'true', 'github-token': TOKEN };
    const env = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY };
    const { stdout, summary, exitCode } = await run(aws, inputs, { env });
    expect(exitCode).toBe(1);

    const names = Array.from({ length: 10 }, (_, index) => `orders-${String(index + 1).padStart(2, '0')}`).join(', ');
    const both = kind === 'kinesis' ? '; this action is needed on the stream and on the key' : '';
    const grant = `Grant ${action} to the role of this step${both}`;
    expect(stdout.match(/^::(error|warning) .*$/gm)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^::error title=Stream encryption::40 streams: failed: .*${grant}\\.%0AStreams: ${names} and 30 more$`
        )
      )
    ]);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.includes('40 streams: failed'))).toHaveLength(1);
    expect(lines).toContain(`40 streams selected: 40 ${kind}`);
    expect(lines).toContainEqual(expect.stringMatching(/^40 streams in [\d.]+ s: 40 failed$/));
    expect(lines.filter((line) => line.startsWith('::group::'))).toEqual([
      expect.stringMatching(`^::group::❌ ${kind} orders-\\d\\d: failed$`)
    ]);
    expect(lines.filter((line) => line.startsWith('❌'))).toHaveLength(39);

    expect(tableRows(summary)).toHaveLength(40);
    for (const html of [summary, github.issues[0]?.body ?? '']) {
      expect(paragraphs(html).filter((text) => text.includes(grant))).toEqual([
        expect.stringMatching(new RegExp(`^40 streams: failed: .* Streams: ${names} and 30 more$`))
      ]);
      expect(html.split('AccessDeniedException')).toHaveLength(2);
    }
  });

  test('respects the API rate limits of each service, and timeout-seconds applies to each stream', async () => {
    await restartAws({ limitsRates: true });
    const counts = { kinesis: 26, firehose: 14 };
    const results = await Promise.all(
      KINDS.map((kind) => {
        createMany(kind, counts[kind]);
        return run(aws, { 'stream-kind': kind, 'stream-name': 'orders-*', 'timeout-seconds': '5' });
      })
    );
    for (const [nth, kind] of KINDS.entries()) {
      const [result] = results.slice(nth);
      expect(result && countsOf(result)).toEqual({ total: counts[kind], enabled: counts[kind] });
      expect(Number(result?.outputs['duration-seconds'])).toBeGreaterThan(5);
    }
    expect(aws.writes()).toHaveLength(26 + 14);
  });

  test.each(KINDS)('%s: throttling caused by other callers fails no stream', async (kind) => {
    createMany(kind, 6);
    const throttle = { code: 'ThrottlingException', message: 'Rate exceeded' };
    for (const on of [DESCRIBE[kind], START[kind], LIST[kind]]) aws.faults.add({ on, error: throttle, times: 3 });
    const result = await run(aws, { 'stream-kind': kind, 'stream-name': 'orders-*' });
    expect(countsOf(result)).toEqual({ total: 6, enabled: 6 });
    expect(aws.writes()).toHaveLength(6);
  });
});

test('eight streams of a kind whose starts are throttled for ever do not delay a ninth', async () => {
  const error = { code: 'ThrottlingException', message: 'Rate exceeded' };
  const results = await Promise.all(
    KINDS.map((kind) => {
      createMany(kind, 9);
      for (let nth = 1; nth <= 8; nth++)
        aws.faults.add({ on: START[kind], stream: `orders-0${nth}`, error, times: ALWAYS });
      return run(aws, { 'stream-kind': kind, 'stream-name': 'orders-*', 'timeout-seconds': '5' });
    })
  );
  for (const result of results) {
    expect(countsOf(result)).toEqual({ total: 9, 'timed-out': 8, enabled: 1 });
    expect(result.outputs.changed).toBe('true');
  }
});

test.each(KINDS)(
  '%s: max-changes changes the first streams, reports the rest as planned, and the step passes',
  async (kind) => {
    createMany(kind, 5);
    const inputs = { 'stream-kind': kind, 'stream-name': 'orders-*', 'key-type': 'any', 'max-changes': '2' };
    const first = await run(aws, inputs);
    expect(first.exitCode).toBe(0);
    expect(countsOf(first)).toEqual({ total: 5, planned: 3, enabled: 2 });
    expect(first.summary).toContain('max-changes is reached');
    expect(aws.writes()).toHaveLength(2);
    expect(countsOf(await run(aws, inputs))).toEqual({ total: 5, planned: 1, enabled: 2, unchanged: 2 });
    expect(countsOf(await run(aws, inputs))).toEqual({ total: 5, enabled: 1, unchanged: 4 });
  }
);

test('a selection that cannot be listed before the deadline times out without a change', async () => {
  createMany('kinesis', 1);
  aws.faults.add({ on: 'ListStreams', hang: 'before', times: ALWAYS });
  const result = await run(aws, { 'stream-kind': 'kinesis', 'stream-name': '*', 'timeout-seconds': '1' });
  expect(result.outputs).toMatchObject({ outcome: 'timed-out', results: '[]' });
  expect(result.stdout).toContain('Selecting the streams took longer than timeout-seconds. No change was sent');
  expect(result.exitCode).toBe(1);
});
