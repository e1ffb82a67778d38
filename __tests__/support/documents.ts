/** Reads parts of the documentation. */

import { readFileSync } from 'node:fs';

export function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Returns the section of a document below a heading, including subsections. Throws if the heading does not exist. */
export function section(file: string, heading: string): string {
  const [, marks, text] = new RegExp(`^(##+) ${heading}\n(.*)`, 'ms').exec(read(file)) ?? [];
  if (marks === undefined || text === undefined) throw new Error(`${file} has no heading "${heading}"`);
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

export interface CodeBlock {
  /** The heading above it. */
  readonly heading: string;
  readonly code: string;
}

/** Returns the code blocks of a document in this language. */
export function codeBlocks(file: string, language: string): CodeBlock[] {
  let heading = '';
  return [...read(file).matchAll(/^#+ ([^\n]+)$|^```(\w+)\n(.*?)^```$/gms)].flatMap(([, title, given, code]) => {
    if (title !== undefined) heading = title;
    return given === language && code !== undefined ? [{ heading, code }] : [];
  });
}
