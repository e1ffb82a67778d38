/** The summary's table: a row a stream. */

import { formatKey, formatUtc } from '../encryption/format.ts';
import { endedWell, type Outcome, PROVED, type ReportedKey, type Result, type TargetKey } from '../encryption/model.ts';
import { previousKeyNeed } from '../reporting/aftercare.ts';
import type { EndedStream } from '../reporting/ended-run.ts';
import { countOutcomes, formatCounts } from '../reporting/tally.ts';
import { bytesOf, code, fitting, link, prose } from './markup.ts';

/** A stream's row. */
export interface SummaryRow extends EndedStream {
  readonly consoleUrl: string;
}

export const ICONS: Readonly<Record<Outcome, string>> = {
  failed: '❌',
  'timed-out': '⌛',
  cancelled: '🛑',
  'non-compliant': '❌',
  'not-applicable': '⚠️',
  skipped: '⏭️',
  planned: '📝',
  started: '🚀',
  rekeyed: '🔑',
  enabled: '🔒',
  unchanged: '✅',
  compliant: '✅'
};

/** What a column shows of a stream, as HTML. */
interface Column {
  readonly title: string;
  readonly cell: (row: SummaryRow) => string;
  /** Keeps a cell's text on its lines. */
  readonly nowrap?: true;
}

const OUTCOME: Column = { title: 'Outcome', cell: ({ result: { outcome } }) => `${ICONS[outcome]} ${outcome}` };

const STREAM: Column = {
  title: 'Stream',
  cell: ({ result, consoleUrl }) => `${link(consoleUrl, code(result.name))} <sub>${result.kind}</sub>`
};

const KEYS: Column = { title: 'Key before → key now', cell: ({ result }) => keys(result) };

/** In two lines, as the keys are, to leave these the room that they need. */
const KEEP: Column = {
  title: 'Keep old<br>key until',
  nowrap: true,
  cell: (row) => {
    const need = previousKeyNeed(row);
    return need === null ? '' : formatUtc(need.until).replace(' ', '<br>').replace(' ', '&nbsp;');
  }
};

const TIME: Column = { title: 'Time', cell: ({ result }) => `${result.durationSeconds.toFixed(2)}&nbsp;s` };

/**
 * The table, in at most so many bytes: the first rows, as many as fit, and a line that counts the rest and names the
 * report. Of several streams a row also tells why its stream did not end well, and until when to keep its old key: of one
 * stream the remarks and the aftercare tell that.
 */
export function table(rows: readonly SummaryRow[], bytes: number, reportPath: string | null): string[] {
  if (rows.length === 0) return [];
  const columns = [OUTCOME, STREAM, KEYS, ...(rows.length > 1 && rows.some(previousKeyNeed) ? [KEEP] : []), TIME];
  const head = `<tr>${columns.map(({ title }) => `<th>${title}</th>`).join('')}</tr>`;
  const written = (row: SummaryRow) => {
    const cells = columns.map(({ cell, nowrap }) => `<td${nowrap ? ' nowrap' : ''}>${cell(row)}</td>`).join('');
    return `<tr>${cells}</tr>${rows.length > 1 ? why(row, columns.length) : ''}`;
  };
  // The line takes the most room where it counts all rows.
  const frame = ['<table>', head, '</table>', leftOut(rows, rows, reportPath)];
  const lines = fitting(rows, written, bytes - bytesOf(frame));
  const rest = rows.slice(lines.length);
  return ['<table>', head, ...lines, '</table>', ...(rest.length === 0 ? [] : [leftOut(rest, rows, reportPath)])];
}

/** Without a width of its own a long text would take the room that the keys above need. */
function why({ result }: SummaryRow, columns: number): string {
  if (endedWell(result)) return '';
  return `\n<tr><td colspan="${columns}" width="640">${prose(result.message)}</td></tr>`;
}

function leftOut(rest: readonly SummaryRow[], rows: readonly SummaryRow[], reportPath: string | null): string {
  const counts = formatCounts(countOutcomes(rest.map(({ result }) => result)));
  const where =
    reportPath === null ? `Give ${code('report-path')} to have all in a file.` : `All are in ${code(reportPath)}.`;
  return `<p>For want of room ${rest.length} of ${rows.length} streams are left out here: ${counts}. ${where}</p>`;
}

/** Key before → key now; of a change that is not proved, the key now → the key that was asked for. */
function keys(result: Result): string {
  const { outcome, encrypted, key, previousKey, target } = result;
  const now = encrypted === 'false' ? 'not encrypted' : key === null ? 'unknown' : shortKey(key, result);
  if (target !== null && !PROVED.has(outcome)) return `${now}<br>→ ${shortKey(target, result)}, not proved`;
  const before = outcome === 'enabled' ? 'not encrypted' : previousKey === null ? now : shortKey(previousKey, result);
  return before === now ? now : `${before}<br>→ ${now}`;
}

/** A key of the stream's own account and region is known by its id, which leaves the other columns room. */
function shortKey(key: ReportedKey | TargetKey, { arn, region }: Result): string {
  if (key.id === '') return formatKey(key);
  const [, partition, , , account] = arn?.split(':') ?? [];
  const home = `arn:${partition}:kms:${region}:${account}:key/`;
  return code(key.id.startsWith(home) ? key.id.slice(home.length) : key.id);
}
