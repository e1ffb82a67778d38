import { type Account, arn, epochSeconds } from './account.ts';
import type { Members } from './protocol.ts';
import type { Tags } from './tagging.ts';

export interface KinesisSeed {
  readonly name: string;
  /** The stream is encrypted with this key. DescribeStreamSummary returns it in the same form. */
  readonly keyId?: string;
  /** Defaults to `ACTIVE`. Any other status stays until it is set again. */
  readonly status?: string;
  readonly retentionHours?: number;
  /** How long a change takes. With Infinity, it never ends. */
  readonly changeMs?: number;
  /** With `reverted`, changes end in `ACTIVE` with the previous key in force. */
  readonly changeResult?: ChangeResult;
  /** A change in progress that another caller started. */
  readonly changing?: { readonly keyId: string; readonly ms: number };
  readonly onDemand?: boolean;
  /** How many channels deliver its records elsewhere. Defaults to 0. */
  readonly channelCount?: number;
  readonly tags?: Tags;
}

export type ChangeResult = 'applied' | 'reverted';

interface Change {
  readonly keyId: string;
  readonly endsAt: number;
}

/** One data stream. During a change, its status is `UPDATING`. Call `settle()` before reading or changing it. */
export class KinesisStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly onDemand: boolean;
  readonly channelCount: number;
  /** Undefined if the stream never had a tag. */
  tags: Tags | undefined;
  status: string;
  /** The key in force, in the form of the request. */
  keyId: string | undefined;
  retentionHours: number;
  changeMs: number;
  changeResult: ChangeResult;
  change: Change | undefined;
  /** When `CREATING` ends. A stream seeded as `CREATING` stays in that status. */
  activeAt = Number.POSITIVE_INFINITY;
  /** When changes succeeded. AWS allows 25 in a rolling 24 hours. */
  readonly changedAt: number[] = [];
  /** What DescribeStreamSummary returned just before the last accepted change. */
  previousDescription: Members | undefined;

  readonly #account: Account;
  /** Every record is encrypted from this time on. */
  #encryptedFrom: number;

  constructor(seed: KinesisSeed, account: Account) {
    this.#account = account;
    this.name = seed.name;
    this.arn = arn('kinesis', account.region, account.accountId, `stream/${seed.name}`);
    this.createdAt = account.now();
    this.onDemand = seed.onDemand ?? false;
    this.channelCount = seed.channelCount ?? 0;
    this.tags = seed.tags;
    this.status = seed.status ?? 'ACTIVE';
    this.keyId = seed.keyId;
    this.retentionHours = seed.retentionHours ?? 24;
    this.changeMs = seed.changeMs ?? account.changeMs;
    this.changeResult = seed.changeResult ?? 'applied';
    this.#encryptedFrom = seed.keyId === undefined ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (seed.changing !== undefined) this.start(seed.changing.keyId, seed.changing.ms);
  }

  /** Starts a change to this key. The service has already validated the request. */
  start(keyId: string, ms: number = this.changeMs): void {
    this.previousDescription = this.describe();
    this.status = 'UPDATING';
    this.change = { keyId, endsAt: this.#account.now() + ms };
  }

  /** Applies everything that is due by now. */
  settle(): void {
    const now = this.#account.now();
    if (this.status === 'CREATING' && now >= this.activeAt) this.status = 'ACTIVE';
    const change = this.change;
    if (change === undefined || now < change.endsAt) return;
    this.change = undefined;
    if (this.status === 'UPDATING') this.status = 'ACTIVE';
    if (this.changeResult === 'applied') this.#apply(change);
  }

  describe(): Members {
    return {
      StreamName: this.name,
      StreamARN: this.arn,
      StreamStatus: this.status,
      StreamModeDetails: { StreamMode: this.onDemand ? 'ON_DEMAND' : 'PROVISIONED' },
      RetentionPeriodHours: this.retentionHours,
      StreamCreationTimestamp: epochSeconds(this.createdAt),
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      ...this.#describeEncryption(),
      OpenShardCount: this.shards().length,
      ConsumerCount: 0,
      ChannelCount: this.channelCount
    };
  }

  /** The open shards, which divide the hash key range evenly. */
  shards(): Members[] {
    const count = this.onDemand ? 4n : 1n;
    const size = 2n ** 128n / count;
    return Array.from({ length: Number(count) }, (_, index) => ({
      ShardId: `shardId-${String(index).padStart(12, '0')}`,
      HashKeyRange: {
        StartingHashKey: String(size * BigInt(index)),
        EndingHashKey: String(size * BigInt(index + 1) - 1n)
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
      StreamCreationTimestamp: epochSeconds(this.createdAt)
    };
  }

  /** Whether a record written now is encrypted. During a key change, the previous key still encrypts. */
  encryptsRecords(): boolean {
    return this.#account.now() >= this.#encryptedFrom;
  }

  #apply(change: Change): void {
    if (this.keyId === undefined) this.#encryptedFrom = change.endsAt + this.#account.encryptionLagMs;
    this.keyId = change.keyId;
    this.changedAt.push(change.endsAt);
  }

  /** Kinesis describes the previous key during a change. */
  #describeEncryption(): Members {
    return this.keyId === undefined ? { EncryptionType: 'NONE' } : { EncryptionType: 'KMS', KeyId: this.keyId };
  }
}
