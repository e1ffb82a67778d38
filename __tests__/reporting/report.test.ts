import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { MODES, OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { writeReport } from '../../src/github/publish.ts';
import type { EndedRun } from '../../src/reporting/ended-run.ts';
import { toReport } from '../../src/reporting/report.ts';
import { runRequest } from '../support/requests.ts';
import { result } from '../support/results.ts';

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../..', 'schema', 'report.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(SCHEMA);

const REQUEST = runRequest({ region: 'us-east-1' });
const ENDED = new Date('2026-03-01T22:30:00.500Z');

function run(results: readonly Result[], otherwise: Partial<EndedRun> = {}): EndedRun {
  return {
    request: REQUEST,
    startedAt: new Date('2026-03-01T22:29:00Z'),
    endedAt: ENDED,
    durationSeconds: 60.5004,
    runOutcome: null,
    errors: [],
    streams: results.map((one) => ({ result: one, endedAt: ENDED })),
    ...otherwise
  };
}

/** What a reader of the file gets, once the schema has found nothing wrong with it. */
function read(ended: EndedRun) {
  const report = JSON.parse(JSON.stringify(toReport(ended)));
  validate(report);
  expect(validate.errors).toBeNull();
  return report;
}

describe('the report', () => {
  test('tells all of a run', () => {
    expect(read(run([result({ warnings: ['hm'] })]))).toEqual({
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
          previousKeyType: 'customer-managed',
          previousKeyId: 'arn:aws:kms:us-east-1:111122223333:key/old',
          changedToKeyType: 'customer-managed',
          changedToKeyId: 'arn:aws:kms:us-east-1:111122223333:key/new',
          durationSeconds: 1.234,
          endedAt: '2026-03-01T22:30:00.500Z',
          oldKeyNeededUntil: '2026-03-02T22:30:00.500Z',
          message: 'was encrypted with the old key',
          warnings: ['hm']
        }
      ]
    });
  });

  test('tells as null what nobody can tell', () => {
    const unknown = {
      arn: null,
      status: null,
      key: null,
      previousKey: null,
      target: null,
      previousKeyNeededHours: null
    };
    expect(read(run([result({ outcome: 'failed', ...unknown })])).streams).toMatchObject([
      {
        arn: null,
        status: null,
        keyType: null,
        keyId: null,
        previousKeyType: null,
        previousKeyId: null,
        changedToKeyType: null,
        changedToKeyId: null,
        oldKeyNeededUntil: null
      }
    ]);
  });

  test('tells as null the id of a key that the service shows none of', () => {
    const owned = { type: 'aws-owned', id: '' } as const;
    const [stream] = read(run([result({ kind: 'firehose', key: owned, previousKey: null, target: owned })])).streams;
    expect(stream).toMatchObject({
      keyType: 'aws-owned',
      keyId: null,
      changedToKeyType: 'aws-owned',
      changedToKeyId: null
    });
  });

  test('tells a change to another key than the one in force', () => {
    const target = { type: 'aws-owned', id: 'alias/aws/kinesis' } as const;
    expect(read(run([result({ outcome: 'timed-out', target })])).streams).toMatchObject([
      { keyType: 'customer-managed', changedToKeyType: 'aws-owned', changedToKeyId: 'alias/aws/kinesis' }
    ]);
  });

  test('of inputs that are none tells what is wrong with them', () => {
    expect(read(run([], { request: null, runOutcome: 'failed', errors: ['Input mode is "x"'] }))).toMatchObject({
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

  test('tells how a run ended that did not get to its streams', () => {
    expect(read(run([], { runOutcome: 'cancelled', errors: ['the run was cancelled'] })).outcome).toBe('cancelled');
  });

  test.each(OUTCOMES)('has a place for each outcome: %s', (outcome) => {
    expect(read(run([result({ outcome })])).counts).toEqual({ total: 1, [outcome]: 1 });
  });

  test('holds every one of 10,000 streams, in the order of selection', () => {
    const results = Array.from({ length: 10_000 }, (_, place) => result({ name: `stream-${place}` }));
    const { streams } = read(run(results));
    expect(streams.map(({ name }: { name: string }) => name)).toEqual(results.map(({ name }) => name));
  });

  test('holds hostile texts as they are', () => {
    const hostile = '"}]\u0000\n</script>::error::x\u202e';
    expect(read(run([result({ name: hostile, message: hostile })])).streams).toMatchObject([
      { name: hostile, message: hostile }
    ]);
  });
});

describe('the schema', () => {
  test('has the words of the contract', () => {
    expect(SCHEMA.$defs.outcome.enum).toEqual(OUTCOMES);
    expect(Object.keys(SCHEMA.properties.counts.properties)).toEqual(['total', ...OUTCOMES]);
    expect(SCHEMA.properties.mode.enum).toEqual([...MODES, null]);
  });

  test('names all fields of a run and of a stream, and requires them', () => {
    const report = toReport(run([result()]));
    for (const [object, fields] of [
      [SCHEMA, report],
      [SCHEMA.$defs.stream, report.streams[0] ?? {}]
    ]) {
      expect(Object.keys(object.properties).toSorted()).toEqual(Object.keys(fields).toSorted());
      expect(object.required).toEqual(Object.keys(object.properties));
    }
  });

  test('describes each field, and each word that fields share', () => {
    const described = [SCHEMA.properties, SCHEMA.$defs.stream.properties].flatMap(Object.values);
    for (const field of described) expect(field.description).toMatch(/^[A-Z].*\.$/);
  });

  const good = () => JSON.parse(JSON.stringify(toReport(run([result()]))));
  test.each([
    ['another version', { version: 2 }],
    ['a field that nobody knows', { secret: 'x' }],
    ['an outcome that is none', { outcome: 'fine' }],
    ['a time that is not in UTC', { startedAt: '2026-03-01T22:29:00+01:00' }],
    ['a count of nothing', { counts: { total: 0, failed: 0 } }],
    ['a count of an outcome that is none', { counts: { total: 1, fine: 1 } }],
    ['a stream with a field that nobody knows', { streams: [{ ...good().streams[0], secret: 'x' }] }],
    ['a stream without a field', { streams: [{ ...good().streams[0], arn: undefined }] }]
  ])('refuses %s', (_name, otherwise) => {
    expect(validate(good())).toBe(true);
    expect(validate(JSON.parse(JSON.stringify({ ...good(), ...otherwise })))).toBe(false);
  });
});

describe('the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-report-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is written with the folders that it needs, and over one that is there', async () => {
    const path = join(folder, 'some', 'where', 'report.json');
    await writeReport(path, toReport(run([result({ outcome: 'failed' })])));
    await writeReport(path, toReport(run([result()])));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(toReport(run([result()])));
  });

  test('holds whole characters alone, also where a text was cut in the middle of one', async () => {
    const path = join(folder, 'cut.json');
    await writeReport(path, toReport(run([result({ message: 'a key \ud83d…' })])));
    expect(readFileSync(path, 'utf8')).toContain('"message": "a key \ufffd…"');
  });

  test('that cannot be written names its path and why', async () => {
    mkdirSync(join(folder, 'taken'));
    const path = join(folder, 'taken');
    await expect(writeReport(path, toReport(run([])))).rejects.toThrow(
      `The report was not written: report-path is "${path}": EISDIR`
    );
  });
});
