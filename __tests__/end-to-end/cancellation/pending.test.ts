/** The step ends in time, with its outputs and its exit code, whatever is still pending. A step that waits without an end is killed after a minute, and has no exit code. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Expects that a step with these variables fails, and that its log contains the text. */
async function expectNamed(env: NonNullable<Step['env']>, text: string): Promise<void> {
  const result = await runStep({}, { env });
  expect(result.exitCode).toBe(1);
  expect(result.outputs.outcome).toBe('failed');
  expect(result.stdout).toContain(text);
}

describe('a file of the SDK that is a named pipe without a writer', () => {
  test('the step times out, and names it', async () => {
    const home = join(folder, '.aws', 'credentials');
    mkdirSync(join(folder, '.aws'));
    execFileSync('mkfifo', [home]);
    const files = [
      { env: { AWS_CONFIG_FILE: pipe }, named: `AWS_CONFIG_FILE is ${pipe}` },
      { env: { ...WITHOUT_KEYS, AWS_SHARED_CREDENTIALS_FILE: pipe }, named: `AWS_SHARED_CREDENTIALS_FILE is ${pipe}` },
      { env: { ...WITHOUT_KEYS, HOME: folder }, named: `~/.aws/credentials is ${home}` }
    ];
    await Promise.all(
      files.map(async ({ env, named }) => {
        const result = await runStep({ 'timeout-seconds': '1' }, { env });
        expectEarlyEnd(result, 'timed-out');
        expect(result.outputs.results).toContain(`${named}, a named pipe`);
        expect(result.stdout).toMatch(CHANGE_MESSAGES['not sent']);
        expect(result.stdout).not.toContain('retrying');
      })
    );
  });

  test('the step can be cancelled', async () => {
    const files = [{ AWS_CONFIG_FILE: pipe }, { ...WITHOUT_KEYS, AWS_SHARED_CREDENTIALS_FILE: pipe }];
    await Promise.all(
      files.map(async (env) => {
        const result = await runStep({}, { env, cancelWhen: 'mode encrypt' });
        expectEarlyEnd(result, 'cancelled');
        expectPromptEnd(result);
      })
    );
  });

  test('the step can be cancelled while the region or AWS_CA_BUNDLE is read', async () => {
    const started = preload(`setTimeout(() => console.log('the step runs'), 700).unref();`);
    const files = [{ AWS_REGION: undefined, AWS_CONFIG_FILE: pipe }, { AWS_CA_BUNDLE: pipe }];
    await Promise.all(
      files.map(async (env) => {
        const result = await runStep({}, { env: { ...started.env, ...env }, cancelWhen: 'the step runs' });
        expect(result.exitCode).toBe(1);
        expect(result.outputs.outcome).toBe('cancelled');
        expectPromptEnd(result);
      })
    );
  });

  test('that has the region, or is AWS_CA_BUNDLE: the step fails after ten seconds, and names it', async () => {
    await Promise.all([
      expectNamed(
        { AWS_REGION: undefined, AWS_CONFIG_FILE: pipe },
        `Input region is missing: AWS_CONFIG_FILE is ${pipe}, a named pipe, which could not be read within 10 s: give a regular file, on a disk that answers; give a region`
      ),
      expectNamed({ AWS_CA_BUNDLE: pipe }, `AWS_CA_BUNDLE is ${pipe}, which could not be read within 10 s`)
    ]);
    expect(aws.requests).toHaveLength(0);
  });

  const ROLE = { AWS_ROLE_ARN: 'arn:aws:iam::1:role/x' };
  test.each([
    ['without keys', WITHOUT_KEYS],
    ['without the secret key', { AWS_SECRET_ACCESS_KEY: undefined }],
    ['with AWS_PROFILE beside the keys', { AWS_PROFILE: 'default' }]
  ])('AWS_WEB_IDENTITY_TOKEN_FILE %s: the step fails at once, and names it', async (_when, keys) => {
    const env = { ...keys, ...ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: pipe };
    await expectNamed(env, `AWS_WEB_IDENTITY_TOKEN_FILE is ${pipe}, a named pipe: give a regular file`);
  });

  test('web_identity_token_file of a profile, or NODE_EXTRA_CA_CERTS: the step fails at once, and names it', async () => {
    const config = join(folder, 'config');
    writeFileSync(config, `[default]\nrole_arn = ${ROLE.AWS_ROLE_ARN}\nweb_identity_token_file = ${pipe}\n`);
    const fault = `${pipe}, a named pipe: give a regular file`;
    await Promise.all([
      expectNamed({ ...WITHOUT_KEYS, AWS_CONFIG_FILE: config }, `web_identity_token_file in ${config} is ${fault}`),
      expectNamed({ NODE_EXTRA_CA_CERTS: pipe }, `NODE_EXTRA_CA_CERTS is ${fault}`)
    ]);
  });
});

test('AWS_CA_BUNDLE is a device without an end: the step fails at once, and names it', async () => {
  await expectNamed({ AWS_CA_BUNDLE: '/dev/zero' }, 'AWS_CA_BUNDLE is /dev/zero, which is larger than 10 MiB');
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

test('a file of the step is a named pipe without a reader: only a missing summary lets the step succeed', async () => {
  const [report, outputs, summary] = await Promise.all([
    runStep({ mode: 'plan', 'report-path': pipe }),
    runStep({ mode: 'plan' }, { env: { GITHUB_OUTPUT: pipe } }),
    runStep({ mode: 'plan' }, { env: { GITHUB_STEP_SUMMARY: pipe } })
  ]);
  expect(report).toMatchObject({ exitCode: 1, outputs: { outcome: 'planned' } });
  expect(report.summary).toContain('The report was not written: ');
  expect(report.stdout).toContain(`The report was not written: report-path is "${pipe}": ENXIO`);
  expect(outputs.exitCode).toBe(1);
  expect(outputs.summary).toContain(
    `The outputs were not written: <code>GITHUB_OUTPUT</code> is &quot;<code>${pipe}</code>&quot;: ENXIO`
  );
  expect(summary).toMatchObject({ exitCode: 0, outputs: { outcome: 'planned' } });
  expect(summary.stdout).toContain(
    `::warning title=Job summary::The summary was not written: GITHUB_STEP_SUMMARY is "${pipe}": ENXIO`
  );
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

  test('delays neither the timeout nor the cancellation', async () => {
    const [timedOut, cancelled] = await Promise.all([
      runStep({ 'timeout-seconds': '1' }, { env: nowhere() }),
      runStep({}, { env: nowhere(), cancelWhen: 'resolving aws.test' })
    ]);
    expectEarlyEnd(timedOut, 'timed-out');
    expectEarlyEnd(cancelled, 'cancelled');
    expectPromptEnd(cancelled);
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
  function credentialProcess(name: string, ...script: readonly string[]) {
    const pidFile = join(folder, `${name}.pid`);
    const config = join(folder, `${name}.config`);
    const file = join(folder, `${name}.sh`);
    writeFileSync(file, [`echo $$ > ${pidFile}`, ...script, ''].join('\n'));
    writeFileSync(config, `[default]\ncredential_process = sh ${file}\n`);
    return {
      env: { ...WITHOUT_KEYS, AWS_CONFIG_FILE: config },
      [Symbol.dispose]: () => {
        // The step may have been cancelled before it started the process.
        if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')));
      }
    };
  }

  test('that hangs delays neither the timeout, whose message says so, nor the cancellation', async () => {
    using first = credentialProcess('first', 'exec sleep 60');
    using second = credentialProcess('second', 'exec sleep 60');
    const [timedOut, cancelled] = await Promise.all([
      runStep({ 'timeout-seconds': '1' }, { env: first.env }),
      runStep({}, { env: second.env, cancelWhen: 'selected: ' })
    ]);
    expectEarlyEnd(timedOut, 'timed-out');
    expect(timedOut.stdout).toContain('The service has not described the stream');
    expect(timedOut.stdout).toContain(
      'its credentials were not available in time: check where they come from (AWS_CONFIG_FILE is '
    );
    expect(timedOut.stdout).toMatch(CHANGE_MESSAGES['not sent']);
    expectEarlyEnd(cancelled, 'cancelled');
    expectPromptEnd(cancelled);
    expect(aws.requests).toHaveLength(0);
  });

  test('that hangs when it is to renew the credentials before the start: no change is sent', async () => {
    /** The first run of the process returns credentials that expire before the stream is described; the second run hangs. */
    const renewal = (name: string) => {
      const first = join(folder, name);
      const script = join(folder, `${name}.js`);
      writeFileSync(first, '');
      writeFileSync(
        script,
        `const Expiration = new Date(Date.now() + 4_000).toISOString();
        console.log(JSON.stringify({ Version: 1, AccessKeyId: 'a', SecretAccessKey: 's', Expiration }));`
      );
      return credentialProcess(name, `rm ${first} && exec '${process.execPath}' ${script}`, 'exec sleep 60');
    };
    aws.faults.add({ on: DESCRIBE.kinesis, times: 2, delayMs: 4_500 });
    using first = renewal('first');
    using second = renewal('second');
    const results = await Promise.all([
      runStep({ 'timeout-seconds': '7' }, { env: first.env }),
      runStep({}, { env: second.env, cancelWhen: 'starting encryption' })
    ]);
    for (const [nth, result] of results.entries()) {
      expectEarlyEnd(result, nth === 0 ? 'timed-out' : 'cancelled');
      expect(result.outputs.changed).toBe('false');
      expect(result.stdout).toMatch(CHANGE_MESSAGES['not sent']);
    }
    expect(aws.requests.map(({ operation }) => operation)).toEqual([DESCRIBE.kinesis, DESCRIBE.kinesis]);
  });
});
