import { describe, expect, test } from '@jest/globals';
import { type Listed, Sweeps } from '../../src/aws/sweeps.ts';
import { Cancelled, type ErrorKind, type Page, ServiceError } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const NEVER = new AbortController().signal;
const PAGE = 100;
const REQUEST_MS = 200;

/** An account with this many data streams, of which the first so many are being updated. */
function account(streams: number, updating: number) {
  const clock = new VirtualClock();
  const here = { clock, updating, requests: 0, errorKind: null as ErrorKind | null };
  const list = async (next: string | null): Promise<Page<Listed>> => {
    here.requests += 1;
    const from = next === null ? 0 : Number(next);
    const page = Array.from({ length: Math.min(PAGE, streams - from) }, (_, index) => listed(from + index));
    await clock.sleep(REQUEST_MS, NEVER);
    if (here.errorKind !== null) throw new ServiceError(here.errorKind, 'no');
    return { items: page, next: from + PAGE < streams ? String(from + PAGE) : null };
  };
  const listed = (index: number): Listed => ({
    name: `stream-${index}`,
    arn: arn(index),
    status: index < here.updating ? 'UPDATING' : 'ACTIVE'
  });
  const sweeps = new Sweeps(list, clock);
  const glance = (
    index: number,
    { sinceMs = 0, waiting = 50, withinMs = 60_000, byArn = false, signal = NEVER } = {}
  ) =>
    sweeps.showsUpdating(
      { kind: 'kinesis', name: `stream-${index}`, arn: byArn ? arn(index) : null },
      { sinceMs, waiting, withinMs },
      signal
    );
  return Object.assign(here, { glance, sweeps });
}

function arn(index: number): string {
  return `arn:aws:kinesis:us-east-1:111122223333:stream/stream-${index}`;
}

describe('a sweep', () => {
  test('tells which of the streams that wait are still in flight, in a request a hundred', async () => {
    const { clock, glance, ...here } = account(250, 40);
    const told = await clock.finish(Promise.all([0, 39, 40, 249].map((index) => glance(index))));
    expect(told).toEqual([true, true, false, false]);
    const again = account(250, 40);
    await again.clock.finish(again.glance(0));
    expect(again.requests).toBe(3);
    expect(here.updating).toBe(40);
  });

  test('knows a stream by its ARN where the request does, and none of another account', async () => {
    const { clock, glance } = account(100, 40);
    expect(await clock.finish(glance(0, { byArn: true }))).toBe(true);
    const another = { kind: 'kinesis', name: 'stream-0', arn: arn(0).replace('111122223333', '444455556666') } as const;
    const { clock: time, sweeps } = account(100, 40);
    expect(await time.finish(sweeps.showsUpdating(another, { sinceMs: 0, waiting: 50, withinMs: 60_000 }, NEVER))).toBe(
      false
    );
  });

  test('is shared by all that ask while it is fresh enough for them', async () => {
    const here = account(100, 40);
    await here.clock.finish(here.glance(0));
    await here.clock.finish(here.glance(1));
    expect(here.requests).toBe(1);
    await here.clock.finish(here.glance(1, { sinceMs: here.clock.now() }));
    expect(here.requests).toBe(2);
  });

  test('that began before a stream began to wait is followed by another for it', async () => {
    const here = account(100, 40);
    const first = here.glance(0);
    const later = here.clock.sleep(50, NEVER).then(() => here.glance(1, { sinceMs: 50 }));
    expect(await here.clock.finish(Promise.all([first, later]))).toEqual([true, true]);
    expect(here.requests).toBe(2);
  });
});

describe('no sweep is made', () => {
  test('where it takes as many requests as there are streams that wait', async () => {
    const here = account(100, 1);
    expect(await here.clock.finish(here.glance(0, { waiting: 1 }))).toBe(false);
    expect(here.requests).toBe(0);
  });

  test('further than it pays, where the list turns out to be long', async () => {
    const here = account(1_000, 5);
    expect(await here.clock.finish(here.glance(0, { waiting: 5 }))).toBe(false);
    expect(here.requests).toBe(4);
    expect(await here.clock.finish(here.glance(0, { waiting: 8, sinceMs: here.clock.now() }))).toBe(false);
    expect(here.requests).toBe(4);
    here.updating = 60;
    expect(await here.clock.finish(here.glance(0, { waiting: 60, sinceMs: here.clock.now() }))).toBe(true);
    expect(here.requests).toBe(14);
  });

  test('that would take longer than looks at all that wait', async () => {
    const here = account(3_000, 100);
    expect(await here.clock.finish(here.glance(0, { waiting: 100 }))).toBe(false);
    expect(here.requests).toBe(25);
    expect(await here.clock.finish(here.glance(0, { waiting: 119, sinceMs: here.clock.now() }))).toBe(false);
    expect(here.requests).toBe(25);
  });

  test('that takes longer than the stream may wait for it', async () => {
    const here = account(300, 40);
    expect(await here.clock.finish(here.glance(0, { withinMs: 500 }))).toBe(false);
    expect(here.clock.now()).toBe(500);
    expect(await here.clock.finish(here.glance(0, { withinMs: 5_000 }))).toBe(true);
  });

  test('for a minute after one that showed fewer streams in flight than it took requests', async () => {
    const here = account(300, 2);
    expect(await here.clock.finish(here.glance(0))).toBe(true);
    expect(await here.clock.finish(here.glance(0, { sinceMs: here.clock.now() }))).toBe(false);
    expect(here.requests).toBe(3);
    await here.clock.finish(here.clock.sleep(60_000, NEVER));
    expect(await here.clock.finish(here.glance(0, { sinceMs: here.clock.now() }))).toBe(true);
  });

  test.each([
    ['a minute after one that failed', 'unanswered', true],
    ['the rest of the run where listing is denied', 'denied', false]
  ] as const)('for %s', async (_, errorKind, comesBack) => {
    const here = account(100, 40);
    here.errorKind = errorKind;
    expect(await here.clock.finish(here.glance(0))).toBe(false);
    here.errorKind = null;
    expect(await here.clock.finish(here.glance(0, { sinceMs: here.clock.now() }))).toBe(false);
    expect(here.requests).toBe(1);
    await here.clock.finish(here.clock.sleep(60_000, NEVER));
    expect(await here.clock.finish(here.glance(0, { sinceMs: here.clock.now() }))).toBe(comesBack);
  });
});

test('a page that does not come in time holds nobody up for longer than five seconds, and nobody again for a minute', async () => {
  const here = account(100, 40);
  const slow = new Sweeps(() => new Promise(() => {}), here.clock);
  const glance = (sinceMs: number) =>
    slow.showsUpdating(
      { kind: 'kinesis', name: 'stream-0', arn: null },
      { sinceMs, waiting: 50, withinMs: 60_000 },
      NEVER
    );
  expect(await here.clock.finish(Promise.all([glance(0), glance(0)]))).toEqual([false, false]);
  expect(here.clock.now()).toBe(5_000);
  expect(await here.clock.finish(glance(5_000))).toBe(false);
  expect(here.clock.now()).toBe(5_000);
  expect(here.clock.timers).toBe(0);
});

test('the end of one stream ends its waiting, and not the sweep that others share', async () => {
  const here = account(300, 40);
  const cancel = new AbortController();
  here.clock.at(100, () => cancel.abort(new Cancelled()));
  const [ended, other] = await here.clock.finish(
    Promise.allSettled([here.glance(0, { signal: cancel.signal }), here.glance(1)])
  );
  expect(ended).toEqual({ status: 'rejected', reason: expect.any(Cancelled) });
  expect(other).toEqual({ status: 'fulfilled', value: true });
  expect(here.requests).toBe(3);
});
