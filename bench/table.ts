/** Tables and aims, as Markdown. */

/** A column: its heading, to which side its cells go, and what stands in the cell of each row. */
export interface Column<Row> {
  readonly head: string;
  /** Left if left out, as for words. */
  readonly align?: 'right';
  readonly cell: (row: Row) => string;
}

export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const heads = columns.map(({ head }) => head);
  const rules = columns.map(({ align }) => (align === 'right' ? '--:' : '---'));
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  return [heads, rules, ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** A figure that has an aim stands out where it misses it. */
export function aimed(figure: string, isMet: boolean): string {
  return isMet ? figure : `**${figure}**`;
}

export function metOrMissed(isMet: boolean): string {
  return isMet ? 'met' : '**missed**';
}
