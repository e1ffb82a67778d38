/** How a change of this run is sent, waited for and reported. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { disabledKey, NEW, OLD, OLD_ID, THIRD } from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enabling,
  enablingFailed,
  GRANT_FAILED,
  grantNotSpread,
  suspended,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import {
  answerLost,
  butRefused,
  delayed,
  endsAfter,
  failsWith,
  hasNoEffect,
  type OnStart,
  type Reported,
  repeated,
  reports,
  reportsEach,
  succeedsAfter
} from '../../support/simulated-stream.ts';
import { between, cancelAt, expectRun, later, says, starts, withKey } from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const REKEYED = { outcome: 'rekeyed', changed: true, encrypted: 'true', key: { id: NEW }, previousKey: { id: OLD } };
const ENABLED = { ...REKEYED, outcome: 'enabled', previousKey: null };
const FAILED = { outcome: 'failed', changed: true };
const ON_OLD = { ...FAILED, encrypted: 'true', key: { id: OLD }, previousKey: { id: OLD } };
const UNENCRYPTED = { ...FAILED, encrypted: 'false', key: null, previousKey: null };
const UNKNOWN = { ...FAILED, encrypted: 'unknown', key: null, previousKey: null };
const STARTED = { outcome: 'started', changed: true };

const failure = enablingFailed();
const otherFailure = enablingFailed('DISABLED_KMS_KEY: it was');
const fails = reports(failure);
const lasts = (seconds: number) => ({ durationSeconds: between(seconds, seconds + 1) });
const lateBy = (staleMs: number) => succeedsAfter(3_000, { staleMs });

type Row = [what: string, stream: Observation, onStarts: OnStart | readonly OnStart[], expected: object];

/** Expects this result if the starts behave like this, each of them sent. */
function onStart(stream: Observation, onStarts: OnStart | readonly OnStart[], expected: object, overrides = {}) {
  const given = [onStarts].flat();
  return expectRun(stream, { ...TO_NEW, given: starts(...given), sent: given.length, ...overrides }, expected);
}

describe('a Firehose change that fails', () => {
  const failing = endsAfter(2_000, failure);
  const owned = { type: 'aws-owned', id: '' };
  const failed = `the change to ${NEW} failed (ENABLING_FAILED`;
  const unknown = `${failed}: ${GRANT_FAILED}). Which key is in force now, if any, cannot be determined. Fix it`;
  const noReason =
    `${failed}). The stream is still encrypted with ${OLD}, the previous key. ` +
    'The service gave no reason: check that the key is enabled, and that the role of this step may use it, then run again';

  test.each<Row>([
    ['keeps the previous key', enabled(OLD), failing, { ...ON_OLD, status: 'ENABLING_FAILED', target: { id: NEW } }],
    ['keeps the AWS owned key', enabled(), failing, { ...ON_OLD, key: owned, previousKey: owned }],
    ['leaves a stream unencrypted', disabled(), failing, { ...UNENCRYPTED, message: says('is still not encrypted.') }],
    ['leaves the key unknown after an earlier failure', otherFailure, failing, { ...UNKNOWN, message: unknown }],
    ['without a reason says so', enabled(OLD), reports({ ...failure, failure: null }), { message: noReason }],
    ['is noticed at once, also if it was not seen in flight', enabled(OLD), fails, { ...ON_OLD, ...lasts(0) }],
    ['is noticed at once after another failure', otherFailure, fails, { ...UNKNOWN, ...lasts(0) }],
    ['is noticed after five seconds if it repeats an earlier one', failure, fails, { ...UNKNOWN, ...lasts(5) }],
    ['is not mistaken for a later success', failure, succeedsAfter(10_000), { ...REKEYED, previousKey: null }]
  ])('%s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected);
  });

  test('warns that the key still in force cannot be used, and says nothing of records before the change', () => {
    const warnings = [expect.stringMatching(/is disabled: enable it$/)];
    const given = [starts(failing), withKey(disabledKey(OLD))];
    return expectRun(enabled(OLD), { ...TO_NEW, given }, { ...ON_OLD, warnings });
  });
});

describe('a change that failed because a grant was missing', () => {
  const failing = endsAfter(1_000, grantNotSpread());

  test('is sent again ten seconds later, and the message names the failure', async () => {
    const message = says(`was encrypted with ${OLD}, unchanged by an attempt that failed (${GRANT_FAILED})`);
    const { log, stream } = await onStart(enabled(OLD), [failing, succeedsAfter(1_000)], { ...REKEYED, message });
    expect(log.join('\n')).toContain('retrying once');
    expect(stream.starts).toMatchObject([{ atMs: 0 }, { atMs: between(11_000, 11_200) }]);
  });

  test.each<Row>([
    ['fails again', enabled(OLD), [failing, failing], { ...ON_OLD, message: says('failed again', 'Grant it') }],
    ['is refused', disabled(), [failing, failsWith('refused', 'no more')], { ...UNENCRYPTED, message: says('no more') }]
  ])('fails if the second attempt %s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected);
  });

  test('is not sent again if the deadline leaves no time for it and for settling', () =>
    onStart(enabled(OLD), failing, ON_OLD, { settleMs: 5_000, timeoutMs: 16_000 }));

  test('is reported as failed, not in flight, if the run is cancelled before the second attempt', () => {
    const cancelled = { ...ON_OLD, outcome: 'cancelled', message: says(`The change to ${NEW} failed`) };
    return expectRun(enabled(OLD), { ...TO_NEW, given: [starts(failing), cancelAt(5_000)] }, cancelled);
  });
});

describe('a stream that ends on another key', () => {
  const replaced = 'another change may have replaced it. Find out who else changes this stream, then run again';
  const message = `the change to ${NEW} was sent, but the stream ended in ACTIVE, with ${THIRD}: ${replaced}`;
  const onThird = { ...ON_OLD, status: 'ACTIVE', key: { id: THIRD }, message };
  const none = {
    ...FAILED,
    encrypted: 'false',
    key: null,
    message: says(`ended in ACTIVE, not encrypted: ${replaced}`)
  };
  const unknown = { ...FAILED, status: 'REPAIRING', encrypted: 'unknown' };
  const newFollows = reportsEach([0, updating(OLD)], [3_000, active(OLD)], [4_500, active(NEW)]);

  test.each<Row>([
    ['fails two seconds later', active(OLD), endsAfter(3_000, active(THIRD)), { ...onThird, ...lasts(5) }],
    ['fails five seconds after a start without effect', active(OLD), hasNoEffect, { ...ON_OLD, ...lasts(5) }],
    ['succeeds if the target key follows within two seconds', active(OLD), newFollows, REKEYED],
    ['fails on an alias of the target key', active(OLD), endsAfter(1_000, active('alias/new')), FAILED],
    ['fails if it is not encrypted', active(OLD), endsAfter(1_000, active()), none],
    ['fails in an unknown status', active(OLD), endsAfter(1_000, unknownStatus()), unknown]
  ])('%s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected);
  });
});

describe('a stale answer does not count as the end', () => {
  const lateEnd = succeedsAfter(20_000, { staleMs: 4_500 });
  const whileInFlight = [0, 2_000, 4_000, 6_000].flatMap((atMs): Reported[] => [
    [atMs, updating(OLD)],
    [atMs + 1_000, active(OLD)]
  ]);

  test.each<Row>([
    ['right after the start, not encrypted', active(), lateEnd, ENABLED],
    ['right after the start, with the old key', active(OLD), lateEnd, REKEYED],
    ['right after the start of Firehose, not encrypted', disabled(), lateEnd, ENABLED],
    ['right after the start of Firehose, with the old key', enabled(OLD), lateEnd, REKEYED],
    ['for five seconds after the start was answered', active(OLD), delayed(9_000, lateBy(1_000)), REKEYED],
    ['repeatedly while in flight', active(OLD), reportsEach(...whileInFlight, [7_500, active(NEW)]), REKEYED]
  ])('%s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected);
  });
});

describe('a start whose answer was lost', () => {
  const lost = answerLost(hasNoEffect);
  const failsUnseen = answerLost(fails);
  const ends = answerLost(reports(active(NEW)));

  test.each<Row>([
    ['is not sent again if it was accepted', active(OLD), answerLost(lateBy(0)), REKEYED],
    ['is not sent again if its effect is visible late', active(OLD), answerLost(lateBy(4_000)), REKEYED],
    ['may take effect for five seconds', active(OLD), delayed(10_000, answerLost(lateBy(2_000))), REKEYED],
    ['is proved by the next poll if it ended at once', active(), ends, { ...ENABLED, ...lasts(0) }],
    ['fails with the previous key if it failed at once', enabled(OLD), failsUnseen, ON_OLD],
    ['is a change if it takes effect later', active(OLD), [answerLost(lateBy(5_800)), failsWith('busy')], REKEYED],
    ['may have changed the stream if the next one is refused', active(OLD), [lost, failsWith('refused')], ON_OLD],
    ['is sent again although the next answer is lost too', active(), [lost, answerLost(lateBy(0))], ENABLED]
  ])('%s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected);
  });

  test('is sent again if it has no visible effect for five seconds', async () => {
    const { stream } = await onStart(active(OLD), lost, REKEYED, { sent: 2 });
    expect(stream.starts).toMatchObject([{ atMs: 0 }, { atMs: between(5_000, 6_000) }]);
  });

  test.each<Row>([
    ['started if the change is in flight', active(OLD), answerLost(lateBy(0)), { ...STARTED, ...lasts(0) }],
    ['started if the change has already ended', active(OLD), ends, { ...REKEYED, ...STARTED }],
    ['failed if the change has already failed', enabled(OLD), failsUnseen, { ...ON_OLD, message: says(GRANT_FAILED) }]
  ])('is, with wait: false, %s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected, { wait: false });
  });
});

describe('with wait: false, the run', () => {
  const onOld = { ...ON_OLD, ...STARTED };

  test.each([
    ['a first enabling', active(), { ...UNENCRYPTED, ...STARTED }, 'not encrypted'],
    ['a key change of Kinesis', active(OLD), onOld, `encrypted with ${OLD}`],
    ['a first enabling of Firehose', disabled(), { ...UNENCRYPTED, ...STARTED }, 'not encrypted'],
    ['a key change of Firehose', enabled(OLD), { ...onOld, encrypted: 'unknown' }, `encrypted with ${OLD}`],
    ['a change after a failed one', enablingFailed('X'), { ...UNKNOWN, ...STARTED }, 'in status ENABLING_FAILED (X)']
  ])('does not wait for %s', async (_, observation, expected, stateBefore) => {
    const message = `was ${stateBefore}; the service accepted the change to ${NEW}`;
    const started = { ...expected, target: { id: NEW }, durationSeconds: 0, message };
    const { stream } = await expectRun(observation, { ...TO_NEW, wait: false, sent: 1 }, started);
    expect(stream.describesMs).toHaveLength(1);
  });

  test('leaves a stream on the target key unchanged', () =>
    expectRun(active(OLD_ID), { criteria: targetKey(OLD), wait: false, sent: 0 }, { outcome: 'unchanged' }));
});

describe('an earlier change in flight', () => {
  test('delays the run, which sends nothing if that change puts the target key in force', () => {
    const unchanged = { ...REKEYED, outcome: 'unchanged', changed: false, previousKey: null };
    return expectRun(updating(OLD), { ...TO_NEW, given: later(20_000, active(NEW)), sent: 0 }, unchanged);
  });

  test.each([
    ['puts another key in force', {}, updating(OLD), active(OLD), REKEYED],
    ['puts another key in force, with wait: false', { wait: false }, enabling(), enabled(OLD), STARTED],
    ['fails, and leaves the previous key unknown', {}, enabling(), failure, { ...REKEYED, previousKey: null }]
  ])('delays the start if it %s', async (_, overrides, before, after, expected) => {
    const options = { ...TO_NEW, ...overrides, given: later(20_000, after), sent: 1 };
    const { stream } = await expectRun(before, options, expected);
    expect(stream.starts[0]?.atMs).toBeGreaterThanOrEqual(20_000);
  });
});

describe('a start while another change is in flight', () => {
  const busy = failsWith('busy', 'ResourceInUseException');

  test('is sent again when that change has ended, which determines the previous key', async () => {
    const busyUntil = butRefused(reportsEach([0, updating(OLD)], [30_000, active(THIRD)]), 'busy');
    const { stream } = await onStart(active(OLD), busyUntil, { ...REKEYED, previousKey: { id: THIRD } }, { sent: 2 });
    expect(stream.starts[1]?.atMs).toBeGreaterThanOrEqual(30_000);
  });

  const untilNew = reportsEach([0, updating(OLD)], [10_000, active(NEW)]);
  test.each([
    ['that change put the target key in force', active(OLD), butRefused(untilNew, 'busy'), 15],
    ['that change ended before the next poll', active(OLD), butRefused(reports(active(NEW)), 'busy'), 5],
    ['another run made the same change first', disabled(), butRefused(reports(enabled(NEW)), 'refused'), 5]
  ])('is not sent again if %s: unchanged and settled', async (_, stream, onStarts, seconds) => {
    const durationSeconds = between(seconds, seconds + 3);
    const unchanged = { outcome: 'unchanged', changed: false, key: { id: NEW }, durationSeconds };
    await onStart(stream, onStarts, unchanged, { settleMs: 5_000 });
  });

  test.each([
    ['SUSPENDED, whatever its encryption says', 'SUSPENDED', { ...enabled(OLD), unusualStatus: 'SUSPENDED' }],
    ['SUSPENDED', 'SUSPENDED', suspended()],
    ['REPAIRING of a data stream', 'REPAIRING', unknownStatus()]
  ])('is sent at most three times in the unclear status %s', async (_, status, stream) => {
    const message = says(`a stream in status ${status}`, 'ResourceInUse', `Find out why the status is ${status}`);
    await onStart(stream, repeated(50, busy), { outcome: 'failed', changed: false, message }, { sent: 3 });
  });

  test('is delayed before each retry, longer after each one, if no poll shows that change', async () => {
    const { stream } = await onStart(active(OLD), repeated(8, busy), REKEYED, { sent: 9 });
    const delays = intervals(stream.starts.map(({ atMs }) => atMs));
    expect(delays[0]).toBeGreaterThanOrEqual(700);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(stream.starts.at(-1)?.atMs).toBeGreaterThan(20_000);
  });
});
