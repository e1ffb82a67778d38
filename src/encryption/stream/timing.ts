/** Time: how long to pause between looks and tries, and the deadline that ends every wait. */

import { type Clock, TimedOut } from '../ports.ts';

const LONGEST_PAUSE_MS = 5_000;
const JITTER = 0.1;

/**
 * The pause before the next look, in milliseconds: about a tenth of the time waited so far, so that the end of a change
 * is noticed within a tenth of its length; never shorter than the service's rate allows, never over five seconds.
 * Where the deadline is near the pauses shrink, so that the last look comes shortly before it.
 */
export function pollInterval(waitedMs: number, leftMs: number, shortestMs: number, random: number): number {
  const wide = Math.min(Math.max(waitedMs / 10, shortestMs), LONGEST_PAUSE_MS / (1 + JITTER));
  return Math.min(jittered(wide, random), Math.max(leftMs / 2, shortestMs));
}

const LONGEST_YIELD_MS = 120_000;

/**
 * For how long a look at a stream that waits may let first requests of other streams go before it, in milliseconds: they
 * are what a run of many streams takes its time for. Never for more than a quarter of the time that is left.
 */
export function lookMayYield(leftMs: number): number {
  return Math.min(leftMs / 4, LONGEST_YIELD_MS);
}

/** The pause before the n-th try (from 1) of a call that did not get through, in milliseconds: doubling up to five seconds. */
export function retryDelay(failures: number, random: number): number {
  return jittered(Math.min(100 * 2 ** failures, LONGEST_PAUSE_MS / (1 + JITTER)), random);
}

function jittered(ms: number, random: number): number {
  return ms * (1 - JITTER + 2 * JITTER * random);
}

/** The end of one stream's time. `signal` aborts with `TimedOut` then, or with `Cancelled` when the run is cancelled. */
export interface Deadline {
  readonly at: number;
  readonly signal: AbortSignal;
  /** Ends whatever is still under way for the stream. */
  stop(): void;
}

/** Starts a deadline `ms` milliseconds from now. */
export function startDeadline(clock: Clock, ms: number, cancelled: AbortSignal): Deadline {
  const timer = new AbortController();
  const over = new AbortController();
  clock.sleep(ms, timer.signal).then(
    () => over.abort(new TimedOut()),
    () => {
      // Stopped before its time: nothing is left to end.
    }
  );
  return {
    at: clock.now() + ms,
    signal: AbortSignal.any([cancelled, over.signal]),
    stop: () => {
      timer.abort();
      over.abort();
    }
  };
}
