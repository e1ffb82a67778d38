import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { writeReport } from '../../src/github/report-file.ts';
import { type Report, toReport } from '../../src/reporting/report.ts';
import { runRequest } from '../support/requests.ts';
import { result } from '../support/results.ts';

const ENDED_AT = new Date('2026-03-01T22:30:00.500Z');

function reportOf(...results: readonly Result[]): Report {
  return toReport({
    request: runRequest(),
    startedAt: new Date('2026-03-01T22:29:00Z'),
    endedAt: ENDED_AT,
    durationSeconds: 60.5,
    runOutcome: null,
    errors: [],
    noStreams: null,
    streams: results.map((result) => ({ result, endedAt: ENDED_AT }))
  });
}

describe('the report file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-report-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is written with missing folders, and replaces an existing file', () => {
    const path = join(folder, 'some', 'where', 'report.json');
    writeReport(path, reportOf(result({ outcome: 'failed' })));
    writeReport(path, reportOf(result()));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(reportOf(result()));
  });

  test('contains no lone surrogate, even if a text was truncated inside a character', () => {
    const path = join(folder, 'truncated.json');
    writeReport(path, reportOf(result({ message: 'a key \ud83d…' })));
    expect(readFileSync(path, 'utf8')).toContain('"message": "a key \ufffd…"');
  });

  test('that cannot be written causes an error with its path and the reason', () => {
    const path = join(folder, 'folder');
    mkdirSync(path);
    expect(() => writeReport(path, reportOf())).toThrow(`The report was not written: report-path is "${path}": EISDIR`);
  });
});
