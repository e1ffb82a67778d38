import { expect, test } from '@jest/globals';
import { retryDelay } from '../../src/encryption/retry.ts';

const MEAN = 0.5;
const MAX = 1 - Number.EPSILON;

test('the delay before a retry doubles from 200 ms up to about five seconds', () => {
  const delays = [1, 2, 3, 4, 5, 6, 60].map((failures) => Math.round(retryDelay(failures, MEAN)));
  expect(delays).toEqual([200, 400, 800, 1_600, 3_200, 4_545, 4_545]);
});

test('the delay before a retry is spread by a tenth in either direction, and never longer than five seconds', () => {
  expect([0, MEAN, MAX].map((random) => Math.round(retryDelay(1, random)))).toEqual([180, 200, 220]);
  expect(retryDelay(60, MAX)).toBeLessThanOrEqual(5_000);
});
