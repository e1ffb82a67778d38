/** `npm run build`: tsc compiles `src` into `lib`, and ncc bundles `lib` and the packages into `dist`. */

import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ncc from '@vercel/ncc';
import { completeLicenses } from './licenses.ts';

rmSync('lib', { recursive: true, force: true });
tsc('--project', 'tsconfig.build.json');
copyPackages(['@actions', '@aws-sdk', '@smithy', 'undici']);
removeComments('undici');
useHttp1Only();

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
  const text = name === 'licenses.txt' ? completeLicenses(content, stats.compilation) : toAscii(content);
  writeFileSync(join('dist', name), text);
}

/**
 * Copies packages to `lib/node_modules`, where ncc finds them before the installed ones, and edits each `package.json`, so
 * that ncc drops modules that nothing uses and bundles the ES modules of the AWS SDK. docs/bundle.md explains the edits.
 */
function copyPackages(names: readonly string[]): void {
  for (const name of names) cpSync(join('node_modules', name), join('lib/node_modules', name), { recursive: true });
  for (const file of globSync(['lib/node_modules/@*/*/package.json', 'lib/node_modules/*/package.json'])) {
    const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.sideEffects ??= false;
    for (const target of Object.values(manifest.exports ?? {})) delete target.node;
    writeFileSync(file, JSON.stringify(manifest));
  }
}

/**
 * The Kinesis client imports a handler for HTTP/2 as its default, and with it `node:http2`, which costs a run 1 MiB. The
 * action gives each client its own handler, for HTTP/1.1.
 */
function useHttp1Only(): void {
  const handler = 'lib/node_modules/@smithy/node-http-handler/dist-es/node-http2-handler.js';
  // Fails if a new version has another structure.
  rmSync(handler);
  writeFileSync(handler, 'export { NodeHttpHandler as NodeHttp2Handler } from "./node-http-handler";\n');
}

/**
 * V8 keeps a file with any other character in two bytes a character. The escapes mean the same in strings and regular
 * expressions, where these characters occur.
 */
function toAscii(source: string): string {
  return source.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
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
  sideEffects?: boolean | string[];
  readonly exports?: Readonly<Record<string, { node?: string }>>;
}
