/** States with their keys made out, and what is wanted of them, for the tests of the decisions. */

import type { ResolvedFromKey, ResolvedKey } from '../../src/encryption/keys/resolved-key.ts';
import { awsTarget, type ResolvedTarget } from '../../src/encryption/keys/target.ts';
import type { Observation } from '../../src/encryption/model.ts';
import type { ResolvedCriteria } from '../../src/encryption/stream/criteria.ts';
import type { ResolvedObservation } from '../../src/encryption/stream/observation.ts';
import { AWS_ALIAS, NEW, OLD } from './account.ts';
import { active } from './observations.ts';

/** The state that a look shows, its key made out. */
export function seen(look: Observation, key: Partial<ResolvedKey> = {}): ResolvedObservation {
  if (look.key === null) return { ...look, key: null };
  const { type, id } = look.key;
  const arn = id.startsWith('arn:') ? id : null;
  return { ...look, key: { id, type, arn, viaAlias: false, problem: null, lookupError: null, ...key } };
}

export const onOld = seen(active(OLD), { type: 'customer-managed' });
export const onNew = seen(active(NEW), { type: 'customer-managed' });
export const onAwsKey = seen(active(AWS_ALIAS));
export const notLookedUp = seen(active(OLD), { lookupError: 'no kms:DescribeKey' });
export const viaAlias = throughAlias('alias/new', NEW);
/** Kinesis says a status of no known meaning, but that records are encrypted. */
export const unknownWord: ResolvedObservation = { ...onOld, status: 'MENDING', phase: 'unclear' };
/** EncryptionType KMS, and no KeyId. */
export const keyNotNamed: ResolvedObservation = { ...onOld, key: null };

/** A stream that reports an alias, which points to this key now. */
export function throughAlias(alias: string, arn: string): ResolvedObservation {
  return seen(active(alias), { type: 'customer-managed', arn, viaAlias: true });
}

/** A stream that reports an alias that could not be looked up. */
export function throughUnknownAlias(alias: string): ResolvedObservation {
  return seen(active(alias), { viaAlias: true, lookupError: `no kms:DescribeKey for ${alias}` });
}

export const toNew: ResolvedTarget = { type: 'customer-managed', id: NEW, arn: NEW, problem: null };
const toDisabled: ResolvedTarget = { ...toNew, problem: `the key ${NEW} is disabled: enable it` };
export const toAwsKey = awsTarget('kinesis');

/** This key is asked for, and where old keys are given, only streams on one of these are to be moved. */
export function wantedKey(
  target: ResolvedTarget,
  ...from: ResolvedFromKey[]
): Extract<ResolvedCriteria, { which: 'target' }> {
  return { which: 'target', target, from: from.length === 0 ? null : from };
}

export const anyKey: ResolvedCriteria = { which: 'any' };
export const newKey = wantedKey(toNew);
export const disabledNewKey = wantedKey(toDisabled);
export const awsKey = wantedKey(toAwsKey);
export const anyCustomerKey: ResolvedCriteria = { which: 'customer-managed' };
export const unresolved: Extract<ResolvedCriteria, { which: 'unresolved' }> = {
  which: 'unresolved',
  why: 'no kms:DescribeKey for alias/new'
};
