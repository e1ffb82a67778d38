/** The workflow run that this step belongs to, from the environment variables of the runner. */

import type { WorkflowRun } from '../reporting/report.ts';
import { code, link } from './markup.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** The workflow's name and the run number as HTML, linked to the run's page if its id is known. */
export function runLink(env: Env): string {
  const run = code(`${env.GITHUB_WORKFLOW ?? 'workflow'} #${env.GITHUB_RUN_NUMBER ?? '?'}`);
  const url = runUrl(env);
  return url === null ? run : link(url, run);
}

/** The page of the run; null if the environment does not say where it is. */
function runUrl({ GITHUB_SERVER_URL = '', GITHUB_REPOSITORY, GITHUB_RUN_ID }: Env): string | null {
  if (!isHttpUrl(GITHUB_SERVER_URL) || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return null;
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
}

/** The facts about this run for the report. */
export function workflowRun(env: Env): WorkflowRun {
  const { run, attempt } = currentAttempt(env);
  return {
    server: env.GITHUB_SERVER_URL || null,
    repository: env.GITHUB_REPOSITORY || null,
    workflow: env.GITHUB_WORKFLOW || null,
    job: env.GITHUB_JOB || null,
    id: run || null,
    attempt: attempt || null,
    url: runUrl(env),
    event: env.GITHUB_EVENT_NAME || null,
    ref: env.GITHUB_REF || null,
    commit: env.GITHUB_SHA || null,
    actor: env.GITHUB_ACTOR || null
  };
}

/** The base URL of GitHub's REST API. Throws an error that names the variable if it is no URL. */
export function apiUrl({ GITHUB_API_URL }: Env): string {
  const url = GITHUB_API_URL?.trim() || 'https://api.github.com';
  if (isHttpUrl(url)) return url;
  // A URL may contain a password, which ends with an @.
  const subject = url.includes('@') ? 'GITHUB_API_URL' : `GITHUB_API_URL is ${url}`;
  throw new Error(`${subject}: it must be a URL that begins with http:// or https://`);
}

/** The repository as `owner/name`. Throws an error that names the variable if it is not set to one. */
export function repository({ GITHUB_REPOSITORY = '' }: Env): string {
  const name = GITHUB_REPOSITORY.trim();
  if (/^[\w.-]+\/[\w.-]+$/.test(name)) return name;
  throw new Error(`GITHUB_REPOSITORY is "${name}": it must be the repository as owner/name`);
}

/** One attempt of a run. Run ids increase over time. */
export interface RunAttempt {
  readonly run: number;
  readonly attempt: number;
}

export function currentAttempt(env: Env): RunAttempt {
  return { run: Number(env.GITHUB_RUN_ID) || 0, attempt: Number(env.GITHUB_RUN_ATTEMPT) || 0 };
}

/** Positive if `a` started after `b`, 0 if they are the same attempt. */
export function compareAttempts(a: RunAttempt, b: RunAttempt): number {
  return a.run - b.run || a.attempt - b.attempt;
}

/** A job of a workflow. Both names stay the same from run to run. */
export interface WorkflowJob {
  /** The workflow's file. */
  readonly workflow: string;
  /** The job's id: after that of the job that calls its workflow, if one does, and with the matrix values of both. */
  readonly job: string;
}

export function workflowJob(env: Env): WorkflowJob {
  return { workflow: workflowFile(env), job: jobName(env) };
}

/** GITHUB_WORKFLOW_REF is `owner/name/.github/workflows/file.yml@refs/…`. Old servers provide only the workflow's name. */
function workflowFile({ GITHUB_WORKFLOW_REF = '', GITHUB_WORKFLOW = '', GITHUB_REPOSITORY }: Env): string {
  const file = GITHUB_WORKFLOW_REF.replace(/@refs\/.*$/s, '');
  const prefix = `${GITHUB_REPOSITORY}/`;
  return (file.startsWith(prefix) ? file.slice(prefix.length) : file) || GITHUB_WORKFLOW;
}

/**
 * All jobs of a matrix share GITHUB_JOB, and so do all callers of a reusable workflow. Since version 2.331, runners distinguish
 * them in ACTIONS_ORCHESTRATION_ID: `<run>.<job>.__default`, `<run>.<job>.<matrix values>`, or, in a reusable workflow,
 * `<run>.<job of the caller>.….<job>.…`. Only the first part differs from run to run.
 */
function jobName({ ACTIONS_ORCHESTRATION_ID = '', GITHUB_JOB = '' }: Env): string {
  const [, ...path] = ACTIONS_ORCHESTRATION_ID.split('.');
  return path.includes(GITHUB_JOB) ? path.filter((part) => part !== '__default').join('.') : GITHUB_JOB;
}
