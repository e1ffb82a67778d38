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
import {
  type Inputs,
  inputError,
  inputErrors,
  MINIMAL_INPUTS,
  read,
  readExactly,
  readWith
} from '../support/inputs.ts';
import { AWS_OWNED, targetKey } from '../support/requests.ts';

const LOWER_CASE_ID = 'abcdefab-cdef-4abc-8def-abcdefabcdef';

/** One stream of each kind. */
const BOTH = { 'stream-name': `${STREAM_ARN.kinesis},${STREAM_ARN.firehose}` };

describe('key-type and key-id', () => {
  test.each([
    ['any key', { 'key-type': 'any' }, { which: 'any' }],
    ['any key', { 'key-type': 'ANY', mode: 'check' }, { which: 'any' }],
    ['the AWS key', { 'key-type': 'aws-owned' }, AWS_OWNED],
    ['the AWS key', { 'key-type': 'AWS_OWNED_CMK' }, AWS_OWNED],
    ['the AWS key', { 'key-type': 'Aws-Owned' }, AWS_OWNED],
    ['any customer key, in check', { 'key-type': 'customer-managed', mode: 'check' }, { which: 'customer-managed' }],
    [
      'any customer key, in check',
      { 'key-type': 'customer_managed_cmk', mode: 'check' },
      { which: 'customer-managed' }
    ],
    ['one key of any type', { 'key-id': NEW }, targetKey(NEW)],
    ['one key of any type', { 'key-id': NEW, 'key-type': 'any' }, targetKey(NEW)],
    ['one key of any type, in check', { 'key-id': NEW, mode: 'check' }, targetKey(NEW)],
    ['one customer key', { 'key-id': NEW, 'key-type': 'customer-managed' }, targetKey(NEW, true)],
    ['one customer key', { 'key-id': NEW, 'key-type': 'CUSTOMER_MANAGED_CMK' }, targetKey(NEW, true)],
    [
      'one customer key, in check',
      { 'key-id': NEW, 'key-type': 'customer-managed', mode: 'check' },
      targetKey(NEW, true)
    ]
  ])('require %s (%j)', async (_, inputs: Inputs, criteria) => {
    expect((await readWith(inputs)).criteria).toEqual(criteria);
  });

  test.each([NEW, NEW_ID, MRK, 'alias/orders', aliasArn('alias/orders'), keyArn(MRK)])(
    'accept %s for both kinds',
    async (id) => {
      for (const kind of ['kinesis', 'firehose']) {
        expect((await readWith({ 'stream-kind': kind, 'key-id': id })).criteria).toEqual(targetKey(id));
      }
    }
  );

  test.each([undefined, 'aws-owned'])(
    'keep the ARN of the AWS alias for Kinesis, which may be of another account (key-type %s)',
    async (type) => {
      const id = aliasArn(AWS_ALIAS);
      expect((await readWith({ 'key-id': id, ...(type && { 'key-type': type }) })).criteria).toEqual(targetKey(id));
    }
  );

  test.each([{ 'key-id': AWS_ALIAS }, { 'key-id': AWS_ALIAS, 'key-type': 'aws-owned' }])(
    'read the AWS alias for Kinesis as the AWS key: %j',
    async (inputs) => {
      expect((await readWith(inputs)).criteria).toEqual(AWS_OWNED);
      expect((await read({ 'stream-name': STREAM_ARN.kinesis, ...inputs })).criteria).toEqual(AWS_OWNED);
    }
  );

  test.each(['kms', 'AWS', 'constructor', '__proto__'])('reject the type "%s"', async (type) => {
    expect(await inputError({ 'key-type': type })).toBe(
      `Input key-type is "${type}": must be aws-owned, customer-managed or any`
    );
  });

  test.each(['encrypt', 'plan', 'check'])('are never assumed in mode %s, also if variables are unset', async (mode) => {
    const noKey = { ...MINIMAL_INPUTS, mode };
    for (const inputs of [noKey, { ...noKey, 'key-type': '', 'key-id': '', 'approved-key-ids': '\n' }]) {
      await expect(readExactly(inputs)).rejects.toThrow(
        /^Input key-type is missing: none of key-type, key-id and approved-key-ids is set \(an unset variable is empty\): give the key, or key-type aws-owned, customer-managed or any$/
      );
    }
  });

  test.each(['encrypt', 'plan'])('require key-id for customer-managed in mode %s', async (mode) => {
    expect(await inputError({ mode, 'key-type': 'customer-managed' })).toContain('key-id is missing');
  });

  test.each([NEW, NEW_ID, 'alias/orders'])('reject aws-owned with %s', async (id) => {
    expect(await inputError({ 'key-type': 'aws-owned', 'key-id': id })).toContain(
      `key-id is "${id}": key-type aws-owned`
    );
  });

  test.each(['my-key', 'alias/', `${NEW}/`, STREAM_ARN.kinesis])('reject "%s" with the accepted forms', async (id) => {
    expect(await inputError({ 'key-id': id })).toMatch(/must be a key ARN, a key id, an alias name .* or an alias ARN/);
  });

  test.each(['key-id', 'from-key-id', 'approved-key-ids'])(
    'a name in %s gets the hint that it may be an alias',
    async (input) => {
      const mode = input === 'approved-key-ids' ? 'check' : 'encrypt';
      const target: Record<string, string> = input === 'from-key-id' ? { 'key-id': NEW } : {};
      expect(await inputError({ mode, ...target, [input]: 'streams' })).toMatch(/; did you mean alias\/streams\?$/);
    }
  );

  test.each([
    [LOWER_CASE_ID.toUpperCase(), LOWER_CASE_ID],
    [keyArn(LOWER_CASE_ID.toUpperCase()), keyArn(LOWER_CASE_ID)],
    [MRK.toUpperCase(), MRK],
    [keyArn(LOWER_CASE_ID).toUpperCase(), keyArn(LOWER_CASE_ID)]
  ])('reject "%s" in upper case, which KMS does not find', async (id, lowerCase) => {
    const hint = `is "${id}": a key id or key ARN is in lower case: give ${lowerCase}`;
    expect(await inputError({ 'key-id': id })).toBe(`Input key-id ${hint}`);
    expect(await inputError({ 'key-id': NEW, 'from-key-id': id })).toBe(`Input from-key-id ${hint}`);
    expect(await inputError({ mode: 'check', 'approved-key-ids': id })).toBe(`Input approved-key-ids ${hint}`);
  });

  test('accept upper case in an alias', async () => {
    expect((await readWith({ 'key-id': 'alias/Orders' })).criteria).toEqual(targetKey('alias/Orders'));
  });

  test('suggest the alias for an AWS alias without alias/', async () => {
    const hint = /must be a key ARN, .*; did you mean alias\/aws\/kinesis\?$/;
    expect(await inputError({ 'key-id': 'aws/kinesis' })).toMatch(hint);
    expect(await inputError({ 'key-id': NEW, 'from-key-id': 'aws/kinesis' })).toMatch(hint);
    expect(await inputError({ mode: 'check', 'approved-key-ids': 'aws/kinesis' })).toMatch(hint);
  });

  test.each([keyArn(NEW_ID, { region: 'us-east-1' }), aliasArn('alias/orders', { region: 'us-east-1' })])(
    'reject %s of another region with both regions',
    async (id) => {
      expect(await inputError({ 'key-id': id })).toContain(
        `"${id}": this key is not in the region of the run, ${REGION}`
      );
    }
  );

  test.each([AWS_ALIAS, aliasArn(AWS_ALIAS)])('reject customer-managed with %s', async (id) => {
    for (const kind of ['kinesis', 'firehose']) {
      expect(await inputError({ 'stream-kind': kind, 'key-type': 'customer-managed', 'key-id': id })).toContain(
        'this is an AWS managed key'
      );
    }
  });

  test.each(['any', 'aws-owned'])('reject AWS managed keys for Firehose (key-type %s)', async (type) => {
    for (const id of [AWS_ALIAS, aliasArn(AWS_ALIAS), 'alias/aws/firehose', 'aws/firehose']) {
      expect(await inputError({ 'stream-kind': 'firehose', 'key-type': type, 'key-id': id })).toContain(
        'Firehose accepts no AWS managed key'
      );
    }
  });

  test('reject the AWS alias of another service', async () => {
    for (const id of ['alias/aws/s3', 'aws/s3']) {
      expect(await inputError({ 'key-id': id })).toContain(`is not for Kinesis: use ${AWS_ALIAS}`);
    }
  });

  test('keep the AWS alias for Kinesis if there are streams of both kinds', async () => {
    for (const selection of [BOTH, { 'stream-tags': 'team=payments' }]) {
      expect((await read({ ...selection, 'key-id': AWS_ALIAS })).criteria).toEqual(targetKey(AWS_ALIAS));
      expect((await read({ ...selection, 'key-type': 'aws-owned' })).criteria).toEqual(AWS_OWNED);
    }
  });

  test('are validated against stream-kind even if stream-name is invalid', async () => {
    expect(await inputErrors({ 'stream-kind': 'firehose', 'stream-name': 'my orders', 'key-id': AWS_ALIAS })).toEqual([
      expect.stringContaining('stream-name is "my orders"'),
      expect.stringContaining('Firehose accepts no AWS managed key')
    ]);
  });
});

describe('from-key-id', () => {
  const TO_NEW = { 'key-id': NEW };
  const TO_AWS = { 'key-type': 'aws-owned' };

  test('is null by default', async () => {
    expect((await readWith(TO_NEW)).from).toBeNull();
  });

  test.each([OLD, OLD_ID, MRK, 'alias/orders', aliasArn('alias/orders'), aliasArn(AWS_ALIAS)])(
    'accepts %s',
    async (id) => {
      expect((await readWith({ ...TO_NEW, 'from-key-id': id })).from).toEqual([{ id }]);
      expect((await readWith({ ...TO_AWS, 'from-key-id': id })).from).toEqual([{ id }]);
    }
  );

  test.each([
    ['aws-owned', 'aws-owned'],
    ['AWS-Owned', 'aws-owned'],
    [AWS_ALIAS, 'aws-owned'],
    ['any', 'any'],
    ['Any', 'any']
  ])('accepts %s in modes encrypt and plan', async (text, key) => {
    for (const mode of ['encrypt', 'plan']) {
      expect((await readWith({ ...TO_NEW, mode, 'from-key-id': text })).from).toEqual([key]);
    }
  });

  test('does not read the AWS alias for Kinesis as the key that Firehose owns', async () => {
    const inputs = { 'from-key-id': AWS_ALIAS, 'key-id': NEW };
    expect((await readWith({ ...inputs, 'stream-kind': 'firehose' })).from).toEqual([{ id: AWS_ALIAS }]);
    expect((await read({ ...inputs, 'stream-tags': 'team=shop' })).from).toEqual([{ id: AWS_ALIAS }]);
  });

  test.each([`${OLD}\naws-owned\nalias/old`, `${OLD},aws-owned,,alias/old,${OLD}`])(
    'is split at line breaks and commas, without duplicates: %j',
    async (text) => {
      const { from } = await readWith({ ...TO_NEW, 'from-key-id': text });
      expect(from).toEqual([{ id: OLD }, 'aws-owned', { id: 'alias/old' }]);
    }
  );

  test.each(['my-key', 'anything', 'AWS_OWNED_CMK', ','])('rejects "%s" with the accepted forms', async (text) => {
    expect(await inputError({ ...TO_NEW, 'from-key-id': text })).toMatch(
      /from-key-id is .*: must be a key ARN, .* or an alias ARN, aws-owned or any/
    );
  });

  test('rejects a key of another region', async () => {
    const id = keyArn(OLD_ID, { region: 'us-east-1' });
    expect(await inputError({ ...TO_NEW, 'from-key-id': id })).toContain(`"${id}": this key is not in the region`);
  });

  test.each([
    ['the same text', { 'key-id': NEW }, NEW],
    ['the same alias', { 'key-id': 'alias/new' }, 'alias/new'],
    ['the id of the target ARN', { 'key-id': NEW }, NEW_ID],
    ['the ARN of the target id', { 'key-id': NEW_ID }, NEW],
    ['the ARN of a multi-region key id', { 'key-id': MRK }, keyArn(MRK)],
    ['the AWS key', { 'key-type': 'aws-owned' }, 'aws-owned'],
    ['the alias of the AWS key', { 'key-type': 'aws-owned' }, AWS_ALIAS],
    ['aws-owned with the alias of the AWS key as target', { 'key-id': AWS_ALIAS }, 'aws-owned'],
    [
      'aws-owned with the alias of the AWS key as target, for both kinds',
      { ...BOTH, 'stream-kind': '', 'key-id': AWS_ALIAS },
      'aws-owned'
    ]
  ])('rejects the target key: %s', async (_, target: Inputs, from) => {
    expect(await inputError({ ...target, 'from-key-id': from })).toBe(
      `Input from-key-id is "${from}": this is the target key: give the key to move streams away from`
    );
  });

  test.each([
    ['any key for any target', { 'key-id': NEW }, 'any'],
    ['any key for any target', { 'key-type': 'aws-owned' }, 'any'],
    ['an alias that may be the target', { 'key-id': NEW }, 'alias/new'],
    ['an alias that differs in case', { 'key-id': 'alias/new' }, 'alias/New'],
    [
      'an alias of the same name in another account',
      { 'key-id': aliasArn('alias/new') },
      aliasArn('alias/new', { account: OTHER_ACCOUNT })
    ],
    ['an alias that may be of another account', { 'key-id': 'alias/new' }, aliasArn('alias/new')]
  ])('accepts %s', async (_, target, from) => {
    expect((await readWith({ ...target, 'from-key-id': from })).from).toHaveLength(1);
  });

  test('requires a target key', async () => {
    expect(await inputError({ 'key-type': 'any', 'from-key-id': OLD })).toBe(
      `Input from-key-id is "${OLD}": it needs a target key: give key-id, or key-type aws-owned`
    );
  });

  test('has no further error if the target key is missing', async () => {
    expect(await inputError({ 'key-type': 'customer-managed', 'from-key-id': OLD })).toContain('key-id is missing');
    expect(await inputError({ 'key-id': '', 'from-key-id': OLD })).toContain('none of key-type, key-id');
  });

  test.each([TO_NEW, TO_AWS, { 'key-type': 'any' }])('is rejected in mode check: %j', async (target) => {
    expect(await inputError({ ...target, mode: 'check', 'from-key-id': `${OLD},alias/old` })).toContain(
      `from-key-id is "${OLD}", "alias/old": mode check changes nothing`
    );
  });
});

describe('approved-key-ids', () => {
  const CHECK = { mode: 'check' };

  test.each([OLD, OLD_ID, MRK, 'alias/orders', aliasArn('alias/orders'), AWS_ALIAS])('accepts %s', async (id) => {
    const { criteria } = await readWith({ ...CHECK, 'approved-key-ids': id });
    expect(criteria).toEqual({ which: 'approved', ids: [id] });
  });

  test.each([`${NEW}\nalias/old\n${NEW}`, ` ${NEW} ,alias/old,,${NEW}`])(
    'is split at line breaks and commas, without duplicates: %j',
    async (text) => {
      const { criteria } = await readWith({ ...CHECK, 'approved-key-ids': text });
      expect(criteria).toEqual({ which: 'approved', ids: [NEW, 'alias/old'] });
    }
  );

  test('accepts keys of several regions, so that one list serves all of them', async () => {
    const ids = [NEW, keyArn(NEW_ID, { region: 'us-east-1' })];
    const { criteria } = await readWith({ ...CHECK, 'approved-key-ids': ids.join('\n') });
    expect(criteria).toEqual({ which: 'approved', ids });
  });

  test.each(['any', 'aws-owned', ','])('rejects "%s" with the accepted forms', async (text) => {
    expect(await inputError({ ...CHECK, 'approved-key-ids': text })).toMatch(
      /approved-key-ids is .*: must be a key ARN, a key id, an alias name .* or an alias ARN$/
    );
  });

  test.each(['encrypt', 'plan', ''])('is rejected in mode "%s"', async (mode) => {
    expect(await inputError({ mode, 'approved-key-ids': `${OLD},alias/old` })).toBe(
      `Input approved-key-ids is "${OLD}", "alias/old": works only in mode check, but mode is ${mode || 'encrypt'}: set mode to check`
    );
  });

  test('is rejected together with key-id', async () => {
    expect(await inputError({ ...CHECK, 'key-id': NEW, 'approved-key-ids': OLD })).toContain(
      'cannot be combined with key-id'
    );
  });

  test.each(['any', 'aws-owned', 'customer-managed', 'AWS_OWNED_CMK'])(
    'is rejected together with key-type %s',
    async (type) => {
      expect(await inputError({ ...CHECK, 'key-type': type, 'approved-key-ids': OLD })).toBe(
        `Input approved-key-ids is "${OLD}": cannot be combined with key-type ${type}: remove one of them`
      );
    }
  );
});
