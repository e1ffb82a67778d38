/**
 * Runs the action with runners that are not ours. github-action-ts-run-api starts the `main` of action.yml; unlike GitHub, it
 * passes only the inputs that are set or have a default. @github/local-action runs the sources, and replaces @actions/core by its
 * own functions; it is 328 MB in 354 packages, so it has a lock file of its own, and its tests run only if
 * `npm ci --prefix __tests__/runners/local-action` installed it. CI on Linux does.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RunOptions, RunTarget } from 'github-action-ts-run-api';
import { startLocalAws } from '../../local-aws/server.ts';
import { runProcess } from '../../testing/process.ts';
import { localAwsEnv } from '../../testing/runner.ts';
import { createStream, OUTPUTS } from '../end-to-end/step.ts';
import { evaluate } from '../support/workflows.ts';

type Variables = Readonly<Record<string, string>>;

async function runWithRunApi(inputs: Variables, env: Variables) {
  const outputOptions = { printStdout: false, printStderr: false, printRunnerWarnings: false };
  const options = RunOptions.create({ inputs, env, timeoutMs: 120_000, outputOptions });
  const { exitCode, commands, runnerWarnings } = await RunTarget.mainJs('action.yml').run(options);
  expect(runnerWarnings).toEqual([]);
  return { exitCode, outputs: commands.outputs, errors: commands.errors.length };
}

const PACKAGES = '__tests__/runners/local-action/node_modules';

/** Starts it as its own command does, but without `npm exec`, which finds tsx only among the packages of the action. */
async function runWithLocalAction(inputs: Variables, env: Variables) {
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-local-action-'));
  const file = join(folder, 'inputs.env');
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  writeFileSync(file, [...given, ...Object.entries(env)].map(([name, value]) => `${name}=${value}\n`).join(''));
  const command = [`${PACKAGES}/tsx/dist/cli.mjs`, `${PACKAGES}/@github/local-action/src/index.ts`];
  const entry = '__tests__/runners/local-action-entry.ts';
  try {
    const { exitCode, stdout } = await runProcess(process.execPath, [...command, 'run', '.', entry, file], {
      env: { PATH: process.env.PATH, HOME: folder, NODE_PACKAGE_MANAGER: 'npm', TARGET_ACTION_PATH: resolve('.') },
      limitMs: 240_000
    });
    const outputs = [...stdout.matchAll(/^.*::set-output name=([\w-]+)::(.*)$/gm)];
    const named = Object.fromEntries(outputs.map(([, name = '', value = '']) => [name, value]));
    return { exitCode, outputs: named, errors: (stdout.match(/::error/g) ?? []).length };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const mustRun = process.platform === 'linux' && process.env.CI !== undefined;

describe.each([
  ['github-action-ts-run-api', runWithRunApi, true],
  ['@github/local-action', runWithLocalAction, mustRun || existsSync(PACKAGES)]
] as const)('%s', (_, runWith, isInstalled) => {
  (isInstalled ? test : test.skip).each([
    ['encrypts a data stream', 'kinesis', 'enabled'],
    ['encrypts a delivery stream', 'firehose', 'enabled'],
    ['fails the check of an unencrypted data stream', 'kinesis', 'non-compliant'],
    ['fails the check of an unencrypted delivery stream', 'firehose', 'non-compliant']
  ] as const)('%s', async (_title, kind, outcome) => {
    await using aws = await startLocalAws({ changeMs: 50 });
    createStream(aws, kind);
    const mode = outcome === 'enabled' ? 'encrypt' : 'check';
    const inputs = {
      'stream-kind': kind,
      'stream-name': 'orders',
      'key-type': 'aws-owned',
      'settle-seconds': '0',
      mode
    };
    const { outputs, ...result } = await runWith(inputs, localAwsEnv(aws.endpoint));
    const failures = mode === 'check' ? 1 : 0;
    expect(result).toEqual({ exitCode: failures, errors: failures });
    expect(Object.keys(outputs)).toEqual(OUTPUTS);
    // As the next step of a workflow reads them.
    const read = evaluate(`\${{ fromJSON(steps.x.outputs.results)[0].outcome }}`, { steps: { x: { outputs } } });
    expect([outputs.outcome, read]).toEqual([outcome, outcome]);
  });
});
