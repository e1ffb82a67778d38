import { Cancelled } from '../encryption/ports.ts';

/** The part of Node's `process` that ends a run early. */
export interface Process {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (cause: unknown) => void): unknown;
  exit(code: number): void;
}

/** The exit code of a process that a signal ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/**
 * A signal that aborts with `Cancelled` when the runner cancels the step, which it does with SIGINT, then SIGTERM 7.5 s
 * later; a second one ends the process at once. It aborts with the cause of an exception that nothing caught, too, so
 * that this ends in a report as well.
 */
export function cancellation(process: Process): AbortSignal {
  const run = new AbortController();
  const onSignal = () => {
    if (run.signal.aborted) process.exit(INTERRUPTED);
    else run.abort(new Cancelled());
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('uncaughtException', (cause) => run.abort(cause));
  process.on('unhandledRejection', (cause) => run.abort(cause));
  return run.signal;
}
