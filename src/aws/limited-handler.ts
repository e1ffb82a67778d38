/** The HTTP handler of all clients. It reads each answer to its end, within limits of time and size, and checks what the SDK does not. */

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { NodeHttpHandlerOptions } from '@smithy/types';
import { isTime, whyUnreadable } from './error-answers.ts';
import { ANSWER_TOO_LARGE, UNREADABLE_ANSWER } from './errors.ts';

/** Far more than any answer of the services: a list of 10,000 names has less than 1 MiB. */
const MAX_ANSWER_MIB = 32;

/**
 * Limits what the SDK does not: its own timeouts end with the answer's headers or with each part of the answer that arrives,
 * and it reads a body of any size.
 */
export class LimitedHandler extends NodeHttpHandler {
  readonly #timeoutMs: number;

  /** An answer must be complete within `timeoutMs`. */
  constructor(timeoutMs: number, options: NodeHttpHandlerOptions) {
    super({ ...options, requestTimeout: timeoutMs, socketTimeout: timeoutMs, throwOnRequestTimeout: true });
    this.#timeoutMs = timeoutMs;
  }

  override async handle(...[request, options]: Parameters<NodeHttpHandler['handle']>) {
    const startedMs = performance.now();
    const { response } = await super.handle(request, options);
    response.body = await readBody(response.body, this.#timeoutMs, startedMs);
    if (!isTime(response.headers.date)) delete response.headers.date;
    // The credentials of a role come from an API whose answers are XML.
    const isJson = /^application\/x-amz-json/.test(request.headers['content-type'] ?? '');
    const defect = isJson && response.statusCode >= 400 ? whyUnreadable(response.body) : null;
    if (defect !== null) throw namedError(UNREADABLE_ANSWER, `the answer cannot be read: ${defect}`);
    return { response };
  }
}

/** Rejects, and closes the connection, if the body takes too long. */
async function readBody(
  body: AsyncIterable<Uint8Array> & { destroy(error: Error): unknown },
  timeoutMs: number,
  startedMs: number
): Promise<Uint8Array> {
  const tooLate = () => body.destroy(namedError('TimeoutError', `the answer took longer than ${timeoutMs / 1000} s`));
  const timer = setTimeout(tooLate, Math.max(0, startedMs + timeoutMs - performance.now()));
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}

/** Node publishes the answer to each request here when its headers have arrived. */
const ANSWERED = 'http.client.response.finish';

/**
 * Ends every answer in this process that is too large, with an error. That includes the answers of the endpoints of credentials,
 * which the SDK reads without this handler. Returns a function that lifts the limit.
 */
export function limitAnswerSizes(): () => void {
  const onAnswer = (message: unknown) => {
    const answer = typeof message === 'object' && message !== null && 'response' in message ? message.response : null;
    if (!(answer instanceof IncomingMessage)) return;
    const push = answer.push.bind(answer);
    let size = 0;
    answer.push = (chunk: Uint8Array | null, encoding) => {
      size += chunk?.length ?? 0;
      if (size <= MAX_ANSWER_MIB * 2 ** 20) return push(chunk, encoding);
      answer.destroy(namedError(ANSWER_TOO_LARGE, `the answer is larger than ${MAX_ANSWER_MIB} MiB`));
      return false;
    };
  };
  subscribe(ANSWERED, onAnswer);
  return () => unsubscribe(ANSWERED, onAnswer);
}

/** The SDK and the error catalogue know errors by their name. */
function namedError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
