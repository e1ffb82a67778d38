/** How a change of this run is sent, waited for and reported. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { disabledKey, NEW, OLD, THIRD } from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enabling,
  enablingFailed,
  GRANT_FAILED,
  grantNotSpread,
  suspended,
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
  repeated,
  reports,
  reportsEach,
  succeedsAfter
} from '../../support/simulated-stream.ts';
import {
  between,
  cancelAt,
  expectRun,
  later,
  type RunOptions,
  type SetUp,
  says,
  starts,
  withKey
} from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const REKEYED = { outcome: 'rekeyed', changed: true, encrypted: 'true', key: { id: NEW }, previousKey: { id: OLD } };
const FAILED = { outcome: 'failed', changed: true };
const ON_OLD = { ...FAILED, encrypted: 'true', key: { id: OLD }, previousKey: { id: OLD } };
const UNENCRYPTED = { ...FAILED, encrypted: 'false', key: null, previousKey: null };
const UNKNOWN = { ...UNENCRYPTED, encrypted: 'unknown' };

const failure = enablingFailed();
const fails = reports(failure);
const lasts = (seconds: number) => ({ durationSeconds: between(seconds, seconds + 1) });
const visibleIn = (staleMs: number) => succeedsAfter(3_000, { staleMs });

type Row = [what: string, stream: Observation, onStarts: OnStart[], expected: object, options?: RunOptions];

/** Expects this result if the starts behave like this, each of them sent. */
function onStart(stream: Observation, onStarts: OnStart[], expected: object, options: RunOptions = {}) {
  return expectRun(stream, { ...TO_NEW, given: starts(...onStarts), sent: onStarts.length, ...options }, expected);
}

const REPLACED = 'another change may have replaced it. Find out who else changes this stream, then run again';
const onThird = {
  ...{ ...ON_OLD, key: { id: THIRD } },
  message: `the change to ${NEW} was sent, but the stream ended in ACTIVE, with ${THIRD}: ${REPLACED}`
};
const notEncrypted = { ...FAILED, encrypted: 'false', message: says(`in ACTIVE, not encrypted: ${REPLACED}`) };
const NO_REASON =
  `the change to ${NEW} failed (ENABLING_FAILED). The stream is still encrypted with ${OLD}, the previous key. ` +
  'The service gave no reason: check that the key is enabled, and that the role of this step may use it, then run again';
const GRANT_MESSAGE = `the change to ${NEW} failed (ENABLING_FAILED: ${GRANT_FAILED}). Which key is in force now, if any, cannot be determined. Fix it`;
const started = { outcome: 'started', changed: true, ...lasts(0) };
const FAILED_AGAIN = says('failed again', 'Grant it');
const noTime = { settleMs: 5_000, timeoutMs: 16_000 };
const REASON = `was encrypted with ${OLD}, but the request requires encryption with ${NEW}`;
const unexplained = reports({ ...failure, failure: null });

const notSpread = endsAfter(1_000, grantNotSpread());
const newFollows = reportsEach([0, updating(OLD)], [3_000, active(OLD)], [4_500, active(NEW)]);
const backAndForth = reportsEach([900, updating(OLD)], [4_500, active(OLD)], [5_500, active(NEW)]);
const lostWithoutEffect = answerLost(hasNoEffect);
const lostSuccess = answerLost(reports(active(NEW)));
const lostFailure = answerLost(fails);

test.each<Row>([
  ['keeps the previous key, and is noticed at once', enabled(OLD), [fails], { ...ON_OLD, ...lasts(0), reason: REASON }],
  ['leaves a stream unencrypted', disabled(), [fails], { ...UNENCRYPTED, message: says('still not encrypted.') }],
  ['leaves the key unknown after another failure', enablingFailed('NO'), [fails], { ...UNKNOWN, ...lasts(0) }],
  [
    'is noticed after five seconds if it repeats a failure',
    failure,
    [fails],
    { ...UNKNOWN, ...lasts(5), message: GRANT_MESSAGE }
  ],
  ['without a reason says so', enabled(OLD), [unexplained], { message: NO_REASON }],
  ['is not mistaken for a later success', failure, [succeedsAfter(10_000)], { ...REKEYED, previousKey: null }],
  ['fails again in its second attempt', enabled(OLD), [notSpread, notSpread], { ...ON_OLD, message: FAILED_AGAIN }],
  ['gets no second attempt without time for it and for settling', enabled(OLD), [notSpread], ON_OLD, noTime]
])('a change that fails %s', (_, ...row) => onStart(...row));

test.each<Row>([
  ['fails two seconds later', active(OLD), [endsAfter(3_000, active(THIRD))], { ...onThird, ...lasts(5) }],
  ['fails five seconds after a start without effect', active(OLD), [hasNoEffect], { ...ON_OLD, ...lasts(5) }],
  ['fails on an alias of the target key', active(OLD), [endsAfter(1_000, active('alias/new'))], FAILED],
  ['fails if it is not encrypted', active(OLD), [endsAfter(1_000, active())], notEncrypted],
  ['succeeds if the target key follows within two seconds', active(OLD), [newFollows], REKEYED],
  ['succeeds if it was stale', active(OLD), [succeedsAfter(20_000, { staleMs: 4_500 })], REKEYED],
  [
    'succeeds if it was stale after a late answer to the start',
    active(OLD),
    [delayed(9_000, visibleIn(1_000))],
    REKEYED
  ],
  ['succeeds if it was stale repeatedly', active(OLD), [backAndForth], REKEYED]
])('a change after which another key is reported %s', (_, ...row) => onStart(...row));

test.each<Row>([
  ['is not sent again if its effect is visible late', active(OLD), [answerLost(visibleIn(4_000))], REKEYED],
  ['may take effect for five seconds', active(OLD), [delayed(10_000, answerLost(visibleIn(2_000)))], REKEYED],
  ['is proved by the next poll', active(OLD), [lostSuccess], { ...REKEYED, ...lasts(0) }],
  ['may fail at once', enabled(OLD), [lostFailure], { ...ON_OLD, ...lasts(0) }],
  ['may take effect after the next start', active(OLD), [answerLost(visibleIn(5_800)), failsWith('busy')], REKEYED],
  ['is a change even if the next one is refused', active(OLD), [lostWithoutEffect, failsWith('refused')], ON_OLD],
  [
    'is started if it is in flight, with wait: false',
    active(OLD),
    [answerLost(visibleIn(0))],
    started,
    { wait: false }
  ],
  ['is started if it has ended, with wait: false', active(OLD), [lostSuccess], started, { wait: false }],
  ['is failed if it failed at once, with wait: false', enabled(OLD), [lostFailure], ON_OLD, { wait: false }]
])('a change whose answer was lost %s', (_, ...row) => onStart(...row));

test('a change has not ended if a delayed answer shows the old key: it describes the time of its request', () => {
  const secondIsLate: SetUp = ({ stream, clock }) => {
    const describeNow = stream.describe.bind(stream);
    stream.describe = async (ref, signal, options) => {
      const answer = await describeNow(ref, signal, options);
      if (stream.describesMs.length === 2) await clock.sleep(8_000, signal);
      return answer;
    };
  };
  return onStart(active(OLD), [], REKEYED, { given: [starts(visibleIn(500)), secondIsLate], sent: 1 });
});

test('a change whose answer was lost is sent again if it has no visible effect for five seconds', async () => {
  const { stream } = await onStart(active(OLD), [lostWithoutEffect], REKEYED, { sent: 2 });
  expect(stream.starts).toMatchObject([{ atMs: 0 }, { atMs: between(5_000, 6_000) }]);
});

test('a failed change warns that the key still in force cannot be used, and says nothing of older records', () => {
  const given = [starts(fails), withKey(disabledKey(OLD))];
  return expectRun(
    enabled(OLD),
    { ...TO_NEW, given },
    { ...ON_OLD, warnings: [says(`${OLD} is disabled: enable it`)] }
  );
});

test('a change that failed because a grant was missing is sent again ten seconds later, and the message says why', async () => {
  const message = says(`was encrypted with ${OLD}, unchanged by an attempt that failed (${GRANT_FAILED})`);
  const { log, stream } = await onStart(enabled(OLD), [notSpread, succeedsAfter(1_000)], { ...REKEYED, message });
  expect(log.join('\n')).toContain('retrying once');
  expect(stream.starts).toMatchObject([{ atMs: 0 }, { atMs: between(11_000, 11_200) }]);

  const cancelled = { ...ON_OLD, outcome: 'cancelled', message: says(`The change to ${NEW} failed`) };
  await expectRun(enabled(OLD), { ...TO_NEW, given: [starts(notSpread), cancelAt(5_000)] }, cancelled);
});

test.each([
  ['a first enabling', disabled(), UNENCRYPTED, 'not encrypted'],
  ['a key change of Kinesis', active(OLD), ON_OLD, `encrypted with ${OLD}`],
  ['a key change of Firehose', enabled(OLD), { ...ON_OLD, encrypted: 'unknown' }, `encrypted with ${OLD}`],
  ['a change after a failed one', enablingFailed('X'), UNKNOWN, 'in status ENABLING_FAILED (X)']
])('with wait: false, the run does not wait for %s', async (_, observation, expected, stateBefore) => {
  const message = `was ${stateBefore}; the service accepted the change to ${NEW}`;
  const started = { ...expected, outcome: 'started', target: { id: NEW }, durationSeconds: 0, message };
  const { stream } = await expectRun(observation, { ...TO_NEW, wait: false, sent: 1 }, started);
  expect(stream.describesMs).toHaveLength(1);
});

describe('an earlier change in flight', () => {
  test('delays the run, which sends nothing if that change puts the target key in force', () => {
    const unchanged = { ...REKEYED, outcome: 'unchanged', changed: false, previousKey: null };
    return expectRun(updating(OLD), { ...TO_NEW, given: later(20_000, active(NEW)), sent: 0 }, unchanged);
  });

  test.each([
    ['puts another key in force', {}, updating(OLD), active(OLD), REKEYED],
    ['puts another key in force, with wait: false', { wait: false }, enabling(), enabled(OLD), { outcome: 'started' }],
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
    const { stream } = await onStart(active(OLD), [busyUntil], { ...REKEYED, previousKey: { id: THIRD } }, { sent: 2 });
    expect(stream.starts[1]?.atMs).toBeGreaterThanOrEqual(30_000);
  });

  test.each([
    ['that change ended before the next poll', active(OLD), butRefused(reports(active(NEW)), 'busy')],
    ['another run made the same change first', disabled(), butRefused(reports(enabled(NEW)), 'refused')]
  ])('is not sent again if %s: unchanged and settled', async (_, stream, taken) => {
    const unchanged = { outcome: 'unchanged', changed: false, key: { id: NEW }, durationSeconds: between(5, 8) };
    await onStart(stream, [taken], unchanged, { settleMs: 5_000 });
  });

  test.each([
    ['whatever its encryption says', { ...enabled(OLD), unusualStatus: 'SUSPENDED' }],
    ['without any encryption', suspended()]
  ])('is sent at most three times in the unclear status SUSPENDED, %s', async (_, stream) => {
    const message = says('a stream in status SUSPENDED', 'ResourceInUse', 'Find out why the status is SUSPENDED');
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
