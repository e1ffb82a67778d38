/** What a step must report when it is cancelled, times out or crashes. */

import { expect } from '@jest/globals';
import type { StepResult } from '../../../testing/runner.ts';
import { OUTPUTS } from '../step.ts';

/** The runner sends SIGTERM this long after SIGINT. */
const RUNNER_WAITS_MS = 7_500;

/** Expects that the step received one signal, and ended by itself before the runner would send the next one. */
export function expectPromptEnd({ sentSignals, durationMs }: StepResult): void {
  expect(sentSignals).toHaveLength(1);
  expect(durationMs - (sentSignals[0]?.atMs ?? 0)).toBeLessThan(RUNNER_WAITS_MS);
}

/** The messages about the change, by its state when the step ended. */
export const CHANGE_MESSAGES = {
  'not sent': /No change was sent\. Running again is safe/,
  'started by another caller':
    /No change was sent: the change in flight was started elsewhere.*the service continues it by itself\. Running again is safe/,
  sent: /The change to (alias\/aws\/kinesis|the AWS owned key) was sent, (and|but no usable answer came: if it was accepted,) the service continues it by itself\. Running again is safe/,
  ended: /The change to (alias\/aws\/kinesis|the AWS owned key) ended.*\. Running again is safe/
} as const;

/** Expects exit code 1, all outputs, and a complete summary with this outcome. */
export function expectEarlyEnd({ outputs, summary, exitCode }: StepResult, outcome: string): void {
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  expect(outputs.outcome).toBe(outcome);
  expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ outcome, message: expect.any(String) }]);
  expect(summary).toMatch(new RegExp(`<h3>\\S+ Stream encryption: ${outcome}</h3>`));
  expect(summary.trimEnd()).toMatch(/<\/p>$/);
  expect(exitCode).toBe(1);
}

/** Makes the step's process execute this code before the bundle. */
export function preload(code: string): { env: { NODE_OPTIONS: string } } {
  return { env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` } };
}
