/** Plants a recognisable value in every variable that holds a secret, lets things fail, and looks for it everywhere. */

import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
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
const WITHOUT_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };

/** Everything that is planted, as a service could quote it. */
const QUOTED = [...Object.values(PLANTED), ...Object.values(TOKENS).map(encodeURIComponent), TOKEN].join(' ');

/** The beginning of a file of profiles whose default one assumes a role. */
const ROLE_PROFILE = '[default]\nrole_arn = arn:aws:iam::111122223333:role/reader\n';

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

/** Lets Kinesis deny the description of a stream with this message. */
function deny(stream: string, message: string): void {
  const error = { code: 'AccessDenied', message, status: 403 };
  aws.faults.add({ on: DESCRIBE.kinesis, stream, times: ALWAYS, error });
}

/** Runs a step that fails unless the stream is encrypted. Expects that no planted value leaves it. */
async function runPlanted(
  env: Readonly<Record<string, string | undefined>> = {},
  inputs: Readonly<Record<string, string>> = {}
): Promise<StepResult> {
  runs += 1;
  const reportPath = join(files.folder, `report-${runs}.json`);
  const reporting = { 'report-path': reportPath, 'report-issue': 'true', 'github-token': TOKEN };
  const step = { mode: 'check', 'key-type': 'any', ...reporting, ...inputs };
  const reached = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY, AWS_ACCESS_KEY_ID: ACCESS_KEY_ID };
  const result = await runOn(aws, 'kinesis', step, { debug: true, env: { ...reached, ...PLANTED, ...env } });
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

/** Runs a step without keys in its environment. It gets credentials, or an error, from a server that answers like this. */
async function runPlantedWith(server: string, answer: RequestListener, env = {}): Promise<StepResult> {
  const http = createServer(answer);
  try {
    return await runPlanted({ ...WITHOUT_KEYS, [server]: `http://127.0.0.1:${await listen(http)}/`, ...env });
  } finally {
    http.closeAllConnections();
    http.close();
  }
}

describe('no secret leaves the step', () => {
  test('if AWS quotes them all, or one in a message that is truncated after some of its characters', async () => {
    const lengths = [5, 10, 20];
    for (const length of lengths) {
      createStream(aws, 'kinesis', { name: `cut-${length}` });
      deny(`cut-${length}`, `${'x'.repeat(1_000 - length)}${TOKENS.AWS_SESSION_TOKEN}`);
    }
    deny('orders', QUOTED);
    const { stdout, summary, outputs } = await runPlanted({}, { 'stream-name': 'orders,cut-5,cut-10,cut-20' });
    expect(stdout).toMatch(/^::error title=kinesis orders::failed: .*AccessDenied: \*\*\* \*\*\*/m);
    expect(summary).toContain('AccessDenied');
    expect(github.issues).toMatchObject([{ body: expect.stringContaining('***') }]);
    expect(outputs.results?.split('x***…')).toHaveLength(lengths.length + 1);
    expect(stdout).not.toContain(`x${MARK.slice(0, 5)}`);
  });

  test('if AWS quotes the credentials that a container provided', async () => {
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    const keys = { AccessKeyId: ACCESS_KEY_ID, SecretAccessKey: plant('provided'), Token: plant('provided-token') };
    deny('orders', Object.values(keys).join(' '));
    const { stdout } = await runPlantedWith('AWS_CONTAINER_CREDENTIALS_FULL_URI', (_request, response) => {
      response.end(JSON.stringify({ ...keys, Expiration }));
    });
    expect(stdout).toContain(`AccessDenied: ${ACCESS_KEY_ID} *** ***`);
  });

  test.each([
    {
      file: 'a source profile',
      code: 'AccessDenied',
      quoted: [plant('base-key'), plant('base-token')],
      env: () => {
        const keys = `aws_access_key_id = ${ACCESS_KEY_ID}\naws_secret_access_key = ${plant('base-key')} # rotated yearly\n`;
        const base = `source_profile = base\n[base]\n${keys}aws_session_token=${plant('base-token')}\n`;
        return { AWS_SHARED_CREDENTIALS_FILE: files.write('profiles', `${ROLE_PROFILE}${base}`) };
      }
    },
    {
      file: 'a web identity token that a profile names',
      code: 'InvalidIdentityToken',
      quoted: [plant('jwt')],
      env: () => {
        const token = files.write('jwt', `${plant('jwt')}\n`);
        return { AWS_CONFIG_FILE: files.write('web', `${ROLE_PROFILE}web_identity_token_file = ${token}\n`) };
      }
    }
  ])('if STS quotes the secrets in the file of $file', async ({ code, quoted, env }) => {
    const message = quoted.join(' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const sts: RequestListener = (_request, response) => {
      response.writeHead(403, { 'content-type': 'text/xml' });
      response.end(
        `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>denied: ${message}</Message></Error></ErrorResponse>`
      );
    };
    const { stdout } = await runPlantedWith('AWS_ENDPOINT_URL_STS', sts, env());
    expect(stdout).toMatch(new RegExp(`${code}(Exception)?: denied: \\*\\*\\*`));
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

  test('if code of a package prints the environment, warns of it or throws it', async () => {
    const hook = preload(`
      delete process.env.NODE_OPTIONS;
      const { write } = process.stdout;
      process.stdout.write = function (text, ...rest) {
        if (String(text).includes('mode check')) setImmediate(() => {
          console.warn(process.env);
          process.emitWarning(JSON.stringify(process.env));
          throw new Error(Object.values(process.env).reverse().join(' '));
        });
        return write.call(this, text, ...rest);
      };`);
    const { stdout, stderr } = await runPlanted({ ...hook.env });
    expect(stderr).toContain("GH_TOKEN: '***'");
    expect(stderr).toContain('"GH_TOKEN":"***"');
    expect(stdout).toMatch(/^::error .*\*\*\*/m);
  });

  test('if the variable of a proxy, which contains a password, is no URL', async () => {
    const value = `http://${MARK}user:${MARK}/word@127.0.0.1:1`;
    const env = { HTTP_PROXY: value, https_proxy: value, GITHUB_API_URL: 'https://github.test' };
    const { outputs, stdout } = await runPlanted(env);
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toContain(
      'InvalidProxy: HTTP_PROXY is not the URL of a proxy: its user name or password contains /'
    );
    expect(stdout).toMatch(/^::warning title=Tracking issue::.*https_proxy is not the URL of a proxy/m);

    const unused = { http_proxy: value, HTTPS_PROXY: value, NO_PROXY: '127.0.0.1' };
    expect((await runPlanted(unused, { mode: 'encrypt' })).outputs.outcome).toBe('enabled');
  });

  test('if a proxy rejects the request with its password', async () => {
    await using proxy = await startProxy({ target: NO_TARGET, fault: 'reject' });
    const env = { HTTP_PROXY: `${CREDENTIALS}@127.0.0.1:${proxy.port}` };
    const { outputs } = await runPlanted(env, { 'timeout-seconds': '1' });
    expect(['failed', 'timed-out']).toContain(outputs.outcome);
    expect(new Set(proxy.proxyAuthorizations)).toEqual(new Set([`Basic ${btoa(CREDENTIALS)}`]));
  });
});
