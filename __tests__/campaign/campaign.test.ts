/** One stream and one fault, at every injection point at which the fault can occur. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseHtml, textOf } from '../end-to-end/html.ts';
import { KINDS, OUTPUTS } from '../end-to-end/step.ts';
import { NEW_KEY, STREAM_ARN } from './account.ts';
import { CampaignReport, type Combination } from './campaign-report.ts';
import { CaseEnvironment, expectCounts } from './case-environment.ts';
import { CONCURRENT_RUNS } from './change-faults.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, type DrivenRun, type Driver, disableSdkBackoff } from './drivers.ts';
import { type Expectation, ON_NEW_KEY_UNCHANGED, rekeyed, succeeds, unchanged } from './expectations.ts';
import { BUNDLED_FAULT_CASES, FAULT_CASES, FAULTS, type FaultCase, titleOf } from './faults.ts';
import { INJECTION_POINT_NAMES, INJECTION_POINTS } from './injection-points.ts';
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
      const [run] = result.runs;
      if (run === undefined) throw new Error('The case has no run');
      const { expectation } = faultCase;
      expect(result.writes).toBe(expectation.writes);
      expectCounts(faultCase, result);
      expectReport(
        faultCase,
        run.outputs.changed === 'true' ? (expectation.orIfChanged ?? expectation) : expectation,
        run
      );
    });
  });

  test.each(KINDS)('%s: of two concurrent runs, one changes the stream and one reports it unchanged', async (kind) => {
    const faultCase: FaultCase = { fault: CONCURRENT_RUNS, point: 'start', kind, expectation: rekeyed() };
    await report.record(driver.name, combinationOf(faultCase), async () => {
      const { runs, starts, writes } = await runCase(driver, faultCase, 2);
      expect(writes).toBe(1);
      expect(starts).toBeLessThanOrEqual(2);
      const [changing, other] = runs.toSorted((a, b) => Number(isUnchanged(a)) - Number(isUnchanged(b)));
      if (changing === undefined || other === undefined) throw new Error('The case has fewer than two runs');
      expectReport(faultCase, rekeyed(), changing);
      expectReport(faultCase, unchanged({ outputs: ON_NEW_KEY_UNCHANGED }), other);
    });
  });
});

interface CaseResult {
  readonly runs: readonly DrivenRun[];
  readonly starts: number;
  readonly writes: number;
  /** How many requests the fault hit. */
  readonly hits: number;
}

/** Long enough for every transient fault. */
const DEFAULT_TIMEOUT_SECONDS = 200;
/** Of a process whose run ends at its deadline, in real time. */
const MAX_REAL_TIMEOUT_SECONDS = 5;

function timeoutOf({ timeoutSeconds = DEFAULT_TIMEOUT_SECONDS }: FaultCase['fault'], driver: Driver): number {
  const isShort = driver === BUNDLE_DRIVER && timeoutSeconds < DEFAULT_TIMEOUT_SECONDS;
  return isShort ? Math.min(timeoutSeconds, MAX_REAL_TIMEOUT_SECONDS) : timeoutSeconds;
}

/** Starts this many concurrent runs of a case in one environment. */
async function runCase(driver: Driver, faultCase: FaultCase, count = 1): Promise<CaseResult> {
  const { fault, point, kind } = faultCase;
  const clock = driver.clock();
  await using environment = await CaseEnvironment.open(faultCase, () => clock.now());
  const options = {
    aws: environment.aws,
    inputs: {
      'stream-kind': kind,
      'stream-name': 'orders',
      'key-id': fault.keyId ?? NEW_KEY,
      'timeout-seconds': String(timeoutOf(fault, driver)),
      'verify-records': String(INJECTION_POINTS[point].verifyRecords === true)
    },
    clock,
    ...(fault.requestTimeoutMs !== undefined && { requestTimeoutMs: fault.requestTimeoutMs })
  };
  const runs = await clock.execute(() => Promise.all(Array.from({ length: count }, () => driver.run(options))));
  return { runs, starts: environment.starts, writes: environment.writesTo('orders'), hits: environment.hits };
}

function isUnchanged({ outputs }: DrivenRun): boolean {
  return outputs.outcome === 'unchanged';
}

function combinationOf({ fault, point, kind, expectation }: FaultCase): Combination {
  return { fault: fault.name, point, kind, outcome: expectation.outcome };
}

function expectReport(
  { kind, fault: { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } }: FaultCase,
  { outcome, outputs: expectedOutputs, messageParts }: Expectation,
  { outputs, summary, exitCode }: DrivenRun
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
  if (!succeeds(outcome)) expect(summaryText).toContain(result.message);
  if (exitCode !== undefined) expect(exitCode).toBe(succeeds(outcome) ? 0 : 1);

  // A process is measured in real time.
  if (exitCode === undefined) expect(result.durationSeconds).toBeLessThanOrEqual(timeoutSeconds);
}
