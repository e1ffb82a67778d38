/** Several streams: how they are selected, limited and reported. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { StepResult } from '../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { paragraphs, tableRows } from '../github/rendered-summary.ts';
import { ALWAYS, createStream, KINDS, type Kind, LIST, run, START } from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

/** Creates the streams `orders-01`, `orders-02` and so on. */
function createMany(kind: Kind, count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => `orders-${String(index + 1).padStart(2, '0')}`);
  for (const name of names) createStream(aws, kind, { name });
  return names;
}

function countsOf({ outputs }: StepResult): Record<string, number> {
  return JSON.parse(outputs.counts ?? '');
}

function namesOf({ outputs }: StepResult): string[] {
  return JSON.parse(outputs.results ?? '').map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`);
}

test('names, globs and ARNs of both services select streams in their order, without duplicates', async () => {
  createMany('kinesis', 3);
  createStream(aws, 'firehose', { name: 'clicks' });
  const { arn } = aws.firehose.get('clicks');
  const named = await run(aws, { 'stream-kind': 'kinesis', 'stream-name': 'orders-02, orders-*\norders-01' });
  expect(namesOf(named)).toEqual(['kinesis orders-02', 'kinesis orders-01', 'kinesis orders-03']);
  expect(countsOf(named)).toEqual({ total: 3, enabled: 3 });
  const both = await run(aws, { 'stream-name': `${arn}\n${aws.kinesis.get('orders-01').arn}` });
  expect(namesOf(both)).toEqual(['firehose clicks', 'kinesis orders-01']);
  expect(both.outputs).toMatchObject({ outcome: 'enabled', 'stream-name': '', encrypted: 'true' });
  expect(both.exitCode).toBe(0);
  // Only the glob needs a list.
  const lists = aws.requests.filter(({ operation }) => operation.startsWith('List'));
  expect(lists.map(({ operation }) => operation)).toEqual(['ListStreams']);
});

test.each(KINDS)(
  '%s: ignore passes if the stream lacks the tags, not if it or the list cannot be read',
  async (kind) => {
    createStream(aws, kind);
    aws.faults.add({ on: LIST[kind], times: ALWAYS, error: { code: 'AccessDeniedException', message: 'no' } });
    const ignored = { 'stream-kind': kind, 'if-no-streams-found': 'ignore' };
    const [untagged, missing, unlisted] = await Promise.all([
      run(aws, { ...ignored, 'stream-name': 'orders', 'stream-tags': 'env=prod' }),
      run(aws, { ...ignored, 'stream-name': 'gone' }),
      run(aws, { ...ignored, 'stream-name': 'clicks-*' })
    ]);
    const none = { changed: 'false', encrypted: 'unknown', results: '[]', counts: '{"total":0}' };
    expect(untagged).toMatchObject({ exitCode: 0, outputs: { outcome: 'not-applicable', ...none } });
    expect(missing).toMatchObject({ exitCode: 1, outputs: { outcome: 'failed', counts: '{"total":1,"failed":1}' } });
    expect(missing.stdout).toContain('check its name, stream-kind, the region');
    expect(unlisted).toMatchObject({ exitCode: 1, outputs: { outcome: 'failed', ...none } });
    expect(unlisted.stdout).toContain('AccessDeniedException');
  }
);

test.each(KINDS)('%s: streams that lack one permission are reported once, and do not stop another', async (kind) => {
  await using github = await LocalGithub.start();
  const action = `${kind}:${START[kind]}`;
  for (const stream of createMany(kind, 12)) {
    const message = `User: arn:aws:sts::111122223333:assumed-role/rotate/run is not authorized to perform: ${action} on resource: ${aws[kind].get(stream).arn} because no identity-based policy allows the ${action} action`;
    aws.faults.add({ on: START[kind], stream, error: { code: 'AccessDeniedException', message }, times: ALWAYS });
  }
  createStream(aws, kind, { name: 'clicks' });
  const inputs = {
    'stream-kind': kind,
    'stream-name': 'orders-*,clicks',
    'report-issue': 'true',
    'github-token': TOKEN
  };
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY };
  const step = await run(aws, inputs, { env });
  expect(step.exitCode).toBe(1);
  expect(countsOf(step)).toEqual({ total: 13, failed: 12, enabled: 1 });

  const names = 'orders-01, orders-02, orders-03, .*, orders-10 and 2 more';
  const both = kind === 'kinesis' ? '; this action is needed on the stream and on the key' : '';
  const grant = `Grant ${action} to the role of this step${both}`;
  const { stdout, summary } = step;
  expect(stdout.match(/^::(error|warning) .*$/gm)).toEqual([
    expect.stringMatching(`^::error title=Stream encryption::12 streams: failed: .*${grant}\\.%0AStreams: ${names}$`)
  ]);
  const lines = stdout.split('\n');
  expect(lines.filter((line) => line.includes('12 streams: failed'))).toHaveLength(1);
  expect(lines).toContain(`13 streams selected: 13 ${kind}`);
  expect(lines).toContainEqual(expect.stringMatching(/^13 streams in [\d.]+ s: 12 failed, 1 enabled$/));
  // The streams end in any order. Of those that share a cause, only the first has a group.
  expect(lines.filter((line) => line.startsWith('::group::')).toSorted()).toEqual([
    expect.stringMatching(`^::group::❌ ${kind} orders-\\d\\d: failed$`),
    `::group::🔒 ${kind} clicks: enabled`
  ]);
  expect(lines.filter((line) => line.startsWith('❌'))).toHaveLength(11);

  expect(tableRows(summary)).toHaveLength(13);
  for (const html of [summary, github.issues[0]?.body ?? '']) {
    expect(paragraphs(html).filter((text) => text.includes(grant))).toEqual([
      expect.stringMatching(`^12 streams: failed: .* Streams: ${names}$`)
    ]);
    expect(html.split('AccessDeniedException')).toHaveLength(2);
  }
});

test('starts are sent at the rate that the service allows: five a second', async () => {
  createMany('kinesis', 11);
  const step = await run(aws, { 'stream-kind': 'kinesis', 'stream-name': 'orders-*' });
  expect(countsOf(step)).toEqual({ total: 11, enabled: 11 });
  const [first = 0, ...later] = aws.requests.flatMap(({ operation, at }) => (operation === START.kinesis ? [at] : []));
  expect(Math.max(...later) - first).toBeGreaterThan(1_500);
});
