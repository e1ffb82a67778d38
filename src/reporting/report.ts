/** The report: what a run came to, as a file for other programs. `schema/report.schema.json` describes it. */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatError, formatRequest } from '../encryption/format.ts';
import type { KeyType, Mode, Outcome, RunRequest } from '../encryption/model.ts';
import { type EndedStream, previousKeyNeed } from './aftercare.ts';
import { idOf, type ResultFields, resultFields } from './result-fields.ts';
import { type Tally, tallyOf } from './tally.ts';

/** A run that has ended. */
export interface EndedRun {
  /** null where the inputs are none. */
  readonly request: RunRequest | null;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly durationSeconds: number;
  /** How the run as a whole ended, where it did not get to all of its streams; else null. */
  readonly runEnded: Outcome | null;
  /** What is wrong with the inputs, or with the run as a whole. */
  readonly faults: readonly string[];
  /** In the order of selection. */
  readonly ended: readonly EndedStream[];
}

/** The content of the file. Times are ISO 8601 in UTC; `null` where nobody can tell. */
export interface Report extends Tally {
  /** Of the format: another one where a field changes its meaning or goes. */
  readonly version: 1;
  /** In words. */
  readonly request: string | null;
  readonly region: string | null;
  readonly mode: Mode | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly faults: readonly string[];
  readonly streams: readonly StreamReport[];
}

/** All that is told of one stream. */
export interface StreamReport extends ResultFields {
  readonly named: boolean;
  readonly changedToKeyType: KeyType | null;
  readonly changedToKeyId: string | null;
  readonly endedAt: string;
  readonly oldKeyNeededUntil: string | null;
  readonly warnings: readonly string[];
}

/** The report of a run. */
export function reportOf(run: EndedRun): Report {
  const { request, startedAt, endedAt, durationSeconds, runEnded, faults, ended } = run;
  const tally = tallyOf(
    ended.map(({ result }) => result),
    runEnded
  );
  return {
    version: 1,
    request: request === null ? null : formatRequest(request),
    region: request?.region ?? null,
    mode: request?.mode ?? null,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    durationSeconds: Math.round(durationSeconds * 1000) / 1000,
    ...tally,
    faults,
    streams: ended.map(streamReport)
  };
}

/** Writes the report, and the folders that it needs. Rejects, naming the path, where that cannot be. */
export async function writeReport(path: string, report: Report): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(report, wellFormed, 2)}\n`);
  } catch (cause) {
    throw new Error(`The report was not written, as report-path is "${path}": ${formatError(cause)}`, { cause });
  }
}

/** Half a character, as where a long text was cut, would make the file one that not every reader takes for JSON. */
function wellFormed(_field: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

function streamReport(one: EndedStream): StreamReport {
  const { result, endedAt } = one;
  return {
    ...resultFields(result),
    named: result.named,
    changedToKeyType: result.target?.type ?? null,
    changedToKeyId: idOf(result.target),
    endedAt: endedAt.toISOString(),
    oldKeyNeededUntil: previousKeyNeed(one)?.until.toISOString() ?? null,
    warnings: result.warnings
  };
}
