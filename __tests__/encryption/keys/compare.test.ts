import { describe, expect, test } from '@jest/globals';
import { compareFromKey, compareKeys, compareNamedKey } from '../../../src/encryption/keys/compare.ts';
import { type Lookup, resolveKey, resolveNamedKey } from '../../../src/encryption/keys/resolved-key.ts';
import { awsTarget } from '../../../src/encryption/keys/target.ts';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  awsManagedKey,
  customerKey,
  DENIED,
  disabledKey,
  found,
  keyArn,
  MISSING,
  NEW,
  NEW_ID,
  OLD,
  OTHER_ACCOUNT,
  SCOPE
} from '../../support/account.ts';
import { newTarget } from '../../support/resolved-observations.ts';

/** The key in force as Kinesis reports it, with this lookup. */
const inForce = (id: string, lookup: Lookup | null = null) =>
  resolveKey({ type: id === AWS_ALIAS ? 'aws-owned' : null, id }, lookup, SCOPE);
/** A key that the request names, with this lookup. */
const named = (id: string, lookup: Lookup | null = null) => resolveNamedKey(id, lookup, SCOPE);

const firehoseOwned = resolveKey({ type: 'aws-owned', id: '' }, null, SCOPE);
const awsAlias = inForce(AWS_ALIAS);
const customer = inForce(OLD, found(customerKey(OLD)));
const managed = found(awsManagedKey(AWS_MANAGED));
const ELSEWHERE = { account: OTHER_ACCOUNT };
const US = { region: 'us-east-1' };

describe('compareKeys', () => {
  const awsManaged = { ...newTarget, type: 'aws-owned', id: AWS_MANAGED, arn: AWS_MANAGED } as const;
  const notLookedUp = { ...newTarget, type: null };
  const perhapsCustomer = { ...newTarget, isTypeCertain: false };

  test.each([
    ['the same ARN', inForce(NEW), newTarget, 'same'],
    ['the same ARN, whose key may not be a customer key, as it must be', inForce(NEW), perhapsCustomer, 'unknown'],
    ['another ARN', inForce(OLD), newTarget, 'other'],
    ['an alias that could not be looked up', inForce('alias/old', DENIED), newTarget, 'unknown'],
    ['an alias that does not exist', inForce('alias/old', MISSING), newTarget, 'other'],
    ['the AWS key and a customer key', awsAlias, newTarget, 'other'],
    ['the AWS key without a lookup and the ARN of an AWS managed key', awsAlias, awsManaged, 'unknown'],
    ['the AWS key with a lookup and its ARN', inForce(AWS_ALIAS, managed), awsManaged, 'same'],
    ['the AWS key and an ARN that may be its own', awsAlias, notLookedUp, 'unknown'],
    ['the AWS key of Kinesis', awsAlias, awsTarget('kinesis'), 'same'],
    ['a customer key and the AWS key', customer, awsTarget('kinesis'), 'other'],
    ['a key of unknown type and the AWS key', inForce(OLD, DENIED), awsTarget('kinesis'), 'unknown']
  ])('compares %s', (_, key, target, match) => {
    expect(compareKeys(key, target)).toBe(match);
  });
});

describe('compareNamedKey', () => {
  test.each([
    ['the same ARN', inForce(OLD, DENIED), named(OLD), 'same'],
    ['another ARN', inForce(OLD, DENIED), named(NEW), 'other'],
    ['an alias that was not looked up', inForce(OLD), named('alias/old'), 'unknown'],
    ['an alias that does not exist', inForce(OLD), named('alias/old', MISSING), 'other'],
    ['a disabled key and an alias', inForce(OLD, found(disabledKey(OLD))), named('alias/old'), 'unknown'],
    ['an alias in force that may not be looked up', inForce('alias/old', DENIED), named(OLD), 'unknown'],
    ['an alias in force that does not exist', inForce('alias/old', MISSING), named(OLD), 'other'],
    ['a key of another region', inForce('alias/old', DENIED), named(keyArn(NEW_ID, US)), 'other'],
    ['an alias of another region', inForce(OLD), named(aliasArn('alias/x', US), DENIED), 'other'],
    ['the AWS key and its alias', awsAlias, named(AWS_ALIAS), 'same'],
    ['the AWS key and the ARN of its alias', awsAlias, named(aliasArn(AWS_ALIAS)), 'same'],
    ['the AWS key by its ARN and its alias', inForce(AWS_MANAGED, managed), named(AWS_ALIAS), 'same'],
    ['the AWS key and an ARN that may be its own', awsAlias, named(AWS_MANAGED), 'unknown'],
    ['the AWS key and the AWS alias of another service', awsAlias, named('alias/aws/s3'), 'other'],
    ['the AWS key and the AWS alias in another account', awsAlias, named(aliasArn(AWS_ALIAS, ELSEWHERE)), 'other'],
    ['the AWS key and the ARN of a customer key', awsAlias, named(OLD, found(customerKey(OLD))), 'other'],
    ['the key that Firehose owns and the AWS alias for Kinesis', firehoseOwned, named(AWS_ALIAS), 'other']
  ])('compares %s', (_, key, other, match) => {
    expect(compareNamedKey(key, other, SCOPE)).toBe(match);
  });
});

describe('compareFromKey', () => {
  const alias = inForce('alias/x', DENIED);
  const pointsToOld = inForce('alias/x', found(customerKey(OLD)));

  test.each([
    ['any key', inForce(OLD, DENIED), 'any', 'same'],
    ['the AWS key with aws-owned', awsAlias, 'aws-owned', 'same'],
    ['a customer key with aws-owned', customer, 'aws-owned', 'other'],
    ['a key of unknown type with aws-owned', inForce(OLD, DENIED), 'aws-owned', 'unknown'],
    ['the same alias without a lookup', alias, named('alias/x'), 'same'],
    ['the same alias by its ARN', alias, named(aliasArn('alias/x'), DENIED), 'same'],
    ['an alias of the same name in another account', alias, named(aliasArn('alias/x', ELSEWHERE), DENIED), 'unknown'],
    ['an alias of the same name whose account is not known', alias, resolveNamedKey('alias/x', null, null), 'unknown'],
    ['another alias of the same key', pointsToOld, named('alias/other', found(customerKey(OLD))), 'same']
  ] as const)('compares %s', (_, key, from, match) => {
    expect(compareFromKey(key, from, SCOPE)).toBe(match);
  });
});
