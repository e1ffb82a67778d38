/**
 * `npm run rename-owner -- NAME`: puts the account that owns this repository into every file that names it, such as
 * `NAME/stream-encryption@v1` in the README. The account in .github/CODEOWNERS is the one that is replaced.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const REPOSITORY = 'stream-encryption';
const CODEOWNERS = '.github/CODEOWNERS';

const [name = ''] = process.argv.slice(2);
const [, owner] = /^\* @([\w-]+)/m.exec(readFileSync(CODEOWNERS, 'utf8')) ?? [];

if (owner === undefined) {
  fail(`${CODEOWNERS} has no line "* @ACCOUNT".`);
} else if (!/^[a-z\d](-?[a-z\d]){0,38}$/i.test(name)) {
  fail(`"${name}" cannot be an account of GitHub. Use: npm run rename-owner -- ACCOUNT`);
} else {
  const files = execFileSync('git', ['ls-files', '--', ':!dist', ':!docs/images'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const changed = files.filter((file) => rename(file, owner));
  process.stdout.write(`${[...changed, `${owner} is now ${name} in ${changed.length} files`].join('\n')}\n`);
}

/** Replaces the account in a file. Returns whether the file names it. */
function rename(file: string, owner: string): boolean {
  const before = readFileSync(file, 'utf8');
  const after = before.replaceAll(new RegExp(`\\b${owner}(?=/${REPOSITORY}\\b)`, 'g'), name);
  const result = file === CODEOWNERS ? after.replaceAll(`@${owner}`, `@${name}`) : after;
  if (result !== before) writeFileSync(file, result);
  return result !== before;
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
