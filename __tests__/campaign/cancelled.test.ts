/** A run over forty streams that is cancelled: each has a result, and the result is true. */

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { KINDS, type Kind, START } from '../end-to-end/step.ts';
import { CANCEL_MOMENTS, type CancelMoment, STREAMS } from './cancel-moments.ts';
import { EVER } from './effects.ts';
import { NEW, NEW_ID, OLD_ID, REGION } from './endings.ts';
import { FLEET_THROUGH_ADAPTERS, FLEET_THROUGH_BUNDLE, type FleetTold, type FleetWay } from './fleet-runs.ts';
import { expectTrue, FleetTruth, isOnItsWay, type Truth } from './fleet-truth.ts';
import { Ledger } from './ledger.ts';
import { startAll } from './pool.ts';

/** They all run at the same time, so a case may wait for its turn. */
jest.setTimeout(180_000);

interface Case {
  readonly moment: CancelMoment;
  readonly kind: Kind;
}

const CASES: readonly Case[] = CANCEL_MOMENTS.flatMap((moment) => KINDS.map((kind) => ({ moment, kind })));
const BUNDLED = CASES.filter(({ moment }) => moment.bundled === true);

const ledger = new Ledger('forty streams, cancelled', ['the run']);
afterAll(() => {
  process.stdout.write(`${ledger.inWords()}\n`);
});

interface Trace {
  readonly told: FleetTold;
  /** How long the run went on after it was cancelled, in real time. */
  readonly wentOnMs: number;
  /** Of each stream in the order of the request. */
  readonly truths: readonly Truth[];
}

// On Windows no process can send another a signal, so nothing can cancel the bundle there.
const THROUGH_BUNDLE = { way: FLEET_THROUGH_BUNDLE, cases: BUNDLED, speed: 1, endsInMs: 2_500 };
const BUNDLE_TOO = process.platform === 'win32' ? [] : [THROUGH_BUNDLE];

describe.each([
  // Slow enough that a start has come before the next one leaves, so that one at most is on its way.
  { way: FLEET_THROUGH_ADAPTERS, cases: CASES, speed: 3, endsInMs: 1_000 },
  ...BUNDLE_TOO
])('through $way.name', ({ way, cases, speed, endsInMs }) => {
  let traceOf: (one: Case) => Promise<Trace>;
  beforeAll(() => {
    traceOf = startAll(cases, way.atOnce / 2, (one) => runCancelled(way, one, speed));
  });

  test.each(cases.map((one) => [`${one.kind}, ${one.moment.name}`, one] as const))('%s', async (_title, one) => {
    const { moment, kind } = one;
    const combination = { fault: `cancelled ${moment.name}`, moment: 'the run', kind, outcome: 'cancelled' };
    await ledger.keep(way.name, combination, async () => {
      const trace = await traceOf(one);
      const { report, exitCode } = trace.told;
      expect(report.outcome).toBe('cancelled');
      expect(trace.wentOnMs).toBeLessThan(endsInMs);
      if (exitCode !== undefined) expect(exitCode).toBe(1);
      expect(report.streams).toHaveLength(moment.choosing === true ? 0 : STREAMS);
      let onTheirWay = 0;
      for (const [index, truth] of trace.truths.entries()) {
        const stream = report.streams[index];
        if (stream === undefined) continue;
        expectTrue(kind, stream, truth);
        if (isOnItsWay(stream, truth)) onTheirWay += 1;
        for (const { beforeMs } of truth.starts) expect(beforeMs).toBeGreaterThan(-endsInMs);
      }
      expect(onTheirWay).toBeLessThanOrEqual(1);
      expect(report.changed).toBe(report.streams.some(({ changed }) => changed));
      if (moment.mode !== undefined || moment.choosing === true) expect(report.changed).toBe(false);
    });
  });
});

async function runCancelled(way: FleetWay, { moment, kind }: Case, speed: number): Promise<Trace> {
  const clock = way.clock(speed);
  const { changeMs = EVER, mode = 'encrypt', settleSeconds = 0, starts } = moment;
  const cancel = Promise.withResolvers<void>();
  let cancelledMs = Number.POSITIVE_INFINITY;
  let hasCome = () => false;
  const onRequest = () => {
    if (cancelledMs < Number.POSITIVE_INFINITY || !hasCome()) return;
    cancelledMs = clock.now();
    cancel.resolve();
  };
  await using aws = await startLocalAws({ region: REGION, now: clock.now, changeMs, onRequest });
  for (const id of [OLD_ID, NEW_ID]) aws.kms.createKey({ id });
  const fleet = new FleetTruth(aws, kind, STREAMS);
  hasCome = () => {
    const count = (operation: string) => aws.requests.filter((request) => request.operation === operation).length;
    return moment.hasCome({ count, accepted: aws.writes().length, moved: fleet.moved }, kind);
  };
  if (starts !== undefined) aws.faults.add({ on: START[kind], times: EVER, ...starts });
  const told = await way.run({
    aws,
    inputs: {
      'stream-kind': kind,
      'stream-name': moment.choosing === true ? 'orders-*' : fleet.names.join(),
      'key-id': NEW,
      'settle-seconds': String(settleSeconds),
      'timeout-seconds': '600',
      mode
    },
    clock,
    cancelWhen: cancel.promise
  });
  return { told, wentOnMs: (clock.now() - cancelledMs) / speed, truths: fleet.at(cancelledMs, speed) };
}
