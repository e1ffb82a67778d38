/** Selection: names, ARNs, globs and tags → the streams of the run, in the order of the request. */

import { withoutPartition } from '../arn.ts';
import { formatError, formatList, formatSelector, formatTag } from '../format.ts';
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
import { type Clock, type Directory, MalformedAnswer, type Page, ServiceError, TimedOut } from '../ports.ts';
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
export async function select(selection: Selection, given: SelectTools): Promise<readonly SelectedStream[]> {
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
    const described = await describeNamed(selected, selection, tools);
    const unique = eachOnce(selected, described);
    const streams = await leaveOutUntagged(unique, selection, candidates, described, tools);
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
    const readPage = (next: string | null, signal: AbortSignal) => directory.tagged(kinds, tags, next, signal);
    const tagged = await readAll(readPage, (stream) => stream.arn ?? kindAndName(stream), tools);
    for (const kind of kinds) candidates.set(kind, tagged.filter((stream) => stream.kind === kind).sort(byName));
    return candidates;
  }
  for (const kind of KINDS) {
    if (!selectors.some((selector) => selector.by === 'glob' && selector.kind === kind)) continue;
    const readPage = (next: string | null, signal: AbortSignal) => directory.names(kind, next, signal);
    const names = await readAll(readPage, (name) => name, tools);
    candidates.set(kind, names.map((name) => ({ kind, name, arn: null })).sort(byName));
  }
  return candidates;
}

/** No list has so many empty pages in a row. */
const MAX_EMPTY_PAGES = 200;

/**
 * Reads all pages of a list. Rejects with `MalformedAnswer` if a page leads back to one that was read, or brings nothing new:
 * such a list may be incomplete. GetResources may return an empty page before the last one.
 */
async function readAll<Item>(
  page: (next: string | null, signal: AbortSignal) => Promise<Page<Item>>,
  identityOf: (item: Item) => string,
  { call, region }: Tools
): Promise<Item[]> {
  const items = new Map<string, Item>();
  const requested = new Set<string>();
  let emptyPages = 0;
  const whyUnusable = (read: Page<Item>) => {
    if (read.next !== null && requested.has(read.next)) {
      return 'a page says that more streams follow, but the next page was read before';
    }
    if (read.items.length > 0 && read.items.every((item) => items.has(identityOf(item)))) {
      return 'a page has only streams that an earlier page had';
    }
    return emptyPages > MAX_EMPTY_PAGES ? `more than ${MAX_EMPTY_PAGES} pages in a row are empty` : null;
  };
  let next: string | null = null;
  do {
    const after: string | null = next;
    const answer: Page<Item> = await call(async (signal) => {
      const read = await page(after, signal);
      const why = whyUnusable(read);
      if (why === null) return read;
      throw new MalformedAnswer(`the list of streams in ${region} is not usable: ${why}`);
    });
    for (const item of answer.items) items.set(identityOf(item), item);
    emptyPages = answer.items.length === 0 ? emptyPages + 1 : 0;
    next = answer.next;
    if (next !== null) requested.add(next);
  } while (next !== null);
  return [...items.values()];
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
  return streams.filter(({ name }) => matchesGlob(selector.glob, name)).map((stream) => ({ stream, named: false }));
}

/** The ARN that the service reports for a stream, or why it reports none. */
type Described = { readonly arn: string } | { readonly refusal: string };

/**
 * Describes the streams that are selected by name only, where their ARN decides: if the tags are compared, or if a stream of
 * the same name, which may be another account's, is selected by its ARN.
 */
async function describeNamed(
  selected: readonly SelectedStream[],
  { tags }: Selection,
  tools: Tools
): Promise<ReadonlyMap<string, Described>> {
  const streams = selected.map(({ stream }) => stream);
  const byArn = new Set(streams.filter(({ arn }) => arn !== null).map(kindAndName));
  const byName = new Map(streams.filter(({ arn }) => arn === null).map((stream) => [kindAndName(stream), stream]));
  const unclear = [...byName].filter(([name]) => tags.length > 0 || byArn.has(name));
  const described = new Map<string, Described>();
  await forEachConcurrently(unclear, async ([name, stream]) => {
    described.set(name, await describeArn(stream, tools));
  });
  return described;
}

/** Removes duplicates: keeps the first position, and the ARN if one was given. */
function eachOnce(
  selected: readonly SelectedStream[],
  described: ReadonlyMap<string, Described>
): readonly SelectedStream[] {
  const unique = new Map<string, SelectedStream>();
  for (const { stream, named } of selected) {
    const identity = identityOf(stream, described);
    const earlier = unique.get(identity);
    unique.set(identity, {
      stream: earlier === undefined || earlier.stream.arn === null ? stream : earlier.stream,
      named: named || earlier?.named === true
    });
  }
  return [...unique.values()];
}

/** The ARN if it is known, otherwise kind and name. */
function identityOf(stream: StreamRef, described: ReadonlyMap<string, Described>): string {
  const answer = described.get(kindAndName(stream));
  const own = answer !== undefined && 'arn' in answer ? answer.arn : null;
  const arn = stream.arn ?? own;
  return arn === null ? kindAndName(stream) : withoutPartition(arn);
}

function kindAndName({ kind, name }: StreamRef): string {
  return `${kind} ${name}`;
}

/**
 * Leaves out streams that exist without the tags. A stream that does not exist, or cannot be described, is refused. ARNs are
 * compared, because the list may contain a stream of the same name in another account.
 */
async function leaveOutUntagged(
  selected: readonly SelectedStream[],
  { tags }: Selection,
  candidates: Candidates,
  named: ReadonlyMap<string, Described>,
  tools: Tools
): Promise<readonly SelectedStream[]> {
  if (tags.length === 0) return selected;
  const tagged = new Set(
    [...candidates.values()].flat().flatMap(({ arn }) => (arn === null ? [] : withoutPartition(arn)))
  );
  const isTagged = (arn: string) => tagged.has(withoutPartition(arn));
  const unclear = selected.filter(({ stream }) => stream.arn === null || !isTagged(stream.arn));
  const described = new Map<SelectedStream, Described>();
  await forEachConcurrently(unclear, async (one) => {
    const known = one.stream.arn === null ? named.get(kindAndName(one.stream)) : undefined;
    described.set(one, known ?? (await describeArn(one.stream, tools)));
  });
  return selected.flatMap((one) => {
    const answer = described.get(one);
    if (answer === undefined) return [one];
    const refusal = 'arn' in answer ? whyDifferentStream(one.stream, answer.arn) : answer.refusal;
    if (refusal !== null) return [{ ...one, refusal }];
    if ('arn' in answer && isTagged(answer.arn)) return [one];
    tools.log(`${kindAndName(one.stream)}: left out, because it is not tagged ${formatList(tags.map(formatTag))}`);
    return [];
  });
}

async function describeArn(stream: StreamRef, { describe, call, signal: ended }: Tools): Promise<Described> {
  try {
    return { arn: (await call((signal) => describe(stream, signal))).arn };
  } catch (error) {
    // At the deadline a call rejects with what it waited for, which is no refusal.
    ended.throwIfAborted();
    if (error instanceof ServiceError) return { refusal: formatError(error) };
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
  const inputs = [
    ...(selectors.length > 0 ? ['stream-name', 'stream-kind'] : []),
    ...(tags.length > 0 ? ['stream-tags'] : [])
  ];
  return `No stream ${conditions.join(' and ')}: ${whatWasSearched(candidates, tags, region)}. Check ${inputs.join(', ')}, the region and the account of the credentials`;
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
