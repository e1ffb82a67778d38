import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { Cancelled } from '../../src/encryption/ports.ts';
import { cancellation } from '../../src/github/cancellation.ts';

test.each([
  ['SIGINT', expect.any(Cancelled)],
  ['SIGTERM', expect.any(Cancelled)],
  ['uncaughtException', 'a defect'],
  ['unhandledRejection', 'a defect']
])('%s aborts the run, and a later signal changes nothing', (event, reason) => {
  const process = new EventEmitter();
  const cancelled = cancellation(process);
  expect(cancelled.aborted).toBe(false);
  process.emit(event, 'a defect');
  const first: unknown = cancelled.reason;
  expect(first).toEqual(reason);
  process.emit('SIGTERM');
  expect(cancelled.reason).toBe(first);
});
