/** Deadlines, and promises that an abort signal ends. */

import { type Clock, TimedOut } from './ports.ts';

/** When a stream's time is over. `signal` aborts then with `TimedOut`, or with the reason of the run's cancellation. */
export interface Deadline {
  /** The time left in milliseconds. */
  leftMs(): number;
  readonly signal: AbortSignal;
  /** Starts the time; it has no effect when it is running. */
  start(): void;
  /** Aborts whatever is still in progress. */
  stop(): void;
}

/** A deadline that passes `ms` milliseconds after it is started. */
export function createDeadline(clock: Clock, ms: number, cancelled: AbortSignal): Deadline {
  const timer = new AbortController();
  const passed = new AbortController();
  let at: number | null = null;
  return {
    leftMs: () => (at === null ? ms : at - clock.now()),
    signal: AbortSignal.any([cancelled, passed.signal]),
    start() {
      if (at !== null) return;
      at = clock.now() + ms;
      clock.sleep(ms, timer.signal).then(
        () => passed.abort(new TimedOut()),
        () => {
          // Stopped before its time: nothing is left to abort.
        }
      );
    },
    stop() {
      timer.abort();
      passed.abort();
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
