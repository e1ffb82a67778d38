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
  cancelAt,
  describes,
  expectRun,
  later,
  lookups,
  nothing,
  type RunOptions,
  records,
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
const NO_ANSWER = `The change to ${NEW} was sent, but no usable answer came: if it was accepted, ${CONTINUES}`;
const AGAIN = 'Running again is safe';

const never = starts(succeedsAfter(NEVER_ENDS));
const newKeyAtOnce = starts(reports(updating(NEW)));
const throttledFor = (count: number) => repeated(count, failsWith('throttled', 'Slow down'));
const startHangs = starts((_stream, _key, signal) => hangs(signal));
const pollHangs = starts((stream) => stream.onNextDescribes(hangs));
const recordHangs = records((_nth, signal) => hangs(signal));
const unsent: SetUp = ({ stream }) => {
  stream.beforeSend = hangs;
};

const none = { key: null, previousKey: null };
const unseen = { changed: false, encrypted: 'unknown', status: null, ...none, arn: null };
const unseenKey = { ...unseen, status: 'ENABLING', arn: STREAM_ARN.firehose };
const onOld = { changed: false, encrypted: 'true', status: 'ACTIVE', key: { type: 'customer-managed', id: OLD } };
const notLookedUp = { ...onOld, key: { type: null, id: OLD }, arn: STREAM_ARN.kinesis };
const rekeying = { ...onOld, changed: true, status: 'UPDATING', previousKey: onOld.key, target: { id: NEW } };
const onNew = { ...rekeying, status: 'ACTIVE', key: { id: NEW } };
const first = { changed: true, encrypted: 'false', status: 'UPDATING', ...none };
const ofFirehose = { ...rekeying, encrypted: 'unknown', status: 'ENABLING' };

interface Expected {
  readonly status: string | null;
  readonly [field: string]: unknown;
}

type Stage = [stage: string, stream: Observation, given: SetUp, expected: Expected, message: string];

const STAGES: Stage[] = [
  ['before the first describe call is answered', active(OLD), describes(hangs), unseen, NO_CHANGE],
  ['while describe calls fail', active(OLD), describes(...throttledFor(500)), unseen, 'Slow down'],
  ['while KMS does not answer', active(OLD), lookups(hangs), notLookedUp, NO_CHANGE],
  ['while an earlier change is in flight', updating(OLD), nothing, { ...notLookedUp, status: 'UPDATING' }, CONTINUES],
  ['while an earlier enabling is in flight', updating(), nothing, { ...first, changed: false }, NO_CHANGE],
  ['while Firehose has an earlier change in flight', enabling(), nothing, unseenKey, NO_CHANGE],
  ['while the start waits to be sent', active(OLD), unsent, onOld, NO_CHANGE],
  ['while the start is not answered', active(), startHangs, { ...first, status: 'ACTIVE' }, NO_ANSWER],
  ['while the start fails', active(OLD), starts(...throttledFor(500)), onOld, 'Slow down'],
  ['while a first enabling is in flight', active(), never, { ...first, target: { id: NEW } }, SENT],
  ['while an enabling reports the new key', active(), newKeyAtOnce, first, SENT],
  ['while a key change is in flight', active(OLD), never, rekeying, SENT],
  ['while a key change reports the new key', active(OLD), newKeyAtOnce, rekeying, SENT],
  ['while Firehose enables first', disabled(), never, { ...first, status: 'ENABLING' }, SENT],
  ['while a key change of Firehose is in flight', enabled(OLD), never, ofFirehose, SENT],
  ['while polls after the start hang', enabled(OLD), pollHangs, { ...ofFirehose, status: 'ENABLED' }, SENT],
  ['while a record is put', active(OLD), recordHangs, onNew, ENDED]
];

describe.each([
  ['timed-out', 'did not finish within 60 s', nothing, 60],
  ['cancelled', 'the run was cancelled', cancelAt(20_000), 20]
] as const)('%s', (outcome, why, interrupt, durationSeconds) => {
  test.each(STAGES)('%s', async (_, stream, given, expected, text) => {
    const status = expected.status === null ? [] : [`The last status was ${expected.status}`];
    const message = says(`${why}. `, text, AGAIN, ...status);
    const options = { ...TO_NEW, timeoutMs: 60_000, verifyRecords: true, given: [given, interrupt] };
    const { clock } = await expectRun(stream, options, { outcome, durationSeconds, ...expected, message });
    expect(clock.now()).toBe(durationSeconds * 1_000);
  });
});

describe('cancelled', () => {
  test('before it starts, sends no request', async () => {
    const simulation = simulate(active());
    simulation.cancelAt(0);
    await simulation.clock.finish(simulation.clock.sleep(1, new AbortController().signal));
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'cancelled', changed: false, status: null });
    expect(simulation.stream.describesMs).toEqual([]);
  });

  test.each([
    ['while settling', succeedsAfter(1_000), onNew],
    ['before another key counts as the end', endsAfter(2_500, active(THIRD)), { key: { id: OLD } }]
  ])('%s, reports the key in force', async (_, onStart, expected) => {
    const options = { ...TO_NEW, given: [starts(onStart), cancelAt(3_000)] };
    await expectRun(active(OLD), options, { outcome: 'cancelled', durationSeconds: 3, ...expected });
  });
});

test.each(['encrypt', 'check'] as const)('mode %s leaves no timer behind', async (mode) => {
  const { clock } = await expectRun(active(NEW), { ...TO_NEW, mode }, {});
  expect(clock.timers).toBe(0);
});

describe('the deadline', () => {
  const aborted = starts((_stream, _key, signal) => hangs(signal).catch(failsWith('unanswered')));
  const lookupHangs: SetUp = ({ stream, keys }) =>
    stream.onNextStarts(() => {
      keys.onNextDescribes(hangs);
      stream.report(active(NEW_ID));
    });

  test.each<[string, Observation, SetUp | SetUp[], object]>([
    ['has no time left to settle', active(OLD), starts(succeedsAfter(2_000)), { ...onNew, message: says(ENDED) }],
    ['has no time left to settle after another change', updating(), later(2_000, active(NEW)), { key: { id: NEW } }],
    ['passes before another key is certain', enabled(OLD), starts(hasNoEffect), { ...ofFirehose, status: 'ENABLED' }],
    ['includes the wait for an earlier change', updating(), [later(3_000, active()), never], { changed: true }],
    ['passes while the start is unanswered', active(OLD), aborted, { changed: true, message: says(NO_ANSWER) }],
    ['passes while KMS hangs', active(OLD), lookupHangs, { ...onNew, key: { id: NEW_ID }, message: says(ENDED) }]
  ])('%s', async (_, stream, given, expected) => {
    const timedOut = { outcome: 'timed-out', durationSeconds: 4, ...expected };
    await expectRun(stream, { ...TO_NEW, timeoutMs: 4_000, given }, timedOut);
  });

  test('does not run while the first request waits for the rate limiter', () => {
    const given: SetUp = ({ stream, clock }) => {
      stream.beforeReady = (signal) => clock.sleep(90_000, signal);
    };
    const options = { ...TO_NEW, timeoutMs: 60_000, given };
    return expectRun(active(NEW), options, { outcome: 'unchanged', durationSeconds: 0 });
  });
});

describe('the exact message', () => {
  const TIMED_OUT = 'did not finish within 1.5 s.';
  const UNSEEN = 'The service has not described the stream';
  const SEEN = 'The last status was';
  const NO_ROUTE = 'the last call failed: no route to KMS';
  const ELSEWHERE = `${NO_CHANGE}: the change in flight was started elsewhere, and ${CONTINUES}`;
  const unreachable = [
    describes(() => {}, ...repeated(99, failsWith('unanswered', 'no route'))),
    lookups(...repeated(99, failsWith('unanswered', 'no route to KMS')))
  ];

  const throttledOnce = describes(...throttledFor(1));
  const cancelled = [starts(answerLost(hasNoEffect)), cancelAt(1_000)];

  test.each<[string, Observation, NonNullable<RunOptions['given']>, string]>([
    ['without an answer', active(OLD), describes(hangs), `${TIMED_OUT} ${UNSEEN}. ${NO_CHANGE}`],
    ['while the last call fails', active(OLD), unreachable, `${TIMED_OUT} ${SEEN} ACTIVE; ${NO_ROUTE}. ${NO_CHANGE}`],
    ['without a resolved error', updating(), throttledOnce, `${TIMED_OUT} ${SEEN} UPDATING. ${ELSEWHERE}`],
    ['cancelled after a lost answer', active(OLD), cancelled, `the run was cancelled. ${SEEN} ACTIVE. ${NO_ANSWER}`]
  ])('%s', async (_, stream, given, message) => {
    await expectRun(stream, { ...TO_NEW, timeoutMs: 1_500, given }, { message: `${message}. ${AGAIN}` });
  });
});
