/** Retries with exponential backoff. The SDK retries too (AWS_MAX_ATTEMPTS, 3): docs/architecture.md has all layers. */

import { type Clock, type ErrorKind, MalformedAnswer, ServiceError } from './ports.ts';

/** Retried until the deadline. */
export const RETRIED: ReadonlySet<ErrorKind> = new Set(['throttled', 'unanswered']);
/** Few attempts after a `limited` error, regardless of `isRetried`: each may count towards a daily limit. */
const MAX_ATTEMPTS_WHEN_LIMITED = 3;
/** Answers that are not whole, from a proxy or a new version of a service, rarely become whole: about three seconds. */
const MAX_ATTEMPTS_WHEN_MALFORMED = 5;

/** The longest delay before a retry or a poll. */
export const MAX_DELAY_MS = 5_000;
const JITTER = 0.1;

export interface RetryOptions {
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Ends the attempts and the delays between them. */
  readonly signal: AbortSignal;
  /** Receives each error before the next attempt, or before the last one is thrown. */
  readonly onError: (error: ServiceError, willRetry: boolean) => void;
  /** Whether to retry after an error; throttled and unanswered calls are retried if left out. */
  readonly isRetried?: (error: ServiceError) => boolean;
  /** The longest delay between two attempts, in milliseconds; five seconds if left out. */
  readonly maxDelayMs?: number;
}

/** Repeats a call until it succeeds or fails with an error that is not retried. The signal ends it. */
export async function retry<T>(
  call: (signal: AbortSignal) => Promise<T>,
  { clock, random, signal, onError, isRetried = isTransient, maxDelayMs = MAX_DELAY_MS }: RetryOptions
): Promise<T> {
  let limited = 0;
  let malformed = 0;
  for (let failures = 1; ; failures++) {
    try {
      return await call(signal);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const isHopeless = error instanceof MalformedAnswer && ++malformed >= MAX_ATTEMPTS_WHEN_MALFORMED;
      const isRetryable =
        error.errorKind === 'limited' ? ++limited < MAX_ATTEMPTS_WHEN_LIMITED : isRetried(error) && !isHopeless;
      const willRetry = isRetryable && !signal.aborted;
      onError(error, willRetry);
      if (!willRetry) throw error;
    }
    await clock.sleep(retryDelay(failures, random(), maxDelayMs), signal);
  }
}

function isTransient({ errorKind }: ServiceError): boolean {
  return RETRIED.has(errorKind);
}

/** The delay before attempt `failures` + 1, in milliseconds: doubles from 200 ms up to `maxMs`. */
export function retryDelay(failures: number, random: number, maxMs = MAX_DELAY_MS): number {
  return jittered(100 * 2 ** failures, random, maxMs);
}

/** Spreads a delay by a tenth in either direction, and keeps it at `maxMs` or less. */
export function jittered(ms: number, random: number, maxMs = MAX_DELAY_MS): number {
  return Math.min(ms, maxMs / (1 + JITTER)) * (1 - JITTER + 2 * JITTER * random);
}
