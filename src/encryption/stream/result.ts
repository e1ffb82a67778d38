/** What is told of a stream when its run has ended, from what is known of it by then. */

import { formatError, formatKey } from '../format.ts';
import type { Encrypted, Outcome, ReportedKey, Result } from '../model.ts';
import { Cancelled, ServiceError, TimedOut } from '../ports.ts';
import type { StreamRun } from './stream-run.ts';

/** How a stream's run ended, and the words for it. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly message: string;
  readonly warnings?: readonly string[];
}

/** The result of a course that came to this verdict `durationMs` after it began. */
export function toResult(course: StreamRun, verdict: Verdict, durationMs: number): Result {
  const { stream, region, named } = course.request;
  const { encrypted, key } = verdict.outcome === 'not-applicable' ? UNKNOWN : standing(course);
  return {
    kind: stream.kind,
    name: stream.name,
    arn: course.last?.arn ?? stream.arn,
    region,
    named,
    outcome: verdict.outcome,
    changed: course.change !== null,
    encrypted,
    status: course.last?.status ?? null,
    key,
    previousKey: previousKey(course),
    target: course.change?.to.toSet ?? null,
    inFlight: course.change !== null && !course.changeEnded,
    durationSeconds: Math.round(durationMs) / 1000,
    message: verdict.message,
    warnings: verdict.warnings ?? [],
    previousKeyNeededHours: course.last?.previousKeyNeededHours ?? null
  };
}

interface Standing {
  readonly encrypted: Encrypted;
  readonly key: ReportedKey | null;
}

const UNKNOWN: Standing = { encrypted: 'unknown', key: null };

/** Whether the stream is encrypted now, and with which key; of a change that has not ended or failed, as it was before. */
function standing(course: StreamRun): Standing {
  const { last, atRest, change, changeEnded, request } = course;
  if (last === null) return UNKNOWN;
  if (last.phase === 'changing' || (change !== null && !changeEnded)) {
    if (atRest?.encrypted === 'false') return { encrypted: 'false', key: null };
    // Whether Firehose goes on encrypting with the old key while it moves to a new one, AWS does not say.
    const encrypted = request.stream.kind === 'firehose' ? 'unknown' : last.encrypted;
    return { encrypted, key: atRest === null ? last.key : atRest.key };
  }
  // ENABLING_FAILED tells of the latest attempt only: the stream stays as it was before it.
  if (last.phase === 'failed' && atRest !== null) return { encrypted: atRest.encrypted, key: atRest.key };
  return { encrypted: last.phase === 'unclear' ? 'unknown' : last.encrypted, key: last.key };
}

function previousKey({ change, first, atRest }: StreamRun): ReportedKey | null {
  if (change !== null) return atRest?.key ?? null;
  return first?.phase === 'final' ? first.key : null;
}

/** The verdict on a course that an error ended: its time was over, the run was cancelled, or something refused for good. */
export function verdictOnError(course: StreamRun, error: unknown): Verdict {
  if (error instanceof TimedOut) {
    const seconds = course.request.timeoutMs / 1000;
    return { outcome: 'timed-out', message: `not done within ${seconds} s. ${whereItStands(course)}` };
  }
  if (error instanceof Cancelled) {
    return { outcome: 'cancelled', message: `the run was cancelled. ${whereItStands(course)}` };
  }
  const message = formatError(error);
  const { mode, named } = course.request;
  if (error instanceof ServiceError && error.errorKind === 'missing' && !named) {
    const sent = course.change === null ? '' : `the change to ${formatKey(course.change.to.toSet)} was sent, but `;
    return { outcome: 'not-applicable', message: `${sent}the stream is gone since it was listed (${message})` };
  }
  // Only mode encrypt sends changes, so only there is it worth a word that none was sent.
  return {
    outcome: 'failed',
    message: mode === 'encrypt' ? `${message}. ${whatWasSent(course)}` : message
  };
}

function whereItStands(course: StreamRun): string {
  const { last, trouble } = course;
  const seen = last === null ? 'The service has told nothing of the stream' : `The last status seen was ${last.status}`;
  return `${seen}${trouble === null ? '' : `; the last call failed: ${trouble}`}. ${whatWasSent(course)}`;
}

function whatWasSent({ change, changeEnded, last }: StreamRun): string {
  if (change === null) {
    const inFlight =
      last?.phase === 'changing'
        ? ': the one in flight is not of this run, and the service goes on with it by itself'
        : '';
    return `No change was sent${inFlight}. Running again is safe`;
  }
  const to = formatKey(change.to.toSet);
  if (changeEnded) {
    const end = last?.phase === 'failed' ? 'had failed' : 'had ended; what was left was to make sure of the records';
    return `The change to ${to} ${end}. Running again is safe`;
  }
  if (!change.accepted && last?.phase !== 'changing') {
    return `The change to ${to} had been sent, but no answer came: if it was taken, the service goes on with it by itself. Running again is safe`;
  }
  return `The change to ${to} had been sent, and the service goes on with it by itself. Running again is safe`;
}
