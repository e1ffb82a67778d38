/** Reads parts of the README. */

import { readFileSync } from 'node:fs';

export const README = readFileSync('README.md', 'utf8');

/** Returns the section below a heading, including subsections. Throws if the heading does not exist. */
export function section(heading: string): string {
  const [, marks, text] = new RegExp(`^(##+) ${heading}\n(.*)`, 'ms').exec(README) ?? [];
  if (marks === undefined || text === undefined) throw new Error(`README.md has no heading "${heading}"`);
  return text.split(new RegExp(`^#{2,${marks.length}} `, 'm'), 1).join('');
}

/** Returns the code spans in the first column of the tables in a text. */
export function firstColumn(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ', 1).join(''))
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));
}
