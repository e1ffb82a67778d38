import { describe, expect, test } from '@jest/globals';
import {
  formatLookupErrors,
  type Lookup,
  type ResolvedKey,
  resolveKey,
  resolveNamedKey
} from '../../../src/encryption/keys/resolved-key.ts';
import type { KeyDescription, KeyType } from '../../../src/encryption/model.ts';
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

describe('resolveKey', () => {
  const reported = (id: string, type: ResolvedKey['type'] = null) => ({ id, type });

  test('uses the ARN and the type of the lookup', () => {
    expect(resolveKey(reported(OLD_ID), found(customerKey(OLD)), SCOPE)).toEqual({
      id: OLD_ID,
      type: 'customer-managed',
      arn: OLD,
      viaAlias: false,
      problem: null,
      unreadable: null,
      validTo: null,
      lookupError: null
    });
  });

  test('is of the type that KMS reports, except for the AWS key of a service', () => {
    const type = (id: string, word: KeyType, key: KeyDescription) =>
      resolveKey(reported(id, word), found(key), SCOPE).type;
    expect(type('', 'aws-owned', customerKey(OLD))).toBe('aws-owned');
    expect(type(OLD, 'customer-managed', awsManagedKey(OLD))).toBe('aws-owned');
    expect(type(OLD, 'customer-managed', customerKey(OLD, { type: null }))).toBeNull();
  });

  test('resolves a customer alias to the key it points to now, and marks it as an alias', () => {
    expect(resolveKey(reported('alias/old'), found(customerKey(OLD)), SCOPE)).toMatchObject({
      arn: OLD,
      viaAlias: true
    });
  });

  test('marks a customer alias ARN as an alias', () => {
    expect(resolveKey(reported(aliasArn('alias/old')), found(customerKey(OLD)), SCOPE)).toMatchObject({
      viaAlias: true
    });
  });

  test('does not mark an AWS alias as an alias, because it cannot be repointed', () => {
    expect(resolveKey(reported(AWS_ALIAS, 'aws-owned'), null, SCOPE)).toMatchObject({ arn: null, viaAlias: false });
  });

  test.each([
    ['a key ARN', OLD, OLD],
    ['a key id in the scope of the stream', OLD_ID, OLD],
    ['a multi-region key id', MRK, keyArn(MRK)],
    ['a multi-region key id in upper case', MRK.toUpperCase().replace('MRK', 'mrk'), keyArn(MRK)],
    ['an alias, whose key is unknown', 'alias/old', null]
  ])('without kms:DescribeKey, resolves what is certain and keeps the reason: %s', (_, id, arn) => {
    expect(resolveKey(reported(id), DENIED, SCOPE)).toMatchObject({
      arn,
      type: null,
      problem: null,
      lookupError: DENIED.why
    });
  });

  test('treats a key that does not exist as a customer key with a problem, because AWS deletes none of its own', () => {
    const problem = `KMS does not know the key ${OLD} any more: use another key (${MISSING.why})`;
    const missing = { type: 'customer-managed', arn: OLD, problem, lookupError: null };
    expect(resolveKey(reported(OLD), MISSING, SCOPE)).toMatchObject(missing);
    expect(resolveKey(reported(AWS_ALIAS, 'aws-owned'), MISSING, SCOPE)).toMatchObject({ type: 'aws-owned' });
  });

  test.each([
    ['Disabled', 'is disabled: enable it'],
    ['PendingDeletion', 'is pending deletion: cancel the deletion'],
    ['PendingReplicaDeletion', 'is pending deletion'],
    ['PendingImport', 'has no key material yet'],
    ['Unavailable', 'cannot be reached (Unavailable): connect its custom key store'],
    ['Moonlit', 'is in state Moonlit and cannot be used now: use another key'],
    ['Creating', 'is still being created (Creating): run again']
  ])('reports a key in the state %s as unusable', (state, text) => {
    const { problem } = resolveKey(reported(OLD), found(customerKey(OLD, { state })), SCOPE);
    expect(problem).toContain(`${OLD} ${text}`);
  });

  test('reports no problem while the primary region of a key is updated', () => {
    const key = resolveKey(reported(OLD), found(customerKey(OLD, { state: 'Updating' })), SCOPE);
    expect(key).toMatchObject({ problem: null, unreadable: null });
  });

  const deletionDate = new Date('2026-12-04T09:30:00Z');

  test('names the date by which a deletion must be cancelled', () => {
    const key = customerKey(OLD, { state: 'PendingDeletion', deletionDate });
    expect(resolveKey(reported(OLD), found(key), SCOPE)).toMatchObject({
      problem: `the key ${OLD} is pending deletion: cancel the deletion before 2026-12-04 09:30 UTC, or use another key`,
      unreadable: `records written before the change cannot be read unless the key ${OLD} is saved: cancel its deletion before 2026-12-04 09:30 UTC, then enable it again`
    });
  });

  test.each([
    ['Disabled', `unless the key ${OLD}, which is disabled, is enabled again`],
    ['PendingDeletion', `unless the key ${OLD} is saved: cancel its deletion, then enable it again`],
    ['PendingReplicaDeletion', `unless the key ${OLD} is saved: cancel its deletion`],
    ['PendingImport', 'gets the same material imported again'],
    ['Unavailable', `unless the key ${OLD}, which is in state Unavailable, can be used again`]
  ])('says what makes older records readable again after a key in the state %s', (state, remedy) => {
    const { unreadable } = resolveKey(reported(OLD), found(customerKey(OLD, { state })), SCOPE);
    expect(unreadable).toContain('records written before the change cannot be read');
    expect(unreadable).toContain(remedy);
  });

  test('says that records cannot be read with a key that is gone, and what they need where only the alias is', () => {
    const unreadable = (id: string, type: ResolvedKey['type'] = null) =>
      resolveKey(reported(id, type), MISSING, SCOPE).unreadable;
    expect(unreadable(OLD)).toBe(
      `records written before the change cannot be read: KMS does not know the key ${OLD} any more`
    );
    expect(unreadable('alias/old')).toContain('unless the key that the alias alias/old pointed to is enabled');
    expect(unreadable(AWS_ALIAS, 'aws-owned')).toBeNull();
  });

  test('says nothing of the state of a key that may not be looked up', () => {
    expect(resolveKey(reported(OLD), DENIED, SCOPE)).toMatchObject({ problem: null, unreadable: null, validTo: null });
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

  test.each([OLD, aliasArn('alias/old')])('resolves %s if the account of the credentials is not known', (id) => {
    expect(resolveNamedKey(id, null, null)).toMatchObject({ idArn: id });
  });

  test.each([OLD_ID, 'alias/old'])('does not resolve %s if the account of the credentials is not known', (id) => {
    expect(resolveNamedKey(id, null, null)).toMatchObject({ idArn: null, arn: null });
    expect(resolveNamedKey(id, found(customerKey(OLD)), null)).toMatchObject({
      idArn: id === OLD_ID ? OLD : aliasArn('alias/old')
    });
  });

  test('uses the lookup', () => {
    expect(resolveNamedKey('alias/old', found(customerKey(OLD)), SCOPE)).toMatchObject({
      type: 'customer-managed',
      arn: OLD
    });
    expect(resolveNamedKey(AWS_ID, found(awsManagedKey(AWS_MANAGED)), SCOPE)).toMatchObject({
      type: 'aws-owned',
      arn: AWS_MANAGED
    });
  });
});

test('formatLookupErrors lists each missing permission once', () => {
  const key = resolveKey({ type: null, id: 'alias/x' }, DENIED, SCOPE);
  expect(
    formatLookupErrors(key, [resolveNamedKey('alias/y', DENIED, SCOPE), resolveNamedKey('alias/z', MISSING, SCOPE)])
  ).toBe('no kms:DescribeKey');
  const other: Lookup = { answer: 'denied', why: 'no kms:DescribeKey for y' };
  expect(formatLookupErrors(key, [resolveNamedKey('alias/y', other, SCOPE)])).toBe(
    'no kms:DescribeKey; no kms:DescribeKey for y'
  );
  expect(formatLookupErrors(null, [resolveNamedKey('alias/y', found(customerKey(NEW)), SCOPE)])).toBeNull();
});
