/** The cause of a result: its message without what names the stream or its key, so that equal causes are equal texts. Pure. */

import type { StreamKind, StreamRef } from '../model.ts';

/** An ARN, an IAM action or another word that contains a colon, or a word. Trailing punctuation may be part of it. */
const TOKEN = /arn:[^\s()"',;]+|[\w.-]+(?::[\w.-]+)?/g;
const ARN_OF_KIND: Readonly<Record<StreamKind, RegExp>> = {
  kinesis: /^arn:[\w-]+:kinesis:/,
  firehose: /^arn:[\w-]+:firehose:/
};
/** A name that may be a word of any sentence is that of a stream only after one of these, or in quotes. */
const WORD = /^[a-z]+$/i;
const BEFORE_NAME = /(?:(?:stream|firehose):? |["'])$/i;
const BEFORE_NAME_LENGTH = 12;
/** Where an error says which resource it is about: `for …`, `on …`, and AWS' own `on resource: …`. */
const REFERENCE = / (?:for|on|on resource:) (?:the (?:data|delivery) stream …|arn:[^\s…]+\/…)/g;
/** What AWS quotes of a single request: the id of one that another service refused, and the times of a signature or token. */
const OF_REQUEST = /\b(request id: |date\/time ?)[\w-]+|\b\d{8}T\d{6}Z\b/gi;
/**
 * A lookup that the role's own policy denies, with the key as it was given and as AWS names it. One statement in that policy
 * allows the lookup of all keys, unless AWS names another policy.
 */
const DENIED_LOOKUP =
  /kms:DescribeKey for (\S+) in [^\s:]+: (?:(?!kms:DescribeKey for ).)*? on resource: arn:[\w-]+:kms:[\w-]*:\d*:key\/([\w-]+)(?![\w/-]| with an explicit deny| because (?!no identity-based))/gs;

/**
 * Replaces the stream's name, also at the end of its ARN, and leaves out where an error says which stream it is about. The
 * ARN of the other service stays: it may be that of a delivery stream's source with the same name.
 */
export function withoutStreamName(text: string, { kind, name }: Pick<StreamRef, 'kind' | 'name'>): string {
  if (!text.includes(name)) return withoutRequest(text);
  const named = text.replace(TOKEN, (token, offset: number) => {
    const word = token.replace(/[.:]+$/, '');
    const end = token.slice(word.length);
    if (word === name)
      return isName(name, text.slice(Math.max(0, offset - BEFORE_NAME_LENGTH), offset)) ? `…${end}` : token;
    return ARN_OF_KIND[kind].test(word) && word.endsWith(`/${name}`) ? `${word.slice(0, -name.length)}…${end}` : token;
  });
  return withoutRequest(named.replace(REFERENCE, ''));
}

function isName(name: string, before: string): boolean {
  return !WORD.test(name) || BEFORE_NAME.test(before);
}

function withoutRequest(text: string): string {
  return text.replace(OF_REQUEST, (_quoted, what = '') => `${what}…`);
}

/** Replaces the keys that the role's own policy does not let it look up: what must be fixed is the same for all of them. */
export function withoutDeniedKeys(text: string): string {
  const denied = [...text.matchAll(DENIED_LOOKUP)];
  if (denied.length === 0) return text;
  const replaced = denied.reduce((result, [, given = '', id = '']) => {
    const shortGiven = given.startsWith('alias/') ? 'alias/…' : given.replace(/[^/]+$/, '…');
    return result.replaceAll(given, shortGiven).replaceAll(id, '…');
  }, text);
  return replaced.replace(REFERENCE, '');
}
