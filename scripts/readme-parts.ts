/**
 * `npm run docs`: writes into README.md what is kept elsewhere, between `<!-- made from … -->` and `<!-- end -->`: the inputs
 * and outputs of action.yml as tables, and the policies of docs/iam.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { markdownTable } from 'markdown-table';
import { parse } from 'yaml';

interface Described {
  readonly description: string;
  readonly default?: string;
}

const PART = /<!-- made from ([^\n]+) -->\n.*?<!-- end -->/gs;

/** The README with each of its parts made anew. Throws where one is made from a file that there is not. */
export function withParts(readme: string): string {
  return readme.replaceAll(
    PART,
    (_, source: string) => `<!-- made from ${source} -->\n\n${partFrom(source)}\n\n<!-- end -->`
  );
}

function partFrom(source: string): string {
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

/** A row for each of what the first column names, in the order of action.yml. */
function table(columns: readonly ['input' | 'output', ...string[]], cells: (one: Described) => string[]): string {
  const action: Readonly<Record<string, Readonly<Record<string, Described>>>> = parse(
    readFileSync('action.yml', 'utf8')
  );
  const rows = Object.entries(action[`${columns[0]}s`] ?? {}).map(([name, one]) => [`\`${name}\``, ...cells(one)]);
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  return markdownTable([columns, ...escaped], { alignDelimiters: false });
}

if (import.meta.main) writeFileSync('README.md', withParts(readFileSync('README.md', 'utf8')));
