/** `key-type`, `key-id`, `from-key-id` and `approved-key-ids`: the key asked for, and the keys that streams are moved off. */

import { isAwsAlias, type KeyForm, KINESIS_AWS_ALIAS, keyForm } from '../encryption/keys/key-id.ts';
import type { FromKey, KeyCriteria, KeyType, Mode, StreamKind } from '../encryption/model.ts';
import type { InputReader } from './input-reader.ts';

/** What else the run asks for, as far as it could be read: what is not known makes no fault. */
export interface Circumstances {
  readonly region: string | null;
  readonly mode: Mode | null;
  readonly kinds: readonly StreamKind[];
}

type AskedType = KeyType | 'any';

const KEY_TYPES: ReadonlyMap<string, AskedType> = new Map([
  ['any', 'any'],
  ['aws-owned', 'aws-owned'],
  ['aws_owned_cmk', 'aws-owned'],
  ['customer-managed', 'customer-managed'],
  ['customer_managed_cmk', 'customer-managed']
]);

const KEY_FORMS = 'give a key ARN, a key id, an alias name (alias/…) or an alias ARN';

/** Reads which key is asked for; null where there are faults. */
export function readCriteria(given: InputReader, around: Circumstances): KeyCriteria | null {
  const typeText = given.text('key-type');
  const type =
    KEY_TYPES.get(typeText.toLowerCase()) ??
    given.fault('key-type', typeText, 'allowed are aws-owned, customer-managed, any');
  const criteria = readTypeAndId(given, type, around);
  const approved = new Set(given.entries('approved-key-ids'));
  return approved.size === 0 ? criteria : readApproved(given, [...approved], type, around.mode);
}

function readTypeAndId(given: InputReader, type: AskedType | null, around: Circumstances): KeyCriteria | null {
  const id = given.text('key-id');
  if (id !== '') return readKeyId(given, id, type, around);
  if (type !== 'customer-managed') return type && { which: type };
  if (around.mode === 'check') return { which: 'customer-managed' };
  return given.fault('key-id', '', 'key-type customer-managed needs the key to encrypt with');
}

/** Of two faults of a key the one is told that leaves the other nothing to say. */
function readKeyId(
  given: InputReader,
  id: string,
  type: AskedType | null,
  { kinds, region }: Circumstances
): KeyCriteria | null {
  const form = keyForm(id);
  const ofAws = isAwsAlias(id);
  const wayOut = (ofAws ? whyNotAwsAlias(form, type, kinds) : whyNotKey(form, type)) ?? whyElsewhere(form, region);
  if (wayOut !== null) return given.fault('key-id', id, wayOut);
  // Firehose streams take no such alias, and so must not be given the key that Firehose owns instead. Whose alias it is,
  // in an ARN, shows when the stream has told its own.
  if (id === KINESIS_AWS_ALIAS && !kinds.includes('firehose')) return { which: 'aws-owned' };
  return type && { which: 'one', id, mustBeCustomerManaged: type === 'customer-managed' };
}

function whyNotKey(form: KeyForm | null, type: AskedType | null): string | null {
  if (type === 'aws-owned') return 'key-type aws-owned takes no key-id: leave out one of the two';
  return form === null ? KEY_FORMS : null;
}

function whyNotAwsAlias(form: KeyForm | null, type: AskedType | null, kinds: readonly StreamKind[]): string | null {
  if (type === 'customer-managed') return 'this is an AWS managed key, but key-type asks for customer-managed';
  if (kinds.includes('firehose') && !kinds.includes('kinesis')) {
    return 'Firehose takes no AWS managed key: use key-type aws-owned without key-id';
  }
  return form?.alias === KINESIS_AWS_ALIAS ? null : `this AWS managed key is not for Kinesis: use ${KINESIS_AWS_ALIAS}`;
}

function whyElsewhere(form: KeyForm | null, region: string | null): string | null {
  if (!form?.region || region === null || form.region === region) return null;
  return `this key is not in the region of the run, ${region}: give a key of that region, or set region`;
}

/** Keys of other regions may be approved too: one list can serve a fleet over many, and fits no stream by mistake. */
function readApproved(
  given: InputReader,
  ids: readonly string[],
  type: AskedType | null,
  mode: Mode | null
): KeyCriteria {
  const fault = (id: string, wayOut: string) => given.fault('approved-key-ids', id, wayOut);
  for (const id of ids) {
    if (keyForm(id) === null) fault(id, KEY_FORMS);
    if (mode !== null && mode !== 'check') fault(id, `only mode check takes approved keys, but mode is ${mode}`);
    if (given.text('key-id') !== '') fault(id, 'it takes the place of key-id: leave out one of the two');
    if (type !== null && type !== 'any') fault(id, `it takes the place of key-type ${type}: leave out one of the two`);
  }
  return { which: 'approved', ids };
}

/** Reads the keys that streams are moved off; null where the request does not say. */
export function readFromKeys(
  given: InputReader,
  criteria: KeyCriteria | null,
  { mode, region, kinds }: Circumstances
): readonly FromKey[] | null {
  const texts = [...new Set(given.entries('from-key-id'))];
  for (const text of texts) {
    const fault = (wayOut: string | null) => wayOut !== null && given.fault('from-key-id', text, wayOut);
    fault(whyNotOldKey(text) ?? whyElsewhere(keyForm(text), region) ?? whyTargetItself(text, criteria));
    fault(whyNoMove(criteria, mode));
  }
  return texts.length === 0 ? null : texts.map((text) => oldKey(text, kinds));
}

/** The alias of AWS' key for Kinesis is no name for the key that Firehose owns. */
function oldKey(text: string, kinds: readonly StreamKind[]): FromKey {
  if (text === 'any' || text === 'aws-owned') return text;
  return text === KINESIS_AWS_ALIAS && !kinds.includes('firehose') ? 'aws-owned' : { id: text };
}

function whyNotOldKey(text: string): string | null {
  return text === 'any' || text === 'aws-owned' || keyForm(text) !== null ? null : `${KEY_FORMS}, aws-owned or any`;
}

/** Why streams cannot be moved off this key, as far as that shows without KMS, which alone knows what an alias stands for. */
function whyTargetItself(text: string, criteria: KeyCriteria | null): string | null {
  const target = criteria?.which === 'one' ? criteria.id : criteria?.which === 'aws-owned' ? 'aws-owned' : null;
  if (target === null || bare(text) !== bare(target)) return null;
  return 'this is the key to move to: give the key that streams are to leave';
}

/** Why nothing can be moved at all. */
function whyNoMove(criteria: KeyCriteria | null, mode: Mode | null): string | null {
  if (mode === 'check') return 'mode check moves no stream: use mode encrypt or plan, with the key to move to';
  if (criteria === null || criteria.which === 'one' || criteria.which === 'aws-owned') return null;
  return 'it needs the key to move to: give key-id, or key-type aws-owned';
}

/** What of a key's text is the same in every form that shows which key it is. */
function bare(text: string): string {
  if (text === KINESIS_AWS_ALIAS) return 'aws-owned';
  const form = keyForm(text)?.form;
  return form === 'arn' || form === 'id' ? text.slice(text.lastIndexOf('/') + 1).toLowerCase() : text;
}
