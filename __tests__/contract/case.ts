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

/** `accepted`, or the name of the error. */
export async function outcome(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** Asks until the answer is final; five seconds are plenty for what takes these servers half a second. */
export async function until<T>(ask: () => Promise<T>, isFinal: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 250; tries += 1) {
    const answer = await ask();
    if (isFinal(answer)) return answer;
    await sleep(20);
  }
  throw new Error('There was no final state within five seconds');
}
