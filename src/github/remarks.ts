/** The remarks below the summary's table. */

import { endedWell, type Outcome, type Result } from '../encryption/model.ts';
import { code, prose } from './markup.ts';

/** How many streams are named that have a remark in common. */
const NAMED = 3;

/** Outcomes of which the message says what the table does not show. */
const REMARKABLE: ReadonlySet<Outcome> = new Set(['planned', 'not-applicable']);

/** Something to be known of streams that the table does not show. */
export interface Remark {
  readonly text: string;
  /** The streams that have it in common; of a run of one stream there is no need to name it. */
  readonly names: readonly string[];
}

/**
 * What is planned, why encryption does not apply, and every warning; of one stream also why it did not end well. What is
 * the same of several streams is one remark.
 */
export function remarksOn(results: readonly Result[]): Remark[] {
  const texts = results.flatMap((result) => {
    const { name, outcome, message, warnings } = result;
    const tellsWhy = endedWell(result) ? REMARKABLE.has(outcome) : results.length === 1;
    return [...new Set(tellsWhy ? [message, ...warnings] : warnings)].map((text) => ({ name, text }));
  });
  return [...Map.groupBy(texts, ({ text }) => text)].map(([text, streams]) => {
    return { text, names: results.length === 1 ? [] : streams.map(({ name }) => name) };
  });
}

/** `orders: …`; of several streams how many they are, and the first of their names. */
export function remarkInHtml({ text, names }: Remark): string {
  if (names.length === 0) return prose(text);
  const some = names.slice(0, NAMED).map(code).join(', ');
  const who = names.length === 1 ? some : `${names.length} streams (${some}${names.length > NAMED ? ', …' : ''})`;
  return `${who}: ${prose(text)}`;
}
