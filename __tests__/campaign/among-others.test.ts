/** One bad stream among ten: it ends as it would alone, and the nine others end well. */

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { endedWell } from '../../src/encryption/model.ts';
import type { StreamReport } from '../../src/reporting/report.ts';
import { type Ending, NEW } from './endings.ts';
import { CASES, type Case } from './faults.ts';
import { FLEET_THROUGH_ADAPTERS, FLEET_THROUGH_BUNDLE, type FleetTold, type FleetWay, streamIn } from './fleet-runs.ts';
import { Ledger } from './ledger.ts';
import { MOMENT_NAMES, type MomentName } from './moments.ts';
import { startAll } from './pool.ts';
import { expectCounts } from './runs.ts';
import { skipPausesOfTheSdk } from './sdk-pauses.ts';
import { Stage } from './stage.ts';

/** They all run at the same time, so a case may wait for its turn. */
jest.setTimeout(120_000);

/** The main faults that hit one stream alone, and when. */
const AMONG_OTHERS: readonly (readonly [fault: string, ...moments: MomentName[]])[] = [
  ['throttled ten times', 'first look', 'start', 'polling'],
  ['status 500', 'first look', 'start', 'polling'],
  ['an HTML page, 503', 'polling'],
  ['connection reset', 'first look', 'start'],
  ['connection reset after taking effect', 'start'],
  ['a body cut off', 'first look', 'start', 'proof'],
  ['an empty answer, 200', 'first look', 'proof'],
  ['no answer, then given up', 'first look', 'start', 'polling'],
  ['throttled to the end', 'first look', 'start', 'polling'],
  ['no answer to the end', 'first look', 'start', 'polling'],
  ['access denied', 'first look', 'start', 'polling'],
  ['the stream deleted', 'first look', 'start', 'polling'],
  ['the stream being deleted', 'first look', 'polling'],
  ['a code nobody has heard of', 'first look', 'start', 'polling'],
  ['25 changes in 24 hours', 'start'],
  ['a limit, which one unclear', 'start'],
  ['in use without end, for no reason to be seen', 'start'],
  ["another's change, to a third key", 'start', 'proof'],
  ['another was quicker with the same change', 'first look'],
  ['KMSAccessDeniedException', 'start'],
  ['InvalidKMSResourceException: KMSAccessDeniedException', 'start'],
  ['the change comes back with the old key', 'start'],
  ['the change never ends', 'polling'],
  ['the change fails: DISABLED_KMS_KEY', 'start'],
  ['the change fails: CREATE_KMS_GRANT_FAILED', 'start']
];

/** Those that are tried through the bundle too. */
const BUNDLED: readonly (readonly [fault: string, ...moments: MomentName[]])[] = [
  ['connection reset after taking effect', 'start'],
  ['no answer to the end', 'polling'],
  ['access denied', 'first look'],
  ['the stream deleted', 'polling']
];

function casesOf(faults: typeof AMONG_OTHERS): readonly Case[] {
  return faults.flatMap(([name, ...moments]) =>
    moments.flatMap((moment) => {
      const found = CASES.filter((one) => one.fault.name === name && one.moment === moment);
      if (found.length === 0) throw new Error(`The table of faults has no "${name}" at ${moment}`);
      return found;
    })
  );
}

skipPausesOfTheSdk();

const ledger = new Ledger('one bad stream among ten', MOMENT_NAMES);
afterAll(() => {
  process.stdout.write(`${ledger.inWords(AMONG_OTHERS.map(([name]) => name))}\n`);
});

const OTHERS = Array.from({ length: 9 }, (_, index) => `other-${index + 1}`);
const ALL = OTHERS.toSpliced(4, 0, 'orders');

interface Trace {
  readonly told: FleetTold;
  readonly starts: number;
  readonly hits: number;
  /** How many starts took effect on a stream. */
  readonly writesOf: ReadonlyMap<string, number>;
}

describe.each([
  { way: FLEET_THROUGH_ADAPTERS, cases: casesOf(AMONG_OTHERS), speed: 20, shortSeconds: 120 },
  { way: FLEET_THROUGH_BUNDLE, cases: casesOf(BUNDLED), speed: 1, shortSeconds: 25 }
])('through $way.name', ({ way, cases, speed, shortSeconds }) => {
  let traceOf: (one: Case) => Promise<Trace>;
  beforeAll(() => {
    traceOf = startAll(cases, way.atOnce, (one) => runAmongOthers(way, one, speed, timeOf(one, shortSeconds)));
  });

  test.each(cases.map((one) => [titleOf(one), one] as const))('%s', async (_title, one) => {
    const combination = { fault: one.fault.name, moment: one.moment, kind: one.kind, outcome: one.ending.outcome };
    await ledger.keep(way.name, combination, async () => {
      const trace = await traceOf(one);
      const { report, exitCode } = trace.told;
      for (const [index, name] of OTHERS.entries()) {
        const outcome = index % 2 === 0 ? 'enabled' : 'rekeyed';
        expect(streamIn(report, name)).toMatchObject({ outcome, changed: true, encrypted: 'true', keyId: NEW });
        expect(trace.writesOf.get(name)).toBe(1);
      }
      const bad = streamIn(report, 'orders');
      expectAsAlone(one, trace, bad, timeOf(one, shortSeconds), speed);
      expect(report).toMatchObject({ outcome: worse(bad.outcome), counts: { total: 10 } });
      expect(report.streams.map(({ name }) => name)).toEqual(ALL);
      if (exitCode !== undefined) expect(exitCode).toBe(endedWell(bad) ? 0 : 1);
    });
  });
});

function titleOf({ fault, moment, kind, ending }: Case): string {
  return `${kind}, ${moment}: ${fault.name} → ${ending.outcome}`;
}

/** Those that end by their deadline have time enough that no other stream meets its own. */
function timeOf({ fault }: Case, shortSeconds: number): number {
  return fault.timeoutSeconds === undefined ? 200 : shortSeconds;
}

function worse(outcome: string): string {
  return outcome === 'unchanged' || outcome === 'enabled' ? 'rekeyed' : outcome;
}

async function runAmongOthers(way: FleetWay, one: Case, speed: number, timeoutSeconds: number): Promise<Trace> {
  const clock = way.clock(speed);
  await using stage = await Stage.open(one, clock.now, OTHERS);
  const { requestTimeoutMs } = one.fault;
  const told = await way.run({
    aws: stage.aws,
    inputs: {
      'stream-kind': one.kind,
      'stream-name': ALL.join(),
      'key-id': one.fault.keyId ?? NEW,
      'timeout-seconds': String(timeoutSeconds)
    },
    clock,
    ...(requestTimeoutMs !== undefined && { requestTimeoutMs })
  });
  const writesOf = new Map(ALL.map((name) => [name, stage.writesOf(name)]));
  return { told, starts: stage.starts, hits: stage.hits, writesOf };
}

function expectAsAlone(one: Case, trace: Trace, bad: StreamReport, timeoutSeconds: number, speed: number): void {
  const { kind, ending: expected } = one;
  const ending: Ending = bad.changed ? (expected.or ?? expected) : expected;
  expect({ outcome: bad.outcome, message: bad.message }).toEqual({ outcome: ending.outcome, message: bad.message });
  expect(toOutputs(bad)).toMatchObject(ending.stands(kind));
  for (const words of ending.says) expect(bad.message).toContain(words);
  expect(trace.writesOf.get('orders')).toBe(expected.writes);
  expectCounts(one, trace);
  // The contract's second is one of real time, and so is this.
  expect((bad.durationSeconds - timeoutSeconds) / speed).toBeLessThan(1);
}

/** How the stream stands, in the words of the outputs. */
function toOutputs(stream: StreamReport): Readonly<Record<string, string>> {
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
