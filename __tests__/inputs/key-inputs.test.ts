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
const ELSEWHERE = { region: 'us-east-1' };
const KINDS = ['kinesis', 'firehose'];
/** Streams of both kinds, and of no kind in particular. */
const BOTH = { 'stream-kind': '', 'stream-name': `${STREAM_ARN.kinesis},${STREAM_ARN.firehose}` };
const TAGS = { 'stream-kind': '', 'stream-name': '', 'stream-tags': 'team=payments' };
const CHECK = { mode: 'check' };
const FORMS = 'must be a key ARN, a key id, an alias name (alias/…) or an alias ARN';

describe('key-type and key-id', () => {
  const CUSTOMER = { which: 'customer-managed' };
  const KINESIS_KEY = { which: 'target', target: { type: 'aws-owned', id: AWS_ALIAS } };
  test.each<[Inputs, object]>([
    [{ 'key-type': 'any' }, { which: 'any' }],
    [{ 'key-type': 'ANY', ...CHECK }, { which: 'any' }],
    [{ 'key-type': 'aws-owned' }, AWS_OWNED],
    [{ 'key-type': 'AWS_OWNED_CMK' }, AWS_OWNED],
    [{ 'key-type': 'Aws-Owned', ...BOTH }, AWS_OWNED],
    [{ 'key-type': 'customer-managed', ...CHECK }, CUSTOMER],
    [{ 'key-type': 'customer_managed_cmk', ...CHECK }, CUSTOMER],
    [{ 'key-id': NEW }, targetKey(NEW)],
    [{ 'key-id': NEW, 'key-type': 'any' }, targetKey(NEW)],
    [{ 'key-id': NEW, ...CHECK }, targetKey(NEW)],
    [{ 'key-id': NEW, 'key-type': 'customer-managed' }, targetKey(NEW, true)],
    [{ 'key-id': NEW, 'key-type': 'CUSTOMER_MANAGED_CMK', ...CHECK }, targetKey(NEW, true)],
    // The AWS alias is the AWS key only if no delivery stream is selected; its ARN may be of another account.
    [{ 'key-id': AWS_ALIAS }, KINESIS_KEY],
    [{ 'key-id': AWS_ALIAS, 'key-type': 'aws-owned' }, KINESIS_KEY],
    [{ 'key-id': AWS_ALIAS, 'stream-kind': '', 'stream-name': STREAM_ARN.kinesis }, KINESIS_KEY],
    [{ 'key-id': AWS_ALIAS, ...BOTH }, targetKey(AWS_ALIAS)],
    [{ 'key-id': AWS_ALIAS, ...TAGS }, targetKey(AWS_ALIAS)],
    [{ 'key-id': aliasArn(AWS_ALIAS) }, targetKey(aliasArn(AWS_ALIAS))],
    [{ 'key-id': aliasArn(AWS_ALIAS), 'key-type': 'aws-owned' }, targetKey(aliasArn(AWS_ALIAS))]
  ])('%j', async (inputs, criteria) => {
    expect((await readWith(inputs)).criteria).toEqual(criteria);
  });

  test.each([NEW, NEW_ID, MRK, 'alias/Orders', aliasArn('alias/orders'), keyArn(MRK)])(
    'accept %s for both kinds',
    async (id) => {
      for (const kind of KINDS) {
        expect((await readWith({ 'stream-kind': kind, 'key-id': id })).criteria).toEqual(targetKey(id));
      }
    }
  );

  test.each(['encrypt', 'plan', 'check'])('are never assumed in mode %s, also if variables are unset', async (mode) => {
    const noKey = { ...MINIMAL_INPUTS, mode };
    for (const inputs of [noKey, { ...noKey, 'key-type': '', 'key-id': '', 'approved-key-ids': '\n' }]) {
      await expect(readExactly(inputs)).rejects.toThrow(
        /^Input key-type is missing: none of key-type, key-id and approved-key-ids is set \(an unset variable is empty\): give the key, or key-type aws-owned, customer-managed or any$/
      );
    }
  });

  const OTHER_REGION = `this key is not in the region of the run, ${REGION}`;
  const MANAGED = 'this is an AWS managed key, but key-type is customer-managed';
  const NOT_FOR_FIREHOSE = 'Firehose accepts no AWS managed key: use key-type aws-owned without key-id';
  const NOT_FOR_KINESIS = `this AWS managed key is not for Kinesis: use ${AWS_ALIAS}`;
  test.each<[readonly string[], Inputs, string]>([
    [['alias/', `${NEW}/`, STREAM_ARN.kinesis], {}, FORMS],
    [
      [NEW, NEW_ID, 'alias/orders', 'my-key'],
      { 'key-type': 'aws-owned' },
      'key-type aws-owned allows no key-id: remove one of them'
    ],
    [[keyArn(NEW_ID, ELSEWHERE), aliasArn('alias/orders', ELSEWHERE)], {}, OTHER_REGION],
    [[AWS_ALIAS, aliasArn(AWS_ALIAS)], { 'key-type': 'customer-managed' }, MANAGED],
    [[AWS_ALIAS, aliasArn(AWS_ALIAS)], { 'key-type': 'customer-managed', 'stream-kind': 'firehose' }, MANAGED],
    [
      [AWS_ALIAS, aliasArn(AWS_ALIAS), 'alias/aws/firehose', 'aws/firehose'],
      { 'stream-kind': 'firehose' },
      NOT_FOR_FIREHOSE
    ],
    [[AWS_ALIAS, 'alias/aws/firehose'], { 'stream-kind': 'firehose', 'key-type': 'aws-owned' }, NOT_FOR_FIREHOSE],
    // The first error alone.
    [[aliasArn(AWS_ALIAS, ELSEWHERE)], { 'stream-kind': 'firehose' }, NOT_FOR_FIREHOSE],
    [['alias/aws/s3', 'aws/s3'], {}, NOT_FOR_KINESIS],
    [['AWS/Kinesis'], {}, `${FORMS}; did you mean ${AWS_ALIAS}?`],
    [['aws-owned', 'Any'], {}, 'this is a type of key: give it as key-type']
  ])('reject %j with %j', async (ids, inputs, remedy) => {
    for (const id of ids) {
      expect(await inputError({ ...inputs, 'key-id': id })).toContain(`Input key-id is "${id}": ${remedy}`);
    }
  });

  test.each(['kms', 'AWS', 'constructor', '__proto__'])('reject the type "%s"', async (type) => {
    const allowed = 'must be aws-owned, customer-managed or any';
    expect(await inputError({ 'key-type': type })).toBe(`Input key-type is "${type}": ${allowed}`);
  });

  test.each(['encrypt', 'plan'])('require key-id for customer-managed in mode %s', async (mode) => {
    expect(await inputError({ mode, 'key-type': 'customer-managed' })).toContain('key-id is missing');
  });

  test('are validated against stream-kind even if stream-name is invalid', async () => {
    expect(await inputErrors({ 'stream-kind': 'firehose', 'stream-name': 'my orders', 'key-id': AWS_ALIAS })).toEqual([
      expect.stringContaining('stream-name is "my orders"'),
      expect.stringContaining('Firehose accepts no AWS managed key')
    ]);
  });
});

describe('every input for keys', () => {
  /** The inputs, with the others that they need. */
  const INPUTS: readonly [name: string, others: Inputs][] = [
    ['key-id', {}],
    ['from-key-id', { 'key-id': NEW }],
    ['approved-key-ids', CHECK]
  ];

  test.each([
    [ID.toUpperCase(), ID],
    [keyArn(ID.toUpperCase()), keyArn(ID)],
    [MRK.toUpperCase(), MRK],
    [keyArn(ID).toUpperCase(), keyArn(ID)]
  ])('rejects "%s" in upper case, which KMS does not find', async (id, lowerCase) => {
    for (const [name, others] of INPUTS) {
      const hint = `is "${id}": a key id or key ARN is in lower case: give ${lowerCase}`;
      expect(await inputError({ ...others, [name]: id })).toBe(`Input ${name} ${hint}`);
    }
  });

  test('suggests the alias for an AWS alias without alias/', async () => {
    for (const [name, others] of INPUTS) {
      const error = await inputError({ ...others, [name]: 'aws/kinesis' });
      expect(error).toMatch(/: must be a key ARN, .*; did you mean alias\/aws\/kinesis\?$/);
    }
  });

  test('suggests the alias for its name alone', async () => {
    for (const [name, others] of INPUTS) {
      const error = await inputError({ ...others, [name]: 'streams' });
      expect(error).toMatch(/: must be a key ARN, .*; did you mean alias\/streams\?$/);
    }
  });
});

describe('from-key-id', () => {
  const TO_NEW = { 'key-id': NEW };
  const TO_AWS = { 'key-type': 'aws-owned' };
  const AWS_ARN = aliasArn(AWS_ALIAS);
  const LIST = [{ id: OLD }, 'aws-owned', { id: 'alias/old' }];

  test.each<[string, Inputs, readonly unknown[]]>([
    ...[OLD, OLD_ID, MRK, 'alias/orders', aliasArn('alias/orders'), AWS_ARN].flatMap(
      (id): [string, Inputs, readonly unknown[]][] => [
        [id, TO_NEW, [{ id }]],
        [id, TO_AWS, [{ id }]]
      ]
    ),
    ['AWS-Owned', TO_NEW, ['aws-owned']],
    ['aws-owned', { ...TO_NEW, mode: 'plan' }, ['aws-owned']],
    ['Any', { ...TO_NEW, mode: 'plan' }, ['any']],
    ['any', TO_AWS, ['any']],
    // Only for Kinesis is the alias the AWS key.
    [AWS_ALIAS, TO_NEW, ['aws-owned']],
    [AWS_ALIAS, { ...TO_NEW, 'stream-kind': 'firehose' }, [{ id: AWS_ALIAS }]],
    [AWS_ALIAS, { ...TO_NEW, ...TAGS }, [{ id: AWS_ALIAS }]],
    // Split at line breaks and commas, without duplicates.
    [`${OLD}\naws-owned\nalias/old`, TO_NEW, LIST],
    [`${OLD},aws-owned,,alias/old,${OLD}`, TO_NEW, LIST],
    // Aliases that may be another key than the target.
    ['alias/new', TO_NEW, [{ id: 'alias/new' }]],
    ['alias/New', { 'key-id': 'alias/new' }, [{ id: 'alias/New' }]],
    [aliasArn('alias/new'), { 'key-id': 'alias/new' }, [{ id: aliasArn('alias/new') }]],
    [
      aliasArn('alias/new', { account: OTHER_ACCOUNT }),
      { 'key-id': aliasArn('alias/new') },
      [{ id: aliasArn('alias/new', { account: OTHER_ACCOUNT }) }]
    ]
  ])('accepts %j beside %j', async (text, inputs, from) => {
    expect((await readWith({ ...inputs, 'from-key-id': text })).from).toEqual(from);
  });

  const IS_TARGET = 'this is the target key: give the key to move streams away from';
  const NO_CHANGE = 'mode check changes nothing: use mode encrypt or plan, with the target key';
  const FROM_FORMS = `${FORMS}, aws-owned or any`;
  test.each<[string, Inputs, string]>([
    ['AWS_OWNED_CMK', TO_NEW, FROM_FORMS],
    [',', TO_NEW, FROM_FORMS],
    [keyArn(OLD_ID, ELSEWHERE), TO_NEW, 'this key is not in the region of the run'],
    [NEW, TO_NEW, IS_TARGET],
    ['alias/new', { 'key-id': 'alias/new' }, IS_TARGET],
    [NEW_ID, TO_NEW, IS_TARGET],
    [NEW, { 'key-id': NEW_ID }, IS_TARGET],
    [keyArn(MRK), { 'key-id': MRK }, IS_TARGET],
    ['aws-owned', TO_AWS, IS_TARGET],
    [AWS_ALIAS, TO_AWS, IS_TARGET],
    ['aws-owned', { 'key-id': AWS_ALIAS }, IS_TARGET],
    ['aws-owned', { ...BOTH, 'key-id': AWS_ALIAS }, IS_TARGET],
    [OLD, { 'key-type': 'any' }, 'it needs a target key: give key-id, or key-type aws-owned'],
    [OLD, { ...CHECK, ...TO_NEW }, NO_CHANGE],
    [OLD, { ...CHECK, ...TO_AWS }, NO_CHANGE],
    [OLD, { ...CHECK, 'key-type': 'any' }, NO_CHANGE]
  ])('rejects %s beside %j', async (from, inputs, remedy) => {
    expect(await inputError({ ...inputs, 'from-key-id': from })).toContain(`Input from-key-id is "${from}": ${remedy}`);
  });

  test('has no further error if the target key is missing', async () => {
    expect(await inputError({ 'key-type': 'customer-managed', 'from-key-id': OLD })).toContain('key-id is missing');
    expect(await inputError({ 'key-id': '', 'from-key-id': OLD })).toContain('none of key-type, key-id');
  });
});

describe('approved-key-ids', () => {
  test.each<[string, readonly string[]]>([
    ...[OLD, OLD_ID, MRK, 'alias/orders', aliasArn('alias/orders'), AWS_ALIAS].map((id): [string, string[]] => [
      id,
      [id]
    ]),
    [`${NEW}\nalias/old\n${NEW}`, [NEW, 'alias/old']],
    [` ${NEW} ,alias/old,,${NEW}`, [NEW, 'alias/old']],
    // Keys of several regions, so that one list serves all of them.
    [`${NEW}\n${keyArn(NEW_ID, ELSEWHERE)}`, [NEW, keyArn(NEW_ID, ELSEWHERE)]]
  ])('accepts %j', async (text, ids) => {
    const { criteria } = await readWith({ ...CHECK, 'approved-key-ids': text });
    expect(criteria).toEqual({ which: 'approved', ids });
  });

  const TYPES = ['any', 'aws-owned', 'customer-managed', 'AWS_OWNED_CMK'];
  test.each<[string, Inputs, string]>([
    ...['any', 'aws-owned', ','].map((text): [string, Inputs, string] => [text, CHECK, FORMS]),
    ...TYPES.map((type): [string, Inputs, string] => [
      OLD,
      { ...CHECK, 'key-type': type },
      `cannot be combined with key-type ${type}: remove one of them`
    ]),
    [OLD, { ...CHECK, 'key-id': NEW }, 'cannot be combined with key-id: remove one of them'],
    [OLD, {}, 'works only in mode check, but mode is encrypt: set mode to check'],
    [OLD, { mode: 'plan' }, 'works only in mode check, but mode is plan: set mode to check']
  ])('rejects %s beside %j', async (text, inputs, remedy) => {
    const error = await inputError({ ...inputs, 'approved-key-ids': text });
    expect(error).toBe(`Input approved-key-ids is "${text}": ${remedy}`);
  });

  test('is rejected with one error for all keys', async () => {
    expect(await inputError({ 'approved-key-ids': `${OLD},alias/old` })).toContain(
      `is "${OLD}", "alias/old": works only`
    );
  });
});
