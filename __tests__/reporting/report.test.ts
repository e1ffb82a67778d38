import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type FromKey, type KeyCriteria, MODES, OUTCOMES, type Result } from '../../src/encryption/model.ts';
import type { EndedRun } from '../../src/reporting/ended-run.ts';
import { NEW, OLD } from '../support/account.ts';
import { reportOf } from '../support/ended-runs.ts';
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
      run: {
        server: 'https://github.com',
        repository: 'octo-org/streams',
        workflow: 'Nightly rotation',
        job: 'rotate',
        id: 42,
        attempt: 1,
        url: 'https://github.com/octo-org/streams/actions/runs/42',
        event: 'schedule',
        ref: 'refs/heads/main',
        commit: 'ffac537e6cbbf934b08745a378932722df287a53',
        actor: 'octocat'
      },
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
    const unknown = {
      arn: null,
      status: null,
      key: null,
      keyArn: null,
      previousKey: null,
      target: null,
      lastObservedMsAgo: null,
      previousKeyNeededHours: null
    };
    expect(validReport([result({ outcome: 'failed', ...unknown })]).streams).toMatchObject([
      {
        arn: null,
        status: null,
        keyType: null,
        keyId: null,
        keyArn: null,
        previousKeyType: null,
        previousKeyId: null,
        targetKeyType: null,
        targetKeyId: null,
        lastObservedAt: null,
        previousKeyNeededUntil: null
      }
    ]);
  });

  test('has a null id for a key that the service reports without an id', () => {
    const owned = { type: 'aws-owned', id: '' } as const;
    const [stream] = validReport([result({ kind: 'firehose', key: owned, previousKey: null, target: owned })]).streams;
    expect(stream).toMatchObject({
      keyType: 'aws-owned',
      keyId: null,
      targetKeyType: 'aws-owned',
      targetKeyId: null
    });
  });

  test('contains a target key that is not in force', () => {
    const target = { type: 'aws-owned', id: 'alias/aws/kinesis' } as const;
    expect(validReport([result({ outcome: 'timed-out', target })]).streams).toMatchObject([
      { keyType: 'customer-managed', targetKeyType: 'aws-owned', targetKeyId: 'alias/aws/kinesis' }
    ]);
  });

  test('contains the input errors', () => {
    expect(validReport([], { request: null, runOutcome: 'failed', errors: ['Input mode is "x"'] })).toMatchObject({
      request: null,
      account: null,
      region: null,
      mode: null,
      criteria: null,
      outcome: 'failed',
      changed: false,
      encrypted: 'unknown',
      counts: { total: 0 },
      errors: ['Input mode is "x"'],
      streams: []
    });
  });

  test('has the outcome of a run that ended before its streams did', () => {
    expect(validReport([], { runOutcome: 'cancelled', errors: ['the run was cancelled'] }).outcome).toBe('cancelled');
  });

  test('says why the selection matches no stream, if the request allows that', () => {
    const noStreams = 'No stream matches clicks-*';
    expect(validReport([], { runOutcome: 'not-applicable', noStreams })).toMatchObject({
      outcome: 'not-applicable',
      errors: [],
      noStreams,
      streams: []
    });
  });

  const inAccount = (account: string) => result({ arn: `arn:aws:kinesis:us-east-1:${account}:stream/orders` });
  test.each([
    ['the account of the only known ARN', [inAccount('111122223333'), result({ arn: null })], '111122223333'],
    ['no account for streams of several accounts', [inAccount('111122223333'), inAccount('444455556666')], null],
    ['no account if no ARN is known', [result({ arn: null })], null]
  ])('names %s', (_, results, account) => {
    expect(validReport(results).account).toBe(account);
  });

  test.each(OUTCOMES)('counts the outcome %s', (outcome) => {
    expect(validReport([result({ outcome })]).counts).toEqual({ total: 1, [outcome]: 1 });
  });

  test('contains all of 10,000 streams in the order of selection', () => {
    const results = Array.from({ length: 10_000 }, (_, index) => result({ name: `stream-${index}` }));
    const { streams } = validReport(results);
    expect(streams.map(({ name }: { name: string }) => name)).toEqual(results.map(({ name }) => name));
  });

  test('keeps hostile text unchanged', () => {
    const hostile = '"}]\u0000\n</script>::error::x\u202e';
    expect(validReport([result({ name: hostile, message: hostile })]).streams).toMatchObject([
      { name: hostile, message: hostile }
    ]);
  });
});

describe('the criteria in the report', () => {
  const criteriaOf = (
    criteria: KeyCriteria,
    keyArns: Record<string, string> = {},
    from: readonly FromKey[] | null = null
  ) => validReport([], { request: runRequest({ criteria, from }), keyArns: new Map(Object.entries(keyArns)) }).criteria;

  test.each([
    [ANY, 'any'],
    [CUSTOMER_MANAGED, 'customer-managed'],
    [AWS_OWNED, 'aws-owned']
  ])('have only a type if the request names no key: %j', (criteria, keyType) => {
    expect(criteriaOf(criteria)).toEqual({ keyType, keys: [], fromKeys: null });
  });

  test.each([
    ['a key by itself', false, null],
    ['a key with its type', true, 'customer-managed']
  ])('have %s, as given and as resolved', (_, mustBeCustomerManaged, keyType) => {
    const criteria = targetKey('alias/new', mustBeCustomerManaged);
    expect(criteriaOf(criteria, { 'alias/new': NEW })).toEqual({
      keyType,
      keys: [{ given: 'alias/new', arn: NEW }],
      fromKeys: null
    });
  });

  test('have every approved key, without an ARN for one that was not resolved', () => {
    expect(criteriaOf(approved('alias/a', 'alias/b', OLD), { 'alias/a': NEW })).toEqual({
      keyType: null,
      keys: [
        { given: 'alias/a', arn: NEW },
        { given: 'alias/b', arn: null },
        { given: OLD, arn: OLD }
      ],
      fromKeys: null
    });
  });

  test('have the keys to move streams off, and the words for keys without an id', () => {
    expect(criteriaOf(targetKey(NEW), { 'alias/old': OLD }, fromKeys('alias/old', 'aws-owned')).fromKeys).toEqual([
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
