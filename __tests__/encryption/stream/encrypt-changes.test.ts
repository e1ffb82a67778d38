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
import { between, both, expectRun, later, says, starts, withKeys } from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const REKEYED = { outcome: 'rekeyed', changed: true, encrypted: 'true', key: { id: NEW }, previousKey: { id: OLD } };
const ENABLED = { ...REKEYED, outcome: 'enabled', previousKey: null };
const FAILED = { outcome: 'failed', changed: true };
const STILL_ON_OLD = { ...FAILED, encrypted: 'true', key: { id: OLD }, previousKey: { id: OLD } };
const UNKNOWN = { ...FAILED, encrypted: 'unknown', key: null, previousKey: null };
const STARTED = { outcome: 'started', changed: true };

/** Expects this result if the starts behave like this, each of them sent. */
function onStart(stream: Observation, onStarts: OnStart | readonly OnStart[], expected: object, overrides = {}) {
  const given = [onStarts].flat();
  return expectRun(stream, { ...TO_NEW, given: starts(...given), sent: given.length, ...overrides }, expected);
}

describe('a Firehose change that fails', () => {
  const failing = endsAfter(2_000, enablingFailed());

  test('reports the previous key and the type and details of the failure', () =>
    onStart(enabled(OLD), failing, {
      ...STILL_ON_OLD,
      status: 'ENABLING_FAILED',
      key: { type: 'customer-managed', id: OLD },
      previousKey: { type: 'customer-managed', id: OLD },
      target: { id: NEW },
      message: says(GRANT_FAILED, `still encrypted with ${OLD}`)
    }));

  test('warns that the key still in force cannot be used, and says nothing of records before the change', async () => {
    const given = both(starts(failing), withKeys(disabledKey(OLD)));
    const warnings = [expect.stringMatching(/is disabled: enable it$/)];
    await expectRun(enabled(OLD), { ...TO_NEW, given }, { ...STILL_ON_OLD, warnings });
  });

  test('from the AWS owned key leaves the stream on the AWS owned key', () =>
    onStart(enabled(), failing, { ...FAILED, encrypted: 'true', key: { type: 'aws-owned', id: '' } }));

  test('on an unencrypted stream leaves it unencrypted', () =>
    onStart(disabled(), failing, { ...UNKNOWN, encrypted: 'false', message: says('still not encrypted') }));

  test('after an earlier failed attempt leaves the key in force unknown', () =>
    onStart(enablingFailed('DISABLED_KMS_KEY: it was'), failing, { ...UNKNOWN, message: says(GRANT_FAILED) }));

  test('is noticed at the next poll by its new failure, even if it was never observed in flight', () =>
    onStart(enabled(OLD), reports(enablingFailed()), { ...STILL_ON_OLD, durationSeconds: between(0, 1) }));

  test('with another failure than an earlier attempt is noticed at the next poll', () =>
    onStart(enablingFailed('DISABLED_KMS_KEY: it was'), reports(enablingFailed()), {
      ...UNKNOWN,
      durationSeconds: between(0, 1)
    }));

  test('with the same failure as an earlier attempt is confirmed five seconds after the start', () =>
    onStart(enablingFailed(), reports(enablingFailed()), { ...UNKNOWN, durationSeconds: between(5, 6) }));

  test('of an earlier attempt is not mistaken for the end of the new one', () =>
    onStart(enablingFailed(), succeedsAfter(10_000), { ...REKEYED, previousKey: null }));
});

describe('a change that failed because a grant was missing', () => {
  const failing = endsAfter(1_000, grantNotSpread());
  const settling = { settleMs: 5_000 };

  test('is sent again ten seconds later and reported', async () => {
    const expected = { ...REKEYED, message: says(GRANT_FAILED) };
    const { log, clock } = await onStart(enabled(OLD), [failing, succeedsAfter(1_000)], expected, settling);
    expect(log.join('\n')).toContain('retrying once');
    expect(clock.now()).toBeGreaterThan(16_900);
  });

  test('fails with the previous key and the remedy if the second attempt fails too', () =>
    onStart(enabled(OLD), [failing, failing], { ...STILL_ON_OLD, message: says('failed again', 'Grant it') }));

  test('is not sent again if the deadline leaves no time for it', () =>
    onStart(enabled(OLD), failing, STILL_ON_OLD, { ...settling, timeoutMs: 16_000 }));

  test('still counts as a change of this run if the second attempt is refused', () =>
    onStart(disabled(), [failing, failsWith('refused', 'at most 25 changes')], {
      ...UNKNOWN,
      encrypted: 'false',
      message: says('at most 25 changes')
    }));

  test('is reported as failed, not in flight, if the run is cancelled before the second attempt', () =>
    expectRun(
      enabled(OLD),
      { ...TO_NEW, given: both(starts(failing), (simulation) => simulation.cancelAt(5_000)) },
      { ...STILL_ON_OLD, outcome: 'cancelled', message: says(`The change to ${NEW} failed`) }
    ));
});

describe('a stream that ends on another key', () => {
  test('fails two seconds later if the change was observed in flight', () =>
    onStart(active(OLD), endsAfter(3_000, active(THIRD)), {
      ...STILL_ON_OLD,
      status: 'ACTIVE',
      key: { id: THIRD },
      message: expect.stringMatching(new RegExp(`change to ${NEW} was sent, but .*ACTIVE.* ${THIRD}`)),
      durationSeconds: between(5, 6.2)
    }));

  test('fails five seconds after the start if the change was never observed in flight', () =>
    onStart(active(OLD), hasNoEffect, { ...STILL_ON_OLD, durationSeconds: between(5, 5.7) }));

  test('succeeds if the target key follows within two seconds', () =>
    onStart(active(OLD), reportsEach([0, updating(OLD)], [3_000, active(OLD)], [4_500, active(NEW)]), REKEYED));

  test('fails if it reports an alias of the target key, which proves nothing', () =>
    onStart(active(OLD), endsAfter(1_000, active('alias/new')), { ...FAILED, key: { id: 'alias/new' } }));

  test('fails and reports that the stream is not encrypted', () =>
    onStart(active(OLD), endsAfter(1_000, active()), {
      ...FAILED,
      encrypted: 'false',
      key: null,
      message: says('ended in ACTIVE, not encrypted: another change may have replaced it. Find out who else changes')
    }));

  test('fails with encryption unknown if the status is unknown', () =>
    onStart(active(OLD), endsAfter(1_000, unknownStatus()), { ...FAILED, status: 'REPAIRING', encrypted: 'unknown' }));

  test('fails if the stream was deleted meanwhile', () =>
    onStart(active(OLD), (stream) => stream.onNextDescribes(failsWith('missing', 'there is no stream orders')), {
      ...FAILED,
      message: expect.stringMatching(/^there is no stream orders\. .*was sent/)
    }));
});

describe('a stale answer', () => {
  test.each([
    ['not encrypted', active(), ENABLED],
    ['with the old key', active(OLD), REKEYED],
    ['not encrypted', disabled(), ENABLED],
    ['with the old key', enabled(OLD), REKEYED]
  ])('right after the start does not count as the end (%s)', (_, stream, expected) =>
    onStart(stream, succeedsAfter(20_000, { staleMs: 4_500 }), { ...expected, durationSeconds: between(24.5, 30) })
  );

  test('does not count as the end for five seconds after the start was answered', () =>
    onStart(active(OLD), delayed(9_000, succeedsAfter(3_000, { staleMs: 1_000 })), REKEYED));

  test.each<[string, number, ...Reported[]]>([
    ['once', 30_000, [0, updating(OLD)], [10_000, active(OLD)], [11_000, updating(OLD)]],
    [
      'repeatedly',
      7_500,
      ...[0, 2_000, 4_000, 6_000].flatMap((atMs): Reported[] => [
        [atMs, updating(OLD)],
        [atMs + 1_000, active(OLD)]
      ])
    ]
  ])('for less than two seconds while in flight does not count as the end, %s', (_, endMs, ...reported) =>
    onStart(active(OLD), reportsEach(...reported, [endMs, active(NEW)]), REKEYED)
  );
});

describe('a start whose answer was lost', () => {
  const failing = answerLost(reports(enablingFailed()));

  test.each([0, 4_000])('is not sent again if it was accepted, its effect visible after %d ms', (staleMs) =>
    onStart(active(OLD), answerLost(succeedsAfter(3_000, { staleMs })), REKEYED)
  );

  test('is proved by the next poll if the change ended immediately', async () => {
    const { stream, clock } = await onStart(active(), answerLost(reports(active(NEW))), ENABLED);
    expect(stream.describesMs).toHaveLength(2);
    expect(clock.now()).toBeLessThan(1_000);
  });

  test('fails with the previous key in force if the change failed immediately', () =>
    onStart(enabled(OLD), failing, STILL_ON_OLD));

  test('is sent again if it has no visible effect for five seconds', async () => {
    const { stream } = await onStart(active(OLD), answerLost(hasNoEffect), REKEYED, { sent: 2 });
    expect(stream.starts).toMatchObject([{ atMs: 0 }, { atMs: between(5_000, 6_000) }]);
  });

  test('may take effect until five seconds after the answer was given up', () =>
    onStart(active(OLD), delayed(10_000, answerLost(succeedsAfter(3_000, { staleMs: 2_000 }))), REKEYED));

  test('counts as a change of this run if it takes effect after it was given up', () =>
    onStart(active(OLD), [answerLost(succeedsAfter(3_000, { staleMs: 5_800 })), failsWith('busy')], REKEYED));

  test('counts as a change of this run even if the next start is refused', () =>
    onStart(active(OLD), [answerLost(hasNoEffect), failsWith('refused', 'KMSDisabledException')], STILL_ON_OLD));

  test('counts as a change of this run even if the next answer is lost too', () =>
    onStart(active(), [answerLost(hasNoEffect), answerLost(succeedsAfter(1_000))], ENABLED));

  describe('with wait: false', () => {
    const wait = false;

    test('is started when the change is observed in flight', () =>
      onStart(
        active(OLD),
        answerLost(succeedsAfter(60_000)),
        { ...STARTED, durationSeconds: between(0, 1) },
        { wait }
      ));

    test('is started and reports the key in force if the change has already ended', () =>
      onStart(active(OLD), answerLost(reports(active(NEW))), { ...REKEYED, outcome: 'started' }, { wait }));

    test('is failed if the change has already failed', () =>
      onStart(enabled(OLD), failing, { ...STILL_ON_OLD, message: says('CREATE_KMS_GRANT_FAILED') }, { wait }));
  });
});

describe('with wait: false, the run', () => {
  const noKey = { encrypted: 'false', key: null, previousKey: null };
  const onOld = { key: { id: OLD }, previousKey: { id: OLD } };

  test.each([
    ['a first enabling', active(), noKey],
    ['a key change of Kinesis', active(OLD), { ...onOld, encrypted: 'true' }],
    ['a first enabling of Firehose', disabled(), noKey],
    ['a key change of Firehose', enabled(OLD), { ...onOld, encrypted: 'unknown' }],
    ['a change after an earlier failed attempt', enablingFailed(), {}]
  ])('does not wait for %s', async (_, observation: Observation, expected) => {
    const started = { ...STARTED, target: { id: NEW }, durationSeconds: 0, ...expected };
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
  test('delays the run, which sends nothing if the change puts the target key in force', async () => {
    const unchanged = { ...REKEYED, outcome: 'unchanged', changed: false, previousKey: null };
    const given = later(20_000, active(NEW));
    const { log } = await expectRun(updating(OLD), { ...TO_NEW, given, sent: 0 }, unchanged);
    expect(log.join('\n')).toContain('another change is in flight');
  });

  test('delays the start if it puts another key in force', async () => {
    const given = later(20_000, enabled(OLD));
    const { stream } = await expectRun(enabling(), { ...TO_NEW, given, sent: 1 }, REKEYED);
    expect(stream.starts[0]?.atMs).toBeGreaterThanOrEqual(20_000);
  });

  test('leaves the previous key unknown if it fails', () =>
    expectRun(enabling(), { ...TO_NEW, given: later(3_000, enablingFailed()) }, { ...REKEYED, previousKey: null }));

  test('includes the creation of the stream', () =>
    expectRun({ ...updating(), status: 'CREATING' }, { ...TO_NEW, given: later(8_000, active()) }, ENABLED));

  test('determines the previous key that the result reports', () =>
    onStart(
      active(OLD),
      butRefused(reportsEach([0, updating(OLD)], [4_000, active(THIRD)]), 'busy'),
      { ...REKEYED, previousKey: { id: THIRD } },
      { sent: [NEW, NEW] }
    ));
});

describe('a start while another change is in flight', () => {
  const busy = failsWith('busy', 'ResourceInUseException');
  const unchanged = { outcome: 'unchanged', changed: false, key: { id: NEW } };

  test('is sent again when that change has ended', async () => {
    const busyUntil = butRefused(reportsEach([0, updating(OLD)], [30_000, active(OLD)]), 'busy');
    const { stream } = await onStart(active(OLD), busyUntil, REKEYED, { sent: 2 });
    expect(stream.starts[1]?.atMs).toBeGreaterThanOrEqual(30_000);
  });

  test.each([
    ['that change put the target key in force', 'busy', active(OLD), [updating(OLD), active(NEW)], 15],
    ['that change ended before the next poll', 'busy', active(OLD), [active(NEW)], 5],
    ['another run made the same change first', 'refused', disabled(), [enabled(NEW)], 5]
  ] as const)('is not sent again if %s: unchanged and settled', (_, errorKind, stream, reported, seconds) =>
    onStart(
      stream,
      butRefused(
        reportsEach(...reported.map((observation, index): Reported => [index * 10_000, observation])),
        errorKind
      ),
      { ...unchanged, durationSeconds: between(seconds, seconds + 3) },
      { settleMs: 5_000 }
    )
  );

  test('is sent at most ten times with growing delays if no poll shows that change', async () => {
    const failed = { ...STILL_ON_OLD, changed: false, message: says('ResourceInUseException') };
    const { stream, clock } = await onStart(active(OLD), repeated(50, busy), failed, { sent: 10 });
    expect(intervals(stream.starts.map(({ atMs }) => atMs))[0]).toBeGreaterThanOrEqual(700);
    expect(clock.now()).toBeGreaterThan(25_000);
  });

  test.each([
    ['SUSPENDED', 'whatever its encryption says', { ...enabled(OLD), unusualStatus: 'SUSPENDED' }],
    ['SUSPENDED', 'as that of its encryption', suspended()],
    ['REPAIRING', 'of a data stream', unknownStatus()]
  ])('is sent at most three times in the unclear status %s, %s', (status, _, stream) => {
    const message = says(
      `a stream in status ${status}`,
      'ResourceInUseException',
      `Find out why the status is ${status}`
    );
    return onStart(stream, repeated(50, busy), { outcome: 'failed', changed: false, message }, { sent: 3 });
  });

  test('is delayed before each retry if polls do not show that change yet', async () => {
    const { stream } = await onStart(active(OLD), repeated(8, busy), REKEYED, { sent: 9 });
    for (const delay of intervals(stream.starts.map(({ atMs }) => atMs))) expect(delay).toBeGreaterThanOrEqual(99);
  });
});
