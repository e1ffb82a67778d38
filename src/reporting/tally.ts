/** Totals of several results. */

import { type Encrypted, OUTCOMES, type Outcome, type Result } from '../encryption/model.ts';

/** The totals of a run. */
export interface Tally {
  /** The worst outcome; `failed` if there is none, because then nothing was encrypted. */
  readonly outcome: Outcome;
  /** A change of at least one stream was sent and not refused. */
  readonly changed: boolean;
  /** Whether all streams are encrypted: `false` takes precedence over `unknown`, and `unknown` over `true`. */
  readonly encrypted: Encrypted;
  readonly counts: Counts;
}

/** The number of streams, and how many ended with each outcome that occurred. */
export interface Counts extends Readonly<Partial<Record<Outcome, number>>> {
  readonly total: number;
}

/** Totals the results. `runOutcome` is the outcome of the run if it ended before its streams did. */
export function tallyResults(results: readonly Result[], runOutcome: Outcome | null = null): Tally {
  const counts = countOutcomes(results);
  return {
    outcome: OUTCOMES.find((outcome) => outcome === runOutcome || outcome in counts) ?? 'failed',
    changed: results.some(({ changed }) => changed),
    encrypted: allEncrypted(results),
    counts
  };
}

export function countOutcomes(results: readonly Result[]): Counts {
  const counts: { total: number } & Partial<Record<Outcome, number>> = { total: results.length };
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** The outcomes that occurred and their counts, worst first: `2 failed, 1 rekeyed`. */
export function formatCounts(counts: Counts): string {
  return OUTCOMES.filter((outcome) => outcome in counts)
    .map((outcome) => `${counts[outcome]} ${outcome}`)
    .join(', ');
}

/** Sorts items from the worst outcome to the best. Items with the same outcome keep their order. */
export function worstFirst<Item>(items: readonly Item[], outcomeOf: (item: Item) => Outcome): Item[] {
  return items.toSorted((a, b) => outcomeRank(outcomeOf(a)) - outcomeRank(outcomeOf(b)));
}

/** The place of an outcome in the order from worst to best. */
export function outcomeRank(outcome: Outcome): number {
  return RANKS.get(outcome) ?? OUTCOMES.length;
}

const RANKS: ReadonlyMap<string, number> = new Map(OUTCOMES.map((outcome, rank) => [outcome, rank]));

function allEncrypted(results: readonly Result[]): Encrypted {
  const has = (encrypted: Encrypted) => results.some((result) => result.encrypted === encrypted);
  if (has('false')) return 'false';
  return has('unknown') || results.length === 0 ? 'unknown' : 'true';
}
