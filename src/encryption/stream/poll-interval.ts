/** The interval between two polls. */

import { jittered } from '../retry.ts';

/**
 * The interval before the next poll, in milliseconds: a tenth of the time waited so far, so that the end of a change is
 * noticed within a tenth of its duration; at least what the service allows, at most five seconds, with a jitter of a
 * tenth (`jittered` applies both). Close to the deadline it shrinks, so that the last poll comes shortly before it. The rate limiter may
 * delay the poll further.
 */
export function pollInterval(waitedMs: number, leftMs: number, minIntervalMs: number, random: number): number {
  return Math.min(jittered(Math.max(waitedMs / 10, minIntervalMs), random), Math.max(leftMs / 2, minIntervalMs));
}
