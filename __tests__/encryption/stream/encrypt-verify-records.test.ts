/** What follows a change: settling, then a record that proves the encryption. */

import { describe, expect, test } from '@jest/globals';
import { NEW, OLD, THIRD } from '../../support/account.ts';
import { NO_FLEET } from '../../support/fleet-context.ts';
import {
  active,
  DATABASE,
  disabled,
  enabled,
  enablingFailed,
  unknownStatus,
  updating,
  withSource
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, fromKeys, targetKey } from '../../support/requests.ts';
import { FIRST_POLL_MS, failsWith, reports } from '../../support/simulated-stream.ts';
import {
  between,
  both,
  expectRun,
  later,
  type SetUp,
  says,
  simulate,
  starts
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 5_000 } as const;
const VERIFIED = { criteria: targetKey(NEW), verifyRecords: true, settleMs: 0 } as const;
const REKEYED = { outcome: 'rekeyed' };
const changesAtOnce = starts(reports(active(NEW)));

describe('settling', () => {
  test.each([0, 5_000, 60_000])('lasts %d ms after the change is proved', async (settleMs) => {
    const { clock } = await expectRun(active(OLD), { ...TO_NEW, settleMs, given: changesAtOnce }, REKEYED);
    expect(clock.now()).toBe(FIRST_POLL_MS + settleMs);
  });

  test.each([
    ['encrypt', 'unchanged'],
    ['check', 'compliant']
  ] as const)("follows another run's change in mode %s", async (mode, outcome) => {
    const { clock } = await expectRun(updating(), { ...TO_NEW, mode, given: later(100, active(NEW)) }, { outcome });
    expect(clock.now()).toBe(5_100);
  });

  test('is skipped if nothing changed', async () => {
    for (const mode of ['encrypt', 'check'] as const) {
      const { clock } = await expectRun(active(NEW), { ...TO_NEW, mode }, {});
      expect(clock.now()).toBe(0);
    }
  });

  test('is skipped if the change failed', async () => {
    const given = starts(reports(enablingFailed()));
    const { clock } = await expectRun(enabled(OLD), { ...TO_NEW, given }, { outcome: 'failed' });
    expect(clock.now()).toBe(FIRST_POLL_MS);
  });

  test('is skipped if a check is non-compliant after a change', () =>
    expectRun(
      updating(OLD),
      { ...TO_NEW, mode: 'check', settleMs: 60_000, given: later(1_000, active(OLD)) },
      { outcome: 'non-compliant', warnings: [], durationSeconds: between(1, 2) }
    ));

  test('succeeds if it ends just before the deadline', () =>
    expectRun(active(OLD), { ...TO_NEW, timeoutMs: FIRST_POLL_MS + 5_001, given: changesAtOnce }, REKEYED));
});

describe('the record check', () => {
  const changed = { changed: true, encrypted: 'true', key: { id: NEW } };
  const unproved = { outcome: 'failed', encrypted: 'true', recordVerified: false };
  const none = says('confirmed encryption for none of the test records');
  const onRecord = (behavior: (nth: number) => boolean): SetUp => {
    return ({ stream }) => {
      stream.onRecord = behavior;
    };
  };
  const unconfirmed = onRecord(() => false);
  const denied = onRecord(failsWith('denied', 'grant kinesis:PutRecord'));
  const everySecond = (count: number) => Array.from({ length: count }, (_, index) => FIRST_POLL_MS + index * 1_000);

  test.each([0, 5_000])('succeeds with the first record, after settling for %d ms', async (settleMs) => {
    const proved = { ...changed, ...REKEYED, recordVerified: true };
    const { stream } = await expectRun(active(OLD), { ...VERIFIED, settleMs, given: changesAtOnce }, proved);
    expect(stream.recordsMs).toEqual([FIRST_POLL_MS + settleMs]);
  });

  test('puts a record every second until one was encrypted', async () => {
    const given = both(
      starts(reports(enabled(NEW))),
      onRecord((nth) => nth === 3)
    );
    const { stream } = await expectRun(disabled(), { ...VERIFIED, given }, { outcome: 'enabled' });
    expect(stream.recordsMs).toEqual(everySecond(3));
  });

  test('fails after ten seconds, although the key is in force', async () => {
    const failed = { ...changed, ...unproved, previousKey: { id: OLD }, message: none };
    const given = both(changesAtOnce, unconfirmed);
    const { stream, clock } = await expectRun(active(OLD), { ...VERIFIED, given }, failed);
    expect(stream.recordsMs).toEqual(everySecond(11));
    expect(clock.now()).toBe(FIRST_POLL_MS + 10_000);
  });

  test('fails at the deadline if that is sooner', async () => {
    const failed = { ...unproved, durationSeconds: between(3, 3.51) };
    const given = both(changesAtOnce, unconfirmed);
    const { stream } = await expectRun(active(OLD), { ...VERIFIED, timeoutMs: 3_500, given }, failed);
    expect(stream.recordsMs).toEqual(everySecond(4));
  });

  test.each(['denied', 'refused'] as const)('fails and reports the change if PutRecord is %s', async (errorKind) => {
    const message = expect.stringMatching(new RegExp(`^grant kinesis:PutRecord\\. The change to ${NEW} ended`));
    const given = onRecord(failsWith(errorKind, 'grant kinesis:PutRecord'));
    const { stream } = await expectRun(active(OLD), { ...VERIFIED, given }, { ...changed, ...unproved, message });
    expect(stream.recordsMs).toHaveLength(1);
  });

  test("follows another run's change", async () => {
    const given = later(1_000, active(NEW));
    const { stream } = await expectRun(updating(), { ...VERIFIED, given }, { outcome: 'unchanged' });
    expect(stream.recordsMs).toHaveLength(1);
  });

  test.each([
    ['target key', active(NEW), VERIFIED.criteria],
    ['AWS key', enabled(), AWS_OWNED],
    ['any key', active(OLD), ANY]
  ])('proves a stream that needs no change as well, without settling (%s)', async (_, observation, criteria) => {
    const message = says('the service confirmed that a test record was encrypted');
    const proved = { outcome: 'unchanged', changed: false, recordVerified: true, message };
    const { stream } = await expectRun(observation, { ...VERIFIED, criteria, settleMs: 5_000 }, proved);
    expect(stream.recordsMs).toEqual([0]);
  });

  test.each([
    ['the service confirms nothing', unconfirmed, 11, none],
    ['PutRecord is denied', denied, 1, says('grant kinesis:PutRecord')]
  ])('fails for a stream that needs no change, as after a change, if %s', async (_, given, records, message) => {
    const { stream } = await expectRun(active(NEW), { ...VERIFIED, given }, { ...unproved, changed: false, message });
    expect(stream.recordsMs).toHaveLength(records);
  });

  test('gives up the start-up slot, because it may take ten seconds', async () => {
    const simulation = simulate(active(NEW));
    const waiting: boolean[] = [];
    simulation.fleet = { ...NO_FLEET, setWaiting: (isWaiting) => waiting.push(isWaiting) };
    await simulation.encrypt(VERIFIED);
    expect(waiting).toEqual([false]);
  });

  test.each([
    ['skipped', active(OLD), { from: fromKeys(THIRD) }],
    ['skipped', active(OLD), { named: false }],
    ['failed', unknownStatus(), { criteria: ANY }],
    ['failed', active(OLD), { criteria: targetKey('alias/none') }],
    ['failed', enabled(OLD), { given: starts(reports(enablingFailed())) }],
    ['not-applicable', withSource(DATABASE), {}]
  ] as const)('puts no record into a stream that is %s: %#', async (outcome, observation, options) => {
    const recordVerified = outcome === 'not-applicable' ? null : false;
    const { stream } = await expectRun(observation, { ...VERIFIED, ...options }, { outcome, recordVerified });
    expect(stream.recordsMs).toEqual([]);
  });

  test('is skipped unless it is requested', async () => {
    const options = { ...VERIFIED, verifyRecords: false, given: changesAtOnce };
    const { stream } = await expectRun(active(OLD), options, { recordVerified: null });
    expect(stream.recordsMs).toEqual([]);
  });

  test('is skipped in the modes check and plan, which send no write, and plan does not settle', async () => {
    for (const mode of ['check', 'plan'] as const) {
      const given = later(1_000, active(NEW));
      const { stream, clock } = await expectRun(updating(), { ...TO_NEW, verifyRecords: true, mode, given }, {});
      expect(stream.recordsMs).toEqual([]);
      if (mode === 'plan') expect(clock.now()).toBeLessThan(1_200);
    }
  });
});
