/** Validates the answers of AWS. */

import { ServiceError } from '../encryption/ports.ts';
import type { Call } from './errors.ts';

/** A part that every answer has. An answer without it comes from an intermediary such as a proxy. */
export function required<T>(call: Call, part: T | undefined): T {
  if (part !== undefined) return part;
  throw new ServiceError('unanswered', `${call.action} for ${call.resource} in ${call.region}: the answer was empty`);
}

/** A time of an answer; null if it has none. The SDK makes an invalid date of a number that is out of range. */
export function optionalDate(call: Call, date: Date | undefined): Date | null {
  if (date === undefined) return null;
  if (!Number.isNaN(date.getTime())) return date;
  throw new ServiceError(
    'unanswered',
    `${call.action} for ${call.resource} in ${call.region}: the answer has no valid date`
  );
}
