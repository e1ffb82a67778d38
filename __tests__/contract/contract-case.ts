/** The type of a contract case, and helpers for the cases. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningEmulator, Service } from './servers.ts';

/** What the emulator returns instead of what AWS returns, and why. The tests assert it, so that they detect a fix. */
export type Difference = readonly [observed: unknown, reason: string];

/**
 * A check that runs against every emulator with this service. At least one that is not ours returns what AWS returns; what
 * only the local AWS models is tested in `../local-aws/`.
 */
export interface ContractCase {
  readonly name: string;
  readonly service: Service;
  /** What AWS returns, as far as it is documented or was observed. */
  readonly aws: unknown;
  readonly 'kinesis-local'?: Difference;
  readonly moto?: Difference;
  /** Calls the emulator, and returns the part of its response that the case checks. */
  readonly observe: (server: RunningEmulator) => Promise<unknown>;
  /** It observes a state that passes. A busy machine may see it too late, so that the case has ten attempts. */
  readonly isTransient?: true;
}

let names = 0;

/** The name of a stream that does not exist yet. */
export function newName(prefix: string): string {
  names += 1;
  return `${prefix}-${names}`;
}

const POLL_INTERVAL_MS = 20;
/** The emulators need about half a second, and longer on a busy machine. */
const TIMEOUT_MS = 60_000;

/** Polls until the result is final. */
export async function pollUntil<T>(poll: () => Promise<T>, isFinal: (result: T) => boolean): Promise<T> {
  for (let waitedMs = 0; waitedMs < TIMEOUT_MS; waitedMs += POLL_INTERVAL_MS) {
    const result = await poll();
    if (isFinal(result)) return result;
    await sleep(POLL_INTERVAL_MS);
  }
  throw new Error(`Timed out after ${TIMEOUT_MS} ms without a final state`);
}

/** The last letters of names. */
export function letters(names: readonly string[] | undefined): (string | undefined)[] | undefined {
  return names?.map((name) => name.at(-1));
}
