/** The hosts of a run. One that cannot be reached is waited for once, by all requests to it together. */

import type { Clock } from '../encryption/ports.ts';
import { retryDelay } from '../encryption/retry.ts';
import { readSdkError } from './sdk-error.ts';
import { NO_TLS, tlsAdvice } from './tls.ts';

/** How long a host may take to answer for the first time, from the first request to it. */
const LIMIT_MS = 30_000;
/** No jitter: the requests to a host that cannot be reached disturb nobody. */
const MEAN = 0.5;

/** Where a request goes. */
export interface Route {
  /** The host, with its port unless it is the default one. */
  readonly host: string;
  /** The region of the run. */
  readonly region: string;
  /** The variables AWS_ENDPOINT_URL… that contain the host. */
  readonly endpointVariables: readonly string[];
  /** The variable of the proxy that the request uses; null if it uses none. */
  readonly proxyVariable: string | null;
}

/** A proxy answered a request in place of the host. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
}

/**
 * No connection to a host was made. The message names the host, the variable that leads there, the reason, and what to do. It
 * has no `cause`, because the SDK would examine it and send the request again.
 */
export class UnreachableHost extends Error {
  override readonly name = 'UnreachableHost';

  constructor(route: Route, problem: string, failure: unknown) {
    super(`${formatRoute(route)} ${problem}: ${formatFailure(failure)}. ${remedy(route, failure)}`);
  }
}

/** What is known of a host. */
interface Host {
  readonly firstRequestMs: number;
  hasAnswered: boolean;
  /** Why the latest attempt did not reach it; null if none has failed, and once it answers. */
  failure: UnreachableHost | null;
  /** No more requests are sent to it. */
  isGivenUp: boolean;
}

export class Hosts {
  readonly #clock: Clock;
  readonly #log: (line: string) => void;
  readonly #hosts = new Map<string, Host>();

  /** `log` receives a line when the wait for a host begins, and one when it ends. */
  constructor(clock: Clock, log: (line: string) => void) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Why a host that has not answered yet cannot be reached; null if there is none. */
  get failure(): UnreachableHost | null {
    return [...this.#hosts.values()].findLast(({ failure }) => failure !== null)?.failure ?? null;
  }

  /**
   * Sends a request. As long as its host has never answered, an attempt that made no connection is repeated, until 30 s after
   * the first request to the host. Then, or at once if TLS does not trust the host, this request and all later ones reject
   * with `UnreachableHost`. Any other failure, and any failure of a host that has answered, rejects as it is.
   */
  async send<Answer>(
    route: Route,
    signal: AbortSignal,
    attempt: (onConnected: () => void) => Promise<Answer>
  ): Promise<Answer> {
    const host = this.#host(route);
    for (let failures = 1; ; failures++) {
      if (host.isGivenUp && host.failure !== null) throw host.failure;
      let isConnected = false;
      try {
        const answer = await attempt(() => {
          isConnected = true;
        });
        this.#answered(host, route);
        return answer;
      } catch (error) {
        const isUnreachable = error instanceof ProxyRefusal || (!isConnected && isNetworkError(error));
        if (!isUnreachable || host.hasAnswered || signal.aborted) throw error;
        this.#failed(host, route, error);
      }
      const leftMs = this.#leftMs(host);
      if (leftMs > 0) await this.#clock.sleep(Math.min(retryDelay(failures, MEAN), leftMs), signal);
    }
  }

  #host({ host: name }: Route): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host = { firstRequestMs: this.#clock.now(), hasAnswered: false, failure: null, isGivenUp: false };
    this.#hosts.set(name, host);
    return host;
  }

  #leftMs({ isGivenUp, firstRequestMs }: Host): number {
    return isGivenUp ? 0 : firstRequestMs + LIMIT_MS - this.#clock.now();
  }

  #answered(host: Host, route: Route): void {
    if (host.failure !== null) this.#log(`${route.host} answers now`);
    host.hasAnswered = true;
    host.failure = null;
    host.isGivenUp = false;
  }

  #failed(host: Host, route: Route, failure: unknown): void {
    if (host.isGivenUp) return;
    const isFirst = host.failure === null;
    const isTooLate = this.#leftMs(host) <= 0;
    const problem = isTooLate ? `has not answered for ${LIMIT_MS / 1000} s` : 'cannot be reached';
    host.failure = new UnreachableHost(route, problem, failure);
    host.isGivenUp = isTooLate || tlsAdvice(readSdkError(failure)) !== null;
    if (isTooLate) this.#log(`${route.host} ${problem}: nothing more is sent to it`);
    else if (isFirst && !host.isGivenUp) this.#log(`${host.failure.message}. Retrying for ${LIMIT_MS / 1000} s`);
  }
}

/** Whether the network failed. A request that cannot be built, such as one with an invalid header, has another error. */
function isNetworkError(error: unknown): boolean {
  const { code, innerCode } = readSdkError(error);
  return code === 'TimeoutError' || (innerCode !== '' && !/^ERR_(?!PROXY_|SSL_|TLS_)/.test(innerCode));
}

function formatRoute({ host, endpointVariables, proxyVariable }: Route): string {
  const origin = endpointVariables.length > 0 ? [`set in ${endpointVariables.join(' and ')}`] : [];
  const proxy = proxyVariable === null ? [] : [`through the proxy in ${proxyVariable}`];
  const parts = [...origin, ...proxy];
  return parts.length === 0 ? host : `${host} (${parts.join(', ')})`;
}

/** The text of an error: if each address of a host failed, that of the first one. */
function formatFailure(failure: unknown): string {
  const isList = typeof failure === 'object' && failure !== null && 'errors' in failure;
  const [first] = isList && Array.isArray(failure.errors) ? failure.errors : [failure];
  return readSdkError(first)
    .message.replace(/^@smithy\/\S+ - /, '')
    .trim()
    .replace(/\.+$/, '');
}

function remedy({ host, region, endpointVariables, proxyVariable }: Route, failure: unknown): string {
  const error = readSdkError(failure);
  const tls = tlsAdvice(error);
  const variables = proxyVariable === null ? endpointVariables : [proxyVariable];
  if (tls === NO_TLS && variables.length > 0) {
    return `The other side does not use TLS: check whether the URL in ${variables.join(' and ')} must begin with http://`;
  }
  if (tls !== null) return tls;
  if (proxyVariable !== null) {
    if (/ 407\b/.test(error.message)) return `Check the user name and the password in ${proxyVariable}`;
    const isRefusal = error.innerCode === 'ERR_PROXY_TUNNEL' || error.code === 'ProxyRefusal';
    return isRefusal ? `Check that the proxy in ${proxyVariable} allows this host` : `Check ${proxyVariable}`;
  }
  if (endpointVariables.length > 0) return `Check ${endpointVariables.join(' and ')}`;
  const isUnresolved = /^(ENOTFOUND|EAI_.*)$/.test(error.innerCode);
  if (isUnresolved && host.includes(region)) return `Check the region ${region}, and the DNS of the runner`;
  return 'Check that the network of the runner allows connections to this host';
}
