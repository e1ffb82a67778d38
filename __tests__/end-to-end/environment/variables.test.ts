/** The variables of the SDK and of the runner. aws/environment.test.ts tests each variable of the SDK by itself. */

import { createServer } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { SDK_VARIABLES } from '../../support/sdk-variables.ts';
import { CREDENTIALS, createStream, run, runOn } from '../step.ts';
import { listen, startProxy } from './network.ts';
import { PASSWORD, runWithSecrets, TempFiles, TOKEN } from './secret-run.ts';

const WITHOUT_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };

const files = new TempFiles();
let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());
afterAll(() => files[Symbol.dispose]());

describe("the SDK's variables", () => {
  test('AWS_ENDPOINT_URL_<SERVICE> overrides AWS_ENDPOINT_URL', async () => {
    await using kms = await startLocalAws();
    const key = kms.kms.createKey({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    kms.kms.createAlias('alias/app', key);
    aws.kms.createKey({ id: '1234abcd-12ab-34cd-56ef-1234567890ab' });
    createStream(aws, 'kinesis');
    createStream(aws, 'firehose');
    const env = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_KINESIS: aws.endpoint,
      AWS_ENDPOINT_URL_FIREHOSE: aws.endpoint,
      AWS_ENDPOINT_URL_KMS: kms.endpoint
    };
    const names = `${aws.kinesis.get('orders').arn},${aws.firehose.get('orders').arn}`;
    const { outputs } = await run(aws, { 'stream-name': names, 'key-id': 'alias/app' }, { env });
    expect(outputs).toMatchObject({ outcome: 'enabled', 'key-id': key.arn, counts: '{"total":2,"enabled":2}' });
    expect(new Set(kms.requests.map(({ operation }) => operation))).toEqual(new Set(['DescribeKey']));
    expect(new Set(aws.requests.map(({ service }) => service))).toEqual(new Set(['kinesis', 'firehose']));
  });

  test.each([
    [
      'without credentials',
      { ...WITHOUT_KEYS, AWS_EC2_METADATA_DISABLED: 'true' },
      /aws-actions\/configure-aws-credentials/
    ],
    ['without a region', { AWS_REGION: undefined }, /Input region is missing/],
    ['with a region that is none', { AWS_REGION: 'eu west' }, /Input region is "eu west": this comes from AWS_REGION/],
    [
      'with an endpoint that is not a URL',
      { AWS_ENDPOINT_URL: 'localhost' },
      /AWS_ENDPOINT_URL is localhost: it must be a URL that begins with http/
    ],
    [
      'with a profile that does not exist, although there are keys',
      { AWS_PROFILE: 'nothing-real', AWS_EC2_METADATA_DISABLED: 'true' },
      /AWS_PROFILE is nothing-real: the credentials come from there, not from AWS_ACCESS_KEY_ID/
    ]
  ])('a step %s fails before it sends a request, and the error names the cause', async (_what, env, cause) => {
    const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, env);
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toMatch(new RegExp(`^::error .*${cause.source}`, 'm'));
    expect(aws.requests).toEqual([]);
  });

  test('all of them count as unset if they are blank', async () => {
    createStream(aws, 'kinesis');
    const blank = Object.fromEntries(SDK_VARIABLES.map(({ name }) => [name, '  \n']));
    const needed = { ...CREDENTIALS, AWS_DEFAULT_REGION: 'us-east-1', AWS_ENDPOINT_URL: aws.endpoint };
    const { outputs, stderr } = await runOn(aws, 'kinesis', {}, { env: { ...blank, ...needed } });
    expect(outputs.outcome).toBe('enabled');
    expect(stderr).toBe('');
  });

  test('all of them may be set to a right value', async () => {
    createStream(aws, 'kinesis');
    const unused = ['AWS_PROFILE', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];
    const used = SDK_VARIABLES.filter(({ name }) => !unused.includes(name));
    const right = Object.fromEntries(used.map(({ name, right: [value] }) => [name, value]));
    const endpoints = { AWS_ENDPOINT_URL: aws.endpoint, AWS_ENDPOINT_URL_KINESIS: aws.endpoint };
    const { outputs } = await runOn(aws, 'kinesis', {}, { env: { ...right, ...endpoints } });
    expect(outputs.outcome).toBe('enabled');
  });

  test('AWS_PROFILE selects a profile with region and credentials', async () => {
    await using euWest1 = await startLocalAws({ region: 'eu-west-1', changeMs: 20 });
    await using proxy = await startProxy({ target: euWest1 });
    euWest1.firehose.create({ name: 'orders' });
    const keys = `aws_access_key_id = AKIAPROFILE\naws_secret_access_key = ${PASSWORD}\naws_session_token = ${TOKEN}\n`;
    const env = {
      ...WITHOUT_KEYS,
      AWS_REGION: undefined,
      AWS_PROFILE: 'ci',
      AWS_CONFIG_FILE: files.write('config', '[profile ci]\nregion = eu-west-1\n'),
      AWS_SHARED_CREDENTIALS_FILE: files.write('credentials', `[ci]\n${keys}`),
      AWS_ENDPOINT_URL: 'http://aws.invalid',
      HTTP_PROXY: proxy.url
    };
    const { outputs, stdout } = await runWithSecrets(aws, 'firehose', {}, env);
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toMatch(/^eu-west-1 · mode encrypt/);
    expect(new Set(euWest1.requests.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
    for (const { authorization } of proxy.requests) expect(authorization).toContain('Credential=AKIAPROFILE/');
  });
});

describe('credentials come from', () => {
  const keys = { AccessKeyId: 'AKIAGIVEN', SecretAccessKey: PASSWORD };
  const Expiration = new Date(Date.now() + 3_600_000).toISOString();
  /** Returns credentials: to a POST as STS does, to a GET as the ECS container agent does. */
  const server = createServer((request, response) => {
    const tags = { ...keys, SessionToken: TOKEN, Expiration };
    const xml = Object.entries(tags).map(([name, value]) => `<${name}>${value}</${name}>`);
    const action = 'AssumeRoleWithWebIdentity';
    const sts = `<${action}Response><${action}Result><Credentials>${xml.join('')}</Credentials></${action}Result></${action}Response>`;
    response.end(request.method === 'POST' ? sts : JSON.stringify({ ...keys, Token: TOKEN, Expiration }));
  });
  let port: number;
  beforeEach(async () => {
    port = await listen(server);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test('a role assumed with a web identity token, through the proxy', async () => {
    createStream(aws, 'kinesis');
    await using proxy = await startProxy({ target: { port } });
    const env = {
      ...WITHOUT_KEYS,
      AWS_WEB_IDENTITY_TOKEN_FILE: files.write('token', TOKEN),
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/encrypt-streams',
      AWS_ENDPOINT_URL_STS: 'http://sts.invalid',
      HTTP_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1'
    };
    const { outputs } = await runWithSecrets(aws, 'kinesis', {}, env);
    expect(outputs.outcome).toBe('enabled');
    expect(proxy.requests).toMatchObject([{ url: 'http://sts.invalid/' }]);
  });

  test.each([
    ['the ECS container agent', () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/credentials` })],
    [
      'the credential process of the profile',
      () => {
        const text = JSON.stringify(JSON.stringify({ Version: 1, ...keys, SessionToken: TOKEN }));
        const script = files.write('credentials.mjs', `console.log(${text});\n`);
        const command = `"${process.execPath}" "${script}"`;
        return { AWS_CONFIG_FILE: files.write('process', `[default]\ncredential_process = ${command}\n`) };
      }
    ]
  ])('%s', async (_source, env) => {
    createStream(aws, 'kinesis');
    const { outputs } = await runWithSecrets(aws, 'kinesis', {}, { ...WITHOUT_KEYS, ...env() });
    expect(outputs.outcome).toBe('enabled');
  });
});

test.each([undefined, '::error::no <b>`'])(
  "the runner's variables are only reported: they change nothing about a run if all of them are %j",
  async (value) => {
    createStream(aws, 'kinesis');
    const names = [
      'ACTIONS_ORCHESTRATION_ID',
      'GITHUB_ACTOR',
      'GITHUB_API_URL',
      'GITHUB_EVENT_NAME',
      'GITHUB_EVENT_PATH'
    ];
    const more = ['JOB', 'REF', 'REPOSITORY', 'RUN_ATTEMPT', 'RUN_ID', 'RUN_NUMBER', 'SERVER_URL', 'SHA', 'WORKFLOW'];
    const all = [...names, ...more.map((name) => `GITHUB_${name}`), 'GITHUB_WORKFLOW_REF', 'RUNNER_DEBUG'];
    const env = Object.fromEntries(all.map((name) => [name, value]));
    const step = await runOn(aws, 'kinesis', { 'report-path': 'report.json' }, { env });
    expect(step).toMatchObject({ exitCode: 0, stderr: '', outputs: { outcome: 'enabled' } });
    expect(step.stdout).not.toMatch(/^::(error|warning)/m);
    expect(step.summary).toContain('Stream encryption: enabled');
    expect(step.summary).not.toMatch(/undefined|href="\//);
  }
);

test('a step without a file for its summary, and without the authorities in NODE_EXTRA_CA_CERTS, succeeds', async () => {
  const env = { GITHUB_STEP_SUMMARY: undefined, NODE_EXTRA_CA_CERTS: '/nowhere/authority.pem' };
  createStream(aws, 'kinesis');
  const { exitCode, outputs, stdout } = await runOn(aws, 'kinesis', { mode: 'plan' }, { env });
  expect({ exitCode, outcome: outputs.outcome }).toEqual({ exitCode: 0, outcome: 'planned' });
  expect(stdout).not.toContain('::warning');
});
