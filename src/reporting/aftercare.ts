/** What must be seen to after a change. */

import { arnScope } from '../encryption/arn.ts';
import { formatKey, formatUtc } from '../encryption/format.ts';
import { arnInScope, isCustomerAlias } from '../encryption/keys/key-id.ts';
import { PROVED, type ReportedKey, type Result } from '../encryption/model.ts';
import type { EndedStream } from './ended-run.ts';

/** For how long the key of before a change is still needed to read what was written with it. */
export interface PreviousKeyNeed {
  readonly key: ReportedKey;
  readonly until: Date;
  readonly why: string;
}

/** Kinesis keeps records for a year at most. Source: Kinesis Developer Guide, "Changing the data retention period". */
const LONGEST_RETENTION_HOURS = 8_760;

/**
 * What must be seen to after these runs, a sentence each: until when each old key is needed, those needed longest first,
 * and which KMS permissions producers and consumers need on each new one.
 */
export function aftercare(ended: readonly EndedStream[]): string[] {
  return [...keepOldKeys(ended), ...permissionsNeeded(ended.map(({ result }) => result))];
}

/** Until when the stream's old key is needed; null where there is none to keep, or the service does not tell. */
export function previousKeyNeed({ result, endedAt }: EndedStream): PreviousKeyNeed | null {
  const { kind, previousKey: key, previousKeyNeededHours: hours } = result;
  if (!tookOrMayTakeEffect(result) || key === null || key.type === 'aws-owned' || hours === null) return null;
  const until = new Date(endedAt.getTime() + Math.min(hours, LONGEST_RETENTION_HOURS) * 3_600_000);
  const why =
    kind === 'kinesis'
      ? `the retention period of ${hours} h, for which records stay encrypted with it`
      : `the ${hours} h for which Firehose keeps records that it could not decrypt`;
  return { key, until, why };
}

function keepOldKeys(ended: readonly EndedStream[]): string[] {
  const needs = ended.flatMap((one) => {
    const need = previousKeyNeed(one);
    return need === null ? [] : [{ ...need, name: keyName(need.key, one.result) }];
  });
  // The need that lasts longest speaks for all needs of its key.
  const longestFirst = needs.toSorted((one, other) => other.until.getTime() - one.until.getTime());
  return [...Map.groupBy(longestFirst, ({ name }) => name)].flatMap(([name, [longest, ...others]]) => {
    if (longest === undefined) return [];
    const old = isCustomerAlias(longest.key.id) ? `each key that ${name} has pointed to` : `the old key ${name}`;
    const streams = `${others.length + 1} streams were encrypted with it, and one of them needs it until then`;
    const why = others.length === 0 ? longest.why : streams;
    return [`Keep ${old} enabled until ${formatUtc(longest.until)} at least: ${why}.`];
  });
}

/** One name for a key, in whichever of its forms the service reports it. */
function keyName(key: ReportedKey, { arn }: Result): string {
  return arn === null ? formatKey(key) : arnInScope(formatKey(key), arnScope(arn));
}

/** Sources: Kinesis Developer Guide, "Permissions to use user-generated KMS keys"; Firehose Developer Guide, "Data protection". */
function permissionsNeeded(results: readonly Result[]): string[] {
  const sentences = results.filter(tookOrMayTakeEffect).flatMap(({ kind, target }) => {
    if (target === null || target.type === 'aws-owned') return [];
    const key = formatKey(target);
    return kind === 'kinesis'
      ? [`Producers need kms:GenerateDataKey on ${key} for a data stream; consumers need kms:Decrypt.`]
      : [`Producers need kms:GenerateDataKey and kms:Decrypt on ${key} for a delivery stream.`];
  });
  return [...new Set(sentences)];
}

/** Also where the run failed, or was ended, while the change was in flight or when the new key was in force. */
function tookOrMayTakeEffect({ changed, outcome, inFlight, key, target }: Result): boolean {
  const isInForce = key !== null && target !== null && key.id === target.id;
  return changed && (PROVED.has(outcome) || inFlight || isInForce);
}
