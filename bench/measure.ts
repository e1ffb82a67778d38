/** Measuring: every subject once a round, so that whatever else the machine does falls on all of them alike. */

export interface Subject {
  readonly what: string;
  /** Runs it once, checks what it came to, and answers how long it took in milliseconds. Rejects where it went wrong. */
  readonly once: () => Promise<number>;
  /** How much of the time the service takes for the change, whoever waits for it. */
  readonly changeMs?: number;
  readonly aim?: Aim;
}

export type Aim = { readonly timesBare: number } | { readonly overChangeMs: number };

export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** Runs `rounds` rounds after one that is not counted; the samples come in the order of the subjects. */
export async function measure(
  subjects: readonly Subject[],
  rounds: number,
  onRound: (round: number) => void
): Promise<Spread[]> {
  const samples = subjects.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    for (const [index, subject] of subjects.entries()) {
      const ms = await subject.once().catch((cause) => {
        throw new Error(`A run of "${subject.what}" went wrong`, { cause });
      });
      if (round > 0) samples[index]?.push(ms);
    }
  }
  return samples.map(spreadOf);
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75)
  };
}

/** Between two samples, the value in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
