/**
 * `npm run docs`: regenerates the parts of the documentation between `<!-- made from … -->` and `<!-- end -->`: the tables of
 * inputs and outputs from action.yml, the IAM policies from docs/iam, and the tables of errors from the sources.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { markdownTable } from 'markdown-table';
import { parse } from 'yaml';
import { TROUBLESHOOTING_PARTS } from './troubleshooting-parts.ts';

interface Entry {
  readonly description: string;
  readonly default?: string;
}

/** The files with generated parts. */
export const FILES = ['README.md', 'docs/permissions.md', 'docs/troubleshooting.md'];

const PART = /<!-- made from ([^\n]+) -->\n.*?<!-- end -->/gs;

/** Returns the document with its generated parts replaced. Throws if a source file does not exist. */
export function withParts(document: string): string {
  return document.replaceAll(
    PART,
    (_, source: string) => `<!-- made from ${source} -->\n\n${partFrom(source)}\n\n<!-- end -->`
  );
}

function partFrom(source: string): string {
  const troubleshooting = TROUBLESHOOTING_PARTS.get(source);
  if (troubleshooting !== undefined) {
    const { head, rows } = troubleshooting();
    return toMarkdown(head, rows);
  }
  switch (source) {
    case 'action.yml: inputs':
      return table(['input', 'default', 'meaning'], ({ default: value, description }) => [
        value === undefined ? '–' : `\`${value}\``,
        description
      ]);
    case 'action.yml: outputs':
      return table(['output', 'value'], ({ description }) => [description]);
    default:
      return `\`\`\`json\n${readFileSync(source, 'utf8').trimEnd()}\n\`\`\``;
  }
}

/** Builds a table with one row per input or output, in the order of action.yml. */
function table(columns: readonly ['input' | 'output', ...string[]], cells: (entry: Entry) => string[]): string {
  const action: Readonly<Record<string, Readonly<Record<string, Entry>>>> = parse(readFileSync('action.yml', 'utf8'));
  const rows = Object.entries(action[`${columns[0]}s`] ?? {}).map(([name, entry]) => [`\`${name}\``, ...cells(entry)]);
  return toMarkdown(columns, rows);
}

function toMarkdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  return markdownTable([[...head], ...escaped], { alignDelimiters: false });
}

if (import.meta.main) {
  for (const file of FILES) writeFileSync(file, withParts(readFileSync(file, 'utf8')));
}
