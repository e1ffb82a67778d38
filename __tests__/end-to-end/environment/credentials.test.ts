import { createServer } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream } from '../step.ts';
import { listen, startProxy } from './network.ts';
import { Files, PASSWORD, runWatched, TOKEN } from './watched.ts';

/** A slow machine may be slow; a step that hangs is ended before, and then the test says what it came to. */
jest.setTimeout(30_000);

/** By this access key requests are known to be signed with what a source gave. */
const KEY = 'AKIAGIVEN';
const EXPIRES = new Date(Date.now() + 3_600_000).toISOString();
const ROLE = 'arn:aws:iam::111122223333:role/encrypt-streams';

const files = new Files();
let aws: LocalAws;
/** Gives credentials as STS does to those who ask for a role, and as a container's agent does to all others. */
const source = createServer((request, response) => {
  if (request.method === 'POST') response.end(assumed('AssumeRoleWithWebIdentity'));
  else {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ AccessKeyId: KEY, SecretAccessKey: PASSWORD, Token: TOKEN, Expiration: EXPIRES, RoleArn: ROLE })
    );
  }
});
let endpoint: string;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
  createStream(aws, 'kinesis');
  endpoint = `http://127.0.0.1:${await listen(source)}`;
});
afterEach(async () => {
  await aws.close();
  source.closeAllConnections();
  source.close();
});

afterAll(() => files[Symbol.dispose]());

function assumed(action: string): string {
  return (
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>` +
    `<AccessKeyId>${KEY}</AccessKeyId><SecretAccessKey>${PASSWORD}</SecretAccessKey>` +
    `<SessionToken>${TOKEN}</SessionToken><Expiration>${EXPIRES}</Expiration></Credentials>` +
    `</${action}Result></${action}Response>`
  );
}

describe('credentials come from', () => {
  test.each([
    [
      'a role that a web identity takes on',
      () => ({
        AWS_WEB_IDENTITY_TOKEN_FILE: files.write('token', TOKEN),
        AWS_ROLE_ARN: ROLE,
        AWS_ENDPOINT_URL_STS: endpoint
      })
    ],
    ["a container's agent", () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/credentials` })],
    [
      'a process of the profile',
      () => {
        const given = { Version: 1, AccessKeyId: KEY, SecretAccessKey: PASSWORD, SessionToken: TOKEN };
        const script = files.write('give.mjs', `console.log(${JSON.stringify(JSON.stringify(given))});\n`);
        const command = `"${process.execPath}" "${script}"`;
        return { AWS_CONFIG_FILE: files.write('config', `[default]\ncredential_process = ${command}\n`) };
      }
    ]
  ])('%s', async (_, env) => {
    await using proxy = await startProxy({ to: aws });
    const { outputs } = await runWatched(
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
    for (const { authorization } of proxy.requests) expect(authorization).toContain(`Credential=${KEY}/`);
  });
});
