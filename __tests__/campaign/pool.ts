/** Starts the work of all items, so many at once, in their order; each has its own promise to be asserted by a test. */
export function startAll<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>
): ReadonlyMap<Item, Promise<Result>> {
  const waiting = items.map((item) => ({ item, ...Promise.withResolvers<Result>() }));
  const results = new Map(waiting.map(({ item, promise }) => [item, promise]));
  // One whose turn to be asserted has not come may fail by then.
  for (const result of results.values()) result.catch(() => undefined);
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await work(next.item).then(next.resolve, next.reject);
    }
  };
  for (let nth = 0; nth < atOnce; nth++) worker();
  return results;
}
