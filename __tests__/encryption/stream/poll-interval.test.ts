import { describe, expect, test } from '@jest/globals';
import { pollInterval } from '../../../src/encryption/stream/poll-interval.ts';

const NO_DEADLINE = 1e9;
const MEAN = 0.5;
const MAX = 1 - Number.EPSILON;

describe('the poll interval', () => {
  test.each([
    ['is the minimum at first', { waited: 0, interval: 100 }],
    ['is the minimum while a tenth of the time waited is less', { waited: 900, interval: 100 }],
    ['is a tenth of the time waited', { waited: 5_000, interval: 500 }],
    ['is a tenth of the time waited', { waited: 30_000, interval: 3_000 }]
  ])('%s (%j)', (_, { waited, interval }) => {
    expect(pollInterval(waited, NO_DEADLINE, 100, MEAN)).toBeCloseTo(interval);
  });

  test.each([0, MEAN, MAX])('is at most five seconds (random: %d)', (random) => {
    const interval = pollInterval(600_000, NO_DEADLINE, 100, random);
    expect(interval).toBeLessThanOrEqual(5_000);
    expect(interval).toBeGreaterThan(4_000);
  });

  test('has a jitter of a tenth, so that many runs do not poll at once', () => {
    expect(pollInterval(10_000, NO_DEADLINE, 100, 0)).toBeCloseTo(900);
    expect(pollInterval(10_000, NO_DEADLINE, 100, MAX)).toBeCloseTo(1_100);
  });

  test('is at most half of the time until the deadline', () => {
    expect(pollInterval(60_000, 4_000, 100, MEAN)).toBe(2_000);
  });

  test('is not shorter than the minimum close to the deadline', () => {
    expect(pollInterval(60_000, 120, 100, MEAN)).toBe(100);
  });
});
