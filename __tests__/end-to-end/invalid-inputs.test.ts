import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { visibleText } from './html.ts';
import { KINDS, runOn } from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
});
afterEach(() => aws.close());

test.each(KINDS)('%s: reports all invalid inputs at once and sends no request to AWS', async (kind) => {
  const { outputs, stdout, summary, exitCode } = await runOn(aws, kind, {
    'stream-name': 'no such/name',
    mode: 'encrpyt',
    'key-id': 'my-key',
    'timeout-seconds': '0x10',
    wait: 'maybe',
    'verify-records': 'ja'
  });
  expect(outputs).toMatchObject({
    outcome: 'failed',
    changed: 'false',
    encrypted: 'unknown',
    results: '[]',
    counts: '{"total":0}',
    status: '',
    'stream-name': ''
  });
  for (const error of [
    'Input stream-name is "no such/name"',
    'Input mode is "encrpyt": must be encrypt, plan or check',
    'Input key-id is "my-key"',
    'Input timeout-seconds is "0x10"',
    'Input wait is "maybe": must be true or false',
    'Input verify-records is "ja"'
  ]) {
    expect(stdout).toContain(error);
    expect(visibleText(summary)).toContain(error);
  }
  expect(exitCode).toBe(1);
  expect(aws.requests).toHaveLength(0);
});
