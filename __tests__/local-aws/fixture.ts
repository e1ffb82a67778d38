/** Test fixture: a local AWS with a manual clock, and SDK clients for it. */

import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';
export const DAY_MS = 24 * 60 * 60 * 1000;

export interface Clients {
  readonly kinesis: KinesisClient;
  readonly firehose: FirehoseClient;
  readonly kms: KMSClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
}

/** SDK clients without retries. By default, the Kinesis client uses HTTP/2, which local servers do not support. */
export function createClients(endpoint: string): Clients {
  const config = {
    region: REGION,
    endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1
  };
  return {
    kinesis: new KinesisClient({ ...config, requestHandler: new NodeHttpHandler() }),
    firehose: new FirehoseClient({ ...config, requestHandler: new NodeHttpHandler() }),
    kms: new KMSClient({ ...config, requestHandler: new NodeHttpHandler() }),
    tagging: new ResourceGroupsTaggingAPIClient({ ...config, requestHandler: new NodeHttpHandler() })
  };
}

/** A clock that only moves when a test advances it. */
class ManualClock {
  ms = Date.UTC(2026, 0, 1);
  readonly now = (): number => this.ms;

  advance(ms: number): void {
    this.ms += ms;
  }
}

export interface Fixture extends AsyncDisposable {
  readonly aws: LocalAws;
  readonly clock: ManualClock;
  readonly clients: Clients;
}

/** Starts a local AWS with a manual clock. Changes take one second. */
export async function startFixture(options: LocalAwsOptions = {}): Promise<Fixture> {
  const clock = new ManualClock();
  const aws = await startLocalAws({ now: clock.now, changeMs: 1000, ...options });
  return { aws, clock, clients: createClients(aws.endpoint), [Symbol.asyncDispose]: () => aws.close() };
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
