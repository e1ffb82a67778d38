import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { Cancelled } from '../../src/encryption/ports.ts';
import { cancellation } from '../../src/github/cancellation.ts';

describe('cancellation', () => {
  test.each(['SIGINT', 'SIGTERM'])('%s aborts the run', (signal) => {
    const process = new EventEmitter();
    const cancelled = cancellation(process);
    expect(cancelled.aborted).toBe(false);
    process.emit(signal);
    expect(cancelled.reason).toBeInstanceOf(Cancelled);
  });

  test('a second signal changes nothing', () => {
    const process = new EventEmitter();
    const cancelled = cancellation(process);
    process.emit('SIGINT');
    const { reason } = cancelled;
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
});
