/** Builds a stream's result from what the run observed. Pure. */

import { parseStreamArn } from '../arn.ts';
import { formatCriteria, formatError, formatKey, formatSource } from '../format.ts';
import type { ResolvedKey } from '../keys/resolved-key.ts';
import type { Encrypted, Outcome, Result, Source, StreamKind, StreamRef, StreamRequest, TargetKey } from '../model.ts';
import { Cancelled, ServiceError, TimedOut } from '../ports.ts';
import { withoutStreamName } from './cause.ts';
import { isInFlight, isSent, type SentChange, type StreamState } from './state.ts';

export interface Verdict {
  readonly outcome: Outcome;
  readonly message: string;
  /** The message without what differs between streams with the same cause, such as their keys; the message if left out. */
  readonly cause?: string;
  readonly warnings?: readonly string[];
  /** The key that a change is planned for. */
  readonly target?: TargetKey;
}

/** How long a stream's run took, in milliseconds. */
interface RunTimes {
  readonly durationMs: number;
  /** How long ago the stream was last described; null if it never was. */
  readonly lastObservedMsAgo: number | null;
}

/** The result of a stream, at the end of its run. */
export function toResult(
  request: StreamRequest,
  state: StreamState,
  verdict: Verdict,
  { durationMs, lastObservedMsAgo }: RunTimes
): Result {
  const { stream, region, named } = request;
  const { last, change, source } = state;
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
    ...previousEncryption(source ?? state),
    source: last?.source?.arn ?? null,
    target: toTarget(isSent(change) ? change.target : verdict.target),
    inFlight: isInFlight(change),
    // Nothing is put into a source.
    recordVerified: request.verifyRecords && !last?.source ? state.recordVerified : null,
    durationSeconds: Math.round(durationMs) / 1000,
    message: verdict.message,
    cause: causeOf(verdict, stream, last?.source ?? null),
    reason: isSent(change) ? whyChanged(request, change) : verdict.message,
    lastObservedMsAgo,
    warnings: [...new Set([...warningsOfChange(state), ...(verdict.warnings ?? [])])],
    previousKeyNeededHours: last?.previousKeyNeededHours ?? null
  };
}

/** Without the names of the stream and of the data stream that it reads from. */
function causeOf({ message, cause = message }: Verdict, stream: StreamRef, source: Source | null): string {
  const common = withoutStreamName(cause, stream);
  const read = parseStreamArn(source?.arn ?? '')?.stream;
  return read === undefined ? common : withoutStreamName(common, read);
}

/** If the change failed, its previous key is still in force, and must be usable for more than old records. */
function warningsOfChange({ change, last }: StreamState): readonly string[] {
  if (!isSent(change)) return [];
  const { key } = change.before;
  if (change.stage !== 'ended' || last?.phase !== 'failed' || !key?.unreadable) return change.warnings;
  const { unreadable, problem } = key;
  return change.warnings.flatMap((warning) => (warning === unreadable ? (problem ?? []) : warning));
}

function whyChanged({ criteria, stream }: StreamRequest, { stateBefore }: SentChange): string {
  return `was ${stateBefore}, but the request requires encryption with ${formatCriteria(criteria, [stream.kind])}`;
}

interface Encryption {
  readonly encrypted: Encrypted;
  readonly key: ResolvedKey | null;
}

const UNKNOWN: Encryption = { encrypted: 'unknown', key: null };

/** A source that was described decides for its delivery stream, in every outcome. */
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

function toTarget(target: TargetKey | undefined): TargetKey | null {
  return target === undefined ? null : { type: target.type, id: target.id };
}

type PreviousEncryption = Pick<Result, 'previousKey' | 'previousKeyProblem' | 'previouslyEncrypted'>;

/** The encryption just before our change, or as the run found it. */
function previousEncryption({ change, first, beforeChange }: StreamState): PreviousEncryption {
  const found = first?.phase === 'final' ? first : null;
  const previous = isSent(change) ? beforeChange : found;
  return {
    previousKey: previous?.key ?? null,
    previousKeyProblem: previous?.key?.unreadable ?? null,
    previouslyEncrypted: previous?.encrypted ?? 'unknown'
  };
}

/** Follows the cause of a run that ended early, for all of its streams. Only mode encrypt sends changes. */
function afterEarlyEnd({ mode }: StreamRequest): string {
  const again = 'Running again is safe';
  return mode === 'encrypt' ? `The service continues by itself any change that was sent. ${again}` : again;
}

/** The verdict on a run that an error ended: its deadline passed, it was cancelled, or a service refused for good. */
export function verdictOnError(
  request: StreamRequest,
  state: StreamState,
  error: unknown,
  lastError: string | null
): Verdict {
  if (error instanceof TimedOut) {
    const late = `did not finish within ${request.timeoutMs / 1000} s (timeout-seconds)`;
    const message = `${late}. ${formatProgress(state, lastError)}`;
    const cause = `${late}. ${formatSeen(state, lastError)}. ${afterEarlyEnd(request)}`;
    return { outcome: 'timed-out', message, cause };
  }
  if (error instanceof Cancelled) {
    const message = `the run was cancelled. ${formatProgress(state, lastError)}`;
    return { outcome: 'cancelled', message, cause: `the run was cancelled. ${afterEarlyEnd(request)}` };
  }
  const message = error instanceof ServiceError ? formatError(error) : `${formatError(error)}. ${DEFECT}`;
  const { mode, named } = request;
  if (error instanceof ServiceError && error.errorKind === 'missing' && !named) {
    const { change } = state;
    const sent = isSent(change) ? `the change to ${formatKey(change.target)} was sent, but ` : '';
    const cause = `the stream no longer exists, although it was listed (${message})`;
    return { outcome: 'not-applicable', message: `${sent}${cause}`, cause };
  }
  // Other modes never send a change, so saying that none was sent would be noise.
  return {
    outcome: 'failed',
    message: mode === 'encrypt' ? `${message}. ${formatChange(state, mayBeTransient(error))}` : message,
    cause: message
  };
}

const DEFECT = 'This is an error of the action itself: report it as an issue, with this message';

/** Whether the same run may succeed if it is repeated without a correction. */
function mayBeTransient(error: unknown): boolean {
  return error instanceof ServiceError && error.errorKind === 'unanswered';
}

function formatProgress(state: StreamState, lastError: string | null): string {
  return `${formatSeen(state, lastError)}. ${formatChange(state.source ?? state, true)}`;
}

function formatSeen(state: StreamState, lastError: string | null): string {
  return `${formatLastStatus(state)}${lastError === null ? '' : `; the last call failed: ${lastError}`}`;
}

function formatLastStatus({ last, source }: StreamState): string {
  if (source?.last) return `The last status of the source ${source.last.arn} was ${source.last.status}`;
  if (last === null) return 'The service has not described the stream';
  return last.source === null
    ? `The last status was ${last.status}`
    : `The service has not described the source ${formatSource(last.source)}`;
}

/** Says what became of the change. Running again helps if nothing must be corrected first, or to see how the change ended. */
function formatChange({ change, last, isRefused }: StreamState, mayRepeat: boolean): string {
  const isChanging = last?.phase === 'changing';
  const again = '. Running again is safe';
  const againUnlessCorrected = mayRepeat ? again : '';
  if (!isSent(change)) {
    const other = isChanging
      ? ': the change in flight was started elsewhere, and the service continues it by itself'
      : '';
    return `${isRefused ? 'The service accepted no change' : 'No change was sent'}${other}${againUnlessCorrected}`;
  }
  const subject = `The change to ${formatKey(change.target)}`;
  if (change.stage === 'ended') {
    const end = last?.phase === 'failed' ? 'failed' : 'ended; only settling or the record check was left';
    return `${subject} ${end}${againUnlessCorrected}`;
  }
  if (change.stage === 'sent' && !isChanging) {
    return `${subject} was sent, but no usable answer came: if it was accepted, the service continues it by itself${again}`;
  }
  return `${subject} was sent, and the service continues it by itself${again}`;
}
