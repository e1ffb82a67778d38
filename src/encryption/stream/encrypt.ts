import { formatKey } from '../format.ts';
import type { Result, StreamRequest } from '../model.ts';
import { ServiceError } from '../ports.ts';
import { runStream } from './follow.ts';
import { isProof, type Plan, planChange, type ResolvedObservation, whyNotEncryptable } from './plan.ts';
import { pollUntilAtRest, pollUntilEnded, pollUntilTaken, putUntilEncrypted, settle } from './polling.ts';
import type { Verdict } from './result.ts';
import type { SentChange, StreamRun, StreamTools } from './stream-run.ts';

/** A pause for a grant to become known. It may take five minutes; most are quicker. Source: KMS Developer Guide, "Grants". */
const GRANT_SPREADS_MS = 10_000;

/**
 * Makes one stream encrypted as asked, with a write only where one is needed, and proves it; in mode `plan`, tells what
 * it would do. Never rejects: whatever happens is told in the result, by the request's deadline.
 */
export function encrypt(request: StreamRequest, tools: StreamTools): Promise<Result> {
  return runStream(request, tools, async (course) => {
    let secondTry = false;
    for (;;) {
      const state = await pollUntilAtRest(course);
      // A start that was given up for lost may have been taken after all.
      if (course.change !== null && isProof(state, course.change.to)) return afterChange(course, course.change, state);
      const plan = await planFor(course, state);
      if (plan.action === 'skip' && course.change !== null) return afterChange(course, course.change, state);
      if (plan.action !== 'change') return withoutChange(course, plan);
      const to = formatKey(plan.to.toSet);
      if (request.mode === 'plan') return { outcome: 'planned', message: `is ${plan.from}; would get ${to}` };

      const started = await startChange(course, plan, state);
      if (started === null) continue;
      const { change, seen } = started;
      if (!request.wait && seen?.phase !== 'failed') {
        return { outcome: 'started', message: `was ${plan.from}; the service accepted the change to ${to}` };
      }
      const ended = seen === null || seen.phase === 'changing' ? await pollUntilEnded(course, change) : seen;
      if (secondTry || !mayPass(course, ended)) return afterChange(course, change, ended);
      secondTry = true;
      course.changeEnded = true;
      course.log(
        `the change failed (${ended.failure?.reason}), as it may where a grant is not known everywhere yet: trying once more`
      );
      await course.sleep(GRANT_SPREADS_MS);
    }
  });
}

/** What to do with the stream. Where a change of ours failed, it is still as it was at rest before that. */
async function planFor(course: StreamRun, state: ResolvedObservation): Promise<Plan> {
  const { request, change, atRest } = course;
  const asBefore = state.phase === 'failed' && change !== null ? atRest : null;
  const plan = planChange(request, asBefore ?? state, await course.wanted(asBefore ?? state));
  if (plan.action !== 'change' || asBefore === null) return plan;
  return { ...plan, from: `${plan.from}, also after a change that failed (${state.failure?.reason ?? state.status})` };
}

/** Whether a change that failed is worth a second one, and its time is left. */
function mayPass(course: StreamRun, { phase, failure }: ResolvedObservation): boolean {
  const leftMs = course.deadline.at - course.now();
  return (
    phase === 'failed' && failure !== null && failure.isRetryable && leftMs > GRANT_SPREADS_MS + course.request.settleMs
  );
}

async function withoutChange(course: StreamRun, plan: Exclude<Plan, { action: 'change' }>): Promise<Verdict> {
  switch (plan.action) {
    case 'fail':
      return { outcome: 'failed', message: plan.why };
    case 'not-applicable':
      return { outcome: 'not-applicable', message: plan.why };
    case 'skip':
      return { outcome: 'skipped', message: plan.why, warnings: plan.warnings };
    case 'leave': {
      const verdict = { outcome: 'unchanged', message: plan.why, warnings: plan.warnings } as const;
      return course.waitedOut && course.request.mode === 'encrypt' ? afterSettling(course, verdict) : verdict;
    }
  }
}

/** A change that the service has taken, and the state that shows it where one was looked for. */
interface Started {
  readonly change: SentChange;
  readonly seen: ResolvedObservation | null;
}

/** Sends the change; null where it was plainly not taken, so that the stream is to be looked at again. */
async function startChange(
  course: StreamRun,
  { to, from }: Extract<Plan, { action: 'change' }>,
  before: ResolvedObservation
): Promise<Started | null> {
  course.log(`starting encryption with ${formatKey(to.toSet)}`);
  try {
    const sent = await course.send(to, from, before);
    course.waits(true);
    if (sent.answer === 'accepted') return { change: sent.change, seen: null };
    if (sent.answer === 'busy') {
      course.waitedOut = true;
      await course.pauseAfterBusy();
      return null;
    }
    course.log('the answer to the start was lost: looking whether it was taken');
    const seen = await pollUntilTaken(course, sent.change);
    return seen === null ? null : { change: sent.change, seen };
  } catch (error) {
    // Another run may have been quicker with the same change: Firehose refuses the configuration that is in force.
    if (!(error instanceof ServiceError) || error.errorKind !== 'refused') throw error;
    const seen = await course.look().catch(() => null);
    if (seen === null || !isProof(seen, to)) throw error;
    course.waitedOut = true;
    return null;
  }
}

async function afterChange(course: StreamRun, change: SentChange, state: ResolvedObservation): Promise<Verdict> {
  course.changeEnded = true;
  const obstacle = whyNotEncryptable(state, course.request.named);
  if (obstacle !== null) {
    const outcome = obstacle.action === 'fail' ? 'failed' : obstacle.action;
    return { outcome, message: `the change to ${formatKey(change.to.toSet)} was sent, but ${obstacle.why}` };
  }
  if (!isProof(state, change.to)) return { outcome: 'failed', message: whyNotProved(course, change, state) };
  const outcome = course.atRest?.encrypted === 'false' ? 'enabled' : 'rekeyed';
  const message = `was ${change.from}; now the service itself reports ${state.status} with ${formatKey(state.key)}`;
  return afterSettling(course, { outcome, message });
}

async function afterSettling(course: StreamRun, verdict: Verdict): Promise<Verdict> {
  await settle(course);
  if (!course.request.verifyRecords) return verdict;
  if (await putUntilEncrypted(course)) {
    return { ...verdict, message: `${verdict.message}; it says of a record put since that it was encrypted` };
  }
  return {
    outcome: 'failed',
    message:
      'the stream is at rest with the key asked for, but the service did not say of any record put since that it was encrypted'
  };
}

function whyNotProved({ atRest }: StreamRun, change: SentChange, state: ResolvedObservation): string {
  const to = formatKey(change.to.toSet);
  if (state.phase !== 'failed') {
    return (
      `the change to ${to} was sent, but the stream came back ${state.status}, ${encryptionInWords(state)}: ` +
      'another change may have overtaken it. See who else changes this stream, then run again'
    );
  }
  const why = state.failure === null ? '' : `: ${state.failure.reason}`;
  const again = change.before.failure?.isRetryable ? ' again' : '';
  const failed = `the change to ${to} failed${again} (${state.status}${why})`;
  const fix = state.failure?.advice || 'Fix the key, then run again';
  if (atRest === null) return `${failed}. Which key is in force now, if any, cannot be determined. ${fix}`;
  if (atRest.encrypted === 'false') return `${failed}. The stream is still not encrypted. ${fix}`;
  return `${failed}. The stream is still encrypted with ${formatKey(atRest.key)}, the previous key. ${fix}`;
}

function encryptionInWords({ encrypted, key }: ResolvedObservation): string {
  return encrypted === 'false' ? 'not encrypted' : `with ${formatKey(key)}`;
}
