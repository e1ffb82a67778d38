import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { SDK_VARIABLES } from '../../support/sdk-variables.ts';
import { preload } from '../cancellation/early-end.ts';
import { CREDENTIALS, createStream, DESCRIBE, KINDS, runOn, START } from '../step.ts';
import { type Certificate, certificateForAws, startProxy, startTls } from './network.ts';
import { debugLines, PASSWORD, runWithSecrets, TempFiles, TOKEN } from './secret-run.ts';

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

describe("the SDK's environment variables", () => {
  test('AWS_ENDPOINT_URL_<SERVICE> overrides AWS_ENDPOINT_URL', async () => {
    await using kms = await startLocalAws();
    await using unused = await startLocalAws();
    const { arn } = kms.kms.createKey({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    kms.kms.createAlias('alias/app', kms.kms.find(arn));
    aws.kms.createKey({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    for (const kind of KINDS) {
      createStream(aws, kind);
      const { outputs } = await runWithSecrets(
        aws,
        kind,
        { 'key-id': 'alias/app' },
        {
          AWS_ENDPOINT_URL: unused.endpoint,
          [`AWS_ENDPOINT_URL_${kind.toUpperCase()}`]: aws.endpoint,
          AWS_ENDPOINT_URL_KMS: kms.endpoint
        }
      );
      expect(outputs).toMatchObject({ outcome: 'enabled', 'key-id': arn });
    }
    expect(unused.requests).toEqual([]);
    expect(new Set(kms.requests.map(({ operation }) => operation))).toEqual(new Set(['DescribeKey']));
    expect(new Set(aws.requests.map(({ service }) => service))).toEqual(new Set(['kinesis', 'firehose']));
  });

  test('an endpoint that is not a URL fails the step', async () => {
    const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, { AWS_ENDPOINT_URL: 'localhost' });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(/^::error .*AWS_ENDPOINT_URL is localhost: it must be a URL that begins with http/m);
    expect(aws.requests).toEqual([]);
  });

  test.each(['', '  \n'])('all of them count as unset if they are %j', async (value) => {
    createStream(aws, 'kinesis');
    const blank = Object.fromEntries(SDK_VARIABLES.map(({ name }) => [name, value]));
    const env = { ...blank, ...CREDENTIALS, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: aws.endpoint };
    const { outputs, stderr } = await runOn(aws, 'kinesis', {}, { env });
    expect(outputs.outcome).toBe('enabled');
    expect(stderr).toBe('');
  });

  test('all of them may be set to a right value', async () => {
    createStream(aws, 'kinesis');
    const unused = ['AWS_PROFILE', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];
    const right = SDK_VARIABLES.filter(({ name }) => !unused.includes(name)).map(({ name, right: [value] }) => [
      name,
      value
    ]);
    const endpoints = { AWS_ENDPOINT_URL: aws.endpoint, AWS_ENDPOINT_URL_KINESIS: aws.endpoint };
    const { outputs } = await runOn(aws, 'kinesis', {}, { env: { ...Object.fromEntries(right), ...endpoints } });
    expect(outputs.outcome).toBe('enabled');
  });

  test('AWS_PROFILE without such a profile is named, although there are keys', async () => {
    const env = { AWS_PROFILE: 'nothing-real', AWS_EC2_METADATA_DISABLED: 'true' };
    const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, env);
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(
      /^::error .*AWS_PROFILE is nothing-real: the credentials come from there, not from AWS_ACCESS_KEY_ID/m
    );
  });

  test.each([['eu west'], ['eu-west']])('AWS_REGION is named if it is %s', async (region) => {
    const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, { AWS_REGION: region });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(new RegExp(`^::error .*Input region is "${region}": this comes from AWS_REGION`, 'm'));
  });

  test('a user without a home directory needs none', async () => {
    createStream(aws, 'kinesis');
    const homeless = preload(`
      import os from 'node:os';
      import { syncBuiltinESMExports } from 'node:module';
      os.homedir = () => {
        if (process.env.HOME) return process.env.HOME;
        throw Object.assign(new Error('A system error occurred: uv_os_homedir returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
      };
      syncBuiltinESMExports();
    `);
    const env = { ...homeless.env, HOME: undefined, USERPROFILE: undefined };
    const { outputs } = await runWithSecrets(aws, 'kinesis', {}, env);
    expect(outputs.outcome).toBe('enabled');
  });

  test('AWS_PROFILE selects a profile with region and credentials', async () => {
    await using euWest1 = await startLocalAws({ region: 'eu-west-1', changeMs: 20 });
    await using proxy = await startProxy({ target: euWest1 });
    euWest1.firehose.create({ name: 'orders' });
    const env = {
      AWS_REGION: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: 'ci',
      AWS_CONFIG_FILE: files.write('config', '[profile ci]\nregion = eu-west-1\n'),
      AWS_SHARED_CREDENTIALS_FILE: files.write(
        'credentials',
        `[ci]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = ${PASSWORD}\naws_session_token = ${TOKEN}\n`
      ),
      AWS_ENDPOINT_URL: 'http://aws.invalid',
      HTTP_PROXY: proxy.url
    };
    const { outputs, stdout } = await runWithSecrets(aws, 'firehose', {}, env);
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toMatch(/^eu-west-1 · mode encrypt/);
    expect(new Set(euWest1.requests.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
    for (const { authorization } of proxy.requests) expect(authorization).toContain('Credential=AKIAPROFILE/');
  });

  test('AWS_ROLE_ARN with a web identity token: the request to STS uses the proxy', async () => {
    await using tls = await startTls(aws, certificate);
    await using proxy = await startProxy({ target: tls });
    const { outputs, stdout } = await runWithSecrets(
      aws,
      'kinesis',
      { 'timeout-seconds': '5' },
      {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_SESSION_TOKEN: undefined,
        AWS_WEB_IDENTITY_TOKEN_FILE: files.write('token', TOKEN),
        AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/encrypt-streams',
        AWS_ENDPOINT_URL: undefined,
        HTTPS_PROXY: proxy.url,
        AWS_CA_BUNDLE: bundlePath
      }
    );
    // The local AWS has no STS, so the step fails here.
    expect(new Set(proxy.tunnels)).toEqual(new Set(['sts.us-east-1.amazonaws.com:443']));
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toContain('::error title=kinesis orders::failed: ');
  });

  test("AWS_MAX_ATTEMPTS limits the SDK's attempts to describe a stream; a start is never sent twice", async () => {
    const serverError = { error: { code: 'InternalFailure', message: 'oops', status: 500 } };
    createStream(aws, 'kinesis');
    aws.faults.add({ on: DESCRIBE.kinesis, times: 3, ...serverError });
    const withSdkRetries = await runWithSecrets(aws, 'kinesis', { mode: 'plan' }, { AWS_MAX_ATTEMPTS: '4' });
    expect(withSdkRetries.outputs.outcome).toBe('planned');
    expect(withSdkRetries.stdout).not.toContain('retrying');
    expect(debugLines(withSdkRetries)).toHaveLength(4);

    aws.faults.add({ on: DESCRIBE.kinesis, times: 2, ...serverError });
    const withoutSdkRetries = await runWithSecrets(aws, 'kinesis', { mode: 'plan' }, { AWS_MAX_ATTEMPTS: '1' });
    expect(withoutSdkRetries.stdout.match(/oops; retrying/g)).toHaveLength(2);
    expect(debugLines(withoutSdkRetries)).toHaveLength(3);

    aws.faults.add({ on: START.kinesis, status: 500, body: 'oops', effect: 'after' });
    const { outputs } = await runWithSecrets(aws, 'kinesis', {}, { AWS_MAX_ATTEMPTS: '4' });
    expect(outputs.outcome).toBe('enabled');
    expect(aws.requests.filter(({ operation }) => operation === START.kinesis)).toHaveLength(1);
  });

  test('the user agent contains the version and the run ID', async () => {
    createStream(aws, 'kinesis');
    const { arn } = aws.kms.createKey();
    await runWithSecrets(aws, 'kinesis', { 'key-id': arn }, {});
    expect(new Set(aws.requests.map(({ service }) => service))).toEqual(new Set(['kinesis', 'kms']));
    for (const { userAgent } of aws.requests)
      expect(userAgent).toMatch(/ stream-encryption\/1\.0\.0 run\/1658821493\b/);
  });
});
