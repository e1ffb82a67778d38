/** Modes `encrypt` and `plan` for one stream. The functions are the boxes of the flowchart in docs/architecture.md. */

import { formatKey } from '../format.ts';
import type { Result, Source, StreamRequest } from '../model.ts';
import { ServiceError } from '../ports.ts';
import { isProof, type ResolvedObservation, sourceOfRecords, whyNotEncryptable } from './observation.ts';
import { type Plan, type PlannedChange, planChange } from './plan.ts';
import { pollUntilAccepted, pollUntilAtRest, pollUntilEnded, putUntilEncrypted, settle } from './polling.ts';
import type { Verdict } from './result.ts';
import { planSource } from './source.ts';
import { ended, isSent, recordVerified, type SentChange, secondAttempt, waitingForOther } from './state.ts';
import { runStream, type StartAnswer, type StreamRun, type StreamTools } from './stream-run.ts';

/**
 * The delay before the second attempt. A grant takes effect within five minutes, usually within seconds. Source: KMS
 * Developer Guide, "Grant tokens".
 */
const GRANT_DELAY_MS = 10_000;

/**
 * Puts the target key in force with a write only if one is needed, and proves it; mode `plan` reports what would be done.
 * Never rejects: there is always a result by the request's deadline. With `max-changes`, that time does not include the wait to
 * be admitted.
 */
export function encrypt(request: StreamRequest, tools: StreamTools): Promise<Result> {
  return runStream(request, tools, observeAndPlan);
}

async function observeAndPlan(run: StreamRun): Promise<Verdict> {
  const observation = await pollUntilAtRest(run);
  const { change } = run.state;
  // A start whose answer was lost may have been accepted after all.
  if (isSent(change) && isProof(observation, change.target)) return concludeChange(run, change, observation);
  const source = sourceOfRecords(observation);
  if (source !== null) return followSource(run, source);
  const plan = await planFor(run, observation);
  switch (plan.action) {
    case 'change':
      return run.request.mode === 'plan' ? planned(plan, observation) : changeIfAdmitted(run, plan, observation);
    case 'leave':
      return unchanged(run, plan);
    case 'skip':
      if (isSent(change)) return concludeChange(run, change, observation);
      return { outcome: 'skipped', message: plan.why, cause: plan.cause, warnings: plan.warnings };
    case 'not-applicable':
      return { outcome: 'not-applicable', message: plan.why };
    case 'fail':
      return { outcome: 'failed', message: plan.why };
  }
}

/** The records of the delivery stream rest in its source, to which nothing is written. */
async function followSource(run: StreamRun, source: Source): Promise<Verdict> {
  const verdict = planSource(source, await run.observeSource(source), run.request);
  if (verdict.outcome === 'unchanged' && run.state.waitedForOther && run.request.mode === 'encrypt') await settle(run);
  return verdict;
}

/** A failed change leaves the stream as it was, so the plan starts from the observation before it. */
async function planFor(run: StreamRun, observation: ResolvedObservation): Promise<Plan> {
  const { change, beforeChange } = run.state;
  const asBefore = observation.phase === 'failed' && isSent(change) ? beforeChange : null;
  const current = asBefore ?? observation;
  const plan = planChange(run.request, current, await run.resolveCriteria(current));
  if (plan.action !== 'change' || asBefore === null) return plan;
  const failure = observation.failure?.reason ?? observation.status;
  return { ...plan, stateBefore: `${plan.stateBefore}, unchanged by an attempt that failed (${failure})` };
}

function planned(
  { target, stateBefore, cause, warnings }: PlannedChange,
  { failure }: ResolvedObservation,
  whyNotStarted = ''
): Verdict {
  const remedy = failure?.advice ? `. Fix the cause of the failed attempt first: ${failure.advice}` : '';
  const message = `is ${stateBefore}; would be encrypted with ${formatKey(target)}${whyNotStarted}${remedy}`;
  return { outcome: 'planned', message, cause: `${cause}${whyNotStarted}${remedy}`, target, warnings };
}

async function unchanged(run: StreamRun, plan: Extract<Plan, { action: 'leave' }>): Promise<Verdict> {
  const verdict: Verdict = { outcome: 'unchanged', message: plan.why, warnings: plan.warnings };
  if (run.request.mode !== 'encrypt') return verdict;
  if (run.state.waitedForOther) await settle(run);
  return verifyRecords(run, verdict);
}

/** With `max-changes`, the stream may have changed while it waited to be admitted, so it is observed again. */
async function changeIfAdmitted(
  run: StreamRun,
  plan: PlannedChange,
  observation: ResolvedObservation
): Promise<Verdict> {
  switch (await run.admit()) {
    case 'admitted':
      return startChange(run, plan, observation);
    case 'admitted-later':
      return observeAndPlan(run);
    case 'not-admitted':
      return planned(plan, observation, '. Not started: max-changes is reached');
  }
}

async function startChange(run: StreamRun, plan: PlannedChange, before: ResolvedObservation): Promise<Verdict> {
  run.log(`starting encryption with ${formatKey(plan.target)}`);
  const start = await sendStart(run, plan, before);
  switch (start.answer) {
    case 'accepted':
      run.fleet.setWaiting(true);
      return waitForEnd(run, start.change, null);
    case 'lost':
      run.fleet.setWaiting(true);
      return findOutWhetherAccepted(run, start.change);
    case 'busy':
      run.apply(waitingForOther);
      run.fleet.setWaiting(true);
      await run.delayAfterBusy();
      return observeAndPlan(run);
    case 'already-in-force':
      run.apply(waitingForOther);
      return observeAndPlan(run);
  }
}

/** Firehose refuses a configuration that is already in force, for example because another run has just set it. */
async function sendStart(
  run: StreamRun,
  plan: PlannedChange,
  before: ResolvedObservation
): Promise<StartAnswer | { readonly answer: 'already-in-force' }> {
  try {
    return await run.startEncryption(plan, before);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.errorKind !== 'refused') throw error;
    const observation = await run.describe().catch(() => null);
    if (observation === null || !isProof(observation, plan.target)) throw error;
    return { answer: 'already-in-force' };
  }
}

async function findOutWhetherAccepted(run: StreamRun, change: SentChange): Promise<Verdict> {
  run.log('the answer to the start was lost: polling to see whether it was accepted');
  const observation = await pollUntilAccepted(run, change);
  return observation === null ? observeAndPlan(run) : waitForEnd(run, change, observation);
}

/** `seen` is an observation that already shows the change, in flight or ended. */
async function waitForEnd(run: StreamRun, change: SentChange, seen: ResolvedObservation | null): Promise<Verdict> {
  if (!run.request.wait && seen?.phase !== 'failed') {
    const message = `was ${change.stateBefore}; the service accepted the change to ${formatKey(change.target)}`;
    return { outcome: 'started', message };
  }
  const end = seen === null || seen.phase === 'changing' ? await pollUntilEnded(run, change) : seen;
  return isWorthSecondAttempt(run, end) ? makeSecondAttempt(run, end) : concludeChange(run, change, end);
}

function isWorthSecondAttempt(
  { state, request, deadline, fleet }: StreamRun,
  { phase, failure }: ResolvedObservation
): boolean {
  // A second attempt would be one more change.
  if (fleet.admit !== null) return false;
  if (state.isSecondAttempt || phase !== 'failed' || !failure?.isRetryable) return false;
  return deadline.leftMs() > GRANT_DELAY_MS + request.settleMs;
}

async function makeSecondAttempt(run: StreamRun, { failure }: ResolvedObservation): Promise<Verdict> {
  run.apply(secondAttempt);
  run.log(
    `the change failed (${failure?.reason}), perhaps because a new grant has not taken effect yet: retrying once`
  );
  await run.sleep(GRANT_DELAY_MS);
  return observeAndPlan(run);
}

async function concludeChange(run: StreamRun, change: SentChange, end: ResolvedObservation): Promise<Verdict> {
  run.apply(ended);
  const target = formatKey(change.target);
  const obstacle = whyNotEncryptable(end, run.request.named);
  if (obstacle !== null) {
    const outcome = obstacle.action === 'fail' ? 'failed' : obstacle.action;
    return { outcome, message: `the change to ${target} was sent, but ${obstacle.why}`, cause: obstacle.why };
  }
  const { beforeChange } = run.state;
  if (!isProof(end, change.target)) return { outcome: 'failed', ...whyNotProved(beforeChange, change, end) };
  await settle(run);
  return verifyRecords(run, {
    outcome: beforeChange?.encrypted === 'false' ? 'enabled' : 'rekeyed',
    message: `was ${change.stateBefore}; the service now reports ${end.status} with ${formatKey(end.key)}`
  });
}

/** Puts test records if the request asks for it. The verdict is one on a stream that is encrypted as required. */
async function verifyRecords(run: StreamRun, verdict: Verdict): Promise<Verdict> {
  if (!run.request.verifyRecords) return verdict;
  if (await putUntilEncrypted(run)) {
    run.apply(recordVerified);
    return { ...verdict, message: `${verdict.message}; the service confirmed that a test record was encrypted` };
  }
  return {
    ...verdict,
    outcome: 'failed',
    message:
      'the required key is in force, but the service confirmed encryption for none of the test records: run again; if it fails again, contact AWS Support'
  };
}

const ADVICE_WITHOUT_REASON =
  'The service gave no reason: check that the key is enabled, and that the role of this step may use it, then run again';

function whyNotProved(
  beforeChange: ResolvedObservation | null,
  { target, before }: SentChange,
  { phase, status, failure, encrypted, key }: ResolvedObservation
): Pick<Verdict, 'message' | 'cause'> {
  if (phase !== 'failed') {
    const current = encrypted === 'false' ? 'not encrypted' : `with ${formatKey(key)}`;
    const sent = `the change to ${formatKey(target)} was sent, but the stream ended in ${status}`;
    const advice = 'another change may have replaced it. Find out who else changes this stream, then run again';
    return { message: `${sent}, ${current}: ${advice}`, cause: `${sent} without this key: ${advice}` };
  }
  const reason = failure === null ? '' : `: ${failure.reason}`;
  const again = before.failure?.isRetryable ? ' again' : '';
  const failed = `the change to ${formatKey(target)} failed${again} (${status}${reason})`;
  const advice = failure?.advice || ADVICE_WITHOUT_REASON;
  return { message: `${failed}. ${formatUnchanged(beforeChange)}. ${advice}`, cause: `${failed}. ${advice}` };
}

/** Which key is in force after a change that failed. */
function formatUnchanged(beforeChange: ResolvedObservation | null): string {
  if (beforeChange === null) return 'Which key is in force now, if any, cannot be determined';
  if (beforeChange.encrypted === 'false') return 'The stream is still not encrypted';
  return `The stream is still encrypted with ${formatKey(beforeChange.key)}, the previous key`;
}
