import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { appendToFile, replaceFile } from '../../src/github/files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('text is appended to an existing file only', () => {
  const file = join(folder, 'summary.md');
  writeFileSync(file, 'one ');
  appendToFile(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('one two');
  expect(() => appendToFile(join(folder, 'other'), 'two')).toThrow('ENOENT');
});

test('a file is replaced, and its missing folders are created', () => {
  const file = join(folder, 'some', 'where', 'report.json');
  replaceFile(file, 'a long text');
  replaceFile(file, 'short');
  expect(readFileSync(file, 'utf8')).toBe('short');
});

test('a file in place of a folder is an error', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => replaceFile(join(file, 'report.json'), '')).toThrow('ENOTDIR');
  expect(() => replaceFile(join(file, 'folder', 'report.json'), '')).toThrow('ENOTDIR');
});

// Windows has neither /proc nor named pipes in folders.
const describeOnUnix = process.platform === 'win32' ? describe.skip : describe;
describeOnUnix('without waiting', () => {
  test('a named pipe that nobody reads is an error', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(() => appendToFile(pipe, 'text')).toThrow('ENXIO');
    expect(() => replaceFile(pipe, 'text')).toThrow('ENXIO');
  });

  test('a folder that cannot be created is an error', () => {
    expect(() => replaceFile('/proc/x/report.json', 'text')).toThrow(/EN|EACCES|EROFS/);
  });
});
