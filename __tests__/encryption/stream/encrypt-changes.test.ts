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
import { between, cancelAt, expectRun, later, says, starts, withKeys } from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const REKEYED = { outcome: 'rekeyed', changed: true, encrypted: 'true', key: { id: NEW }, previousKey: { id: OLD } };
const ENABLED = { ...REKEYED, outcome: 'enabled', previousKey: null };
const FAILED = { outcome: 'failed', changed: true };
const STILL_ON_OLD = { ...FAILED, encrypted: 'true', key: { id: OLD }, previousKey: { id: OLD } };
const STILL_UNENCRYPTED = { ...FAILED, encrypted: 'false', key: null, previousKey: null };
const UNKNOWN = { ...FAILED, encrypted: 'unknown', key: null, previousKey: null };
const STARTED = { outcome: 'started', changed: true };
const AT_ONCE = { durationSeconds: between(0, 1) };

type Row = [what: string, stream: Observation, onStarts: OnStart | readonly OnStart[], expected: object];

/** Expects this result if the starts behave like this, each of them sent. */
function onStart(stream: Observation, onStarts: OnStart | readonly OnStart[], expected: object, overrides = {}) {
  const given = [onStarts].flat();
  return expectRun(stream, { ...TO_NEW, given: starts(...given), sent: given.length, ...overrides }, expected);
}

describe('a Firehose change that fails', () => {
  const failing = endsAfter(2_000, enablingFailed());
  const otherFailure = enablingFailed('DISABLED_KMS_KEY: it was');
  const failed = `the change to ${NEW} failed (ENABLING_FAILED`;
  const unknown = `${failed}: ${GRANT_FAILED}). Which key is in force now, if any, cannot be determined. Fix it`;
  const noReason =
    `${failed}). The stream is still encrypted with ${OLD}, the previous key. ` +
    'The service gave no reason: check that the key is enabled, and that the role of this step may use it, then run again';

  test.each<Row>([
    [
      'keeps the previous key',
      enabled(OLD),
      failing,
      { ...STILL_ON_OLD, status: 'ENABLING_FAILED', target: { id: NEW } }
    ],
    ['keeps the AWS owned key', enabled(), failing, { ...STILL_ON_OLD, ...ownedKey() }],
    [
      'leaves a stream unencrypted',
      disabled(),
      failing,
      { ...STILL_UNENCRYPTED, message: says('is still not encrypted.') }
    ],
    ['leaves the key unknown after a failed attempt', otherFailure, failing, { ...UNKNOWN, message: unknown }],
    [
      'says that there is no reason',
      enabled(OLD),
      reports({ ...enablingFailed(), failure: null }),
      { message: noReason }
    ],
    [
      'is noticed without having been in flight',
      enabled(OLD),
      reports(enablingFailed()),
      { ...STILL_ON_OLD, ...AT_ONCE }
    ],
    [
      'is noticed by a failure other than the earlier one',
      otherFailure,
      reports(enablingFailed()),
      { ...UNKNOWN, ...AT_ONCE }
    ],
    [
      'with the earlier failure is certain five seconds after the start',
      enablingFailed(),
      reports(enablingFailed()),
      { ...UNKNOWN, durationSeconds: between(5, 6) }
    ],
    ['is not mistaken for the next one', enablingFailed(), succeedsAfter(10_000), { ...REKEYED, previousKey: null }]
  ])('%s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected);
  });

  test('warns that the key still in force cannot be used, and says nothing of records before the change', () => {
    const warnings = [expect.stringMatching(/is disabled: enable it$/)];
    const given = [starts(failing), withKeys(disabledKey(OLD))];
    return expectRun(enabled(OLD), { ...TO_NEW, given }, { ...STILL_ON_OLD, warnings });
  });
});

function ownedKey() {
  return { key: { type: 'aws-owned', id: '' }, previousKey: { type: 'aws-owned', id: '' } };
}

describe('a change that failed because a grant was missing', () => {
  const failing = endsAfter(1_000, grantNotSpread());

  test('is sent again ten seconds later, and the message names the failure', async () => {
    const message = says(`was encrypted with ${OLD}, unchanged by an attempt that failed (${GRANT_FAILED})`);
    const { log, stream } = await onStart(enabled(OLD), [failing, succeedsAfter(1_000)], { ...REKEYED, message });
    expect(log.join('\n')).toContain('retrying once');
    expect(stream.starts).toMatchObject([{ atMs: 0 }, { atMs: between(11_000, 11_200) }]);
  });

  test('fails with the previous key and the remedy if the second attempt fails too', () =>
    onStart(enabled(OLD), [failing, failing], { ...STILL_ON_OLD, message: says('failed again', 'Grant it') }));

  test('is not sent again if the deadline leaves no time for it and for settling', () =>
    onStart(enabled(OLD), failing, STILL_ON_OLD, { settleMs: 5_000, timeoutMs: 16_000 }));

  test('is still a change of this run if the second attempt is refused', () => {
    const onStarts = [failing, failsWith('refused', 'at most 25 changes')];
    return onStart(disabled(), onStarts, { ...STILL_UNENCRYPTED, message: says('at most 25 changes') });
  });

  test('is reported as failed, not in flight, if the run is cancelled before the second attempt', () => {
    const cancelled = { ...STILL_ON_OLD, outcome: 'cancelled', message: says(`The change to ${NEW} failed`) };
    return expectRun(enabled(OLD), { ...TO_NEW, given: [starts(failing), cancelAt(5_000)] }, cancelled);
  });
});

describe('a stream that ends on another key', () => {
  const replaced = 'another change may have replaced it. Find out who else changes this stream, then run again';
  const onThird = `the change to ${NEW} was sent, but the stream ended in ACTIVE, with ${THIRD}: ${replaced}`;

  test.each<Row>([
    [
      'fails two seconds later if the change was observed in flight',
      active(OLD),
      endsAfter(3_000, active(THIRD)),
      { ...STILL_ON_OLD, status: 'ACTIVE', key: { id: THIRD }, message: onThird, durationSeconds: between(5, 6.2) }
    ],
    [
      'fails five seconds after the start if the change was never observed in flight',
      active(OLD),
      hasNoEffect,
      { ...STILL_ON_OLD, durationSeconds: between(5, 5.7) }
    ],
    [
      'succeeds if the target key follows within two seconds',
      active(OLD),
      reportsEach([0, updating(OLD)], [3_000, active(OLD)], [4_500, active(NEW)]),
      REKEYED
    ],
    [
      'fails if it reports an alias of the target key, which proves nothing',
      active(OLD),
      endsAfter(1_000, active('alias/new')),
      { ...FAILED, key: { id: 'alias/new' } }
    ],
    [
      'fails and reports that it is not encrypted',
      active(OLD),
      endsAfter(1_000, active()),
      { ...FAILED, encrypted: 'false', key: null, message: says(`ended in ACTIVE, not encrypted: ${replaced}`) }
    ],
    [
      'fails with encryption unknown if the status is unknown',
      active(OLD),
      endsAfter(1_000, unknownStatus()),
      { ...FAILED, status: 'REPAIRING', encrypted: 'unknown' }
    ]
  ])('%s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected);
  });
});

describe('a stale answer', () => {
  test.each<Row>([
    ['not encrypted', active(), succeedsAfter(20_000, { staleMs: 4_500 }), ENABLED],
    ['with the old key', active(OLD), succeedsAfter(20_000, { staleMs: 4_500 }), REKEYED],
    ['of Firehose, not encrypted', disabled(), succeedsAfter(20_000, { staleMs: 4_500 }), ENABLED],
    ['of Firehose, with the old key', enabled(OLD), succeedsAfter(20_000, { staleMs: 4_500 }), REKEYED]
  ])('right after the start does not count as the end (%s)', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, { ...expected, durationSeconds: between(24.5, 30) });
  });

  test('does not count as the end for five seconds after the start was answered', () =>
    onStart(active(OLD), delayed(9_000, succeedsAfter(3_000, { staleMs: 1_000 })), REKEYED));

  test('for less than two seconds while in flight does not count as the end, however often', () => {
    const stale = [0, 2_000, 4_000, 6_000].flatMap((atMs): Reported[] => [
      [atMs, updating(OLD)],
      [atMs + 1_000, active(OLD)]
    ]);
    return onStart(active(OLD), reportsEach(...stale, [7_500, active(NEW)]), REKEYED);
  });
});

describe('a start whose answer was lost', () => {
  const failing = answerLost(reports(enablingFailed()));

  test.each<Row>([
    ['is not sent again if it was accepted', active(OLD), answerLost(succeedsAfter(3_000)), REKEYED],
    [
      'is not sent again if its effect is visible late',
      active(OLD),
      answerLost(succeedsAfter(3_000, { staleMs: 4_000 })),
      REKEYED
    ],
    [
      'is proved by the next poll if the change ended at once',
      active(),
      answerLost(reports(active(NEW))),
      { ...ENABLED, ...AT_ONCE }
    ],
    ['fails with the previous key in force if the change failed at once', enabled(OLD), failing, STILL_ON_OLD],
    [
      'may take effect until five seconds after the answer was given up',
      active(OLD),
      delayed(10_000, answerLost(succeedsAfter(3_000, { staleMs: 2_000 }))),
      REKEYED
    ],
    [
      'counts as a change of this run if it takes effect after it was given up',
      active(OLD),
      [answerLost(succeedsAfter(3_000, { staleMs: 5_800 })), failsWith('busy')],
      REKEYED
    ],
    [
      'counts as a change of this run even if the next start is refused',
      active(OLD),
      [answerLost(hasNoEffect), failsWith('refused', 'KMSDisabledException')],
      STILL_ON_OLD
    ],
    [
      'counts as a change of this run even if the next answer is lost too',
      active(),
      [answerLost(hasNoEffect), answerLost(succeedsAfter(1_000))],
      ENABLED
    ]
  ])('%s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected);
  });

  test('is sent again if it has no visible effect for five seconds', async () => {
    const { stream } = await onStart(active(OLD), answerLost(hasNoEffect), REKEYED, { sent: 2 });
    expect(stream.starts).toMatchObject([{ atMs: 0 }, { atMs: between(5_000, 6_000) }]);
  });

  test.each<Row>([
    [
      'is started when the change is observed in flight',
      active(OLD),
      answerLost(succeedsAfter(60_000)),
      { ...STARTED, ...AT_ONCE }
    ],
    [
      'is started if the change has already ended',
      active(OLD),
      answerLost(reports(active(NEW))),
      { ...REKEYED, ...STARTED }
    ],
    [
      'is failed if the change has already failed',
      enabled(OLD),
      failing,
      { ...STILL_ON_OLD, message: says(GRANT_FAILED) }
    ]
  ])('with wait: false %s', async (_, stream, onStarts, expected) => {
    await onStart(stream, onStarts, expected, { wait: false });
  });
});

describe('with wait: false, the run', () => {
  const noKey = { encrypted: 'false', key: null, previousKey: null };
  const onOld = { key: { id: OLD }, previousKey: { id: OLD } };

  test.each([
    ['a first enabling', active(), noKey, 'not encrypted'],
    ['a key change of Kinesis', active(OLD), { ...onOld, encrypted: 'true' }, `encrypted with ${OLD}`],
    ['a first enabling of Firehose', disabled(), noKey, 'not encrypted'],
    ['a key change of Firehose', enabled(OLD), { ...onOld, encrypted: 'unknown' }, `encrypted with ${OLD}`],
    ['a change after a failed attempt', enablingFailed('X'), UNKNOWN, 'in status ENABLING_FAILED (X)']
  ])('does not wait for %s', async (_, observation, expected, stateBefore) => {
    const message = `was ${stateBefore}; the service accepted the change to ${NEW}`;
    const started = { ...expected, ...STARTED, target: { id: NEW }, durationSeconds: 0, message };
    const { stream } = await expectRun(observation, { ...TO_NEW, wait: false, sent: 1 }, started);
    expect(stream.describesMs).toHaveLength(1);
  });

  test('still waits for an earlier change in flight', async () => {
    const given = later(9_000, active(OLD));
    const { stream } = await expectRun(updating(OLD), { ...TO_NEW, wait: false, given, sent: 1 }, STARTED);
    expect(stream.starts[0]?.atMs).toBeGreaterThanOrEqual(9_000);
  });

  test('leaves a stream on the target key unchanged', () =>
    expectRun(active(OLD_ID), { criteria: targetKey(OLD), wait: false, sent: 0 }, { outcome: 'unchanged' }));
});

describe('an earlier change in flight', () => {
  test('delays the run, which sends nothing if the change puts the target key in force', () => {
    const unchanged = { ...REKEYED, outcome: 'unchanged', changed: false, previousKey: null };
    return expectRun(updating(OLD), { ...TO_NEW, given: later(20_000, active(NEW)), sent: 0 }, unchanged);
  });

  test('delays the start if it puts another key in force', async () => {
    const options = { ...TO_NEW, given: later(20_000, enabled(OLD)), sent: 1 };
    const { stream } = await expectRun(enabling(), options, REKEYED);
    expect(stream.starts[0]?.atMs).toBeGreaterThanOrEqual(20_000);
  });

  test('leaves the previous key unknown if it fails', () =>
    expectRun(enabling(), { ...TO_NEW, given: later(3_000, enablingFailed()) }, { ...REKEYED, previousKey: null }));
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
    ['SUSPENDED', 'whatever its encryption says', { ...enabled(OLD), unusualStatus: 'SUSPENDED' }],
    ['SUSPENDED', 'as that of its encryption', suspended()],
    ['REPAIRING', 'of a data stream', unknownStatus()]
  ])('is sent at most three times in the unclear status %s, %s', async (status, _, stream) => {
    const message = says(
      `a stream in status ${status}`,
      'ResourceInUseException',
      `Find out why the status is ${status}`
    );
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
