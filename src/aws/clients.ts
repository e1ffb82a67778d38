/** How this action talks to AWS: region, proxy, certificate authority, timeouts, user agent, and the log of requests. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { getCACertificates } from 'node:tls';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { FinalizeRequestMiddleware, MetadataBearer, Pluggable, UserAgent } from '@smithy/types';
import { untilAborted } from '../encryption/abort.ts';
import { type Clock, ServiceError, type Trouble } from '../encryption/services.ts';
import { type Call, serviceError } from './errors.ts';
import { Pace } from './pace.ts';

/** The version in the user agent; a test holds it against package.json. */
export const VERSION = '1.0.0';

const CONNECT_TIMEOUT_MS = 5_000;
/** A control call answers in well under a second; one that has not after this long is tried again. */
const REQUEST_TIMEOUT_MS = 10_000;

/** What a connection is made from. */
export interface Surroundings {
  readonly region: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Takes a line a request, for step debug logging. */
  readonly debug: (line: string) => void;
  /** How long a request may stay without an answer; ten seconds if left out. */
  readonly requestTimeoutMs?: number;
}

/** What every client of a run shares. */
export interface Connection {
  readonly config: {
    readonly region: string;
    readonly requestHandler: NodeHttpHandler;
    readonly customUserAgent: UserAgent;
  };
  readonly clock: Clock;
  readonly pace: Pace;
  readonly debug: (line: string) => void;
  /** Aborts when the connection is closed. */
  readonly closed: AbortSignal;
  /** Ends the requests that are still open, and the waiting for turns. */
  close(): void;
}

/**
 * Opens the connection of a run. It speaks HTTP/1.1, as both services, every proxy and every emulator do. The SDK reads
 * neither HTTPS_PROXY nor AWS_CA_BUNDLE by itself; Node's agents do, with `proxyEnv` and `ca`.
 */
export function connect({
  region,
  env,
  clock,
  debug,
  requestTimeoutMs = REQUEST_TIMEOUT_MS
}: Surroundings): Connection {
  const bundle = env.AWS_CA_BUNDLE;
  const ca = bundle ? { ca: [...getCACertificates('default'), readBundle(bundle)] } : {};
  const requestHandler = new NodeHttpHandler({
    httpAgent: new http.Agent({ keepAlive: true, proxyEnv: env }),
    httpsAgent: new https.Agent({ keepAlive: true, proxyEnv: env, ...ca }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    socketTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true
  });
  const customUserAgent: UserAgent = [['stream-encryption', VERSION]];
  if (env.GITHUB_RUN_ID) customUserAgent.push(['run', env.GITHUB_RUN_ID]);
  const closing = new AbortController();
  const close = () => {
    closing.abort();
    requestHandler.destroy();
  };
  const pace = new Pace(clock, closing.signal);
  return { config: { region, requestHandler, customUserAgent }, clock, pace, debug, closed: closing.signal, close };
}

function readBundle(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`AWS_CA_BUNDLE names ${file}, which cannot be read: ${cause}`, { cause });
  }
}

/**
 * Calls AWS; rejects with a `ServiceError`, or with the signal's reason as soon as it aborts, whatever the SDK waits for.
 * Where calls queue for the account's rate, it lets others go first, for up to `yieldMs`.
 */
export async function answer<T>(
  call: Call,
  signal: AbortSignal,
  send: (options: { abortSignal: AbortSignal }) => Promise<T>,
  yieldMs = 0
): Promise<T> {
  signal.throwIfAborted();
  try {
    const answered = CALLS.run({ call, signal, yieldMs }, () => send({ abortSignal: signal }));
    return await untilAborted(answered, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw serviceError(error, call);
  }
}

/** What a middleware has to know of the call that it works for: the SDK hands on neither its signal nor its purpose. */
const CALLS = new AsyncLocalStorage<{ readonly call: Call; readonly signal: AbortSignal; readonly yieldMs: number }>();

/** Whatever a client is for, each try of its calls waits for its turn, and shows in the log of requests. */
export function equip<Input extends object, Output extends MetadataBearer>(
  client: { readonly middlewareStack: { use(plugin: Pluggable<Input, Output>): void } },
  service: string,
  { pace, debug }: Connection
): void {
  client.middlewareStack.use(turns(pace));
  client.middlewareStack.use(requestLog(service, debug));
}

/** A plugin that has each try of a call wait for its turn, before it is signed: a signature is good for minutes only. */
function turns<Input extends object, Output extends MetadataBearer>(pace: Pace): Pluggable<Input, Output> {
  const inTurn: FinalizeRequestMiddleware<Input, Output> = (next) => async (request) => {
    const asked = CALLS.getStore();
    if (asked === undefined) return next(request);
    const { call, signal, yieldMs } = asked;
    await pace.turn(call.action, signal, yieldMs);
    try {
      return await next(request);
    } catch (error) {
      if (SLOW_DOWN.has(serviceError(error, call).trouble)) pace.throttled(call.action);
      throw error;
    }
  };
  return {
    applyToStack: (stack) =>
      stack.addRelativeTo(inTurn, { relation: 'after', toMiddleware: 'retryMiddleware', name: 'turns' })
  };
}

const SLOW_DOWN: ReadonlySet<Trouble> = new Set(['throttled', 'limited']);

/** What an answer must hold; without it, something on the way has answered, not the service. */
export function held<T>(call: Call, part: T | undefined): T {
  if (part !== undefined) return part;
  throw new ServiceError('unanswered', `${call.action} for ${call.resource} in ${call.region}: an empty answer came`);
}

/**
 * The name that a list goes on after: each server pages by names, not each gives a token. Null where it has come to its
 * end, which an empty page is, or one that brings nothing new, whatever is said of more.
 */
export function nextName(hasMore: boolean | undefined, last: string | undefined, after: string | null): string | null {
  return hasMore && last !== undefined && last !== after ? last : null;
}

/** A plugin that tells the log of each request sent, each try by itself: operation, duration, status and request id. */
function requestLog<Input extends object, Output extends MetadataBearer>(
  service: string,
  debug: (line: string) => void
): Pluggable<Input, Output> {
  return {
    applyToStack: (stack) =>
      stack.add(
        (next, { commandName }) =>
          async (request) => {
            const beganMs = performance.now();
            const told = (metadata: Partial<MetadataBearer['$metadata']> | undefined) => {
              const duration = `${Math.round(performance.now() - beganMs)} ms`;
              const status = metadata?.httpStatusCode ?? 'no answer';
              debug(
                `${service} ${commandName?.replace(/Command$/, '')} ${duration} ${status} ${metadata?.requestId ?? ''}`.trimEnd()
              );
            };
            try {
              const result = await next(request);
              told(result.output.$metadata);
              return result;
            } catch (error) {
              told(metadataOf(error));
              throw error;
            }
          },
        { step: 'finalizeRequest', priority: 'low', name: 'requestLog' }
      )
  };
}

function metadataOf(error: unknown): Partial<MetadataBearer['$metadata']> | undefined {
  return typeof error === 'object' && error !== null && '$metadata' in error && typeof error.$metadata === 'object'
    ? (error.$metadata ?? undefined)
    : undefined;
}
