import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import { readServeOptions } from '../../local-aws/serve-options.ts';
import { startLocalAws } from '../../local-aws/server.ts';
import { runProcess } from '../../testing/process.ts';
import { ACCOUNT, AWS_KEY, Calls } from './fixture.ts';

const SERVE = 'local-aws/serve.ts';

test('npm run local-aws creates streams with their keys, tags and sources, and keys in their states', async () => {
  const args = [
    '--port 0 --region eu-central-1 --change-ms Infinity --key alias/app --key alias/off,state=pending-deletion',
    '--kinesis orders,key=alias/app,tag:env=a=b --kinesis carts,key=aws-owned --kinesis plain',
    '--firehose clicks,key=alias/off --firehose views,key=aws-owned --firehose plain,tag:env=prod',
    '--firehose archive,source=kinesis:orders --firehose topics,source=msk --firehose rows,source=database'
  ].join(' ');
  const server = spawn(process.execPath, [SERVE, ...args.split(' ')], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line]: string[] = await once(createInterface(server.stdout), 'line');
    expect(line).toMatch(/^local AWS of eu-central-1 at http:\/\/127\.0\.0\.1:\d+$/);
    const calls = new Calls(line?.split(' at ')[1] ?? '');
    const [app, off] = [await calls.describeKey('alias/app'), await calls.describeKey('alias/off')];
    expect([app.KeyState, off.KeyState]).toEqual(['Enabled', 'PendingDeletion']);
    expect(await calls.describeKinesis('orders')).toMatchObject({ EncryptionType: 'KMS', KeyId: app.Arn });
    expect(await calls.describeKinesis('carts')).toMatchObject({ KeyId: AWS_KEY });
    expect(await calls.encryption('clicks')).toMatchObject({ Status: 'ENABLED', KeyARN: off.Arn });
    expect(await calls.encryption('views')).toMatchObject({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
    const sources = await Promise.all(
      ['archive', 'topics', 'rows', 'plain'].map((name) => calls.describeFirehose(name))
    );
    const KinesisStreamARN = `arn:aws:kinesis:eu-central-1:${ACCOUNT}:stream/orders`;
    expect(sources).toMatchObject([
      { Source: { KinesisStreamSourceDescription: { KinesisStreamARN } } },
      { Source: { MSKSourceDescription: { MSKClusterARN: expect.stringContaining(':cluster/events/') } } },
      { Source: { DatabaseSourceDescription: { Endpoint: expect.stringContaining('.rds.amazonaws.com') } } },
      { DeliveryStreamType: 'DirectPut' }
    ]);
    const { ResourceTagMappingList: tagged } = await calls.tagging.getResources({});
    expect(tagged).toMatchObject([
      { ResourceARN: expect.stringMatching('/plain$'), Tags: [{ Key: 'env', Value: 'prod' }] },
      { ResourceARN: KinesisStreamARN, Tags: [{ Key: 'env', Value: 'a=b' }] }
    ]);
    await calls.startKinesis(AWS_KEY, 'plain');
    expect(await calls.describeKinesis('plain')).toMatchObject({ StreamStatus: 'UPDATING', EncryptionType: 'NONE' });
  } finally {
    server.kill('SIGKILL');
  }
});

test('npm run local-aws explains an option that is not valid, its options, and that its port is in use', async () => {
  await using other = await startLocalAws();
  const [invalid, help, portInUse] = await Promise.all(
    ['--stream orders', '--help', `--port ${other.port}`].map((args) =>
      runProcess(process.execPath, [SERVE, ...args.split(' ')], { env: process.env, limitMs: 60_000 })
    )
  );
  const hint = /^Unknown option '--stream'.*See npm run local-aws -- --help\n$/;
  expect(invalid).toMatchObject({ stdout: '', stderr: expect.stringMatching(hint), exitCode: 2 });
  const stdout = expect.stringContaining('npm run local-aws -- --key alias/old');
  expect(help).toMatchObject({ stdout, stderr: '', exitCode: 0 });
  const stderr = expect.stringContaining(`--port ${other.port}: another process uses this port`);
  expect(portInUse).toMatchObject({ stderr, exitCode: 2 });
});

test.each([
  ['--port 70000', '--port 70000: must be a whole number from 0 to 65535'],
  ['--region here', '--region here: must be the code of a region'],
  ['--key alias/old,state=lost', 'the state lost must be one of enabled, disabled, pending-deletion, pending-import'],
  ['--key alias/old --key alias/old', '--key alias/old is given twice'],
  ['--kinesis orders,key=alias/old', 'orders: there is no key alias/old. Create it with --key alias/old'],
  ['--kinesis orders,source=msk', "'source=msk' must be key=VALUE or tag:NAME=VALUE"],
  ['--firehose clicks,source=kinesis:orders', 'there is no data stream orders. Create it with --kinesis orders'],
  ['--firehose clicks,source=msk,key=aws-owned', 'a delivery stream with a source has no encryption of its own']
])('npm run local-aws rejects %s', (args, message) => {
  expect(() => readServeOptions(args.split(' '))).toThrow(message);
});
