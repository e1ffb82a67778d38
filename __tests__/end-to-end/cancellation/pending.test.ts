/**
 * The step ends in time, with its outputs and its exit code, whatever is still pending. A step that waits without an end is
 * killed after a minute, and has no exit code. Files that block are in campaign/blocked-files.test.ts.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('a step can be cancelled while the region or AWS_CA_BUNDLE is read from a named pipe', async () => {
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

test('AWS_CA_BUNDLE is a device without an end: the step fails at once, and names it', async () => {
  const result = await runStep({}, { env: { AWS_CA_BUNDLE: '/dev/zero' } });
  expect(result).toMatchObject({ exitCode: 1, outputs: { outcome: 'failed' } });
  expect(result.stdout).toContain('AWS_CA_BUNDLE is /dev/zero, which is larger than 10 MiB');
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
