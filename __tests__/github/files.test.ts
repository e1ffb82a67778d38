import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendToFile, replaceFile } from '../../src/github/files.ts';
import { writeReport } from '../../src/github/report-file.ts';
import { addSecrets } from '../../src/github/secrets.ts';
import { reportOf } from '../support/ended-runs.ts';
import { result } from '../support/results.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-files-'));
  file = join(folder, 'summary.md');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('text is appended to an existing file only', () => {
  expect(() => appendToFile(file, 'two')).toThrow('ENOENT');
  writeFileSync(file, 'one ');
  appendToFile(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('one two');
});

test('a file is replaced, and its missing folders are created', () => {
  file = join(folder, 'some', 'where', 'report.json');
  replaceFile(file, 'a long text');
  replaceFile(file, 'short');
  expect(readFileSync(file, 'utf8')).toBe('short');
});

// Windows has neither /proc nor named pipes in folders.
const testOnUnix = process.platform === 'win32' ? test.skip : test;
testOnUnix('a named pipe that nobody reads, and a folder that cannot be created, are errors without a wait', () => {
  execFileSync('mkfifo', [file]);
  expect(() => appendToFile(file, 'text')).toThrow('ENXIO');
  expect(() => replaceFile(file, 'text')).toThrow('ENXIO');
  expect(() => replaceFile('/proc/x/report.json', 'text')).toThrow(/EN|EACCES|EROFS/);
});

test('the report file has no secret and no lone surrogate, even if a text was truncated inside a character', () => {
  addSecrets(['token-in-a-result']);
  writeReport(file, reportOf([result({ name: 'token-in-a-result', message: 'a key \ud83d…' })]));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(reportOf([result({ name: '***', message: 'a key \ufffd…' })]));
});
