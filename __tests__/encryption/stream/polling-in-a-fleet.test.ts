/** How a stream behaves as one of many. */

import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { shows, takes } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0 } as const;

/** The context of a stream in a fleet: how long the others will take, and when the stream reported to wait. */
function fleetContext(estimatedRemainingMs: number) {
  const waiting: boolean[] = [];
  return {
    waiting,
    estimatedRemainingMs: () => estimatedRemainingMs,
    setWaiting: (isWaiting: boolean) => waiting.push(isWaiting),
    observed() {}
  };
}

describe('while other streams have not started', () => {
  test('the poll interval is a tenth of the time they will take', async () => {
    const here = scene(active(OLD));
    here.fleet = fleetContext(20_000);
    await here.encrypt(ASKED);
    expect(here.stream.looksMs).toEqual([0, 2_000]);
  });

  test('the poll interval is five seconds at most', async () => {
    const here = scene(active(OLD));
    here.fleet = fleetContext(3_600_000);
    here.stream.nextStarts(takes(6_000));
    await here.encrypt(ASKED);
    const [, second = 0, third = 0] = here.stream.looksMs;
    expect(second).toBeCloseTo(4_545, 0);
    expect(third - second).toBeCloseTo(4_545, 0);
  });

  test('only polls let other requests go first, as long as an answer is still of use', async () => {
    const here = scene(active(OLD));
    await here.encrypt({ ...ASKED, timeoutMs: 40_000 });
    expect(here.stream.pollsWithinMs[0]).toBeNull();
    expect(here.stream.pollsWithinMs[1]).toBeCloseTo(39_900, -2);
  });
});

describe('a stream reports that it waits', () => {
  test('once its change was accepted, until it settles', async () => {
    const here = scene(active(OLD));
    const others = fleetContext(0);
    here.fleet = others;
    await here.encrypt({ ...ASKED, settleMs: 5_000 });
    expect(others.waiting).toEqual([true, false]);
  });

  test('while another change is in flight', async () => {
    const here = scene(updating(OLD));
    const others = fleetContext(0);
    here.fleet = others;
    here.stream.show(active(OLD), 1);
    await here.check({ criteria: oneKey(OLD), settleMs: 0 });
    expect(others.waiting[0]).toBe(true);
  });

  test('not if it is left unchanged', async () => {
    const here = scene(active(NEW));
    const others = fleetContext(0);
    here.fleet = others;
    here.stream.nextStarts(shows(active(OLD)));
    await here.encrypt(ASKED);
    expect(others.waiting).toEqual([]);
  });
});
