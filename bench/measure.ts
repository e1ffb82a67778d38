/** Times subjects in rounds: each round runs every subject once, so that other load on the machine affects all of them alike. */

export interface Subject {
  readonly name: string;
  /** Runs it once and verifies the result. Returns the duration in milliseconds; rejects if the result is wrong. */
  readonly run: () => Promise<number>;
  /** How much of that time the service takes for the change. */
  readonly changeMs?: number;
  readonly limit?: Limit;
}

/** The most that a subject may take: as a multiple of bare Node, or in addition to the change itself. */
export type Limit = { readonly timesBareNode: number } | { readonly overheadMs: number };

export interface Quartiles {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/** Runs one warm-up round, then `rounds` rounds. The results are in the order of the subjects. */
export async function measure(
  subjects: readonly Subject[],
  rounds: number,
  onRound: (round: number) => void
): Promise<Quartiles[]> {
  const samples = subjects.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    for (const [index, subject] of subjects.entries()) {
      const ms = await subject.run().catch((cause) => {
        throw new Error(`A run of "${subject.name}" failed`, { cause });
      });
      if (round > 0) samples[index]?.push(ms);
    }
  }
  return samples.map(quartiles);
}

export function quartiles(samples: readonly number[]): Quartiles {
  const sorted = samples.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), lower: quantile(sorted, 0.25), upper: quantile(sorted, 0.75) };
}

/** Interpolates linearly between two samples. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
