import { expect, test } from '@jest/globals';
import { formatKey, formatRequest } from '../../src/encryption/format.ts';
import type { RunRequest, Selection, Selector, StreamKind } from '../../src/encryption/model.ts';
import { AWS_ALIAS, NEW, OLD, REGION, STREAM_ARN } from '../support/account.ts';
import { AWS_OWNED, approved, CUSTOMER_MANAGED, fromKeys, runRequest, targetKey } from '../support/requests.ts';
import { byTags, selector } from '../support/selection-simulation.ts';

const KINESIS = ['kinesis'] as const;
const FIREHOSE = ['firehose'] as const;
const BOTH = ['kinesis', 'firehose'] as const;
const TEAM = { key: 'team', value: 'payments' };
const ARNS = [selector(STREAM_ARN.kinesis), selector(STREAM_ARN.firehose, 'firehose')];

test('formatRequest states region, mode, selection, key and the keys to move streams off', () => {
  const request = { mode: 'plan', criteria: targetKey(NEW), from: fromKeys(OLD) } as const;
  expect(formatRequest(runRequest(request))).toBe(
    `${REGION} · mode plan · kinesis orders · key: ${NEW} · only from: ${OLD}`
  );
});

/** The entries of a selection of data streams. */
const entries = (...texts: string[]): Selector[] => texts.map((text) => selector(text));

test.each<[Selection, string]>([
  [{ kinds: BOTH, selectors: ARNS, tags: [] }, `kinesis and firehose ${STREAM_ARN.kinesis}, ${STREAM_ARN.firehose}`],
  [{ kinds: KINESIS, selectors: entries('a', 'b', 'c', 'd', 'e'), tags: [] }, 'kinesis a, b, c, d, e'],
  [{ kinds: KINESIS, selectors: entries('a', 'b', 'c', 'd', 'e', 'f'), tags: [] }, 'kinesis a, b, c, d, e and 1 more'],
  [{ kinds: KINESIS, selectors: entries('orders-*'), tags: [TEAM] }, 'kinesis orders-* tagged team=payments'],
  [byTags(BOTH, TEAM, { key: 'x', value: null }), 'kinesis and firehose tagged team=payments, x (any value)']
])('formatRequest states the selection: %#', (selection, expected) => {
  expect(formatRequest({ ...runRequest(), selection })).toBe(`${REGION} · mode encrypt · ${expected} · key: any key`);
});

const ALIASES = ['alias/a', 'alias/b', 'alias/c', 'alias/d', 'alias/e', 'alias/f', 'alias/g'];
const LISTED = 'alias/a, alias/b, alias/c, alias/d, alias/e and 2 more';

test.each<[readonly StreamKind[], Partial<RunRequest>, string]>([
  [KINESIS, { criteria: CUSTOMER_MANAGED }, 'key: a customer managed key'],
  [KINESIS, { criteria: approved(...ALIASES) }, `key: one of ${LISTED}`],
  [KINESIS, { criteria: AWS_OWNED }, `key: the AWS managed key ${AWS_ALIAS}`],
  [FIREHOSE, { criteria: AWS_OWNED }, 'key: the AWS owned key'],
  [BOTH, { criteria: AWS_OWNED }, 'key: the AWS key of each service'],
  [BOTH, { from: fromKeys('any', OLD, 'aws-owned') }, `only from: any key, ${OLD}, the AWS key of each service`],
  [KINESIS, { from: fromKeys('aws-owned') }, `only from: the AWS managed key ${AWS_ALIAS}`]
])('formatRequest states the keys for %j: %#', (kinds, keys, expected) => {
  const request = { ...runRequest(), ...keys, selection: { kinds, selectors: [], tags: [] } };
  expect(formatRequest(request).split(' · ').at(-1)).toBe(expected);
});

test.each([
  ['its type if it has no id', { type: 'customer-managed', id: '' }, 'a customer managed key'],
  ['a placeholder if it has neither', { type: null, id: '' }, 'an unidentified key']
] as const)('formatKey returns %s', (_, key, expected) => {
  expect(formatKey(key)).toBe(expected);
});
