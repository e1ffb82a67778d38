/** Faults in runs over several streams: of one stream, of KMS, which all of them share, and of the shared call rates. */

import { expect } from '@jest/globals';
import { KINDS, type Kind } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY } from './account.ts';
import {
  ADAPTER_DRIVER,
  BUNDLE_DRIVER,
  type DrivenRun,
  drive,
  startsOf,
  streamReport,
  testEach,
  writesTo
} from './drivers.ts';
import { THROTTLED } from './fault.ts';
import { ALL_CASES, createOthers, expectOrders, type FaultCase, runFault, titleOf } from './faults.ts';

// Without retries of the SDK, every fault reaches the action.
process.env.AWS_MAX_ATTEMPTS = '1';

const OTHERS = Array.from({ length: 9 }, (_, index) => `other-${index + 1}`);
const ALL = OTHERS.toSpliced(4, 0, 'orders');

const POINTS_OF_ONE_STREAM = ['first describe', 'start', 'polling', 'confirmation'];
const ONE_FAULTY = ALL_CASES.filter(({ fault, point }) => POINTS_OF_ONE_STREAM.includes(point.name) && !fault.isShared);
/** The key is that of all streams. */
const KEY_LOOKUPS = ALL_CASES.filter(({ point }) => point.name === 'target key lookup');
const BUNDLED_FAULTS =
  /^(connection reset after taking effect|(access|DescribeKey) denied.*|stream deleted|throttled five times)$/;
const ALL_FAULTY = [...ONE_FAULTY, ...KEY_LOOKUPS];
const BUNDLED = ALL_FAULTY.filter(({ fault }) => BUNDLED_FAULTS.test(fault.name));

/** In a sample, each outcome once at each point. */
function sampleFaults(cases: readonly FaultCase[]): readonly FaultCase[] {
  return sample(cases, ({ point, expectation }) => `${point.name} ${expectation.outcome}`);
}

/** Asserts that each stream without a fault had exactly one change, which the service confirmed. */
function expectOthersChanged({ report, aws }: DrivenRun): void {
  for (const [index, name] of OTHERS.entries()) {
    const outcome = index % 2 === 0 ? 'enabled' : 'rekeyed';
    const stream = streamReport(report, name);
    // The message makes a failure readable.
    const { message } = stream;
    expect(stream).toMatchObject({ outcome, message, changed: true, encrypted: 'true', keyId: NEW_KEY });
    expect(writesTo(aws, name)).toBe(1);
  }
}

/** The key lookups of a run without faults, and one more for streams that ask after the others have their response. */
const MAX_KEY_LOOKUPS = 4;

for (const [driver, cases, shortSeconds] of [
  [ADAPTER_DRIVER, sampleFaults(ALL_FAULTY), 20],
  [BUNDLE_DRIVER, sample(BUNDLED, ({ expectation }) => expectation.outcome), 15]
] as const) {
  testEach(
    driver,
    cases,
    (one) => `ten streams: ${titleOf(one)}`,
    async (one) => {
      const run = await runFault(driver, one, { names: ALL, shortSeconds });
      expectOrders(one, run);
      // Concurrent lookups of a key share one request, so that a fault does not multiply the requests.
      const lookups = run.aws.requests.filter(({ operation }) => operation === 'DescribeKey').length;
      expect(lookups).toBeLessThanOrEqual(run.hits + MAX_KEY_LOOKUPS);
      const { outcome } = one.expectation;
      const { report } = run;
      expect(report.streams.map(({ name }) => name)).toEqual(ALL);
      if (KEY_LOOKUPS.includes(one) && outcome !== 'rekeyed') {
        expect(report.counts).toEqual({ total: ALL.length, [outcome]: ALL.length });
        expect(startsOf(run.aws)).toEqual([]);
      } else {
        expectOthersChanged(run);
        expect(report.outcome).toBe(['unchanged', 'enabled'].includes(outcome) ? 'rekeyed' : outcome);
      }
    }
  );
}

const withMaxChanges = (one: FaultCase) => `max-changes: 2, the first of four streams is faulty: ${titleOf(one)}`;
const AT_START = ONE_FAULTY.filter(({ point }) => point.name === 'start');
testEach(ADAPTER_DRIVER, sampleFaults(AT_START), withMaxChanges, async (one) => {
  const names = ['orders', 'other-1', 'other-2', 'other-3'];
  const { report, aws } = await runFault(ADAPTER_DRIVER, one, {
    names,
    shortSeconds: 60,
    inputs: { 'max-changes': '2' }
  });
  // A change that was refused leaves its place to the next stream.
  const takesPlace = streamReport(report, 'orders').changed;
  const changed = takesPlace ? ['orders', 'other-1'] : ['other-1', 'other-2'];
  expect(report.streams.filter((stream) => stream.changed).map(({ name }) => name)).toEqual(changed);
  expect(changed).toEqual(expect.arrayContaining(names.filter((name) => writesTo(aws, name) > 0)));
  expect(report.streams.slice(1).map(({ outcome }) => outcome)).toEqual(
    takesPlace ? ['enabled', 'planned', 'planned'] : ['enabled', 'rekeyed', 'planned']
  );
});

for (const [driver, kinds] of [
  [ADAPTER_DRIVER, KINDS],
  [BUNDLE_DRIVER, sample(KINDS, () => 'one kind')]
] as const) {
  const title = (kind: Kind) => `${kind}: another client of the account takes half of the call rates`;
  testEach(driver, kinds, title, async (kind) => {
    const counts = new Map<string, number>();
    const run = await drive(driver, {
      setUp: (aws) => createOthers(aws, kind, OTHERS),
      onRequest: ({ operation }, { faults }) => {
        const count = counts.get(operation) ?? 0;
        counts.set(operation, count + 1);
        if (count % 2 === 0) faults.add({ on: operation, ...THROTTLED });
      },
      inputs: { 'stream-kind': kind, 'stream-name': OTHERS.join(), 'key-id': 'alias/new' }
    });
    expectOthersChanged(run);
  });
}
