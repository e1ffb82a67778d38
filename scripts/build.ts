/** Builds the bundle from the sources: `node scripts/build.ts [folder]`, `dist` if none is given. */

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const folder = process.argv[2] ?? 'dist';
const runNode = (...args: string[]) => execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });

rmSync('lib', { recursive: true, force: true });
rmSync(folder, { recursive: true, force: true });
runNode('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
runNode('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'lib/index.js', '-o', folder, '--license', 'licenses.txt');
