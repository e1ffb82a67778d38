import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { createStream, FOREVER, runOn } from '../step.ts';
import { expectEarlyEnd, preload } from './early-end.ts';

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

/** Runs a step that receives signals. Expects that it reports in every place that it was cancelled. */
async function runCancelled(step: Omit<Step, 'inputs'>): Promise<StepResult> {
  const report = join(folder, 'report.json');
  const result = await runOn(aws, 'firehose', { 'report-path': report }, step);
  expectEarlyEnd(result, 'cancelled');
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ outcome: 'cancelled' });
  return result;
}

test('more signals, at once and just before each file is written, change nothing', async () => {
  const files = ['GITHUB_OUTPUT', 'INPUT_REPORT-PATH', 'GITHUB_STEP_SUMMARY'];
  const signalBeforeEachFile = preload(`
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { openSync } = fs;
    fs.openSync = (path, ...rest) => {
      const file = ${JSON.stringify(files)}.find((name) => process.env[name] === path);
      if (file !== undefined) {
        console.log('signals before ' + file);
        process.kill(process.pid, 'SIGINT');
        process.kill(process.pid, 'SIGTERM');
      }
      return openSync(path, ...rest);
    };
    syncBuiltinESMExports();`);
  const signals = [
    { signal: 'SIGINT', when: 'ENABLING' },
    { signal: 'SIGTERM', when: 'ENABLING' }
  ] as const;
  const { stdout, outputs } = await runCancelled({ ...signalBeforeEachFile, signals });
  expect(outputs.changed).toBe('true');
  for (const file of files) expect(stdout).toContain(`signals before ${file}`);
});

test('a signal cancels the step as soon as its handler is installed, which is before anything else is loaded', async () => {
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
      setImmediate(() => process.kill(process.pid, 'SIGINT'));
    };
    process.on('newListener', onListener);`);
  const { stdout } = await runCancelled(handlerInstalled);
  expect(stdout.split('\n')[0]).toBe('SIGINT is handled; loaded: ');
});
