import { endedWell, type Outcome, type Result } from '../encryption/model.ts';
import { code, prose } from './markup.ts';

/** How many streams are named that have a remark in common. */
const NAMED = 3;

/** Outcomes of which the message says what the table does not show. */
const REMARKABLE: ReadonlySet<Outcome> = new Set(['planned', 'not-applicable']);

/**
 * What is to be remarked on the streams below the table, as HTML: what is planned, why encryption does not apply, and
 * every warning; of one stream also why it did not end well. What is the same of several streams is said once.
 */
export function remarksOn(results: readonly Result[]): string[] {
  const remarks = results.flatMap((result) => {
    const { name, outcome, message, warnings } = result;
    const tellsWhy = endedWell(result) ? REMARKABLE.has(outcome) : results.length === 1;
    const texts = tellsWhy ? [message, ...warnings] : warnings;
    return [...new Set(texts)].map((text) => ({ name, text }));
  });
  return [...Map.groupBy(remarks, ({ text }) => text)].map(([text, streams]) => {
    const who = results.length === 1 ? '' : `${inShort(streams.map(({ name }) => name))}: `;
    return `${who}${prose(text)}`;
  });
}

/** `orders`; of several streams how many they are, and the first of their names. */
function inShort(names: readonly string[]): string {
  const some = names.slice(0, NAMED).map(code).join(', ');
  if (names.length === 1) return some;
  return `${names.length} streams (${some}${names.length > NAMED ? ', …' : ''})`;
}
