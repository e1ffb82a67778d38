import { describe, expect, test } from '@jest/globals';
import type { Lookup } from '../../../src/encryption/keys/resolved-key.ts';
import { awsTarget, resolveTarget } from '../../../src/encryption/keys/target.ts';
import { KINDS, type StreamKind } from '../../../src/encryption/model.ts';
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

const USABLE = { isTypeCertain: true, problem: null, validTo: null, lookupError: null };
const MANAGED = found(awsManagedKey(AWS_MANAGED));
const UNCLEAR = found(customerKey(NEW, { type: null }));
const FOREIGN = { account: OTHER_ACCOUNT };

/** Resolves the target with this id. */
const resolve = (id: string, lookup: Lookup, kind: StreamKind = 'kinesis', mustBeCustomerManaged = false) =>
  resolveTarget(targetKey(id, mustBeCustomerManaged).target, kind, lookup, SCOPE);

test('awsTarget is the AWS alias for Kinesis, and has no id for Firehose', () => {
  expect(awsTarget('kinesis')).toEqual({ type: 'aws-owned', id: AWS_ALIAS, arn: null, ...USABLE });
  expect(awsTarget('firehose')).toEqual({ type: 'aws-owned', id: '', arn: null, ...USABLE });
});

describe('resolveTarget', () => {
  test.each([aliasArn('alias/new'), NEW_ID])('resolves %s to the ARN for both services', (id) => {
    const target = { type: 'customer-managed', id: NEW, arn: NEW, ...USABLE };
    for (const kind of KINDS) expect(resolve(id, found(customerKey(NEW)), kind)).toEqual(target);
  });

  test('resolves the AWS managed key for Kinesis by its ARN and by that of its alias', () => {
    expect(resolve(AWS_MANAGED, MANAGED)).toEqual({ type: 'aws-owned', id: AWS_MANAGED, arn: AWS_MANAGED, ...USABLE });
    expect(resolve(aliasArn(AWS_ALIAS), MISSING)).toEqual(awsTarget('kinesis'));
  });

  test.each([
    ['of another account', customerKey(keyArn(NEW_ID, FOREIGN))],
    ['whose usage and spec KMS leaves out', customerKey(NEW, { usage: null, spec: null })],
    ['of unknown type', customerKey(NEW, { type: null })],
    ['whose material expires', customerKey(NEW, { validTo: new Date('2027-01-15T00:00:00Z') })]
  ])('accepts a key %s', (_, key) => {
    const { arn, type, validTo } = key;
    expect(resolve(arn, found(key))).toEqual({ ...USABLE, type, id: arn, arn, validTo });
  });

  const ELSEWHERE = keyArn(NEW_ID, { region: 'us-east-1' });
  const FOR_MACS = customerKey(NEW, { usage: 'GENERATE_VERIFY_MAC', spec: 'HMAC_256' });

  test.each([
    [disabledKey(NEW), 'is disabled: enable it'],
    [customerKey(NEW, { spec: 'RSA_4096' }), 'is asymmetric (RSA_4096): a stream needs a symmetric key'],
    [FOR_MACS, 'has key usage GENERATE_VERIFY_MAC: a stream needs a symmetric key for ENCRYPT_DECRYPT'],
    [customerKey(ELSEWHERE), "is in us-east-1, but the stream is in eu-central-1: use a key in the stream's region"]
  ])('reports a problem with a key that cannot encrypt the stream: %#', (key, problem) => {
    expect(resolve(key.arn, found(key))).toMatchObject({ arn: key.arn, problem: `the key ${key.arn} ${problem}` });
  });

  const isManaged = (id: string, remedy: string) => `the key-id "${id}" is an AWS managed key${remedy}`;
  const NOT_FOR_FIREHOSE = ', which Firehose does not accept: use key-type aws-owned without key-id';
  const NOT_CUSTOMER =
    ', but key-type is customer-managed: use a customer managed key, or key-type aws-owned without key-id';
  const NOT_SAID = `cannot determine whether ${NEW} is customer managed: KMS does not say who manages it. Without key-type, the key-id alone decides`;
  const FOREIGN_ALIAS = aliasArn(AWS_ALIAS, FOREIGN);

  test.each([
    [AWS_ALIAS, 'firehose', false, MANAGED, isManaged(AWS_ALIAS, NOT_FOR_FIREHOSE)],
    [AWS_MANAGED, 'firehose', false, MANAGED, isManaged(AWS_MANAGED, NOT_FOR_FIREHOSE)],
    [AWS_MANAGED, 'firehose', true, MANAGED, isManaged(AWS_MANAGED, NOT_CUSTOMER)],
    [AWS_MANAGED, 'kinesis', true, MANAGED, isManaged(AWS_MANAGED, NOT_CUSTOMER)],
    [FOREIGN_ALIAS, 'kinesis', false, MANAGED, isManaged(FOREIGN_ALIAS, ' of another account: use alias/aws/kinesis')],
    [NEW, 'kinesis', true, UNCLEAR, NOT_SAID],
    [NEW, 'kinesis', false, MISSING, MISSING.why],
    ['alias/new', 'kinesis', false, DENIED, DENIED.why]
  ] as const)(
    'does not resolve %s for %s (customer-managed: %s) with the lookup %j',
    (id, kind, mustBeCustomerManaged, lookup, unresolved) => {
      expect(resolve(id, lookup, kind, mustBeCustomerManaged)).toEqual({ unresolved });
    }
  );

  const CUSTOMER = { type: 'customer-managed' };
  /** Only KMS knows whether a key for Kinesis is a customer key. */
  const UNCERTAIN = {
    ...CUSTOMER,
    isTypeCertain: false,
    problem: `cannot determine whether ${NEW} is customer managed (${DENIED.why})`
  };

  test.each([
    ['kinesis', false, { type: null }],
    ['kinesis', true, UNCERTAIN],
    ['firehose', false, CUSTOMER],
    ['firehose', true, CUSTOMER]
  ] as const)(
    'without kms:DescribeKey, resolves an ARN or id for %s (customer-managed: %s), and keeps the reason',
    (kind, mustBeCustomerManaged, expected) => {
      const target = { ...USABLE, id: NEW, arn: NEW, lookupError: DENIED.why, ...expected };
      for (const id of [NEW, NEW_ID]) expect(resolve(id, DENIED, kind, mustBeCustomerManaged)).toEqual(target);
    }
  );

  test('without kms:DescribeKey, does not resolve a key id whose account is not known', () => {
    expect(resolveTarget(targetKey(NEW_ID).target, 'kinesis', DENIED, SCOPE, null)).toEqual({ unresolved: DENIED.why });
    expect(resolveTarget(targetKey(NEW).target, 'kinesis', DENIED, SCOPE, null)).toMatchObject({ arn: NEW });
  });
});
