/** The target key, resolved: what is sent to the service, and what the service must report afterwards. */

import { type ArnScope, arnScope } from '../arn.ts';
import { type KeyDescription, KINESIS_AWS_ALIAS, type StreamKind, type TargetKey } from '../model.ts';
import { certainArn, isAwsAlias, isKinesisAwsAlias } from './key-id.ts';
import { type Lookup, whyUnusable } from './resolved-key.ts';

/** A target whose `id` is what the service is sent. */
export interface ResolvedTarget extends TargetKey {
  /** The ARN of the key; null for the AWS key of either service. */
  readonly arn: string | null;
  /** False if the key must be customer managed, and only KMS knows whether it is. */
  readonly isTypeCertain: boolean;
  /** Why the key cannot encrypt the stream (disabled, asymmetric, in another region), or null. */
  readonly problem: string | null;
  /** When the key's imported material expires, or null. */
  readonly validTo: Date | null;
  /** Why the key could not be looked up, or null. */
  readonly lookupError: string | null;
}

/** The AWS key of a service: the AWS managed key of the account for Kinesis, the key that Firehose owns. */
export function awsTarget(kind: StreamKind): ResolvedTarget {
  const id = kind === 'kinesis' ? KINESIS_AWS_ALIAS : '';
  return { type: 'aws-owned', isTypeCertain: true, id, arn: null, problem: null, validTo: null, lookupError: null };
}

/**
 * Resolves a target key that the request names by its id, for a stream in this scope. `requestScope` is that of a bare key id
 * in the request; null if it is not known. The reason is returned if the key cannot be resolved.
 */
export function resolveTarget(
  target: TargetKey,
  kind: StreamKind,
  lookup: Lookup,
  scope: ArnScope,
  requestScope: ArnScope | null = scope
): ResolvedTarget | { readonly unresolved: string } {
  const managed = `the key-id "${target.id}" is an AWS managed key`;
  const notForFirehose = {
    unresolved: `${managed}, which Firehose does not accept: use key-type aws-owned without key-id`
  };
  if (isAwsAlias(target.id) && kind === 'firehose') return notForFirehose;
  if (isKinesisAwsAlias(target.id, scope)) return awsTarget(kind);
  if (isAwsAlias(target.id)) return { unresolved: `${managed} of another account: use ${KINESIS_AWS_ALIAS}` };
  const mustBeCustomerManaged = target.type === 'customer-managed';
  if (lookup.answer === 'found') {
    const { key } = lookup;
    if (key.type === 'aws-owned' && mustBeCustomerManaged) {
      return {
        unresolved: `${managed}, but key-type is customer-managed: use a customer managed key, or key-type aws-owned without key-id`
      };
    }
    if (key.type === 'aws-owned' && kind === 'firehose') return notForFirehose;
    if (key.type === null && mustBeCustomerManaged) {
      return {
        unresolved: `cannot determine whether ${key.arn} is customer managed: KMS does not say who manages it. Without key-type, the key-id alone decides`
      };
    }
    const { type, arn, validTo } = key;
    return { type, isTypeCertain: true, id: arn, arn, problem: whyUnsuitable(key, scope), validTo, lookupError: null };
  }
  // Without kms:DescribeKey a key ARN, or a key id in the account of the credentials, is still certain; an alias is not.
  const arn = certainArn(target.id, requestScope);
  if (lookup.answer === 'missing' || arn === null) return { unresolved: lookup.why };
  const type = kind === 'firehose' || mustBeCustomerManaged ? 'customer-managed' : null;
  // Only KMS knows whether a key is customer managed. Firehose accepts no other key.
  const isTypeCertain = kind === 'firehose' || !mustBeCustomerManaged;
  const problem = isTypeCertain ? null : `cannot determine whether ${arn} is customer managed (${lookup.why})`;
  return { type, isTypeCertain, id: arn, arn, problem, validTo: null, lookupError: lookup.why };
}

/** Why a key cannot encrypt a stream of this scope, or null. Fields that KMS omits are assumed to be right. */
function whyUnsuitable(key: KeyDescription, scope: ArnScope): string | null {
  const { region } = arnScope(key.arn);
  if (region !== scope.region) {
    return `the key ${key.arn} is in ${region}, but the stream is in ${scope.region}: use a key in the stream's region`;
  }
  if (key.usage !== null && key.usage !== 'ENCRYPT_DECRYPT') {
    return `the key ${key.arn} has key usage ${key.usage}: a stream needs a symmetric key for ENCRYPT_DECRYPT`;
  }
  if (key.spec !== null && key.spec !== 'SYMMETRIC_DEFAULT') {
    return `the key ${key.arn} is asymmetric (${key.spec}): a stream needs a symmetric key`;
  }
  return whyUnusable(key);
}
