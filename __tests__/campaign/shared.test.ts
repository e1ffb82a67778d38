/** Faults of what the streams of a run share: nobody fails for a list, a slow key, or another's throttles. */

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Fault } from '../../local-aws/faults.ts';
import { type LocalAws, type RequestRecord, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { createStream, type Kind } from '../end-to-end/step.ts';
import { EVER } from './effects.ts';
import { NEW, NEW_ID, OLD, OLD_ID, REGION } from './endings.ts';
import { FLEET_THROUGH_ADAPTERS, FLEET_THROUGH_BUNDLE, type FleetTold, type FleetWay, streamIn } from './fleet-runs.ts';
import { Ledger } from './ledger.ts';
import { startAll } from './pool.ts';
import { SHARED_FAULTS, type SharedFault } from './shared-faults.ts';

/** They all run at the same time, so a case may wait for its turn. */
jest.setTimeout(180_000);

interface Case {
  readonly fault: SharedFault;
  readonly kind: Kind;
}

const CASES: readonly Case[] = SHARED_FAULTS.flatMap((fault) => fault.kinds.map((kind) => ({ fault, kind })));
const BUNDLED = CASES.filter(({ fault }) => fault.bundled === true);

/** Each fault reaches the action: the SDK tries nothing again by itself, here. */
beforeAll(() => {
  process.env.AWS_MAX_ATTEMPTS = '1';
});
afterAll(() => {
  delete process.env.AWS_MAX_ATTEMPTS;
});

const ledger = new Ledger('what streams share', [...new Set(SHARED_FAULTS.map(({ moment }) => moment))]);
afterAll(() => {
  process.stdout.write(`${ledger.inWords(SHARED_FAULTS.map(({ name }) => name))}\n`);
});

interface Trace {
  readonly told: FleetTold;
  readonly requests: readonly RequestRecord[];
  readonly writes: readonly RequestRecord[];
}

describe.each([
  { way: FLEET_THROUGH_ADAPTERS, cases: CASES, speed: 20, streams: 10 },
  { way: FLEET_THROUGH_BUNDLE, cases: BUNDLED, speed: 1, streams: 4 }
])('through $way.name', ({ way, cases, speed, streams }) => {
  let traceOf: (one: Case) => Promise<Trace>;
  beforeAll(() => {
    traceOf = startAll(cases, way.atOnce, (one) => runShared(way, one, speed, streams));
  });

  test.each(cases.map((one) => [titleOf(one), one] as const))('%s', async (_title, one) => {
    const { fault, kind } = one;
    const combination = { fault: fault.name, moment: fault.moment, kind, outcome: outcomeOf(one) };
    await ledger.keep(way.name, combination, async () => {
      const trace = await traceOf(one);
      const { report, exitCode } = trace.told;
      const messages = report.streams.map(({ message }) => message);
      if (fault.ends === 'timed-out') expectAllTimedOut(one, trace, speed, streams);
      else expectAllWell(trace, streams);
      expect({ outcome: report.outcome, messages }).toEqual({ outcome: outcomeOf(one), messages });
      expectStruck(fault, trace);
      if (exitCode !== undefined) expect(exitCode).toBe(fault.ends === undefined ? 0 : 1);
    });
  });
});

function titleOf({ fault, kind }: Case): string {
  return `${kind}, ${fault.moment}: ${fault.name} → ${outcomeOf({ fault, kind })}`;
}

function outcomeOf({ fault }: Case): string {
  return fault.ends ?? 'rekeyed';
}

/** Each stream has had one change, and the service's own word for it. */
function expectAllWell({ told: { report }, writes }: Trace, streams: number): void {
  for (const [index, name] of namesOf(streams).entries()) {
    const outcome = index % 2 === 0 ? 'enabled' : 'rekeyed';
    const stream = streamIn(report, name);
    expect(stream).toMatchObject({ outcome, message: stream.message, changed: true, encrypted: 'true', keyId: NEW });
    expect(writes.filter(({ input }) => streamOf(input) === name)).toHaveLength(1);
  }
}

/** Each ends by its own deadline, and nothing was sent. */
function expectAllTimedOut({ fault, kind }: Case, { told, requests }: Trace, speed: number, streams: number): void {
  const { timeoutSeconds = 0 } = fault;
  const status = { kinesis: ['ACTIVE', 'ACTIVE'], firehose: ['DISABLED', 'ENABLED'] }[kind];
  for (const [index, name] of namesOf(streams).entries()) {
    const stream = streamIn(told.report, name);
    expect(stream).toMatchObject({ outcome: 'timed-out', changed: false, status: status[index % 2] });
    expect(stream.message).toContain('No change was sent');
    expect((stream.durationSeconds - timeoutSeconds) / speed).toBeLessThan(1);
  }
  expect(requests.filter(({ operation }) => operation.startsWith('Start'))).toEqual([]);
}

/** The look-ups that a run without faults makes, and one more for streams that ask when the others have their answer. */
const LOOK_UPS = 4;

function expectStruck({ moment, times = 1 }: SharedFault, { requests }: Trace): void {
  const count = (operation: string) => requests.filter((request) => request.operation === operation).length;
  if (moment === 'a list while they wait') {
    expect(count('ListStreams')).toBeGreaterThan(0);
  } else if (moment === 'a key look-up') {
    expect(count('DescribeKey')).toBeGreaterThanOrEqual(times);
    // What several streams ask at a time is one request, so that no fault makes a storm of them.
    expect(count('DescribeKey')).toBeLessThanOrEqual(times + LOOK_UPS);
  } else {
    const refused = requests.filter(({ errorCode }) => errorCode !== undefined);
    expect(refused.length).toBeGreaterThan(requests.length / 3);
  }
}

function namesOf(streams: number): string[] {
  return Array.from({ length: streams }, (_, index) => `orders-${index}`);
}

async function runShared(way: FleetWay, { fault, kind }: Case, speed: number, streams: number): Promise<Trace> {
  const clock = way.clock(speed);
  const { keyId = 'alias/new', timeoutSeconds = 200, requestTimeoutMs } = fault;
  const names = namesOf(streams);
  let aws: LocalAws | undefined;
  const onRequest = takeEverySecond(fault, (struck) => aws?.faults.add(struck));
  await using local = await startLocalAws({ region: REGION, now: clock.now, changeMs: 3_000, onRequest });
  aws = local;
  local.kms.createKey({ id: OLD_ID });
  local.kms.createAlias('alias/new', local.kms.createKey({ id: NEW_ID }));
  for (const [index, name] of names.entries()) {
    createStream(local, kind, { name, key: index % 2 === 0 ? undefined : OLD });
  }
  const on = { 'a list while they wait': 'ListStreams', 'a key look-up': 'DescribeKey', 'every second call': null };
  const operation = on[fault.moment];
  const { times = EVER } = fault;
  if (operation !== null) local.faults.add({ on: operation, times, ...fault.effect(names) });
  const told = await way.run({
    aws: local,
    inputs: {
      'stream-kind': kind,
      'stream-name': names.join(),
      'key-id': keyId,
      'timeout-seconds': String(timeoutSeconds)
    },
    clock,
    ...(requestTimeoutMs !== undefined && { requestTimeoutMs })
  });
  return { told, requests: [...local.requests], writes: local.writes() };
}

/** Lets the fault hit every second request of each operation, where it is such a one. */
function takeEverySecond(fault: SharedFault, add: (fault: Fault) => void): (request: RequestRecord) => void {
  const counts = new Map<string, number>();
  return ({ operation }) => {
    if (fault.moment !== 'every second call') return;
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    if (count % 2 === 1) add({ on: operation, ...fault.effect([]) });
  };
}
