import { expect, test } from '@jest/globals';
import { type Encrypted, OUTCOMES, type Outcome, type StreamKind } from '../../src/encryption/model.ts';
import { formatSelected, formatTally, formatTitle } from '../../src/reporting/format-result.ts';
import { tallyResults, worstFirst } from '../../src/reporting/tally.ts';
import { result } from '../support/results.ts';

function tallyOf(outcomes: readonly Outcome[], runOutcome: Outcome | null = null) {
  return tallyResults(
    outcomes.map((outcome) => result({ outcome, changed: outcome === 'rekeyed' })),
    runOutcome
  );
}

test.each<[Outcome[], Outcome | null, Outcome]>([
  [['unchanged', 'rekeyed', 'enabled'], null, 'rekeyed'],
  [[], null, 'failed'],
  [['rekeyed'], 'cancelled', 'cancelled'],
  [['failed'], 'cancelled', 'failed']
])('the worst of the outcomes %j and that of the run, %s, is %s', (outcomes, runOutcome, worst) => {
  expect(tallyOf(outcomes, runOutcome).outcome).toBe(worst);
});

test.each<[Encrypted[], Encrypted]>([
  [['true', 'unknown', 'false'], 'false'],
  [['true', 'unknown'], 'unknown'],
  [['true', 'true'], 'true'],
  [[], 'unknown']
])('encrypted of %j is %s', (all, encrypted) => {
  expect(tallyResults(all.map((one) => result({ encrypted: one }))).encrypted).toBe(encrypted);
});

test('counts have only the outcomes that occurred, worst first as text; one change is enough for changed', () => {
  const tally = tallyOf(['unchanged', 'rekeyed', 'failed', 'rekeyed']);
  expect(tally.changed).toBe(true);
  expect(tally.counts).toEqual({ total: 4, unchanged: 1, rekeyed: 2, failed: 1 });
  expect(formatTally(tally, 12.345)).toBe('4 streams in 12.3 s: 1 failed, 2 rekeyed, 1 unchanged');
});

test('worstFirst sorts from the worst outcome to the best, and keeps the order of items with the same one', () => {
  expect(worstFirst(OUTCOMES.toReversed(), (outcome) => outcome)).toEqual(OUTCOMES);
  const outcomes: readonly Outcome[] = ['rekeyed', 'failed', 'rekeyed', 'failed'];
  expect(worstFirst([0, 1, 2, 3], (index) => outcomes[index] ?? 'compliant')).toEqual([1, 3, 0, 2]);
});

test('the title of a stream has its outcome and at most 80 characters', () => {
  expect(formatTitle(result({ outcome: 'failed' }))).toBe('❌ kinesis orders: failed');
  for (const outcome of OUTCOMES) {
    const title = formatTitle(result({ kind: 'firehose', name: `${'n'.repeat(63)}-1`, outcome }));
    expect(title.length).toBeLessThanOrEqual(80);
    expect(title).toMatch(/ firehose n{24}…n{23}-1: /);
  }
});

test('the selected streams are counted by their kind', () => {
  const selected = (kind: StreamKind) => ({ stream: { kind, name: 'orders', arn: null }, named: true });
  const both = [selected('firehose'), selected('kinesis'), selected('firehose')];
  expect(formatSelected(both)).toBe('3 streams selected: 1 kinesis, 2 firehose');
});
