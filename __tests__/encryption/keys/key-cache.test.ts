import { describe, expect, test } from '@jest/globals';
import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import { TimedOut } from '../../../src/encryption/ports.ts';
import { customerKey, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { SimulatedKeys } from '../../support/simulated-keys.ts';
import { refuses } from '../../support/simulated-stream.ts';

const signal = new AbortController().signal;

function bookOf(...arns: string[]): { keys: SimulatedKeys; book: KeyCache } {
  const keys = new SimulatedKeys();
  for (const arn of arns) keys.add(customerKey(arn), 'alias/key');
  return { keys, book: new KeyCache(keys) };
}

describe('the book of keys', () => {
  test('asks KMS for a key once', async () => {
    const { keys, book } = bookOf(NEW);
    const first = await book.lookUp(NEW, signal);
    const second = await book.lookUp(NEW, signal);
    expect(first).toEqual({ answer: 'found', key: customerKey(NEW) });
    expect(second).toEqual(first);
    expect(keys.described).toEqual([NEW]);
  });

  test.each(['alias/key', NEW_ID])('a key found as %s is known by its ARN too', async (name) => {
    const { keys, book } = bookOf(NEW);
    await book.lookUp(name, signal);
    await book.lookUp(NEW, signal);
    expect(keys.described).toEqual([name]);
  });

  test('two keys are two questions', async () => {
    const { keys, book } = bookOf(OLD, NEW);
    await book.lookUp(OLD, signal);
    expect(await book.lookUp(NEW, signal)).toEqual({ answer: 'found', key: customerKey(NEW) });
    expect(keys.described).toEqual([OLD, NEW]);
  });

  test.each(['missing', 'denied'] as const)('that a key is %s is an answer, and is asked once', async (errorKind) => {
    const { keys, book } = bookOf();
    keys.refuse(NEW, errorKind, 'so it is');
    await book.lookUp(NEW, signal);
    expect(await book.lookUp(NEW, signal)).toEqual({ answer: errorKind, why: 'so it is' });
    expect(keys.described).toEqual([NEW]);
  });

  test.each(['throttled', 'unanswered', 'limited', 'refused'] as const)(
    'that KMS is %s is no answer: the next question goes out again',
    async (errorKind) => {
      const { keys, book } = bookOf(NEW);
      keys.nextDescribes(refuses(errorKind, 'not now'));
      await expect(book.lookUp(NEW, signal)).rejects.toThrow('not now');
      expect(await book.lookUp(NEW, signal)).toMatchObject({ answer: 'found' });
      expect(keys.described).toHaveLength(2);
    }
  );

  test('those that ask for a key at once share one question', async () => {
    const { keys, book } = bookOf(NEW);
    const answers = await Promise.all([book.lookUp(NEW, signal), book.lookUp(NEW, signal)]);
    expect(answers[0]).toMatchObject({ answer: 'found' });
    expect(answers[1]).toBe(answers[0]);
    expect(keys.described).toEqual([NEW]);
  });

  test('one that goes does not end the question that others wait for; the last that goes does', async () => {
    const { keys, book } = bookOf(NEW);
    const kms = Promise.withResolvers<void>();
    let ended = false;
    keys.nextDescribes((ending) => {
      ending.addEventListener('abort', () => {
        ended = true;
      });
      return kms.promise;
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const lookUps = [book.lookUp(NEW, first.signal), book.lookUp(NEW, second.signal)];
    first.abort(new TimedOut());
    await expect(lookUps[0]).rejects.toThrow(TimedOut);
    expect(ended).toBe(false);
    second.abort(new TimedOut());
    await expect(lookUps[1]).rejects.toThrow(TimedOut);
    expect(ended).toBe(true);
    expect(await book.lookUp(NEW, signal)).toMatchObject({ answer: 'found' });
  });

  test('an error that is not of KMS is passed on', async () => {
    const { keys, book } = bookOf(NEW);
    keys.nextDescribes(() => {
      throw new TypeError('a defect');
    });
    await expect(book.lookUp(NEW, signal)).rejects.toThrow(TypeError);
  });
});
