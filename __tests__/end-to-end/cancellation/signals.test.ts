import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../../github/local-github.ts';
import { createStream, FOREVER, runOn } from '../step.ts';
import { expectEarlyEnd, expectPromptEnd, preload } from './early-end.ts';

let aws: LocalAws;
let folder: string;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: FOREVER });
  createStream(aws, 'firehose');
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-signals-'));
});
afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

/** Runs three steps side by side, each on a stream of its own. Expects that each reports in every place that it was cancelled. */
function runCancelled(...steps: readonly Omit<Step, 'inputs'>[]): Promise<StepResult[]> {
  return Promise.all(
    steps.map(async (step, nth) => {
      const name = `orders-${nth}`;
      createStream(aws, 'firehose', { name });
      const report = join(folder, `${name}.json`);
      const result = await runOn(aws, 'firehose', { 'stream-name': name, 'report-path': report }, step);
      expect(result.exitCode).toBe(1);
      expect(result.outputs.outcome).toBe('cancelled');
      expect(result.summary).toContain('Stream encryption: cancelled');
      expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ outcome: 'cancelled' });
      return result;
    })
  );
}

describe('a second signal changes nothing', () => {
  test('0, 20 or 300 ms after the first', async () => {
    const twoSignals = (afterMs: number): Omit<Step, 'inputs'> => ({
      signals: [
        { signal: 'SIGINT', when: 'ENABLING' },
        { signal: 'SIGTERM', when: 'ENABLING', afterMs }
      ]
    });
    for (const result of await runCancelled(twoSignals(0), twoSignals(20), twoSignals(300))) {
      expectEarlyEnd(result, 'cancelled');
      expect(result.outputs.changed).toBe('true');
    }
  });

  test('just before the outputs, the report or the summary is written', async () => {
    // The step sends itself a second and a third signal just before it opens the file.
    const signalBefore = (file: string) =>
      preload(`
        import fs from 'node:fs';
        import { syncBuiltinESMExports } from 'node:module';
        const { openSync } = fs;
        fs.openSync = (path, ...rest) => {
          if (path === process.env['${file}']) {
            console.log('signals before ${file}');
            process.kill(process.pid, 'SIGINT');
            process.kill(process.pid, 'SIGTERM');
          }
          return openSync(path, ...rest);
        };
        syncBuiltinESMExports();`);
    const files = ['GITHUB_OUTPUT', 'INPUT_REPORT-PATH', 'GITHUB_STEP_SUMMARY'];
    const steps = files.map((file) => ({ ...signalBefore(file), cancelWhen: 'ENABLING' }));
    for (const [nth, result] of (await runCancelled(...steps)).entries()) {
      expectEarlyEnd(result, 'cancelled');
      expect(result.stdout).toContain(`signals before ${files[nth]}`);
    }
  });
});

test('a signal 0, 20 or 60 ms after its handler is installed, which is before anything else is loaded, cancels the step', async () => {
  // Reports the moment at which the bundle handles SIGINT, and what was loaded before.
  const handlerInstalled = preload(`
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
  const signalAfter = (afterMs: number): Omit<Step, 'inputs'> => ({
    ...handlerInstalled,
    signals: [{ signal: 'SIGINT', when: 'SIGINT is handled', afterMs }]
  });
  for (const { stdout } of await runCancelled(signalAfter(0), signalAfter(20), signalAfter(60))) {
    expect(stdout.split('\n')[0]).toBe('SIGINT is handled; loaded: ');
  }
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

test("a signal while GitHub's API hangs ends the step promptly and keeps its result", async () => {
  await using github = await LocalGithub.start();
  github.faults.set('POST /graphql', 'hang');
  const inputs = { 'report-issue': 'true', 'github-token': TOKEN, mode: 'plan' };
  const env = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY };
  const result = await runOn(aws, 'firehose', inputs, { env, cancelWhen: github.hanging });
  expect(result.outputs.outcome).toBe('planned');
  expect(result.summary).toContain('Stream encryption: planned');
  expect(result.exitCode).toBe(0);
  expectPromptEnd(result);
});
