/** The subjects of `npm run bench`: whole processes whose results are verified. */

import assert from 'node:assert/strict';
import type { LocalAws } from '../local-aws/server.ts';
import { type ProcessResult, runProcess } from '../testing/process.ts';
import { localAwsEnv, runAction } from '../testing/runner.ts';
import { CHANGE_MS } from './account.ts';
import { CLI_CHANGE, CLI_DESCRIBE, cliEnv } from './aws-cli.ts';
import type { Subject } from './measure.ts';

const LIMIT_MS = 60_000;

/** Node running an empty script: the part of each run that the action cannot change. */
export const BARE_NODE: Subject = {
  name: 'bare Node: `node -e 0`',
  async run() {
    const ended = await runProcess(process.execPath, ['-e', '0'], {
      env: { PATH: process.env.PATH },
      limitMs: LIMIT_MS
    });
    return succeeded(ended).durationMs;
  }
};

/** The action, started as the GitHub runner starts it. */
export function actionSubjects(aws: LocalAws): Subject[] {
  const key = aws.kms.createKey();
  aws.kinesis.create({ name: 'with-aws-key', keyId: 'alias/aws/kinesis' });
  aws.kinesis.create({ name: 'with-customer-key', keyId: key.arn });

  /** Runs a step and verifies the `expected` outputs. */
  async function step(inputs: Record<string, string>, expected: Record<string, string>): Promise<number> {
    const result = await runAction({ inputs, env: localAwsEnv(aws.endpoint) });
    const outputs = Object.fromEntries(Object.keys(expected).map((name) => [name, result.outputs[name]]));
    assert.deepEqual(outputs, expected, result.stdout + result.stderr);
    assert.equal(result.exitCode, expected.outcome === 'failed' ? 1 : 0);
    return result.durationMs;
  }
  const check = (name: string, more: Record<string, string>) =>
    step({ 'stream-kind': 'kinesis', 'stream-name': name, mode: 'check', ...more }, { outcome: 'compliant' });
  const change = (kind: string) =>
    step(
      {
        'stream-kind': kind,
        'stream-name': 'orders',
        'key-type': 'customer-managed',
        'key-id': key.arn,
        'settle-seconds': '0'
      },
      { outcome: 'enabled', encrypted: 'true', 'key-id': key.arn }
    );

  return [
    {
      name: 'invalid input',
      limit: { timesBareNode: 3.5 },
      async run() {
        const before = aws.requests.length;
        const ms = await step(
          { 'stream-kind': 'kinesi', 'stream-name': 'orders' },
          { outcome: 'failed', results: '[]' }
        );
        assert.equal(aws.requests.length, before, 'invalid input is reported before any request');
        return ms;
      }
    },
    {
      name: 'check, Kinesis, any key',
      limit: { timesBareNode: 7 },
      run: () => check('with-aws-key', { 'key-type': 'any' })
    },
    {
      name: 'check, Kinesis, a customer managed key',
      limit: { timesBareNode: 7 },
      run: () => check('with-customer-key', { 'key-type': 'customer-managed', 'key-id': key.arn })
    },
    {
      name: 'change, Kinesis',
      changeMs: CHANGE_MS,
      limit: { overheadMs: 160 },
      run() {
        recreateDataStream(aws, 'orders');
        return change('kinesis');
      }
    },
    {
      name: 'change, Firehose',
      changeMs: CHANGE_MS,
      limit: { overheadMs: 160 },
      run() {
        aws.firehose.delete('orders');
        aws.firehose.create({ name: 'orders' });
        return change('firehose');
      }
    }
  ];
}

/** The same with the AWS CLI in a shell script, as a workflow without the action would do it. */
export function cliSubjects(aws: LocalAws): Subject[] {
  const key = aws.kms.createKey();
  aws.kinesis.create({ name: 'cli-check', keyId: key.arn });

  async function runScript(script: string, stream: string): Promise<number> {
    const env = { ...localAwsEnv(aws.endpoint), ...cliEnv(), STREAM: stream, KEY: key.arn };
    const ended = succeeded(await runProcess('sh', ['-c', script], { env, limitMs: LIMIT_MS }));
    assert.equal(ended.stdout, `ACTIVE\t${key.arn}\n`);
    return ended.durationMs;
  }

  return [
    { name: 'AWS CLI: `describe-stream-summary`', run: () => runScript(CLI_DESCRIBE, 'cli-check') },
    {
      name: 'AWS CLI: `start-stream-encryption`, then describe every 0.1 s',
      changeMs: CHANGE_MS,
      run() {
        recreateDataStream(aws, 'cli-change');
        return runScript(CLI_CHANGE, 'cli-change');
      }
    }
  ];
}

function recreateDataStream(aws: LocalAws, name: string): void {
  aws.kinesis.delete(name);
  aws.kinesis.create({ name });
}

function succeeded(ended: ProcessResult): ProcessResult {
  assert.equal(ended.exitCode, 0, ended.stderr);
  return ended;
}
