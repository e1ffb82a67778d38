import { type Clock, type ErrorKind, ServiceError } from './ports.ts';
import { retryDelay } from './stream/timing.ts';

const PASSING: ReadonlySet<ErrorKind> = new Set(['throttled', 'unanswered']);
/** The answer to a write that went unanswered must be looked for, not asked for again. */
export const PASSING_FOR_A_WRITE: ReadonlySet<ErrorKind> = new Set(['throttled']);
/** A limit that may be the daily one is met this often at most: each try may count towards it. */
const TRIES_AT_A_LIMIT = 3;

export interface RetryOptions {
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Ends the calls and the pauses between them. */
  readonly signal: AbortSignal;
  /** Takes each trouble that a call met, before the next try or the end. */
  readonly onError: (error: ServiceError, triesAgain: boolean) => void;
}

/** Calls until it gets through, or meets a trouble that does not pass. The signal ends it. */
export async function retry<T>(
  call: (signal: AbortSignal) => Promise<T>,
  { clock, random, signal, onError: onTrouble }: RetryOptions,
  passing = PASSING
): Promise<T> {
  let limited = 0;
  for (let failures = 1; ; failures++) {
    try {
      return await call(signal);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const triesAgain = error.errorKind === 'limited' ? ++limited < TRIES_AT_A_LIMIT : passing.has(error.errorKind);
      onTrouble(error, triesAgain);
      if (!triesAgain) throw error;
    }
    await clock.sleep(retryDelay(failures, random()), signal);
  }
}
