/** Runs the cases of a campaign in a pool, and tests each of them. */

import { beforeAll, describe, test } from '@jest/globals';
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
