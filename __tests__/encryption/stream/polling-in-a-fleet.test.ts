/** Polling of a stream that is part of a fleet. */

import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { failsWith, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 0 } as const;

/** The context of a stream in a fleet: how long the others will take, and when the stream reported to wait. */
function fleetContext(estimatedRemainingMs: number) {
  const waiting: boolean[] = [];
  let retries = 0;
  return {
    waiting,
    admit: null,
    changed() {},
    get retries() {
      return retries;
    },
    estimatedRemainingMs: () => estimatedRemainingMs,
    setWaiting: (isWaiting: boolean) => waiting.push(isWaiting),
    ready() {},
    described() {},
    releaseSlot() {
      retries += 1;
    }
  };
}

describe('while other streams have not started', () => {
  test('the poll interval is a tenth of the time they will take', async () => {
    const simulation = simulate(active(OLD));
    simulation.fleet = fleetContext(20_000);
    await simulation.encrypt(REQUEST);
    expect(simulation.stream.describesMs).toEqual([0, 2_000]);
  });

  test('the poll interval is five seconds at most', async () => {
    const simulation = simulate(active(OLD));
    simulation.fleet = fleetContext(3_600_000);
    simulation.stream.onNextStarts(succeedsAfter(6_000));
    await simulation.encrypt(REQUEST);
    const [, second = 0, third = 0] = simulation.stream.describesMs;
    expect(second).toBeCloseTo(4_545, 0);
    expect(third - second).toBeCloseTo(4_545, 0);
  });

  test('only polls let other requests go first, as long as an answer is still of use', async () => {
    const simulation = simulate(active(OLD));
    await simulation.encrypt({ ...REQUEST, timeoutMs: 40_000 });
    expect(simulation.stream.pollTimesLeftMs[0]).toBeNull();
    expect(simulation.stream.pollTimesLeftMs[1]).toBeCloseTo(39_900, -2);
  });
});

describe('a stream reports that it waits', () => {
  test('once its change was accepted, until it settles', async () => {
    const simulation = simulate(active(OLD));
    const others = fleetContext(0);
    simulation.fleet = others;
    await simulation.encrypt({ ...REQUEST, settleMs: 5_000 });
    expect(others.waiting).toEqual([true, false]);
  });

  test('while another change is in flight', async () => {
    const simulation = simulate(updating(OLD));
    const others = fleetContext(0);
    simulation.fleet = others;
    simulation.stream.report(active(OLD), 1);
    await simulation.check({ criteria: targetKey(OLD), settleMs: 0 });
    expect(others.waiting[0]).toBe(true);
  });

  test.each(['a description', 'a key lookup', 'a start'] as const)('for a retry of %s', async (what) => {
    const simulation = simulate(active(OLD));
    const others = fleetContext(0);
    simulation.fleet = others;
    const throttled = failsWith('throttled');
    if (what === 'a description') simulation.stream.onNextDescribes(throttled);
    else if (what === 'a key lookup') simulation.keys.onNextDescribes(throttled);
    else simulation.stream.onNextStarts(throttled);
    await simulation.encrypt(REQUEST);
    expect(others.retries).toBe(1);
  });

  test('not if it is left unchanged', async () => {
    const simulation = simulate(active(NEW));
    const others = fleetContext(0);
    simulation.fleet = others;
    simulation.stream.onNextStarts(reports(active(OLD)));
    await simulation.encrypt(REQUEST);
    expect(others.waiting).toEqual([]);
  });
});
