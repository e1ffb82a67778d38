/**
 * Starts the work of all items, so many at once, in their order. What it answers gives the result of an item, for a test
 * to assert.
 */
export function startAll<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>
): (item: Item) => Promise<Result> {
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
  return (item) => results.get(item) ?? Promise.reject(new Error('The case was not started'));
}
