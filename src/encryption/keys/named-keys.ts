/** The keys that a request names beside the one to put in force: the approved ones, and those to move streams off. */

import type { FromKey, KeyType } from '../model.ts';
import {
  type ArnScope,
  arnInScope,
  certainArn,
  isAwsAlias,
  isCustomerAlias,
  isKinesisAwsAlias,
  keyForm
} from './key-id.ts';
import type { Lookup, Match, ResolvedKey, ResolvedTarget } from './keys.ts';

/** A key that the request names, as far as it was made out. */
export interface NamedKey {
  readonly id: string;
  readonly type: KeyType | null;
  /** The key it is now; null where nobody can tell yet. */
  readonly arn: string | null;
  /** What KMS said of it; null where it was not asked. */
  readonly lookup: Lookup | null;
}

/** A key that streams may be moved off, as far as it was made out. */
export type ResolvedFromKey = Extract<FromKey, string> | NamedKey;

/** Puts together how a key is written and what KMS says of it. Without a lookup only the certain is told. */
export function namedKey(id: string, lookup: Lookup | null, home: ArnScope): NamedKey {
  if (lookup?.answer === 'found') return { id, type: lookup.key.type, arn: lookup.key.arn, lookup };
  return { id, type: typeOfAlias(id), arn: certainArn(id, home), lookup };
}

/** An account can give aliases to its own keys only. Source: KMS API, `CreateAlias`. */
function typeOfAlias(id: string): KeyType | null {
  if (isAwsAlias(id)) return 'aws-owned';
  return isCustomerAlias(id) ? 'customer-managed' : null;
}

/** Whether the key in force is the named one. A key that KMS does not know is another one. */
export function compareNamedKey(inForce: ResolvedKey, named: NamedKey, home: ArnScope): Match {
  if (inForce.arn !== null && named.arn !== null) return inForce.arn === named.arn ? 'same' : 'other';
  // A key of another region is in force nowhere here, so KMS is not asked for it.
  if ((keyForm(named.id)?.region ?? home.region) !== home.region) return 'other';
  // An alias that KMS does not know leads to no key now.
  if ((inForce.arn === null && inForce.problem !== null) || named.lookup?.answer === 'missing') return 'other';
  if (inForce.type !== null && named.type !== null && inForce.type !== named.type) return 'other';
  // The key that Firehose owns has no id, so it is none that can be named.
  if (inForce.type === 'aws-owned' && inForce.id === '') return 'other';
  if (inForce.type === 'aws-owned' && isAwsAlias(named.id)) return isKinesisAwsAlias(named.id, home) ? 'same' : 'other';
  return 'unknown';
}

/**
 * Whether the key in force is one that streams may be moved off. Where the service reports the very alias it is, whatever
 * that points to now. Another alias of the key asked for is none: it would make of what is as asked an old key.
 */
export function compareFromKey(
  inForce: ResolvedKey,
  old: ResolvedFromKey,
  target: ResolvedTarget,
  home: ArnScope
): Match {
  if (old === 'any') return 'same';
  if (old === 'aws-owned') return inForce.type === null ? 'unknown' : inForce.type === old ? 'same' : 'other';
  if (arnInScope(inForce.id, home) === arnInScope(old.id, home)) return 'same';
  if (old.arn !== null && old.arn === target.arn) return 'other';
  return compareNamedKey(inForce, old, home);
}

/** Why nobody can tell whether the key in force is one of these: the permissions that are missing. */
export function formatLookupErrors(inForce: ResolvedKey | null, named: readonly NamedKey[]): string | null {
  const denied = named.flatMap(({ lookup }) => (lookup?.answer === 'denied' ? [lookup.why] : []));
  const doubts = new Set(inForce?.lookupError ? [inForce.lookupError, ...denied] : denied);
  return doubts.size === 0 ? null : [...doubts].join('; ');
}
