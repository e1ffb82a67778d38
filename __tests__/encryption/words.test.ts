import { describe, expect, test } from '@jest/globals';
import { endedWell, OUTCOMES } from '../../src/encryption/model.ts';
import { keyInWords, requestInWords } from '../../src/encryption/words.ts';
import { NEW, oneKey, REGION, runRequest, STREAM_ARN } from '../support/words.ts';

describe('a request in words', () => {
  test.each([
    [runRequest(), `${REGION} · mode encrypt · kinesis orders · asked: any key`],
    [
      runRequest({ kind: 'firehose', mode: 'check', asked: { which: 'customer-managed' } }),
      `${REGION} · mode check · firehose orders · asked: a customer managed key`
    ],
    [
      runRequest({ mode: 'plan', asked: { which: 'aws-owned' } }),
      `${REGION} · mode plan · kinesis orders · asked: the AWS managed key alias/aws/kinesis`
    ],
    [runRequest({ asked: oneKey('alias/new') }), `${REGION} · mode encrypt · kinesis orders · asked: key alias/new`],
    [
      runRequest({ asked: oneKey(NEW, true), stream: { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } }),
      `${REGION} · mode encrypt · kinesis ${STREAM_ARN.kinesis} · asked: customer managed key ${NEW}`
    ]
  ])('tells region, mode, stream and key: %#', (asked, words) => {
    expect(requestInWords(asked)).toBe(words);
  });
});

test.each([
  ['by its id where it has one', { type: 'customer-managed', id: NEW }, NEW],
  ['by its type where it has no id', { type: 'aws-owned', id: '' }, 'the AWS owned key'],
  ['by its type where it has no id', { type: 'customer-managed', id: '' }, 'a customer managed key'],
  ['as not named where it has neither', { type: null, id: '' }, 'a key that the service does not name'],
  ['as not named where there is none to tell of', null, 'a key that the service does not name']
] as const)('a key is told %s', (_, key, words) => {
  expect(keyInWords(key)).toBe(words);
});

test('the step fails with the outcomes that the contract says', () => {
  expect(OUTCOMES.filter((outcome) => !endedWell({ outcome, named: true }))).toEqual([
    'failed',
    'timed-out',
    'cancelled',
    'non-compliant',
    'not-applicable'
  ]);
});

test('the outcomes stand from worst to best, as the contract lists them', () => {
  expect(OUTCOMES).toEqual([
    'failed',
    'timed-out',
    'cancelled',
    'non-compliant',
    'not-applicable',
    'skipped',
    'planned',
    'started',
    'rekeyed',
    'enabled',
    'unchanged',
    'compliant'
  ]);
});
