/**
 * `npm run complete-lock`: adds missing packages to package-lock.json; run it after each `npm install`. Node and packages such
 * as biome have one optional dependency per platform. npm omits from the lock those that the registry in use does not have,
 * and `npm ci` of npm 11.10 and later then rejects the lock on every machine.
 */

import { readFileSync, writeFileSync } from 'node:fs';

interface Package {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const FILE = 'package-lock.json';
const lock: { packages: Record<string, Package> } = JSON.parse(readFileSync(FILE, 'utf8'));

for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    lock.packages[`node_modules/${name}`] ??= {
      version: version.replace(/^[~^]/, ''),
      ...(path !== '' && { dev: true }),
      optional: true,
      ...platformOf(name),
      // npm links only the commands that the lock lists.
      ...(/^node-.*-/.test(name) && { bin: { node: 'bin/node' } })
    };
  }
}
const sorted = Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);

/** Derives the platforms on which npm installs a package from its name, such as `…/cli-linux-x64-musl`. */
function platformOf(name: string): Pick<Package, 'os' | 'cpu' | 'libc'> {
  const parts = name.split(/[/-]/);
  const matching = (names: readonly string[]) => names.filter((name) => parts.includes(name));
  const os = matching(['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']);
  const cpu = matching(['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']);
  const libc = parts.includes('musl') ? ['musl'] : parts.includes('gnu') ? ['glibc'] : [];
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }) };
}
