import { describe, expect, test } from '@jest/globals';
import { arnInScope, isAwsAlias, isCustomerAlias, parseKeyId } from '../../../src/encryption/keys/key-id.ts';
import {
  ACCOUNT,
  AWS_ALIAS,
  aliasArn,
  keyArn,
  MRK,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  OTHER_ACCOUNT,
  REGION,
  SCOPE,
  STREAM_ARN
} from '../../support/account.ts';

describe('parseKeyId', () => {
  test.each([
    ['a key ARN', OLD, { form: 'arn', region: REGION, alias: null }],
    ['the ARN of a multi-region key', keyArn(MRK), { form: 'arn', region: REGION, alias: null }],
    [
      'a key ARN of another partition',
      `arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/${OLD_ID}`,
      { form: 'arn', region: 'us-gov-west-1', alias: null }
    ],
    ['a key id', OLD_ID, { form: 'id', region: null, alias: null }],
    ['the id of a multi-region key', MRK, { form: 'id', region: null, alias: null }],
    ['an alias', 'alias/team/orders_key-1', { form: 'alias', region: null, alias: 'alias/team/orders_key-1' }],
    ['an alias of AWS', AWS_ALIAS, { form: 'alias', region: null, alias: AWS_ALIAS }],
    ['an alias ARN', aliasArn('alias/orders'), { form: 'alias-arn', region: REGION, alias: 'alias/orders' }]
  ])('parses %s', (_, text, form) => {
    expect(parseKeyId(text)).toEqual(form);
  });

  test.each([
    ['an empty text', ''],
    ['a word', 'orders'],
    ['an id that is too short', OLD_ID.slice(1)],
    ['text before an id', `x${OLD_ID}`],
    ['text after an id', `${OLD_ID}0`],
    ['a multi-region id that is too short', MRK.slice(0, -1)],
    ['an alias without a name', 'alias/'],
    ['an alias with a character that KMS does not allow', 'alias/orders key'],
    ['text before an alias', 'my alias/orders'],
    ['an ARN of another service', STREAM_ARN.kinesis],
    ['a key ARN without an account', `arn:aws:kms:${REGION}::key/${OLD_ID}`],
    ['text before a key ARN', ` ${OLD}`],
    ['text after a key ARN', `${OLD}/x`],
    ['a wildcard for keys', `arn:aws:kms:${REGION}:${ACCOUNT}:key/*`],
    ['a key ARN with an unknown partition', OLD.replace('arn:aws:', 'arn:gcp:')]
  ])('rejects %s', (_, text) => {
    expect(parseKeyId(text)).toBeNull();
  });

  test.each([
    [AWS_ALIAS, { aws: true, customer: false }],
    [aliasArn(AWS_ALIAS), { aws: true, customer: false }],
    ['alias/orders', { aws: false, customer: true }],
    ['alias/awsome', { aws: false, customer: true }],
    [aliasArn('alias/orders'), { aws: false, customer: true }],
    [OLD, { aws: false, customer: false }],
    [OLD_ID, { aws: false, customer: false }],
    ['', { aws: false, customer: false }]
  ])('distinguishes AWS aliases from customer aliases: "%s"', (text, expected) => {
    expect({ aws: isAwsAlias(text), customer: isCustomerAlias(text) }).toEqual(expected);
  });
});

describe('arnInScope', () => {
  const OTHER = { ...SCOPE, accountId: OTHER_ACCOUNT };

  test.each([
    ['alias/app', 'alias/app'],
    [NEW_ID, `key/${NEW_ID}`]
  ])('expands %s to an ARN of the account', (text, resource) => {
    expect(arnInScope(text, OTHER)).toBe(`arn:aws:kms:${SCOPE.region}:${OTHER_ACCOUNT}:${resource}`);
  });

  test.each([NEW, 'no key'])('returns any other text unchanged: %s', (text) => {
    expect(arnInScope(text, OTHER)).toBe(text);
  });
});
