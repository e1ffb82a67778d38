/** One stream and one fault, at every injection point at which the fault can occur. */

import { expect } from '@jest/globals';
import { parseHtml, textOf } from '../end-to-end/html.ts';
import { KINDS, OUTPUTS } from '../end-to-end/step.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, type DrivenRun, disableSdkBackoff } from './drivers.ts';
import { rekeyed, SEEN, succeeds, unchanged } from './expectations.ts';
import { expectCounts, expectStream, runFault, timeoutOf } from './fault-run.ts';
import { BUNDLED_FAULT_CASES, FAULT_CASES, type FaultCase, titleOf } from './faults.ts';
import { INJECTION_POINTS } from './injection-points.ts';
import { testEach } from './suite.ts';

disableSdkBackoff();

/** Two runs are in progress at a time, and the change is long enough that both can send a start. */
const CONCURRENT_RUNS: readonly FaultCase[] = KINDS.map((kind) => ({
  fault: { name: 'two concurrent runs, of which one changes the stream', describesPerChange: 15, expectations: {} },
  point: 'start',
  kind,
  expectation: rekeyed()
}));

for (const [driver, cases, shortSeconds] of [
  [ADAPTER_DRIVER, FAULT_CASES, 20],
  [BUNDLE_DRIVER, BUNDLED_FAULT_CASES, 5]
] as const) {
  testEach(driver, {
    cases,
    titleOf,
    run: (faultCase) => {
      const { verifyRecords = false } = INJECTION_POINTS[faultCase.point];
      return runFault(driver, faultCase, { shortSeconds, inputs: { 'verify-records': String(verifyRecords) } });
    },
    verify: (faultCase, result) => {
      expectCounts(faultCase, result);
      expectReport(faultCase, result.run);
      // A process is measured in real time.
      if (driver === BUNDLE_DRIVER) return;
      expect(Number(result.run.outputs['duration-seconds'])).toBeLessThanOrEqual(timeoutOf(faultCase, shortSeconds));
    }
  });

  testEach(driver, {
    cases: CONCURRENT_RUNS,
    titleOf,
    run: (faultCase) => runFault(driver, faultCase, { shortSeconds, twice: true }),
    verify: (faultCase, { run, others, starts, writesTo }) => {
      expect(writesTo('orders')).toBe(1);
      expect(starts).toBeLessThanOrEqual(2);
      const [changing, other] = [run, ...others].toSorted((a, b) => Number(isUnchanged(a)) - Number(isUnchanged(b)));
      if (changing === undefined || other === undefined) throw new Error('The case has fewer than two runs');
      expectReport(faultCase, changing);
      expectReport({ ...faultCase, expectation: unchanged({ outputs: SEEN.onNewKeyUnchanged }) }, other);
    }
  });
}

function isUnchanged({ outputs }: DrivenRun): boolean {
  return outputs.outcome === 'unchanged';
}

/** Asserts the outputs, the summary and the exit code of a run. */
function expectReport(faultCase: FaultCase, { outputs, summary, exitCode }: DrivenRun): void {
  const { outcome = '' } = outputs;
  const [{ message }] = JSON.parse(outputs.results ?? '');
  expectStream(faultCase, { outputs, message });
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  expect(outputs).toMatchObject({ 'stream-name': 'orders', counts: JSON.stringify({ total: 1, [outcome]: 1 }) });
  const summaryText = parseHtml(summary).map(textOf).join('');
  expect(summaryText).toContain(`Stream encryption: ${outcome}`);
  if (!succeeds(outcome)) expect(summaryText).toContain(message);
  if (exitCode !== undefined) expect(exitCode).toBe(succeeds(outcome) ? 0 : 1);
}
