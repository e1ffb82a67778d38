import { describe, expect, test } from '@jest/globals';
import { type Encrypted, OUTCOMES, type Outcome } from '../../src/encryption/model.ts';
import { countOutcomes, formatCounts, tallyResults, worstFirst } from '../../src/reporting/tally.ts';
import { result } from '../support/results.ts';

function resultsWith(...outcomes: readonly Outcome[]) {
  return outcomes.map((outcome) => result({ outcome }));
}

describe('the totals of several results', () => {
  test.each<[Outcome[], Outcome]>([
    [['compliant', 'non-compliant'], 'non-compliant'],
    [['unchanged', 'rekeyed', 'enabled'], 'rekeyed'],
    [['timed-out', 'failed', 'cancelled'], 'failed'],
    [['not-applicable', 'unchanged'], 'not-applicable'],
    [['planned', 'skipped'], 'skipped']
  ])('the worst outcome of %s is %s', (outcomes, worst) => {
    expect(tallyResults(resultsWith(...outcomes)).outcome).toBe(worst);
  });

  test.each<[Encrypted[], Encrypted]>([
    [['true', 'unknown', 'false'], 'false'],
    [['true', 'unknown'], 'unknown'],
    [['true', 'true'], 'true'],
    [[], 'unknown']
  ])('encrypted of %s is %s', (all, encrypted) => {
    expect(tallyResults(all.map((one) => result({ encrypted: one }))).encrypted).toBe(encrypted);
  });

  test('changed is true if any stream was changed', () => {
    expect(tallyResults([result({ changed: false }), result({ changed: true })]).changed).toBe(true);
    expect(tallyResults([result({ changed: false })]).changed).toBe(false);
    expect(tallyResults([]).changed).toBe(false);
  });

  test('counts contain only the outcomes that occurred', () => {
    expect(countOutcomes(resultsWith('unchanged', 'rekeyed', 'rekeyed'))).toEqual({
      total: 3,
      unchanged: 1,
      rekeyed: 2
    });
    expect(countOutcomes([])).toEqual({ total: 0 });
  });

  test('formatted counts begin with the worst outcome', () => {
    expect(formatCounts(countOutcomes(resultsWith('unchanged', 'rekeyed', 'failed', 'rekeyed')))).toBe(
      '1 failed, 2 rekeyed, 1 unchanged'
    );
  });
});

describe('a run that ended before its streams did', () => {
  test.each([null, 'failed', 'timed-out', 'cancelled'] as const)(
    'without results, has the outcome of the run: %s',
    (runOutcome) => {
      expect(tallyResults([], runOutcome).outcome).toBe(runOutcome ?? 'failed');
    }
  );

  test('has the worse of its own outcome and that of its worst stream', () => {
    expect(tallyResults(resultsWith('rekeyed'), 'cancelled').outcome).toBe('cancelled');
    expect(tallyResults(resultsWith('failed'), 'cancelled').outcome).toBe('failed');
  });
});

describe('worstFirst', () => {
  test('sorts from the worst outcome to the best', () => {
    expect(worstFirst(OUTCOMES.toReversed(), (outcome) => outcome)).toEqual(OUTCOMES);
  });

  test('keeps the order of items with the same outcome', () => {
    const items = [
      { name: 'a', outcome: 'rekeyed' },
      { name: 'b', outcome: 'failed' },
      { name: 'c', outcome: 'rekeyed' },
      { name: 'd', outcome: 'failed' }
    ] as const;
    expect(worstFirst(items, ({ outcome }) => outcome).map(({ name }) => name)).toEqual(['b', 'd', 'a', 'c']);
  });
});
