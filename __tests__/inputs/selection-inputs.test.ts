import { describe, expect, test } from '@jest/globals';
import type { Selector, StreamKind } from '../../src/encryption/model.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { type Inputs, inputError, inputErrors, read, readWith } from '../support/inputs.ts';

const { kinesis: KINESIS, firehose: FIREHOSE } = STREAM_ARN;
const OF_KINESIS = { 'stream-kind': 'kinesis' };
const OF_FIREHOSE = { 'stream-kind': 'firehose' };

function byName(name: string, kind: StreamKind = 'kinesis', arn: string | null = null): Selector {
  return { by: 'name', stream: { kind, name, arn } };
}

function byGlob(glob: string, kind: StreamKind = 'kinesis'): Selector {
  return { by: 'glob', kind, glob };
}

describe('stream-name selects', () => {
  const ARNS = [byName('orders', 'firehose', FIREHOSE), byName('orders', 'kinesis', KINESIS)];
  const THREE = [byName('orders'), byName('payments'), byName('clicks')];
  const LONGEST = { kinesis: 'o'.repeat(128), firehose: 'o'.repeat(64) };
  const CHINA = `arn:aws-cn:kinesis:cn-north-1:${ACCOUNT}:stream/orders`;
  test.each<[string, string, Inputs, readonly Selector[]]>([
    ['a data stream by name', 'a.B_c-9', { 'stream-kind': 'Kinesis' }, [byName('a.B_c-9')]],
    ['a delivery stream by name', 'a.B_c-9', { 'stream-kind': 'FIREHOSE' }, [byName('a.B_c-9', 'firehose')]],
    ['by the longest name', LONGEST.kinesis, OF_KINESIS, [byName(LONGEST.kinesis)]],
    ['by the longest name', LONGEST.firehose, OF_FIREHOSE, [byName(LONGEST.firehose, 'firehose')]],
    ['by ARN, with its kind', FIREHOSE, OF_FIREHOSE, [byName('orders', 'firehose', FIREHOSE)]],
    ['in another partition', CHINA, { region: 'cn-north-1' }, [byName('orders', 'kinesis', CHINA)]],
    ['by ARNs of both kinds', `${FIREHOSE}\n${KINESIS}`, {}, ARNS],
    ['by a name and a glob', 'orders,pay-?.*_B9', OF_KINESIS, [byName('orders'), byGlob('pay-?.*_B9')]],
    ['by glob', '*', OF_FIREHOSE, [byGlob('*', 'firehose')]],
    ['by glob', '?', OF_KINESIS, [byGlob('?')]],
    ['each once, in their order', 'orders\r\npayments\r\norders,clicks', OF_KINESIS, THREE],
    ['each once, in their order', ' orders ,payments\n\n , clicks,', OF_KINESIS, THREE]
  ])('%s: %j', async (_, names, inputs, selectors) => {
    const kinds = [...new Set(selectors.map((one) => (one.by === 'name' ? one.stream.kind : one.kind)))];
    expect((await read({ ...inputs, 'stream-name': names })).selection).toEqual({ kinds, selectors, tags: [] });
  });
});

describe('stream-kind and stream-name', () => {
  const NOT_ARN = 'this is not the ARN of a data stream or a delivery stream';
  const NO_ARNS = [
    'arn:aws:kinesis',
    KINESIS.replace(':stream/', ':deliverystream/'),
    FIREHOSE.replace('orders', 'o'.repeat(65)),
    `${KINESIS}/consumer/one:1`
  ];
  const GLOB_RULE = 'a glob has letters, digits, "_", ".", "-", "*" and "?"';
  const NO_WILDCARD = 'wildcards are not allowed in an ARN: give a glob over names, with stream-kind';
  const OTHER_REGION = 'this is not in the region of the run, us-east-1: set region, or use a separate step for it';
  const nameRule = (what: string, max: number) => `a ${what} name has 1 to ${max} letters, digits, "_", "." and "-"`;
  test.each<[readonly string[], Inputs, string]>([
    [['my orders', 'orders/1', 'o'.repeat(129), ', ,'], OF_KINESIS, nameRule('data stream', 128)],
    [['o'.repeat(65), 'órdenes'], OF_FIREHOSE, nameRule('delivery stream', 64)],
    [[','], { ...OF_KINESIS, 'stream-tags': 'team=payments' }, nameRule('data stream', 128)],
    [['orders/*', 'orders-[ab]?', '!orders-*', 'órdenes*'], OF_KINESIS, GLOB_RULE],
    [[KINESIS], OF_FIREHOSE, 'this is a kinesis stream, but stream-kind is firehose'],
    [[FIREHOSE], OF_KINESIS, 'this is a firehose stream, but stream-kind is kinesis'],
    [[KINESIS], { region: 'us-east-1' }, OTHER_REGION],
    [[`${KINESIS}-*`], {}, NO_WILDCARD],
    [NO_ARNS, {}, NOT_ARN]
  ])('reject each of %j beside %j', async (names, inputs, remedy) => {
    for (const name of names) {
      expect(await inputErrors({ ...inputs, 'stream-name': name })).toEqual([
        `Input stream-name is "${name}": ${remedy}`
      ]);
    }
  });

  test.each([
    ['orders-{eu,ap,us}-*', '"orders-{eu", "us}-*"'],
    [`${KINESIS}-{eu,us}`, `"${KINESIS}-{eu", "us}"`]
  ])('reject braces, which the comma splits: %s', async (names, entries) => {
    const remedy = 'braces are not supported: give each name by itself, one per line';
    expect(await inputError({ 'stream-name': names })).toBe(`Input stream-name is ${entries}: ${remedy}`);
  });

  const NAME_MISSING = 'Input stream-name is missing: give names, globs or ARNs, or select by stream-tags';
  const KIND_MISSING =
    'Input stream-kind is missing: give kinesis or firehose, or the ARN of each stream as stream-name';
  test.each<[Inputs, string]>([
    [OF_KINESIS, NAME_MISSING],
    [{ 'stream-kind': 'kafka', 'stream-name': 'orders' }, 'Input stream-kind is "kafka": must be kinesis or firehose'],
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
    expect(await inputErrors({ ...OF_KINESIS, 'stream-name': names.join() })).toEqual([
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
  const GLOB = { ...OF_FIREHOSE, 'stream-name': 'orders-*' };
  test.each<[Inputs, readonly StreamKind[], readonly Selector[]]>([
    [{}, ['kinesis', 'firehose'], []],
    [OF_FIREHOSE, ['firehose'], []],
    [GLOB, ['firehose'], [byGlob('orders-*', 'firehose')]]
  ])('select alone, or narrow the names: %j', async (inputs, kinds, selectors) => {
    const tags = [{ key: 'team', value: 'payments' }];
    expect((await read({ ...inputs, 'stream-tags': 'team=payments' })).selection).toEqual({ kinds, selectors, tags });
  });

  test.each<[string, string, Readonly<Record<string, string | null>>]>([
    ['any value', 'team=', { team: null }],
    ['any value', 'team= ', { team: null }],
    ['a value with a comma and an equals sign', 'team=a=b,c', { team: 'a=b,c' }],
    ['spaces around key and value', ' team  =  a b ', { team: 'a b' }],
    ['a key that is an inherited property name', 'constructor=x', { constructor: 'x' }],
    ['several lines, in their order', 'b=1\r\n\na=2\n', { b: '1', a: '2' }],
    ['keys that differ in case', 'team=a\nTeam=b', { team: 'a', Team: 'b' }],
    ['a repeated line', 'team=a\nteam=a', { team: 'a' }]
  ])('accept %s: %j', async (_, text, tags) => {
    const expected = Object.entries(tags).map(([key, value]) => ({ key, value }));
    expect((await readWith({ 'stream-tags': text })).selection.tags).toEqual(expected);
  });

  const FORM = 'write key=value, or key= for any value';
  const ONE_PER_LINE = 'write one tag per line, because a comma does not separate them';
  const TWICE = 'an earlier line gives another value for this tag: remove one of them';
  test.each([
    ['a=1\nteam', 'team', FORM],
    ['=payments', '=payments', FORM],
    [' = ', '=', FORM],
    ['env=prod,team=x', 'env=prod,team=x', ONE_PER_LINE],
    ['env=prod, team = x', 'env=prod, team = x', ONE_PER_LINE],
    ['env=a,b,aws:team=', 'env=a,b,aws:team=', ONE_PER_LINE],
    ['team=\nteam=b', 'team=b', TWICE],
    ['team=a\nx=1\nteam=b', 'team=b', TWICE]
  ])('reject %j because of %j: %s', async (text, line, remedy) => {
    expect(await inputError({ 'stream-tags': text })).toBe(`Input stream-tags is "${line}": ${remedy}`);
  });
});
