import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, disabled, enabled, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { failsWith, repeated, succeedsAfter } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 0 } as const;

const NO_CHANGE = 'No change was sent';
const DEFECT = 'This is an error of the action itself: report it as an issue, with this message';

describe('a transient error', () => {
  test.each(['throttled', 'unanswered'] as const)('retries a describe call that is %s', async (errorKind) => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextDescribes(...repeated(10, failsWith(errorKind)));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed' });
  });

  test.each(['throttled', 'unanswered'] as const)(
    'retries a poll that is %s while the change is in flight',
    async (errorKind) => {
      const simulation = simulate(active(OLD));
      simulation.stream.onNextStarts((stream, key, signal) => {
        stream.onNextDescribes(...repeated(6, failsWith(errorKind)));
        return succeedsAfter(1_000)(stream, key, signal);
      });
      expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
    }
  );

  test.each(['throttled', 'unanswered'] as const)('retries a KMS lookup that is %s', async (errorKind) => {
    const simulation = simulate(active(OLD));
    simulation.keys.onNextDescribes(...repeated(6, failsWith(errorKind)));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed' });
  });

  test('retries a start that was throttled', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(...repeated(5, failsWith('throttled')));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(simulation.stream.starts).toHaveLength(6);
  });

  test('outlasts another caller that uses up the rate for a minute', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(...repeated(9, failsWith('throttled')));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(simulation.stream.starts.at(-1)?.atMs).toBeGreaterThan(60_000);
  });

  test.each(['throttled', 'busy', 'unanswered'] as const)(
    'ends after ten starts of a stream that are all %s, with the reason',
    async (errorKind) => {
      const simulation = simulate(active(OLD));
      simulation.stream.onNextStarts(...repeated(50, failsWith(errorKind, 'ServiceUnavailable')));
      const result = await simulation.encrypt(REQUEST);
      expect(result).toMatchObject({ outcome: 'failed', changed: errorKind === 'unanswered', key: { id: OLD } });
      expect(result.message).toContain('the start was sent 10 times');
      expect(result.message).toContain('ServiceUnavailable');
      expect(simulation.stream.starts).toHaveLength(10);
    }
  );

  test('counts the starts of a run together, whatever refuses them', async () => {
    const simulation = simulate(active(OLD));
    const kinds = ['throttled', 'busy', 'unanswered'] as const;
    simulation.stream.onNextStarts(...kinds.flatMap((errorKind) => repeated(4, failsWith(errorKind))));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'failed', changed: true });
    expect(simulation.stream.starts).toHaveLength(10);
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
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'failed', changed: false });
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
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'failed', changed: false });
    expect(repeats).toEqual([...Array(9).fill(true), false]);
  });

  test('does not count a start that never left', async () => {
    const simulation = simulate(active(OLD));
    let attempts = 0;
    simulation.stream.beforeSend = () => {
      if (++attempts <= 15) failsWith('unanswered')();
    };
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(simulation.stream.starts).toHaveLength(1);
  });

  test.each(['throttled', 'unanswered'] as const)('retries a record that is %s', async (errorKind) => {
    const simulation = simulate(active(OLD));
    simulation.stream.onRecord = (nth) => nth > 3 || failsWith(errorKind)();
    expect(await simulation.encrypt({ ...REQUEST, verifyRecords: true })).toMatchObject({ outcome: 'rekeyed' });
    expect(simulation.stream.recordsMs).toHaveLength(4);
  });

  test('increases the delay between retries up to five seconds', async () => {
    const simulation = simulate(active(NEW));
    simulation.random = 0.999;
    simulation.stream.onNextDescribes(...repeated(12, failsWith('throttled')));
    await simulation.encrypt(REQUEST);
    const delays = intervals(simulation.stream.describesMs);
    expect(delays[0]).toBeLessThan(500);
    expect(Math.max(...delays)).toBeLessThanOrEqual(5_000);
    expect(delays.at(-1)).toBeGreaterThan(4_000);
  });
});

describe('a limit that may be a call rate or a daily limit', () => {
  test('fails after three attempts within ten seconds, without a change', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(...repeated(3, failsWith('limited', 'LimitExceededException: no more')));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'true',
      key: { id: OLD },
      message: `LimitExceededException: no more. ${NO_CHANGE}`
    });
    expect(simulation.stream.starts).toHaveLength(3);
    expect(simulation.clock.now()).toBeLessThan(10_000);
  });

  test('succeeds if the third attempt is accepted', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(...repeated(2, failsWith('limited')));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(simulation.stream.starts).toHaveLength(3);
  });

  test('is counted separately from throttles', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(
      failsWith('limited'),
      failsWith('throttled'),
      failsWith('throttled'),
      failsWith('throttled'),
      failsWith('limited')
    );
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed' });
  });
});

describe('a start that is refused', () => {
  test.each(['refused', 'denied', 'missing'] as const)(
    'fails without a change after one attempt: %s',
    async (errorKind) => {
      const simulation = simulate(enabled(OLD));
      simulation.stream.onNextStarts(failsWith(errorKind, 'KMSDisabledException: enable it'));
      expect(await simulation.encrypt(REQUEST)).toMatchObject({
        outcome: 'failed',
        changed: false,
        encrypted: 'true',
        key: { id: OLD },
        target: null,
        message: `KMSDisabledException: enable it. ${NO_CHANGE}`
      });
      expect(simulation.stream.starts).toHaveLength(1);
    }
  );

  test('reports that no change was sent if credentials expire before the start', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.onNextDescribes(() => undefined, failsWith('refused', 'ExpiredTokenException'));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: expect.stringMatching(
        /^ExpiredTokenException\. No change was sent: the change in flight was started elsewhere.* continues it by itself$/
      )
    });
  });

  test('is unchanged and settles if another run made the same change first', async () => {
    const simulation = simulate(disabled());
    simulation.stream.onNextStarts((stream) => {
      stream.report(enabled(NEW));
      failsWith('refused', 'InvalidArgumentException: same configuration')();
    });
    expect(await simulation.encrypt({ ...REQUEST, settleMs: 5_000 })).toMatchObject({
      outcome: 'unchanged',
      changed: false,
      key: { id: NEW }
    });
    expect(simulation.stream.starts).toHaveLength(1);
    expect(simulation.clock.now()).toBeGreaterThanOrEqual(5_000);
  });
});

describe('a refusal while the change is in flight', () => {
  test('fails and reports that the change was sent if credentials expire', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream, key, signal) => {
      stream.onNextDescribes(
        () => {
          // The first poll after the start succeeds.
        },
        failsWith('refused', 'ExpiredTokenException')
      );
      return succeedsAfter(60_000)(stream, key, signal);
    });
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, status: 'UPDATING', key: { id: OLD } });
    expect(result.message).toContain('ExpiredTokenException');
    expect(result.message).toContain(`The change to ${NEW} was sent`);
    expect(result.message).toContain('Running again is safe');
  });

  test('reports that the change is still in flight', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream) => {
      stream.onNextDescribes(failsWith('refused', 'the session has expired'));
    });
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, inFlight: true, previousKey: { id: OLD } });
    expect(result.message).toContain(`The change to ${NEW} was sent, and the service continues it by itself`);
  });
});

describe('an unexpected error', () => {
  test('while describing fails with its message', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextDescribes(() => {
      throw new TypeError('cannot read it');
    });
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: `cannot read it. ${DEFECT}. ${NO_CHANGE}`
    });
  });

  test('from the start fails and reports that the change may have been sent', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(() => {
      throw new TypeError('cannot read it');
    });
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      changed: true,
      message: expect.stringMatching(/^cannot read it\. .*\. The change to .* was sent/)
    });
  });

  test('that is not an Error fails with its text', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextDescribes(() => Promise.reject('just text'));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      message: `just text. ${DEFECT}. ${NO_CHANGE}`
    });
  });

  test('from KMS fails with its message', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.onNextDescribes(() => {
      throw new RangeError('no such thing');
    });
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      message: `no such thing. ${DEFECT}. ${NO_CHANGE}`
    });
  });

  test('that is a refusal of KMS fails with its message', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.onNextDescribes(failsWith('refused', 'ExpiredTokenException'));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      message: `ExpiredTokenException. ${NO_CHANGE}`
    });
  });
});
