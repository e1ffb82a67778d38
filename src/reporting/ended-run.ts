/** A run that has ended: what all reports are made from. */

import type { Outcome, Result, RunRequest } from '../encryption/model.ts';

/** A stream's result, and when its run ended. */
export interface EndedStream {
  readonly result: Result;
  readonly endedAt: Date;
}

export interface EndedRun {
  /** null if the inputs are invalid. */
  readonly request: RunRequest | null;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly durationSeconds: number;
  /** How the run as a whole ended, if it did not run its streams; otherwise null. */
  readonly runOutcome: Outcome | null;
  /** What is wrong with the inputs, or with the run as a whole. */
  readonly errors: readonly string[];
  /** In the order of selection. */
  readonly streams: readonly EndedStream[];
}

/** The result of one stream in a line. */
export function formatResult({ kind, name, outcome, message }: Result): string {
  return `${kind} ${name}: ${outcome}: ${message}`;
}
