/** Runs all cases in the background with limited concurrency, and returns a function that awaits the result of one. */
export function runInPool<Case, Result>(
  cases: readonly Case[],
  concurrency: number,
  run: (testCase: Case) => Promise<Result>
): (testCase: Case) => Promise<Result> {
  const queue = cases.map((testCase) => ({ testCase, ...Promise.withResolvers<Result>() }));
  const results = new Map(queue.map(({ testCase, promise }) => [testCase, promise]));
  // A case may fail before its test awaits it, which must not count as an unhandled rejection.
  for (const result of results.values()) result.catch(() => undefined);
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await run(next.testCase).then(next.resolve, next.reject);
    }
  };
  for (let count = 0; count < concurrency; count++) worker();
  return (testCase) => results.get(testCase) ?? Promise.reject(new Error('The case was not started'));
}
