import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type KeyCriteria, MODES, OUTCOMES, type Result } from '../../src/encryption/model.ts';
import type { EndedRun } from '../../src/reporting/ended-run.ts';
import type { StreamReport } from '../../src/reporting/report.ts';
import { NEW, OLD } from '../support/account.ts';
import { reportOf, WORKFLOW_RUN } from '../support/ended-runs.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, fromKeys, runRequest, targetKey } from '../support/requests.ts';
import { result } from '../support/results.ts';

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../..', 'schema', 'report.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(SCHEMA);

/** The report of a run with these results as parsed JSON, validated against the schema. */
function validReport(results: readonly Result[], overrides: Partial<EndedRun> = {}) {
  const report = JSON.parse(JSON.stringify(reportOf(results, overrides)));
  validate(report);
  expect(validate.errors).toBeNull();
  return report;
}

describe('the report', () => {
  test('contains the whole run', () => {
    expect(validReport([result({ warnings: ['hm'] })])).toEqual({
      version: 2,
      actionVersion: '1.2.3',
      run: WORKFLOW_RUN,
      request: 'us-east-1 · mode encrypt · kinesis orders · key: any key',
      account: '111122223333',
      region: 'us-east-1',
      mode: 'encrypt',
      criteria: { keyType: 'any', keys: [], fromKeys: null },
      startedAt: '2026-03-01T22:29:00.000Z',
      endedAt: '2026-03-01T22:30:00.500Z',
      durationSeconds: 60.5,
      outcome: 'rekeyed',
      changed: true,
      encrypted: 'true',
      counts: { total: 1, rekeyed: 1 },
      errors: [],
      noStreams: null,
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
          targetKeyType: 'customer-managed',
          targetKeyId: 'arn:aws:kms:us-east-1:111122223333:key/new',
          recordVerified: null,
          durationSeconds: 1.234,
          lastObservedAt: '2026-03-01T22:30:00.400Z',
          endedAt: '2026-03-01T22:30:00.500Z',
          previousKeyNeededUntil: '2026-03-02T22:30:00.500Z',
          message: 'was encrypted with the previous key',
          reason: 'was encrypted with the previous key, but the request requires encryption with the new key',
          warnings: ['hm']
        }
      ]
    });
  });

  test('has null for unknown values', () => {
    const noKeys = { key: null, keyArn: null, previousKey: null, target: null };
    const unknown = result({
      arn: null,
      status: null,
      ...noKeys,
      lastObservedMsAgo: null,
      previousKeyNeededHours: null
    });
    const { source, recordVerified, ...fields } = validReport([unknown]).streams[0];
    const unknownFields = Object.keys(fields).filter((name) => fields[name] === null);
    expect(unknownFields.join()).toBe(
      'arn,status,keyType,keyId,keyArn,previousKeyType,previousKeyId,targetKeyType,targetKeyId,lastObservedAt,previousKeyNeededUntil'
    );
  });

  test('has the types of keys that have no id, and a target key that is not in force', () => {
    const key = { type: 'aws-owned', id: '' } as const;
    const target = { type: 'aws-owned', id: 'alias/aws/kinesis' } as const;
    const results = [result({ key, target: key }), result({ outcome: 'timed-out', target })];
    expect(validReport(results).streams).toMatchObject([
      { keyType: 'aws-owned', keyId: null, targetKeyType: 'aws-owned', targetKeyId: null },
      { keyType: 'customer-managed', targetKeyType: 'aws-owned', targetKeyId: 'alias/aws/kinesis' }
    ]);
  });

  const NO_STREAMS = { account: null, changed: false, encrypted: 'unknown', counts: { total: 0 }, streams: [] };
  const NO_REQUEST = { request: null, region: null, mode: null, criteria: null };
  const INVALID = { request: null, runOutcome: 'failed', errors: ['Input mode is "x"'] } as const;
  const EMPTY = { runOutcome: 'not-applicable', noStreams: 'No stream matches clicks-*' } as const;
  test.each<[string, Partial<EndedRun>, object]>([
    ['with invalid inputs', INVALID, { ...NO_REQUEST, outcome: 'failed', errors: ['Input mode is "x"'] }],
    ['that was cancelled', { runOutcome: 'cancelled', errors: ['no'] }, { outcome: 'cancelled', errors: ['no'] }],
    ['that may find none', EMPTY, { outcome: 'not-applicable', errors: [], noStreams: 'No stream matches clicks-*' }]
  ])('of a run without streams says why: %s', (_, overrides, expected) => {
    expect(validReport([], overrides)).toMatchObject({ ...NO_STREAMS, ...expected });
  });

  const inAccount = (account: string) => result({ arn: `arn:aws:kinesis:us-east-1:${account}:stream/orders` });
  test.each([
    ['the account of the only known ARN', [inAccount('111122223333'), result({ arn: null })], '111122223333'],
    ['no account for streams of several accounts', [inAccount('111122223333'), inAccount('444455556666')], null],
    ['no account if no ARN is known', [result({ arn: null })], null]
  ])('names %s', (_, results, account) => {
    expect(validReport(results).account).toBe(account);
  });

  test('contains all streams in the order of selection, and counts each outcome', () => {
    const { counts, streams } = validReport(OUTCOMES.toReversed().map((outcome) => result({ outcome })));
    expect(streams.map(({ outcome }: StreamReport) => outcome)).toEqual(OUTCOMES.toReversed());
    expect(counts).toEqual({ total: OUTCOMES.length, ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 1])) });
  });

  test('keeps hostile text unchanged', () => {
    const hostile = { name: '"}]\u0000\n</script>', message: '::error::x\u202e' };
    expect(validReport([result(hostile)]).streams).toMatchObject([hostile]);
  });
});

describe('the criteria in the report', () => {
  const KEY_ARNS = new Map([
    ['alias/new', NEW],
    ['alias/old', OLD]
  ]);
  const asGiven = { given: 'alias/new', arn: NEW };
  const approvedKeys = [asGiven, { given: 'alias/b', arn: null }, { given: OLD, arn: OLD }];
  test.each<[string, KeyCriteria, object]>([
    ['only a type: any', ANY, { keyType: 'any', keys: [] }],
    ['only a type: customer-managed', CUSTOMER_MANAGED, { keyType: 'customer-managed', keys: [] }],
    ['only a type: aws-owned', AWS_OWNED, { keyType: 'aws-owned', keys: [] }],
    ['a key, as given and as resolved', targetKey('alias/new'), { keyType: null, keys: [asGiven] }],
    ['a key with its type', targetKey('alias/new', true), { keyType: 'customer-managed', keys: [asGiven] }],
    ['every approved key', approved('alias/new', 'alias/b', OLD), { keyType: null, keys: approvedKeys }]
  ])('have %s', (_, criteria, expected) => {
    const request = runRequest({ criteria });
    expect(validReport([], { request, keyArns: KEY_ARNS }).criteria).toEqual({ ...expected, fromKeys: null });
  });

  test('have the keys to move streams off, and the words for keys without an id', () => {
    const request = runRequest({ criteria: targetKey(NEW), from: fromKeys('alias/old', 'aws-owned') });
    expect(validReport([], { request, keyArns: KEY_ARNS }).criteria.fromKeys).toEqual([
      { given: 'alias/old', arn: OLD },
      { given: 'aws-owned', arn: null }
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
    const report = reportOf([result()]);
    for (const [object, fields] of [
      [SCHEMA, report],
      [SCHEMA.properties.run, report.run],
      [SCHEMA.properties.criteria, report.criteria ?? {}],
      [SCHEMA.$defs.stream, report.streams[0] ?? {}]
    ]) {
      expect(Object.keys(object.properties).toSorted()).toEqual(Object.keys(fields).toSorted());
      expect(object.required).toEqual(Object.keys(object.properties));
    }
  });

  test('describes each field in a sentence', () => {
    const { run, criteria } = SCHEMA.properties;
    const objects = [SCHEMA, run, criteria, SCHEMA.$defs.givenKey, SCHEMA.$defs.stream];
    const described = objects.flatMap(({ properties }) => Object.values<{ description: string }>(properties));
    for (const field of described) expect(field.description).toMatch(/^[A-Z].*\.$/);
  });

  const valid = () => JSON.parse(JSON.stringify(reportOf([result()])));
  test.each([
    ['another version', { version: 1 }],
    ['an unknown field', { secret: 'x' }],
    ['an unknown outcome', { outcome: 'fine' }],
    ['an account that is no account id', { account: '1111' }],
    ['a run that lacks a fact', { run: { ...valid().run, commit: undefined } }],
    ['a key without its ARN', { criteria: { ...valid().criteria, keys: [{ given: 'alias/key' }] } }],
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
