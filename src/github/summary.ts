/** The job summary. Everything from outside is escaped: it cannot add markup, a mention or a line of Markdown. */

import type { Outcome } from '../encryption/model.ts';
import { nextSteps } from '../reporting/next-steps.ts';
import { collectNotes, type Note } from '../reporting/notes.ts';
import { formatCounts, type Tally, tallyResults, worstFirst } from '../reporting/tally.ts';
import { appendToFile } from './files.ts';
import { byteLength, code, prose, renderWithin } from './markup.ts';
import { ICONS, renderTable, type SummaryRow } from './summary-table.ts';
import { type Env, runLink } from './workflow-run.ts';

/** The content of the summary. */
export interface Summary {
  /** The request as text; null if the inputs are invalid. */
  readonly request: string | null;
  /** In the order of selection. */
  readonly rows: readonly SummaryRow[];
  /** The outcome of the run if it ended before its streams did; otherwise null. */
  readonly runOutcome: Outcome | null;
  /** What is wrong with the inputs, or with the run as a whole; or why the selection matches no stream. */
  readonly errors: readonly string[];
  /** The file with all results; null if none was written. */
  readonly reportPath: string | null;
}

/** GitHub rejects a summary of more than 1 MiB. */
const MAX_BYTES = 1_000_000;
/** The share of it that the errors, the notes and the next steps may each use. The table uses the rest. */
const LIST_SHARE = 0.15;
/** How many streams a note names. */
const MAX_NAMES = 3;

/** Writes the job summary if the runner supports it. */
export function writeSummary(content: Summary, env: Env): void {
  if (env.GITHUB_STEP_SUMMARY) appendToFile(env.GITHUB_STEP_SUMMARY, `${renderSummary(content, env)}\n`);
}

/**
 * Renders the summary as HTML of at most `maxBytes`. The worst streams come first, and those that do not fit are counted.
 * The HTML has no empty line, because GitHub would read Markdown after it, and words that GitHub could turn into a link
 * or a mention are in `<code>`.
 */
export function renderSummary(content: Summary, env: Env, maxBytes = MAX_BYTES): string {
  const { request, rows, runOutcome, errors, reportPath } = content;
  const tally = tallyResults(
    rows.map(({ result }) => result),
    runOutcome
  );
  const orderedRows = worstFirst(rows, ({ result }) => result.outcome);
  const notes = collectNotes(orderedRows.map(({ result }) => result));
  const maxListBytes = maxBytes * LIST_SHARE;
  const aboveTable = [
    `<h3>${ICONS[tally.outcome]} Stream encryption: ${formatVerdict(tally, runOutcome)}</h3>`,
    ...(request === null ? [] : [`<p>${prose(request)}</p>`]),
    ...renderList(renderItems(maxListBytes, errors, prose))
  ];
  const belowTable = [
    ...renderList([
      ...renderItems(maxListBytes, notes, renderNote),
      ...renderItems(maxListBytes, nextSteps(rows), prose)
    ]),
    `<p><sub>Run ${runLink(env)}, triggered by ${code(env.GITHUB_EVENT_NAME ?? 'unknown')}</sub></p>`
  ];
  const maxTableBytes = maxBytes - byteLength(aboveTable) - byteLength(belowTable);
  return [...aboveTable, ...renderTable(orderedRows, maxTableBytes, reportPath), ...belowTable].join('\n');
}

function formatVerdict({ outcome, counts }: Tally, runOutcome: Outcome | null): string {
  if (counts.total === 0 || (counts.total === 1 && runOutcome === null)) return outcome;
  return runOutcome === null ? formatCounts(counts) : `${runOutcome}; ${formatCounts(counts)}`;
}

function renderList(items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['<ul>', ...items, '</ul>'];
}

/** Renders list items, as many as fit into `maxBytes`, and one that counts the others. */
function renderItems<Item>(maxBytes: number, items: readonly Item[], render: (item: Item) => string): string[] {
  const rendered = renderWithin(maxBytes, items, (item) => `<li>${render(item)}</li>`);
  const omitted = items.length - rendered.length;
  return omitted === 0 ? rendered : [...rendered, `<li>… and ${omitted} more in the log.</li>`];
}

/** A note, preceded by the stream's name, or by the number of streams and the first names. */
function renderNote({ text, streamNames }: Note): string {
  if (streamNames.length === 0) return prose(text);
  const names = streamNames.slice(0, MAX_NAMES).map(code).join(', ');
  const more = streamNames.length > MAX_NAMES ? ', …' : '';
  const subject = streamNames.length === 1 ? names : `${streamNames.length} streams (${names}${more})`;
  return `${subject}: ${prose(text)}`;
}
