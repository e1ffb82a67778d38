/** Faults while the streams are listed, and found by their tags. */

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { KINDS, START } from '../end-to-end/step.ts';
import { REGION } from './endings.ts';
import { FLEET_THROUGH_ADAPTERS, FLEET_THROUGH_BUNDLE, type FleetTold, type FleetWay, streamIn } from './fleet-runs.ts';
import { Ledger } from './ledger.ts';
import { startAll } from './pool.ts';
import { skipPausesOfTheSdk } from './sdk-pauses.ts';
import {
  SELECTION_CASES,
  SELECTION_FAULTS,
  SELECTION_MOMENTS,
  type SelectionCase,
  type SelectionMoment,
  TWO_PAGES,
  UNTAGGED
} from './selection-faults.ts';

/** They all run at the same time, so a case may wait for its turn. */
jest.setTimeout(120_000);

skipPausesOfTheSdk();

const ledger = new Ledger('choosing the streams', [...new Set(SELECTION_MOMENTS.map(({ name }) => name))]);
afterAll(() => {
  process.stdout.write(`${ledger.inWords(SELECTION_FAULTS.map(({ name }) => name))}\n`);
});

const BUNDLED = SELECTION_CASES.filter(({ fault, moment }) => fault.bundled === true && moment.after === undefined);

interface Trace {
  readonly told: FleetTold;
  /** The operations that were asked for, in their order. */
  readonly asked: readonly string[];
  readonly writes: number;
}

describe.each([
  { way: FLEET_THROUGH_ADAPTERS, cases: SELECTION_CASES, shortSeconds: 20 },
  { way: FLEET_THROUGH_BUNDLE, cases: BUNDLED, shortSeconds: 3 }
])('through $way.name', ({ way, cases, shortSeconds }) => {
  let traceOf: (one: SelectionCase) => Promise<Trace>;
  beforeAll(() => {
    traceOf = startAll(cases, 2 * way.atOnce, (one) => runSelection(way, one, shortSeconds));
  });

  test.each(cases.map((one) => [titleOf(one), one] as const))('%s', async (_title, one) => {
    const { fault, moment, outcome } = one;
    const combination = { fault: fault.name, moment: moment.name, kind: moment.kinds, outcome };
    await ledger.keep(way.name, combination, async () => {
      const trace = await traceOf(one);
      const { report, exitCode, log } = trace.told;
      const why = [...report.faults, ...report.streams.map(({ message }) => message)].join('\n');
      expect({ outcome: report.outcome, why }).toEqual({ outcome, why });
      expectStruck(one, trace);
      expectEnd(one, trace, why);
      if (fault.how !== 'refused')
        for (const words of fault.says(moment.action)) expect(log.join('\n')).toContain(words);
      if (fault.how === 'lasts') {
        expect((report.durationSeconds - shortSeconds) / speedOf(way, one)).toBeLessThan(1);
        if (way === FLEET_THROUGH_BUNDLE)
          expect(why).toMatch(/not found within timeout-seconds.*\. No change was sent/);
      }
      if (exitCode !== undefined) expect(exitCode).toBe(fault.how === 'passes' ? 0 : 1);
    });
  });
});

function titleOf({ fault, moment, outcome }: SelectionCase): string {
  return `${moment.kinds}, ${moment.name}: ${fault.name} → ${outcome}`;
}

/** The fault has struck as often as it was to, and what it let through came after it. */
function expectStruck({ fault, moment: { action, after = 0 } }: SelectionCase, { asked }: Trace): void {
  const requests = asked.filter((operation) => action.endsWith(`:${operation}`)).length;
  const { how, times = 1 } = fault;
  expect(requests).toBeGreaterThanOrEqual(after + (how === 'passes' ? times + 1 : 1));
}

/** What came of the streams: all are chosen, or none, or the one that could not be seen tells why by itself. */
function expectEnd({ fault, moment }: SelectionCase, { told: { report }, asked, writes }: Trace, why: string): void {
  const { how, says } = fault;
  const tagged = moment.kinds === 'both' ? 4 : 2;
  if (how === 'passes' && moment.after !== undefined) {
    expect(report.counts).toEqual({ total: TWO_PAGES, planned: TWO_PAGES });
    expect(new Set(report.streams.map(({ name }) => name)).size).toBe(TWO_PAGES);
  } else if (how === 'passes') {
    expect(report.counts).toEqual({ total: tagged, enabled: tagged });
    expect(writes).toBe(tagged);
  } else if (how === 'refused' && moment.untagged !== undefined) {
    expect(report.counts).toEqual({ total: tagged + 1, failed: 1, enabled: tagged });
    expect(streamIn(report, UNTAGGED)).toMatchObject({ outcome: 'failed', changed: false });
  } else {
    expect(report).toMatchObject({ counts: { total: 0 }, changed: false, encrypted: 'unknown' });
    expect(asked.filter((operation) => operation === START.kinesis || operation === START.firehose)).toEqual([]);
  }
  if (how === 'refused') for (const words of says(moment.action)) expect(why).toContain(words);
}

/** Slower where it goes by the clock, so that a slow answer of this machine is none to the run. */
function speedOf(way: FleetWay, { fault }: SelectionCase): number {
  return way === FLEET_THROUGH_BUNDLE ? 1 : fault.how === 'lasts' ? 10 : 20;
}

async function runSelection(way: FleetWay, one: SelectionCase, shortSeconds: number): Promise<Trace> {
  const { fault, moment } = one;
  const clock = way.clock(speedOf(way, one));
  await using aws = await startLocalAws({ region: REGION, now: clock.now, changeMs: 200 });
  const operation = moment.action.replace(/^.*:/, '');
  const where = { on: operation, after: moment.after ?? 0, ...(moment.untagged && { stream: moment.untagged }) };
  aws.faults.add({ ...where, times: fault.times ?? 1, ...fault.effect(moment.action) });
  const told = await way.run({
    aws,
    inputs: {
      ...createStreams(aws, moment),
      'timeout-seconds': String(fault.how === 'lasts' ? shortSeconds : 200)
    },
    clock,
    ...(fault.requestTimeoutMs !== undefined && { requestTimeoutMs: fault.requestTimeoutMs })
  });
  return { told, asked: aws.requests.map((request) => request.operation), writes: aws.writes().length };
}

/** Creates what is to be chosen; answers the inputs that choose it. */
function createStreams(aws: LocalAws, { name, kinds, after, untagged }: SelectionMoment): Record<string, string> {
  const count = after === undefined ? 2 : TWO_PAGES;
  const tags = { env: 'prod' };
  for (const kind of kinds === 'both' ? KINDS : [kinds]) {
    for (let nth = 1; nth <= count; nth++) aws[kind].create({ name: `orders-${nth}`, tags });
    if (untagged !== undefined) aws[kind].create({ name: untagged });
  }
  const kind = { 'stream-kind': kinds === 'both' ? '' : kinds, ...(after !== undefined && { mode: 'plan' }) };
  if (untagged !== undefined) {
    return { ...kind, 'stream-name': `orders-*,${untagged}`, 'stream-tags': 'env=prod' };
  }
  return /tags/.test(name) ? { ...kind, 'stream-tags': 'env=prod' } : { ...kind, 'stream-name': 'orders-*' };
}
