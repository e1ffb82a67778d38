import { describe, expect, test } from '@jest/globals';
import { awsTarget, resolveTarget } from '../../../src/encryption/keys/target.ts';
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
  OTHER_ACCOUNT,
  SCOPE
} from '../../support/account.ts';
import { targetKey } from '../../support/requests.ts';

const FOUND_USABLE = { isTypeCertain: true, problem: null, validTo: null, lookupError: null };

test('awsTarget is the AWS alias for Kinesis, and has no id for Firehose', () => {
  expect(awsTarget('kinesis')).toEqual({ type: 'aws-owned', id: AWS_ALIAS, arn: null, ...FOUND_USABLE });
  expect(awsTarget('firehose')).toEqual({ type: 'aws-owned', id: '', arn: null, ...FOUND_USABLE });
});

describe('resolveTarget', () => {
  test.each(['alias/new', aliasArn('alias/new'), NEW_ID, NEW])('resolves %s to the ARN for both services', (id) => {
    const target = { type: 'customer-managed', id: NEW, arn: NEW, ...FOUND_USABLE };
    expect(resolveTarget(targetKey(id).target, 'kinesis', found(customerKey(NEW)), SCOPE)).toEqual(target);
    expect(resolveTarget(targetKey(id).target, 'firehose', found(customerKey(NEW)), SCOPE)).toEqual(target);
  });

  test('resolves the ARN of the AWS alias for Kinesis only in the account of the stream', () => {
    const own = aliasArn(AWS_ALIAS);
    expect(resolveTarget(targetKey(own).target, 'kinesis', MISSING, SCOPE)).toEqual(awsTarget('kinesis'));
    const foreign = aliasArn(AWS_ALIAS, { account: OTHER_ACCOUNT });
    expect(resolveTarget(targetKey(foreign).target, 'kinesis', found(awsManagedKey(AWS_MANAGED)), SCOPE)).toEqual({
      unresolved: expect.stringContaining('another account')
    });
  });

  test('accepts the ARN of the AWS managed key for Kinesis without a key-type', () => {
    expect(resolveTarget(targetKey(AWS_MANAGED).target, 'kinesis', found(awsManagedKey(AWS_MANAGED)), SCOPE)).toEqual({
      type: 'aws-owned',
      id: AWS_MANAGED,
      arn: AWS_MANAGED,
      ...FOUND_USABLE
    });
  });

  test.each(['kinesis', 'firehose'] as const)(
    'rejects an AWS managed key with key-type customer-managed (%s)',
    (kind) => {
      const target = resolveTarget(targetKey(AWS_MANAGED, true).target, kind, found(awsManagedKey(AWS_MANAGED)), SCOPE);
      expect(target).toEqual({ unresolved: expect.stringContaining('but key-type is customer-managed') });
    }
  );

  test.each([AWS_MANAGED, AWS_ALIAS, aliasArn(AWS_ALIAS)])('rejects an AWS managed key for Firehose: %s', (id) => {
    expect(resolveTarget(targetKey(id).target, 'firehose', found(awsManagedKey(AWS_MANAGED)), SCOPE)).toEqual({
      unresolved: expect.stringContaining('Firehose does not accept')
    });
  });

  test.each([
    ['disabled', disabledKey(NEW), 'is disabled'],
    ['pending deletion', customerKey(NEW, { state: 'PendingDeletion' }), 'is pending deletion'],
    ['asymmetric', customerKey(NEW, { spec: 'RSA_4096' }), 'is asymmetric (RSA_4096)'],
    ['for signing', customerKey(NEW, { usage: 'SIGN_VERIFY', spec: 'ECC_NIST_P256' }), 'has key usage SIGN_VERIFY'],
    [
      'for HMACs',
      customerKey(NEW, { usage: 'GENERATE_VERIFY_MAC', spec: 'HMAC_256' }),
      'has key usage GENERATE_VERIFY_MAC'
    ]
  ])('reports a problem for a key that is %s', (_, key, problem) => {
    expect(resolveTarget(targetKey(NEW).target, 'kinesis', found(key), SCOPE)).toMatchObject({
      problem: expect.stringContaining(problem)
    });
  });

  test('reports a problem with both regions for a key of another region', () => {
    const key = customerKey(keyArn(NEW_ID, { region: 'us-east-1' }));
    expect(resolveTarget(targetKey(key.arn).target, 'kinesis', found(key), SCOPE)).toMatchObject({
      problem: expect.stringMatching(/is in us-east-1, but the stream is in eu-central-1/)
    });
  });

  test('accepts a key whose material expires, and says when', () => {
    const validTo = new Date('2027-01-15T00:00:00Z');
    expect(resolveTarget(targetKey(NEW).target, 'kinesis', found(customerKey(NEW, { validTo })), SCOPE)).toMatchObject({
      problem: null,
      validTo
    });
  });

  test('accepts a key in the state Updating', () => {
    const key = customerKey(NEW, { state: 'Updating' });
    expect(resolveTarget(targetKey(NEW).target, 'kinesis', found(key), SCOPE)).toMatchObject({ problem: null });
  });

  test('accepts a key of another account', () => {
    const key = customerKey(keyArn(NEW_ID, { account: OTHER_ACCOUNT }));
    expect(resolveTarget(targetKey(key.arn).target, 'kinesis', found(key), SCOPE)).toMatchObject({
      arn: key.arn,
      problem: null
    });
  });

  test('accepts a key whose usage and spec KMS leaves out', () => {
    const key = customerKey(NEW, { usage: null, spec: null });
    expect(resolveTarget(targetKey(NEW).target, 'firehose', found(key), SCOPE)).toMatchObject({ problem: null });
  });

  test.each([
    ['a key ARN', NEW],
    ['a key id in the scope of the stream', NEW_ID]
  ])('without kms:DescribeKey, resolves %s to the ARN, and keeps the reason', (_, id) => {
    const sent = { arn: NEW, id: NEW, ...FOUND_USABLE, lookupError: DENIED.why };
    expect(resolveTarget(targetKey(id).target, 'kinesis', DENIED, SCOPE)).toEqual({ ...sent, type: null });
    expect(resolveTarget(targetKey(id).target, 'firehose', DENIED, SCOPE)).toEqual({
      ...sent,
      type: 'customer-managed'
    });
  });

  test('without kms:DescribeKey, does not resolve a key id whose account is not known', () => {
    expect(resolveTarget(targetKey(NEW_ID).target, 'kinesis', DENIED, SCOPE, null)).toEqual({ unresolved: DENIED.why });
    expect(resolveTarget(targetKey(NEW).target, 'kinesis', DENIED, SCOPE, null)).toMatchObject({ arn: NEW });
  });

  test('does not take a key for customer managed if KMS does not say who manages it', () => {
    const unclear = found(customerKey(NEW, { type: null }));
    expect(resolveTarget(targetKey(NEW).target, 'kinesis', unclear, SCOPE)).toMatchObject({ type: null, arn: NEW });
    expect(resolveTarget(targetKey(NEW, true).target, 'kinesis', unclear, SCOPE)).toEqual({
      unresolved: expect.stringContaining('does not say who manages it')
    });
  });

  test.each([
    ['kinesis', false, null],
    ['firehose', false, 'customer-managed'],
    ['firehose', true, 'customer-managed']
  ] as const)(
    'without kms:DescribeKey, the type of a key for %s (customer-managed: %s) is %s',
    (kind, mustBeCustomerManaged, type) => {
      expect(resolveTarget(targetKey(NEW, mustBeCustomerManaged).target, kind, DENIED, SCOPE)).toMatchObject({ type });
    }
  );

  test('without kms:DescribeKey, does not know whether a key for Kinesis is customer managed, as it must be', () => {
    expect(resolveTarget(targetKey(NEW, true).target, 'kinesis', DENIED, SCOPE)).toMatchObject({
      isTypeCertain: false,
      problem: `cannot determine whether ${NEW} is customer managed (${DENIED.why})`
    });
  });

  test('without kms:DescribeKey, does not resolve an alias and returns the reason', () => {
    expect(resolveTarget(targetKey('alias/new').target, 'kinesis', DENIED, SCOPE)).toEqual({ unresolved: DENIED.why });
  });

  test.each([NEW, NEW_ID, 'alias/new'])('does not resolve %s if the key does not exist', (id) => {
    expect(resolveTarget(targetKey(id).target, 'kinesis', MISSING, SCOPE)).toEqual({ unresolved: MISSING.why });
  });
});
