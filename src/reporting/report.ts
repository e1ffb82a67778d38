/** The report: what a run came to, as a file for other programs. `schema/report.schema.json` describes it. */

import { formatRequest } from '../encryption/format.ts';
import type { KeyType, Mode } from '../encryption/model.ts';
import { previousKeyNeed } from './aftercare.ts';
import type { EndedRun, EndedStream } from './ended-run.ts';
import { idOf, type ResultFields, resultFields } from './result-fields.ts';
import { type Tally, tallyOf } from './tally.ts';

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
export function toReport(run: EndedRun): Report {
  const { request, startedAt, endedAt, durationSeconds, runOutcome, errors, streams } = run;
  const tally = tallyOf(
    streams.map(({ result }) => result),
    runOutcome
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
    faults: errors,
    streams: streams.map(toStreamReport)
  };
}

function toStreamReport(one: EndedStream): StreamReport {
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
