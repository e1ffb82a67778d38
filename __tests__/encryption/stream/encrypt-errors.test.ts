import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, disabled, enabled, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { refuses, takes, times } from '../../support/simulated-stream.ts';
import { gaps } from '../../support/virtual-clock.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0 } as const;

const NOTHING_SENT = 'No change was sent. Running again is safe';

describe('a trouble that passes', () => {
  test.each(['throttled', 'unanswered'] as const)('%s looks are ridden out', async (errorKind) => {
    const here = scene(active(OLD));
    here.stream.nextLooks(...times(10, refuses(errorKind)));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });

  test.each(['throttled', 'unanswered'] as const)(
    '%s looks while the change is under way are ridden out',
    async (errorKind) => {
      const here = scene(active(OLD));
      here.stream.nextStarts((stream, key, signal) => {
        stream.nextLooks(...times(6, refuses(errorKind)));
        return takes(1_000)(stream, key, signal);
      });
      expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
    }
  );

  test.each(['throttled', 'unanswered'] as const)('a %s KMS is ridden out', async (errorKind) => {
    const here = scene(active(OLD));
    here.keys.nextDescribes(...times(6, refuses(errorKind)));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });

  test('a throttled start took no effect, and is sent again', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(...times(5, refuses('throttled')));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(here.stream.starts).toHaveLength(6);
  });

  test.each(['throttled', 'unanswered'] as const)('%s records are put again', async (errorKind) => {
    const here = scene(active(OLD));
    here.stream.onRecord = (nth) => nth > 3 || refuses(errorKind)();
    expect(await here.encrypt({ ...ASKED, verifyRecords: true })).toMatchObject({ outcome: 'rekeyed' });
    expect(here.stream.recordsMs).toHaveLength(4);
  });

  test('the pauses between tries grow, and are never over five seconds', async () => {
    const here = scene(active(NEW));
    here.random = 0.999;
    here.stream.nextLooks(...times(12, refuses('throttled')));
    await here.encrypt(ASKED);
    const pauses = gaps(here.stream.looksMs);
    expect(pauses[0]).toBeLessThan(500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(5_000);
    expect(pauses.at(-1)).toBeGreaterThan(4_000);
  });
});

describe('a limit that may be the rate or the daily one', () => {
  test('is met three times in all, within ten seconds, and then is a failure with no change', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(...times(3, refuses('limited', 'LimitExceededException: no more')));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'true',
      key: { id: OLD },
      message: `LimitExceededException: no more. ${NOTHING_SENT}`
    });
    expect(here.stream.starts).toHaveLength(3);
    expect(here.clock.now()).toBeLessThan(10_000);
  });

  test('that passes at the third try was the rate', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(...times(2, refuses('limited')));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(here.stream.starts).toHaveLength(3);
  });

  test('is counted apart from the throttles in between', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(
      refuses('limited'),
      refuses('throttled'),
      refuses('throttled'),
      refuses('throttled'),
      refuses('limited')
    );
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });
});

describe('a start that is refused', () => {
  test.each(['refused', 'denied', 'missing'] as const)(
    'as %s is failed, with no change, after one try',
    async (errorKind) => {
      const here = scene(enabled(OLD));
      here.stream.nextStarts(refuses(errorKind, 'KMSDisabledException: enable it'));
      expect(await here.encrypt(ASKED)).toMatchObject({
        outcome: 'failed',
        changed: false,
        encrypted: 'true',
        key: { id: OLD },
        target: null,
        message: `KMSDisabledException: enable it. ${NOTHING_SENT}`
      });
      expect(here.stream.starts).toHaveLength(1);
    }
  );

  test('says that no change was sent, also where credentials expire before one could be', async () => {
    const here = scene(updating(OLD));
    here.stream.nextLooks(() => undefined, refuses('refused', 'ExpiredTokenException'));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: expect.stringMatching(
        /^ExpiredTokenException\. No change was sent: the one in flight is not from this run.* Running again is safe$/
      )
    });
  });

  test('because another run was quicker with the same change is unchanged, and settled', async () => {
    const here = scene(disabled());
    here.stream.nextStarts((stream) => {
      stream.show(enabled(NEW));
      refuses('refused', 'InvalidArgumentException: same configuration')();
    });
    expect(await here.encrypt({ ...ASKED, settleMs: 5_000 })).toMatchObject({
      outcome: 'unchanged',
      changed: false,
      key: { id: NEW }
    });
    expect(here.stream.starts).toHaveLength(1);
    expect(here.clock.now()).toBeGreaterThanOrEqual(5_000);
  });
});

describe('a refusal while the change is under way', () => {
  test('as of credentials that expire, is failed, and the message says that the change was sent', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream, key, signal) => {
      stream.nextLooks(
        () => {
          // The first look after the start gets through.
        },
        refuses('refused', 'ExpiredTokenException')
      );
      return takes(60_000)(stream, key, signal);
    });
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, status: 'UPDATING', key: { id: OLD } });
    expect(result.message).toContain('ExpiredTokenException');
    expect(result.message).toContain(`The change to ${NEW} was sent`);
    expect(result.message).toContain('Running again is safe');
  });

  test('leaves a change in flight, and that is told', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.nextLooks(refuses('refused', 'the session has expired'));
    });
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, inFlight: true, previousKey: { id: OLD } });
    expect(result.message).toContain(`The change to ${NEW} was sent, and the service continues it by itself`);
  });
});

describe('what nobody expected', () => {
  test('an exception at a look is failed, with its message', async () => {
    const here = scene(active(OLD));
    here.stream.nextLooks(() => {
      throw new TypeError('cannot read it');
    });
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: `cannot read it. ${NOTHING_SENT}`
    });
  });

  test('an exception at the start is failed, and the change may have been sent', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(() => {
      throw new TypeError('cannot read it');
    });
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      message: expect.stringMatching(/^cannot read it\. The change to .* was sent/)
    });
  });

  test('something thrown that is no error is failed, in its words', async () => {
    const here = scene(active(OLD));
    here.stream.nextLooks(() => Promise.reject('just words'));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'failed', message: `just words. ${NOTHING_SENT}` });
  });

  test('an exception of KMS is failed', async () => {
    const here = scene(active(OLD));
    here.keys.nextDescribes(() => {
      throw new RangeError('no such thing');
    });
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'failed', message: `no such thing. ${NOTHING_SENT}` });
  });

  test('an unexpected answer of KMS is failed', async () => {
    const here = scene(active(OLD));
    here.keys.nextDescribes(refuses('refused', 'ExpiredTokenException'));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      message: `ExpiredTokenException. ${NOTHING_SENT}`
    });
  });
});
