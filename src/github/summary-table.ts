/** The table of the job summary, with a row per stream. */

import { arnScope, kmsArn } from '../encryption/arn.ts';
import { formatKey, formatUtc } from '../encryption/format.ts';
import {
  endedWell,
  type Mode,
  type Outcome,
  PROVED,
  type ReportedKey,
  type Result,
  type TargetKey
} from '../encryption/model.ts';
import { consoleUrl } from '../reporting/console-link.ts';
import type { EndedStream } from '../reporting/ended-run.ts';
import { ICONS } from '../reporting/format-result.ts';
import { isTargetInForce, previousKeyNeed } from '../reporting/next-steps.ts';
import { countOutcomes, formatCounts } from '../reporting/tally.ts';
import { byteLength, code, link, prose, renderWithin } from './markup.ts';

/** A stream's row. */
export interface SummaryRow extends EndedStream {
  /** Refers to the cause above the table, such as `cause 2`; empty if there is only one. */
  readonly causeLabel: string;
}

export interface TableOptions {
  readonly mode: Mode | null;
  readonly maxBytes: number;
  /** The file with all results; null if none was written. */
  readonly reportPath: string | null;
}

/** A column of the table. `cell` returns HTML. */
interface Column {
  readonly title: string;
  readonly cell: (row: SummaryRow) => string;
  readonly nowrap?: true;
}

const OUTCOME: Column = {
  title: 'Outcome',
  cell({ result: { outcome }, causeLabel }) {
    return `${ICONS[outcome]} ${outcome}${causeLabel === '' ? '' : `<br><sub>${causeLabel}</sub>`}`;
  }
};

const STREAM: Column = {
  title: 'Stream',
  cell({ result }) {
    const name = code(result.name);
    const url = consoleUrl(result);
    return `${url === null ? name : link(url, name)} <sub>${result.kind}</sub>`;
  }
};

const KEY_COLUMNS: Readonly<Record<Mode, Column>> = {
  encrypt: { title: 'Key before → key now', cell: ({ result }) => formatKeys(result) + formatBriefReason(result) },
  plan: { title: 'Key now → planned key', cell: ({ result }) => formatKeys(result) + formatBriefReason(result) },
  check: { title: 'Key', cell: ({ result }) => formatKeyNow(result) + formatBriefReason(result) }
};

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

/** How many rows that ended well are shown unfolded. */
const MAX_UNFOLDED = 20;

/**
 * Renders the first rows, as many as fit into `maxBytes`, and a line that counts the others and refers to the report. Those
 * that ended well come last, and are folded if they are many. With several streams, the table also shows until when the previous key of each is
 * needed; for a single stream the list below the table shows it.
 */
export function renderTable(rows: readonly SummaryRow[], { mode, maxBytes, reportPath }: TableOptions): string[] {
  if (rows.length === 0) return [];
  const keep = rows.length > 1 && rows.some(previousKeyNeed) ? [KEEP_PREVIOUS_KEY] : [];
  const columns = [OUTCOME, STREAM, KEY_COLUMNS[mode ?? 'encrypt'], ...keep, TIME];
  const head = `<tr>${columns.map(({ title }) => `<th>${title}</th>`).join('')}</tr>`;
  const renderRow = (row: SummaryRow) =>
    `<tr>${columns.map(({ cell, nowrap }) => `<td${nowrap ? ' nowrap' : ''}>${cell(row)}</td>`).join('')}</tr>`;
  const table = (lines: readonly string[]) => (lines.length === 0 ? [] : ['<table>', head, ...lines, '</table>']);
  const omittedLine = (omitted: readonly SummaryRow[]) => renderOmitted(omitted, rows.length, reportPath);

  const well = rows.filter(({ result }) => endedWell(result));
  const ordered = [...rows.filter(({ result }) => !endedWell(result)), ...well];
  const wellFrom = ordered.length - well.length;
  const isFolded = well.length > MAX_UNFOLDED;
  // The lines that count rows are longest if they count all of them.
  const frame = [...table(['']), ...(isFolded ? fold(rows, table([''])) : []), omittedLine(rows)];
  const lines = renderWithin(maxBytes - byteLength(frame), ordered, renderRow);
  const omitted = ordered.slice(lines.length);
  const footer = omitted.length === 0 ? [] : [omittedLine(omitted)];
  if (!isFolded) return [...table(lines), ...footer];
  const folded = fold(ordered.slice(wellFrom, lines.length), table(lines.slice(wellFrom)));
  return [...table(lines.slice(0, wellFrom)), ...folded, ...footer];
}

/** Nothing if no row is left to fold. */
function fold(rows: readonly SummaryRow[], table: readonly string[]): string[] {
  if (rows.length === 0) return [];
  return [
    `<details><summary>${rows.length} streams that ended well: ${formatOutcomes(rows)}</summary>`,
    ...table,
    '</details>'
  ];
}

function renderOmitted(omitted: readonly SummaryRow[], total: number, reportPath: string | null): string {
  const hint =
    reportPath === null
      ? `Set ${code('report-path')} to write all streams to a file.`
      : `All streams are in ${code(reportPath)}.`;
  return `<p>Omitted for space: ${omitted.length} of ${total} streams (${formatOutcomes(omitted)}). ${hint}</p>`;
}

function formatOutcomes(rows: readonly SummaryRow[]): string {
  return formatCounts(countOutcomes(rows.map(({ result }) => result)));
}

/** Key before → key now. If a change is planned, or was sent and is not proved: key now → target key. */
function formatKeys(result: Result): string {
  const { outcome, changed, inFlight, previousKey, previouslyEncrypted, target } = result;
  const now = formatKeyNow(result);
  const isInForce = PROVED.has(outcome) || (!inFlight && isTargetInForce(result));
  if (target !== null && !isInForce) {
    return `${now}<br>→ ${formatShortKey(target, result)}, ${changed ? 'not proved' : 'planned'}`;
  }
  if (!changed && previousKey === null) return now;
  const before = formatState(previouslyEncrypted, previousKey, result);
  return before === now ? now : `${before}<br>→ ${now}`;
}

function formatKeyNow(result: Result): string {
  return formatState(result.encrypted, result.key, result);
}

function formatState(encrypted: Result['encrypted'], key: ReportedKey | null, result: Result): string {
  if (encrypted === 'false') return 'not encrypted';
  return key === null ? 'unknown' : formatShortKey(key, result);
}

/** A key in the stream's own account and region is shown by its id alone, which keeps the column narrow. */
function formatShortKey(key: ReportedKey | TargetKey, { arn, region }: Result): string {
  if (key.id === '') return formatKey(key);
  const prefix = kmsArn({ ...arnScope(arn ?? ''), region }, 'key/');
  return code(key.id.startsWith(prefix) ? key.id.slice(prefix.length) : key.id);
}

/** Outcomes whose rows say why. Streams with other outcomes match the request, or the causes above the table say why not. */
const EXPLAINED: ReadonlySet<Outcome> = new Set(['skipped', 'planned', 'not-applicable']);
const MAX_REASON_CHARACTERS = 300;

/** Nothing if the key column already says so. */
function formatBriefReason(result: Result): string {
  const { outcome, cause } = result;
  if (!EXPLAINED.has(outcome) || cause === formatKeyNow(result)) return '';
  const isLong = cause.length > MAX_REASON_CHARACTERS;
  return `<br><sub>${prose(isLong ? `${cause.slice(0, MAX_REASON_CHARACTERS)}…` : cause)}</sub>`;
}
