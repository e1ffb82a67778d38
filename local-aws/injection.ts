/** What becomes of a request that a fault hits. */

import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { AwsError } from './protocol.ts';
import { type Answer, headers, type RequestRecord, refusal, type Writable } from './wire.ts';

/** An answer that is cut off promises so many bytes more than it has, so that an empty one breaks off, too. */
const NEVER_SENT = 64;

/** The request that a fault has hit, and the ways to go on with it. */
export interface Injection {
  readonly perform: (stale?: boolean) => Answer;
  readonly reply: (answer: Answer) => void;
  readonly record: Writable<RequestRecord>;
  readonly response: ServerResponse;
  readonly closing: AbortSignal;
}

/** Acts the fault out. */
export async function inject(fault: Fault, { perform, reply, record, response, closing }: Injection): Promise<void> {
  if ('error' in fault) {
    const { code, message, status, extra } = fault.error;
    reply(refusal(new AwsError(code, message, status, extra)));
  } else if ('stale' in fault) {
    reply(perform(true));
  } else if ('delayMs' in fault) {
    const answer = perform();
    await sleep(fault.delayMs, undefined, { signal: closing });
    reply(answer);
  } else if ('lost' in fault) {
    if (fault.lost === 'after') perform();
    response.socket?.resetAndDestroy();
  } else if ('hang' in fault) {
    if (fault.hang === 'after') perform();
  } else if ('cutOff' in fault) {
    const { status, body } = fault.cutOff === 'after' ? perform() : { status: 200, body: '{"' };
    const bytes = Buffer.from(body);
    record.status = status;
    response.writeHead(status, headers(bytes.length + NEVER_SENT));
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
  } else {
    if (fault.effect === 'after') perform();
    record.status = fault.status;
    response.writeHead(fault.status, headers(Buffer.byteLength(fault.body), fault.contentType ?? 'text/html'));
    response.end(fault.body);
  }
}
