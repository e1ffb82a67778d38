/** Observations with resolved keys, and resolved criteria, for the tests of decisions. */

import type { ResolvedKey } from '../../src/encryption/keys/resolved-key.ts';
import { awsTarget, type ResolvedTarget } from '../../src/encryption/keys/target.ts';
import type { Observation } from '../../src/encryption/model.ts';
import type { ResolvedCriteria } from '../../src/encryption/stream/criteria.ts';
import type { ResolvedObservation } from '../../src/encryption/stream/observation.ts';
import { NEW, OLD } from './account.ts';
import { active } from './observations.ts';

/** Resolves the key of an observation without a lookup, with these overrides. */
export function resolved(observation: Observation, key: Partial<ResolvedKey> = {}): ResolvedObservation {
  if (observation.key === null) return { ...observation, key: null };
  const { type, id } = observation.key;
  const arn = id.startsWith('arn:') ? id : null;
  const usable = { viaAlias: false, problem: null, unreadable: null, validTo: null, lookupError: null };
  return { ...observation, key: { id, type, arn, ...usable, ...key } };
}

export const notEncrypted = resolved(active());
export const onOld = resolved(active(OLD), { type: 'customer-managed' });
export const onNew = resolved(active(NEW), { type: 'customer-managed' });
export const notLookedUp = resolved(active(OLD), { lookupError: 'no kms:DescribeKey' });
/** Kinesis reports an alias that points to this key now. */
export const viaAlias = resolved(active('alias/new'), { type: 'customer-managed', arn: NEW, viaAlias: true });
/** Kinesis reports EncryptionType KMS without a KeyId. */
export const withoutKeyId: ResolvedObservation = { ...onOld, key: null };

export const newTarget: ResolvedTarget = {
  type: 'customer-managed',
  isTypeCertain: true,
  id: NEW,
  arn: NEW,
  problem: null,
  validTo: null,
  lookupError: null
};

export const anyKey: ResolvedCriteria = { which: 'any' };
export const newKey = { which: 'target', target: newTarget, from: null } as const satisfies ResolvedCriteria;
export const awsKey: ResolvedCriteria = { ...newKey, target: awsTarget('kinesis') };
export const unresolved: Extract<ResolvedCriteria, { which: 'unresolved' }> = {
  which: 'unresolved',
  why: 'no kms:DescribeKey for alias/new'
};
