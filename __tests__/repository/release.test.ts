import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

test('dist contains only files that a run can load, and index.js no AWS client and no HTTP client', () => {
  const used = new Set(['index.js']);
  for (const file of used) {
    const code = readFileSync(join('dist', file), 'utf8');
    for (const [, chunk] of code.matchAll(/_require__\.e\((?:\/\*.*?\*\/ )?(\d+)\)/g)) used.add(`${chunk}.index.js`);
  }
  expect([...used, 'licenses.txt', 'package.json'].sort()).toEqual(readdirSync('dist').sort());
  expect(readFileSync('dist/index.js', 'utf8')).not.toMatch(/undici|node_modules\/@(aws-sdk|octokit|smithy)/);
  const packages = ['@actions/core', '@actions/github', '@aws-sdk/client-kinesis', '@smithy/core', 'undici'];
  expect(readFileSync('dist/licenses.txt', 'utf8').split('\n')).toEqual(expect.arrayContaining(packages));
});

test('the release archive contains only what a run needs, and has at most 600,000 bytes', () => {
  const input = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { maxBuffer: 64 * 1024 * 1024 });
  const files = execFileSync('tar', ['-tf', '-'], { input, encoding: 'utf8' });
  expect([...new Set(files.match(/^[\w.]+/gm))].sort()).toEqual(['LICENSE', 'action.yml', 'dist', 'schema']);
  const { status, stdout } = spawnSync(process.execPath, ['scripts/archive.ts'], { encoding: 'utf8' });
  expect(stdout).toMatch(/^release archive: [\d,]+ bytes of at most 600,000\n$/);
  expect(status).toBe(0);
});

const NOTES = '### Added\n\n- A new feature.\n';
const NO_HEADING = 'CHANGELOG.md needs a heading "## [1.2.0] - YYYY-MM-DD"';

test.each([
  ['are the section of the version in the changelog', 'v1.2.0', '## [1.2.0] - 2026-03-04', NOTES, 0],
  ['fail for another version', 'v1.2.1', '', 'The tag is v1.2.1, and package.json says 1.2.0', 1],
  ['fail without a section', 'v1.2.0', '## [Unreleased]', NO_HEADING, 1],
  ['fail without a date', 'v1.2.0', '## [1.2.0] - unreleased', NO_HEADING, 1]
])('the release notes %s', (_, tag, heading, expected, exitCode) => {
  const cwd = mkdtempSync(join(tmpdir(), 'stream-encryption-release-'));
  writeFileSync(join(cwd, 'package.json'), '{ "version": "1.2.0" }');
  writeFileSync(
    join(cwd, 'CHANGELOG.md'),
    `# Changelog\n\n${heading}\n\n${NOTES}\n## [1.1.0] - 2026-01-02\n\n- An earlier one.\n`
  );
  const script = resolve('scripts/release-notes.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, tag], { cwd, encoding: 'utf8' });
  rmSync(cwd, { recursive: true });
  expect({ status, stdout }).toEqual({ status: exitCode, stdout: exitCode === 0 ? NOTES : '' });
  expect(stdout + stderr).toContain(expected);
});
