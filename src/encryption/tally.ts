/** What several results come to. */

import { type Encrypted, OUTCOMES, type Outcome, type Result } from './model.ts';

/** The worst outcome there is; of none, `failed`, since then nothing was secured. */
export function worstOutcome(results: readonly Pick<Result, 'outcome'>[]): Outcome {
  return OUTCOMES.find((outcome) => results.some((result) => result.outcome === outcome)) ?? 'failed';
}

/** How many streams there were, and how many ended with each outcome that occurred. */
export function countsOf(results: readonly Pick<Result, 'outcome'>[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { total: results.length };
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Whether all streams are encrypted: one that is not outweighs one of which nobody can tell. */
export function allEncrypted(results: readonly Pick<Result, 'encrypted'>[]): Encrypted {
  const has = (encrypted: Encrypted) => results.some((result) => result.encrypted === encrypted);
  if (has('false')) return 'false';
  return has('unknown') || results.length === 0 ? 'unknown' : 'true';
}
