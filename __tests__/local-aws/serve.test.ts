import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readServeOptions } from '../../local-aws/serve-options.ts';
import { startLocalAws } from '../../local-aws/server.ts';
import { runProcess } from '../../testing/process.ts';
import { ACCOUNT, AWS_KEY, Calls } from './fixture.ts';

let server: ChildProcess | undefined;
afterEach(() => {
  server?.kill('SIGKILL');
});

/** Runs serve.ts with these arguments on a free port; returns the first line that it prints, and calls to it. */
async function serve(args: string) {
  const command = ['local-aws/serve.ts', '--port', '0', ...args.split(' ')];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  server = child;
  const [line]: string[] = await Promise.race(
    [child.stdout, child.stderr].map((input) => once(createInterface(input), 'line'))
  );
  return { line, calls: new Calls(line?.split(' at ')[1] ?? '') };
}

/** Runs serve.ts with arguments with which it ends by itself. */
function run(args: string) {
  const command = ['local-aws/serve.ts', ...args.split(' ')];
  return runProcess(process.execPath, command, { env: process.env, limitMs: 60_000 });
}

describe('npm run local-aws', () => {
  test('creates streams with their keys, tags and sources, and keys in their states', async () => {
    const { line, calls } = await serve(
      [
        '--region eu-central-1 --change-ms Infinity --key alias/app --key alias/off,state=disabled',
        '--kinesis orders,key=alias/app,tag:env=prod --kinesis carts,key=aws-owned --kinesis plain',
        '--firehose clicks,key=alias/off --firehose views,key=aws-owned --firehose plain,tag:env=prod',
        '--firehose archive,source=kinesis:orders --firehose topics,source=msk --firehose rows,source=database'
      ].join(' ')
    );
    expect(line).toMatch(/^local AWS of eu-central-1 at http:\/\/127\.0\.0\.1:\d+$/);
    const [app, off] = [await calls.describeKey('alias/app'), await calls.describeKey('alias/off')];
    expect([app.KeyState, off.KeyState]).toEqual(['Enabled', 'Disabled']);
    expect(await calls.describeKinesis('orders')).toMatchObject({ EncryptionType: 'KMS', KeyId: app.Arn });
    expect(await calls.describeKinesis('carts')).toMatchObject({ KeyId: AWS_KEY });
    expect(await calls.describeKinesis('plain')).toMatchObject({ EncryptionType: 'NONE' });
    expect(await calls.encryption('clicks')).toMatchObject({ Status: 'ENABLED', KeyARN: off.Arn });
    expect(await calls.encryption('views')).toMatchObject({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
    expect(await calls.describeFirehose('plain')).toMatchObject({ DeliveryStreamType: 'DirectPut' });
    const KinesisStreamARN = `arn:aws:kinesis:eu-central-1:${ACCOUNT}:stream/orders`;
    const sources = await Promise.all(['archive', 'topics', 'rows'].map((name) => calls.describeFirehose(name)));
    expect(sources.map(({ Source }) => Source)).toMatchObject([
      { KinesisStreamSourceDescription: { KinesisStreamARN } },
      { MSKSourceDescription: { MSKClusterARN: expect.stringContaining(':cluster/events/') } },
      { DatabaseSourceDescription: { Endpoint: expect.stringContaining('.rds.amazonaws.com') } }
    ]);
    const { ResourceTagMappingList: tagged } = await calls.tagging.getResources({});
    const Tags = [{ Key: 'env', Value: 'prod' }];
    expect(tagged).toEqual(
      ['deliverystream/plain', 'stream/orders'].map((name) => ({
        ResourceARN: expect.stringMatching(`:${name}$`),
        Tags
      }))
    );
    await calls.startKinesis(AWS_KEY, 'plain');
    expect(await calls.describeKinesis('plain')).toMatchObject({ StreamStatus: 'UPDATING' });
  });

  test('explains an option that is not valid, its options, and that its port is in use', async () => {
    await using other = await startLocalAws();
    const [invalid, help, portInUse] = await Promise.all(
      ['--stream orders', '--help', `--port ${other.port}`].map(run)
    );
    const hint = /^Unknown option '--stream'.*See npm run local-aws -- --help\n$/;
    expect(invalid).toMatchObject({ stdout: '', stderr: expect.stringMatching(hint), exitCode: 2 });
    const stdout = expect.stringContaining('npm run local-aws -- --key alias/old');
    expect(help).toMatchObject({ stdout, stderr: '', exitCode: 0 });
    const stderr = expect.stringContaining(`--port ${other.port}: another process uses this port`);
    expect(portInUse).toMatchObject({ stderr, exitCode: 2 });
  });
});

describe('the options of npm run local-aws', () => {
  const read = (args: string) => readServeOptions(args.split(' '));

  test('default to an empty account in us-east-1', () => {
    const none = { help: false, port: null, region: 'us-east-1', changeMs: 500, keys: [], kinesis: [], firehose: [] };
    expect(readServeOptions([])).toEqual(none);
  });

  test('give port, region, the duration of a change, and keys and streams with all details', () => {
    const args = [
      '--port 0 --region us-gov-west-1 --change-ms Infinity --help',
      '--key alias/old --key alias/lost,state=pending-deletion --key alias/off,state=disabled',
      '--kinesis orders,key=alias/old,tag:env=prod,tag:team=a=b --kinesis carts,key=aws-owned',
      '--firehose archive,source=kinesis:orders,tag:env=prod --firehose topics,source=msk --firehose clicks,key=alias/old'
    ];
    expect(read(args.join(' '))).toEqual({
      help: true,
      port: 0,
      region: 'us-gov-west-1',
      changeMs: Number.POSITIVE_INFINITY,
      keys: [
        { alias: 'alias/old', state: 'Enabled' },
        { alias: 'alias/lost', state: 'PendingDeletion' },
        { alias: 'alias/off', state: 'Disabled' }
      ],
      kinesis: [
        { name: 'orders', key: 'alias/old', tags: { env: 'prod', team: 'a=b' } },
        { name: 'carts', key: 'aws-owned', tags: {} }
      ],
      firehose: [
        { name: 'archive', key: null, tags: { env: 'prod' }, source: { type: 'kinesis', name: 'orders' } },
        { name: 'topics', key: null, tags: {}, source: { type: 'msk' } },
        { name: 'clicks', key: 'alias/old', tags: {}, source: null }
      ]
    });
  });

  test.each([
    ['--port 70000', '--port 70000: must be a whole number from 0 to 65535'],
    ['--change-ms soon', '--change-ms soon: must be a whole number'],
    ['--region here', '--region here: must be the code of a region'],
    ['--key alias/aws/kinesis', 'must be an alias such as alias/old, but not alias/aws/…'],
    ['--key alias/old,state=lost', 'the state lost must be one of enabled, disabled, pending-deletion, pending-import'],
    ['--key alias/old,tag:a=b', "'tag:a=b' must be state=VALUE"],
    ['--key alias/old --key alias/old', '--key alias/old is given twice'],
    ['--kinesis orders --kinesis orders', '--kinesis orders is given twice'],
    ['--firehose clicks --firehose clicks', '--firehose clicks is given twice'],
    ['--kinesis orders,key=alias/old', 'orders: there is no key alias/old. Create it with --key alias/old'],
    ['--kinesis orders,source=msk', "'source=msk' must be key=VALUE or tag:NAME=VALUE"],
    ['--kinesis orders,tag:=x', "'tag:=x' must be"],
    ['--kinesis orders,tag:a=1,tag:a=2', 'tag:a is given twice'],
    ['--kinesis a/b', "'a/b' must be a name of letters"],
    [`--firehose ${'x'.repeat(65)}`, 'at most 64 characters'],
    ['--firehose clicks,source=sqs', 'the source sqs must be kinesis:NAME, msk or database'],
    ['--firehose clicks,source=kinesis:orders', 'there is no data stream orders. Create it with --kinesis orders'],
    ['--firehose clicks,source=msk,key=aws-owned', 'a delivery stream with a source has no encryption of its own']
  ])('reject %s', (args, message) => {
    expect(() => read(args)).toThrow(message);
  });
});
