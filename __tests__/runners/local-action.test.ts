/**
 * Runs the sources with @github/local-action, which replaces @actions/core by its own functions. It is 328 MB in 354 packages,
 * so it has a lock file of its own, and these tests run only if `npm ci --prefix __tests__/runners/local-action` installed it.
 * CI on Linux does.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { runProcess } from '../../testing/process.ts';
import { localAwsEnv } from '../../testing/runner.ts';
import { OUTPUTS } from '../end-to-end/step.ts';
import { prepare, RUNS } from './runs.ts';

const ENTRY = '__tests__/runners/local-action-entry.ts';
const PACKAGES = '__tests__/runners/local-action/node_modules';
const mustRun = process.platform === 'linux' && process.env.CI !== undefined;
const describeInstalled = mustRun || existsSync(PACKAGES) ? describe : describe.skip;

let aws: LocalAws;
let folder: string;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 100 });
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-local-action-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await aws.close();
});

/** Starts it as its own command does, but without `npm exec`, which finds tsx only among the packages of the action. */
function runLocalAction(variables: Readonly<Record<string, string>>) {
  const file = join(folder, 'inputs.env');
  writeFileSync(
    file,
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('')
  );
  const command = [`${PACKAGES}/tsx/dist/cli.mjs`, `${PACKAGES}/@github/local-action/src/index.ts`];
  return runProcess(process.execPath, [...command, 'run', '.', ENTRY, file], {
    env: { PATH: process.env.PATH, HOME: folder, NODE_PACKAGE_MANAGER: 'npm', TARGET_ACTION_PATH: resolve('.') },
    limitMs: 240_000
  });
}

/** The outputs that the run set, as its log shows them. */
function outputsIn(log: string): Record<string, string> {
  const lines = [...log.matchAll(/^.*::set-output name=([\w-]+)::(.*)$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
}

describeInstalled('@github/local-action', () => {
  test.each(RUNS)('$title', async (run) => {
    prepare(aws, run);
    const inputs = Object.entries(run.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    const { exitCode, stdout } = await runLocalAction({
      ...localAwsEnv(aws.endpoint),
      ...Object.fromEntries(inputs)
    });
    const outputs = outputsIn(stdout);
    expect({ exitCode, outputs }).toMatchObject({ exitCode: run.exitCode, outputs: run.outputs });
    expect(Object.keys(outputs)).toEqual(OUTPUTS);
    expect(stdout.match(/::error/g) ?? []).toHaveLength(run.exitCode);
  });
});
