/** HTML for the summary and the issue. Text from outside cannot add markup, a mention or a line of Markdown to it. */

import { sanitize } from './log.ts';

/**
 * Text with `<code>` around each word that is a name or that GitHub would link: words with one of @ # : / _, commits, and
 * references such as GH-1, because a repository may link any such prefix.
 */
export function prose(text: string): string {
  return sanitize(text)
    .split(WORD)
    .map((part) => {
      const [, word = '', punctuation = ''] = /^(.*?)([.:!?…]*)$/.exec(part) ?? [];
      return NAME.test(word) && !TIME_OF_DAY.test(word)
        ? `<code>${escapeHtml(word)}</code>${escapeHtml(punctuation)}`
        : escapeHtml(part);
    })
    .join('');
}

const WORD = /([^\s()",;'<>]+)/;
const TIME_OF_DAY = /^\d\d:\d\d$/;
const NAME = /[@#:/_]|^www\.|(?<![\w-])[a-z]+-\d|\b[0-9a-f]{7,}\b/i;

/** Text in `<code>`. */
export function code(text: string): string {
  return `<code>${escapeHtml(sanitize(text))}</code>`;
}

/** A link. `html` is its content and must be escaped. */
export function link(url: string, html: string): string {
  return `<a href="${escapeHtml(sanitize(url))}">${html}</a>`;
}

/** The size of these lines in bytes, including line ends. */
export function byteLength(lines: readonly string[]): number {
  return lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0);
}

/** Renders the first items, as many as fit into `maxBytes`. */
export function renderWithin<Item>(maxBytes: number, items: readonly Item[], render: (item: Item) => string): string[] {
  const lines: string[] = [];
  let remaining = maxBytes;
  for (const item of items) {
    const line = render(item);
    remaining -= byteLength([line]);
    if (remaining < 0) break;
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

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
