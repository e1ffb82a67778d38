import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { formatCause, groupCauses } from '../../src/reporting/causes.ts';
import { manyResults, result } from '../support/results.ts';

/** A failed stream with this cause, whose message says more. */
function failed(name: string, cause: string, overrides: Partial<Result> = {}): Result {
  return result({ name, outcome: 'failed', message: `${cause} (${name})`, ...overrides, cause });
}

function format(...results: readonly Result[]): string[] {
  return groupCauses(results).map((cause) => `${cause.level}: ${formatCause(cause)}`);
}

describe('causes', () => {
  test('are shared by all streams with the same cause, and otherwise hold the message of the stream', () => {
    const results = [failed('a', 'Grant it'), failed('b', 'Enable it'), failed('c', 'Grant it')];
    expect(format(...results)).toEqual([
      'error: 2 streams: failed: Grant it. Streams: a, c',
      'error: kinesis b: failed: Enable it (b)'
    ]);
    const idOf = (...streams: readonly Result[]) => groupCauses(streams)[0]?.id;
    expect(idOf(...results.slice(0, 1))).toBe(idOf(...results));
  });

  test('are the outcomes that fail a step', () => {
    const withCause = OUTCOMES.filter((outcome) => groupCauses([result({ outcome })]).length > 0);
    expect(withCause).toEqual(['failed', 'timed-out', 'cancelled', 'non-compliant', 'not-applicable']);
  });

  test('come worst outcome first, then by the number of streams, then in the order of selection; warnings come last', () => {
    const causes = groupCauses([
      failed('a', 'checked', { outcome: 'non-compliant', warnings: ['careful'] }),
      failed('b', 'checked', { outcome: 'non-compliant' }),
      failed('c', 'rare'),
      failed('d', 'often'),
      failed('e', 'also rare'),
      failed('f', 'often'),
      failed('g', 'later', { outcome: 'timed-out', warnings: ['urgent'] })
    ]);
    const ids = ['often', 'rare', 'also rare', 'later', 'checked', 'urgent', 'careful'];
    expect(causes.map(({ id }) => id)).toEqual(ids);
  });

  test('name the first ten streams, the kinds if there are both, and the source of a delivery stream', () => {
    const many = (count: number) => format(...manyResults(count, { outcome: 'failed', message: 'no' }))[0];
    expect(many(10)).toMatch(/stream-8, stream-9$/);
    expect(many(11)).toMatch(/stream-9 and 1 more$/);
    const source = 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders';
    expect(format(failed('a', 'no'), failed('b', 'no', { kind: 'firehose', source }))).toEqual([
      'error: 2 streams: failed: no. Streams: kinesis a, firehose b (source: orders)'
    ]);
  });

  test('include each warning once per stream, without the name of the stream', () => {
    const warning = (name: string) => `the stream ${name} is on its old key`;
    const warned = (name: string) => result({ name, warnings: [warning(name), 'hm', warning(name)] });
    expect(format(warned('a'))).toEqual([`warning: kinesis a: ${warning('a')}`, 'warning: kinesis a: hm']);
    expect(format(warned('a'), warned('b'))[0]).toBe(`warning: 2 streams: ${warning('…')}. Streams: a, b`);
  });

  test('keep the warnings of one stream apart, although their causes are the same', () => {
    const denied = (key: string) =>
      `kms:DescribeKey for ${key} in us-east-1: denied: not authorized to perform: kms:DescribeKey on resource: ${key}`;
    const warnings = ['old', 'new'].map((id) => denied(`arn:aws:kms:us-east-1:111122223333:key/${id}`));
    const warned = (name: string, some = warnings) => result({ name, warnings: some });
    expect(format(warned('a'))).toEqual(warnings.map((warning) => `warning: kinesis a: ${warning}`));
    const one = warnings.slice(0, 1);
    expect(format(warned('a', one), warned('b', one))).toEqual([`warning: 2 streams: ${one}. Streams: a, b`]);
    // The text has only what the warnings of several streams have in common.
    const [both, ...others] = format(warned('a'), warned('b'));
    expect(both).toMatch(/^warning: 2 streams: (?!.*key\/).*Streams: a, b$/);
    expect(others).toEqual([]);
  });

  test('are errors and warnings apart if the same stream state fails only the named streams', () => {
    const state = { outcome: 'not-applicable', message: 'its source is MSK' } as const;
    const results = [result({ name: 'a', named: false, ...state }), result({ name: 'b', named: true, ...state })];
    expect(format(...results)).toEqual([
      'error: kinesis b: not-applicable: its source is MSK',
      'warning: kinesis a: not-applicable: its source is MSK'
    ]);
  });
});
