import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { StepResult } from '../../testing/runner.ts';
import { listen } from './environment/network.ts';
import { visibleText } from './html.ts';
import { createStream, KINDS, runOn } from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
});
afterEach(() => aws.close());

/** Expects that the step failed with these errors in the log and the summary, and sent no request to AWS. */
function expectInvalid({ outputs, stdout, summary, exitCode }: StepResult, errors: readonly string[]): void {
  expect(outputs).toMatchObject({
    outcome: 'failed',
    changed: 'false',
    encrypted: 'unknown',
    results: '[]',
    counts: '{"total":0}',
    status: '',
    'stream-name': ''
  });
  for (const error of errors) {
    expect(stdout).toContain(error);
    expect(visibleText(summary)).toContain(error);
  }
  expect(exitCode).toBe(1);
  expect(aws.requests).toHaveLength(0);
}

test('all invalid inputs are reported at once, and the value of one that does not exist is never printed', async () => {
  const inputs = {
    'stream-kind': 'sqs',
    'stream-name': 'no such/name, orders-{eu,us}',
    'stream-tags': 'env=prod,team=x',
    'if-no-streams-found': 'pass',
    mode: 'encrpyt',
    'key-id': 'my-key',
    'timeout-seconds': '0x10',
    wait: 'maybe',
    'verify-records': 'ja'
  };
  const env = { 'INPUT_STREAM-TAG': 'x', 'INPUT_DRY-RUN': 's3cret', 'INPUT_APPROVED-KEYS': 's3cret' };
  const step = await runOn(aws, 'kinesis', inputs, { env });
  expectInvalid(step, [
    'Input stream-tag does not exist: did you mean stream-tags?',
    'Input dry-run does not exist: remove it, or use stream-kind, ',
    'An environment variable INPUT_DRY-RUN of the job counts as an input, too',
    'Input approved-keys does not exist: did you mean approved-key-ids?',
    'Input stream-kind is "sqs"',
    'Input stream-name is "no such/name"',
    'Input stream-name is "orders-{eu", "us}": braces are not supported',
    'Input stream-tags is "env=prod,team=x": write one tag per line',
    'Input if-no-streams-found is "pass": must be error, warn or ignore',
    'Input mode is "encrpyt": must be encrypt, plan or check',
    'Input key-id is "my-key"',
    'Input timeout-seconds is "0x10"',
    'Input wait is "maybe": must be true or false',
    'Input verify-records is "ja"'
  ]);
  expect(step.stdout + step.stderr + step.summary).not.toContain('s3cret');
});

test.each(KINDS)(
  '%s: a key from an unset variable fails each mode, and so does an input that mode forbids',
  async (kind) => {
    createStream(aws, kind);
    const steps = await Promise.all(
      ['encrypt', 'plan', 'check'].map((mode) =>
        runOn(aws, kind, { mode, 'key-id': '', 'verify-records': String(mode !== 'encrypt') })
      )
    );
    const missing =
      'Input key-type is missing: none of key-type, key-id and approved-key-ids is set (an unset variable is empty)';
    const forbidden = (mode: string) =>
      `Input verify-records is "true": works only in mode encrypt, but mode is ${mode}`;
    for (const [nth, errors] of [[missing], [missing, forbidden('plan')], [missing, forbidden('check')]].entries()) {
      const [step] = steps.slice(nth);
      if (step !== undefined) expectInvalid(step, errors);
    }
  }
);

test('invalid inputs cause no request for credentials', async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end('{}');
  });
  const env = {
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${await listen(server)}/`
  };
  expectInvalid(await runOn(aws, 'kinesis', { 'key-id': '' }, { env }), ['Input key-type is missing']);
  expect(requests).toBe(0);
  // The same step with valid inputs does ask for them.
  await runOn(aws, 'kinesis', { 'timeout-seconds': '6' }, { env });
  expect(requests).toBeGreaterThan(0);
  server.closeAllConnections();
  server.close();
});
