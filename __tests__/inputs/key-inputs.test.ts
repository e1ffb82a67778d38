import { describe, expect, test } from '@jest/globals';
import {
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
  STREAM_ARN
} from '../support/account.ts';
import { type Inputs, inputError, inputErrors, MINIMAL_INPUTS, readExactly, readWith } from '../support/inputs.ts';
import { AWS_OWNED, targetKey } from '../support/requests.ts';

const ID = 'abcdefab-cdef-4abc-8def-abcdefabcdef';
const AWS_ALIAS_ARN = aliasArn(AWS_ALIAS);
const ELSEWHERE = { region: 'us-east-1' };
const OF_FIREHOSE = { 'stream-kind': 'firehose' };
/** Streams of both kinds, and of no kind in particular. */
const BOTH = { 'stream-kind': '', 'stream-name': `${STREAM_ARN.kinesis},${STREAM_ARN.firehose}` };
const TAGS = { 'stream-kind': '', 'stream-name': '', 'stream-tags': 'team=payments' };
const CHECK = { mode: 'check' };
const TYPE_AWS = { 'key-type': 'aws-owned' };
const TYPE_CUSTOMER = { 'key-type': 'customer-managed' };
const FORMS = 'must be a key ARN, a key id, an alias name (alias/…) or an alias ARN';

describe('key-type and key-id', () => {
  const KINESIS_KEY = { which: 'target', target: { type: 'aws-owned', id: AWS_ALIAS } };
  test.each<[Inputs, object]>([
    [{ 'key-type': 'any' }, { which: 'any' }],
    [TYPE_AWS, AWS_OWNED],
    [{ 'key-type': 'AWS_OWNED_CMK' }, AWS_OWNED],
    [{ 'key-type': 'Aws-Owned', ...BOTH }, AWS_OWNED],
    [{ ...TYPE_CUSTOMER, ...CHECK }, { which: 'customer-managed' }],
    [{ 'key-id': NEW, 'key-type': 'any' }, targetKey(NEW)],
    [{ 'key-id': NEW_ID }, targetKey(NEW_ID)],
    [{ 'key-id': MRK, ...OF_FIREHOSE }, targetKey(MRK)],
    [{ 'key-id': 'alias/Orders', ...OF_FIREHOSE }, targetKey('alias/Orders')],
    [{ 'key-id': NEW, 'key-type': 'CUSTOMER_MANAGED_CMK', ...CHECK }, targetKey(NEW, true)],
    // The AWS alias is the AWS key only if no delivery stream is selected; its ARN may be of another account.
    [{ 'key-id': AWS_ALIAS }, KINESIS_KEY],
    [{ 'key-id': AWS_ALIAS, ...TYPE_AWS }, KINESIS_KEY],
    [{ 'key-id': AWS_ALIAS, 'stream-kind': '', 'stream-name': STREAM_ARN.kinesis }, KINESIS_KEY],
    [{ 'key-id': AWS_ALIAS, ...BOTH }, targetKey(AWS_ALIAS)],
    [{ 'key-id': AWS_ALIAS, ...TAGS }, targetKey(AWS_ALIAS)],
    [{ 'key-id': AWS_ALIAS_ARN }, targetKey(AWS_ALIAS_ARN)],
    [{ 'key-id': AWS_ALIAS_ARN, ...TYPE_AWS }, targetKey(AWS_ALIAS_ARN)]
  ])('%j', async (inputs, criteria) => {
    expect((await readWith(inputs)).criteria).toEqual(criteria);
  });

  test.each(['encrypt', 'plan', 'check'])('are never assumed in mode %s, also if variables are unset', async (mode) => {
    const none =
      'Input key-type is missing: none of key-type, key-id and approved-key-ids is set (an unset variable is empty): give the key, or key-type aws-owned, customer-managed or any';
    await expect(readExactly({ ...MINIMAL_INPUTS, mode })).rejects.toThrow(new Error(none));
    expect(await inputError({ mode, 'key-type': '', 'key-id': '', 'approved-key-ids': '\n' })).toBe(none);
  });

  const OTHER_REGION = `this key is not in the region of the run, ${REGION}: give a key of that region, or set region`;
  const MANAGED = 'this is an AWS managed key, but key-type is customer-managed';
  const REMOVE_ONE = 'key-type aws-owned allows no key-id: remove one of them';
  const NOT_FOR_FIREHOSE = 'Firehose accepts no AWS managed key: use key-type aws-owned without key-id';
  const NOT_FOR_KINESIS = `this AWS managed key is not for Kinesis: use ${AWS_ALIAS}`;
  test.each<[readonly string[], Inputs, string]>([
    [['alias/', `${NEW}/`, STREAM_ARN.kinesis], {}, FORMS],
    [['aws-owned', 'Any'], {}, 'this is a type of key: give it as key-type'],
    [[keyArn(NEW_ID, ELSEWHERE), aliasArn('alias/orders', ELSEWHERE)], {}, OTHER_REGION],
    [[NEW, NEW_ID, 'alias/orders', 'my-key'], TYPE_AWS, REMOVE_ONE],
    [[AWS_ALIAS, AWS_ALIAS_ARN], TYPE_CUSTOMER, MANAGED],
    [[AWS_ALIAS], { ...TYPE_CUSTOMER, ...OF_FIREHOSE }, MANAGED],
    [[AWS_ALIAS, AWS_ALIAS_ARN, 'alias/aws/firehose', 'aws/firehose'], OF_FIREHOSE, NOT_FOR_FIREHOSE],
    [[AWS_ALIAS], { ...TYPE_AWS, ...OF_FIREHOSE }, NOT_FOR_FIREHOSE],
    // The first error alone.
    [[aliasArn(AWS_ALIAS, ELSEWHERE)], OF_FIREHOSE, NOT_FOR_FIREHOSE],
    [['alias/aws/s3', 'aws/s3'], {}, NOT_FOR_KINESIS],
    [['AWS/Kinesis'], {}, `${FORMS}; did you mean ${AWS_ALIAS}?`]
  ])('reject %j with %j', async (ids, inputs, remedy) => {
    for (const id of ids)
      expect(await inputError({ ...inputs, 'key-id': id })).toBe(`Input key-id is "${id}": ${remedy}`);
  });

  test.each(['kms', 'constructor', '__proto__'])('reject the type "%s"', async (type) => {
    const allowed = 'must be aws-owned, customer-managed or any';
    expect(await inputError({ 'key-type': type })).toBe(`Input key-type is "${type}": ${allowed}`);
  });

  test.each(['encrypt', 'plan'])('require key-id for customer-managed in mode %s', async (mode) => {
    expect(await inputError({ mode, ...TYPE_CUSTOMER })).toBe(
      'Input key-id is missing: key-type customer-managed needs the key to encrypt with (an unset variable is empty)'
    );
  });

  test('are validated against stream-kind even if stream-name is invalid', async () => {
    expect(await inputErrors({ ...OF_FIREHOSE, 'stream-name': 'my orders', 'key-id': AWS_ALIAS })).toEqual([
      expect.stringContaining('stream-name is "my orders"'),
      expect.stringContaining('Firehose accepts no AWS managed key')
    ]);
  });
});

describe('every input for keys rejects', () => {
  const lowerCase = (id: string) => `: a key id or key ARN is in lower case: give ${id}`;
  test.each([
    [ID.toUpperCase(), lowerCase(ID)],
    [keyArn(ID.toUpperCase()), lowerCase(keyArn(ID))],
    [MRK.toUpperCase(), lowerCase(MRK)],
    [keyArn(ID).toUpperCase(), lowerCase(keyArn(ID))],
    ['aws/kinesis', '; did you mean alias/aws/kinesis?'],
    ['streams', '; did you mean alias/streams?']
  ])('%s with the hint "%s"', async (id, hint) => {
    const withOthers = [{ 'key-id': id }, { 'from-key-id': id, 'key-id': NEW }, { 'approved-key-ids': id, ...CHECK }];
    for (const inputs of withOthers) {
      const error = await inputError(inputs);
      expect(error).toContain(`Input ${Object.keys(inputs)[0]} is "${id}": `);
      expect(error.slice(-hint.length)).toBe(hint);
    }
  });
});

describe('from-key-id', () => {
  const TO_NEW = { 'key-id': NEW };
  const TO_ALIAS = { 'key-id': 'alias/new' };
  const LIST = [{ id: OLD }, 'aws-owned', { id: 'alias/old' }];
  const OTHER_ARN = aliasArn('alias/new', { account: OTHER_ACCOUNT });

  test.each<[string, Inputs, readonly unknown[]]>([
    [OLD, TO_NEW, [{ id: OLD }]],
    [OLD_ID, TYPE_AWS, [{ id: OLD_ID }]],
    ['alias/orders', TO_NEW, [{ id: 'alias/orders' }]],
    [AWS_ALIAS_ARN, TYPE_AWS, [{ id: AWS_ALIAS_ARN }]],
    ['AWS-Owned', TO_NEW, ['aws-owned']],
    ['Any', { ...TO_NEW, mode: 'plan' }, ['any']],
    ['any', TYPE_AWS, ['any']],
    // Only for Kinesis is the alias the AWS key.
    [AWS_ALIAS, TO_NEW, ['aws-owned']],
    [AWS_ALIAS, { ...TO_NEW, ...OF_FIREHOSE }, [{ id: AWS_ALIAS }]],
    [AWS_ALIAS, { ...TO_NEW, ...TAGS }, [{ id: AWS_ALIAS }]],
    // Split at line breaks and commas, without duplicates.
    [`${OLD}\naws-owned\nalias/old`, TO_NEW, LIST],
    [`${OLD},aws-owned,,alias/old,${OLD}`, TO_NEW, LIST],
    // Aliases that may be another key than the target.
    ['alias/new', TO_NEW, [{ id: 'alias/new' }]],
    ['alias/New', TO_ALIAS, [{ id: 'alias/New' }]],
    [aliasArn('alias/new'), TO_ALIAS, [{ id: aliasArn('alias/new') }]],
    [OTHER_ARN, { 'key-id': aliasArn('alias/new') }, [{ id: OTHER_ARN }]]
  ])('accepts %j beside %j', async (text, inputs, from) => {
    expect((await readWith({ ...inputs, 'from-key-id': text })).from).toEqual(from);
  });

  const IS_TARGET = 'this is the target key: give the key to move streams away from';
  const NO_CHANGE = 'mode check changes nothing: use mode encrypt or plan, with the target key';
  const NO_TARGET = 'it needs a target key: give key-id, or key-type aws-owned';
  const FROM_FORMS = `${FORMS}, aws-owned or any`;
  test.each<[string, Inputs, string]>([
    ['AWS_OWNED_CMK', TO_NEW, FROM_FORMS],
    [',', TO_NEW, FROM_FORMS],
    [keyArn(OLD_ID, ELSEWHERE), TO_NEW, 'this key is not in the region of the run'],
    [NEW, TO_NEW, IS_TARGET],
    ['alias/new', TO_ALIAS, IS_TARGET],
    [NEW_ID, TO_NEW, IS_TARGET],
    [NEW, { 'key-id': NEW_ID }, IS_TARGET],
    [keyArn(MRK), { 'key-id': MRK }, IS_TARGET],
    ['aws-owned', TYPE_AWS, IS_TARGET],
    [AWS_ALIAS, TYPE_AWS, IS_TARGET],
    ['aws-owned', { 'key-id': AWS_ALIAS }, IS_TARGET],
    ['aws-owned', { ...BOTH, 'key-id': AWS_ALIAS }, IS_TARGET],
    [OLD, { 'key-type': 'any' }, NO_TARGET],
    [OLD, { ...CHECK, ...TO_NEW }, NO_CHANGE]
  ])('rejects %s beside %j', async (from, inputs, remedy) => {
    expect(await inputError({ ...inputs, 'from-key-id': from })).toContain(`Input from-key-id is "${from}": ${remedy}`);
  });

  test('has no further error if the target key is missing', async () => {
    expect(await inputError({ ...TYPE_CUSTOMER, 'from-key-id': OLD })).toContain('key-id is missing');
    expect(await inputError({ 'key-id': '', 'from-key-id': OLD })).toContain('none of key-type, key-id');
  });
});

describe('approved-key-ids', () => {
  // Keys of several regions, so that one list serves all of them.
  const LIST = [OLD, OLD_ID, MRK, 'alias/orders', aliasArn('alias/orders'), AWS_ALIAS, keyArn(NEW_ID, ELSEWHERE)];
  test.each<[string, readonly string[]]>([
    [LIST.join('\n'), LIST],
    [` ${NEW} ,alias/old,,\n${NEW}`, [NEW, 'alias/old']]
  ])('accepts %j', async (text, ids) => {
    expect((await readWith({ ...CHECK, 'approved-key-ids': text })).criteria).toEqual({ which: 'approved', ids });
  });

  const cannotBeCombined = (input: string) => `cannot be combined with ${input}: remove one of them`;
  const worksNotIn = (mode: string) => `works only in mode check, but mode is ${mode}: set mode to check`;
  test.each<[string, Inputs, string]>([
    ['any', CHECK, FORMS],
    [',', CHECK, FORMS],
    [OLD, { ...CHECK, 'key-type': 'any' }, cannotBeCombined('key-type any')],
    [OLD, { ...CHECK, 'key-type': 'AWS_OWNED_CMK' }, cannotBeCombined('key-type AWS_OWNED_CMK')],
    [OLD, { ...CHECK, 'key-id': NEW }, cannotBeCombined('key-id')],
    [OLD, {}, worksNotIn('encrypt')],
    [OLD, { mode: 'plan' }, worksNotIn('plan')]
  ])('rejects %s beside %j', async (text, inputs, remedy) => {
    const error = await inputError({ ...inputs, 'approved-key-ids': text });
    expect(error).toBe(`Input approved-key-ids is "${text}": ${remedy}`);
  });

  test('is rejected with one error for all keys', async () => {
    const error = await inputError({ 'approved-key-ids': `${OLD},alias/old` });
    expect(error).toBe(`Input approved-key-ids is "${OLD}", "alias/old": ${worksNotIn('encrypt')}`);
  });
});
