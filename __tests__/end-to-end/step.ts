/** Runs the committed bundle as one step against a local AWS. Names what differs between the two services. */

import type { LocalAws } from '../../local-aws/server.ts';
import { runAction, type Step, type StepResult } from '../../testing/runner.ts';
import { withAnyKey } from '../support/any-key.ts';

export type Kind = 'kinesis' | 'firehose';
export const KINDS: readonly Kind[] = ['kinesis', 'firehose'];

export const DESCRIBE = { kinesis: 'DescribeStreamSummary', firehose: 'DescribeDeliveryStream' } as const;
export const START = { kinesis: 'StartStreamEncryption', firehose: 'StartDeliveryStreamEncryption' } as const;
export const LIST = { kinesis: 'ListStreams', firehose: 'ListDeliveryStreams' } as const;

/** The status of an encrypted stream, and of a stream during a change. */
export const ENCRYPTED_STATUS = { kinesis: 'ACTIVE', firehose: 'ENABLED' } as const;
export const CHANGING_STATUS = { kinesis: 'UPDATING', firehose: 'ENABLING' } as const;

/** `times` of a fault that hits every request. */
export const ALWAYS = Number.POSITIVE_INFINITY;
/** Duration of a change that never ends. */
export const FOREVER = Number.POSITIVE_INFINITY;

/** All outputs, in the order in which a step writes them. */
export const OUTPUTS = [
  'outcome',
  'changed',
  'encrypted',
  'status',
  'key-type',
  'key-id',
  'key-arn',
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

/** The initial state of a stream of either kind. */
export interface StreamSeed {
  /** `orders` if omitted. */
  readonly name?: string;
  /** The key in force; not encrypted if omitted. */
  readonly key?: string | undefined;
  readonly changeMs?: number;
  /** A change in flight that another caller started. */
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

/** Runs the bundle. Any key is required unless the inputs name the key. `settle-seconds` defaults to 0: five seconds a run. */
export function run(aws: LocalAws, inputs: Step['inputs'], more: Omit<Step, 'inputs'> = {}): Promise<StepResult> {
  const { env, ...rest } = more;
  return runAction({
    inputs: { 'settle-seconds': '0', ...withAnyKey(inputs) },
    env: { AWS_REGION: 'us-east-1', ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint, ...env },
    ...rest
  });
}

/** Runs the bundle on the stream `orders`. */
export function runOn(
  aws: LocalAws,
  kind: Kind,
  inputs: Step['inputs'],
  more: Omit<Step, 'inputs'> = {}
): Promise<StepResult> {
  return run(aws, { 'stream-kind': kind, 'stream-name': 'orders', ...inputs }, more);
}
