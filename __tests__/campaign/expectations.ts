/** What a case expects of a run: the outcome, the outputs, the requests sent, and parts of the message. */

import type { Outcome } from '../../src/encryption/model.ts';
import type { Kind } from '../end-to-end/step.ts';
import { ENCRYPTED_STATUS as AT_REST, CHANGING_STATUS as CHANGING } from '../end-to-end/step.ts';
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
export function succeeds(outcome: string): boolean {
  return !['failed', 'timed-out', 'cancelled', 'non-compliant', 'not-applicable'].includes(outcome);
}

/** The outputs that depend on the state of the stream. */
type ExpectedOutputs = (kind: Kind) => Readonly<Record<string, string>>;

/** Whether the stream is encrypted while its key changes: Kinesis reports it, Firehose does not. */
const DURING_CHANGE = { kinesis: 'true', firehose: 'unknown' } as const;

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

/** The stream is at rest and encrypted with this key. */
function atRest(changed: boolean, key: string, previousKey: string): ExpectedOutputs {
  return (kind) => outputs(changed, 'true', AT_REST[kind], key, previousKey);
}

/** The same, where the types of these keys are unknown: Kinesis does not report the type of a key, Firehose does. */
function withoutLookup(of: ExpectedOutputs, ...types: ('key-type' | 'previous-key-type')[]): ExpectedOutputs {
  return (kind) => ({ ...of(kind), ...(kind === 'kinesis' && Object.fromEntries(types.map((type) => [type, '']))) });
}

/** Firehose reports the status of the encryption, not of the stream, and the run does not read the key while it is deleted. */
function beingDeleted(changed: boolean, firehoseStatus: string): ExpectedOutputs {
  return (kind) => ({
    changed: String(changed),
    ...(kind === 'kinesis' ? { status: 'DELETING', 'key-id': OLD_KEY } : { status: firehoseStatus })
  });
}

/** What the run saw of the stream, as outputs. */
export const SEEN = {
  notObserved: () => ({ ...outputs(false, 'unknown', '', '', ''), 'stream-arn': '' }),
  onOldKey: atRest(false, OLD_KEY, OLD_KEY),
  onNewKey: atRest(true, NEW_KEY, OLD_KEY),
  /** The stream was observed, but no key was looked up. */
  observedWithoutKeyLookup: withoutLookup(atRest(false, OLD_KEY, ''), 'key-type'),
  /** The target key could not be resolved, and the key in force could not be looked up. */
  onOldKeyOfUnknownType: withoutLookup(atRest(false, OLD_KEY, OLD_KEY), 'key-type', 'previous-key-type'),
  /** The key changed, and neither key could be looked up. */
  onNewKeyWithoutKeyLookup: withoutLookup(atRest(true, NEW_KEY, OLD_KEY), 'key-type', 'previous-key-type'),
  /** The key changed, and the previous key could not be looked up. */
  onNewKeyWithoutPreviousKeyLookup: withoutLookup(atRest(true, NEW_KEY, OLD_KEY), 'previous-key-type'),
  /** The change was sent, and the stream was not observed after it. */
  startSent: (kind) => outputs(true, DURING_CHANGE[kind], AT_REST[kind], OLD_KEY, OLD_KEY),
  changeInProgress: (kind) => outputs(true, DURING_CHANGE[kind], CHANGING[kind], OLD_KEY, OLD_KEY),
  /** The change that encrypts the stream for the first time is in progress. */
  firstChangeInProgress: (kind) => outputs(true, 'false', CHANGING[kind], '', ''),
  /** A concurrent change from the third key to the old one is in progress. Firehose reports neither key meanwhile. */
  concurrentChangeInProgress: (kind) => ({
    ...outputs(false, DURING_CHANGE[kind], CHANGING[kind], kind === 'kinesis' ? THIRD_KEY : '', ''),
    'key-type': ''
  }),
  /** The change failed, and the old key is still in force. */
  stillOnOldKey: () => outputs(true, 'true', 'ENABLING_FAILED', OLD_KEY, OLD_KEY),
  stillNotEncrypted: () => outputs(true, 'false', 'ENABLING_FAILED', '', ''),
  revertedToOldKey: atRest(true, OLD_KEY, OLD_KEY),
  overtakenByThirdKey: atRest(true, THIRD_KEY, OLD_KEY),
  newlyEncrypted: atRest(true, NEW_KEY, ''),
  fromThirdKeyToNewKey: atRest(true, NEW_KEY, THIRD_KEY),
  /** A concurrent change replaced the old key, which the run had observed, with the new one. */
  changedConcurrently: atRest(false, NEW_KEY, OLD_KEY),
  /** A concurrent change to the new key was in progress at the first observation. */
  changedConcurrentlyFromUnknownKey: atRest(false, NEW_KEY, ''),
  /** The new key was in force before the first observation. */
  alreadyOnNewKey: atRest(false, NEW_KEY, NEW_KEY),
  /** The same, after any previous key. */
  onNewKeyUnchanged: (kind) => ({
    changed: 'false',
    encrypted: 'true',
    status: AT_REST[kind],
    'key-type': 'customer-managed',
    'key-id': NEW_KEY
  }),
  beingDeleted: beingDeleted(false, 'ENABLED'),
  beingDeletedAfterStart: beingDeleted(true, 'ENABLING')
} as const satisfies Readonly<Record<string, ExpectedOutputs>>;

/** Message parts for a change that was sent, and for one that was not. */
export const CHANGE_CONTINUES = ['was sent', 'the service continues it by itself', 'Running again is safe'];
export const NO_CHANGE_SENT = ['No change was sent', 'Running again is safe'];

type Counts = Partial<Omit<Expectation, 'outcome' | 'outputs' | 'messageParts'>>;
type Overrides = Partial<Omit<Expectation, 'outcome'>>;

/** No start was sent. */
export const NOT_SENT = { starts: 0, writes: 0 } as const;
/** One start was sent, and took no effect. */
export const REJECTED = { starts: 1, writes: 0 } as const;
const ACCEPTED = { starts: 1, writes: 1 } as const;

/** The run changes the key in spite of the fault: one change, accepted and confirmed. */
export function rekeyed(overrides: Overrides = {}): Expectation {
  const messageParts = ['the service now reports'];
  return { outcome: 'rekeyed', outputs: SEEN.onNewKey, messageParts, ...ACCEPTED, ...overrides };
}

export function enabled(overrides: Overrides = {}): Expectation {
  return { ...rekeyed({ outputs: SEEN.newlyEncrypted, ...overrides }), outcome: 'enabled' };
}

/** The new key is in force, but this run did not change it. */
export function unchanged(overrides: Overrides = {}): Expectation {
  const messageParts = ['already encrypted'];
  return { outcome: 'unchanged', outputs: SEEN.changedConcurrently, messageParts, ...REJECTED, ...overrides };
}

/** Default of `counts`: one start, which took effect. */
export function failed(expected: ExpectedOutputs, messageParts: readonly string[], counts: Counts = {}): Expectation {
  return { outcome: 'failed', outputs: expected, messageParts, ...ACCEPTED, ...counts };
}

export function timedOut(expected: ExpectedOutputs, messageParts: readonly string[], counts: Counts = {}): Expectation {
  return { outcome: 'timed-out', outputs: expected, messageParts, ...ACCEPTED, ...counts };
}
