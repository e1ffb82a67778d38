/** Runs the cases of a campaign in a pool, tests each of them, and prints a table of their outcomes. */

import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { markdownTable } from 'markdown-table';
import type { Driver } from './drivers.ts';

/** The cases of a suite, and how each one runs and what its result must be. */
interface Cases<Case, Result> {
  readonly cases: readonly Case[];
  readonly titleOf: (one: Case) => string;
  readonly run: (one: Case) => Promise<Result>;
  readonly verify: (one: Case, result: Result) => void;
}

/** One test for each case, if there is any. They run concurrently, as many as the driver allows. */
export function testEach<Case, Result>(driver: Driver, { cases, titleOf, run, verify }: Cases<Case, Result>): void {
  if (cases.length === 0) return;
  describe(`through ${driver.name}`, () => {
    let resultOf: (one: Case) => Promise<Result>;
    beforeAll(() => {
      resultOf = runInPool(cases, driver.concurrency, run);
    });

    test.each(cases.map((one) => [titleOf(one), one] as const))('%s', async (_title, one) => {
      verify(one, await resultOf(one));
    });
  });
}

/** Runs all cases in the background, and returns a function that awaits the result of one. */
function runInPool<Case, Result>(
  cases: readonly Case[],
  concurrency: number,
  run: (one: Case) => Promise<Result>
): (one: Case) => Promise<Result> {
  const queue = cases.map((one) => ({ one, ...Promise.withResolvers<Result>() }));
  const results = new Map(queue.map(({ one, promise }) => [one, promise]));
  // A case may fail before its test awaits it, which must not count as an unhandled rejection.
  for (const result of results.values()) result.catch(() => undefined);
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await run(next.one).then(next.resolve, next.reject);
    }
  };
  for (let count = 0; count < concurrency; count++) worker();
  return (one) => results.get(one) ?? Promise.reject(new Error('The case was not started'));
}

/** A fault at a point of a run, and the outcome of that run. */
export interface Labels {
  readonly fault: string;
  readonly point: string;
  /** The service of the streams. */
  readonly kind: string;
  readonly outcome: string;
}

interface Verdict extends Labels {
  readonly driver: string;
  passed: boolean;
}

export class Campaign {
  readonly #verdicts: Verdict[] = [];

  /** `points` are the columns of the table. */
  constructor(title: string, points: readonly string[]) {
    afterAll(() => {
      process.stdout.write(`\n${formatVerdicts(title, points, this.#verdicts)}\n`);
    });
  }

  /** Tests each case, and records whether it passed. */
  testEach<Case, Result>(
    driver: Driver,
    { labelsOf, verify, ...cases }: Omit<Cases<Case, Result>, 'titleOf'> & { readonly labelsOf: (one: Case) => Labels }
  ): void {
    testEach<Case, Result>(driver, {
      ...cases,
      titleOf: (one) => titleOf(labelsOf(one)),
      verify: (one, result) => {
        const verdict = { ...labelsOf(one), driver: driver.name, passed: false };
        this.#verdicts.push(verdict);
        verify(one, result);
        verdict.passed = true;
      }
    });
  }
}

function titleOf({ kind, point, fault, outcome }: Labels): string {
  return `${kind}, ${point}: ${fault} → ${outcome}`;
}

/** Fault × injection point → outcome, of the first driver, and a line for each driver. */
function formatVerdicts(title: string, points: readonly string[], verdicts: readonly Verdict[]): string {
  const byDriver = Map.groupBy(verdicts, ({ driver }) => driver);
  const [ofFirst = []] = byDriver.values();
  const rows = [...Map.groupBy(ofFirst, ({ fault }) => fault)].map(([fault, ofFault]) => [
    fault,
    ...points.map((point) => formatCell(ofFault.filter((verdict) => verdict.point === point)))
  ]);
  const lines = [...byDriver].map(([driver, ofDriver]) => {
    const passed = ofDriver.filter((verdict) => verdict.passed).length;
    return `${title}, through ${driver}: ${ofDriver.length} combinations tested, ${passed} passed`;
  });
  return [markdownTable([['fault', ...points], ...rows]), '', ...lines].join('\n');
}

/** One outcome if it is the same for both services; otherwise one for each, K for Kinesis and F for Firehose. */
function formatCell(verdicts: readonly Verdict[]): string {
  const results = verdicts.map(({ kind, outcome, passed }) => ({ kind, result: passed ? outcome : 'FAILED' }));
  const distinct = new Set(results.map(({ result }) => result));
  if (distinct.size === 1 && results.length > 1) return [...distinct].join();
  return results.map(({ kind, result }) => `${kind.slice(0, 1).toUpperCase()} ${result}`).join(', ');
}
