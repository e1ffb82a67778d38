/** One call to AWS: rate limit, request log, retries of the SDK, cancellation. */

import type { FinalizeRequestMiddleware, HandlerExecutionContext, MetadataBearer, Pluggable } from '@smithy/types';
import { untilAborted } from '../encryption/deadline.ts';
import { type ErrorKind, ServiceError, TimedOut } from '../encryption/ports.ts';
import { type Call, formatCall } from './call.ts';
import { watchDeparture } from './departure.ts';
import { isClockError, serviceError } from './errors.ts';
import { type Hosts, UnreachableHost } from './hosts.ts';
import { type Permit, type RateLimiter, yieldTimeMs } from './rate-limiter.ts';

/** How a call is made. */
export interface CallOptions {
  readonly signal: AbortSignal;
  /** For a poll, the time left until the deadline, in milliseconds. A part of it may go to other requests first. */
  readonly pollTimeLeftMs?: number | undefined;
  /** Called when the rate limiter lets the call go for the first time, before credentials are resolved. */
  readonly onReady?: (() => void) | undefined;
  /** Called for each attempt, as soon as it has a connection: after it was signed, and before anything can take effect. */
  readonly onSend?: () => void;
  /** The SDK must not retry: after a lost answer and a second request, nobody could know which of the two took effect. */
  readonly isSentOnce?: boolean;
  /** Whether a request that was refused because of the clock may be sent again; it may if left out. */
  readonly mayRepeat?: (() => boolean) | undefined;
}

/** What every call of a run shares. */
export interface CallTools {
  readonly rateLimiter: RateLimiter;
  readonly hosts: Hosts;
  /** Receives a line per request. */
  readonly debug: (line: string) => void;
  /** Receives the secret key and the session token that a request is signed with. */
  readonly onSecrets: (secrets: readonly string[]) => void;
  /** The SDK's files that are named pipes, for a call that waited for one; empty if none is. */
  readonly namedPipes: () => string;
}

/** A command of the SDK, to which middleware can be added. */
interface Command<Input extends object, Output extends MetadataBearer> {
  readonly middlewareStack: { use(plugin: Pluggable<Input, Output>): void };
}

/** Adds the middleware of a call to its command, and returns the command. */
type Attach = <C extends Command<Input, Output>, Input extends object, Output extends MetadataBearer>(
  command: C & Command<Input, Output>
) => C;

/** Creates the command, attaches the middleware to it, and sends it. */
export type Send<Output> = (attach: Attach, options: { abortSignal: AbortSignal }) => Promise<Output>;

/**
 * Waits for the rate limiter, then sends a command. Rejects with a `ServiceError`, or with the signal's reason as soon as it
 * aborts, even if the SDK still waits. If a deadline passes before an attempt has left, the `ServiceError` says so. The
 * middleware is added per command, because the SDK gives it neither the signal nor the options of the call.
 */
export async function callAws<Output>(
  { rateLimiter, hosts, debug, onSecrets, namedPipes }: CallTools,
  call: Call,
  options: CallOptions,
  send: Send<Output>
): Promise<Output> {
  const { signal, pollTimeLeftMs = 0, onReady } = options;
  const acquire = () => rateLimiter.acquire(call.action, signal, yieldTimeMs(pollTimeLeftMs));
  const permit = await acquire();
  onReady?.();
  let isSigned = false;
  let hasLeft = false;
  let leftAtMs: number | null = null;
  const departure: Departure = {
    onSigned() {
      // Credentials that come too late must not send the request after all.
      signal.throwIfAborted();
      isSigned = true;
    },
    onLeave() {
      hasLeft = true;
      leftAtMs = performance.now();
      options.onSend?.();
    },
    onAnswer() {
      leftAtMs = null;
    }
  };
  const attach: Attach = (command) => {
    if (options.isSentOnce) command.middlewareStack.use(withoutSdkRetries());
    command.middlewareStack.use(rateLimit(rateLimiter, call, permit, acquire));
    command.middlewareStack.use(retryAfterClockCorrection(options.mayRepeat));
    command.middlewareStack.use(reportSecrets(onSecrets));
    command.middlewareStack.use(requestLog(debug, call, departure));
    return command;
  };
  try {
    return await untilAborted(send(attach, { abortSignal: signal }), signal);
  } catch (error) {
    if (signal.reason instanceof TimedOut && !hasLeft) {
      throw hosts.failure === null ? notSent(call, isSigned, namedPipes()) : serviceError(hosts.failure, call);
    }
    const waitedMs = leftAtMs === null ? 0 : performance.now() - leftAtMs;
    if (signal.reason instanceof TimedOut && waitedMs >= LONG_MS) {
      const waited = `no answer came within ${Math.floor(waitedMs / 1000)} s`;
      throw new ServiceError('unanswered', `${formatCall(call)}: ${waited}`, { cause: error });
    }
    signal.throwIfAborted();
    throw serviceError(error, call);
  }
}

/** A request that took this long is worth a word when the deadline ends it. A control call is answered in well under a second. */
const LONG_MS = 1_000;

/** Follows the attempts of a call. */
interface Departure {
  /** An attempt was signed. Throws if it must not be sent any more. */
  readonly onSigned: () => void;
  /** An attempt has its connection. */
  readonly onLeave: () => void;
  /** An attempt was answered, or given up. */
  readonly onAnswer: () => void;
}

/** A deadline passed before any attempt had left: it waited for the SDK's files and credentials, then for a connection. */
function notSent(call: Call, isSigned: boolean, pipes: string): ServiceError {
  const remedy = pipes || `check where they come from${call.credentialSources ? ` (${call.credentialSources})` : ''}`;
  const reason = isSigned ? 'no connection was made in time' : `its credentials were not available in time: ${remedy}`;
  return new ServiceError('unanswered', `${formatCall(call)}: the request was not sent, because ${reason}`);
}

/** The name of the SDK's middleware that retries. A test fails if a new version of the SDK renames it. */
const SDK_RETRIES = 'retryMiddleware';

/** Replaces the SDK's retries for one command. */
function withoutSdkRetries<Input extends object, Output extends MetadataBearer>(): Pluggable<Input, Output> {
  const pass: FinalizeRequestMiddleware<Input, Output> = (next) => next;
  return {
    applyToStack: (stack) =>
      stack.add(pass, { name: SDK_RETRIES, step: 'finalizeRequest', priority: 'high', override: true })
  };
}

const RATE_LIMIT = 'rateLimit';
const THROTTLES: ReadonlySet<ErrorKind> = new Set(['throttled', 'limited']);

/**
 * Makes each attempt wait for the rate limiter, before it is signed: a signature is valid for minutes only. The first
 * attempt already has a permit, which expires if credentials take long to resolve.
 */
function rateLimit<Input extends object, Output extends MetadataBearer>(
  rateLimiter: RateLimiter,
  call: Call,
  permit: Permit,
  acquire: () => Promise<Permit>
): Pluggable<Input, Output> {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next) => async (request) => {
    if (!permit.use()) await acquire();
    try {
      return await next(request);
    } catch (error) {
      if (error instanceof UnreachableHost) rateLimiter.lift(call.action);
      if (THROTTLES.has(serviceError(error, call).errorKind)) rateLimiter.throttled(call.action);
      throw error;
    }
  };
  return {
    applyToStack: (stack) =>
      stack.addRelativeTo(middleware, { relation: 'after', toMiddleware: SDK_RETRIES, name: RATE_LIMIT })
  };
}

/**
 * Repeats an attempt once that was refused because the clock is wrong. The answer has the right time, and the SDK signs the
 * next attempt with it. But it does not retry if a clock that was wrong is now right, nor a request that is sent once; a
 * refused one had no effect.
 */
function retryAfterClockCorrection<Input extends object, Output extends MetadataBearer>(
  mayRepeat = () => true
): Pluggable<Input, Output> {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (!isClockError(error) || !mayRepeat()) throw error;
      return next(request);
    }
  };
  return {
    applyToStack: (stack) =>
      stack.addRelativeTo(middleware, {
        relation: 'before',
        toMiddleware: RATE_LIMIT,
        name: 'retryAfterClockCorrection'
      })
  };
}

/** Reports the credentials that the SDK resolved for the attempt, from any source. */
function reportSecrets<Input extends object, Output extends MetadataBearer>(
  onSecrets: (secrets: readonly string[]) => void
): Pluggable<Input, Output> {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next, context) => (request) => {
    onSecrets(secretsOf(context));
    return next(request);
  };
  return {
    applyToStack: (stack) => stack.add(middleware, { step: 'finalizeRequest', priority: 'low', name: 'reportSecrets' })
  };
}

function secretsOf(context: HandlerExecutionContext): string[] {
  const identity: object = context.__smithy_context?.selectedHttpAuthScheme?.identity ?? {};
  const { secretAccessKey, sessionToken }: { secretAccessKey?: unknown; sessionToken?: unknown } = identity;
  return [secretAccessKey, sessionToken].filter((secret) => typeof secret === 'string');
}

/** Logs each attempt: service, operation, duration, status and request id. */
function requestLog<Input extends object, Output extends MetadataBearer>(
  debug: (line: string) => void,
  { action }: Call,
  { onSigned, onLeave, onAnswer }: Departure
): Pluggable<Input, Output> {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next) => async (request) => {
    const startedMs = performance.now();
    const log = (metadata: Partial<MetadataBearer['$metadata']> | undefined) => {
      const duration = `${Math.round(performance.now() - startedMs)} ms`;
      const status = metadata?.httpStatusCode ?? 'no answer';
      debug(`${action.replace(':', ' ')} ${duration} ${status} ${metadata?.requestId ?? ''}`.trimEnd());
    };
    onSigned();
    try {
      const result = await watchDeparture(signatureOf(request.request), onLeave, () => next(request));
      log(result.output.$metadata);
      return result;
    } catch (error) {
      log(metadataOf(error));
      throw error;
    } finally {
      onAnswer();
    }
  };
  return {
    // After signing, so that the duration excludes resolving credentials.
    applyToStack: (stack) => stack.add(middleware, { step: 'finalizeRequest', priority: 'low', name: 'requestLog' })
  };
}

/** The header that identifies a signed request. */
function signatureOf(request: unknown): string {
  const headers = typeof request === 'object' && request !== null && 'headers' in request ? request.headers : undefined;
  const isSigned = typeof headers === 'object' && headers !== null && 'authorization' in headers;
  return isSigned ? String(headers.authorization) : '';
}

function metadataOf(error: unknown): Partial<MetadataBearer['$metadata']> | undefined {
  return typeof error === 'object' && error !== null && '$metadata' in error && typeof error.$metadata === 'object'
    ? (error.$metadata ?? undefined)
    : undefined;
}
