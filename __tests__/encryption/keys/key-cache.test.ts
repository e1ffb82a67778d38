import { expect, test } from '@jest/globals';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import { ServiceError, TimedOut } from '../../../src/encryption/ports.ts';
import { customerKey, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';

const { signal } = new AbortController();
const FOUND = { answer: 'found', key: customerKey(NEW) };

/** A cache of an account with one key. */
function createCache() {
  const keys = new SimulatedKeys();
  keys.add(customerKey(NEW), 'alias/key');
  return { keys, cache: new KeyCache(keys) };
}

test.each(['alias/key', NEW_ID])('a key is looked up once as %s, and kept for its ARN', async (name) => {
  const { keys, cache } = createCache();
  for (const id of [name, name, NEW]) expect(await cache.lookUp(id, signal)).toEqual(FOUND);
  expect(keys.described).toEqual([name]);
});

test.each(['missing', 'denied'] as const)('the answer that a key is %s is kept', async (answer) => {
  const { keys, cache } = createCache();
  keys.refuse(OLD, answer, 'the reason');
  const refused = { answer, why: 'the reason', withoutAdvice: 'the reason' };
  for (const id of [OLD, OLD]) expect(await cache.lookUp(id, signal)).toEqual(refused);
  expect(await cache.lookUp('alias/key', signal)).toEqual(FOUND);
  expect(keys.described).toEqual([OLD, 'alias/key']);
  expect(Object.fromEntries(cache.arns())).toEqual({ 'alias/key': NEW, [NEW]: NEW });
});

test('an error is not kept', async () => {
  const { keys, cache } = createCache();
  const error = new ServiceError('throttled', 'not now');
  keys.onNextDescribes(() => Promise.reject(error));
  await expect(cache.lookUp(NEW, signal)).rejects.toBe(error);
  expect(await cache.lookUp(NEW, signal)).toEqual(FOUND);
});

test('lookups at the same time share one request, which is aborted only when the last caller has aborted', async () => {
  const { keys, cache } = createCache();
  let request = signal;
  keys.onNextDescribes((sent) => {
    request = sent;
    return new Promise(() => {});
  });
  const [first, second] = [new AbortController(), new AbortController()];
  const lookups = [cache.lookUp(NEW, first.signal), cache.lookUp(NEW, second.signal)];
  first.abort(new TimedOut());
  await expect(lookups[0]).rejects.toThrow(TimedOut);
  expect(request.aborted).toBe(false);
  second.abort(new TimedOut());
  await expect(lookups[1]).rejects.toThrow(TimedOut);
  expect(request.aborted).toBe(true);
  expect(keys.described).toEqual([NEW]);
  expect(await cache.lookUp(NEW, signal)).toEqual(FOUND);
});
