/** A cancelled run over 40 streams: each stream has a result, and the result matches the stream's actual state. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { KINDS, type Kind, START } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY, NEW_KEY_ID, OLD_KEY_ID, REGION } from './account.ts';
import { CampaignReport } from './campaign-report.ts';
import { CANCEL_POINTS, type CancelPoint, STREAMS } from './cancel-points.ts';
import { ADAPTER_DRIVER, BUNDLE_DRIVER, type DrivenRun, type Driver } from './drivers.ts';
import { ALWAYS, FOREVER } from './fault-effects.ts';
import { type ActualState, expectReportMatchesState, FleetState, isStartInTransit } from './fleet-state.ts';
import { runInPool } from './pool.ts';

interface CancelCase {
  readonly point: CancelPoint;
  readonly kind: Kind;
}

const ALL_CASES: readonly CancelCase[] = CANCEL_POINTS.flatMap((point) => KINDS.map((kind) => ({ point, kind })));
/** In a sample, each point once. */
const CASES = sample(ALL_CASES, ({ point }) => point.name);
const BUNDLED = CASES.filter(({ point }) => point.bundled === true);

const campaignReport = new CampaignReport('cancelled run over 40 streams', ['the run']);
afterAll(() => {
  process.stdout.write(`${campaignReport.format()}\n`);
});

interface CancelResult {
  readonly run: DrivenRun;
  /** How long after the cancellation the run ended. */
  readonly endedAfterMs: number;
  /** In the order of the request. */
  readonly states: readonly ActualState[];
}

// A process on Windows cannot send a signal to another process, so a test cannot cancel the bundle there.
const BUNDLE = { driver: BUNDLE_DRIVER, cases: BUNDLED };
const BUNDLE_IF_SUPPORTED = process.platform === 'win32' ? [] : [BUNDLE];

describe.each([{ driver: ADAPTER_DRIVER, cases: CASES }, ...BUNDLE_IF_SUPPORTED])(
  'through $driver.name',
  ({ driver, cases }) => {
    let resultOf: (cancelCase: CancelCase) => Promise<CancelResult>;
    beforeAll(() => {
      resultOf = runInPool(cases, driver.concurrency / 2, (cancelCase) => runAndCancel(driver, cancelCase));
    });

    test.each(cases.map((cancelCase) => [titleOf(cancelCase), cancelCase] as const))(
      '%s',
      async (_title, cancelCase) => {
        const { point, kind } = cancelCase;
        const combination = { fault: `cancelled ${point.name}`, point: 'the run', kind, outcome: 'cancelled' };
        await campaignReport.record(driver.name, combination, async () => {
          const result = await resultOf(cancelCase);
          const { report, exitCode, signals = 0 } = result.run;
          expect(report.outcome).toBe('cancelled');
          // No time passes on the virtual clock. A process ends before the runner sends its SIGTERM.
          if (exitCode === undefined) expect(result.endedAfterMs).toBe(0);
          else expect(exitCode).toBe(1);
          expect(signals).toBeLessThanOrEqual(2);
          expect(report.streams).toHaveLength(point.duringSelection === true ? 0 : STREAMS);
          let startsInTransit = 0;
          for (const [index, state] of result.states.entries()) {
            const stream = report.streams[index];
            if (stream === undefined) continue;
            expectReportMatchesState(kind, stream, state);
            if (isStartInTransit(stream, state)) startsInTransit += 1;
          }
          if (exitCode === undefined) expect(startsInTransit).toBeLessThanOrEqual(1);
          expect(report.changed).toBe(report.streams.some(({ changed }) => changed));
          if (point.mode !== undefined || point.duringSelection === true) expect(report.changed).toBe(false);
        });
      }
    );
  }
);

function titleOf({ point, kind }: CancelCase): string {
  return `${kind}, ${point.name}`;
}

async function runAndCancel(driver: Driver, { point, kind }: CancelCase): Promise<CancelResult> {
  const clock = driver.clock();
  const { changeMs = FOREVER, mode = 'encrypt', settleSeconds = 0, startEffect } = point;
  const cancel = Promise.withResolvers<void>();
  let cancelledMs = Number.POSITIVE_INFINITY;
  let isReached = () => false;
  const onRequest = () => {
    if (cancelledMs < Number.POSITIVE_INFINITY || !isReached()) return;
    cancelledMs = clock.now();
    cancel.resolve();
  };
  await using aws = await startLocalAws({ region: REGION, now: () => clock.now(), changeMs, onRequest });
  for (const id of [OLD_KEY_ID, NEW_KEY_ID]) aws.kms.createKey({ id });
  const fleet = new FleetState(aws, kind, STREAMS);
  isReached = () => {
    const count = (operation: string) => aws.requests.filter((request) => request.operation === operation).length;
    return point.isReached({ count, accepted: aws.writes().length, changed: fleet.changed }, kind);
  };
  if (startEffect !== undefined) aws.faults.add({ on: START[kind], times: ALWAYS, ...startEffect });
  const run = await clock.execute(() =>
    driver.run({
      aws,
      inputs: {
        'stream-kind': kind,
        'stream-name': point.duringSelection === true ? 'orders-*' : fleet.names.join(),
        'key-id': NEW_KEY,
        'settle-seconds': String(settleSeconds),
        'timeout-seconds': '600',
        mode
      },
      clock,
      cancelWhen: cancel.promise
    })
  );
  return { run, endedAfterMs: clock.now() - cancelledMs, states: fleet.statesAt(cancelledMs) };
}
