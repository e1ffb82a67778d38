import { describe, expect, test } from '@jest/globals';
import { retryDelay } from '../../src/encryption/retry.ts';

const MEAN = 0.5;
const MAX = 1 - Number.EPSILON;

describe('the delay before a retry', () => {
  test('doubles from 200 ms up to five seconds', () => {
    const delays = [1, 2, 3, 4, 5, 6, 60].map((failures) => retryDelay(failures, MEAN));
    expect(delays.slice(0, 5).map(Math.round)).toEqual([200, 400, 800, 1_600, 3_200]);
    for (const delay of delays.slice(5)) expect(delay).toBeGreaterThan(4_000);
  });

  test.each([0, MEAN, MAX])('is at most five seconds (random: %d)', (random) => {
    expect(retryDelay(60, random)).toBeLessThanOrEqual(5_000);
  });

  test('has a jitter', () => {
    expect(retryDelay(3, 0)).toBeLessThan(retryDelay(3, MAX));
  });

  test('allows three attempts within ten seconds', () => {
    expect(retryDelay(1, MAX) + retryDelay(2, MAX)).toBeLessThan(10_000);
  });
});
