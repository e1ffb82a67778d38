/** A bundle whose service cannot be reached. Its clock is sped up, so that 30 s take 1.5 s. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { runAction, type StepResult } from '../../../testing/runner.ts';
import { CREDENTIALS, OUTPUTS } from '../step.ts';
import { NO_TARGET, startProxy } from './network.ts';

const SPEED = 20;
const FASTER_CLOCK = `--import ${pathToFileURL('bench/faster-clock.ts').href}`;
/** No name is resolved, whatever the network of this machine. */
const WITHOUT_DNS = `--import data:text/javascript,${encodeURIComponent(`
  import dns from 'node:dns';
  dns.lookup = (host, options, callback) =>
    callback(Object.assign(new Error('getaddrinfo ENOTFOUND ' + host), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }));
`)}`;

function run(inputs: Record<string, string>, env: Record<string, string>, options = ''): Promise<StepResult> {
  return runAction({
    inputs: { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'key-type': 'any', ...inputs },
    env: {
      ...CREDENTIALS,
      AWS_REGION: 'us-east-1',
      NODE_OPTIONS: `${FASTER_CLOCK} ${options}`,
      BENCH_SPEED: String(SPEED),
      ...env
    }
  });
}

/** The lines of the log that mention this host, other than annotations and groups. */
function linesAbout(host: string, { stdout }: StepResult): string[] {
  return stdout.split('\n').filter((line) => line.includes(host) && !line.startsWith('::'));
}

/** The step fails before its timeout of 600 s, after which it would be `timed-out`. */
function expectQuickFailure({ outputs, exitCode }: StepResult): void {
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'unknown' });
  expect(exitCode).toBe(1);
  expect(Number(outputs['duration-seconds'])).toBeGreaterThanOrEqual(30);
}

describe('a service that cannot be reached', () => {
  test('in a region that does not exist: host and region are named', async () => {
    const result = await run({}, { AWS_REGION: 'eu-west-9' }, WITHOUT_DNS);
    expectQuickFailure(result);
    expect(result.stdout).toMatch(
      /^::error title=kinesis orders::failed: .*kinesis\.eu-west-9\.amazonaws\.com has not answered for 30 s: getaddrinfo ENOTFOUND kinesis\.eu-west-9\.amazonaws\.com\. Check the region eu-west-9/m
    );
    expect(linesAbout('kinesis.eu-west-9.amazonaws.com', result)).toHaveLength(2);
  });

  test('fails the streams of a fleet together, for the same reason', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `orders-${index}`);
    const result = await run({ 'stream-name': names.join('\n') }, { AWS_ENDPOINT_URL_KINESIS: 'http://127.0.0.1:9' });
    expectQuickFailure(result);
    const messages = JSON.parse(result.outputs.results ?? '').map(
      ({ name, message }: Record<'name' | 'message', string>) => message.replace(name, '…')
    );
    expect(new Set(messages).size).toBe(1);
    expect(messages).toHaveLength(40);
    expect(messages[0]).toContain(
      '127.0.0.1:9 (set in AWS_ENDPOINT_URL_KINESIS) has not answered for 30 s: connect ECONNREFUSED 127.0.0.1:9. Check AWS_ENDPOINT_URL_KINESIS'
    );
    expect(linesAbout('cannot be reached', result)).toHaveLength(1);
    expect(linesAbout('nothing more is sent to it', result)).toHaveLength(1);
  });

  test('that lists the streams fails the run', async () => {
    const result = await run({ 'stream-name': 'orders-*' }, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    expectQuickFailure(result);
    expect(result.stdout).toMatch(/^::error .*kinesis:ListStreams .*127\.0\.0\.1:9 \(set in AWS_ENDPOINT_URL\)/m);
  });

  test('that issues the credentials is named', async () => {
    const env = {
      AWS_ACCESS_KEY_ID: '',
      AWS_WEB_IDENTITY_TOKEN_FILE: resolve('package.json'),
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9'
    };
    const result = await run({}, env);
    expectQuickFailure(result);
    expect(result.stdout).toMatch(
      /^::error .*127\.0\.0\.1:9 \(set in AWS_ENDPOINT_URL_STS\) has not answered for 30 s/m
    );
  });

  test.each([
    ['reject', /403 Forbidden\. Check that the proxy in HTTPS_PROXY allows this host/],
    ['require password', /407 Proxy Authentication Required\. Check the user name and the password in HTTPS_PROXY/]
  ] as const)('because the proxy refuses: %s', async (fault, message) => {
    await using proxy = await startProxy({ target: NO_TARGET, fault });
    const result = await run({}, { HTTPS_PROXY: proxy.url });
    expectQuickFailure(result);
    expect(result.stdout).toMatch(message);
    expect(result.stdout).toContain('kinesis.us-east-1.amazonaws.com (through the proxy in HTTPS_PROXY)');
    expect(proxy.tunnels.length).toBeLessThan(15);
  });
});
