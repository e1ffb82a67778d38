import { describe, expect, test } from '@jest/globals';
import { arnScope } from '../../../src/encryption/arn.ts';
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

test('the home of a stream is the partition, region and account of its ARN', () => {
  expect(arnScope(STREAM_ARN.kinesis)).toEqual({ partition: 'aws', region: REGION, accountId: ACCOUNT });
  expect(arnScope('arn:aws-cn:firehose:cn-north-1:111122223333:deliverystream/orders')).toEqual({
    partition: 'aws-cn',
    region: 'cn-north-1',
    accountId: '111122223333'
  });
});

describe('the form of a key', () => {
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
  ])('%s', (_, text, form) => {
    expect(parseKeyId(text)).toEqual(form);
  });

  test.each([
    ['nothing', ''],
    ['a word', 'orders'],
    ['an id that is too short', OLD_ID.slice(1)],
    ['an id with something before it', `x${OLD_ID}`],
    ['an id with something after it', `${OLD_ID}0`],
    ['a multi-region id that is too short', MRK.slice(0, -1)],
    ['an alias without a name', 'alias/'],
    ['an alias with a character that KMS does not allow', 'alias/orders key'],
    ['an alias with something before it', 'my alias/orders'],
    ['an ARN of another service', STREAM_ARN.kinesis],
    ['a key ARN without an account', `arn:aws:kms:${REGION}::key/${OLD_ID}`],
    ['a key ARN with something before it', ` ${OLD}`],
    ['a key ARN with something after it', `${OLD}/x`],
    ['a glob over keys', `arn:aws:kms:${REGION}:${ACCOUNT}:key/*`],
    ['a key ARN of no AWS partition', OLD.replace('arn:aws:', 'arn:gcp:')]
  ])('is none for %s', (_, text) => {
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
  ])('"%s": whose alias it is', (text, whose) => {
    expect({ aws: isAwsAlias(text), customer: isCustomerAlias(text) }).toEqual(whose);
  });
});

describe('a key of a home', () => {
  const OTHER = { ...SCOPE, accountId: OTHER_ACCOUNT };

  test.each([
    ['alias/app', 'alias/app'],
    [NEW_ID, `key/${NEW_ID}`]
  ])('is, by its ARN, of that account: %s', (text, end) => {
    expect(arnInScope(text, OTHER)).toBe(`arn:aws:kms:${SCOPE.region}:${OTHER_ACCOUNT}:${end}`);
  });

  test.each([NEW, 'no key'])('stays what it is otherwise: %s', (text) => {
    expect(arnInScope(text, OTHER)).toBe(text);
  });
});
