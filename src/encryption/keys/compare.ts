/** Key identity: whether two keys are the same, however each is written. */

import { type ArnScope, isSameResource } from '../arn.ts';
import { arnInScope, isAwsAlias, isKinesisAwsAlias, parseKeyId } from './key-id.ts';
import type { NamedKey, ResolvedFromKey, ResolvedKey } from './resolved-key.ts';
import type { ResolvedTarget } from './target.ts';

/** Whether two keys are the same; `unknown` if that cannot be determined. */
export type Match = 'same' | 'other' | 'unknown';

/** Whether the key in force is the target. `unknown` if that needs kms:DescribeKey. */
export function compareKeys(inForce: ResolvedKey, target: ResolvedTarget): Match {
  if (target.arn === null) {
    if (inForce.type === null) return 'unknown';
    return inForce.type === target.type ? 'same' : 'other';
  }
  if (inForce.arn !== null) {
    if (!isSameResource(inForce.arn, target.arn)) return 'other';
    return target.isTypeCertain ? 'same' : 'unknown';
  }
  // An alias that KMS does not know points to no key now.
  if (inForce.problem !== null) return 'other';
  // The AWS key of a service has no ARN to compare, but it is certainly not a customer key.
  if (inForce.type === 'aws-owned' && target.type === 'customer-managed') return 'other';
  return 'unknown';
}

/** Whether the key in force is the named one. A named key that does not exist counts as another one. */
export function compareNamedKey(inForce: ResolvedKey, named: NamedKey, scope: ArnScope): Match {
  if (inForce.arn !== null && named.arn !== null) return isSameResource(inForce.arn, named.arn) ? 'same' : 'other';
  // A key of another region cannot be in force here, so KMS is not called for it.
  if ((parseKeyId(named.id)?.region ?? scope.region) !== scope.region) return 'other';
  // An alias that KMS does not know points to no key now.
  if ((inForce.arn === null && inForce.problem !== null) || named.lookup?.answer === 'missing') return 'other';
  if (inForce.type !== null && named.type !== null && inForce.type !== named.type) return 'other';
  // The key that Firehose owns has no id, so no request can name it.
  if (inForce.type === 'aws-owned' && inForce.id === '') return 'other';
  if (inForce.type === 'aws-owned' && isAwsAlias(named.id)) {
    return isKinesisAwsAlias(named.id, scope) ? 'same' : 'other';
  }
  return 'unknown';
}

/**
 * Whether the key in force is one that streams may be moved off. If the service reports the very alias that the request
 * names, they are the same, regardless of what that alias points to now.
 */
export function compareFromKey(inForce: ResolvedKey, from: ResolvedFromKey, scope: ArnScope): Match {
  if (from === 'any') return 'same';
  if (from === 'aws-owned') return inForce.type === null ? 'unknown' : inForce.type === from ? 'same' : 'other';
  if (arnInScope(inForce.id, scope) === from.idArn) return 'same';
  return compareNamedKey(inForce, from, scope);
}
