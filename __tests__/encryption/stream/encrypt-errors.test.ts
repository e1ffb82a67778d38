/** Errors of calls: which are retried, and what a run reports that cannot go on, is timed out or is cancelled. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { MalformedAnswer } from '../../../src/encryption/ports.ts';
import { NEW, NEW_ID, OLD, STREAM_ARN } from '../../support/account.ts';
import { active, enabled, enabling, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import {
  answerLost,
  failsWith,
  hangs,
  hasNoEffect,
  type Interceptor,
  NEVER_ENDS,
  type OnStart,
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
  records,
  type SetUp,
  says,
  simulate,
  starts
} from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const REKEYED = { outcome: 'rekeyed', changed: true, key: { id: NEW } };
const FAILED = { outcome: 'failed', changed: false };
const STILL_ON_OLD = { ...FAILED, encrypted: 'true', key: { id: OLD } };
const NO_CHANGE = 'No change was sent';
const CONTINUES = 'the service continues it by itself';
const ELSEWHERE = `${NO_CHANGE}: the change in flight was started elsewhere, and ${CONTINUES}`;
const SENT = `The change to ${NEW} was sent, and ${CONTINUES}`;
const NO_ANSWER = `The change to ${NEW} was sent, but no usable answer came: if it was accepted, ${CONTINUES}`;
const ENDED = `The change to ${NEW} ended; only settling or the record check was left`;
const AGAIN = '. Running again is safe';

/** The start is accepted, and the next polls behave like these. */
function thenPolls(changeMs: number, ...polls: Interceptor[]): OnStart {
  return (stream, key, signal) => {
    stream.onNextDescribes(...polls);
    return succeedsAfter(changeMs)(stream, key, signal);
  };
}

test.each(['throttled', 'unanswered'] as const)(
  'a transient error is retried for every call that is %s',
  async (errorKind) => {
    const fails = failsWith(errorKind);
    const given = [
      describes(...repeated(10, fails)),
      lookups(...repeated(6, fails)),
      starts(thenPolls(1_000, ...repeated(6, fails))),
      records((nth) => nth > 3 || fails())
    ];
    const { stream } = await expectRun(active(OLD), { ...TO_NEW, verifyRecords: true, given, sent: 1 }, REKEYED);
    expect(stream.recordsMs).toHaveLength(4);
  }
);

describe('a start', () => {
  const TEN =
    'the start was sent 10 times, the most for one stream in a run, because each may count towards the 25 changes that AWS allows in 24 hours';

  test('that is throttled is retried, although another caller uses up the rate for a minute', async () => {
    const given = starts(...repeated(9, failsWith('throttled')));
    const { stream } = await expectRun(active(OLD), { ...TO_NEW, given, sent: 10 }, REKEYED);
    expect(stream.starts.at(-1)?.atMs).toBeGreaterThan(60_000);
  });

  test.each([
    ['throttled', false, 'Run again later'],
    ['busy', false, 'Find out which other change keeps the stream busy'],
    ['unanswered', true, 'Run again later']
  ] as const)('is sent at most ten times if it is %s', async (errorKind, changed, remedy) => {
    const message = says(TEN, 'not accepted: Unavailable', remedy);
    const given = starts(...repeated(50, failsWith(errorKind, 'Unavailable')));
    await expectRun(active(OLD), { ...TO_NEW, given, sent: 10 }, { ...STILL_ON_OLD, changed, message });
  });

  test('is counted together with others, whatever refuses them', async () => {
    const kinds = ['throttled', 'busy', 'unanswered'] as const;
    const given = starts(...kinds.flatMap((errorKind) => repeated(4, failsWith(errorKind))));
    await expectRun(active(OLD), { ...TO_NEW, given, sent: 10 }, { ...FAILED, changed: true });
  });

  test('is not counted if it never left', async () => {
    let attempts = 0;
    const given: SetUp = ({ stream }) => {
      stream.beforeSend = () => {
        if (++attempts <= 15) failsWith('unanswered')();
      };
    };
    await expectRun(active(OLD), { ...TO_NEW, given, sent: 1 }, REKEYED);
  });

  test('that the service repeats because of the clock is no change if both are refused, and is not repeated after the tenth', async () => {
    const repeats: boolean[] = [];
    const given: SetUp = ({ stream }) => {
      const startOnce = stream.startEncryption.bind(stream);
      stream.startEncryption = (ref, target, signal, onSend, mayRepeat = () => true) => {
        if (repeats.length === 0) onSend();
        return startOnce(ref, target, signal, onSend).finally(() => repeats.push(mayRepeat()));
      };
      stream.onNextStarts(...repeated(10, failsWith('throttled')));
    };
    await expectRun(active(OLD), { ...TO_NEW, given }, FAILED);
    expect(repeats).toEqual([...Array(8).fill(true), false]);
  });

  test('that meets a limit, of the call rate or of a day, is sent three times, not counting throttles', async () => {
    const limited = failsWith('limited', 'LimitExceededException: no more');
    const failed = { ...STILL_ON_OLD, message: 'LimitExceededException: no more. The service accepted no change' };
    const options = { ...TO_NEW, given: starts(...repeated(3, limited)), sent: 3 };
    const { clock } = await expectRun(active(OLD), options, failed);
    expect(clock.now()).toBeLessThan(10_000);
    const given = starts(limited, ...repeated(3, failsWith('throttled')), limited);
    await expectRun(active(OLD), { ...TO_NEW, given, sent: 6 }, REKEYED);
  });
});

describe('an error that ends the run', () => {
  const refused = failsWith('refused', 'Refused');
  const malformed = () => {
    throw new MalformedAnswer('no StreamARN');
  };
  const defect = () => {
    throw new TypeError('cannot read it');
  };
  const NOT_FROM_AWS = 'Such an answer may not come from AWS: check AWS_ENDPOINT_URL…';
  const REPORT_IT = 'This is an error of the action itself: report it as an issue, with this message';
  const inFlight = { ...STILL_ON_OLD, changed: true, inFlight: true };
  const isMalformed = expect.stringMatching(`^no StreamARN. ${NOT_FROM_AWS}.*${NO_CHANGE}${AGAIN}$`);

  test.each<[string, Observation, SetUp, unknown, object?]>([
    ['a denied start', enabled(OLD), starts(failsWith('denied', 'no')), 'no. The service accepted no change'],
    ['a refused poll before the start', updating(OLD), describes(() => {}, refused), `Refused. ${ELSEWHERE}`],
    ['a refused poll', active(OLD), starts(thenPolls(9_000, refused)), `Refused. ${SENT}${AGAIN}`, inFlight],
    ['a later poll', active(OLD), starts(thenPolls(9_000, () => {}, refused)), `Refused. ${SENT}${AGAIN}`, inFlight],
    ['a refused record', active(OLD), records(refused), `Refused. ${ENDED}`, { changed: true }],
    ['answers that are not whole', active(OLD), describes(...repeated(5, malformed)), isMalformed],
    ['a defect', active(OLD), lookups(defect), `cannot read it. ${REPORT_IT}. ${NO_CHANGE}`],
    ['a defect that is no Error', active(OLD), lookups(() => Promise.reject('x')), `x. ${REPORT_IT}. ${NO_CHANGE}`],
    ['a defect of the start', active(OLD), starts(defect), says(`${REPORT_IT}. The change to`), { changed: true }]
  ])('is reported with what is known of the change: %s', async (_, stream, given, message, expected = {}) => {
    await expectRun(stream, { ...TO_NEW, verifyRecords: true, given }, { ...FAILED, message, ...expected });
  });
});

const neverEnds = starts(succeedsAfter(NEVER_ENDS));
const newKeyAtOnce = starts(reports(updating(NEW)));
const throttled = repeated(500, failsWith('throttled', 'Slow down'));
const startHangs = starts((_stream, _key, signal) => hangs(signal));
const startAborts = starts((_stream, _key, signal) => hangs(signal).catch(failsWith('unanswered')));
const pollHangs = starts((stream) => stream.onNextDescribes(hangs));
const recordHangs = records((_nth, signal) => hangs(signal));
const waitsToBeSent: SetUp = ({ stream }) => {
  stream.beforeSend = hangs;
};
const lookupHangs: SetUp = ({ stream, keys }) =>
  stream.onNextStarts(() => {
    keys.onNextDescribes(hangs);
    stream.report(active(NEW_ID));
  });

const noKeys = { key: null, previousKey: null };
const notDescribed = { changed: false, encrypted: 'unknown', status: null, ...noKeys, arn: null };
const changingFirehose = { ...notDescribed, status: 'ENABLING', arn: STREAM_ARN.firehose };
const onOldKey = { changed: false, encrypted: 'true', status: 'ACTIVE', key: { type: 'customer-managed', id: OLD } };
const notLookedUp = { ...onOldKey, key: { type: null, id: OLD } };
const changingKey = { ...onOldKey, changed: true, status: 'UPDATING', previousKey: onOldKey.key, target: { id: NEW } };
const onNewKey = { ...changingKey, status: 'ACTIVE', key: { id: NEW } };
const firstEnabling = { changed: true, encrypted: 'false', status: 'UPDATING', ...noKeys };
const changingKeyOfFirehose = { ...changingKey, encrypted: 'unknown', status: 'ENABLING' };

type Stage = [stage: string, stream: Observation, given: SetUp, expected: { status: string | null }, message: string];

const STAGES: Stage[] = [
  ['before the first describe call is answered', active(OLD), describes(hangs), notDescribed, NO_CHANGE],
  ['while describe calls fail', active(OLD), describes(...throttled), notDescribed, 'Slow down'],
  ['while KMS does not answer', active(OLD), lookups(hangs), notLookedUp, NO_CHANGE],
  ['while an earlier change is in flight', updating(OLD), nothing, { ...notLookedUp, status: 'UPDATING' }, ELSEWHERE],
  ['while Firehose has an earlier change in flight', enabling(), nothing, changingFirehose, NO_CHANGE],
  ['while the start waits to be sent', active(OLD), waitsToBeSent, onOldKey, NO_CHANGE],
  ['while the start is not answered', active(), startHangs, { ...firstEnabling, status: 'ACTIVE' }, NO_ANSWER],
  ['while the start, aborted, is unanswered', active(), startAborts, { ...firstEnabling, status: 'ACTIVE' }, NO_ANSWER],
  ['while the start fails', active(OLD), starts(...throttled), onOldKey, 'Slow down'],
  ['while a first enabling is in flight', active(), neverEnds, firstEnabling, SENT],
  ['while a key change reports the new key', active(OLD), newKeyAtOnce, changingKey, SENT],
  ['while a key change of Firehose is in flight', enabled(OLD), neverEnds, changingKeyOfFirehose, SENT],
  ['while polls after the start hang', enabled(OLD), pollHangs, { ...changingKeyOfFirehose, status: 'ENABLED' }, SENT],
  ['while KMS does not answer after the change', active(OLD), lookupHangs, { ...onNewKey, key: { id: NEW_ID } }, ENDED],
  ['while a record is put', active(OLD), recordHangs, onNewKey, ENDED]
];

describe.each([
  ['timed-out', 'did not finish within 60 s (timeout-seconds)', nothing, 60],
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

test('a run that is cancelled before it starts sends no request', async () => {
  const simulation = simulate(active());
  simulation.cancelAt(0);
  await simulation.clock.finish(simulation.clock.sleep(1, new AbortController().signal));
  expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'cancelled', changed: false, status: null });
  expect(simulation.stream.describesMs).toEqual([]);
});

test.each<[string, Observation, SetUp | SetUp[], object]>([
  ['has no time left to settle', active(OLD), starts(succeedsAfter(2_000)), { ...onNewKey, message: says(ENDED) }],
  [
    'passes before another key is certain',
    enabled(OLD),
    starts(hasNoEffect),
    { ...changingKeyOfFirehose, status: 'ENABLED' }
  ],
  ['includes the wait for an earlier change', updating(), [later(3_000, active()), neverEnds], { changed: true }]
])('the deadline %s', async (_, stream, given, expected) => {
  const timedOut = { outcome: 'timed-out', durationSeconds: 4, ...expected };
  await expectRun(stream, { ...TO_NEW, settleMs: 5_000, timeoutMs: 4_000, given }, timedOut);
});

test('the deadline does not run while the first request waits for the rate limiter', () => {
  const given: SetUp = ({ stream, clock }) => {
    stream.beforeReady = (signal) => clock.sleep(90_000, signal);
  };
  const options = { ...TO_NEW, timeoutMs: 60_000, given };
  return expectRun(active(NEW), options, { outcome: 'unchanged', durationSeconds: 0 });
});

describe('the exact message of a run that ended early', () => {
  const TIMED_OUT = 'did not finish within 1.5 s (timeout-seconds).';
  const LAST_ERROR = `The last status was ACTIVE; the last call failed: no route to KMS. ${NO_CHANGE}`;
  const unreachable = lookups(...repeated(99, failsWith('unanswered', 'no route to KMS')));
  const cancelled = [starts(answerLost(hasNoEffect)), cancelAt(1_000)];

  test.each([
    ['without an answer', [describes(hangs)], `${TIMED_OUT} The service has not described the stream. ${NO_CHANGE}`],
    ['while the last call fails', [unreachable], `${TIMED_OUT} ${LAST_ERROR}`],
    ['cancelled after a lost answer', cancelled, `the run was cancelled. The last status was ACTIVE. ${NO_ANSWER}`]
  ])('%s', async (_, given, message) => {
    await expectRun(active(OLD), { ...TO_NEW, timeoutMs: 1_500, given }, { message: `${message}${AGAIN}` });
  });

  test('after an error that was resolved, and when the stream was last seen', () => {
    const given = describes(failsWith('throttled'), () => {}, hangs);
    const expected = { message: `${TIMED_OUT} The last status was UPDATING. ${ELSEWHERE}${AGAIN}` };
    return expectRun(updating(), { ...TO_NEW, timeoutMs: 1_500, given }, { ...expected, lastObservedMsAgo: 1_300 });
  });
});
