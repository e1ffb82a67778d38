/**
 * The step ends in time, with its outputs and its exit code, whatever is still pending. A step that waits without an end is
 * killed, and has no exit code. Files that block are in campaign/blocked-files.test.ts.
 */

import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../../github/local-github.ts';
import { createStream, runOn } from '../step.ts';
import { TempFolder } from '../temp-folder.ts';
import { expectEarlyEnd, expectPromptEnd, preload } from './early-end.ts';

let aws: LocalAws;
let folder: TempFolder;
let pipe: string;
let report: string;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
  createStream(aws, 'kinesis');
  folder = new TempFolder();
  pipe = join(folder.path, 'pipe');
  report = join(folder.path, 'report.json');
  execFileSync('mkfifo', [pipe]);
});
afterEach(async () => {
  await aws.close();
  folder[Symbol.dispose]();
});

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
  const result = await runOn(aws, 'kinesis', { 'report-path': report }, { env: env(), cancelWhen: reading });
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
  const { exitCode, stdout } = await runOn(aws, 'kinesis', inputs, { env });
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
  const { env } = preload(`
    import { open } from 'node:fs';
    for (let nth = 0; nth < 5; nth++) open(${JSON.stringify(pipe)}, () => {});`);
  const result = await runOn(aws, 'kinesis', { 'report-path': report, 'timeout-seconds': '1' }, { env });
  expectEarlyEnd(result, 'timed-out');
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ outcome: 'timed-out' });
});

/** Resolves no name, and keeps a thread of Node's pool busy for each, as getaddrinfo does. */
function unresolved() {
  return preload(`
    import dns from 'node:dns';
    import { open } from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    dns.lookup = (name) => {
      console.log('resolving ' + name);
      open(${JSON.stringify(pipe)}, () => {});
    };
    syncBuiltinESMExports();`).env;
}

test('a signal ends the step promptly while the name of a service is not resolved', async () => {
  const env = { ...unresolved(), AWS_ENDPOINT_URL: 'http://aws.test' };
  const result = await runOn(aws, 'kinesis', {}, { env, cancelWhen: 'resolving aws.test' });
  expectEarlyEnd(result, 'cancelled');
  expectPromptEnd(result);
});

test("a signal ends the step promptly while GitHub's API hangs or its name is not resolved, and the success remains", async () => {
  await using github = await LocalGithub.start();
  github.faults.set('POST /graphql', 'hang');
  const inputs = { 'report-issue': 'true', 'github-token': TOKEN, mode: 'plan' };
  const results = await Promise.all(
    [
      { env: { GITHUB_API_URL: github.apiUrl }, cancelWhen: github.hanging },
      { env: { ...unresolved(), GITHUB_API_URL: 'http://github.test' }, cancelWhen: 'resolving github.test' }
    ].map(({ env, cancelWhen }) =>
      runOn(aws, 'kinesis', inputs, { env: { GITHUB_REPOSITORY: REPOSITORY, ...env }, cancelWhen })
    )
  );
  for (const result of results) {
    expect(result).toMatchObject({ exitCode: 0, outputs: { outcome: 'planned' } });
    expect(result.summary).toContain('planned');
    expectPromptEnd(result);
  }
});
