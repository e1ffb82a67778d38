import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lint, yamlFiles } from '../support/workflows.ts';

/** As long as an account may be. */
const NAME = `octo-${'o'.repeat(34)}`;

/** Read from the file, so that this test does not contain the account that it looks for. */
const [, current = ''] = /^\* @([\w-]+)/m.exec(readFileSync('.github/CODEOWNERS', 'utf8')) ?? [];

/** A copy of the tracked files. */
let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'stream-encryption-owner-'));
  const files = execFileSync('git', ['ls-files', '--', ':!dist'], { encoding: 'utf8' }).trim().split('\n');
  for (const file of files) cpSync(file, join(copy, file));
  git('init', '--quiet');
  git('add', '--all');
});
afterAll(() => rmSync(copy, { recursive: true }));

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: copy, encoding: 'utf8' });
}

function renameOwner(name: string) {
  const script = resolve('scripts/rename-owner.ts');
  return spawnSync(process.execPath, [script, name], { cwd: copy, encoding: 'utf8' });
}

/** The lines of the copy with this word. */
function linesWith(word: string): string[] {
  const { stdout } = spawnSync('git', ['grep', '-nw', word], { cwd: copy, encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe('npm run rename-owner', () => {
  test.each(['', '-octo', 'octo--org', 'octo/org', 'o'.repeat(40)])('rejects %j, and changes nothing', (name) => {
    expect(renameOwner(name)).toMatchObject({ status: 1, stderr: expect.stringContaining('cannot be an account') });
    expect(git('diff', '--name-only')).toBe('');
  });

  test('leaves the old account in no file, valid workflows and examples, and formatted code; and renames again', async () => {
    const before = linesWith(current);
    expect(before.length).toBeGreaterThan(20);
    expect(renameOwner(NAME)).toMatchObject({ status: 0, stderr: '' });
    expect([linesWith(current).length, linesWith(NAME).length]).toEqual([0, before.length]);

    for (const file of ['.github/workflows', 'examples'].flatMap(yamlFiles)) {
      expect(await lint(readFileSync(join(copy, file), 'utf8'), file)).toEqual([]);
    }
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const code = git('diff', '--name-only', '--', '*.ts').trim().split('\n');
    const format = spawnSync(process.execPath, [biome, 'format', ...code], { cwd: copy, encoding: 'utf8' });
    expect(format).toMatchObject({ status: 0, stderr: expect.stringMatching(/^Checked/) });

    // For example after a transfer of the repository.
    expect(renameOwner('octocat').status).toBe(0);
    expect(linesWith(NAME)).toEqual([]);
    expect(readFileSync(join(copy, '.github/CODEOWNERS'), 'utf8')).toMatch(/^\* @octocat$/m);
  });
});
