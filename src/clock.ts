import { setTimeout } from 'node:timers/promises';
import type { Clock } from './encryption/services.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal })
};
