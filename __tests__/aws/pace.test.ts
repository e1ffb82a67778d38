import { describe, expect, test } from '@jest/globals';
import { Pace } from '../../src/aws/pace.ts';
import { Cancelled } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const NEVER = new AbortController().signal;
const FIVE_A_SECOND = 'firehose:DescribeDeliveryStream';
const TWENTY_A_SECOND = 'kinesis:DescribeStreamSummary';

/** A pace, and what it let go: the names of the calls in their order, and when. */
function paced() {
  const clock = new VirtualClock();
  const pace = new Pace(clock, NEVER);
  const went: { readonly name: string; readonly atMs: number }[] = [];
  const call = async (name: string, { action = FIVE_A_SECOND, yieldMs = 0, signal = NEVER } = {}) => {
    await pace.turn(action, signal, yieldMs);
    went.push({ name, atMs: clock.now() });
  };
  return { clock, pace, went, call, names: () => went.map(({ name }) => name) };
}

/** The most calls in any second. */
function mostInASecond(timesMs: readonly number[]): number {
  return Math.max(...timesMs.map((from) => timesMs.filter((ms) => ms >= from && ms < from + 1_000).length));
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

describe('the turns of a call', () => {
  test.each([
    [FIVE_A_SECOND, 5],
    [TWENTY_A_SECOND, 20],
    ['kinesis:ListStreams', 5],
    ['kinesis:StartStreamEncryption', 5],
    ['firehose:ListDeliveryStreams', 5],
    ['firehose:StartDeliveryStreamEncryption', 5]
  ])('%s: never more than %d in a second, and nearly as many', async (action, rate) => {
    const { clock, went, call } = paced();
    await clock.finish(Promise.all(numbered(rate * 10).map((name) => call(name, { action }))));
    const timesMs = went.map(({ atMs }) => atMs);
    expect(mostInASecond(timesMs)).toBeLessThanOrEqual(rate);
    expect(clock.now()).toBeLessThan(10_000 * 1.07);
  });

  test('leave room for requests that arrive up to 60 ms less evenly than they were sent', async () => {
    const { clock, went, call } = paced();
    await clock.finish(Promise.all(numbered(20).map((name) => call(name))));
    const arriveMs = went.map(({ atMs }, index) => atMs + (index % 5 === 0 ? 59 : 0));
    expect(mostInASecond(arriveMs)).toBe(5);
  });

  test('come in the order in which they were asked for', async () => {
    const { clock, call, names } = paced();
    await clock.finish(Promise.all(numbered(8).map((name) => call(name))));
    expect(names()).toEqual(numbered(8));
  });

  test('of one action do not hold up another', async () => {
    const { clock, call, names } = paced();
    const calls = [...numbered(5).map((name) => call(name)), call('other', { action: TWENTY_A_SECOND })];
    await clock.finish(Promise.all(calls));
    expect(names().slice(0, 2)).toEqual(['0', 'other']);
  });

  test('are at once where the account has no rate that matters', async () => {
    const { clock, call } = paced();
    await clock.finish(Promise.all(numbered(100).map((name) => call(name, { action: 'kms:DescribeKey' }))));
    expect(clock.now()).toBe(0);
  });
});

describe('a call that may yield', () => {
  test('lets those go first that come while it waits', async () => {
    const { clock, call, names } = paced();
    const calls = [call('first'), call('poll', { yieldMs: 10_000 }), ...numbered(3).map((name) => call(name))];
    await clock.finish(Promise.all(calls));
    expect(names()).toEqual(['first', '0', '1', '2', 'poll']);
  });

  test('yields no longer than it may', async () => {
    const { clock, call, went } = paced();
    const steady = async () => {
      for (const name of numbered(20)) await Promise.all([call(name), call(name)]);
    };
    await clock.finish(Promise.all([steady(), call('poll', { yieldMs: 2_000 })]));
    const poll = went.find(({ name }) => name === 'poll');
    expect(poll?.atMs).toBeGreaterThanOrEqual(2_000);
    expect(poll?.atMs).toBeLessThan(3_000);
  });

  test('goes at once where nobody else waits', async () => {
    const { clock, call } = paced();
    await clock.finish(call('poll', { yieldMs: 10_000 }));
    expect(clock.now()).toBe(0);
  });
});

test('a reserved turn is had at once by the call that comes', async () => {
  const { clock, pace, call, went } = paced();
  const both = async () => {
    await pace.reserve(FIVE_A_SECOND, NEVER);
    await pace.reserve(FIVE_A_SECOND, NEVER);
    const reservedMs = clock.now();
    await Promise.all([call('one'), call('two'), call('three')]);
    return reservedMs;
  };
  const reservedMs = await clock.finish(both());
  expect(reservedMs).toBe(212);
  expect(went.map(({ atMs }) => atMs - reservedMs)).toEqual([0, 0, 212]);
});

describe('a throttle', () => {
  /** How long the next ten calls take. */
  async function tenMore({ clock, call }: ReturnType<typeof paced>): Promise<number> {
    const fromMs = clock.now();
    await clock.finish(Promise.all(numbered(11).map((name) => call(name))));
    return clock.now() - fromMs;
  }

  test('slows that action down, and no other', async () => {
    const here = paced();
    const beforeMs = await tenMore(here);
    here.pace.throttled(FIVE_A_SECOND);
    expect((await tenMore(here)) / beforeMs).toBeGreaterThan(1.15);
    const { clock, call } = here;
    const fromMs = clock.now();
    await clock.finish(Promise.all(numbered(21).map((name) => call(name, { action: TWENTY_A_SECOND }))));
    expect(clock.now() - fromMs).toBeCloseTo(1_060);
  });

  test('is forgotten slowly', async () => {
    const here = paced();
    const beforeMs = await tenMore(here);
    here.pace.throttled(FIVE_A_SECOND);
    await here.clock.finish(here.clock.sleep(11_000, NEVER));
    expect(await tenMore(here)).toBeCloseTo(beforeMs);
  });

  test('counts once for all the requests that were on their way', async () => {
    const here = paced();
    const beforeMs = await tenMore(here);
    for (let times = 0; times < 5; times++) here.pace.throttled(FIVE_A_SECOND);
    expect((await tenMore(here)) / beforeMs).toBeLessThan(1.5);
  });

  test('again and again leaves about a fifth of the rate', async () => {
    const here = paced();
    const beforeMs = await tenMore(here);
    const throttles = async () => {
      for (let seconds = 0; seconds < 60; seconds++) {
        here.pace.throttled(FIVE_A_SECOND);
        await here.clock.sleep(1_000, NEVER);
      }
      here.pace.throttled(FIVE_A_SECOND);
    };
    await here.clock.finish(throttles());
    const ratio = (await tenMore(here)) / beforeMs;
    expect(ratio).toBeGreaterThan(3);
    expect(ratio).toBeLessThan(6);
  });
});

describe('the end', () => {
  test('of a signal ends the waiting for a turn, with its reason, and frees the turn', async () => {
    const { clock, call, names } = paced();
    const cancel = new AbortController();
    const calls = [call('first'), call('given up', { signal: cancel.signal }), call('last')];
    cancel.abort(new Cancelled());
    const [, givenUp] = await clock.finish(Promise.allSettled(calls));
    expect(givenUp).toEqual({ status: 'rejected', reason: expect.any(Cancelled) });
    expect(names()).toEqual(['first', 'last']);
    expect(clock.now()).toBe(212);
    await expect(call('too late', { signal: cancel.signal })).rejects.toBeInstanceOf(Cancelled);
  });

  test('of the connection leaves no timer', async () => {
    const clock = new VirtualClock();
    const closing = new AbortController();
    const pace = new Pace(clock, closing.signal);
    void pace.turn(FIVE_A_SECOND, NEVER);
    void pace.turn(FIVE_A_SECOND, NEVER);
    await Promise.resolve();
    expect(clock.timers).toBe(1);
    closing.abort();
    expect(clock.timers).toBe(0);
  });
});
