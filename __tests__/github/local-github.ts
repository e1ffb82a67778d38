/** A GitHub server with one repository on the loopback interface, with the part of the API that the tracking issue uses. */

import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse
} from 'node:http';
import { text } from 'node:stream/consumers';

export const REPOSITORY = 'octo-org/streams';
export const TOKEN = 'ghs_local0123456789';
export const BOT = 'github-actions[bot]';

/** An issue as the server stores it. */
export interface LocalIssue {
  readonly number: number;
  readonly author: string;
  readonly isPullRequest: boolean;
  readonly title: string;
  body: string | null;
  state: string;
  stateReason: string | null;
  readonly comments: string[];
}

/** What happens instead of a regular response. */
export type Fault =
  | { status: number; message?: string; headers?: Record<string, string> }
  | { answer: string; type?: string; link?: string }
  | 'hang'
  | 'reset'
  /** A body that drips, and one of blanks; neither ends. */
  | 'drip'
  | 'flood';

interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

export class LocalGithub {
  readonly issues: LocalIssue[] = [];
  /** Every request, such as `POST /repos/…`. */
  readonly requests: string[] = [];
  /** The account that the token belongs to. */
  login = BOT;
  /** Undefined if the token cannot read the repository itself. */
  isPrivate: unknown = false;
  /** Whether the list respects the parameter `creator`. */
  filtersByAuthor = true;
  /** Faults by the beginning of the requests that they affect, such as `POST /repos/`. */
  readonly faults = new Map<string, Fault>();

  readonly #hanging = Promise.withResolvers<void>();
  /** Resolves when a request hangs because of a fault. */
  readonly hanging = this.#hanging.promise;
  readonly #base: string;
  readonly #server: Server;

  private constructor(base: string) {
    this.#base = base;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** Starts a server. GitHub Enterprise Server has its REST API at `/api/v3`. */
  static async start(base: '' | '/api/v3' = ''): Promise<LocalGithub> {
    const github = new LocalGithub(base);
    github.#server.listen(0, '127.0.0.1');
    await once(github.#server, 'listening');
    return github;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.port}${this.#base}`;
  }

  /** Adds an issue. */
  add(overrides: Partial<Omit<LocalIssue, 'number' | 'comments'>> = {}): LocalIssue {
    const issue = {
      number: this.issues.length + 1,
      author: BOT,
      isPullRequest: false,
      title: 'An issue',
      body: null,
      state: 'open',
      stateReason: null,
      comments: [],
      ...overrides
    };
    this.issues.push(issue);
    return issue;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const url = new URL(path, this.apiUrl);
    const line = `${method} ${url.pathname}`;
    this.requests.push(line);
    const [, fault] = [...this.faults].find(([prefix]) => line.startsWith(prefix)) ?? [];
    if (fault === 'hang') return this.#hanging.resolve();
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'drip' || fault === 'flood') return sendWithoutEnd(response, fault === 'drip' ? 1 : 2 ** 20);
    if (fault !== undefined && 'answer' in fault) {
      const { answer, type = 'application/json', link } = fault;
      const headers = { 'content-type': type, ...(link !== undefined && { link: `<${link}>; rel="next"` }) };
      return void response.writeHead(200, headers).end(answer);
    }
    const body = method === 'GET' ? {} : JSON.parse(await text(request));
    const answer = fault === undefined ? this.#respond(method, url, body, headers) : errorResponse(fault);
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  }

  #respond(
    method: string,
    url: URL,
    body: Readonly<Record<string, unknown>>,
    { authorization = '' }: IncomingHttpHeaders
  ): ApiResponse {
    // GitHub does not repeat the token, but a proxy may.
    if (authorization !== `token ${TOKEN}`) {
      return errorResponse({ status: 401, message: `Bad credentials: ${authorization}` });
    }
    if (url.pathname === (this.#base === '' ? '/graphql' : '/api/graphql')) {
      return { status: 200, body: { data: { viewer: { login: this.login } } } };
    }
    const [repository, path] = url.pathname.slice(this.#base.length).split('/issues');
    if (repository !== `/repos/${REPOSITORY}`) return NOT_FOUND;
    if (path === undefined) {
      return this.isPrivate === undefined ? NOT_FOUND : { status: 200, body: { private: this.isPrivate } };
    }
    if (method === 'GET') return this.#list(url);
    if (path === '') {
      const issue = this.add({ author: this.login, title: String(body.title), body: String(body.body) });
      return { status: 201, body: toJson(issue) };
    }
    const [, number, comments] = path.split('/');
    const issue = this.issues[Number(number) - 1];
    if (issue === undefined) return NOT_FOUND;
    if (comments !== undefined) {
      issue.comments.push(String(body.body));
      return { status: 201, body: { body: body.body } };
    }
    if (typeof body.body === 'string') issue.body = body.body;
    if (typeof body.state === 'string') issue.state = body.state;
    if (typeof body.state_reason === 'string') issue.stateReason = body.state_reason;
    return { status: 200, body: toJson(issue) };
  }

  #list(url: URL): ApiResponse {
    const parameter = (name: string, otherwise: string) => url.searchParams.get(name) ?? otherwise;
    const found = this.issues
      .filter(({ state }) => state === parameter('state', 'open'))
      .filter(({ author }) => !this.filtersByAuthor || author === parameter('creator', author));
    // GitHub lists the latest first by default.
    if (parameter('direction', 'desc') === 'desc') found.reverse();
    const size = Number(parameter('per_page', '30'));
    const page = Number(parameter('page', '1'));
    const body = found.slice((page - 1) * size, page * size).map(toJson);
    if (found.length <= page * size) return { status: 200, body };
    const next = new URL(url);
    next.searchParams.set('page', `${page + 1}`);
    return { status: 200, body, headers: { link: `<${next}>; rel="next"` } };
  }
}

function toJson({ number, author, isPullRequest, title, body, state, stateReason }: LocalIssue): object {
  const html_url = `https://github.example/${REPOSITORY}/issues/${number}`;
  const issue = { number, title, body, state, state_reason: stateReason, html_url, user: { login: author } };
  return isPullRequest ? { ...issue, pull_request: {} } : issue;
}

function sendWithoutEnd(response: ServerResponse, size: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = Buffer.alloc(size, ' ');
  const send = () => {
    if (!response.destroyed) response.write(chunk, () => setTimeout(send, size === 1 ? 5 : 0));
  };
  send();
}

function errorResponse({ status, message = 'Error', headers = {} }: Extract<Fault, { status: number }>): ApiResponse {
  return { status, body: { message }, headers };
}

const NOT_FOUND = errorResponse({ status: 404, message: 'Not Found' });
