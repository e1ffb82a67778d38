/** What all clients of a run share: region, proxy, certificate authority, timeouts, user agent, and how calls are made. */

import http from 'node:http';
import https from 'node:https';
import { getCACertificates } from 'node:tls';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { NodeHttpHandlerOptions, UserAgent } from '@smithy/types';
import type { Clock } from '../encryption/ports.ts';
import { VERSION } from '../version.ts';
import type { Call } from './call.ts';
import { type CallOptions, callAws, type Send } from './calls.ts';
import { watchDeparture } from './departure.ts';
import { credentialSources, endpointVariables } from './environment.ts';
import { INVALID_PROXY } from './errors.ts';
import { namedPipes } from './files.ts';
import { Hosts, ProxyRefusal } from './hosts.ts';
import { LimitedHandler, limitAnswerSizes } from './limited-handler.ts';
import { type Proxies, readProxies } from './proxy.ts';
import { RateLimiter } from './rate-limiter.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** A control call is answered in well under a second. After this long it counts as unanswered. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface ConnectionOptions {
  readonly region: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Receives a line per request, for step debug logging. */
  readonly debug: (line: string) => void;
  /** Receives a line when a host cannot be reached, and one when the wait for it ends. */
  readonly log?: (line: string) => void;
  /** Receives the secret key and the session token that a request is signed with. */
  readonly onSecrets?: (secrets: readonly string[]) => void;
  /** The certificates in AWS_CA_BUNDLE. */
  readonly caBundle?: string | undefined;
  /** How long an answer may take, to its last byte; ten seconds if left out. */
  readonly requestTimeoutMs?: number;
}

export interface Connection {
  readonly config: {
    readonly region: string;
    readonly requestHandler: NodeHttpHandler;
    readonly customUserAgent: UserAgent;
  };
  /** Sends a command, as `callAws` does. */
  call<Output>(call: Call, options: CallOptions, send: Send<Output>): Promise<Output>;
  /** Ends open requests and waiting calls. */
  close(): void;
}

/**
 * Opens the connection of a run. It uses HTTP/1.1, which both services, all proxies and all emulators support. The SDK reads
 * neither HTTPS_PROXY nor AWS_CA_BUNDLE itself; Node's agents do, with `proxyEnv` and `ca`.
 */
export function connect({
  region,
  env,
  clock,
  debug,
  log = () => {},
  onSecrets = () => {},
  caBundle,
  requestTimeoutMs = REQUEST_TIMEOUT_MS
}: ConnectionOptions): Connection {
  const ca = caBundle === undefined ? {} : { ca: [...getCACertificates('default'), caBundle] };
  const proxies = readProxies(env);
  const closed = new AbortController();
  const hosts = new Hosts(clock, log);
  const routing = { region, env, proxies, hosts, onSecrets, closed: closed.signal };
  const requestHandler = new RoutedHandler(routing, requestTimeoutMs, {
    httpAgent: new http.Agent({ keepAlive: true, proxyEnv: proxies.env }),
    httpsAgent: new https.Agent({ keepAlive: true, proxyEnv: proxies.env, ...ca }),
    connectionTimeout: CONNECT_TIMEOUT_MS
  });
  const customUserAgent: UserAgent = [['stream-encryption', VERSION]];
  if (env.GITHUB_RUN_ID) customUserAgent.push(['run', env.GITHUB_RUN_ID]);
  const liftSizeLimit = limitAnswerSizes();
  const rateLimiter = new RateLimiter(clock, closed.signal);
  const tools = { rateLimiter, hosts, debug, onSecrets, namedPipes: () => namedPipes(env) };
  return {
    config: { region, requestHandler, customUserAgent },
    call: (call, options, send) =>
      callAws(tools, { ...call, credentialSources: credentialSources(env) }, options, send),
    close() {
      closed.abort();
      requestHandler.destroy();
      liftSizeLimit();
    }
  };
}

/** What decides where a request goes, and whether it gets there. */
interface Routing {
  readonly region: string;
  readonly env: ConnectionOptions['env'];
  readonly proxies: Proxies;
  readonly hosts: Hosts;
  readonly onSecrets: (secrets: readonly string[]) => void;
  readonly closed: AbortSignal;
}

/** Sends no request whose proxy variable cannot be used: without the proxy, it would take a way that nobody intended. */
class RoutedHandler extends LimitedHandler {
  readonly #routing: Routing;

  constructor(routing: Routing, timeoutMs: number, options: NodeHttpHandlerOptions) {
    super(timeoutMs, options);
    this.#routing = routing;
  }

  override async handle(...[request, options]: Parameters<NodeHttpHandler['handle']>) {
    const { region, env, proxies, hosts, onSecrets, closed } = this.#routing;
    const { protocol, hostname, port } = request;
    const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`);
    const fault = proxies.faultOf(url);
    if (fault !== null) throw new InvalidProxy(fault);
    const proxyVariable = proxies.variableFor(url);
    const route = { host: url.host, region, endpointVariables: endpointVariables(env, url.host), proxyVariable };
    const abort = options?.abortSignal;
    const signal = abort instanceof AbortSignal ? AbortSignal.any([abort, closed]) : closed;
    // AWS STS may be asked with other credentials than the services.
    const token = request.headers['x-amz-security-token'];
    if (token !== undefined) onSecrets([token]);
    return hosts.send(route, signal, (onConnected) =>
      watchDeparture(request.headers.authorization ?? '', onConnected, async () => {
        const answer = await super.handle(request, options);
        const { statusCode, headers } = answer.response;
        if (protocol === 'http:' && proxyVariable !== null && isRefusalOfProxy(statusCode, headers)) {
          throw new ProxyRefusal(`the proxy answered with status ${statusCode}`);
        }
        return answer;
      })
    );
  }
}

/** Whether the answer to a plain HTTP request is not that of a service, whose refusals are JSON. */
function isRefusalOfProxy(status: number, headers: Readonly<Record<string, string>>): boolean {
  return status === 407 || (status === 403 && !/json/.test(headers['content-type'] ?? ''));
}

/** A request needs a proxy variable that cannot be used. */
class InvalidProxy extends Error {
  override readonly name = INVALID_PROXY;
}
