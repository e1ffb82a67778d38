import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as firehose from './firehose-calls.ts';
import { clientsFor } from './harness.ts';
import * as kinesis from './kinesis-calls.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Runs the command with these arguments, and answers the first line that it says. */
async function serve(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['local-aws/serve.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const [line]: string[] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(createInterface(child.stderr), 'line')
  ]);
  return line ?? '';
}

describe('the command that serves a local AWS', () => {
  test('says where it listens, and holds the streams and keys that were named', async () => {
    const said = await serve('--kinesis', 'orders', '--kinesis', 'carts', '--firehose', 'clicks', '--key', 'alias/app');
    const endpoint = /^local AWS of us-east-1 at (http:\/\/127\.0\.0\.1:\d+)$/.exec(said)?.[1] ?? '';
    const there = { clients: clientsFor(endpoint) };

    for (const name of ['orders', 'carts']) {
      expect(await kinesis.describeStream(there, name)).toMatchObject({ StreamName: name, EncryptionType: 'NONE' });
    }
    expect(await firehose.describeStream(there, 'clicks')).toMatchObject({
      DeliveryStreamName: 'clicks',
      DeliveryStreamType: 'DirectPut'
    });
    await kinesis.start(there, 'alias/app', 'orders');
  });

  test.each([
    ['0', 'ACTIVE'],
    ['Infinity', 'UPDATING']
  ])('takes %s ms for a change, in the region that was asked', async (changeMs, status) => {
    const said = await serve('--region', 'eu-central-1', '--change-ms', changeMs, '--kinesis', 'orders');
    expect(said).toMatch(/^local AWS of eu-central-1 at /);
    const there = { clients: clientsFor(said.split(' at ')[1] ?? '') };
    await kinesis.start(there, kinesis.AWS_KEY);
    expect(await kinesis.describeStream(there)).toMatchObject({ StreamStatus: status });
  });

  test('refuses an option that it does not know', async () => {
    const child = spawn(process.execPath, ['local-aws/serve.ts', '--stream', 'orders'], { stdio: 'ignore' });
    running.push(child);
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
