import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/encryption/ports.ts';

interface Timer {
  readonly atMs: number;
  readonly fire: () => void;
}

/** A clock that starts at 0 and advances to the next timer when nothing else can run. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#nowMs;
  }

  /** The number of pending timers. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Rejects on abort with its own error, not with the signal's reason, as Node's timers do. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => reject(new Error('The sleep was aborted'));
    if (signal.aborted) {
      abort();
      return promise;
    }
    const timer = this.at(this.#nowMs + ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = () => {
      this.#timers.delete(timer);
      abort();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    return promise;
  }

  /** Calls `fire` at this time. */
  at(atMs: number, fire: () => void): Timer {
    const timer = { atMs, fire };
    this.#timers.add(timer);
    return timer;
  }

  /** Advances the clock until the run has settled. */
  async finish<T>(run: Promise<T>): Promise<T> {
    let isSettled = false;
    const onSettled = () => {
      isSettled = true;
    };
    run.then(onSettled, onSettled);
    for (;;) {
      await Promise.race([run.catch(() => undefined), this.untilIdle()]);
      if (isSettled) return run;
      this.#advance();
    }
  }

  /** Resolves when nothing can run before the next timer. */
  protected async untilIdle(): Promise<void> {
    await setImmediate();
  }

  /** Fires the next timer. Timers with the same time fire in the order in which they were set. */
  #advance(): void {
    const [first, ...others] = this.#timers;
    if (first === undefined) throw new Error('The run has not settled, but no timer is pending');
    const next = others.reduce((earliest, timer) => (timer.atMs < earliest.atMs ? timer : earliest), first);
    this.#timers.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.fire();
  }
}

/** The intervals between times. */
export function intervals(timesMs: readonly number[]): number[] {
  return timesMs.slice(1).map((atMs, index) => atMs - (timesMs[index] ?? 0));
}
