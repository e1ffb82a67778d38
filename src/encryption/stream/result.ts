/** Builds a stream's result from what the run observed. Pure. */

import { formatError, formatKey, formatSource } from '../format.ts';
import type { ResolvedKey } from '../keys/resolved-key.ts';
import type { Encrypted, Outcome, Result, StreamKind, StreamRef, StreamRequest } from '../model.ts';
import { Cancelled, ServiceError, TimedOut } from '../ports.ts';
import { isInFlight, isSent, type StreamState } from './state.ts';

export interface Verdict {
  readonly outcome: Outcome;
  readonly message: string;
  readonly warnings?: readonly string[];
}

/** The result of a stream whose run took `durationMs`. */
export function toResult(request: StreamRequest, state: StreamState, verdict: Verdict, durationMs: number): Result {
  const { stream, region, named } = request;
  const { last, change, source } = state;
  const previous = previousKey(source ?? state);
  const { encrypted, key } = encryptionOf(stream, state, verdict);
  return {
    kind: stream.kind,
    name: stream.name,
    arn: last?.arn ?? stream.arn,
    region,
    named,
    outcome: verdict.outcome,
    changed: isSent(change),
    encrypted,
    status: last?.status ?? null,
    key,
    keyArn: key?.arn ?? null,
    previousKey: previous,
    previousKeyProblem: previous?.unreadable ?? null,
    source: last?.source?.arn ?? null,
    target: isSent(change) ? { type: change.target.type, id: change.target.id } : null,
    inFlight: isInFlight(change),
    recordVerified: request.verifyRecords ? state.recordVerified : null,
    durationSeconds: Math.round(durationMs) / 1000,
    message: verdict.message,
    warnings: [...new Set([...(isSent(change) ? change.warnings : []), ...(verdict.warnings ?? [])])],
    previousKeyNeededHours: last?.previousKeyNeededHours ?? null
  };
}

interface Encryption {
  readonly encrypted: Encrypted;
  readonly key: ResolvedKey | null;
}

const UNKNOWN: Encryption = { encrypted: 'unknown', key: null };

/** A source that was described decides for its delivery stream, whatever the outcome. */
function encryptionOf({ kind }: StreamRef, state: StreamState, { outcome }: Verdict): Encryption {
  if (state.source !== null) return encryptionNow('kinesis', state.source);
  return outcome === 'not-applicable' ? UNKNOWN : encryptionNow(kind, state);
}

/** Whether the stream is encrypted now, and with which key. During a change, and after a failed one, the state before it. */
function encryptionNow(kind: StreamKind, { last, beforeChange, change }: StreamState): Encryption {
  if (last === null) return UNKNOWN;
  if (last.phase === 'changing' || isInFlight(change)) {
    if (beforeChange?.encrypted === 'false') return { encrypted: 'false', key: null };
    // AWS does not document whether Firehose keeps encrypting with the previous key during a change.
    const encrypted = kind === 'firehose' ? 'unknown' : last.encrypted;
    return { encrypted, key: beforeChange === null ? last.key : beforeChange.key };
  }
  // ENABLING_FAILED is about the latest attempt only: the stream stays as it was before it.
  if (last.phase === 'failed' && beforeChange !== null) {
    return { encrypted: beforeChange.encrypted, key: beforeChange.key };
  }
  return { encrypted: last.phase === 'unclear' ? 'unknown' : last.encrypted, key: last.key };
}

function previousKey({ change, first, beforeChange }: StreamState): ResolvedKey | null {
  if (isSent(change)) return beforeChange?.key ?? null;
  return first?.phase === 'final' ? first.key : null;
}

/** The verdict on a run that an error ended: its deadline passed, it was cancelled, or a service refused for good. */
export function verdictOnError(
  request: StreamRequest,
  state: StreamState,
  error: unknown,
  lastError: string | null
): Verdict {
  if (error instanceof TimedOut) {
    const message = `did not finish within ${request.timeoutMs / 1000} s. ${formatProgress(state, lastError)}`;
    return { outcome: 'timed-out', message };
  }
  if (error instanceof Cancelled) {
    return { outcome: 'cancelled', message: `the run was cancelled. ${formatProgress(state, lastError)}` };
  }
  const message = formatError(error);
  const { mode, named } = request;
  if (error instanceof ServiceError && error.errorKind === 'missing' && !named) {
    const { change } = state;
    const sent = isSent(change) ? `the change to ${formatKey(change.target)} was sent, but ` : '';
    return {
      outcome: 'not-applicable',
      message: `${sent}the stream no longer exists, although it was listed (${message})`
    };
  }
  // Other modes never send a change, so saying that none was sent would be noise.
  return { outcome: 'failed', message: mode === 'encrypt' ? `${message}. ${formatChange(state)}` : message };
}

function formatProgress(state: StreamState, lastError: string | null): string {
  const lastFailure = lastError === null ? '' : `; the last call failed: ${lastError}`;
  return `${formatLastStatus(state)}${lastFailure}. ${formatChange(state.source ?? state)}`;
}

function formatLastStatus({ last, source }: StreamState): string {
  if (source?.last) return `The last status of the source ${source.last.arn} was ${source.last.status}`;
  if (last === null) return 'The service has not described the stream';
  return last.source === null
    ? `The last status was ${last.status}`
    : `The service has not described the source ${formatSource(last.source)}`;
}

function formatChange({ change, last }: StreamState): string {
  const isChanging = last?.phase === 'changing';
  if (!isSent(change)) {
    const other = isChanging
      ? ': the change in flight was started elsewhere, and the service continues it by itself'
      : '';
    return `No change was sent${other}. Running again is safe`;
  }
  const subject = `The change to ${formatKey(change.target)}`;
  if (change.stage === 'ended') {
    const end = last?.phase === 'failed' ? 'failed' : 'ended; only settling or the record check was left';
    return `${subject} ${end}. Running again is safe`;
  }
  if (change.stage === 'sent' && !isChanging) {
    return `${subject} was sent, but no answer came: if it was accepted, the service continues it by itself. Running again is safe`;
  }
  return `${subject} was sent, and the service continues it by itself. Running again is safe`;
}
