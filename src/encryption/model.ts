/** The words of the domain: what a stream, a key, a request and a result are. */

export const KINDS = ['kinesis', 'firehose'] as const;

/** The service that holds the stream: Kinesis data streams, or Firehose delivery streams. */
export type StreamKind = (typeof KINDS)[number];

/** A stream as the request names it. `arn` is null where only a name was given. */
export interface StreamRef {
  readonly kind: StreamKind;
  readonly name: string;
  readonly arn: string | null;
}

export const MODES = ['encrypt', 'plan', 'check'] as const;
export type Mode = (typeof MODES)[number];

/**
 * Whose key it is. `aws-owned` covers Kinesis' `alias/aws/kinesis` too, which AWS manages in the account;
 * `customer-managed` is what KMS calls KeyManager CUSTOMER.
 */
export type KeyType = 'aws-owned' | 'customer-managed';

/** The key the request asks for. `customer-managed` without a key is for checking only. */
export type KeyCriteria =
  | { readonly which: 'any' }
  | { readonly which: 'aws-owned' }
  | { readonly which: 'customer-managed' }
  | { readonly which: 'one'; readonly id: string; readonly mustBeCustomerManaged: boolean }
  /** Any of these will do: for checking only. */
  | { readonly which: 'approved'; readonly ids: readonly string[] };

/** A key that streams may be moved off: one by its id in any form, the AWS key, or whichever it is. */
export type FromKey = 'any' | 'aws-owned' | { readonly id: string };

/** What a run asks of each of its streams. */
interface RunSettings {
  readonly region: string;
  readonly mode: Mode;
  readonly criteria: KeyCriteria;
  /** Only streams that are encrypted with one of these are moved; null: the request does not say. */
  readonly from: readonly FromKey[] | null;
  readonly wait: boolean;
  /** For each stream, from its first request to its last. */
  readonly timeoutMs: number;
  readonly settleMs: number;
  readonly verifyRecords: boolean;
}

/** What is asked of one stream. */
export interface StreamRequest extends RunSettings, SelectedStream {}

/** A stream of the run. */
export interface SelectedStream {
  readonly stream: StreamRef;
  /** The request names this very stream; else a glob or tags chose it. */
  readonly named: boolean;
  /** Why nothing may be done with it, where that is known beforehand. */
  readonly refusal?: string;
}

/** A tag that a stream must have; `value` is null where any will do. */
export interface Tag {
  readonly key: string;
  readonly value: string | null;
}

/** One entry of the list of streams: a stream by its name or ARN, or a glob over the names of one kind (`*` and `?`). */
export type Selector =
  | { readonly by: 'name'; readonly stream: StreamRef }
  | { readonly by: 'glob'; readonly kind: StreamKind; readonly glob: string };

/** Which streams a run is about. Without choices the tags alone select, among these kinds. */
export interface Selection {
  readonly kinds: readonly StreamKind[];
  /** In the order of the request. */
  readonly selectors: readonly Selector[];
  /** All must match. */
  readonly tags: readonly Tag[];
}

/** One validated request: the whole of what a run is to do. */
export interface RunRequest extends RunSettings {
  readonly selection: Selection;
}

/** Whether records written now are encrypted, with whatever key. */
export type Encrypted = 'true' | 'false' | 'unknown';

/** A key as a service reports it. `type` is null where the service does not tell; `id` is empty where it shows none. */
export interface ReportedKey {
  readonly type: KeyType | null;
  readonly id: string;
}

/**
 * Where a stream stands:
 * - `final`: nothing is under way, and whether it is encrypted is certain;
 * - `changing`: a change is under way, ours or another's;
 * - `failed`: the latest attempt failed, and the answer does not tell which key is in force, if any;
 * - `unclear`: the service says a word that has no known meaning;
 * - `deleting`, `not-created`: there is no stream to encrypt, or soon none;
 * - `not-applicable`: a delivery stream whose records rest in its source, which has its own encryption.
 */
export type Phase = 'final' | 'changing' | 'failed' | 'unclear' | 'deleting' | 'not-created' | 'not-applicable';

/** Why an attempt failed. */
export interface Failure {
  /** The service's own words. */
  readonly reason: string;
  /** What to do; empty where nothing more is known. */
  readonly advice: string;
  /** A permission was missing that may only not have been known everywhere yet. */
  readonly isRetryable: boolean;
}

/** What one look at a stream told, in words both services share. */
export interface Observation {
  readonly arn: string;
  /** The service's own word: Kinesis' StreamStatus, Firehose's encryption Status. */
  readonly status: string;
  readonly phase: Phase;
  readonly encrypted: Encrypted;
  readonly key: ReportedKey | null;
  /** Why the latest attempt, or the creation, failed. */
  readonly failure: Failure | null;
  /** What feeds a delivery stream that has no encryption of its own. */
  readonly source: string | null;
  /** For how long after a change the old key may still be needed to read what was written before it; null: it does not tell. */
  readonly previousKeyNeededHours: number | null;
}

/** A key to put in force: what the service is sent. `id` is empty where Firehose is asked for the AWS owned key. */
export interface TargetKey {
  readonly type: KeyType | null;
  readonly id: string;
}

/** What kms:DescribeKey says of a key. `usage` and `spec` are null where the answer leaves them out. */
export interface KeyDescription {
  readonly arn: string;
  readonly type: KeyType;
  readonly enabled: boolean;
  readonly state: string;
  readonly usage: string | null;
  readonly spec: string | null;
}

export const OUTCOMES = [
  'failed',
  'timed-out',
  'cancelled',
  'non-compliant',
  'not-applicable',
  'skipped',
  'planned',
  'started',
  'rekeyed',
  'enabled',
  'unchanged',
  'compliant'
] as const;

/** How one stream ended, from worst to best. */
export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes of a change that is over, with the new key in force for certain. */
export const PROVED: ReadonlySet<Outcome> = new Set(['enabled', 'rekeyed']);

const ENDED_BADLY: ReadonlySet<Outcome> = new Set([
  'failed',
  'timed-out',
  'cancelled',
  'non-compliant',
  'not-applicable'
]);

/** Whether the step may succeed with this result. That a stream takes no encryption is no error where a pattern chose it. */
export function endedWell({ outcome, named }: Pick<Result, 'outcome' | 'named'>): boolean {
  return !ENDED_BADLY.has(outcome) || (outcome === 'not-applicable' && !named);
}

/** What is told of one stream when its run has ended. `null` where nobody can tell. */
export interface Result {
  readonly kind: StreamKind;
  readonly name: string;
  readonly arn: string | null;
  readonly region: string;
  /** The request names this very stream; else a glob or tags chose it. */
  readonly named: boolean;
  readonly outcome: Outcome;
  /** A change was sent and not refused, also where its answer was lost. */
  readonly changed: boolean;
  readonly encrypted: Encrypted;
  readonly status: string | null;
  readonly key: ReportedKey | null;
  readonly previousKey: ReportedKey | null;
  /** What a change was sent to. */
  readonly target: TargetKey | null;
  /** A change was sent, and this run did not get to see its end. */
  readonly inFlight: boolean;
  readonly durationSeconds: number;
  readonly message: string;
  /** What the operator should know although the outcome is not an error. */
  readonly warnings: readonly string[];
  readonly previousKeyNeededHours: number | null;
}
