import { getEventListeners } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { createDeadline, untilAborted } from '../../src/encryption/deadline.ts';
import { Cancelled, TimedOut } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const NEVER = new AbortController().signal;

describe('a deadline', () => {
  test('counts down only between a start and a pause, and aborts with TimedOut when it passes', async () => {
    const clock = new VirtualClock();
    const deadline = createDeadline(clock, 1_000, NEVER);
    const expectLeft = async (afterMs: number, leftMs: number) => {
      await clock.finish(clock.sleep(afterMs, NEVER));
      expect({ leftMs: deadline.leftMs(), aborted: deadline.signal.aborted }).toEqual({ leftMs, aborted: false });
    };
    await expectLeft(5_000, 1_000);
    deadline.start();
    await expectLeft(400, 600);
    deadline.start();
    await expectLeft(100, 500);
    deadline.pause();
    await expectLeft(5_000, 500);
    deadline.start();
    await clock.finish(untilAborted(new Promise(() => {}), deadline.signal).catch(() => undefined));
    expect(clock.now()).toBe(11_000);
    expect(deadline.leftMs()).toBe(0);
    expect(deadline.signal.reason).toBeInstanceOf(TimedOut);
  });

  test('aborts with the reason of the cancellation when the run is cancelled, and keeps no timer', () => {
    const clock = new VirtualClock();
    const cancel = new AbortController();
    const deadline = createDeadline(clock, 600_000, cancel.signal);
    deadline.start();
    cancel.abort(new Cancelled());
    expect(deadline.signal.reason).toBeInstanceOf(Cancelled);
    expect(clock.timers).toBe(0);

    const late = createDeadline(clock, 600_000, cancel.signal);
    late.start();
    expect(late.signal.reason).toBeInstanceOf(Cancelled);
    expect(clock.timers).toBe(0);
  });

  test('aborts its signal, and keeps no timer and no listener, when it is stopped', () => {
    const clock = new VirtualClock();
    const cancel = new AbortController();
    const deadline = createDeadline(clock, 600_000, cancel.signal);
    deadline.start();
    deadline.stop();
    expect(deadline.signal.aborted).toBe(true);
    expect(clock.timers).toBe(0);
    expect(getEventListeners(cancel.signal, 'abort')).toEqual([]);
  });
});

describe('untilAborted', () => {
  test('settles as the promise does and removes its abort listener', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve('done'), signal)).resolves.toBe('done');
    await expect(untilAborted(Promise.reject(new Error('refused')), signal)).rejects.toThrow('refused');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test("rejects with the signal's reason when the signal aborts, or if it has aborted before", async () => {
    const run = new AbortController();
    const waiting = untilAborted(new Promise(() => {}), run.signal);
    run.abort(new Cancelled());
    await expect(waiting).rejects.toBeInstanceOf(Cancelled);
    await expect(untilAborted(new Promise(() => {}), run.signal)).rejects.toBeInstanceOf(Cancelled);
  });
});
