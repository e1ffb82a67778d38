import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { CREDENTIALS, createStream, runOn } from '../step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
});
afterEach(() => aws.close());

describe("the runner's environment", () => {
  test('a missing job summary file is ignored', async () => {
    createStream(aws, 'kinesis');
    const { outputs, exitCode } = await runOn(aws, 'kinesis', {}, { env: { GITHUB_STEP_SUMMARY: undefined } });
    expect(outputs.outcome).toBe('enabled');
    expect(exitCode).toBe(0);
  });

  test('a job summary that cannot be written is a warning', async () => {
    createStream(aws, 'kinesis');
    const env = { GITHUB_STEP_SUMMARY: '/nowhere/summary.md' };
    const { exitCode, stdout } = await runOn(aws, 'kinesis', {}, { env });
    expect(stdout).toContain('::warning title=Job summary::');
    expect(exitCode).toBe(0);
  });

  test('outputs that cannot be written fail the step with an error in log and summary', async () => {
    createStream(aws, 'kinesis');
    const env = { GITHUB_OUTPUT: '/nowhere/outputs' };
    const { exitCode, stdout, summary } = await runOn(aws, 'kinesis', {}, { env });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^::error title=Stream encryption::The outputs were not written: .*[/\\]nowhere[/\\]outputs/m
    );
    expect(stdout).toContain('kinesis orders: enabled');
    expect(summary).toContain('The outputs were not written');
  });

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
