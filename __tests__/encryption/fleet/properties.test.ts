import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NEW, OLD } from '../../support/account.ts';
import { IS_EXHAUSTIVE } from '../../support/extent.ts';
import { runLimited } from '../../support/limited-fleet.ts';
import { active } from '../../support/observations.ts';
import { dataStreams, SelectionSimulation } from '../../support/selection-simulation.ts';
import { answerLost, failsWith, hasNoEffect, type OnStart, succeedsAfter } from '../../support/simulated-stream.ts';

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
  const observation = fc.constantFrom(active(OLD), active(OLD), active(NEW), active(null));
  const behavior = fc.record({ observation, onStarts: fc.array(onStart, { maxLength: 3 }) });
  const behaviors = fc.array(behavior, { minLength: 1, maxLength: 20 });
  const cancelAtMs = fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined });
  const property = fc.asyncProperty(
    behaviors,
    fc.integer({ min: 1, max: 6 }),
    cancelAtMs,
    async (streams, max, atMs) => {
      const { results } = await runLimited(streams, max, atMs);
      expect(results.filter(({ changed }) => changed).length).toBeLessThanOrEqual(max);
      const firstPlanned = results.findIndex(({ outcome }) => outcome === 'planned');
      if (firstPlanned < 0) return;
      // What comes after a planned stream is not changed, and the places before it are all taken.
      expect(results.slice(firstPlanned).filter(({ changed }) => changed)).toEqual([]);
      expect(results.slice(0, firstPlanned).filter(({ changed }) => changed)).toHaveLength(max);
    }
  );
  await fc.assert(property, { numRuns: IS_EXHAUSTIVE ? 300 : 50 });
});

test('globs match against a page of 200,000 names', async () => {
  const simulation = new SelectionSimulation();
  const items = Array.from({ length: 200_000 }, (_, index) => `stream-${index}`);
  simulation.directory.names = async () => ({ items, next: null });

  expect(await simulation.selected(dataStreams(['stream-19999?']))).toHaveLength(10);
});
