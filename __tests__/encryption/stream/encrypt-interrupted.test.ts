/** What a run that is timed out or cancelled reports, at each of its stages. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { NEW, NEW_ID, OLD, STREAM_ARN, THIRD } from '../../support/account.ts';
import { active, disabled, enabled, enabling, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import {
  answerLost,
  endsAfter,
  failsWith,
  hangs,
  hasNoEffect,
  NEVER_ENDS,
  repeated,
  reports,
  succeedsAfter
} from '../../support/simulated-stream.ts';
import {
  both,
  describes,
  expectRun,
  later,
  lookups,
  type SetUp,
  says,
  simulate,
  starts
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW) } as const;
const NO_CHANGE = 'No change was sent';
const CONTINUES = 'the service continues it by itself';
const SENT = `The change to ${NEW} was sent, and ${CONTINUES}`;
const ENDED = `The change to ${NEW} ended`;
const NO_ANSWER = 'was sent, but no usable answer came: if it was accepted';

const nothing: SetUp = () => {};
const never = starts(succeedsAfter(NEVER_ENDS));
const newKeyAtOnce = starts(reports(updating(NEW)));
const unsent: SetUp = ({ stream }) => {
  stream.beforeSend = hangs;
};
const recordHangs: SetUp = ({ stream }) => {
  stream.onRecord = (_nth, signal) => hangs(signal);
};
const cancelAt = (ms: number): SetUp => {
  return (simulation) => simulation.cancelAt(ms);
};

const none = { key: null, previousKey: null };
const old = { key: { id: OLD }, previousKey: { id: OLD } };
const unseen = { changed: false, encrypted: 'unknown', status: null, ...none, arn: null };
const onOld = { changed: false, encrypted: 'true', status: 'ACTIVE', key: { id: OLD } };
const rekeying = { changed: true, encrypted: 'true', status: 'UPDATING', ...old };
const first = { changed: true, encrypted: 'false', ...none };
const whileUnknown = { changed: true, encrypted: 'unknown', ...old };
const customer = { type: 'customer-managed', id: OLD };

const STAGES: [stage: string, stream: Observation, given: SetUp, expected: object, message: string][] = [
  ['before the first describe call is answered', active(OLD), describes(hangs), unseen, NO_CHANGE],
  [
    'while KMS does not answer',
    active(OLD),
    lookups(hangs),
    { ...onOld, key: { type: null, id: OLD }, arn: STREAM_ARN.kinesis },
    NO_CHANGE
  ],
  [
    'while describe calls fail',
    active(OLD),
    describes(...repeated(500, failsWith('throttled', 'Slow'))),
    unseen,
    'Slow'
  ],
  ['while an earlier change is in flight', updating(OLD), nothing, { ...onOld, status: 'UPDATING' }, CONTINUES],
  [
    'while an earlier enabling is in flight',
    updating(),
    nothing,
    { ...first, changed: false, status: 'UPDATING' },
    NO_CHANGE
  ],
  [
    'while Firehose has a change in flight',
    enabling(),
    nothing,
    { ...unseen, status: 'ENABLING', arn: STREAM_ARN.firehose },
    NO_CHANGE
  ],
  ['while the start waits to be sent', active(OLD), unsent, onOld, NO_CHANGE],
  [
    'while the start is not answered',
    active(),
    starts((_stream, _key, signal) => hangs(signal)),
    { ...first, status: 'ACTIVE' },
    NO_ANSWER
  ],
  [
    'while the start fails',
    active(OLD),
    starts(...repeated(500, failsWith('throttled', 'Slow down'))),
    onOld,
    'Slow down'
  ],
  ['while a first enabling is in flight', active(), never, { ...first, status: 'UPDATING', target: { id: NEW } }, SENT],
  ['while an enabling reports the new key', active(), newKeyAtOnce, { ...first, status: 'UPDATING' }, SENT],
  ['while a key change is in flight', active(OLD), never, rekeying, SENT],
  ['while a key change reports the new key', active(OLD), newKeyAtOnce, rekeying, SENT],
  ['while Firehose enables first', disabled(), never, { ...first, status: 'ENABLING' }, SENT],
  [
    'while a key change of Firehose is in flight',
    enabled(OLD),
    never,
    { ...whileUnknown, status: 'ENABLING', key: customer, previousKey: customer },
    SENT
  ],
  [
    'while polls after the start are not answered',
    enabled(OLD),
    starts((stream) => stream.onNextDescribes(hangs)),
    { ...whileUnknown, status: 'ENABLED' },
    SENT
  ],
  ['while a record is put', active(OLD), recordHangs, { ...rekeying, status: 'ACTIVE', key: { id: NEW } }, ENDED]
];

describe.each([
  ['timed-out', 'did not finish within 60 s', nothing, 60],
  ['cancelled', 'the run was cancelled', cancelAt(20_000), 20]
] as const)('%s', (outcome, why, interrupt, durationSeconds) => {
  test.each(STAGES)('%s', async (_, stream, given, expected, text) => {
    const status = 'status' in expected && expected.status !== null ? [`The last status was ${expected.status}`] : [];
    const message = says(`${why}. `, text, 'Running again is safe', ...status);
    const options = { ...TO_NEW, timeoutMs: 60_000, verifyRecords: true, given: both(given, interrupt) };
    await expectRun(stream, options, { outcome, durationSeconds, ...expected, message });
  });

  test('in mode check, while a change is in flight', () =>
    expectRun(
      updating(OLD),
      { mode: 'check', timeoutMs: 60_000, given: interrupt },
      { outcome, status: 'UPDATING', encrypted: 'true' }
    ));
});

describe('cancelled', () => {
  const cancelled = { outcome: 'cancelled', changed: true };

  test('before it starts, sends no request', async () => {
    const simulation = simulate(active());
    simulation.cancelAt(0);
    await simulation.clock.finish(simulation.clock.sleep(1, new AbortController().signal));
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'cancelled', changed: false, status: null });
    expect(simulation.stream.describesMs).toEqual([]);
    expect(simulation.stream.starts).toEqual([]);
  });

  test('while settling, reports the target key in force', () =>
    expectRun(
      active(),
      { ...TO_NEW, given: both(starts(succeedsAfter(1_000)), cancelAt(3_000)) },
      { ...cancelled, encrypted: 'true', key: { id: NEW }, durationSeconds: 3 }
    ));

  test('before another key counts as the end, reports a change in flight', () => {
    const given = both(starts(endsAfter(1_000, active(THIRD))), cancelAt(2_000));
    return expectRun(active(OLD), { ...TO_NEW, given }, { ...cancelled, key: { id: OLD } });
  });
});

test.each(['encrypt', 'check'] as const)('mode %s leaves no timer behind', async (mode) => {
  const { clock } = await expectRun(active(NEW), { ...TO_NEW, mode }, {});
  expect(clock.timers).toBe(0);
});

describe('the deadline', () => {
  const timedOut = { outcome: 'timed-out', changed: true };
  const minute = { ...TO_NEW, timeoutMs: 60_000 };

  test('times out if no time is left to settle, although the key is in force', () => {
    const expected = {
      ...timedOut,
      ...rekeying,
      status: 'ACTIVE',
      key: { id: NEW },
      durationSeconds: 10,
      message: says(ENDED)
    };
    return expectRun(active(OLD), { ...TO_NEW, timeoutMs: 10_000, given: starts(succeedsAfter(7_000)) }, expected);
  });

  test("times out if no time is left to settle after another run's change", () => {
    const expected = { ...timedOut, changed: false, encrypted: 'true', key: { id: NEW } };
    return expectRun(updating(), { ...TO_NEW, timeoutMs: 10_000, given: later(7_000, active(NEW)) }, expected);
  });

  test('reports a change in flight if it passes before another key counts as the end', () =>
    expectRun(
      enabled(OLD),
      { ...TO_NEW, timeoutMs: 4_000, settleMs: 0, given: starts(hasNoEffect) },
      { ...timedOut, encrypted: 'unknown', key: { id: OLD } }
    ));

  test('does not run while the first request waits for the rate limiter', () => {
    const given: SetUp = ({ stream, clock }) => {
      stream.beforeReady = (signal) => clock.sleep(90_000, signal);
    };
    return expectRun(active(NEW), { ...minute, given }, { outcome: 'unchanged', durationSeconds: 0 });
  });

  test('includes the wait for an earlier change', () => {
    const given = both(later(50_000, active()), starts(succeedsAfter(20_000)));
    return expectRun(updating(), { ...minute, given }, { ...timedOut, durationSeconds: 60 });
  });

  test('reports that the change may have been sent if it passes while the start is unanswered', () => {
    const given = starts((_stream, _key, signal) => hangs(signal).catch(failsWith('unanswered')));
    return expectRun(active(OLD), { ...minute, given }, timedOut);
  });

  test('is followed by no poll', async () => {
    const { stream } = await expectRun(active(), { ...minute, given: never }, timedOut);
    expect(Math.max(...stream.describesMs)).toBeLessThan(60_000);
  });

  test('reports the last answer of the service even if KMS does not answer in time', () => {
    const given: SetUp = ({ stream, keys }) =>
      stream.onNextStarts(() => {
        keys.onNextDescribes(hangs);
        stream.report(active(NEW_ID));
      });
    const expected = { ...timedOut, encrypted: 'true', key: { id: NEW_ID }, message: says(ENDED) };
    return expectRun(active(OLD), { ...TO_NEW, timeoutMs: 20_000, given }, expected);
  });
});

describe('the message', () => {
  const AGAIN = 'Running again is safe';
  const ELSEWHERE = `No change was sent: the change in flight was started elsewhere, and ${CONTINUES}`;
  const unreachable = both(
    describes(() => {}, ...repeated(99, failsWith('unanswered', 'no route'))),
    lookups(...repeated(99, failsWith('unanswered', 'no route to KMS')))
  );

  test.each<[string, Observation, SetUp, string]>([
    [
      'before the service has described the stream',
      active(OLD),
      describes(hangs),
      `did not finish within 1.5 s. The service has not described the stream. No change was sent. ${AGAIN}`
    ],
    [
      'while the service cannot be reached',
      active(OLD),
      unreachable,
      `did not finish within 1.5 s. The last status was ACTIVE; the last call failed: no route to KMS. No change was sent. ${AGAIN}`
    ],
    [
      "while another run's change is in flight, without an error that a retry resolved",
      updating(),
      describes(failsWith('throttled', 'Rate exceeded')),
      `did not finish within 1.5 s. The last status was UPDATING. ${ELSEWHERE}. ${AGAIN}`
    ],
    [
      'of a run that is cancelled after the answer to the start was lost',
      active(OLD),
      both(starts(answerLost(hasNoEffect)), cancelAt(1_000)),
      `the run was cancelled. The last status was ACTIVE. The change to ${NEW} was sent, but no usable answer came: if it was accepted, the service continues it by itself. ${AGAIN}`
    ]
  ])('%s', async (_, stream, given, message) => {
    await expectRun(stream, { ...TO_NEW, timeoutMs: 1_500, given }, { message });
  });
});
