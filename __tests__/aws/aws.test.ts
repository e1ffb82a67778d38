import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { openAws } from '../../src/aws/aws.ts';
import { systemClock } from '../../src/clock.ts';
import { connectTo } from './local-connection.ts';

test('gives access to both services and KMS', async () => {
  await using aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
  connectTo(aws);
  const { signal } = new AbortController();
  const options = { region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined, cancelled: signal };
  const opened = await openAws(options);
  const { arn } = aws.kms.createKey();
  aws.firehose.create({ name: 'clicks' });
  const orders = { kind: 'kinesis', name: 'orders', arn: null } as const;
  expect(await (await opened.streams('kinesis')).describe(orders, signal)).toMatchObject({ status: 'ACTIVE' });
  const clicks = { kind: 'firehose', name: 'clicks', arn: null } as const;
  expect(await (await opened.streams('firehose')).describe(clicks, signal)).toMatchObject({ status: 'DISABLED' });
  expect(await opened.keys.describe(arn, signal)).toMatchObject({ arn });
  opened.close();
});

test.each([
  ["names('kinesis', null, signal)", ['@aws-sdk/client-kinesis']],
  ["names('firehose', null, signal)", ['@aws-sdk/client-firehose']],
  ["tagged(['kinesis'], [], null, signal)", ['@aws-sdk/client-resource-groups-tagging-api']]
])('%s loads only the client of that service', (call, clients) => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({ resolve: (name, context, next) => (loaded.add(name), next(name, context)) });
    const { openAws } = await import('./src/aws/aws.ts');
    const clock = { now: () => 0, sleep: async () => {} };
    const cancelled = new AbortController().signal;
    const { directory, close } = await openAws({ region: 'us-east-1', env: {}, clock, debug: () => {}, cancelled });
    const signal = AbortSignal.abort();
    await directory.${call}.catch(() => {});
    console.log(JSON.stringify([...loaded].filter((name) => name.startsWith('@aws-sdk/client-'))));
    close();
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });

  expect(JSON.parse(stdout)).toEqual(clients);
});
