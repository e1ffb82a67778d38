/** Selection: names, ARNs, globs and tags → the streams of the run, in the order of the request. */

import { formatList, formatSelector, formatTag } from '../format.ts';
import {
  KINDS,
  type Observation,
  type SelectedStream,
  type Selection,
  type Selector,
  type StreamKind,
  type StreamRef,
  type Tag
} from '../model.ts';
import { type Clock, type Directory, type Page, ServiceError, TimedOut } from '../ports.ts';
import { retry } from '../retry.ts';
import { whyDifferentStream } from '../stream/observation.ts';
import { matchesGlob } from './glob.ts';

export interface SelectTools {
  readonly region: string;
  readonly directory: Directory;
  /** Describes a stream; rejects as `StreamService` does. */
  readonly describe: (stream: StreamRef, signal: AbortSignal) => Promise<Observation>;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: (line: string) => void;
  /** Ends the selection: with `TimedOut`, `Cancelled`, or an error from elsewhere. */
  readonly signal: AbortSignal;
}

interface Tools extends SelectTools {
  /** Calls a service, with retries. */
  readonly call: <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>;
}

/** The selection matches no stream. The message says what was searched. */
export class EmptySelection extends Error {
  override readonly name = 'EmptySelection';
}

/** The streams that globs are matched against, in the order of their names. Kinds that are not needed are not listed. */
type Candidates = ReadonlyMap<StreamKind, readonly StreamRef[]>;

/** How many streams are described at a time. */
const DESCRIBE_CONCURRENCY = 5;

/**
 * Selects the streams, each once, in the order of the request; those of a glob, or of tags alone, by their names. Streams
 * are listed only if a glob or tags need it. Rejects with `EmptySelection`, with the `ServiceError` of a list that could
 * not be read, or with the signal's reason; the message of a `TimedOut` is the error of the last call.
 */
export async function select(selection: Selection, given: SelectTools): Promise<SelectedStream[]> {
  let lastError = '';
  const onError = ({ message }: ServiceError, willRetry: boolean) => {
    lastError = message;
    if (willRetry) given.log(`${message}; retrying`);
  };
  const call: Tools['call'] = async (request) => {
    const answer = await retry(request, { ...given, onError });
    lastError = '';
    return answer;
  };
  const tools = { ...given, call };
  try {
    const candidates = await listCandidates(selection, tools);
    const selected = selectorsOf(selection).flatMap((selector) => applySelector(selector, candidates));
    const unique = eachOnce(selected, await ownArns(selected, candidates, tools));
    const streams = await leaveOutUntagged(unique, selection, candidates, tools);
    if (streams.length === 0) throw new EmptySelection(whyEmpty(selection, candidates, tools.region));
    logUnmatchedGlobs(selection, candidates, tools);
    return streams;
  } catch (error) {
    if (tools.signal.reason instanceof TimedOut) throw new TimedOut(lastError);
    tools.signal.throwIfAborted();
    throw error;
  }
}

/** With tags: the streams that have them. Otherwise, for each kind with a glob: all streams. */
async function listCandidates({ kinds, selectors, tags }: Selection, tools: Tools): Promise<Candidates> {
  const { directory } = tools;
  const candidates = new Map<StreamKind, readonly StreamRef[]>();
  if (tags.length > 0) {
    const tagged = await readAll((next, signal) => directory.tagged(kinds, tags, next, signal), tools);
    for (const kind of kinds) candidates.set(kind, tagged.filter((stream) => stream.kind === kind).sort(byName));
    return candidates;
  }
  for (const kind of KINDS) {
    if (!selectors.some((selector) => selector.by === 'glob' && selector.kind === kind)) continue;
    const names = await readAll((next, signal) => directory.names(kind, next, signal), tools);
    candidates.set(kind, names.map((name) => ({ kind, name, arn: null })).sort(byName));
  }
  return candidates;
}

/** Reads all pages of a list. */
async function readAll<Item>(
  page: (next: string | null, signal: AbortSignal) => Promise<Page<Item>>,
  { call }: Tools
): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | null = null;
  do {
    const after: string | null = next;
    const answer: Page<Item> = await call((signal) => page(after, signal));
    items.push(...answer.items);
    next = answer.next;
  } while (next !== null);
  return items;
}

/** The order in which the services list names. */
function byName(one: StreamRef, other: StreamRef): number {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}

/** Tags alone select every stream that has them. */
function selectorsOf({ kinds, selectors, tags }: Selection): readonly Selector[] {
  if (selectors.length > 0 || tags.length === 0) return selectors;
  return KINDS.filter((kind) => kinds.includes(kind)).map((kind) => ({ by: 'glob', kind, glob: '*' }));
}

function applySelector(selector: Selector, candidates: Candidates): SelectedStream[] {
  if (selector.by === 'name') return [{ stream: selector.stream, named: true }];
  const streams = candidates.get(selector.kind) ?? [];
  return streams
    .filter(({ name }) => matchesGlob(selector.glob, name))
    .map(({ kind, name }) => {
      // Listed streams belong to the account of the credentials, so a name is enough.
      return { stream: { kind, name, arn: null }, named: false };
    });
}

/**
 * The ARNs of the account's own streams, where the same name is selected both by name and by an ARN, which may be that of
 * another account's stream.
 */
async function ownArns(
  selected: readonly SelectedStream[],
  candidates: Candidates,
  tools: Tools
): Promise<ReadonlyMap<string, string>> {
  const own = new Map<string, string>();
  for (const stream of [...candidates.values()].flat()) {
    if (stream.arn !== null) own.set(kindAndName(stream), stream.arn);
  }
  const streams = selected.map(({ stream }) => stream);
  const byArn = new Set(streams.filter(({ arn }) => arn !== null).map(kindAndName));
  const byName = new Map(streams.filter(({ arn }) => arn === null).map((stream) => [kindAndName(stream), stream]));
  const unclear = [...byName].filter(([name]) => byArn.has(name) && !own.has(name));
  await forEachConcurrently(unclear, async ([name, stream]) => {
    const answer = await describeArn(stream, tools);
    if ('arn' in answer) own.set(name, answer.arn);
  });
  return own;
}

/** Removes duplicates: keeps the first position, and the ARN if one was given. */
function eachOnce(selected: readonly SelectedStream[], own: ReadonlyMap<string, string>): SelectedStream[] {
  const unique = new Map<string, SelectedStream>();
  for (const { stream, named } of selected) {
    const identity = stream.arn ?? own.get(kindAndName(stream)) ?? kindAndName(stream);
    const earlier = unique.get(identity);
    unique.set(identity, {
      stream: earlier === undefined || earlier.stream.arn === null ? stream : earlier.stream,
      named: named || earlier?.named === true
    });
  }
  return [...unique.values()];
}

function kindAndName({ kind, name }: StreamRef): string {
  return `${kind} ${name}`;
}

/** Leaves out streams that exist without the tags. A stream that does not exist, or cannot be described, is refused. */
async function leaveOutUntagged(
  selected: SelectedStream[],
  { tags }: Selection,
  candidates: Candidates,
  tools: Tools
): Promise<SelectedStream[]> {
  if (tags.length === 0) return selected;
  const tagged = new Set([...candidates.values()].flat().flatMap((stream) => [kindAndName(stream), stream.arn]));
  const untagged = selected.filter(({ stream }) => !tagged.has(stream.arn ?? kindAndName(stream)));
  const refusals = new Map<SelectedStream, string | null>();
  await forEachConcurrently(untagged, async (one) => {
    const answer = await describeArn(one.stream, tools);
    refusals.set(one, 'arn' in answer ? whyDifferentStream(one.stream, answer.arn) : answer.refusal);
  });
  return selected.flatMap((one) => {
    const refusal = refusals.get(one);
    if (refusal === undefined) return [one];
    if (refusal !== null) return [{ ...one, refusal }];
    tools.log(`${kindAndName(one.stream)}: left out, because it is not tagged ${formatList(tags.map(formatTag))}`);
    return [];
  });
}

/** The ARN that the service reports for the stream, or why it reports none. */
async function describeArn(
  stream: StreamRef,
  { describe, call }: Tools
): Promise<{ readonly arn: string } | { readonly refusal: string }> {
  try {
    return { arn: (await call((signal) => describe(stream, signal))).arn };
  } catch (error) {
    if (error instanceof ServiceError) return { refusal: error.message };
    throw error;
  }
}

async function forEachConcurrently<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: DESCRIBE_CONCURRENCY }, worker));
}

const KIND_NAMES: Readonly<Record<StreamKind, string>> = { kinesis: 'data stream', firehose: 'delivery stream' };

function logUnmatchedGlobs({ selectors, tags }: Selection, candidates: Candidates, { log }: Tools): void {
  for (const selector of selectors) {
    if (selector.by !== 'glob' || applySelector(selector, candidates).length > 0) continue;
    log(`${selector.glob} matches no stream: searched ${formatCount(selector.kind, candidates)}${withTags(tags)}`);
  }
}

function whyEmpty({ selectors, tags }: Selection, candidates: Candidates, region: string): string {
  const conditions: string[] = [];
  if (selectors.length > 0) conditions.push(`matches ${formatList(selectors.map(formatSelector))}`);
  if (tags.length > 0) conditions.push(`is tagged ${formatList(tags.map(formatTag))}`);
  return `No stream ${conditions.join(' and ')}: ${whatWasSearched(candidates, tags, region)}. Check the region and the account of the credentials`;
}

function whatWasSearched(candidates: Candidates, tags: readonly Tag[], region: string): string {
  const kinds = [...candidates.keys()];
  if (kinds.every((kind) => candidates.get(kind)?.length === 0)) {
    return `there is no ${kinds.map((kind) => KIND_NAMES[kind]).join(' or ')}${withTags(tags)} in ${region}`;
  }
  return `searched ${kinds.map((kind) => formatCount(kind, candidates)).join(' and ')}${withTags(tags)} in ${region}`;
}

function formatCount(kind: StreamKind, candidates: Candidates): string {
  const count = candidates.get(kind)?.length ?? 0;
  return `${count} ${KIND_NAMES[kind]}${count === 1 ? '' : 's'}`;
}

function withTags(tags: readonly Tag[]): string {
  return tags.length > 0 ? ' with these tags' : '';
}
