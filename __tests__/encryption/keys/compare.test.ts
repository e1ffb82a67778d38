import { describe, expect, test } from '@jest/globals';
import { compareFromKey, compareKeys, compareNamedKey } from '../../../src/encryption/keys/compare.ts';
import {
  type Lookup,
  type ResolvedKey,
  resolveKey,
  resolveNamedKey
} from '../../../src/encryption/keys/resolved-key.ts';
import { awsTarget, type ResolvedTarget } from '../../../src/encryption/keys/target.ts';
import type { TargetKey } from '../../../src/encryption/model.ts';
import {
  AWS_ALIAS,
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
import { reportingAlias, reportingUnresolvedAlias } from '../../support/resolved-observations.ts';

/** The key in force as Kinesis reports it, with this lookup. */
function inForce(id: string, lookup: Lookup | null = null): ResolvedKey {
  return resolveKey({ type: id === AWS_ALIAS ? 'aws-owned' : null, id }, lookup, SCOPE);
}

const firehoseOwned = resolveKey({ type: 'aws-owned', id: '' }, null, SCOPE);
const awsAlias = inForce(AWS_ALIAS);
const managed = found(awsManagedKey(AWS_MANAGED));

describe('compareKeys', () => {
  const keyInForce = (overrides: Partial<ResolvedKey>): ResolvedKey => ({
    type: null,
    id: '',
    arn: null,
    viaAlias: false,
    problem: null,
    unreadable: null,
    validTo: null,
    lookupError: null,
    ...overrides
  });
  const targetKey = (arn: string | null, type: TargetKey['type']): ResolvedTarget => ({
    type,
    isTypeCertain: true,
    id: arn ?? '',
    arn,
    problem: null,
    validTo: null,
    lookupError: null
  });
  const customer = targetKey(NEW, 'customer-managed');
  const notLookedUp = targetKey(NEW, null);
  const awsManaged = targetKey(AWS_MANAGED, 'aws-owned');

  test.each([
    ['the same ARN', keyInForce({ arn: NEW }), customer, 'same'],
    ['another ARN', keyInForce({ arn: OLD }), customer, 'other'],
    [
      'the same id in another account',
      keyInForce({ arn: keyArn(NEW_ID, { account: OTHER_ACCOUNT }) }),
      customer,
      'other'
    ],
    ['the AWS key and a customer key', keyInForce({ type: 'aws-owned' }), customer, 'other'],
    ['an alias that could not be looked up', keyInForce({ id: 'alias/old', viaAlias: true }), customer, 'unknown'],
    [
      'the AWS key without a lookup and the ARN of an AWS managed key',
      keyInForce({ type: 'aws-owned' }),
      awsManaged,
      'unknown'
    ],
    ['the AWS key with a lookup and its ARN', keyInForce({ arn: AWS_MANAGED }), awsManaged, 'same'],
    ['the AWS key and an ARN that may be its own', keyInForce({ type: 'aws-owned' }), notLookedUp, 'unknown'],
    ['the AWS key of Kinesis', keyInForce({ type: 'aws-owned', id: AWS_ALIAS }), awsTarget('kinesis'), 'same'],
    ['the AWS key of Firehose', keyInForce({ type: 'aws-owned' }), awsTarget('firehose'), 'same'],
    [
      'a customer key and the AWS key',
      keyInForce({ type: 'customer-managed', arn: OLD }),
      awsTarget('kinesis'),
      'other'
    ],
    [
      'a key of unknown type and the AWS key',
      keyInForce({ arn: OLD, lookupError: 'denied' }),
      awsTarget('kinesis'),
      'unknown'
    ],
    [
      'an alias that does not exist and a customer key',
      keyInForce({ id: 'alias/old', problem: 'deleted' }),
      customer,
      'other'
    ]
  ])('compares %s', (_, key, target, match) => {
    expect(compareKeys(key, target)).toBe(match);
  });
});

describe('compareNamedKey', () => {
  test.each([
    ['the same ARN', inForce(OLD, DENIED), resolveNamedKey(OLD, null, SCOPE), 'same'],
    ['the id of the ARN in force', inForce(OLD, DENIED), resolveNamedKey(OLD_ID, null, SCOPE), 'same'],
    ['another ARN', inForce(OLD, DENIED), resolveNamedKey(NEW, null, SCOPE), 'other'],
    ['an alias that was not looked up', inForce(OLD), resolveNamedKey('alias/old', null, SCOPE), 'unknown'],
    ['an alias that may not be looked up', inForce(OLD), resolveNamedKey('alias/old', DENIED, SCOPE), 'unknown'],
    ['an alias that does not exist', inForce(OLD), resolveNamedKey('alias/old', MISSING, SCOPE), 'other'],
    [
      'an alias in force that may not be looked up',
      inForce('alias/old', DENIED),
      resolveNamedKey(OLD, null, SCOPE),
      'unknown'
    ],
    [
      'an alias in force that does not exist',
      inForce('alias/old', MISSING),
      resolveNamedKey(OLD, null, SCOPE),
      'other'
    ],
    ['the AWS key and a customer alias', awsAlias, resolveNamedKey('alias/old', DENIED, SCOPE), 'other'],
    ['the AWS key and its alias', awsAlias, resolveNamedKey(AWS_ALIAS, null, SCOPE), 'same'],
    ['the AWS key and the ARN of its alias', awsAlias, resolveNamedKey(aliasArn(AWS_ALIAS), null, SCOPE), 'same'],
    [
      'the AWS key by its ARN and its alias',
      inForce(AWS_MANAGED, managed),
      resolveNamedKey(AWS_ALIAS, null, SCOPE),
      'same'
    ],
    [
      'the AWS key and the AWS alias of another service',
      awsAlias,
      resolveNamedKey('alias/aws/s3', null, SCOPE),
      'other'
    ],
    [
      'the AWS key and the AWS alias in another account',
      awsAlias,
      resolveNamedKey(aliasArn(AWS_ALIAS, { account: OTHER_ACCOUNT }), null, SCOPE),
      'other'
    ],
    ['the AWS key and an ARN that may be its own', awsAlias, resolveNamedKey(AWS_MANAGED, null, SCOPE), 'unknown'],
    [
      'the AWS key and the ARN of a customer key',
      awsAlias,
      resolveNamedKey(OLD, found(customerKey(OLD)), SCOPE),
      'other'
    ],
    ['the key that Firehose owns and an ARN', firehoseOwned, resolveNamedKey(AWS_MANAGED, null, SCOPE), 'other'],
    [
      'the key that Firehose owns and the AWS alias for Kinesis',
      firehoseOwned,
      resolveNamedKey(AWS_ALIAS, null, SCOPE),
      'other'
    ],
    [
      'a key of another region',
      inForce('alias/old', DENIED),
      resolveNamedKey(keyArn(NEW_ID, { region: 'us-east-1' }), null, SCOPE),
      'other'
    ],
    [
      'an alias of another region',
      inForce(OLD),
      resolveNamedKey(aliasArn('alias/x', { region: 'us-east-1' }), DENIED, SCOPE),
      'other'
    ]
  ])('compares %s', (_, key, named, match) => {
    expect(compareNamedKey(key, named, SCOPE)).toBe(match);
  });

  test('is unknown for a disabled key in force and an alias that was not looked up', () => {
    const disabled = { ...inForce(OLD), problem: 'it is disabled' };
    expect(compareNamedKey(disabled, resolveNamedKey('alias/old', null, SCOPE), SCOPE)).toBe('unknown');
  });
});

describe('compareFromKey', () => {
  const alias = reportingAlias('alias/new', NEW).key ?? inForce('');
  const unknownAlias = reportingUnresolvedAlias('alias/x').key ?? inForce('');

  test.each([
    ['any key', inForce(OLD, DENIED), 'any', 'same'],
    ['the AWS key with aws-owned', awsAlias, 'aws-owned', 'same'],
    ['the AWS owned key of Firehose with aws-owned', firehoseOwned, 'aws-owned', 'same'],
    ['a customer key with aws-owned', inForce(OLD, found(customerKey(OLD))), 'aws-owned', 'other'],
    ['a key of unknown type with aws-owned', inForce(OLD, DENIED), 'aws-owned', 'unknown'],
    ['the same alias without a lookup', unknownAlias, resolveNamedKey('alias/x', null, SCOPE), 'same'],
    ['the same alias by its ARN', unknownAlias, resolveNamedKey(aliasArn('alias/x'), DENIED, SCOPE), 'same'],
    [
      'an alias of the same name in another account',
      unknownAlias,
      resolveNamedKey(aliasArn('alias/x', { account: OTHER_ACCOUNT }), DENIED, SCOPE),
      'unknown'
    ],
    ['another alias of the same key', alias, resolveNamedKey('alias/other', found(customerKey(NEW)), SCOPE), 'same'],
    [
      'an alias of the same name whose account is not known',
      unknownAlias,
      resolveNamedKey('alias/x', null, null),
      'unknown'
    ],
    [
      'an alias of the key that is given by its ARN',
      reportingAlias('alias/o', OLD).key ?? alias,
      resolveNamedKey(OLD, null, SCOPE),
      'same'
    ]
  ] as const)('compares %s', (_, key, from, match) => {
    expect(compareFromKey(key, from, SCOPE)).toBe(match);
  });
});
