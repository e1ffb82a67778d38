import { describe, expect, test } from '@jest/globals';
import type { Selector, StreamKind } from '../../src/encryption/model.ts';
import { ACCOUNT, STREAM_ARN } from '../support/account.ts';
import { type Inputs, inputError, inputErrors, read, readWith } from '../support/inputs.ts';
import { selector } from '../support/selection-simulation.ts';

const { kinesis: KINESIS, firehose: FIREHOSE } = STREAM_ARN;
const OF_KINESIS = { 'stream-kind': 'kinesis' };
const OF_FIREHOSE = { 'stream-kind': 'firehose' };

describe('stream-name', () => {
  const LONGEST = { kinesis: 'o'.repeat(128), firehose: 'o'.repeat(64) };
  const CHINA = `arn:aws-cn:kinesis:cn-north-1:${ACCOUNT}:stream/orders`;
  test.each<[string, string, Inputs, readonly Selector[]]>([
    ['a data stream by name', 'a.B_c-9', { 'stream-kind': 'Kinesis' }, [selector('a.B_c-9')]],
    ['the longest name', LONGEST.firehose, { 'stream-kind': 'FIREHOSE' }, [selector(LONGEST.firehose, 'firehose')]],
    ['an ARN, with its kind', FIREHOSE, OF_FIREHOSE, [selector(FIREHOSE, 'firehose')]],
    ['an ARN of another partition', CHINA, { region: 'cn-north-1' }, [selector(CHINA)]],
    ['ARNs of both kinds', `${FIREHOSE}\n${KINESIS}`, {}, [selector(FIREHOSE, 'firehose'), selector(KINESIS)]],
    ['a name and a glob', 'orders,pay-?.*_B9', OF_KINESIS, [selector('orders'), selector('pay-?.*_B9')]],
    ['each once, in their order', ' b ,a\r\n\n,b,', OF_KINESIS, [selector('b'), selector('a')]]
  ])('selects %s: %j', async (_, names, inputs, selectors) => {
    const kinds = [...new Set(selectors.map((one) => (one.by === 'name' ? one.stream.kind : one.kind)))];
    expect((await read({ ...inputs, 'stream-name': names })).selection).toEqual({ kinds, selectors, tags: [] });
  });

  const NOT_ARN = 'this is not the ARN of a data stream or a delivery stream';
  const GLOB_RULE = 'a glob has letters, digits, "_", ".", "-", "*" and "?"';
  const NO_WILDCARD = 'wildcards are not allowed in an ARN: give a glob over names, with stream-kind';
  const NO_BRACES = 'braces are not supported: give each name by itself, one per line';
  const OTHER_REGION = 'this is not in the region of the run, us-east-1: set region, or use a separate step for it';
  const nameRule = (what: string, max: number) => `a ${what} name has 1 to ${max} letters, digits, "_", "." and "-"`;
  test.each<[readonly string[], Inputs, string]>([
    [['my orders', 'orders/1', 'o'.repeat(129)], OF_KINESIS, nameRule('data stream', 128)],
    [[', ,'], OF_KINESIS, `${nameRule('data stream', 128)} (an unset variable leaves only the comma)`],
    [['o'.repeat(65), 'órdenes'], OF_FIREHOSE, nameRule('delivery stream', 64)],
    [['orders/*', 'orders-[ab]?', '!orders-*'], OF_KINESIS, GLOB_RULE],
    // The comma between the braces has split the list.
    [['orders-{eu', `${KINESIS}-{eu`, 'us}-*'], OF_KINESIS, NO_BRACES],
    [[KINESIS], OF_FIREHOSE, 'this is a kinesis stream, but stream-kind is firehose'],
    [[KINESIS], { region: 'us-east-1' }, OTHER_REGION],
    [[`${KINESIS}-*`], {}, NO_WILDCARD],
    [['arn:aws:kinesis', `${KINESIS}/consumer/one:1`], {}, NOT_ARN]
  ])('rejects each of %j beside %j', async (names, inputs, remedy) => {
    for (const name of names) {
      const error = `Input stream-name is "${name}": ${remedy}`;
      expect(await inputErrors({ ...inputs, 'stream-name': name })).toEqual([error]);
    }
  });

  const KIND_MISSING =
    'Input stream-kind is missing: give kinesis or firehose, or the ARN of each stream as stream-name';
  test.each<[Inputs, string]>([
    [OF_KINESIS, 'Input stream-name is missing: give names, globs or ARNs, or select by stream-tags'],
    [{ 'stream-kind': 'kafka', 'stream-name': 'orders' }, 'Input stream-kind is "kafka": must be kinesis or firehose'],
    [
      { 'stream-kind': 'kafka', 'stream-tags': 'env=prod' },
      'Input stream-kind is "kafka": must be kinesis or firehose'
    ],
    // Valid for one of the kinds.
    [{ 'stream-name': `${KINESIS},orders-*,${LONGEST.kinesis}` }, KIND_MISSING]
  ])('is required or rejected with stream-kind, with one error: %j', async (inputs, error) => {
    expect(await inputErrors(inputs)).toEqual([error]);
  });
});

describe('stream-tags', () => {
  test.each<[Inputs, readonly StreamKind[], readonly Selector[]]>([
    [{}, ['kinesis', 'firehose'], []],
    [{ ...OF_FIREHOSE, 'stream-name': 'orders-*' }, ['firehose'], [selector('orders-*', 'firehose')]]
  ])('select alone, or narrow the names: %j', async (inputs, kinds, selectors) => {
    const tags = [{ key: 'team', value: 'payments' }];
    expect((await read({ ...inputs, 'stream-tags': 'team=payments' })).selection).toEqual({ kinds, selectors, tags });
  });

  test.each<[string, string, Readonly<Record<string, string | null>>]>([
    ['any value', 'team= ', { team: null }],
    ['a value with a comma and an equals sign', 'team=a=b,c', { team: 'a=b,c' }],
    ['spaces around key and value', ' team  =  a b ', { team: 'a b' }],
    ['several lines in their order, each once', 'b=1\r\n\na=2\nB=3\nb=1', { b: '1', a: '2', B: '3' }]
  ])('accept %s: %j', async (_, text, tags) => {
    const expected = Object.entries(tags).map(([key, value]) => ({ key, value }));
    expect((await readWith({ 'stream-tags': text })).selection.tags).toEqual(expected);
  });

  const FORM = 'write key=value, or key= for any value';
  const ONE_PER_LINE = 'write one tag per line, because a comma does not separate them';
  test.each([
    ['a=1\nteam', 'team', FORM],
    ['=payments', '=payments', FORM],
    ['env=prod, team = x', 'env=prod, team = x', ONE_PER_LINE],
    ['env=a,b,aws:team=', 'env=a,b,aws:team=', ONE_PER_LINE],
    ['team=\nteam=b', 'team=b', 'an earlier line gives another value for this tag: remove one of them']
  ])('reject %j because of %j: %s', async (text, line, remedy) => {
    expect(await inputError({ 'stream-tags': text })).toBe(`Input stream-tags is "${line}": ${remedy}`);
  });
});
