/** What the tracking issue says. Everything from outside is escaped: it can neither end a comment, nor mention anybody. */

import { formatUtc } from '../encryption/format.ts';
import { plain } from './log.ts';
import { code } from './markup.ts';
import { type Attempt, type Env, placeOf, runLink } from './run.ts';

/** GitHub refuses a longer body. */
const MOST_CHARACTERS = 65_536;
/** GitHub takes 256 characters; nobody reads as many. */
const LONGEST_NAME = 80;

/** What an issue remembers from run to run. */
export interface Memory {
  readonly failingRuns: number;
  readonly latest: Attempt;
}

/**
 * The hidden first line by which the issue of this workflow and job is found. Encoded as in a URL, the names hold neither
 * blanks nor `>`, so that they cannot end the comment, nor can two pairs of names make one marker.
 */
export function markerOf(env: Env): string {
  const { workflow, job } = placeOf(env);
  return `<!-- stream-encryption tracks ${encoded(workflow)} ${encoded(job)} -->`;
}

/** Whether this is the body of the issue with this marker. A marker further down may be a quotation. */
export function hasMarker(body: string, marker: string): boolean {
  return body.split(/\r?\n/, 1)[0] === marker;
}

/** What the body remembers; nothing where somebody removed it. */
export function memoryOf(body: string): Memory {
  const [, runs, run, attempt] = REMEMBERED.exec(body) ?? [];
  return { failingRuns: Number(runs ?? 0), latest: { run: Number(run ?? 0), attempt: Number(attempt ?? 0) } };
}

const REMEMBERED = /^<!-- failing runs: (\d{1,9}), latest: (\d{1,15})\.(\d{1,9}) -->$/m;

/** The title of a new issue, free of what GitHub could read as a mention, a reference or code. */
export function titleOf(env: Env): string {
  return `Stream encryption fails: ${titled(env.GITHUB_WORKFLOW ?? '')} / ${titled(placeOf(env).job)}`;
}

function titled(name: string): string {
  const words = plain(name)
    .replace(/[@#`<>]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME)}…`.toWellFormed() : words;
}

/** What a body is made from. */
export interface Content {
  readonly env: Env;
  readonly memory: Memory;
  readonly at: Date;
  /** The job summary as HTML, in so many characters at most. */
  readonly summary: (most: number) => string;
}

/** The body, short enough for GitHub: a summary that turns out too long is left out. */
export function bodyOf({ env, memory, at, summary }: Content): string {
  const { failingRuns, latest } = memory;
  const { workflow, job } = placeOf(env);
  const frame = [
    markerOf(env),
    `<!-- failing runs: ${failingRuns}, latest: ${latest.run}.${latest.attempt} -->`,
    `<p>The step that encrypts streams fails in job ${code(job)} of ${code(workflow)}. Latest failing run: ${runLink(env)}, ` +
      `${formatUtc(at)}. Failing runs so far: ${failingRuns}.</p>`,
    '<p><sub>Each failing run replaces this text; a later run that is well closes the issue.</sub></p>',
    ''
  ].join('\n');
  const room = Math.max(0, MOST_CHARACTERS - frame.length);
  const told = withoutAccounts(summary(room));
  return frame + (told.length <= room ? told : TOO_LONG);
}

const TOO_LONG = '<p>The summary is too long to stand here: see the run.</p>';

/** The comment that goes with closing the issue. Outside of a block of HTML, names in `<code>` would be read as Markdown. */
export function wellAgain(env: Env): string {
  return `<p>Well again: run ${runLink(env)}.</p>`;
}

/**
 * Hides the ids of accounts. The runner masks them in the log and in the summary, where it was told to, but not in what is
 * sent to GitHub's API, and an issue of a public repository is there for everybody. The end of a key's id, and the id of a
 * run in a link, may be twelve digits as well, and stay.
 */
function withoutAccounts(html: string): string {
  return html.replace(/(?<![0-9a-z/]|-[0-9a-f]{4}-[0-9a-f]{4}-)\d{12}(?![0-9a-z])/g, '************');
}

function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed());
}
