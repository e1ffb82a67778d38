import { randomBytes, randomUUID } from 'node:crypto';
import { type Account, arn, DAY_MS, epochSeconds } from './account.ts';
import type { Members } from './protocol.ts';

export type KeyState =
  | 'Creating'
  | 'Enabled'
  | 'Disabled'
  | 'PendingDeletion'
  | 'PendingImport'
  | 'PendingReplicaDeletion'
  | 'Unavailable'
  | 'Updating';

export interface KeySeed {
  readonly id?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly state?: KeyState;
  /** When a key that is pending deletion is deleted, in milliseconds since 1970. Defaults to 30 days after its creation. */
  readonly deletionAt?: number;
  /** When the imported key material expires, in milliseconds since 1970. */
  readonly validTo?: number;
  readonly spec?: string;
  readonly usage?: string;
  readonly manager?: 'CUSTOMER' | 'AWS';
  readonly multiRegion?: boolean;
  /** The caller may not call kms:DescribeKey for this key. */
  readonly denied?: boolean;
  /** The key policy does not let Kinesis and Firehose use the key, or does not let the caller create a grant for them. */
  readonly refusedToServices?: boolean;
}

/**
 * One KMS key. A test can change its state at any time, for example during a stream's change. `beforeChange` runs first, so
 * that stream changes due by then still use the previous key state.
 */
export class KmsKey {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  readonly spec: string;
  readonly usage: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly multiRegion: boolean;
  readonly createdAt: number;
  readonly deletionAt: number;
  readonly validTo: number | undefined;
  denied: boolean;
  readonly #beforeChange: () => void;
  #state: KeyState;
  #refusedToServices: boolean;

  constructor(seed: KeySeed, account: Account, beforeChange: () => void) {
    this.#beforeChange = beforeChange;
    this.multiRegion = seed.multiRegion ?? seed.id?.startsWith('mrk-') ?? false;
    this.id = seed.id ?? (this.multiRegion ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID());
    this.region = seed.region ?? account.region;
    this.accountId = seed.accountId ?? account.accountId;
    this.arn = arn('kms', this.region, this.accountId, `key/${this.id}`);
    this.spec = seed.spec ?? 'SYMMETRIC_DEFAULT';
    this.usage = seed.usage ?? (this.spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : 'SIGN_VERIFY');
    this.manager = seed.manager ?? 'CUSTOMER';
    this.#state = seed.state ?? 'Enabled';
    this.denied = seed.denied ?? false;
    this.#refusedToServices = seed.refusedToServices ?? false;
    this.createdAt = account.now();
    this.deletionAt = seed.deletionAt ?? this.createdAt + 30 * DAY_MS;
    this.validTo = seed.validTo;
  }

  get state(): KeyState {
    return this.#state;
  }

  set state(state: KeyState) {
    this.#beforeChange();
    this.#state = state;
  }

  get refusedToServices(): boolean {
    return this.#refusedToServices;
  }

  set refusedToServices(refused: boolean) {
    this.#beforeChange();
    this.#refusedToServices = refused;
  }

  describe(): Members {
    return {
      AWSAccountId: this.accountId,
      Arn: this.arn,
      CreationDate: epochSeconds(this.createdAt),
      CustomerMasterKeySpec: this.spec,
      Description: '',
      Enabled: this.state === 'Enabled',
      KeyId: this.id,
      KeyManager: this.manager,
      KeySpec: this.spec,
      KeyState: this.state,
      KeyUsage: this.usage,
      MultiRegion: this.multiRegion,
      ...(this.state === 'PendingDeletion' && { DeletionDate: epochSeconds(this.deletionAt) }),
      ...this.#describeMaterial()
    };
  }

  #describeMaterial(): Members {
    if (this.validTo !== undefined) {
      return { Origin: 'EXTERNAL', ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: epochSeconds(this.validTo) };
    }
    return { Origin: this.state === 'PendingImport' ? 'EXTERNAL' : 'AWS_KMS' };
  }
}
