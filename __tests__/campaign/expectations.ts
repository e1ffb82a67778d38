/** What a case expects of a run: the outcome, the outputs, the requests sent, and parts of the message. */

import type { Outcome } from '../../src/encryption/model.ts';
import type { Kind } from '../end-to-end/step.ts';
import { NEW_KEY, OLD_KEY, THIRD_KEY } from './account.ts';

export interface Expectation {
  readonly outcome: Outcome;
  readonly outputs: ExpectedOutputs;
  /** How many Start… requests the service receives; `several`: two or more. */
  readonly starts: number | 'several';
  /** How many of them take effect. */
  readonly writes: number;
  /** Parts of the message: the cause of the problem, and what happened to the change. */
  readonly messageParts: readonly string[];
  /** The expectation that applies instead if `changed` is true, for cases in which both values are correct. */
  readonly orIfChanged?: Expectation;
}

/** Whether a stream that the request names lets the step succeed with this outcome. */
export function succeeds(outcome: Outcome): boolean {
  return !['failed', 'timed-out', 'cancelled', 'non-compliant', 'not-applicable'].includes(outcome);
}

/** The outputs that depend on the state of the stream. */
export type ExpectedOutputs = (kind: Kind) => Readonly<Record<string, string>>;

const AT_REST: Readonly<Record<Kind, string>> = { kinesis: 'ACTIVE', firehose: 'ENABLED' };
const CHANGING: Readonly<Record<Kind, string>> = { kinesis: 'UPDATING', firehose: 'ENABLING' };
/** Whether the stream is encrypted while its key changes: Kinesis reports it, Firehose does not. */
const ENCRYPTED_DURING_CHANGE: Readonly<Record<Kind, string>> = { kinesis: 'true', firehose: 'unknown' };

function outputs(changed: boolean, encrypted: string, status: string, key: string, previousKey: string) {
  const typeOf = (id: string) => (id === '' ? '' : 'customer-managed');
  return {
    changed: String(changed),
    encrypted,
    status,
    'key-type': typeOf(key),
    'key-id': key,
    'previous-key-type': typeOf(previousKey),
    'previous-key-id': previousKey
  };
}

export const NOT_OBSERVED: ExpectedOutputs = () => ({
  ...outputs(false, 'unknown', '', '', ''),
  'stream-arn': ''
});
export const ON_OLD_KEY: ExpectedOutputs = (kind) => outputs(false, 'true', AT_REST[kind], OLD_KEY, OLD_KEY);
export const ON_NEW_KEY: ExpectedOutputs = (kind) => outputs(true, 'true', AT_REST[kind], NEW_KEY, OLD_KEY);
/** The stream was observed, but no key was looked up: Kinesis does not report the type of a key. */
export const OBSERVED_WITHOUT_KEY_LOOKUP: ExpectedOutputs = (kind) => ({
  ...outputs(false, 'true', AT_REST[kind], OLD_KEY, ''),
  'key-type': kind === 'kinesis' ? '' : 'customer-managed'
});
/** The target key could not be resolved, and the key in force could not be looked up. */
export const ON_OLD_KEY_OF_UNKNOWN_TYPE: ExpectedOutputs = (kind) => ({
  ...ON_OLD_KEY(kind),
  ...(kind === 'kinesis' && { 'key-type': '', 'previous-key-type': '' })
});
/** The key changed, and neither key could be looked up. */
export const ON_NEW_KEY_WITHOUT_KEY_LOOKUP: ExpectedOutputs = (kind) => ({
  ...ON_NEW_KEY(kind),
  ...(kind === 'kinesis' && { 'key-type': '', 'previous-key-type': '' })
});
/** The key changed, and the previous key could not be looked up. */
export const ON_NEW_KEY_WITHOUT_PREVIOUS_KEY_LOOKUP: ExpectedOutputs = (kind) => ({
  ...ON_NEW_KEY(kind),
  ...(kind === 'kinesis' && { 'previous-key-type': '' })
});
/** The change was sent, and the stream was not observed after it. */
export const START_SENT: ExpectedOutputs = (kind) =>
  outputs(true, ENCRYPTED_DURING_CHANGE[kind], AT_REST[kind], OLD_KEY, OLD_KEY);
export const CHANGE_IN_PROGRESS: ExpectedOutputs = (kind) =>
  outputs(true, ENCRYPTED_DURING_CHANGE[kind], CHANGING[kind], OLD_KEY, OLD_KEY);
/** The change that encrypts the stream for the first time is in progress. */
export const FIRST_CHANGE_IN_PROGRESS: ExpectedOutputs = (kind) => outputs(true, 'false', CHANGING[kind], '', '');
/** A concurrent change from the third key to the old one is in progress. Firehose reports neither key meanwhile. */
export const CONCURRENT_CHANGE_IN_PROGRESS: ExpectedOutputs = (kind) => ({
  ...outputs(false, ENCRYPTED_DURING_CHANGE[kind], CHANGING[kind], kind === 'kinesis' ? THIRD_KEY : '', ''),
  'key-type': ''
});
/** The change failed, and the old key is still in force. */
export const STILL_ON_OLD_KEY: ExpectedOutputs = (kind) =>
  outputs(true, 'true', kind === 'kinesis' ? 'ACTIVE' : 'ENABLING_FAILED', OLD_KEY, OLD_KEY);
export const REVERTED_TO_OLD_KEY: ExpectedOutputs = (kind) => outputs(true, 'true', AT_REST[kind], OLD_KEY, OLD_KEY);
export const OVERTAKEN_BY_THIRD_KEY: ExpectedOutputs = (kind) =>
  outputs(true, 'true', AT_REST[kind], THIRD_KEY, OLD_KEY);
export const STILL_NOT_ENCRYPTED: ExpectedOutputs = () => outputs(true, 'false', 'ENABLING_FAILED', '', '');
export const NEWLY_ENCRYPTED: ExpectedOutputs = (kind) => outputs(true, 'true', AT_REST[kind], NEW_KEY, '');
export const FROM_THIRD_KEY_TO_NEW_KEY: ExpectedOutputs = (kind) =>
  outputs(true, 'true', AT_REST[kind], NEW_KEY, THIRD_KEY);
/** A concurrent change replaced the old key, which the run had observed, with the new one. */
const CHANGED_CONCURRENTLY: ExpectedOutputs = (kind) => outputs(false, 'true', AT_REST[kind], NEW_KEY, OLD_KEY);
/** A concurrent change to the new key was in progress at the first observation. */
export const CHANGED_CONCURRENTLY_FROM_UNKNOWN_KEY: ExpectedOutputs = (kind) =>
  outputs(false, 'true', AT_REST[kind], NEW_KEY, '');
/** The new key was in force before the first observation. */
export const ALREADY_ON_NEW_KEY: ExpectedOutputs = (kind) => outputs(false, 'true', AT_REST[kind], NEW_KEY, NEW_KEY);
/** The new key is in force and this run did not change it; it may have observed any previous key. */
export const ON_NEW_KEY_UNCHANGED: ExpectedOutputs = (kind) => ({
  changed: 'false',
  encrypted: 'true',
  status: AT_REST[kind],
  'key-type': 'customer-managed',
  'key-id': NEW_KEY
});

/** Firehose reports the status of the encryption, not of the stream, and the run does not read the key while it is deleted. */
export const BEING_DELETED: ExpectedOutputs = (kind) =>
  kind === 'kinesis'
    ? { changed: 'false', status: 'DELETING', 'key-id': OLD_KEY }
    : { changed: 'false', status: 'ENABLED' };
export const BEING_DELETED_AFTER_START: ExpectedOutputs = (kind) =>
  kind === 'kinesis'
    ? { changed: 'true', status: 'DELETING', 'key-id': OLD_KEY }
    : { changed: 'true', status: 'ENABLING' };

/** Message parts for a change that was sent, and for one that was not. */
export const CHANGE_CONTINUES = ['was sent', 'the service continues it by itself', 'Running again is safe'];
export const NO_CHANGE_SENT = ['No change was sent', 'Running again is safe'];

type Overrides = Partial<Omit<Expectation, 'outcome'>>;

/** The run changes the key in spite of the fault: one change, accepted and confirmed. */
export function rekeyed(overrides: Overrides = {}): Expectation {
  const messageParts = ['the service now reports'];
  return { outcome: 'rekeyed', outputs: ON_NEW_KEY, starts: 1, writes: 1, messageParts, ...overrides };
}

export function enabled(overrides: Overrides = {}): Expectation {
  return { ...rekeyed({ outputs: NEWLY_ENCRYPTED, ...overrides }), outcome: 'enabled' };
}

/** The new key is in force, but this run did not change it. */
export function unchanged(overrides: Overrides = {}): Expectation {
  const messageParts = ['already encrypted'];
  return { outcome: 'unchanged', outputs: CHANGED_CONCURRENTLY, starts: 1, writes: 0, messageParts, ...overrides };
}

export function failed(expected: ExpectedOutputs, overrides: Overrides = {}): Expectation {
  return { outcome: 'failed', outputs: expected, starts: 1, writes: 1, messageParts: [], ...overrides };
}

export function timedOut(expected: ExpectedOutputs, overrides: Overrides = {}): Expectation {
  return { outcome: 'timed-out', outputs: expected, starts: 1, writes: 1, messageParts: [], ...overrides };
}
