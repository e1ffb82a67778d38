/** The job summary. Everything from outside is escaped: it can make neither markup, nor a mention, nor a line of Markdown. */

import { summary } from '@actions/core';
import type { Outcome } from '../encryption/model.ts';
import { aftercare } from '../reporting/aftercare.ts';
import { formatCounts, type Tally, tallyOf, worstFirst } from '../reporting/tally.ts';
import { bytesOf, code, fitting, prose } from './markup.ts';
import { remarkInHtml, remarksOn } from './remarks.ts';
import { type Env, runLink } from './run.ts';
import { ICONS, type SummaryRow, table } from './table.ts';

/** What the summary tells. */
export interface Summary {
  /** The request in words; null where the inputs are none. */
  readonly request: string | null;
  /** A row a stream, in the order of selection. */
  readonly rows: readonly SummaryRow[];
  /** How the run as a whole ended, where it did not get to all of its streams; else null. */
  readonly runOutcome: Outcome | null;
  /** What is wrong with the inputs, or with the run as a whole. */
  readonly errors: readonly string[];
  /** The file that holds all results; null where none was written. */
  readonly reportPath: string | null;
}

/** GitHub refuses a summary of more than 1 MiB as a whole. */
const MOST_BYTES = 1_000_000;
/** How much of it the errors, the remarks and the aftercare may take each; what they leave is the table's. */
const SHARE_OF_A_PART = 0.15;

/** Writes the job summary where there is one to write to. */
export async function writeSummary(content: Summary, env: Env): Promise<void> {
  if (env.GITHUB_STEP_SUMMARY) await summary.addRaw(renderSummary(content, env), true).write();
}

/**
 * The summary as HTML, in at most so many bytes however many streams there are: the worst come first, and those that find
 * no room are counted. It has no empty line, after which GitHub would read Markdown again, and a word that GitHub could
 * make a link or a mention of stands in `<code>`, where it does not.
 */
export function renderSummary(content: Summary, env: Env, maxBytes = MOST_BYTES): string {
  const { request, rows, runOutcome, errors, reportPath } = content;
  const tally = tallyOf(
    rows.map(({ result }) => result),
    runOutcome
  );
  const ordered = worstFirst(rows, ({ result }) => result.outcome);
  const remarks = remarksOn(ordered.map(({ result }) => result));
  const mostOfAPart = maxBytes * SHARE_OF_A_PART;
  const above = [
    `<h3>${ICONS[tally.outcome]} Stream encryption: ${verdict(tally, runOutcome)}</h3>`,
    ...(request === null ? [] : [`<p>${prose(request)}</p>`]),
    ...list(within(mostOfAPart, errors, prose))
  ];
  const below = [
    ...list([...within(mostOfAPart, remarks, remarkInHtml), ...within(mostOfAPart, aftercare(rows), prose)]),
    `<p><sub>${origin(env)}</sub></p>`
  ];
  const room = maxBytes - bytesOf(above) - bytesOf(below);
  return [...above, ...table(ordered, room, reportPath), ...below].join('\n');
}

function verdict({ outcome, counts }: Tally, runOutcome: Outcome | null): string {
  if (counts.total === 0 || (counts.total === 1 && runOutcome === null)) return outcome;
  return runOutcome === null ? formatCounts(counts) : `${runOutcome}; ${formatCounts(counts)}`;
}

function list(items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['<ul>', ...items, '</ul>'];
}

/** Items of a list, as many as fit into so many bytes, and how many more there are. */
function within<Item>(bytes: number, items: readonly Item[], write: (item: Item) => string): string[] {
  const told = fitting(items, (item) => `<li>${write(item)}</li>`, bytes);
  const more = items.length - told.length;
  return more === 0 ? told : [...told, `<li>… and ${more} more, which the log tells.</li>`];
}

/** Which event and workflow run this is. */
function origin(env: Env): string {
  return `Run ${runLink(env)}, started by ${code(env.GITHUB_EVENT_NAME ?? 'hand')}`;
}
