/**
 * Runs the action with github-action-ts-run-api, which reads action.yml and starts its `main`. Unlike GitHub, it passes only
 * the inputs that are set or have a default; GitHub passes the others as empty.
 */

import { expect, test } from '@jest/globals';
import { RunOptions, RunTarget } from 'github-action-ts-run-api';
import { startLocalAws } from '../../local-aws/server.ts';
import { localAwsEnv } from '../../testing/runner.ts';
import { createStream, OUTPUTS } from '../end-to-end/step.ts';
import { RUNS } from './runs.ts';

test.each(RUNS)('$title', async ({ kind, inputs, exitCode, outputs }) => {
  await using aws = await startLocalAws({ changeMs: 50 });
  createStream(aws, kind);
  const outputOptions = { printStdout: false, printStderr: false, printRunnerWarnings: false };
  const options = { inputs, env: localAwsEnv(aws.endpoint), timeoutMs: 120_000, outputOptions };
  const result = await RunTarget.mainJs('action.yml').run(RunOptions.create(options));
  expect(result).toMatchObject({ exitCode, commands: { outputs }, runnerWarnings: [] });
  expect(Object.keys(result.commands.outputs)).toEqual(OUTPUTS);
  expect(result.commands.errors).toHaveLength(exitCode);
});
