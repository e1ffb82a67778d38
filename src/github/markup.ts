/** HTML that nothing from outside can add to: neither markup, nor a mention, nor a line of Markdown. */

import { plain } from './log.ts';

/**
 * Text in which each word that is a name, or that GitHub would link, stands as code: what holds one of @ # : / _, a commit,
 * and the likes of GH-1, as a repository may link any such prefix.
 */
export function prose(text: string): string {
  return plain(text)
    .split(WORD)
    .map((part) => {
      const [, word = '', end = ''] = /^(.*?)([.:!?…]*)$/.exec(part) ?? [];
      return NAME.test(word) && !TIME_OF_DAY.test(word)
        ? `<code>${entities(word)}</code>${entities(end)}`
        : entities(part);
    })
    .join('');
}

const WORD = /([^\s()",;'<>]+)/;
const TIME_OF_DAY = /^\d\d:\d\d$/;
const NAME = /[@#:/_]|^www\.|(?<![\w-])[a-z]+-\d|\b[0-9a-f]{7,}\b/i;

/** A name as it is. */
export function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** A link. */
export function link(url: string, content: string): string {
  return `<a href="${escaped(url)}">${content}</a>`;
}

/** How many bytes these lines take, with the ends of the lines. */
export function bytesOf(lines: readonly string[]): number {
  return lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0);
}

/** Writes the items one after the other, as many as fit into so many bytes. */
export function fitting<Item>(items: readonly Item[], write: (item: Item) => string, bytes: number): string[] {
  const lines: string[] = [];
  let left = bytes;
  for (const item of items) {
    const line = write(item);
    left -= bytesOf([line]);
    if (left < 0) break;
    lines.push(line);
  }
  return lines;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
};

function escaped(text: string): string {
  return entities(plain(text));
}

function entities(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
