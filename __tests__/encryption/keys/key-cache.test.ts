import { describe, expect, test } from '@jest/globals';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import { TimedOut } from '../../../src/encryption/ports.ts';
import { customerKey, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';
import { failsWith } from '../../support/simulated-stream.ts';

const signal = new AbortController().signal;

function createCache(...arns: string[]): { keys: SimulatedKeys; cache: KeyCache } {
  const keys = new SimulatedKeys();
  for (const arn of arns) keys.add(customerKey(arn), 'alias/key');
  return { keys, cache: new KeyCache(keys) };
}

describe('the key cache', () => {
  test('looks up a key once', async () => {
    const { keys, cache } = createCache(NEW);
    const first = await cache.lookUp(NEW, signal);
    const second = await cache.lookUp(NEW, signal);
    expect(first).toEqual({ answer: 'found', key: customerKey(NEW) });
    expect(second).toEqual(first);
    expect(keys.described).toEqual([NEW]);
  });

  test.each(['alias/key', NEW_ID])('caches a key that was looked up as %s under its ARN as well', async (name) => {
    const { keys, cache } = createCache(NEW);
    await cache.lookUp(name, signal);
    await cache.lookUp(NEW, signal);
    expect(keys.described).toEqual([name]);
  });

  test('has the ARNs of the keys found, by the identifiers they were looked up by', async () => {
    const { keys, cache } = createCache(NEW);
    keys.refuse(OLD, 'denied', 'the reason');
    for (const id of ['alias/key', OLD]) await cache.lookUp(id, signal);
    expect(Object.fromEntries(cache.arns())).toEqual({ 'alias/key': NEW, [NEW]: NEW });
  });

  test('looks up each key separately', async () => {
    const { keys, cache } = createCache(OLD, NEW);
    await cache.lookUp(OLD, signal);
    expect(await cache.lookUp(NEW, signal)).toEqual({ answer: 'found', key: customerKey(NEW) });
    expect(keys.described).toEqual([OLD, NEW]);
  });

  test.each(['missing', 'denied'] as const)('caches that a key is %s', async (errorKind) => {
    const { keys, cache } = createCache();
    keys.refuse(NEW, errorKind, 'the reason');
    await cache.lookUp(NEW, signal);
    expect(await cache.lookUp(NEW, signal)).toEqual({
      answer: errorKind,
      why: 'the reason',
      withoutAdvice: 'the reason'
    });
    expect(keys.described).toEqual([NEW]);
  });

  test.each(['throttled', 'unanswered', 'limited', 'refused'] as const)(
    'does not cache a lookup that was %s',
    async (errorKind) => {
      const { keys, cache } = createCache(NEW);
      keys.onNextDescribes(failsWith(errorKind, 'not now'));
      await expect(cache.lookUp(NEW, signal)).rejects.toThrow('not now');
      expect(await cache.lookUp(NEW, signal)).toMatchObject({ answer: 'found' });
      expect(keys.described).toHaveLength(2);
    }
  );

  test('shares one request between concurrent lookups of a key', async () => {
    const { keys, cache } = createCache(NEW);
    const answers = await Promise.all([cache.lookUp(NEW, signal), cache.lookUp(NEW, signal)]);
    expect(answers[0]).toMatchObject({ answer: 'found' });
    expect(answers[1]).toBe(answers[0]);
    expect(keys.described).toEqual([NEW]);
  });

  test('aborts a shared request only when its last caller has aborted', async () => {
    const { keys, cache } = createCache(NEW);
    const answer = Promise.withResolvers<void>();
    let aborted = false;
    keys.onNextDescribes((requestSignal) => {
      requestSignal.addEventListener('abort', () => {
        aborted = true;
      });
      return answer.promise;
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const lookups = [cache.lookUp(NEW, first.signal), cache.lookUp(NEW, second.signal)];
    first.abort(new TimedOut());
    await expect(lookups[0]).rejects.toThrow(TimedOut);
    expect(aborted).toBe(false);
    second.abort(new TimedOut());
    await expect(lookups[1]).rejects.toThrow(TimedOut);
    expect(aborted).toBe(true);
    expect(await cache.lookUp(NEW, signal)).toMatchObject({ answer: 'found' });
  });

  test('rethrows an error that is not a ServiceError', async () => {
    const { keys, cache } = createCache(NEW);
    keys.onNextDescribes(() => {
      throw new TypeError('a defect');
    });
    await expect(cache.lookUp(NEW, signal)).rejects.toThrow(TypeError);
  });
});
