/** Runs of one workflow whose step updates a tracking issue on the local GitHub. */

import { type IssueTracking, trackIssue } from '../../src/github/issue.ts';
import { type LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';

/** What differs from the default run. `env` is merged into the runner's environment. */
export type RunOverrides = Partial<IssueTracking> & { readonly requestMs?: number; readonly allMs?: number };

/** Tracks a step, a failed one by default, in the first attempt of the run with this number. Returns what it logged. */
export async function trackFailure(
  github: LocalGithub,
  run: number,
  // Far longer than any request takes, however busy the machine is.
  { env, requestMs = 100_000, allMs = 200_000, ...tracking }: RunOverrides = {}
) {
  const infos: string[] = [];
  const warnings: string[] = [];
  const runnerEnv = {
    GITHUB_API_URL: github.apiUrl,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_WORKFLOW: 'Nightly rotation',
    GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/nightly.yml@refs/heads/main`,
    GITHUB_JOB: 'rotate',
    GITHUB_RUN_ID: `${4000 + run}`,
    GITHUB_RUN_NUMBER: `${run}`,
    GITHUB_RUN_ATTEMPT: '1'
  };
  const defaults: IssueTracking = {
    failed: true,
    causes: [{ id: 'why', text: 'why' }],
    summary: () => `<h3>Summary of run ${run}</h3>`,
    env: { ...runnerEnv, ...env },
    token: TOKEN,
    proxies: { env: {}, faultOf: () => null },
    signal: new AbortController().signal,
    info: (line) => void infos.push(line),
    warn: (message) => void warnings.push(message)
  };
  await trackIssue({ ...defaults, ...tracking }, { requestMs, allMs });
  return { infos, warnings };
}

/** Tracks a successful step. */
export function trackSuccess(github: LocalGithub, run: number, overrides: RunOverrides = {}) {
  return trackFailure(github, run, { failed: false, causes: [], ...overrides });
}
