/** Keys, observations, requests and times as text for the log, messages and the summary. */

import {
  type FromKey,
  type KeyCriteria,
  type KeyType,
  KINESIS_AWS_ALIAS,
  type Observation,
  type ReportedKey,
  type RunRequest,
  type Selection,
  type Selector,
  type Source,
  type StreamKind,
  type Tag,
  type TargetKey
} from './model.ts';
import { MalformedAnswer } from './ports.ts';

const KEY_TYPES: Readonly<Record<KeyType, string>> = {
  'aws-owned': 'the AWS owned key',
  'customer-managed': 'a customer managed key'
};

/** A key: its id if it has one. */
export function formatKey(key: ReportedKey | TargetKey | null): string {
  if (key?.id) return key.id;
  return key?.type ? KEY_TYPES[key.type] : 'an unidentified key';
}

/** The service's status, and the encryption or the source. */
export function formatObservation({ status, phase, encrypted, key, source }: Observation): string {
  if (source !== null) return `${status}, reads from ${formatSource(source)}`;
  if (key !== null) return `${status}, encrypted with ${formatKey(key)}`;
  return phase === 'final' && encrypted === 'false' ? `${status}, not encrypted` : status;
}

/** A source: its ARN or endpoint if it has one, and its type. */
export function formatSource({ type, arn, endpoint }: Source): string {
  const name = arn ?? endpoint;
  return name === null ? type : `${name} (${type})`;
}

const MAX_LISTED = 5;

/** The first items of a list, and how many more there are. */
export function formatList(texts: readonly string[]): string {
  const first = texts.slice(0, MAX_LISTED).join(', ');
  return texts.length > MAX_LISTED ? `${first} and ${texts.length - MAX_LISTED} more` : first;
}

/** The message of an error that ended a run, or the text of anything else that was thrown. */
export function formatError(cause: unknown): string {
  if (cause instanceof MalformedAnswer) return `${cause.message}. ${NOT_FROM_AWS}`;
  return cause instanceof Error ? cause.message : String(cause);
}

const NOT_FROM_AWS =
  'Such an answer may not come from AWS: check AWS_ENDPOINT_URL…, if it is set, and the proxy, if there is one';

/** A time to the minute: `2026-03-01 22:30 UTC`. */
export function formatUtc(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The request as it was understood: region, mode, selection, required key, and the keys to move streams off. */
export function formatRequest({ region, mode, selection, criteria, from }: RunRequest): string {
  const { kinds } = selection;
  const parts = [region, `mode ${mode}`, formatSelection(selection), `key: ${formatCriteria(criteria, kinds)}`];
  if (from !== null) parts.push(`only from: ${formatList(from.map((key) => formatFromKey(key, kinds)))}`);
  return parts.join(' · ');
}

function formatSelection({ kinds, selectors, tags }: Selection): string {
  const parts: string[] = [kinds.join(' and ')];
  if (selectors.length > 0) parts.push(formatList(selectors.map(formatSelector)));
  if (tags.length > 0) parts.push(`tagged ${formatList(tags.map(formatTag))}`);
  return parts.join(' ');
}

/** A selector as it was given. */
export function formatSelector(selector: Selector): string {
  return selector.by === 'glob' ? selector.glob : (selector.stream.arn ?? selector.stream.name);
}

export function formatTag({ key, value }: Tag): string {
  return value === null ? `${key} (any value)` : `${key}=${value}`;
}

/** The key that the request requires of streams of these kinds. */
export function formatCriteria(criteria: KeyCriteria, kinds: readonly StreamKind[]): string {
  switch (criteria.which) {
    case 'any':
      return 'any key';
    case 'customer-managed':
      return KEY_TYPES[criteria.which];
    case 'approved':
      return `one of ${formatList(criteria.ids)}`;
    case 'target': {
      const { type, id } = criteria.target;
      if (type === 'aws-owned') return formatAwsKey(kinds);
      return type === null ? id : `customer managed key ${id}`;
    }
  }
}

function formatFromKey(key: FromKey, kinds: readonly StreamKind[]): string {
  if (key === 'any') return 'any key';
  return key === 'aws-owned' ? formatAwsKey(kinds) : key.id;
}

function formatAwsKey(kinds: readonly StreamKind[]): string {
  if (!kinds.includes('firehose')) return `the AWS managed key ${KINESIS_AWS_ALIAS}`;
  return kinds.includes('kinesis') ? 'the AWS key of each service' : KEY_TYPES['aws-owned'];
}
