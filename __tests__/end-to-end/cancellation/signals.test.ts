import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { StepResult } from '../../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../../github/local-github.ts';
import { createStream, FOREVER, runOn } from '../step.ts';
import { expectEarlyEnd, expectPromptEnd, preload } from './early-end.ts';

let aws: LocalAws;
let folder: string;
let report: string;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: FOREVER });
  createStream(aws, 'firehose');
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-signals-'));
  report = join(folder, 'report.json');
});
afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

function expectCompleteCancellation(result: StepResult): void {
  expectEarlyEnd(result, 'cancelled');
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ outcome: 'cancelled' });
}

describe('a second signal changes nothing', () => {
  test.each([0, 5, 10, 15, 20, 30, 50, 100, 300])('%d ms after the first', async (afterMs) => {
    const signals = [
      { signal: 'SIGINT', when: 'ENABLING' },
      { signal: 'SIGTERM', when: 'ENABLING', afterMs }
    ] as const;
    const result = await runOn(aws, 'firehose', { 'report-path': report }, { signals });
    expectCompleteCancellation(result);
    expect(result.outputs.changed).toBe('true');
  });

  test.each([
    ['before the outputs', 'GITHUB_OUTPUT'],
    ['between the outputs and the report', 'REPORT'],
    ['between the report and the summary', 'GITHUB_STEP_SUMMARY']
  ])('%s are written', async (_moment, file) => {
    // The step sends itself a second and a third signal just before it opens the file.
    const hook = preload(`
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { openSync } = fs;
      const file = process.env.${file} ?? ${JSON.stringify(report)};
      fs.openSync = (path, ...rest) => {
        if (path === file) {
          process.kill(process.pid, 'SIGINT');
          process.kill(process.pid, 'SIGTERM');
        }
        return openSync(path, ...rest);
      };
      syncBuiltinESMExports();`);
    const result = await runOn(aws, 'firehose', { 'report-path': report }, { ...hook, cancelWhen: 'ENABLING' });
    expectCompleteCancellation(result);
  });
});

describe('a signal while the process starts', () => {
  /** Reports the moment at which the bundle handles SIGINT, and what was loaded before. */
  const HANDLER_INSTALLED = preload(`
    import Module from 'node:module';
    const load = Module._load;
    const loaded = [];
    Module._load = (name, ...rest) => (loaded.push(name), load(name, ...rest));
    const onListener = (event) => {
      if (event !== 'SIGINT') return;
      process.off('newListener', onListener);
      console.log('SIGINT is handled; loaded: ' + loaded.join());
    };
    process.on('newListener', onListener);`);

  test('the handler is installed before anything else is loaded', async () => {
    const { stdout } = await runOn(aws, 'firehose', {}, { ...HANDLER_INSTALLED, cancelWhen: 'ENABLING' });
    expect(stdout.split('\n')[0]).toBe('SIGINT is handled; loaded: ');
  });

  test.each([0, 5, 10, 20, 30, 60])(
    '%d ms after the handler is installed: outputs and summary are written',
    async (afterMs) => {
      const signals = [{ signal: 'SIGINT', when: 'SIGINT is handled', afterMs }] as const;
      const result = await runOn(aws, 'firehose', { 'report-path': report }, { ...HANDLER_INSTALLED, signals });
      expect(result.exitCode).toBe(1);
      expect(result.outputs.outcome).toBe('cancelled');
      expect(result.summary).toContain('Stream encryption: cancelled');
      expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ outcome: 'cancelled' });
    }
  );
});

test('a defect while the modules are loaded fails the step', async () => {
  const hook = preload(`
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve: (name, context, next) => {
        if (/^\\.\\/\\d+\\.index\\.js$/.test(name)) throw new Error('a defect');
        return next(name, context);
      }
    });`);
  const { exitCode, stdout } = await runOn(aws, 'firehose', {}, hook);
  expect(stdout).toBe('::error title=Stream encryption::The action could not be loaded: Error: a defect\n');
  expect(exitCode).toBe(1);
});

describe("while GitHub's API hangs", () => {
  const issueInputs = { 'report-issue': 'true', 'github-token': TOKEN, mode: 'plan' };

  test('a signal ends the step promptly and keeps its result', async () => {
    await using github = await LocalGithub.start();
    github.faults.set('POST /graphql', 'hang');
    const env = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY };
    const result = await runOn(aws, 'firehose', issueInputs, { env, cancelWhen: github.hanging });
    expect(result.outputs.outcome).toBe('planned');
    expect(result.summary).toContain('Stream encryption: planned');
    expect(result.exitCode).toBe(0);
    expectPromptEnd(result);
  });
});
