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
  const texts = new Map<string, string>();
  const packages = [...folders].sort().map((folder) => {
    const { name, version, license } = packageIn(folder);
    const text = textIn(folder);
    if (text !== null && !texts.has(license)) texts.set(license, text);
    return { title: `${name} ${version} (${license})`, license, text };
  });
  // A package that brings no text of its licence stands below that of another one.
  const told = packages.map(({ title, license, text }) => ({ title, text: text ?? texts.get(license) ?? license }));
  const sections = [...Map.groupBy(told, ({ text }) => text)].map(
    ([text, under]) => `${under.map(({ title }) => title).join('\n')}\n\n${text}\n`
  );
  return sections.join(`\n${'-'.repeat(80)}\n\n`);
}

function packageIn(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function textIn(folder: string): string | null {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.(md|txt))?$/i.test(name));
  if (file === undefined) return null;
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}
