/** Validates the answers of GitHub's API, once, where they enter: a proxy or a sign-in page may answer instead. */

/** An answer that is not one of GitHub's API. The message names the host and says what it answered. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
}

/** An issue as the API lists it. */
export interface ListedIssue {
  readonly number: number;
  readonly url: string;
  readonly body: string;
  /** null if the account was deleted. */
  readonly author: string | null;
  readonly isPullRequest: boolean;
}

/** A response of the client, whose types are what GitHub promises, not what was received. */
export interface ApiResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Throws `UnusableAnswer` unless the answer is a structure or a list: the client passes on anything, an HTML page as a text. */
export function checkAnswer({ url, status, headers, data }: ApiResponse): void {
  if (typeof data === 'object' && data !== null && !(data instanceof ArrayBuffer)) return;
  const type = headers['content-type'] || 'without a type';
  throw new UnusableAnswer(
    `${hostOf(url)} did not answer as GitHub's API does (status ${status}, ${type}); a proxy or a sign-in page may have answered instead`
  );
}

/** The account that the token belongs to, from a GraphQL answer. */
export function readLogin({ url, data }: ApiResponse): string {
  const { data: result, errors } = toFields(data);
  const login = toFields(toFields(result).viewer).login;
  if (typeof login === 'string' && login !== '') return login;
  const [error] = Array.isArray(errors) ? errors : [];
  const { message } = toFields(error);
  const why = typeof message === 'string' ? `: ${message}` : '';
  throw new UnusableAnswer(`${hostOf(url)} did not say which account the token belongs to${why}`);
}

/** A page of a list of issues. */
export function readIssues({ url, data }: ApiResponse): ListedIssue[] {
  if (!Array.isArray(data)) throw new UnusableAnswer(`${hostOf(url)} did not answer with a list of issues`);
  return data.map((issue: unknown) => readIssue(issue, url));
}

/**
 * The URL of the page that follows; null after the last one. Throws `UnusableAnswer` if it is on another host, which must not get
 * the token, or one of the pages before: such a list has no end.
 */
export function readNextPage(
  { url, headers }: ApiResponse,
  apiUrl: string,
  earlier: ReadonlySet<string>
): string | null {
  const [, next] = /<([^<>]*)>; *rel="next"/.exec(String(headers.link ?? '')) ?? [];
  if (next === undefined) return null;
  const host = hostOf(url);
  if (URL.parse(next)?.origin !== URL.parse(apiUrl)?.origin) {
    throw new UnusableAnswer(`${host} continues the list of issues on another host, ${hostOf(next)}`);
  }
  if (earlier.has(next)) throw new UnusableAnswer(`${host} answered with a list of issues that starts over`);
  return next;
}

/** An issue of a list, or one that was created. */
export function readIssue(data: unknown, apiUrl: string): ListedIssue {
  const { number, html_url: url, body, user, pull_request } = toFields(data);
  const author = toFields(user).login;
  const isIssue =
    typeof number === 'number' &&
    Number.isSafeInteger(number) &&
    typeof url === 'string' &&
    (typeof body === 'string' || isAbsent(body)) &&
    (typeof author === 'string' || isAbsent(user));
  if (!isIssue)
    throw new UnusableAnswer(`${hostOf(apiUrl)} answered with an issue without a number, URL, text or author`);
  return {
    number,
    url,
    body: typeof body === 'string' ? body : '',
    author: typeof author === 'string' ? author : null,
    isPullRequest: !isAbsent(pull_request)
  };
}

/** Whether the answer says that a repository is private. Any other value than `true` does not. */
export function readIsPrivate(data: unknown): boolean {
  return toFields(data).private === true;
}

/** Far more than a page of 100 issues, whose texts have at most 64 KiB each. */
const MAX_ANSWER_MIB = 32;

type Fetch = typeof fetch;

/** Reads each answer to its end before it is passed on. Rejects with `UnusableAnswer` if it is too large. */
export function limitAnswers(fetchAnswer: Fetch): Fetch {
  return async (resource, options) => {
    const response = await fetchAnswer(resource, options);
    if (response.body === null) return response;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > MAX_ANSWER_MIB * 2 ** 20) {
        throw new UnusableAnswer(`${hostOf(response.url)} answered with more than ${MAX_ANSWER_MIB} MiB`);
      }
      chunks.push(chunk);
    }
    const { status, statusText, headers, url } = response;
    const whole = new Response(Buffer.concat(chunks), { status, statusText, headers });
    return Object.defineProperty(whole, 'url', { value: url });
  };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'GitHub';
}

function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
