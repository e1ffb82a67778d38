/** Reports which cases of a campaign passed: a table, and a line for each driver. */

import { markdownTable } from 'markdown-table';

/** A fault at an injection point. */
export interface Combination {
  readonly fault: string;
  readonly point: string;
  /** The service of the streams. */
  readonly kind: string;
  readonly outcome: string;
}

type Verdict = 'passed' | 'FAILED';

export class CampaignReport {
  readonly #title: string;
  readonly #points: readonly string[];
  readonly #verdictsByDriver = new Map<string, Map<Combination, Verdict>>();

  /** `points` are the columns of the table. */
  constructor(title: string, points: readonly string[]) {
    this.#title = title;
    this.#points = points;
  }

  /** Runs the assertions of a combination and records whether they passed. */
  async record(driver: string, combination: Combination, assert: () => Promise<void>): Promise<void> {
    const verdicts = this.#verdictsByDriver.get(driver) ?? new Map<Combination, Verdict>();
    this.#verdictsByDriver.set(driver, verdicts.set(combination, 'FAILED'));
    await assert();
    verdicts.set(combination, 'passed');
  }

  /** `faults` sets the order of the rows; the other rows follow in the order in which they were recorded. */
  format(faults: readonly string[] = []): string {
    const [verdictsOfFirst = new Map<Combination, Verdict>()] = this.#verdictsByDriver.values();
    const lines = [...this.#verdictsByDriver].map(([driver, verdicts]) => {
      const passed = [...verdicts.values()].filter((verdict) => verdict === 'passed').length;
      return `${this.#title}, through ${driver}: ${verdicts.size} combinations tested, ${passed} passed`;
    });
    return ['', formatTable(verdictsOfFirst, this.#points, faults), '', ...lines].join('\n');
  }
}

/** Fault × injection point → outcome. */
function formatTable(
  verdicts: ReadonlyMap<Combination, Verdict>,
  points: readonly string[],
  faults: readonly string[]
): string {
  const byFault = Map.groupBy(verdicts, ([{ fault }]) => fault);
  const names = [...faults.filter((name) => byFault.has(name)), ...byFault.keys()];
  const rows = [...new Set(names)].map((name) => [
    name,
    ...points.map((point) =>
      formatCell((byFault.get(name) ?? []).filter(([combination]) => combination.point === point))
    )
  ]);
  return markdownTable([['fault', ...points], ...rows]);
}

/** One outcome if it is the same for both services; otherwise one for each, K for Kinesis and F for Firehose. */
function formatCell(entries: readonly (readonly [Combination, Verdict])[]): string {
  const results = entries.map(
    ([{ kind, outcome }, verdict]) => [kind, verdict === 'passed' ? outcome : verdict] as const
  );
  const [outcome, ...others] = new Set(results.map(([, result]) => result));
  if (outcome !== undefined && others.length === 0 && results.length > 1) return outcome;
  return results.map(([kind, result]) => `${kind.slice(0, 1).toUpperCase()} ${result}`).join(', ');
}
