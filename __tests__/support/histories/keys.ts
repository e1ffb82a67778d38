/** The keys of a history, and the identifiers that refer to them. */

import { AWS_ALIAS, AWS_MANAGED, aliasArn, NEW, OLD, THIRD } from '../account.ts';

export const KEY_NAMES = ['old', 'new', 'third', 'aws'] as const;
export type KeyName = (typeof KEY_NAMES)[number];
export const KEY_FORMS = ['arn', 'id', 'alias', 'alias-arn'] as const;
export type KeyForm = (typeof KEY_FORMS)[number];

const ARNS = { old: OLD, new: NEW, third: THIRD, aws: AWS_MANAGED };
const ALIASES = { old: 'alias/old', new: 'alias/new', third: 'alias/third', aws: AWS_ALIAS };

export function keyIdOf(key: KeyName, form: KeyForm): string {
  if (form === 'arn') return ARNS[key];
  if (form === 'id') return ARNS[key].replace(/^.*key\//, '');
  return form === 'alias' ? ALIASES[key] : aliasArn(ALIASES[key]);
}

/** The key that an identifier refers to. Firehose reports the AWS owned key with an empty identifier. */
export function keyNameOf(id: string): KeyName | null {
  if (id === '') return 'aws';
  return KEY_NAMES.find((key) => KEY_FORMS.some((form) => keyIdOf(key, form) === id)) ?? null;
}
