/** What a step told in its outputs and in its report, which must say the same. */

import { expect } from '@jest/globals';
import { cut } from '../../../src/github/log.ts';
import type { ResultFields } from '../../../src/reporting/result-fields.ts';
import type { StepResult } from '../../../testing/runner.ts';
import { itemsOf } from '../html.ts';
import { parseReport } from '../report-schema.ts';
import { OUTPUTS } from '../step.ts';
import type { Told } from './channel.ts';

/** Reads the outputs and the report; sees to it that there is nothing else, and that they say the same. */
export function toldBy(step: StepResult, report: string | null): Told {
  const { outputs, summary, exitCode } = step;
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  const results: readonly ResultFields[] = JSON.parse(outputs.results ?? '');
  if (report === null) {
    // A text that can be no file's name.
    const streams = results.map((fields) => ({ ...fields, ...NOT_IN_OUTPUTS }));
    expect(exitCode).toBe(1);
    return { outcome: 'failed', request: null, faults: itemsOf(summary).slice(0, 1), streams };
  }
  const told = parseReport(report);
  expect(outputs).toMatchObject({
    outcome: told.outcome,
    changed: String(told.changed),
    encrypted: told.encrypted,
    counts: JSON.stringify(told.counts)
  });
  expect(results).toEqual(told.streams.map((stream, index) => cutFields(stream, Object.keys(results[index] ?? {}))));
  return told;
}

const NOT_IN_OUTPUTS = {
  named: true,
  changedToKeyType: null,
  changedToKeyId: null,
  endedAt: '',
  oldKeyNeededUntil: null,
  warnings: []
} as const;

/** These fields of an object, with texts as short as the outputs have them. */
function cutFields(object: object, names: readonly string[]): object {
  const all = Object.entries(object).filter(([name]) => names.includes(name));
  return Object.fromEntries(all.map(([name, value]) => [name, typeof value === 'string' ? cut(value) : value]));
}
