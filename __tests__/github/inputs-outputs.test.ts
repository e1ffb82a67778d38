import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Outcome, type Result } from '../../src/encryption/model.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { manyResults, result } from '../support/results.ts';

type Outputs = ReturnType<typeof toOutputs>;

function parseResults(outputs: Outputs): Record<string, unknown>[] {
  return JSON.parse(outputs.results ?? '');
}

test('unknown values are empty, and null in results', () => {
  const unknown = result({ arn: null, status: null, key: { type: null, id: '' }, keyArn: null, previousKey: null });
  const outputs = toOutputs([unknown], 0);
  const empty = { status: '', 'stream-arn': '', 'key-type': '', 'key-id': '', 'key-arn': '', 'previous-key-id': '' };
  const none = { arn: null, status: null, keyType: null, keyId: null, keyArn: null };
  expect(outputs).toMatchObject({ ...empty, 'previous-key-type': '' });
  expect(parseResults(outputs)).toMatchObject([{ ...none, previousKeyType: null, previousKeyId: null }]);
});

test('long values are truncated, so that all outputs together stay small', () => {
  const long = 'x'.repeat(100_000);
  const key = { type: null, id: long };
  const outputs = toOutputs([result({ status: long, arn: long, message: long, key, previousKey: key })], 0);
  for (const output of Object.values(outputs)) expect(output.length).toBeLessThan(25_000);
  expect(outputs.status).toBe(`${'x'.repeat(4_000)}…`);
  expect(parseResults(outputs)).toMatchObject([{ message: `${'x'.repeat(4_000)}…` }]);
});

test('the outputs of several streams hold the values that all of them share', () => {
  expect(toOutputs([result(), result({ name: 'clicks', changed: false })], 2.5)).toMatchObject({
    'stream-name': '',
    status: 'ACTIVE',
    'key-arn': 'arn:aws:kms:us-east-1:111122223333:key/new',
    'duration-seconds': '2.500',
    changed: 'true',
    counts: '{"total":2,"rekeyed":2}'
  });
});

test('a run that ended before its streams did has its own outcome, and everything else is unknown', () => {
  const unknown = { changed: 'false', encrypted: 'unknown', status: '', 'stream-name': '' };
  const none = { ...unknown, results: '[]', counts: '{"total":0}' };
  expect(toOutputs([], 1)).toMatchObject({ ...none, outcome: 'failed' });
  expect(toOutputs([], 1, 'cancelled')).toMatchObject({ ...none, outcome: 'cancelled' });
  const counts = '{"total":1,"rekeyed":1}';
  expect(toOutputs([result()], 1, 'timed-out')).toMatchObject({ outcome: 'timed-out', counts });
});

describe('the outputs of many streams', () => {
  /** All outputs together stay below this limit. GitHub allows 1 MB per job, counted as UTF-16. */
  const LIMIT = 400_000;

  /** The size that GitHub counts. */
  function totalSize(outputs: Outputs): number {
    return Object.entries(outputs).flat().join('').length;
  }

  /** Results that cycle through all outcomes, from best to worst. */
  function mixedResults(count: number, overrides: Partial<Result> = {}): Result[] {
    const bestFirst = OUTCOMES.toReversed();
    return manyResults(count, (index) => ({ outcome: bestFirst[index % bestFirst.length] ?? 'failed', ...overrides }));
  }

  test.each([500, 10_000])('of %i results, the worst are kept in the order of selection', (count) => {
    const all = mixedResults(count);
    const outputs = toOutputs(all, 1);
    expect(totalSize(outputs)).toBeLessThan(LIMIT);
    expect(JSON.parse(outputs.counts ?? '').total).toBe(count);

    const kept = parseResults(outputs).map(({ name }) => name);
    if (count <= 500) expect(kept).toHaveLength(count);
    else expect(totalSize(outputs)).toBeGreaterThan(LIMIT - 1_000);
    const ofOutcome = (outcome: Outcome) => all.filter((one) => one.outcome === outcome);
    const worst = new Set(OUTCOMES.flatMap(ofOutcome).slice(0, kept.length));
    expect(kept).toEqual(all.filter((one) => worst.has(one)).map(({ name }) => name));
  });

  test('characters that JSON escapes stay within the limit', () => {
    const text = '\0\ud800'.repeat(5_000);
    const key = { type: null, id: text };
    const texts = { name: text, message: text, status: text, arn: text, key, previousKey: key };
    const outputs = toOutputs(mixedResults(1_000, texts), 1);
    expect(totalSize(outputs)).toBeLessThan(LIMIT);
    expect(parseResults(outputs).length).toBeGreaterThan(0);
  });
});
