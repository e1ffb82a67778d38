/** `stream-kind`, `stream-name` and `stream-tags`: which streams the run is about. */

import { readStreamArn, STREAM_NAMES } from '../encryption/arn.ts';
import { KINDS, type Selection, type Selector, type StreamKind, type Tag } from '../encryption/model.ts';
import type { InputReader } from './input-reader.ts';

/** `undefined` where the input was left out, null where it has a fault. */
export type KindInput = StreamKind | null | undefined;

/** Reads `stream-kind`. */
export function readKind(given: InputReader): KindInput {
  const text = given.text('stream-kind');
  if (text === '') return undefined;
  return KINDS.find((kind) => kind === text) ?? given.fault('stream-kind', text, `allowed are ${KINDS.join(', ')}`);
}

/** Reads which streams are meant, by names, tags or both; null where there are faults. */
export function readSelection(given: InputReader, kind: KindInput, region: string | null): Selection | null {
  const selectors = readChoices(given, kind, region);
  const tags = readTags(given);
  if (selectors === null || tags === null) return null;
  if (selectors.length > 0) return { kinds: [...new Set(selectors.map(kindOf))], selectors, tags };
  if (tags.length === 0) return given.fault('stream-name', '', 'give names, globs or ARNs, or select by stream-tags');
  return kind === null ? null : { kinds: kind === undefined ? KINDS : [kind], selectors, tags };
}

function kindOf(choice: Selector): StreamKind {
  return choice.by === 'name' ? choice.stream.kind : choice.kind;
}

/** Reads `stream-name`: no choices where it was left out. */
function readChoices(given: InputReader, kind: KindInput, region: string | null): readonly Selector[] | null {
  const entries = [...new Set(given.entries('stream-name'))];
  if (kind === undefined && !entries.every(isArn)) {
    given.fault('stream-kind', '', 'give kinesis or firehose, or the ARN of each stream as stream-name');
  }
  const selectors = entries
    .map((entry) => (isArn(entry) ? readArn(given, entry, kind, region) : readName(given, entry, kind)))
    .filter((choice) => choice !== null);
  return selectors.length === entries.length ? selectors : null;
}

function isArn(entry: string): boolean {
  return entry.startsWith('arn:');
}

const NAME_RULES: Readonly<Record<StreamKind, string>> = {
  kinesis: 'a data stream name has 1 to 128 letters, digits, "_", "." and "-"',
  firehose: 'a delivery stream name has 1 to 64 letters, digits, "_", "." and "-"'
};

const WILDCARD = /[*?]/;
const GLOB = /^[a-zA-Z0-9_.*?-]+$/;

function readName(given: InputReader, entry: string, kind: KindInput): Selector | null {
  if (WILDCARD.test(entry)) {
    if (!GLOB.test(entry)) {
      return given.fault('stream-name', entry, 'a glob has "*" and "?" besides letters, digits, "_", "." and "-"');
    }
    return kind ? { by: 'glob', kind, glob: entry } : null;
  }
  // Without a kind the wider rule still finds a name that no stream can have.
  const rule = kind ?? 'kinesis';
  if (!STREAM_NAMES[rule].test(entry)) return given.fault('stream-name', entry, NAME_RULES[rule]);
  return kind ? { by: 'name', stream: { kind, name: entry, arn: null } } : null;
}

function readArn(given: InputReader, arn: string, kindGiven: KindInput, region: string | null): Selector | null {
  const fault = (wayOut: string) => given.fault('stream-name', arn, wayOut);
  if (WILDCARD.test(arn)) return fault('an ARN names one stream: give a glob by the name alone, with stream-kind');
  const read = readStreamArn(arn);
  if (read === null) return fault('this is not the ARN of a data stream or a delivery stream');
  if (region !== null && read.region !== region) {
    fault(`this is not in the region of the run, ${region}: set region, or use a step of its own`);
  }
  const { stream } = read;
  if (kindGiven && kindGiven !== stream.kind) {
    return fault(`this is a ${stream.kind} stream, but stream-kind says ${kindGiven}`);
  }
  return { by: 'name', stream };
}

/** Reads `stream-tags`: none where it was left out. */
function readTags(given: InputReader): readonly Tag[] | null {
  const tags = new Map<string, string | null>();
  let sound = true;
  for (const line of given.lines('stream-tags')) {
    const [key, value] = tagIn(line);
    const wayOut = whyNoTag(key, value, tags.get(key));
    if (wayOut === null) {
      tags.set(key, value);
    } else {
      given.fault('stream-tags', line, wayOut);
      sound = false;
    }
  }
  return sound ? [...tags].map(([key, value]) => ({ key, value })) : null;
}

/** The key and the value of a line, split at the first `=`; the key is empty where the line has none. */
function tagIn(line: string): [key: string, value: string | null] {
  const end = Math.max(line.indexOf('='), 0);
  return [line.slice(0, end).trim(), line.slice(end + 1).trim() || null];
}

/** `earlier` is the value that another line asks for; undefined where there is no other. */
function whyNoTag(key: string, value: string | null, earlier: string | null | undefined): string | null {
  if (key === '') return 'write key=value, or key= for any value';
  if (earlier === undefined || earlier === value) return null;
  return 'a stream has one value of a tag, and a line above asks for another: leave out one of the two';
}
