/** What follows a change: settling, then a record that proves the encryption. */

import { describe, expect, test } from '@jest/globals';
import type { Observation, Outcome } from '../../../src/encryption/model.ts';
import { NEW, OLD, THIRD } from '../../support/account.ts';
import { NO_FLEET } from '../../support/fleet-context.ts';
import {
  active,
  DATABASE,
  disabled,
  enabled,
  enablingFailed,
  updating,
  withSource
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, fromKeys, targetKey } from '../../support/requests.ts';
import { FIRST_POLL_MS, failsWith, reports } from '../../support/simulated-stream.ts';
import {
  between,
  expectRun,
  later,
  nothing,
  type RunOptions,
  records,
  says,
  simulate,
  starts
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 5_000 } as const;
const VERIFIED = { criteria: targetKey(NEW), verifyRecords: true, settleMs: 0 } as const;
const changesAtOnce = starts(reports(active(NEW)));
const failsAtOnce = starts(reports(enablingFailed()));
const changesLater = later(1_000, active(NEW));

describe('settling', () => {
  const changed = { ...TO_NEW, given: changesAtOnce };
  const changedByOther = { ...TO_NEW, given: changesLater };
  const check = { ...changedByOther, mode: 'check' } as const;
  const plan = { ...changedByOther, mode: 'plan' } as const;
  const justInTime = { ...changed, timeoutMs: FIRST_POLL_MS + 5_001 };

  test.each<[string, Observation, RunOptions, Outcome, number]>([
    ['lasts as long as requested', active(OLD), { ...changed, settleMs: 60_000 }, 'rekeyed', 60_100],
    ['is left out if that is zero', active(OLD), { ...changed, settleMs: 0 }, 'rekeyed', 100],
    ['may end just before the deadline', active(OLD), justInTime, 'rekeyed', 5_100],
    ["follows another run's change", updating(), changedByOther, 'unchanged', 6_000],
    ["follows another run's change in mode check", updating(), check, 'compliant', 6_000],
    ['is left out in mode plan', updating(), plan, 'unchanged', 1_000],
    ['is left out if nothing changed', active(NEW), TO_NEW, 'unchanged', 0],
    ['is left out if nothing changed in mode check', active(NEW), check, 'compliant', 0],
    ['is left out if the change failed', enabled(OLD), { ...TO_NEW, given: failsAtOnce }, 'failed', 100],
    ['is left out if a check fails', updating(), { ...check, criteria: targetKey(OLD) }, 'non-compliant', 1_000]
  ])('%s', async (_, stream, options, outcome, endedMs) => {
    const { clock } = await expectRun(stream, options, { outcome, warnings: [] });
    expect(clock.now()).toEqual(between(endedMs, endedMs + 150));
  });
});

describe('the record check', () => {
  const proved = { outcome: 'rekeyed', changed: true, encrypted: 'true', key: { id: NEW }, recordVerified: true };
  const unproved = { ...proved, outcome: 'failed', recordVerified: false };
  const none = says('confirmed encryption for none of the test records');
  const unconfirmed = records(() => false);
  const denied = records(failsWith('denied', 'grant kinesis:PutRecord'));
  const ended = expect.stringMatching(new RegExp(`^grant kinesis:PutRecord\\. The change to ${NEW} ended`));
  const everySecond = (count: number, fromMs = FIRST_POLL_MS) =>
    Array.from({ length: count }, (_, index) => fromMs + index * 1_000);

  test.each([
    ['succeeds with the first record', {}, nothing, proved, everySecond(1)],
    ['begins after settling', { settleMs: 5_000 }, nothing, proved, everySecond(1, FIRST_POLL_MS + 5_000)],
    ['succeeds with the first record that was encrypted', {}, records((nth) => nth === 3), proved, everySecond(3)],
    ['fails after ten seconds', {}, unconfirmed, { ...unproved, message: none }, everySecond(11)],
    ['fails at the deadline if that is sooner', { timeoutMs: 3_500 }, unconfirmed, unproved, everySecond(4)],
    ['fails and reports the change if it is denied', {}, denied, { ...unproved, message: ended }, everySecond(1)],
    ['is left out unless it is requested', { verifyRecords: false }, nothing, { ...proved, recordVerified: null }, []]
  ])('after a change %s', async (_, overrides, record, expected, recordsMs) => {
    const options = { ...VERIFIED, ...overrides, given: [changesAtOnce, record] };
    const { stream } = await expectRun(active(OLD), options, expected);
    expect(stream.recordsMs).toEqual(recordsMs);
  });

  test.each<[string, Observation, RunOptions]>([
    ['the target key', active(NEW), {}],
    ['the AWS key', enabled(), { criteria: AWS_OWNED }],
    ['any key', active(OLD), { criteria: ANY }],
    ["the target key after another run's change", updating(), { given: changesLater }]
  ])('proves a stream as well that needs no change: %s', async (_, stream, options) => {
    const message = says('; the service confirmed that a test record was encrypted');
    const expected = { outcome: 'unchanged', changed: false, recordVerified: true, message };
    const simulation = await expectRun(stream, { ...VERIFIED, ...options }, expected);
    expect(simulation.stream.recordsMs).toHaveLength(1);
  });

  test.each([
    ['the service confirms nothing', unconfirmed, 11, none],
    ['PutRecord is denied', denied, 1, says('grant kinesis:PutRecord')]
  ])('fails for a stream that needs no change, as after a change, if %s', async (_, given, count, message) => {
    const { stream } = await expectRun(active(NEW), { ...VERIFIED, given }, { ...unproved, changed: false, message });
    expect(stream.recordsMs).toHaveLength(count);
  });

  test('gives up the start-up slot, because it may take ten seconds', async () => {
    const simulation = simulate(active(NEW));
    const waiting: boolean[] = [];
    simulation.fleet = { ...NO_FLEET, setWaiting: (isWaiting) => waiting.push(isWaiting) };
    await simulation.encrypt(VERIFIED);
    expect(waiting).toEqual([false]);
  });

  test.each<[string, boolean | null, Observation, RunOptions]>([
    ['skipped', false, active(OLD), { from: fromKeys(THIRD) }],
    ['failed', false, active(OLD), { criteria: targetKey('alias/none') }],
    ['failed', false, disabled(), { given: failsAtOnce }],
    ['unchanged', false, updating(), { mode: 'plan', given: changesLater }],
    ['compliant', false, updating(), { mode: 'check', given: changesLater }],
    ['not-applicable', null, withSource(DATABASE), {}]
  ])('puts no record into a stream that is %s: %#', async (outcome, recordVerified, stream, options) => {
    const simulation = await expectRun(stream, { ...VERIFIED, ...options }, { outcome, recordVerified });
    expect(simulation.stream.recordsMs).toEqual([]);
  });
});
