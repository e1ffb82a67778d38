/** One stream and one fault, at every injection point at which the fault can occur. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { endedWell } from '../../src/encryption/model.ts';
import { parseHtml, textOf } from '../end-to-end/html.ts';
import { KINDS, type Kind, OUTPUTS } from '../end-to-end/step.ts';
import { STREAM_ARN } from './account.ts';
import { CampaignReport, type Combination } from './campaign-report.ts';
import { CONCURRENT_RUNS } from './change-faults.ts';
import {
  ADAPTER_DRIVER,
  BUNDLE_DRIVER,
  type CaseResult,
  disableSdkBackoff,
  expectCounts,
  type RunReport,
  runCase
} from './drivers.ts';
import { type Expectation, ON_NEW_KEY_UNCHANGED, rekeyed, unchanged } from './expectations.ts';
import { BUNDLED_FAULT_CASES, FAULT_CASES, FAULTS, type FaultCase, titleOf } from './faults.ts';
import { INJECTION_POINT_NAMES } from './injection-points.ts';
import { runInPool } from './pool.ts';

disableSdkBackoff();

const report = new CampaignReport('fault campaign', INJECTION_POINT_NAMES);
afterAll(() => {
  process.stdout.write(`${report.format(FAULTS.map(({ name }) => name))}\n`);
});

describe.each([
  { driver: ADAPTER_DRIVER, cases: FAULT_CASES },
  { driver: BUNDLE_DRIVER, cases: BUNDLED_FAULT_CASES }
])('through $driver.name', ({ driver, cases }) => {
  let resultOf: (faultCase: FaultCase) => Promise<CaseResult>;
  beforeAll(() => {
    resultOf = runInPool(cases, driver.concurrency, (faultCase) => runCase(driver, faultCase));
  });

  test.each(cases.map((faultCase) => [titleOf(faultCase), faultCase] as const))('%s', async (_title, faultCase) => {
    await report.record(driver.name, combinationOf(faultCase), async () => {
      const result = await resultOf(faultCase);
      const [run] = result.reports;
      if (run === undefined) throw new Error('The case has no run');
      const { kind, expectation } = faultCase;
      expect(result.writes).toBe(expectation.writes);
      expectCounts(faultCase, result);
      expectReport(kind, run.outputs.changed === 'true' ? (expectation.orIfChanged ?? expectation) : expectation, run);
    });
  });

  test.each(KINDS)('%s: of two concurrent runs, one changes the stream and one reports it unchanged', async (kind) => {
    const faultCase: FaultCase = { fault: CONCURRENT_RUNS, point: 'start', kind, expectation: rekeyed() };
    await report.record(driver.name, combinationOf(faultCase), async () => {
      const { reports, starts, writes } = await runCase(driver, faultCase, 2);
      expect(writes).toBe(1);
      expect(starts).toBeLessThanOrEqual(2);
      const [changing, other] = reports.toSorted((a, b) => Number(isUnchanged(a)) - Number(isUnchanged(b)));
      if (changing === undefined || other === undefined) throw new Error('The case has fewer than two runs');
      expectReport(kind, rekeyed(), changing);
      expectReport(kind, unchanged({ outputs: ON_NEW_KEY_UNCHANGED }), other);
    });
  });
});

function isUnchanged({ outputs }: RunReport): boolean {
  return outputs.outcome === 'unchanged';
}

function combinationOf({ fault, point, kind, expectation }: FaultCase): Combination {
  return { fault: fault.name, point, kind, outcome: expectation.outcome };
}

function expectReport(
  kind: Kind,
  { outcome, outputs: expectedOutputs, messageParts }: Expectation,
  { outputs, summary, exitCode, overdueMs }: RunReport
): void {
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  const [result] = JSON.parse(outputs.results ?? '');
  expect({ outcome: outputs.outcome, message: result.message }).toEqual({ outcome, message: result.message });
  expect(outputs).toMatchObject({
    'stream-name': 'orders',
    'stream-arn': STREAM_ARN[kind],
    counts: JSON.stringify({ total: 1, [outcome]: 1 }),
    ...expectedOutputs(kind)
  });
  for (const part of messageParts) expect(result.message).toContain(part);

  const summaryText = parseHtml(summary).map(textOf).join('');
  expect(summaryText).toContain(`Stream encryption: ${outcome}`);
  if (!endedWell({ outcome, named: true })) expect(summaryText).toContain(result.message);
  if (exitCode !== undefined) expect(exitCode).toBe(endedWell({ outcome, named: true }) ? 0 : 1);

  if (overdueMs !== undefined) expect(overdueMs).toBeLessThanOrEqual(0);
}
