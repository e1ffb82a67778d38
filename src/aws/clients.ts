/** How this action talks to AWS: region, proxy, certificate authority, timeouts and user agent. */

import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { getCACertificates } from 'node:tls';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { UserAgent } from '@smithy/types';
import type { Clock } from '../encryption/ports.ts';
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
