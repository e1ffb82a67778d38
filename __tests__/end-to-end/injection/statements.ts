/** What annotations, summary and issue must say of a run's streams: each stream once, alone or with others of the same cause. */

import { expect } from '@jest/globals';
import type { StreamReport } from '../../../src/reporting/report.ts';
import { failsStep } from './reported-run.ts';
import { oneLine } from './text.ts';

/** What is said about one stream. */
export interface Statement {
  readonly stream: StreamReport;
  readonly level: 'error' | 'warning';
  /** The outcome, unless it is a mere warning, and the text. */
  readonly reason: string;
  /** The reason without the outcome. */
  readonly text: string;
}

/** Everything that must be said about the streams. */
export function statementsAbout(streams: readonly StreamReport[]): Statement[] {
  return streams.flatMap((stream): Statement[] => {
    const { outcome, message, warnings } = stream;
    const level = failsStep(stream) ? 'error' : 'warning';
    const explanation: Statement = { level, stream, reason: `${outcome}: ${message}`, text: message };
    return [
      ...(failsStep(stream) || outcome === 'not-applicable' ? [explanation] : []),
      ...[...new Set(warnings)].map((text): Statement => ({ level: 'warning', stream, reason: text, text }))
    ];
  });
}

/** Several streams with the same cause: their number, the reason, and the first names. */
const SHARED = /^(\d+) streams: (.*?)\.?\s*Streams: ([^\n]*)$/s;

/**
 * Expects these texts to say all of these statements, each once. A text is about one stream, written by `format`, or about
 * several, whose names it contains.
 */
export function expectStatements(
  texts: readonly string[],
  statements: readonly Statement[],
  format: (statement: Statement) => string
): void {
  const remaining = [...statements];
  for (const text of texts) {
    const [, count = '1', reason = '', names = ''] = SHARED.exec(text) ?? [];
    const found = remaining.filter((statement) =>
      reason === '' ? format(statement) === text : isShared(statement, reason, names)
    );
    expect([text, found.length >= Number(count)]).toEqual([text, true]);
    for (const statement of found.slice(0, Number(count))) remaining.splice(remaining.indexOf(statement), 1);
  }
  expect(remaining).toEqual([]);
}

/** At most ten streams are named. The reason begins as that of each stream, up to where that one names the stream. */
function isShared({ stream, reason }: Statement, shared: string, names: string): boolean {
  const isNamed = names.includes(oneLine(stream.name)) || / and \d+ more$/.test(names);
  const [outcome = ''] = reason.split(': ', 1);
  return isNamed && shared.startsWith(oneLine(outcome).slice(0, 8));
}
