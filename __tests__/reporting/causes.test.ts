import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { formatCause, groupCauses } from '../../src/reporting/causes.ts';
import { cpuTimeMs } from '../support/cpu-time.ts';
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
    expect(format(failed('a', 'Grant it'), failed('b', 'Enable it'), failed('c', 'Grant it'))).toEqual([
      'error: 2 streams: failed: Grant it. Streams: a, c',
      'error: kinesis b: failed: Enable it (b)'
    ]);
  });

  test('come worst outcome first, then by the number of streams, then in the order of selection; warnings come last', () => {
    const results = [
      failed('a', 'checked', { outcome: 'non-compliant', warnings: ['careful'] }),
      failed('b', 'checked', { outcome: 'non-compliant' }),
      failed('c', 'rare'),
      failed('d', 'often'),
      failed('e', 'also rare'),
      failed('f', 'often'),
      failed('g', 'later', { outcome: 'timed-out', warnings: ['urgent'] })
    ];
    expect(groupCauses(results).map(({ id }) => id)).toEqual([
      'often',
      'rare',
      'also rare',
      'later',
      'checked',
      'urgent',
      'careful'
    ]);
  });

  test('name the first ten streams, and the kinds if there are both', () => {
    const firehose = manyResults(2, { kind: 'firehose', outcome: 'failed', message: 'no' });
    expect(format(...manyResults(10, { outcome: 'failed', message: 'no' }))[0]).toMatch(/stream-8, stream-9$/);
    expect(format(...manyResults(11, { outcome: 'failed', message: 'no' }))[0]).toMatch(/stream-9 and 1 more$/);
    expect(format(failed('a', 'no'), ...firehose)).toEqual([
      'error: 3 streams: failed: no. Streams: kinesis a, firehose stream-0, firehose stream-1'
    ]);
  });

  test('name the source of a delivery stream', () => {
    const source = 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders';
    expect(format(failed('a', 'no', { source }), failed('b', 'no'))).toEqual([
      'error: 2 streams: failed: no. Streams: a (source: orders), b'
    ]);
  });

  test('are the same for the same cause, however many streams it hit', () => {
    const [one] = groupCauses([failed('a', 'Grant it')]);
    const [several] = groupCauses([failed('a', 'Grant it'), failed('b', 'Grant it')]);
    expect(one?.id).toBe(several?.id);
  });

  test('include each warning once per stream, without the name of the stream', () => {
    const warned = (name: string) =>
      result({ name, warnings: [`the stream ${name} is on its old key`, `the stream ${name} is on its old key`] });
    expect(format(warned('a'))).toEqual(['warning: kinesis a: the stream a is on its old key']);
    expect(format(warned('a'), warned('b'))).toEqual([
      'warning: 2 streams: the stream … is on its old key. Streams: a, b'
    ]);
  });

  test('keep the warnings of one stream apart, although their causes are the same', () => {
    const denied = (key: string) =>
      `kms:DescribeKey for ${key} in us-east-1: denied: not authorized to perform: kms:DescribeKey on resource: ${key}`;
    const keys = ['old', 'new'].map((id) => `arn:aws:kms:us-east-1:111122223333:key/${id}`);
    const warned = result({ name: 'a', warnings: keys.map(denied) });
    expect(format(warned)).toEqual(keys.map((key) => `warning: kinesis a: ${denied(key)}`));
    const both = format(warned, result({ name: 'b', warnings: keys.map(denied) }));
    expect(both).toEqual([expect.stringMatching(/^warning: 2 streams: .*Streams: a, b$/)]);
  });

  test('are errors and warnings apart if the same stream state fails only the named streams', () => {
    const state = { outcome: 'not-applicable', message: 'its source is MSK' } as const;
    expect(format(result({ name: 'a', named: false, ...state }), result({ name: 'b', named: true, ...state }))).toEqual(
      ['error: kinesis b: not-applicable: its source is MSK', 'warning: kinesis a: not-applicable: its source is MSK']
    );
  });

  test('take little time for 10,000 streams with as many causes', () => {
    const results = manyResults(10_000, (index) => ({
      outcome: 'failed',
      message: `why ${index}`,
      warnings: [`hm ${index}`]
    }));
    expect(cpuTimeMs(() => expect(groupCauses(results)).toHaveLength(20_000))).toBeLessThan(5_000);
  });
});
