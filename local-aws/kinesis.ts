import { type Account, DAY_MS } from './account.ts';
import { type KinesisSeed, KinesisStream } from './kinesis-stream.ts';
import type { KeyTrouble, KmsService } from './kms.ts';
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
const PAGE = 100;
const RECORD_BYTES = 10 * 1024 * 1024;
const CHANGES_A_DAY = 25;

const KEY_ERRORS: Readonly<Record<KeyTrouble, string>> = {
  'not-found': 'KMSNotFoundException',
  disabled: 'KMSDisabledException',
  'invalid-state': 'KMSInvalidStateException',
  'access-denied': 'KMSAccessDeniedException',
  unsuitable: 'InvalidArgumentException'
};

/** Kinesis Data Streams, as far as encryption is concerned. */
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
      ListTagsForStream: (input) => this.#listTags(input),
      PutRecord: (input) => this.#putRecord(input),
      StartStreamEncryption: (input) => this.#startEncryption(input)
    };
  }

  /** Adds a stream as it shall be found; nothing is checked. */
  create(seed: KinesisSeed): KinesisStream {
    const stream = new KinesisStream(seed, this.#account);
    this.streams.add(stream);
    return stream;
  }

  /** The stream as it is now. */
  get(name: string): KinesisStream {
    return this.streams.get(name);
  }

  /** The stream is gone, as after DeleteStream. */
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
    stream.createdBy = this.#account.now() + this.#account.changeMs;
    return undefined;
  }

  #describeSummary(input: Members, stale: boolean): Members {
    return { StreamDescriptionSummary: this.#description(input, stale) };
  }

  /** What older tools ask: the shards themselves in place of their number. */
  #describe(input: Members, stale: boolean): Members {
    const { OpenShardCount, ConsumerCount, ...description } = this.#description(input, stale);
    return { StreamDescription: { ...description, Shards: this.#named(input).shards(), HasMoreShards: false } };
  }

  #description(input: Members, stale: boolean): Members {
    const stream = this.#named(input);
    return (stale ? stream.descriptionBefore : undefined) ?? stream.describe();
  }

  #listTags(input: Members): Members {
    const { tags = {} } = this.#named(input);
    const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    return { Tags: list, HasMoreTags: false };
  }

  /** At most 100 a page whatever Limit says, in the order of the names. */
  #listStreams(input: Members): Members {
    const limit = optionalInteger(input, 'Limit', { min: 1, max: 10_000 }) ?? PAGE;
    const after = optionalText(input, 'ExclusiveStartStreamName', STREAM_NAME);
    const token = optionalText(input, 'NextToken', { min: 1, max: 1_048_576 });
    const start = token === undefined ? (after ?? '') : Buffer.from(token, 'base64').toString();
    const { page, more } = firstPage(this.streams.after(start), Math.min(limit, PAGE));
    const list = {
      StreamNames: page.map(({ name }) => name),
      StreamSummaries: page.map((stream) => stream.summarize())
    };
    if (this.#account.listsByNameOnly) return { ...list, HasMoreStreams: more ? 1 : 0 };
    const next = more ? page.at(-1) : undefined;
    return {
      ...list,
      HasMoreStreams: more,
      ...(next !== undefined && { NextToken: Buffer.from(next.name).toString('base64') })
    };
  }

  #putRecord(input: Members): Members {
    requiredBlob(input, 'Data', RECORD_BYTES);
    requiredText(input, 'PartitionKey', { min: 1, max: 256 });
    const stream = this.#named(input);
    if (stream.status !== 'ACTIVE' && stream.status !== 'UPDATING') throw this.#notFound(stream.name);
    if (stream.keyId !== undefined) this.#checkKey(stream.keyId);
    this.#sequence += 1n;
    return {
      ShardId: 'shardId-000000000000',
      SequenceNumber: (49_600_000_000_000_000_000n + this.#sequence).toString(),
      EncryptionType: stream.encryptsRecords() ? 'KMS' : 'NONE'
    };
  }

  /** Accepted, it answers with nothing: only Describe shows how it ends. */
  #startEncryption(input: Members): undefined {
    const encryptionType = requiredText(input, 'EncryptionType', { oneOf: ['NONE', 'KMS'] });
    const keyId = requiredText(input, 'KeyId', KEY_ID);
    const stream = this.#named(input);
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
    this.#checkChangesOfTheDay(stream);
    this.#checkKey(keyId);
    stream.start(keyId);
    return undefined;
  }

  #checkChangesOfTheDay(stream: KinesisStream): void {
    const since = this.#account.now() - DAY_MS;
    if (stream.applied.filter((at) => at > since).length < CHANGES_A_DAY) return;
    throw new AwsError(
      'LimitExceededException',
      `Stream ${stream.name} under account ${this.#account.accountId} has reached the limit of ${CHANGES_A_DAY} key changes in a rolling 24 hours period.`
    );
  }

  #checkKey(keyId: string): void {
    const verdict = this.#kms.judge(keyId, 'kinesis');
    if (!verdict.usable) throw new AwsError(KEY_ERRORS[verdict.trouble], verdict.message);
  }

  /** By name or by ARN, as the service takes either. */
  #named(input: Members): KinesisStream {
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
