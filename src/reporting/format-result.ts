/** Results and selections as lines of the log. */

import { KINDS, type Outcome, type Result, type SelectedStream } from '../encryption/model.ts';
import { formatCounts, type Tally } from './tally.ts';

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

/** A stream's result as one line. */
export function formatResult({ kind, name, outcome, message }: Result): string {
  return `${kind} ${name}: ${outcome}: ${message}`;
}

/** Leaves room for the kind and the outcome in a line of 80 characters. */
const MAX_NAME_CHARACTERS = 50;

/** Asks for the coloured form of a character. The log replaces it, because it is invisible. */
const VARIATION_SELECTOR = '\ufe0f';

/** A stream's outcome as one short clause, at most 80 characters long. */
export function formatTitle({ kind, name, outcome }: Result): string {
  const icon = ICONS[outcome].replace(VARIATION_SELECTOR, '');
  return `${icon} ${kind} ${shorten(name)}: ${outcome}`;
}

/** Keeps the beginning and the end of a name, because names that share a prefix differ at the end. */
function shorten(name: string): string {
  if (name.length <= MAX_NAME_CHARACTERS) return name;
  const half = MAX_NAME_CHARACTERS / 2;
  return `${name.slice(0, half - 1)}…${name.slice(-half)}`;
}

/** How many streams of each kind were selected. */
export function formatSelected(streams: readonly SelectedStream[]): string {
  const counts = KINDS.map((kind) => ({ kind, count: streams.filter(({ stream }) => stream.kind === kind).length }));
  const kinds = counts.filter(({ count }) => count > 0).map(({ kind, count }) => `${count} ${kind}`);
  return `${formatStreamCount(streams.length)} selected: ${kinds.join(', ')}`;
}

/** The totals of a run as one line. */
export function formatTally({ counts }: Tally, durationSeconds: number): string {
  return `${formatStreamCount(counts.total)} in ${durationSeconds.toFixed(1)} s: ${formatCounts(counts)}`;
}

function formatStreamCount(count: number): string {
  return count === 1 ? '1 stream' : `${count} streams`;
}
