import { describe, expect, test } from '@jest/globals';
import type { RunRequest, Selector, StreamKind, StreamRef } from '../../src/encryption/model.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { inputError, inputErrors, read, readWith } from '../support/inputs.ts';

function streamIn({ selection: { selectors } }: RunRequest): StreamRef {
  const [selector] = selectors;
  if (selector?.by !== 'name') throw new Error('The request names no stream');
  return selector.stream;
}

describe('one stream', () => {
  test.each(['kinesis', 'firehose'] as const)('is selected by its name (%s)', async (kind) => {
    const request = await read({ 'stream-kind': kind, 'stream-name': 'a.B_c-9' });
    expect(streamIn(request)).toEqual({ kind, name: 'a.B_c-9', arn: null });
  });

  test.each(['kinesis', 'firehose'] as const)(
    'is selected by its ARN, with or without stream-kind (%s)',
    async (kind) => {
      const stream = { kind, name: 'orders', arn: STREAM_ARN[kind] };
      expect(streamIn(await read({ 'stream-name': STREAM_ARN[kind] }))).toEqual(stream);
      expect(streamIn(await read({ 'stream-kind': kind, 'stream-name': STREAM_ARN[kind] }))).toEqual(stream);
    }
  );

  test('is selected by an ARN of another partition', async () => {
    const arn = `arn:aws-cn:kinesis:cn-north-1:${ACCOUNT}:stream/orders`;
    expect(streamIn(await read({ 'stream-name': arn, region: 'cn-north-1' }))).toMatchObject({ arn });
  });

  test('requires stream-name or stream-tags', async () => {
    expect(await inputErrors({ 'stream-kind': 'kinesis' })).toEqual([
      'Input stream-name is missing: give names, globs or ARNs, or select by stream-tags'
    ]);
  });

  test('requires stream-kind for a name, with the allowed values', async () => {
    expect(await inputErrors({ 'stream-name': 'orders' })).toEqual([
      expect.stringMatching(/stream-kind is missing.*kinesis or firehose/)
    ]);
  });

  test('without stream-kind has no error for a name that is valid for one of the kinds', async () => {
    expect(await inputErrors({ 'stream-name': 'o'.repeat(128) })).toEqual([expect.stringContaining('stream-kind')]);
  });

  test('is rejected for an unknown stream-kind with the allowed values', async () => {
    expect(await inputError({ 'stream-kind': 'kafka' })).toBe(
      'Input stream-kind is "kafka": must be kinesis or firehose'
    );
  });

  test.each(['Kinesis', 'KINESIS'])('is selected with stream-kind in any case: %s', async (kind) => {
    expect(streamIn(await readWith({ 'stream-kind': kind })).kind).toBe('kinesis');
  });

  test.each([
    ['firehose', STREAM_ARN.kinesis, 'this is a kinesis stream, but stream-kind is firehose'],
    ['kinesis', STREAM_ARN.firehose, 'this is a firehose stream, but stream-kind is kinesis']
  ])('is rejected for stream-kind %s with an ARN of the other kind', async (kind, arn, message) => {
    expect(await inputError({ 'stream-kind': kind, 'stream-name': arn })).toContain(message);
  });

  test('is rejected with both regions if it is in another region', async () => {
    const error = await inputError({ 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' });
    expect(error).toContain(`"${STREAM_ARN.kinesis}": this is not in the region of the run, us-east-1`);
  });

  test.each([
    ['kinesis', 'my orders'],
    ['kinesis', 'orders/1'],
    ['kinesis', 'o'.repeat(129)],
    ['firehose', 'o'.repeat(65)],
    ['firehose', 'órdenes']
  ])('is rejected with the rule for the invalid %s name "%s"', async (kind, name) => {
    expect(await inputError({ 'stream-kind': kind, 'stream-name': name })).toMatch(
      /stream-name is .* 1 to \d+ letters/
    );
  });

  test.each([
    ['kinesis', 'o'.repeat(128)],
    ['firehose', 'o'.repeat(64)]
  ])('may have the longest name of its kind (%s)', async (kind, name) => {
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
  ])('is rejected for the invalid ARN "%s"', async (arn) => {
    expect(await inputErrors({ 'stream-name': arn })).toEqual([expect.stringContaining('not the ARN of a')]);
  });

  test('is rejected for an ARN with a wildcard', async () => {
    const arn = `${STREAM_ARN.kinesis}-*`;
    expect(await inputErrors({ 'stream-name': arn })).toEqual([expect.stringContaining('give a glob over names')]);
  });
});

describe('several streams', () => {
  function byName(name: string, kind: StreamKind = 'kinesis', arn: string | null = null): Selector {
    return { by: 'name', stream: { kind, name, arn } };
  }

  test('are selected once each', async () => {
    const { selection } = await readWith({ 'stream-name': 'orders, clicks, orders' });
    expect(selection.selectors).toEqual([byName('orders'), byName('clicks')]);
  });

  test.each([
    'orders\npayments\nclicks',
    'orders,payments,clicks',
    ' orders ,payments\n\n , clicks,',
    'orders\r\npayments\r\nclicks'
  ])('are split at line breaks and commas, in their order: %j', async (names) => {
    const { selection } = await readWith({ 'stream-name': names });
    expect(selection).toEqual({
      kinds: ['kinesis'],
      selectors: [byName('orders'), byName('payments'), byName('clicks')],
      tags: []
    });
  });

  test('are selected by ARNs of both kinds without stream-kind', async () => {
    const arns = `${STREAM_ARN.firehose}\n${STREAM_ARN.kinesis}`;
    expect((await read({ 'stream-name': arns })).selection).toEqual({
      kinds: ['firehose', 'kinesis'],
      selectors: [byName('orders', 'firehose', STREAM_ARN.firehose), byName('orders', 'kinesis', STREAM_ARN.kinesis)],
      tags: []
    });
  });

  test('are selected by names, globs and ARNs of one kind', async () => {
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

  test.each(['*', '?', 'orders-*', '*-orders-?'])('are selected by the glob %s for either kind', async (glob) => {
    for (const kind of ['kinesis', 'firehose']) {
      const { selectors } = (await readWith({ 'stream-kind': kind, 'stream-name': glob })).selection;
      expect(selectors).toEqual([{ by: 'glob', kind, glob }]);
    }
  });

  test.each(['orders/*', 'orders-[ab]?', '!orders-*', 'órdenes*'])(
    'are rejected with the rule for the invalid glob "%s"',
    async (glob) => {
      expect(await inputError({ 'stream-name': glob })).toMatch(/a glob has letters/);
    }
  );

  test.each(['orders-*', `${STREAM_ARN.kinesis},orders,orders-*`])(
    'require stream-kind, with one error, for "%s"',
    async (names) => {
      expect(await inputErrors({ 'stream-name': names })).toEqual([
        expect.stringMatching(/stream-kind is missing.*the ARN of each stream/)
      ]);
    }
  );

  test.each([
    ['orders-{eu,us}', '"orders-{eu", "us}"'],
    ['orders-{eu,ap,us}-*', '"orders-{eu", "us}-*"'],
    [`${STREAM_ARN.kinesis}-{eu,us}`, `"${STREAM_ARN.kinesis}-{eu", "us}"`]
  ])('are rejected for braces, which the comma splits: %s', async (names, entries) => {
    expect(await inputError({ 'stream-name': names })).toBe(
      `Input stream-name is ${entries}: braces are not supported: give each name by itself, one per line`
    );
  });

  test('are rejected with one error per cause, which lists its entries', async () => {
    const other = STREAM_ARN.kinesis.replace(REGION, 'us-east-1');
    const names = ['my orders', 'orders', other, 'pay/ments', STREAM_ARN.firehose, 'my orders'];
    expect(await inputErrors({ 'stream-kind': 'kinesis', 'stream-name': names.join() })).toEqual([
      expect.stringMatching(/^Input stream-name is "my orders", "pay\/ments": a data stream name has 1 to 128 letters/),
      expect.stringContaining(`Input stream-name is "${other}": this is not in the region of the run, ${REGION}`),
      expect.stringContaining(`Input stream-name is "${STREAM_ARN.firehose}": this is a firehose stream`)
    ]);
  });

  test('are rejected with the first five invalid entries and the number of the others', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `orders/${index}`);
    expect(await inputError({ 'stream-name': names.join() })).toContain('"orders/3", "orders/4" and 9995 more: ');
  });

  test('are rejected for a list of commas only, as from unset variables', async () => {
    expect(await inputError({ 'stream-name': ', ,' })).toContain('stream-name is ", ,": a data stream name has');
    expect(await inputError({ 'stream-name': ',', 'stream-tags': 'team=payments' })).toContain('stream-name is ","');
  });
});

describe('tags', () => {
  test('alone select from both kinds, or from stream-kind', async () => {
    const tags = [{ key: 'team', value: 'payments' }];
    const bothKinds = await read({ 'stream-tags': 'team=payments' });
    expect(bothKinds.selection).toEqual({ kinds: ['kinesis', 'firehose'], selectors: [], tags });
    for (const kind of ['kinesis', 'firehose']) {
      const { selection } = await read({ 'stream-kind': kind, 'stream-tags': 'team=payments' });
      expect(selection).toEqual({ kinds: [kind], selectors: [], tags });
    }
  });

  test('with names apply to the kinds of the names', async () => {
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
    ['a value with a comma and an equals sign', 'team=a=b,c', [{ key: 'team', value: 'a=b,c' }]],
    ['spaces around key and value', ' team  =  a b ', [{ key: 'team', value: 'a b' }]],
    ['a key that is an inherited property name', 'constructor=x', [{ key: 'constructor', value: 'x' }]],
    [
      'several lines, in their order',
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
    ['a repeated line', 'team=a\nteam=a', [{ key: 'team', value: 'a' }]]
  ])('accept %s: %j', async (_, text, tags) => {
    expect((await readWith({ 'stream-tags': text })).selection.tags).toEqual(tags);
  });

  test.each(['team', '=payments', ' = ', 'a=1\nteam'])('reject %j without a key or without "="', async (text) => {
    expect(await inputError({ 'stream-tags': text })).toContain('write key=value, or key= for any value');
  });

  test.each(['env=prod,team=x', 'env=prod, team = x', 'env=a,b,aws:team='])(
    'reject %j, in which a comma begins another tag',
    async (text) => {
      expect(await inputError({ 'stream-tags': text })).toBe(
        `Input stream-tags is "${text}": write one tag per line, because a comma does not separate them`
      );
    }
  );

  test.each(['team=a\nteam=b', 'team=\nteam=b', 'team=a\nx=1\nteam=b'])(
    'reject %j with two values for one key',
    async (text) => {
      expect(await inputError({ 'stream-tags': text })).toMatch(
        /stream-tags is "team=b": an earlier line gives another value/
      );
    }
  );

  test('that are invalid cause no error for a missing name', async () => {
    expect(await inputErrors({ 'stream-tags': 'team' })).toHaveLength(1);
  });

  test('with an unknown stream-kind report only the kind', async () => {
    expect(await inputErrors({ 'stream-kind': 'kafka', 'stream-tags': 'team=a' })).toEqual([
      expect.stringContaining('stream-kind is "kafka"')
    ]);
  });
});
