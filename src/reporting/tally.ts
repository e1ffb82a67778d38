/** What several results come to. */

import { type Encrypted, OUTCOMES, type Outcome, type Result } from '../encryption/model.ts';

/** What a whole run came to. */
export interface Tally {
  /** The worst there is; `failed` where there is none, since then nothing was secured. */
  readonly outcome: Outcome;
  /** A change was sent to one of the streams, and not refused. */
  readonly changed: boolean;
  /** Whether all streams are encrypted: one that is not outweighs one of which nobody can tell. */
  readonly encrypted: Encrypted;
  readonly counts: Counts;
}

/** How many streams there were, and how many ended with each outcome that occurred. */
export interface Counts extends Readonly<Partial<Record<Outcome, number>>> {
  readonly total: number;
}

/** Sums up the results. `runEnded` is how the run as a whole ended, where it did not get to all of its streams. */
export function tallyOf(results: readonly Result[], runEnded: Outcome | null = null): Tally {
  const counts = countOutcomes(results);
  return {
    outcome: OUTCOMES.find((outcome) => outcome === runEnded || outcome in counts) ?? 'failed',
    changed: results.some(({ changed }) => changed),
    encrypted: allEncrypted(results),
    counts
  };
}

/** Counts the outcomes of these results. */
export function countOutcomes(results: readonly Result[]): Counts {
  const counts: { total: number } & Partial<Record<Outcome, number>> = { total: results.length };
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** The outcomes that occurred and how often, the worst first: `2 failed, 1 rekeyed`. */
export function formatCounts(counts: Counts): string {
  return OUTCOMES.filter((outcome) => outcome in counts)
    .map((outcome) => `${counts[outcome]} ${outcome}`)
    .join(', ');
}

/** These items from the worst outcome to the best; those of one outcome stay in their order. */
export function worstFirst<Item>(items: readonly Item[], outcomeOf: (item: Item) => Outcome): Item[] {
  const rank = new Map(OUTCOMES.map((outcome, place) => [outcome, place]));
  const rankOf = (item: Item) => rank.get(outcomeOf(item)) ?? 0;
  return items.toSorted((one, other) => rankOf(one) - rankOf(other));
}

function allEncrypted(results: readonly Result[]): Encrypted {
  const has = (encrypted: Encrypted) => results.some((result) => result.encrypted === encrypted);
  if (has('false')) return 'false';
  return has('unknown') || results.length === 0 ? 'unknown' : 'true';
}
