/**
 * The step ends in time, with its outputs and its exit code, whatever is still pending. A step that waits without an end is
 * killed, and has no exit code. Files that block are in campaign/blocked-files.test.ts.
 */

import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../../github/local-github.ts';
import { createStream, runOn } from '../step.ts';
import { expectEarlyEnd, expectPromptEnd, preload } from './early-end.ts';

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

/** Resolves when a process reads from the pipe, which then stays without data until the returned file is closed. */
async function whenRead(): Promise<number> {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      await setTimeout(20);
    }
  }
}

test.each([
  ['the region', () => ({ AWS_REGION: undefined, AWS_CONFIG_FILE: pipe })],
  ['AWS_CA_BUNDLE', () => ({ AWS_CA_BUNDLE: pipe })]
])('a step can be cancelled while %s is read from a named pipe', async (_what, env) => {
  const reading = whenRead();
  const report = join(folder, 'report.json');
  const result = await runStep({ 'report-path': report }, { env: env(), cancelWhen: reading });
  closeSync(await reading);
  expect(result).toMatchObject({ exitCode: 1, outputs: { outcome: 'cancelled' } });
  expect(readFileSync(report, 'utf8')).toContain('"outcome": "cancelled"');
  expectPromptEnd(result);
});

test('each file of the step is a named pipe: the step fails, says so for each, and writes the tracking issue', async () => {
  await using github = await LocalGithub.start();
  const inputs = { mode: 'plan', 'report-path': pipe, 'report-issue': 'true', 'github-token': TOKEN };
  const files = { GITHUB_OUTPUT: pipe, GITHUB_STEP_SUMMARY: pipe, GITHUB_EVENT_PATH: pipe };
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY, ...files };
  const { exitCode, stdout } = await runStep(inputs, { env });
  expect(exitCode).toBe(1);
  for (const text of [
    `The report was not written: report-path is "${pipe}": ENXIO`,
    `The outputs were not written: GITHUB_OUTPUT is "${pipe}": ENXIO`,
    `::warning title=Job summary::The summary was not written: GITHUB_STEP_SUMMARY is "${pipe}": ENXIO`,
    'Opened the tracking issue'
  ]) {
    expect(stdout).toContain(text);
  }
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

describe('a signal ends the step promptly', () => {
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

  test('while the name of a service is not resolved', async () => {
    const env = { ...unresolved(), AWS_ENDPOINT_URL: 'http://aws.test' };
    const result = await runStep({}, { env, cancelWhen: 'resolving aws.test' });
    expectEarlyEnd(result, 'cancelled');
    expectPromptEnd(result);
  });

  test("while GitHub's API hangs or its name is not resolved, and the success remains", async () => {
    await using github = await LocalGithub.start();
    github.faults.set('POST /graphql', 'hang');
    const inputs = { 'report-issue': 'true', 'github-token': TOKEN, mode: 'plan' };
    const env = { GITHUB_REPOSITORY: REPOSITORY };
    const results = await Promise.all([
      runStep(inputs, { env: { ...env, GITHUB_API_URL: github.apiUrl }, cancelWhen: github.hanging }),
      runStep(inputs, {
        env: { ...env, ...unresolved(), GITHUB_API_URL: 'http://github.test' },
        cancelWhen: 'resolving github.test'
      })
    ]);
    for (const result of results) {
      expect(result).toMatchObject({
        exitCode: 0,
        outputs: { outcome: 'planned' },
        summary: expect.stringContaining('planned')
      });
      expectPromptEnd(result);
    }
  });
});
