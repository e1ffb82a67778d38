import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lint, yamlFiles } from '../support/workflows.ts';

/** A copy of the tracked files. */
let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'stream-encryption-owner-'));
  const files = execFileSync('git', ['ls-files', '--', ':!dist'], { encoding: 'utf8' }).trim().split('\n');
  for (const file of files) cpSync(file, join(copy, file));
  run('git', 'init', '--quiet');
  run('git', 'add', '--all');
});
afterAll(() => rmSync(copy, { recursive: true }));

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8' });
  return { status, stderr, lines: stdout.split('\n').filter((line) => line !== '') };
}

function renameOwner(name: string) {
  return run(process.execPath, resolve('scripts/rename-owner.ts'), name);
}

/** The lines of the copy with this word. */
function linesWith(word: string): string[] {
  return run('git', 'grep', '-nw', word).lines;
}

test.each(['', '-octo', 'octo--org', 'octo/org', 'o'.repeat(40)])(
  'rename-owner rejects %j, and changes nothing',
  (name) => {
    expect(renameOwner(name)).toMatchObject({ status: 1, stderr: expect.stringContaining('cannot be an account') });
    expect(run('git', 'diff', '--name-only').lines).toEqual([]);
  }
);

test('rename-owner leaves no old account, valid workflows and examples, and formatted code; and renames again', async () => {
  // Read from the file, so that this test does not contain the account that it looks for.
  const [, current = ''] = /^\* @([\w-]+)/m.exec(readFileSync('.github/CODEOWNERS', 'utf8')) ?? [];
  /** As long as an account may be. */
  const name = `octo-${'o'.repeat(34)}`;
  const before = linesWith(current);
  expect(before.length).toBeGreaterThan(20);
  expect(renameOwner(name)).toMatchObject({ status: 0, stderr: '' });
  expect([linesWith(current).length, linesWith(name).length]).toEqual([0, before.length]);

  for (const file of ['.github/workflows', 'examples'].flatMap(yamlFiles)) {
    expect(await lint(readFileSync(join(copy, file), 'utf8'), file)).toEqual([]);
  }
  const code = run('git', 'diff', '--name-only', '--', '*.ts').lines;
  const format = run(process.execPath, resolve('node_modules/@biomejs/biome/bin/biome'), 'format', ...code);
  expect(format).toMatchObject({ status: 0, stderr: expect.stringMatching(/^Checked/) });

  // For example after a transfer of the repository.
  expect(renameOwner('octocat').status).toBe(0);
  expect(linesWith(name)).toEqual([]);
  expect(readFileSync(join(copy, '.github/CODEOWNERS'), 'utf8')).toMatch(/^\* @octocat$/m);
});
