/** Builds the bundle from the sources: `node scripts/build.ts [folder [options of ncc]]`, `dist` if no folder is given. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minify } from 'terser';

const [folder = 'dist', ...options] = process.argv.slice(2);
const fresh = `${folder}.new`;
const runNode = (...args: string[]) => execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js';

/** Code as it is, but for the comments, which are a sixth of what a runner would download. Licences stand in licenses.txt. */
async function withoutComments(code: string): Promise<string> {
  const format = { comments: false, beautify: true, indent_level: 2 };
  const { code: stripped } = await minify(code, { module: true, compress: false, mangle: false, format });
  if (stripped === undefined) throw new Error('Nothing was left of the code');
  return `${stripped}\n`;
}

rmSync('lib', { recursive: true, force: true });
runNode('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
runNode(ncc, 'build', 'lib/index.js', '-o', fresh, '--license', 'licenses.txt', ...options);
const code = options.includes('--minify') ? [] : readdirSync(fresh).filter((name) => name.endsWith('.js'));
for (const name of code) {
  const file = join(fresh, name);
  writeFileSync(file, await withoutComments(readFileSync(file, 'utf8')));
}
// Swapped in whole, so that a run of the bundle meanwhile meets the old one or the new one.
rmSync(folder, { recursive: true, force: true });
renameSync(fresh, folder);
