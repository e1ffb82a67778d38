import { describe, expect, test } from '@jest/globals';
import { RateLimiter, yieldTimeMs } from '../../src/aws/rate-limiter.ts';
import { Cancelled } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const NEVER = new AbortController().signal;
const FIVE_PER_SECOND = 'firehose:DescribeDeliveryStream';
const TWENTY_PER_SECOND = 'kinesis:DescribeStreamSummary';

/** A rate limiter, and the calls it let go, in their order. */
function createLimiter() {
  const clock = new VirtualClock();
  const limiter = new RateLimiter(clock, NEVER);
  const calls: { readonly name: string; readonly atMs: number }[] = [];
  const call = async (name: string, { action = FIVE_PER_SECOND, yieldMs = 0, signal = NEVER } = {}) => {
    await limiter.acquire(action, signal, yieldMs);
    calls.push({ name, atMs: clock.now() });
  };
  return { clock, limiter, calls, call, names: () => calls.map(({ name }) => name) };
}

function maxInOneSecond(timesMs: readonly number[]): number {
  return Math.max(...timesMs.map((from) => timesMs.filter((ms) => ms >= from && ms < from + 1_000).length));
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

describe('the rate of an action', () => {
  test.each([
    [FIVE_PER_SECOND, 5],
    [TWENTY_PER_SECOND, 20],
    ['kinesis:ListStreams', 5],
    ['kinesis:StartStreamEncryption', 5],
    ['firehose:ListDeliveryStreams', 5],
    ['firehose:StartDeliveryStreamEncryption', 5]
  ])('%s: never more than %d calls in a second, and nearly as many', async (action, rate) => {
    const { clock, calls, call } = createLimiter();
    await clock.finish(Promise.all(numbered(rate * 10).map((name) => call(name, { action }))));
    const timesMs = calls.map(({ atMs }) => atMs);
    expect(maxInOneSecond(timesMs)).toBeLessThanOrEqual(rate);
    expect(clock.now()).toBeLessThan(10_000 * 1.07);
  });

  test('is kept even if requests arrive up to 60 ms less evenly than they were sent', async () => {
    const { clock, calls, call } = createLimiter();
    await clock.finish(Promise.all(numbered(20).map((name) => call(name))));
    const arrivalsMs = calls.map(({ atMs }, index) => atMs + (index % 5 === 0 ? 59 : 0));
    expect(maxInOneSecond(arrivalsMs)).toBe(5);
  });

  test('does not limit another action', async () => {
    const { clock, call, names } = createLimiter();
    const calls = [...numbered(5).map((name) => call(name)), call('other', { action: TWENTY_PER_SECOND })];
    await clock.finish(Promise.all(calls));
    expect(names().slice(0, 2)).toEqual(['0', 'other']);
  });

  test('is unlimited if no quota matters', async () => {
    const { clock, call } = createLimiter();
    await clock.finish(Promise.all(numbered(100).map((name) => call(name, { action: 'kms:DescribeKey' }))));
    expect(clock.now()).toBe(0);
  });
});

test('calls go in the order in which they were made', async () => {
  const { clock, call, names } = createLimiter();
  await clock.finish(Promise.all(numbered(8).map((name) => call(name))));
  expect(names()).toEqual(numbered(8));
});

describe('a call that yields', () => {
  test('lets later calls go first', async () => {
    const { clock, call, names } = createLimiter();
    const calls = [call('first'), call('poll', { yieldMs: 10_000 }), ...numbered(3).map((name) => call(name))];
    await clock.finish(Promise.all(calls));
    expect(names()).toEqual(['first', '0', '1', '2', 'poll']);
  });

  test('yields for at most its time', async () => {
    const { clock, call, calls } = createLimiter();
    const steady = async () => {
      for (const name of numbered(20)) await Promise.all([call(name), call(name)]);
    };
    await clock.finish(Promise.all([steady(), call('poll', { yieldMs: 2_000 })]));
    const poll = calls.find(({ name }) => name === 'poll');
    expect(poll?.atMs).toBeGreaterThanOrEqual(2_000);
    expect(poll?.atMs).toBeLessThan(3_000);
  });

  test('goes immediately if no other call waits', async () => {
    const { clock, call } = createLimiter();
    await clock.finish(call('poll', { yieldMs: 10_000 }));
    expect(clock.now()).toBe(0);
  });

  test('yields for a quarter of the time in which its answer is of use, at most two minutes', () => {
    expect(yieldTimeMs(40_000)).toBe(10_000);
    expect(yieldTimeMs(86_400_000)).toBe(120_000);
  });
});

describe('a throttle', () => {
  /** How long the next ten calls take. */
  async function timeOfTen({ clock, call }: ReturnType<typeof createLimiter>): Promise<number> {
    const fromMs = clock.now();
    await clock.finish(Promise.all(numbered(11).map((name) => call(name))));
    return clock.now() - fromMs;
  }

  test('slows down its own action only', async () => {
    const limited = createLimiter();
    const beforeMs = await timeOfTen(limited);
    limited.limiter.throttled(FIVE_PER_SECOND);
    expect((await timeOfTen(limited)) / beforeMs).toBeGreaterThan(1.15);
    const { clock, call } = limited;
    const fromMs = clock.now();
    await clock.finish(Promise.all(numbered(21).map((name) => call(name, { action: TWENTY_PER_SECOND }))));
    expect(clock.now() - fromMs).toBeCloseTo(1_060);
  });

  test('has an effect that fades slowly', async () => {
    const limited = createLimiter();
    const beforeMs = await timeOfTen(limited);
    limited.limiter.throttled(FIVE_PER_SECOND);
    await limited.clock.finish(limited.clock.sleep(11_000, NEVER));
    expect(await timeOfTen(limited)).toBeCloseTo(beforeMs);
  });

  test('counts once for all requests that were already sent', async () => {
    const limited = createLimiter();
    const beforeMs = await timeOfTen(limited);
    for (let times = 0; times < 5; times++) limited.limiter.throttled(FIVE_PER_SECOND);
    expect((await timeOfTen(limited)) / beforeMs).toBeLessThan(1.5);
  });

  test('every second leaves about a fifth of the rate', async () => {
    const limited = createLimiter();
    const beforeMs = await timeOfTen(limited);
    const throttles = async () => {
      for (let seconds = 0; seconds < 60; seconds++) {
        limited.limiter.throttled(FIVE_PER_SECOND);
        await limited.clock.sleep(1_000, NEVER);
      }
      limited.limiter.throttled(FIVE_PER_SECOND);
    };
    await limited.clock.finish(throttles());
    const ratio = (await timeOfTen(limited)) / beforeMs;
    expect(ratio).toBeGreaterThan(3);
    expect(ratio).toBeLessThan(6);
  });
});

describe('a permit', () => {
  test('is valid once', async () => {
    const { clock, limiter } = createLimiter();
    const permit = await clock.finish(limiter.acquire(FIVE_PER_SECOND, NEVER));
    expect([permit.use(), permit.use()]).toEqual([true, false]);
  });

  test('expires after a quarter of a second', async () => {
    const { clock, limiter } = createLimiter();
    const permit = await clock.finish(limiter.acquire(FIVE_PER_SECOND, NEVER));
    await clock.finish(clock.sleep(250, NEVER));
    expect(permit.use()).toBe(false);
  });
});

test('an aborted call rejects with its reason and frees its position', async () => {
  const { clock, call, names } = createLimiter();
  const cancel = new AbortController();
  const calls = [call('first'), call('aborted', { signal: cancel.signal }), call('last')];
  cancel.abort(new Cancelled());
  const [, aborted] = await clock.finish(Promise.allSettled(calls));
  expect(aborted).toEqual({ status: 'rejected', reason: expect.any(Cancelled) });
  expect(names()).toEqual(['first', 'last']);
  expect(clock.now()).toBe(212);
  await expect(call('too late', { signal: cancel.signal })).rejects.toBeInstanceOf(Cancelled);
});

test('closing the connection leaves no timer', async () => {
  const clock = new VirtualClock();
  const closing = new AbortController();
  const limiter = new RateLimiter(clock, closing.signal);
  void limiter.acquire(FIVE_PER_SECOND, NEVER);
  void limiter.acquire(FIVE_PER_SECOND, NEVER);
  await Promise.resolve();
  expect(clock.timers).toBe(1);
  closing.abort();
  expect(clock.timers).toBe(0);
});

test('calls of an action whose host cannot be reached go at once', async () => {
  const { clock, limiter, calls, call } = createLimiter();
  await clock.finish(call('first'));
  limiter.lift(FIVE_PER_SECOND);
  await clock.finish(Promise.all(numbered(100).map((name) => call(name))));
  expect(calls).toHaveLength(101);
  expect(clock.now()).toBeLessThan(250);
});
