/** A case of the contract, and what cases are made of. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Running, Service } from './servers.ts';

/** One thing that is asked of every server that offers the service. */
export interface Case {
  readonly name: string;
  readonly service: Service;
  /** What AWS answers, as far as is known. */
  readonly expected: unknown;
  /** What this server answers, reduced to what the case is about. */
  readonly observe: (server: Running) => Promise<unknown>;
}

/** What stands for no key at any server. */
export const MISSING_ID = '87654321-4321-4321-4321-210987654321';
export const MISSING_ALIAS = 'alias/there-is-no-such-alias';

/** The name of a case among those of all services. */
export function nameOf({ service, name }: Case): string {
  return `${service}: ${name}`;
}

/** `accepted`, or the name of the error. */
export async function outcome(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

const ASK_EVERY_MS = 20;
/** Plenty for what takes these servers half a second. */
const FINAL_WITHIN_MS = 5_000;

/** Asks until the answer is final. */
export async function until<T>(ask: () => Promise<T>, isFinal: (answer: T) => boolean): Promise<T> {
  for (let waitedMs = 0; waitedMs < FINAL_WITHIN_MS; waitedMs += ASK_EVERY_MS) {
    const answer = await ask();
    if (isFinal(answer)) return answer;
    await sleep(ASK_EVERY_MS);
  }
  throw new Error(`There was no final state within ${FINAL_WITHIN_MS} ms`);
}
