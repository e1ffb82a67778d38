import { randomBytes, randomUUID } from 'node:crypto';
import { type Account, arn, seconds } from './account.ts';
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
  readonly spec?: string;
  readonly usage?: string;
  readonly manager?: 'CUSTOMER' | 'AWS';
  readonly multiRegion?: boolean;
  /** DescribeKey of this key is denied to the caller. */
  readonly denied?: boolean;
  /** The key's policy keeps Kinesis and Firehose out, or the caller from letting them in. */
  readonly refusedToServices?: boolean;
}

/**
 * One key. What may change in a key's life is mutable, so that a test can disable it in the middle of a change: what is
 * due by then happens first, with the key as it was.
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
      CreationDate: seconds(this.createdAt),
      CustomerMasterKeySpec: this.spec,
      Description: '',
      Enabled: this.state === 'Enabled',
      KeyId: this.id,
      KeyManager: this.manager,
      KeySpec: this.spec,
      KeyState: this.state,
      KeyUsage: this.usage,
      MultiRegion: this.multiRegion,
      Origin: this.state === 'PendingImport' ? 'EXTERNAL' : 'AWS_KMS'
    };
  }
}
