import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { trackIssue } from '../../src/github/issue.ts';
import { startProxy } from '../dist/surroundings/network.ts';
import { LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';

/** Only the proxy knows the way to this host. */
const ELSEWHERE = 'github.test';
const { env } = process;

beforeEach(() => {
  process.env = { ...env };
});

afterEach(() => {
  process.env = env;
});

test('the requests of the tracking issue go through a proxy', async () => {
  await using github = await LocalGithub.start();
  await using proxy = await startProxy({ to: github });

  // The client reads these when it is loaded.
  Object.assign(process.env, {
    GITHUB_API_URL: `http://${ELSEWHERE}`,
    HTTP_PROXY: proxy.url,
    http_proxy: '',
    no_proxy: '',
    NO_PROXY: ''
  });
  const warnings: string[] = [];
  await trackIssue({
    failed: true,
    summary: () => '<p>Summary</p>',
    env: { ...process.env, GITHUB_REPOSITORY: REPOSITORY },
    token: TOKEN,
    signal: new AbortController().signal,
    info: () => {},
    warn: (message) => void warnings.push(message)
  });

  expect(warnings).toEqual([]);
  expect(github.issues).toHaveLength(1);
  expect(new Set(proxy.tunnels)).toEqual(new Set([`${ELSEWHERE}:80`]));
});
