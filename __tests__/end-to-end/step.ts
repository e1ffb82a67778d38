/** The committed bundle as one step against a local AWS, in words that fit the streams of both services. */

import type { LocalAws } from '../../local-aws/server.ts';
import { runAction, type Step, type StepResult } from '../../testing/runner.ts';

export type Kind = 'kinesis' | 'firehose';
export const KINDS: readonly Kind[] = ['kinesis', 'firehose'];

/** The operations by what they do to a stream of either kind. */
export const DESCRIBE = { kinesis: 'DescribeStreamSummary', firehose: 'DescribeDeliveryStream' } as const;
export const START = { kinesis: 'StartStreamEncryption', firehose: 'StartDeliveryStreamEncryption' } as const;
export const LIST = { kinesis: 'ListStreams', firehose: 'ListDeliveryStreams' } as const;

/** The status of an encrypted stream, and of one while a change is under way. */
export const AT_REST = { kinesis: 'ACTIVE', firehose: 'ENABLED' } as const;
export const IN_FLIGHT = { kinesis: 'UPDATING', firehose: 'ENABLING' } as const;

/** The AWS key, as the local AWS is told of it. */
export const AWS_KEY = { kinesis: 'alias/aws/kinesis', firehose: 'aws-owned' } as const;

/** How often a fault strikes that strikes each time. */
export const ALWAYS = Number.POSITIVE_INFINITY;
/** How long a change takes that never ends. */
export const FOR_EVER = Number.POSITIVE_INFINITY;

/** Every output, in the order in which a step writes them. */
export const OUTPUTS = [
  'outcome',
  'changed',
  'encrypted',
  'status',
  'key-type',
  'key-id',
  'previous-key-type',
  'previous-key-id',
  'stream-name',
  'stream-arn',
  'duration-seconds',
  'counts',
  'results'
] as const;

export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
} as const;

/** A stream of either kind as it shall be found. */
export interface StreamSeed {
  /** `orders` if left out. */
  readonly name?: string;
  /** The key in force; not encrypted if left out. */
  readonly key?: string | undefined;
  readonly changeMs?: number;
  /** Somebody else's change in flight. */
  readonly changing?: { readonly key: string; readonly ms: number };
  readonly tags?: Readonly<Record<string, string>>;
}

export function createStream(aws: LocalAws, kind: Kind, seed: StreamSeed = {}): void {
  const { name = 'orders', key, changing, ...more } = seed;
  if (kind === 'kinesis') {
    const change = changing && { changing: { keyId: changing.key, ms: changing.ms } };
    aws.kinesis.create({ name, ...more, ...(key !== undefined && { keyId: key }), ...change });
  } else {
    aws.firehose.create({ name, ...more, ...(key !== undefined && { key }), ...(changing && { changing }) });
  }
}

/** Runs the bundle, without settling unless told to. */
export function run(aws: LocalAws, inputs: Step['inputs'], more: Omit<Step, 'inputs'> = {}): Promise<StepResult> {
  const { env, ...rest } = more;
  return runAction({
    inputs: { 'settle-seconds': '0', ...inputs },
    env: { AWS_REGION: 'us-east-1', ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint, ...env },
    ...rest
  });
}

/** Runs the bundle on the stream `orders`. A step that hangs is ended after 20 s, and then the test says what it came to. */
export function runOn(
  aws: LocalAws,
  kind: Kind,
  inputs: Step['inputs'],
  more: Omit<Step, 'inputs'> = {}
): Promise<StepResult> {
  return run(aws, { 'stream-kind': kind, 'stream-name': 'orders', ...inputs }, { limitMs: 20_000, ...more });
}
