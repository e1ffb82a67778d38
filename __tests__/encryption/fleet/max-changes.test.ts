import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../../src/encryption/model.ts';
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

const outcomes = ({ results }: { readonly results: readonly Result[] }) => results.map(({ outcome }) => outcome);

describe('with max-changes', () => {
  test('the first streams in the order of selection are changed, and the rest is planned', async () => {
    const { results, services } = await runLimited(
      Array.from({ length: 12 }, () => ({})),
      3
    );
    expect(outcomes({ results })).toEqual([...Array(3).fill('rekeyed'), ...Array(9).fill('planned')]);
    expect(results.at(-1)?.message).toContain('max-changes is reached');
    expect(services.map(({ starts }) => starts.length)).toEqual([1, 1, 1, ...Array(9).fill(0)]);
  });

  test('streams that need no change take no place', async () => {
    const matching = { observation: active(NEW) };
    expect(outcomes(await runLimited([matching, {}, matching, matching, {}, {}], 2))).toEqual([
      'unchanged',
      'rekeyed',
      'unchanged',
      'unchanged',
      'rekeyed',
      'planned'
    ]);
  });

  test('a start that is refused gives its place to the next stream', async () => {
    const refused = { onStarts: [failsWith('refused', 'KMSDisabledException')] };
    expect(outcomes(await runLimited([refused, {}, {}, {}], 1))).toEqual(['failed', 'rekeyed', 'planned', 'planned']);
  });

  test('a start whose answer is lost keeps its place', async () => {
    const lost = { onStarts: [answerLost(succeedsAfter(30_000))] };
    expect(outcomes(await runLimited([lost, {}, {}], 1))).toEqual(['rekeyed', 'planned', 'planned']);
  });

  test('a start without an answer until the deadline keeps its place', async () => {
    const hanging = { onStarts: [(_stream, _key, signal) => hangs(signal)] satisfies OnStart[] };
    const run1 = await runLimited([hanging, {}, {}], 1);
    expect(outcomes(run1)).toEqual(['timed-out', 'planned', 'planned']);
  });

  test('a stream that waits for another change is decided first, so that the order holds', async () => {
    const changing = { observation: updating(OLD) };
    const { results } = await runLimited([changing, {}], 1);
    expect(outcomes({ results })).toEqual(['timed-out', 'rekeyed']);
  });

  test('a stream that waits delays none that needs no change', async () => {
    const { results } = await runLimited([{ observation: updating(OLD) }, { observation: active(NEW) }], 1);
    expect(outcomes({ results })).toEqual(['timed-out', 'unchanged']);
    expect(results[1]?.durationSeconds).toBe(0);
  });

  test('a change that failed is not attempted again, because that would be one more change', async () => {
    const failed = { onStarts: [endsAfter(500, grantNotSpread())] };
    const { results, services } = await runLimited([failed, {}], 1);
    expect(outcomes({ results })).toEqual(['failed', 'planned']);
    expect(services[0]?.starts).toHaveLength(1);
  });

  test('a stream has one timeout, which does not include the wait to be admitted', async () => {
    const slow = { onStarts: [succeedsAfter(40_000)] };
    const waiting = { observation: updating(OLD), restsAtMs: 30_000, onStarts: [succeedsAfter(40_000)] };
    const { results } = await runLimited([slow, slow, waiting], 3);
    expect(outcomes({ results })).toEqual(['rekeyed', 'rekeyed', 'timed-out']);
    expect(results[2]?.durationSeconds).toBe(60);
    // The second stream is admitted when the first one has ended.
    const refusedLate = { onStarts: [delayed(30_000, failsWith('refused', 'KMSDisabledException'))] };
    const late = await runLimited([refusedLate, slow], 1);
    expect(outcomes(late)).toEqual(['failed', 'rekeyed']);
    expect(late.results[1]?.durationSeconds).toBeLessThan(45);
  });

  test('a cancelled run reports what was seen of a stream that waits to be admitted', async () => {
    const hanging = { onStarts: [(_stream, _key, signal) => hangs(signal)] satisfies OnStart[] };
    const { results } = await runLimited([hanging, {}], 1, 10_000);
    expect(results[1]).toMatchObject({ status: 'ACTIVE', encrypted: 'true', key: { id: OLD } });
  });

  test('a cancelled run has a result for every stream', async () => {
    const slow = { onStarts: [succeedsAfter(30_000)] };
    expect(outcomes(await runLimited([slow, slow, slow, slow], 2, 10_000))).toEqual([
      'cancelled',
      'cancelled',
      'planned',
      'planned'
    ]);
  });
});
