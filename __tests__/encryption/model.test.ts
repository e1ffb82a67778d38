import { expect, test } from '@jest/globals';
import { endedWell, OUTCOMES } from '../../src/encryption/model.ts';

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

const BAD = ['failed', 'timed-out', 'cancelled', 'non-compliant'];

test('the step fails with the outcomes that the contract says', () => {
  expect(OUTCOMES.filter((outcome) => !endedWell({ outcome, named: true }))).toEqual([...BAD, 'not-applicable']);
});

test('a stream that takes no encryption fails no step where a glob or tags chose it', () => {
  expect(OUTCOMES.filter((outcome) => !endedWell({ outcome, named: false }))).toEqual(BAD);
});
