import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { MODES, OUTCOMES, type Result } from '../../src/encryption/model.ts';
import type { EndedRun } from '../../src/reporting/ended-run.ts';
import { toReport } from '../../src/reporting/report.ts';
import { runRequest } from '../support/requests.ts';
import { result } from '../support/results.ts';

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../..', 'schema', 'report.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(SCHEMA);

const REQUEST = runRequest({ region: 'us-east-1' });
const ENDED_AT = new Date('2026-03-01T22:30:00.500Z');

function endedRun(results: readonly Result[], overrides: Partial<EndedRun> = {}): EndedRun {
  return {
    request: REQUEST,
    startedAt: new Date('2026-03-01T22:29:00Z'),
    endedAt: ENDED_AT,
    durationSeconds: 60.5004,
    runOutcome: null,
    errors: [],
    noStreams: null,
    streams: results.map((result) => ({ result, endedAt: ENDED_AT })),
    ...overrides
  };
}

/** The report of this run as parsed JSON, validated against the schema. */
function validReport(run: EndedRun) {
  const report = JSON.parse(JSON.stringify(toReport(run)));
  validate(report);
  expect(validate.errors).toBeNull();
  return report;
}

describe('the report', () => {
  test('contains the whole run', () => {
    expect(validReport(endedRun([result({ warnings: ['hm'] })]))).toEqual({
      version: 1,
      request: 'us-east-1 · mode encrypt · kinesis orders · key: any key',
      region: 'us-east-1',
      mode: 'encrypt',
      startedAt: '2026-03-01T22:29:00.000Z',
      endedAt: '2026-03-01T22:30:00.500Z',
      durationSeconds: 60.5,
      outcome: 'rekeyed',
      changed: true,
      encrypted: 'true',
      counts: { total: 1, rekeyed: 1 },
      faults: [],
      streams: [
        {
          kind: 'kinesis',
          name: 'orders',
          arn: 'arn:aws:kinesis:us-east-1:111122223333:stream/orders',
          region: 'us-east-1',
          named: true,
          outcome: 'rekeyed',
          changed: true,
          encrypted: 'true',
          status: 'ACTIVE',
          keyType: 'customer-managed',
          keyId: 'arn:aws:kms:us-east-1:111122223333:key/new',
          keyArn: 'arn:aws:kms:us-east-1:111122223333:key/new',
          previousKeyType: 'customer-managed',
          previousKeyId: 'arn:aws:kms:us-east-1:111122223333:key/old',
          source: null,
          changedToKeyType: 'customer-managed',
          changedToKeyId: 'arn:aws:kms:us-east-1:111122223333:key/new',
          recordVerified: null,
          durationSeconds: 1.234,
          endedAt: '2026-03-01T22:30:00.500Z',
          oldKeyNeededUntil: '2026-03-02T22:30:00.500Z',
          message: 'was encrypted with the previous key',
          warnings: ['hm']
        }
      ]
    });
  });

  test('has null for unknown values', () => {
    const unknown = {
      arn: null,
      status: null,
      key: null,
      keyArn: null,
      previousKey: null,
      target: null,
      previousKeyNeededHours: null
    };
    expect(validReport(endedRun([result({ outcome: 'failed', ...unknown })])).streams).toMatchObject([
      {
        arn: null,
        status: null,
        keyType: null,
        keyId: null,
        keyArn: null,
        previousKeyType: null,
        previousKeyId: null,
        changedToKeyType: null,
        changedToKeyId: null,
        oldKeyNeededUntil: null
      }
    ]);
  });

  test('has a null id for a key that the service reports without an id', () => {
    const owned = { type: 'aws-owned', id: '' } as const;
    const [stream] = validReport(
      endedRun([result({ kind: 'firehose', key: owned, previousKey: null, target: owned })])
    ).streams;
    expect(stream).toMatchObject({
      keyType: 'aws-owned',
      keyId: null,
      changedToKeyType: 'aws-owned',
      changedToKeyId: null
    });
  });

  test('contains a target key that is not in force', () => {
    const target = { type: 'aws-owned', id: 'alias/aws/kinesis' } as const;
    expect(validReport(endedRun([result({ outcome: 'timed-out', target })])).streams).toMatchObject([
      { keyType: 'customer-managed', changedToKeyType: 'aws-owned', changedToKeyId: 'alias/aws/kinesis' }
    ]);
  });

  test('contains the input errors', () => {
    expect(
      validReport(endedRun([], { request: null, runOutcome: 'failed', errors: ['Input mode is "x"'] }))
    ).toMatchObject({
      request: null,
      region: null,
      mode: null,
      outcome: 'failed',
      changed: false,
      encrypted: 'unknown',
      counts: { total: 0 },
      faults: ['Input mode is "x"'],
      streams: []
    });
  });

  test('has the outcome of a run that ended before its streams did', () => {
    expect(validReport(endedRun([], { runOutcome: 'cancelled', errors: ['the run was cancelled'] })).outcome).toBe(
      'cancelled'
    );
  });

  test.each(OUTCOMES)('counts the outcome %s', (outcome) => {
    expect(validReport(endedRun([result({ outcome })])).counts).toEqual({ total: 1, [outcome]: 1 });
  });

  test('contains all of 10,000 streams in the order of selection', () => {
    const results = Array.from({ length: 10_000 }, (_, index) => result({ name: `stream-${index}` }));
    const { streams } = validReport(endedRun(results));
    expect(streams.map(({ name }: { name: string }) => name)).toEqual(results.map(({ name }) => name));
  });

  test('keeps hostile text unchanged', () => {
    const hostile = '"}]\u0000\n</script>::error::x\u202e';
    expect(validReport(endedRun([result({ name: hostile, message: hostile })])).streams).toMatchObject([
      { name: hostile, message: hostile }
    ]);
  });
});

describe('the schema', () => {
  test('lists the outcomes and modes of the model', () => {
    expect(SCHEMA.$defs.outcome.enum).toEqual(OUTCOMES);
    expect(Object.keys(SCHEMA.properties.counts.properties)).toEqual(['total', ...OUTCOMES]);
    expect(SCHEMA.properties.mode.enum).toEqual([...MODES, null]);
  });

  test('defines and requires all fields of a run and of a stream', () => {
    const report = toReport(endedRun([result()]));
    for (const [object, fields] of [
      [SCHEMA, report],
      [SCHEMA.$defs.stream, report.streams[0] ?? {}]
    ]) {
      expect(Object.keys(object.properties).toSorted()).toEqual(Object.keys(fields).toSorted());
      expect(object.required).toEqual(Object.keys(object.properties));
    }
  });

  test('describes each field in a sentence', () => {
    const described = [SCHEMA.properties, SCHEMA.$defs.stream.properties].flatMap(Object.values);
    for (const field of described) expect(field.description).toMatch(/^[A-Z].*\.$/);
  });

  const valid = () => JSON.parse(JSON.stringify(toReport(endedRun([result()]))));
  test.each([
    ['another version', { version: 2 }],
    ['an unknown field', { secret: 'x' }],
    ['an unknown outcome', { outcome: 'fine' }],
    ['a time that is not in UTC', { startedAt: '2026-03-01T22:29:00+01:00' }],
    ['a count of zero', { counts: { total: 0, failed: 0 } }],
    ['a count of an unknown outcome', { counts: { total: 1, fine: 1 } }],
    ['a stream with an unknown field', { streams: [{ ...valid().streams[0], secret: 'x' }] }],
    ['a stream that lacks a field', { streams: [{ ...valid().streams[0], arn: undefined }] }]
  ])('rejects %s', (_name, overrides) => {
    expect(validate(valid())).toBe(true);
    expect(validate(JSON.parse(JSON.stringify({ ...valid(), ...overrides })))).toBe(false);
  });
});
