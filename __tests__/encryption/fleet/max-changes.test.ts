import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runFleet } from '../../../src/encryption/fleet/fleet.ts';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import type { Result, SelectedStream, StreamKind } from '../../../src/encryption/model.ts';
import { Cancelled } from '../../../src/encryption/ports.ts';
import { encrypt } from '../../../src/encryption/stream/encrypt.ts';
import { customerKey, NEW, OLD } from '../../support/account.ts';
import { active, updating } from '../../support/observations.ts';
import { request, targetKey } from '../../support/requests.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';
import {
  answerLost,
  failsWith,
  hangs,
  hasNoEffect,
  type OnStart,
  SimulatedStream,
  succeedsAfter
} from '../../support/simulated-stream.ts';
import { NO_SOURCES } from '../../support/sources.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** How a stream is, and how its starts are answered. */
interface Behavior {
  readonly observation?: ReturnType<typeof active>;
  readonly onStarts?: readonly OnStart[];
}

const SETTINGS = { criteria: targetKey(NEW), settleMs: 0, timeoutMs: 60_000 } as const;

/** Encrypts these streams, of both kinds in turn, with at most `maxChanges` changes. */
async function run(behaviors: readonly Behavior[], maxChanges: number, cancelAtMs?: number) {
  const clock = new VirtualClock();
  const cancel = new AbortController();
  if (cancelAtMs !== undefined) clock.at(cancelAtMs, () => cancel.abort(new Cancelled()));
  const keys = new SimulatedKeys();
  for (const arn of [OLD, NEW]) keys.add(customerKey(arn));
  const services = behaviors.map(({ observation = active(OLD), onStarts = [] }) => {
    const service = new SimulatedStream(clock, observation);
    service.onNextStarts(...onStarts);
    return service;
  });
  const streams = behaviors.map((_, index): SelectedStream => {
    const kind: StreamKind = index % 2 === 0 ? 'kinesis' : 'firehose';
    return { stream: { kind, name: `${index}`, arn: null }, named: true };
  });
  const [any] = services;
  if (any === undefined) throw new Error('There are no streams');
  const tools = {
    serviceOf: async () => any,
    maxChanges,
    keys: new KeyCache(keys),
    sources: NO_SOURCES,
    clock,
    random: () => 0.5,
    cancelled: cancel.signal,
    onProgress: () => undefined
  };
  const results = await clock.finish(
    runFleet(streams, tools, (selected, streamTools) => {
      const service = services[Number(selected.stream.name)] ?? any;
      return encrypt({ ...request(SETTINGS), ...selected }, { ...streamTools, service, log: () => undefined });
    })
  );
  return { results, services };
}

const outcomes = ({ results }: { readonly results: readonly Result[] }) => results.map(({ outcome }) => outcome);

describe('with max-changes', () => {
  test('the first streams in the order of selection are changed, and the rest is planned', async () => {
    const { results, services } = await run(
      Array.from({ length: 12 }, () => ({})),
      3
    );
    expect(outcomes({ results })).toEqual([...Array(3).fill('rekeyed'), ...Array(9).fill('planned')]);
    expect(results.at(-1)?.message).toContain('max-changes is reached');
    expect(services.map(({ starts }) => starts.length)).toEqual([1, 1, 1, ...Array(9).fill(0)]);
  });

  test('streams that need no change take no place', async () => {
    const matching = { observation: active(NEW) };
    expect(outcomes(await run([matching, {}, matching, matching, {}, {}], 2))).toEqual([
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
    expect(outcomes(await run([refused, {}, {}, {}], 1))).toEqual(['failed', 'rekeyed', 'planned', 'planned']);
  });

  test('a start whose answer is lost keeps its place', async () => {
    const lost = { onStarts: [answerLost(succeedsAfter(30_000))] };
    expect(outcomes(await run([lost, {}, {}], 1))).toEqual(['rekeyed', 'planned', 'planned']);
  });

  test('a start without an answer until the deadline keeps its place', async () => {
    const hanging = { onStarts: [(_stream, _key, signal) => hangs(signal)] satisfies OnStart[] };
    const run1 = await run([hanging, {}, {}], 1);
    expect(outcomes(run1)).toEqual(['timed-out', 'planned', 'planned']);
  });

  test('a stream that waits for another change is decided first, so that the order holds', async () => {
    const changing = { observation: updating(OLD) };
    const { results } = await run([changing, {}], 1);
    expect(outcomes({ results })).toEqual(['timed-out', 'rekeyed']);
  });

  test('a cancelled run has a result for every stream', async () => {
    const slow = { onStarts: [succeedsAfter(30_000)] };
    expect(outcomes(await run([slow, slow, slow, slow], 2, 10_000))).toEqual([
      'cancelled',
      'cancelled',
      'planned',
      'planned'
    ]);
  });

  test('never more changes are sent than allowed, and the first streams get them, whatever happens', async () => {
    const onStart = fc.constantFrom<OnStart>(
      succeedsAfter(500),
      succeedsAfter(20_000),
      answerLost(succeedsAfter(500)),
      answerLost(hasNoEffect),
      failsWith('busy'),
      failsWith('throttled'),
      failsWith('refused')
    );
    const behavior = fc.record({
      observation: fc.constantFrom(active(OLD), active(OLD), active(NEW), active(null)),
      onStarts: fc.array(onStart, { maxLength: 3 })
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(behavior, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 6 }),
        fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
        async (behaviors, maxChanges, cancelAtMs) => {
          const { results } = await run(behaviors, maxChanges, cancelAtMs);
          expect(results.filter(({ changed }) => changed).length).toBeLessThanOrEqual(maxChanges);
          const firstPlanned = results.findIndex(({ outcome }) => outcome === 'planned');
          if (firstPlanned < 0) return;
          // What comes after a planned stream is not changed, and the places before it are all taken.
          expect(results.slice(firstPlanned).filter(({ changed }) => changed)).toEqual([]);
          expect(results.slice(0, firstPlanned).filter(({ changed }) => changed)).toHaveLength(maxChanges);
        }
      ),
      { numRuns: 300 }
    );
  });
});
