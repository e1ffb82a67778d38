/** One faulty stream of ten: its result is the same as without the others, and the other nine succeed. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StreamReport } from '../../src/reporting/report.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY } from './account.ts';
import { CampaignReport } from './campaign-report.ts';
import { CaseEnvironment, expectCounts } from './case-environment.ts';
import {
  ADAPTER_DRIVER,
  BUNDLE_DRIVER,
  type DrivenRun,
  type Driver,
  disableSdkBackoff,
  streamReport
} from './drivers.ts';
import { type Expectation, succeeds } from './expectations.ts';
import { casesOf, type FaultCase, titleOf } from './faults.ts';
import { INJECTION_POINT_NAMES, type InjectionPointName } from './injection-points.ts';
import { runInPool } from './pool.ts';

type FaultSelection = readonly (readonly [fault: string, ...points: InjectionPointName[]])[];

/** The main faults that affect a single stream, and their injection points. */
const SINGLE_STREAM_FAULTS: FaultSelection = [
  ['throttled five times', 'first describe', 'start', 'polling'],
  ['status 500', 'first describe', 'start', 'polling'],
  ['HTML page with status 503', 'polling'],
  ['connection reset', 'first describe', 'start'],
  ['connection reset after taking effect', 'start'],
  ['truncated body', 'first describe', 'start', 'confirmation'],
  ['empty response with status 200', 'first describe', 'confirmation'],
  ['no response, client times out', 'first describe', 'start', 'polling'],
  // Not at the start: it is sent ten times at most, which takes less time than the deadline of these runs.
  ['throttled until the deadline', 'first describe', 'polling'],
  ['no response until the deadline', 'first describe', 'start', 'polling'],
  ['access denied', 'first describe', 'start', 'polling'],
  ['stream deleted', 'first describe', 'start', 'polling'],
  ['stream being deleted', 'first describe', 'polling'],
  ['unknown error code', 'first describe', 'start', 'polling'],
  ['limit of 25 changes in 24 hours', 'start'],
  ['ambiguous limit', 'start'],
  ['ResourceInUseException without a visible change, without end', 'start'],
  ['concurrent change to a third key', 'start', 'confirmation'],
  ['concurrent change to the target key has ended', 'first describe'],
  ['KMSAccessDeniedException', 'start'],
  ['InvalidKMSResourceException: KMSAccessDeniedException', 'start'],
  ['change reverts to the old key', 'start'],
  ['change never ends', 'polling'],
  ['change fails: DISABLED_KMS_KEY', 'start'],
  ['change fails: CREATE_KMS_GRANT_FAILED', 'start']
];

const BUNDLED: FaultSelection = [
  ['connection reset after taking effect', 'start'],
  ['no response until the deadline', 'polling'],
  ['access denied', 'first describe'],
  ['stream deleted', 'polling']
];

/** In a sample, each fault once. */
function selected(selection: FaultSelection): readonly FaultCase[] {
  const cases = selection.flatMap(([name, ...points]) => points.flatMap((point) => casesOf(name, point)));
  return sample(cases, ({ fault }) => fault.name);
}

disableSdkBackoff();

const campaignReport = new CampaignReport('one faulty stream of ten', INJECTION_POINT_NAMES);
afterAll(() => {
  process.stdout.write(`${campaignReport.format(SINGLE_STREAM_FAULTS.map(([name]) => name))}\n`);
});

const OTHER_STREAMS = Array.from({ length: 9 }, (_, index) => `other-${index + 1}`);
const ALL_STREAMS = OTHER_STREAMS.toSpliced(4, 0, 'orders');

interface FaultyStreamResult {
  readonly run: DrivenRun;
  readonly starts: number;
  readonly hits: number;
  /** How many starts took effect, by stream. */
  readonly writesByStream: ReadonlyMap<string, number>;
}

describe.each([
  { driver: ADAPTER_DRIVER, cases: selected(SINGLE_STREAM_FAULTS), shortSeconds: 120 },
  { driver: BUNDLE_DRIVER, cases: selected(BUNDLED), shortSeconds: 25 }
])('through $driver.name', ({ driver, cases, shortSeconds }) => {
  let resultOf: (faultCase: FaultCase) => Promise<FaultyStreamResult>;
  beforeAll(() => {
    resultOf = runInPool(cases, driver.concurrency, (faultCase) =>
      runWithFaultyStream(driver, faultCase, timeoutOf(faultCase, shortSeconds))
    );
  });

  test.each(cases.map((faultCase) => [titleOf(faultCase), faultCase] as const))('%s', async (_title, faultCase) => {
    const { fault, point, kind, expectation } = faultCase;
    const combination = { fault: fault.name, point, kind, outcome: expectation.outcome };
    await campaignReport.record(driver.name, combination, async () => {
      const result = await resultOf(faultCase);
      const { report, exitCode } = result.run;
      for (const [index, name] of OTHER_STREAMS.entries()) {
        const outcome = index % 2 === 0 ? 'enabled' : 'rekeyed';
        const expected = { outcome, changed: true, encrypted: 'true', keyId: NEW_KEY };
        expect(streamReport(report, name)).toMatchObject(expected);
        expect(result.writesByStream.get(name)).toBe(1);
      }
      const faulty = streamReport(report, 'orders');
      expectFaultyStream(faultCase, result, faulty);
      if (driver === ADAPTER_DRIVER) {
        expect(faulty.durationSeconds).toBeLessThanOrEqual(timeoutOf(faultCase, shortSeconds));
      }
      expect(report).toMatchObject({ outcome: runOutcome(faulty.outcome), counts: { total: 10 } });
      expect(report.streams.map(({ name }) => name)).toEqual(ALL_STREAMS);
      if (exitCode !== undefined) expect(exitCode).toBe(succeeds(faulty.outcome) ? 0 : 1);
    });
  });
});

/** For faults that last until the deadline, short, but long enough for the other streams to succeed. */
function timeoutOf({ fault }: FaultCase, shortSeconds: number): number {
  return fault.timeoutSeconds === undefined ? 200 : shortSeconds;
}

/** The worst of the faulty stream's outcome and those of the others, `enabled` and `rekeyed`. */
function runOutcome(faultyOutcome: string): string {
  return faultyOutcome === 'unchanged' || faultyOutcome === 'enabled' ? 'rekeyed' : faultyOutcome;
}

async function runWithFaultyStream(
  driver: Driver,
  faultCase: FaultCase,
  timeoutSeconds: number
): Promise<FaultyStreamResult> {
  const clock = driver.clock();
  await using environment = await CaseEnvironment.open(faultCase, () => clock.now(), OTHER_STREAMS);
  const { fault, kind } = faultCase;
  const run = await clock.execute(() =>
    driver.run({
      aws: environment.aws,
      inputs: {
        'stream-kind': kind,
        'stream-name': ALL_STREAMS.join(),
        'key-id': fault.keyId ?? NEW_KEY,
        'timeout-seconds': String(timeoutSeconds)
      },
      clock,
      ...(fault.requestTimeoutMs !== undefined && { requestTimeoutMs: fault.requestTimeoutMs })
    })
  );
  const writesByStream = new Map(ALL_STREAMS.map((name) => [name, environment.writesTo(name)]));
  return { run, starts: environment.starts, hits: environment.hits, writesByStream };
}

function expectFaultyStream(faultCase: FaultCase, result: FaultyStreamResult, faulty: StreamReport): void {
  const { kind, expectation } = faultCase;
  const expected: Expectation = faulty.changed ? (expectation.orIfChanged ?? expectation) : expectation;
  const { outcome, message } = faulty;
  expect({ outcome, message }).toEqual({ outcome: expected.outcome, message });
  expect(outputsOf(faulty)).toMatchObject(expected.outputs(kind));
  for (const part of expected.messageParts) expect(message).toContain(part);
  expect(result.writesByStream.get('orders')).toBe(expectation.writes);
  expectCounts(faultCase, result);
}

/** The report of a stream as the outputs of a run for this stream alone. */
function outputsOf(stream: StreamReport): Readonly<Record<string, string>> {
  return {
    changed: String(stream.changed),
    encrypted: stream.encrypted,
    status: stream.status ?? '',
    'key-type': stream.keyType ?? '',
    'key-id': stream.keyId ?? '',
    'previous-key-type': stream.previousKeyType ?? '',
    'previous-key-id': stream.previousKeyId ?? '',
    'stream-arn': stream.arn ?? ''
  };
}
