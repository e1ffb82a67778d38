import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { startProxy } from './environment/network.ts';
import { createStream, run } from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

describe('the tracking issue', () => {
  test('is opened when the step fails and closed when a later run succeeds', async () => {
    await using github = await LocalGithub.start();
    createStream(aws, 'kinesis', { name: 'orders' });
    const env = {
      GITHUB_API_URL: github.apiUrl,
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_JOB: 'check',
      GITHUB_RUN_ID: '7'
    };
    const inputs = {
      'stream-kind': 'kinesis',
      'stream-name': 'orders',
      'report-issue': 'true',
      'github-token': TOKEN
    };
    const failed = await run(aws, { ...inputs, mode: 'check' }, { env });
    expect(failed.exitCode).toBe(1);
    expect(github.issues).toMatchObject([{ state: 'open', body: expect.stringContaining('non-compliant') }]);
    expect(failed.stdout + failed.summary).not.toContain(TOKEN);
    const succeeded = await run(aws, inputs, { env: { ...env, GITHUB_RUN_ID: '8' } });
    expect(succeeded.exitCode).toBe(0);
    expect(github.issues).toMatchObject([{ state: 'closed' }]);
  });

  test('is written through the proxy in HTTP_PROXY', async () => {
    await using github = await LocalGithub.start();
    await using proxy = await startProxy({ target: github });
    const { stdout } = await run(
      aws,
      { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'report-issue': 'true', 'github-token': TOKEN },
      {
        env: {
          GITHUB_API_URL: 'http://github.test',
          GITHUB_REPOSITORY: REPOSITORY,
          HTTP_PROXY: proxy.url,
          NO_PROXY: '127.0.0.1'
        }
      }
    );
    expect(stdout).toContain('Opened the tracking issue');
    expect(github.issues).toHaveLength(1);
    expect(new Set(proxy.tunnels)).toEqual(new Set(['github.test:80']));
  });

  test('that cannot be written is a warning and does not change the result of the step', async () => {
    createStream(aws, 'kinesis', { name: 'orders' });
    const { stdout, exitCode, outputs } = await run(
      aws,
      { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'report-issue': 'true', 'github-token': TOKEN },
      { env: { GITHUB_API_URL: 'http://127.0.0.1:9', GITHUB_REPOSITORY: REPOSITORY } }
    );
    expect(stdout).toContain('::warning title=Tracking issue::');
    expect(outputs.outcome).toBe('enabled');
    expect(exitCode).toBe(0);
  });
});
