import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseOutputs } from '../../testing/outputs-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-release-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('dist contains only files that a run can load', () => {
  const used = new Set(['index.js']);
  for (const file of used) {
    const code = readFileSync(join('dist', file), 'utf8');
    for (const [, chunk] of code.matchAll(/_require__\.e\((?:\/\*.*?\*\/ )?(\d+)\)/g)) used.add(`${chunk}.index.js`);
  }
  expect([...used, 'licenses.txt', 'package.json'].sort()).toEqual(readdirSync('dist').sort());
});

test('index.js contains no AWS client and no HTTP client, and licenses.txt names all packages', () => {
  expect(readFileSync('dist/index.js', 'utf8')).not.toMatch(/undici|node_modules\/@(aws-sdk|octokit|smithy)/);
  const packages = ['@actions/core', '@actions/github', '@aws-sdk/client-kinesis', '@smithy/core', 'undici'];
  expect(readFileSync('dist/licenses.txt', 'utf8').split('\n')).toEqual(expect.arrayContaining(packages));
});

describe('the release archive', () => {
  test('has at most 600,000 bytes', () => {
    const archive = spawnSync(process.execPath, ['scripts/archive.ts'], { encoding: 'utf8' });
    const stdout = expect.stringMatching(/^release archive: [\d,]+ bytes of at most 600,000\n$/);
    expect(archive).toMatchObject({ status: 0, stdout });
  });

  test('contains only what a run needs, and runs in an empty folder', () => {
    const input = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { maxBuffer: 64 * 1024 * 1024 });
    const files = String(execFileSync('tar', ['-tf', '-'], { input }))
      .trim()
      .split(/\r?\n/);
    const needed = ['LICENSE', 'action.yml', 'dist', 'schema'];
    expect([...new Set(files.map((file) => file.split('/')[0]))].sort()).toEqual(needed);

    const unpacked = join(folder, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xf', '-'], { input, cwd: unpacked });
    const outputs = join(folder, 'outputs');
    writeFileSync(outputs, '');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(unpacked, 'dist/index.js')], {
      cwd: folder,
      env: { GITHUB_OUTPUT: outputs, 'INPUT_STREAM-KIND': 'kinetic', 'INPUT_STREAM-NAME': 'orders' },
      encoding: 'utf8'
    });
    expect(stdout).toContain('Input stream-kind is "kinetic": must be kinesis or firehose');
    expect(stderr).toBe('');
    expect(parseOutputs(readFileSync(outputs, 'utf8'))).toMatchObject({ outcome: 'failed', results: '[]' });
    expect(status).toBe(1);
  });
});

describe('the release notes', () => {
  /** Runs the script for the tag, in a project of version 1.2.0 with this changelog. */
  function releaseNotes(tag: string, changelog: string): { output: string; status: number | null } {
    writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.0" }');
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
    const script = resolve('scripts/release-notes.ts');
    const { stdout, stderr, status } = spawnSync(process.execPath, [script, tag], { cwd: folder, encoding: 'utf8' });
    return { output: stdout + stderr, status };
  }

  const HEAD = '# Changelog\n\n## [Unreleased]\n\n';
  const OLD = '## [1.1.0] - 2026-01-02\n\n### Added\n\n- An earlier feature.\n';
  const UNDATED = '## [1.2.0] - unreleased\n\n- A new feature.\n';
  const NO_HEADING = 'CHANGELOG.md needs a heading "## [1.2.0] - YYYY-MM-DD"';

  test('are the section of the version in the changelog', () => {
    const changelog = `${HEAD}## [1.2.0] - 2026-03-04\n\n### Added\n\n- A new feature.\n\n${OLD}`;
    expect(releaseNotes('v1.2.0', changelog)).toEqual({ output: '### Added\n\n- A new feature.\n', status: 0 });
  });

  test.each([
    ['the tag is of another version', 'v1.2.1', OLD, 'The tag is v1.2.1, and package.json says 1.2.0'],
    ['the changelog has no such version', 'v1.2.0', HEAD + OLD, NO_HEADING],
    ['the version has no date', 'v1.2.0', HEAD + UNDATED, NO_HEADING]
  ])('fail if %s', (_, tag, changelog, message) => {
    expect(releaseNotes(tag, changelog)).toEqual({ output: expect.stringContaining(message), status: 1 });
  });
});
