/** The table of the job summary, with a row per stream. */

import { arnScope, kmsArn } from '../encryption/arn.ts';
import { formatKey, formatUtc } from '../encryption/format.ts';
import { endedWell, type Outcome, PROVED, type ReportedKey, type Result, type TargetKey } from '../encryption/model.ts';
import type { EndedStream } from '../reporting/ended-run.ts';
import { previousKeyNeed } from '../reporting/next-steps.ts';
import { countOutcomes, formatCounts } from '../reporting/tally.ts';
import { byteLength, code, link, prose, renderWithin } from './markup.ts';

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

/** A column of the table. `cell` returns HTML. */
interface Column {
  readonly title: string;
  readonly cell: (row: SummaryRow) => string;
  readonly nowrap?: true;
}

const OUTCOME: Column = { title: 'Outcome', cell: ({ result: { outcome } }) => `${ICONS[outcome]} ${outcome}` };

const STREAM: Column = {
  title: 'Stream',
  cell: ({ result, consoleUrl }) => `${link(consoleUrl, code(result.name))} <sub>${result.kind}</sub>`
};

const KEYS: Column = { title: 'Key before → key now', cell: ({ result }) => formatKeys(result) };

/** Two lines high like the keys, so that it stays narrow. */
const KEEP_PREVIOUS_KEY: Column = {
  title: 'Keep previous<br>key until',
  nowrap: true,
  cell: (row) => {
    const need = previousKeyNeed(row);
    return need === null ? '' : formatUtc(need.until).replace(' ', '<br>').replace(' ', '&nbsp;');
  }
};

const TIME: Column = { title: 'Time', cell: ({ result }) => `${result.durationSeconds.toFixed(2)}&nbsp;s` };

/**
 * Renders the first rows, as many as fit into `maxBytes`, and a line that counts the others and refers to the report.
 * With several streams, the table also shows why a stream ended badly and until when its previous key is needed. For a
 * single stream the notes below the table show both.
 */
export function renderTable(rows: readonly SummaryRow[], maxBytes: number, reportPath: string | null): string[] {
  if (rows.length === 0) return [];
  const hasSeveral = rows.length > 1;
  const keep = hasSeveral && rows.some(previousKeyNeed) ? [KEEP_PREVIOUS_KEY] : [];
  const columns = [OUTCOME, STREAM, KEYS, ...keep, TIME];
  const head = `<tr>${columns.map(({ title }) => `<th>${title}</th>`).join('')}</tr>`;
  const renderRow = (row: SummaryRow) => {
    const cells = columns.map(({ cell, nowrap }) => `<td${nowrap ? ' nowrap' : ''}>${cell(row)}</td>`).join('');
    return `<tr>${cells}</tr>${hasSeveral ? renderReason(row, columns.length) : ''}`;
  };
  // The line about omitted rows is longest if it counts all of them.
  const frame = ['<table>', head, '</table>', renderOmitted(rows, rows.length, reportPath)];
  const lines = renderWithin(maxBytes - byteLength(frame), rows, renderRow);
  const omitted = rows.slice(lines.length);
  const footer = omitted.length === 0 ? [] : [renderOmitted(omitted, rows.length, reportPath)];
  return ['<table>', head, ...lines, '</table>', ...footer];
}

/** Without a fixed width, a long message would widen its cell and narrow the column of keys. */
function renderReason({ result }: SummaryRow, columnCount: number): string {
  if (endedWell(result)) return '';
  return `\n<tr><td colspan="${columnCount}" width="640">${prose(result.message)}</td></tr>`;
}

function renderOmitted(omitted: readonly SummaryRow[], total: number, reportPath: string | null): string {
  const counts = formatCounts(countOutcomes(omitted.map(({ result }) => result)));
  const hint =
    reportPath === null
      ? `Set ${code('report-path')} to write all streams to a file.`
      : `All streams are in ${code(reportPath)}.`;
  return `<p>Omitted for space: ${omitted.length} of ${total} streams (${counts}). ${hint}</p>`;
}

/** Key before → key now. If a change was sent and is not proved: key now → target key. */
function formatKeys(result: Result): string {
  const { outcome, encrypted, key, previousKey, target } = result;
  const now = encrypted === 'false' ? 'not encrypted' : key === null ? 'unknown' : formatShortKey(key, result);
  if (target !== null && !PROVED.has(outcome)) return `${now}<br>→ ${formatShortKey(target, result)}, not proved`;
  if (outcome === 'enabled') return `not encrypted<br>→ ${now}`;
  const before = previousKey === null ? now : formatShortKey(previousKey, result);
  return before === now ? now : `${before}<br>→ ${now}`;
}

/** A key in the stream's own account and region is shown by its id alone, which keeps the column narrow. */
function formatShortKey(key: ReportedKey | TargetKey, { arn, region }: Result): string {
  if (key.id === '') return formatKey(key);
  const prefix = kmsArn({ ...arnScope(arn ?? ''), region }, 'key/');
  return code(key.id.startsWith(prefix) ? key.id.slice(prefix.length) : key.id);
}
