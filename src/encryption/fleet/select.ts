/** Which streams a run is about: names, globs and tags → streams, in the order of the request. */

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
import { whyDifferentStream } from '../stream/plan.ts';
import { matchesGlob } from './glob.ts';

/** What selecting works with. */
export interface SelectTools {
  readonly region: string;
  readonly directory: Directory;
  /** Looks at a stream; rejects as `StreamService` does. */
  readonly look: (stream: StreamRef, signal: AbortSignal) => Promise<Observation>;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: (line: string) => void;
  /** Ends it: with `TimedOut`, `Cancelled`, or what went wrong elsewhere. */
  readonly signal: AbortSignal;
}

/** What the parts of it work with. */
interface Tools extends SelectTools {
  /** Calls until it gets through, or meets a trouble that does not pass. */
  readonly call: <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>;
}

/** The selection matches no stream. The message says what was looked through. */
export class EmptySelection extends Error {
  override readonly name = 'EmptySelection';
}

/** What the globs are matched over: the streams of a kind in the order of their names. A kind that nobody asked for is not in it. */
type Found = ReadonlyMap<StreamKind, readonly StreamRef[]>;

/** How many streams are looked at side by side. */
const LOOKS = 5;

/**
 * Chooses the streams, each once, in the order of the request; those of a glob, or of tags alone, by their names. Streams
 * are listed only where a glob or tags need it. Rejects with `EmptySelection`, with the `ServiceError` of a list that is
 * not to be had, or with the signal's reason; that of a `TimedOut` tells the trouble that the last call met.
 */
export async function select(selection: Selection, given: SelectTools): Promise<SelectedStream[]> {
  let trouble = '';
  const onTrouble = ({ message }: ServiceError, triesAgain: boolean) => {
    trouble = message;
    if (triesAgain) given.log(`${message}; trying again`);
  };
  const call: Tools['call'] = async (call) => {
    const answer = await retry(call, { ...given, onError: onTrouble });
    trouble = '';
    return answer;
  };
  const tools = { ...given, call };
  try {
    const found = await findStreams(selection, tools);
    const chosen = choicesOf(selection).flatMap((choice) => choose(choice, found));
    const once = onceEach(chosen, await ownArns(chosen, found, tools));
    const fleet = await withoutUntagged(once, selection, found, tools);
    if (fleet.length === 0) throw new EmptySelection(whyEmpty(selection, found, tools.region));
    for (const choice of selection.selectors.filter((choice) => choice.by === 'glob')) {
      const looked = `looked through ${howMany(choice.kind, found)}${suchAs(selection.tags)}`;
      if (choose(choice, found).length === 0) tools.log(`${choice.glob} matches no stream: ${looked}`);
    }
    return fleet;
  } catch (error) {
    if (tools.signal.reason instanceof TimedOut) throw new TimedOut(trouble);
    tools.signal.throwIfAborted();
    throw error;
  }
}

/** Finds what the globs are matched over: with tags the streams that have them, else all that there are. */
async function findStreams({ kinds, selectors, tags }: Selection, tools: Tools): Promise<Found> {
  const { directory } = tools;
  const found = new Map<StreamKind, readonly StreamRef[]>();
  if (tags.length > 0) {
    const tagged = await readAll((next, signal) => directory.tagged(kinds, tags, next, signal), tools);
    for (const kind of kinds) found.set(kind, tagged.filter((stream) => stream.kind === kind).sort(byName));
    return found;
  }
  for (const kind of KINDS) {
    if (!selectors.some((choice) => choice.by === 'glob' && choice.kind === kind)) continue;
    const names = await readAll((next, signal) => directory.names(kind, next, signal), tools);
    found.set(kind, names.map((name) => ({ kind, name, arn: null })).sort(byName));
  }
  return found;
}

/** Reads a list to its last page, each page patiently. */
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

/** In the order in which the services list names. */
function byName(one: StreamRef, other: StreamRef): number {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}

/** What is to be chosen: tags alone choose whatever has them. */
function choicesOf({ kinds, selectors, tags }: Selection): readonly Selector[] {
  if (selectors.length > 0 || tags.length === 0) return selectors;
  return KINDS.filter((kind) => kinds.includes(kind)).map((kind) => ({ by: 'glob', kind, glob: '*' }));
}

function choose(choice: Selector, found: Found): SelectedStream[] {
  if (choice.by === 'name') return [{ stream: choice.stream, named: true }];
  const streams = found.get(choice.kind) ?? [];
  return streams
    .filter(({ name }) => matchesGlob(choice.glob, name))
    .map(({ kind, name }) => {
      // It is the account's own, and so known by its name.
      return { stream: { kind, name, arn: null }, named: false };
    });
}

/**
 * The ARNs of the account's own streams, where they matter: a stream that is chosen by its name and one that is chosen by
 * an ARN with that name may be two, of two accounts.
 */
async function ownArns(
  chosen: readonly SelectedStream[],
  found: Found,
  tools: Tools
): Promise<ReadonlyMap<string, string>> {
  const own = new Map<string, string>();
  for (const { kind, name, arn } of [...found.values()].flat()) if (arn !== null) own.set(nameOf({ kind, name }), arn);
  const byArn = new Set(chosen.flatMap(({ stream }) => (stream.arn === null ? [] : [nameOf(stream)])));
  const byName = new Map(chosen.flatMap(({ stream }) => (stream.arn === null ? [[nameOf(stream), stream]] : [])));
  const unclear = [...byName].filter(([name]) => byArn.has(name) && !own.has(name));
  await sideBySide(LOOKS, unclear, async ([name, stream]) => {
    const seen = await seenAt(stream, tools);
    if ('arn' in seen) own.set(name, seen.arn);
  });
  return own;
}

/** Each stream in the place where it is met first, by its ARN where that was given. */
function onceEach(chosen: readonly SelectedStream[], own: ReadonlyMap<string, string>): SelectedStream[] {
  const once = new Map<string, SelectedStream>();
  for (const { stream, named } of chosen) {
    const identity = stream.arn ?? own.get(nameOf(stream)) ?? nameOf(stream);
    const known = once.get(identity);
    once.set(identity, {
      stream: known === undefined || known.stream.arn === null ? stream : known.stream,
      named: named || known?.named === true
    });
  }
  return [...once.values()];
}

function nameOf({ kind, name }: Pick<StreamRef, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** Leaves out each stream that is there without the tags. One that is not, or cannot be seen, is refused. */
async function withoutUntagged(
  chosen: SelectedStream[],
  { tags }: Selection,
  found: Found,
  tools: Tools
): Promise<SelectedStream[]> {
  if (tags.length === 0) return chosen;
  const tagged = new Set([...found.values()].flat().flatMap((stream) => [nameOf(stream), stream.arn]));
  const untagged = chosen.filter(({ stream }) => !tagged.has(stream.arn ?? nameOf(stream)));
  const refusals = new Map<SelectedStream, string | null>();
  await sideBySide(LOOKS, untagged, async (one) => {
    const seen = await seenAt(one.stream, tools);
    refusals.set(one, 'arn' in seen ? whyDifferentStream(one.stream, seen.arn) : seen.refusal);
  });
  return chosen.flatMap((one) => {
    const refusal = refusals.get(one);
    if (refusal === undefined) return [one];
    if (refusal !== null) return [{ ...one, refusal }];
    tools.log(`${nameOf(one.stream)}: left out, as it is not tagged ${formatList(tags.map(formatTag))}`);
    return [];
  });
}

/** The ARN of the stream that a look shows, or why it shows none. */
async function seenAt(
  stream: StreamRef,
  { look, call }: Tools
): Promise<{ readonly arn: string } | { readonly refusal: string }> {
  try {
    return { arn: (await call((signal) => look(stream, signal))).arn };
  } catch (error) {
    if (error instanceof ServiceError) return { refusal: error.message };
    throw error;
  }
}

/** Does the work of each item, so many at a time. */
async function sideBySide<Item>(most: number, items: readonly Item[], work: (item: Item) => Promise<void>) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
}

const KIND_WORDS: Readonly<Record<StreamKind, string>> = { kinesis: 'data stream', firehose: 'delivery stream' };

function whyEmpty({ selectors, tags }: Selection, found: Found, region: string): string {
  const wanted: string[] = [];
  if (selectors.length > 0) wanted.push(`matches ${formatList(selectors.map(formatSelector))}`);
  if (tags.length > 0) wanted.push(`is tagged ${formatList(tags.map(formatTag))}`);
  return `No stream ${wanted.join(' and ')}: ${lookedThrough(found, tags, region)}. See that the region and the credentials' account are right`;
}

function lookedThrough(found: Found, tags: readonly Tag[], region: string): string {
  const kinds = [...found.keys()];
  if (kinds.every((kind) => found.get(kind)?.length === 0)) {
    return `there is no ${kinds.map((kind) => KIND_WORDS[kind]).join(' or ')}${suchAs(tags)} in ${region}`;
  }
  return `looked through ${kinds.map((kind) => howMany(kind, found)).join(' and ')}${suchAs(tags)} in ${region}`;
}

/** How many streams of a kind there were to choose from. */
function howMany(kind: StreamKind, found: Found): string {
  const count = found.get(kind)?.length ?? 0;
  return `${count} ${KIND_WORDS[kind]}${count === 1 ? '' : 's'}`;
}

function suchAs(tags: readonly Tag[]): string {
  return tags.length > 0 ? ' so tagged' : '';
}
