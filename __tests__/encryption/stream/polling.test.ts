import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { NEVER_ENDS, succeedsAfter } from '../../support/simulated-stream.ts';
import { type StreamSimulation, simulate } from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 0 } as const;

/** When a run whose change takes this long described the stream. */
async function pollTimes(
  simulation: StreamSimulation,
  changeMs: number,
  timeoutMs = 600_000
): Promise<readonly number[]> {
  simulation.stream.onNextStarts(succeedsAfter(changeMs));
  await simulation.encrypt({ ...REQUEST, timeoutMs });
  return simulation.stream.describesMs;
}

describe('polling a change', () => {
  test('starts with intervals of less than 200 ms', async () => {
    const timesMs = await pollTimes(simulate(active(OLD)), 500);
    expect(timesMs.length).toBeGreaterThanOrEqual(5);
    for (const interval of intervals(timesMs)) expect(interval).toBeLessThan(200);
  });

  test.each([500, 2_000, 10_000, 40_000])(
    'notices the end of a change of %d ms within about a tenth of that time',
    async (changeMs) => {
      const simulation = simulate(active(OLD));
      await pollTimes(simulation, changeMs);
      expect(simulation.clock.now() - changeMs).toBeLessThanOrEqual(Math.max(changeMs * 0.12, 110));
    }
  );

  test('notices the end of a change of five minutes within five seconds', async () => {
    const simulation = simulate(active(OLD));
    await pollTimes(simulation, 300_000);
    expect(simulation.clock.now() - 300_000).toBeLessThanOrEqual(5_000);
  });

  test('has intervals of at most five seconds and a limited number of polls', async () => {
    const simulation = simulate(active(OLD));
    simulation.random = 0.999;
    const timesMs = await pollTimes(simulation, NEVER_ENDS);
    expect(Math.max(...intervals(timesMs))).toBeLessThanOrEqual(5_000);
    expect(timesMs.length).toBeLessThan(200);
  });

  test('increases the interval with the time waited', async () => {
    const timesMs = await pollTimes(simulate(active(OLD)), 40_000);
    const late = intervals(timesMs.filter((atMs) => atMs > 20_000));
    for (const interval of late) {
      expect(interval).toBeGreaterThan(1_800);
      expect(interval).toBeLessThan(4_400);
    }
  });

  test('has a jitter, so that many runs do not poll at once', async () => {
    const [early, late] = [simulate(active(OLD)), simulate(active(OLD))];
    early.random = 0;
    late.random = 0.999;
    expect(await pollTimes(early, 20_000)).not.toEqual(await pollTimes(late, 20_000));
  });

  test('has intervals of at least the minimum of the service', async () => {
    const simulation = simulate(active(OLD));
    simulation.random = 0;
    const timesMs = await pollTimes(simulation, NEVER_ENDS, 60_000);
    // The plan follows from the first call; the polls come after the start.
    for (const interval of intervals(timesMs.slice(1))) expect(interval).toBeGreaterThanOrEqual(90);
  });

  test.each([10_000, 60_000, 600_000])(
    'ends with a poll shortly before the deadline of a run of %d ms, none after it',
    async (timeoutMs) => {
      const timesMs = await pollTimes(simulate(active(OLD)), NEVER_ENDS, timeoutMs);
      const last = timesMs.at(-1) ?? 0;
      expect(last).toBeLessThan(timeoutMs);
      expect(timeoutMs - last).toBeLessThanOrEqual(200);
    }
  );

  test('notices a change that ends just before the deadline', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(succeedsAfter(59_700));
    expect(await simulation.encrypt({ ...REQUEST, timeoutMs: 60_000 })).toMatchObject({ outcome: 'rekeyed' });
  });
});

describe('polling an earlier change', () => {
  test('uses the same intervals', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.report(active(NEW), 40_000);
    await simulation.encrypt(REQUEST);
    const pollIntervals = intervals(simulation.stream.describesMs);
    expect(pollIntervals[0]).toBeLessThan(200);
    expect(simulation.clock.now() - 40_000).toBeLessThanOrEqual(4_800);
    expect(simulation.stream.describesMs.length).toBeLessThan(60);
  });

  test('does not increase the intervals for the change of this run', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.report(active(OLD), 100_000);
    simulation.stream.onNextStarts(succeedsAfter(1_000));
    await simulation.encrypt(REQUEST);
    const [start] = simulation.stream.starts;
    const last = simulation.stream.describesMs.at(-1) ?? 0;
    expect(last - (start?.atMs ?? 0)).toBeLessThan(1_300);
  });
});

test('a stream on the target key is described once', async () => {
  const simulation = simulate(active(NEW));
  await simulation.encrypt(REQUEST);
  expect(simulation.stream.describesMs).toEqual([0]);
  expect(simulation.clock.now()).toBe(0);
});
