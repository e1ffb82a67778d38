/** Applies an injected fault to a request. */

import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { AwsError, isMembers } from './protocol.ts';
import { errorResult, headers, type RequestRecord, type Result, type Writable } from './wire.ts';

/** Added to the declared length of a truncated response, so that an empty body is truncated too. */
const UNSENT_BYTES = 64;

/** The request that the fault applies to, and the ways to continue. */
export interface Injection {
  readonly perform: (stale?: boolean) => Result;
  readonly reply: (result: Result) => void;
  readonly record: Writable<RequestRecord>;
  readonly response: ServerResponse;
  readonly closing: AbortSignal;
}

export async function inject(fault: Fault, { perform, reply, record, response, closing }: Injection): Promise<void> {
  if ('error' in fault) {
    const { code, message, status, extra } = fault.error;
    reply(errorResult(new AwsError(code, message, status, extra)));
  } else if ('stale' in fault) {
    reply(perform(true));
  } else if ('falsify' in fault) {
    const result = perform();
    const answer: unknown = JSON.parse(result.body || '{}');
    const isAnswer = result.status === 200 && isMembers(answer);
    reply(isAnswer ? { ...result, body: JSON.stringify(fault.falsify(answer)) } : result);
  } else if ('delayMs' in fault) {
    const result = perform();
    await sleep(fault.delayMs, undefined, { signal: closing });
    reply(result);
  } else if ('lost' in fault) {
    if (fault.lost === 'after') perform();
    response.socket?.resetAndDestroy();
  } else if ('hang' in fault) {
    if (fault.hang === 'after') perform();
    record.hangs = true;
  } else if ('cutOff' in fault) {
    const { status, body } = fault.cutOff === 'after' ? perform() : { status: 200, body: '{"' };
    const bytes = Buffer.from(body);
    record.status = status;
    response.writeHead(status, headers(bytes.length + UNSENT_BYTES));
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
  } else {
    if (fault.effect === 'after') perform();
    record.status = fault.status;
    response.writeHead(fault.status, headers(Buffer.byteLength(fault.body), fault.contentType ?? 'text/html'));
    response.end(fault.body);
  }
}
