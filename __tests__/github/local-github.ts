/** A GitHub of one repository on the loopback interface, as far as the tracking issue needs one: it keeps real issues. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export const REPOSITORY = 'octo-org/streams';
export const TOKEN = 'ghs_local0123456789';
export const BOT = 'github-actions[bot]';

/** An issue as the server keeps it. */
export interface LocalIssue {
  readonly number: number;
  readonly author: string;
  readonly isPullRequest: boolean;
  title: string;
  body: string | null;
  state: string;
  stateReason: string | null;
  readonly comments: string[];
}

/** What comes instead of an answer. */
export type Fault = { status: number; message?: string; headers?: Record<string, string> } | 'hang' | 'reset';

interface Call {
  readonly method: string;
  /** Below the base of the API, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

const LONGEST_BODY = 65_536;

export class LocalGithub {
  readonly issues: LocalIssue[] = [];
  /** Every request, as `POST /repos/…`. */
  readonly requests: string[] = [];
  /** Whose token it is. */
  login = BOT;
  /** What the token may do with issues. */
  may: 'nothing' | 'read' | 'write' = 'write';
  hasIssues = true;
  /** Whether issues are listed by their author where that is asked. */
  filtersByAuthor = true;
  /** The fault that requests starting so end in, as `POST /repos/`. */
  readonly faults = new Map<string, Fault>();

  readonly #hanging = Promise.withResolvers<void>();
  readonly #base: string;
  readonly #server: Server;

  private constructor(base: string) {
    this.#base = base;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** Starts one. GitHub Enterprise Server has its REST API at `/api/v3`. */
  static async start(base: '' | '/api/v3' = ''): Promise<LocalGithub> {
    const github = new LocalGithub(base);
    github.#server.listen(0, '127.0.0.1');
    await once(github.#server, 'listening');
    return github;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return (address satisfies AddressInfo).port;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.port}${this.#base}`;
  }

  /** Puts an issue there. */
  add(otherwise: Partial<Omit<LocalIssue, 'number' | 'comments'>> = {}): LocalIssue {
    const issue = {
      number: this.issues.length + 1,
      author: BOT,
      isPullRequest: false,
      title: 'An issue',
      body: null,
      state: 'open',
      stateReason: null,
      comments: [],
      ...otherwise
    };
    this.issues.push(issue);
    return issue;
  }

  /** The requests that change something. */
  writes(): string[] {
    return this.requests.filter((request) => !request.startsWith('GET ') && !request.endsWith('graphql'));
  }

  /** Resolves when a request hangs. */
  get hanging(): Promise<void> {
    return this.#hanging.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.apiUrl);
    const method = request.method ?? '';
    const line = `${method} ${url.pathname}`;
    this.requests.push(line);
    const [, fault] = [...this.faults].find(([start]) => line.startsWith(start)) ?? [];
    if (fault === 'hang') return this.#hanging.resolve();
    if (fault === 'reset') return void request.socket.destroy();
    const body = method === 'GET' ? {} : await json(request);
    const call = {
      method,
      path: url.pathname.slice(this.#base.length),
      query: url.searchParams,
      body: isRecord(body) ? body : {}
    };
    const answer = fault === undefined ? this.#answer(request, url, call) : refusal(fault);
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  }

  #answer(request: IncomingMessage, url: URL, call: Call): Answer {
    const given = request.headers.authorization ?? '';
    // GitHub does not say the token again; a proxy in between may.
    if (given !== `token ${TOKEN}`) return refusal({ status: 401, message: `Bad credentials: ${given}` });
    if (url.pathname === (this.#base === '' ? '/graphql' : '/api/graphql')) {
      return { status: 200, body: { data: { viewer: { login: this.login } } } };
    }
    const issues = `/repos/${REPOSITORY}/issues`;
    if (!call.path.startsWith(issues) || this.may === 'nothing') return refusal({ status: 404, message: 'Not Found' });
    if (call.method === 'GET') return this.#list(url, call);
    if (this.may === 'read') return refusal({ status: 403, message: 'Resource not accessible by integration' });
    if (!this.hasIssues) return refusal({ status: 410, message: 'Issues has been disabled in this repository.' });
    if (typeof call.body.body === 'string' && call.body.body.length > LONGEST_BODY) {
      return refusal({ status: 422, message: 'Validation Failed: body is too long (maximum is 65536 characters)' });
    }
    return this.#write(call, call.path.slice(issues.length));
  }

  #list(url: URL, { query }: Call): Answer {
    const found = this.issues
      .filter(({ state }) => state === (query.get('state') ?? 'open'))
      .filter(({ author }) => !this.filtersByAuthor || author === (query.get('creator') ?? author));
    // Latest first, as GitHub does unless it is asked otherwise.
    if (query.get('direction') !== 'asc') found.reverse();
    const size = Number(query.get('per_page') ?? 30);
    const page = Number(query.get('page') ?? 1);
    const next = new URL(url);
    next.searchParams.set('page', `${page + 1}`);
    const isLast = found.length <= page * size;
    return {
      status: 200,
      body: found.slice((page - 1) * size, page * size).map((issue) => this.#shown(issue)),
      headers: isLast ? {} : { link: `<${next}>; rel="next"` }
    };
  }

  #write({ method, body }: Call, path: string): Answer {
    if (method === 'POST' && path === '') {
      const issue = this.add({ author: this.login, title: String(body.title), body: String(body.body) });
      return { status: 201, body: this.#shown(issue) };
    }
    const [, number, comments] = /^\/(\d+)(\/comments)?$/.exec(path) ?? [];
    const issue = this.issues[Number(number) - 1];
    if (issue === undefined) return refusal({ status: 404, message: 'Not Found' });
    if (comments !== undefined) {
      issue.comments.push(String(body.body));
      return { status: 201, body: { body: body.body } };
    }
    if (typeof body.title === 'string') issue.title = body.title;
    if (typeof body.body === 'string') issue.body = body.body;
    if (typeof body.state === 'string') issue.state = body.state;
    if (typeof body.state_reason === 'string') issue.stateReason = body.state_reason;
    return { status: 200, body: this.#shown(issue) };
  }

  #shown({ number, author, isPullRequest, title, body, state, stateReason }: LocalIssue): object {
    return {
      number,
      title,
      body,
      state,
      state_reason: stateReason,
      html_url: `https://github.example/${REPOSITORY}/issues/${number}`,
      user: { login: author },
      ...(isPullRequest ? { pull_request: {} } : {})
    };
  }
}

function refusal({ status, message = 'Trouble', headers = {} }: Exclude<Fault, string>): Answer {
  return { status, body: { message }, headers };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
