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
import { faultOf, faultsOf, type Inputs, read, readWith } from '../support/inputs.ts';
import { AWS_OWNED, oneKey } from '../support/requests.ts';

const LETTERS = 'abcdefab-cdef-4abc-8def-abcdefabcdef';

/** Streams of both kinds. */
const BOTH = { 'stream-name': `${STREAM_ARN.kinesis},${STREAM_ARN.firehose}` };

describe('the key asked', () => {
  test.each([
    ['nothing', {}, { which: 'any' }],
    ['any', { 'key-type': 'any' }, { which: 'any' }],
    ['the AWS key', { 'key-type': 'aws-owned' }, AWS_OWNED],
    ['the AWS key', { 'key-type': 'AWS_OWNED_CMK' }, AWS_OWNED],
    ['the AWS key', { 'key-type': 'Aws-Owned' }, AWS_OWNED],
    ['any customer key, in check', { 'key-type': 'customer-managed', mode: 'check' }, { which: 'customer-managed' }],
    [
      'any customer key, in check',
      { 'key-type': 'customer_managed_cmk', mode: 'check' },
      { which: 'customer-managed' }
    ],
    ['one key, whoever manages it', { 'key-id': NEW }, oneKey(NEW)],
    ['one key, of the customer', { 'key-id': NEW, 'key-type': 'customer-managed' }, oneKey(NEW, true)],
    ['one key, of the customer', { 'key-id': NEW, 'key-type': 'CUSTOMER_MANAGED_CMK' }, oneKey(NEW, true)],
    ['one key, in check', { 'key-id': NEW, 'key-type': 'customer-managed', mode: 'check' }, oneKey(NEW, true)]
  ])('%s (%j)', async (_, inputs: Inputs, criteria) => {
    expect((await readWith(inputs)).criteria).toEqual(criteria);
  });

  test.each([NEW, NEW_ID, MRK, 'alias/orders', aliasArn('alias/orders'), keyArn(MRK)])(
    'in the form %s, for both kinds',
    async (id) => {
      for (const kind of ['kinesis', 'firehose']) {
        expect((await readWith({ 'stream-kind': kind, 'key-id': id })).criteria).toEqual(oneKey(id));
      }
    }
  );

  test.each([undefined, 'aws-owned'])("the ARN of Kinesis' own alias may be another account's: %s", async (type) => {
    const id = aliasArn(AWS_ALIAS);
    expect((await readWith({ 'key-id': id, ...(type && { 'key-type': type }) })).criteria).toEqual(oneKey(id));
  });

  test.each([{ 'key-id': AWS_ALIAS }, { 'key-id': AWS_ALIAS, 'key-type': 'aws-owned' }])(
    "Kinesis' own alias is the AWS key: %j",
    async (inputs) => {
      expect((await readWith(inputs)).criteria).toEqual(AWS_OWNED);
      expect((await read({ 'stream-name': STREAM_ARN.kinesis, ...inputs })).criteria).toEqual(AWS_OWNED);
    }
  );

  test.each(['kms', 'AWS', 'constructor', '__proto__'])('of the unknown type "%s" is a fault', async (type) => {
    expect(await faultOf({ 'key-type': type })).toBe(
      `Input key-type is "${type}": must be aws-owned, customer-managed or any`
    );
  });

  test.each(['encrypt', 'plan'])('customer-managed requires key-id in mode %s', async (mode) => {
    expect(await faultOf({ mode, 'key-type': 'customer-managed' })).toContain('key-id is missing');
  });

  test.each([NEW, NEW_ID, 'alias/orders'])('aws-owned with %s is a fault', async (id) => {
    expect(await faultOf({ 'key-type': 'aws-owned', 'key-id': id })).toContain(`key-id is "${id}": key-type aws-owned`);
  });

  test.each(['my-key', 'alias/', `${NEW}/`, STREAM_ARN.kinesis])(
    '"%s" is no key: a fault that names the forms',
    async (id) => {
      expect(await faultOf({ 'key-id': id })).toMatch(/must be a key ARN, a key id, an alias name .* or an alias ARN/);
    }
  );

  test.each([keyArn(NEW_ID, { region: 'us-east-1' }), aliasArn('alias/orders', { region: 'us-east-1' })])(
    '%s, of another region than the run, is a fault that names both',
    async (id) => {
      expect(await faultOf({ 'key-id': id })).toContain(`"${id}": this key is not in the region of the run, ${REGION}`);
    }
  );

  test.each([AWS_ALIAS, aliasArn(AWS_ALIAS)])('customer-managed with %s is a fault', async (id) => {
    for (const kind of ['kinesis', 'firehose']) {
      expect(await faultOf({ 'stream-kind': kind, 'key-type': 'customer-managed', 'key-id': id })).toContain(
        'this is an AWS managed key'
      );
    }
  });

  test.each(['any', 'aws-owned'])('Firehose accepts no AWS managed key (key-type %s)', async (type) => {
    for (const id of [AWS_ALIAS, aliasArn(AWS_ALIAS), 'alias/aws/firehose']) {
      expect(await faultOf({ 'stream-kind': 'firehose', 'key-type': type, 'key-id': id })).toContain(
        'Firehose accepts no AWS managed key'
      );
    }
  });

  test('of AWS for another service is a fault', async () => {
    expect(await faultOf({ 'key-id': 'alias/aws/s3' })).toContain(AWS_ALIAS);
  });

  test("is Kinesis' own alias over both kinds: Firehose is not given another key in its place", async () => {
    for (const selection of [BOTH, { 'stream-tags': 'team=payments' }]) {
      expect((await read({ ...selection, 'key-id': AWS_ALIAS })).criteria).toEqual(oneKey(AWS_ALIAS));
      expect((await read({ ...selection, 'key-type': 'aws-owned' })).criteria).toEqual(AWS_OWNED);
    }
  });

  test('is judged by the kind given, also where the streams have faults', async () => {
    expect(await faultsOf({ 'stream-kind': 'firehose', 'stream-name': 'my orders', 'key-id': AWS_ALIAS })).toEqual([
      expect.stringContaining('stream-name is "my orders"'),
      expect.stringContaining('Firehose accepts no AWS managed key')
    ]);
  });
});

describe('the keys that streams are moved off', () => {
  const TO_NEW = { 'key-id': NEW };
  const TO_AWS = { 'key-type': 'aws-owned' };

  test('are not told of where the input is left out', async () => {
    expect((await readWith(TO_NEW)).from).toBeNull();
  });

  test.each([OLD, OLD_ID, MRK, 'alias/orders', aliasArn('alias/orders'), aliasArn(AWS_ALIAS)])(
    'in the form %s',
    async (id) => {
      expect((await readWith({ ...TO_NEW, 'from-key-id': id })).from).toEqual([{ id }]);
      expect((await readWith({ ...TO_AWS, 'from-key-id': id })).from).toEqual([{ id }]);
    }
  );

  test.each([
    ['aws-owned', 'aws-owned'],
    [AWS_ALIAS, 'aws-owned'],
    ['any', 'any']
  ])('%s, in modes encrypt and plan', async (text, key) => {
    for (const mode of ['encrypt', 'plan']) {
      expect((await readWith({ ...TO_NEW, mode, 'from-key-id': text })).from).toEqual([key]);
    }
  });

  test("the alias of AWS' key for Kinesis is no name for the key that Firehose owns", async () => {
    const inputs = { 'from-key-id': AWS_ALIAS, 'key-id': NEW };
    expect((await readWith({ ...inputs, 'stream-kind': 'firehose' })).from).toEqual([{ id: AWS_ALIAS }]);
    expect((await read({ ...inputs, 'stream-tags': 'team=shop' })).from).toEqual([{ id: AWS_ALIAS }]);
  });

  test.each([`${OLD}\naws-owned\nalias/old`, `${OLD},aws-owned,,alias/old,${OLD}`])(
    'one a line or between commas, each once: %j',
    async (text) => {
      const { from } = await readWith({ ...TO_NEW, 'from-key-id': text });
      expect(from).toEqual([{ id: OLD }, 'aws-owned', { id: 'alias/old' }]);
    }
  );

  test.each(['my-key', 'Any', 'AWS_OWNED_CMK', ','])('"%s" is none: a fault that names the forms', async (text) => {
    expect(await faultOf({ ...TO_NEW, 'from-key-id': text })).toMatch(
      /from-key-id is .*: must be a key ARN, .* or an alias ARN, aws-owned or any/
    );
  });

  test('of another region than the run is a fault', async () => {
    const id = keyArn(OLD_ID, { region: 'us-east-1' });
    expect(await faultOf({ ...TO_NEW, 'from-key-id': id })).toContain(`"${id}": this key is not in the region`);
  });

  test.each([
    ['the same text', { 'key-id': NEW }, NEW],
    ['the same alias', { 'key-id': 'alias/new' }, 'alias/new'],
    ['an ARN, and the bare id', { 'key-id': NEW }, NEW_ID],
    ['the bare id, and an ARN', { 'key-id': NEW_ID }, NEW],
    ['an id in letters of another size', { 'key-id': LETTERS }, LETTERS.toUpperCase()],
    ['the id of a multi-region key, and its ARN', { 'key-id': MRK }, keyArn(MRK)],
    ['the AWS key', { 'key-type': 'aws-owned' }, 'aws-owned'],
    ['the AWS key, and its alias', { 'key-type': 'aws-owned' }, AWS_ALIAS],
    ['the alias of the AWS key', { 'key-id': AWS_ALIAS }, 'aws-owned'],
    ['the alias of the AWS key, over both kinds', { ...BOTH, 'stream-kind': '', 'key-id': AWS_ALIAS }, 'aws-owned']
  ])('the target itself is a fault: %s', async (_, target: Inputs, from) => {
    expect(await faultOf({ ...target, 'from-key-id': from })).toBe(
      `Input from-key-id is "${from}": this is the target key: give the key that streams are to leave`
    );
  });

  test.each([
    ['any key, whatever the target', { 'key-id': NEW }, 'any'],
    ['any key, whatever the target', { 'key-type': 'aws-owned' }, 'any'],
    ['an alias that may be the target, and may not', { 'key-id': NEW }, 'alias/new'],
    ['an alias in letters of another size, which is another', { 'key-id': 'alias/new' }, 'alias/New'],
    [
      "an alias of the same name, but another account's",
      { 'key-id': aliasArn('alias/new') },
      aliasArn('alias/new', { account: OTHER_ACCOUNT })
    ],
    ["an alias that may be another account's", { 'key-id': 'alias/new' }, aliasArn('alias/new')]
  ])('%s, is none', async (_, target, from) => {
    expect((await readWith({ ...target, 'from-key-id': from })).from).toHaveLength(1);
  });

  test.each([{}, { 'key-type': 'any' }])('need a key to move to: %j is a fault', async (target) => {
    expect(await faultOf({ ...target, 'from-key-id': OLD })).toBe(
      `Input from-key-id is "${OLD}": it needs a target key: give key-id, or key-type aws-owned`
    );
  });

  test('need no other word where the key to move to is missing already', async () => {
    expect(await faultOf({ 'key-type': 'customer-managed', 'from-key-id': OLD })).toContain('key-id is missing');
  });

  test.each([TO_NEW, TO_AWS, {}])('are a fault in mode check: %j', async (target) => {
    expect(await faultOf({ ...target, mode: 'check', 'from-key-id': `${OLD},alias/old` })).toContain(
      `from-key-id is "${OLD}", "alias/old": mode check moves no stream`
    );
  });
});

describe('approved keys', () => {
  const CHECK = { mode: 'check' };

  test.each([OLD, OLD_ID, MRK, 'alias/orders', aliasArn('alias/orders'), AWS_ALIAS])('in the form %s', async (id) => {
    const { criteria } = await readWith({ ...CHECK, 'approved-key-ids': id });
    expect(criteria).toEqual({ which: 'approved', ids: [id] });
  });

  test.each([`${NEW}\nalias/old\n${NEW}`, ` ${NEW} ,alias/old,,${NEW}`])(
    'one a line or between commas, each once: %j',
    async (text) => {
      const { criteria } = await readWith({ ...CHECK, 'key-type': 'any', 'approved-key-ids': text });
      expect(criteria).toEqual({ which: 'approved', ids: [NEW, 'alias/old'] });
    }
  );

  test('may be of several regions, so that one list serves them all', async () => {
    const ids = [NEW, keyArn(NEW_ID, { region: 'us-east-1' })];
    const { criteria } = await readWith({ ...CHECK, 'approved-key-ids': ids.join('\n') });
    expect(criteria).toEqual({ which: 'approved', ids });
  });

  test.each(['my-key', 'any', 'aws-owned', ','])('"%s" is none: a fault that names the forms', async (text) => {
    expect(await faultOf({ ...CHECK, 'approved-key-ids': text })).toMatch(
      /approved-key-ids is .*: must be a key ARN, a key id, an alias name .* or an alias ARN$/
    );
  });

  test.each(['encrypt', 'plan', ''])('are a fault in mode "%s"', async (mode) => {
    expect(await faultOf({ mode, 'approved-key-ids': `${OLD},alias/old` })).toBe(
      `Input approved-key-ids is "${OLD}", "alias/old": is for mode check only, but mode is ${mode || 'encrypt'}`
    );
  });

  test('are a fault together with key-id', async () => {
    expect(await faultOf({ ...CHECK, 'key-id': NEW, 'approved-key-ids': OLD })).toContain('replaces key-id');
  });

  test.each(['aws-owned', 'customer-managed', 'AWS_OWNED_CMK'])(
    'are a fault together with key-type %s',
    async (type) => {
      expect(await faultOf({ ...CHECK, 'key-type': type, 'approved-key-ids': OLD })).toContain('replaces key-type');
    }
  );
});
