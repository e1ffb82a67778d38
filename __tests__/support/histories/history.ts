/** A history is everything that decides one run, as plain data, so that a counterexample is readable. */

import type { Mode, StreamKind } from '../../../src/encryption/model.ts';
import type { ErrorKind } from '../../../src/encryption/ports.ts';
import { AWS_ALIAS, AWS_MANAGED, aliasArn, NEW, OLD, REGION, THIRD } from '../account.ts';

export const KEY_NAMES = ['old', 'new', 'third', 'aws'] as const;
export type KeyName = (typeof KEY_NAMES)[number];
export const KEY_FORMS = ['arn', 'id', 'alias', 'alias-arn'] as const;
export type KeyForm = (typeof KEY_FORMS)[number];

/** A key, and the form of identifier that refers to it. */
export interface KeyReference {
  readonly key: KeyName;
  readonly form: KeyForm;
}

/**
 * How a change ends. `reverts`: the stream returns to its previous key and reports no failure. `overtaken`: another
 * change replaces the key at once.
 */
export type ChangeEnd = 'succeeds' | 'fails' | 'fails-for-grant' | 'reverts' | 'overtaken';

export interface ChangeBehavior {
  readonly durationMs: number;
  /** For how long after the start observations still show the state before the change. */
  readonly hiddenMs: number;
  readonly end: ChangeEnd;
}

/** The actual state of the stream, as opposed to what the service reports. */
export type StreamState =
  | { readonly status: 'at-rest'; readonly key: KeyReference | null }
  | { readonly status: 'changing'; readonly key: KeyReference | null; readonly target: KeyReference | null }
  | { readonly status: 'failed'; readonly key: KeyReference | null; readonly isGrantFailure: boolean }
  | { readonly status: 'unclear'; readonly key: KeyReference | null }
  | { readonly status: 'deleting' | 'not-created' | 'has-source'; readonly key: null };

/** How a call ends after `latencyMs`. A response shows the state `staleMs` before the call; a hang never ends by itself. */
export interface CallBehavior {
  readonly result: 'response' | 'hang' | 'malformed' | ErrorKind;
  readonly latencyMs: number;
  readonly staleMs: number;
}

/**
 * How a start ends. When the request is lost or hangs, it never reaches the service; when the response is lost or hangs,
 * the service has processed the request.
 */
export interface StartBehavior {
  readonly result: 'response' | `${'request' | 'response'}-${'lost' | 'hangs'}` | Exclude<ErrorKind, 'unanswered'>;
  readonly latencyMs: number;
  readonly change: ChangeBehavior;
}

/** Whether the service reports a record as encrypted, if the call returns. */
export interface RecordBehavior extends CallBehavior {
  readonly encrypted: boolean;
}

/** A change by another client; a null target disables encryption. The service rejects it during another change. */
export interface ConcurrentChange {
  readonly atMs: number;
  readonly target: KeyReference | null;
  readonly durationMs: number;
}

/** The state of the key `new` in KMS. */
export type NewKeyState = 'usable' | 'disabled' | 'pending-deletion' | 'asymmetric' | 'other-region' | 'missing';

/** What the request requires of the key. */
export type HistoryCriteria =
  | { readonly which: 'any' | 'aws-owned' | 'customer-managed' }
  | { readonly which: 'one'; readonly key: KeyReference; readonly mustBeCustomerManaged: boolean }
  | { readonly which: 'approved'; readonly keys: readonly KeyReference[] };

/** A value of the input `from-key-id`. */
export type HistoryFromKey = 'any' | 'aws-owned' | KeyReference;

export interface History {
  readonly kind: StreamKind;
  readonly initialState: StreamState;
  /** The change that is in progress when the run begins, if `initialState` is `changing`. */
  readonly initialChange: ChangeBehavior;
  readonly mode: Mode;
  readonly criteria: HistoryCriteria;
  readonly from: readonly HistoryFromKey[] | null;
  /** The request names the stream; otherwise a glob or tags selected it. */
  readonly named: boolean;
  readonly streamArn: 'not-given' | 'given' | 'of-another-account';
  readonly wait: boolean;
  readonly timeoutMs: number;
  readonly settleMs: number;
  readonly verifyRecords: boolean;
  /** Whether `max-changes` leaves a change for this stream. */
  readonly mayChange: boolean;
  readonly newKeyState: NewKeyState;
  readonly canDescribeKeys: boolean;
  /** During a change, a data stream reports the target key instead of the previous one. */
  readonly reportsTargetEarly: boolean;
  readonly describeCalls: readonly CallBehavior[];
  readonly keyLookups: readonly CallBehavior[];
  readonly starts: readonly StartBehavior[];
  readonly records: readonly RecordBehavior[];
  readonly concurrentChanges: readonly ConcurrentChange[];
  readonly cancelAtMs: number | null;
  readonly seed: number;
}

const ARNS: Readonly<Record<KeyName, string>> = { old: OLD, new: NEW, third: THIRD, aws: AWS_MANAGED };
const ALIASES = { old: 'alias/old', new: 'alias/new', third: 'alias/third', aws: AWS_ALIAS } as const;
/** The ARN of the key `new` when its state is `other-region`. */
export const NEW_IN_OTHER_REGION = NEW.replace(REGION, 'us-east-1');

export function keyIdOf({ key, form }: KeyReference): string {
  if (form === 'arn') return ARNS[key];
  if (form === 'id') return ARNS[key].replace(/^.*key\//, '');
  return form === 'alias' ? ALIASES[key] : aliasArn(ALIASES[key]);
}

/** The key that an identifier refers to. Firehose reports the AWS owned key with an empty identifier. */
export function keyNameOf(keyId: string): KeyName | null {
  if (keyId === '') return 'aws';
  if (keyId === NEW_IN_OTHER_REGION) return 'new';
  return KEY_NAMES.find((key) => KEY_FORMS.some((form) => keyIdOf({ key, form }) === keyId)) ?? null;
}

/** The form of an identifier; `arn` if it refers to no known key. */
export function keyFormOf(keyId: string): KeyForm {
  return KEY_FORMS.find((form) => KEY_NAMES.some((key) => keyIdOf({ key, form }) === keyId)) ?? 'arn';
}

/** The key that a start must put in force. */
export function targetKeyOf(criteria: HistoryCriteria): KeyName {
  return criteria.which === 'one' ? criteria.key.key : 'aws';
}
