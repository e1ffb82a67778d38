/** One faulty stream of ten: its result is the same as without the others, and the other nine succeed. */

import { expect } from '@jest/globals';
import type { StreamReport } from '../../src/reporting/report.ts';
import { NEW_KEY } from './account.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, disableSdkBackoff, streamReport } from './drivers.ts';
import { succeeds } from './expectations.ts';
import { expectCounts, expectStream, runFault, timeoutOf } from './fault-run.ts';
import { type FaultSelection, selectCases, titleOf } from './faults.ts';
import { testEach } from './suite.ts';

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

disableSdkBackoff();

const OTHER_STREAMS = Array.from({ length: 9 }, (_, index) => `other-${index + 1}`);
const ALL_STREAMS = OTHER_STREAMS.toSpliced(4, 0, 'orders');

// For faults that last until the deadline, short, but long enough for the other streams to succeed.
for (const [driver, selection, shortSeconds] of [
  [ADAPTER_DRIVER, SINGLE_STREAM_FAULTS, 120],
  [BUNDLE_DRIVER, BUNDLED, 15]
] as const) {
  testEach(driver, {
    cases: selectCases(selection),
    titleOf,
    run: (faultCase) => runFault(driver, faultCase, { names: ALL_STREAMS, shortSeconds }),
    verify: (faultCase, result) => {
      const { report, exitCode } = result.run;
      for (const [index, name] of OTHER_STREAMS.entries()) {
        const outcome = index % 2 === 0 ? 'enabled' : 'rekeyed';
        const expected = { outcome, changed: true, encrypted: 'true', keyId: NEW_KEY };
        expect(streamReport(report, name)).toMatchObject(expected);
        expect(result.writesTo(name)).toBe(1);
      }
      const faulty = streamReport(report, 'orders');
      expectStream(faultCase, { outputs: outputsOf(faulty), message: faulty.message });
      expectCounts(faultCase, result);
      if (driver === ADAPTER_DRIVER) {
        expect(faulty.durationSeconds).toBeLessThanOrEqual(timeoutOf(faultCase, shortSeconds));
      }
      expect(report).toMatchObject({ outcome: runOutcome(faulty.outcome), counts: { total: 10 } });
      expect(report.streams.map(({ name }) => name)).toEqual(ALL_STREAMS);
      if (exitCode !== undefined) expect(exitCode).toBe(succeeds(faulty.outcome) ? 0 : 1);
    }
  });
}

/** The worst of the faulty stream's outcome and those of the others, `enabled` and `rekeyed`. */
function runOutcome(faultyOutcome: string): string {
  return faultyOutcome === 'unchanged' || faultyOutcome === 'enabled' ? 'rekeyed' : faultyOutcome;
}

/** The report of a stream as the outputs of a run for this stream alone. */
function outputsOf(stream: StreamReport): Readonly<Record<string, string>> {
  return {
    outcome: stream.outcome,
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
