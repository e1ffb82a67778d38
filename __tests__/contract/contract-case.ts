/** The type of a contract case, and helpers for the cases. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningEmulator, Service } from './servers.ts';

/** A check that runs against every emulator with this service. */
export interface ContractCase {
  readonly name: string;
  readonly service: Service;
  /** What AWS returns, as far as it is documented or was observed. */
  readonly expected: unknown;
  /** Calls the emulator, and returns the part of its response that the case checks. */
  readonly observe: (server: RunningEmulator, attempt: number) => Promise<unknown>;
  /** It observes a state that passes. A busy machine may see it too late, so that the case has ten attempts. */
  readonly isTransient?: true;
}

/** A key id and an alias that exist on no emulator. */
export const MISSING_ID = '87654321-4321-4321-4321-210987654321';
export const MISSING_ALIAS = 'alias/there-is-no-such-alias';

/** The title of a case, unique across services. */
export function titleOf({ service, name }: ContractCase): string {
  return `${service}: ${name}`;
}

/** Returns `accepted`, or the name of the error. */
export async function outcome(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
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
