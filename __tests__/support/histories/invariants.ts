/** What must hold for every run, independent of its history. Each invariant returns what violates it, or null. */

import type { Observation, Outcome, StreamKind } from '../../../src/encryption/model.ts';
import {
  type History,
  type HistoryCriteria,
  type HistoryFromKey,
  type KeyName,
  keyNameOf,
  type StreamState,
  targetKeyOf
} from './history.ts';
import type { HistoryRun } from './run-history.ts';
import { mayHaveTakenEffect, type ReceivedObservation, type SentStart } from './stream-model.ts';

type Invariant = (run: HistoryRun) => string | null;

export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'no start repeats a change that is in progress or succeeded': noRepeatedStart,
  'at most ten starts are sent': ({ model: { starts } }) =>
    starts.length > 10 ? `${starts.length} starts were sent` : null,
  'the outcome is a success only if the service confirmed the key': noUnconfirmedSuccess,
  'the run ends by its deadline': endsByDeadline,
  'no start is sent that the request does not allow': noForbiddenStart,
  '`changed` is true only if a start was sent and not rejected': changedIsCorrect,
  'the reported encryption and key are correct': reportedStateIsCorrect,
  'encrypt plans a change only where max-changes leaves none': ({ history: { mode, mayChange }, result }) =>
    result.outcome === 'planned' && mode !== 'plan' && mayChange ? `in mode ${mode}` : null,
  'a change succeeds only after the settle time': waitsForSettleTime,
  'a change that succeeded is not reported as failed': noFalseFailure,
  'a selected stream keeps another customer key without from-key-id': keepsOtherCustomerKey,
  'with from-key-id, only streams on one of these keys change': changesOnlyFromKeys,
  'a skipped stream is one that the request excludes, and gets no start': skipsOnlyExcludedStreams,
  'a not-applicable stream does not support encryption or no longer exists': notApplicableIsCorrect
};

/**
 * A change that is in progress or succeeded is never sent again. After an accepted start, the run sends another one only
 * if the service reported that the change failed.
 */
function noRepeatedStart({ model }: HistoryRun): string | null {
  const { starts, received, concurrentChangeEndsMs } = model;
  for (const [index, earlier] of starts.entries()) {
    const { change } = earlier;
    if (change === null) continue;
    for (const later of starts.slice(index + 1)) {
      if (later.atMs < change.endsAtMs) return `sent at ${later.atMs} during the change sent at ${earlier.atMs}`;
      const isUndone = concurrentChangeEndsMs.some((ms) => ms >= change.endsAtMs && ms <= later.atMs);
      if (change.end === 'succeeds' && !isUndone) {
        return `sent at ${later.atMs} although the change sent at ${earlier.atMs} succeeded`;
      }
      const failureReported = received.some(
        ({ observation, asOfMs }) => observation.phase === 'failed' && asOfMs >= change.endsAtMs
      );
      if (earlier.response === 'accepted' && !failureReported) {
        return `sent at ${later.atMs} although the start at ${earlier.atMs} was accepted and not reported as failed`;
      }
    }
  }
  const accepted = starts.filter(({ response }) => response === 'accepted').length;
  return accepted > 2 ? `${accepted} starts were accepted` : null;
}

const CONFIRMED: ReadonlySet<Outcome> = new Set(['enabled', 'rekeyed', 'unchanged', 'compliant']);

function noUnconfirmedSuccess({ history, model, result: { outcome } }: HistoryRun): string | null {
  if (!CONFIRMED.has(outcome)) return null;
  const last = model.received.at(-1)?.observation;
  if (last === undefined) return `${outcome} without any observation`;
  if (last.phase !== 'final' || last.encrypted !== 'true') return `${outcome}, but the last status was ${last.status}`;
  if (!meetsCriteria(last, history.criteria, history.mode === 'check')) {
    return `${outcome}, but the key was ${last.key?.id}`;
  }
  if (outcome !== 'compliant' || !isKeyStateKnown(history)) return null;
  const cannotDecrypt = ['disabled', 'pending-deletion', 'missing'].includes(history.newKeyState);
  return keyOf(last) === 'new' && cannotDecrypt ? 'compliant with an unusable key' : null;
}

function isKeyStateKnown({ canDescribeKeys, keyLookups }: History): boolean {
  return canDescribeKeys && !keyLookups.some(({ result }) => result === 'denied');
}

/** A customer alias may have been moved to another key since, so only a check accepts it as proof. */
function meetsCriteria(observation: Observation, criteria: HistoryCriteria, acceptsAlias: boolean): boolean {
  const key = keyOf(observation);
  const isAlias = observation.key?.id.includes('alias/') === true;
  if (criteria.which === 'one') return key === criteria.key.key && (key === 'aws' || acceptsAlias || !isAlias);
  if (criteria.which === 'approved') return criteria.keys.some((approved) => key === approved.key);
  if (criteria.which === 'aws-owned') return key === 'aws';
  return criteria.which === 'any' || (key !== null && key !== 'aws');
}

function keyOf({ key }: Observation): KeyName | null {
  return key === null ? null : keyNameOf(key.id);
}

function endsByDeadline({ history, endedMs, timersLeft, result }: HistoryRun): string | null {
  const { timeoutMs, cancelAtMs } = history;
  if (timersLeft !== 0) return `${timersLeft} timers were left`;
  if (endedMs > Math.min(timeoutMs, cancelAtMs ?? timeoutMs)) return `it ended at ${endedMs}`;
  if (result.durationSeconds !== Math.round(endedMs) / 1_000) return `it reported ${result.durationSeconds} s`;
  if (result.outcome === 'timed-out' && endedMs !== timeoutMs) return `it timed out at ${endedMs}`;
  return result.outcome === 'cancelled' && endedMs !== cancelAtMs ? `it was cancelled at ${endedMs}` : null;
}

function noForbiddenStart({ history, model: { starts } }: HistoryRun): string | null {
  if (starts.length === 0) return null;
  const { mode, mayChange, streamArn, criteria, newKeyState } = history;
  const { status } = history.initialState;
  if (mode !== 'encrypt') return `in mode ${mode}`;
  if (!mayChange) return 'although max-changes leaves no change';
  if (streamArn === 'of-another-account') return 'to a stream of another account';
  if (['has-source', 'deleting', 'not-created'].includes(status)) return `to a stream that is ${status}`;
  if (starts.some(({ targetName }) => targetName !== targetKeyOf(criteria))) return 'with a key that was not requested';
  const isUnusable = criteria.which === 'one' && criteria.key.key === 'new' && newKeyState !== 'usable';
  return isUnusable && isKeyStateKnown(history) ? `with a key that is ${newKeyState}` : null;
}

function changedIsCorrect({ model, result: { changed } }: HistoryRun): string | null {
  const sent = model.starts.some(mayHaveTakenEffect);
  return sent === changed ? null : `changed is ${changed}`;
}

/**
 * The reported encryption and key were correct at some time between the last observation and the end of the run. Runs
 * with concurrent changes are left out: these may have changed the stream after the run last saw it at rest.
 */
function reportedStateIsCorrect({ history, model, result, endedMs }: HistoryRun): string | null {
  const last = model.received.at(-1);
  if (last === undefined) return result.encrypted === 'unknown' ? null : 'reported without any observation';
  if (model.concurrentChangeEndsMs.length > 0) return null;
  const states = model
    .statesSince(last, endedMs)
    .flatMap((state) => reportableStates(state, history.reportsTargetEarly));
  if (!states.some((state) => matchesEncryption(result.encrypted, state))) return `encrypted is ${result.encrypted}`;
  if (result.key === null) return null;
  const key = keyNameOf(result.key.id);
  if (!states.some((state) => state.key?.key === key)) return `the key is ${key}`;
  if (history.initialState.key === null || result.previousKey === null || !result.changed) return null;
  const previousKey = keyNameOf(result.previousKey.id);
  return previousKey === history.initialState.key.key || previousKey === key
    ? null
    : `the previous key is ${previousKey}`;
}

/** During a change, the service may also report the target key. */
function reportableStates(state: StreamState, reportsTargetEarly: boolean): StreamState[] {
  return state.status === 'changing' && reportsTargetEarly ? [state, { ...state, key: state.target }] : [state];
}

function matchesEncryption(encrypted: string, { key }: StreamState): boolean {
  return encrypted === 'unknown' || encrypted === String(key !== null);
}

const CHANGED: ReadonlySet<Outcome> = new Set(['enabled', 'rekeyed']);

/**
 * AWS encrypts every record from five seconds after a change on; the request sets how long to wait. Runs with concurrent
 * changes are left out: the last change may not be the run's own.
 */
function waitsForSettleTime({ history, model, result, endedMs }: HistoryRun): string | null {
  if (!CHANGED.has(result.outcome) || model.concurrentChangeEndsMs.length > 0) return null;
  const ends = model.starts.map(({ change }) => change?.endsAtMs ?? 0);
  const sinceMs = endedMs - Math.max(...ends);
  return sinceMs < history.settleMs ? `it ended ${sinceMs} ms after the change` : null;
}

/** How long a changing stream must report another key before the run accepts it. Staler observations can mislead the run. */
const ACCEPTED_AFTER_MS = 2_000;

function noFalseFailure({ history, model, result }: HistoryRun): string | null {
  if (result.outcome !== 'failed' || !/the stream ended in|^the change to .* failed/.test(result.message)) return null;
  const isMisled = history.describeCalls.some(({ staleMs }) => staleMs >= ACCEPTED_AFTER_MS);
  if (isMisled || model.concurrentChangeEndsMs.length > 0) return null;
  const succeeded = model.starts.find(({ change }) => change?.end === 'succeeds');
  return succeeded === undefined ? null : `the change sent at ${succeeded.atMs} succeeded, but: ${result.message}`;
}

/**
 * A stream that a glob or tags selected keeps another customer key, unless the request sets `from-key-id`. The latest
 * observation before the start decides: a run cannot know about a concurrent change after it.
 */
function keepsOtherCustomerKey({ history, model }: HistoryRun): string | null {
  if (history.named || history.from !== null) return null;
  for (const [index, { atMs, targetName }] of model.starts.entries()) {
    const received = receivedBefore(model.starts, index);
    if (hasOtherCustomerKey(received?.state, targetName)) return `the start at ${atMs} replaces a customer key`;
  }
  return null;
}

/** The latest observation before a start that shows a key: one of a failed change does not. */
function receivedBefore(starts: readonly SentStart[], index: number): ReceivedObservation | null {
  const lastReceived = starts[index]?.lastReceived ?? null;
  return index > 0 && lastReceived?.observation.phase === 'failed' ? receivedBefore(starts, index - 1) : lastReceived;
}

function hasOtherCustomerKey(state: StreamState | undefined, targetName: string): boolean {
  const key = state?.key?.key;
  return key !== undefined && key !== 'aws' && key !== targetName;
}

function changesOnlyFromKeys({ history, model }: HistoryRun): string | null {
  const { from, kind } = history;
  if (from === null) return null;
  for (const [index, { atMs }] of model.starts.entries()) {
    const received = receivedBefore(model.starts, index);
    if (received === null) return `the start at ${atMs} was sent before any observation`;
    if (!usesFromKey(kind, from, received.state)) return `the start at ${atMs} changes another stream`;
  }
  return null;
}

/** `any` includes a key that the service does not report. No identifier refers to Firehose's AWS owned key. */
function usesFromKey(kind: StreamKind, from: readonly HistoryFromKey[], { status, key }: StreamState): boolean {
  return from.some((fromKey) => {
    if (fromKey === 'any') return key !== null || status !== 'at-rest';
    if (fromKey === 'aws-owned') return key?.key === 'aws';
    return key !== null && fromKey.key === key.key && !(kind === 'firehose' && key.key === 'aws');
  });
}

function skipsOnlyExcludedStreams({ history, model, result: { outcome } }: HistoryRun): string | null {
  if (outcome !== 'skipped') return null;
  const { criteria, from, kind, keyLookups, named, newKeyState } = history;
  if (model.starts.some(mayHaveTakenEffect)) return 'a start was sent';
  const state = model.received.at(-1)?.state;
  if (state?.status !== 'at-rest') return `skipped while it was ${state?.status}`;
  // The run cannot know the key if KMS wrongly reports it as missing or returns another ARN.
  if (newKeyState === 'other-region' || keyLookups.some(({ result }) => result === 'missing')) return null;
  // The alias of a missing key cannot be resolved.
  if (newKeyState === 'missing' && state.key?.key === 'new') return null;
  const targetName = targetKeyOf(criteria);
  if (from !== null) return usesFromKey(kind, from, state) ? 'although it uses a from key' : null;
  return !named && hasOtherCustomerKey(state, targetName) ? null : 'although the request selects it';
}

function notApplicableIsCorrect({ history, result: { outcome } }: HistoryRun): string | null {
  if (outcome !== 'not-applicable') return null;
  const { initialState, named, describeCalls, starts, records } = history;
  const calls = [...describeCalls, ...starts, ...records];
  const isGone = initialState.status === 'deleting' || calls.some(({ result }) => result === 'missing');
  const isCorrect = initialState.status === 'has-source' || (isGone && !named);
  return isCorrect ? null : `it is ${initialState.status}, and named: ${named}`;
}
