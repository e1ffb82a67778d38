import { createServer } from 'node:http';
import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { start } from './environment/network.ts';
import { visibleText } from './html.ts';
import { runOn } from './step.ts';

test('all invalid inputs are reported at once, without a request, and no value of an unknown input is printed', async () => {
  await using aws = await startLocalAws();
  let credentialRequests = 0;
  const countRequest = () => {
    credentialRequests += 1;
  };
  await using agent = await start(createServer(countRequest));
  const inputs = {
    'stream-kind': 'sqs',
    'stream-name': 'no such/name, orders-{eu,us}',
    'stream-tags': 'env=prod,team=x',
    mode: 'encrpyt',
    'timeout-seconds': '0x10'
  };
  const env = {
    'INPUT_STREAM-TAG': 'x',
    'INPUT_DRY-RUN': 's3cret',
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${agent.port}/`
  };
  const { outputs, stdout, stderr, summary, exitCode } = await runOn(aws, 'kinesis', inputs, { env });
  expect(exitCode).toBe(1);
  const none = { results: '[]', counts: '{"total":0}', status: '', 'stream-name': '' };
  expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'unknown', ...none });
  for (const error of [
    'Input stream-tag does not exist: did you mean stream-tags?',
    'Input dry-run does not exist: remove it, or use stream-kind, ',
    'An environment variable INPUT_DRY-RUN of the job counts as an input, too',
    'Input stream-kind is "sqs"',
    'Input stream-name is "no such/name"',
    'Input stream-name is "orders-{eu", "us}": braces are not supported',
    'Input stream-tags is "env=prod,team=x": write one tag per line',
    'Input mode is "encrpyt": must be encrypt, plan or check',
    'Input timeout-seconds is "0x10"'
  ]) {
    expect(stdout).toContain(error);
    expect(visibleText(summary)).toContain(error);
  }
  expect(stdout + stderr + summary).not.toContain('s3cret');
  expect([aws.requests.length, credentialRequests]).toEqual([0, 0]);
});
