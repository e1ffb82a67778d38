/** HTML as a browser reads it: job summaries and tracking issues. */

import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

/** An element: its name, its attributes, and what is in it. White space between elements is left out. */
export interface Shape {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly (Shape | string)[];
}

/** Reads HTML as a browser does, mending what is broken as it would. */
export function shapesOf(html: string): (Shape | string)[] {
  return shapesIn(parseFragment(html).childNodes);
}

/** An element without attributes. */
export function element(name: string, ...content: (Shape | string)[]): Shape {
  return { name, attributes: {}, content };
}

/** All text in it, as it shows. */
export function textOf(shape: Shape | string): string {
  return typeof shape === 'string' ? shape : shape.content.map(textOf).join('');
}

/** What is in it; nothing is in a text. */
export function contentOf(shape: Shape | string | undefined): readonly (Shape | string)[] {
  return shape === undefined || typeof shape === 'string' ? [] : shape.content;
}

/** All text, as it shows, a line a block. */
export function shown(html: string): string {
  return shapesOf(html).map(textOf).join('\n');
}

/** The items of all lists, as they show. */
export function itemsOf(html: string): string[] {
  return shapesOf(html).flatMap((shape) => {
    return typeof shape !== 'string' && shape.name === 'ul' ? shape.content.map(textOf) : [];
  });
}

function shapesIn(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): (Shape | string)[] {
  return nodes.flatMap((node): (Shape | string)[] => {
    if ('value' in node) return /^\s*\n\s*$/.test(node.value) ? [] : [node.value];
    if (!('tagName' in node)) return [element(node.nodeName)];
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    return [{ name: node.tagName, attributes, content: shapesIn(node.childNodes) }];
  });
}
