import { describe, expect, test } from '@jest/globals';
import {
  formatLookupErrors,
  type Lookup,
  type ResolvedKey,
  resolveKey,
  resolveNamedKey
} from '../../../src/encryption/keys/resolved-key.ts';
import type { KeyDescription, KeyType, ReportedKey } from '../../../src/encryption/model.ts';
import {
  AWS_ALIAS,
  aliasArn,
  awsManagedKey,
  customerKey,
  DENIED,
  found,
  keyArn,
  MISSING,
  MRK,
  NEW,
  OLD,
  OLD_ID,
  SCOPE
} from '../../support/account.ts';

const CUSTOMER = customerKey(OLD);
const MANAGED = awsManagedKey(OLD);
const UNCLEAR = customerKey(OLD, { type: null });

describe('resolveKey', () => {
  const resolve = (id: string, lookup: Lookup | null, type: ResolvedKey['type'] = null) =>
    resolveKey({ id, type }, lookup, SCOPE);
  const CERTAIN = { viaAlias: false, problem: null, unreadable: null, validTo: null, lookupError: null };
  const UNREADABLE = 'records written before the change cannot be read';

  test('uses the ARN and the type of the lookup', () => {
    const validTo = new Date('2027-01-15T00:00:00Z');
    const key = { ...CERTAIN, id: OLD_ID, type: 'customer-managed', arn: OLD, validTo };
    expect(resolve(OLD_ID, found(customerKey(OLD, { validTo })))).toEqual(key);
  });

  test.each<[string, ReportedKey, KeyDescription, Partial<ResolvedKey>]>([
    ['is of the type that KMS reports', { id: OLD, type: 'customer-managed' }, MANAGED, { type: 'aws-owned' }],
    ['is of no type if KMS reports none', { id: OLD, type: 'customer-managed' }, UNCLEAR, { type: null }],
    ['is always AWS owned if the service says so', { id: '', type: 'aws-owned' }, CUSTOMER, { type: 'aws-owned' }],
    ['is the key that an alias points to now', { id: 'alias/old', type: null }, CUSTOMER, { arn: OLD, viaAlias: true }],
    ['is marked if it is the ARN of an alias', { id: aliasArn('alias/x'), type: null }, CUSTOMER, { viaAlias: true }],
    ['is not marked if nobody can repoint the alias', { id: AWS_ALIAS, type: null }, CUSTOMER, { viaAlias: false }]
  ])('the key in force %s', (_, key, description, expected) => {
    expect(resolveKey(key, found(description), SCOPE)).toMatchObject(expected);
  });

  test.each([
    ['a key ARN', OLD, OLD],
    ['a key id in the scope of the stream', OLD_ID, OLD],
    ['a multi-region key id in upper case', MRK.toUpperCase().replace('MRK', 'mrk'), keyArn(MRK)],
    ['an alias, whose key is unknown', 'alias/old', null]
  ])('without kms:DescribeKey, resolves what is certain and keeps the reason: %s', (_, id, arn) => {
    const key = { ...CERTAIN, id, type: null, arn, viaAlias: arn === null };
    expect(resolve(id, DENIED)).toEqual({ ...key, lookupError: DENIED.why });
    expect(resolve(id, null)).toEqual(key);
  });

  const gone = (name: string, why: string) => `KMS does not know the key ${name} any more: use another key (${why})`;

  test('treats a key that KMS does not know as a customer key, because AWS deletes none of its own', () => {
    const unreadable = `${UNREADABLE}: KMS does not know the key ${OLD} any more`;
    const key = { ...CERTAIN, id: OLD, type: 'customer-managed', arn: OLD };
    expect(resolve(OLD, MISSING)).toEqual({ ...key, problem: gone(OLD, MISSING.why), unreadable });
    const aws = { type: 'aws-owned', problem: gone(AWS_ALIAS, MISSING.why), unreadable: null };
    expect(resolve(AWS_ALIAS, MISSING, 'aws-owned')).toMatchObject(aws);
  });

  test('says what records need where only the alias is gone, without the advice for ids in the request', () => {
    expect(resolve('alias/old', { ...MISSING, withoutAdvice: 'no such alias' })).toMatchObject({
      problem: gone('alias/old', 'no such alias'),
      unreadable: `${UNREADABLE} unless the key that the alias alias/old pointed to is enabled: KMS does not know the alias any more`
    });
  });

  test.each([
    ['Disabled', 'is disabled: enable it'],
    ['PendingDeletion', 'is pending deletion: cancel the deletion, or use another key'],
    ['PendingReplicaDeletion', 'is pending deletion: cancel the deletion, or use another key'],
    ['PendingImport', 'has no key material yet (PendingImport): import it, or use another key'],
    ['Creating', 'is still being created (Creating): run again when its state is Enabled'],
    ['Unavailable', 'cannot be reached (Unavailable): connect its custom key store, or use another key'],
    ['X', 'is in state X and cannot be used now: use another key, or run again when its state is Enabled']
  ])('says what to do about a key in the state %s', (state, problem) => {
    expect(resolve(OLD, found(customerKey(OLD, { state }))).problem).toBe(`the key ${OLD} ${problem}`);
  });

  test.each([
    ['Disabled', ', which is disabled, is enabled again'],
    ['PendingDeletion', ' is saved: cancel its deletion, then enable it again'],
    ['PendingReplicaDeletion', ' is saved: cancel its deletion, then enable it again'],
    ['PendingImport', ', whose key material was deleted or has expired, gets the same material imported again'],
    ['Unavailable', ', which is in state Unavailable, can be used again']
  ])('says what makes older records readable again after a key in the state %s', (state, remedy) => {
    const { unreadable } = resolve(OLD, found(customerKey(OLD, { state })));
    expect(unreadable).toBe(`${UNREADABLE} unless the key ${OLD}${remedy}`);
  });

  test('names the date by which a deletion must be cancelled', () => {
    const deletionDate = new Date('2026-12-04T09:30:00Z');
    expect(resolve(OLD, found(customerKey(OLD, { state: 'PendingDeletion', deletionDate })))).toMatchObject({
      problem: expect.stringContaining('cancel the deletion before 2026-12-04 09:30 UTC, or'),
      unreadable: expect.stringContaining('cancel its deletion before 2026-12-04 09:30 UTC, then')
    });
  });

  test('reports no problem while the primary region of a key is updated', () => {
    expect(resolve(OLD, found(customerKey(OLD, { state: 'Updating' })))).toMatchObject(CERTAIN);
  });
});

/** What is certain without a lookup, with the account of the credentials or without; and what the lookup adds. */
test.each<[string, string, Lookup | null, typeof SCOPE | null, KeyType | null, string | null, string | null]>([
  ['a key ARN', OLD, null, SCOPE, null, OLD, OLD],
  ['a key id', OLD_ID, null, SCOPE, null, OLD, OLD],
  ['a key id that may not be looked up', OLD_ID, DENIED, SCOPE, null, OLD, OLD],
  ['a customer alias', 'alias/old', null, SCOPE, 'customer-managed', null, aliasArn('alias/old')],
  ['the AWS alias for Kinesis', AWS_ALIAS, null, SCOPE, 'aws-owned', null, aliasArn(AWS_ALIAS)],
  ['a key ARN in an unknown account', OLD, null, null, null, OLD, OLD],
  ['a key id in an unknown account', OLD_ID, null, null, null, null, null],
  ['an alias in an unknown account', 'alias/old', null, null, 'customer-managed', null, null],
  ['an alias ARN', aliasArn('alias/x'), null, null, 'customer-managed', null, aliasArn('alias/x')],
  ['an alias that was found', 'alias/old', found(CUSTOMER), null, 'customer-managed', OLD, aliasArn('alias/old')],
  ['a key id that was found', OLD_ID, found(CUSTOMER), null, 'customer-managed', OLD, OLD],
  ['an AWS managed key that was found', OLD_ID, found(MANAGED), SCOPE, 'aws-owned', OLD, OLD]
])('resolveNamedKey resolves %s', (_, id, lookup, scope, type, arn, idArn) => {
  expect(resolveNamedKey(id, lookup, scope)).toEqual({ id, type, arn, idArn, lookup });
});

test('formatLookupErrors lists each missing permission once', () => {
  const key = resolveKey({ type: null, id: 'alias/x' }, DENIED, SCOPE);
  const named = (lookup: Lookup) => resolveNamedKey('alias/y', lookup, SCOPE);
  const deniedToo = named({ answer: 'denied', why: 'no kms:DescribeKey for y' });
  expect(formatLookupErrors(key, [named(DENIED), named(MISSING)])).toBe('no kms:DescribeKey');
  expect(formatLookupErrors(key, [deniedToo])).toBe('no kms:DescribeKey; no kms:DescribeKey for y');
  expect(formatLookupErrors(null, [named(found(customerKey(NEW)))])).toBeNull();
});
