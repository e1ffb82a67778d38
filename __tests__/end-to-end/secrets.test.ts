/** Plants a recognisable value in every variable that holds a secret, lets things fail, and looks for it everywhere. */

import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { StepResult } from '../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { preload } from './cancellation/early-end.ts';
import { listen, NO_TARGET, startProxy } from './environment/network.ts';
import { TempFiles } from './environment/secret-run.ts';
import { ALWAYS, createStream, DESCRIBE, runOn } from './step.ts';

/** Part of each planted value, at its beginning and at its end. No escaping changes it. */
const MARK = 's3cr3t';
const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE';

function plant(name: string): string {
  return `${MARK}/${name}+"<&>%=${MARK}`;
}

const TOKENS = Object.fromEntries(
  [
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'aws_session_token',
    'AWS_SECURITY_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AWS_BEARER_TOKEN_BEDROCK',
    'aws_bearer_token_other',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'gh_token'
  ].map((name) => [name, plant(name)])
);
const CREDENTIALS = `${MARK}user:${MARK}word`;
/** The variables of proxies that no request of the run uses. */
const UNUSED_PROXIES = { ALL_PROXY: `socks5://${CREDENTIALS}@proxy.test`, all_proxy: `${CREDENTIALS}@proxy.test:port` };
const PLANTED: Readonly<Record<string, string>> = { ...TOKENS, ...UNUSED_PROXIES };

/** Everything that is planted, as a service could quote it. */
const QUOTED = [...Object.values(PLANTED), ...Object.values(TOKENS).map(encodeURIComponent), TOKEN].join(' ');

const files = new TempFiles();
let runs = 0;
let aws: LocalAws;
let github: LocalGithub;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
  createStream(aws, 'kinesis');
  github = await LocalGithub.start();
});
afterEach(async () => {
  await aws.close();
  await github[Symbol.asyncDispose]();
});
afterAll(() => files[Symbol.dispose]());

/** Runs a step that fails unless the stream is encrypted. Expects that no planted value leaves it. */
async function runPlanted(
  env: Readonly<Record<string, string | undefined>> = {},
  inputs: Readonly<Record<string, string>> = {}
): Promise<StepResult> {
  runs += 1;
  const reportPath = join(files.folder, `report-${runs}.json`);
  const reporting = { 'report-path': reportPath, 'report-issue': 'true', 'github-token': TOKEN };
  const result = await runOn(
    aws,
    'kinesis',
    { mode: 'check', 'key-type': 'any', ...reporting, ...inputs },
    {
      debug: true,
      env: {
        GITHUB_API_URL: github.apiUrl,
        GITHUB_REPOSITORY: REPOSITORY,
        AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
        ...PLANTED,
        ...env
      }
    }
  );
  const { stdout, stderr, summary, outputs } = result;
  const report = existsSync(reportPath) ? readFileSync(reportPath, 'utf8') : '';
  const texts = { stdout, stderr, summary, ...outputs, report, issues: JSON.stringify(github.issues) };
  for (const [name, text] of Object.entries(texts)) {
    for (const secret of [MARK, btoa(CREDENTIALS), TOKEN])
      expect({ [name]: text.split(secret)[1] ?? '' }).toEqual({ [name]: '' });
  }
  expect(outputs.outcome).toBeDefined();
  return result;
}

describe('no secret leaves the step', () => {
  test('if AWS quotes them all', async () => {
    aws.faults.add({
      on: DESCRIBE.kinesis,
      times: ALWAYS,
      error: { code: 'AccessDenied', message: QUOTED, status: 403 }
    });
    const { stdout, summary } = await runPlanted();
    expect(stdout).toMatch(/^::error title=kinesis orders::failed: .*AccessDenied: \*\*\* \*\*\*/m);
    expect(summary).toContain('AccessDenied');
    expect(github.issues).toMatchObject([{ body: expect.stringContaining('***') }]);
  });

  test('if messages are truncated in one, after few or many of its characters', async () => {
    const lengths = [5, 10, 20];
    for (const length of lengths) {
      const stream = `cut-${length}`;
      createStream(aws, 'kinesis', { name: stream });
      const message = `${'x'.repeat(1_000 - length)}${TOKENS.AWS_SESSION_TOKEN}`;
      const error = { code: 'AccessDenied', message, status: 403 };
      aws.faults.add({ on: DESCRIBE.kinesis, stream, times: ALWAYS, error });
    }
    const names = lengths.map((length) => `cut-${length}`).join();
    const { stdout, outputs } = await runPlanted({}, { 'stream-name': names });
    expect(outputs.results?.split('x***…')).toHaveLength(lengths.length + 1);
    expect(stdout).not.toContain(`x${MARK.slice(0, 5)}`);
  });

  test('if AWS quotes the credentials that a container provided', async () => {
    const credentials = {
      AccessKeyId: ACCESS_KEY_ID,
      SecretAccessKey: plant('provided'),
      Token: plant('provided-token')
    };
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    const agent = createServer((_request, response) => response.end(JSON.stringify({ ...credentials, Expiration })));
    const message = Object.values(credentials).join(' ');
    aws.faults.add({ on: DESCRIBE.kinesis, times: ALWAYS, error: { code: 'AccessDenied', message, status: 403 } });
    try {
      const { stdout } = await runPlanted({
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${await listen(agent)}/`
      });
      expect(stdout).toContain(`AccessDenied: ${ACCESS_KEY_ID} *** ***`);
    } finally {
      agent.closeAllConnections();
      agent.close();
    }
  });

  describe('if STS quotes the secrets of a file', () => {
    const profilesWith = (
      base: string
    ) => `[default]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = base\n
      [${base}]\naws_access_key_id = ${ACCESS_KEY_ID}\naws_secret_access_key = ${plant('base-key')} # rotated yearly
      aws_session_token=${plant('base-token')}\n`;
    const TOKEN_PROFILE = '[default]\nrole_arn = arn:aws:iam::111122223333:role/reader\nweb_identity_token_file = ';

    test.each([
      [
        'a source profile in the credentials file',
        'AccessDenied',
        () => ({ AWS_SHARED_CREDENTIALS_FILE: profiles('base') })
      ],
      ['a source profile in the config file', 'AccessDenied', () => ({ AWS_CONFIG_FILE: profiles('profile base') })],
      [
        'a web identity token',
        'InvalidIdentityTokenException',
        () => ({ AWS_WEB_IDENTITY_TOKEN_FILE: jwt(), AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/reader' })
      ],
      [
        'a web identity token that a profile names',
        'InvalidIdentityTokenException',
        () => ({ AWS_CONFIG_FILE: files.write('web-profile', `${TOKEN_PROFILE}${jwt()}\n`) })
      ]
    ])('%s', async (_what, code, env) => {
      const quoted = code === 'AccessDenied' ? `${plant('base-key')} ${plant('base-token')}` : plant('jwt');
      const message = quoted.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      const sts = createServer((_request, response) => {
        response.writeHead(403, { 'content-type': 'text/xml' });
        response.end(
          `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code.replace('Exception', '')}</Code><Message>denied: ${message}</Message></Error></ErrorResponse>`
        );
      });
      try {
        const { stdout } = await runPlanted({
          AWS_ACCESS_KEY_ID: undefined,
          AWS_SECRET_ACCESS_KEY: undefined,
          AWS_SESSION_TOKEN: undefined,
          AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${await listen(sts)}/`,
          ...env()
        });
        expect(stdout).toContain(`${code}: denied: ***`);
      } finally {
        sts.closeAllConnections();
        sts.close();
      }
    });

    function profiles(base: string): string {
      return files.write('profiles', profilesWith(base));
    }

    function jwt(): string {
      return files.write('jwt', `${plant('jwt')}\n`);
    }
  });

  test('if GitHub quotes them all', async () => {
    github.faults.set('POST /repos/', { status: 422, message: QUOTED });
    const { stdout } = await runPlanted();
    expect(stdout).toMatch(/^::warning title=Tracking issue::.*\(422: \*\*\*/m);
  });

  test('if inputs contain them', async () => {
    const { stdout } = await runPlanted({}, { 'stream-name': QUOTED, mode: plant('GH_TOKEN'), 'key-id': TOKEN });
    expect(stdout).toContain('Input mode is "***"');
  });

  test('if neither report nor outputs nor AWS can be reached', async () => {
    const env = { AWS_ENDPOINT_URL: `http://${CREDENTIALS}@127.0.0.1:1`, GITHUB_STEP_SUMMARY: `/nowhere/${TOKEN}` };
    const inputs = { 'timeout-seconds': '1', 'report-path': `${files.write('file', '')}/${TOKEN}` };
    const { stdout, outputs } = await runPlanted(env, inputs);
    expect(outputs.outcome).not.toBe('compliant');
    expect(stdout).toContain('The report was not written: report-path is');
  });

  test.each([
    'console.warn(process.env)',
    'process.emitWarning(JSON.stringify(process.env))',
    'throw new Error(values)'
  ])('if code of a package does this: %s', async (code) => {
    const hook = preload(`
        delete process.env.NODE_OPTIONS;
        const { write } = process.stdout;
        process.stdout.write = function (text, ...rest) {
          if (String(text).includes('mode check')) setImmediate(() => {
            const values = Object.values(process.env).reverse().join(' ');
            ${code};
          });
          return write.call(this, text, ...rest);
        };`);
    const { stdout, stderr } = await runPlanted({ ...hook.env });
    expect(stdout + stderr).toContain('***');
  });
});

describe('the password of a proxy does not leave the step', () => {
  test('if the variable is no URL', async () => {
    const values = [
      [`http://${MARK}user:${MARK}/word@127.0.0.1:1`, 'its user name or password contains /'],
      [`${MARK}user:${MARK}\\${MARK}@127.0.0.1:1`, 'its user name or password contains /'],
      [`http://${CREDENTIALS}@127.0.0.1:${MARK}`, 'its port is not a number']
    ];
    await Promise.all(
      values.map(async ([value, fault]) => {
        const { outputs, stdout } = await runPlanted({ HTTP_PROXY: value, https_proxy: value });
        expect(outputs.outcome).toBe('failed');
        expect(stdout).toContain(`InvalidProxy: HTTP_PROXY is not the URL of a proxy: ${fault}`);
      })
    );
    const unused = { http_proxy: values[0]?.[0], HTTPS_PROXY: values[1]?.[0], NO_PROXY: '127.0.0.1' };
    expect((await runPlanted(unused, { mode: 'encrypt' })).outputs.outcome).toBe('enabled');
  });

  test('if GitHub needs the variable', async () => {
    const value = `http://${CREDENTIALS}/@proxy.test:1`;
    const { stdout } = await runPlanted({ https_proxy: value, GITHUB_API_URL: 'https://github.test' });
    expect(stdout).toMatch(/^::warning title=Tracking issue::.*https_proxy is not the URL of a proxy/m);
  });

  test.each(['no proxy listens', 'the proxy rejects the request'])('if %s', async (situation) => {
    await using proxy = await startProxy({ target: NO_TARGET, fault: 'reject' });
    const port = situation === 'no proxy listens' ? 1 : proxy.port;
    const { outputs } = await runPlanted(
      { HTTP_PROXY: `${CREDENTIALS}@127.0.0.1:${port}` },
      { 'timeout-seconds': '1' }
    );
    expect(['failed', 'timed-out']).toContain(outputs.outcome);
    if (port === proxy.port)
      expect(new Set(proxy.proxyAuthorizations)).toEqual(new Set([`Basic ${btoa(CREDENTIALS)}`]));
  });
});
