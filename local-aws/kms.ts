import { type Account, arn } from './account.ts';
import { type KeySeed, type KeyState, KmsKey } from './kms-key.ts';
import { AwsError, type Members, type Operation, optionalText, requiredText } from './protocol.ts';

export type KeyErrorKind = 'not-found' | 'disabled' | 'invalid-state' | 'access-denied' | 'unsuitable';

/** Whether a service can encrypt with a key, and if not, why. */
export type KeyUsability =
  | { readonly usable: true }
  | { readonly usable: false; readonly errorKind: KeyErrorKind; readonly message: string };

const KEY_ID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;
const KEY_ID_RULE = { min: 1, max: 2048 };
const KINESIS_ALIAS = 'alias/aws/kinesis';

/** The keys and aliases of this account, and those of other accounts that a test creates. */
export class KmsService {
  /** Runs before a key is created or changes, so that stream changes due by then use the previous key state. */
  beforeKeyChange: () => void = () => {};
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #account: Account;
  readonly #keys = new Map<string, KmsKey>();
  /** By alias ARN: an alias belongs to the account and region of its key. */
  readonly #aliases = new Map<string, KmsKey>();

  constructor(account: Account) {
    this.#account = account;
    this.operations = {
      CreateKey: (input) => this.#createKey(input),
      CreateAlias: (input) => this.#createAlias(input),
      DescribeKey: (input) => this.#describeKey(requiredText(input, 'KeyId', KEY_ID_RULE))
    };
  }

  createKey(seed: KeySeed = {}): KmsKey {
    this.beforeKeyChange();
    const key = new KmsKey(seed, this.#account, () => this.beforeKeyChange());
    this.#keys.set(key.arn, key);
    return key;
  }

  /** Points a new or existing alias to the key. Returns the ARN of the alias. */
  createAlias(name: string, key: KmsKey): string {
    const aliasArn = arn('kms', key.region, key.accountId, name);
    this.#aliases.set(aliasArn, key);
    return aliasArn;
  }

  /**
   * Resolves a key id, key ARN, alias name or alias ARN, or throws the error of KMS with its message.
   * For a key ARN of another region, KMS returns NotFoundException, not InvalidArnException.
   */
  find(keyId: string): KmsKey {
    const { region, accountId } = this.#account;
    if (keyId.startsWith('arn:')) return this.#findByArn(keyId);
    if (keyId.startsWith('alias/')) return this.#findAlias(arn('kms', region, accountId, keyId));
    const keyArn = arn('kms', region, accountId, `key/${keyId}`);
    if (!this.#keys.has(keyArn) && !KEY_ID.test(keyId)) {
      throw new AwsError('NotFoundException', `Invalid keyId '${keyId}'`);
    }
    return this.#findKey(keyArn);
  }

  /** Whether Kinesis or Firehose can encrypt with this key now, regardless of what the caller may describe. */
  usabilityOf(keyId: string, service: 'kinesis' | 'firehose'): KeyUsability {
    let key: KmsKey;
    try {
      key = this.find(keyId);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { usable: false, errorKind: 'not-found', message: error.message };
    }
    const unusable = (errorKind: KeyErrorKind, message: string): KeyUsability => ({
      usable: false,
      errorKind,
      message
    });
    // The policy of an AWS managed key allows only the service that owns the key.
    const isOfAnotherService = key.manager === 'AWS' && !(service === 'kinesis' && key === this.#kinesisKey());
    if (key.refusedToServices || isOfAnotherService) {
      return unusable('access-denied', `The ciphertext refers to a key that ${service} may not use: ${key.arn}`);
    }
    if (key.spec !== 'SYMMETRIC_DEFAULT' || key.usage !== 'ENCRYPT_DECRYPT') {
      return unusable('unsuitable', `${key.arn} is not a symmetric encryption key`);
    }
    if (key.state === 'Enabled' || key.state === 'Updating') return { usable: true };
    if (key.state === 'Disabled') return unusable('disabled', `${key.arn} is disabled.`);
    return unusable('invalid-state', `${key.arn} is ${formatState(key.state)}.`);
  }

  #findByArn(keyArn: string): KmsKey {
    const parts = /^arn:[^:]+:kms:([^:]+):\d{12}:(key|alias)\/./.exec(keyArn);
    if (parts === null) throw new AwsError('InvalidArnException', `Invalid ARN: ${keyArn}`);
    if (parts[1] !== this.#account.region) throw new AwsError('NotFoundException', `Invalid arn ${parts[1]}`);
    return parts[2] === 'alias' ? this.#findAlias(keyArn) : this.#findKey(keyArn);
  }

  #findKey(keyArn: string): KmsKey {
    const key = this.#keys.get(keyArn);
    if (key === undefined) throw new AwsError('NotFoundException', `Key '${keyArn}' does not exist`);
    return key;
  }

  #findAlias(aliasArn: string): KmsKey {
    const { region, accountId } = this.#account;
    if (aliasArn === arn('kms', region, accountId, KINESIS_ALIAS)) return this.#kinesisKey();
    const key = this.#aliases.get(aliasArn);
    if (key === undefined) throw new AwsError('NotFoundException', `Alias ${aliasArn} is not found.`);
    return key;
  }

  /** KMS creates an AWS managed key when the key is first used. */
  #kinesisKey(): KmsKey {
    const aliasArn = arn('kms', this.#account.region, this.#account.accountId, KINESIS_ALIAS);
    const existing = this.#aliases.get(aliasArn);
    if (existing !== undefined) return existing;
    const key = this.createKey({ manager: 'AWS' });
    this.createAlias(KINESIS_ALIAS, key);
    return key;
  }

  #describeKey(keyId: string): Members {
    const key = this.find(keyId);
    if (key.denied) {
      throw this.#denied(keyId, key.accountId === this.#account.accountId ? 'identity-based' : 'resource');
    }
    return { KeyMetadata: key.describe() };
  }

  #denied(keyId: string, by: 'identity-based' | 'resource'): AwsError {
    const { accountId, region } = this.#account;
    const user = `arn:aws:sts::${accountId}:assumed-role/deploy/github-actions`;
    const reason =
      by === 'identity-based'
        ? `on resource: ${this.#policyResource(keyId, region)} because no identity-based policy allows the kms:DescribeKey action`
        : 'on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';
    return new AwsError(
      'AccessDeniedException',
      `User: ${user} is not authorized to perform: kms:DescribeKey ${reason}`
    );
  }

  /** The resource that a policy must name. For an alias, that is the ARN of its key. */
  #policyResource(keyId: string, region: string): string {
    try {
      return this.find(keyId).arn;
    } catch {
      return keyId.startsWith('arn:') ? keyId : arn('kms', region, this.#account.accountId, `key/${keyId}`);
    }
  }

  #createKey(input: Members): Members {
    const { MultiRegion } = input;
    const spec = optionalText(input, 'KeySpec');
    const usage = optionalText(input, 'KeyUsage', {
      oneOf: ['SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT']
    });
    const origin = optionalText(input, 'Origin', { oneOf: ['AWS_KMS', 'EXTERNAL'] });
    const key = this.createKey({
      ...(spec !== undefined && { spec }),
      ...(usage !== undefined && { usage }),
      ...(origin === 'EXTERNAL' && { state: 'PendingImport' }),
      multiRegion: MultiRegion === true
    });
    return { KeyMetadata: key.describe() };
  }

  #createAlias(input: Members): undefined {
    const name = requiredText(input, 'AliasName', { min: 1, max: 256, pattern: /[a-zA-Z0-9:/_-]+/ });
    const target = requiredText(input, 'TargetKeyId', KEY_ID_RULE);
    if (!name.startsWith('alias/') || name.startsWith('alias/aws/')) {
      throw new AwsError('InvalidAliasNameException', `Invalid alias name: ${name}`);
    }
    const aliasArn = arn('kms', this.#account.region, this.#account.accountId, name);
    if (this.#aliases.has(aliasArn)) {
      throw new AwsError('AlreadyExistsException', `An alias with the name ${aliasArn} already exists`);
    }
    this.createAlias(name, this.find(target));
    return undefined;
  }
}

/** Formats `PendingDeletion` as `pending deletion`, as KMS messages do. */
function formatState(state: KeyState): string {
  return state.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
