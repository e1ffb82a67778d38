/** Runs of one workflow whose step updates a tracking issue on the local GitHub. */

import { type IssueTracking, trackIssue } from '../../src/github/issue.ts';
import { type LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';

/** The first line of the issue's body. */
export const MARKER = '<!-- stream-encryption tracks .github%2Fworkflows%2Fnightly.yml rotate -->';

/** What differs from the default run. `env` is merged into the runner's environment. */
export type RunOverrides = Partial<Omit<IssueTracking, 'env'>> & {
  readonly env?: Readonly<Record<string, string>>;
  readonly requestMs?: number;
  readonly allMs?: number;
};

/** What a run logged about the issue. */
export interface IssueMessages {
  readonly infos: readonly string[];
  readonly warnings: readonly string[];
}

/** Tracks a failed step in the run with this number. */
export function trackFailure(github: LocalGithub, run: number, overrides?: RunOverrides): Promise<IssueMessages> {
  return track(github, run, true, overrides);
}

/** Tracks a successful step in the run with this number. */
export function trackSuccess(github: LocalGithub, run: number, overrides?: RunOverrides): Promise<IssueMessages> {
  return track(github, run, false, overrides);
}

async function track(
  github: LocalGithub,
  run: number,
  failed: boolean,
  overrides: RunOverrides = {}
): Promise<IssueMessages> {
  const { env = {}, requestMs = 5_000, allMs = 15_000, ...tracking } = overrides;
  const infos: string[] = [];
  const warnings: string[] = [];
  await trackIssue(
    {
      failed,
      causes: failed ? [{ id: 'why', text: 'why' }] : [],
      summary: () => `<h3>Summary of run ${run}</h3>`,
      env: { ...runnerEnv(github, run), ...env },
      token: TOKEN,
      proxies: { env: {}, faultOf: () => null },
      signal: new AbortController().signal,
      info: (line) => void infos.push(line),
      warn: (message) => void warnings.push(message),
      ...tracking
    },
    { requestMs, allMs }
  );
  return { infos, warnings };
}

/** The runner's environment variables in the first attempt of a run. */
function runnerEnv(github: LocalGithub, run: number): Record<string, string> {
  return {
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
}
