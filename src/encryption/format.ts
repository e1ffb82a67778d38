/** The domain in words, for logs, messages and the summary. */

import { KINESIS_AWS_ALIAS } from './keys/key-id.ts';
import type {
  FromKey,
  KeyCriteria,
  KeyType,
  Observation,
  ReportedKey,
  RunRequest,
  Selection,
  Selector,
  StreamKind,
  Tag,
  TargetKey
} from './model.ts';

const TYPE_WORDS: Readonly<Record<KeyType, string>> = {
  'aws-owned': 'the AWS owned key',
  'customer-managed': 'a customer managed key'
};

/** A key: its id where it has one. */
export function formatKey(key: ReportedKey | TargetKey | null): string {
  if (key === null) return 'a key that the service does not name';
  if (key.id !== '') return key.id;
  return key.type === null ? 'a key that the service does not name' : TYPE_WORDS[key.type];
}

/** What a look told: the service's word, and the encryption. */
export function formatObservation({ status, phase, encrypted, key }: Observation): string {
  if (key !== null) return `${status}, encrypted with ${formatKey(key)}`;
  return phase === 'final' && encrypted === 'false' ? `${status}, not encrypted` : status;
}

/** The first few of a list, and how many more there are. */
export function formatList(texts: readonly string[]): string {
  const few = texts.slice(0, FEW).join(', ');
  return texts.length > FEW ? `${few} and ${texts.length - FEW} more` : few;
}

const FEW = 5;

/** What an error says, or whatever else was thrown. */
export function formatError(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** A moment to the minute: `2026-03-01 22:30 UTC`. */
export function formatUtc(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The request as it was understood: region, mode, selection, key, and which keys it is to replace. */
export function formatRequest({ region, mode, selection, criteria, from }: RunRequest): string {
  const { kinds } = selection;
  const parts = [region, `mode ${mode}`, selectionInWords(selection), `asked: ${askedInWords(criteria, kinds)}`];
  if (from !== null) parts.push(`moved from: ${formatList(from.map((key) => oldKeyInWords(key, kinds)))}`);
  return parts.join(' · ');
}

function selectionInWords({ kinds, selectors, tags }: Selection): string {
  const parts: string[] = [kinds.join(' and ')];
  if (selectors.length > 0) parts.push(formatList(selectors.map(formatSelector)));
  if (tags.length > 0) parts.push(`tagged ${formatList(tags.map(formatTag))}`);
  return parts.join(' ');
}

/** A choice as it was written. */
export function formatSelector(choice: Selector): string {
  return choice.by === 'glob' ? choice.glob : (choice.stream.arn ?? choice.stream.name);
}

export function formatTag({ key, value }: Tag): string {
  return value === null ? `${key} (any value)` : `${key}=${value}`;
}

function askedInWords(criteria: KeyCriteria, kinds: readonly StreamKind[]): string {
  switch (criteria.which) {
    case 'any':
      return 'any key';
    case 'one':
      return criteria.mustBeCustomerManaged ? `customer managed key ${criteria.id}` : `key ${criteria.id}`;
    case 'aws-owned':
      return awsKeyInWords(kinds);
    case 'customer-managed':
      return TYPE_WORDS[criteria.which];
    case 'approved':
      return `one of ${formatList(criteria.ids)}`;
  }
}

function oldKeyInWords(key: FromKey, kinds: readonly StreamKind[]): string {
  if (key === 'any') return 'any key';
  return key === 'aws-owned' ? awsKeyInWords(kinds) : key.id;
}

function awsKeyInWords(kinds: readonly StreamKind[]): string {
  if (!kinds.includes('firehose')) return `the AWS managed key ${KINESIS_AWS_ALIAS}`;
  return kinds.includes('kinesis') ? 'the AWS key of each service' : TYPE_WORDS['aws-owned'];
}
