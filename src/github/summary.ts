/** The job summary. Everything from outside is escaped: it cannot add markup, a mention or a line of Markdown. */

import { formatList, formatRequest } from '../encryption/format.ts';
import { type Outcome, PROVED } from '../encryption/model.ts';
import { type Cause, formatReason, groupCauses, namesOf } from '../reporting/causes.ts';
import { accountsOf, type EndedRun } from '../reporting/ended-run.ts';
import { ICONS } from '../reporting/format-result.ts';
import { nextSteps } from '../reporting/next-steps.ts';
import { formatCounts, type Tally, tallyResults, worstFirst } from '../reporting/tally.ts';
import { appendToFile } from './files.ts';
import { byteLength, code, prose, renderWithin } from './markup.ts';
import { renderTable } from './summary-table.ts';
import { type Env, runLink } from './workflow-run.ts';

/** The content of the summary. */
export interface Summary {
  readonly run: EndedRun;
  /** The file with all results; null if none was written. */
  readonly reportPath: string | null;
}

/** GitHub rejects a summary of more than 1 MiB. */
const MAX_BYTES = 1_000_000;
/** The share of it that the causes may use, and that the errors, the warnings and the next steps may each use. */
const CAUSES_SHARE = 0.25;
const LIST_SHARE = 0.12;

/** Writes the job summary if the runner supports it. */
export function writeSummary(content: Summary, env: Env): void {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file?.trim()) appendToFile(file, `${renderSummary(content, env)}\n`);
}

/**
 * Renders the summary as HTML of at most `maxBytes`. The worst streams come first, and those that do not fit are counted.
 * The HTML has no empty line, because GitHub would read Markdown after it, and words that GitHub could turn into a link
 * or a mention are in `<code>`. Reasons are paragraphs, in which GitHub wraps long words; in a table it does not.
 */
export function renderSummary({ run, reportPath }: Summary, env: Env, maxBytes = MAX_BYTES): string {
  const { request, streams, runOutcome, errors, noStreams } = run;
  const results = streams.map(({ result }) => result);
  const tally = tallyResults(results, runOutcome);
  const causes = groupCauses(results);
  const reasons = labelled(causes.filter(({ level }) => level === 'error'));
  const warnings = causes.filter(({ level }) => level === 'warning');
  const maxListBytes = maxBytes * LIST_SHARE;
  const aboveTable = [
    `<h3>${ICONS[tally.outcome]} Stream encryption: ${formatVerdict(tally, runOutcome)}</h3>`,
    ...(request === null ? [] : [`<p>${prose(formatRequest(request))}</p>`]),
    ...renderPlace(run),
    ...renderList(renderElements('li', maxListBytes, [...errors, ...(noStreams === null ? [] : [noStreams])], prose)),
    ...renderElements('p', maxBytes * CAUSES_SHARE, reasons, ({ label, cause }) => {
      const title = label === '' ? '' : `<strong>${capitalize(label)}</strong>: `;
      return `${title}${renderCause(cause, results.length)}`;
    })
  ];
  const belowTable = [
    ...renderList([
      ...renderElements('li', maxListBytes, warnings, (warning) => renderCause(warning, results.length)),
      ...renderElements('li', maxListBytes, nextSteps(streams), prose)
    ]),
    ...renderProof(run),
    `<p><sub>Run ${runLink(env)}, triggered by ${code(env.GITHUB_EVENT_NAME ?? 'unknown')}</sub></p>`
  ];
  const labels = new Map(reasons.flatMap(({ label, cause }) => cause.streams.map((stream) => [stream, label])));
  const rows = worstFirst(streams, ({ result }) => result.outcome).map((stream) => {
    return { ...stream, causeLabel: labels.get(stream.result) ?? '' };
  });
  const maxTableBytes = maxBytes - byteLength(aboveTable) - byteLength(belowTable);
  const table = renderTable(rows, { mode: request?.mode ?? null, maxBytes: maxTableBytes, reportPath });
  return [...aboveTable, ...table, ...belowTable].join('\n');
}

function formatVerdict({ outcome, counts }: Tally, runOutcome: Outcome | null): string {
  if (counts.total === 0 || (counts.total === 1 && runOutcome === null)) return outcome;
  return runOutcome === null ? formatCounts(counts) : `${runOutcome}; ${formatCounts(counts)}`;
}

/** The accounts of the streams, and the region. */
function renderPlace({ request, streams }: EndedRun): string[] {
  const accountIds = accountsOf(streams);
  const account = accountIds.length === 0 ? [] : [`account ${formatList(accountIds)}`];
  const region = request === null ? [] : [`region ${request.region}`];
  const place = [...account, ...region].join(' · ');
  return place === '' ? [] : [`<p>${prose(capitalize(place))}</p>`];
}

/** Rows refer to their cause by its label. A single cause needs none. */
function labelled(causes: readonly Cause[]): { readonly label: string; readonly cause: Cause }[] {
  return causes.map((cause, index) => ({ label: causes.length === 1 ? '' : `cause ${index + 1}`, cause }));
}

/** How many streams the cause hit, the reason, and the first streams by name. The only stream of a run needs no name. */
function renderCause(cause: Cause, streamCount: number): string {
  if (streamCount === 1) return prose(cause.text);
  const { names, more } = namesOf(cause);
  const list = `${names.map(code).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
  if (cause.streams.length === 1) return `${list}: ${prose(formatReason(cause))}`;
  return `${cause.streams.length} streams: ${prose(formatReason(cause))}.<br><sub>Streams: ${list}</sub>`;
}

/** What the ended changes were proved by, and that records were verified, in a sentence each. */
function renderProof({ streams }: EndedRun): string[] {
  const results = streams.map(({ result }) => result);
  const subject = results.length === 1 ? 'the stream' : 'each enabled or rekeyed stream';
  const sentences: string[] = [];
  if (results.some(({ outcome }) => PROVED.has(outcome))) {
    sentences.push(
      `After the change the service itself said, in one answer, that ${subject} is in its final state, encrypted, and with this key.`
    );
  }
  const verified = results.filter(({ recordVerified }) => recordVerified).length;
  if (verified > 0) {
    const streamCount = results.length === 1 ? '' : `: ${verified} of ${results.length} streams`;
    sentences.push(`The service confirmed that a test record was encrypted${streamCount}.`);
  }
  return sentences.length === 0 ? [] : [`<p>Proof: ${sentences.join(' ')}</p>`];
}

function renderList(items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['<ul>', ...items, '</ul>'];
}

/** Renders an element per item, as many as fit into `maxBytes`, and one that counts the others. */
function renderElements<Item>(
  name: 'li' | 'p',
  maxBytes: number,
  items: readonly Item[],
  render: (item: Item) => string
): string[] {
  const rendered = renderWithin(maxBytes, items, (item) => `<${name}>${render(item)}</${name}>`);
  const omitted = items.length - rendered.length;
  return omitted === 0 ? rendered : [...rendered, `<${name}>… and ${omitted} more in the log.</${name}>`];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
