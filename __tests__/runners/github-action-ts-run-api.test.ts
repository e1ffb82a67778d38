/**
 * Runs the action with github-action-ts-run-api, which reads action.yml and starts its `main`. Unlike GitHub, it passes only
 * the inputs that are set or have a default; GitHub passes the others as empty.
 */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RunOptions, RunTarget } from 'github-action-ts-run-api';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { localAwsEnv } from '../../testing/runner.ts';
import { OUTPUTS } from '../end-to-end/step.ts';
import { prepare, RUNS } from './runs.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 100 });
});
afterEach(() => aws.close());

test.each(RUNS)('$title', async (run) => {
  prepare(aws, run);
  const { exitCode, commands, runnerWarnings } = await RunTarget.mainJs('action.yml').run(
    RunOptions.create({
      inputs: run.inputs,
      env: localAwsEnv(aws.endpoint),
      timeoutMs: 120_000,
      outputOptions: { printStdout: false, printStderr: false, printRunnerWarnings: false }
    })
  );
  expect({ exitCode, outputs: commands.outputs }).toMatchObject({ exitCode: run.exitCode, outputs: run.outputs });
  expect(Object.keys(commands.outputs)).toEqual(OUTPUTS);
  expect(commands.errors).toHaveLength(run.exitCode);
  expect(runnerWarnings).toEqual([]);
});
