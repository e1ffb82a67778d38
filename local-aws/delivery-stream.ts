import { type Account, arn, seconds } from './account.ts';
import type { KeyTrouble, KeyVerdict } from './kms.ts';
import type { Members } from './protocol.ts';
import type { Tags } from './tagging.ts';

/** The key AWS owns, or a customer's by its ARN. */
export type FirehoseKey = 'aws-owned' | (string & {});

export interface FirehoseSeed {
  readonly name: string;
  /** The stream is encrypted with this key. */
  readonly key?: FirehoseKey;
  /** `DirectPut` if left out. */
  readonly sourceType?: string;
  /** DeliveryStreamStatus; `ACTIVE` if left out. */
  readonly streamStatus?: string;
  /** The encryption status that Describe says instead of the truth, until a change is accepted. */
  readonly status?: string;
  /** While it is not encrypted, Describe leaves the whole block out instead of saying `DISABLED`. */
  readonly omitsDisabled?: boolean;
  readonly changeMs?: number;
  readonly changeFails?: ChangeFailure;
  /** Somebody else's change in flight. */
  readonly changing?: { readonly key: FirehoseKey; readonly ms: number };
  readonly tags?: Tags;
}

/** How changes of a stream end, whatever the state of the key; `times` of them, every one if left out. */
export interface ChangeFailure {
  readonly type: string;
  readonly details: string;
  readonly times?: number;
}

const FAILURE_TYPES: Readonly<Record<KeyTrouble, string>> = {
  'not-found': 'KMS_KEY_NOT_FOUND',
  disabled: 'DISABLED_KMS_KEY',
  'invalid-state': 'INVALID_KMS_KEY',
  'access-denied': 'KMS_ACCESS_DENIED',
  unsuitable: 'INVALID_KMS_KEY'
};

/**
 * One delivery stream: its encryption goes `ENABLING` → `ENABLED` or `ENABLING_FAILED`. A change that fails leaves the
 * old key in force; a first enabling that fails leaves it unencrypted. Whoever reads or changes it calls `settle()` first.
 */
export class DeliveryStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly sourceType: string;
  /** Undefined: it never had one. */
  tags: Tags | undefined;
  streamStatus: string;
  /** The key in force. */
  key: FirehoseKey | undefined;
  status: string | undefined;
  omitsDisabled: boolean;
  changeMs: number;
  changeFails: ChangeFailure | undefined;
  change: { readonly key: FirehoseKey; readonly endsAt: number } | undefined;
  /** How the most recent change failed, until another one is accepted. */
  failure: { readonly key: FirehoseKey; readonly type: string; readonly details: string } | undefined;
  /** When it leaves `CREATING`; a seeded `CREATING` stays. */
  createdBy = Number.POSITIVE_INFINITY;
  /** The calls to Start that count: 25 in a rolling 24 h, successful or not. */
  readonly calls: number[] = [];
  /** What Describe said just before the last accepted change. */
  descriptionBefore: Members | undefined;

  readonly #account: Account;
  readonly #judge: (keyArn: string) => KeyVerdict;
  /** From when on each record is encrypted. */
  #encryptedFrom: number;

  constructor(seed: FirehoseSeed, account: Account, judge: (keyArn: string) => KeyVerdict) {
    this.#account = account;
    this.#judge = judge;
    this.name = seed.name;
    this.arn = arn('firehose', account.region, account.accountId, `deliverystream/${seed.name}`);
    this.createdAt = account.now();
    this.sourceType = seed.sourceType ?? 'DirectPut';
    this.tags = seed.tags;
    this.streamStatus = seed.streamStatus ?? 'ACTIVE';
    this.key = seed.key;
    this.omitsDisabled = seed.omitsDisabled ?? false;
    this.changeMs = seed.changeMs ?? account.changeMs;
    this.changeFails = seed.changeFails;
    this.#encryptedFrom = seed.key === undefined ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (seed.changing !== undefined) this.start(seed.changing.key, seed.changing.ms);
    this.status = seed.status;
  }

  /** The status of its encryption: of the most recent attempt, not of what is in force. */
  get encryptionStatus(): string {
    if (this.status !== undefined) return this.status;
    if (this.change !== undefined) return 'ENABLING';
    if (this.failure !== undefined) return 'ENABLING_FAILED';
    return this.key === undefined ? 'DISABLED' : 'ENABLED';
  }

  /** Begins a change to this key. Whether it is allowed is the service's business. */
  start(key: FirehoseKey, ms: number = this.changeMs): void {
    this.descriptionBefore = this.describe();
    this.status = undefined;
    this.failure = undefined;
    this.change = { key, endsAt: this.#account.now() + ms };
  }

  /** Lets everything happen that is due by now; whether a key can be used is decided at the end of the change. */
  settle(): void {
    const now = this.#account.now();
    if (this.streamStatus === 'CREATING' && now >= this.createdBy) this.streamStatus = 'ACTIVE';
    const change = this.change;
    if (change === undefined || now < change.endsAt) return;
    this.change = undefined;
    const failure = this.#whyItFails(change.key);
    if (failure !== undefined) {
      this.failure = { key: change.key, ...failure };
      return;
    }
    if (this.key === undefined) this.#encryptedFrom = change.endsAt + this.#account.encryptionLagMs;
    this.key = change.key;
  }

  describe(): Members {
    const encryption = this.#describeEncryption();
    return {
      DeliveryStreamName: this.name,
      DeliveryStreamARN: this.arn,
      DeliveryStreamStatus: this.streamStatus,
      ...(encryption !== undefined && { DeliveryStreamEncryptionConfiguration: encryption }),
      DeliveryStreamType: this.sourceType,
      VersionId: '1',
      CreateTimestamp: seconds(this.createdAt),
      Destinations: [{ DestinationId: 'destinationId-000000000001' }],
      HasMoreDestinations: false
    };
  }

  /** Whether a record that is put now is encrypted; with an old key also while a change to another is under way. */
  encryptsRecords(): boolean {
    return this.#account.now() >= this.#encryptedFrom;
  }

  #whyItFails(key: FirehoseKey): { type: string; details: string } | undefined {
    const told = this.changeFails;
    if (told !== undefined) {
      const { type, details, times = Number.POSITIVE_INFINITY } = told;
      this.changeFails = times > 1 ? { type, details, times: times - 1 } : undefined;
      return { type, details };
    }
    if (key === 'aws-owned') return undefined;
    const verdict = this.#judge(key);
    return verdict.usable ? undefined : { type: FAILURE_TYPES[verdict.trouble], details: verdict.message };
  }

  #describeEncryption(): Members | undefined {
    const status = this.encryptionStatus;
    if (status === 'DISABLED' && this.omitsDisabled) return undefined;
    const attempted = this.#account.showsKeyInForce ? undefined : (this.change ?? this.failure)?.key;
    const failure = status === 'ENABLING_FAILED' ? this.failure : undefined;
    return {
      ...describeKey(attempted ?? this.key),
      Status: status,
      ...(failure !== undefined && { FailureDescription: { Type: failure.type, Details: failure.details } })
    };
  }
}

function describeKey(key: FirehoseKey | undefined): Members {
  if (key === undefined) return {};
  return key === 'aws-owned' ? { KeyType: 'AWS_OWNED_CMK' } : { KeyARN: key, KeyType: 'CUSTOMER_MANAGED_CMK' };
}
