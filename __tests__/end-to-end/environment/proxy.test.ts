import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, KINDS } from '../step.ts';
import { type Certificate, certificateForAws, NO_TARGET, startProxy, startTls } from './network.ts';
import { debugLines, PASSWORD, runWithSecrets, TempFiles } from './secret-run.ts';

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

const USER = `ci:${PASSWORD}`;

describe.each(KINDS)('a proxy for %s', (kind) => {
  test('in HTTPS_PROXY tunnels to each service and gets its password; AWS_CA_BUNDLE is trusted in the tunnel', async () => {
    await using tls = await startTls(aws, certificate);
    await using proxy = await startProxy({ target: tls });
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const HTTPS_PROXY = `http://${USER}@127.0.0.1:${proxy.port}`;
    const env = { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY, AWS_CA_BUNDLE: bundlePath };
    const result = await runWithSecrets(aws, kind, { 'key-type': 'customer-managed', 'key-id': arn }, env);
    expect(result.outputs).toMatchObject({ outcome: 'enabled', 'key-id': arn });
    expect(new Set(proxy.tunnels)).toEqual(
      new Set([`${kind}.us-east-1.amazonaws.com:443`, 'kms.us-east-1.amazonaws.com:443'])
    );
    expect(new Set(proxy.proxyAuthorizations)).toEqual(new Set([`Basic ${btoa(USER)}`]));
    // Requests reuse connections.
    expect(proxy.tunnels.length).toBeLessThan(aws.requests.length);
    expect(tls.connections()).toBe(proxy.tunnels.length);
    expect(proxy.requests).toEqual([]);
    expect(debugLines(result)).toHaveLength(aws.requests.length);
  });

  test('in HTTP_PROXY forwards requests to plain HTTP endpoints, except to the hosts in NO_PROXY', async () => {
    await using proxy = await startProxy({ target: aws });
    createStream(aws, kind);
    createStream(aws, kind, { name: 'clicks' });
    const plain = { AWS_ENDPOINT_URL: 'http://aws.invalid:4566', HTTP_PROXY: proxy.url };
    expect((await runWithSecrets(aws, kind, {}, plain)).outputs.outcome).toBe('enabled');
    expect(proxy.requests).toHaveLength(aws.requests.length);
    for (const { url, authorization } of proxy.requests) {
      expect(url).toBe('http://aws.invalid:4566/');
      expect(authorization).toContain('Credential=AKIAIOSFODNN7EXAMPLE/');
    }

    const [forwarded, sent] = [proxy.requests.length, aws.requests.length];
    const inputs = { 'stream-name': 'clicks', 'key-id': aws.kms.createKey().arn };
    const env = {
      AWS_ENDPOINT_URL: undefined,
      [`AWS_ENDPOINT_URL_${kind.toUpperCase()}`]: aws.endpoint,
      AWS_ENDPOINT_URL_KMS: 'http://kms.invalid',
      HTTP_PROXY: proxy.url,
      NO_PROXY: 'example.org,127.0.0.1'
    };
    expect((await runWithSecrets(aws, kind, inputs, env)).outputs.outcome).toBe('enabled');
    const toKms = proxy.requests.slice(forwarded);
    expect(new Set(toKms.map(({ url }) => url))).toEqual(new Set(['http://kms.invalid/']));
    expect(aws.requests.length - sent).toBeGreaterThan(toKms.length);
  });

  test('that refuses, hangs or does not exist makes the step time out, and its password is printed nowhere', async () => {
    await using refusing = await startProxy({ target: NO_TARGET, fault: 'reject' });
    await using hanging = await startProxy({ target: NO_TARGET, fault: 'hang' });
    await using closed = await startProxy({ target: NO_TARGET });
    const { port } = closed;
    await closed[Symbol.asyncDispose]();
    const [refused, hung, unreached] = await Promise.all(
      [refusing.port, hanging.port, port].map((one) => {
        const env = { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: `http://${USER}@127.0.0.1:${one}` };
        return runWithSecrets(aws, kind, { 'timeout-seconds': '6' }, env);
      })
    );
    for (const result of [refused, hung, unreached]) {
      expect(result?.outputs).toMatchObject({ outcome: 'timed-out', changed: 'false', encrypted: 'unknown' });
      expect(result?.exitCode).toBe(1);
      expect(Number(result?.outputs['duration-seconds'])).toBeGreaterThan(5.9);
      expect(result?.stdout).toMatch(/The service has not described the stream; the last call failed: /);
    }
    for (const { tunnels, proxyAuthorizations } of [refusing, hanging]) {
      expect(new Set(tunnels)).toEqual(new Set([`${kind}.us-east-1.amazonaws.com:443`]));
      expect(new Set(proxyAuthorizations)).toEqual(new Set([`Basic ${btoa(USER)}`]));
    }
  });
});
