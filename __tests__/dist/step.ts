/** The committed bundle as one step, on the stream `orders` of a local AWS. */

import { runAction, type Step, type StepResult } from '../../demo/runner.ts';
import type { LocalAws } from '../../local-aws/server.ts';

export type Kind = 'kinesis' | 'firehose';

/** The operations by what they do to a stream of either kind. */
export const DESCRIBE = { kinesis: 'DescribeStreamSummary', firehose: 'DescribeDeliveryStream' } as const;
export const START = { kinesis: 'StartStreamEncryption', firehose: 'StartDeliveryStreamEncryption' } as const;

export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
} as const;

/** Creates the stream `orders`, encrypted with the key where one is given. */
export function createStream(aws: LocalAws, kind: Kind, keyArn?: string): void {
  if (kind === 'kinesis') aws.kinesis.create({ name: 'orders', ...(keyArn && { keyId: keyArn }) });
  else aws.firehose.create({ name: 'orders', ...(keyArn && { key: keyArn }) });
}

/** Runs the bundle on the stream `orders`, without settling unless told to. */
export function runOn(
  aws: LocalAws,
  kind: Kind,
  inputs: Step['inputs'],
  more: Omit<Step, 'inputs'> = {}
): Promise<StepResult> {
  const { env, ...rest } = more;
  return runAction({
    inputs: { 'stream-kind': kind, 'stream-name': 'orders', 'settle-seconds': '0', ...inputs },
    limitMs: 20_000,
    env: { AWS_REGION: 'us-east-1', ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint, ...env },
    ...rest
  });
}
