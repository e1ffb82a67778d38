import { expect, test } from '@jest/globals';
import { parseKeyId } from '../../../src/encryption/keys/key-id.ts';
import { aliasArn, MRK, NEW_ID, OLD, REGION, STREAM_ARN } from '../../support/account.ts';

test.each([
  ['a key ARN', OLD, { form: 'arn', region: REGION, alias: null }],
  ['a key id', NEW_ID, { form: 'id', region: null, alias: null }],
  ['the id of a multi-region key', MRK, { form: 'id', region: null, alias: null }],
  ['an alias', 'alias/team/orders_key-1', { form: 'alias', region: null, alias: 'alias/team/orders_key-1' }],
  ['an alias ARN', aliasArn('alias/orders'), { form: 'alias-arn', region: REGION, alias: 'alias/orders' }]
])('the identifier of a key is parsed: %s', (_, text, form) => {
  expect(parseKeyId(text)).toEqual(form);
});

test.each([
  ['an id that is too short', NEW_ID.slice(1)],
  ['text before an id', `x${NEW_ID}`],
  ['text after an id', `${NEW_ID}0`],
  ['a multi-region id that is too short', MRK.slice(0, -1)],
  ['an alias without a name', 'alias/'],
  ['an alias with a character that KMS does not allow', 'alias/orders key'],
  ['text before an alias', 'my alias/orders'],
  ['an ARN of another service', STREAM_ARN.kinesis],
  ['text after a key ARN', `${OLD}/x`]
])('no identifier of a key: %s', (_, text) => {
  expect(parseKeyId(text)).toBeNull();
});
