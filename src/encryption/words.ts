/** The domain in words, for logs, messages and the summary. */

import { KINESIS_AWS_ALIAS } from './keys.ts';
import type { AskedKey, KeyToSet, KeyType, Look, ReportedKey, RunRequest, StreamKind } from './model.ts';

const TYPE_WORDS: Readonly<Record<KeyType, string>> = {
  'aws-owned': 'the AWS owned key',
  'customer-managed': 'a customer managed key'
};

/** A key: its id where it has one. */
export function keyInWords(key: ReportedKey | KeyToSet | null): string {
  if (key === null) return 'a key that the service does not name';
  if (key.id !== '') return key.id;
  return key.type === null ? 'a key that the service does not name' : TYPE_WORDS[key.type];
}

/** What a look told: the service's word, and the encryption. */
export function lookInWords({ status, phase, encrypted, key }: Look): string {
  if (key !== null) return `${status}, encrypted with ${keyInWords(key)}`;
  return phase === 'final' && encrypted === 'false' ? `${status}, not encrypted` : status;
}

/** The request as it was understood: region, mode, selection, key. */
export function requestInWords({ region, mode, selection, asked }: RunRequest): string {
  const { kinds, choices } = selection;
  const streams = choices.map((choice) =>
    choice.by === 'glob' ? choice.glob : (choice.stream.arn ?? choice.stream.name)
  );
  return `${region} · mode ${mode} · ${kinds.join(', ')} ${streams.join(', ')} · asked: ${askedInWords(asked, kinds[0] ?? 'kinesis')}`;
}

function askedInWords(asked: AskedKey, kind: StreamKind): string {
  switch (asked.which) {
    case 'any':
      return 'any key';
    case 'one':
      return asked.mustBeCustomerManaged ? `customer managed key ${asked.id}` : `key ${asked.id}`;
    case 'aws-owned':
      return kind === 'kinesis' ? `the AWS managed key ${KINESIS_AWS_ALIAS}` : TYPE_WORDS[asked.which];
    case 'customer-managed':
      return TYPE_WORDS[asked.which];
    case 'approved':
      return `one of ${asked.ids.join(', ')}`;
  }
}
