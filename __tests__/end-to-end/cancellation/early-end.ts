/** What a step must report when it is cancelled, times out or crashes. */

import { expect } from '@jest/globals';
import type { StepResult } from '../../../testing/runner.ts';
import { OUTPUTS } from '../step.ts';

/** Expects that the step ended by itself with exit code 1, all outputs, and a complete summary with this outcome. */
export function expectEarlyEnd({ outputs, summary, exitCode }: StepResult, outcome: string): void {
  expect({ exitCode, outcome: outputs.outcome }).toEqual({ exitCode: 1, outcome });
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ outcome, message: expect.any(String) }]);
  expect(summary).toMatch(new RegExp(`<h3>\\S+ Stream encryption: ${outcome}</h3>`));
  expect(summary.trimEnd()).toMatch(/<\/p>$/);
}

/** A step ends within a second of a signal. A machine on which other processes are busy needs longer. */
const PROMPT_MS = 4_000;

/** Expects that the step received one signal, and ended promptly. */
export function expectPromptEnd({ sentSignals, durationMs }: StepResult): void {
  expect(sentSignals).toHaveLength(1);
  expect(durationMs - (sentSignals[0]?.atMs ?? 0)).toBeLessThan(PROMPT_MS);
}

/** Makes the step's process execute this code before the bundle. */
export function preload(code: string): { env: { NODE_OPTIONS: string } } {
  return { env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` } };
}
