/** The report: the results of a run for other programs. `schema/report.schema.json` describes it. */

import { formatRequest } from '../encryption/format.ts';
import type { KeyType, Mode } from '../encryption/model.ts';
import type { EndedRun, EndedStream } from './ended-run.ts';
import { previousKeyNeed } from './next-steps.ts';
import { keyId, type ResultFields, resultFields } from './result-fields.ts';
import { type Tally, tallyResults } from './tally.ts';

/** The content of the report. Times are ISO 8601 in UTC; `null` means unknown. */
export interface Report extends Tally {
  /** Schema version; bumped on breaking changes. */
  readonly version: 1;
  /** The request as text. */
  readonly request: string | null;
  readonly region: string | null;
  readonly mode: Mode | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly faults: readonly string[];
  readonly streams: readonly StreamReport[];
}

/** What the report contains of one stream. */
export interface StreamReport extends ResultFields {
  readonly named: boolean;
  readonly changedToKeyType: KeyType | null;
  readonly changedToKeyId: string | null;
  readonly endedAt: string;
  readonly oldKeyNeededUntil: string | null;
  readonly warnings: readonly string[];
}

/** Builds the report of a run. */
export function toReport(run: EndedRun): Report {
  const { request, startedAt, endedAt, durationSeconds, runOutcome, errors, streams } = run;
  const tally = tallyResults(
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

function toStreamReport(stream: EndedStream): StreamReport {
  const { result, endedAt } = stream;
  const { changed, target } = result;
  return {
    ...resultFields(result),
    named: result.named,
    changedToKeyType: (changed && target?.type) || null,
    changedToKeyId: changed ? keyId(target) : null,
    endedAt: endedAt.toISOString(),
    oldKeyNeededUntil: previousKeyNeed(stream)?.until.toISOString() ?? null,
    warnings: result.warnings
  };
}
