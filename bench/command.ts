/** What the benchmark commands share: options, output, tables. */

import { loadavg } from 'node:os';
import { markdownTable } from 'markdown-table';

/** Parses an option's value; throws unless it is a whole number of at least 1. */
export function wholeNumber(option: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${option} ${value}: must be a whole number of at least 1`);
}

/** Parses a comma-separated list of whole numbers. */
export function wholeNumbers(option: string, values: string): number[] {
  return values.split(',').map((value) => wholeNumber(option, value));
}

/** The machine's load average over the last minute. */
export function loadAverage(): string {
  return (loadavg()[0] ?? Number.NaN).toFixed(2);
}

/** Writes a result to stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes progress to stderr, so that it does not mix with the results. */
export function logProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Prints a Markdown table; the keys of the first row are its heads. Columns are right-aligned unless they hold text. */
export function printTable(rows: readonly Readonly<Record<string, string>>[], textColumns: readonly string[]): void {
  const heads = Object.keys(rows[0] ?? {});
  const align = heads.map((head) => (textColumns.includes(head) ? null : 'r'));
  const cells = rows.map((row) => heads.map((head) => row[head]));
  print(markdownTable([heads, ...cells], { align, alignDelimiters: false }));
}

/** Sets a figure in bold if it exceeds its limit. */
export function highlightMiss(figure: string, isMet: boolean): string {
  return isMet ? figure : `**${figure}**`;
}

export function metOrMissed(isMet: boolean): string {
  return isMet ? 'met' : '**missed**';
}
