/** Watching a stream until it is at rest, and until a change of ours is proved or has failed. */

import { isProof, type ResolvedObservation } from './plan.ts';
import type { SentChange, StreamRun } from './stream-run.ts';

/**
 * For how long after the start an answer may still show the state of before. Measured against no service: a margin. What
 * counts is when the look was asked for: an answer that was long on its way tells of then.
 */
const STALE_FOR_MS = 5_000;
/** For how long a stream that was seen in flight must show another key before that is believed. */
const WRONG_FOR_MS = 2_000;

/** Looks until no change is in flight; notes on the course that one was waited out. */
export async function pollUntilAtRest(course: StreamRun): Promise<ResolvedObservation> {
  const sinceMs = course.now();
  let state = await course.look();
  for (;;) {
    if (state.phase !== 'changing') return state;
    if (!course.waitedOut) course.log('an earlier change is in flight: waiting for its end');
    course.waitedOut = true;
    course.waits(true);
    ({ state } = await course.lookAgain(sinceMs));
  }
}

/**
 * Looks until the change is proved, or has plainly failed: the service says so, or the stream stays at rest with another
 * key. A stale answer is neither. Returns the state that settled it.
 */
export async function pollUntilEnded(course: StreamRun, change: SentChange): Promise<ResolvedObservation> {
  let seenInFlight = false;
  let wrongSinceMs: number | null = null;
  for (;;) {
    const { state, askedMs } = await course.lookAgain(change.sinceMs);
    if (state.phase === 'changing') {
      seenInFlight = true;
      wrongSinceMs = null;
    } else {
      wrongSinceMs ??= course.now();
      const believed = seenInFlight ? askedMs - wrongSinceMs >= WRONG_FOR_MS : askedMs - change.sinceMs >= STALE_FOR_MS;
      if (believed || isEnd(state, change)) return state;
    }
  }
}

/**
 * After a start whose answer was lost: the state that shows that it was taken, under way or ended. Null where it was not:
 * the stream still looks as before after a while.
 */
export async function pollUntilTaken(course: StreamRun, change: SentChange): Promise<ResolvedObservation | null> {
  for (;;) {
    const { state, askedMs } = await course.lookAgain(change.sinceMs);
    if (state.phase === 'changing' || isEnd(state, change)) return state;
    if (askedMs - change.sinceMs >= STALE_FOR_MS) return null;
  }
}

/** Whether the state shows that the change was taken and is over. */
function isEnd(state: ResolvedObservation, { to, before }: SentChange): boolean {
  return isProof(state, to) || isNewFailure(state, before);
}

/** Whether the state tells of an attempt that failed after `before` was seen. */
function isNewFailure(state: ResolvedObservation, before: ResolvedObservation): boolean {
  return state.phase === 'failed' && !(before.phase === 'failed' && before.failure?.reason === state.failure?.reason);
}

/** After a change, ours or one waited out: waits until every record is encrypted. Source: both services' Start… manual pages. */
export async function settle(course: StreamRun): Promise<void> {
  course.waits(false);
  const { settleMs } = course.request;
  if (settleMs === 0) return;
  course.log(`settling for ${settleMs / 1000} s, until every record is encrypted`);
  await course.sleep(settleMs);
}

const RECORD_CHECK_MS = 10_000;
const RECORD_CHECK_PAUSE_MS = 1_000;

/** Puts records, a second apart for ten seconds or to the deadline, until the service says that one was encrypted. */
export async function putUntilEncrypted(course: StreamRun): Promise<boolean> {
  const sinceMs = course.now();
  while (!(await course.putRecord())) {
    course.log('the service says that the record it took was not encrypted');
    const nextMs = course.now() + RECORD_CHECK_PAUSE_MS;
    if (nextMs - sinceMs > RECORD_CHECK_MS || nextMs >= course.deadline.at) return false;
    await course.sleep(RECORD_CHECK_PAUSE_MS);
  }
  return true;
}
