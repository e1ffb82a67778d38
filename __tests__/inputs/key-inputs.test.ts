import { describe, expect, test } from '@jest/globals';
import { AWS_ALIAS, aliasArn, keyArn, MRK, NEW, NEW_ID, OLD, OLD_ID, REGION, STREAM_ARN } from '../support/account.ts';
import { type Inputs, inputError, MINIMAL_INPUTS, readExactly, readWith } from '../support/inputs.ts';
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
const TO_NEW = { 'key-id': NEW };
const FORMS = 'must be a key ARN, a key id, an alias name (alias/…) or an alias ARN';

describe('key-type and key-id', () => {
  const KINESIS_KEY = { which: 'target', target: { type: 'aws-owned', id: AWS_ALIAS } };
  test.each<[Inputs, object]>([
    [{ 'key-type': 'AWS_OWNED_CMK' }, AWS_OWNED],
    [{ 'key-type': 'Aws-Owned', ...BOTH }, AWS_OWNED],
    [{ ...TYPE_CUSTOMER, ...CHECK }, { which: 'customer-managed' }],
    [{ ...TO_NEW, 'key-type': 'any' }, targetKey(NEW)],
    [{ ...TO_NEW, 'key-type': 'CUSTOMER_MANAGED_CMK', ...CHECK }, targetKey(NEW, true)],
    // The AWS alias is the AWS key only if no delivery stream is selected; its ARN may be of another account.
    [{ 'key-id': AWS_ALIAS, ...TYPE_AWS }, KINESIS_KEY],
    [{ 'key-id': AWS_ALIAS, ...BOTH }, targetKey(AWS_ALIAS)],
    [{ 'key-id': AWS_ALIAS, ...TAGS }, targetKey(AWS_ALIAS)],
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
  const REMOVE_ONE = 'key-type aws-owned allows no key-id: remove one of them';
  const NOT_FOR_FIREHOSE = 'Firehose accepts no AWS managed key: use key-type aws-owned without key-id';
  const lowerCase = (id: string) => `a key id or key ARN is in lower case: give ${id}`;
  test.each<[readonly string[], Inputs, string]>([
    [[ID.toUpperCase()], {}, lowerCase(ID)],
    [[keyArn(ID).toUpperCase()], {}, lowerCase(keyArn(ID))],
    [['AWS/kinesis'], {}, `${FORMS}; did you mean ${AWS_ALIAS}?`],
    [['streams', 'Alias/streams'], {}, `${FORMS}; did you mean alias/streams?`],
    [['alias/', `${NEW}/`, STREAM_ARN.kinesis], {}, FORMS],
    [['aws-owned', 'Any'], {}, 'this is a type of key: give it as key-type'],
    [[keyArn(NEW_ID, ELSEWHERE), aliasArn('alias/orders', ELSEWHERE)], {}, OTHER_REGION],
    [[NEW, 'my-key'], TYPE_AWS, REMOVE_ONE],
    [[AWS_ALIAS, AWS_ALIAS_ARN], TYPE_CUSTOMER, 'this is an AWS managed key, but key-type is customer-managed'],
    [[AWS_ALIAS, AWS_ALIAS_ARN, 'aws/firehose'], OF_FIREHOSE, NOT_FOR_FIREHOSE],
    // The first error alone.
    [[aliasArn(AWS_ALIAS, ELSEWHERE)], { ...OF_FIREHOSE, ...TYPE_AWS }, NOT_FOR_FIREHOSE],
    [['alias/aws/s3', 'aws/s3'], {}, `this AWS managed key is not for Kinesis: use ${AWS_ALIAS}`]
  ])('reject %j with %j', async (ids, inputs, remedy) => {
    for (const id of ids)
      expect(await inputError({ ...inputs, 'key-id': id })).toBe(`Input key-id is "${id}": ${remedy}`);
  });
});

describe('from-key-id', () => {
  const TO_ALIAS = { 'key-id': 'alias/new' };
  test.each<[string, Inputs, readonly unknown[]]>([
    [`${OLD}\nAWS-Owned,,alias/old,${OLD}`, TO_NEW, [{ id: OLD }, 'aws-owned', { id: 'alias/old' }]],
    ['Any', { ...TYPE_AWS, mode: 'plan' }, ['any']],
    // Only for Kinesis is the alias the AWS key.
    [AWS_ALIAS, TO_NEW, ['aws-owned']],
    [AWS_ALIAS, { ...TO_NEW, ...OF_FIREHOSE }, [{ id: AWS_ALIAS }]],
    [AWS_ALIAS, { ...TO_NEW, ...TAGS }, [{ id: AWS_ALIAS }]],
    // Aliases that may be another key than the target.
    ['alias/New', TO_ALIAS, [{ id: 'alias/New' }]],
    [aliasArn('alias/new'), TO_ALIAS, [{ id: aliasArn('alias/new') }]]
  ])('accepts %j beside %j', async (text, inputs, from) => {
    expect((await readWith({ ...inputs, 'from-key-id': text })).from).toEqual(from);
  });

  const IS_TARGET = 'this is the target key: give the key to move streams away from';
  test.each<[string, Inputs, string]>([
    ['aws/kinesis', TO_NEW, `${FORMS}, aws-owned or any; did you mean ${AWS_ALIAS}?`],
    [ID.toUpperCase(), TO_NEW, `a key id or key ARN is in lower case: give ${ID}`],
    [keyArn(OLD_ID, ELSEWHERE), TO_NEW, 'this key is not in the region of the run'],
    [NEW_ID, TO_NEW, IS_TARGET],
    [NEW, { 'key-id': NEW_ID }, IS_TARGET],
    ['aws-owned', TYPE_AWS, IS_TARGET],
    ['aws-owned', { ...BOTH, 'key-id': AWS_ALIAS }, IS_TARGET],
    [OLD, { 'key-type': 'any' }, 'it needs a target key: give key-id, or key-type aws-owned'],
    [OLD, { ...CHECK, ...TO_NEW }, 'mode check changes nothing: use mode encrypt or plan, with the target key']
  ])('rejects %s beside %j', async (from, inputs, remedy) => {
    expect(await inputError({ ...inputs, 'from-key-id': from })).toContain(`Input from-key-id is "${from}": ${remedy}`);
  });
});

describe('approved-key-ids', () => {
  test('can be keys in every form, and of several regions, so that one list serves all of them', async () => {
    const ids = [OLD, OLD_ID, MRK, 'alias/orders', AWS_ALIAS_ARN, AWS_ALIAS, keyArn(NEW_ID, ELSEWHERE)];
    const { criteria } = await readWith({ ...CHECK, 'approved-key-ids': ` ${ids.join('\n')},,${OLD}` });
    expect(criteria).toEqual({ which: 'approved', ids });
  });

  const cannotBeCombined = (input: string) => `cannot be combined with ${input}: remove one of them`;
  test.each<[string, Inputs, string]>([
    ['aws/kinesis', CHECK, `${FORMS}; did you mean ${AWS_ALIAS}?`],
    [OLD, { ...CHECK, 'key-type': 'AWS_OWNED_CMK' }, cannotBeCombined('key-type AWS_OWNED_CMK')],
    [OLD, { ...CHECK, ...TO_NEW }, cannotBeCombined('key-id')],
    [OLD, { mode: 'plan' }, 'works only in mode check, but mode is plan: set mode to check']
  ])('rejects %s beside %j', async (text, inputs, remedy) => {
    const error = await inputError({ ...inputs, 'approved-key-ids': text });
    expect(error).toBe(`Input approved-key-ids is "${text}": ${remedy}`);
  });
});
