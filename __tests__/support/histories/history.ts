/** A history: all that decides a run, in plain data, so that a counterexample can be read. */

import type { Mode, StreamKind } from '../../../src/encryption/model.ts';
import type { ErrorKind } from '../../../src/encryption/ports.ts';
import { AWS_ALIAS, AWS_MANAGED, aliasArn, NEW, OLD, REGION, THIRD } from '../account.ts';

export const KEY_NAMES = ['old', 'new', 'third', 'aws'] as const;
export type KeyName = (typeof KEY_NAMES)[number];
export const FORMS = ['arn', 'id', 'alias', 'alias-arn'] as const;
export type Form = (typeof FORMS)[number];

/** A key, and how someone wrote it. */
export interface WrittenKey {
  readonly key: KeyName;
  readonly form: Form;
}

/** How a change ends. `comes-back`: at rest with what was there before, and no word of a failure. */
export type End = 'takes' | 'fails' | 'fails-for-a-grant' | 'comes-back' | 'overtaken';

/** What a change does: it is under way for so long, and then ends so. For a while the looks may show nothing of it. */
export interface Change {
  readonly ms: number;
  readonly unseenMs: number;
  readonly end: End;
}

/** How the stream truly stands. */
export type Standing =
  | { readonly is: 'at-rest'; readonly key: WrittenKey | null }
  | { readonly is: 'in-flight'; readonly key: WrittenKey | null; readonly to: WrittenKey | null }
  | { readonly is: 'failed'; readonly key: WrittenKey | null; readonly forAGrant: boolean }
  | { readonly is: 'unclear'; readonly key: WrittenKey | null }
  | { readonly is: 'deleting' | 'not-created' | 'fed'; readonly key: null };

/** What a call meets. Its answer takes `ms`, and tells how things were `staleMs` before the call. */
export interface Meeting {
  readonly meets: 'an-answer' | 'silence' | 'a-hang' | ErrorKind;
  readonly ms: number;
  readonly staleMs: number;
}

/** What a start meets. `lost` and `hang` never got there; the `taken` ones did, and their answer did not come back. */
export interface StartMeeting {
  readonly meets: 'an-answer' | 'lost' | 'lost-taken' | 'hang' | 'hang-taken' | Exclude<ErrorKind, 'unanswered'>;
  readonly ms: number;
  readonly change: Change;
}

/** Somebody else's change, or null for turning encryption off. The service refuses it while another is in flight. */
export interface OthersChange {
  readonly atMs: number;
  readonly to: WrittenKey | null;
  readonly ms: number;
}

/** What KMS would say of the key `new`. */
export type NewKeyIs = 'usable' | 'disabled' | 'pending-deletion' | 'asymmetric' | 'elsewhere' | 'missing';

export type Asked =
  | { readonly which: 'any' | 'aws-owned' | 'customer-managed' }
  | { readonly which: 'one'; readonly written: WrittenKey; readonly mustBeCustomerManaged: boolean }
  | { readonly which: 'approved'; readonly written: readonly WrittenKey[] };

/** A key that streams are to be moved off. */
export type Old = 'any' | 'aws-owned' | WrittenKey;

export interface History {
  readonly kind: StreamKind;
  readonly stands: Standing;
  /** A change in flight when the run begins, which is another's. */
  readonly inFlight: Change;
  readonly mode: Mode;
  readonly criteria: Asked;
  readonly from: readonly Old[] | null;
  /** The request names the stream; else a glob or tags chose it. */
  readonly named: boolean;
  readonly streamArn: 'not-given' | 'given' | 'of-another-account';
  readonly wait: boolean;
  readonly timeoutMs: number;
  readonly settleMs: number;
  readonly verifyRecords: boolean;
  readonly newKeyIs: NewKeyIs;
  readonly mayDescribeKeys: boolean;
  /** A data stream under way shows the key it goes to, as some do, rather than the one of before. */
  readonly showsKeyEarly: boolean;
  readonly looks: readonly Meeting[];
  readonly lookUps: readonly Meeting[];
  readonly starts: readonly StartMeeting[];
  readonly records: readonly (Meeting & { readonly encrypted: boolean })[];
  readonly others: readonly OthersChange[];
  readonly cancelAtMs: number | null;
  readonly seed: number;
}

const ARNS: Readonly<Record<KeyName, string>> = { old: OLD, new: NEW, third: THIRD, aws: AWS_MANAGED };
const ALIASES: Readonly<Record<KeyName, string>> = {
  old: 'alias/old',
  new: 'alias/new',
  third: 'alias/third',
  aws: AWS_ALIAS
};
/** The key `new` where it is of another region than the stream. */
export const ELSEWHERE = NEW.replace(REGION, 'us-east-1');

/** The key in the form it is written in. */
export function written({ key, form }: WrittenKey): string {
  switch (form) {
    case 'arn':
      return ARNS[key];
    case 'id':
      return ARNS[key].replace(/^.*key\//, '');
    case 'alias':
      return ALIASES[key];
    case 'alias-arn':
      return aliasArn(ALIASES[key]);
  }
}

/** Which key a text means; an empty one is Firehose's word for the AWS owned key. */
export function keyNamed(text: string): KeyName | null {
  if (text === '') return 'aws';
  if (text === ELSEWHERE) return 'new';
  return KEY_NAMES.find((key) => FORMS.some((form) => written({ key, form }) === text)) ?? null;
}

/** The form that a key is written in; what is no key counts as an ARN. */
export function formOf(text: string): Form {
  return FORMS.find((form) => KEY_NAMES.some((key) => written({ key, form }) === text)) ?? 'arn';
}

/** The key that a start is to put in force. */
export function keyToSend(criteria: Asked): KeyName {
  return criteria.which === 'one' ? criteria.written.key : 'aws';
}
