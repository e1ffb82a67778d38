/** Several streams: what they are if none is found, their limits, and how they are reported. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { paragraphs } from '../github/rendered-summary.ts';
import { ALWAYS, createStream, LIST, run, START } from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

/** Creates the data streams `orders-01`, `orders-02` and so on. */
function createMany(count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => `orders-${String(index + 1).padStart(2, '0')}`);
  for (const name of names) createStream(aws, 'kinesis', { name });
  return names;
}

test('ignore passes if the stream lacks the tags, not if it or the list cannot be read', async () => {
  createStream(aws, 'kinesis');
  aws.faults.add({ on: LIST.kinesis, times: ALWAYS, error: { code: 'AccessDeniedException', message: 'no' } });
  const ignored = { 'stream-kind': 'kinesis', 'if-no-streams-found': 'ignore' };
  const outcomes = await Promise.all(
    [
      { 'stream-name': 'orders', 'stream-tags': 'env=prod' },
      { 'stream-name': 'gone' },
      { 'stream-name': 'clicks-*' }
    ].map(async (selection) => (await run(aws, { ...ignored, ...selection })).outputs.outcome)
  );
  expect(outcomes).toEqual(['not-applicable', 'failed', 'failed']);
});

test('streams that lack one permission are reported once, and do not stop another', async () => {
  await using github = await LocalGithub.start();
  const action = 'kinesis:StartStreamEncryption';
  for (const stream of createMany(12)) {
    const message = `User: arn:aws:sts::111122223333:assumed-role/rotate/run is not authorized to perform: ${action} on resource: ${aws.kinesis.get(stream).arn} because no identity-based policy allows the ${action} action`;
    aws.faults.add({ on: START.kinesis, stream, error: { code: 'AccessDeniedException', message }, times: ALWAYS });
  }
  createStream(aws, 'kinesis', { name: 'clicks' });
  const names = { 'stream-kind': 'kinesis', 'stream-name': 'orders-*,clicks' };
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY };
  const step = await run(aws, { ...names, 'report-issue': 'true', 'github-token': TOKEN }, { env });
  expect(step).toMatchObject({ exitCode: 1, outputs: { counts: '{"total":13,"failed":12,"enabled":1}' } });

  const streams = 'orders-01, orders-02, orders-03, .*, orders-10 and 2 more';
  const grant = `Grant ${action} to the role of this step; this action is needed on the stream and on the key`;
  const { stdout, summary } = step;
  expect(stdout.match(/^::(error|warning) .*$/gm)).toEqual([
    expect.stringMatching(`^::error title=Stream encryption::12 streams: failed: .*${grant}\\.%0AStreams: ${streams}$`)
  ]);
  const lines = stdout.split('\n');
  expect(lines).toContain('13 streams selected: 13 kinesis');
  expect(lines).toContainEqual(expect.stringMatching(/^13 streams in [\d.]+ s: 12 failed, 1 enabled$/));
  // The streams end in any order. Of those that share a cause, only the first has a group.
  expect(lines.filter((line) => line.startsWith('::group::')).toSorted()).toEqual([
    expect.stringMatching(/^::group::❌ kinesis orders-\d\d: failed$/),
    '::group::🔒 kinesis clicks: enabled'
  ]);
  expect(lines.filter((line) => line.startsWith('❌'))).toHaveLength(11);
  for (const html of [summary, github.issues[0]?.body ?? '']) {
    expect(paragraphs(html).filter((text) => text.includes(grant))).toEqual([
      expect.stringMatching(`^12 streams: failed: .* Streams: ${streams}$`)
    ]);
    expect(html.split('AccessDeniedException')).toHaveLength(2);
  }
});

test('starts are sent at the rate that the service allows: five a second', async () => {
  createMany(11);
  const { outputs } = await run(aws, { 'stream-kind': 'kinesis', 'stream-name': 'orders-*' });
  expect(outputs.counts).toBe('{"total":11,"enabled":11}');
  const [first = 0, ...later] = aws.requests.flatMap(({ operation, at }) => (operation === START.kinesis ? [at] : []));
  expect(Math.max(...later) - first).toBeGreaterThan(1_500);
});
