import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../src/encryption/ports.ts';

/** A clock that runs this many times faster than real time. */
export function acceleratedClock(speed: number): Clock {
  return {
    now: () => performance.now() * speed,
    sleep: (ms, signal) => setTimeout(ms / speed, undefined, { signal })
  };
}
