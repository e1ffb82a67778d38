import { describe, expect, test } from '@jest/globals';
import { type KnownKey, knownKey, type Lookup } from '../../src/encryption/keys.ts';
import { compareNamed, compareOld, doubtsOver, namedKey } from '../../src/encryption/named-keys.ts';
import {
  AWS_ALIAS,
  AWS_ID,
  AWS_MANAGED,
  aliasArn,
  awsManagedKey,
  customerKey,
  HOME,
  keyArn,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  OTHER_ACCOUNT
} from '../support/account.ts';
import { throughAlias, throughUnknownAlias, toAwsKey, toNew } from '../support/states.ts';

const found = (arn: string): Lookup => ({ answer: 'found', key: customerKey(arn) });
const denied: Lookup = { answer: 'denied', why: 'no kms:DescribeKey' };
const missing: Lookup = { answer: 'missing', why: 'no such key' };

/** A key in force as Kinesis reports it. */
function inForce(id: string, lookup: Lookup | null = null): KnownKey {
  return knownKey({ type: id === AWS_ALIAS ? 'aws-owned' : null, id }, lookup, HOME);
}

const firehoseOwned = knownKey({ type: 'aws-owned', id: '' }, null, HOME);
const awsAlias = inForce(AWS_ALIAS);
const managed: Lookup = { answer: 'found', key: awsManagedKey(AWS_MANAGED) };

describe('a key that the request names', () => {
  test.each([
    ['a key ARN is certain', OLD, null, OLD],
    ["an id is the key of that id in the stream's account and region", OLD_ID, null, OLD],
    ['an alias of the account is a customer key, whichever', 'alias/old', 'customer-managed', null],
    ["AWS' alias is a key of AWS", AWS_ALIAS, 'aws-owned', null]
  ])('not looked up: %s', (_, id, type, arn) => {
    expect(namedKey(id, null, HOME)).toEqual({ id, type, arn, lookup: null });
    expect(namedKey(id, denied, HOME)).toEqual({ id, type, arn, lookup: denied });
  });

  test('looked up, is what KMS says', () => {
    expect(namedKey('alias/old', found(OLD), HOME)).toMatchObject({ type: 'customer-managed', arn: OLD });
    expect(namedKey(AWS_ID, managed, HOME)).toMatchObject({ type: 'aws-owned', arn: AWS_MANAGED });
  });
});

describe('whether the key in force is the named one', () => {
  test.each([
    ['the same ARN', inForce(OLD, denied), namedKey(OLD, null, HOME), 'same'],
    ['the ARN of the id', inForce(OLD, denied), namedKey(OLD_ID, null, HOME), 'same'],
    ['another ARN', inForce(OLD, denied), namedKey(NEW, null, HOME), 'other'],
    ['an alias not looked up', inForce(OLD), namedKey('alias/old', null, HOME), 'unknown'],
    ['an alias that KMS denies', inForce(OLD), namedKey('alias/old', denied, HOME), 'unknown'],
    ['an alias that KMS does not know', inForce(OLD), namedKey('alias/old', missing, HOME), 'other'],
    ['an alias in force that KMS denies', inForce('alias/old', denied), namedKey(OLD, null, HOME), 'unknown'],
    ['an alias in force that KMS does not know', inForce('alias/old', missing), namedKey(OLD, null, HOME), 'other'],
    ['the AWS key, and an alias of a customer', awsAlias, namedKey('alias/old', denied, HOME), 'other'],
    ['the AWS key, and its alias', awsAlias, namedKey(AWS_ALIAS, null, HOME), 'same'],
    ['the AWS key, and the ARN of its alias', awsAlias, namedKey(aliasArn(AWS_ALIAS), null, HOME), 'same'],
    ['the AWS key by its ARN, and its alias', inForce(AWS_MANAGED, managed), namedKey(AWS_ALIAS, null, HOME), 'same'],
    ['the AWS key, and an alias of AWS for another service', awsAlias, namedKey('alias/aws/s3', null, HOME), 'other'],
    [
      "the AWS key, and AWS' alias in another account",
      awsAlias,
      namedKey(aliasArn(AWS_ALIAS, { account: OTHER_ACCOUNT }), null, HOME),
      'other'
    ],
    ['the AWS key, and a key that may be it', awsAlias, namedKey(AWS_MANAGED, null, HOME), 'unknown'],
    ['the AWS key, and a customer key by its ARN', awsAlias, namedKey(OLD, found(OLD), HOME), 'other'],
    ['the key that Firehose owns, and any other', firehoseOwned, namedKey(AWS_MANAGED, null, HOME), 'other'],
    ["the key that Firehose owns, and AWS' alias for Kinesis", firehoseOwned, namedKey(AWS_ALIAS, null, HOME), 'other'],
    [
      'a key of another region, whatever it is',
      inForce('alias/old', denied),
      namedKey(keyArn(NEW_ID, { region: 'us-east-1' }), null, HOME),
      'other'
    ],
    [
      'an alias of another region, whatever it is',
      inForce(OLD),
      namedKey(aliasArn('alias/x', { region: 'us-east-1' }), denied, HOME),
      'other'
    ]
  ])('%s', (_, key, named, match) => {
    expect(compareNamed(key, named, HOME)).toBe(match);
  });

  test('a disabled key in force is still compared with an alias that was not looked up', () => {
    const disabled = { ...inForce(OLD), problem: 'it is disabled' };
    expect(compareNamed(disabled, namedKey('alias/old', null, HOME), HOME)).toBe('unknown');
  });
});

describe('whether streams are to be moved off the key in force', () => {
  const alias = throughAlias('alias/new', NEW).key ?? inForce('');
  const unknownAlias = throughUnknownAlias('alias/x').key ?? inForce('');

  test.each([
    ['any', inForce(OLD, denied), 'any', 'same'],
    ['the AWS key', awsAlias, 'aws-owned', 'same'],
    ['the AWS owned key of Firehose', firehoseOwned, 'aws-owned', 'same'],
    ['a customer key, and the AWS key is to be left', inForce(OLD, found(OLD)), 'aws-owned', 'other'],
    ['nobody knows whose, and the AWS key is to be left', inForce(OLD, denied), 'aws-owned', 'unknown'],
    ['the very alias, not looked up', unknownAlias, namedKey('alias/x', null, HOME), 'same'],
    ['the very alias, by its ARN', unknownAlias, namedKey(aliasArn('alias/x'), denied, HOME), 'same'],
    [
      'the alias of that name in another account',
      unknownAlias,
      namedKey(aliasArn('alias/x', { account: OTHER_ACCOUNT }), denied, HOME),
      'unknown'
    ],
    ['the very alias, which points to the key asked for', alias, namedKey('alias/new', found(NEW), HOME), 'same'],
    ['another alias of the key asked for', alias, namedKey('alias/other', found(NEW), HOME), 'other'],
    ['an alias of the named key', throughAlias('alias/o', OLD).key ?? alias, namedKey(OLD, null, HOME), 'same']
  ] as const)('%s', (_, key, old, match) => {
    expect(compareOld(key, old, toNew, HOME)).toBe(match);
  });

  test('where the AWS key is asked for, no named key is taken for it for want of an ARN', () => {
    expect(compareOld(inForce(OLD), namedKey('alias/x', null, HOME), toAwsKey, HOME)).toBe('unknown');
  });
});

test('the permissions that are missing are told once each', () => {
  const key = inForce('alias/x', denied);
  expect(doubtsOver(key, [namedKey('alias/y', denied, HOME), namedKey('alias/z', missing, HOME)])).toBe(
    'no kms:DescribeKey'
  );
  const other: Lookup = { answer: 'denied', why: 'nor for y' };
  expect(doubtsOver(key, [namedKey('alias/y', other, HOME)])).toBe('no kms:DescribeKey; nor for y');
  expect(doubtsOver(null, [namedKey('alias/y', found(NEW), HOME)])).toBeNull();
});
