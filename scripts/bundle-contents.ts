/** Prints the table of docs/bundle.md: what the bundle holds, by package and size. */

import { bundle, type Input, packageFolder } from './bundle.ts';

/** Packages below this share are counted together. */
const LEAST_SHARE = 0.005;

const { inputs } = await bundle('dist');
process.stdout.write(table(sizes(inputs)));

/** How much of each package is in the bundle, in bytes. */
function sizes(inputs: readonly Input[]): Map<string, number> {
  const bytes = new Map<string, number>();
  for (const input of inputs) {
    const name = packageFolder(input.path)?.replace(/^.*node_modules\//, '') ?? 'this project';
    bytes.set(name, (bytes.get(name) ?? 0) + input.bytes);
  }
  return bytes;
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
