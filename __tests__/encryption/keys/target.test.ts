import { describe, expect, test } from '@jest/globals';
import { compareKeys } from '../../../src/encryption/keys/compare.ts';
import { type ResolvedKey, resolveKey } from '../../../src/encryption/keys/resolved-key.ts';
import { awsTarget, type ResolvedTarget, resolveTarget } from '../../../src/encryption/keys/target.ts';
import type { TargetKey } from '../../../src/encryption/model.ts';
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
import { oneKey } from '../../support/requests.ts';

describe('a key in force, as far as it can be made out', () => {
  const reported = (id: string, type: ResolvedKey['type'] = null) => ({ id, type });

  test('a key that KMS knows is that key, of the type KMS tells', () => {
    expect(resolveKey(reported(OLD_ID), found(customerKey(OLD)), SCOPE)).toEqual({
      id: OLD_ID,
      type: 'customer-managed',
      arn: OLD,
      viaAlias: false,
      problem: null,
      lookupError: null
    });
  });

  test('the type that the service reports counts before the one of KMS', () => {
    expect(resolveKey(reported('', 'aws-owned'), found(customerKey(OLD)), SCOPE)).toMatchObject({ type: 'aws-owned' });
  });

  test('an alias is the key it points to now, and is told to be an alias', () => {
    expect(resolveKey(reported('alias/old'), found(customerKey(OLD)), SCOPE)).toMatchObject({
      arn: OLD,
      viaAlias: true
    });
  });

  test('an alias ARN is told to be an alias', () => {
    expect(resolveKey(reported(aliasArn('alias/old')), found(customerKey(OLD)), SCOPE)).toMatchObject({
      viaAlias: true
    });
  });

  test("AWS' own alias cannot be repointed, so it is not told to be one", () => {
    expect(resolveKey(reported(AWS_ALIAS, 'aws-owned'), null, SCOPE)).toMatchObject({ arn: null, viaAlias: false });
  });

  test.each([
    ['a key ARN is certain', OLD, OLD],
    ["a bare key id is the key of that id in the stream's own account and region", OLD_ID, OLD],
    ['so is a multi-region key id', MRK, keyArn(MRK)],
    ['so is one in capital letters', MRK.toUpperCase().replace('MRK', 'mrk'), keyArn(MRK)],
    ['an alias is not certain', 'alias/old', null]
  ])('without kms:DescribeKey %s, and why nothing more is known is kept', (_, id, arn) => {
    expect(resolveKey(reported(id), DENIED, SCOPE)).toMatchObject({
      arn,
      type: null,
      problem: null,
      lookupError: DENIED.why
    });
  });

  test('a key that KMS does not know is a problem, and was a customer key: AWS deletes none of its own', () => {
    const gone = { type: 'customer-managed', arn: OLD, problem: MISSING.why, lookupError: null };
    expect(resolveKey(reported(OLD), MISSING, SCOPE)).toMatchObject(gone);
    expect(resolveKey(reported(AWS_ALIAS, 'aws-owned'), MISSING, SCOPE)).toMatchObject({ type: 'aws-owned' });
  });

  test.each([
    ['Disabled', 'is disabled: enable it'],
    ['PendingDeletion', 'is pending deletion: cancel the deletion'],
    ['PendingReplicaDeletion', 'is pending deletion'],
    ['PendingImport', 'has no key material yet'],
    ['Unavailable', 'is in state Unavailable and cannot be used now'],
    ['Creating', 'is in state Creating and cannot be used now']
  ])('a key in the state %s cannot be used', (state, words) => {
    const { problem } = resolveKey(reported(OLD), found(customerKey(OLD, { enabled: false, state })), SCOPE);
    expect(problem).toContain(`${OLD} ${words}`);
  });

  test('a key that is not enabled cannot be used, whatever its state is called', () => {
    const key = customerKey(OLD, { enabled: false, state: 'Enabled' });
    expect(resolveKey(reported(OLD), found(key), SCOPE).problem).toContain(OLD);
  });

  test('a key that is enabled but in a state that does not work cannot be used', () => {
    const key = customerKey(OLD, { enabled: true, state: 'PendingDeletion' });
    expect(resolveKey(reported(OLD), found(key), SCOPE).problem).toContain('pending deletion');
  });

  test('a key whose primary region is being changed works on', () => {
    expect(resolveKey(reported(OLD), found(customerKey(OLD, { state: 'Updating' })), SCOPE).problem).toBeNull();
  });
});

describe('the key asked for, resolved', () => {
  test.each(['alias/new', aliasArn('alias/new'), NEW_ID, NEW])('%s: its ARN is sent, to both services', (id) => {
    const target = { ...{ type: 'customer-managed', id: NEW }, arn: NEW, problem: null };
    expect(resolveTarget(oneKey(id).target, 'kinesis', found(customerKey(NEW)), SCOPE)).toEqual(target);
    expect(resolveTarget(oneKey(id).target, 'firehose', found(customerKey(NEW)), SCOPE)).toEqual(target);
  });

  test("the ARN of Kinesis' own alias is the AWS key in the stream's account, and nothing in another one", () => {
    const own = aliasArn(AWS_ALIAS);
    expect(resolveTarget(oneKey(own).target, 'kinesis', MISSING, SCOPE)).toEqual(awsTarget('kinesis'));
    const foreign = aliasArn(AWS_ALIAS, { account: OTHER_ACCOUNT });
    expect(resolveTarget(oneKey(foreign).target, 'kinesis', found(awsManagedKey(AWS_MANAGED)), SCOPE)).toEqual({
      unresolved: expect.stringContaining('another account')
    });
  });

  test('Kinesis takes the AWS managed key by its ARN where key-type leaves it open', () => {
    expect(resolveTarget(oneKey(AWS_MANAGED).target, 'kinesis', found(awsManagedKey(AWS_MANAGED)), SCOPE)).toEqual({
      ...{ type: 'aws-owned', id: AWS_MANAGED },
      arn: AWS_MANAGED,
      problem: null
    });
  });

  test.each(['kinesis', 'firehose'] as const)(
    '%s: customer-managed with the id of an AWS managed key is an error',
    (kind) => {
      const target = resolveTarget(oneKey(AWS_MANAGED, true).target, kind, found(awsManagedKey(AWS_MANAGED)), SCOPE);
      expect(target).toEqual({ unresolved: expect.stringContaining('but key-type is customer-managed') });
    }
  );

  test.each([AWS_MANAGED, AWS_ALIAS, aliasArn(AWS_ALIAS)])('Firehose accepts no AWS managed key: %s', (id) => {
    expect(resolveTarget(oneKey(id).target, 'firehose', found(awsManagedKey(AWS_MANAGED)), SCOPE)).toEqual({
      unresolved: expect.stringContaining('Firehose does not accept')
    });
  });

  test.each([
    ['disabled', disabledKey(NEW), 'is disabled'],
    ['pending deletion', customerKey(NEW, { enabled: false, state: 'PendingDeletion' }), 'is pending deletion'],
    ['asymmetric', customerKey(NEW, { spec: 'RSA_4096' }), 'is asymmetric (RSA_4096)'],
    ['for signing', customerKey(NEW, { usage: 'SIGN_VERIFY', spec: 'ECC_NIST_P256' }), 'has key usage SIGN_VERIFY'],
    [
      'for HMACs',
      customerKey(NEW, { usage: 'GENERATE_VERIFY_MAC', spec: 'HMAC_256' }),
      'has key usage GENERATE_VERIFY_MAC'
    ]
  ])('a key that is %s cannot be put in force', (_, key, words) => {
    expect(resolveTarget(oneKey(NEW).target, 'kinesis', found(key), SCOPE)).toMatchObject({
      problem: expect.stringContaining(words)
    });
  });

  test('a key of another region cannot be put in force, and both regions are named', () => {
    const key = customerKey(keyArn(NEW_ID, { region: 'us-east-1' }));
    expect(resolveTarget(oneKey(key.arn).target, 'kinesis', found(key), SCOPE)).toMatchObject({
      problem: expect.stringMatching(/is in us-east-1, but the stream is in eu-central-1/)
    });
  });

  test("a key of another account's can be put in force", () => {
    const key = customerKey(keyArn(NEW_ID, { account: OTHER_ACCOUNT }));
    expect(resolveTarget(oneKey(key.arn).target, 'kinesis', found(key), SCOPE)).toMatchObject({
      arn: key.arn,
      problem: null
    });
  });

  test('what KMS leaves out of its answer is taken to be right', () => {
    const key = customerKey(NEW, { usage: null, spec: null });
    expect(resolveTarget(oneKey(NEW).target, 'firehose', found(key), SCOPE)).toMatchObject({ problem: null });
  });

  test.each([
    ['a key ARN', NEW],
    ["a bare key id, in the stream's own account and region,", NEW_ID]
  ])('without kms:DescribeKey %s is certain, and is sent as an ARN', (_, id) => {
    const sent = { arn: NEW, problem: null, id: NEW };
    expect(resolveTarget(oneKey(id).target, 'kinesis', DENIED, SCOPE)).toEqual({ ...sent, type: null });
    expect(resolveTarget(oneKey(id).target, 'firehose', DENIED, SCOPE)).toEqual({ ...sent, type: 'customer-managed' });
  });

  test.each([
    ['kinesis', false, null],
    ['kinesis', true, 'customer-managed'],
    ['firehose', false, 'customer-managed'],
    ['firehose', true, 'customer-managed']
  ] as const)(
    'without kms:DescribeKey a key for %s (customer-managed: %s) is of the type %s',
    (kind, mustBeCustomerManaged, type) => {
      expect(resolveTarget(oneKey(NEW, mustBeCustomerManaged).target, kind, DENIED, SCOPE)).toMatchObject({
        ...{ type }
      });
    }
  );

  test('without kms:DescribeKey an alias cannot be resolved, and why is told', () => {
    expect(resolveTarget(oneKey('alias/new').target, 'kinesis', DENIED, SCOPE)).toEqual({ unresolved: DENIED.why });
  });

  test.each([NEW, NEW_ID, 'alias/new'])('%s: a key that does not exist cannot be resolved', (id) => {
    expect(resolveTarget(oneKey(id).target, 'kinesis', MISSING, SCOPE)).toEqual({ unresolved: MISSING.why });
  });
});

describe('whether the key in force is the one asked for', () => {
  const inForce = (but: Partial<ResolvedKey>): ResolvedKey => ({
    type: null,
    id: '',
    arn: null,
    viaAlias: false,
    problem: null,
    lookupError: null,
    ...but
  });
  const target = (arn: string | null, type: TargetKey['type']): ResolvedTarget => ({
    type,
    id: arn ?? '',
    arn,
    problem: null
  });
  const customer = target(NEW, 'customer-managed');
  const notLookedUp = target(NEW, null);
  const managed = target(AWS_MANAGED, 'aws-owned');

  test.each([
    ['the same ARN', inForce({ arn: NEW }), customer, 'same'],
    ['another ARN', inForce({ arn: OLD }), customer, 'other'],
    ['the same id in another account', inForce({ arn: keyArn(NEW_ID, { account: OTHER_ACCOUNT }) }), customer, 'other'],
    ["the AWS key, by the service's word, and a customer key", inForce({ type: 'aws-owned' }), customer, 'other'],
    ['an alias that could not be looked up', inForce({ id: 'alias/old', viaAlias: true }), customer, 'unknown'],
    [
      'the AWS key not looked up, and an AWS managed key by its ARN',
      inForce({ type: 'aws-owned' }),
      managed,
      'unknown'
    ],
    ['the AWS key looked up, and that very key by its ARN', inForce({ arn: AWS_MANAGED }), managed, 'same'],
    ['the AWS key, and a key that may be just that one', inForce({ type: 'aws-owned' }), notLookedUp, 'unknown'],
    ['the AWS key of Kinesis', inForce({ type: 'aws-owned', id: AWS_ALIAS }), awsTarget('kinesis'), 'same'],
    ['the AWS key of Firehose', inForce({ type: 'aws-owned' }), awsTarget('firehose'), 'same'],
    ['a customer key, and the AWS key', inForce({ type: 'customer-managed', arn: OLD }), awsTarget('kinesis'), 'other'],
    [
      'a key of unknown type, and the AWS key',
      inForce({ arn: OLD, lookupError: 'denied' }),
      awsTarget('kinesis'),
      'unknown'
    ],
    ['an alias that is gone, and a customer key', inForce({ id: 'alias/old', problem: 'gone' }), customer, 'other']
  ])('%s', (_, key, criteria, answer) => {
    expect(compareKeys(key, criteria)).toBe(answer);
  });
});

test('the AWS key is sent to Kinesis as its alias, and to Firehose without any id', () => {
  expect(awsTarget('kinesis')).toEqual({ type: 'aws-owned', id: AWS_ALIAS, arn: null, problem: null });
  expect(awsTarget('firehose')).toEqual({ type: 'aws-owned', id: '', arn: null, problem: null });
});
