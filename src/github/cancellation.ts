/** Aborts the run when the runner cancels the step, or when an exception was not caught. */

import { Cancelled } from '../encryption/ports.ts';

/** The part of Node's `process` that cancellation uses. */
export interface Process {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (cause: unknown) => void): unknown;
}

/**
 * Returns a signal that aborts with `Cancelled` on SIGINT or SIGTERM. The runner sends SIGINT, 7.5 s later SIGTERM, and kills
 * the process 2.5 s after that. Only the first signal has an effect: the run ends within a second of it, and a later signal
 * must not interrupt its report. The signal also aborts with the cause of an uncaught exception, so that the run is reported
 * in that case too.
 */
export function cancellation(process: Process): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => controller.abort(new Cancelled());
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('uncaughtException', (cause) => controller.abort(cause));
  process.on('unhandledRejection', (cause) => controller.abort(cause));
  return controller.signal;
}
