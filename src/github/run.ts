/** The workflow run that this step belongs to, as the runner tells it in the environment. */

import { code, link } from './markup.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** The name and number of the run as HTML, linked to its page where that is known. */
export function runLink(env: Env): string {
  const run = code(`${env.GITHUB_WORKFLOW ?? 'workflow'} #${env.GITHUB_RUN_NUMBER ?? '?'}`);
  const url = `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`;
  return env.GITHUB_RUN_ID ? link(url, run) : run;
}

/** One attempt of a run. Ids grow with time. */
export interface Attempt {
  readonly run: number;
  readonly attempt: number;
}

/** The attempt this is. */
export function attemptOf(env: Env): Attempt {
  return { run: Number(env.GITHUB_RUN_ID) || 0, attempt: Number(env.GITHUB_RUN_ATTEMPT) || 0 };
}

/** Above 0 where `one` began after `other`, 0 where they are the same. */
export function compareAttempts(one: Attempt, other: Attempt): number {
  return one.run - other.run || one.attempt - other.attempt;
}

/** The workflow's file, and the job with its leg of a matrix: what stays the same from run to run. */
export function placeOf(env: Env): { readonly workflow: string; readonly job: string } {
  return { workflow: workflowOf(env), job: jobOf(env) };
}

/** GITHUB_WORKFLOW_REF is `owner/name/.github/workflows/file.yml@refs/…`. Old servers tell the workflow's name only. */
function workflowOf({ GITHUB_WORKFLOW_REF = '', GITHUB_WORKFLOW = '', GITHUB_REPOSITORY }: Env): string {
  const file = GITHUB_WORKFLOW_REF.replace(/@refs\/.*$/s, '');
  const home = `${GITHUB_REPOSITORY}/`;
  return (file.startsWith(home) ? file.slice(home.length) : file) || GITHUB_WORKFLOW;
}

/**
 * The legs of a matrix share GITHUB_JOB. Runners from 2.331 on tell them apart in ACTIONS_ORCHESTRATION_ID, which reads
 * `<id of this run>.<job>.__default`, or `<id of this run>.<job>.<values of the matrix>`. What stands before the job is left
 * out, as it differs from run to run.
 */
function jobOf({ ACTIONS_ORCHESTRATION_ID = '', GITHUB_JOB = '' }: Env): string {
  const path = ACTIONS_ORCHESTRATION_ID.split('.');
  const leg = path.slice(path.indexOf(GITHUB_JOB) + 1).join('.');
  return path.includes(GITHUB_JOB) && leg !== '' && leg !== '__default' ? `${GITHUB_JOB}.${leg}` : GITHUB_JOB;
}
