/** A network between the runner and AWS: certificates of a private authority, proxies, and services that cannot be reached. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, KINDS, OUTPUTS } from '../step.ts';
import { type Certificate, certificateFor, certificateForAws, NO_TARGET, startProxy, startTls } from './network.ts';
import { PASSWORD, runWithSecrets, TempFiles } from './secret-run.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());

const files = new TempFiles();
let certificate: Certificate;
let bundlePath: string;
beforeAll(async () => {
  certificate = await certificateForAws();
  bundlePath = files.write('authority.pem', certificate.cert);
});
afterAll(() => files[Symbol.dispose]());

describe('a certificate of a private authority', () => {
  test('is trusted if the file in NODE_EXTRA_CA_CERTS has its authority, although that in AWS_CA_BUNDLE has another', async () => {
    await using tls = await startTls(aws, certificate);
    createStream(aws, 'kinesis');
    const another = files.write('another.pem', (await certificateFor('example.org')).cert);
    const env = {
      NODE_EXTRA_CA_CERTS: bundlePath,
      AWS_CA_BUNDLE: another,
      AWS_ENDPOINT_URL: `https://localhost:${tls.port}`
    };
    const { outputs } = await runWithSecrets(aws, 'kinesis', { mode: 'plan' }, env);
    expect(outputs.outcome).toBe('planned');
  });

  const NO_CLIENT = { requestCert: true, rejectUnauthorized: true };
  test.each([
    [
      'it is not trusted',
      {},
      false,
      /^::error title=.* orders::failed: .*set AWS_CA_BUNDLE to the certificate authority\. No change was sent/m
    ],
    ['the server requires one of the client', NO_CLIENT, true, /^::error .*may require a client certificate/m],
    [
      'it does so in TLS 1.2',
      { ...NO_CLIENT, maxVersion: 'TLSv1.2' },
      true,
      /^::error .*may require a client certificate/m
    ]
  ] as const)(
    'fails the step without a retry if %s, and the error says what to do',
    async (_why, options, isTrusted, error) => {
      await using tls = await startTls(aws, certificate, options);
      const env = {
        AWS_ENDPOINT_URL: `https://localhost:${tls.port}`,
        ...(isTrusted && { AWS_CA_BUNDLE: bundlePath })
      };
      const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, env);
      expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
      expect(stdout).toMatch(error);
      expect(stdout).not.toContain('retrying');
      expect(stdout.includes('AWS_CA_BUNDLE')).toBe(!isTrusted);
      if (!isTrusted) expect(tls.connections()).toBe(1);
      expect(aws.requests).toEqual([]);
    }
  );

  test('fails the step if it is for another host, and the error names both hosts', async () => {
    const another = await certificateFor('example.org');
    await using tls = await startTls(aws, another);
    const authority = files.write('example.pem', another.cert);
    const env = { AWS_ENDPOINT_URL: `https://localhost:${tls.port}`, AWS_CA_BUNDLE: authority };
    const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, env);
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(
      /^::error .*Host: localhost\. is not in .*example\.org\. The TLS certificate is for another host/m
    );
    expect(stdout).not.toContain('AWS_CA_BUNDLE');
  });
});

describe('a proxy', () => {
  const USER = `ci:${PASSWORD}`;

  test.each(KINDS)(
    'in HTTPS_PROXY tunnels to %s and KMS with its password, and AWS_CA_BUNDLE is trusted',
    async (kind) => {
      await using tls = await startTls(aws, certificate);
      await using proxy = await startProxy({ target: tls });
      createStream(aws, kind);
      const { arn } = aws.kms.createKey();
      const HTTPS_PROXY = `http://${USER}@127.0.0.1:${proxy.port}`;
      const env = { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY, AWS_CA_BUNDLE: bundlePath };
      const { outputs } = await runWithSecrets(aws, kind, { 'key-id': arn }, env);
      expect(outputs).toMatchObject({ outcome: 'enabled', 'key-id': arn });
      const hosts = [`${kind}.us-east-1.amazonaws.com:443`, 'kms.us-east-1.amazonaws.com:443'];
      expect(new Set(proxy.tunnels)).toEqual(new Set(hosts));
      expect(new Set(proxy.proxyAuthorizations)).toEqual(new Set([`Basic ${btoa(USER)}`]));
      // Requests reuse connections.
      expect(proxy.tunnels.length).toBeLessThan(aws.requests.length);
      expect(tls.connections()).toBe(proxy.tunnels.length);
      expect(proxy.requests).toEqual([]);
    }
  );

  test('in HTTP_PROXY forwards the requests to plain HTTP endpoints, except to the hosts in NO_PROXY', async () => {
    await using proxy = await startProxy({ target: aws });
    createStream(aws, 'kinesis');
    const env = {
      AWS_ENDPOINT_URL: 'http://aws.invalid:4566',
      AWS_ENDPOINT_URL_KINESIS: aws.endpoint,
      HTTP_PROXY: proxy.url,
      NO_PROXY: 'example.org,127.0.0.1'
    };
    const { outputs } = await runWithSecrets(aws, 'kinesis', { 'key-id': aws.kms.createKey().arn }, env);
    expect(outputs.outcome).toBe('enabled');
    const authorization = expect.stringContaining('Credential=AKIAIOSFODNN7EXAMPLE/');
    expect(proxy.requests).toEqual([{ url: 'http://aws.invalid:4566/', authorization }]);
    expect(aws.requests.filter(({ service }) => service === 'kms')).toHaveLength(1);
  });

  test('that hangs makes the step time out, and its password is printed nowhere', async () => {
    await using proxy = await startProxy({ target: NO_TARGET, fault: 'hang' });
    const env = { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: `http://${USER}@127.0.0.1:${proxy.port}` };
    const { outputs, stdout, exitCode } = await runWithSecrets(aws, 'firehose', { 'timeout-seconds': '3' }, env);
    expect(exitCode).toBe(1);
    expect(outputs).toMatchObject({ outcome: 'timed-out', changed: 'false', encrypted: 'unknown' });
    expect(stdout).toMatch(/The service has not described the stream/);
    expect(new Set(proxy.proxyAuthorizations)).toEqual(new Set([`Basic ${btoa(USER)}`]));
  });
});

describe('a service that cannot be reached fails the step after 30 s, not at its timeout, and is named', () => {
  // The clock of the step is sped up, so that 30 s take 1.5 s. No name is resolved, whatever the network of this machine.
  const fasterClock = `--import ${pathToFileURL('bench/faster-clock.ts').href}`;
  const withoutDns = `--import data:text/javascript,${encodeURIComponent(`
    import dns from 'node:dns';
    dns.lookup = (host, options, callback) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND ' + host), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }));
  `)}`;

  test.each([
    [
      'one in a region that does not exist',
      { AWS_REGION: 'eu-west-9' },
      /^::error title=kinesis orders::failed: .*kinesis\.eu-west-9\.amazonaws\.com has not answered for 30 s: getaddrinfo ENOTFOUND kinesis\.eu-west-9\.amazonaws\.com\. Check the region eu-west-9/m
    ],
    [
      'the one that issues credentials',
      {
        AWS_ACCESS_KEY_ID: '',
        AWS_WEB_IDENTITY_TOKEN_FILE: resolve('package.json'),
        AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci',
        AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9'
      },
      /^::error .*127\.0\.0\.1:9 \(set in AWS_ENDPOINT_URL_STS\) has not answered for 30 s/m
    ]
  ])('%s', async (_service, env, error) => {
    const faster = { NODE_OPTIONS: `${fasterClock} ${withoutDns}`, BENCH_SPEED: '20', AWS_ENDPOINT_URL: undefined };
    const { outputs, stdout, exitCode } = await runWithSecrets(aws, 'kinesis', {}, { ...faster, ...env });
    expect(exitCode).toBe(1);
    expect(Object.keys(outputs)).toEqual(OUTPUTS);
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'unknown' });
    expect(Number(outputs['duration-seconds'])).toBeGreaterThanOrEqual(30);
    expect(stdout).toMatch(error);
  });
});
