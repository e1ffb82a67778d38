import { describe, expect, test } from '@jest/globals';
import {
  formatLookupErrors,
  type Lookup,
  type ResolvedKey,
  resolveKey,
  resolveNamedKey
} from '../../../src/encryption/keys/resolved-key.ts';
import {
  AWS_ALIAS,
  AWS_ID,
  AWS_MANAGED,
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

const OLD_FOUND = found(customerKey(OLD));

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

  test.each([
    ['the AWS key of a service, whatever KMS reports', 'aws-owned', customerKey(OLD), 'aws-owned'],
    ['what KMS reports', 'customer-managed', awsManagedKey(OLD), 'aws-owned'],
    ['unknown if KMS does not say', 'customer-managed', customerKey(OLD, { type: null }), null]
  ] as const)('is of a type that is %s', (_, reported, key, type) => {
    expect(resolve(OLD, found(key), reported).type).toBe(type);
  });

  test.each([
    ['marks a customer alias', 'alias/old', OLD_FOUND, true],
    ['marks the ARN of a customer alias', aliasArn('alias/old'), OLD_FOUND, true],
    ['does not mark an AWS alias, because it cannot be repointed', AWS_ALIAS, found(awsManagedKey(OLD)), false]
  ])('resolves an alias to the key it points to now: %s', (_, id, lookup, viaAlias) => {
    expect(resolve(id, lookup)).toMatchObject({ arn: OLD, viaAlias });
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

describe('resolveNamedKey', () => {
  test.each([
    ['a key ARN', OLD, null, OLD, OLD],
    ['a key id in the scope of the credentials', OLD_ID, null, OLD, OLD],
    ['a customer alias, whose key is unknown', 'alias/old', 'customer-managed', null, aliasArn('alias/old')],
    ['the AWS alias for Kinesis', AWS_ALIAS, 'aws-owned', null, aliasArn(AWS_ALIAS)]
  ])('without a lookup, resolves what is certain: %s', (_, id, type, arn, idArn) => {
    expect(resolveNamedKey(id, null, SCOPE)).toEqual({ id, idArn, type, arn, lookup: null });
    expect(resolveNamedKey(id, DENIED, SCOPE)).toEqual({ id, idArn, type, arn, lookup: DENIED });
  });

  test.each([
    [OLD, OLD, OLD],
    [aliasArn('alias/old'), aliasArn('alias/old'), null],
    [OLD_ID, null, null],
    ['alias/old', null, null]
  ])('if the account of the credentials is not known, resolves an ARN alone: %s', (id, idArn, arn) => {
    expect(resolveNamedKey(id, null, null)).toMatchObject({ idArn, arn });
  });

  test.each([
    ['alias/old', customerKey(OLD), aliasArn('alias/old')],
    [OLD_ID, customerKey(OLD), OLD],
    [AWS_ID, awsManagedKey(AWS_MANAGED), AWS_MANAGED]
  ])('uses the lookup, also if the account of the credentials is not known: %s', (id, key, idArn) => {
    const lookup = found(key);
    expect(resolveNamedKey(id, lookup, null)).toEqual({ id, idArn, type: key.type, arn: key.arn, lookup });
  });
});

test('formatLookupErrors lists each missing permission once', () => {
  const key = resolveKey({ type: null, id: 'alias/x' }, DENIED, SCOPE);
  const named = (lookup: Lookup) => resolveNamedKey('alias/y', lookup, SCOPE);
  const deniedToo = named({ answer: 'denied', why: 'no kms:DescribeKey for y' });
  expect(formatLookupErrors(key, [named(DENIED), named(MISSING)])).toBe('no kms:DescribeKey');
  expect(formatLookupErrors(key, [deniedToo])).toBe('no kms:DescribeKey; no kms:DescribeKey for y');
  expect(formatLookupErrors(null, [named(found(customerKey(NEW)))])).toBeNull();
});
