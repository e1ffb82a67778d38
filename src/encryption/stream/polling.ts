/** Polling one stream: until no change is in flight, until a change of ours has ended, until its records are encrypted. */

import { isProof, type ResolvedObservation } from './observation.ts';
import { pollInterval } from './poll-interval.ts';
import { type SentChange, waitingForOther } from './state.ts';
import type { StreamRun } from './stream-run.ts';

/**
 * How long after the start an answer may still show the state before it: a safety margin, not a measurement. It is compared
 * with the time of the request, because a delayed answer describes that time.
 */
const STALE_FOR_MS = 5_000;
/** A stream that was seen in flight must show another key for this long before the change counts as failed. */
const WRONG_KEY_FOR_MS = 2_000;

interface Poll {
  readonly observation: ResolvedObservation;
  /** When the observation was requested. */
  readonly requestedMs: number;
}

/** Waits for one interval and describes the stream. `sinceMs` is when the wait for the change began. */
async function poll(run: StreamRun, sinceMs: number): Promise<Poll> {
  const { deadline, fleet, minPollIntervalMs } = run;
  // While other streams have not started, noticing this one's end later does not lengthen the run.
  const waitedMs = Math.max(run.now() - sinceMs, fleet.estimatedRemainingMs());
  await run.sleep(pollInterval(waitedMs, deadline.leftMs(), minPollIntervalMs, run.random()));
  const requestedMs = run.now();
  return { observation: await run.describe({ pollTimeLeftMs: deadline.leftMs() }), requestedMs };
}

/** Polls until no change is in flight. */
export async function pollUntilAtRest(run: StreamRun): Promise<ResolvedObservation> {
  const sinceMs = run.now();
  let observation = await run.describe();
  while (observation.phase === 'changing') {
    if (!run.state.waitedForOther) run.log('another change is in flight: waiting for it to end');
    run.apply(waitingForOther);
    run.fleet.setWaiting(true);
    ({ observation } = await poll(run, sinceMs));
  }
  return observation;
}

/**
 * Polls until the change is proved or has failed: the service reports a new failure, or the stream stays on another key.
 * Stale answers are ignored. Resolves with the deciding observation.
 */
export async function pollUntilEnded(run: StreamRun, change: SentChange): Promise<ResolvedObservation> {
  let seenInFlight = false;
  let wrongKeySinceMs: number | null = null;
  for (;;) {
    const { observation, requestedMs } = await poll(run, change.sinceMs);
    if (observation.phase === 'changing') {
      seenInFlight = true;
      wrongKeySinceMs = null;
    } else {
      wrongKeySinceMs ??= run.now();
      const isOtherKey = seenInFlight
        ? requestedMs - wrongKeySinceMs >= WRONG_KEY_FOR_MS
        : requestedMs - change.sinceMs >= STALE_FOR_MS;
      if (isOtherKey || isEnd(observation, change)) return observation;
    }
  }
}

/**
 * After a start whose answer was lost: polls until an observation shows that the change was accepted, in flight or ended.
 * Null if it was not: after a while the stream still looks as before.
 */
export async function pollUntilAccepted(run: StreamRun, change: SentChange): Promise<ResolvedObservation | null> {
  for (;;) {
    const { observation, requestedMs } = await poll(run, change.sinceMs);
    if (observation.phase === 'changing' || isEnd(observation, change)) return observation;
    if (requestedMs - change.sinceMs >= STALE_FOR_MS) return null;
  }
}

/** Whether the observation shows that the change was accepted and has ended. */
function isEnd(observation: ResolvedObservation, { target, before }: SentChange): boolean {
  return isProof(observation, target) || isNewFailure(observation, before);
}

function isNewFailure({ phase, failure }: ResolvedObservation, before: ResolvedObservation): boolean {
  return phase === 'failed' && !(before.phase === 'failed' && before.failure?.reason === failure?.reason);
}

/** After a change, ours or another: waits until every record is encrypted. Source: the manual pages of both Start calls. */
export async function settle(run: StreamRun): Promise<void> {
  run.fleet.setWaiting(false);
  const { settleMs } = run.request;
  if (settleMs === 0) return;
  run.log(`settling for ${settleMs / 1000} s, until every record is encrypted`);
  await run.sleep(settleMs);
}

const RECORD_CHECK_MS = 10_000;
const RECORD_CHECK_INTERVAL_MS = 1_000;

/**
 * Puts records, one a second for ten seconds or until the deadline, until the service confirms that one was encrypted.
 * Resolves with whether it did.
 */
export async function putUntilEncrypted(run: StreamRun): Promise<boolean> {
  run.fleet.setWaiting(false);
  const sinceMs = run.now();
  while (!(await run.putRecord())) {
    run.log('the service accepted a record but did not confirm its encryption');
    if (run.now() + RECORD_CHECK_INTERVAL_MS - sinceMs > RECORD_CHECK_MS) return false;
    if (run.deadline.leftMs() <= RECORD_CHECK_INTERVAL_MS) return false;
    await run.sleep(RECORD_CHECK_INTERVAL_MS);
  }
  return true;
}
