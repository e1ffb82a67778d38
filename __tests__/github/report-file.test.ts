import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { writeReport } from '../../src/github/report-file.ts';
import { reportOf } from '../support/ended-runs.ts';
import { result } from '../support/results.ts';

describe('the report file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-report-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('contains the report without a lone surrogate, even if a text was truncated inside a character', () => {
    const path = join(folder, 'truncated.json');
    writeReport(path, reportOf([result({ message: 'a key \ud83d…' })]));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(reportOf([result({ message: 'a key \ufffd…' })]));
  });

  test('that cannot be written causes an error with its path and the reason', () => {
    const path = join(folder, 'folder');
    mkdirSync(path);
    expect(() => writeReport(path, reportOf([]))).toThrow(
      `The report was not written: report-path is "${path}": EISDIR`
    );
  });
});
