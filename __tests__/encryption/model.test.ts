import { expect, test } from '@jest/globals';
import { endedWell, OUTCOMES } from '../../src/encryption/model.ts';

const BAD = ['failed', 'timed-out', 'cancelled', 'non-compliant'];
const GOOD = ['skipped', 'planned', 'started', 'rekeyed', 'enabled', 'unchanged', 'compliant'];

test('the outcomes of the contract are listed from worst to best', () => {
  expect(OUTCOMES).toEqual([...BAD, 'not-applicable', ...GOOD]);
});

test('the step fails for a bad outcome, and for a named stream also if it is not applicable', () => {
  expect(OUTCOMES.filter((outcome) => !endedWell({ outcome, named: true }))).toEqual([...BAD, 'not-applicable']);
  expect(OUTCOMES.filter((outcome) => !endedWell({ outcome, named: false }))).toEqual(BAD);
});
