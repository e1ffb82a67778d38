/**
 * The entry for @github/local-action. It runs sources, not a bundle, and calls `run()` without an argument. GitHub starts
 * src/index.ts, which passes a signal that a cancelled run aborts.
 */

import { run as runAction } from '../../src/main.ts';

export function run(): Promise<void> {
  return runAction(new AbortController().signal);
}
