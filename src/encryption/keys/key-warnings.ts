/** What the operator should know about keys that work now. The texts name no stream, so that they group. Pure. */

import { formatKey, formatUtc } from '../format.ts';
import type { ResolvedKey } from './resolved-key.ts';
import type { ResolvedTarget } from './target.ts';

/** Warns about keys whose imported material expires, and about keys that could not be looked up: one text per key and fact. */
export function keyWarnings(keys: readonly (ResolvedKey | ResolvedTarget | null)[]): string[] {
  const byName = new Map(keys.flatMap((key) => (key === null ? [] : [[key.arn ?? formatKey(key), key] as const])));
  return [...byName].flatMap(([name, key]) => [...formatExpiry(name, key), ...formatLookupError(name, key)]);
}

function formatExpiry(name: string, { validTo }: ResolvedKey | ResolvedTarget): string[] {
  if (validTo === null) return [];
  return [
    `the imported material of the key ${name} expires on ${formatUtc(validTo)}: import it again before then, because ` +
      'nothing can be encrypted or decrypted with the key afterwards'
  ];
}

/** An AWS managed key can always be used, so a lookup would say nothing more. */
function formatLookupError(name: string, { type, lookupError }: ResolvedKey | ResolvedTarget): string[] {
  if (lookupError === null || type === 'aws-owned') return [];
  return [`the key ${name} could not be looked up, so whether it can be used is not known: ${lookupError}`];
}
