/** The README as its tests read it. */

import { readFileSync } from 'node:fs';

export const README = readFileSync('README.md', 'utf8');

/** What stands below a heading, parts of a lower level included. Throws where there is none. */
export function section(heading: string): string {
  const [, marks, text] = new RegExp(`^(##+) ${heading}\n(.*)`, 'ms').exec(README) ?? [];
  if (marks === undefined || text === undefined) throw new Error(`README.md has no heading "${heading}"`);
  return text.split(new RegExp(`^#{2,${marks.length}} `, 'm'), 1).join('');
}

/** What the first column of a text's tables has as code. */
export function firstColumn(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ', 1).join(''))
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));
}
