import { Cancelled } from '../encryption/model.ts';

/** The part of Node's `process` that a cancelled run speaks through. */
export interface Signals {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): void;
}

/** The exit code of a process that a signal ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/**
 * A signal that aborts with `Cancelled` when the runner cancels the step, which it does with SIGINT, then SIGTERM 7.5 s
 * later. A second signal ends the process at once.
 */
export function cancellation(process: Signals): AbortSignal {
  const cancelled = new AbortController();
  const onSignal = () => {
    if (cancelled.signal.aborted) process.exit(INTERRUPTED);
    else cancelled.abort(new Cancelled());
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return cancelled.signal;
}
