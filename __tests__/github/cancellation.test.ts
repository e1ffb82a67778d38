import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { Cancelled } from '../../src/encryption/ports.ts';
import { cancellation } from '../../src/github/cancellation.ts';

class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

describe('cancellation', () => {
  test.each(['SIGINT', 'SIGTERM'])('%s aborts the run', (signal) => {
    const process = new FakeProcess();
    const cancelled = cancellation(process);
    expect(cancelled.aborted).toBe(false);
    process.emit(signal);
    expect(cancelled.reason).toBeInstanceOf(Cancelled);
    expect(process.exits).toEqual([]);
  });

  test('a second signal ends the process at once', () => {
    const process = new FakeProcess();
    cancellation(process);
    process.emit('SIGINT');
    process.emit('SIGTERM');
    expect(process.exits).toEqual([130]);
  });

  test.each(['uncaughtException', 'unhandledRejection'])('%s aborts the run with its cause', (event) => {
    const process = new FakeProcess();
    const cancelled = cancellation(process);
    const cause = new Error('defect');
    process.emit(event, cause);
    expect(cancelled.reason).toBe(cause);
    expect(process.exits).toEqual([]);
  });
});
