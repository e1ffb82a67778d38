import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('each service loads only its own client, when it is first needed', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ resolve: (name, context, next) => (loaded.push(name), next(name, context)) });
    const { openAws } = await import('./src/aws/aws.ts');
    const clock = { now: () => 0, sleep: async () => {} };
    const signal = new AbortController().signal;
    const aws = await openAws({ region: 'us-east-1', env: {}, clock, debug: () => {}, cancelled: signal });
    loaded.push('opened');
    await aws.streams('kinesis');
    await aws.streams('firehose');
    await aws.directory.tagged(['kinesis'], [], null, AbortSignal.abort()).catch(() => {});
    await aws.keys.describe('alias/app', AbortSignal.abort()).catch(() => {});
    console.log(loaded.filter((name) => /^(opened$|@aws-sdk.client-)/.test(name)).join('\\n'));
    aws.close();
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  const clients = ['kinesis', 'firehose', 'resource-groups-tagging-api', 'kms'];
  expect(stdout.trim().split('\n')).toEqual(['opened', ...clients.map((client) => `@aws-sdk/client-${client}`)]);
});
