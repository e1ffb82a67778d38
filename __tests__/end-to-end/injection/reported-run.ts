/** What a step reported in its outputs and in its report file. */

import { expect } from '@jest/globals';
import type { Report, StreamReport } from '../../../src/reporting/report.ts';
import type { StepResult } from '../../../testing/runner.ts';
import { listItems } from '../html.ts';
import { parseReport } from '../report-schema.ts';
import { OUTPUTS } from '../step.ts';
import { truncated } from './text.ts';

export type ReportedRun = Pick<Report, 'outcome' | 'request' | 'errors' | 'streams'>;

/** All outcomes, from worst to best. */
const FAILING = ['failed', 'timed-out', 'cancelled', 'non-compliant', 'not-applicable'];
const OUTCOMES = [...FAILING, 'skipped', 'planned', 'started', 'rekeyed', 'enabled', 'unchanged', 'compliant'];

/** Reads outputs and report. Expects them to have the same content and no unknown output. */
export function readReportedRun({ outputs, summary, exitCode }: StepResult, reportFile: string | null): ReportedRun {
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  const results: readonly StreamReport[] = JSON.parse(outputs.results ?? '');
  expect(JSON.parse(outputs.counts ?? '')).toEqual({ total: results.length, ...countByOutcome(results) });
  if (reportFile === null) {
    // The text cannot be a file name, so the report was not written and the run failed.
    expect(exitCode).toBe(1);
    const streams = results.map((result) => ({ ...result, named: true, warnings: [] }));
    return { outcome: 'failed', request: null, errors: listItems(summary).slice(0, 1), streams };
  }
  const report = parseReport(reportFile);
  const { outcome, changed, encrypted, counts } = report;
  expect(outputs).toMatchObject({ outcome, changed: String(changed), encrypted, counts: JSON.stringify(counts) });
  const expected = report.streams.map((stream, index) => selectFields(stream, Object.keys(results[index] ?? {})));
  expect(results).toEqual(expected);
  return report;
}

/** Whether this stream's outcome fails the step. */
export function failsStep({ outcome, named }: StreamReport): boolean {
  return FAILING.includes(outcome) && (named || outcome !== 'not-applicable');
}

/** The streams from the worst outcome to the best, otherwise in their order. */
export function worstFirst(streams: readonly StreamReport[]): StreamReport[] {
  return OUTCOMES.flatMap((outcome) => streams.filter((stream) => stream.outcome === outcome));
}

/** The number of streams by outcome, from the worst outcome to the best, without zeros. */
function countByOutcome(streams: readonly StreamReport[]): Record<string, number> {
  const byOutcome = Map.groupBy(worstFirst(streams), ({ outcome }) => outcome);
  return Object.fromEntries([...byOutcome].map(([outcome, { length }]) => [outcome, length]));
}

/** Formats the number of streams by outcome, as in `2 failed, 1 rekeyed`. */
export function formatCounts(streams: readonly StreamReport[]): string {
  const counts = Object.entries(countByOutcome(streams));
  return counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

/** Selects the fields with these names, and truncates their texts as the output `results` does. */
function selectFields(stream: object, names: readonly string[]): object {
  const fields = Object.entries(stream).filter(([name]) => names.includes(name));
  return Object.fromEntries(
    fields.map(([name, value]) => [name, typeof value === 'string' ? truncated(value) : value])
  );
}
