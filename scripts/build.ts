/** Builds the bundle from the sources: `node scripts/build.ts [folder [options of ncc]]`, `dist` if no folder is given. */

import { execFileSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';

const [folder = 'dist', ...options] = process.argv.slice(2);
const fresh = `${folder}.new`;
const runNode = (...args: string[]) => execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js';

rmSync('lib', { recursive: true, force: true });
runNode('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
runNode(ncc, 'build', 'lib/index.js', '-o', fresh, '--license', 'licenses.txt', ...options);
// Swapped in whole, so that a run of the bundle meanwhile meets the old one or the new one.
rmSync(folder, { recursive: true, force: true });
renameSync(fresh, folder);
