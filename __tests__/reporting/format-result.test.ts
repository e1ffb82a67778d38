import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type StreamKind } from '../../src/encryption/model.ts';
import { formatSelected, formatTally, formatTitle } from '../../src/reporting/format-result.ts';
import { tallyResults } from '../../src/reporting/tally.ts';
import { result } from '../support/results.ts';

function selected(kind: StreamKind, count: number) {
  return Array.from({ length: count }, () => ({ stream: { kind, name: 'orders', arn: null }, named: true }));
}

describe('the lines of the log', () => {
  test('title a stream with its outcome in at most 80 characters', () => {
    expect(formatTitle(result({ outcome: 'failed' }))).toBe('❌ kinesis orders: failed');
    for (const outcome of OUTCOMES) {
      const title = formatTitle(result({ kind: 'firehose', name: `${'n'.repeat(63)}-1`, outcome }));
      expect(title.length).toBeLessThanOrEqual(80);
      expect(title).toMatch(/ firehose n+…n+-1: /);
    }
  });

  test('count the selected streams of each kind', () => {
    expect(formatSelected([...selected('firehose', 2), ...selected('kinesis', 38)])).toBe(
      '40 streams selected: 38 kinesis, 2 firehose'
    );
    expect(formatSelected(selected('firehose', 1))).toBe('1 stream selected: 1 firehose');
  });

  test('count the outcomes, worst first', () => {
    expect(formatTally(tallyResults([result(), result({ outcome: 'failed' }), result()]), 12.345)).toBe(
      '3 streams in 12.3 s: 1 failed, 2 rekeyed'
    );
  });
});
