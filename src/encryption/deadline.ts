/** Deadlines, and promises that an abort signal ends. */

import { type Clock, TimedOut } from './ports.ts';

/** When the time of a stream, or of the selection, is up. `signal` aborts then with `TimedOut`, or with the reason of the run's cancellation. */
export interface Deadline {
  /** The time left in milliseconds. */
  leftMs(): number;
  readonly signal: AbortSignal;
  /** Starts the countdown; no effect if it is running. */
  start(): void;
  /** Aborts what is still in progress. */
  stop(): void;
}

/** A deadline that passes `ms` milliseconds after it is started. */
export function createDeadline(clock: Clock, ms: number, cancelled: AbortSignal): Deadline {
  const ended = new AbortController();
  const onCancel = () => ended.abort(cancelled.reason);
  cancelled.addEventListener('abort', onCancel, { once: true });
  if (cancelled.aborted) onCancel();
  let at: number | null = null;
  return {
    leftMs: () => (at === null ? ms : at - clock.now()),
    signal: ended.signal,
    start() {
      if (at !== null) return;
      at = clock.now() + ms;
      clock.sleep(ms, ended.signal).then(
        () => ended.abort(new TimedOut()),
        () => {
          // Stopped or cancelled before its time.
        }
      );
    },
    stop() {
      cancelled.removeEventListener('abort', onCancel);
      ended.abort();
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
