/** How a call is made: in its turn, told to the log of requests, and ended by its signal. */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { FinalizeRequestMiddleware, MetadataBearer, Pluggable } from '@smithy/types';
import { untilAborted } from '../encryption/deadline.ts';
import { type ErrorKind, ServiceError } from '../encryption/ports.ts';
import type { Connection } from './clients.ts';
import { type Call, serviceError } from './errors.ts';
import type { Pace } from './pace.ts';

/**
 * Calls AWS; rejects with a `ServiceError`, or with the signal's reason as soon as it aborts, whatever the SDK waits for.
 * Where calls queue for the account's rate, it lets others go first, for up to `yieldMs`.
 */
export async function callAws<T>(
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
export function addMiddleware<Input extends object, Output extends MetadataBearer>(
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
      if (SLOW_DOWN.has(serviceError(error, call).errorKind)) pace.throttled(call.action);
      throw error;
    }
  };
  return {
    applyToStack: (stack) =>
      stack.addRelativeTo(inTurn, { relation: 'after', toMiddleware: 'retryMiddleware', name: 'turns' })
  };
}

/**
 * A plugin for a command that is to be sent once, whatever comes of it: it takes the place of the SDK's retries. Were the
 * lost answer to a write followed by a second try, nobody could tell the two apart.
 */
export function withoutRetries<Input extends object, Output extends MetadataBearer>(): Pluggable<Input, Output> {
  const pass: FinalizeRequestMiddleware<Input, Output> = (next) => next;
  return {
    applyToStack: (stack) =>
      stack.add(pass, { name: 'retryMiddleware', step: 'finalizeRequest', priority: 'high', override: true })
  };
}

const SLOW_DOWN: ReadonlySet<ErrorKind> = new Set(['throttled', 'limited']);

/** What an answer must hold; without it, something on the way has answered, not the service. */
export function required<T>(call: Call, part: T | undefined): T {
  if (part !== undefined) return part;
  throw new ServiceError('unanswered', `${call.action} for ${call.resource} in ${call.region}: an empty answer came`);
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
