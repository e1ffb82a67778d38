import { describe, expect, test } from '@jest/globals';
import type { Trouble } from '../../src/encryption/services.ts';
import { NEW, OLD, THIRD } from '../support/account.ts';
import { active, disabled, enabled, enablingFailed, updating } from '../support/looks.ts';
import { oneKey } from '../support/requests.ts';
import { scene } from '../support/scene.ts';
import { answerLost, endsAs, ignored, type OnStart, refuses, shows, takes } from '../support/simulated-stream.ts';

const ASKED = { asked: oneKey(NEW), settleMs: 0 } as const;

const NOTHING_SENT = 'No change was sent. Running again is safe';

/** The start is refused, as nothing but this. */
const busy: OnStart = refuses('busy', 'ResourceInUseException');

function times<T>(count: number, item: T): T[] {
  return Array.from({ length: count }, () => item);
}

describe('a trouble that passes', () => {
  test.each(['throttled', 'unanswered'] as const)('%s looks are ridden out', async (trouble) => {
    const here = scene(active(OLD));
    here.stream.nextLooks(...times(10, refuses(trouble)));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });

  test.each(['throttled', 'unanswered'] as const)(
    '%s looks while the change is under way are ridden out',
    async (trouble) => {
      const here = scene(active(OLD));
      here.stream.nextStarts((stream, key, signal) => {
        stream.nextLooks(...times(6, refuses(trouble)));
        return takes(1_000)(stream, key, signal);
      });
      expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
    }
  );

  test.each(['throttled', 'unanswered'] as const)('a %s KMS is ridden out', async (trouble) => {
    const here = scene(active(OLD));
    here.keys.nextAsked(...times(6, refuses(trouble)));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });

  test('a throttled start took no effect, and is sent again', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(...times(5, refuses('throttled')));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(here.stream.starts).toHaveLength(6);
  });

  test.each(['throttled', 'unanswered'] as const)('%s records are put again', async (trouble) => {
    const here = scene(active(OLD));
    here.stream.onRecord = (nth) => nth > 3 || refuses(trouble)();
    expect(await here.secure({ ...ASKED, verifyRecords: true })).toMatchObject({ outcome: 'rekeyed' });
    expect(here.stream.recordsMs).toHaveLength(4);
  });

  test('the pauses between tries grow, and are never over five seconds', async () => {
    const here = scene(active(NEW));
    here.random = 0.999;
    here.stream.nextLooks(...times(12, refuses('throttled')));
    await here.secure(ASKED);
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
    expect(await here.secure(ASKED)).toMatchObject({
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
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
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
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });
});

describe('a start that is refused', () => {
  test.each(['refused', 'denied', 'missing'] as const)(
    'as %s is failed, with no change, after one try',
    async (trouble) => {
      const here = scene(enabled(OLD));
      here.stream.nextStarts(refuses(trouble, 'KMSDisabledException: enable it'));
      expect(await here.secure(ASKED)).toMatchObject({
        outcome: 'failed',
        changed: false,
        encrypted: 'true',
        key: { id: OLD },
        changedTo: null,
        message: `KMSDisabledException: enable it. ${NOTHING_SENT}`
      });
      expect(here.stream.starts).toHaveLength(1);
    }
  );

  test('says that no change was sent, also where credentials expire before one could be', async () => {
    const here = scene(updating(OLD));
    here.stream.nextLooks(() => undefined, refuses('refused', 'ExpiredTokenException'));
    expect(await here.secure(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: expect.stringMatching(
        /^ExpiredTokenException\. No change was sent: the one in flight is not of this run.* Running again is safe$/
      )
    });
  });

  test('because another run was quicker with the same change is unchanged, and settled', async () => {
    const here = scene(disabled());
    here.stream.nextStarts((stream) => {
      stream.show(enabled(NEW));
      refuses('refused', 'InvalidArgumentException: same configuration')();
    });
    expect(await here.secure({ ...ASKED, settleMs: 5_000 })).toMatchObject({
      outcome: 'unchanged',
      changed: false,
      key: { id: NEW }
    });
    expect(here.stream.starts).toHaveLength(1);
    expect(here.clock.now()).toBeGreaterThanOrEqual(5_000);
  });
});

describe('a start while another change is in flight', () => {
  test('is sent again when that has ended', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream, key, signal) => {
      stream.show(updating(OLD));
      stream.show(active(OLD), 30_000);
      return busy(stream, key, signal);
    });
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', previousKey: { id: OLD } });
    expect(here.stream.starts).toHaveLength(2);
    expect(here.stream.starts[1]?.atMs).toBeGreaterThanOrEqual(30_000);
  });

  test('is not needed where that change ended as asked: unchanged, and settled', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream, key, signal) => {
      stream.show(updating(OLD));
      stream.show(active(NEW), 10_000);
      return busy(stream, key, signal);
    });
    const result = await here.secure({ ...ASKED, settleMs: 5_000 });
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, key: { id: NEW } });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(15);
    expect(here.stream.starts).toHaveLength(1);
  });

  test('is not needed where that change was over before the next look: unchanged, and settled', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream, key, signal) => {
      stream.show(active(NEW));
      return busy(stream, key, signal);
    });
    expect(await here.secure({ ...ASKED, settleMs: 5_000 })).toMatchObject({ outcome: 'unchanged', changed: false });
    expect(here.clock.now()).toBeGreaterThanOrEqual(5_000);
  });

  test('that no look confirms is asked about ever more rarely, ten times at most, as each start may count', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(...times(50, busy));
    const result = await here.secure(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: false, key: { id: OLD } });
    expect(result.message).toContain('ResourceInUseException');
    expect(here.stream.starts).toHaveLength(10);
    const [first = 0, second = 0] = here.stream.starts.map(({ atMs }) => atMs);
    expect(second - first).toBeGreaterThanOrEqual(700);
    expect(here.clock.now()).toBeGreaterThan(25_000);
  });

  test('that the looks do not show yet is tried again at a growing pause, not at once', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(...times(8, busy));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    for (const pause of gaps(here.stream.starts.map(({ atMs }) => atMs))) expect(pause).toBeGreaterThanOrEqual(99);
  });
});

describe('a start whose answer was lost', () => {
  test('and that was taken is adopted: never sent twice', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(takes(3_000)));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true, key: { id: NEW } });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('and that was taken, but is not shown at once, is adopted', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(takes(3_000, { staleMs: 4_000 })));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('and that was taken and over at once is adopted', async () => {
    const here = scene(active());
    here.stream.nextStarts(answerLost(shows(active(NEW))));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'enabled', changed: true, previousKey: null });
    expect(here.stream.starts).toHaveLength(1);
    expect(here.clock.now()).toBeLessThan(1_000);
  });

  test('and that was taken and failed at once is failed, with the old key', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(answerLost(shows(enablingFailed())));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'failed', changed: true, key: { id: OLD } });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('and that shows nothing for five seconds was not taken, and is sent again', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(ignored));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true, previousKey: { id: OLD } });
    const [first, second] = here.stream.starts;
    expect(first?.atMs).toBe(0);
    expect(second?.atMs).toBeGreaterThanOrEqual(5_000);
    expect(second?.atMs).toBeLessThan(6_000);
  });

  test('after a long wait for it: the five seconds count from when it was given up', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(async (stream, key, signal) => {
      await here.clock.sleep(10_000, signal);
      return answerLost(takes(3_000, { staleMs: 2_000 }))(stream, key, signal);
    });
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('and that takes effect only after it was given up is our change all the same', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(takes(3_000, { staleMs: 5_800 })), busy);
    expect(await here.secure(ASKED)).toMatchObject({
      outcome: 'rekeyed',
      changed: true,
      previousKey: { id: OLD },
      key: { id: NEW }
    });
  });

  test('is a change in this run, also where the next start is refused', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(ignored), refuses('refused', 'KMSDisabledException'));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true' });
  });

  test('is a change in this run, also where the next answer is lost too', async () => {
    const here = scene(active());
    here.stream.nextStarts(answerLost(ignored), answerLost(takes(1_000)));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'enabled', changed: true });
    expect(here.stream.starts).toHaveLength(2);
  });

  test('with wait: false is started once it is seen to be taken', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(takes(60_000)));
    const result = await here.secure({ ...ASKED, wait: false });
    expect(result).toMatchObject({ outcome: 'started', changed: true });
    expect(result.durationSeconds).toBeLessThan(1);
  });
});

describe('an answer that still shows the state of before', () => {
  test.each([
    ['not encrypted', active(), 'enabled'],
    ['with the old key', active(OLD), 'rekeyed'],
    ['not encrypted', disabled(), 'enabled'],
    ['with the old key', enabled(OLD), 'rekeyed']
  ])('%s: right after the start it is not taken for the end', async (_, look, outcome) => {
    const here = scene(look);
    here.stream.nextStarts(takes(20_000, { staleMs: 4_500 }));
    const result = await here.secure(ASKED);
    expect(result).toMatchObject({ outcome, changed: true, key: { id: NEW } });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(24.5);
  });

  test('after a start that was answered late: the five seconds count from the answer', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(async (stream, key, signal) => {
      await here.clock.sleep(9_000, signal);
      return takes(3_000, { staleMs: 1_000 })(stream, key, signal);
    });
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });

  test('while in flight, for less than two seconds, is not taken for the end', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(updating(OLD));
      stream.show(active(OLD), 10_000);
      stream.show(updating(OLD), 11_000);
      stream.show(active(NEW), 30_000);
    });
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('and again and again, each for less than two seconds, is not taken for the end', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      for (const atMs of [0, 2_000, 4_000, 6_000]) {
        stream.show(updating(OLD), atMs);
        stream.show(active(OLD), atMs + 1_000);
      }
      stream.show(active(NEW), 7_500);
    });
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });
});

describe('a stream that comes back with another key', () => {
  test('after it was seen in flight is believed two seconds later', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(3_000, active(THIRD)));
    const result = await here.secure(ASKED);
    expect(result).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'true',
      status: 'ACTIVE',
      key: { id: THIRD },
      previousKey: { id: OLD },
      message: expect.stringMatching(new RegExp(`change to ${NEW} was sent, but .*ACTIVE.* ${THIRD}`))
    });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(5);
    expect(result.durationSeconds).toBeLessThan(6.2);
  });

  test('never seen in flight is believed five seconds after the start', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(ignored);
    const result = await here.secure(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, key: { id: OLD } });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(5);
    expect(result.durationSeconds).toBeLessThan(5.7);
  });

  test('is the right one all the same within the two seconds', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(updating(OLD));
      stream.show(active(OLD), 3_000);
      stream.show(active(NEW), 4_500);
    });
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('by an alias that points to the key asked is no proof', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(1_000, active('alias/new')));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'failed', key: { id: 'alias/new' } });
  });

  test('not encrypted at all is told so', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(1_000, active()));
    expect(await here.secure(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'false',
      key: null,
      message: expect.stringContaining('came back ACTIVE, not encrypted')
    });
  });

  test('in a state of no known meaning: failed, encrypted unknown', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(1_000, { ...active(OLD), status: 'MENDING', phase: 'unclear' }));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'failed', status: 'MENDING', encrypted: 'unknown' });
  });

  test('that was deleted meanwhile is failed', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => stream.nextLooks(refuses('missing', 'there is no stream orders')));
    expect(await here.secure(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      message: expect.stringMatching(/^there is no stream orders\. .*had been sent/)
    });
  });
});

describe('credentials that expire while the change is under way', () => {
  test('failed, and the message says that the change had been sent', async () => {
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
    const result = await here.secure(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, status: 'UPDATING', key: { id: OLD } });
    expect(result.message).toContain('ExpiredTokenException');
    expect(result.message).toContain(`The change to ${NEW} had been sent`);
    expect(result.message).toContain('Running again is safe');
  });
});

describe('what nobody expected', () => {
  test('an exception at a look is failed, with its message', async () => {
    const here = scene(active(OLD));
    here.stream.nextLooks(() => {
      throw new TypeError('cannot read it');
    });
    expect(await here.secure(ASKED)).toMatchObject({
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
    expect(await here.secure(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      message: expect.stringMatching(/^cannot read it\. The change to .* had been sent/)
    });
  });

  test('something thrown that is no error is failed, in its words', async () => {
    const here = scene(active(OLD));
    here.stream.nextLooks(() => Promise.reject('just words'));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'failed', message: `just words. ${NOTHING_SENT}` });
  });

  test('an exception of KMS is failed', async () => {
    const here = scene(active(OLD));
    here.keys.nextAsked(() => {
      throw new RangeError('no such thing');
    });
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'failed', message: `no such thing. ${NOTHING_SENT}` });
  });

  test('an unexpected answer of KMS is failed', async () => {
    const here = scene(active(OLD));
    const trouble: Trouble = 'refused';
    here.keys.nextAsked(refuses(trouble, 'ExpiredTokenException'));
    expect(await here.secure(ASKED)).toMatchObject({
      outcome: 'failed',
      message: `ExpiredTokenException. ${NOTHING_SENT}`
    });
  });
});

/** The times between moments. */
function gaps(momentsMs: readonly number[]): number[] {
  return momentsMs.slice(1).map((atMs, index) => atMs - (momentsMs[index] ?? 0));
}
