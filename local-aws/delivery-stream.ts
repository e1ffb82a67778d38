import { type Account, arn, epochSeconds } from './account.ts';
import type { KeyErrorKind, KeyUsability } from './kms.ts';
import type { Members } from './protocol.ts';
import type { Tags } from './tagging.ts';

/** The AWS owned key, or the ARN of a customer managed key. */
export type FirehoseKey = 'aws-owned' | (string & {});

export interface FirehoseSeed {
  readonly name: string;
  /** The stream is encrypted with this key. */
  readonly key?: FirehoseKey;
  /** What the stream reads from. Defaults to Direct PUT. */
  readonly source?: FirehoseSource;
  /** Defaults to the type of the source. Without a source, DescribeDeliveryStream returns the type alone. */
  readonly sourceType?: string;
  /** DeliveryStreamStatus. Defaults to `ACTIVE`. */
  readonly streamStatus?: string;
  /** The encryption status that DescribeDeliveryStream returns instead of the real one, until a change is accepted. */
  readonly status?: string;
  readonly changeMs?: number;
  readonly changeFails?: ChangeFailure;
  /** A change in progress that another caller started. */
  readonly changing?: { readonly key: FirehoseKey; readonly ms: number };
  readonly tags?: Tags;
}

/** A source, by its ARN, or by the host name of a database. */
export type FirehoseSource =
  | { readonly dataStreamArn: string }
  | { readonly mskClusterArn: string }
  | { readonly databaseEndpoint: string };

/** Makes changes fail regardless of the key's state: the next `times` changes, or all of them by default. */
export interface ChangeFailure {
  readonly type: string;
  readonly details: string;
  readonly times?: number;
  /** The FailureDescription is a member of the delivery stream, not of its encryption. */
  readonly onStream?: boolean;
}

const FAILURE_TYPES: Readonly<Record<KeyErrorKind, string>> = {
  'not-found': 'KMS_KEY_NOT_FOUND',
  disabled: 'DISABLED_KMS_KEY',
  'invalid-state': 'INVALID_KMS_KEY',
  'access-denied': 'KMS_ACCESS_DENIED',
  unsuitable: 'INVALID_KMS_KEY'
};

/**
 * One delivery stream. Its encryption status goes from `ENABLING` to `ENABLED` or `ENABLING_FAILED`. A failed change keeps
 * the previous key in force, or leaves the stream unencrypted if it had none. Call `settle()` before reading or changing it.
 */
export class DeliveryStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly source: FirehoseSource | undefined;
  readonly sourceType: string;
  /** Undefined if the stream never had a tag. */
  tags: Tags | undefined;
  streamStatus: string;
  /** The key in force. */
  key: FirehoseKey | undefined;
  status: string | undefined;
  changeMs: number;
  changeFails: ChangeFailure | undefined;
  change: { readonly key: FirehoseKey; readonly endsAt: number } | undefined;
  /** The failure of the latest change, until another change is accepted. */
  failure: (Omit<ChangeFailure, 'times'> & { readonly key: FirehoseKey }) | undefined;
  /** When `CREATING` ends. A stream seeded as `CREATING` stays in that status. */
  activeAt = Number.POSITIVE_INFINITY;
  /** When StartDeliveryStreamEncryption was called. AWS allows 25 calls in a rolling 24 hours, failed ones included. */
  readonly startCalls: number[] = [];
  /** What DescribeDeliveryStream returned just before the last accepted change. */
  previousDescription: Members | undefined;

  readonly #account: Account;
  readonly #usabilityOf: (keyArn: string) => KeyUsability;
  /** Every record is encrypted from this time on. */
  #encryptedFrom: number;

  constructor(seed: FirehoseSeed, account: Account, usabilityOf: (keyArn: string) => KeyUsability) {
    this.#account = account;
    this.#usabilityOf = usabilityOf;
    this.name = seed.name;
    this.arn = arn('firehose', account.region, account.accountId, `deliverystream/${seed.name}`);
    this.createdAt = account.now();
    this.source = seed.source;
    this.sourceType = seed.sourceType ?? sourceTypeOf(seed.source);
    this.tags = seed.tags;
    this.streamStatus = seed.streamStatus ?? 'ACTIVE';
    this.key = seed.key;
    this.changeMs = seed.changeMs ?? account.changeMs;
    this.changeFails = seed.changeFails;
    this.#encryptedFrom = seed.key === undefined ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (seed.changing !== undefined) this.start(seed.changing.key, seed.changing.ms);
    this.status = seed.status;
  }

  /** The status of the latest change, which may differ from the encryption in force. */
  get encryptionStatus(): string {
    if (this.status !== undefined) return this.status;
    if (this.change !== undefined) return 'ENABLING';
    if (this.failure !== undefined) return 'ENABLING_FAILED';
    return this.key === undefined ? 'DISABLED' : 'ENABLED';
  }

  /** Starts a change to this key. The service has already validated the request. */
  start(key: FirehoseKey, ms: number = this.changeMs): void {
    this.previousDescription = this.describe();
    this.status = undefined;
    this.failure = undefined;
    this.change = { key, endsAt: this.#account.now() + ms };
  }

  /** Applies everything that is due by now. The key is checked when the change ends. */
  settle(): void {
    const now = this.#account.now();
    if (this.streamStatus === 'CREATING' && now >= this.activeAt) this.streamStatus = 'ACTIVE';
    const change = this.change;
    if (change === undefined || now < change.endsAt) return;
    this.change = undefined;
    const failure = this.#failureOf(change.key);
    if (failure !== undefined) {
      this.failure = { key: change.key, ...failure };
      return;
    }
    if (this.key === undefined) this.#encryptedFrom = change.endsAt + this.#account.encryptionLagMs;
    this.key = change.key;
  }

  describe(): Members {
    const failure = this.encryptionStatus === 'ENABLING_FAILED' ? this.failure : undefined;
    const reason = failure && { FailureDescription: { Type: failure.type, Details: failure.details } };
    const encryption = this.#describeEncryption(failure?.onStream ? undefined : reason);
    return {
      DeliveryStreamName: this.name,
      DeliveryStreamARN: this.arn,
      DeliveryStreamStatus: this.streamStatus,
      ...(failure?.onStream && reason),
      ...(encryption !== undefined && { DeliveryStreamEncryptionConfiguration: encryption }),
      DeliveryStreamType: this.sourceType,
      ...(this.source !== undefined && { Source: describeSource(this.source, this) }),
      VersionId: '1',
      CreateTimestamp: epochSeconds(this.createdAt),
      Destinations: [{ DestinationId: 'destinationId-000000000001' }],
      HasMoreDestinations: false
    };
  }

  /** Whether a record written now is encrypted. During a key change, the previous key still encrypts. */
  encryptsRecords(): boolean {
    return this.#account.now() >= this.#encryptedFrom;
  }

  #failureOf(key: FirehoseKey): Omit<ChangeFailure, 'times'> | undefined {
    const seeded = this.changeFails;
    if (seeded !== undefined) {
      const { times = Number.POSITIVE_INFINITY, ...failure } = seeded;
      this.changeFails = times > 1 ? { ...failure, times: times - 1 } : undefined;
      return failure;
    }
    if (key === 'aws-owned') return undefined;
    const usability = this.#usabilityOf(key);
    return usability.usable ? undefined : { type: FAILURE_TYPES[usability.errorKind], details: usability.message };
  }

  #describeEncryption(reason: Members | undefined): Members {
    const requested = (this.change ?? this.failure)?.key;
    return { ...describeKey(requested ?? this.key), Status: this.encryptionStatus, ...reason };
  }
}

function sourceTypeOf(source: FirehoseSource | undefined): string {
  if (source === undefined) return 'DirectPut';
  if ('dataStreamArn' in source) return 'KinesisStreamAsSource';
  return 'mskClusterArn' in source ? 'MSKAsSource' : 'DatabaseAsSource';
}

function describeSource(source: FirehoseSource, { arn, name, createdAt }: DeliveryStream): Members {
  const RoleARN = `arn:aws:iam::${arn.split(':')[4]}:role/firehose`;
  const DeliveryStartTimestamp = epochSeconds(createdAt);
  if ('dataStreamArn' in source) {
    const KinesisStreamARN = source.dataStreamArn;
    return { KinesisStreamSourceDescription: { KinesisStreamARN, RoleARN, DeliveryStartTimestamp } };
  }
  if ('mskClusterArn' in source) {
    const AuthenticationConfiguration = { RoleARN, Connectivity: 'PRIVATE' };
    const MSKClusterARN = source.mskClusterArn;
    return {
      MSKSourceDescription: { MSKClusterARN, TopicName: name, AuthenticationConfiguration, DeliveryStartTimestamp }
    };
  }
  const Endpoint = source.databaseEndpoint;
  return { DatabaseSourceDescription: { Type: 'PostgreSQL', Endpoint, Port: 5432, SSLMode: 'Enabled' } };
}

function describeKey(key: FirehoseKey | undefined): Members {
  if (key === undefined) return {};
  return key === 'aws-owned' ? { KeyType: 'AWS_OWNED_CMK' } : { KeyARN: key, KeyType: 'CUSTOMER_MANAGED_CMK' };
}
