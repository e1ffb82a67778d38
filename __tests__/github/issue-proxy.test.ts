import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { trackIssue } from '../../src/github/issue.ts';
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
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', (request, client) => {
    asked.push(request.url);
    const server = connect(github.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    client.on('close', () => server.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');

  // The client reads these when it is loaded.
  Object.assign(process.env, {
    GITHUB_API_URL: `http://${ELSEWHERE}`,
    HTTP_PROXY: `http://127.0.0.1:${address.port}`,
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
  proxy.closeAllConnections();
  proxy.close();

  expect(warnings).toEqual([]);
  expect(github.issues).toHaveLength(1);
  expect(new Set(asked)).toEqual(new Set([`${ELSEWHERE}:80`]));
});
