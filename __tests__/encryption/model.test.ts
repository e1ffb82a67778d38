import { expect, test } from '@jest/globals';
import { endedWell, OUTCOMES } from '../../src/encryption/model.ts';

test('lists the outcomes of the contract from worst to best', () => {
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

test('fails the step for these outcomes of a named stream', () => {
  expect(OUTCOMES.filter((outcome) => !endedWell({ outcome, named: true }))).toEqual([...BAD, 'not-applicable']);
});

test('does not fail the step for a not-applicable stream that a glob or tags selected', () => {
  expect(OUTCOMES.filter((outcome) => !endedWell({ outcome, named: false }))).toEqual(BAD);
});
