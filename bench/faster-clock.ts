/** Preloaded into the action's process: makes its clock and timers run `BENCH_SPEED` times as fast as the machine's. */

import { syncBuiltinESMExports } from 'node:module';
import promises from 'node:timers/promises';

const speed = Number(process.env.BENCH_SPEED);

const now = performance.now.bind(performance);
const startedMs = now();
Object.assign(performance, { now: () => startedMs + (now() - startedMs) * speed });

const { setTimeout: realSetTimeout } = globalThis;
Object.assign(globalThis, {
  setTimeout: (callback: () => void, ms = 0, ...args: []) => realSetTimeout(callback, ms / speed, ...args)
});

const { setTimeout: realSleep } = promises;
Object.assign(promises, {
  setTimeout: (ms = 0, ...rest: [unknown?, object?]) => realSleep(ms / speed, ...rest)
});
syncBuiltinESMExports();
