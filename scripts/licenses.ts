/** The licences of the packages whose code is in the bundle. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Input, packageFolder } from './bundle.ts';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The text of licenses.txt: each licence once, below the packages that are under it. */
export function licensesOf(inputs: readonly Input[]): string {
  const folders = new Set(inputs.flatMap(({ path }) => packageFolder(path) ?? []));
  const packages = [...folders].sort().map((folder) => ({ title: titleOf(folder), text: textOf(folder) }));
  const sections = [...Map.groupBy(packages, ({ text }) => text)].map(
    ([text, under]) => `${under.map(({ title }) => title).join('\n')}\n\n${text}\n`
  );
  return sections.join(`\n${'-'.repeat(80)}\n\n`);
}

function titleOf(folder: string): string {
  const { name, version, license }: Package = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${name} ${version} (${license})`;
}

function textOf(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.(md|txt))?$/i.test(name));
  if (file === undefined) return 'The package names its licence, and brings no text of it.';
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}
