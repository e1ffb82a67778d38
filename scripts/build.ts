/** Builds the bundle from the sources: `node scripts/build.ts [folder [--minify]]`, `dist` if no folder is given. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { licensesOf } from './licenses.ts';

const [folder = 'dist', ...options] = process.argv.slice(2);
const fresh = `${folder}.new`;
const { files, inputs } = await bundle(fresh, { minify: options.includes('--minify') });

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
for (const { name, contents } of files) writeFileSync(join(fresh, name), contents);
// The release has no other package.json, and without one Node would have to find out what kind of modules these are.
writeFileSync(join(fresh, 'package.json'), '{ "type": "module" }\n');
writeFileSync(join(fresh, 'licenses.txt'), licensesOf(inputs));
// Swapped in when it is whole.
rmSync(folder, { recursive: true, force: true });
renameSync(fresh, folder);
