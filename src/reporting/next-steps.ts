/** What the operator must do after a change: keep the previous key enabled, and grant permissions on the new one. */

import { arnScope } from '../encryption/arn.ts';
import { formatKey, formatUtc } from '../encryption/format.ts';
import { arnInScope, isCustomerAlias } from '../encryption/keys/key-id.ts';
import { PROVED, type ReportedKey, type Result } from '../encryption/model.ts';
import type { EndedStream } from './ended-run.ts';

/** Until when a stream's previous key is needed to decrypt records written before the change. */
export interface PreviousKeyNeed {
  readonly key: ReportedKey;
  readonly until: Date;
  readonly reason: string;
}

/** Kinesis keeps records for a year at most. Source: Kinesis Developer Guide, "Changing the data retention period". */
const MAX_RETENTION_HOURS = 8_760;

/**
 * The next steps after these runs, one sentence each: until when to keep each previous key, longest first, and which KMS
 * permissions producers and consumers need on each new key.
 */
export function nextSteps(streams: readonly EndedStream[]): string[] {
  return [...previousKeysToKeep(streams), ...requiredPermissions(streams.map(({ result }) => result))];
}

/** Null if there is no previous key to keep, if it cannot be used, or if the service does not report for how long it is needed. */
export function previousKeyNeed({ result, endedAt }: EndedStream): PreviousKeyNeed | null {
  const { kind, previousKey: key, previousKeyProblem, previousKeyNeededHours: hours } = result;
  if (
    !isOrMayBeInForce(result) ||
    previousKeyProblem !== null ||
    key === null ||
    key.type === 'aws-owned' ||
    hours === null
  )
    return null;
  const until = new Date(endedAt.getTime() + Math.min(hours, MAX_RETENTION_HOURS) * 3_600_000);
  const reason =
    kind === 'kinesis'
      ? `records written before the change stay encrypted with it for the retention period of ${hours} h`
      : `Firehose keeps records for ${hours} h if it cannot decrypt them`;
  return { key, until, reason };
}

function previousKeysToKeep(streams: readonly EndedStream[]): string[] {
  const needs = streams.flatMap((stream) => {
    const need = previousKeyNeed(stream);
    return need === null ? [] : [{ ...need, name: canonicalKeyName(need.key, stream.result) }];
  });
  const longestFirst = needs.toSorted((a, b) => b.until.getTime() - a.until.getTime());
  return [...Map.groupBy(longestFirst, ({ name }) => name)].flatMap(([name, [longest, ...others]]) => {
    if (longest === undefined) return [];
    const key = isCustomerAlias(longest.key.id) ? `each key that ${name} has pointed to` : `the previous key ${name}`;
    const shared = `${others.length + 1} streams were encrypted with it, and one of them needs it until then`;
    const reason = others.length === 0 ? longest.reason : shared;
    return [`Keep ${key} enabled until at least ${formatUtc(longest.until)}: ${reason}.`];
  });
}

/** The same name for a key in each form that the services report. */
function canonicalKeyName(key: ReportedKey, { arn }: Result): string {
  return arn === null ? formatKey(key) : arnInScope(formatKey(key), arnScope(arn));
}

/** Sources: Kinesis Developer Guide, "Permissions to use user-generated KMS keys"; Firehose Developer Guide, "Data protection". */
function requiredPermissions(results: readonly Result[]): string[] {
  const sentences = results.filter(isOrMayBeInForce).flatMap(({ kind, target }) => {
    if (target === null || target.type === 'aws-owned') return [];
    const key = formatKey(target);
    return kind === 'kinesis'
      ? [`Producers need kms:GenerateDataKey on ${key} for a data stream; consumers need kms:Decrypt.`]
      : [`Producers need kms:GenerateDataKey and kms:Decrypt on ${key} for a delivery stream.`];
  });
  return [...new Set(sentences)];
}

/** Whether the target key is in force or may become so, even if the run failed or ended before the change did. */
function isOrMayBeInForce({ changed, outcome, inFlight, key, target }: Result): boolean {
  const isInForce = key !== null && target !== null && key.id === target.id;
  return changed && (PROVED.has(outcome) || inFlight || isInForce);
}
