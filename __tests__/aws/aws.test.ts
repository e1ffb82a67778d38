import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('each service loads only its own client, when it is first needed', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({ resolve: (name, context, next) => (loaded.add(name), next(name, context)) });
    const { openAws } = await import('./src/aws/aws.ts');
    const clock = { now: () => 0, sleep: async () => {} };
    const cancelled = new AbortController().signal;
    const { directory, keys, close } = await openAws({ region: 'us-east-1', env: {}, clock, debug: () => {}, cancelled });
    const signal = AbortSignal.abort();
    const calls = [
      () => directory.names('kinesis', null, signal),
      () => directory.names('firehose', null, signal),
      () => directory.tagged(['kinesis'], [], null, signal),
      () => keys.describe('alias/app', signal)
    ];
    const clients = [];
    for (const call of calls) {
      loaded.clear();
      await call().catch(() => {});
      clients.push([...loaded].filter((name) => name.startsWith('@aws-sdk/client-')));
    }
    console.log(JSON.stringify(clients));
    close();
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([
    ['@aws-sdk/client-kinesis'],
    ['@aws-sdk/client-firehose'],
    ['@aws-sdk/client-resource-groups-tagging-api'],
    ['@aws-sdk/client-kms']
  ]);
});
