import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type KeyCriteria, MODES, OUTCOMES, type Result } from '../../src/encryption/model.ts';
import type { EndedRun } from '../../src/reporting/ended-run.ts';
import { resultFields } from '../../src/reporting/result-fields.ts';
import { parseReport } from '../end-to-end/report-schema.ts';
import { NEW, OLD } from '../support/account.ts';
import { reportOf, WORKFLOW_RUN } from '../support/ended-runs.ts';
import { approved, CUSTOMER_MANAGED, fromKeys, runRequest, targetKey } from '../support/requests.ts';
import { result } from '../support/results.ts';

/** The report of a run with these results. Throws if it does not match its schema. */
function validReport(results: readonly Result[], overrides: Partial<EndedRun> = {}) {
  return parseReport(JSON.stringify(reportOf(results, overrides)));
}

describe('the report', () => {
  test('contains the whole run, and per stream what the output results has and more', () => {
    const stream = result({ warnings: ['hm'] });
    const { streams, ...run } = validReport([stream]);
    expect(run).toMatchObject({
      run: WORKFLOW_RUN,
      request: 'us-east-1 · mode encrypt · kinesis orders · key: any key',
      account: '111122223333',
      region: 'us-east-1',
      mode: 'encrypt',
      criteria: { keyType: 'any', keys: [], fromKeys: null },
      startedAt: '2026-03-01T22:29:00.000Z',
      endedAt: '2026-03-01T22:30:00.500Z',
      durationSeconds: 60.5,
      counts: { total: 1, rekeyed: 1 }
    });
    expect(streams).toEqual([
      {
        ...resultFields(stream),
        named: true,
        targetKeyType: 'customer-managed',
        targetKeyId: stream.target?.id,
        lastObservedAt: '2026-03-01T22:30:00.400Z',
        endedAt: '2026-03-01T22:30:00.500Z',
        previousKeyNeededUntil: '2026-03-02T22:30:00.500Z',
        reason: stream.reason,
        warnings: ['hm']
      }
    ]);
  });

  test('has null for unknown values, and for the id of a key that has none', () => {
    const unknown = { target: null, lastObservedMsAgo: null, previousKeyNeededHours: null };
    const key = { type: 'aws-owned', id: '' } as const;
    expect(validReport([result({ ...unknown, key }), result({ target: key })]).streams).toMatchObject([
      { keyId: null, targetKeyType: null, targetKeyId: null, lastObservedAt: null, previousKeyNeededUntil: null },
      { targetKeyType: 'aws-owned', targetKeyId: null }
    ]);
  });

  test('of a run with invalid inputs has no request and says why', () => {
    const errors = ['Input mode is "x"'];
    expect(validReport([], { request: null, runOutcome: 'failed', errors })).toMatchObject({
      ...{ request: null, account: null, region: null, mode: null, criteria: null },
      ...{ outcome: 'failed', errors, noStreams: null, streams: [] }
    });
  });

  test('of a run that may find no stream says why there is none', () => {
    const empty = { runOutcome: 'not-applicable', noStreams: 'No stream matches clicks-*' } as const;
    expect(validReport([], empty)).toMatchObject({ outcome: 'not-applicable', noStreams: empty.noStreams });
  });

  test('names no account if the streams are in several', () => {
    const ids = ['111122223333', '444455556666'];
    const streams = ids.map((id) => result({ arn: `arn:aws:kinesis:us-east-1:${id}:stream/orders` }));
    expect(validReport(streams).account).toBeNull();
  });

  const KEY_ARNS = new Map([['alias/new', NEW]]);
  const asGiven = { given: 'alias/new', arn: NEW };
  const approvedKeys = [asGiven, { given: 'alias/b', arn: null }, { given: OLD, arn: OLD }];
  test.each<[string, KeyCriteria, object]>([
    ['only a type: customer-managed', CUSTOMER_MANAGED, { keyType: 'customer-managed', keys: [] }],
    ['a key with its type', targetKey('alias/new', true), { keyType: 'customer-managed', keys: [asGiven] }],
    ['every approved key', approved('alias/new', 'alias/b', OLD), { keyType: null, keys: approvedKeys }]
  ])('has the criteria, with keys as given and as resolved: %s', (_, criteria, expected) => {
    const from = fromKeys('alias/new', 'aws-owned');
    expect(validReport([], { request: runRequest({ criteria, from }), keyArns: KEY_ARNS }).criteria).toEqual({
      ...expected,
      fromKeys: [asGiven, { given: 'aws-owned', arn: null }]
    });
  });
});

describe('the schema', () => {
  const SCHEMA = JSON.parse(readFileSync('schema/report.schema.json', 'utf8'));

  test('lists the outcomes and modes of the model', () => {
    expect(SCHEMA.$defs.outcome.enum).toEqual(OUTCOMES);
    expect(Object.keys(SCHEMA.properties.counts.properties)).toEqual(['total', ...OUTCOMES]);
    expect(SCHEMA.properties.mode.enum).toEqual([...MODES, null]);
  });

  test('requires all fields of a run and of a stream', () => {
    const report = reportOf([result()]);
    for (const [object, fields] of [
      [SCHEMA, report],
      [SCHEMA.properties.run, report.run],
      [SCHEMA.properties.criteria, report.criteria ?? {}],
      [SCHEMA.$defs.stream, report.streams[0] ?? {}]
    ]) {
      expect(object.required).toEqual(Object.keys(object.properties));
      expect(object.required.toSorted()).toEqual(Object.keys(fields).toSorted());
    }
  });

  const [stream] = reportOf([result()]).streams;
  test.each([
    ['another version', { version: 1 }],
    ['an unknown field', { secret: 'x' }],
    ['an account that is no account id', { account: '1111' }],
    ['a time that is not in UTC', { startedAt: '2026-03-01T22:29:00+01:00' }],
    ['a stream with an unknown field', { streams: [{ ...stream, secret: 'x' }] }]
  ])('rejects %s', (_name, overrides) => {
    expect(() => parseReport(JSON.stringify({ ...reportOf([result()]), ...overrides }))).toThrow('match its schema');
  });
});
