/** The job summary. Everything from outside is escaped: it can make neither markup, nor a mention, nor a line of Markdown. */

import { summary } from '@actions/core';
import { endedWell, type KeyToSet, type Outcome, type ReportedKey, type Result } from '../encryption/model.ts';
import { countsOf, worstOutcome } from '../encryption/tally.ts';
import { keyInWords } from '../encryption/words.ts';
import { plain } from './log.ts';

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
 * The summary as HTML. It has no empty line, after which GitHub would read Markdown again, and a word that GitHub could
 * make a link or a mention of stands in `<code>`, where it does not.
 */
export function summaryOf({ request, rows, faults }: Report, env: Env): string {
  const results = rows.map(({ result }) => result);
  return [
    `<h3>${ICONS[worstOutcome(results)]} Stream encryption: ${verdict(results)}</h3>`,
    ...(request === null ? [] : [`<p>${prose(request)}</p>`]),
    ...list(faults.map(prose)),
    ...(rows.length === 0 ? [] : [table(rows)]),
    ...list(
      rows.flatMap((row) =>
        notesOn(row).map((note) => (rows.length === 1 ? note : `${code(row.result.name)}: ${note}`))
      )
    ),
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
    `${result.durationSeconds.toFixed(2)}&nbsp;s`
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** Key before → key now; of a change that is not proved, the key now → the key that was asked for. */
function keys(result: Result): string {
  const { outcome, encrypted, key, previousKey, changedTo } = result;
  const now = encrypted === 'false' ? 'not encrypted' : key === null ? 'unknown' : shortKey(key, result);
  if (changedTo !== null && !PROVED.has(outcome)) return `${now}<br>→ ${shortKey(changedTo, result)}, not proved`;
  const before = outcome === 'enabled' ? 'not encrypted' : previousKey === null ? now : shortKey(previousKey, result);
  return before === now ? now : `${before}<br>→ ${now}`;
}

const PROVED: ReadonlySet<Outcome> = new Set(['enabled', 'rekeyed']);

/** A key of the stream's own account and region is known by its id, which leaves the other columns room. */
function shortKey(key: ReportedKey | KeyToSet, { arn, region }: Result): string {
  if (key.id === '') return keyInWords(key);
  const [, partition, , , account] = arn?.split(':') ?? [];
  const home = `arn:${partition}:kms:${region}:${account}:key/`;
  return code(key.id.startsWith(home) ? key.id.slice(home.length) : key.id);
}

function notesOn({ result, aftercare }: SummaryRow): string[] {
  const notes = result.outcome === 'planned' || !endedWell(result) ? [result.message] : [];
  return [...notes, ...result.warnings, ...aftercare].map(prose);
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

/**
 * Text in which each word that is a name, or that GitHub would link, stands as code: what holds one of @ # : / _, a commit,
 * and the likes of GH-1, as a repository may link any such prefix.
 */
function prose(text: string): string {
  return plain(text)
    .split(WORD)
    .map((part) => {
      const [, word = '', end = ''] = /^(.*?)([.:!?…]*)$/.exec(part) ?? [];
      return NAME.test(word) ? `<code>${entities(word)}</code>${entities(end)}` : entities(part);
    })
    .join('');
}

const WORD = /([^\s()",;'<>]+)/;
const NAME = /[@#:/_]|^www\.|(?<![\w-])[a-z]+-\d|\b[0-9a-f]{7,}\b/i;

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
  return entities(plain(text));
}

function entities(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
