/** When a stream is described, and what follows a change: settling, then a record that proves the encryption. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { pollInterval } from '../../../src/encryption/stream/poll-interval.ts';
import { NEW, OLD, THIRD } from '../../support/account.ts';
import { NO_FLEET } from '../../support/fleet-context.ts';
import { active, DATABASE, enabled, enablingFailed, updating, withSource } from '../../support/observations.ts';
import { ANY, fromKeys, targetKey } from '../../support/requests.ts';
import { FIRST_POLL_MS, failsWith, NEVER_ENDS, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  between,
  describes,
  expectRun,
  later,
  lookups,
  nothing,
  type RunOptions,
  records,
  type SetUp,
  says,
  starts
} from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const MEAN = 0.5;
const MAX = 1 - Number.EPSILON;

test.each([
  ['is the minimum while a tenth of the time waited is less', 900, 1e9, MEAN, 100],
  ['is a tenth of the time waited', 30_000, 1e9, MEAN, 3_000],
  ['has a jitter of a tenth', 10_000, 1e9, 0, 900],
  ['is at most five seconds, with its jitter', 600_000, 1e9, MAX, 5_000],
  ['is at most half of the time until the deadline', 60_000, 4_000, MEAN, 2_000],
  ['is not shorter than the minimum close to the deadline', 60_000, 120, MEAN, 100]
])('the poll interval %s', (_, waitedMs, leftMs, random, expected) => {
  expect(pollInterval(waitedMs, leftMs, 100, random)).toBeCloseTo(expected, 0);
});

test.each([500, 10_000, 300_000])('the end of a change of %d ms is noticed soon', async (changeMs) => {
  const { stream } = await expectRun(active(OLD), { ...TO_NEW, given: starts(succeedsAfter(changeMs)) }, {});
  const limitMs = changeMs + Math.min(Math.max(changeMs * 0.12, 111), 5_001);
  expect(stream.describesMs.at(-1)).toEqual(between(changeMs, limitMs));
  expect(stream.describesMs.length).toBeLessThan(200);
});

test.each([10_000, 600_000])('a run polls shortly before its deadline of %d ms', async (timeoutMs) => {
  const options = { ...TO_NEW, timeoutMs, given: starts(succeedsAfter(NEVER_ENDS)) };
  const { stream } = await expectRun(active(OLD), options, { outcome: 'timed-out' });
  expect(stream.describesMs.at(-1)).toEqual(between(timeoutMs - 200, timeoutMs));
  expect(stream.pollTimesLeftMs.slice(0, 2)).toEqual([null, timeoutMs - FIRST_POLL_MS]);
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
    const notes: (boolean | 'retry')[] = [];
    const given: SetUp = (simulation) => {
      simulation.fleet = {
        ...NO_FLEET,
        estimatedRemainingMs: () => estimatedRemainingMs,
        setWaiting: (isWaiting) => notes.push(isWaiting),
        releaseSlot: () => notes.push('retry')
      };
    };
    return { notes, given };
  }

  test('the poll interval is a tenth of the time that other streams will take, at most five seconds', async () => {
    const soon = await expectRun(active(OLD), { ...TO_NEW, given: inFleet(20_000).given }, {});
    expect(soon.stream.describesMs).toEqual([0, 2_000]);
    const later = await expectRun(active(OLD), { ...TO_NEW, given: inFleet(3_600_000).given }, {});
    expect(intervals(later.stream.describesMs).map(Math.round)).toEqual([4_545]);
  });

  test.each<[string, Observation, SetUp, (boolean | 'retry')[], RunOptions?]>([
    ['waits once its change was accepted, until it settles', active(OLD), nothing, [true, false]],
    ['waits while another change is in flight', updating(OLD), later(1, active(OLD)), [true], { mode: 'check' }],
    ['does not wait if it is left unchanged', active(NEW), nothing, []],
    ['gives up its slot for the record check', active(NEW), nothing, [false], { verifyRecords: true }],
    ['retries a description', active(NEW), describes(failsWith('throttled')), ['retry']],
    ['retries a key lookup', active(NEW), lookups(failsWith('throttled')), ['retry']],
    ['retries a start', active(OLD), starts(failsWith('throttled')), ['retry', true, false]]
  ])('a stream reports that it %s', async (_, stream, also, expected, options = {}) => {
    const { notes, given } = inFleet();
    await expectRun(stream, { ...TO_NEW, ...options, given: [given, also] }, {});
    expect(notes).toEqual(expected);
  });
});

const changesAtOnce = starts(reports(active(NEW)));
const failsAtOnce = starts(reports(enablingFailed()));
const changesLater = later(1_000, active(NEW));

describe('settling', () => {
  const ofOther = { settleMs: 5_000, given: changesLater };
  const check = { ...ofOther, mode: 'check' } as const;
  const justInTime = { given: changesAtOnce, settleMs: 5_000, timeoutMs: FIRST_POLL_MS + 5_001 };

  test.each<[string, Observation, RunOptions, string, number]>([
    ['is left out if it is zero', active(OLD), { settleMs: 0, given: changesAtOnce }, 'rekeyed', 100],
    ['may end just before the deadline', active(OLD), justInTime, 'rekeyed', 5_100],
    ["follows another run's change", updating(), ofOther, 'unchanged', 6_000],
    ["follows another run's change in mode check", updating(), check, 'compliant', 6_000],
    ['is left out in mode plan', updating(), { ...ofOther, mode: 'plan' }, 'unchanged', 1_000],
    ['is left out if nothing changed in mode check', active(NEW), check, 'compliant', 0],
    ['is left out if the change failed', enabled(OLD), { settleMs: 5_000, given: failsAtOnce }, 'failed', 100],
    ['is left out if a check fails', updating(), { ...check, criteria: targetKey(OLD) }, 'non-compliant', 1_000]
  ])('%s', async (_, stream, options, outcome, endedMs) => {
    const { clock } = await expectRun(stream, { ...TO_NEW, ...options }, { outcome, warnings: [] });
    expect(clock.now()).toEqual(between(endedMs, endedMs + 150));
  });
});

describe('the record check', () => {
  const VERIFIED = { ...TO_NEW, verifyRecords: true };
  const proved = { changed: true, encrypted: 'true', key: { id: NEW }, recordVerified: true };
  const unproved = { ...proved, outcome: 'failed', recordVerified: false };
  const none = says('confirmed encryption for none of the test records');
  const unconfirmed = records(() => false);
  const denied = records(failsWith('denied', 'grant kinesis:PutRecord'));

  test.each([
    ['succeeds with the first record that was encrypted', {}, records((nth) => nth === 3), proved, 3],
    ['begins after settling', { settleMs: 5_000 }, nothing, proved, 1],
    ['fails after ten seconds', {}, unconfirmed, { ...unproved, message: none }, 11],
    ['fails at the deadline if that is sooner', { timeoutMs: 3_500 }, unconfirmed, unproved, 4],
    ['fails if it is denied', {}, denied, { ...unproved, message: says('grant kinesis:PutRecord') }, 1],
    ['is left out unless it is requested', { verifyRecords: false }, nothing, { ...proved, recordVerified: null }, 0]
  ])('after a change %s', async (_, overrides, record, expected, count) => {
    const options = { ...VERIFIED, ...overrides, given: [changesAtOnce, record] };
    const { stream } = await expectRun(active(OLD), options, expected);
    const fromMs = FIRST_POLL_MS + (options.settleMs ?? 0);
    expect(stream.recordsMs).toEqual(Array.from({ length: count }, (_, index) => fromMs + index * 1_000));
  });

  test.each<[string, Observation, RunOptions]>([
    ['the target key', active(NEW), {}],
    ['any key', active(OLD), { criteria: ANY }],
    ["the target key after another run's change", updating(), { given: changesLater }]
  ])('proves a stream as well that needs no change: %s', async (_, stream, options) => {
    const message = says('; the service confirmed that a test record was encrypted');
    const expected = { outcome: 'unchanged', changed: false, recordVerified: true, message };
    const simulation = await expectRun(stream, { ...VERIFIED, ...options }, expected);
    expect(simulation.stream.recordsMs).toHaveLength(1);
    await expectRun(active(NEW), { ...VERIFIED, given: unconfirmed }, { ...unproved, changed: false, message: none });
  });

  test.each<[string, boolean | null, Observation, RunOptions]>([
    ['skipped', false, active(OLD), { from: fromKeys(THIRD) }],
    ['failed', false, enabled(OLD), { given: failsAtOnce }],
    ['unchanged', false, updating(), { mode: 'plan', given: changesLater }],
    ['compliant', false, updating(), { mode: 'check', given: changesLater }],
    ['not-applicable', null, withSource(DATABASE), {}]
  ])('puts no record into a stream that is %s', async (outcome, recordVerified, stream, options) => {
    const simulation = await expectRun(stream, { ...VERIFIED, ...options }, { outcome, recordVerified });
    expect(simulation.stream.recordsMs).toEqual([]);
  });
});
