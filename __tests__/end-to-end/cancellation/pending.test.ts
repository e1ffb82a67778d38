/** The step ends in time, with its outputs and its exit code, whatever is still pending. A step that waits without an end is killed after a minute, and has no exit code. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../../github/local-github.ts';
import { createStream, DESCRIBE, runOn } from '../step.ts';
import { CHANGE_MESSAGES, expectEarlyEnd, expectPromptEnd, preload } from './early-end.ts';

const WITHOUT_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

let aws: LocalAws;
let folder: string;
let pipe: string;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
  createStream(aws, 'kinesis');
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-pending-'));
  pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
});
afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

function runStep(inputs: Step['inputs'], more: Omit<Step, 'inputs'> = {}): Promise<StepResult> {
  return runOn(aws, 'kinesis', inputs, more);
}

describe('a file of the SDK that is a named pipe without a writer', () => {
  describe.each([
    ['AWS_CONFIG_FILE', {}],
    ['AWS_SHARED_CREDENTIALS_FILE', WITHOUT_KEYS]
  ])('%s', (variable, env) => {
    test('the step times out, and names it', async () => {
      const inputs = { 'timeout-seconds': '1' };
      const result = await runStep(inputs, { env: { ...env, [variable]: pipe } });
      expectEarlyEnd(result, 'timed-out');
      expect(result.outputs.results).toContain(`${variable} is ${pipe}, a named pipe`);
      expect(result.stdout).toMatch(CHANGE_MESSAGES['not sent']);
      expect(result.stdout).not.toContain('retrying');
    });

    test('the step can be cancelled', async () => {
      const result = await runStep({}, { env: { ...env, [variable]: pipe }, cancelWhen: 'mode encrypt' });
      expectEarlyEnd(result, 'cancelled');
      expectPromptEnd(result);
    });
  });

  test('AWS_CONFIG_FILE, which has the region: the inputs are invalid after ten seconds', async () => {
    const result = await runStep({}, { env: { AWS_REGION: undefined, AWS_CONFIG_FILE: pipe } });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('failed');
    expect(result.stdout).toContain(
      `Input region is missing: AWS_CONFIG_FILE is ${pipe}, a named pipe, which could not be read within 10 s; give a region`
    );
  });

  test.each([
    ['AWS_CONFIG_FILE, which has the region', { AWS_REGION: undefined }, 'AWS_CONFIG_FILE'],
    ['AWS_CA_BUNDLE', {}, 'AWS_CA_BUNDLE']
  ])('%s: the step can be cancelled while it is read', async (_name, env, variable) => {
    const started = preload(`setTimeout(() => console.log('the step runs'), 700).unref();`);
    const result = await runStep(
      {},
      { env: { ...env, ...started.env, [variable]: pipe }, cancelWhen: 'the step runs' }
    );
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('cancelled');
    expectPromptEnd(result);
  });

  test('AWS_CA_BUNDLE: the step fails after ten seconds, and names it', async () => {
    const result = await runStep({}, { env: { AWS_CA_BUNDLE: pipe } });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('failed');
    expect(result.stdout).toContain(`AWS_CA_BUNDLE is ${pipe}, which could not be read within 10 s`);
    expect(aws.requests).toHaveLength(0);
  });

  test('~/.aws/credentials: the step times out, and names it', async () => {
    mkdirSync(join(folder, '.aws'));
    const file = join(folder, '.aws', 'credentials');
    execFileSync('mkfifo', [file]);
    const result = await runStep({ 'timeout-seconds': '1' }, { env: { ...WITHOUT_KEYS, HOME: folder } });
    expectEarlyEnd(result, 'timed-out');
    expect(result.outputs.results).toContain(`~/.aws/credentials is ${file}, a named pipe`);
  });

  test.each([
    ['without keys', WITHOUT_KEYS],
    ['without the secret key', { AWS_SECRET_ACCESS_KEY: undefined }],
    ['with AWS_PROFILE beside the keys', { AWS_PROFILE: 'default' }]
  ])('AWS_WEB_IDENTITY_TOKEN_FILE %s: the step fails at once, and names it', async (_when, keys) => {
    const env = { ...keys, AWS_ROLE_ARN: 'arn:aws:iam::1:role/x', AWS_WEB_IDENTITY_TOKEN_FILE: pipe };
    const result = await runStep({}, { env });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('failed');
    expect(result.stdout).toContain(`AWS_WEB_IDENTITY_TOKEN_FILE is ${pipe}, a named pipe: give a regular file`);
  });
});

test('a web identity token of a profile in a named pipe: the step fails at once, and names it', async () => {
  const config = join(folder, 'config');
  writeFileSync(config, `[default]\nrole_arn = arn:aws:iam::1:role/x\nweb_identity_token_file = ${pipe}\n`);
  const result = await runStep({}, { env: { ...WITHOUT_KEYS, AWS_CONFIG_FILE: config } });
  expect(result.exitCode).toBe(1);
  expect(result.outputs.outcome).toBe('failed');
  expect(result.stdout).toContain(`web_identity_token_file in ${config} is ${pipe}, a named pipe: give a regular file`);
});

test('AWS_CA_BUNDLE is a device without an end: the step fails at once, and names it', async () => {
  const result = await runStep({}, { env: { AWS_CA_BUNDLE: '/dev/zero' } });
  expect(result.exitCode).toBe(1);
  expect(result.outputs.outcome).toBe('failed');
  expect(result.stdout).toContain('AWS_CA_BUNDLE is /dev/zero, which is larger than 10 MiB');
});

test('NODE_EXTRA_CA_CERTS is a named pipe: the step fails, names it, and ends', async () => {
  const result = await runStep({ mode: 'plan' }, { env: { NODE_EXTRA_CA_CERTS: pipe } });
  expect(result.outputs.outcome).toBe('failed');
  expect(result.exitCode).toBe(1);
  expect(result.stdout).toContain(`NODE_EXTRA_CA_CERTS is ${pipe}, a named pipe: give a regular file`);
});

test('GITHUB_EVENT_PATH is a named pipe: the tracking issue is written without it', async () => {
  await using github = await LocalGithub.start();
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY, GITHUB_EVENT_PATH: pipe };
  const inputs = { 'report-issue': 'true', 'github-token': TOKEN, mode: 'check' };
  const result = await runStep(inputs, { env });
  expect(result.stdout).toContain('Opened the tracking issue');
  expect(result.outputs.outcome).toBe('non-compliant');
  expect(result.exitCode).toBe(1);
});

describe('a file of the step that cannot be written', () => {
  test.each([
    ['a named pipe without a reader', () => pipe, 'ENXIO'],
    ['in /proc', () => '/proc/x/report.json', 'ENOENT']
  ])('report-path %s: the step fails, with outputs and summary', async (_name, path, code) => {
    const result = await runStep({ mode: 'plan', 'report-path': path() });
    expect(result.outputs.outcome).toBe('planned');
    expect(result.summary).toContain(`The report was not written: `);
    expect(result.stdout).toContain(`The report was not written: report-path is "${path()}": ${code}`);
    expect(result.exitCode).toBe(1);
  });

  test('GITHUB_OUTPUT is a named pipe without a reader: the step fails, with a summary', async () => {
    const result = await runStep({ mode: 'plan' }, { env: { GITHUB_OUTPUT: pipe } });
    expect(result.summary).toContain(
      `The outputs were not written: <code>GITHUB_OUTPUT</code> is &quot;<code>${pipe}</code>&quot;: ENXIO`
    );
    expect(result.exitCode).toBe(1);
  });

  test('GITHUB_STEP_SUMMARY is a named pipe without a reader: the step succeeds with a warning', async () => {
    const result = await runStep({ mode: 'plan' }, { env: { GITHUB_STEP_SUMMARY: pipe } });
    expect(result.outputs.outcome).toBe('planned');
    expect(result.stdout).toContain(
      `::warning title=Job summary::The summary was not written: GITHUB_STEP_SUMMARY is "${pipe}": ENXIO`
    );
    expect(result.exitCode).toBe(0);
  });
});

test("with all threads of Node's pool blocked, a step has its outputs, report and summary", async () => {
  const path = join(folder, 'report.json');
  const { env } = preload(`
    import { open } from 'node:fs';
    for (let nth = 0; nth < 5; nth++) open(${JSON.stringify(pipe)}, () => {});`);
  const result = await runStep({ 'report-path': path, 'timeout-seconds': '1' }, { env });
  expectEarlyEnd(result, 'timed-out');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ outcome: 'timed-out' });
});

describe('a name that is not resolved', () => {
  /** Resolves no name, and keeps a thread of Node's pool busy for each, as getaddrinfo does. */
  const unresolved = () =>
    preload(`
      import dns from 'node:dns';
      import { open } from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      dns.lookup = (name) => {
        console.log('resolving ' + name);
        open(${JSON.stringify(pipe)}, () => {});
      };
      syncBuiltinESMExports();`).env;
  const nowhere = () => ({ ...unresolved(), AWS_ENDPOINT_URL: 'http://aws.test' });

  test('does not delay the timeout', async () => {
    const result = await runStep({ 'timeout-seconds': '1' }, { env: nowhere() });
    expectEarlyEnd(result, 'timed-out');
  });

  test('does not delay the cancellation', async () => {
    const result = await runStep({}, { env: nowhere(), cancelWhen: 'resolving aws.test' });
    expectEarlyEnd(result, 'cancelled');
    expectPromptEnd(result);
  });

  test("of GitHub's API does not delay a signal, and the success remains", async () => {
    const env = { ...unresolved(), GITHUB_API_URL: 'http://github.test', GITHUB_REPOSITORY: REPOSITORY };
    const inputs = { 'report-issue': 'true', 'github-token': TOKEN, mode: 'plan' };
    const result = await runStep(inputs, { env, cancelWhen: 'resolving github.test' });
    expect(result.outputs.outcome).toBe('planned');
    expect(result.exitCode).toBe(0);
    expectPromptEnd(result);
  });
});

describe('a credential process', () => {
  /** Runs these lines of a shell script as the credential process. The script's last process is killed at the end. */
  function credentialProcess(...script: readonly string[]) {
    const pidFile = join(folder, 'pid');
    const config = join(folder, 'config');
    const file = join(folder, 'credentials.sh');
    writeFileSync(file, [`echo $$ > ${pidFile}`, ...script, ''].join('\n'));
    writeFileSync(config, `[default]\ncredential_process = sh ${file}\n`);
    return {
      env: { ...WITHOUT_KEYS, AWS_CONFIG_FILE: config },
      [Symbol.dispose]: () => {
        process.kill(Number(readFileSync(pidFile, 'utf8')));
      }
    };
  }

  test('that hangs does not delay the timeout, and the message says so', async () => {
    using hanging = credentialProcess('exec sleep 60');
    const result = await runStep({ 'timeout-seconds': '1' }, { env: hanging.env });
    expectEarlyEnd(result, 'timed-out');
    expect(result.stdout).toContain('The service has not described the stream');
    expect(result.stdout).toContain('its credentials were not available in time: check the credential process');
    expect(result.stdout).toMatch(CHANGE_MESSAGES['not sent']);
    expect(aws.requests).toHaveLength(0);
  });

  test('that hangs does not delay the cancellation', async () => {
    using hanging = credentialProcess('exec sleep 60');
    const result = await runStep({}, { env: hanging.env, cancelWhen: 'mode encrypt' });
    expectEarlyEnd(result, 'cancelled');
    expectPromptEnd(result);
  });

  describe('that hangs when it is to renew the credentials before the start', () => {
    /** The first run of the process returns credentials that expire before the stream is described; the second run hangs. */
    function renewal() {
      const first = join(folder, 'first');
      const script = join(folder, 'credentials.js');
      writeFileSync(first, '');
      writeFileSync(
        script,
        `const Expiration = new Date(Date.now() + 4_000).toISOString();
        console.log(JSON.stringify({ Version: 1, AccessKeyId: 'a', SecretAccessKey: 's', Expiration }));`
      );
      aws.faults.add({ on: DESCRIBE.kinesis, delayMs: 4_500 });
      return credentialProcess(`rm ${first} && exec '${process.execPath}' ${script}`, 'exec sleep 60');
    }

    test.each([
      ['timed-out', 'times out', { 'timeout-seconds': '7' }, {}],
      ['cancelled', 'is cancelled', {}, { cancelWhen: 'starting encryption' }]
    ] as const)('%s: the step %s, and no change was sent', async (outcome, _end, inputs, cancel) => {
      using hanging = renewal();
      const result = await runStep(inputs, { env: hanging.env, ...cancel });
      expectEarlyEnd(result, outcome);
      expect(result.outputs.changed).toBe('false');
      expect(result.stdout).toMatch(CHANGE_MESSAGES['not sent']);
      expect(aws.requests.map(({ operation }) => operation)).toEqual([DESCRIBE.kinesis]);
    });
  });
});
