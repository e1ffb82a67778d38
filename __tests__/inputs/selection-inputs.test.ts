import { describe, expect, test } from '@jest/globals';
import type { Selector, StreamKind } from '../../src/encryption/model.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { type Inputs, inputError, inputErrors, read, readWith } from '../support/inputs.ts';

const KINDS: readonly StreamKind[] = ['kinesis', 'firehose'];
const KINESIS = STREAM_ARN.kinesis;
const FIREHOSE = STREAM_ARN.firehose;

function byName(name: string, kind: StreamKind = 'kinesis', arn: string | null = null): Selector {
  return { by: 'name', stream: { kind, name, arn } };
}

function byGlob(glob: string, kind: StreamKind = 'kinesis'): Selector {
  return { by: 'glob', kind, glob };
}

describe('stream-name selects', () => {
  const THREE = [byName('orders'), byName('payments'), byName('clicks')];
  const CHINA = `arn:aws-cn:kinesis:cn-north-1:${ACCOUNT}:stream/orders`;
  test.each<[string, Inputs, readonly Selector[]]>([
    ['by name', { 'stream-kind': 'kinesis', 'stream-name': 'a.B_c-9' }, [byName('a.B_c-9')]],
    ['by name', { 'stream-kind': 'FIREHOSE', 'stream-name': 'a.B_c-9' }, [byName('a.B_c-9', 'firehose')]],
    ['by the longest name', { 'stream-kind': 'Kinesis', 'stream-name': 'o'.repeat(128) }, [byName('o'.repeat(128))]],
    [
      'by the longest name',
      { 'stream-kind': 'firehose', 'stream-name': 'o'.repeat(64) },
      [byName('o'.repeat(64), 'firehose')]
    ],
    ['by ARN', { 'stream-kind': 'firehose', 'stream-name': FIREHOSE }, [byName('orders', 'firehose', FIREHOSE)]],
    ['by ARN', { 'stream-name': KINESIS }, [byName('orders', 'kinesis', KINESIS)]],
    ['in another partition', { 'stream-name': CHINA, region: 'cn-north-1' }, [byName('orders', 'kinesis', CHINA)]],
    [
      'by ARNs of both kinds',
      { 'stream-name': `${FIREHOSE}\n${KINESIS}` },
      [byName('orders', 'firehose', FIREHOSE), byName('orders', 'kinesis', KINESIS)]
    ],
    [
      'by names, globs and ARNs',
      { 'stream-kind': 'kinesis', 'stream-name': `orders,pay-?.*_B9,${KINESIS}` },
      [byName('orders'), byGlob('pay-?.*_B9'), byName('orders', 'kinesis', KINESIS)]
    ],
    ...['*', '?', 'orders-*', '*-orders-?'].map((glob): [string, Inputs, readonly Selector[]] => [
      'by glob',
      { 'stream-kind': 'firehose', 'stream-name': glob },
      [byGlob(glob, 'firehose')]
    ]),
    ...['orders\npayments\nclicks', ' orders ,payments\n\n , clicks,', 'orders\r\npayments\r\norders,clicks'].map(
      (names): [string, Inputs, readonly Selector[]] => [
        'each once, split at line breaks and commas, in their order',
        { 'stream-kind': 'kinesis', 'stream-name': names },
        THREE
      ]
    )
  ])('%s: %j', async (_, inputs, selectors) => {
    const kinds = [...new Set(selectors.map((one) => (one.by === 'name' ? one.stream.kind : one.kind)))];
    expect((await read(inputs)).selection).toEqual({ kinds, selectors, tags: [] });
  });
});

describe('stream-kind and stream-name', () => {
  const NOT_ARN = 'this is not the ARN of a data stream or a delivery stream';
  const GLOB_RULE = 'a glob has letters, digits, "_", ".", "-", "*" and "?"';
  const BRACES = 'braces are not supported: give each name by itself, one per line';
  const nameRule = (what: string, max: number) => `a ${what} name has 1 to ${max} letters, digits, "_", "." and "-"`;
  test.each<[readonly string[], Inputs, string]>([
    [['my orders', 'orders/1', 'o'.repeat(129), ', ,'], { 'stream-kind': 'kinesis' }, nameRule('data stream', 128)],
    [['o'.repeat(65), 'órdenes'], { 'stream-kind': 'firehose' }, nameRule('delivery stream', 64)],
    [[','], { 'stream-kind': 'kinesis', 'stream-tags': 'team=payments' }, nameRule('data stream', 128)],
    [['orders/*', 'orders-[ab]?', '!orders-*', 'órdenes*'], { 'stream-kind': 'kinesis' }, GLOB_RULE],
    [[KINESIS], { 'stream-kind': 'firehose' }, 'this is a kinesis stream, but stream-kind is firehose'],
    [[FIREHOSE], { 'stream-kind': 'kinesis' }, 'this is a firehose stream, but stream-kind is kinesis'],
    [[KINESIS], { region: 'us-east-1' }, 'this is not in the region of the run, us-east-1: set region, or use a'],
    [[`${KINESIS}-*`], {}, 'wildcards are not allowed in an ARN: give a glob over names, with stream-kind'],
    [
      ['arn:aws:kinesis', KINESIS.replace(':stream/', ':deliverystream/'), KINESIS.replace('kinesis', 'sqs')],
      {},
      NOT_ARN
    ],
    [[FIREHOSE.replace(':deliverystream/', ':stream/'), FIREHOSE.replace('orders', 'o'.repeat(65))], {}, NOT_ARN],
    [[KINESIS.replace(ACCOUNT, ''), `${KINESIS}/consumer/one:1`], {}, NOT_ARN]
  ])('reject each of %j beside %j', async (names, inputs, remedy) => {
    for (const name of names) {
      const errors = await inputErrors({ ...inputs, 'stream-name': name });
      expect(errors).toEqual([expect.stringContaining(`Input stream-name is "${name}": ${remedy}`)]);
    }
  });

  test.each([
    ['orders-{eu,us}', '"orders-{eu", "us}"'],
    ['orders-{eu,ap,us}-*', '"orders-{eu", "us}-*"'],
    [`${KINESIS}-{eu,us}`, `"${KINESIS}-{eu", "us}"`]
  ])('reject braces, which the comma splits: %s', async (names, entries) => {
    expect(await inputError({ 'stream-name': names })).toBe(`Input stream-name is ${entries}: ${BRACES}`);
  });

  const KIND_MISSING =
    'Input stream-kind is missing: give kinesis or firehose, or the ARN of each stream as stream-name';
  test.each<[Inputs, string]>([
    [{ 'stream-kind': 'kinesis' }, 'Input stream-name is missing: give names, globs or ARNs, or select by stream-tags'],
    [{ 'stream-kind': 'kafka', 'stream-name': 'orders' }, 'Input stream-kind is "kafka": must be kinesis or firehose'],
    [{ 'stream-name': 'orders' }, KIND_MISSING],
    [{ 'stream-name': 'orders-*' }, KIND_MISSING],
    [{ 'stream-name': `${KINESIS},orders,orders-*` }, KIND_MISSING],
    // Valid for one of the kinds.
    [{ 'stream-name': 'o'.repeat(128) }, KIND_MISSING]
  ])('are required or rejected with one error: %j', async (inputs, error) => {
    expect(await inputErrors(inputs)).toEqual([error]);
  });

  test('are rejected with one error per cause, which lists its entries', async () => {
    const other = KINESIS.replace(REGION, 'us-east-1');
    const names = ['my orders', 'orders', other, 'pay/ments', FIREHOSE, 'my orders'];
    expect(await inputErrors({ 'stream-kind': 'kinesis', 'stream-name': names.join() })).toEqual([
      expect.stringMatching(/^Input stream-name is "my orders", "pay\/ments": a data stream name has 1 to 128 letters/),
      expect.stringContaining(`Input stream-name is "${other}": this is not in the region of the run, ${REGION}`),
      expect.stringContaining(`Input stream-name is "${FIREHOSE}": this is a firehose stream`)
    ]);
  });

  test('are rejected with the first five invalid entries and the number of the others', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `orders/${index}`);
    expect(await inputError({ 'stream-name': names.join() })).toContain('"orders/3", "orders/4" and 9995 more: ');
  });
});

describe('stream-tags', () => {
  const TAGS = { 'stream-tags': 'team=payments' };
  test.each<[Inputs, readonly StreamKind[], readonly Selector[]]>([
    [TAGS, KINDS, []],
    [{ ...TAGS, 'stream-kind': 'kinesis' }, ['kinesis'], []],
    [{ ...TAGS, 'stream-kind': 'firehose' }, ['firehose'], []],
    [{ ...TAGS, 'stream-kind': 'firehose', 'stream-name': 'orders-*' }, ['firehose'], [byGlob('orders-*', 'firehose')]]
  ])('select alone, or narrow the names: %j', async (inputs, kinds, selectors) => {
    const tags = [{ key: 'team', value: 'payments' }];
    expect((await read(inputs)).selection).toEqual({ kinds, selectors, tags });
  });

  test.each<[string, string, readonly (readonly [string, string | null])[]]>([
    ['any value', 'team=', [['team', null]]],
    ['any value', 'team= ', [['team', null]]],
    ['a value with a comma and an equals sign', 'team=a=b,c', [['team', 'a=b,c']]],
    ['spaces around key and value', ' team  =  a b ', [['team', 'a b']]],
    ['a key that is an inherited property name', 'constructor=x', [['constructor', 'x']]],
    [
      'several lines, in their order',
      'b=1\r\n\na=2\n',
      [
        ['b', '1'],
        ['a', '2']
      ]
    ],
    [
      'keys that differ in case',
      'team=a\nTeam=b',
      [
        ['team', 'a'],
        ['Team', 'b']
      ]
    ],
    ['a repeated line', 'team=a\nteam=a', [['team', 'a']]]
  ])('accept %s: %j', async (_, text, tags) => {
    const expected = tags.map(([key, value]) => ({ key, value }));
    expect((await readWith({ 'stream-tags': text })).selection.tags).toEqual(expected);
  });

  const FORM = 'write key=value, or key= for any value';
  const ONE_PER_LINE = 'write one tag per line, because a comma does not separate them';
  const TWICE = 'an earlier line gives another value for this tag: remove one of them';
  test.each([
    ['team', 'team', FORM],
    ['=payments', '=payments', FORM],
    [' = ', '=', FORM],
    ['a=1\nteam', 'team', FORM],
    ['env=prod,team=x', 'env=prod,team=x', ONE_PER_LINE],
    ['env=prod, team = x', 'env=prod, team = x', ONE_PER_LINE],
    ['env=a,b,aws:team=', 'env=a,b,aws:team=', ONE_PER_LINE],
    ['team=a\nteam=b', 'team=b', TWICE],
    ['team=\nteam=b', 'team=b', TWICE],
    ['team=a\nx=1\nteam=b', 'team=b', TWICE]
  ])('reject %j because of %j: %s', async (text, line, remedy) => {
    expect(await inputError({ 'stream-tags': text })).toBe(`Input stream-tags is "${line}": ${remedy}`);
  });
});
