/** The issues of a repository, over GitHub's REST API. Requests go through HTTPS_PROXY where it is set. */

import { formatUtc } from '../encryption/format.ts';

/** An open issue. */
export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly body: string;
}

/** A repository's issues. Every method rejects with what happened and what to do. */
export interface Issues {
  /**
   * The open issues that the token's own account wrote, oldest first. A marker in anybody else's issue is not ours. All
   * workflows of a repository share one account, github-actions[bot], so that a workflow that posts what strangers wrote,
   * and lets them write the first line, could still pose as this step.
   */
  ours(): Promise<Issue[]>;
  open(title: string, body: string): Promise<Issue>;
  update(number: number, body: string): Promise<void>;
  /** Closes an issue as completed. */
  close(number: number): Promise<void>;
  comment(number: number, body: string): Promise<void>;
}

/** Where the issues are, and who asks. */
export interface Access {
  /** `owner/name` */
  readonly repository: string;
  /** The base of the REST API; it differs on GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly token: string;
  /** Ends all requests. */
  readonly signal: AbortSignal;
  /** How long one request may take. */
  readonly requestMs: number;
}

/** Opens a repository's issues. @actions/github takes time to load, so that it is loaded only here. */
export async function openIssues({ repository, apiUrl, token, signal, requestMs }: Access): Promise<Issues> {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, { baseUrl: apiUrl, userAgent: 'stream-encryption' });
  octokit.hook.before('request', (options) => {
    options.request = { ...options.request, signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]) };
  });
  octokit.hook.error('request', (error) => {
    throw new Error(inWords(error, { repository, apiUrl, requestMs }));
  });

  const { issues } = octokit.rest;
  const [owner = '', repo = ''] = repository.split('/');
  return {
    async ours() {
      // A user's token and an app's are both told who they are here, but nowhere in the REST API.
      const { viewer } = await octokit.graphql<{ viewer: { login: string } }>('{ viewer { login } }');
      const listed = await octokit.paginate(issues.listForRepo, {
        owner,
        repo,
        state: 'open',
        creator: viewer.login,
        sort: 'created',
        direction: 'asc',
        per_page: 100
      });
      return listed
        .filter(({ user, pull_request }) => user?.login === viewer.login && pull_request === undefined)
        .map(({ number, html_url, body }) => ({ number, url: html_url, body: body ?? '' }));
    },
    async open(title, body) {
      const { data } = await issues.create({ owner, repo, title, body });
      return { number: data.number, url: data.html_url, body };
    },
    async update(number, body) {
      await issues.update({ owner, repo, issue_number: number, body });
    },
    async close(number) {
      await issues.update({ owner, repo, issue_number: number, state: 'closed', state_reason: 'completed' });
    },
    async comment(number, body) {
      await issues.createComment({ owner, repo, issue_number: number, body });
    }
  };
}

/** An error of a request, as the client throws it. Without a `response` GitHub did not answer. */
interface RequestTrouble extends Error {
  readonly status?: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> } | undefined;
}

/** What happened, and what to do. */
function inWords(error: RequestTrouble, { repository, apiUrl, requestMs }: Omit<Access, 'token' | 'signal'>): string {
  const { status = 0, message, response } = error;
  if (response === undefined) {
    return timedOut(error)
      ? `GitHub did not answer within ${requestMs / 1000} s; the next run tries again`
      : `GitHub could not be reached at ${apiUrl} (${message}); on a self-hosted runner, look at HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS`;
  }
  const limitEnds = endOfLimit(status, message, response.headers);
  if (limitEnds !== null) return `GitHub's rate limit is reached; it ends ${limitEnds}, and the next run tries again`;
  if (status === 401) return `GitHub does not take the token (401); ${GIVE_TOKEN}`;
  if (status === 403 || status === 404) {
    return `the token may not write issues of ${repository} (${status}: ${message}); give the job "permissions: issues: write"; ${GIVE_TOKEN}`;
  }
  if (status === 410)
    return `${repository} has its issues disabled; turn them on in its settings, or leave out report-issue`;
  if (status >= 500) return `GitHub has trouble (${status}: ${message}); the next run tries again`;
  return `GitHub refused it (${status}: ${message})`;
}

const GIVE_TOKEN = 'give the step "github-token: $' + '{{ github.token }}"';

function timedOut({ cause }: RequestTrouble): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError';
}

/** When the rate limit ends that a refusal tells of; null where it tells of none. */
function endOfLimit(
  status: number,
  message: string,
  headers: Readonly<Record<string, string | number | undefined>>
): string | null {
  if (status !== 403 && status !== 429) return null;
  if (headers['retry-after'] !== undefined) {
    return `at ${formatUtc(new Date(Date.now() + Number(headers['retry-after']) * 1000))}`;
  }
  if (headers['x-ratelimit-remaining'] === '0') {
    return `at ${formatUtc(new Date(Number(headers['x-ratelimit-reset']) * 1000))}`;
  }
  return status === 429 || /rate limit/i.test(message) ? 'in a minute at the earliest' : null;
}
