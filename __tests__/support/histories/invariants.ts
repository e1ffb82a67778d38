/** What must hold for every run, independent of its history. */

import type { Observation, Outcome } from '../../../src/encryption/model.ts';
import type { History, HistoryCriteria, StreamState } from './history.ts';
import { type KeyName, keyNameOf } from './keys.ts';
import type { HistoryRun } from './run-history.ts';
import type { SentStart } from './stream-model.ts';

export const INVARIANTS: Readonly<Record<string, (run: HistoryRun) => boolean>> = {
  'no start repeats a change that is in progress or succeeded': repeatsNoChange,
  'at most ten starts are sent': ({ model }) => model.starts.length <= 10,
  'the outcome is a success only if the service confirmed the key': succeedsOnlyIfConfirmed,
  'the run ends by its deadline': endsByDeadline,
  'no start is sent that the request does not allow': startsOnlyWhatIsAllowed,
  '`changed` is true only if a start was sent and not rejected': ({ model, result }) =>
    result.changed === model.starts.some(mayHaveTakenEffect),
  'the reported encryption and key are correct': reportsActualState,
  'encrypt plans a change only where max-changes leaves none': ({ history: { mode, mayChange }, result }) =>
    result.outcome !== 'planned' || mode === 'plan' || !mayChange,
  'a change succeeds only after the settle time': waitsForSettleTime,
  'a change that succeeded is not reported as failed': reportsNoFalseFailure,
  'a selected stream keeps another customer key without from-key-id': ({ history: { named, from }, model }) =>
    named || from !== null || model.starts.every(({ key, basis }) => !hasOtherCustomerKey(basis?.state, key)),
  'with from-key-id, only streams on one of these keys change': ({ history, model }) =>
    history.from === null || model.starts.every(({ basis }) => basis && usesFromKey(history, basis.state)),
  'a skipped stream is one that the request excludes, and gets no start': skipsOnlyExcludedStreams,
  'a not-applicable stream does not support encryption or no longer exists': isNotApplicable
};

/** After an accepted start, the run sends another one only if the service reported that the change failed, and only once. */
function repeatsNoChange({ model: { starts, received, otherChangeEndsMs } }: HistoryRun): boolean {
  const mayFollow = ({ atMs }: SentStart, { change, response }: SentStart) => {
    if (change === null) return true;
    const { end, endsAtMs } = change;
    const isUndone = end !== 'succeeds' || otherChangeEndsMs.some((ms) => ms >= endsAtMs && ms <= atMs);
    const isReported = received.some(({ observation, asOfMs }) => observation.phase === 'failed' && asOfMs >= endsAtMs);
    return atMs >= endsAtMs && isUndone && (response !== 'accepted' || isReported);
  };
  const isRepeated = starts.some((later, index) =>
    starts.slice(0, index).some((earlier) => !mayFollow(later, earlier))
  );
  return !isRepeated && starts.filter(({ response }) => response === 'accepted').length <= 2;
}

/** Whether the start may have taken effect, as far as the run knows. */
function mayHaveTakenEffect({ response }: SentStart): boolean {
  return response === 'accepted' || response === 'unanswered';
}

const CONFIRMED: ReadonlySet<Outcome> = new Set(['enabled', 'rekeyed', 'unchanged', 'compliant']);

function succeedsOnlyIfConfirmed({ history, model, result: { outcome } }: HistoryRun): boolean {
  if (!CONFIRMED.has(outcome)) return true;
  const last = model.received.at(-1)?.observation;
  if (last?.phase !== 'final' || last.encrypted !== 'true') return false;
  const key = nameOf(last.key);
  const isUnusable = outcome === 'compliant' && key === 'new' && isKnownUnusable(history);
  // A customer alias may have been moved to another key since, so only a check accepts it as proof.
  const isProof = key === 'aws' || history.mode === 'check' || !last.key?.id.includes('alias/');
  return !isUnusable && meets(key, history.criteria, isProof);
}

function meets(key: KeyName | null, criteria: HistoryCriteria, isProof: boolean): boolean {
  if (criteria.which === 'one') return isProof && key === criteria.key;
  if (criteria.which === 'approved') return criteria.keys.some((approved) => key === approved);
  if (criteria.which === 'aws-owned') return key === 'aws';
  return criteria.which === 'any' || (key !== null && key !== 'aws');
}

function nameOf(key: Observation['key']): KeyName | null {
  return key && keyNameOf(key.id);
}

/** Whether KMS says that the key `new` cannot be used. */
function isKnownUnusable({ newKeyState, canDescribeKeys, keyLookups }: History): boolean {
  return newKeyState !== 'usable' && canDescribeKeys && !keyLookups.some(({ result }) => result === 'denied');
}

function endsByDeadline({ history, endedMs, timersLeft, result: { outcome, durationSeconds } }: HistoryRun): boolean {
  const { timeoutMs, cancelAtMs } = history;
  return (
    timersLeft === 0 &&
    endedMs <= Math.min(timeoutMs, cancelAtMs ?? timeoutMs) &&
    durationSeconds === Math.round(endedMs) / 1_000 &&
    (outcome !== 'timed-out' || endedMs === timeoutMs) &&
    (outcome !== 'cancelled' || endedMs === cancelAtMs)
  );
}

function startsOnlyWhatIsAllowed({ history, model: { starts } }: HistoryRun): boolean {
  const { mode, mayChange, streamArn, criteria, initialState } = history;
  const isEncryptable = !['has-source', 'deleting', 'not-created'].includes(initialState.status);
  const mayStart = mode === 'encrypt' && mayChange && streamArn !== 'of-another-account' && isEncryptable;
  const target = targetOf(criteria);
  const isUnusable = target === 'new' && isKnownUnusable(history);
  return starts.every(({ key }) => mayStart && key === target && !isUnusable);
}

function targetOf(criteria: HistoryCriteria): KeyName {
  return criteria.which === 'one' ? criteria.key : 'aws';
}

/**
 * The reported encryption and key were correct at some time between the last observation and the end of the run. Runs
 * with concurrent changes are left out: these may have changed the stream after the run last saw it at rest.
 */
function reportsActualState({ history: { initialState, reportsTargetEarly }, model, result }: HistoryRun): boolean {
  const last = model.received.at(-1);
  if (last === undefined) return result.encrypted === 'unknown';
  if (model.otherChangeEndsMs.length > 0) return true;
  const keys = model
    .statesSince(last)
    .flatMap((state) => (state.status === 'changing' && reportsTargetEarly ? [state.key, state.target] : [state.key]));
  const key = nameOf(result.key);
  const previous = result.changed ? nameOf(result.previousKey) : null;
  return (
    (result.encrypted === 'unknown' || keys.some((actual) => String(actual !== null) === result.encrypted)) &&
    (result.key === null || keys.includes(key)) &&
    (initialState.key === null || previous === null || [initialState.key, key].includes(previous))
  );
}

/**
 * AWS encrypts every record from five seconds after a change on; the request sets how long to wait. Runs with concurrent
 * changes are left out: the last change may not be the run's own.
 */
function waitsForSettleTime({ history, model, result: { outcome }, endedMs }: HistoryRun): boolean {
  if ((outcome !== 'enabled' && outcome !== 'rekeyed') || model.otherChangeEndsMs.length > 0) return true;
  return model.starts.every(({ change }) => Math.round(endedMs - (change?.endsAtMs ?? 0)) >= history.settleMs);
}

/** A changing stream must report another key for 2 s before the run accepts it. Staler observations can mislead the run. */
function reportsNoFalseFailure({ history, model, result: { outcome, message } }: HistoryRun): boolean {
  const isOfChange = outcome === 'failed' && /the stream ended in|^the change to .* failed/.test(message);
  const isMisled = history.describeCalls.some(({ staleMs }) => staleMs >= 2_000);
  if (!isOfChange || isMisled || model.otherChangeEndsMs.length > 0) return true;
  return model.starts.every(({ change }) => change?.end !== 'succeeds');
}

function hasOtherCustomerKey(state: StreamState | undefined, target: KeyName): boolean {
  const { key = null } = state ?? {};
  return key !== null && key !== 'aws' && key !== target;
}

/** `any` includes a key that the service does not report. No identifier refers to Firehose's AWS owned key. */
function usesFromKey({ kind, from }: History, { status, key }: StreamState): boolean {
  return (from ?? []).some((one) => {
    if (one === 'any') return key !== null || status !== 'at-rest';
    if (one === 'aws-owned') return key === 'aws';
    return key === one && !(kind === 'firehose' && one === 'aws');
  });
}

function skipsOnlyExcludedStreams({ history, model, result: { outcome } }: HistoryRun): boolean {
  if (outcome !== 'skipped') return true;
  const { criteria, from, keyLookups, named, newKeyState } = history;
  const state = model.received.at(-1)?.state;
  if (model.starts.some(mayHaveTakenEffect) || state?.status !== 'at-rest') return false;
  // The run cannot know the key if KMS does not know it, or wrongly reports it as missing.
  const isMissing = newKeyState === 'missing' && state.key === 'new';
  if (isMissing || keyLookups.some(({ result }) => result === 'missing')) return true;
  return from === null ? !named && hasOtherCustomerKey(state, targetOf(criteria)) : !usesFromKey(history, state);
}

function isNotApplicable({ history, result: { outcome } }: HistoryRun): boolean {
  const { initialState, named, describeCalls } = history;
  const isGone = initialState.status === 'deleting' || describeCalls.some(({ result }) => result === 'missing');
  return outcome !== 'not-applicable' || initialState.status === 'has-source' || (isGone && !named);
}
