/** Builds the bundle from the sources: `node scripts/build.ts [folder [options of ncc]]`, `dist` if no folder is given. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comment, parse } from 'acorn';

const [folder = 'dist', ...options] = process.argv.slice(2);
const fresh = `${folder}.new`;
const runNode = (...args: string[]) => execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js';

/**
 * Code as it is, but for the comments, which are a sixth of what a runner would download. Licences stand in licenses.txt.
 * A comment goes with its line where it is alone on it; in between code, a line end of its own stays one.
 */
function withoutComments(code: string): string {
  const comments: Comment[] = [];
  parse(code, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments });
  let rest = '';
  let from = 0;
  for (const { start, end } of comments) {
    const lineStart = code.lastIndexOf('\n', start - 1) + 1;
    const newline = code.indexOf('\n', end);
    const lineEnd = newline === -1 ? code.length : newline + 1;
    const around = [code.slice(lineStart, start), code.slice(end, lineEnd)];
    if (lineStart >= from && around.every((text) => text.trim() === '')) {
      rest += code.slice(from, lineStart);
      from = lineEnd;
    } else {
      rest += code.slice(from, start) + (code.slice(start, end).includes('\n') ? '\n' : ' ');
      from = end;
    }
  }
  return rest + code.slice(from);
}

rmSync('lib', { recursive: true, force: true });
runNode('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
runNode(ncc, 'build', 'lib/index.js', '-o', fresh, '--license', 'licenses.txt', ...options);
const code = options.includes('--minify') ? [] : readdirSync(fresh).filter((name) => name.endsWith('.js'));
for (const name of code) {
  const file = join(fresh, name);
  writeFileSync(file, withoutComments(readFileSync(file, 'utf8')));
}
// Swapped in whole, so that a run of the bundle meanwhile meets the old one or the new one.
rmSync(folder, { recursive: true, force: true });
renameSync(fresh, folder);
