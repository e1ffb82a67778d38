import { setTimeout } from 'node:timers/promises';
import type { Clock } from './encryption/ports.ts';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal })
};
