import { describe, expect, test } from '@jest/globals';
import { type Encrypted, OUTCOMES, type Outcome } from '../../src/encryption/model.ts';
import { countOutcomes, formatCounts, tallyOf, worstFirst } from '../../src/reporting/tally.ts';
import { result } from '../support/results.ts';

function ended(...outcomes: readonly Outcome[]) {
  return outcomes.map((outcome) => result({ outcome }));
}

describe('what several results come to', () => {
  test.each<[Outcome[], Outcome]>([
    [['compliant', 'non-compliant'], 'non-compliant'],
    [['unchanged', 'rekeyed', 'enabled'], 'rekeyed'],
    [['timed-out', 'failed', 'cancelled'], 'failed'],
    [['not-applicable', 'unchanged'], 'not-applicable'],
    [['planned', 'skipped'], 'skipped']
  ])('the worst outcome of %s is %s', (outcomes, worst) => {
    expect(tallyOf(ended(...outcomes)).outcome).toBe(worst);
  });

  test.each<[Encrypted[], Encrypted]>([
    [['true', 'unknown', 'false'], 'false'],
    [['true', 'unknown'], 'unknown'],
    [['true', 'true'], 'true'],
    [[], 'unknown']
  ])('encrypted of %s is %s', (all, encrypted) => {
    expect(tallyOf(all.map((one) => result({ encrypted: one }))).encrypted).toBe(encrypted);
  });

  test('changed is whether any was changed', () => {
    expect(tallyOf([result({ changed: false }), result({ changed: true })]).changed).toBe(true);
    expect(tallyOf([result({ changed: false })]).changed).toBe(false);
    expect(tallyOf([]).changed).toBe(false);
  });

  test('counts name the outcomes that occurred', () => {
    expect(countOutcomes(ended('unchanged', 'rekeyed', 'rekeyed'))).toEqual({ total: 3, unchanged: 1, rekeyed: 2 });
    expect(countOutcomes([])).toEqual({ total: 0 });
  });

  test('counts in words begin with the worst', () => {
    expect(formatCounts(countOutcomes(ended('unchanged', 'rekeyed', 'failed', 'rekeyed')))).toBe(
      '1 failed, 2 rekeyed, 1 unchanged'
    );
  });
});

describe('a run that ended before its streams did', () => {
  test.each([null, 'failed', 'timed-out', 'cancelled'] as const)('without any result, by %s', (runOutcome) => {
    expect(tallyOf([], runOutcome).outcome).toBe(runOutcome ?? 'failed');
  });

  test('is as bad as it, or as its worst stream', () => {
    expect(tallyOf(ended('rekeyed'), 'cancelled').outcome).toBe('cancelled');
    expect(tallyOf(ended('failed'), 'cancelled').outcome).toBe('failed');
  });
});

describe('from the worst to the best', () => {
  test('is the order of the outcomes', () => {
    expect(worstFirst(OUTCOMES.toReversed(), (outcome) => outcome)).toEqual(OUTCOMES);
  });

  test('those of one outcome stay in their order', () => {
    const items = [
      { name: 'a', outcome: 'rekeyed' },
      { name: 'b', outcome: 'failed' },
      { name: 'c', outcome: 'rekeyed' },
      { name: 'd', outcome: 'failed' }
    ] as const;
    expect(worstFirst(items, ({ outcome }) => outcome).map(({ name }) => name)).toEqual(['b', 'd', 'a', 'c']);
  });
});
