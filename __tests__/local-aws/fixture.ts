/** Test fixture: a local AWS with a manual clock, and the calls that its tests and the contract tests make. */

import {
  type DeliveryStreamDescription,
  type DeliveryStreamEncryptionConfiguration,
  Firehose
} from '@aws-sdk/client-firehose';
import { Kinesis, type StreamDescriptionSummary } from '@aws-sdk/client-kinesis';
import { type KeyMetadata, KMS } from '@aws-sdk/client-kms';
import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';
export const AWS_KEY = 'alias/aws/kinesis';
/** Of a delivery stream that writes to S3. */
export const DESTINATION = {
  ExtendedS3DestinationConfiguration: {
    RoleARN: `arn:aws:iam::${ACCOUNT}:role/firehose`,
    BucketARN: 'arn:aws:s3:::clicks'
  }
};

const DATA = Buffer.from('record');

/** SDK clients without retries, and short forms of the calls that many tests make. The stream is `orders` unless it is named. */
export class Calls {
  readonly kinesis: Kinesis;
  readonly firehose: Firehose;
  readonly kms: KMS;
  readonly tagging: ResourceGroupsTaggingAPI;

  constructor(endpoint: string) {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const config = { region: REGION, endpoint, credentials, maxAttempts: 1 };
    // By default, the Kinesis client uses HTTP/2, which local servers do not support.
    this.kinesis = new Kinesis({ ...config, requestHandler: new NodeHttpHandler() });
    this.firehose = new Firehose(config);
    this.kms = new KMS(config);
    this.tagging = new ResourceGroupsTaggingAPI(config);
  }

  async describeKinesis(StreamName = 'orders'): Promise<Partial<StreamDescriptionSummary>> {
    return (await this.kinesis.describeStreamSummary({ StreamName })).StreamDescriptionSummary ?? {};
  }

  async startKinesis(KeyId: string, StreamName = 'orders'): Promise<void> {
    await this.kinesis.startStreamEncryption({ StreamName, EncryptionType: 'KMS', KeyId });
  }

  /** Puts a record, and returns its EncryptionType. */
  async putKinesis(StreamName = 'orders'): Promise<string | undefined> {
    return (await this.kinesis.putRecord({ StreamName, Data: DATA, PartitionKey: '1' })).EncryptionType;
  }

  async describeFirehose(DeliveryStreamName = 'orders'): Promise<Partial<DeliveryStreamDescription>> {
    return (await this.firehose.describeDeliveryStream({ DeliveryStreamName })).DeliveryStreamDescription ?? {};
  }

  /** The encryption block of DescribeDeliveryStream. */
  async encryption(name?: string): Promise<DeliveryStreamEncryptionConfiguration | undefined> {
    return (await this.describeFirehose(name)).DeliveryStreamEncryptionConfiguration;
  }

  /** Starts encryption with `aws-owned`, or the ARN of a customer managed key. */
  async startFirehose(key: string, DeliveryStreamName = 'orders'): Promise<void> {
    await this.firehose.startDeliveryStreamEncryption({
      DeliveryStreamName,
      DeliveryStreamEncryptionConfigurationInput:
        key === 'aws-owned' ? { KeyType: 'AWS_OWNED_CMK' } : { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: key }
    });
  }

  /** Puts a record, and returns whether it was encrypted. */
  async putFirehose(DeliveryStreamName = 'orders'): Promise<boolean | undefined> {
    return (await this.firehose.putRecord({ DeliveryStreamName, Record: { Data: DATA } })).Encrypted;
  }

  async describeKey(KeyId: string): Promise<Partial<KeyMetadata>> {
    return (await this.kms.describeKey({ KeyId })).KeyMetadata ?? {};
  }
}

export interface Fixture extends AsyncDisposable {
  readonly aws: LocalAws;
  readonly calls: Calls;
  /** Lets time pass: the clock only moves when a test advances it. */
  readonly advance: (ms: number) => void;
}

/** Starts a local AWS with a manual clock. Changes take one second. */
export async function startFixture(options: LocalAwsOptions = {}): Promise<Fixture> {
  let now = Date.UTC(2026, 0, 1);
  const advance = (ms: number) => {
    now += ms;
  };
  const aws = await startLocalAws({ now: () => now, changeMs: 1000, ...options });
  return { aws, calls: new Calls(aws.endpoint), advance, [Symbol.asyncDispose]: () => aws.close() };
}

/** Returns the name, message and other properties of the error that the request fails with. */
export async function rejection(
  request: Promise<unknown>
): Promise<Record<string, unknown> & { name: string; message: string }> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Error) return { ...error, name: error.name, message: error.message };
    throw error;
  }
  throw new Error('The request was not rejected');
}

/** Returns `accepted`, or the name of the error. */
export function outcome(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'accepted',
    (error) => error.name
  );
}
