/** One call to AWS: rate limit, request log, retries of the SDK, cancellation. */

import type { FinalizeRequestMiddleware, HandlerExecutionContext, MetadataBearer, Pluggable } from '@smithy/types';
import { untilAborted } from '../encryption/deadline.ts';
import type { ErrorKind } from '../encryption/ports.ts';
import { type Call, isClockError, serviceError } from './errors.ts';
import { type Permit, type RateLimiter, yieldTimeMs } from './rate-limiter.ts';

/** How a call is made. */
export interface CallOptions {
  readonly signal: AbortSignal;
  /** For a poll, the time left until the deadline, in milliseconds. A part of it may go to other requests first. */
  readonly pollTimeLeftMs?: number | undefined;
  /** Called when the rate limiter lets the call go for the first time, before credentials are resolved. */
  readonly onReady?: (() => void) | undefined;
  /** Called just before each attempt is handed to the network, after it was signed. */
  readonly onSend?: () => void;
  /** The SDK must not retry: after a lost answer and a second request, the effects of the two could not be told apart. */
  readonly isSentOnce?: boolean;
}

/** What every call of a run shares. */
export interface CallTools {
  readonly rateLimiter: RateLimiter;
  /** Receives a line per request. */
  readonly debug: (line: string) => void;
  /** Receives the secret key and the session token that a request is signed with. */
  readonly onSecrets: (secrets: readonly string[]) => void;
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
 * aborts, whatever the SDK waits for. The middleware is added per command, because the SDK gives it neither the signal nor
 * the options of the call.
 */
export async function callAws<Output>(
  { rateLimiter, debug, onSecrets }: CallTools,
  call: Call,
  options: CallOptions,
  send: Send<Output>
): Promise<Output> {
  const { signal, pollTimeLeftMs = 0, onReady } = options;
  const acquire = () => rateLimiter.acquire(call.action, signal, yieldTimeMs(pollTimeLeftMs));
  const permit = await acquire();
  onReady?.();
  const attach: Attach = (command) => {
    if (options.isSentOnce) command.middlewareStack.use(withoutSdkRetries());
    command.middlewareStack.use(rateLimit(rateLimiter, call, permit, acquire));
    command.middlewareStack.use(retryAfterClockCorrection());
    command.middlewareStack.use(reportSecrets(onSecrets));
    command.middlewareStack.use(requestLog(debug, call, options));
    return command;
  };
  try {
    return await untilAborted(send(attach, { abortSignal: signal }), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw serviceError(error, call);
  }
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
function retryAfterClockCorrection<Input extends object, Output extends MetadataBearer>(): Pluggable<Input, Output> {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (!isClockError(error)) throw error;
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

/** Reports the credentials that the SDK resolved for the attempt, whatever their source. */
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
  { onSend }: CallOptions
): Pluggable<Input, Output> {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next) => async (request) => {
    const startedMs = performance.now();
    const log = (metadata: Partial<MetadataBearer['$metadata']> | undefined) => {
      const duration = `${Math.round(performance.now() - startedMs)} ms`;
      const status = metadata?.httpStatusCode ?? 'no answer';
      debug(`${action.replace(':', ' ')} ${duration} ${status} ${metadata?.requestId ?? ''}`.trimEnd());
    };
    onSend?.();
    try {
      const result = await next(request);
      log(result.output.$metadata);
      return result;
    } catch (error) {
      log(metadataOf(error));
      throw error;
    }
  };
  return {
    // After signing, so that the duration excludes resolving credentials.
    applyToStack: (stack) => stack.add(middleware, { step: 'finalizeRequest', priority: 'low', name: 'requestLog' })
  };
}

function metadataOf(error: unknown): Partial<MetadataBearer['$metadata']> | undefined {
  return typeof error === 'object' && error !== null && '$metadata' in error && typeof error.$metadata === 'object'
    ? (error.$metadata ?? undefined)
    : undefined;
}
