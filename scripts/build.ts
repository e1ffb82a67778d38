/** `npm run build`: tsc compiles `src` into `lib`, and ncc bundles `lib` and the packages into `dist`. */

import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ncc from '@vercel/ncc';
import { completeLicenses } from './licenses.ts';

/** Each AWS client uses some of its modules. As a whole it is large enough for ncc to put it into one shared chunk. */
const KEPT_WHOLE = '@smithy/node-http-handler';

rmSync('lib', { recursive: true, force: true });
tsc('--project', 'tsconfig.build.json');
copyPackages(['@actions', '@aws-sdk', '@smithy', 'undici']);
removeComments('undici');

const { code, assets, stats } = await ncc(resolve('lib/index.js'), {
  cache: false,
  license: 'licenses.txt',
  mainFields: ['module', 'main'],
  quiet: true
});
const files = Object.entries(assets).map(([name, { source }]) => [name, String(source)] as const);

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
writeFileSync('dist/index.js', code);
for (const [name, content] of files) {
  writeFileSync(join('dist', name), name === 'licenses.txt' ? completeLicenses(content, stats.compilation) : content);
}

/**
 * Copies packages to `lib/node_modules`, where ncc finds them before the installed ones, and edits each `package.json`, so
 * that ncc drops modules that nothing uses and bundles the ES modules of the AWS SDK. docs/bundle.md explains the edits.
 */
function copyPackages(names: readonly string[]): void {
  for (const name of names) cpSync(join('node_modules', name), join('lib/node_modules', name), { recursive: true });
  for (const file of globSync(['lib/node_modules/@*/*/package.json', 'lib/node_modules/*/package.json'])) {
    const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.sideEffects = manifest.name === KEPT_WHOLE || (manifest.sideEffects ?? false);
    for (const target of Object.values(manifest.exports ?? {})) delete target.node;
    writeFileSync(file, JSON.stringify(manifest));
  }
}

/** Comments are a quarter of undici, which is half of the archive. */
function removeComments(name: string): void {
  const source = join('node_modules', name);
  const files = globSync(join(source, '{index.js,lib/**/*.js}')).sort();
  const asIs = [
    '--ignoreConfig',
    '--allowJs',
    '--noCheck',
    '--target',
    'esnext',
    '--module',
    'nodenext',
    '--types',
    ''
  ];
  const output = ['--removeComments', '--newLine', 'lf', '--rootDir', source, '--outDir', join('lib', source)];
  tsc(...asIs, ...output, ...files);
}

function tsc(...args: readonly string[]): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...args], { stdio: 'inherit' });
}

interface Manifest {
  readonly name: string;
  sideEffects?: boolean | string[];
  readonly exports?: Readonly<Record<string, { node?: string }>>;
}
