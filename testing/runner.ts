/** A stand-in for the GitHub runner: runs the committed bundle as a workflow step, and collects its results. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readActionFile } from './action-file.ts';
import { parseOutputs } from './outputs-file.ts';
import { type ProcessResult, runProcess, type ScheduledSignal, type Trigger } from './process.ts';

const ACTION = readActionFile();

export interface Step {
  /** The `with:` of the step. Omitted inputs get their default from action.yml. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Additional environment variables. They override those of the runner; `undefined` unsets one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Cancels the step on this trigger as the runner does: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL. */
  readonly cancelWhen?: Trigger;
  /** Additional signals that the runner would not send. */
  readonly signals?: readonly ScheduledSignal[];
  /** Enables step debug logging. */
  readonly debug?: boolean;
  /** Kills the step after this time; a minute if omitted, 0: never. */
  readonly limitMs?: number;
  /** Called for each line of the log as it appears. */
  readonly onLine?: (line: string) => void;
  /** The folder of the bundle to run; defaults to the committed one. */
  readonly bundle?: string;
}

export interface StepResult extends ProcessResult {
  /** The outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The step's part of the job summary. */
  readonly summary: string;
}

/** Runs the action as one step in an empty folder and a clean environment. `durationMs` covers only the action's process. */
export async function runAction(step: Step): Promise<StepResult> {
  // Results with a different Node version than the runner's would prove nothing.
  const running = `node${process.versions.node.split('.')[0]}`;
  if (running !== ACTION.using) throw new Error(`The action runs on ${ACTION.using}, this is ${running}: use npm run`);

  const folder = await mkdtemp(join(tmpdir(), 'stream-encryption-step-'));
  try {
    const files = { outputs: join(folder, 'output'), summary: join(folder, 'summary.md') };
    await Promise.all(Object.values(files).map((file) => writeFile(file, '')));
    const main = step.bundle === undefined ? ACTION.main : resolve(step.bundle, 'index.js');
    const result = await runProcess(process.execPath, [main], {
      cwd: folder,
      env: {
        ...runnerEnv(folder),
        ...inputEnv(step.inputs),
        GITHUB_OUTPUT: files.outputs,
        GITHUB_STEP_SUMMARY: files.summary,
        RUNNER_DEBUG: step.debug === true ? '1' : undefined,
        ...step.env
      },
      signals: [...(step.cancelWhen === undefined ? [] : cancelSignals(step.cancelWhen)), ...(step.signals ?? [])],
      limitMs: step.limitMs ?? 60_000,
      ...(step.onLine !== undefined && { onLine: step.onLine })
    });
    const outputs = parseOutputs(await readFile(files.outputs, 'utf8'));
    return { ...result, outputs, summary: await readFile(files.summary, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds `INPUT_…` for every input of action.yml: upper case, spaces become `_`, hyphens stay; empty without a default. */
function inputEnv(inputs: Step['inputs']): Record<string, string> {
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(ACTION.defaults, name));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  const all = Object.entries({ ...ACTION.defaults, ...inputs });
  return Object.fromEntries(all.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]));
}

/** Environment variables for the local AWS, which accepts any credentials. */
export function localAwsEnv(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local'
  };
}

function cancelSignals(when: Trigger): readonly ScheduledSignal[] {
  return [
    { signal: 'SIGINT', when },
    { signal: 'SIGTERM', when, afterMs: 7_500 },
    { signal: 'SIGKILL', when, afterMs: 10_000 }
  ];
}

/** The environment of a step. Its home is the empty folder, so that no AWS profile of the user is read. */
function runnerEnv(folder: string): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    USERPROFILE: folder,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_JOB: 'encrypt',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo-org/streams',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1658821493',
    GITHUB_RUN_NUMBER: '7',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    GITHUB_WORKFLOW: 'Encrypt streams',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder
  };
}
