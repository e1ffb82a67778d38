import { describe, expect, test } from '@jest/globals';
import type { Encrypted, Outcome } from '../../src/encryption/model.ts';
import { worstOutcome } from '../../src/encryption/tally.ts';
import { outputsOf } from '../../src/github/outputs.ts';
import { result } from './results.ts';

describe('the outputs of one stream', () => {
  test('tell the result', () => {
    expect(outputsOf([result()], 2.5)).toEqual({
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
    const outputs = outputsOf([unknown], 0);
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
    const [member] = JSON.parse(outputsOf([result({ warnings: ['w'] })], 0).results ?? '');
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
  const outputs = outputsOf([result({ status: long, arn: long, message: long, key, previousKey: key })], 0);
  for (const output of Object.values(outputs)) expect(output.length).toBeLessThan(25_000);
  expect(outputs.status).toBe(`${'x'.repeat(4_000)}…`);
  expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ message: `${'x'.repeat(4_000)}…` }]);
});

test('without a stream the run has failed, and nothing is known', () => {
  expect(outputsOf([], 0.001)).toMatchObject({
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
  test.each<[Outcome[], Outcome]>([
    [['compliant', 'non-compliant'], 'non-compliant'],
    [['unchanged', 'rekeyed', 'enabled'], 'rekeyed'],
    [['timed-out', 'failed', 'cancelled'], 'failed'],
    [['not-applicable', 'unchanged'], 'not-applicable']
  ])('the worst outcome of %s is %s', (outcomes, worst) => {
    expect(worstOutcome(outcomes.map((outcome) => result({ outcome })))).toBe(worst);
  });

  test.each<[Encrypted[], Encrypted]>([
    [['true', 'unknown', 'false'], 'false'],
    [['true', 'unknown'], 'unknown'],
    [['true', 'true'], 'true']
  ])('encrypted of %s is %s', (all, encrypted) => {
    expect(
      outputsOf(
        all.map((one) => result({ encrypted: one })),
        0
      )
    ).toMatchObject({ encrypted });
  });

  test('a value is told where all have it in common', () => {
    const outputs = outputsOf([result(), result({ name: 'clicks', changed: false })], 0);
    expect(outputs).toMatchObject({
      'stream-name': '',
      status: 'ACTIVE',
      changed: 'true',
      counts: '{"total":2,"rekeyed":2}'
    });
  });
});
