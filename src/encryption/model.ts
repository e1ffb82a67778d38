/** The domain's vocabulary: streams, keys, requests, observations and results. */

export const KINDS = ['kinesis', 'firehose'] as const;

/** The service of a stream: Kinesis Data Streams or Amazon Data Firehose. */
export type StreamKind = (typeof KINDS)[number];

/** A stream as the request names it. `arn` is null if only a name is known. */
export interface StreamRef {
  readonly kind: StreamKind;
  readonly name: string;
  readonly arn: string | null;
}

export const MODES = ['encrypt', 'plan', 'check'] as const;
export type Mode = (typeof MODES)[number];

/**
 * Who manages a key. `aws-owned` includes Kinesis' `alias/aws/kinesis`, which AWS manages in the account;
 * `customer-managed` is KMS' KeyManager CUSTOMER.
 */
export type KeyType = 'aws-owned' | 'customer-managed';

/** Kinesis' name for the key that AWS manages for it in each account. It cannot be repointed. */
export const KINESIS_AWS_ALIAS = 'alias/aws/kinesis';

/**
 * The key that the request wants in force. `type` is null if the request leaves it open. `id` is the identifier as given;
 * once the target is resolved, it is what the service is sent. It is empty for the AWS key of either service.
 */
export interface TargetKey {
  readonly type: KeyType | null;
  readonly id: string;
}

/** What the request requires of a stream's key. Mode `encrypt` requires a target or any key; the others are for checks. */
export type KeyCriteria =
  | { readonly which: 'any' }
  | { readonly which: 'customer-managed' }
  | { readonly which: 'approved'; readonly ids: readonly string[] }
  | { readonly which: 'target'; readonly target: TargetKey };

/** A key that streams may be moved off: a key by its id in any form, the AWS key, or any key. */
export type FromKey = 'any' | 'aws-owned' | { readonly id: string };

/** What applies to every stream of a run. */
interface RunSettings {
  readonly region: string;
  readonly mode: Mode;
  readonly criteria: KeyCriteria;
  /** Only streams that are encrypted with one of these keys are moved; null if the request does not limit that. */
  readonly from: readonly FromKey[] | null;
  readonly wait: boolean;
  /** Per stream, from its first describe request to its last request. */
  readonly timeoutMs: number;
  readonly settleMs: number;
  readonly verifyRecords: boolean;
}

/** The request for one stream. */
export interface StreamRequest extends RunSettings, SelectedStream {}

/** A stream of the run. */
export interface SelectedStream {
  readonly stream: StreamRef;
  /** The request names this very stream; otherwise a glob or tags selected it. */
  readonly named: boolean;
  /** Why the stream fails without being described; left out if there is no such reason. */
  readonly refusal?: string;
}

/** A tag that a stream must have. `value` is null if any value matches. */
export interface Tag {
  readonly key: string;
  readonly value: string | null;
}

/** One entry of `stream-name`: a stream by its name or ARN, or a glob over the names of one kind (`*` and `?`). */
export type Selector =
  | { readonly by: 'name'; readonly stream: StreamRef }
  | { readonly by: 'glob'; readonly kind: StreamKind; readonly glob: string };

/** Which streams a run is about. Without selectors the tags alone select, among these kinds. */
export interface Selection {
  readonly kinds: readonly StreamKind[];
  /** In the order of the input. */
  readonly selectors: readonly Selector[];
  /** All of them must match. */
  readonly tags: readonly Tag[];
}

export const EMPTY_SELECTION_ACTIONS = ['error', 'warn', 'ignore'] as const;

/** What to do if the selection matches no stream: fail the step, or pass with a warning or a line in the log. */
export type EmptySelectionAction = (typeof EMPTY_SELECTION_ACTIONS)[number];

/** The validated request of a run. */
export interface RunRequest extends RunSettings {
  readonly selection: Selection;
  readonly ifNoStreamsFound: EmptySelectionAction;
  /** The most changes that the run starts; null if they are not limited. */
  readonly maxChanges: number | null;
}

/** Whether records written now are encrypted, with any key. */
export type Encrypted = 'true' | 'false' | 'unknown';

/** A key as a service reports it. `type` is null if the service does not say; `id` is empty if it shows none. */
export interface ReportedKey {
  readonly type: KeyType | null;
  readonly id: string;
}

/**
 * The state of a stream, in terms that both services share:
 * - `final`: no change is in flight, and whether the stream is encrypted is certain;
 * - `changing`: a change is in flight, ours or another one;
 * - `failed`: the latest attempt failed, and the answer does not say which key is in force, if any;
 * - `unclear`: the service reports a status without a known meaning;
 * - `deleting`, `not-created`: the stream is being deleted, or could not be created;
 * - `has-source`: a delivery stream without encryption of its own, because its records rest in the source it reads from.
 */
export type Phase = 'final' | 'changing' | 'failed' | 'unclear' | 'deleting' | 'not-created' | 'has-source';

/** What a delivery stream reads from, if producers do not put records to it directly. */
export interface Source {
  /** `data-stream`: a Kinesis data stream, which can be judged; `msk`: an Amazon MSK cluster. */
  readonly kind: 'data-stream' | 'msk' | 'other';
  /** The service's own word, such as `KinesisStreamAsSource`. */
  readonly type: string;
  /** null if the source has no ARN, as a database, or if the service reports none. */
  readonly arn: string | null;
  /** The host name of a database. */
  readonly endpoint: string | null;
}

/** Why an attempt failed. */
export interface Failure {
  /** The service's type and details. */
  readonly reason: string;
  /** What to do, without a final period; empty if nothing more is known. */
  readonly advice: string;
  /** A second attempt may succeed: a grant or policy may not have taken effect yet. */
  readonly isRetryable: boolean;
}

/** What a service reported of a stream in one answer, in terms that both services share. */
export interface Observation {
  readonly arn: string;
  /** The service's own word: Kinesis' StreamStatus, Firehose's encryption Status. */
  readonly status: string;
  readonly phase: Phase;
  readonly encrypted: Encrypted;
  readonly key: ReportedKey | null;
  /** Why the latest attempt, or the creation, failed. */
  readonly failure: Failure | null;
  /** Firehose's DeliveryStreamStatus where it has no known meaning; left out otherwise. */
  readonly unusualStatus?: string;
  /** What is unclear in a status with a known meaning; left out otherwise. */
  readonly unclearReason?: string;
  /** What a delivery stream reads from; null for Direct PUT and for data streams. */
  readonly source: Source | null;
  /** How long after a change the previous key may still be needed for older records; null if the service does not say. */
  readonly previousKeyNeededHours: number | null;
  /** How many channels deliver the records of a data stream; 0 if it has none, or if the service does not say. */
  readonly channelCount: number;
}

/**
 * What kms:DescribeKey reports of a key. `type` is null if KMS reports a key manager without a known meaning; `usage` and
 * `spec` are null if the answer leaves them out.
 */
export interface KeyDescription {
  readonly arn: string;
  readonly type: KeyType | null;
  readonly state: string;
  readonly usage: string | null;
  readonly spec: string | null;
  /** When KMS deletes a key that is pending deletion; null for any other key. */
  readonly deletionDate: Date | null;
  /** When imported key material expires; null if it does not. */
  readonly validTo: Date | null;
}

/** All outcomes, from worst to best. */
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

export type Outcome = (typeof OUTCOMES)[number];

/** The outcomes of a change that has ended with the target proved to be in force. */
export const PROVED: ReadonlySet<Outcome> = new Set(['enabled', 'rekeyed']);

const ENDED_BADLY: ReadonlySet<Outcome> = new Set([
  'failed',
  'timed-out',
  'cancelled',
  'non-compliant',
  'not-applicable'
]);

/** Whether the step may pass with this result. `not-applicable` fails the step only if the stream was named. */
export function endedWell({ outcome, named }: Pick<Result, 'outcome' | 'named'>): boolean {
  return !ENDED_BADLY.has(outcome) || (outcome === 'not-applicable' && !named);
}

/**
 * The result of one stream. `null` means unknown. For a delivery stream that is judged by its source, `encrypted`, `key` and
 * `previousKey` are those of the source, because its key encrypts the records. `arn` and `status` stay those of the delivery
 * stream: the status is the last word of its own service, which is `DISABLED` if it has no encryption of its own.
 */
export interface Result {
  readonly kind: StreamKind;
  readonly name: string;
  readonly arn: string | null;
  readonly region: string;
  /** The request names this very stream; otherwise a glob or tags selected it. */
  readonly named: boolean;
  readonly outcome: Outcome;
  /** A change was sent and not refused, even if its answer was lost. */
  readonly changed: boolean;
  readonly encrypted: Encrypted;
  readonly status: string | null;
  readonly key: ReportedKey | null;
  /** The ARN of the key in force, also where the service reports an id or an alias; null if it was not resolved. */
  readonly keyArn: string | null;
  readonly previousKey: ReportedKey | null;
  /** The ARN that a delivery stream reads from; null for Direct PUT and for data streams, and if there is none. */
  readonly source: string | null;
  /** Why the previous key cannot decrypt older records now (disabled, pending deletion, gone); null if it can, or unknown. */
  readonly previousKeyProblem: string | null;
  /** Whether the stream was encrypted before the change, or as the run found it. */
  readonly previouslyEncrypted: Encrypted;
  /** The key that a change was sent for, or that one is planned for; otherwise null. */
  readonly target: TargetKey | null;
  /** A change was sent, and the run ended before the change did. */
  readonly inFlight: boolean;
  /** Whether the service confirmed that a test record was encrypted; null if the request does not ask for one. */
  readonly recordVerified: boolean | null;
  readonly durationSeconds: number;
  readonly message: string;
  /** What the operator must fix, in the same words for every stream: the message without what differs between streams. */
  readonly cause: string;
  /** Why a change was sent, or why none was. */
  readonly reason: string;
  /** How long before the end of its run the stream was last described, in milliseconds; null if it never was. */
  readonly lastObservedMsAgo: number | null;
  /** What the operator should know although it is not an error. */
  readonly warnings: readonly string[];
  readonly previousKeyNeededHours: number | null;
}
