/** Causes: what the operator must know once, with all streams it hit. Pure. */

import { parseStreamArn } from '../encryption/arn.ts';
import { endedWell, type Outcome, type Result } from '../encryption/model.ts';
import { withoutDeniedKeys, withoutStreamName } from '../encryption/stream/cause.ts';
import { outcomeRank, worstFirst } from './tally.ts';

/** Why streams ended badly, or a warning about them. */
export interface Cause {
  /** An error fails the step. */
  readonly level: 'error' | 'warning';
  /** The worst outcome that it led to; null for a warning that did not decide the outcome. */
  readonly outcome: Outcome | null;
  /** The same for the same cause, in every run and however many streams it hit. */
  readonly id: string;
  /** The message of a single stream; for several streams, what their messages have in common. */
  readonly text: string;
  /** In the order of selection. */
  readonly streams: readonly Result[];
}

interface CauseOfStream extends Omit<Cause, 'streams'> {
  readonly stream: Result;
  /** The text without the name of the stream. */
  readonly common: string;
}

/**
 * Groups what the results say by cause: first why streams ended badly, worst outcome first, then the causes that hit most
 * streams; then the warnings in the same order. `not-applicable` is only a warning if a glob or tags selected the stream.
 */
export function groupCauses(results: readonly Result[]): Cause[] {
  const groups = Map.groupBy(results.flatMap(causesOf), ({ level, id }) => `${level} ${id}`);
  const causes = [...groups.values()].flatMap(toCause);
  return causes.toSorted(
    (a, b) =>
      Number(a.level === 'warning') - Number(b.level === 'warning') ||
      worstRank(a) - worstRank(b) ||
      b.streams.length - a.streams.length
  );
}

function causesOf(stream: Result): CauseOfStream[] {
  const { outcome, message, cause } = stream;
  const level = endedWell(stream) ? 'warning' : 'error';
  const ofOutcome: CauseOfStream[] =
    level === 'error' || outcome === 'not-applicable'
      ? [{ level, outcome, id: withoutDeniedKeys(cause), text: message, common: cause, stream }]
      : [];
  const warnings = [...new Set(stream.warnings)].map((text): CauseOfStream => {
    const common = withoutStreamName(text, stream);
    return { level: 'warning', outcome: null, id: withoutDeniedKeys(common), text, common, stream };
  });
  return [...ofOutcome, ...warnings];
}

function toCause(group: readonly CauseOfStream[]): Cause[] {
  const [worst] = worstFirst(group, ({ stream }) => stream.outcome);
  if (worst === undefined) return [];
  const { level, outcome, id, common } = worst;
  const streams = [...new Set(group.map(({ stream }) => stream))];
  // Several warnings of one stream are about several keys.
  if (streams.length === 1) return group.map((one) => ({ level, outcome, id, text: one.text, streams }));
  const isCommon = group.every((one) => one.common === common);
  return [{ level, outcome, id, text: isCommon ? common : id, streams }];
}

function worstRank({ streams }: Cause): number {
  return streams.reduce((worst, { outcome }) => Math.min(worst, outcomeRank(outcome)), Number.POSITIVE_INFINITY);
}

/** The cause as one line: `40 streams: failed: …. Streams: a, b and 38 more`. */
export function formatCause(cause: Cause): string {
  const names = cause.streams.length === 1 ? '' : `. ${formatStreams(cause)}`;
  return `${formatSubject(cause)}: ${formatReason(cause)}${names}`;
}

/** The stream, or the number of streams. */
export function formatSubject({ streams }: Cause): string {
  const [first] = streams;
  return streams.length === 1 && first !== undefined ? `${first.kind} ${first.name}` : `${streams.length} streams`;
}

/** The outcome, if the cause decided it, and the text. */
export function formatReason({ outcome, text }: Cause): string {
  return outcome === null ? text : `${outcome}: ${text}`;
}

/** How many streams are named. */
const MAX_NAMES = 10;

/** `Streams: a, b and 38 more`. */
export function formatStreams(cause: Cause): string {
  const { names, more } = namesOf(cause);
  return `Streams: ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

/** The names of the first ten streams, and how many more there are. With streams of both services, each name has its service. */
export function namesOf({ streams }: Cause): { readonly names: readonly string[]; readonly more: number } {
  const hasBoth = new Set(streams.map(({ kind }) => kind)).size > 1;
  const names = streams
    .slice(0, MAX_NAMES)
    .map(({ kind, name, source }) => `${hasBoth ? `${kind} ` : ''}${name}${formatSourceName(source)}`);
  return { names, more: streams.length - names.length };
}

/** What must be fixed may be the source that the records of a delivery stream rest in. */
function formatSourceName(source: string | null): string {
  const name = source === null ? undefined : parseStreamArn(source)?.stream.name;
  return name === undefined ? '' : ` (source: ${name})`;
}
