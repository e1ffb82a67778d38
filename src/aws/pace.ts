/** The account's call rates, shared by everything in the run. */

import type { Clock } from '../encryption/ports.ts';

/**
 * Calls in a second that one account and region has, for all of its callers together. Sources: Kinesis Developer Guide,
 * "Quotas and limits"; Firehose Developer Guide, "Amazon Data Firehose Quota". That of StartStreamEncryption is not
 * published: it is taken to be the lowest of the others. What is not listed here has no rate that a run comes near.
 */
const CALLS_A_SECOND: ReadonlyMap<string, number> = new Map([
  ['kinesis:DescribeStreamSummary', 20],
  ['kinesis:ListStreams', 5],
  ['kinesis:StartStreamEncryption', 5],
  ['firehose:DescribeDeliveryStream', 5],
  ['firehose:ListDeliveryStreams', 5],
  ['firehose:StartDeliveryStreamEncryption', 5]
]);

/** Requests do not arrive as evenly as they are sent; without this much room, five of one second would at times be six. */
const ROOM = 1.06;

/**
 * Other callers of the account show in throttles alone. A rate is cut at once, and comes back slowly: by so much that under
 * a throttle a second, the worst there can be, about a fifth of it is left.
 */
const CUT = 0.9;
const SHARE_REGAINED_A_SECOND = 0.02;
/** Throttles of requests that were on their way when the rate was cut say nothing new. */
const CUT_ONCE_IN_MS = 1_000;

/** A turn that nobody takes is lost: those that were saved up would be more than a second has. */
const RESERVED_FOR_MS = 1_000;

/** Hands out turns, so that no call of the run is made more often than the account allows. */
export class Pace {
  readonly #clock: Clock;
  readonly #closed: AbortSignal;
  readonly #lanes = new Map<string, Lane>();

  /** Where `closed` aborts, nobody waits for turns any more. */
  constructor(clock: Clock, closed: AbortSignal) {
    this.#clock = clock;
    this.#closed = closed;
  }

  /**
   * Resolves when the call may be sent. Where calls queue, one that may yield lets others go first for up to `yieldMs`.
   * Rejects with the signal's reason as soon as it aborts.
   */
  async turn(action: string, signal: AbortSignal, yieldMs = 0): Promise<void> {
    signal.throwIfAborted();
    await this.#lane(action)?.turn(signal, yieldMs);
  }

  /** Takes a turn for a call that is to come; the next one of this action has no more to wait. */
  async reserve(action: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#lane(action)?.reserve(signal);
  }

  /** Slows the action down: the service has refused a call for its rate. */
  throttled(action: string): void {
    this.#lane(action)?.slowDown();
  }

  #lane(action: string): Lane | undefined {
    const rate = CALLS_A_SECOND.get(action);
    if (rate === undefined) return undefined;
    const lane = this.#lanes.get(action) ?? new Lane(rate, this.#clock, this.#closed);
    this.#lanes.set(action, lane);
    return lane;
  }
}

interface Waiting {
  /** Until then it lets others go first. */
  readonly dueMs: number;
  readonly go: () => void;
}

/** The calls of one action, one at a time. */
class Lane {
  readonly #clock: Clock;
  readonly #closed: AbortSignal;
  readonly #pauseMs: number;
  /** In the order of their turns. */
  #waiting: Waiting[] = [];
  #open = false;
  /** When turns were given for calls to come. */
  readonly #reservedMs: number[] = [];
  #freeAtMs = Number.NEGATIVE_INFINITY;
  /** The part of the rate that other callers seem to leave. */
  #share = 1;
  #shareAtMs = 0;
  #cutAtMs = Number.NEGATIVE_INFINITY;

  constructor(rate: number, clock: Clock, closed: AbortSignal) {
    this.#clock = clock;
    this.#closed = closed;
    this.#pauseMs = (1_000 / rate) * ROOM;
  }

  async turn(signal: AbortSignal, yieldMs: number): Promise<void> {
    while (this.#reservedMs.length > 0) {
      const reservedMs = this.#reservedMs.shift() ?? 0;
      if (this.#clock.now() - reservedMs < RESERVED_FOR_MS) return;
    }
    await this.#wait(signal, yieldMs);
  }

  async reserve(signal: AbortSignal): Promise<void> {
    await this.#wait(signal, 0);
    this.#reservedMs.push(this.#clock.now());
  }

  slowDown(): void {
    const now = this.#clock.now();
    if (now - this.#cutAtMs < CUT_ONCE_IN_MS) return;
    this.#share = this.#shareNow() * CUT;
    this.#shareAtMs = now;
    this.#cutAtMs = now;
  }

  #shareNow(): number {
    return Math.min(1, this.#share + ((this.#clock.now() - this.#shareAtMs) / 1_000) * SHARE_REGAINED_A_SECOND);
  }

  #wait(signal: AbortSignal, yieldMs: number): Promise<void> {
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
    if (!this.#open) void this.#handOut();
    return promise;
  }

  async #handOut(): Promise<void> {
    this.#open = true;
    while (this.#waiting.length > 0 && !this.#closed.aborted) {
      const pauseMs = this.#freeAtMs - this.#clock.now();
      if (pauseMs <= 0) {
        this.#freeAtMs = this.#clock.now() + this.#pauseMs / this.#shareNow();
        this.#waiting.shift()?.go();
      } else {
        await this.#clock.sleep(pauseMs, this.#closed).catch(() => {
          // Closed: the loop ends.
        });
      }
    }
    this.#open = false;
  }
}
