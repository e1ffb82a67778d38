/** Keys resolved with KMS: the key in force on a stream, and the keys that a request names to compare it with. */

import { type ArnScope, arnScope, parseArn } from '../arn.ts';
import { formatUtc } from '../format.ts';
import type { FromKey, KeyDescription, KeyType, ReportedKey } from '../model.ts';
import { arnInScope, certainArn, isAwsAlias, isCustomerAlias } from './key-id.ts';

/** The result of kms:DescribeKey for one key. */
export type Lookup =
  | { readonly answer: 'found'; readonly key: KeyDescription }
  /** `withoutAdvice` is for a key that a service reports, because nobody gave its id; left out if `why` has no advice. */
  | { readonly answer: 'missing' | 'denied'; readonly why: string; readonly withoutAdvice?: string };

/** The key in force on a stream, resolved as far as possible. */
export interface ResolvedKey extends ReportedKey {
  /** The ARN of the key now; null if it is not known. */
  readonly arn: string | null;
  /** The service reports a customer alias, which may have pointed to another key when the stream was encrypted. */
  readonly viaAlias: boolean;
  /** Why the key cannot be used now (disabled, pending deletion, gone), or null. */
  readonly problem: string | null;
  /** Why records that were encrypted with the key cannot be read now, and the remedy; null if they can, or if unknown. */
  readonly unreadable: string | null;
  /** When the key's imported material expires, or null. */
  readonly validTo: Date | null;
  /** Why the key could not be looked up, or null. */
  readonly lookupError: string | null;
}

/**
 * Combines the key that a service reports with its lookup. Without a lookup only what is certain is filled in. A bare id that
 * the service reports belongs to the stream's own account.
 */
export function resolveKey(reported: ReportedKey, lookup: Lookup | null, scope: ArnScope): ResolvedKey {
  const key = {
    ...reported,
    arn: certainArn(reported.id, scope),
    viaAlias: isCustomerAlias(reported.id),
    problem: null,
    unreadable: null,
    validTo: null,
    lookupError: null
  };
  switch (lookup?.answer) {
    case 'found':
      return {
        ...key,
        // KMS decides what a customer managed key is. Nobody can repoint the alias of an AWS managed key.
        type: reported.type === 'aws-owned' ? reported.type : lookup.key.type,
        arn: lookup.key.arn,
        problem: whyUnusable(lookup.key),
        unreadable: whyUnreadable(lookup.key),
        validTo: lookup.key.validTo
      };
    case 'missing':
      // An AWS managed key is never deleted, so this was a customer key.
      return {
        ...key,
        type: reported.type ?? 'customer-managed',
        problem: `KMS does not know the key ${key.arn ?? key.id} any more: use another key (${lookup.withoutAdvice ?? lookup.why})`,
        unreadable: reported.type === 'aws-owned' ? null : whyUnreadableIfMissing(key)
      };
    case 'denied':
      return { ...key, lookupError: lookup.why };
    default:
      return key;
  }
}

/** A key of `approved-key-ids` or `from-key-id`, resolved as far as possible. */
export interface NamedKey {
  readonly id: string;
  /** The id as an ARN, an alias as the ARN of the alias; null if its account is not known. */
  readonly idArn: string | null;
  readonly type: KeyType | null;
  /** The ARN of the key now; null if it is not known. */
  readonly arn: string | null;
  /** null if KMS was not called. */
  readonly lookup: Lookup | null;
}

/** A key that streams may be moved off, resolved as far as possible. */
export type ResolvedFromKey = Extract<FromKey, string> | NamedKey;

/**
 * Combines a key identifier of the request with its lookup. Without a lookup only what is certain is filled in. `scope` is
 * that of the credentials; null if it is not known.
 */
export function resolveNamedKey(id: string, lookup: Lookup | null, scope: ArnScope | null): NamedKey {
  if (lookup?.answer === 'found') {
    const { type, arn } = lookup.key;
    // An alias points to a key of its own account and region. Source: KMS API, `CreateAlias`.
    return { id, idArn: arnInScope(id, arnScope(arn)), type, arn, lookup };
  }
  const idArn = scope === null ? asArn(id) : arnInScope(id, scope);
  return { id, idArn, type: typeOfAlias(id), arn: certainArn(id, scope), lookup };
}

function asArn(id: string): string | null {
  return parseArn(id) === null ? null : id;
}

/** An account can create aliases for its own keys only. Source: KMS API, `CreateAlias`. */
function typeOfAlias(id: string): KeyType | null {
  if (isAwsAlias(id)) return 'aws-owned';
  return isCustomerAlias(id) ? 'customer-managed' : null;
}

/** The keys of an input that KMS does not know, one sentence each. */
export function whyUnknown(keys: readonly NamedKey[], input: 'approved-key-ids' | 'from-key-id'): string[] {
  return keys.flatMap(({ id, lookup }) =>
    lookup?.answer === 'missing' ? [`${id} in ${input} does not exist in KMS (${lookup.why})`] : []
  );
}

/** The lookups that failed, as a reason why two keys cannot be compared; null if none failed. */
export function formatLookupErrors(inForce: ResolvedKey | null, named: readonly NamedKey[]): string | null {
  const denied = named.flatMap(({ lookup }) => (lookup?.answer === 'denied' ? [lookup.why] : []));
  const errors = new Set(inForce?.lookupError ? [inForce.lookupError, ...denied] : denied);
  return errors.size === 0 ? null : [...errors].join('; ');
}

/**
 * States in which KMS encrypts and decrypts; in Updating, the answer says that the key is not enabled. Source: KMS Developer
 * Guide, "Key states of AWS KMS keys".
 */
const WORKING_STATES: ReadonlySet<string> = new Set(['Enabled', 'Updating']);

/** Why a key cannot be used now, or null. */
export function whyUnusable(key: KeyDescription): string | null {
  if (WORKING_STATES.has(key.state)) return null;
  switch (key.state) {
    case 'Disabled':
      return `the key ${key.arn} is disabled: enable it, or use another key`;
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return `the key ${key.arn} is pending deletion: cancel its deletion${formatBefore(key.deletionDate)} and enable the key, or use another one`;
    case 'PendingImport':
      return `the key ${key.arn} has no key material yet (PendingImport): import it, or use another key`;
    case 'Creating':
      return `the key ${key.arn} is still being created (Creating): run again when its state is Enabled`;
    case 'Unavailable':
      return `the key ${key.arn} cannot be reached (Unavailable): connect its custom key store, or use another key`;
    default:
      return `the key ${key.arn} is in state ${key.state} and cannot be used now: use another key, or run again when its state is Enabled`;
  }
}

/** Why records that were encrypted with a key cannot be read now, and what would make them readable again; or null. */
function whyUnreadable(key: KeyDescription): string | null {
  if (WORKING_STATES.has(key.state)) return null;
  const unless = `${UNREADABLE} unless the key ${key.arn}`;
  switch (key.state) {
    case 'Disabled':
      return `${unless}, which is disabled, is enabled again`;
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return `${unless} is saved: cancel its deletion${formatBefore(key.deletionDate)}, then enable it again`;
    case 'PendingImport':
      return `${unless}, whose key material was deleted or has expired, gets the same material imported again`;
    default:
      return `${unless}, which is in state ${key.state}, can be used again`;
  }
}

function whyUnreadableIfMissing({ id, arn }: { readonly id: string; readonly arn: string | null }): string {
  return arn === null
    ? `${UNREADABLE} unless the key that the alias ${id} pointed to is enabled: KMS does not know the alias any more`
    : `${UNREADABLE}: KMS does not know the key ${arn} any more`;
}

const UNREADABLE = 'records written before the change cannot be read';

function formatBefore(date: Date | null): string {
  return date === null ? '' : ` before ${formatUtc(date)}`;
}
