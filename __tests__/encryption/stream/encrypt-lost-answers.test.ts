import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, enabled, enablingFailed } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { answerLost, ignored, refuses, shows, takes } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0 } as const;

describe('a start whose answer was lost', () => {
  test('and that was taken is adopted: never sent twice', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(takes(3_000)));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true, key: { id: NEW } });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('and that was taken, but is not shown at once, is adopted', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(takes(3_000, { staleMs: 4_000 })));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('and that was taken and over at once is adopted: the look that shows it is the proof', async () => {
    const here = scene(active());
    here.stream.nextStarts(answerLost(shows(active(NEW))));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'enabled',
      changed: true,
      key: { id: NEW },
      previousKey: null
    });
    expect(here.stream.starts).toHaveLength(1);
    expect(here.stream.looksMs).toHaveLength(2);
    expect(here.clock.now()).toBeLessThan(1_000);
  });

  test('and that was taken and failed at once is failed, with the old key', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(answerLost(shows(enablingFailed())));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'failed', changed: true, key: { id: OLD } });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('and that shows nothing for five seconds was not taken, and is sent again', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(ignored));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true, previousKey: { id: OLD } });
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
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('and that takes effect only after it was given up is our change all the same', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(takes(3_000, { staleMs: 5_800 })), refuses('busy'));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'rekeyed',
      changed: true,
      previousKey: { id: OLD },
      key: { id: NEW }
    });
  });

  test('is a change in this run, also where the next start is refused', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(ignored), refuses('refused', 'KMSDisabledException'));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true' });
  });

  test('is a change in this run, also where the next answer is lost too', async () => {
    const here = scene(active());
    here.stream.nextStarts(answerLost(ignored), answerLost(takes(1_000)));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'enabled', changed: true });
    expect(here.stream.starts).toHaveLength(2);
  });
});

describe('a start whose answer was lost, with wait: false', () => {
  test('is started once it is seen to be taken', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(takes(60_000)));
    const result = await here.encrypt({ ...ASKED, wait: false });
    expect(result).toMatchObject({ outcome: 'started', changed: true });
    expect(result.durationSeconds).toBeLessThan(1);
  });

  test('is started also where the change is over by then, and the key in force is told', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(shows(active(NEW))));
    expect(await here.encrypt({ ...ASKED, wait: false })).toMatchObject({
      outcome: 'started',
      changed: true,
      encrypted: 'true',
      key: { id: NEW },
      previousKey: { id: OLD }
    });
  });

  test('is failed where the change has failed by then', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(answerLost(shows(enablingFailed())));
    const result = await here.encrypt({ ...ASKED, wait: false });
    expect(result).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toContain('CREATE_KMS_GRANT_FAILED');
  });
});
