import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, DESCRIBE, KINDS, START } from '../step.ts';
import { type Certificate, certificateForAws, startProxy, startTls } from './network.ts';
import { debugged, Files, PASSWORD, runWatched, TOKEN } from './watched.ts';

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

describe("the SDK's own variables", () => {
  test('an endpoint for each service', async () => {
    await using kms = await startLocalAws();
    await using nothing = await startLocalAws();
    const { arn } = kms.kms.createKey({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    kms.kms.createAlias('alias/app', kms.kms.find(arn));
    aws.kms.createKey({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    for (const kind of KINDS) {
      createStream(aws, kind);
      const { outputs } = await runWatched(
        aws,
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
    const { outputs, stdout } = await runWatched(aws, 'kinesis', {}, { AWS_ENDPOINT_URL: 'localhost' });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(/^::error .*Invalid URL.*AWS_ENDPOINT_URL/m);
  });

  test('a profile that holds region and credentials', async () => {
    await using there = await startLocalAws({ region: 'eu-west-1', changeMs: 20 });
    await using proxy = await startProxy({ to: there });
    there.firehose.create({ name: 'orders' });
    const env = {
      AWS_REGION: undefined,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: 'wall',
      AWS_CONFIG_FILE: files.write('config', '[profile wall]\nregion = eu-west-1\n'),
      AWS_SHARED_CREDENTIALS_FILE: files.write(
        'credentials',
        `[wall]\naws_access_key_id = AKIAWALL\naws_secret_access_key = ${PASSWORD}\naws_session_token = ${TOKEN}\n`
      ),
      AWS_ENDPOINT_URL: 'http://aws.invalid',
      HTTP_PROXY: proxy.url
    };
    const { outputs, stdout } = await runWatched(aws, 'firehose', {}, env);
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toMatch(/^eu-west-1 · mode encrypt/);
    expect(new Set(there.requests.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
    for (const { authorization } of proxy.requests) expect(authorization).toContain('Credential=AKIAWALL/');
  });

  test('a role that a runner takes on by a web identity, through the proxy too', async () => {
    await using tls = await startTls(aws, certificate);
    await using proxy = await startProxy({ to: tls });
    const { outputs, stdout } = await runWatched(
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
    const patient = await runWatched(aws, 'kinesis', { mode: 'plan' }, { AWS_MAX_ATTEMPTS: '4' });
    expect(patient.outputs.outcome).toBe('planned');
    expect(patient.stdout).not.toContain('trying again');
    expect(debugged(patient)).toHaveLength(4);

    aws.faults.add({ on: DESCRIBE.kinesis, times: 2, ...oops });
    const hasty = await runWatched(aws, 'kinesis', { mode: 'plan' }, { AWS_MAX_ATTEMPTS: '1' });
    expect(hasty.stdout.match(/oops; retrying/g)).toHaveLength(2);
    expect(debugged(hasty)).toHaveLength(3);

    aws.faults.add({ on: START.kinesis, status: 500, body: 'oops', effect: 'after' });
    const { outputs } = await runWatched(aws, 'kinesis', {}, { AWS_MAX_ATTEMPTS: '4' });
    expect(outputs.outcome).toBe('enabled');
    expect(aws.requests.filter(({ operation }) => operation === START.kinesis)).toHaveLength(1);
  });

  test('the user agent tells version and run', async () => {
    createStream(aws, 'kinesis');
    const { arn } = aws.kms.createKey();
    await runWatched(aws, 'kinesis', { 'key-id': arn }, {});
    expect(new Set(aws.requests.map(({ service }) => service))).toEqual(new Set(['kinesis', 'kms']));
    for (const { userAgent } of aws.requests)
      expect(userAgent).toMatch(/ stream-encryption\/1\.0\.0 run\/1658821493\b/);
  });
});
