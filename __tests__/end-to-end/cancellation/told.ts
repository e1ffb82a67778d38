/** What a step that was ended early must have told, and how it is ended from within. */

import { expect } from '@jest/globals';
import type { StepResult } from '../../../testing/runner.ts';
import { OUTPUTS } from '../step.ts';

/** A slow machine may be slow; a step that hangs is ended before, and then the test says what it came to. */
export const LIMIT_MS = 30_000;

/** How long the step went on after the last signal that it was sent. */
export function afterSignal({ signalled, durationMs }: StepResult): number {
  return durationMs - (signalled.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY);
}

/** What a step that was ended early says of the change. */
export const SAYS = {
  'not sent': /No change was sent\. Running again is safe/,
  "another's":
    /No change was sent: the one in flight is not from this run.*goes on with it by itself\. Running again is safe/,
  sent: /The change to (alias\/aws\/kinesis|the AWS owned key) was sent, (and|but no answer came: if it was taken,) the service continues it by itself\. Running again is safe/,
  ended: /The change to (alias\/aws\/kinesis|the AWS owned key) had ended.*\. Running again is safe/
} as const;

/** What a step that ended early must have left, whatever ended it. */
export function expectTold({ outputs, summary, exitCode }: StepResult, outcome: string): void {
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  expect(outputs.outcome).toBe(outcome);
  expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ outcome, message: expect.any(String) }]);
  expect(summary).toMatch(new RegExp(`<h3>\\S+ Stream encryption: ${outcome}</h3>`));
  expect(summary.trimEnd()).toMatch(/<\/p>$/);
  expect(exitCode).toBe(1);
}

/** Makes the process of the step run this code first. */
export function preloading(code: string): { env: { NODE_OPTIONS: string } } {
  return { env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` } };
}
