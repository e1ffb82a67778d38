/** Notes on streams: messages and warnings that the summary's table does not show. */

import { endedWell, type Outcome, type Result } from '../encryption/model.ts';

/** A note, and the streams that it applies to. */
export interface Note {
  readonly text: string;
  /** Empty if the run has a single stream, which needs no name. */
  readonly streamNames: readonly string[];
}

/** Outcomes that pass and whose message adds to the table. */
const EXPLAINED: ReadonlySet<Outcome> = new Set(['planned', 'not-applicable']);

/**
 * Collects every warning, and the messages of `planned` and `not-applicable` streams. A single stream that ended badly adds
 * its message too; with several streams the table shows it. Streams with the same text share one note.
 */
export function collectNotes(results: readonly Result[]): Note[] {
  const texts = results.flatMap((result) => {
    const { name, outcome, message, warnings } = result;
    const includesMessage = endedWell(result) ? EXPLAINED.has(outcome) : results.length === 1;
    return [...new Set(includesMessage ? [message, ...warnings] : warnings)].map((text) => ({ name, text }));
  });
  return [...Map.groupBy(texts, ({ text }) => text)].map(([text, streams]) => {
    return { text, streamNames: results.length === 1 ? [] : streams.map(({ name }) => name) };
  });
}
