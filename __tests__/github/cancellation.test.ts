import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { Cancelled } from '../../src/encryption/ports.ts';
import { cancellation } from '../../src/github/cancellation.ts';

test.each(['SIGINT', 'SIGTERM'])('%s cancels the run, and a second signal changes nothing', (signal) => {
  const process = new EventEmitter();
  const cancelled = cancellation(process);
  expect(cancelled.aborted).toBe(false);
  process.emit(signal);
  const { reason } = cancelled;
  expect(reason).toBeInstanceOf(Cancelled);
  process.emit('SIGTERM');
  expect(cancelled.reason).toBe(reason);
});

test.each(['uncaughtException', 'unhandledRejection'])('%s aborts the run with its cause', (event) => {
  const process = new EventEmitter();
  const cancelled = cancellation(process);
  const cause = new Error('defect');
  process.emit(event, cause);
  expect(cancelled.reason).toBe(cause);
});
