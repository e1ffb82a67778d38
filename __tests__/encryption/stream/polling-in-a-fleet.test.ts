/** What a stream does otherwise where it is one of many. */

import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { endsAs, shows, takes } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0 } as const;

/** The company of a stream of many: what it said of its waiting, and how long the others will take. */
function company(estimatedRemainingMs: number, waiting = 1) {
  const said: boolean[] = [];
  return {
    said,
    estimatedRemainingMs: () => estimatedRemainingMs,
    waiting: () => waiting,
    setWaiting: (isWaiting: boolean) => said.push(isWaiting),
    observed() {}
  };
}

describe('where others are still to begin', () => {
  test('the end of a change is noticed within a tenth of the time that they need', async () => {
    const here = scene(active(OLD));
    here.fleet = company(20_000);
    await here.encrypt(ASKED);
    expect(here.stream.looksMs).toEqual([0, 2_000]);
  });

  test('the looks are five seconds apart at most', async () => {
    const here = scene(active(OLD));
    here.fleet = company(3_600_000);
    here.stream.nextStarts(takes(6_000));
    await here.encrypt(ASKED);
    const [, second = 0, third = 0] = here.stream.looksMs;
    expect(second).toBeCloseTo(4_545, 0);
    expect(third - second).toBeCloseTo(4_545, 0);
  });

  test('only the looks at a change that is waited for let others go first', async () => {
    const here = scene(active(OLD));
    await here.encrypt({ ...ASKED, timeoutMs: 40_000 });
    const [first, second = 0] = here.stream.yieldsMs;
    expect(first).toBe(0);
    expect(second).toBeGreaterThan(9_000);
    expect(second).toBeLessThan(10_000);
  });
});

describe('a glance', () => {
  test('tells that a change goes on, so that only its end is looked at', async () => {
    const here = scene(active(OLD));
    here.stream.glancesTell = true;
    here.stream.nextStarts(takes(30_000));
    const { outcome } = await here.encrypt(ASKED);
    expect(outcome).toBe('rekeyed');
    expect(here.stream.looksMs).toHaveLength(2);
    expect(here.stream.glances.length).toBeGreaterThan(10);
  });

  test('is asked for what was so since the pause before it, and told how many wait', async () => {
    const here = scene(active(OLD));
    here.fleet = company(20_000, 7);
    await here.encrypt(ASKED);
    expect(here.stream.glances).toEqual([{ sinceMs: 0, waiting: 7, withinMs: 149_500 }]);
  });

  test('counts as having seen the change in flight: two seconds with another key after it are believed', async () => {
    const here = scene(active(OLD));
    here.stream.glancesTell = true;
    here.stream.nextStarts(endsAs(1_000, active(OLD)));
    const { outcome, message } = await here.encrypt(ASKED);
    expect(outcome).toBe('failed');
    expect(message).toContain('came back ACTIVE');
    expect(here.clock.now()).toBeLessThan(4_000);
  });

  test('tells the status of a change that has not ended at the deadline', async () => {
    const here = scene(active(OLD));
    here.stream.glancesTell = true;
    here.stream.nextStarts(takes(60_000));
    const result = await here.encrypt({ ...ASKED, timeoutMs: 10_000 });
    expect(result).toMatchObject({ outcome: 'timed-out', status: 'UPDATING', key: { id: OLD } });
  });

  test('is believed for no longer than what is left of the time, as a list may be long out of date', async () => {
    const here = scene(active(OLD));
    here.stream.glance = async () => 'UPDATING';
    here.stream.nextStarts(takes(3_000));
    const { outcome } = await here.encrypt({ ...ASKED, timeoutMs: 40_000 });
    expect(outcome).toBe('rekeyed');
    expect(here.clock.now()).toBeGreaterThan(20_000);
    expect(here.clock.now()).toBeLessThan(26_000);
    expect(here.stream.looksMs).toHaveLength(2);
  });

  test('serves for a change of somebody else that is waited out, too', async () => {
    const here = scene(updating(OLD));
    here.stream.glancesTell = true;
    here.stream.show(active(NEW), 20_000);
    const { outcome } = await here.encrypt(ASKED);
    expect(outcome).toBe('unchanged');
    expect(here.stream.looksMs).toHaveLength(2);
  });
});

describe('a stream says that it waits', () => {
  test('when its change was taken, and no longer when it settles', async () => {
    const here = scene(active(OLD));
    const others = company(0);
    here.fleet = others;
    await here.encrypt({ ...ASKED, settleMs: 5_000 });
    expect(others.said).toEqual([true, false]);
  });

  test('while an earlier change is in flight', async () => {
    const here = scene(updating(OLD));
    const others = company(0);
    here.fleet = others;
    here.stream.show(active(OLD), 1);
    await here.check({ criteria: oneKey(OLD), settleMs: 0 });
    expect(others.said[0]).toBe(true);
  });

  test('not where it is left as it is', async () => {
    const here = scene(active(NEW));
    const others = company(0);
    here.fleet = others;
    here.stream.nextStarts(shows(active(OLD)));
    await here.encrypt(ASKED);
    expect(others.said).toEqual([]);
  });
});
