import { expect, test } from '@jest/globals';
import { arnInScope, isAwsAlias, isCustomerAlias, parseKeyId } from '../../../src/encryption/keys/key-id.ts';
import { ACCOUNT, AWS_ALIAS, aliasArn, keyArn, MRK, NEW_ID, OLD, REGION, STREAM_ARN } from '../../support/account.ts';

const ID = NEW_ID;

test.each([
  ['a key ARN', OLD, { form: 'arn', region: REGION, alias: null }],
  ['a key id', ID, { form: 'id', region: null, alias: null }],
  ['the id of a multi-region key', MRK, { form: 'id', region: null, alias: null }],
  ['an alias', 'alias/team/orders_key-1', { form: 'alias', region: null, alias: 'alias/team/orders_key-1' }],
  ['an alias ARN', aliasArn('alias/orders'), { form: 'alias-arn', region: REGION, alias: 'alias/orders' }]
])('parseKeyId parses %s', (_, text, form) => {
  expect(parseKeyId(text)).toEqual(form);
});

test.each([
  ['an empty text', ''],
  ['an id that is too short', ID.slice(1)],
  ['text before an id', `x${ID}`],
  ['text after an id', `${ID}0`],
  ['a multi-region id that is too short', MRK.slice(0, -1)],
  ['an alias without a name', 'alias/'],
  ['an alias with a character that KMS does not allow', 'alias/orders key'],
  ['text before an alias', 'my alias/orders'],
  ['an ARN of another service', STREAM_ARN.kinesis],
  ['a key ARN without an account', `arn:aws:kms:${REGION}::key/${ID}`],
  ['text after a key ARN', `${OLD}/x`],
  ['a wildcard for keys', keyArn('*')]
])('parseKeyId rejects %s', (_, text) => {
  expect(parseKeyId(text)).toBeNull();
});

test.each([
  [AWS_ALIAS, { aws: true, customer: false }],
  [aliasArn(AWS_ALIAS), { aws: true, customer: false }],
  ['alias/awsome', { aws: false, customer: true }],
  [aliasArn('alias/orders'), { aws: false, customer: true }],
  [OLD, { aws: false, customer: false }],
  ['no key', { aws: false, customer: false }]
])('aliases of AWS and of customers are distinguished: %s', (text, expected) => {
  expect({ aws: isAwsAlias(text), customer: isCustomerAlias(text) }).toEqual(expected);
});

test.each([
  ['alias/app', `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:alias/app`],
  [ID, `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/${ID}`],
  [OLD, OLD],
  ['no key', 'no key']
])('arnInScope: %s in China is %s', (text, arn) => {
  expect(arnInScope(text, { partition: 'aws-cn', region: 'cn-north-1', accountId: ACCOUNT })).toBe(arn);
});
