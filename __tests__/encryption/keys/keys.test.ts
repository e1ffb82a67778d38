/** Keys resolved with kms:DescribeKey or without it, and compared. */

import { describe, expect, test } from '@jest/globals';
import { compareFromKey, compareKeys, compareNamedKey } from '../../../src/encryption/keys/compare.ts';
import { keyWarnings } from '../../../src/encryption/keys/key-warnings.ts';
import { type Lookup, resolveKey, resolveNamedKey } from '../../../src/encryption/keys/resolved-key.ts';
import { awsTarget, resolveTarget } from '../../../src/encryption/keys/target.ts';
import type { KeyType, StreamKind } from '../../../src/encryption/model.ts';
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
  MRK,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  OTHER_ACCOUNT,
  SCOPE
} from '../../support/account.ts';
import { targetKey } from '../../support/requests.ts';
import { newTarget } from '../../support/resolved-observations.ts';

/** The key in force as the service reports it, with this lookup. */
const inForce = (id: string, lookup: Lookup | null = null, type: KeyType | null = null) =>
  resolveKey({ type: id === AWS_ALIAS ? 'aws-owned' : type, id }, lookup, SCOPE);
/** A key of `approved-key-ids` or `from-key-id`, with this lookup. */
const named = (id: string, lookup: Lookup | null = null) => resolveNamedKey(id, lookup, SCOPE);

const CUSTOMER = found(customerKey(OLD));
const MANAGED = found(awsManagedKey(AWS_MANAGED));
const ELSEWHERE = { account: OTHER_ACCOUNT };
const US = { region: 'us-east-1' };
const validTo = new Date('2027-01-15T12:00:00Z');

describe('the key in force', () => {
  const CERTAIN = { viaAlias: false, problem: null, unreadable: null, validTo: null, lookupError: null };
  const UNREADABLE = 'records written before the change cannot be read';

  test('has the ARN and the type that KMS reports', () => {
    const key = { ...CERTAIN, id: OLD_ID, type: 'customer-managed', arn: OLD, validTo };
    expect(inForce(OLD_ID, found(customerKey(OLD, { validTo })))).toEqual(key);
    expect(inForce(OLD, found(awsManagedKey(OLD)), 'customer-managed').type).toBe('aws-owned');
    const aws = inForce(AWS_ALIAS, found(customerKey(OLD, { type: null })));
    expect(aws).toMatchObject({ type: 'aws-owned', arn: OLD, viaAlias: false });
  });

  test.each([
    ['a key id in the scope of the stream', OLD_ID, OLD],
    ['a multi-region key id in upper case', MRK.toUpperCase().replace('MRK', 'mrk'), keyArn(MRK)],
    ['an alias, whose key is unknown', 'alias/old', null]
  ])('has what is certain and the reason without kms:DescribeKey: %s', (_, id, arn) => {
    const key = { ...CERTAIN, id, type: null, arn, viaAlias: arn === null };
    expect(inForce(id, DENIED)).toEqual({ ...key, lookupError: DENIED.why });
    expect(inForce(id)).toEqual(key);
  });

  test('is a customer key if KMS does not know it, because AWS deletes none of its own', () => {
    const gone = (name: string, why: string) => `KMS does not know the key ${name} any more: use another key (${why})`;
    const unreadable = `${UNREADABLE}: KMS does not know the key ${OLD} any more`;
    const key = { ...CERTAIN, id: OLD, type: 'customer-managed', arn: OLD };
    expect(inForce(OLD, MISSING)).toEqual({ ...key, problem: gone(OLD, MISSING.why), unreadable });
    const aws = { type: 'aws-owned', problem: gone(AWS_ALIAS, MISSING.why), unreadable: null };
    expect(inForce(AWS_ALIAS, MISSING)).toMatchObject(aws);
    // Nobody gave the id, so the advice for ids in the request is left out.
    expect(inForce('alias/old', { ...MISSING, withoutAdvice: 'no such alias' })).toMatchObject({
      problem: gone('alias/old', 'no such alias'),
      unreadable: `${UNREADABLE} unless the key that the alias alias/old pointed to is enabled: KMS does not know the alias any more`
    });
  });

  test.each([
    ['Updating', null],
    ['Disabled', 'is disabled: enable it, or use another key'],
    ['PendingReplicaDeletion', 'is pending deletion: cancel its deletion and enable the key, or use another one'],
    ['PendingImport', 'has no key material yet (PendingImport): import it, or use another key'],
    ['Creating', 'is still being created (Creating): run again when its state is Enabled'],
    ['Unavailable', 'cannot be reached (Unavailable): connect its custom key store, or use another key'],
    ['X', 'is in state X and cannot be used now: use another key, or run again when its state is Enabled']
  ])('has a problem in the state %s, which says what to do: %s', (state, problem) => {
    expect(inForce(OLD, found(customerKey(OLD, { state }))).problem).toBe(problem && `the key ${OLD} ${problem}`);
  });

  test.each([
    ['Updating', null],
    ['Disabled', ', which is disabled, is enabled again'],
    ['PendingReplicaDeletion', ' is saved: cancel its deletion, then enable it again'],
    ['PendingImport', ', whose key material was deleted or has expired, gets the same material imported again'],
    ['Unavailable', ', which is in state Unavailable, can be used again']
  ])('leaves older records unreadable in the state %s, with a remedy: %s', (state, remedy) => {
    const { unreadable } = inForce(OLD, found(customerKey(OLD, { state })));
    expect(unreadable).toBe(remedy && `${UNREADABLE} unless the key ${OLD}${remedy}`);
  });

  test('has the date before which its deletion must be cancelled', () => {
    const key = { state: 'PendingDeletion', deletionDate: new Date('2026-12-04T09:30:00Z') };
    const { problem, unreadable } = inForce(OLD, found(customerKey(OLD, key)));
    expect(problem).toContain('cancel its deletion before 2026-12-04 09:30 UTC and enable the key, or');
    expect(unreadable).toContain('cancel its deletion before 2026-12-04 09:30 UTC, then');
  });
});

/** What is certain without a lookup, with the account of the credentials or without; and what the lookup adds. */
test.each<[string, string, Lookup | null, typeof SCOPE | null, KeyType | null, string | null, string | null]>([
  ['a key id', OLD_ID, null, SCOPE, null, OLD, OLD],
  ['a customer alias', 'alias/awsome', DENIED, SCOPE, 'customer-managed', null, aliasArn('alias/awsome')],
  ['the AWS alias for Kinesis', AWS_ALIAS, null, SCOPE, 'aws-owned', null, aliasArn(AWS_ALIAS)],
  ['a key id in an unknown account', OLD_ID, null, null, null, null, null],
  ['an alias in an unknown account', 'alias/old', null, null, 'customer-managed', null, null],
  ['an alias ARN', aliasArn('alias/x'), null, null, 'customer-managed', null, aliasArn('alias/x')],
  ['an alias that was found', 'alias/old', CUSTOMER, null, 'customer-managed', OLD, aliasArn('alias/old')],
  ['an AWS managed key that was found', AWS_MANAGED, MANAGED, SCOPE, 'aws-owned', AWS_MANAGED, AWS_MANAGED]
])('a key that the request names is resolved: %s', (_, id, lookup, scope, type, arn, idArn) => {
  expect(resolveNamedKey(id, lookup, scope)).toEqual({ id, type, arn, idArn, lookup });
});

describe('the target key', () => {
  const USABLE = { isTypeCertain: true, problem: null, validTo: null, lookupError: null };

  const resolve = (id: string, lookup: Lookup, kind: StreamKind = 'kinesis', mustBeCustomer = false) =>
    resolveTarget(targetKey(id, mustBeCustomer).target, kind, lookup, SCOPE);

  test.each([
    ['of another account', customerKey(keyArn(NEW_ID, ELSEWHERE), { validTo })],
    ['whose usage and spec KMS leaves out', customerKey(NEW, { usage: null, spec: null })],
    ['of AWS', awsManagedKey(AWS_MANAGED)]
  ])('can be a key %s, and is sent by its ARN', (_, key) => {
    const { arn, type, validTo } = key;
    const target = { ...USABLE, type, id: arn, arn, validTo };
    expect(resolve('alias/x', found(key), 'kinesis', type === 'customer-managed')).toEqual(target);
  });

  const FOR_MACS = customerKey(NEW, { usage: 'GENERATE_VERIFY_MAC', spec: 'HMAC_256' });
  const IN_US = customerKey(keyArn(NEW_ID, US));
  test.each([
    [disabledKey(NEW), 'is disabled: enable it, or use another key'],
    [customerKey(NEW, { spec: 'RSA_4096' }), 'is asymmetric (RSA_4096): a stream needs a symmetric key'],
    [FOR_MACS, 'has key usage GENERATE_VERIFY_MAC: a stream needs a symmetric key for ENCRYPT_DECRYPT'],
    [IN_US, "is in us-east-1, but the stream is in eu-central-1: use a key in the stream's region"]
  ])('has a problem if it cannot encrypt the stream: %#', (key, problem) => {
    expect(resolve(key.arn, found(key))).toMatchObject({ arn: key.arn, problem: `the key ${key.arn} ${problem}` });
  });

  const isManaged = (id: string, remedy: string) => `the key-id "${id}" is an AWS managed key${remedy}`;
  const NOT_FOR_FIREHOSE = ', which Firehose does not accept: use key-type aws-owned without key-id';
  const NOT_CUSTOMER =
    ', but key-type is customer-managed: use a customer managed key, or key-type aws-owned without key-id';
  const NOT_SAID = `cannot determine whether ${NEW} is customer managed: KMS does not say who manages it. Without key-type, the key-id alone decides`;
  const FOREIGN_ALIAS = aliasArn(AWS_ALIAS, ELSEWHERE);
  const UNCLEAR = found(customerKey(NEW, { type: null }));
  test.each([
    [AWS_ALIAS, 'firehose', false, MANAGED, isManaged(AWS_ALIAS, NOT_FOR_FIREHOSE)],
    [AWS_MANAGED, 'firehose', false, MANAGED, isManaged(AWS_MANAGED, NOT_FOR_FIREHOSE)],
    [AWS_MANAGED, 'kinesis', true, MANAGED, isManaged(AWS_MANAGED, NOT_CUSTOMER)],
    [FOREIGN_ALIAS, 'kinesis', false, MANAGED, isManaged(FOREIGN_ALIAS, ' of another account: use alias/aws/kinesis')],
    [NEW, 'kinesis', true, UNCLEAR, NOT_SAID],
    [NEW, 'kinesis', false, MISSING, MISSING.why],
    ['alias/new', 'kinesis', false, DENIED, DENIED.why]
  ] as const)(
    'cannot be %s for %s, with mustBeCustomerManaged %s and the lookup %j',
    (id, kind, mustBeCustomerManaged, lookup, unresolved) => {
      expect(resolve(id, lookup, kind, mustBeCustomerManaged)).toEqual({ unresolved });
    }
  );

  // Only KMS knows whether a key for Kinesis is a customer key.
  const problem = `cannot determine whether ${NEW} is customer managed (${DENIED.why})`;
  test.each([
    ['kinesis', false, { type: null }],
    ['kinesis', true, { type: 'customer-managed', isTypeCertain: false, problem }],
    ['firehose', true, { type: 'customer-managed' }]
  ] as const)(
    'is certain by its ARN or id for %s (customer-managed: %s) without kms:DescribeKey, with the reason',
    (kind, mustBeCustomerManaged, expected) => {
      const target = { ...USABLE, id: NEW, arn: NEW, lookupError: DENIED.why, ...expected };
      for (const id of [NEW, NEW_ID]) expect(resolve(id, DENIED, kind, mustBeCustomerManaged)).toEqual(target);
    }
  );

  test('is the AWS key for the ARN of its alias, and not known by an id that may belong to another account', () => {
    expect(resolve(aliasArn(AWS_ALIAS), MISSING)).toEqual({ ...USABLE, type: 'aws-owned', id: AWS_ALIAS, arn: null });
    expect(resolveTarget(targetKey(NEW_ID).target, 'kinesis', DENIED, SCOPE, null)).toEqual({ unresolved: DENIED.why });
  });
});

test('keys that expire or could not be looked up get a warning each, once for all forms of a key', () => {
  const expires = `the imported material of the key ${OLD} expires on 2027-01-15 12:00 UTC: import it again before then, because nothing can be encrypted or decrypted with the key afterwards`;
  const notLookedUp = (key: string) =>
    `the key ${key} could not be looked up, so whether it can be used is not known: ${DENIED.why}`;
  const target = { ...newTarget, arn: OLD, lookupError: DENIED.why, validTo };
  expect(keyWarnings([inForce(OLD_ID, DENIED), target])).toEqual([expires, notLookedUp(OLD)]);
  expect(keyWarnings([inForce('alias/x', DENIED)])).toEqual([notLookedUp('alias/x')]);
  expect(keyWarnings([null, newTarget, inForce(OLD, CUSTOMER), inForce(AWS_ALIAS, DENIED)])).toEqual([]);
});

describe('two keys are compared', () => {
  const awsAlias = inForce(AWS_ALIAS);
  const firehoseOwned = inForce('', null, 'aws-owned');
  const perhapsCustomer = { ...newTarget, isTypeCertain: false };

  test.each([
    ['the same ARN', inForce(NEW), newTarget, 'same'],
    ['the same ARN, whose key may not be a customer key, as it must be', inForce(NEW), perhapsCustomer, 'unknown'],
    ['another ARN', inForce(OLD), newTarget, 'other'],
    ['an alias that could not be looked up', inForce('alias/old', DENIED), newTarget, 'unknown'],
    ['an alias that does not exist', inForce('alias/old', MISSING), newTarget, 'other'],
    ['the AWS key and a customer key', awsAlias, newTarget, 'other'],
    ['the AWS key and an ARN that may be its own', awsAlias, { ...newTarget, type: null }, 'unknown'],
    ['the AWS key of Kinesis', awsAlias, awsTarget('kinesis'), 'same'],
    ['a customer key and the AWS key', inForce(OLD, CUSTOMER), awsTarget('kinesis'), 'other'],
    ['a key of unknown type and the AWS key', inForce(OLD, DENIED), awsTarget('kinesis'), 'unknown']
  ])('with the target: %s', (_, key, target, match) => {
    expect(compareKeys(key, target)).toBe(match);
  });

  test.each([
    ['the same ARN', inForce(OLD, DENIED), named(OLD), 'same'],
    ['another ARN', inForce(OLD, DENIED), named(NEW), 'other'],
    ['an alias that does not exist', inForce(OLD), named('alias/old', MISSING), 'other'],
    ['a disabled key and an alias', inForce(OLD, found(disabledKey(OLD))), named('alias/old'), 'unknown'],
    ['an alias in force that does not exist', inForce('alias/old', MISSING), named(OLD), 'other'],
    ['a key of another region', inForce('alias/old', DENIED), named(keyArn(NEW_ID, US)), 'other'],
    ['the AWS key and its alias', awsAlias, named(AWS_ALIAS), 'same'],
    ['the AWS key and the ARN of its alias', awsAlias, named(aliasArn(AWS_ALIAS)), 'same'],
    ['the AWS key and an ARN that may be its own', awsAlias, named(AWS_MANAGED), 'unknown'],
    ['the AWS key and the AWS alias in another account', awsAlias, named(aliasArn(AWS_ALIAS, ELSEWHERE)), 'other'],
    ['the AWS key and the ARN of a customer key', awsAlias, named(OLD, CUSTOMER), 'other'],
    ['the key that Firehose owns and the AWS alias for Kinesis', firehoseOwned, named(AWS_ALIAS), 'other']
  ])('with a key that the request names: %s', (_, key, other, match) => {
    expect(compareNamedKey(key, other, SCOPE)).toBe(match);
  });

  const alias = inForce('alias/x', DENIED);
  test.each([
    ['any key', inForce(OLD, DENIED), 'any', 'same'],
    ['the AWS key with aws-owned', awsAlias, 'aws-owned', 'same'],
    ['a customer key with aws-owned', inForce(OLD, CUSTOMER), 'aws-owned', 'other'],
    ['a key of unknown type with aws-owned', inForce(OLD, DENIED), 'aws-owned', 'unknown'],
    ['the same alias by its ARN', alias, named(aliasArn('alias/x'), DENIED), 'same'],
    ['an alias of the same name in another account', alias, named(aliasArn('alias/x', ELSEWHERE), DENIED), 'unknown'],
    ['another alias of the same key', inForce('alias/x', CUSTOMER), named('alias/other', CUSTOMER), 'same']
  ] as const)('with a key of from-key-id: %s', (_, key, from, match) => {
    expect(compareFromKey(key, from, SCOPE)).toBe(match);
  });
});
