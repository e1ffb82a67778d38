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

describe.each(KINDS)('a proxy for %s', (kind) => {
  test('in HTTPS_PROXY tunnels to each service, and AWS_CA_BUNDLE is trusted in the tunnel', async () => {
    await using tls = await startTls(aws, certificate);
    await using proxy = await startProxy({ target: tls });
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const result = await runWithSecrets(
      aws,
      kind,
      { 'key-type': 'customer-managed', 'key-id': arn },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: bundlePath }
    );
    expect(result.outputs).toMatchObject({ outcome: 'enabled', 'key-id': arn });
    expect(new Set(proxy.tunnels)).toEqual(
      new Set([`${kind}.us-east-1.amazonaws.com:443`, 'kms.us-east-1.amazonaws.com:443'])
    );
    // Requests reuse connections.
    expect(proxy.tunnels.length).toBeLessThan(aws.requests.length);
    expect(tls.connections()).toBe(proxy.tunnels.length);
    expect(proxy.requests).toEqual([]);
    expect(debugLines(result)).toHaveLength(aws.requests.length);
  });

  test('in HTTP_PROXY forwards requests to plain HTTP endpoints', async () => {
    await using proxy = await startProxy({ target: aws });
    createStream(aws, kind);
    const { outputs } = await runWithSecrets(
      aws,
      kind,
      {},
      { AWS_ENDPOINT_URL: 'http://aws.invalid:4566', HTTP_PROXY: proxy.url }
    );
    expect(outputs.outcome).toBe('enabled');
    expect(proxy.requests).toHaveLength(aws.requests.length);
    for (const { url, authorization } of proxy.requests) {
      expect(url).toBe('http://aws.invalid:4566/');
      expect(authorization).toContain('Credential=AKIAIOSFODNN7EXAMPLE/');
    }
  });

  test('is bypassed for the hosts in NO_PROXY', async () => {
    await using proxy = await startProxy({ target: aws });
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const { outputs } = await runWithSecrets(
      aws,
      kind,
      { 'key-id': arn },
      {
        AWS_ENDPOINT_URL: undefined,
        [`AWS_ENDPOINT_URL_${kind.toUpperCase()}`]: aws.endpoint,
        AWS_ENDPOINT_URL_KMS: 'http://kms.invalid',
        HTTP_PROXY: proxy.url,
        NO_PROXY: 'example.org,127.0.0.1'
      }
    );
    expect(outputs.outcome).toBe('enabled');
    expect(new Set(proxy.requests.map(({ url }) => url))).toEqual(new Set(['http://kms.invalid/']));
    expect(aws.requests.length).toBeGreaterThan(proxy.requests.length);
  });

  test.each(['reject', 'hang'] as const)('that does not connect makes the step time out (fault: %s)', async (fault) => {
    await using proxy = await startProxy({ target: NO_TARGET, fault });
    const result = await runWithSecrets(
      aws,
      kind,
      { 'timeout-seconds': '4' },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxy.url }
    );
    expect(result.outputs).toMatchObject({ outcome: 'timed-out', changed: 'false', encrypted: 'unknown' });
    expect(result.exitCode).toBe(1);
    expect(Number(result.outputs['duration-seconds'])).toBeGreaterThan(0.9);
    expect(result.stdout).toContain('The service has not described the stream');
    if (fault === 'reject')
      expect(result.stdout).toMatch(/the last call failed: .*403 Forbidden\. Check that the proxy in HTTPS_PROXY/);
    expect(proxy.tunnels.length).toBeGreaterThan(0);
    expect(new Set(proxy.tunnels)).toEqual(new Set([`${kind}.us-east-1.amazonaws.com:443`]));
  });
});

describe('the credentials in the proxy URL', () => {
  test.each([
    [undefined, 'enabled'],
    ['reject', 'timed-out'],
    ['hang', 'timed-out']
  ] as const)('are sent to the proxy and printed nowhere (fault: %s)', async (fault, outcome) => {
    await using tls = await startTls(aws, certificate);
    await using proxy = await startProxy({ target: tls, ...(fault && { fault }) });
    createStream(aws, 'kinesis');
    const proxyUrl = `http://ci:${PASSWORD}@127.0.0.1:${proxy.port}`;
    const { outputs } = await runWithSecrets(
      aws,
      'kinesis',
      { 'timeout-seconds': fault === undefined ? '20' : '1' },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxyUrl, AWS_CA_BUNDLE: bundlePath }
    );
    expect(outputs.outcome).toBe(outcome);
    expect(new Set(proxy.proxyAuthorizations)).toEqual(new Set([`Basic ${btoa(`ci:${PASSWORD}`)}`]));
  });

  test('are printed nowhere if the connection to the proxy is refused', async () => {
    await using closed = await startProxy({ target: NO_TARGET });
    const { port } = closed;
    await closed[Symbol.asyncDispose]();
    const { outputs, stdout } = await runWithSecrets(
      aws,
      'kinesis',
      { 'timeout-seconds': '4' },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: `http://ci:${PASSWORD}@127.0.0.1:${port}` }
    );
    expect(outputs.outcome).toBe('timed-out');
    expect(stdout).toContain('the last call failed');
  });
});
