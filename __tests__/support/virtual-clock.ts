import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/encryption/ports.ts';

interface Timer {
  readonly atMs: number;
  readonly fire: () => void;
}

/** A clock that stands still until all that can run has run, and then goes straight to the next timer. It begins at 0. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#nowMs;
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Rejects on abort as Node's timers do: with an error of its own, not with the signal's reason. */
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

  /** Has something happen at a moment. */
  at(atMs: number, fire: () => void): Timer {
    const timer = { atMs, fire };
    this.#timers.add(timer);
    return timer;
  }

  /** Lets time pass until the run has ended. */
  async finish<T>(run: Promise<T>): Promise<T> {
    let over = false;
    const ended = () => {
      over = true;
    };
    run.then(ended, ended);
    for (;;) {
      await setImmediate();
      if (over) return run;
      this.#goToNextTimer();
    }
  }

  /** Of two timers at one moment, the one set first fires first. */
  #goToNextTimer(): void {
    const [first, ...others] = this.#timers;
    if (first === undefined) throw new Error('Nothing is left to wait for, and yet the run has not ended');
    const next = others.reduce((earliest, timer) => (timer.atMs < earliest.atMs ? timer : earliest), first);
    this.#timers.delete(next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.fire();
  }
}

/** The times between moments. */
export function gaps(momentsMs: readonly number[]): number[] {
  return momentsMs.slice(1).map((atMs, index) => atMs - (momentsMs[index] ?? 0));
}
