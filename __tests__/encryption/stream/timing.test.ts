import { describe, expect, test } from '@jest/globals';
import { Cancelled, TimedOut } from '../../../src/encryption/ports.ts';
import { lookMayYield, pollInterval, retryDelay, startDeadline } from '../../../src/encryption/stream/timing.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LONG = 1e9;
const MIDDLE = 0.5;
const MOST = 1 - Number.EPSILON;

describe('the pause before the next look', () => {
  test.each([
    ['at first, as short as the rate allows', { waited: 0, pause: 100 }],
    ['then still so, until a tenth is longer', { waited: 900, pause: 100 }],
    ['a tenth of the time waited', { waited: 5_000, pause: 500 }],
    ['a tenth of the time waited', { waited: 30_000, pause: 3_000 }]
  ])('%s (%j)', (_, { waited, pause }) => {
    expect(pollInterval(waited, LONG, 100, MIDDLE)).toBeCloseTo(pause);
  });

  test.each([0, MIDDLE, MOST])('is never over five seconds (random: %d)', (random) => {
    const pause = pollInterval(600_000, LONG, 100, random);
    expect(pause).toBeLessThanOrEqual(5_000);
    expect(pause).toBeGreaterThan(4_000);
  });

  test('is spread by a tenth to either side, so that many runs do not look at once', () => {
    expect(pollInterval(10_000, LONG, 100, 0)).toBeCloseTo(900);
    expect(pollInterval(10_000, LONG, 100, MOST)).toBeCloseTo(1_100);
  });

  test('is half of the time left where that is less', () => {
    expect(pollInterval(60_000, 4_000, 100, MIDDLE)).toBe(2_000);
  });

  test('close to the deadline is still not shorter than the rate allows', () => {
    expect(pollInterval(60_000, 120, 100, MIDDLE)).toBe(100);
  });
});

test('a look lets others go first for a quarter of the time left, and never for more than two minutes', () => {
  expect(lookMayYield(40_000)).toBe(10_000);
  expect(lookMayYield(86_400_000)).toBe(120_000);
});

describe('the pause before another try', () => {
  test('doubles from a fraction of a second up to five seconds', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 60].map((failures) => retryDelay(failures, MIDDLE));
    expect(pauses.slice(0, 5).map(Math.round)).toEqual([200, 400, 800, 1_600, 3_200]);
    for (const pause of pauses.slice(5)) expect(pause).toBeGreaterThan(4_000);
  });

  test.each([0, MIDDLE, MOST])('is never over five seconds (random: %d)', (random) => {
    expect(retryDelay(60, random)).toBeLessThanOrEqual(5_000);
  });

  test('is spread to either side', () => {
    expect(retryDelay(3, 0)).toBeLessThan(retryDelay(3, MOST));
  });

  test('three tries at a limit lie within ten seconds', () => {
    expect(retryDelay(1, MOST) + retryDelay(2, MOST)).toBeLessThan(10_000);
  });
});

describe('a deadline', () => {
  test('aborts at its time, with TimedOut', async () => {
    const clock = new VirtualClock();
    const deadline = startDeadline(clock, 600_000, new AbortController().signal);
    expect(deadline.at).toBe(600_000);

    await clock.finish(aborted(deadline.signal));

    expect(clock.now()).toBe(600_000);
    expect(deadline.signal.reason).toBeInstanceOf(TimedOut);
  });

  test('aborts at once when the run is cancelled, with that reason', async () => {
    const clock = new VirtualClock();
    const cancel = new AbortController();
    const deadline = startDeadline(clock, 600_000, cancel.signal);
    clock.at(1_000, () => cancel.abort(new Cancelled()));

    await clock.finish(aborted(deadline.signal));

    expect(clock.now()).toBe(1_000);
    expect(deadline.signal.reason).toBeInstanceOf(Cancelled);
  });

  test('once stopped, ends what is under way, and leaves no timer behind', async () => {
    const clock = new VirtualClock();
    const deadline = startDeadline(clock, 600_000, new AbortController().signal);

    deadline.stop();

    expect(deadline.signal.aborted).toBe(true);
    await expect(clock.finish(new Promise(() => {}))).rejects.toThrow('Nothing is left to wait for');
    expect(clock.now()).toBe(0);
  });
});

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve());
  return promise;
}
