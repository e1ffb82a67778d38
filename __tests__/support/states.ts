/** States with their keys made out, and what is wanted of them, for the tests of the decisions. */

import { awsTarget, type KnownKey, type Target } from '../../src/encryption/keys.ts';
import type { Look } from '../../src/encryption/model.ts';
import type { KnownOldKey } from '../../src/encryption/named-keys.ts';
import type { State, Wanted } from '../../src/encryption/plan.ts';
import { AWS_ALIAS, NEW, OLD } from './account.ts';
import { active } from './looks.ts';

/** The state that a look shows, its key made out. */
export function seen(look: Look, key: Partial<KnownKey> = {}): State {
  if (look.key === null) return { ...look, key: null };
  const { type, id } = look.key;
  const arn = id.startsWith('arn:') ? id : null;
  return { ...look, key: { id, type, arn, viaAlias: false, problem: null, doubt: null, ...key } };
}

export const onOld = seen(active(OLD), { type: 'customer-managed' });
export const onNew = seen(active(NEW), { type: 'customer-managed' });
export const onAwsKey = seen(active(AWS_ALIAS));
export const notLookedUp = seen(active(OLD), { doubt: 'no kms:DescribeKey' });
export const viaAlias = throughAlias('alias/new', NEW);
/** Kinesis says a status of no known meaning, but that records are encrypted. */
export const unknownWord: State = { ...onOld, status: 'MENDING', phase: 'unclear' };
/** EncryptionType KMS, and no KeyId. */
export const keyNotNamed: State = { ...onOld, key: null };

/** A stream that reports an alias, which points to this key now. */
export function throughAlias(alias: string, arn: string): State {
  return seen(active(alias), { type: 'customer-managed', arn, viaAlias: true });
}

/** A stream that reports an alias that could not be looked up. */
export function throughUnknownAlias(alias: string): State {
  return seen(active(alias), { viaAlias: true, doubt: `no kms:DescribeKey for ${alias}` });
}

export const toNew: Target = { toSet: { type: 'customer-managed', id: NEW }, arn: NEW, problem: null };
const toDisabled: Target = { ...toNew, problem: `the key ${NEW} is disabled: enable it` };
export const toAwsKey = awsTarget('kinesis');

/** This key is asked for, and where old keys are given, only streams on one of these are to be moved. */
export function wantedKey(target: Target, ...from: KnownOldKey[]): Extract<Wanted, { which: 'target' }> {
  return { which: 'target', target, from: from.length === 0 ? null : from };
}

export const anyKey: Wanted = { which: 'any' };
export const newKey = wantedKey(toNew);
export const disabledNewKey = wantedKey(toDisabled);
export const awsKey = wantedKey(toAwsKey);
export const anyCustomerKey: Wanted = { which: 'customer-managed' };
export const unresolved: Extract<Wanted, { which: 'unresolved' }> = {
  which: 'unresolved',
  why: 'no kms:DescribeKey for alias/new'
};
