import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendToFile, replaceFile } from '../../src/github/files.ts';
import { writeReport } from '../../src/github/report-file.ts';
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

test('a file in place of a folder is an error', () => {
  writeFileSync(file, '');
  expect(() => replaceFile(join(file, 'report.json'), '')).toThrow('ENOTDIR');
  expect(() => replaceFile(join(file, 'folder', 'report.json'), '')).toThrow('ENOTDIR');
});

// Windows has neither /proc nor named pipes in folders.
const testOnUnix = process.platform === 'win32' ? test.skip : test;
testOnUnix('a named pipe that nobody reads, and a folder that cannot be created, are errors without a wait', () => {
  execFileSync('mkfifo', [file]);
  expect(() => appendToFile(file, 'text')).toThrow('ENXIO');
  expect(() => replaceFile(file, 'text')).toThrow('ENXIO');
  expect(() => replaceFile('/proc/x/report.json', 'text')).toThrow(/EN|EACCES|EROFS/);
});

test('the report file has no lone surrogate, even if a text was truncated inside a character', () => {
  writeReport(file, reportOf([result({ message: 'a key \ud83d…' })]));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(reportOf([result({ message: 'a key \ufffd…' })]));
});

test('a report file that cannot be written is an error with its path and the reason', () => {
  const reason = `The report was not written: report-path is "${folder}": EISDIR`;
  expect(() => writeReport(folder, reportOf([]))).toThrow(reason);
});
