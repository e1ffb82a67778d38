/** What a campaign tried and what of it held, as a line for each way and a table. */

import { markdownTable } from 'markdown-table';

/** What is tried: a fault at a moment. */
export interface Combination {
  readonly fault: string;
  readonly moment: string;
  /** Of which service the streams are. */
  readonly kind: string;
  readonly outcome: string;
}

type Verdict = 'held' | 'FAILS';

export class Ledger {
  readonly #title: string;
  readonly #moments: readonly string[];
  readonly #ways = new Map<string, Map<Combination, Verdict>>();

  /** `moments` are the columns of the table, in their order. */
  constructor(title: string, moments: readonly string[]) {
    this.#title = title;
    this.#moments = moments;
  }

  /** Tries a combination this way, and keeps whether it held. */
  async keep(way: string, one: Combination, attempt: () => Promise<void>): Promise<void> {
    const verdicts = this.#ways.get(way) ?? new Map<Combination, Verdict>();
    this.#ways.set(way, verdicts.set(one, 'FAILS'));
    await attempt();
    verdicts.set(one, 'held');
  }

  /** `faults` are the first rows of the table, in their order; others follow as they came. */
  inWords(faults: readonly string[] = []): string {
    const [tried = new Map<Combination, Verdict>()] = this.#ways.values();
    const lines = [...this.#ways].map(([way, verdicts]) => {
      const held = [...verdicts.values()].filter((verdict) => verdict === 'held').length;
      return `${this.#title}, through ${way}: ${verdicts.size} combinations tried, ${held} held`;
    });
    return ['', table(tried, this.#moments, faults), '', ...lines].join('\n');
  }
}

/** Fault × moment → outcome. */
function table(
  verdicts: ReadonlyMap<Combination, Verdict>,
  moments: readonly string[],
  faults: readonly string[]
): string {
  const byFault = Map.groupBy(verdicts, ([{ fault }]) => fault);
  const names = [...faults.filter((name) => byFault.has(name)), ...byFault.keys()];
  const rows = [...new Set(names)].map((name) => [
    name,
    ...moments.map((moment) => cell((byFault.get(name) ?? []).filter(([one]) => one.moment === moment)))
  ]);
  return markdownTable([['fault', ...moments], ...rows]);
}

/** Where the services differ, or one alone was tried, K is Kinesis and F is Firehose. */
function cell(entries: readonly (readonly [Combination, Verdict])[]): string {
  const words = entries.map(([{ kind, outcome }, verdict]) => [kind, verdict === 'held' ? outcome : verdict] as const);
  const [outcome, ...others] = new Set(words.map(([, word]) => word));
  if (outcome !== undefined && others.length === 0 && words.length > 1) return outcome;
  return words.map(([kind, word]) => `${kind.slice(0, 1).toUpperCase()} ${word}`).join(', ');
}
