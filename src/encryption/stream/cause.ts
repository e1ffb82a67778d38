/** The cause of a result: its message without what names the stream or its key, so that equal causes are equal texts. Pure. */

import type { StreamKind, StreamRef } from '../model.ts';

/** An ARN, an IAM action or another word that contains a colon, or a word. Trailing punctuation may be part of it. */
const TOKEN = /arn:[^\s()"',;]+|[\w.-]+(?::[\w.-]+)?/g;
const ARN_OF_KIND: Readonly<Record<StreamKind, RegExp>> = {
  kinesis: /^arn:[\w-]+:kinesis:/,
  firehose: /^arn:[\w-]+:firehose:/
};
/** Where an error says which stream it is about: `for …`, `on …`, and AWS' own `on resource: …`. */
const REFERENCE = / (?:for|on|on resource:) (?:the (?:data|delivery) stream …|arn:[^\s…]+\/…)/g;
/** AWS quotes the id of a request that another service refused. */
const REQUEST_ID = /\b(request id: )[\w-]+/gi;
/**
 * The id of a key that the role may not look up. Unless AWS names another policy, one statement in the role's own policy
 * allows the lookup of all keys.
 */
const DENIED_KEY =
  /kms:DescribeKey on resource: arn:[\w-]+:kms:[\w-]*:\d*:key\/([\w-]+)(?![\w-]| because (?!no identity-based))/;

/**
 * Replaces the stream's name, also at the end of its ARN, and leaves out where an error says which stream it is about. The
 * ARN of the other service stays: it may be that of a delivery stream's source with the same name. Also replaces the id of
 * a key that the role may not look up.
 */
export function withoutStreamName(message: string, { kind, name }: Pick<StreamRef, 'kind' | 'name'>): string {
  const [, deniedKey] = DENIED_KEY.exec(message) ?? [];
  const text = deniedKey === undefined ? message : message.replaceAll(deniedKey, '…');
  if (text === message && !text.includes(name)) return text.replace(REQUEST_ID, '$1…');
  return text
    .replace(TOKEN, (token) => {
      const word = token.replace(/[.:]+$/, '');
      const end = token.slice(word.length);
      if (word === name) return `…${end}`;
      return ARN_OF_KIND[kind].test(word) && word.endsWith(`/${name}`)
        ? `${word.slice(0, -name.length)}…${end}`
        : token;
    })
    .replace(REFERENCE, '')
    .replace(REQUEST_ID, '$1…');
}
