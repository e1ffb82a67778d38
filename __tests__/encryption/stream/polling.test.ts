/** When a stream is described. */

import { describe, expect, test } from '@jest/globals';
import { pollInterval } from '../../../src/encryption/stream/poll-interval.ts';
import type { FleetContext } from '../../../src/encryption/stream/stream-run.ts';
import { NEW, OLD } from '../../support/account.ts';
import { NO_FLEET } from '../../support/fleet-context.ts';
import { active, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { failsWith, NEVER_ENDS, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  between,
  describes,
  expectRun,
  later,
  lookups,
  type RunOptions,
  type SetUp,
  starts
} from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const MEAN = 0.5;
const MAX = 1 - Number.EPSILON;

test.each([
  ['is the minimum at first', 0, 1e9, MEAN, 100],
  ['is the minimum while a tenth of the time waited is less', 900, 1e9, MEAN, 100],
  ['is a tenth of the time waited', 5_000, 1e9, MEAN, 500],
  ['is a tenth of a long time waited', 30_000, 1e9, MEAN, 3_000],
  ['has a jitter of a tenth down', 10_000, 1e9, 0, 900],
  ['has a jitter of a tenth up', 10_000, 1e9, MAX, 1_100],
  ['is at most five seconds, with its jitter', 600_000, 1e9, MAX, 5_000],
  ['is at most five seconds, less its jitter', 600_000, 1e9, 0, 4_091],
  ['is at most half of the time until the deadline', 60_000, 4_000, MEAN, 2_000],
  ['is not shorter than the minimum close to the deadline', 60_000, 120, MEAN, 100]
])('the poll interval %s', (_, waitedMs, leftMs, random, expected) => {
  expect(pollInterval(waitedMs, leftMs, 100, random)).toBeCloseTo(expected, 0);
});

const jitter = (random: number): SetUp => {
  return (simulation) => {
    simulation.random = random;
  };
};

/** When a run whose change takes this long described the stream. */
async function pollTimes(changeMs: number, options: RunOptions = {}, random = MEAN): Promise<readonly number[]> {
  const given = [starts(succeedsAfter(changeMs)), jitter(random)];
  const { stream } = await expectRun(active(OLD), { ...TO_NEW, ...options, given }, {});
  return stream.describesMs;
}

describe('polling a change', () => {
  test.each([500, 2_000, 10_000, 40_000, 300_000])('notices the end of a change of %d ms soon', async (changeMs) => {
    const noticedMs = (await pollTimes(changeMs)).at(-1);
    expect(noticedMs).toEqual(between(changeMs, changeMs + Math.min(Math.max(changeMs * 0.12, 111), 5_001)));
  });

  test('has intervals of at least the minimum and at most five seconds', async () => {
    const [, ...early] = await pollTimes(NEVER_ENDS, { timeoutMs: 60_000 }, 0);
    expect(Math.min(...intervals(early))).toBeGreaterThanOrEqual(90);
    const late = await pollTimes(NEVER_ENDS, {}, 0.999);
    expect(Math.max(...intervals(late))).toBeLessThanOrEqual(5_000);
    expect(late.length).toBeLessThan(200);
  });

  test.each([10_000, 60_000, 600_000])('ends with a poll shortly before a deadline of %d ms', async (timeoutMs) => {
    expect((await pollTimes(NEVER_ENDS, { timeoutMs })).at(-1)).toEqual(between(timeoutMs - 200, timeoutMs));
  });

  test('lets other requests go first, as long as its answer is still of use', async () => {
    const { stream } = await expectRun(active(OLD), { ...TO_NEW, timeoutMs: 40_000 }, {});
    expect(stream.pollTimesLeftMs.slice(0, 2)).toEqual([null, 39_900]);
  });
});

test('polling an earlier change uses the same intervals, and begins again for the change of this run', async () => {
  const given = [later(40_000, active(OLD)), starts(succeedsAfter(1_000))];
  const { stream, clock } = await expectRun(updating(OLD), { ...TO_NEW, given }, { outcome: 'rekeyed' });
  const startMs = stream.starts[0]?.atMs ?? 0;
  expect(intervals(stream.describesMs)[0]).toBeLessThan(200);
  expect(stream.describesMs.length).toBeLessThan(80);
  expect(startMs).toEqual(between(40_000, 44_800));
  expect(clock.now() - startMs).toBeLessThan(1_300);
});

describe('in a fleet', () => {
  /** Notes when the stream says that it waits, or releases its slot for a retry. */
  function inFleet(estimatedRemainingMs = 0) {
    const waiting: boolean[] = [];
    const retries: string[] = [];
    const fleet: FleetContext = {
      ...NO_FLEET,
      estimatedRemainingMs: () => estimatedRemainingMs,
      setWaiting: (isWaiting) => waiting.push(isWaiting),
      releaseSlot: () => retries.push('retry')
    };
    const given: SetUp = (simulation) => {
      simulation.fleet = fleet;
    };
    return { waiting, retries, given };
  }

  test('the poll interval is a tenth of the time that other streams will take, at most five seconds', async () => {
    const soon = await expectRun(active(OLD), { ...TO_NEW, given: inFleet(20_000).given }, {});
    expect(soon.stream.describesMs).toEqual([0, 2_000]);
    const given = [inFleet(3_600_000).given, starts(succeedsAfter(6_000))];
    const { stream } = await expectRun(active(OLD), { ...TO_NEW, given }, {});
    expect(intervals(stream.describesMs).map(Math.round)).toEqual([4_545, 4_545]);
  });

  test.each([
    ['once its change was accepted, until it settles', active(OLD), {}, [true, false]],
    ['while another change is in flight', updating(OLD), { mode: 'check', given: later(1, active(OLD)) }, [true]],
    ['not if it is left unchanged', active(NEW), {}, []]
  ] as const)('a stream reports that it waits %s', async (_, stream, options, expected) => {
    const { waiting, given } = inFleet();
    const other = 'given' in options ? [options.given] : [];
    await expectRun(stream, { ...TO_NEW, ...options, given: [given, ...other] }, {});
    expect(waiting).toEqual(expected);
  });

  test.each([
    ['a description', describes(failsWith('throttled'))],
    ['a key lookup', lookups(failsWith('throttled'))],
    ['a start', starts(failsWith('throttled'))]
  ])('a stream releases its start-up slot for a retry of %s', async (_, throttled) => {
    const { retries, given } = inFleet();
    await expectRun(active(OLD), { ...TO_NEW, given: [given, throttled] }, {});
    expect(retries).toEqual(['retry']);
  });
});
