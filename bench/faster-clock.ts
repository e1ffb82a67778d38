/** Loaded into a process before anything else: its clock and its timers run `BENCH_SPEED` times as fast as the machine's. */

import { syncBuiltinESMExports } from 'node:module';
import promises from 'node:timers/promises';

const speed = Number(process.env.BENCH_SPEED);

const now = performance.now.bind(performance);
const beganMs = now();
Object.assign(performance, { now: () => beganMs + (now() - beganMs) * speed });

const { setTimeout: after } = globalThis;
Object.assign(globalThis, {
  setTimeout: (then: () => void, ms = 0, ...given: []) => after(then, ms / speed, ...given)
});

const { setTimeout: sleep } = promises;
Object.assign(promises, {
  setTimeout: (ms = 0, ...rest: [unknown?, object?]) => sleep(ms / speed, ...rest)
});
syncBuiltinESMExports();
