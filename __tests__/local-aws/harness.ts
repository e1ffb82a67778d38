/** A local AWS on a clock that the test moves, the SDK's clients of it, and what its refusals say. */

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

/** SDK clients that send each request once. Kinesis' speaks HTTP/2 unless told otherwise, which no local server does. */
export function clientsFor(endpoint: string): Clients {
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

/** A clock that stands still until it is moved. */
class Clock {
  ms = Date.UTC(2026, 0, 1);
  readonly now = (): number => this.ms;

  advance(ms: number): void {
    this.ms += ms;
  }
}

export interface Scene extends AsyncDisposable {
  readonly aws: LocalAws;
  readonly clock: Clock;
  readonly clients: Clients;
}

/** A local AWS whose changes take one second by a clock that the test moves. */
export async function scene(options: LocalAwsOptions = {}): Promise<Scene> {
  const clock = new Clock();
  const aws = await startLocalAws({ now: clock.now, changeMs: 1000, ...options });
  return { aws, clock, clients: clientsFor(aws.endpoint), [Symbol.asyncDispose]: () => aws.close() };
}

/** What a refused request says: the error's name, its message, and what else it carries. */
export async function refusal(
  request: Promise<unknown>
): Promise<Record<string, unknown> & { name: string; message: string }> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Error) return { ...error, name: error.name, message: error.message };
    throw error;
  }
  throw new Error('The request was accepted');
}
