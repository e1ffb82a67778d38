import { setTimeout } from 'node:timers/promises';
import type { Clock } from './encryption/ports.ts';

/** The system clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal })
};
