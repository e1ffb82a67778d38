/** The clock of a run and of its local AWS. */

import type { RequestRecord } from '../../local-aws/server.ts';
import { systemClock } from '../../src/encryption/deadline.ts';
import type { Clock } from '../../src/encryption/ports.ts';

export interface RunClock extends Clock {
  /** Executes a run on this clock. */
  execute<T>(run: () => Promise<T>): Promise<T>;
  /** Requests that this local AWS leaves without a response do not stop the clock. */
  passHangs(aws: { readonly requests: readonly RequestRecord[] }): void;
}

/** A clock for processes. */
export function realTime(): RunClock {
  return { ...systemClock, execute: (run) => run(), passHangs: () => undefined };
}
