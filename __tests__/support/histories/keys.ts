/** The keys of a history, and the identifiers that refer to them. */

import { AWS_ALIAS, AWS_MANAGED, aliasArn, NEW, OLD, THIRD } from '../account.ts';

const ARNS = { old: OLD, new: NEW, third: THIRD, aws: AWS_MANAGED };
const ALIASES = { old: 'alias/old', new: 'alias/new', third: 'alias/third', aws: AWS_ALIAS };

export const KEY_NAMES = ['old', 'new', 'third', 'aws'] as const;
export type KeyName = (typeof KEY_NAMES)[number];
export const KEY_FORMS = ['arn', 'id', 'alias', 'alias-arn'] as const;
export type KeyForm = (typeof KEY_FORMS)[number];

/** A key, and the form of identifier that refers to it. */
export interface KeyReference {
  readonly key: KeyName;
  readonly form: KeyForm;
}

export function keyIdOf({ key, form }: KeyReference): string {
  if (form === 'arn') return ARNS[key];
  if (form === 'id') return ARNS[key].replace(/^.*key\//, '');
  return form === 'alias' ? ALIASES[key] : aliasArn(ALIASES[key]);
}

const REFERENCES = KEY_NAMES.flatMap((key) => KEY_FORMS.map((form): KeyReference => ({ key, form })));

/** The key that an identifier refers to. Firehose reports the AWS owned key with an empty identifier. */
export function keyOf(id: string): KeyReference | null {
  if (id === '') return { key: 'aws', form: 'arn' };
  return REFERENCES.find((reference) => keyIdOf(reference) === id) ?? null;
}
