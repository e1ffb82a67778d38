/** `max-changes: 2` and four streams, the first of which has a fault: never more than two changes, and the first streams get them. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { sample } from '../support/extent.ts';
import { NEW_KEY } from './account.ts';
import { CaseEnvironment } from './case-environment.ts';
import { ADAPTER_DRIVER, type DrivenRun, disableSdkBackoff } from './drivers.ts';
import { casesOf, type FaultCase, titleOf } from './faults.ts';
import type { InjectionPointName } from './injection-points.ts';
import { runInPool } from './pool.ts';

/** Faults that refuse the change, lose its answer, make it fail, or make the stream wait until its deadline. */
const FAULTS: readonly (readonly [fault: string, point: InjectionPointName])[] = [
  ['throttled five times', 'start'],
  ['connection reset', 'start'],
  ['connection reset after taking effect', 'start'],
  ['no response, client times out', 'start'],
  ['no response until the deadline', 'start'],
  ['no response until the deadline', 'polling'],
  ['access denied', 'first describe'],
  ['access denied', 'start'],
  ['limit of 25 changes in 24 hours', 'start'],
  ['stream deleted', 'polling'],
  ['concurrent change to the target key has ended', 'start'],
  ['change reverts to the old key', 'start'],
  ['change never ends', 'polling'],
  ['change fails: CREATE_KMS_GRANT_FAILED', 'start']
];

const CASES = sample(
  FAULTS.flatMap(([name, point]) => casesOf(name, point)),
  ({ fault }) => fault.name
);

const STREAMS = ['orders', 'other-1', 'other-2', 'other-3'];

interface LimitedRun {
  readonly run: DrivenRun;
  /** The streams on which a start took effect. */
  readonly written: readonly string[];
}

disableSdkBackoff();

describe('max-changes', () => {
  let resultOf: (faultCase: FaultCase) => Promise<LimitedRun>;
  beforeAll(() => {
    resultOf = runInPool(CASES, ADAPTER_DRIVER.concurrency, runLimited);
  });

  test.each(CASES.map((faultCase) => [titleOf(faultCase), faultCase] as const))('%s', async (_title, faultCase) => {
    const { run, written } = await resultOf(faultCase);
    const [faulty, ...others] = run.report.streams;
    const takesPlace = faulty?.changed === true;
    const changed = takesPlace ? ['orders', 'other-1'] : ['other-1', 'other-2'];
    expect(run.report.streams.filter((stream) => stream.changed).map(({ name }) => name)).toEqual(changed);
    expect(changed).toEqual(expect.arrayContaining([...written]));
    expect(others.map(({ outcome }) => outcome)).toEqual(
      takesPlace ? ['enabled', 'planned', 'planned'] : ['enabled', 'rekeyed', 'planned']
    );
  });
});

async function runLimited(faultCase: FaultCase): Promise<LimitedRun> {
  const { fault, kind } = faultCase;
  const clock = ADAPTER_DRIVER.clock();
  await using environment = await CaseEnvironment.open(faultCase, () => clock.now(), STREAMS.slice(1));
  const run = await clock.execute(() =>
    ADAPTER_DRIVER.run({
      aws: environment.aws,
      inputs: {
        'stream-kind': kind,
        'stream-name': STREAMS.join(),
        'key-id': fault.keyId ?? NEW_KEY,
        'max-changes': '2',
        'timeout-seconds': fault.timeoutSeconds === undefined ? '200' : '60'
      },
      clock,
      ...(fault.requestTimeoutMs !== undefined && { requestTimeoutMs: fault.requestTimeoutMs })
    })
  );
  return { run, written: STREAMS.filter((name) => environment.writesTo(name) > 0) };
}
