import { isCustomerAlias } from './keys.ts';
import type { Outcome, Result } from './model.ts';
import { keyInWords } from './words.ts';

/** Kinesis keeps records for a year at most. Source: Kinesis Developer Guide, "Changing the data retention period". */
const LONGEST_RETENTION_HOURS = 8_760;

const TOOK_OR_MAY_TAKE_EFFECT: ReadonlySet<Outcome> = new Set([
  'enabled',
  'rekeyed',
  'started',
  'timed-out',
  'cancelled'
]);

/**
 * What must be seen to after a change: until when the old key is needed to read what was written before, and which KMS
 * permissions the stream's producers and consumers need where it moved to a customer key. Sources: Kinesis Developer
 * Guide, "Permissions to use user-generated KMS keys"; Firehose Developer Guide, "Data protection".
 */
export function aftercare(result: Result, endedAt: Date): string[] {
  if (!result.changed || !(TOOK_OR_MAY_TAKE_EFFECT.has(result.outcome) || isInForce(result))) return [];
  return [...keepOldKey(result, endedAt), ...permissionsNeeded(result)];
}

/** The new key is in force, also where the step failed after that: where no record was said to be encrypted. */
function isInForce({ key, changedTo }: Result): boolean {
  return key !== null && changedTo !== null && key.id === changedTo.id;
}

function keepOldKey({ kind, previousKey, oldKeyNeededHours }: Result, endedAt: Date): string[] {
  if (previousKey === null || previousKey.type === 'aws-owned' || oldKeyNeededHours === null) return [];
  const until = new Date(endedAt.getTime() + Math.min(oldKeyNeededHours, LONGEST_RETENTION_HOURS) * 3_600_000);
  const why =
    kind === 'kinesis'
      ? `the retention period of ${oldKeyNeededHours} h, for which records stay encrypted with it`
      : `the ${oldKeyNeededHours} h for which Firehose keeps records that it could not decrypt`;
  const old = isCustomerAlias(previousKey.id)
    ? `each key that ${previousKey.id} has pointed to`
    : `the old key ${keyInWords(previousKey)}`;
  return [`Keep ${old} enabled until ${inUtc(until)} at least: ${why}.`];
}

function permissionsNeeded({ kind, changedTo }: Result): string[] {
  if (changedTo === null || changedTo.type === 'aws-owned') return [];
  const on = `on ${keyInWords(changedTo)}`;
  return kind === 'kinesis'
    ? [`Producers need kms:GenerateDataKey ${on}; consumers need kms:Decrypt.`]
    : [`Producers need kms:GenerateDataKey and kms:Decrypt ${on}.`];
}

function inUtc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
