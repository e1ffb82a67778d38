/** Plants a recognisable value in every variable that holds a secret, lets things fail, and looks for it everywhere. */

import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { Step, StepResult } from '../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { preload } from './cancellation/early-end.ts';
import { NO_TARGET, start, startProxy } from './environment/network.ts';
import { ALWAYS, createStream, DESCRIBE, runOn } from './step.ts';
import { TempFolder } from './temp-folder.ts';

/** Part of each planted value, at its beginning and at its end. No escaping changes it. */
const MARK = 's3cr3t';

function plant(name: string): string {
  return `${MARK}/${name}+"<&>%=${MARK}`;
}

/** One variable of each kind. github/secrets.test.ts has all of them. */
const NAMES = ['AWS_SECRET_ACCESS_KEY', 'aws_session_token', 'AWS_BEARER_TOKEN_X', 'ACTIONS_RUNTIME_TOKEN', 'GH_TOKEN'];
const TOKENS = Object.fromEntries(NAMES.map((name) => [name, plant(name)]));
const CREDENTIALS = `${MARK}user:${MARK}word`;
/** The variables of proxies that no request of the run uses. */
const UNUSED_PROXIES = { ALL_PROXY: `socks5://${CREDENTIALS}@proxy.test`, all_proxy: `${CREDENTIALS}@proxy.test:port` };
const PLANTED: Readonly<Record<string, string>> = { ...TOKENS, ...UNUSED_PROXIES };

/** Everything that is planted, as a service could quote it. */
const QUOTED = [...Object.values(PLANTED), ...Object.values(TOKENS).map(encodeURIComponent), TOKEN].join(' ');

let aws: LocalAws;
let github: LocalGithub;
let files: TempFolder;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
  createStream(aws, 'kinesis');
  github = await LocalGithub.start();
  files = new TempFolder();
});
afterEach(async () => {
  await aws.close();
  await github[Symbol.asyncDispose]();
  files[Symbol.dispose]();
});

/** Lets Kinesis deny the description of the stream with this message. */
function deny(message: string): void {
  aws.faults.add({ on: DESCRIBE.kinesis, times: ALWAYS, error: { code: 'AccessDenied', message, status: 403 } });
}

/** Runs a step that fails unless the stream is encrypted. Expects that no planted value leaves it. */
async function runPlanted(env: Step['env'] = {}, inputs: Step['inputs'] = {}): Promise<StepResult> {
  const reportPath = join(files.path, 'report.json');
  const reporting = { 'report-path': reportPath, 'report-issue': 'true', 'github-token': TOKEN };
  const step = { mode: 'check', 'key-type': 'any', ...reporting, ...inputs };
  const reached = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY };
  const result = await runOn(aws, 'kinesis', step, { debug: true, env: { ...reached, ...PLANTED, ...env } });
  const { stdout, stderr, summary, outputs } = result;
  const report = existsSync(reportPath) ? readFileSync(reportPath, 'utf8') : '';
  const texts = { stdout, stderr, summary, ...outputs, report, issues: JSON.stringify(github.issues) };
  for (const [name, text] of Object.entries(texts)) {
    for (const secret of [MARK, btoa(CREDENTIALS), TOKEN]) {
      expect({ name, leaks: text.includes(secret) }).toEqual({ name, leaks: false });
    }
    // Parts of a signed request.
    expect(text).not.toMatch(/AWS4-HMAC-SHA256|Signature=|Authorization[=:]/);
  }
  expect(outputs.outcome).toBeDefined();
  return result;
}

test('no secret leaves the step if AWS quotes them all', async () => {
  deny(QUOTED);
  const { stdout, summary } = await runPlanted();
  expect(stdout).toMatch(/^::error title=kinesis orders::failed: .*AccessDenied: \*\*\* \*\*\*/m);
  expect(stdout).toMatch(/^::debug::kinesis DescribeStreamSummary \d+ ms 403/m);
  expect(summary).toContain('AccessDenied');
  expect(github.issues).toMatchObject([{ body: expect.stringContaining('***') }]);
});

test('no part of a signed request leaves the step if AWS quotes it', async () => {
  deny("Header requires 'Signature'. Authorization=AWS4-HMAC-SHA256 Credential=AKIA, Signature=f00");
  const { stdout } = await runPlanted();
  expect(stdout).toContain("AccessDenied: Header requires 'Signature'. …");
});

describe('credentials are used, and hidden if AWS quotes them, that come from', () => {
  const WITHOUT_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };
  const AWS_ROLE_ARN = 'arn:aws:iam::111122223333:role/reader';
  const KEYS = { AccessKeyId: 'AKIAGIVEN', SecretAccessKey: plant('given-key') };
  const token = plant('given-token');
  const Expiration = new Date(Date.now() + 3_600_000).toISOString();

  function toXml(tags: Readonly<Record<string, string>>): string {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return Object.entries(tags).reduce((xml, [name, value]) => `${xml}<${name}>${escaped(value)}</${name}>`, '');
  }

  /** Returns the keys: to a POST as STS does, to a GET as the ECS container agent does. */
  const giveKeys = createServer((request, response) => {
    const credentials = toXml({ ...KEYS, SessionToken: token, Expiration });
    const action = 'AssumeRoleWithWebIdentity';
    const sts = `<${action}Response><${action}Result><Credentials>${credentials}</Credentials></${action}Result></${action}Response>`;
    response.end(request.method === 'POST' ? sts : JSON.stringify({ ...KEYS, Token: token, Expiration }));
  });

  test.each<[string, (url: string) => Step['env']]>([
    ['the ECS container agent', (url) => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/credentials` })],
    [
      'a role assumed with a web identity token, through the proxy',
      (url) => ({
        AWS_WEB_IDENTITY_TOKEN_FILE: files.write('jwt', plant('jwt')),
        AWS_ROLE_ARN,
        AWS_ENDPOINT_URL_STS: 'http://sts.invalid',
        HTTP_PROXY: url,
        NO_PROXY: '127.0.0.1'
      })
    ],
    [
      'the credential process of the profile',
      () => {
        const json = JSON.stringify({ Version: 1, ...KEYS, SessionToken: token });
        const script = files.write('process.mjs', `console.log(${JSON.stringify(json)});\n`);
        const command = `"${process.execPath}" "${script}"`;
        return { AWS_CONFIG_FILE: files.write('config', `[default]\ncredential_process = ${command}\n`) };
      }
    ],
    [
      'the profile in AWS_PROFILE, which has the region, too',
      () => {
        const secrets = `aws_secret_access_key = ${KEYS.SecretAccessKey} # rotated yearly\naws_session_token=${token}\n`;
        const keys = `[ci]\naws_access_key_id = ${KEYS.AccessKeyId}\n${secrets}`;
        return {
          AWS_REGION: undefined,
          AWS_PROFILE: 'ci',
          AWS_CONFIG_FILE: files.write('config', '[profile ci]\nregion = us-east-1\n'),
          AWS_SHARED_CREDENTIALS_FILE: files.write('credentials', keys)
        };
      }
    ]
  ])('%s', async (_source, env) => {
    await using server = await start(giveKeys);
    deny(`${KEYS.AccessKeyId} ${KEYS.SecretAccessKey} ${token}`);
    const { stdout } = await runPlanted({ ...WITHOUT_KEYS, ...env(`http://127.0.0.1:${server.port}`) });
    expect(stdout).toContain('AccessDenied: AKIAGIVEN *** ***');
  });

  test('files that STS quotes: the keys of a source profile, and the web identity token of a profile', async () => {
    const given = [plant('base-key'), plant('jwt')];
    const denied = toXml({ Type: 'Sender', Code: 'AccessDenied', Message: `denied: ${given.join(' ')}` });
    const xmlns = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
    const deniesAll = createServer((_request, response) => {
      response.writeHead(403, { 'content-type': 'text/xml' });
      response.end(`<ErrorResponse ${xmlns}><Error>${denied}</Error></ErrorResponse>`);
    });
    await using server = await start(deniesAll);
    const role = `[default]\nrole_arn = ${AWS_ROLE_ARN}\nsource_profile = base\n`;
    const base = `[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = ${plant('base-key')}\n`;
    const other = `[other]\nweb_identity_token_file = ${files.write('jwt', `${plant('jwt')}\n`)}\n`;
    const profiles = files.write('profiles', `${role}${base}${other}`);
    const env = {
      AWS_SHARED_CREDENTIALS_FILE: profiles,
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${server.port}`
    };
    const { stdout } = await runPlanted({ ...WITHOUT_KEYS, ...env });
    expect(stdout).toMatch(/AccessDenied(Exception)?: denied: \*\*\* \*\*\*/);
  });
});

describe('no secret leaves the step', () => {
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
    expect(stdout).toContain('HTTP_PROXY is not the URL of a proxy: its user name or password contains /');
    expect(stdout).toMatch(/^::warning title=Tracking issue::.*https_proxy is not the URL of a proxy/m);

    const unused = { http_proxy: value, HTTPS_PROXY: value, NO_PROXY: '127.0.0.1' };
    expect((await runPlanted(unused, { mode: 'encrypt' })).outputs.outcome).toBe('enabled');
  });

  test.each(['reject', 'hang'] as const)('if the requests with the password of a proxy %s', async (fault) => {
    await using proxy = await startProxy({ target: NO_TARGET, fault });
    const env = { HTTP_PROXY: `${CREDENTIALS}@127.0.0.1:${proxy.port}` };
    const { outputs } = await runPlanted(env, { 'timeout-seconds': '3', 'report-issue': 'false' });
    expect(outputs).toMatchObject({ outcome: 'timed-out', changed: 'false', encrypted: 'unknown' });
    expect(new Set(proxy.proxyAuthorizations)).toEqual(new Set([`Basic ${btoa(CREDENTIALS)}`]));
  });
});
