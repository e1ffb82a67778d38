import { describe, expect, test } from '@jest/globals';
import { keyWarnings } from '../../../src/encryption/keys/key-warnings.ts';
import { type Lookup, type ResolvedKey, resolveKey } from '../../../src/encryption/keys/resolved-key.ts';
import { AWS_ALIAS, customerKey, DENIED, found, NEW, OLD, OLD_ID, SCOPE } from '../../support/account.ts';
import { awsKeyTarget, newTarget } from '../../support/resolved-observations.ts';

const VALID_TO = new Date('2027-01-15T12:00:00Z');

function inForce(id: string, lookup: Lookup, type: ResolvedKey['type'] = null): ResolvedKey {
  return resolveKey({ type, id }, lookup, SCOPE);
}

describe('the warnings about keys', () => {
  test('are none for keys that were looked up and do not expire', () => {
    expect(keyWarnings([inForce(OLD, found(customerKey(OLD))), newTarget, awsKeyTarget, null])).toEqual([]);
  });

  test('name the date on which imported material expires', () => {
    const expiring = inForce('alias/old', found(customerKey(OLD, { validTo: VALID_TO })));
    expect(keyWarnings([expiring])).toEqual([
      expect.stringContaining(`the imported material of the key ${OLD} expires on 2027-01-15 12:00 UTC`)
    ]);
    expect(keyWarnings([null, { ...newTarget, validTo: VALID_TO }])).toEqual([expect.stringContaining(NEW)]);
  });

  test('say that a key could not be looked up, and why', () => {
    expect(keyWarnings([inForce(OLD, DENIED), { ...newTarget, lookupError: 'no access' }])).toEqual([
      `the key ${OLD} could not be looked up, so whether it can be used is not known: no kms:DescribeKey`,
      `the key ${NEW} could not be looked up, so whether it can be used is not known: no access`
    ]);
    expect(keyWarnings([inForce('alias/x', DENIED)])).toEqual([expect.stringContaining('the key alias/x could not')]);
  });

  test('are given once for a key in two forms', () => {
    const target = { ...newTarget, id: OLD, arn: OLD, lookupError: 'no kms:DescribeKey', validTo: VALID_TO };
    expect(keyWarnings([inForce(OLD_ID, DENIED), target])).toHaveLength(2);
  });

  test('say nothing about an AWS managed key, which can always be used', () => {
    expect(keyWarnings([inForce(AWS_ALIAS, DENIED, 'aws-owned')])).toEqual([]);
  });
});
