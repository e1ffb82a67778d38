/** The text of the tracking issue. Everything from outside is escaped: it cannot end a comment or mention anybody. */

import { createHash } from 'node:crypto';
import { formatUtc } from '../encryption/format.ts';
import { sanitize } from './log.ts';
import { code, prose, renderWithin } from './markup.ts';
import { type Env, type RunAttempt, runLink, workflowJob } from './workflow-run.ts';

/** GitHub rejects a longer body. */
const MAX_BODY_CHARACTERS = 65_536;
/** GitHub allows 256 characters in a title, which holds two names. */
const MAX_NAME_CHARACTERS = 80;

/** Why the step failed. */
export interface IssueCause {
  /** The same for the same cause from run to run. */
  readonly id: string;
  /** The cause as one line, with its streams. */
  readonly text: string;
}

/** What the issue's body records from run to run. */
export interface FailureRecord {
  readonly failingRuns: number;
  readonly latest: RunAttempt;
  /** The fingerprint of the causes; empty if somebody removed the record. */
  readonly causes: string;
}

/** A session of a role may have another name in each run. */
const SESSION_NAME = /(:assumed-role\/[^/\s]+)\/[^\s:]+/g;

/** A short text that differs where the set of causes does. */
export function fingerprint(causes: readonly IssueCause[]): string {
  const ids = new Set(causes.map(({ id }) => id.replace(SESSION_NAME, '$1')));
  return createHash('sha256')
    .update(JSON.stringify([...ids].sort()))
    .digest('hex')
    .slice(0, 16);
}

/**
 * The hidden first line that identifies the issue of this workflow and job. The names are URL-encoded. They contain no
 * blank and no `>`, so that they cannot end the comment, and two pairs of names cannot produce the same marker.
 */
export function issueMarker(env: Env): string {
  const { workflow, job } = workflowJob(env);
  return `<!-- stream-encryption tracks ${encodeName(workflow)} ${encodeName(job)} -->`;
}

/** Whether the body begins with this marker. A marker further down may be a quotation. */
export function hasMarker(body: string, marker: string): boolean {
  return body.split(/\r?\n/, 1)[0] === marker;
}

const RECORD = /^<!-- failing runs: (\d{1,9}), latest: (\d{1,15})\.(\d{1,9}), causes: ([0-9a-f]{16}) -->$/m;

/** The record in an issue's body. It starts at zero if somebody removed it. */
export function parseRecord(body: string): FailureRecord {
  const [, failingRuns, run, attempt, causes = ''] = RECORD.exec(body) ?? [];
  const latest = { run: Number(run ?? 0), attempt: Number(attempt ?? 0) };
  return { failingRuns: Number(failingRuns ?? 0), latest, causes };
}

/** The title of a new issue, without characters that GitHub could read as a mention, a reference or code. */
export function issueTitle(env: Env): string {
  return `Stream encryption fails: ${titleName(env.GITHUB_WORKFLOW ?? '')} / ${titleName(workflowJob(env).job)}`;
}

function titleName(name: string): string {
  const text = sanitize(name)
    .replace(/[@#`<>]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > MAX_NAME_CHARACTERS ? `${text.slice(0, MAX_NAME_CHARACTERS)}…`.toWellFormed() : text;
}

export interface IssueContent {
  readonly env: Env;
  readonly record: FailureRecord;
  readonly failedAt: Date;
  /** Whether to hide account ids. */
  readonly isPublic: boolean;
  /** Renders the job summary as HTML of at most this length. */
  readonly summary: (maxCharacters: number) => string;
}

/** The issue's body, within GitHub's limit. A summary that does not fit is left out. */
export function issueBody({ env, record, failedAt, isPublic, summary }: IssueContent): string {
  const { failingRuns, latest, causes } = record;
  const { workflow, job } = workflowJob(env);
  const introduction = [
    issueMarker(env),
    `<!-- failing runs: ${failingRuns}, latest: ${latest.run}.${latest.attempt}, causes: ${causes} -->`,
    `<p>Stream encryption fails in job ${code(job)} of workflow ${code(workflow)}. Latest failing run: ${runLink(env)}, ` +
      `${formatUtc(failedAt)}. Failing runs so far: ${failingRuns}.</p>`,
    '<p><sub>Each failing run replaces this text. The next successful run closes the issue.</sub></p>',
    ''
  ].join('\n');
  const maxSummaryCharacters = Math.max(0, MAX_BODY_CHARACTERS - introduction.length);
  const html = isPublic ? hideAccountIds(summary(maxSummaryCharacters)) : summary(maxSummaryCharacters);
  return introduction + (html.length <= maxSummaryCharacters ? html : SUMMARY_TOO_LONG);
}

const SUMMARY_TOO_LONG = '<p>The summary is too long for an issue: see the run.</p>';

/** The comment on a closed issue. It is an HTML block, because outside of one GitHub would read Markdown in `<code>`. */
export function resolvedComment(env: Env): string {
  return `<p>Resolved: run ${runLink(env)} succeeded.</p>`;
}

/** A longer comment would be hard to read. */
const MAX_CAUSES_BYTES = 10_000;

/** The comment on an issue whose causes have changed. It notifies the subscribers, which an edited text does not. */
export function changedCausesComment(env: Env, causes: readonly IssueCause[], isPublic: boolean): string {
  const items = renderWithin(MAX_CAUSES_BYTES, causes, ({ text }) => `<li>${prose(text)}</li>`);
  const omitted = causes.length - items.length;
  const html = [
    `<p>The causes have changed. Since run ${runLink(env)}:</p>`,
    '<ul>',
    ...items,
    ...(omitted === 0 ? [] : [`<li>… and ${omitted} more in the run.</li>`]),
    '</ul>'
  ].join('\n');
  return isPublic ? hideAccountIds(html) : html;
}

/** The ids of a run and of a key may contain twelve digits too. */
const OTHER_ID = /\/actions\/runs\/\d+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32}/;
const OTHER_ID_OR_ACCOUNT = new RegExp(`(${OTHER_ID.source})|(?<!\\d)\\d{12}(?!\\d)`, 'gi');

/**
 * Hides account ids. The runner masks them in the log and the summary if it is configured to, but not in requests to
 * GitHub's API, and everybody can read an issue of a public repository.
 */
function hideAccountIds(html: string): string {
  return html.replace(OTHER_ID_OR_ACCOUNT, (_match, otherId?: string) => otherId ?? '************');
}

function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed());
}
