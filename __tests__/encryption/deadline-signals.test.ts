import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { untilAborted } from '../../src/encryption/deadline.ts';
import { Cancelled } from '../../src/encryption/ports.ts';

const NEVER = new Promise<never>(() => {});

test('settles as the promise does, and leaves nothing at the signal', async () => {
  const { signal } = new AbortController();
  await expect(untilAborted(Promise.resolve('told'), signal)).resolves.toBe('told');
  await expect(untilAborted(Promise.reject(new Error('refused')), signal)).rejects.toThrow('refused');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test("rejects with the signal's reason as soon as it aborts", async () => {
  const run = new AbortController();
  const waiting = untilAborted(NEVER, run.signal);
  run.abort(new Cancelled());
  await expect(waiting).rejects.toBeInstanceOf(Cancelled);
});

test('rejects at once where the signal has aborted before', async () => {
  await expect(untilAborted(NEVER, AbortSignal.abort(new Cancelled()))).rejects.toBeInstanceOf(Cancelled);
});
