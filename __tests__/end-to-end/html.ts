/** Parses the HTML of job summaries and tracking issues. */

import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

/** An element. White space between its children is omitted. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly HtmlNode[];
}

export type HtmlNode = HtmlElement | string;

/** Parses HTML as a browser does; malformed HTML is repaired, not rejected. */
export function parseHtml(html: string): HtmlNode[] {
  return parseNodes(parseFragment(html).childNodes);
}

/** Creates an element without attributes. */
export function element(name: string, ...content: HtmlNode[]): HtmlElement {
  return { name, attributes: {}, content };
}

/** The visible text of a node. */
export function textOf(node: HtmlNode): string {
  return typeof node === 'string' ? node : node.content.map(textOf).join('');
}

/** The children of a node; a text has none. */
export function contentOf(node: HtmlNode | undefined): readonly HtmlNode[] {
  return node === undefined || typeof node === 'string' ? [] : node.content;
}

/** The visible text, one line per block. */
export function visibleText(html: string): string {
  return parseHtml(html).map(textOf).join('\n');
}

/** The visible text of each item of every list. */
export function listItems(html: string): string[] {
  return parseHtml(html).flatMap((node) => {
    return typeof node !== 'string' && node.name === 'ul' ? node.content.map(textOf) : [];
  });
}

function parseNodes(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): HtmlNode[] {
  return nodes.flatMap((node): HtmlNode[] => {
    if ('value' in node) return /^\s*\n\s*$/.test(node.value) ? [] : [node.value];
    if (!('tagName' in node)) return [element(node.nodeName)];
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    return [{ name: node.tagName, attributes, content: parseNodes(node.childNodes) }];
  });
}
