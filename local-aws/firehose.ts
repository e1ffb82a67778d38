import { type Account, DAY_MS } from './account.ts';
import { DeliveryStream, type FirehoseKey, type FirehoseSeed } from './delivery-stream.ts';
import type { KeyTrouble, KmsService } from './kms.ts';
import {
  AwsError,
  type Members,
  missing,
  type Operation,
  optionalInteger,
  optionalStructure,
  optionalText,
  requiredBlob,
  requiredText
} from './protocol.ts';
import { firstPage, Streams } from './streams.ts';
import { readTagList } from './tagging.ts';

const STREAM_NAME = { min: 1, max: 64, pattern: /[a-zA-Z0-9_.-]+/ };
const KEY_ARN = { min: 1, max: 512, pattern: /arn:.*:kms:[a-zA-Z0-9-]+:\d{12}:key\/[a-zA-Z_0-9+=,.@\-_/]+/ };
const SOURCE_TYPES = ['DirectPut', 'KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource'];
const DEFAULT_PAGE = 10;
const RECORD_BYTES = 1_024_000;
const CALLS_A_DAY = 25;
const STREAMS_A_KEY = 500;

/** KMS' own codes, as InvalidKMSResourceException carries them. */
const KMS_CODES: Readonly<Record<Exclude<KeyTrouble, 'unsuitable'>, string>> = {
  'not-found': 'NotFoundException',
  disabled: 'DisabledException',
  'invalid-state': 'KMSInvalidStateException',
  'access-denied': 'AccessDeniedException'
};

/** Amazon Data Firehose, as far as encryption is concerned. */
export class FirehoseService {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly streams = new Streams<DeliveryStream>();
  readonly #account: Account;
  readonly #kms: KmsService;
  #records = 0;

  constructor(account: Account, kms: KmsService) {
    this.#account = account;
    this.#kms = kms;
    kms.beforeKeyChange = () => {
      for (const stream of this.streams) stream.settle();
    };
    this.operations = {
      CreateDeliveryStream: (input) => this.#createDeliveryStream(input),
      DescribeDeliveryStream: (input, { stale }) => this.#describe(input, stale),
      ListDeliveryStreams: (input) => this.#listDeliveryStreams(input),
      PutRecord: (input) => this.#putRecord(input),
      StartDeliveryStreamEncryption: (input) => this.#startEncryption(input)
    };
  }

  /** Adds a delivery stream as it shall be found; nothing is checked. */
  create(seed: FirehoseSeed): DeliveryStream {
    const stream = new DeliveryStream(seed, this.#account, (keyArn) => this.#kms.judge(keyArn, 'firehose'));
    this.streams.add(stream);
    return stream;
  }

  /** The delivery stream as it is now. */
  get(name: string): DeliveryStream {
    return this.streams.get(name);
  }

  /** The delivery stream is gone, as after DeleteDeliveryStream. */
  delete(name: string): void {
    this.streams.delete(name);
  }

  #createDeliveryStream(input: Members): Members {
    const name = requiredText(input, 'DeliveryStreamName', STREAM_NAME);
    const sourceType = optionalText(input, 'DeliveryStreamType', { oneOf: SOURCE_TYPES }) ?? 'DirectPut';
    const encryption = optionalStructure(input, 'DeliveryStreamEncryptionConfigurationInput');
    const key = encryption === undefined ? undefined : askedKey(encryption);
    if (!Object.keys(input).some((member) => member.endsWith('DestinationConfiguration'))) {
      throw new AwsError(
        'InvalidArgumentException',
        'Exactly one destination configuration is supported for a Firehose'
      );
    }
    const tags = readTagList(input);
    if (this.streams.has(name)) {
      throw new AwsError(
        'ResourceInUseException',
        `Firehose ${name} under accountId ${this.#account.accountId} already exists`
      );
    }
    if (key !== undefined) this.#checkSource(sourceType);
    const stream = this.create({
      name,
      sourceType,
      streamStatus: 'CREATING',
      ...(key !== undefined && { key }),
      ...(tags !== undefined && { tags })
    });
    stream.createdBy = this.#account.now() + this.#account.changeMs;
    return { DeliveryStreamARN: stream.arn };
  }

  #describe(input: Members, stale: boolean): Members {
    const stream = this.#named(input);
    const before = stale ? stream.descriptionBefore : undefined;
    return { DeliveryStreamDescription: before ?? stream.describe() };
  }

  #listDeliveryStreams(input: Members): Members {
    const limit = optionalInteger(input, 'Limit', { min: 1, max: 10_000 }) ?? DEFAULT_PAGE;
    const start = optionalText(input, 'ExclusiveStartDeliveryStreamName', STREAM_NAME) ?? '';
    const sourceType = optionalText(input, 'DeliveryStreamType', { oneOf: SOURCE_TYPES });
    const isAsked = (stream: DeliveryStream) => sourceType === undefined || stream.sourceType === sourceType;
    const { page, more } = firstPage(this.streams.after(start), limit, isAsked);
    return { DeliveryStreamNames: page.map(({ name }) => name), HasMoreDeliveryStreams: more };
  }

  #putRecord(input: Members): Members {
    const record = optionalStructure(input, 'Record') ?? missing('Record');
    requiredBlob(record, 'Data', RECORD_BYTES);
    const stream = this.#named(input);
    if (stream.sourceType !== 'DirectPut') {
      throw new AwsError(
        'InvalidSourceException',
        `Only records from ${stream.sourceType} are accepted by ${stream.name}`
      );
    }
    if (stream.key !== undefined) this.#checkKey(stream.key);
    this.#records += 1;
    return { RecordId: `record-${this.#records}`, Encrypted: stream.encryptsRecords() };
  }

  /** Accepted, it answers with an empty structure: only Describe shows how it ends. */
  #startEncryption(input: Members): Members {
    const encryption = optionalStructure(input, 'DeliveryStreamEncryptionConfigurationInput');
    const key = encryption === undefined ? 'aws-owned' : askedKey(encryption);
    const stream = this.#named(input);
    this.#countCall(stream);
    this.#checkSource(stream.sourceType);
    this.#checkState(stream, key);
    if (key !== 'aws-owned') this.#checkStreamsOfKey(stream, key);
    if (this.#account.checksKeysAtOnce) this.#checkKey(key);
    stream.start(key);
    return {};
  }

  /** The limit is one of calls, so a call counts that is refused for any reason but this one. */
  #countCall(stream: DeliveryStream): void {
    const now = this.#account.now();
    if (stream.calls.filter((at) => at > now - DAY_MS).length >= CALLS_A_DAY) {
      throw new AwsError(
        'LimitExceededException',
        `Firehose ${stream.name} under accountId ${this.#account.accountId} has reached the limit of ${CALLS_A_DAY} calls to start or stop encryption in 24 hours.`
      );
    }
    stream.calls.push(now);
  }

  #checkSource(sourceType: string): void {
    if (sourceType === 'DirectPut') return;
    throw new AwsError(
      'InvalidArgumentException',
      `Server-side encryption is supported with DirectPut only; the source of this Firehose is ${sourceType}.`
    );
  }

  #checkState(stream: DeliveryStream, key: FirehoseKey): void {
    const status = stream.encryptionStatus;
    if (stream.streamStatus !== 'ACTIVE' || status === 'ENABLING' || status === 'DISABLING') {
      throw new AwsError(
        'ResourceInUseException',
        `Firehose ${stream.name} under accountId ${this.#account.accountId} is ${stream.streamStatus} and its encryption ${status}`
      );
    }
    // After a failure the same key may be asked again, whichever it was.
    if (status === 'ENABLED' && stream.key === key) {
      throw new AwsError(
        'InvalidArgumentException',
        `Firehose ${stream.name} is already encrypted with the configuration that was asked.`
      );
    }
  }

  #checkStreamsOfKey(asking: DeliveryStream, key: FirehoseKey): void {
    let others = 0;
    for (const stream of this.streams) {
      if (stream === asking) continue;
      if (stream.key === key || stream.change?.key === key) others += 1;
    }
    if (others < STREAMS_A_KEY) return;
    throw new AwsError(
      'LimitExceededException',
      `The CMK ${key} already encrypts ${STREAMS_A_KEY} delivery streams, the most that one CMK may.`
    );
  }

  #checkKey(key: FirehoseKey): void {
    if (key === 'aws-owned') return;
    const verdict = this.#kms.judge(key, 'firehose');
    if (verdict.usable) return;
    if (verdict.trouble === 'unsuitable') throw new AwsError('InvalidArgumentException', verdict.message);
    throw new AwsError('InvalidKMSResourceException', verdict.message, 400, { code: KMS_CODES[verdict.trouble] });
  }

  #named(input: Members): DeliveryStream {
    const name = requiredText(input, 'DeliveryStreamName', STREAM_NAME);
    const stream = this.streams.find(name);
    if (stream === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Firehose ${name} under accountId ${this.#account.accountId} not found.`
      );
    }
    return stream;
  }
}

/** A customer's key needs its ARN, and a key ARN at that; the key that AWS owns takes none. */
function askedKey(encryption: Members): FirehoseKey {
  const keyType = requiredText(encryption, 'KeyType', { oneOf: ['AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK'] });
  const keyArn = optionalText(encryption, 'KeyARN', KEY_ARN);
  if (keyType === 'CUSTOMER_MANAGED_CMK') {
    if (keyArn === undefined) {
      throw new AwsError('InvalidArgumentException', 'KeyARN must be specified when KeyType is CUSTOMER_MANAGED_CMK.');
    }
    return keyArn;
  }
  if (keyArn !== undefined) {
    throw new AwsError('InvalidArgumentException', 'KeyARN must not be specified when KeyType is AWS_OWNED_CMK.');
  }
  return 'aws-owned';
}
