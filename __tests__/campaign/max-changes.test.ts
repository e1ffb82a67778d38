/** `max-changes: 2` and four streams, the first of which has a fault: never more than two changes, and the first streams get them. */

import { expect } from '@jest/globals';
import { ADAPTER_DRIVER, disableSdkBackoff } from './drivers.ts';
import { runFault } from './fault-run.ts';
import { selectCases, titleOf } from './faults.ts';
import { testEach } from './suite.ts';

/** Faults that refuse the change, lose its answer, make it fail, or make the stream wait until its deadline. */
const CASES = selectCases([
  ['throttled five times', 'start'],
  ['connection reset', 'start'],
  ['connection reset after taking effect', 'start'],
  ['no response, client times out', 'start'],
  ['no response until the deadline', 'start', 'polling'],
  ['access denied', 'first describe', 'start'],
  ['limit of 25 changes in 24 hours', 'start'],
  ['stream deleted', 'polling'],
  ['concurrent change to the target key has ended', 'start'],
  ['change reverts to the old key', 'start'],
  ['change never ends', 'polling'],
  ['change fails: CREATE_KMS_GRANT_FAILED', 'start']
]);

const STREAMS = ['orders', 'other-1', 'other-2', 'other-3'];

disableSdkBackoff();

testEach(ADAPTER_DRIVER, {
  cases: CASES,
  titleOf,
  run: (faultCase) =>
    runFault(ADAPTER_DRIVER, faultCase, { names: STREAMS, shortSeconds: 60, inputs: { 'max-changes': '2' } }),
  verify: (_faultCase, { run: { report }, writesTo }) => {
    const [faulty, ...others] = report.streams;
    const takesPlace = faulty?.changed === true;
    const changed = takesPlace ? ['orders', 'other-1'] : ['other-1', 'other-2'];
    expect(report.streams.filter((stream) => stream.changed).map(({ name }) => name)).toEqual(changed);
    expect(changed).toEqual(expect.arrayContaining(STREAMS.filter((name) => writesTo(name) > 0)));
    expect(others.map(({ outcome }) => outcome)).toEqual(
      takesPlace ? ['enabled', 'planned', 'planned'] : ['enabled', 'rekeyed', 'planned']
    );
  }
});
