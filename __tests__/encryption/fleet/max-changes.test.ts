import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { runLimited } from '../../support/limited-fleet.ts';
import { active, grantNotSpread, updating } from '../../support/observations.ts';
import {
  answerLost,
  delayed,
  endsAfter,
  failsWith,
  hangs,
  type OnStart,
  succeedsAfter
} from '../../support/simulated-stream.ts';

type Behavior = Parameters<typeof runLimited>[0][number];

/** Runs these streams, and returns the outcome and the number of starts of each as well. */
async function run(behaviors: readonly Behavior[], maxChanges: number, cancelAtMs?: number) {
  const { results, services } = await runLimited(behaviors, maxChanges, cancelAtMs);
  const starts = services.map((service) => service.starts.length);
  return { results, outcomes: results.map(({ outcome }) => outcome), starts };
}

/** A stream whose first start behaves like this. */
const starting = (onStart: OnStart): Behavior => ({ onStarts: [onStart] });
const refused = failsWith('refused', 'KMSDisabledException');
const unanswered: OnStart = (_stream, _key, signal) => hangs(signal);
const slow = starting(succeedsAfter(40_000));
const changing = { observation: updating(OLD) };
const matching = { observation: active(NEW) };

describe('with max-changes', () => {
  test('the first streams in the order of selection are changed, and the rest is planned', async () => {
    const { results, outcomes, starts } = await run(Array<Behavior>(12).fill({}), 3);
    expect(outcomes).toEqual([...Array(3).fill('rekeyed'), ...Array(9).fill('planned')]);
    expect(results.at(-1)?.message).toContain('max-changes is reached');
    expect(starts).toEqual([1, 1, 1, ...Array(9).fill(0)]);
  });

  test.each([
    ['a start that is refused gives its place to the next stream', refused, ['failed', 'rekeyed']],
    ['a start whose answer is lost keeps its place', answerLost(succeedsAfter(30_000)), ['rekeyed', 'planned']],
    ['a start without an answer until the deadline keeps its place', unanswered, ['timed-out', 'planned']],
    ['a failed change keeps its place and is not repeated', endsAfter(500, grantNotSpread()), ['failed', 'planned']]
  ])('%s', async (_, onStart, expected) => {
    const { outcomes, starts } = await run([starting(onStart), {}], 1);
    expect(outcomes).toEqual(expected);
    expect(starts[0]).toBe(1);
  });

  test('streams that need no change take no place', async () => {
    const { outcomes } = await run([matching, {}, matching, matching, {}, {}], 2);
    expect(outcomes).toEqual(['unchanged', 'rekeyed', 'unchanged', 'unchanged', 'rekeyed', 'planned']);
  });

  test('a stream that waits for another change is decided first, and delays none that needs no change', async () => {
    const { results, outcomes } = await run([changing, matching, {}], 1);
    expect(outcomes).toEqual(['timed-out', 'unchanged', 'rekeyed']);
    expect(results[1]?.durationSeconds).toBe(0);
  });

  test('a stream has one timeout, also if it waits for another change first', async () => {
    const waiting = { observation: updating(OLD), restsAtMs: 30_000, ...slow };
    const { results, outcomes } = await run([slow, slow, waiting], 3);
    expect(outcomes).toEqual(['rekeyed', 'rekeyed', 'timed-out']);
    expect(results[2]?.durationSeconds).toBe(60);
  });

  test('the timeout of a stream does not include the wait to be admitted', async () => {
    const { results, outcomes } = await run([starting(delayed(30_000, refused)), slow], 1);
    expect(outcomes).toEqual(['failed', 'rekeyed']);
    expect(results[1]?.durationSeconds).toBeLessThan(45);
  });

  test('a cancelled run has a result for every stream, with what was seen while it waited to be admitted', async () => {
    const { results, outcomes, starts } = await run([slow, starting(unanswered), {}, {}], 2, 10_000);
    expect(outcomes).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
    expect(results[3]).toMatchObject({ status: 'ACTIVE', encrypted: 'true', key: { id: OLD } });
    expect(starts).toEqual([1, 1, 0, 0]);
  });
});
