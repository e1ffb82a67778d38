/** Runs of one workflow, in which the step keeps a tracking issue at a local GitHub. */

import { type Tracking, trackIssue } from '../../src/github/issue.ts';
import { type LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';

/** The first line of the issue of these runs. */
export const MARKER = '<!-- stream-encryption tracks .github%2Fworkflows%2Fnightly.yml rotate -->';

/** What is not as it is in other runs; the environment is added to the runner's. */
export type Otherwise = Partial<Omit<Tracking, 'env'>> & {
  readonly env?: Readonly<Record<string, string>>;
  readonly requestMs?: number;
  readonly allMs?: number;
};

/** What a run said. */
export interface Said {
  readonly infos: readonly string[];
  readonly warnings: readonly string[];
}

/** The run of this number, whose step fails. */
export function fails(github: LocalGithub, run: number, otherwise?: Otherwise): Promise<Said> {
  return track(github, run, true, otherwise);
}

/** The run of this number, whose step ends well. */
export function endsWell(github: LocalGithub, run: number, otherwise?: Otherwise): Promise<Said> {
  return track(github, run, false, otherwise);
}

async function track(github: LocalGithub, run: number, failed: boolean, otherwise: Otherwise = {}): Promise<Said> {
  const { env = {}, requestMs = 5_000, allMs = 15_000, ...rest } = otherwise;
  const infos: string[] = [];
  const warnings: string[] = [];
  await trackIssue(
    {
      failed,
      summary: () => `<h3>Summary of run ${run}</h3>`,
      env: { ...runnerEnv(github, run), ...env },
      token: TOKEN,
      signal: new AbortController().signal,
      info: (line) => void infos.push(line),
      warn: (message) => void warnings.push(message),
      ...rest
    },
    { requestMs, allMs }
  );
  return { infos, warnings };
}

/** What the runner tells of the first attempt of a run. */
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
