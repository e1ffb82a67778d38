/** What a change requires of the operator: keep the previous key enabled, and grant permissions on the new one. */

import { arnScope } from '../encryption/arn.ts';
import { formatKey, formatList, formatUtc } from '../encryption/format.ts';
import { arnInScope, isCustomerAlias } from '../encryption/keys/key-id.ts';
import { PROVED, type ReportedKey, type Result, type TargetKey } from '../encryption/model.ts';
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
 * What to do after these changes, one sentence each: until when to keep each previous key, longest first, and which KMS
 * permissions producers and consumers need on each new key. For planned changes: which permissions they will need.
 */
export function nextSteps(streams: readonly EndedStream[]): string[] {
  const results = streams.map(({ result }) => result);
  const now = requiredPermissions(results.filter(isOrMayBeInForce));
  const planned = requiredPermissions(results.filter(({ outcome }) => outcome === 'planned'));
  const later = planned.filter((sentence) => !now.includes(sentence));
  return [...previousKeysToKeep(streams), ...now, ...later.map((sentence) => `Before the change: ${sentence}`)];
}

/**
 * Null if there is no previous key to keep enabled: none, the AWS key, or one that cannot be used now. Also null if the
 * service does not report for how long it is needed.
 */
export function previousKeyNeed({ result, endedAt }: EndedStream): PreviousKeyNeed | null {
  const { kind, previousKey: key, previousKeyProblem, previousKeyNeededHours: hours } = result;
  if (!isOrMayBeInForce(result) || key === null || key.type === 'aws-owned' || hours === null) return null;
  if (previousKeyProblem !== null) return null;
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
  const stillOn = Map.groupBy(streams, ({ result }) =>
    result.key === null || isOrMayBeInForce(result) ? null : canonicalKeyName(result.key, result)
  );
  const longestFirst = needs.toSorted((a, b) => b.until.getTime() - a.until.getTime());
  return [...Map.groupBy(longestFirst, ({ name }) => name)].flatMap(([name, [longest, ...others]]) => {
    if (longest === undefined) return [];
    const key = isCustomerAlias(longest.key.id) ? `each key that ${name} has pointed to` : `the previous key ${name}`;
    const shared = `${others.length + 1} streams were encrypted with it, and one of them needs it until then`;
    const reason = others.length === 0 ? longest.reason : shared;
    return [
      `Keep ${key} enabled until at least ${formatUtc(longest.until)}: ${reason}.${formatStillOn(stillOn.get(name) ?? [])}`
    ];
  });
}

/** Names the streams of the run that a key still encrypts, because they have not moved. */
function formatStillOn(streams: readonly EndedStream[]): string {
  if (streams.length === 0) return '';
  const still =
    streams.length === 1 ? 'stream of this run still uses this key' : 'streams of this run still use this key';
  const need = streams.length === 1 ? 'needs' : 'need';
  return ` ${streams.length} other ${still}, and ${need} it for longer: ${formatList(streams.map(({ result }) => result.name))}.`;
}

/** The same name for a key in each form that the services report. */
function canonicalKeyName(key: ReportedKey | TargetKey, { arn }: Result): string {
  return arn === null ? formatKey(key) : arnInScope(formatKey(key), arnScope(arn));
}

/** Sources: Kinesis Developer Guide, "Permissions to use user-generated KMS keys"; Firehose Developer Guide, "Data protection". */
function requiredPermissions(results: readonly Result[]): string[] {
  const sentences = results.flatMap(({ kind, target }) => {
    if (target === null || target.type === 'aws-owned') return [];
    const key = formatKey(target);
    return kind === 'kinesis'
      ? [`Producers need kms:GenerateDataKey on ${key} for a data stream; consumers need kms:Decrypt.`]
      : [`Producers need kms:GenerateDataKey and kms:Decrypt on ${key} for a delivery stream.`];
  });
  return [...new Set(sentences)];
}

/** Whether the target key is in force or may become so, even if the run failed or ended before the change did. */
function isOrMayBeInForce(result: Result): boolean {
  const { changed, outcome, inFlight } = result;
  return changed && (PROVED.has(outcome) || inFlight || isTargetInForce(result));
}

/** Whether the key in force is the target, however the service writes it. */
export function isTargetInForce(result: Result): boolean {
  const { key, keyArn, target } = result;
  if (key === null || target === null) return false;
  if (keyArn === target.id) return true;
  if (target.type === 'aws-owned') return key.type === 'aws-owned';
  return canonicalKeyName(key, result) === canonicalKeyName(target, result);
}
