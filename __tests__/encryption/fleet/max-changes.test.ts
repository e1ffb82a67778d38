import { expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { runLimited } from '../../support/limited-fleet.ts';
import { active, grantNotSpread, updating } from '../../support/observations.ts';
import { answerLost, endsAfter, failsWith, hangs, succeedsAfter } from '../../support/simulated-stream.ts';

type Behavior = Parameters<typeof runLimited>[0][number];

/** Runs these streams, and returns the outcome and the number of starts of each as well. */
async function run(behaviors: readonly Behavior[], maxChanges: number, cancelAtMs?: number) {
  const { results, services } = await runLimited(behaviors, maxChanges, cancelAtMs);
  const starts = services.map((service) => service.starts.length);
  return { results, outcomes: results.map(({ outcome }) => outcome), starts };
}

const refused = failsWith('refused', 'KMSDisabledException');
const slow = { onStarts: [succeedsAfter(40_000)] };
const unanswered: Behavior = { onStarts: [(_stream, _key, signal) => hangs(signal)] };

test('the first streams in the order of selection are changed, and the rest is planned', async () => {
  const { results, outcomes, starts } = await run(Array<Behavior>(12).fill({}), 3);
  expect(outcomes).toEqual([...Array(3).fill('rekeyed'), ...Array(9).fill('planned')]);
  expect(results.at(-1)?.message).toContain('max-changes is reached');
  expect(starts).toEqual([1, 1, 1, ...Array(9).fill(0)]);
});

test.each<[string, Behavior, string[]]>([
  ['a start that is refused gives its place to the next stream', { onStarts: [refused] }, ['failed', 'rekeyed']],
  [
    'a start whose answer is lost keeps its place',
    { onStarts: [answerLost(succeedsAfter(30_000))] },
    ['rekeyed', 'planned']
  ],
  ['a start without an answer until the deadline keeps its place', unanswered, ['timed-out', 'planned']],
  [
    'a failed change keeps its place and is not repeated',
    { onStarts: [endsAfter(500, grantNotSpread())] },
    ['failed', 'planned']
  ]
])('%s', async (_, first, expected) => {
  const { outcomes, starts } = await run([first, {}], 1);
  expect(outcomes).toEqual(expected);
  expect(starts[0]).toBe(1);
});

test('a stream that waits for another change is decided first, and delays none that needs no change', async () => {
  const { results, outcomes } = await run([{ observation: updating(OLD) }, { observation: active(NEW) }, {}], 1);
  expect(outcomes).toEqual(['timed-out', 'unchanged', 'rekeyed']);
  expect(results[1]?.durationSeconds).toBe(0);
});

test('the timeout of a stream includes the wait for another change, but not the wait to be admitted', async () => {
  const waiting = { observation: updating(OLD), otherChangeEndsAtMs: 30_000 };
  const { results } = await run([{ ...waiting, ...slow }, { ...waiting, onStarts: [refused] }, slow], 2);
  const ends = results.map(({ outcome, durationSeconds }) => `${outcome} ${Math.round(durationSeconds)}`);
  expect(ends).toEqual(['timed-out 60', 'failed 31', 'rekeyed 41']);
});

test('a cancelled run has a result for every stream, with what was seen while it waited to be admitted', async () => {
  const { results, outcomes, starts } = await run([slow, unanswered, ...Array<Behavior>(18).fill({})], 2, 10_000);
  expect(outcomes).toEqual(Array(20).fill('cancelled'));
  expect(results[3]).toMatchObject({ status: 'ACTIVE', encrypted: 'true', key: { id: OLD } });
  expect(starts).toEqual([1, 1, ...Array(18).fill(0)]);
});
