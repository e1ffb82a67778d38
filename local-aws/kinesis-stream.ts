import { type Account, arn, seconds } from './account.ts';
import type { Members } from './protocol.ts';
import type { Tags } from './tagging.ts';

export interface KinesisSeed {
  readonly name: string;
  /** The stream is encrypted with this key, written as Describe shall write it. */
  readonly keyId?: string;
  /** `ACTIVE` if left out; any other one stays until it is set anew. */
  readonly status?: string;
  readonly retentionHours?: number;
  /** How long its changes take; Infinity: they never end. */
  readonly changeMs?: number;
  /** What Describe says instead of the truth until a change has ended; `null` leaves the member out. */
  readonly encryptionType?: string | null;
  /** `comes-back`: changes end `ACTIVE` with the key that was in force before. */
  readonly changeResult?: ChangeResult;
  /** Somebody else's change in flight. */
  readonly changing?: { readonly keyId: string; readonly ms: number };
  readonly onDemand?: boolean;
  readonly tags?: Tags;
}

export type ChangeResult = 'applies' | 'comes-back';

interface Change {
  readonly keyId: string;
  readonly endsAt: number;
}

/**
 * One data stream: `ACTIVE` → `UPDATING` → `ACTIVE`. Everything is judged by the clock when somebody looks, so whoever
 * reads or changes it calls `settle()` first.
 */
export class KinesisStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly onDemand: boolean;
  /** Undefined: it never had one. */
  tags: Tags | undefined;
  status: string;
  /** The key in force, as it was given. */
  keyId: string | undefined;
  retentionHours: number;
  changeMs: number;
  encryptionType: string | null | undefined;
  changeResult: ChangeResult;
  change: Change | undefined;
  /** When it leaves `CREATING`; a seeded `CREATING` stays. */
  createdBy = Number.POSITIVE_INFINITY;
  /** When each change to a key succeeded: 25 in a rolling 24 h. */
  readonly applied: number[] = [];
  /** What Describe said just before the last accepted change. */
  descriptionBefore: Members | undefined;

  readonly #account: Account;
  /** From when on each record is encrypted. */
  #encryptedFrom: number;

  constructor(seed: KinesisSeed, account: Account) {
    this.#account = account;
    this.name = seed.name;
    this.arn = arn('kinesis', account.region, account.accountId, `stream/${seed.name}`);
    this.createdAt = account.now();
    this.onDemand = seed.onDemand ?? false;
    this.tags = seed.tags;
    this.status = seed.status ?? 'ACTIVE';
    this.keyId = seed.keyId;
    this.retentionHours = seed.retentionHours ?? 24;
    this.changeMs = seed.changeMs ?? account.changeMs;
    this.encryptionType = seed.encryptionType;
    this.changeResult = seed.changeResult ?? 'applies';
    this.#encryptedFrom = seed.keyId === undefined ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (seed.changing !== undefined) this.start(seed.changing.keyId, seed.changing.ms);
  }

  /** Begins a change to this key. Whether it is allowed is the service's business. */
  start(keyId: string, ms: number = this.changeMs): void {
    this.descriptionBefore = this.describe();
    this.status = 'UPDATING';
    this.change = { keyId, endsAt: this.#account.now() + ms };
  }

  /** Lets everything happen that is due by now. */
  settle(): void {
    const now = this.#account.now();
    if (this.status === 'CREATING' && now >= this.createdBy) this.status = 'ACTIVE';
    const change = this.change;
    if (change === undefined || now < change.endsAt) return;
    this.change = undefined;
    if (this.status === 'UPDATING') this.status = 'ACTIVE';
    if (this.changeResult === 'applies') this.#apply(change);
  }

  describe(): Members {
    return {
      StreamName: this.name,
      StreamARN: this.arn,
      StreamStatus: this.status,
      StreamModeDetails: { StreamMode: this.onDemand ? 'ON_DEMAND' : 'PROVISIONED' },
      RetentionPeriodHours: this.retentionHours,
      StreamCreationTimestamp: seconds(this.createdAt),
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      ...this.#describeEncryption(),
      OpenShardCount: this.shards().length,
      ConsumerCount: 0
    };
  }

  /** The open shards, each with its part of the keys. */
  shards(): Members[] {
    const count = this.onDemand ? 4n : 1n;
    const part = 2n ** 128n / count;
    return Array.from({ length: Number(count) }, (_, index) => ({
      ShardId: `shardId-${String(index).padStart(12, '0')}`,
      HashKeyRange: {
        StartingHashKey: String(part * BigInt(index)),
        EndingHashKey: String(part * BigInt(index + 1) - 1n)
      },
      SequenceNumberRange: { StartingSequenceNumber: '49600000000000000000' }
    }));
  }

  summarize(): Members {
    return {
      StreamName: this.name,
      StreamARN: this.arn,
      StreamStatus: this.status,
      StreamModeDetails: { StreamMode: this.onDemand ? 'ON_DEMAND' : 'PROVISIONED' },
      StreamCreationTimestamp: seconds(this.createdAt)
    };
  }

  /** Whether a record that is put now is encrypted: on a change of keys it always was. */
  encryptsRecords(): boolean {
    return this.#account.now() >= this.#encryptedFrom;
  }

  #apply(change: Change): void {
    if (this.keyId === undefined) this.#encryptedFrom = change.endsAt + this.#account.encryptionLagMs;
    this.keyId = change.keyId;
    this.encryptionType = undefined;
    this.applied.push(change.endsAt);
  }

  /** During a change the old key, unless the account is told to show the new one at once, as some emulators do. */
  #describeEncryption(): Members {
    const keyId = this.#account.showsNewKeyAtOnce ? (this.change?.keyId ?? this.keyId) : this.keyId;
    const truth = keyId === undefined ? 'NONE' : 'KMS';
    const shown = this.encryptionType === undefined ? truth : this.encryptionType;
    return { ...(shown !== null && { EncryptionType: shown }), ...(keyId !== undefined && { KeyId: keyId }) };
  }
}
