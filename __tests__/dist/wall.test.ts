import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Step, StepResult } from '../../demo/runner.ts';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import * as step from './step.ts';
import { createStream, DESCRIBE, type Kind, START } from './step.ts';
import { type Certificate, certificateFor, startProxy, startTls } from './surroundings/network.ts';

/** A slow machine may be slow; a step that hangs is ended before, and then the test says what it came to. */
jest.setTimeout(30_000);

const ALWAYS = Number.POSITIVE_INFINITY;
const TOKEN = 'FwoGZXIvYXdzEXAMPLEtoken//////////wEaDBexampleexample';
const PASSWORD = 'pr0xy-passw0rd';
/** Nothing of these may be in the log, the outputs or the summary. */
const SECRETS = [
  ...Object.values(step.CREDENTIALS),
  TOKEN,
  PASSWORD,
  'AWS4-HMAC-SHA256',
  'Signature=',
  'Authorization=',
  'Authorization:'
];

let aws: LocalAws;
let folder: string;
let certificate: Certificate;
/** The file that holds the certificate's authority. */
let bundle: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-wall-'));
  const hosts = ['kinesis', 'firehose', 'kms', 'sts'].map((service) => `${service}.us-east-1.amazonaws.com`);
  certificate = await certificateFor('localhost', ...hosts);
  bundle = file('authority.pem', certificate.cert);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Runs the bundle with a session token and step debug logging, and sees to it that no credential is told. */
async function runOn(
  kind: Kind,
  inputs: Step['inputs'],
  env: Step['env'],
  more: Omit<Step, 'inputs' | 'env'> = {}
): Promise<StepResult> {
  const result = await step.runOn(aws, kind, inputs, {
    debug: true,
    env: { AWS_SESSION_TOKEN: TOKEN, ...env },
    ...more
  });
  for (const text of [result.stdout, result.stderr, result.summary, ...Object.values(result.outputs)]) {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  }
  return result;
}

/** The log of requests, as step debug logging shows it. */
function debugged({ stdout }: StepResult): string[] {
  return stdout.split('\n').filter((line) => line.startsWith('::debug::'));
}

describe.each<Kind>(['kinesis', 'firehose'])('a proxy between here and %s', (kind) => {
  test('HTTPS_PROXY is asked for a tunnel to each service, and AWS_CA_BUNDLE is trusted in it', async () => {
    await using tls = await startTls(Number(new URL(aws.endpoint).port), certificate);
    await using proxy = await startProxy({ to: tls.port });
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const result = await runOn(
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
    await using proxy = await startProxy({ to: Number(new URL(aws.endpoint).port) });
    createStream(aws, kind);
    const { outputs } = await runOn(kind, {}, { AWS_ENDPOINT_URL: 'http://aws.invalid:4566', HTTP_PROXY: proxy.url });
    expect(outputs.outcome).toBe('enabled');
    expect(proxy.requests).toHaveLength(aws.requests.length);
    for (const { url, authorization } of proxy.requests) {
      expect(url).toBe('http://aws.invalid:4566/');
      expect(authorization).toContain('Credential=AKIAIOSFODNN7EXAMPLE/');
    }
  });

  test('NO_PROXY leads past it, for the hosts that it names', async () => {
    await using proxy = await startProxy({ to: Number(new URL(aws.endpoint).port) });
    createStream(aws, kind);
    const { arn } = aws.kms.createKey();
    const { outputs } = await runOn(
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
      await using proxy = await startProxy({ to: 0, manner });
      const result = await runOn(
        kind,
        { 'timeout-seconds': '1' },
        { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxy.url }
      );
      expect(result.outputs).toMatchObject({ outcome: 'timed-out', changed: 'false', encrypted: 'unknown' });
      expect(result.exitCode).toBe(1);
      expect(Number(result.outputs['duration-seconds'])).toBeGreaterThan(0.9);
      expect(Number(result.outputs['duration-seconds'])).toBeLessThan(2);
      expect(result.stdout).toContain('The service has told nothing of the stream');
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
    await using tls = await startTls(Number(new URL(aws.endpoint).port), certificate);
    await using proxy = await startProxy({ to: tls.port, ...(manner && { manner }) });
    createStream(aws, 'kinesis');
    const login = `http://ci:${PASSWORD}@127.0.0.1:${proxy.port}`;
    const { outputs } = await runOn(
      'kinesis',
      { 'timeout-seconds': manner === undefined ? '20' : '1' },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: login, AWS_CA_BUNDLE: bundle }
    );
    expect(outputs.outcome).toBe(outcome);
    expect(new Set(proxy.logins)).toEqual(new Set([`Basic ${btoa(`ci:${PASSWORD}`)}`]));
  });

  test('nor is it told where no proxy answers at all', async () => {
    await using unused = await startProxy({ to: 0 });
    const { port } = unused;
    await unused[Symbol.asyncDispose]();
    const { outputs, stdout } = await runOn(
      'kinesis',
      { 'timeout-seconds': '1' },
      { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: `http://ci:${PASSWORD}@127.0.0.1:${port}` }
    );
    expect(outputs.outcome).toBe('timed-out');
    expect(stdout).toContain('the last call failed');
  });
});

describe('a certificate of the company', () => {
  test.each(['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'])('is trusted where %s names its authority', async (variable) => {
    await using tls = await startTls(Number(new URL(aws.endpoint).port), certificate);
    createStream(aws, 'kinesis');
    const env = { AWS_ENDPOINT_URL: `https://localhost:${tls.port}`, [variable]: bundle };
    const { outputs } = await runOn('kinesis', {}, env);
    expect(outputs.outcome).toBe('enabled');
  });

  test.each<Kind>(['kinesis', 'firehose'])(
    'ends the step at once where none does, and names AWS_CA_BUNDLE: %s',
    async (kind) => {
      await using tls = await startTls(Number(new URL(aws.endpoint).port), certificate);
      createStream(aws, kind);
      const { outputs, stdout } = await runOn(kind, {}, { AWS_ENDPOINT_URL: `https://localhost:${tls.port}` });
      expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
      expect(stdout).toMatch(
        /^::error title=.* orders::failed: .*name the certificate authority in AWS_CA_BUNDLE\. No change was sent/m
      );
      expect(stdout).not.toContain('trying again');
      expect(tls.connections()).toBe(1);
      expect(aws.requests).toEqual([]);
    }
  );

  test('adds to the authorities that are trusted anyway', async () => {
    const another = file('another.pem', (await certificateFor('example.org')).cert);
    await using tls = await startTls(Number(new URL(aws.endpoint).port), certificate);
    createStream(aws, 'kinesis');
    const { outputs } = await runOn(
      'kinesis',
      {},
      {
        AWS_ENDPOINT_URL: `https://localhost:${tls.port}`,
        AWS_CA_BUNDLE: another,
        NODE_EXTRA_CA_CERTS: bundle
      }
    );
    expect(outputs.outcome).toBe('enabled');
  });

  test('in a file that cannot be read ends the step at once, and the file is named', async () => {
    const { outputs, stdout } = await runOn('kinesis', {}, { AWS_CA_BUNDLE: join(folder, 'nowhere.pem') });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(/^::error .*AWS_CA_BUNDLE names .*nowhere\.pem, which cannot be read: .*ENOENT/m);
  });
});

describe("the SDK's own variables", () => {
  test('an endpoint for each service', async () => {
    await using kms = await startLocalAws();
    await using nothing = await startLocalAws();
    const { arn } = kms.kms.createKey({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    kms.kms.createAlias('alias/app', kms.kms.find(arn));
    aws.kms.createKey({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    for (const kind of ['kinesis', 'firehose'] as const) {
      createStream(aws, kind);
      const { outputs } = await runOn(
        kind,
        { 'key-id': 'alias/app' },
        {
          AWS_ENDPOINT_URL: nothing.endpoint,
          [`AWS_ENDPOINT_URL_${kind.toUpperCase()}`]: aws.endpoint,
          AWS_ENDPOINT_URL_KMS: kms.endpoint
        }
      );
      expect(outputs).toMatchObject({ outcome: 'enabled', 'key-id': arn });
    }
    expect(nothing.requests).toEqual([]);
    expect(new Set(kms.requests.map(({ operation }) => operation))).toEqual(new Set(['DescribeKey']));
    expect(new Set(aws.requests.map(({ service }) => service))).toEqual(new Set(['kinesis', 'firehose']));
  });

  test('an endpoint that is no URL ends the step at once', async () => {
    const { outputs, stdout } = await runOn('kinesis', {}, { AWS_ENDPOINT_URL: 'localhost' });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(/^::error .*Invalid URL.*AWS_ENDPOINT_URL/m);
  });

  test('a profile that holds region and credentials', async () => {
    await using there = await startLocalAws({ region: 'eu-west-1', changeMs: 20 });
    await using proxy = await startProxy({ to: Number(new URL(there.endpoint).port) });
    there.firehose.create({ name: 'orders' });
    const env = {
      AWS_REGION: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: 'wall',
      AWS_CONFIG_FILE: file('config', '[profile wall]\nregion = eu-west-1\n'),
      AWS_SHARED_CREDENTIALS_FILE: file(
        'credentials',
        `[wall]\naws_access_key_id = AKIAWALL\naws_secret_access_key = ${PASSWORD}\naws_session_token = ${TOKEN}\n`
      ),
      AWS_ENDPOINT_URL: 'http://aws.invalid',
      HTTP_PROXY: proxy.url
    };
    const { outputs, stdout } = await runOn('firehose', {}, env);
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toMatch(/^eu-west-1 · mode encrypt/);
    expect(new Set(there.requests.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
    for (const { authorization } of proxy.requests) expect(authorization).toContain('Credential=AKIAWALL/');
  });

  test('a role that a runner takes on by a web identity, through the proxy too', async () => {
    await using tls = await startTls(Number(new URL(aws.endpoint).port), certificate);
    await using proxy = await startProxy({ to: tls.port });
    const { outputs, stdout } = await runOn(
      'kinesis',
      { 'timeout-seconds': '5' },
      {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_SESSION_TOKEN: undefined,
        AWS_WEB_IDENTITY_TOKEN_FILE: file('token', TOKEN),
        AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/encrypt-streams',
        AWS_ENDPOINT_URL: undefined,
        HTTPS_PROXY: proxy.url,
        AWS_CA_BUNDLE: bundle
      }
    );
    // The local AWS has no STS, so that it ends there.
    expect(new Set(proxy.tunnels)).toEqual(new Set(['sts.us-east-1.amazonaws.com:443']));
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toContain('::error title=kinesis orders::failed: ');
  });

  test('AWS_MAX_ATTEMPTS: how often the SDK tries a look by itself; a start it never sends twice', async () => {
    const oops = { error: { code: 'InternalFailure', message: 'oops', status: 500 } };
    createStream(aws, 'kinesis');
    aws.faults.add({ on: DESCRIBE.kinesis, times: 3, ...oops });
    const patient = await runOn('kinesis', { mode: 'plan' }, { AWS_MAX_ATTEMPTS: '4' });
    expect(patient.outputs.outcome).toBe('planned');
    expect(patient.stdout).not.toContain('trying again');
    expect(debugged(patient)).toHaveLength(4);

    aws.faults.add({ on: DESCRIBE.kinesis, times: 2, ...oops });
    const hasty = await runOn('kinesis', { mode: 'plan' }, { AWS_MAX_ATTEMPTS: '1' });
    expect(hasty.stdout.match(/oops; trying again/g)).toHaveLength(2);
    expect(debugged(hasty)).toHaveLength(3);

    aws.faults.add({ on: START.kinesis, status: 500, body: 'oops', effect: 'after' });
    const { outputs } = await runOn('kinesis', {}, { AWS_MAX_ATTEMPTS: '4' });
    expect(outputs.outcome).toBe('enabled');
    expect(aws.requests.filter(({ operation }) => operation === START.kinesis)).toHaveLength(1);
  });

  test('the user agent tells version and run', async () => {
    createStream(aws, 'kinesis');
    const { arn } = aws.kms.createKey();
    await runOn('kinesis', { 'key-id': arn }, {});
    expect(new Set(aws.requests.map(({ service }) => service))).toEqual(new Set(['kinesis', 'kms']));
    for (const { userAgent } of aws.requests)
      expect(userAgent).toMatch(/ stream-encryption\/1\.0\.0 run\/1658821493\b/);
  });
});

describe('credentials that AWS quotes', () => {
  const canonical = [
    'POST',
    '/',
    '',
    'content-type:application/x-amz-json-1.1',
    'host:kinesis.us-east-1.amazonaws.com',
    `x-amz-security-token:${TOKEN}`,
    '',
    'e3b0c442'
  ].join('\n');
  const authorization =
    `AWS4-HMAC-SHA256 Credential=${step.CREDENTIALS.AWS_ACCESS_KEY_ID}/20261122/us-east-1/kinesis/aws4_request, ` +
    'SignedHeaders=host;x-amz-security-token, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024';

  test.each([
    [
      'InvalidSignatureException',
      `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. The Canonical String for this request should have been\n'${canonical}'`,
      'The request signature we calculated does not match the signature you provided'
    ],
    ['SignatureDoesNotMatch', `Mismatch of ${canonical}`, 'Mismatch of POST'],
    [
      'IncompleteSignatureException',
      `Authorization header requires 'SignedHeaders' parameter. Authorization=${authorization}`,
      "requires 'SignedHeaders' parameter"
    ],
    [
      'MissingAuthenticationTokenException',
      `Missing Authentication Token in ${canonical}`,
      'Missing Authentication Token'
    ],
    ['AccessDeniedException', `Blocked by policy: {"authorization": "${authorization}"}`, 'Blocked by policy'],
    ['SomethingNewException', `cannot parse ${authorization} x-amz-security-token: ${TOKEN}`, 'cannot parse']
  ])('are not told: %s', async (code, message, told) => {
    createStream(aws, 'kinesis');
    aws.faults.add({ on: DESCRIBE.kinesis, times: ALWAYS, error: { code, message, status: 403 } });
    const { outputs, stdout } = await runOn('kinesis', {}, {});
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toContain(`${code}: `);
    expect(stdout).toContain(told);
  });
});
