/** The issues of a repository, through GitHub's REST API. Requests use the proxy in HTTPS_PROXY if it is set. */

import { formatUtc } from '../encryption/format.ts';
import {
  type ApiResponse,
  checkAnswer,
  type ListedIssue,
  limitAnswers,
  readIsPrivate,
  readIssue,
  readIssues,
  readLogin,
  readNextPage,
  UnusableAnswer
} from './api-answers.ts';
import { truncate } from './log.ts';

/** An open issue. */
export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly body: string;
}

/** The issues of a repository. Every method rejects with an error that says what happened and what to do. */
export interface Issues {
  /**
   * Lists the open issues that the token's own account wrote, oldest first. Issues of other accounts are ignored, whatever
   * marker they contain. All workflows of a repository share one account, github-actions[bot]. A workflow that posts text
   * from strangers and lets them write its first line could therefore still imitate the tracking issue.
   */
  listOwn(): Promise<Issue[]>;
  /** Whether everybody can read the repository. Assumed if GitHub does not tell. */
  isPublic(): Promise<boolean>;
  open(title: string, body: string): Promise<Issue>;
  update(number: number, body: string): Promise<void>;
  /** Closes an issue as completed. */
  close(number: number): Promise<void>;
  comment(number: number, body: string): Promise<void>;
}

/** The proxy variables of the environment, checked. */
export interface ProxySettings {
  /** The variables for HTTP clients. Each value is a valid URL, or empty if the variable cannot be used. */
  readonly env: Readonly<Record<string, string>>;
  /** Why the proxy for a request to this URL cannot be used; null if it can, or if the request uses none. */
  faultOf(url: URL): string | null;
}

export interface ApiOptions {
  /** `owner/name` */
  readonly repository: string;
  /** The base URL of the REST API, which differs on GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly token: string;
  readonly proxies: ProxySettings;
  /** Aborts all requests. */
  readonly signal: AbortSignal;
  /** The timeout of one request. */
  readonly requestMs: number;
}

/**
 * Opens the issues of a repository. Rejects if the proxy for them cannot be used. Loads @actions/github only here, because
 * that takes time; it reads the proxy from `process.env`.
 */
export async function openIssues(options: ApiOptions): Promise<Issues> {
  const { repository, apiUrl, token, proxies, signal, requestMs } = options;
  const url = new URL(apiUrl);
  const fault = LOOPBACK.test(url.hostname) ? null : proxies.faultOf(url);
  if (fault !== null) throw new Error(fault);
  Object.assign(process.env, proxies.env);
  const { getOctokit } = await loadClient();
  const octokit = getOctokit(token, { baseUrl: apiUrl, userAgent: 'stream-encryption' });
  octokit.hook.before('request', (options) => {
    const requestSignal = AbortSignal.any([signal, AbortSignal.timeout(requestMs)]);
    options.request = {
      ...options.request,
      signal: requestSignal,
      fetch: limitAnswers(options.request.fetch ?? fetch)
    };
  });
  octokit.hook.after('request', checkAnswer);
  octokit.hook.error('request', (error) => {
    if (error instanceof UnusableAnswer) throw error;
    if (error.cause instanceof UnusableAnswer) throw error.cause;
    throw new Error(formatRequestError(error, { repository, apiUrl, requestMs }));
  });

  const { issues, repos } = octokit.rest;
  const [owner = '', repo = ''] = repository.split('/');
  return {
    async listOwn() {
      // GraphQL names the account for user tokens and app tokens alike. The REST API has no call that does.
      const login = readLogin(
        await octokit.request('POST /graphql', { baseUrl: graphqlUrl(apiUrl), query: '{ viewer { login } }' })
      );
      const order = { sort: 'created', direction: 'asc', per_page: 100 } as const;
      const listed: ListedIssue[] = [];
      const pages = new Set<string>();
      let page: ApiResponse = await issues.listForRepo({ owner, repo, state: 'open', creator: login, ...order });
      for (;;) {
        listed.push(...readIssues(page));
        const next = readNextPage(page, apiUrl, pages);
        if (next === null) return listed.filter(({ author, isPullRequest }) => author === login && !isPullRequest);
        pages.add(next);
        page = await octokit.request(`GET ${next}`);
      }
    },
    async isPublic() {
      try {
        return !readIsPrivate((await repos.get({ owner, repo })).data);
      } catch {
        signal.throwIfAborted();
        return true;
      }
    },
    async open(title, body) {
      const { data } = await issues.create({ owner, repo, title, body });
      return { ...readIssue(data, apiUrl), body };
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

/**
 * Hides the event from @actions/github, which reads it synchronously when it is loaded: without an end if it is a named pipe,
 * and with an error if it is no JSON.
 */
async function loadClient() {
  const { GITHUB_EVENT_PATH: eventPath } = process.env;
  delete process.env.GITHUB_EVENT_PATH;
  try {
    return await import('@actions/github');
  } finally {
    if (eventPath !== undefined) process.env.GITHUB_EVENT_PATH = eventPath;
  }
}

/** The hosts for which @actions/github never uses a proxy. */
const LOOPBACK = /^(localhost$|127\.|\[::1\])/;

/** GitHub Enterprise Server has its REST API at /api/v3, and GraphQL at /api/graphql. */
function graphqlUrl(apiUrl: string): string {
  return apiUrl.replace(/\/api\/v3\/?$/, '/api');
}

type ResponseHeaders = Readonly<Record<string, string | number | undefined>>;

/** An error that the client throws for a request. It has no `response` if GitHub did not answer. */
interface RequestError extends Error {
  readonly status?: number;
  readonly response?: { readonly headers: ResponseHeaders } | undefined;
}

const ADD_TOKEN = 'add "github-token: $' + '{{ github.token }}" to the step';

/** What happened, and what to do. */
function formatRequestError(
  error: RequestError,
  { repository, apiUrl, requestMs }: Pick<ApiOptions, 'repository' | 'apiUrl' | 'requestMs'>
): string {
  const { status = 0, response } = error;
  const message = truncate(error.message);
  if (response === undefined) {
    return isTimeout(error)
      ? `GitHub did not answer within ${requestMs / 1000} s; the next run retries`
      : `GitHub could not be reached at ${apiUrl} (${message}); on a self-hosted runner, check HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS`;
  }
  const limitResets = rateLimitReset(status, message, response.headers);
  if (limitResets !== null) {
    return `GitHub's rate limit is exceeded; it resets ${limitResets}, and the next run retries`;
  }
  if (status === 401) return `GitHub rejected the token (401); ${ADD_TOKEN}`;
  if (status === 403 || status === 404) {
    return `the token cannot write issues of ${repository} (${status}: ${message}); add "permissions: issues: write" to the job; ${ADD_TOKEN}`;
  }
  if (status === 410) {
    return `issues are disabled in ${repository}; enable them in its settings, or remove report-issue`;
  }
  if (status >= 500) return `GitHub returned an error (${status}: ${message}); the next run retries`;
  return `GitHub rejected the request (${status}: ${message})`;
}

function isTimeout({ cause }: RequestError): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError';
}

/** When the rate limit resets that caused this response; null if none did. */
function rateLimitReset(status: number, message: string, headers: ResponseHeaders): string | null {
  if (status !== 403 && status !== 429) return null;
  const retryAfter = headers['retry-after'];
  if (retryAfter !== undefined) return formatReset(retryTime(String(retryAfter)));
  if (headers['x-ratelimit-remaining'] === '0') return formatReset(Number(headers['x-ratelimit-reset']) * 1000);
  return status === 429 || /rate limit/i.test(message) ? UNKNOWN_RESET : null;
}

const UNKNOWN_RESET = 'in a minute at the earliest';

/** `Retry-After` holds seconds or a date. Source: RFC 9110, section 10.2.3. */
function retryTime(retryAfter: string): number {
  return /^\d+$/.test(retryAfter) ? Date.now() + Number(retryAfter) * 1000 : Date.parse(retryAfter);
}

/** `timeMs` may be no time at all. */
function formatReset(timeMs: number): string {
  const time = new Date(timeMs);
  return Number.isNaN(time.getTime()) ? UNKNOWN_RESET : `at ${formatUtc(time)}`;
}
