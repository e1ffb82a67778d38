/** The job summary. Everything from outside is escaped: it can make neither markup, nor a mention, nor a line of Markdown. */

import { summary } from '@actions/core';
import { endedWell, type Outcome, type Result } from '../encryption/model.ts';
import { keyInWords } from '../encryption/words.ts';
import { plain } from './log.ts';
import { countsOf, worstOutcome } from './outputs.ts';

/** A result with what only the summary tells. */
export interface SummaryRow {
  readonly result: Result;
  readonly consoleUrl: string;
  /** What must be seen to after the change. */
  readonly aftercare: readonly string[];
}

/** What the summary tells. */
export interface Report {
  /** The request in words; null where the inputs are none. */
  readonly request: string | null;
  readonly rows: readonly SummaryRow[];
  /** What is wrong with the inputs, or with the run as a whole. */
  readonly faults: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** Writes the job summary where there is one to write to. */
export async function writeSummary(report: Report, env: Env): Promise<void> {
  if (env.GITHUB_STEP_SUMMARY) await summary.addRaw(summaryOf(report, env), true).write();
}

/**
 * The summary as HTML. It has no empty line, after which GitHub would read Markdown again, and what comes from outside
 * stands in `<code>`, where GitHub makes no links and mentions of it.
 */
export function summaryOf({ request, rows, faults }: Report, env: Env): string {
  const results = rows.map(({ result }) => result);
  const notes = rows.flatMap(notesOn);
  return [
    `<h3>${ICONS[worstOutcome(results)]} Stream encryption: ${verdict(results)}</h3>`,
    ...(request === null ? [] : [`<p>${code(request)}</p>`]),
    ...list(faults.map(code)),
    ...(rows.length === 0 ? [] : [table(rows)]),
    ...list(notes),
    `<p><sub>${origin(env)}</sub></p>`
  ].join('\n');
}

const ICONS: Readonly<Record<Outcome, string>> = {
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

function verdict(results: readonly Result[]): string {
  const [only] = results;
  if (only === undefined) return 'failed';
  if (results.length === 1) return only.outcome;
  const counts = countsOf(results);
  return Object.entries(counts)
    .filter(([outcome]) => outcome !== 'total')
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
}

function table(rows: readonly SummaryRow[]): string {
  const head = ['Outcome', 'Stream', 'Key before → key now', 'Time'].map((title) => `<th>${title}</th>`).join('');
  return `<table>\n<tr>${head}</tr>\n${rows.map(row).join('\n')}\n</table>`;
}

function row({ result, consoleUrl }: SummaryRow): string {
  const cells = [
    `${ICONS[result.outcome]} ${result.outcome}`,
    `<a href="${escaped(consoleUrl)}">${code(result.name)}</a> <sub>${result.kind}</sub>`,
    keys(result),
    `${result.durationSeconds.toFixed(2)} s`
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function keys({ outcome, encrypted, key, previousKey }: Result): string {
  const now = encrypted === 'false' ? 'not encrypted' : key === null ? 'unknown' : code(keyInWords(key));
  const before =
    previousKey === null ? (outcome === 'enabled' ? 'not encrypted' : null) : code(keyInWords(previousKey));
  return before === null || before === now ? now : `${before}<br>→ ${now}`;
}

function notesOn({ result, aftercare }: SummaryRow): string[] {
  const notes = result.outcome === 'planned' || !endedWell(result.outcome) ? [result.message] : [];
  return [...notes, ...result.warnings, ...aftercare].map((note) => `${code(result.name)}: ${code(note)}`);
}

function list(items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['<ul>', ...items.map((item) => `<li>${item}</li>`), '</ul>'];
}

/** Which event and workflow run this is. */
function origin(env: Env): string {
  const run = `${env.GITHUB_WORKFLOW ?? 'workflow'} #${env.GITHUB_RUN_NUMBER ?? '?'}`;
  const url = `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`;
  const link = env.GITHUB_RUN_ID ? `<a href="${escaped(url)}">${code(run)}</a>` : code(run);
  return `Run ${link}, started by ${code(env.GITHUB_EVENT_NAME ?? 'hand')}`;
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
};

function escaped(text: string): string {
  return plain(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
