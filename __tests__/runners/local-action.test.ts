/**
 * Runs the sources with @github/local-action, which replaces @actions/core by its own functions. It is 328 MB in 354 packages,
 * so it has a lock file of its own, and these tests run only if `npm ci --prefix __tests__/runners/local-action` installed it.
 * CI on Linux does.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { runProcess } from '../../testing/process.ts';
import { localAwsEnv } from '../../testing/runner.ts';
import { createStream, OUTPUTS } from '../end-to-end/step.ts';
import { RUNS } from './runs.ts';

const PACKAGES = '__tests__/runners/local-action/node_modules';
const mustRun = process.platform === 'linux' && process.env.CI !== undefined;
const describeInstalled = mustRun || existsSync(PACKAGES) ? describe : describe.skip;

/** Starts it as its own command does, but without `npm exec`, which finds tsx only among the packages of the action. */
async function runLocalAction(variables: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-local-action-'));
  const file = join(folder, 'inputs.env');
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''));
  const command = [`${PACKAGES}/tsx/dist/cli.mjs`, `${PACKAGES}/@github/local-action/src/index.ts`];
  const entry = '__tests__/runners/local-action-entry.ts';
  try {
    return await runProcess(process.execPath, [...command, 'run', '.', entry, file], {
      env: { PATH: process.env.PATH, HOME: folder, NODE_PACKAGE_MANAGER: 'npm', TARGET_ACTION_PATH: resolve('.') },
      limitMs: 240_000
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeInstalled('@github/local-action', () => {
  test.each(RUNS)('$title', async ({ kind, inputs, exitCode, outputs }) => {
    await using aws = await startLocalAws({ changeMs: 50 });
    createStream(aws, kind);
    const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
    const result = await runLocalAction({ ...localAwsEnv(aws.endpoint), ...Object.fromEntries(variables) });
    const lines = [...result.stdout.matchAll(/^.*::set-output name=([\w-]+)::(.*)$/gm)];
    const set = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
    expect({ exitCode: result.exitCode, outputs: set }).toMatchObject({ exitCode, outputs });
    expect(Object.keys(set)).toEqual(OUTPUTS);
    expect(result.stdout.match(/::error/g) ?? []).toHaveLength(exitCode);
  });
});
