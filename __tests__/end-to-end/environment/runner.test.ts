import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { CREDENTIALS, createStream, runOn } from '../step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
});
afterEach(() => aws.close());

describe("the runner's environment", () => {
  test('missing credentials fail the step with a reference to configure-aws-credentials', async () => {
    createStream(aws, 'kinesis');
    const env = {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_EC2_METADATA_DISABLED: 'true'
    };
    const { outputs, stdout } = await runOn(aws, 'kinesis', {}, { env });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toContain('aws-actions/configure-aws-credentials');
  });

  test('step debug logging prints each request and no credentials', async () => {
    createStream(aws, 'firehose');
    const { stdout } = await runOn(aws, 'firehose', { 'key-type': 'aws-owned' }, { debug: true });
    expect(stdout).toMatch(/::debug::firehose StartDeliveryStreamEncryption \d+ ms 200 [0-9a-f-]{36}/);
    for (const secret of Object.values(CREDENTIALS)) expect(stdout).not.toContain(secret);
  });

  test('AWS_DEFAULT_REGION applies if AWS_REGION is not set', async () => {
    createStream(aws, 'kinesis');
    const env = { AWS_REGION: undefined, AWS_DEFAULT_REGION: 'us-east-1' };
    const { outputs } = await runOn(aws, 'kinesis', { mode: 'plan' }, { env });
    expect(outputs.outcome).toBe('planned');
  });

  test('a missing region is an input error', async () => {
    const { stdout } = await runOn(aws, 'kinesis', {}, { env: { AWS_REGION: undefined } });
    expect(stdout).toContain('Input region is missing');
  });
});
