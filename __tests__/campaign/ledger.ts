/** What the campaign tried and what of it held, as one line and a table. */

import type { Kind } from '../dist/step.ts';
import { type Case, FAULTS } from './faults.ts';
import { MOMENT_NAMES } from './moments.ts';

type Verdict = 'held' | 'FAILS';

export class Ledger {
  readonly #ways = new Map<string, Map<Case, Verdict>>();

  /** Tries a case this way, and keeps whether it held. */
  async keep(way: string, one: Case, attempt: () => Promise<void>): Promise<void> {
    const verdicts = this.#ways.get(way) ?? new Map<Case, Verdict>();
    this.#ways.set(way, verdicts.set(one, 'FAILS'));
    await attempt();
    verdicts.set(one, 'held');
  }

  inWords(): string {
    const [tried = new Map<Case, Verdict>()] = this.#ways.values();
    const lines = [...this.#ways].map(([way, verdicts]) => {
      const held = [...verdicts.values()].filter((verdict) => verdict === 'held').length;
      return `fault campaign, through ${way}: ${verdicts.size} combinations tried, ${held} held`;
    });
    return ['', table(tried), '', ...lines].join('\n');
  }
}

/** Fault × moment → outcome; where the kinds differ, K is Kinesis and F is Firehose. */
function table(verdicts: ReadonlyMap<Case, Verdict>): string {
  const byFault = Map.groupBy(verdicts, ([{ fault }]) => fault.name);
  const faults = [...byFault].sort(([a], [b]) => rank(a) - rank(b));
  const rows = faults.map(([name, entries]) => [
    name,
    ...MOMENT_NAMES.map((moment) => cell(entries.filter(([one]) => one.moment === moment)))
  ]);
  const header = ['fault', ...MOMENT_NAMES];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** The faults stand in their own order, those outside of the table last. */
function rank(name: string): number {
  const place = FAULTS.findIndex((fault) => fault.name === name);
  return place < 0 ? FAULTS.length : place;
}

const INITIALS: Readonly<Record<Kind, string>> = { kinesis: 'K', firehose: 'F' };

function cell(entries: readonly (readonly [Case, Verdict])[]): string {
  const words = entries.map(
    ([{ kind, ending }, verdict]) => [kind, verdict === 'held' ? ending.outcome : verdict] as const
  );
  const [first, second] = words;
  if (first === undefined) return '';
  if (second !== undefined && first[1] === second[1]) return first[1];
  return words.map(([kind, word]) => `${INITIALS[kind]} ${word}`).join(', ');
}
