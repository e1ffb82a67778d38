import { describe, expect, test } from '@jest/globals';
import { formatKey, formatRequest } from '../../src/encryption/format.ts';
import type { RunRequest, Selection, Selector, StreamKind } from '../../src/encryption/model.ts';
import { NEW, OLD, REGION, STREAM_ARN } from '../support/account.ts';
import { AWS_OWNED, runRequest, targetKey } from '../support/requests.ts';

describe('formatRequest', () => {
  test.each([
    [runRequest(), `${REGION} · mode encrypt · kinesis orders · key: any key`],
    [
      runRequest({ kind: 'firehose', mode: 'check', criteria: { which: 'customer-managed' } }),
      `${REGION} · mode check · firehose orders · key: a customer managed key`
    ],
    [
      runRequest({ mode: 'plan', criteria: AWS_OWNED }),
      `${REGION} · mode plan · kinesis orders · key: the AWS managed key alias/aws/kinesis`
    ],
    [runRequest({ criteria: targetKey('alias/new') }), `${REGION} · mode encrypt · kinesis orders · key: alias/new`],
    [
      runRequest({
        criteria: targetKey(NEW, true),
        stream: { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis }
      }),
      `${REGION} · mode encrypt · kinesis ${STREAM_ARN.kinesis} · key: customer managed key ${NEW}`
    ]
  ])('includes region, mode, stream and key: %#', (request, expected) => {
    expect(formatRequest(request)).toBe(expected);
  });

  const KINESIS_GLOB = { by: 'glob', kind: 'kinesis', glob: 'orders-*' } as const;
  const BOTH_KINDS = ['kinesis', 'firehose'] as const;

  function named(name: string): Selector {
    return { by: 'name', stream: { kind: 'kinesis', name, arn: null } };
  }

  function byArn(kind: StreamKind): Selector {
    return { by: 'name', stream: { kind, name: 'orders', arn: STREAM_ARN[kind] } };
  }

  test.each<[string, Selection, string]>([
    [
      'names and globs',
      { kinds: ['kinesis'], selectors: [named('clicks'), KINESIS_GLOB], tags: [] },
      'kinesis clicks, orders-*'
    ],
    [
      'ARNs of both kinds',
      { kinds: ['firehose', 'kinesis'], selectors: [byArn('firehose'), byArn('kinesis')], tags: [] },
      `firehose and kinesis ${STREAM_ARN.firehose}, ${STREAM_ARN.kinesis}`
    ],
    [
      'five names',
      { kinds: ['kinesis'], selectors: ['a', 'b', 'c', 'd', 'e'].map(named), tags: [] },
      'kinesis a, b, c, d, e'
    ],
    [
      'more than five names',
      { kinds: ['kinesis'], selectors: ['a', 'b', 'c', 'd', 'e', 'f'].map(named), tags: [] },
      'kinesis a, b, c, d, e and 1 more'
    ],
    [
      'tags alone',
      {
        kinds: BOTH_KINDS,
        selectors: [],
        tags: [
          { key: 'team', value: 'payments' },
          { key: 'critical', value: null }
        ]
      },
      'kinesis and firehose tagged team=payments, critical (any value)'
    ],
    [
      'a glob and a tag',
      { kinds: ['kinesis'], selectors: [KINESIS_GLOB], tags: [{ key: 'team', value: 'payments' }] },
      'kinesis orders-* tagged team=payments'
    ]
  ])('includes the selection: %s', (_, selection, expected) => {
    expect(formatRequest({ ...runRequest(), selection })).toBe(`${REGION} · mode encrypt · ${expected} · key: any key`);
  });

  const BOTH = { kinds: BOTH_KINDS, selectors: [byArn('kinesis'), byArn('firehose')], tags: [] };
  const IDS = ['alias/a', 'alias/b', 'alias/c', 'alias/d', 'alias/e', 'alias/f', 'alias/g'];

  test.each<[Partial<RunRequest>, string]>([
    [{ criteria: { which: 'approved', ids: [NEW, 'alias/b'] } }, `key: one of ${NEW}, alias/b`],
    [
      { criteria: { which: 'approved', ids: IDS } },
      'key: one of alias/a, alias/b, alias/c, alias/d, alias/e and 2 more'
    ],
    [{ criteria: AWS_OWNED, selection: BOTH }, 'key: the AWS key of each service'],
    [{ criteria: targetKey(NEW), from: ['any'] }, `key: ${NEW} · only from: any key`],
    [
      { criteria: targetKey(NEW), from: [{ id: OLD }, 'aws-owned'] },
      `key: ${NEW} · only from: ${OLD}, the AWS managed key alias/aws/kinesis`
    ],
    [
      { criteria: targetKey(NEW), from: ['aws-owned'], selection: BOTH },
      `key: ${NEW} · only from: the AWS key of each service`
    ],
    [
      { criteria: targetKey(NEW), from: IDS.map((id) => ({ id })) },
      `key: ${NEW} · only from: alias/a, alias/b, alias/c, alias/d, alias/e and 2 more`
    ]
  ])('includes the keys: %#', (overrides, expected) => {
    expect(
      formatRequest({ ...runRequest(), ...overrides })
        .split(' · ')
        .slice(3)
        .join(' · ')
    ).toBe(expected);
  });

  test('calls the AWS key the AWS owned key if all streams are delivery streams', () => {
    expect(formatRequest(runRequest({ kind: 'firehose', criteria: AWS_OWNED }))).toContain('key: the AWS owned key');
  });
});

test.each([
  ['its id', { type: 'customer-managed', id: NEW }, NEW],
  ['its type if it has no id', { type: 'aws-owned', id: '' }, 'the AWS owned key'],
  ['its type if it has no id', { type: 'customer-managed', id: '' }, 'a customer managed key'],
  ['a placeholder if it has neither id nor type', { type: null, id: '' }, 'an unidentified key'],
  ['a placeholder if there is no key', null, 'an unidentified key']
] as const)('formats a key as %s', (_, key, expected) => {
  expect(formatKey(key)).toBe(expected);
});
