/** `key-type`, `key-id`, `from-key-id` and `approved-key-ids`: the required key, and the keys to move streams off. */

import { IS_TARGET } from '../encryption/keys/from-key.ts';
import { isAwsAlias, type KeyId, parseKeyId } from '../encryption/keys/key-id.ts';
import {
  type FromKey,
  type KeyCriteria,
  type KeyType,
  KINESIS_AWS_ALIAS,
  type Mode,
  type StreamKind
} from '../encryption/model.ts';
import { type InputReader, mustBe } from './input-reader.ts';

/** The rest of the request, as far as it could be read. Checks that depend on an unreadable (null) part are skipped. */
export interface InputContext {
  readonly region: string | null;
  readonly mode: Mode | null;
  readonly kinds: readonly StreamKind[];
}

/** `undefined` if the input was left out, null if it is invalid. */
type KeyTypeInput = KeyType | 'any' | null | undefined;

const KEY_TYPES: ReadonlyMap<string, KeyTypeInput> = new Map([
  ['any', 'any'],
  ['aws-owned', 'aws-owned'],
  ['aws_owned_cmk', 'aws-owned'],
  ['customer-managed', 'customer-managed'],
  ['customer_managed_cmk', 'customer-managed']
]);

const KEY_FORMS = 'must be a key ARN, a key id, an alias name (alias/…) or an alias ARN';

/** The AWS key of either service. */
const AWS_KEY: KeyCriteria = { which: 'target', target: { type: 'aws-owned', id: '' } };

/** Reads which key is required, of which nothing is assumed; null if there are errors. */
export function readCriteria(reader: InputReader, context: InputContext): KeyCriteria | null {
  const type = readKeyType(reader);
  const id = reader.text('key-id');
  const target = id === '' ? null : readKeyId(reader, id, type, context);
  const approved = new Set(reader.entries('approved-key-ids'));
  if (approved.size > 0) return readApproved(reader, [...approved], context.mode);
  return id === '' ? readTypeAlone(reader, type, context.mode) : target;
}

function readKeyType(reader: InputReader): KeyTypeInput {
  const text = reader.text('key-type');
  if (text === '') return undefined;
  return (
    KEY_TYPES.get(text.toLowerCase()) ??
    reader.error('key-type', text, mustBe(['aws-owned', 'customer-managed', 'any']))
  );
}

function readTypeAlone(reader: InputReader, type: KeyTypeInput, mode: Mode | null): KeyCriteria | null {
  switch (type) {
    case undefined:
      return reader.error(
        'key-type',
        '',
        'none of key-type, key-id and approved-key-ids is set (an unset variable is empty): give the key, or key-type aws-owned, customer-managed or any'
      );
    case null:
      return null;
    case 'any':
      return { which: 'any' };
    case 'aws-owned':
      return AWS_KEY;
    case 'customer-managed':
      if (mode === null) return null;
      if (mode === 'check') return { which: 'customer-managed' };
      return reader.error(
        'key-id',
        '',
        'key-type customer-managed needs the key to encrypt with (an unset variable is empty)'
      );
  }
}

/** Only the first error of a key is reported: the others would follow from it. */
function readKeyId(
  reader: InputReader,
  id: string,
  type: KeyTypeInput,
  { kinds, region }: InputContext
): KeyCriteria | null {
  const parsed = parseKeyId(withAliasPrefix(id));
  const wrongKey = isAwsAlias(withAliasPrefix(id)) ? whyNotAwsAlias(parsed, type, kinds) : whyNoKey(type);
  const remedy = wrongKey ?? whyTypeOfKey(id) ?? whyNotForm(id) ?? whyOtherRegion(parsed, region);
  if (remedy !== null) return reader.error('key-id', id, remedy);
  // If the run includes delivery streams, the alias is kept, so that they fail instead of silently getting the key that
  // Firehose owns. The account in an alias ARN is compared once the stream's account is known.
  if (id === KINESIS_AWS_ALIAS && !kinds.includes('firehose')) {
    return { which: 'target', target: { type: 'aws-owned', id: KINESIS_AWS_ALIAS } };
  }
  if (type === null) return null;
  return { which: 'target', target: { type: type === 'customer-managed' ? type : null, id } };
}

/** A name that can be an alias: neither a type of key nor the beginning of another form. */
const ALIAS_WITHOUT_PREFIX = /^(?!alias\/|arn\b|mrk-|any$|aws[-_]owned|customer[-_]managed)[a-z][\w/-]*$/i;

/** The alias that is meant by a name such as `aws/kinesis`; any other text is returned unchanged. */
function withAliasPrefix(text: string): string {
  const lowerCase = text.toLowerCase();
  return lowerCase.startsWith('aws/') ? `alias/${lowerCase}` : text;
}

function whyTypeOfKey(text: string): string | null {
  return KEY_TYPES.has(text.toLowerCase()) ? 'this is a type of key: give it as key-type' : null;
}

/** Why the text is not the identifier of a key, or null. */
function whyNotForm(text: string, forms = KEY_FORMS): string | null {
  const lowerCase = text.toLowerCase();
  if (text !== lowerCase && parseKeyId(lowerCase)?.alias === null) {
    return `a key id or key ARN is in lower case: give ${lowerCase}`;
  }
  if (parseKeyId(text) !== null) return null;
  if (lowerCase.startsWith('aws/')) return `${forms}; did you mean alias/${lowerCase}?`;
  const alias = text.replace(/^alias\//i, 'alias/');
  if (parseKeyId(alias) !== null) return `${forms}; did you mean ${alias}?`;
  return ALIAS_WITHOUT_PREFIX.test(text) ? `${forms}; did you mean alias/${text}?` : forms;
}

function whyNoKey(type: KeyTypeInput): string | null {
  return type === 'aws-owned' ? 'key-type aws-owned allows no key-id: remove one of them' : null;
}

function whyNotAwsAlias(parsed: KeyId | null, type: KeyTypeInput, kinds: readonly StreamKind[]): string | null {
  if (type === 'customer-managed') return 'this is an AWS managed key, but key-type is customer-managed';
  if (kinds.includes('firehose') && !kinds.includes('kinesis')) {
    return 'Firehose accepts no AWS managed key: use key-type aws-owned without key-id';
  }
  return parsed?.alias === KINESIS_AWS_ALIAS
    ? null
    : `this AWS managed key is not for Kinesis: use ${KINESIS_AWS_ALIAS}`;
}

function whyOtherRegion(parsed: KeyId | null, region: string | null): string | null {
  if (!parsed?.region || region === null || parsed.region === region) return null;
  return `this key is not in the region of the run, ${region}: give a key of that region, or set region`;
}

/** Keys of other regions are allowed: they match no stream here, so that one list can serve many regions. */
function readApproved(reader: InputReader, ids: readonly string[], mode: Mode | null): KeyCriteria {
  const type = reader.text('key-type');
  for (const id of ids) {
    const error = (remedy: string) => reader.error('approved-key-ids', id, remedy);
    const notForm = whyNotForm(id);
    if (notForm !== null) error(notForm);
    if (mode !== null && mode !== 'check') error(`works only in mode check, but mode is ${mode}: set mode to check`);
    if (reader.text('key-id') !== '') error('cannot be combined with key-id: remove one of them');
    if (type !== '') error(`cannot be combined with key-type ${type}: remove one of them`);
  }
  return { which: 'approved', ids };
}

/** The words that `from-key-id` accepts instead of a key. */
const FROM_WORDS = ['any', 'aws-owned'] as const;

/** Reads the keys to move streams off; null if the request does not limit that. */
export function readFromKeys(
  reader: InputReader,
  criteria: KeyCriteria | null,
  { mode, region, kinds }: InputContext
): readonly FromKey[] | null {
  const texts = [...new Set(reader.entries('from-key-id').map((entry) => fromWord(entry) ?? entry))];
  for (const text of texts) {
    const error = (remedy: string | null) => remedy !== null && reader.error('from-key-id', text, remedy);
    error(whyNotFromKey(text) ?? whyOtherRegion(parseKeyId(text), region) ?? whyTarget(text, criteria));
    error(whyNoTarget(criteria, mode));
  }
  return texts.length === 0 ? null : texts.map((text) => toFromKey(text, kinds));
}

function fromWord(text: string): (typeof FROM_WORDS)[number] | undefined {
  return FROM_WORDS.find((word) => word === text.toLowerCase());
}

/** Kinesis' AWS alias does not name the key that Firehose owns. */
function toFromKey(text: string, kinds: readonly StreamKind[]): FromKey {
  if (text === KINESIS_AWS_ALIAS && !kinds.includes('firehose')) return 'aws-owned';
  return fromWord(text) ?? { id: text };
}

function whyNotFromKey(text: string): string | null {
  if (fromWord(text) !== undefined) return null;
  return whyNotForm(text, `${KEY_FORMS}, aws-owned or any`);
}

/** Reported here as far as it can be known without KMS, which alone knows where an alias points. */
function whyTarget(text: string, criteria: KeyCriteria | null): string | null {
  if (criteria?.which !== 'target' || canonical(text) !== canonical(criteria.target.id || 'aws-owned')) return null;
  return IS_TARGET;
}

function whyNoTarget(criteria: KeyCriteria | null, mode: Mode | null): string | null {
  if (mode === 'check') return 'mode check changes nothing: use mode encrypt or plan, with the target key';
  if (criteria === null || criteria.which === 'target') return null;
  return 'it needs a target key: give key-id, or key-type aws-owned';
}

/** One text for the id and the ARN of a key. */
function canonical(text: string): string {
  if (text === KINESIS_AWS_ALIAS) return 'aws-owned';
  const form = parseKeyId(text)?.form;
  return form === 'arn' || form === 'id' ? text.slice(text.lastIndexOf('/') + 1) : text;
}
