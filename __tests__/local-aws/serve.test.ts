import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as firehose from './firehose-calls.ts';
import { createClients } from './fixture.ts';
import * as kinesis from './kinesis-calls.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Runs serve.ts with these arguments, and returns the first line that it prints. */
async function serve(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['local-aws/serve.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const [line]: string[] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(createInterface(child.stderr), 'line')
  ]);
  return line ?? '';
}

describe('serve.ts', () => {
  test('prints its endpoint, and creates the streams and keys of its arguments', async () => {
    const line = await serve('--kinesis', 'orders', '--kinesis', 'carts', '--firehose', 'clicks', '--key', 'alias/app');
    const endpoint = /^local AWS of us-east-1 at (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? '';
    const server = { clients: createClients(endpoint) };

    for (const name of ['orders', 'carts']) {
      expect(await kinesis.describeStream(server, name)).toMatchObject({ StreamName: name, EncryptionType: 'NONE' });
    }
    expect(await firehose.describeStream(server, 'clicks')).toMatchObject({
      DeliveryStreamName: 'clicks',
      DeliveryStreamType: 'DirectPut'
    });
    await kinesis.start(server, 'alias/app', 'orders');
  });

  test.each([
    ['0', 'ACTIVE'],
    ['Infinity', 'UPDATING']
  ])('uses the region and a change duration of %s ms from its arguments', async (changeMs, status) => {
    const line = await serve('--region', 'eu-central-1', '--change-ms', changeMs, '--kinesis', 'orders');
    expect(line).toMatch(/^local AWS of eu-central-1 at /);
    const server = { clients: createClients(line.split(' at ')[1] ?? '') };
    await kinesis.start(server, kinesis.AWS_KEY);
    expect(await kinesis.describeStream(server)).toMatchObject({ StreamStatus: status });
  });

  test('rejects an unknown option', async () => {
    const child = spawn(process.execPath, ['local-aws/serve.ts', '--stream', 'orders'], { stdio: 'ignore' });
    running.push(child);
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
