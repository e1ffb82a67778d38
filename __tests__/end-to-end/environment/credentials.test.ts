import { createServer } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream } from '../step.ts';
import { listen, startProxy } from './network.ts';
import { PASSWORD, runWithSecrets, TempFiles, TOKEN } from './secret-run.ts';

/** The access key that each credential source returns. Signed requests contain it. */
const ACCESS_KEY_ID = 'AKIAGIVEN';
const EXPIRES = new Date(Date.now() + 3_600_000).toISOString();
const ROLE = 'arn:aws:iam::111122223333:role/encrypt-streams';

const files = new TempFiles();
let aws: LocalAws;
/** Returns credentials: to a POST as STS does, to a GET as the ECS container agent does. */
const credentialServer = createServer((request, response) => {
  if (request.method === 'POST') response.end(stsResponse('AssumeRoleWithWebIdentity'));
  else {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        AccessKeyId: ACCESS_KEY_ID,
        SecretAccessKey: PASSWORD,
        Token: TOKEN,
        Expiration: EXPIRES,
        RoleArn: ROLE
      })
    );
  }
});
let endpoint: string;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
  createStream(aws, 'kinesis');
  endpoint = `http://127.0.0.1:${await listen(credentialServer)}`;
});
afterEach(async () => {
  await aws.close();
  credentialServer.closeAllConnections();
  credentialServer.close();
});

afterAll(() => files[Symbol.dispose]());

function stsResponse(action: string): string {
  return (
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>` +
    `<AccessKeyId>${ACCESS_KEY_ID}</AccessKeyId><SecretAccessKey>${PASSWORD}</SecretAccessKey>` +
    `<SessionToken>${TOKEN}</SessionToken><Expiration>${EXPIRES}</Expiration></Credentials>` +
    `</${action}Result></${action}Response>`
  );
}

describe('uses credentials from', () => {
  test.each([
    [
      'a role assumed with a web identity token',
      () => ({
        AWS_WEB_IDENTITY_TOKEN_FILE: files.write('token', TOKEN),
        AWS_ROLE_ARN: ROLE,
        AWS_ENDPOINT_URL_STS: endpoint
      })
    ],
    ['the ECS container agent', () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/credentials` })],
    [
      'the credential process of the profile',
      () => {
        const credentials = { Version: 1, AccessKeyId: ACCESS_KEY_ID, SecretAccessKey: PASSWORD, SessionToken: TOKEN };
        const script = files.write('credentials.mjs', `console.log(${JSON.stringify(JSON.stringify(credentials))});\n`);
        const command = `"${process.execPath}" "${script}"`;
        return { AWS_CONFIG_FILE: files.write('config', `[default]\ncredential_process = ${command}\n`) };
      }
    ]
  ])('%s', async (_, env) => {
    await using proxy = await startProxy({ target: aws });
    const { outputs } = await runWithSecrets(
      aws,
      'kinesis',
      {},
      {
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_SESSION_TOKEN: undefined,
        AWS_ENDPOINT_URL: 'http://aws.invalid',
        HTTP_PROXY: proxy.url,
        NO_PROXY: '127.0.0.1',
        ...env()
      }
    );
    expect(outputs.outcome).toBe('enabled');
    for (const { authorization } of proxy.requests) expect(authorization).toContain(`Credential=${ACCESS_KEY_ID}/`);
  });
});

test('blanks and line breaks around the credentials in the environment are ignored', async () => {
  const env = {
    AWS_ACCESS_KEY_ID: ` ${ACCESS_KEY_ID}\n`,
    AWS_SECRET_ACCESS_KEY: `${PASSWORD}\n`,
    AWS_SESSION_TOKEN: `${TOKEN}\r\n`
  };
  const { outputs } = await runWithSecrets(aws, 'kinesis', {}, env);
  expect(outputs.outcome).toBe('enabled');
});

test('a line break inside one of them fails the step before any request, with an error that names the variable', async () => {
  await Promise.all(
    ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].map(async (variable) => {
      const { outputs, stdout } = await runWithSecrets(aws, 'kinesis', {}, { [variable]: `${PASSWORD}\n${TOKEN}` });
      expect(outputs.outcome).toBe('failed');
      expect(stdout).toMatch(new RegExp(`^::error .*${variable} contains a blank, a line break`, 'm'));
    })
  );
  expect(aws.requests).toEqual([]);
});
