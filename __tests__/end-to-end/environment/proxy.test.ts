import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, KINDS } from '../step.ts';
import { type Certificate, certificateForAws, NOWHERE, startProxy, startTls } from './network.ts';
import { debugged, Files, PASSWORD, runWatched } from './watched.ts';

/** A slow machine may be slow; a step that hangs is ended before, and then the test says what it came to. */
jest.setTimeout(30_000);

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());

const files = new Files();
let certificate: Certificate;
/** The file that holds the certificate's authority. */
let bundle: string;
beforeAll(async () => {
  certificate = await certificateForAws();
  bundle = files.write('authority.pem', certificate.cert);
});
afterAll(() => files[Symbol.dispose]());

describe.each(KINDS)('a proxy between here and %s', (kind) => {
  test('HTTPS_PROXY is asked for a tunnel to each service, and AWS_CA_BUNDLE is trusted in it', async () => {
    await using tls = await startTls(aws, certificate);
    await using proxy = await startProxy({ to: tls });
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const result = await runWatched(
      aws,
      kind,
      { 'key-type': 'customer-managed', 'key-id': arn },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: bundle }
    );
    expect(result.outputs).toMatchObject({ outcome: 'enabled', 'key-id': arn });
    expect(new Set(proxy.tunnels)).toEqual(
      new Set([`${kind}.us-east-1.amazonaws.com:443`, 'kms.us-east-1.amazonaws.com:443'])
    );
    // A connection is kept for the next request.
    expect(proxy.tunnels.length).toBeLessThan(aws.requests.length);
    expect(tls.connections()).toBe(proxy.tunnels.length);
    expect(proxy.requests).toEqual([]);
    expect(debugged(result)).toHaveLength(aws.requests.length);
  });

  test('HTTP_PROXY is asked where the endpoint is plain HTTP', async () => {
    await using proxy = await startProxy({ to: aws });
    createStream(aws, kind);
    const { outputs } = await runWatched(
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

  test('NO_PROXY leads past it, for the hosts that it names', async () => {
    await using proxy = await startProxy({ to: aws });
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const { outputs } = await runWatched(
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

  test.each(['refuses', 'hangs'] as const)(
    'one that %s ends the step by its deadline, with what is known',
    async (manner) => {
      await using proxy = await startProxy({ to: NOWHERE, manner });
      const result = await runWatched(
        aws,
        kind,
        { 'timeout-seconds': '1' },
        { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxy.url }
      );
      expect(result.outputs).toMatchObject({ outcome: 'timed-out', changed: 'false', encrypted: 'unknown' });
      expect(result.exitCode).toBe(1);
      expect(Number(result.outputs['duration-seconds'])).toBeGreaterThan(0.9);
      expect(Number(result.outputs['duration-seconds'])).toBeLessThan(2);
      expect(result.stdout).toContain('The service has not described the stream');
      if (manner === 'refuses')
        expect(result.stdout).toMatch(/the last call failed: .*403 Forbidden\. See that the proxy in HTTPS_PROXY/);
      expect(proxy.tunnels.length).toBeGreaterThan(0);
      expect(new Set(proxy.tunnels)).toEqual(new Set([`${kind}.us-east-1.amazonaws.com:443`]));
    }
  );
});

describe('a proxy that asks who one is', () => {
  test.each([
    [undefined, 'enabled'],
    ['refuses', 'timed-out'],
    ['hangs', 'timed-out']
  ] as const)('is told so, and nobody else is (it %s)', async (manner, outcome) => {
    await using tls = await startTls(aws, certificate);
    await using proxy = await startProxy({ to: tls, ...(manner && { manner }) });
    createStream(aws, 'kinesis');
    const login = `http://ci:${PASSWORD}@127.0.0.1:${proxy.port}`;
    const { outputs } = await runWatched(
      aws,
      'kinesis',
      { 'timeout-seconds': manner === undefined ? '20' : '1' },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: login, AWS_CA_BUNDLE: bundle }
    );
    expect(outputs.outcome).toBe(outcome);
    expect(new Set(proxy.logins)).toEqual(new Set([`Basic ${btoa(`ci:${PASSWORD}`)}`]));
  });

  test('nor is it told where no proxy answers at all', async () => {
    await using unused = await startProxy({ to: NOWHERE });
    const { port } = unused;
    await unused[Symbol.asyncDispose]();
    const { outputs, stdout } = await runWatched(
      aws,
      'kinesis',
      { 'timeout-seconds': '1' },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: `http://ci:${PASSWORD}@127.0.0.1:${port}` }
    );
    expect(outputs.outcome).toBe('timed-out');
    expect(stdout).toContain('the last call failed');
  });
});
