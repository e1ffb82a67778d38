/** Key identity: what a key resolves to, and whether two of them are one key. */

import type { KeyCriteria, KeyDescription, ReportedKey, StreamKind, TargetKey } from '../model.ts';
import {
  type ArnScope,
  arnScope,
  certainArn,
  isAwsAlias,
  isCustomerAlias,
  isKinesisAwsAlias,
  KINESIS_AWS_ALIAS
} from './key-id.ts';

/** What asking KMS for a key came to. */
export type Lookup =
  | { readonly answer: 'found'; readonly key: KeyDescription }
  | { readonly answer: 'missing'; readonly why: string }
  | { readonly answer: 'denied'; readonly why: string };

/** A key in force, as far as it could be made out. */
export interface ResolvedKey extends ReportedKey {
  /** The key it is now; null where nobody can tell. */
  readonly arn: string | null;
  /** The service reports an alias of the account's own, so the records' key may be one it pointed to before. */
  readonly viaAlias: boolean;
  /** Why the key cannot be used now: disabled, pending deletion, gone. */
  readonly problem: string | null;
  /** Why more could not be found out. */
  readonly lookupError: string | null;
}

/** Puts together what a service reports of its key and what KMS says of it. Without a lookup only the certain is told. */
export function resolveKey(reported: ReportedKey, lookup: Lookup | null, home: ArnScope): ResolvedKey {
  const key = {
    ...reported,
    arn: certainArn(reported.id, home),
    viaAlias: isCustomerAlias(reported.id),
    problem: null,
    lookupError: null
  };
  switch (lookup?.answer) {
    case 'found':
      return { ...key, type: reported.type ?? lookup.key.type, arn: lookup.key.arn, problem: whyUnusable(lookup.key) };
    case 'missing':
      // A key that AWS manages is never deleted, so it was a customer's.
      return { ...key, type: reported.type ?? 'customer-managed', problem: lookup.why };
    case 'denied':
      return { ...key, lookupError: lookup.why };
    default:
      return key;
  }
}

/** The key that is asked for, resolved: what to send, and what the service must report afterwards. */
export interface ResolvedTarget {
  readonly toSet: TargetKey;
  /** The key's ARN; null for the AWS key of either service. */
  readonly arn: string | null;
  /** Why the key cannot be put in force: disabled, asymmetric, another region. */
  readonly problem: string | null;
}

/** The AWS key of a service: the one AWS manages for Kinesis in the account, or the one Firehose owns. */
export function awsTarget(kind: StreamKind): ResolvedTarget {
  return { toSet: { type: 'aws-owned', id: kind === 'kinesis' ? KINESIS_AWS_ALIAS : '' }, arn: null, problem: null };
}

/** Resolves the one key asked for, by what KMS said of it; where it cannot be resolved, tells why. */
export function resolveTarget(
  criteria: Extract<KeyCriteria, { which: 'one' }>,
  kind: StreamKind,
  lookup: Lookup,
  home: ArnScope
): ResolvedTarget | { readonly unresolved: string } {
  const managed = `the key-id "${criteria.id}" is an AWS managed key`;
  const notForFirehose = {
    unresolved: `${managed}, which Firehose does not take: ask for key-type aws-owned without key-id`
  };
  if (isAwsAlias(criteria.id) && kind === 'firehose') return notForFirehose;
  if (isKinesisAwsAlias(criteria.id, home)) return awsTarget(kind);
  if (isAwsAlias(criteria.id)) return { unresolved: `${managed} of another account` };
  if (lookup.answer === 'found') {
    const { key } = lookup;
    if (key.type === 'aws-owned' && criteria.mustBeCustomerManaged) {
      return { unresolved: `${managed}, but key-type asks for customer-managed` };
    }
    if (key.type === 'aws-owned' && kind === 'firehose') return notForFirehose;
    return { toSet: { type: key.type, id: key.arn }, arn: key.arn, problem: whyUnsuitable(key, home) };
  }
  // Without kms:DescribeKey a key ARN, or an id in the stream's account, is still certain; an alias is not.
  const arn = certainArn(criteria.id, home);
  if (lookup.answer === 'missing' || arn === null) return { unresolved: lookup.why };
  const type = kind === 'firehose' || criteria.mustBeCustomerManaged ? 'customer-managed' : null;
  return { toSet: { type, id: arn }, arn, problem: null };
}

/** Whether two keys are one; `unknown` where nobody can tell. */
export type Match = 'same' | 'other' | 'unknown';

/** Whether the key in force is the one asked for. `unknown` where only kms:DescribeKey could tell. */
export function compareKeys(inForce: ResolvedKey, target: ResolvedTarget): Match {
  if (target.arn === null) {
    if (inForce.type === null) return 'unknown';
    return inForce.type === target.toSet.type ? 'same' : 'other';
  }
  if (inForce.arn !== null) return inForce.arn === target.arn ? 'same' : 'other';
  // An alias that KMS does not know leads to no key now.
  if (inForce.problem !== null) return 'other';
  // The AWS key of a service has no ARN to compare; it is another key than any customer key, for certain.
  if (inForce.type === 'aws-owned' && target.toSet.type === 'customer-managed') return 'other';
  return 'unknown';
}

/** States in which KMS encrypts and decrypts. Source: KMS Developer Guide, "Key states of AWS KMS keys". */
const WORKING_STATES: ReadonlySet<string> = new Set(['Enabled', 'Updating']);

/** Why a key cannot be used now, or null. */
function whyUnusable(key: KeyDescription): string | null {
  if (key.enabled && WORKING_STATES.has(key.state)) return null;
  switch (key.state) {
    case 'Disabled':
      return `the key ${key.arn} is disabled: enable it`;
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return `the key ${key.arn} is pending deletion: cancel its deletion, or ask for another key`;
    case 'PendingImport':
      return `the key ${key.arn} waits for its key material (PendingImport): import it, or ask for another key`;
    default:
      return `the key ${key.arn} is in the state ${key.state} and cannot be used now`;
  }
}

/** Why a key cannot encrypt a stream of this home, or null. What the answer leaves out is taken to be right. */
function whyUnsuitable(key: KeyDescription, home: ArnScope): string | null {
  const { region } = arnScope(key.arn);
  if (region !== home.region) {
    return `the key ${key.arn} is in ${region}, but the stream is in ${home.region}: ask for a key of the stream's region`;
  }
  if (key.usage !== null && key.usage !== 'ENCRYPT_DECRYPT') {
    return `the key ${key.arn} is for ${key.usage}: a stream needs a symmetric key for ENCRYPT_DECRYPT`;
  }
  if (key.spec !== null && key.spec !== 'SYMMETRIC_DEFAULT') {
    return `the key ${key.arn} is asymmetric (${key.spec}): a stream needs a symmetric key`;
  }
  return whyUnusable(key);
}
