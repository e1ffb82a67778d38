/** The data of an ended run, from which everything is reported. */

import { parseArn } from '../encryption/arn.ts';
import type { Outcome, Result, RunRequest } from '../encryption/model.ts';

/** A stream's result, and when the stream's run ended. */
export interface EndedStream {
  readonly result: Result;
  readonly endedAt: Date;
}

export interface EndedRun {
  readonly actionVersion: string;
  /** null if the inputs are invalid. */
  readonly request: RunRequest | null;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly durationSeconds: number;
  /** The outcome of the run if it ended before its streams did; otherwise null. */
  readonly runOutcome: Outcome | null;
  /** What is wrong with the inputs, or with the run as a whole. */
  readonly errors: readonly string[];
  /** Why the selection matches no stream, if the request allows that; otherwise null. */
  readonly noStreams: string | null;
  /** The ARNs of the keys that the run looked up in KMS, by the identifiers that it looked them up by. */
  readonly keyArns: ReadonlyMap<string, string>;
  /** In the order of selection. */
  readonly streams: readonly EndedStream[];
}

/** The ids of the accounts that the streams are in, as far as their ARNs are known. */
export function accountsOf(streams: readonly EndedStream[]): string[] {
  return [...new Set(streams.flatMap(({ result }) => parseArn(result.arn ?? '')?.accountId ?? []))];
}
