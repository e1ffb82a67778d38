/** Client-side rate limiting: no call of the run is sent more often than the account's quotas allow. */

import type { Clock } from '../encryption/ports.ts';
import { callsPerSecond } from './quotas.ts';

/** Delays bunch requests. The extra room keeps a sixth request from arriving within a second whose quota is five. */
const ROOM_FOR_DELAYS = 1.06;

/**
 * Throttles are the only sign of other callers of the account. The rate is cut at once and recovers slowly: with one
 * throttle a second, the worst case, it settles at about a fifth.
 */
const CUT = 0.9;
const RECOVERY_PER_SECOND = 0.02;
/** Throttles of requests that were already sent when the rate was cut are no reason to cut again. */
const MIN_CUT_INTERVAL_MS = 1_000;

const MAX_YIELD_MS = 120_000;

/**
 * How long a poll may let other requests go first, in milliseconds: at most a quarter of the time left. First requests and
 * starts determine how long a run of many streams takes, so polls yield to them.
 */
export function yieldTimeMs(timeLeftMs: number): number {
  return Math.min(timeLeftMs / 4, MAX_YIELD_MS);
}

/** Unused permits expire, so that only a few can be saved up and used at once. */
const PERMIT_EXPIRES_MS = 250;

/** Permission to send one request. */
export interface Permit {
  /** Uses the permit; false if it was used before or has expired, and another one must be acquired. */
  use(): boolean;
}

/** Makes each call wait until the quota of its action has room. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #closed: AbortSignal;
  readonly #queues = new Map<string, Queue>();

  /** Once `closed` aborts, nothing waits any more. */
  constructor(clock: Clock, closed: AbortSignal) {
    this.#clock = clock;
    this.#closed = closed;
  }

  /**
   * Resolves when the call may be sent. Later calls may overtake this one for `yieldMs`. Rejects with the
   * signal's reason as soon as it aborts.
   */
  async acquire(action: string, signal: AbortSignal, yieldMs = 0): Promise<Permit> {
    signal.throwIfAborted();
    await this.#queue(action)?.wait(signal, yieldMs);
    const expiresAtMs = this.#clock.now() + PERMIT_EXPIRES_MS;
    let isUsed = false;
    return {
      use: () => {
        const isValid = !isUsed && this.#clock.now() < expiresAtMs;
        isUsed = true;
        return isValid;
      }
    };
  }

  /** Slows the action down, because the service throttled it. */
  throttled(action: string): void {
    this.#queue(action)?.slowDown();
  }

  /** Lets all calls of the action go: their requests no longer leave, because their host cannot be reached. */
  lift(action: string): void {
    this.#queue(action)?.lift();
  }

  #queue(action: string): Queue | undefined {
    const rate = callsPerSecond(action);
    if (rate === null) return undefined;
    const queue = this.#queues.get(action) ?? new Queue(rate, this.#clock, this.#closed);
    this.#queues.set(action, queue);
    return queue;
  }
}

interface Waiting {
  /** Until then it lets others go first. */
  readonly dueMs: number;
  readonly go: () => void;
}

/** The calls of one action. */
class Queue {
  readonly #clock: Clock;
  readonly #closed: AbortSignal;
  #intervalMs: number;
  /** In the order in which they will go. */
  #waiting: Waiting[] = [];
  #isRunning = false;
  #nextAtMs = Number.NEGATIVE_INFINITY;
  /** The estimated share of the quota that other callers leave. */
  #share = 1;
  #shareAtMs = 0;
  #cutAtMs = Number.NEGATIVE_INFINITY;

  constructor(rate: number, clock: Clock, closed: AbortSignal) {
    this.#clock = clock;
    this.#closed = closed;
    this.#intervalMs = (1_000 / rate) * ROOM_FOR_DELAYS;
  }

  slowDown(): void {
    const now = this.#clock.now();
    if (now - this.#cutAtMs < MIN_CUT_INTERVAL_MS) return;
    this.#share = this.#shareNow() * CUT;
    this.#shareAtMs = now;
    this.#cutAtMs = now;
  }

  lift(): void {
    this.#intervalMs = 0;
  }

  #shareNow(): number {
    return Math.min(1, this.#share + ((this.#clock.now() - this.#shareAtMs) / 1_000) * RECOVERY_PER_SECOND);
  }

  wait(signal: AbortSignal, yieldMs: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = () => {
      this.#waiting = this.#waiting.filter((one) => one !== waiting);
      reject(signal.reason);
    };
    const waiting = {
      dueMs: this.#clock.now() + yieldMs,
      go: () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      }
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const behind = this.#waiting.findLastIndex(({ dueMs }) => dueMs <= waiting.dueMs);
    this.#waiting.splice(behind + 1, 0, waiting);
    if (!this.#isRunning) void this.#run();
    return promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0 && !this.#closed.aborted) {
      const delayMs = this.#nextAtMs - this.#clock.now();
      if (delayMs <= 0) {
        this.#nextAtMs = this.#clock.now() + this.#intervalMs / this.#shareNow();
        this.#waiting.shift()?.go();
      } else {
        await this.#clock.sleep(delayMs, this.#closed).catch(() => {
          // Closed: the loop ends.
        });
      }
    }
    this.#isRunning = false;
  }
}
