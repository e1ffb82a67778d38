/** Checks the answers of AWS where they enter. */

import { ServiceError } from '../encryption/ports.ts';
import type { Call } from './errors.ts';

/** A part that every answer has. Without it, something on the way has answered, not the service. */
export function required<T>(call: Call, part: T | undefined): T {
  if (part !== undefined) return part;
  throw new ServiceError('unanswered', `${call.action} for ${call.resource} in ${call.region}: the answer was empty`);
}
