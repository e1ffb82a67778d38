import { expect, test } from '@jest/globals';
import { RateLimiter, yieldTimeMs } from '../../src/aws/rate-limiter.ts';
import { Cancelled } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const NEVER = new AbortController().signal;
const FIVE_PER_SECOND = 'firehose:DescribeDeliveryStream';
const TWENTY_PER_SECOND = 'kinesis:DescribeStreamSummary';

/** A rate limiter, and the calls it let go, in their order. */
function createLimiter() {
  const clock = new VirtualClock();
  const closing = new AbortController();
  const limiter = new RateLimiter(clock, closing.signal);
  const calls: { readonly name: string; readonly atMs: number }[] = [];
  const call = async (name: string, { action = FIVE_PER_SECOND, yieldMs = 0, signal = NEVER } = {}) => {
    await limiter.acquire(action, signal, yieldMs);
    calls.push({ name, atMs: clock.now() });
  };
  /** Makes this many calls at once, and returns how long they take. */
  const timeOf = async (count: number, action = FIVE_PER_SECOND) => {
    const fromMs = clock.now();
    await clock.finish(Promise.all(numbered(count).map((name) => call(name, { action }))));
    return clock.now() - fromMs;
  };
  return { clock, closing, limiter, calls, call, timeOf, names: () => calls.map(({ name }) => name) };
}

function maxInOneSecond(timesMs: readonly number[]): number {
  return Math.max(...timesMs.map((from) => timesMs.filter((ms) => ms >= from && ms < from + 1_000).length));
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

test.each([
  [FIVE_PER_SECOND, 5],
  [TWENTY_PER_SECOND, 20],
  ['kinesis:ListStreams', 5],
  ['kinesis:StartStreamEncryption', 5],
  ['firehose:ListDeliveryStreams', 5],
  ['firehose:StartDeliveryStreamEncryption', 5]
])('%s: never more than %d calls in a second, nearly as many, and in their order', async (action, rate) => {
  const { calls, timeOf, names } = createLimiter();
  expect(await timeOf(rate * 10, action)).toBeLessThan(10_000 * 1.07);
  // Even if requests arrive up to 60 ms less evenly than they were sent.
  const arrivalsMs = calls.map(({ atMs }, index) => atMs + (index % rate === 0 ? 59 : 0));
  expect(maxInOneSecond(arrivalsMs)).toBe(rate);
  expect(names()).toEqual(numbered(rate * 10));
});

test('the rate limits neither another action nor one whose quota does not matter, and none of a host that is lost', async () => {
  const { clock, limiter, call, timeOf, names } = createLimiter();
  await clock.finish(Promise.all([call('0'), call('1'), call('other', { action: TWENTY_PER_SECOND })]));
  expect(names()).toEqual(['0', 'other', '1']);
  expect(await timeOf(100, 'kms:DescribeKey')).toBe(0);
  limiter.lift(FIVE_PER_SECOND);
  expect(await timeOf(100)).toBeLessThan(250);
});

test('a call that yields lets later calls go first, for at most its time', async () => {
  const { clock, call, calls, names } = createLimiter();
  await clock.finish(call('alone', { yieldMs: 10_000 }));
  expect(clock.now()).toBe(0);
  await clock.finish(Promise.all([call('poll', { yieldMs: 10_000 }), ...numbered(3).map((name) => call(name))]));
  expect(names()).toEqual(['alone', '0', '1', '2', 'poll']);
  const fromMs = clock.now();
  const steady = async () => {
    for (const name of numbered(20)) await Promise.all([call(name), call(name)]);
  };
  await clock.finish(Promise.all([steady(), call('last', { yieldMs: 2_000 })]));
  const yieldedMs = (calls.find(({ name }) => name === 'last')?.atMs ?? 0) - fromMs;
  expect(yieldedMs).toBeGreaterThanOrEqual(2_000);
  expect(yieldedMs).toBeLessThan(3_000);
  expect([yieldTimeMs(40_000), yieldTimeMs(86_400_000)]).toEqual([10_000, 120_000]);
});

test('a throttle slows down its own action only, once for all requests that were already sent, and fades', async () => {
  const { clock, limiter, timeOf } = createLimiter();
  const beforeMs = await timeOf(11);
  for (let times = 0; times < 5; times++) limiter.throttled(FIVE_PER_SECOND);
  const ratio = (await timeOf(11)) / beforeMs;
  expect(ratio).toBeGreaterThan(1.15);
  expect(ratio).toBeLessThan(1.5);
  expect(await timeOf(21, TWENTY_PER_SECOND)).toBeCloseTo(1_060);
  await clock.finish(clock.sleep(11_000, NEVER));
  expect(await timeOf(11)).toBeCloseTo(beforeMs);
  // A throttle every second leaves about a fifth of the rate.
  for (let seconds = 0; seconds < 60; seconds++) {
    limiter.throttled(FIVE_PER_SECOND);
    await clock.finish(clock.sleep(1_000, NEVER));
  }
  const slowest = (await timeOf(11)) / beforeMs;
  expect(slowest).toBeGreaterThan(3);
  expect(slowest).toBeLessThan(6);
});

test('a permit is valid once, and expires after a quarter of a second', async () => {
  const { clock, limiter } = createLimiter();
  const first = await clock.finish(limiter.acquire(FIVE_PER_SECOND, NEVER));
  expect([first.use(), first.use()]).toEqual([true, false]);
  const late = await limiter.acquire('kms:DescribeKey', NEVER);
  const tooLate = await limiter.acquire('kms:DescribeKey', NEVER);
  await clock.finish(clock.sleep(249, NEVER));
  expect(late.use()).toBe(true);
  await clock.finish(clock.sleep(1, NEVER));
  expect(tooLate.use()).toBe(false);
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
  const { clock, closing, call } = createLimiter();
  void call('first');
  void call('second');
  await Promise.resolve();
  expect(clock.timers).toBe(1);
  closing.abort();
  expect(clock.timers).toBe(0);
});
