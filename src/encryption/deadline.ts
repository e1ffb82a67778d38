/** The system clock, deadlines, and promises that an abort signal ends. */

import { setTimeout } from 'node:timers/promises';
import { type Clock, TimedOut } from './ports.ts';

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal })
};

/** When the time of a stream, or of the selection, is up. `signal` aborts then with `TimedOut`, or with the reason of the run's cancellation. */
export interface Deadline {
  /** The time left in milliseconds. */
  leftMs(): number;
  readonly signal: AbortSignal;
  /** Starts the countdown, or continues it after a pause; no effect if it is running. */
  start(): void;
  /** Stops the countdown until the next start. */
  pause(): void;
  /** Aborts what is still in progress. */
  stop(): void;
}

/** A deadline that passes `ms` milliseconds after it is started. */
export function createDeadline(clock: Clock, ms: number, cancelled: AbortSignal): Deadline {
  const ended = new AbortController();
  let countdown = new AbortController();
  const onCancel = () => end(cancelled.reason);
  cancelled.addEventListener('abort', onCancel, { once: true });
  let pausedLeftMs = ms;
  let at: number | null = null;
  const leftMs = () => (at === null ? pausedLeftMs : at - clock.now());
  const end = (reason?: unknown) => {
    ended.abort(reason);
    countdown.abort();
  };
  if (cancelled.aborted) onCancel();
  return {
    leftMs,
    signal: ended.signal,
    start() {
      if (at !== null || ended.signal.aborted) return;
      at = clock.now() + pausedLeftMs;
      countdown = new AbortController();
      clock.sleep(pausedLeftMs, countdown.signal).then(
        () => ended.abort(new TimedOut()),
        () => {
          // Paused, stopped or cancelled before its time.
        }
      );
    },
    pause() {
      pausedLeftMs = leftMs();
      at = null;
      countdown.abort();
    },
    stop() {
      cancelled.removeEventListener('abort', onCancel);
      end();
    }
  };
}

/** Settles as the promise does, or rejects with the signal's reason once it aborts. The promise itself continues. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([aborted.promise, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
