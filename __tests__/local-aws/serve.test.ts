import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as firehose from './firehose-calls.ts';
import { createClients } from './fixture.ts';
import * as kinesis from './kinesis-calls.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(...args: string[]) {
  const child = spawn(process.execPath, ['local-aws/serve.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  return child;
}

/** Runs serve.ts with these arguments on a free port; returns the first line that it prints, and clients for it. */
async function serve(...args: string[]) {
  const { stdout, stderr } = start('--port', '0', ...args);
  const [line]: string[] = await Promise.race([stdout, stderr].map((input) => once(createInterface(input), 'line')));
  return { line, clients: createClients(line?.split(' at ')[1] ?? '') };
}

/** Runs serve.ts with arguments with which it ends by itself. */
async function run(...args: string[]) {
  const child = start(...args);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr, exitCode: child.exitCode };
}

describe('npm run local-aws', () => {
  test('prints its endpoint, and creates the streams and keys of its options', async () => {
    const server = await serve(
      '--kinesis',
      'orders',
      '--kinesis',
      'carts',
      '--firehose',
      'clicks',
      '--key',
      'alias/app'
    );
    expect(server.line).toMatch(/^local AWS of us-east-1 at http:\/\/127\.0\.0\.1:\d+$/);

    for (const name of ['orders', 'carts']) {
      expect(await kinesis.describeStream(server, name)).toMatchObject({ StreamName: name, EncryptionType: 'NONE' });
    }
    expect(await firehose.describeStream(server, 'clicks')).toMatchObject({
      DeliveryStreamName: 'clicks',
      DeliveryStreamType: 'DirectPut'
    });
    await kinesis.start(server, 'alias/app', 'orders');
  });

  test('creates streams with their keys, and keys in their states', async () => {
    const server = await serve(
      ...['--key', 'alias/app', '--key', 'alias/off,state=disabled'],
      ...['--kinesis', 'orders,key=alias/app', '--kinesis', 'carts,key=aws-owned'],
      ...['--firehose', 'clicks,key=alias/off', '--firehose', 'views,key=aws-owned']
    );
    const keyOf = async (KeyId: string) =>
      (await server.clients.kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
    const app = await keyOf('alias/app');
    const off = await keyOf('alias/off');
    expect(app?.KeyState).toBe('Enabled');
    expect(off?.KeyState).toBe('Disabled');
    expect(await kinesis.describeStream(server, 'orders')).toMatchObject({ EncryptionType: 'KMS', KeyId: app?.Arn });
    expect(await kinesis.describeStream(server, 'carts')).toMatchObject({ KeyId: kinesis.AWS_KEY });
    expect(await firehose.encryption(server, 'clicks')).toMatchObject({ Status: 'ENABLED', KeyARN: off?.Arn });
    expect(await firehose.encryption(server, 'views')).toMatchObject({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
  });

  test('creates streams with tags and sources', async () => {
    const server = await serve(
      ...['--kinesis', 'orders,tag:env=prod', '--kinesis', 'carts'],
      ...[
        '--firehose',
        'archive,source=kinesis:orders',
        '--firehose',
        'topics,source=msk,tag:env=prod',
        '--firehose',
        'rows,source=database'
      ]
    );
    const tagged = await server.clients.tagging.send(
      new GetResourcesCommand({ TagFilters: [{ Key: 'env', Values: ['prod'] }] })
    );
    const names = tagged.ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN?.split('/')[1]);
    expect(names?.sort()).toEqual(['orders', 'topics']);
    expect(await firehose.describeStream(server, 'archive')).toMatchObject({
      DeliveryStreamType: 'KinesisStreamAsSource',
      Source: {
        KinesisStreamSourceDescription: { KinesisStreamARN: 'arn:aws:kinesis:us-east-1:111122223333:stream/orders' }
      }
    });
    expect(await firehose.describeStream(server, 'topics')).toMatchObject({
      DeliveryStreamType: 'MSKAsSource',
      Source: { MSKSourceDescription: { MSKClusterARN: expect.stringContaining(':cluster/events/') } }
    });
    expect(await firehose.describeStream(server, 'rows')).toMatchObject({
      DeliveryStreamType: 'DatabaseAsSource',
      Source: { DatabaseSourceDescription: { Endpoint: expect.stringContaining('.rds.amazonaws.com') } }
    });
  });

  test.each([
    ['0', 'ACTIVE'],
    ['Infinity', 'UPDATING']
  ])('uses the region and a change duration of %s ms from its options', async (changeMs, status) => {
    const server = await serve('--region', 'eu-central-1', '--change-ms', changeMs, '--kinesis', 'orders');
    expect(server.line).toMatch(/^local AWS of eu-central-1 at /);
    await kinesis.start(server, kinesis.AWS_KEY);
    expect(await kinesis.describeStream(server)).toMatchObject({ StreamStatus: status });
  });

  test('explains an option that is not valid', async () => {
    expect(await run('--stream', 'orders')).toEqual({
      stdout: '',
      stderr: expect.stringMatching(/^Unknown option '--stream'.*See npm run local-aws -- --help\n$/),
      exitCode: 2
    });
  });

  test('explains that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port');
    try {
      expect(await run('--port', `${address.port}`)).toMatchObject({
        stderr: expect.stringContaining(`--port ${address.port}: another process uses this port`),
        exitCode: 2
      });
    } finally {
      other.close();
    }
  });

  test('explains its options', async () => {
    expect(await run('--help')).toEqual({
      stdout: expect.stringContaining('npm run local-aws -- --key alias/old'),
      stderr: '',
      exitCode: 0
    });
  });
});
