/** One stream and one fault, at every injection point at which the fault can occur. */

import { expect } from '@jest/globals';
import { visibleText } from '../end-to-end/html.ts';
import { createStream, KINDS, type Kind, OUTPUTS } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY, OLD_KEY } from './account.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, drive, startsOf, streamReport, testEach, writesTo } from './drivers.ts';
import { ALL_CASES, expectOrders, runFault, titleOf } from './faults.ts';

const BUNDLED = ALL_CASES.filter(({ fault, point }) => fault.bundled?.some((name) => name === point.name));

for (const [driver, cases, shortSeconds] of [
  // In a sample, each fault once for each service, and once through the bundle.
  [ADAPTER_DRIVER, sample(ALL_CASES, ({ fault, kind }) => `${fault.name}, ${kind}`), 20],
  [BUNDLE_DRIVER, sample(BUNDLED, ({ fault }) => fault.name), 5]
] as const) {
  testEach(driver, cases, titleOf, async (one) => {
    const result = await runFault(driver, one, { shortSeconds });
    expectOrders(one, result);
    const { report, outputs, summary } = result;
    const { outcome, changed, encrypted, message } = streamReport(report, 'orders');
    expect(Object.keys(outputs)).toEqual(OUTPUTS);
    const counts = JSON.stringify({ total: 1, [outcome]: 1 });
    expect(outputs).toMatchObject({ outcome, changed: String(changed), encrypted, counts });
    expect(visibleText(summary)).toContain(`Stream encryption: ${outcome}`);
    if (['failed', 'timed-out'].includes(outcome)) expect(visibleText(summary)).toContain(message);
  });
}

for (const driver of [ADAPTER_DRIVER, BUNDLE_DRIVER]) {
  const titleOfRuns = (kind: Kind) => `${kind}: of two concurrent runs, one changes the stream`;
  testEach(driver, KINDS, titleOfRuns, async (kind) => {
    const run = await drive(driver, {
      // Long enough that both runs can send a start.
      options: { changeMs: 3_000 },
      setUp: (aws) => createStream(aws, kind, { key: OLD_KEY }),
      inputs: { 'stream-kind': kind, 'stream-name': 'orders', 'key-id': NEW_KEY },
      twice: true
    });
    const streams = [run, ...run.others].map(({ report }) => streamReport(report, 'orders'));
    expect(streams.map(({ outcome }) => outcome).sort()).toEqual(['rekeyed', 'unchanged']);
    expect(streams.map(({ keyId }) => keyId)).toEqual([NEW_KEY, NEW_KEY]);
    expect(writesTo(run.aws, 'orders')).toBe(1);
    expect(startsOf(run.aws).length).toBeLessThanOrEqual(2);
  });
}
