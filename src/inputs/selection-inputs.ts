/** `stream-kind`, `stream-name` and `stream-tags`: which streams the run is about. */

import { parseStreamArn, STREAM_NAMES } from '../encryption/arn.ts';
import { KINDS, type Selection, type Selector, type StreamKind, type Tag } from '../encryption/model.ts';
import type { InputReader } from './input-reader.ts';

/** `undefined` if the input was left out, null if it is invalid. */
export type KindInput = StreamKind | null | undefined;

/** Reads `stream-kind`. */
export function readKind(reader: InputReader): KindInput {
  return reader.text('stream-kind') === '' ? undefined : reader.choice('stream-kind', KINDS);
}

/** Reads the selection by names, tags or both; null if there are errors. */
export function readSelection(reader: InputReader, kind: KindInput, region: string | null): Selection | null {
  const selectors = readSelectors(reader, kind, region);
  const tags = readTags(reader);
  if (selectors === null || tags === null) return null;
  if (selectors.length > 0) return { kinds: [...new Set(selectors.map(kindOf))], selectors, tags };
  if (tags.length === 0) return reader.error('stream-name', '', 'give names, globs or ARNs, or select by stream-tags');
  return kind === null ? null : { kinds: kind === undefined ? KINDS : [kind], selectors, tags };
}

function kindOf(selector: Selector): StreamKind {
  return selector.by === 'name' ? selector.stream.kind : selector.kind;
}

/** Reads `stream-name`: no selectors if it was left out. */
function readSelectors(reader: InputReader, kind: KindInput, region: string | null): readonly Selector[] | null {
  const entries = [...new Set(reader.entries('stream-name'))];
  if (kind === undefined && !entries.every(isArn)) {
    reader.error('stream-kind', '', 'give kinesis or firehose, or the ARN of each stream as stream-name');
  }
  const selectors = entries
    .map((entry) => readSelector(reader, entry, kind, region))
    .filter((selector) => selector !== null);
  return selectors.length === entries.length ? selectors : null;
}

function readSelector(reader: InputReader, entry: string, kind: KindInput, region: string | null): Selector | null {
  // A list in braces has been split at its commas, so that its parts are entries.
  if (/[{}]/.test(entry)) {
    return reader.error('stream-name', entry, 'braces are not supported: give each name by itself, one per line');
  }
  return isArn(entry) ? readArn(reader, entry, kind, region) : readName(reader, entry, kind);
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

function readName(reader: InputReader, entry: string, kind: KindInput): Selector | null {
  if (WILDCARD.test(entry)) {
    if (!GLOB.test(entry)) {
      return reader.error('stream-name', entry, 'a glob has letters, digits, "_", ".", "-", "*" and "?"');
    }
    return kind ? { by: 'glob', kind, glob: entry } : null;
  }
  // Without a kind the more permissive rule still rejects a name that no stream can have.
  const rule = kind ?? 'kinesis';
  if (!STREAM_NAMES[rule].test(entry)) return reader.error('stream-name', entry, NAME_RULES[rule]);
  return kind ? { by: 'name', stream: { kind, name: entry, arn: null } } : null;
}

function readArn(reader: InputReader, arn: string, kind: KindInput, region: string | null): Selector | null {
  const error = (remedy: string) => reader.error('stream-name', arn, remedy);
  if (WILDCARD.test(arn)) return error('wildcards are not allowed in an ARN: give a glob over names, with stream-kind');
  const parsed = parseStreamArn(arn);
  if (parsed === null) return error('this is not the ARN of a data stream or a delivery stream');
  if (region !== null && parsed.region !== region) {
    error(`this is not in the region of the run, ${region}: set region, or use a separate step for it`);
  }
  const { stream } = parsed;
  if (kind && kind !== stream.kind) return error(`this is a ${stream.kind} stream, but stream-kind is ${kind}`);
  return { by: 'name', stream };
}

/** Reads `stream-tags`: no tags if it was left out. */
function readTags(reader: InputReader): readonly Tag[] | null {
  const tags = new Map<string, string | null>();
  let isValid = true;
  for (const line of reader.lines('stream-tags')) {
    const [key, value] = splitTag(line);
    const remedy = whyNotTag(key, value, tags.get(key));
    if (remedy === null) {
      tags.set(key, value);
    } else {
      reader.error('stream-tags', line, remedy);
      isValid = false;
    }
  }
  return isValid ? [...tags].map(([key, value]) => ({ key, value })) : null;
}

/** The key and the value of a line, split at the first `=`. The key is empty if the line has none. */
function splitTag(line: string): [key: string, value: string | null] {
  const end = Math.max(line.indexOf('='), 0);
  return [line.slice(0, end).trim(), line.slice(end + 1).trim() || null];
}

/** The start of a second tag in a value. No tag has such a value: it has no comma. Sources: `Tag` in the APIs of Kinesis and Firehose. */
const SECOND_TAG = /,\s*[^\s,=]+\s*=/;

/** `earlier` is the value that another line gives for the key; undefined if there is none. */
function whyNotTag(key: string, value: string | null, earlier: string | null | undefined): string | null {
  if (key === '') return 'write key=value, or key= for any value';
  if (SECOND_TAG.test(value ?? '')) return 'write one tag per line, because a comma does not separate them';
  if (earlier === undefined || earlier === value) return null;
  return 'an earlier line gives another value for this tag: remove one of them';
}
