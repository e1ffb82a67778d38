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

test('the step fails with the outcomes that the contract says', () => {
  expect(OUTCOMES.filter((outcome) => !endedWell({ outcome, named: true }))).toEqual([
    'failed',
    'timed-out',
    'cancelled',
    'non-compliant',
    'not-applicable'
  ]);
});
