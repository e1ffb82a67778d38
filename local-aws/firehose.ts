import { type Account, DAY_MS } from './account.ts';
import { DeliveryStream, type FirehoseKey, type FirehoseSeed, type FirehoseSource } from './delivery-stream.ts';
import type { KeyErrorKind, KmsService } from './kms.ts';
import {
  AwsError,
  type Members,
  missingMember,
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
const DATA_STREAM_ARN = { min: 1, max: 512, pattern: /arn:.*:kinesis:[a-zA-Z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]+/ };
const SOURCE_TYPES = ['DirectPut', 'KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource'];
const DEFAULT_PAGE_SIZE = 10;
const MAX_RECORD_BYTES = 1_024_000;
const MAX_CALLS_PER_DAY = 25;
const MAX_STREAMS_PER_KEY = 500;

/** The KMS error code that InvalidKMSResourceException contains. */
const KMS_CODES: Readonly<Record<Exclude<KeyErrorKind, 'unsuitable'>, string>> = {
  'not-found': 'NotFoundException',
  disabled: 'DisabledException',
  'invalid-state': 'KMSInvalidStateException',
  'access-denied': 'AccessDeniedException'
};

/** The encryption part of Amazon Data Firehose. */
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

  /** Adds a delivery stream in this state, without validation. */
  create(seed: FirehoseSeed): DeliveryStream {
    const stream = new DeliveryStream(seed, this.#account, (keyArn) => this.#kms.usabilityOf(keyArn, 'firehose'));
    this.streams.add(stream);
    return stream;
  }

  /** Returns the delivery stream in its current state. */
  get(name: string): DeliveryStream {
    return this.streams.get(name);
  }

  /** Removes the delivery stream, as after DeleteDeliveryStream has ended. */
  delete(name: string): void {
    this.streams.delete(name);
  }

  #createDeliveryStream(input: Members): Members {
    const name = requiredText(input, 'DeliveryStreamName', STREAM_NAME);
    const sourceType = optionalText(input, 'DeliveryStreamType', { oneOf: SOURCE_TYPES }) ?? 'DirectPut';
    const source = requestedSource(input);
    const encryption = optionalStructure(input, 'DeliveryStreamEncryptionConfigurationInput');
    const key = encryption === undefined ? undefined : requestedKey(encryption);
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
    if (key !== undefined) this.#requireDirectPut(sourceType);
    const stream = this.create({
      name,
      sourceType,
      streamStatus: 'CREATING',
      ...(source !== undefined && { source }),
      ...(key !== undefined && { key }),
      ...(tags !== undefined && { tags })
    });
    stream.activeAt = this.#account.now() + this.#account.changeMs;
    return { DeliveryStreamARN: stream.arn };
  }

  #describe(input: Members, stale: boolean): Members {
    const stream = this.#findStream(input);
    const previous = stale ? stream.previousDescription : undefined;
    return { DeliveryStreamDescription: previous ?? stream.describe() };
  }

  #listDeliveryStreams(input: Members): Members {
    const limit = optionalInteger(input, 'Limit', { min: 1, max: 10_000 }) ?? DEFAULT_PAGE_SIZE;
    const start = optionalText(input, 'ExclusiveStartDeliveryStreamName', STREAM_NAME) ?? '';
    const sourceType = optionalText(input, 'DeliveryStreamType', { oneOf: SOURCE_TYPES });
    const hasSourceType = (stream: DeliveryStream) => sourceType === undefined || stream.sourceType === sourceType;
    const { page, more } = firstPage(this.streams.after(start), limit, hasSourceType);
    return { DeliveryStreamNames: page.map(({ name }) => name), HasMoreDeliveryStreams: more };
  }

  #putRecord(input: Members): Members {
    const record = optionalStructure(input, 'Record') ?? missingMember('Record');
    requiredBlob(record, 'Data', MAX_RECORD_BYTES);
    const stream = this.#findStream(input);
    if (stream.sourceType !== 'DirectPut') {
      throw new AwsError(
        'InvalidSourceException',
        `Only records from ${stream.sourceType} are accepted by ${stream.name}`
      );
    }
    if (stream.key !== undefined) this.#requireUsable(stream.key);
    this.#records += 1;
    return { RecordId: `record-${this.#records}`, Encrypted: stream.encryptsRecords() };
  }

  /** Returns an empty structure. Only DescribeDeliveryStream shows whether the change succeeds. */
  #startEncryption(input: Members): Members {
    const encryption = optionalStructure(input, 'DeliveryStreamEncryptionConfigurationInput');
    const key = encryption === undefined ? 'aws-owned' : requestedKey(encryption);
    const stream = this.#findStream(input);
    this.#countStartCall(stream);
    this.#requireDirectPut(stream.sourceType);
    this.#requireChangeable(stream, key);
    if (key !== 'aws-owned') this.#requireKeyCapacity(stream, key);
    stream.start(key);
    return {};
  }

  /** The limit counts calls, so a call that fails for another reason counts too. */
  #countStartCall(stream: DeliveryStream): void {
    const now = this.#account.now();
    if (stream.startCalls.filter((at) => at > now - DAY_MS).length >= MAX_CALLS_PER_DAY) {
      throw new AwsError(
        'LimitExceededException',
        `Firehose ${stream.name} under accountId ${this.#account.accountId} has reached the limit of ${MAX_CALLS_PER_DAY} calls to start or stop encryption in 24 hours.`
      );
    }
    stream.startCalls.push(now);
  }

  #requireDirectPut(sourceType: string): void {
    if (sourceType === 'DirectPut') return;
    throw new AwsError(
      'InvalidArgumentException',
      `Server-side encryption is supported with DirectPut only; the source of this Firehose is ${sourceType}.`
    );
  }

  #requireChangeable(stream: DeliveryStream, key: FirehoseKey): void {
    const status = stream.encryptionStatus;
    if (stream.streamStatus !== 'ACTIVE' || status === 'ENABLING' || status === 'DISABLING') {
      throw new AwsError(
        'ResourceInUseException',
        `Firehose ${stream.name} under accountId ${this.#account.accountId} is ${stream.streamStatus} and its encryption ${status}`
      );
    }
    // After a failed change, a caller may request any key again, including the failed one.
    if (status === 'ENABLED' && stream.key === key) {
      throw new AwsError(
        'InvalidArgumentException',
        `Firehose ${stream.name} is already encrypted with the requested configuration.`
      );
    }
  }

  #requireKeyCapacity(requested: DeliveryStream, key: FirehoseKey): void {
    let others = 0;
    for (const stream of this.streams) {
      if (stream === requested) continue;
      if (stream.key === key || stream.change?.key === key) others += 1;
    }
    if (others < MAX_STREAMS_PER_KEY) return;
    throw new AwsError(
      'LimitExceededException',
      `The CMK ${key} already encrypts ${MAX_STREAMS_PER_KEY} delivery streams, the most that one CMK may.`
    );
  }

  #requireUsable(key: FirehoseKey): void {
    if (key === 'aws-owned') return;
    const usability = this.#kms.usabilityOf(key, 'firehose');
    if (usability.usable) return;
    const { errorKind, message } = usability;
    if (errorKind === 'unsuitable') throw new AwsError('InvalidArgumentException', message);
    throw new AwsError('InvalidKMSResourceException', message, 400, { code: KMS_CODES[errorKind] });
  }

  #findStream(input: Members): DeliveryStream {
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

/** Reads the data stream that the stream is to read from. Other sources cannot be created, only seeded. */
function requestedSource(input: Members): FirehoseSource | undefined {
  const dataStream = optionalStructure(input, 'KinesisStreamSourceConfiguration');
  return dataStream && { dataStreamArn: requiredText(dataStream, 'KinesisStreamARN', DATA_STREAM_ARN) };
}

/** Reads the requested key. A customer managed key requires a key ARN; the AWS owned key allows none. */
function requestedKey(encryption: Members): FirehoseKey {
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
