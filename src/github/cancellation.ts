/** Aborts the run when the runner cancels the step, or when an exception was not caught. */

import { Cancelled } from '../encryption/ports.ts';

/** The part of Node's `process` that cancellation uses. */
export interface Process {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (cause: unknown) => void): unknown;
  exit(code: number): void;
}

/** The exit code after SIGINT: 128 plus the signal's number. */
const SIGINT_EXIT_CODE = 130;

/**
 * Returns a signal that aborts with `Cancelled` on SIGINT or SIGTERM. The runner sends SIGINT and, 7.5 s later, SIGTERM;
 * a second signal ends the process at once. The signal also aborts with the cause of an uncaught exception, so that the
 * run is reported in that case too.
 */
export function cancellation(process: Process): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(SIGINT_EXIT_CODE);
    else controller.abort(new Cancelled());
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('uncaughtException', (cause) => controller.abort(cause));
  process.on('unhandledRejection', (cause) => controller.abort(cause));
  return controller.signal;
}
