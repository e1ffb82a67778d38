/** The report: the evidence of a run for auditors and other programs. `schema/report.schema.json` describes it. */

import { formatRequest } from '../encryption/format.ts';
import { parseKeyId } from '../encryption/keys/key-id.ts';
import type { KeyCriteria, KeyType, Mode, RunRequest } from '../encryption/model.ts';
import { accountsOf, type EndedRun, type EndedStream } from './ended-run.ts';
import { previousKeyNeed } from './next-steps.ts';
import { keyId, type ResultFields, resultFields } from './result-fields.ts';
import { type Tally, tallyResults } from './tally.ts';

/** The content of the report. Times are ISO 8601 in UTC; `null` means unknown. */
export interface Report extends Tally {
  /** Schema version; bumped on breaking changes. */
  readonly version: 2;
  readonly actionVersion: string;
  readonly run: WorkflowRun;
  /** The request as text. */
  readonly request: string | null;
  /** The account of the streams; null if they are in several accounts, too. */
  readonly account: string | null;
  readonly region: string | null;
  readonly mode: Mode | null;
  readonly criteria: ReportedCriteria | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly errors: readonly string[];
  /** Why the selection matches no stream, if the request allows that. */
  readonly noStreams: string | null;
  readonly streams: readonly StreamReport[];
}

/** The workflow run that wrote the report. */
export interface WorkflowRun {
  readonly server: string | null;
  readonly repository: string | null;
  readonly workflow: string | null;
  readonly job: string | null;
  readonly id: number | null;
  readonly attempt: number | null;
  readonly url: string | null;
  readonly event: string | null;
  readonly ref: string | null;
  readonly commit: string | null;
  readonly actor: string | null;
}

/** The key that the run requires of each stream. */
export interface ReportedCriteria {
  /** null if the keys alone decide. */
  readonly keyType: KeyType | 'any' | null;
  /** The key must be one of these; empty if the type alone decides. */
  readonly keys: readonly GivenKey[];
  /** Only streams on one of these keys are moved; null if that is not limited. */
  readonly fromKeys: readonly GivenKey[] | null;
}

export interface GivenKey {
  /** As in the inputs: a key, `aws-owned` or `any`. */
  readonly given: string;
  /** null if it was not resolved. */
  readonly arn: string | null;
}

/** What the report contains of one stream. */
export interface StreamReport extends ResultFields {
  readonly named: boolean;
  /** Why a change was sent, or why none was. */
  readonly reason: string;
  /** The target key of the change that was sent or is planned. */
  readonly targetKeyType: KeyType | null;
  readonly targetKeyId: string | null;
  readonly lastObservedAt: string | null;
  readonly endedAt: string;
  readonly previousKeyNeededUntil: string | null;
  readonly warnings: readonly string[];
}

/** Builds the report of a run. */
export function toReport(run: EndedRun, workflowRun: WorkflowRun): Report {
  const { actionVersion, request, startedAt, endedAt, durationSeconds, runOutcome, errors, noStreams, streams } = run;
  const [account = null, ...otherAccounts] = accountsOf(streams);
  const tally = tallyResults(
    streams.map(({ result }) => result),
    runOutcome
  );
  return {
    version: 2,
    actionVersion,
    run: workflowRun,
    request: request === null ? null : formatRequest(request),
    account: otherAccounts.length === 0 ? account : null,
    region: request?.region ?? null,
    mode: request?.mode ?? null,
    criteria: request === null ? null : toReportedCriteria(request, run.keyArns),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    durationSeconds: Math.round(durationSeconds * 1000) / 1000,
    ...tally,
    errors,
    noStreams,
    streams: streams.map(toStreamReport)
  };
}

function toReportedCriteria({ criteria, from }: RunRequest, keyArns: EndedRun['keyArns']): ReportedCriteria {
  const toGivenKey = (given: string): GivenKey => ({ given, arn: keyArns.get(given) ?? arnAsGiven(given) });
  return {
    keyType: keyTypeOf(criteria),
    keys: keysOf(criteria).map(toGivenKey),
    fromKeys: from?.map((key) => toGivenKey(typeof key === 'string' ? key : key.id)) ?? null
  };
}

function arnAsGiven(given: string): string | null {
  return parseKeyId(given)?.form === 'arn' ? given : null;
}

function keyTypeOf(criteria: KeyCriteria): ReportedCriteria['keyType'] {
  switch (criteria.which) {
    case 'any':
    case 'customer-managed':
      return criteria.which;
    case 'approved':
      return null;
    case 'target':
      return criteria.target.type;
  }
}

function keysOf(criteria: KeyCriteria): readonly string[] {
  if (criteria.which === 'approved') return criteria.ids;
  return criteria.which === 'target' && criteria.target.id !== '' ? [criteria.target.id] : [];
}

function toStreamReport(stream: EndedStream): StreamReport {
  const { result, endedAt } = stream;
  const { lastObservedMsAgo, target } = result;
  return {
    ...resultFields(result),
    named: result.named,
    reason: result.reason,
    targetKeyType: target?.type ?? null,
    targetKeyId: keyId(target),
    lastObservedAt: lastObservedMsAgo === null ? null : new Date(endedAt.getTime() - lastObservedMsAgo).toISOString(),
    endedAt: endedAt.toISOString(),
    previousKeyNeededUntil: previousKeyNeed(stream)?.until.toISOString() ?? null,
    warnings: result.warnings
  };
}
