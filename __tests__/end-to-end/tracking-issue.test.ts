import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { startProxy } from './environment/network.ts';
import { createStream, runOn } from './step.ts';

test('the tracking issue is opened through the proxy when the step fails, and closed when a later run succeeds', async () => {
  await using aws = await startLocalAws({ changeMs: 50 });
  await using github = await LocalGithub.start();
  await using proxy = await startProxy({ target: github });
  createStream(aws, 'kinesis');
  const inputs = { 'report-issue': 'true', 'github-token': TOKEN };
  const env = { GITHUB_REPOSITORY: REPOSITORY, GITHUB_RUN_ID: '7' };
  const proxied = { GITHUB_API_URL: 'http://github.test', HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
  const failed = await runOn(aws, 'kinesis', { ...inputs, mode: 'check' }, { env: { ...env, ...proxied } });
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toContain('Opened the tracking issue');
  expect(failed.stdout + failed.summary).not.toContain(TOKEN);
  expect(github.issues).toMatchObject([{ state: 'open', body: expect.stringContaining('non-compliant') }]);
  expect(new Set(proxy.tunnels)).toEqual(new Set(['github.test:80']));

  const direct = { GITHUB_API_URL: github.apiUrl, GITHUB_RUN_ID: '8' };
  const succeeded = await runOn(aws, 'kinesis', inputs, { env: { ...env, ...direct } });
  expect(succeeded.exitCode).toBe(0);
  expect(github.issues).toMatchObject([{ state: 'closed' }]);
});
