import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Outcome, type Result } from '../../src/encryption/model.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { many, result } from '../support/results.ts';

describe('the outputs of one stream', () => {
  test('tell the result', () => {
    expect(toOutputs([result()], 2.5)).toEqual({
      outcome: 'rekeyed',
      changed: 'true',
      encrypted: 'true',
      status: 'ACTIVE',
      'key-type': 'customer-managed',
      'key-id': 'arn:aws:kms:us-east-1:111122223333:key/new',
      'previous-key-type': 'customer-managed',
      'previous-key-id': 'arn:aws:kms:us-east-1:111122223333:key/old',
      'stream-name': 'orders',
      'stream-arn': 'arn:aws:kinesis:us-east-1:111122223333:stream/orders',
      'duration-seconds': '2.500',
      counts: '{"total":1,"rekeyed":1}',
      results: expect.any(String)
    });
  });

  test('leave empty what nobody can tell, which results tells as null', () => {
    const unknown = result({ arn: null, status: null, key: { type: null, id: '' }, previousKey: null });
    const outputs = toOutputs([unknown], 0);
    expect(outputs).toMatchObject({
      'stream-arn': '',
      status: '',
      'key-type': '',
      'key-id': '',
      'previous-key-id': ''
    });
    expect(JSON.parse(outputs.results ?? '')).toMatchObject([
      { arn: null, status: null, keyType: null, keyId: null, previousKeyType: null, previousKeyId: null }
    ]);
  });

  test('tell results by the promised names and no other', () => {
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
      'previousKeyType',
      'previousKeyId',
      'durationSeconds',
      'message'
    ]);
  });
});

test('a text that is too long is cut, so that all outputs together stay small', () => {
  const long = 'x'.repeat(100_000);
  const key = { type: null, id: long };
  const outputs = toOutputs([result({ status: long, arn: long, message: long, key, previousKey: key })], 0);
  for (const output of Object.values(outputs)) expect(output.length).toBeLessThan(25_000);
  expect(outputs.status).toBe(`${'x'.repeat(4_000)}…`);
  expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ message: `${'x'.repeat(4_000)}…` }]);
});

test('without a stream the run has failed, and nothing is known', () => {
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

describe('of several streams', () => {
  test('a value is told where all have it in common', () => {
    const outputs = toOutputs([result(), result({ name: 'clicks', changed: false })], 0);
    expect(outputs).toMatchObject({
      'stream-name': '',
      status: 'ACTIVE',
      changed: 'true',
      counts: '{"total":2,"rekeyed":2}'
    });
  });
});

test('a run that ended before its streams did tells how', () => {
  expect(toOutputs([], 1, 'cancelled')).toMatchObject({ outcome: 'cancelled', counts: '{"total":0}', results: '[]' });
  expect(toOutputs([result()], 1, 'timed-out')).toMatchObject({
    outcome: 'timed-out',
    counts: '{"total":1,"rekeyed":1}'
  });
});

/** All outputs together stay below: GitHub allows 1 MB a job, counted as UTF-16. */
const LIMIT = 400_000;

/** What GitHub counts: the names and the values, as UTF-16. */
function sizeOf(outputs: Readonly<Record<string, string>>): number {
  return Object.entries(outputs).reduce((size, [name, value]) => size + name.length + value.length, 0);
}

function members(outputs: Readonly<Record<string, string>>): { name: string; outcome: Outcome; message: string }[] {
  return JSON.parse(outputs.results ?? '');
}

/** So many streams; the outcomes take turns from best to worst. */
function ofAllOutcomes(count: number, otherwise: Partial<Result> = {}): Result[] {
  const bestFirst = OUTCOMES.toReversed();
  return many(count, (place) => ({ outcome: bestFirst[place % bestFirst.length] ?? 'failed', ...otherwise }));
}

describe('the outputs of many streams', () => {
  test.each([1, 11, 500])('%i results are all told', (count) => {
    const outputs = toOutputs(ofAllOutcomes(count), 1);
    expect(members(outputs).map(({ name }) => name)).toEqual(ofAllOutcomes(count).map(({ name }) => name));
    expect(sizeOf(outputs)).toBeLessThan(LIMIT);
  });

  test.each([1_000, 10_000])(
    'of %i results the worst stay, in the order of selection, and all are counted',
    (count) => {
      const all = ofAllOutcomes(count);
      const outputs = toOutputs(all, 1);
      expect(sizeOf(outputs)).toBeLessThan(LIMIT);
      expect(sizeOf(outputs)).toBeGreaterThan(LIMIT - 1_000);
      expect(JSON.parse(outputs.counts ?? '').total).toBe(count);

      const told = members(outputs);
      const places = told.map(({ name }) => Number(name.replace('stream-', '')));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      // None that was left out is worse than one that stayed; of those as bad as the best that stayed, the first stayed.
      const rank = (outcome: Outcome) => OUTCOMES.indexOf(outcome);
      const best = Math.max(...told.map(({ outcome }) => rank(outcome)));
      const worse = all.filter(({ outcome }) => rank(outcome) < best).map(({ name }) => name);
      const asGood = all.filter(({ outcome }) => rank(outcome) === best).map(({ name }) => name);
      const names = new Set(told.map(({ name }) => name));
      expect(worse.filter((name) => !names.has(name))).toEqual([]);
      expect(asGood.slice(0, names.size - worse.length).filter((name) => !names.has(name))).toEqual([]);
    }
  );

  test('the room is used to the last character', () => {
    const all = many(2_000, { outcome: 'failed', message: '' });
    const kept = members(toOutputs(all, 1)).length;
    const room = LIMIT - 1 - sizeOf(toOutputs(all, 1));
    // Where the first is longer by the room that is left nothing is lost; by one character more, and the last is.
    const longer = (characters: number) =>
      all.map((one, place) => (place === 0 ? { ...one, message: 'x'.repeat(characters) } : one));
    expect(room).toBeLessThan(4_000);
    expect(members(toOutputs(longer(room), 1))).toHaveLength(kept);
    expect(sizeOf(toOutputs(longer(room), 1))).toBe(LIMIT - 1);
    expect(members(toOutputs(longer(room + 1), 1))).toHaveLength(kept - 1);
  });

  test('the same result over and over keeps to the limit, too', () => {
    const same = new Array<Result>(10_000).fill(result());
    expect(sizeOf(toOutputs(same, 1))).toBeLessThan(LIMIT);
  });

  test('hostile texts keep to the limit: what JSON writes at six times its length, and characters of two halves', () => {
    for (const text of ['\0'.repeat(10_000), '"\\'.repeat(5_000), '😀'.repeat(5_000), '\ud800'.repeat(10_000)]) {
      const key = { type: null, id: text };
      const outputs = toOutputs(
        ofAllOutcomes(1_000, { name: text, message: text, status: text, arn: text, key, previousKey: key }),
        1
      );
      expect(sizeOf(outputs)).toBeLessThan(LIMIT);
      expect(members(outputs).length).toBeGreaterThan(0);
      expect(JSON.parse(outputs.counts ?? '').total).toBe(1_000);
    }
  });

  test('10,000 results take milliseconds', () => {
    const all = ofAllOutcomes(10_000);
    const beganMs = performance.now();
    toOutputs(all, 1);
    expect(performance.now() - beganMs).toBeLessThan(500);
  });
});
