/** Errors of calls: which are retried, and what a run reports that cannot go on. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { NEW, OLD } from '../../support/account.ts';
import { active, enabled, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { failsWith, type Interceptor, type OnStart, repeated, succeedsAfter } from '../../support/simulated-stream.ts';
import {
  between,
  describes,
  expectRun,
  lookups,
  records,
  type SetUp,
  says,
  simulate,
  starts
} from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const REKEYED = { outcome: 'rekeyed', changed: true, key: { id: NEW } };
const FAILED = { outcome: 'failed', changed: false };
const STILL_ON_OLD = { ...FAILED, encrypted: 'true', key: { id: OLD } };

/** The start is accepted, and the next polls behave like these. */
function thenPolls(changeMs: number, ...polls: Interceptor[]): OnStart {
  return (stream, key, signal) => {
    stream.onNextDescribes(...polls);
    return succeedsAfter(changeMs)(stream, key, signal);
  };
}

describe('a transient error', () => {
  test.each(['throttled', 'unanswered'] as const)('is retried for every call that is %s', async (errorKind) => {
    const fails = failsWith(errorKind);
    const given = [
      describes(...repeated(10, fails)),
      lookups(...repeated(6, fails)),
      starts(thenPolls(1_000, ...repeated(6, fails))),
      records((nth) => nth > 3 || fails())
    ];
    const { stream } = await expectRun(active(OLD), { ...TO_NEW, verifyRecords: true, given, sent: 1 }, REKEYED);
    expect(stream.recordsMs).toHaveLength(4);
  });

  test('increases the delay between retries up to five seconds', async () => {
    const simulation = simulate(active(NEW));
    simulation.random = 0.999;
    simulation.stream.onNextDescribes(...repeated(12, failsWith('throttled')));
    await simulation.encrypt(TO_NEW);
    const delays = intervals(simulation.stream.describesMs);
    expect(delays[0]).toBeLessThan(500);
    expect(delays.at(-1)).toEqual(between(4_000, 5_001));
  });
});

describe('a start', () => {
  const TEN =
    'the start was sent 10 times, the most for one stream in a run, because each may count towards the 25 changes that AWS allows in 24 hours';
  const FIND_OUT = 'Find out which other change keeps the stream busy';

  test('that is throttled is retried, although another caller uses up the rate for a minute', async () => {
    const given = starts(...repeated(9, failsWith('throttled')));
    const { stream } = await expectRun(active(OLD), { ...TO_NEW, given, sent: 10 }, REKEYED);
    expect(stream.starts.at(-1)?.atMs).toBeGreaterThan(60_000);
  });

  test.each([
    ['throttled', false, 'Run again later'],
    ['busy', false, FIND_OUT],
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

  test('is no change if the service sent it twice because of the clock, and refused it both times', async () => {
    const given: SetUp = ({ stream }) => {
      const startOnce = stream.startEncryption.bind(stream);
      stream.startEncryption = (ref, target, signal, onSend) => {
        onSend();
        return startOnce(ref, target, signal, onSend);
      };
      stream.onNextStarts(failsWith('refused', 'InvalidSignatureException'));
    };
    await expectRun(active(OLD), { ...TO_NEW, given }, FAILED);
  });

  test('may be repeated because of the clock only if it is not the tenth', async () => {
    const repeats: boolean[] = [];
    const given: SetUp = ({ stream }) => {
      const startOnce = stream.startEncryption.bind(stream);
      stream.startEncryption = async (ref, target, signal, onSend, mayRepeat = () => true) => {
        await startOnce(ref, target, signal, onSend).finally(() => repeats.push(mayRepeat()));
      };
      stream.onNextStarts(...repeated(10, failsWith('throttled')));
    };
    await expectRun(active(OLD), { ...TO_NEW, given }, FAILED);
    expect(repeats).toEqual([...Array(9).fill(true), false]);
  });
});

describe('a limit that may be a call rate or a daily limit', () => {
  const limited = failsWith('limited', 'LimitExceededException: no more');

  test('fails after three attempts within ten seconds, without a change', async () => {
    const failed = { ...STILL_ON_OLD, message: 'LimitExceededException: no more. The service accepted no change' };
    const options = { ...TO_NEW, given: starts(...repeated(3, limited)), sent: 3 };
    const { clock } = await expectRun(active(OLD), options, failed);
    expect(clock.now()).toBeLessThan(10_000);
  });

  test('is counted separately from throttles', () => {
    const given = starts(limited, ...repeated(3, failsWith('throttled')), limited);
    return expectRun(active(OLD), { ...TO_NEW, given, sent: 6 }, REKEYED);
  });
});

describe('a refusal', () => {
  const expired = failsWith('refused', 'ExpiredTokenException');

  test.each(['refused', 'denied', 'missing'] as const)('of the start fails without a change: %s', async (errorKind) => {
    const given = starts(failsWith(errorKind, 'KMSDisabledException: enable it'));
    const message = 'KMSDisabledException: enable it. The service accepted no change';
    await expectRun(enabled(OLD), { ...TO_NEW, given, sent: 1 }, { ...STILL_ON_OLD, target: null, message });
  });

  const elsewhere = 'the change in flight was started elsewhere, and the service continues it by itself';
  test.each<[string, Observation, SetUp, string]>([
    ['of a poll before the start', updating(OLD), describes(() => {}, expired), `No change was sent: ${elsewhere}`],
    ['of a key lookup', active(OLD), lookups(expired), 'No change was sent']
  ])('%s reports that no change was sent', async (_, stream, given, text) => {
    await expectRun(stream, { ...TO_NEW, given }, { ...FAILED, message: `ExpiredTokenException. ${text}` });
  });

  test.each([
    ['the first poll', [expired], 'ACTIVE'],
    ['a later poll', [() => undefined, expired], 'UPDATING']
  ])('of %s after the start reports that the change was sent and is in flight', async (_, polls, status) => {
    const sent = `The change to ${NEW} was sent, and the service continues it by itself`;
    const message = `ExpiredTokenException. ${sent}. Running again is safe`;
    const failed = { ...STILL_ON_OLD, changed: true, inFlight: true, status, previousKey: { id: OLD }, message };
    await expectRun(active(OLD), { ...TO_NEW, given: starts(thenPolls(60_000, ...polls)) }, failed);
  });
});

describe('an unexpected error', () => {
  const defect = () => {
    throw new TypeError('cannot read it');
  };
  const REPORT_IT = 'This is an error of the action itself: report it as an issue, with this message';

  test.each([
    ['while describing', describes(defect), `cannot read it. ${REPORT_IT}. No change was sent`],
    ['that is not an Error', describes(() => Promise.reject('text')), `text. ${REPORT_IT}. No change was sent`],
    ['from KMS', lookups(defect), `cannot read it. ${REPORT_IT}. No change was sent`],
    ['from the start', starts(defect), says(`cannot read it. ${REPORT_IT}. The change to ${NEW} was sent`)]
  ])('%s fails with its text', async (what, given, message) => {
    const changed = what === 'from the start';
    await expectRun(active(OLD), { ...TO_NEW, given }, { ...FAILED, changed, message });
  });
});
