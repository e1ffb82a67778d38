import { getEventListeners } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { createDeadline, untilAborted } from '../../src/encryption/deadline.ts';
import { Cancelled, TimedOut } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const NEVER = new AbortController().signal;

describe('a deadline', () => {
  test('aborts with TimedOut when it passes', async () => {
    const clock = new VirtualClock();
    const deadline = createDeadline(clock, 600_000, NEVER);
    deadline.start();
    expect(deadline.leftMs()).toBe(600_000);

    await clock.finish(aborted(deadline.signal));

    expect(clock.now()).toBe(600_000);
    expect(deadline.leftMs()).toBe(0);
    expect(deadline.signal.reason).toBeInstanceOf(TimedOut);
  });

  test('does not pass before it is started', async () => {
    const clock = new VirtualClock();
    const deadline = createDeadline(clock, 1_000, NEVER);
    await clock.finish(clock.sleep(5_000, NEVER));
    expect(deadline.leftMs()).toBe(1_000);
    expect(deadline.signal.aborted).toBe(false);
  });

  test('ignores a second start', async () => {
    const clock = new VirtualClock();
    const deadline = createDeadline(clock, 1_000, NEVER);
    deadline.start();
    await clock.finish(clock.sleep(400, NEVER));
    deadline.start();
    expect(deadline.leftMs()).toBe(600);
    deadline.stop();
  });

  test('does not pass during a pause, and continues with the time that was left', async () => {
    const clock = new VirtualClock();
    const deadline = createDeadline(clock, 1_000, NEVER);
    deadline.start();
    await clock.finish(clock.sleep(400, NEVER));
    deadline.pause();
    await clock.finish(clock.sleep(5_000, NEVER));
    expect(deadline.leftMs()).toBe(600);
    expect(deadline.signal.aborted).toBe(false);

    deadline.start();
    await clock.finish(aborted(deadline.signal));
    expect(clock.now()).toBe(6_000);
    expect(deadline.signal.reason).toBeInstanceOf(TimedOut);
  });

  test('aborts with the reason of the cancellation when the run is cancelled', async () => {
    const clock = new VirtualClock();
    const cancel = new AbortController();
    const deadline = createDeadline(clock, 600_000, cancel.signal);
    deadline.start();
    clock.at(1_000, () => cancel.abort(new Cancelled()));

    await clock.finish(aborted(deadline.signal));

    expect(clock.now()).toBe(1_000);
    expect(deadline.signal.reason).toBeInstanceOf(Cancelled);
  });

  test('aborts its signal and clears its timer when it is stopped', async () => {
    const clock = new VirtualClock();
    const deadline = createDeadline(clock, 600_000, NEVER);
    deadline.start();

    deadline.stop();

    expect(deadline.signal.aborted).toBe(true);
    await expect(clock.finish(new Promise(() => {}))).rejects.toThrow('The run has not settled');
    expect(clock.now()).toBe(0);
  });
});

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve());
  return promise;
}

describe('untilAborted', () => {
  const NEVER_SETTLES = new Promise<never>(() => {});

  test('settles as the promise does and removes its abort listener', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve('done'), signal)).resolves.toBe('done');
    await expect(untilAborted(Promise.reject(new Error('refused')), signal)).rejects.toThrow('refused');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test("rejects with the signal's reason when the signal aborts", async () => {
    const run = new AbortController();
    const waiting = untilAborted(NEVER_SETTLES, run.signal);
    run.abort(new Cancelled());
    await expect(waiting).rejects.toBeInstanceOf(Cancelled);
  });

  test('rejects immediately if the signal has already aborted', async () => {
    await expect(untilAborted(NEVER_SETTLES, AbortSignal.abort(new Cancelled()))).rejects.toBeInstanceOf(Cancelled);
  });
});
