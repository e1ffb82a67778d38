/** Prints the table of docs/bundle.md: what the bundle holds, by package and size. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A module as the bundler's statistics tell of it: one file, or several that were joined. */
interface Module {
  readonly name: string;
  readonly size: number;
  readonly nameForCondition: string | null;
  readonly modules?: readonly Module[];
}

/** Packages below this share are counted together. */
const LEAST_SHARE = 0.005;

const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-bundle-'));
try {
  const file = join(folder, 'stats.json');
  execFileSync(process.execPath, ['scripts/build.ts', join(folder, 'dist'), '--stats-out', file], { stdio: 'inherit' });
  const { modules }: { modules: readonly Module[] } = JSON.parse(readFileSync(file, 'utf8'));
  process.stdout.write(table(sizes(modules)));
} finally {
  rmSync(folder, { recursive: true });
}

/** The size of each package in bytes, before the bundler leaves out what nothing uses. */
function sizes(modules: readonly Module[]): Map<string, number> {
  const bytes = new Map<string, number>();
  for (const module of modules.flatMap((joined) => joined.modules ?? joined)) {
    const name = packageOf(module);
    bytes.set(name, (bytes.get(name) ?? 0) + module.size);
  }
  return bytes;
}

function packageOf({ name, nameForCondition }: Module): string {
  const path = (nameForCondition ?? name).replaceAll('\\', '/');
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  if (inPackage?.[1] !== undefined) return inPackage[1];
  return path.includes('/lib/') ? 'this project' : 'the bundler';
}

function table(bytes: ReadonlyMap<string, number>): string {
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  const rows = [...bytes].sort(([, one], [, other]) => other - one);
  const large = rows.filter(([, size]) => size / total >= LEAST_SHARE);
  const small = rows.slice(large.length);
  const rest = small.reduce((sum, [, size]) => sum + size, 0);
  const lines = [...large, [`${small.length} more`, rest] as const, ['all', total] as const].map(
    ([name, size]) =>
      `| ${name} | ${Math.round(size / 1000).toLocaleString('en')} | ${(100 * (size / total)).toFixed(1)} % |`
  );
  return `| package | kB | share |\n| --- | --: | --: |\n${lines.join('\n')}\n`;
}
