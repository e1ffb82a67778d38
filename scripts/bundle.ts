/** How the sources become the bundle. */

import { basename } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

/** Part of a package's code that is in the bundle, or, without a package, of this project's own. */
export interface Input {
  /** Of this project's root, with slashes. */
  readonly path: string;
  /** What is left of it in the bundle. */
  readonly bytes: number;
}

/** The bundle's files, and what they were made from. */
export interface Bundle {
  readonly files: readonly { readonly name: string; readonly contents: Uint8Array }[];
  readonly inputs: readonly Input[];
}

/** Bundles the sources for this folder, and writes nothing. The same sources make the same bytes in whichever folder. */
export async function bundle(folder: string, { minify = false } = {}): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: ['src/index.ts'],
    outdir: folder,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // What is imported when it is first needed becomes a file of its own.
    splitting: true,
    mainFields: ['module', 'main'],
    // Packages that are no ES modules call it.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
    // Those of what a package has itself copied stand nowhere else.
    legalComments: 'inline',
    minify,
    plugins: [unusedMayGo, httpByRequire]
  });
  const used = reachable(metafile);
  const inputs = [...used].flatMap((file) =>
    Object.entries(metafile.outputs[file]?.inputs ?? {}).map(([path, { bytesInOutput: bytes }]) => ({ path, bytes }))
  );
  const names = new Set([...used].map((file) => basename(file)));
  const files = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  return { files: files.filter(({ name }) => names.has(name)), inputs: inputs.filter(({ bytes }) => bytes > 0) };
}

/** The files that a run can get to: what was imported by code that is left out stays behind as a file that nobody loads. */
function reachable({ outputs }: Metafile): ReadonlySet<string> {
  const used = new Set(Object.keys(outputs).filter((file) => outputs[file]?.entryPoint === 'src/index.ts'));
  for (const file of used) {
    for (const { path, external } of outputs[file]?.imports ?? []) if (!external) used.add(path);
  }
  return used;
}

/** These say nowhere that what nobody uses of them may be left out. */
const WITHOUT_SIDE_EFFECTS = /[\\/]node_modules[\\/](@actions|undici)[\\/]/;
const SEEN = Symbol('seen');

/**
 * Leaves out what @actions/core brings for OIDC tokens and for telling the platform apart: neither is asked for here, and
 * undici, which comes with it, is slow to load. It stays where @actions/github uses it.
 */
const unusedMayGo: Plugin = {
  name: 'unused-may-go',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(@actions\/|undici$|\.)/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === SEEN) return undefined;
      const found = await resolve(path, { ...from, pluginData: SEEN });
      return WITHOUT_SIDE_EFFECTS.test(found.path) ? { ...found, sideEffects: false } : undefined;
    });
  }
};

/**
 * Has `node:http` loaded by `require`. An ES import of it reads all that it exports, `WebSocket` and its like too, for which
 * Node first loads an HTTP client of its own: 20 ms instead of 3 with Node 24.
 */
const httpByRequire: Plugin = {
  name: 'http-by-require',
  setup({ onResolve, onLoad }) {
    const namespace = 'by-require';
    onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'require-call' ? undefined : { path: 'node:http', namespace }
    );
    onLoad({ filter: /./, namespace }, () => ({ contents: "module.exports = require('node:http');" }));
  }
};

/** The folder of the package that a file belongs to; null where it is this project's own. */
export function packageFolder(path: string): string | null {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? null;
}
