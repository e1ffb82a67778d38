import { describe, expect, test } from '@jest/globals';
import { compareFromKey, compareNamedKey } from '../../../src/encryption/keys/compare.ts';
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
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  OTHER_ACCOUNT,
  SCOPE
} from '../../support/account.ts';
import { throughAlias, throughUnknownAlias, toAwsKey, toNew } from '../../support/resolved-observations.ts';

/** A key in force as Kinesis reports it. */
function inForce(id: string, lookup: Lookup | null = null): ResolvedKey {
  return resolveKey({ type: id === AWS_ALIAS ? 'aws-owned' : null, id }, lookup, SCOPE);
}

const firehoseOwned = resolveKey({ type: 'aws-owned', id: '' }, null, SCOPE);
const awsAlias = inForce(AWS_ALIAS);
const managed = found(awsManagedKey(AWS_MANAGED));

describe('a key that the request names', () => {
  test.each([
    ['a key ARN is certain', OLD, null, OLD],
    ["an id is the key of that id in the stream's account and region", OLD_ID, null, OLD],
    ['an alias of the account is a customer key, whichever', 'alias/old', 'customer-managed', null],
    ["AWS' alias is a key of AWS", AWS_ALIAS, 'aws-owned', null]
  ])('not looked up: %s', (_, id, type, arn) => {
    expect(resolveNamedKey(id, null, SCOPE)).toEqual({ id, type, arn, lookup: null });
    expect(resolveNamedKey(id, DENIED, SCOPE)).toEqual({ id, type, arn, lookup: DENIED });
  });

  test('looked up, is what KMS says', () => {
    expect(resolveNamedKey('alias/old', found(customerKey(OLD)), SCOPE)).toMatchObject({
      type: 'customer-managed',
      arn: OLD
    });
    expect(resolveNamedKey(AWS_ID, managed, SCOPE)).toMatchObject({ type: 'aws-owned', arn: AWS_MANAGED });
  });
});

describe('whether the key in force is the named one', () => {
  test.each([
    ['the same ARN', inForce(OLD, DENIED), resolveNamedKey(OLD, null, SCOPE), 'same'],
    ['the ARN of the id', inForce(OLD, DENIED), resolveNamedKey(OLD_ID, null, SCOPE), 'same'],
    ['another ARN', inForce(OLD, DENIED), resolveNamedKey(NEW, null, SCOPE), 'other'],
    ['an alias not looked up', inForce(OLD), resolveNamedKey('alias/old', null, SCOPE), 'unknown'],
    ['an alias that KMS denies', inForce(OLD), resolveNamedKey('alias/old', DENIED, SCOPE), 'unknown'],
    ['an alias that KMS does not know', inForce(OLD), resolveNamedKey('alias/old', MISSING, SCOPE), 'other'],
    ['an alias in force that KMS denies', inForce('alias/old', DENIED), resolveNamedKey(OLD, null, SCOPE), 'unknown'],
    [
      'an alias in force that KMS does not know',
      inForce('alias/old', MISSING),
      resolveNamedKey(OLD, null, SCOPE),
      'other'
    ],
    ['the AWS key, and an alias of a customer', awsAlias, resolveNamedKey('alias/old', DENIED, SCOPE), 'other'],
    ['the AWS key, and its alias', awsAlias, resolveNamedKey(AWS_ALIAS, null, SCOPE), 'same'],
    ['the AWS key, and the ARN of its alias', awsAlias, resolveNamedKey(aliasArn(AWS_ALIAS), null, SCOPE), 'same'],
    [
      'the AWS key by its ARN, and its alias',
      inForce(AWS_MANAGED, managed),
      resolveNamedKey(AWS_ALIAS, null, SCOPE),
      'same'
    ],
    [
      'the AWS key, and an alias of AWS for another service',
      awsAlias,
      resolveNamedKey('alias/aws/s3', null, SCOPE),
      'other'
    ],
    [
      "the AWS key, and AWS' alias in another account",
      awsAlias,
      resolveNamedKey(aliasArn(AWS_ALIAS, { account: OTHER_ACCOUNT }), null, SCOPE),
      'other'
    ],
    ['the AWS key, and a key that may be it', awsAlias, resolveNamedKey(AWS_MANAGED, null, SCOPE), 'unknown'],
    [
      'the AWS key, and a customer key by its ARN',
      awsAlias,
      resolveNamedKey(OLD, found(customerKey(OLD)), SCOPE),
      'other'
    ],
    ['the key that Firehose owns, and any other', firehoseOwned, resolveNamedKey(AWS_MANAGED, null, SCOPE), 'other'],
    [
      "the key that Firehose owns, and AWS' alias for Kinesis",
      firehoseOwned,
      resolveNamedKey(AWS_ALIAS, null, SCOPE),
      'other'
    ],
    [
      'a key of another region, whatever it is',
      inForce('alias/old', DENIED),
      resolveNamedKey(keyArn(NEW_ID, { region: 'us-east-1' }), null, SCOPE),
      'other'
    ],
    [
      'an alias of another region, whatever it is',
      inForce(OLD),
      resolveNamedKey(aliasArn('alias/x', { region: 'us-east-1' }), DENIED, SCOPE),
      'other'
    ]
  ])('%s', (_, key, named, match) => {
    expect(compareNamedKey(key, named, SCOPE)).toBe(match);
  });

  test('a disabled key in force is still compared with an alias that was not looked up', () => {
    const disabled = { ...inForce(OLD), problem: 'it is disabled' };
    expect(compareNamedKey(disabled, resolveNamedKey('alias/old', null, SCOPE), SCOPE)).toBe('unknown');
  });
});

describe('whether streams are to be moved off the key in force', () => {
  const alias = throughAlias('alias/new', NEW).key ?? inForce('');
  const unknownAlias = throughUnknownAlias('alias/x').key ?? inForce('');

  test.each([
    ['any', inForce(OLD, DENIED), 'any', 'same'],
    ['the AWS key', awsAlias, 'aws-owned', 'same'],
    ['the AWS owned key of Firehose', firehoseOwned, 'aws-owned', 'same'],
    ['a customer key, and the AWS key is to be left', inForce(OLD, found(customerKey(OLD))), 'aws-owned', 'other'],
    ['nobody knows whose, and the AWS key is to be left', inForce(OLD, DENIED), 'aws-owned', 'unknown'],
    ['the very alias, not looked up', unknownAlias, resolveNamedKey('alias/x', null, SCOPE), 'same'],
    ['the very alias, by its ARN', unknownAlias, resolveNamedKey(aliasArn('alias/x'), DENIED, SCOPE), 'same'],
    [
      'the alias of that name in another account',
      unknownAlias,
      resolveNamedKey(aliasArn('alias/x', { account: OTHER_ACCOUNT }), DENIED, SCOPE),
      'unknown'
    ],
    [
      'the very alias, which points to the key asked for',
      alias,
      resolveNamedKey('alias/new', found(customerKey(NEW)), SCOPE),
      'same'
    ],
    [
      'another alias of the key asked for',
      alias,
      resolveNamedKey('alias/other', found(customerKey(NEW)), SCOPE),
      'other'
    ],
    ['an alias of the named key', throughAlias('alias/o', OLD).key ?? alias, resolveNamedKey(OLD, null, SCOPE), 'same']
  ] as const)('%s', (_, key, old, match) => {
    expect(compareFromKey(key, old, toNew, SCOPE)).toBe(match);
  });

  test('where the AWS key is asked for, no named key is taken for it for want of an ARN', () => {
    expect(compareFromKey(inForce(OLD), resolveNamedKey('alias/x', null, SCOPE), toAwsKey, SCOPE)).toBe('unknown');
  });
});

test('the permissions that are missing are told once each', () => {
  const key = inForce('alias/x', DENIED);
  expect(
    formatLookupErrors(key, [resolveNamedKey('alias/y', DENIED, SCOPE), resolveNamedKey('alias/z', MISSING, SCOPE)])
  ).toBe('no kms:DescribeKey');
  const other: Lookup = { answer: 'denied', why: 'nor for y' };
  expect(formatLookupErrors(key, [resolveNamedKey('alias/y', other, SCOPE)])).toBe('no kms:DescribeKey; nor for y');
  expect(formatLookupErrors(null, [resolveNamedKey('alias/y', found(customerKey(NEW)), SCOPE)])).toBeNull();
});
