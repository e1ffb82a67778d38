/**
 * Completes package-lock.json. Node and packages such as biome bring a binary for each platform, as optional
 * dependencies; npm leaves one out of the lock where the registry in use does not hold it, and `npm ci` of npm 11.10 and
 * later then refuses the lock on every machine. Run it after each `npm install`: `npm run complete-lock`.
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
      // npm links the commands that the lock names.
      ...(/^node-.*-/.test(name) && { bin: { node: 'bin/node' } })
    };
  }
}
const inOrder = Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(inOrder) }, null, 2)}\n`);

/** The platform in a package's name, `…/cli-linux-x64-musl`: npm installs the package there and nowhere else. */
function platformOf(name: string): Pick<Package, 'os' | 'cpu' | 'libc'> {
  const parts = name.split(/[/-]/);
  const named = (words: readonly string[]) => words.filter((word) => parts.includes(word));
  const os = named(['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']);
  const cpu = named(['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']);
  const libc = parts.includes('musl') ? ['musl'] : parts.includes('gnu') ? ['glibc'] : [];
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }) };
}
