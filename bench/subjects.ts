/** What is timed: whole processes, each of which must come to the very end that it is timed for. */

import assert from 'node:assert/strict';
import type { LocalAws } from '../local-aws/server.ts';
import { type ProcessResult, runProcess } from '../testing/process.ts';
import { localAwsEnv, runAction } from '../testing/runner.ts';
import { CHANGE_MS } from './account.ts';
import { CLI_CHANGE, CLI_DESCRIBE, cliSurroundings } from './aws-cli.ts';
import type { Subject } from './measure.ts';

const LIMIT_MS = 60_000;

/** Node doing nothing: what every run of the action pays before its first line. */
export const BARE_NODE: Subject = {
  what: 'bare Node: `node -e 0`',
  async once() {
    const ended = await runProcess(process.execPath, ['-e', '0'], {
      env: { PATH: process.env.PATH },
      limitMs: LIMIT_MS
    });
    return succeeded(ended).durationMs;
  }
};

/** The action, started as the runner starts it. */
export function actionSubjects(aws: LocalAws): Subject[] {
  const key = aws.kms.createKey();
  aws.kinesis.create({ name: 'with-aws-key', keyId: 'alias/aws/kinesis' });
  aws.kinesis.create({ name: 'with-customer-key', keyId: key.arn });

  /** Runs a step; `expected` are the outputs that it must end with. */
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
      what: 'bad input',
      aim: { timesBare: 3.5 },
      async once() {
        const before = aws.requests.length;
        const ms = await step(
          { 'stream-kind': 'kinesi', 'stream-name': 'orders' },
          { outcome: 'failed', results: '[]' }
        );
        assert.equal(aws.requests.length, before, 'bad input is told before any request');
        return ms;
      }
    },
    {
      what: 'check, Kinesis, any key',
      aim: { timesBare: 7 },
      once: () => check('with-aws-key', {})
    },
    {
      what: 'check, Kinesis, a customer key',
      aim: { timesBare: 7 },
      once: () => check('with-customer-key', { 'key-type': 'customer-managed', 'key-id': key.arn })
    },
    {
      what: 'change, Kinesis',
      changeMs: CHANGE_MS,
      aim: { overChangeMs: 160 },
      once() {
        freshKinesis(aws, 'orders');
        return change('kinesis');
      }
    },
    {
      what: 'change, Firehose',
      changeMs: CHANGE_MS,
      aim: { overChangeMs: 160 },
      once() {
        aws.firehose.delete('orders');
        aws.firehose.create({ name: 'orders' });
        return change('firehose');
      }
    }
  ];
}

/** The AWS CLI doing the same from a shell, as a workflow without the action would. */
export function cliSubjects(aws: LocalAws): Subject[] {
  const key = aws.kms.createKey();
  aws.kinesis.create({ name: 'cli-check', keyId: key.arn });

  async function shell(script: string, stream: string): Promise<number> {
    const env = { ...localAwsEnv(aws.endpoint), ...cliSurroundings(), STREAM: stream, KEY: key.arn };
    const ended = succeeded(await runProcess('sh', ['-c', script], { env, limitMs: LIMIT_MS }));
    assert.equal(ended.stdout, `ACTIVE\t${key.arn}\n`);
    return ended.durationMs;
  }

  return [
    { what: 'AWS CLI: `describe-stream-summary`', once: () => shell(CLI_DESCRIBE, 'cli-check') },
    {
      what: 'AWS CLI: `start-stream-encryption`, then describe every 0.1 s',
      changeMs: CHANGE_MS,
      once() {
        freshKinesis(aws, 'cli-change');
        return shell(CLI_CHANGE, 'cli-change');
      }
    }
  ];
}

function freshKinesis(aws: LocalAws, name: string): void {
  aws.kinesis.delete(name);
  aws.kinesis.create({ name });
}

function succeeded(ended: ProcessResult): ProcessResult {
  assert.equal(ended.exitCode, 0, ended.stderr);
  return ended;
}
