import { type Account, DAY_MS } from './account.ts';
import { type KinesisSeed, KinesisStream } from './kinesis-stream.ts';
import type { KeyErrorKind, KmsService } from './kms.ts';
import {
  AwsError,
  type Members,
  type Operation,
  optionalInteger,
  optionalStructure,
  optionalText,
  requiredBlob,
  requiredText
} from './protocol.ts';
import { firstPage, Streams } from './streams.ts';
import { readTagMap } from './tagging.ts';

const STREAM_NAME = { min: 1, max: 128, pattern: /[a-zA-Z0-9_.-]+/ };
const STREAM_ARN = { min: 1, max: 2048, pattern: /arn:aws.*:kinesis:.*:\d{12}:stream\/\S+/ };
const KEY_ID = { min: 1, max: 2048 };
const MAX_PAGE_SIZE = 100;
const MAX_RECORD_BYTES = 10 * 1024 * 1024;
const MAX_CHANGES_PER_DAY = 25;

const KEY_ERRORS: Readonly<Record<KeyErrorKind, string>> = {
  'not-found': 'KMSNotFoundException',
  disabled: 'KMSDisabledException',
  'invalid-state': 'KMSInvalidStateException',
  'access-denied': 'KMSAccessDeniedException',
  unsuitable: 'InvalidArgumentException'
};

/** The encryption part of Amazon Kinesis Data Streams. */
export class KinesisService {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly streams = new Streams<KinesisStream>();
  readonly #account: Account;
  readonly #kms: KmsService;
  #sequence = 0n;

  constructor(account: Account, kms: KmsService) {
    this.#account = account;
    this.#kms = kms;
    this.operations = {
      CreateStream: (input) => this.#createStream(input),
      DescribeStream: (input, { stale }) => this.#describe(input, stale),
      DescribeStreamSummary: (input, { stale }) => this.#describeSummary(input, stale),
      ListStreams: (input) => this.#listStreams(input),
      PutRecord: (input) => this.#putRecord(input),
      StartStreamEncryption: (input) => this.#startEncryption(input)
    };
  }

  /** Adds a stream in this state, without validation. */
  create(seed: KinesisSeed): KinesisStream {
    const stream = new KinesisStream(seed, this.#account);
    this.streams.add(stream);
    return stream;
  }

  /** Returns the stream in its current state. */
  get(name: string): KinesisStream {
    return this.streams.get(name);
  }

  /** Removes the stream, as after DeleteStream has ended. */
  delete(name: string): void {
    this.streams.delete(name);
  }

  #createStream(input: Members): undefined {
    const name = requiredText(input, 'StreamName', STREAM_NAME);
    optionalInteger(input, 'ShardCount', { min: 1, max: 100_000 });
    const modeDetails = optionalStructure(input, 'StreamModeDetails') ?? {};
    const mode = optionalText(modeDetails, 'StreamMode', { oneOf: ['PROVISIONED', 'ON_DEMAND'] });
    const tags = readTagMap(input);
    if (this.streams.has(name)) {
      throw new AwsError(
        'ResourceInUseException',
        `Stream ${name} under account ${this.#account.accountId} already exists.`
      );
    }
    const stream = this.create({
      name,
      status: 'CREATING',
      onDemand: mode === 'ON_DEMAND',
      ...(tags !== undefined && { tags })
    });
    stream.activeAt = this.#account.now() + this.#account.changeMs;
    return undefined;
  }

  #describeSummary(input: Members, stale: boolean): Members {
    return { StreamDescriptionSummary: this.#description(input, stale) };
  }

  /** The older operation, which returns the shards instead of their number. */
  #describe(input: Members, stale: boolean): Members {
    const { OpenShardCount, ConsumerCount, ChannelCount, ...description } = this.#description(input, stale);
    return { StreamDescription: { ...description, Shards: this.#findStream(input).shards(), HasMoreShards: false } };
  }

  #description(input: Members, stale: boolean): Members {
    const stream = this.#findStream(input);
    return (stale ? stream.previousDescription : undefined) ?? stream.describe();
  }

  /** Lists streams in the order of their names. A page holds 100 streams at most, even with a higher Limit. */
  #listStreams(input: Members): Members {
    const limit = optionalInteger(input, 'Limit', { min: 1, max: 10_000 }) ?? MAX_PAGE_SIZE;
    const after = optionalText(input, 'ExclusiveStartStreamName', STREAM_NAME);
    const token = optionalText(input, 'NextToken', { min: 1, max: 1_048_576 });
    const start = token === undefined ? (after ?? '') : Buffer.from(token, 'base64').toString();
    const { page, more } = firstPage(this.streams.after(start), Math.min(limit, MAX_PAGE_SIZE));
    const list = {
      StreamNames: page.map(({ name }) => name),
      StreamSummaries: page.map((stream) => stream.summarize())
    };
    const next = more ? page.at(-1) : undefined;
    return {
      ...list,
      HasMoreStreams: more,
      ...(next !== undefined && { NextToken: Buffer.from(next.name).toString('base64') })
    };
  }

  #putRecord(input: Members): Members {
    requiredBlob(input, 'Data', MAX_RECORD_BYTES);
    requiredText(input, 'PartitionKey', { min: 1, max: 256 });
    const stream = this.#findStream(input);
    if (stream.status !== 'ACTIVE' && stream.status !== 'UPDATING') throw this.#notFound(stream.name);
    if (stream.keyId !== undefined) this.#requireUsable(stream.keyId);
    this.#sequence += 1n;
    return {
      ShardId: 'shardId-000000000000',
      SequenceNumber: (49_600_000_000_000_000_000n + this.#sequence).toString(),
      EncryptionType: stream.encryptsRecords() ? 'KMS' : 'NONE'
    };
  }

  /** Returns an empty body. Only DescribeStreamSummary shows whether the change succeeds. */
  #startEncryption(input: Members): undefined {
    const encryptionType = requiredText(input, 'EncryptionType', { oneOf: ['NONE', 'KMS'] });
    const keyId = requiredText(input, 'KeyId', KEY_ID);
    const stream = this.#findStream(input);
    if (encryptionType !== 'KMS') {
      throw new AwsError(
        'InvalidArgumentException',
        `Encryption type ${encryptionType} is not valid to start; use KMS.`
      );
    }
    if (stream.status !== 'ACTIVE') {
      throw new AwsError(
        'ResourceInUseException',
        `Stream ${stream.name} under account ${this.#account.accountId} not ACTIVE, instead in state ${stream.status}`
      );
    }
    this.#requireChangesLeft(stream);
    this.#requireUsable(keyId);
    stream.start(keyId);
    return undefined;
  }

  #requireChangesLeft(stream: KinesisStream): void {
    const since = this.#account.now() - DAY_MS;
    if (stream.changedAt.filter((at) => at > since).length < MAX_CHANGES_PER_DAY) return;
    throw new AwsError(
      'LimitExceededException',
      `Stream ${stream.name} under account ${this.#account.accountId} has reached the limit of ${MAX_CHANGES_PER_DAY} key changes in a rolling 24 hours period.`
    );
  }

  #requireUsable(keyId: string): void {
    const usability = this.#kms.usabilityOf(keyId, 'kinesis');
    if (!usability.usable) throw new AwsError(KEY_ERRORS[usability.errorKind], usability.message);
  }

  /** Finds the stream by the name or ARN of the request. */
  #findStream(input: Members): KinesisStream {
    const { StreamId } = input;
    const name = optionalText(input, 'StreamName', STREAM_NAME);
    const streamArn = optionalText(input, 'StreamARN', STREAM_ARN);
    if (StreamId !== undefined) {
      throw new AwsError('InvalidArgumentException', 'StreamId is reserved for future use.');
    }
    if (name === undefined && streamArn === undefined) {
      throw new AwsError('InvalidArgumentException', 'Either StreamName or StreamARN must be given.');
    }
    const stream = this.streams.find(name ?? streamArn?.split(':stream/')[1] ?? '');
    if (stream === undefined || (streamArn !== undefined && streamArn !== stream.arn)) {
      throw this.#notFound(name ?? streamArn ?? '');
    }
    return stream;
  }

  #notFound(stream: string): AwsError {
    return new AwsError(
      'ResourceNotFoundException',
      `Stream ${stream} under account ${this.#account.accountId} not found.`
    );
  }
}
