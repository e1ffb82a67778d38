/** A network between the runner and AWS: certificates of a private authority, proxies, and services that cannot be reached. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, OUTPUTS, runOn } from '../step.ts';
import { TempFolder } from '../temp-folder.ts';
import { type Certificate, certificateFor, certificateForAws, startProxy, startTls } from './network.ts';

const files = new TempFolder();
let ofAws: Certificate;
let ofOther: Certificate;
beforeAll(async () => {
  ofAws = await certificateForAws();
  ofOther = await certificateFor('example.org');
  files.write('aws.pem', ofAws.cert);
  files.write('other.pem', ofOther.cert);
});
afterAll(() => files[Symbol.dispose]());

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
  createStream(aws, 'kinesis');
});
afterEach(() => aws.close());

describe('a certificate of a private authority', () => {
  test('is trusted if the file in NODE_EXTRA_CA_CERTS has its authority, although that in AWS_CA_BUNDLE has another', async () => {
    await using tls = await startTls(aws, ofAws);
    const authorities = { NODE_EXTRA_CA_CERTS: `${files.path}/aws.pem`, AWS_CA_BUNDLE: `${files.path}/other.pem` };
    const env = { ...authorities, AWS_ENDPOINT_URL: `https://localhost:${tls.port}` };
    expect((await runOn(aws, 'kinesis', {}, { env })).outputs.outcome).toBe('enabled');
  });

  const NO_CLIENT = { requestCert: true, rejectUnauthorized: true };
  const ALTNAMES = 'Host: localhost. is not in the cert.s altnames: DNS:example.org';
  test.each([
    ['it is not trusted', 'aws', {}, null, 'set AWS_CA_BUNDLE to the certificate authority. No change was sent'],
    ['the server requires one of the client', 'aws', NO_CLIENT, 'aws', 'may require a client certificate'],
    ['it is for another host', 'other', {}, 'other', `${ALTNAMES}. The TLS certificate is for another host`]
  ] as const)(
    'fails the step without a retry if %s, and says what to do',
    async (_, host, options, trusted, advice) => {
      await using tls = await startTls(aws, host === 'aws' ? ofAws : ofOther, options);
      const authority = trusted === null ? {} : { AWS_CA_BUNDLE: `${files.path}/${trusted}.pem` };
      const env = { AWS_ENDPOINT_URL: `https://localhost:${tls.port}`, ...authority };
      const { outputs, stdout } = await runOn(aws, 'kinesis', {}, { env });
      expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
      expect(stdout).toMatch(new RegExp(`^::error title=kinesis orders::.*${advice}`, 'm'));
      expect(stdout).not.toContain('retrying');
      // Who sets the variable already needs no advice to do so.
      expect(stdout.includes('AWS_CA_BUNDLE')).toBe(trusted === null);
      expect(aws.requests).toEqual([]);
    }
  );
});

describe('a proxy', () => {
  test('in HTTPS_PROXY tunnels to each service with its password, and AWS_CA_BUNDLE is trusted', async () => {
    await using tls = await startTls(aws, ofAws);
    await using proxy = await startProxy({ target: tls });
    const { arn } = aws.kms.createKey();
    const HTTPS_PROXY = `http://ci:word@127.0.0.1:${proxy.port}`;
    const env = { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY, AWS_CA_BUNDLE: `${files.path}/aws.pem` };
    const { outputs } = await runOn(aws, 'kinesis', { 'key-id': arn }, { env });
    expect(outputs).toMatchObject({ outcome: 'enabled', 'key-id': arn });
    const hosts = ['kinesis.us-east-1.amazonaws.com:443', 'kms.us-east-1.amazonaws.com:443'];
    expect(new Set(proxy.tunnels)).toEqual(new Set(hosts));
    expect(new Set(proxy.proxyAuthorizations)).toEqual(new Set([`Basic ${btoa('ci:word')}`]));
    // Requests reuse connections.
    expect(proxy.tunnels.length).toBeLessThan(aws.requests.length);
    expect(proxy.requests).toEqual([]);
  });

  test('in HTTP_PROXY forwards the requests to plain HTTP endpoints, except to the hosts in NO_PROXY', async () => {
    await using proxy = await startProxy({ target: aws });
    const env = {
      AWS_ENDPOINT_URL: 'http://aws.invalid:4566',
      AWS_ENDPOINT_URL_KINESIS: aws.endpoint,
      HTTP_PROXY: proxy.url,
      NO_PROXY: 'example.org,127.0.0.1'
    };
    const { outputs } = await runOn(aws, 'kinesis', { 'key-id': aws.kms.createKey().arn }, { env });
    expect(outputs.outcome).toBe('enabled');
    expect(proxy.requests).toEqual(['http://aws.invalid:4566/']);
    expect(aws.requests.filter(({ service }) => service === 'kms')).toHaveLength(1);
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
      'kinesis.eu-west-9.amazonaws.com has not answered for 30 s: getaddrinfo ENOTFOUND kinesis.eu-west-9.amazonaws.com. Check the region eu-west-9'
    ],
    [
      'the one that issues credentials',
      {
        AWS_ACCESS_KEY_ID: '',
        AWS_WEB_IDENTITY_TOKEN_FILE: resolve('package.json'),
        AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci',
        AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9'
      },
      '127.0.0.1:9 .set in AWS_ENDPOINT_URL_STS. has not answered for 30 s'
    ]
  ])('%s', async (_service, env, error) => {
    const faster = { NODE_OPTIONS: `${fasterClock} ${withoutDns}`, BENCH_SPEED: '20', AWS_ENDPOINT_URL: undefined };
    const { outputs, stdout, exitCode } = await runOn(aws, 'kinesis', {}, { env: { ...faster, ...env } });
    expect(exitCode).toBe(1);
    expect(Object.keys(outputs)).toEqual(OUTPUTS);
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', encrypted: 'unknown' });
    expect(Number(outputs['duration-seconds'])).toBeGreaterThanOrEqual(30);
    expect(stdout).toMatch(new RegExp(`^::error title=kinesis orders::failed: .*${error}`, 'm'));
  });
});
