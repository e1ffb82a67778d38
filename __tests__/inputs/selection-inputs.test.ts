import { describe, expect, test } from '@jest/globals';
import type { RunRequest, Selector, StreamKind, StreamRef } from '../../src/encryption/model.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { faultOf, faultsOf, read, readWith } from '../support/inputs.ts';

function streamIn({ selection: { selectors } }: RunRequest): StreamRef {
  const [selector] = selectors;
  if (selector?.by !== 'name') throw new Error('No stream was named');
  return selector.stream;
}

describe('the stream', () => {
  test.each(['kinesis', 'firehose'] as const)('%s, by its name', async (kind) => {
    const request = await read({ 'stream-kind': kind, 'stream-name': 'a.B_c-9' });
    expect(streamIn(request)).toEqual({ kind, name: 'a.B_c-9', arn: null });
  });

  test.each(['kinesis', 'firehose'] as const)('by an ARN, which tells its kind: %s', async (kind) => {
    const stream = { kind, name: 'orders', arn: STREAM_ARN[kind] };
    expect(streamIn(await read({ 'stream-name': STREAM_ARN[kind] }))).toEqual(stream);
    expect(streamIn(await read({ 'stream-kind': kind, 'stream-name': STREAM_ARN[kind] }))).toEqual(stream);
  });

  test('by an ARN of another partition', async () => {
    const arn = `arn:aws-cn:kinesis:cn-north-1:${ACCOUNT}:stream/orders`;
    expect(streamIn(await read({ 'stream-name': arn, region: 'cn-north-1' }))).toMatchObject({ arn });
  });

  test('without a name, nor tags, is a fault', async () => {
    expect(await faultsOf({ 'stream-kind': 'kinesis' })).toEqual([
      'Input stream-name is missing: give names, globs or ARNs, or select by stream-tags'
    ]);
  });

  test('by its name, without a kind, is a fault that names what is allowed', async () => {
    expect(await faultsOf({ 'stream-name': 'orders' })).toEqual([
      expect.stringMatching(/stream-kind is missing.*kinesis or firehose/)
    ]);
  });

  test('without a kind, no name is a fault that some kind has', async () => {
    expect(await faultsOf({ 'stream-name': 'o'.repeat(128) })).toEqual([expect.stringContaining('stream-kind')]);
  });

  test('of an unknown kind is a fault that names what is allowed', async () => {
    expect(await faultOf({ 'stream-kind': 'kafka' })).toBe('Input stream-kind is "kafka": must be kinesis or firehose');
  });

  test.each([
    ['firehose', STREAM_ARN.kinesis, 'this is a kinesis stream, but stream-kind is firehose'],
    ['kinesis', STREAM_ARN.firehose, 'this is a firehose stream, but stream-kind is kinesis']
  ])('%s, with an ARN of the other kind, is a fault', async (kind, arn, words) => {
    expect(await faultOf({ 'stream-kind': kind, 'stream-name': arn })).toContain(words);
  });

  test('of another region than the run is a fault that names both', async () => {
    const fault = await faultOf({ 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' });
    expect(fault).toContain(`"${STREAM_ARN.kinesis}": this is not in the region of the run, us-east-1`);
  });

  test.each([
    ['kinesis', 'my orders'],
    ['kinesis', 'orders/1'],
    ['kinesis', 'o'.repeat(129)],
    ['firehose', 'o'.repeat(65)],
    ['firehose', 'órdenes']
  ])('%s, named "%s", is a fault that names the rule', async (kind, name) => {
    expect(await faultOf({ 'stream-kind': kind, 'stream-name': name })).toMatch(/stream-name is .* 1 to \d+ letters/);
  });

  test.each([
    ['kinesis', 'o'.repeat(128)],
    ['firehose', 'o'.repeat(64)]
  ])('%s, with the longest name that there is', async (kind, name) => {
    expect(streamIn(await read({ 'stream-kind': kind, 'stream-name': name })).name).toBe(name);
  });

  test.each([
    'arn:aws:kinesis',
    STREAM_ARN.kinesis.replace(':stream/', ':deliverystream/'),
    STREAM_ARN.firehose.replace(':deliverystream/', ':stream/'),
    STREAM_ARN.kinesis.replace('kinesis', 'sqs'),
    STREAM_ARN.kinesis.replace(ACCOUNT, ''),
    `${STREAM_ARN.kinesis}/consumer/one:1`,
    STREAM_ARN.firehose.replace('orders', 'o'.repeat(65))
  ])('by "%s", which is no ARN of a stream, is a fault', async (arn) => {
    expect(await faultsOf({ 'stream-name': arn })).toEqual([expect.stringContaining('not the ARN of a')]);
  });

  test('by an ARN with a glob in it is a fault that tells how globs are given', async () => {
    const arn = `${STREAM_ARN.kinesis}-*`;
    expect(await faultsOf({ 'stream-name': arn })).toEqual([expect.stringContaining('give a glob over names')]);
  });
});

describe('several streams', () => {
  function byName(name: string, kind: StreamKind = 'kinesis', arn: string | null = null): Selector {
    return { by: 'name', stream: { kind, name, arn } };
  }

  test('what stands there twice counts once', async () => {
    const { selection } = await readWith({ 'stream-name': 'orders, clicks, orders' });
    expect(selection.selectors).toEqual([byName('orders'), byName('clicks')]);
  });

  test.each([
    'orders\npayments\nclicks',
    'orders,payments,clicks',
    ' orders ,payments\n\n , clicks,',
    'orders\r\npayments\r\nclicks'
  ])('one a line or between commas, in their order: %j', async (names) => {
    const { selection } = await readWith({ 'stream-name': names });
    expect(selection).toEqual({
      kinds: ['kinesis'],
      selectors: [byName('orders'), byName('payments'), byName('clicks')],
      tags: []
    });
  });

  test('by ARNs of both kinds, without a kind', async () => {
    const arns = `${STREAM_ARN.firehose}\n${STREAM_ARN.kinesis}`;
    expect((await read({ 'stream-name': arns })).selection).toEqual({
      kinds: ['firehose', 'kinesis'],
      selectors: [byName('orders', 'firehose', STREAM_ARN.firehose), byName('orders', 'kinesis', STREAM_ARN.kinesis)],
      tags: []
    });
  });

  test('by names, globs and ARNs of one kind', async () => {
    const names = `orders,pay-?.*_B9,${STREAM_ARN.kinesis}`;
    expect((await readWith({ 'stream-name': names })).selection).toEqual({
      kinds: ['kinesis'],
      selectors: [
        byName('orders'),
        { by: 'glob', kind: 'kinesis', glob: 'pay-?.*_B9' },
        byName('orders', 'kinesis', STREAM_ARN.kinesis)
      ],
      tags: []
    });
  });

  test.each(['*', '?', 'orders-*', '*-orders-?'])('by the glob %s, of either kind', async (glob) => {
    for (const kind of ['kinesis', 'firehose']) {
      const { selectors } = (await readWith({ 'stream-kind': kind, 'stream-name': glob })).selection;
      expect(selectors).toEqual([{ by: 'glob', kind, glob }]);
    }
  });

  test.each(['orders/*', 'orders-[ab]?', '!orders-*', 'órdenes*'])(
    'by the glob "%s", which fits no name, is a fault that names the rule',
    async (glob) => {
      expect(await faultOf({ 'stream-name': glob })).toMatch(/a glob has letters/);
    }
  );

  test.each(['orders-*', `${STREAM_ARN.kinesis},orders,orders-*`])('"%s" needs a kind, once', async (names) => {
    expect(await faultsOf({ 'stream-name': names })).toEqual([
      expect.stringMatching(/stream-kind is missing.*the ARN of each stream/)
    ]);
  });

  test('each entry that is none is named, with those it has the fault in common with', async () => {
    const other = STREAM_ARN.kinesis.replace(REGION, 'us-east-1');
    const names = ['my orders', 'orders', other, 'pay/ments', STREAM_ARN.firehose, 'my orders'];
    expect(await faultsOf({ 'stream-kind': 'kinesis', 'stream-name': names.join() })).toEqual([
      expect.stringMatching(/^Input stream-name is "my orders", "pay\/ments": a data stream name has 1 to 128 letters/),
      expect.stringContaining(`Input stream-name is "${other}": this is not in the region of the run, ${REGION}`),
      expect.stringContaining(`Input stream-name is "${STREAM_ARN.firehose}": this is a firehose stream`)
    ]);
  });

  test('of very many entries that are none the first few are named, and the rest counted', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `orders/${index}`);
    expect(await faultOf({ 'stream-name': names.join() })).toContain('"orders/3", "orders/4" and 9995 more: ');
  });

  test('commas alone, of a list whose variables are all unset, are a fault', async () => {
    expect(await faultOf({ 'stream-name': ', ,' })).toContain('stream-name is ", ,": a data stream name has');
    expect(await faultOf({ 'stream-name': ',', 'stream-tags': 'team=payments' })).toContain('stream-name is ","');
  });
});

describe('tags', () => {
  test('alone select among both kinds, or the kind given', async () => {
    const tags = [{ key: 'team', value: 'payments' }];
    const bothKinds = await read({ 'stream-tags': 'team=payments' });
    expect(bothKinds.selection).toEqual({ kinds: ['kinesis', 'firehose'], selectors: [], tags });
    for (const kind of ['kinesis', 'firehose']) {
      const { selection } = await read({ 'stream-kind': kind, 'stream-tags': 'team=payments' });
      expect(selection).toEqual({ kinds: [kind], selectors: [], tags });
    }
  });

  test('narrow the names, and leave the kinds as these have them', async () => {
    const inputs = { 'stream-kind': 'firehose', 'stream-name': 'orders-*', 'stream-tags': 'team=payments' };
    expect((await read(inputs)).selection).toEqual({
      kinds: ['firehose'],
      selectors: [{ by: 'glob', kind: 'firehose', glob: 'orders-*' }],
      tags: [{ key: 'team', value: 'payments' }]
    });
  });

  test.each([
    ['a value', 'team=payments', [{ key: 'team', value: 'payments' }]],
    ['any value', 'team=', [{ key: 'team', value: null }]],
    ['any value', 'team= ', [{ key: 'team', value: null }]],
    ['a value with commas and equals signs', 'team=a,b=c', [{ key: 'team', value: 'a,b=c' }]],
    ['blanks around either', ' team  =  a b ', [{ key: 'team', value: 'a b' }]],
    ['a word that every object inherits', 'constructor=x', [{ key: 'constructor', value: 'x' }]],
    [
      'several, one a line, in their order',
      'b=1\r\n\na=2\n',
      [
        { key: 'b', value: '1' },
        { key: 'a', value: '2' }
      ]
    ],
    [
      'keys that differ in case',
      'team=a\nTeam=b',
      [
        { key: 'team', value: 'a' },
        { key: 'Team', value: 'b' }
      ]
    ],
    ['the same line twice, once', 'team=a\nteam=a', [{ key: 'team', value: 'a' }]]
  ])('%s: %j', async (_, text, tags) => {
    expect((await readWith({ 'stream-tags': text })).selection.tags).toEqual(tags);
  });

  test.each(['team', '=payments', ' = ', 'a=1\nteam'])('%j has no key, or no "=": a fault', async (text) => {
    expect(await faultOf({ 'stream-tags': text })).toContain('write key=value, or key= for any value');
  });

  test.each(['team=a\nteam=b', 'team=\nteam=b', 'team=a\nx=1\nteam=b'])(
    '%j asks for two values of one tag: a fault',
    async (text) => {
      expect(await faultOf({ 'stream-tags': text })).toMatch(/stream-tags is "team=b": a tag has one value/);
    }
  );

  test('with a fault are no reason to ask for a name', async () => {
    expect(await faultsOf({ 'stream-tags': 'team' })).toHaveLength(1);
  });

  test('alone, of an unknown kind, are a fault of the kind', async () => {
    expect(await faultsOf({ 'stream-kind': 'kafka', 'stream-tags': 'team=a' })).toEqual([
      expect.stringContaining('stream-kind is "kafka"')
    ]);
  });
});
