import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Outcome, type Result } from '../../src/encryption/model.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { manyResults, result } from '../support/results.ts';

describe('the outputs of one stream', () => {
  test('hold the result', () => {
    expect(toOutputs([result()], 2.5)).toEqual({
      outcome: 'rekeyed',
      changed: 'true',
      encrypted: 'true',
      status: 'ACTIVE',
      'key-type': 'customer-managed',
      'key-id': 'arn:aws:kms:us-east-1:111122223333:key/new',
      'key-arn': 'arn:aws:kms:us-east-1:111122223333:key/new',
      'previous-key-type': 'customer-managed',
      'previous-key-id': 'arn:aws:kms:us-east-1:111122223333:key/old',
      'stream-name': 'orders',
      'stream-arn': 'arn:aws:kinesis:us-east-1:111122223333:stream/orders',
      'duration-seconds': '2.500',
      counts: '{"total":1,"rekeyed":1}',
      results: expect.any(String)
    });
  });

  test('are empty if unknown, and null in results', () => {
    const unknown = result({ arn: null, status: null, key: { type: null, id: '' }, keyArn: null, previousKey: null });
    const outputs = toOutputs([unknown], 0);
    expect(outputs).toMatchObject({
      'stream-arn': '',
      status: '',
      'key-type': '',
      'key-id': '',
      'key-arn': '',
      'previous-key-id': ''
    });
    expect(JSON.parse(outputs.results ?? '')).toMatchObject([
      { arn: null, status: null, keyType: null, keyId: null, keyArn: null, previousKeyType: null, previousKeyId: null }
    ]);
  });

  test('results has exactly the documented fields', () => {
    const [member] = JSON.parse(toOutputs([result({ warnings: ['w'] })], 0).results ?? '');
    expect(Object.keys(member)).toEqual([
      'kind',
      'name',
      'arn',
      'region',
      'outcome',
      'changed',
      'encrypted',
      'status',
      'keyType',
      'keyId',
      'keyArn',
      'previousKeyType',
      'previousKeyId',
      'source',
      'recordVerified',
      'durationSeconds',
      'message'
    ]);
  });
});

test('truncates long values, so that all outputs together stay small', () => {
  const long = 'x'.repeat(100_000);
  const key = { type: null, id: long };
  const outputs = toOutputs([result({ status: long, arn: long, message: long, key, previousKey: key })], 0);
  for (const output of Object.values(outputs)) expect(output.length).toBeLessThan(25_000);
  expect(outputs.status).toBe(`${'x'.repeat(4_000)}…`);
  expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ message: `${'x'.repeat(4_000)}…` }]);
});

test('a run without streams is failed, and everything else is unknown', () => {
  expect(toOutputs([], 0.001)).toMatchObject({
    outcome: 'failed',
    changed: 'false',
    encrypted: 'unknown',
    results: '[]',
    counts: '{"total":0}',
    status: '',
    'stream-name': ''
  });
});

describe('the outputs of several streams', () => {
  test('hold the values that all streams share', () => {
    const outputs = toOutputs([result(), result({ name: 'clicks', changed: false })], 0);
    expect(outputs).toMatchObject({
      'stream-name': '',
      status: 'ACTIVE',
      changed: 'true',
      counts: '{"total":2,"rekeyed":2}'
    });
  });
});

test('a run that ended before its streams did has the outcome of the run', () => {
  expect(toOutputs([], 1, 'cancelled')).toMatchObject({ outcome: 'cancelled', counts: '{"total":0}', results: '[]' });
  expect(toOutputs([result()], 1, 'timed-out')).toMatchObject({
    outcome: 'timed-out',
    counts: '{"total":1,"rekeyed":1}'
  });
});

/** All outputs together stay below this limit. GitHub allows 1 MB per job, counted as UTF-16. */
const LIMIT = 400_000;

/** The size that GitHub counts: names and values as UTF-16. */
function totalSize(outputs: Readonly<Record<string, string>>): number {
  return Object.entries(outputs).reduce((size, [name, value]) => size + name.length + value.length, 0);
}

function parseResults(
  outputs: Readonly<Record<string, string>>
): { name: string; outcome: Outcome; message: string }[] {
  return JSON.parse(outputs.results ?? '');
}

/** Results that cycle through all outcomes, from best to worst. */
function mixedResults(count: number, overrides: Partial<Result> = {}): Result[] {
  const bestFirst = OUTCOMES.toReversed();
  return manyResults(count, (index) => ({ outcome: bestFirst[index % bestFirst.length] ?? 'failed', ...overrides }));
}

describe('the outputs of many streams', () => {
  test.each([1, 11, 500])('all of %i results are kept', (count) => {
    const outputs = toOutputs(mixedResults(count), 1);
    expect(parseResults(outputs).map(({ name }) => name)).toEqual(mixedResults(count).map(({ name }) => name));
    expect(totalSize(outputs)).toBeLessThan(LIMIT);
  });

  test.each([1_000, 10_000])(
    'of %i results, the worst are kept in the order of selection, and all are counted',
    (count) => {
      const all = mixedResults(count);
      const outputs = toOutputs(all, 1);
      expect(totalSize(outputs)).toBeLessThan(LIMIT);
      expect(totalSize(outputs)).toBeGreaterThan(LIMIT - 1_000);
      expect(JSON.parse(outputs.counts ?? '').total).toBe(count);

      const kept = parseResults(outputs);
      const indexes = kept.map(({ name }) => Number(name.replace('stream-', '')));
      expect(indexes).toEqual(indexes.toSorted((a, b) => a - b));
      // No omitted result is worse than a kept one. Of those with the best kept outcome, the first are kept.
      const rank = (outcome: Outcome) => OUTCOMES.indexOf(outcome);
      const bestKept = Math.max(...kept.map(({ outcome }) => rank(outcome)));
      const worse = all.filter(({ outcome }) => rank(outcome) < bestKept).map(({ name }) => name);
      const borderline = all.filter(({ outcome }) => rank(outcome) === bestKept).map(({ name }) => name);
      const keptNames = new Set(kept.map(({ name }) => name));
      expect(worse.filter((name) => !keptNames.has(name))).toEqual([]);
      expect(borderline.slice(0, keptNames.size - worse.length).filter((name) => !keptNames.has(name))).toEqual([]);
    }
  );

  test('the space is used to the last character', () => {
    const all = manyResults(2_000, { outcome: 'failed', message: '' });
    const kept = parseResults(toOutputs(all, 1)).length;
    const space = LIMIT - 1 - totalSize(toOutputs(all, 1));
    // If the first result grows by the remaining space, all are kept; by one character more, the last is omitted.
    const lengthenFirst = (characters: number) =>
      all.map((one, index) => (index === 0 ? { ...one, message: 'x'.repeat(characters) } : one));
    expect(space).toBeLessThan(4_000);
    expect(parseResults(toOutputs(lengthenFirst(space), 1))).toHaveLength(kept);
    expect(totalSize(toOutputs(lengthenFirst(space), 1))).toBe(LIMIT - 1);
    expect(parseResults(toOutputs(lengthenFirst(space + 1), 1))).toHaveLength(kept - 1);
  });

  test('the same result repeated stays within the limit', () => {
    const same = new Array<Result>(10_000).fill(result());
    expect(totalSize(toOutputs(same, 1))).toBeLessThan(LIMIT);
  });

  test('text that JSON escapes, and surrogates, stay within the limit', () => {
    for (const text of ['\0'.repeat(10_000), '"\\'.repeat(5_000), '😀'.repeat(5_000), '\ud800'.repeat(10_000)]) {
      const key = { type: null, id: text };
      const outputs = toOutputs(
        mixedResults(1_000, { name: text, message: text, status: text, arn: text, key, previousKey: key }),
        1
      );
      expect(totalSize(outputs)).toBeLessThan(LIMIT);
      expect(parseResults(outputs).length).toBeGreaterThan(0);
      expect(JSON.parse(outputs.counts ?? '').total).toBe(1_000);
    }
  });
});
