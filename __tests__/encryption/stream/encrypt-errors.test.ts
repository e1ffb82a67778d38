import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, enabled, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { failsWith, type OnStart, repeated, succeedsAfter } from '../../support/simulated-stream.ts';
import { describes, expectRun, lookups, type SetUp, says, simulate, starts } from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const REKEYED = { outcome: 'rekeyed', changed: true, key: { id: NEW } };
const FAILED = { outcome: 'failed', changed: false };
const STILL_ON_OLD = { ...FAILED, encrypted: 'true', key: { id: OLD } };
const NO_CHANGE = 'No change was sent';
const DEFECT = 'This is an error of the action itself: report it as an issue, with this message';
const TRANSIENT = ['throttled', 'unanswered'] as const;

function throws(error: Error): () => never {
  return () => {
    throw error;
  };
}

describe('a transient error', () => {
  const duringChange = (onPoll: () => never): OnStart => {
    return (stream, key, signal) => {
      stream.onNextDescribes(...repeated(6, onPoll));
      return succeedsAfter(1_000)(stream, key, signal);
    };
  };

  test.each(TRANSIENT)('is retried if a call is %s', async (errorKind) => {
    const fails = failsWith(errorKind);
    const givens: SetUp[] = [
      describes(...repeated(10, fails)),
      starts(duringChange(fails)),
      lookups(...repeated(6, fails))
    ];
    for (const given of givens) await expectRun(active(OLD), { ...TO_NEW, given, sent: 1 }, REKEYED);
  });

  test.each(TRANSIENT)('retries a record that is %s', async (errorKind) => {
    const given: SetUp = ({ stream }) => {
      stream.onRecord = (nth) => nth > 3 || failsWith(errorKind)();
    };
    const { stream } = await expectRun(active(OLD), { ...TO_NEW, verifyRecords: true, given }, REKEYED);
    expect(stream.recordsMs).toHaveLength(4);
  });

  test('retries a start that was throttled, although another caller uses up the rate for a minute', async () => {
    const given = starts(...repeated(9, failsWith('throttled')));
    const { stream } = await expectRun(active(OLD), { ...TO_NEW, given, sent: 10 }, REKEYED);
    expect(stream.starts.at(-1)?.atMs).toBeGreaterThan(60_000);
  });

  test.each(['throttled', 'busy', 'unanswered'] as const)(
    'ends after ten starts of a stream that are all %s, with the reason',
    async (errorKind) => {
      const remedy = errorKind === 'busy' ? 'Find out which other change keeps the stream busy' : 'Run again later';
      const message = says('the start was sent 10 times', 'ServiceUnavailable', remedy);
      const given = starts(...repeated(50, failsWith(errorKind, 'ServiceUnavailable')));
      const failed = { ...STILL_ON_OLD, changed: errorKind === 'unanswered', message };
      await expectRun(active(OLD), { ...TO_NEW, given, sent: 10 }, failed);
    }
  );

  test('counts the starts of a run together, whatever refuses them', async () => {
    const kinds = ['throttled', 'busy', 'unanswered'] as const;
    const given = starts(...kinds.flatMap((errorKind) => repeated(4, failsWith(errorKind))));
    await expectRun(active(OLD), { ...TO_NEW, given, sent: 10 }, { ...FAILED, changed: true });
  });

  test('is no change if the service sent the start twice and refused it both times', async () => {
    const simulation = simulate(active(OLD));
    const { stream } = simulation;
    const startOnce = stream.startEncryption.bind(stream);
    stream.startEncryption = (ref, target, signal, onSend) => {
      onSend();
      return startOnce(ref, target, signal, onSend);
    };
    stream.onNextStarts(failsWith('refused', 'InvalidSignatureException'));
    expect(await simulation.encrypt(TO_NEW)).toMatchObject(FAILED);
  });

  test('does not repeat the tenth start because of the clock', async () => {
    const simulation = simulate(active(OLD));
    const { stream } = simulation;
    const startOnce = stream.startEncryption.bind(stream);
    const repeats: boolean[] = [];
    stream.startEncryption = async (ref, target, signal, onSend, mayRepeat = () => true) => {
      await startOnce(ref, target, signal, onSend).finally(() => repeats.push(mayRepeat()));
    };
    stream.onNextStarts(...repeated(10, failsWith('throttled')));
    expect(await simulation.encrypt(TO_NEW)).toMatchObject(FAILED);
    expect(repeats).toEqual([...Array(9).fill(true), false]);
  });

  test('does not count a start that never left', async () => {
    let attempts = 0;
    const given: SetUp = ({ stream }) => {
      stream.beforeSend = () => {
        if (++attempts <= 15) failsWith('unanswered')();
      };
    };
    await expectRun(active(OLD), { ...TO_NEW, given, sent: 1 }, REKEYED);
  });

  test('increases the delay between retries up to five seconds', async () => {
    const simulation = simulate(active(NEW));
    simulation.random = 0.999;
    simulation.stream.onNextDescribes(...repeated(12, failsWith('throttled')));
    await simulation.encrypt(TO_NEW);
    const delays = intervals(simulation.stream.describesMs);
    expect(delays[0]).toBeLessThan(500);
    expect(Math.max(...delays)).toBeLessThanOrEqual(5_000);
    expect(delays.at(-1)).toBeGreaterThan(4_000);
  });
});

describe('a limit that may be a call rate or a daily limit', () => {
  const limited = failsWith('limited', 'LimitExceededException: no more');
  const throttled = failsWith('throttled');

  test('fails after three attempts within ten seconds, without a change', async () => {
    const failed = { ...STILL_ON_OLD, message: 'LimitExceededException: no more. The service accepted no change' };
    const given = starts(limited, limited, limited);
    const { clock } = await expectRun(active(OLD), { ...TO_NEW, given, sent: 3 }, failed);
    expect(clock.now()).toBeLessThan(10_000);
  });

  test('succeeds if the third attempt is accepted', () =>
    expectRun(active(OLD), { ...TO_NEW, given: starts(limited, limited), sent: 3 }, REKEYED));

  test('is counted separately from throttles', () =>
    expectRun(active(OLD), { ...TO_NEW, given: starts(limited, ...repeated(3, throttled), limited) }, REKEYED));
});

describe('a refusal', () => {
  test.each(['refused', 'denied', 'missing'] as const)('of the start fails without a change: %s', (errorKind) =>
    expectRun(
      enabled(OLD),
      { ...TO_NEW, given: starts(failsWith(errorKind, 'KMSDisabledException: enable it')), sent: 1 },
      { ...STILL_ON_OLD, target: null, message: 'KMSDisabledException: enable it. The service accepted no change' }
    )
  );

  test('before the start, such as expired credentials, reports that no change was sent', () => {
    const given = describes(() => undefined, failsWith('refused', 'ExpiredTokenException'));
    const message = expect.stringMatching(
      /^ExpiredTokenException\. No change was sent: the change in flight was started elsewhere.* continues it by itself$/
    );
    return expectRun(updating(OLD), { ...TO_NEW, given }, { ...FAILED, message });
  });

  test.each([
    ['the first poll', [], 'ACTIVE'],
    ['a later poll', [() => undefined], 'UPDATING']
  ])('of %s after the start reports that the change was sent and is in flight', (_, before, status) => {
    const given = starts((stream, key, signal) => {
      stream.onNextDescribes(...before, failsWith('refused', 'ExpiredTokenException'));
      return succeedsAfter(60_000)(stream, key, signal);
    });
    const sent = `The change to ${NEW} was sent, and the service continues it by itself`;
    const message = says('ExpiredTokenException', sent, 'Running again is safe');
    const failed = { ...STILL_ON_OLD, changed: true, inFlight: true, status, previousKey: { id: OLD }, message };
    return expectRun(active(OLD), { ...TO_NEW, given }, failed);
  });

  test('of KMS fails with its message', () => {
    const given = lookups(failsWith('refused', 'ExpiredTokenException'));
    return expectRun(active(OLD), { ...TO_NEW, given }, { ...FAILED, message: `ExpiredTokenException. ${NO_CHANGE}` });
  });
});

describe('an unexpected error', () => {
  const defect = (text: string) => ({ ...FAILED, message: `${text}. ${DEFECT}. ${NO_CHANGE}` });

  test.each([
    ['while describing', describes(throws(new TypeError('cannot read it'))), 'cannot read it'],
    ['that is not an Error', describes(() => Promise.reject('just text')), 'just text'],
    ['from KMS', lookups(throws(new RangeError('no such thing'))), 'no such thing']
  ])('%s fails with its text', (_, given, text) => expectRun(active(OLD), { ...TO_NEW, given }, defect(text)));

  test('from the start fails and reports that the change may have been sent', () => {
    const message = expect.stringMatching(/^cannot read it\. .*\. The change to .* was sent/);
    const given = starts(throws(new TypeError('cannot read it')));
    return expectRun(active(OLD), { ...TO_NEW, given }, { ...FAILED, changed: true, message });
  });
});
