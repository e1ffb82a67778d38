import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, disabled, enabled, enablingFailed, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { endsAs, FIRST_LOOK_MS, refuses, shows, takes } from '../../support/simulated-stream.ts';

const VERIFIED = { criteria: oneKey(NEW), verifyRecords: true, settleMs: 0 } as const;

describe('the check of records', () => {
  test('is content with the first record where it was encrypted', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(shows(active(NEW)));
    expect(await here.encrypt(VERIFIED)).toMatchObject({ outcome: 'rekeyed' });
    expect(here.stream.recordsMs).toEqual([FIRST_LOOK_MS]);
  });

  test('puts the record only after settling', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(shows(active(NEW)));
    await here.encrypt({ ...VERIFIED, settleMs: 5_000 });
    expect(here.stream.recordsMs).toEqual([FIRST_LOOK_MS + 5_000]);
  });

  test('puts another record each second until one was encrypted', async () => {
    const here = scene(disabled());
    here.stream.nextStarts(shows(enabled(NEW)));
    here.stream.onRecord = (nth) => nth === 3;
    expect(await here.encrypt(VERIFIED)).toMatchObject({ outcome: 'enabled' });
    expect(here.stream.recordsMs).toEqual([0, 1_000, 2_000].map((ms) => FIRST_LOOK_MS + ms));
  });

  test('gives up after ten seconds: failed, although the key is in force', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(shows(active(NEW)));
    here.stream.onRecord = () => false;
    expect(await here.encrypt(VERIFIED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'true',
      key: { id: NEW },
      previousKey: { id: OLD },
      message: expect.stringContaining('did not confirm for any record')
    });
    expect(here.stream.recordsMs).toHaveLength(11);
    expect(here.stream.recordsMs.at(-1)).toBe(FIRST_LOOK_MS + 10_000);
    expect(here.clock.now()).toBe(FIRST_LOOK_MS + 10_000);
  });

  test('gives up at the deadline where that is sooner: failed', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(shows(active(NEW)));
    here.stream.onRecord = () => false;
    const result = await here.encrypt({ ...VERIFIED, timeoutMs: 3_500 });
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'true' });
    expect(here.stream.recordsMs).toEqual([0, 1_000, 2_000, 3_000].map((ms) => FIRST_LOOK_MS + ms));
    expect(result.durationSeconds).toBeLessThanOrEqual(3.5);
  });

  test.each(['denied', 'refused'] as const)(
    'a PutRecord that is %s is failed, and the change is told',
    async (errorKind) => {
      const here = scene(active(OLD));
      here.stream.onRecord = () => refuses(errorKind, 'grant kinesis:PutRecord')();
      const result = await here.encrypt(VERIFIED);
      expect(result).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true', key: { id: NEW } });
      expect(result.message).toMatch(new RegExp(`^grant kinesis:PutRecord\\. The change to ${NEW} ended`));
      expect(here.stream.recordsMs).toHaveLength(1);
    }
  );

  test("is made after another's change that was waited out", async () => {
    const here = scene(updating());
    here.stream.show(active(NEW), 1_000);
    expect(await here.encrypt(VERIFIED)).toMatchObject({ outcome: 'unchanged' });
    expect(here.stream.recordsMs).toHaveLength(1);
  });

  test('is not made where nothing changed', async () => {
    const here = scene(active(NEW));
    await here.encrypt(VERIFIED);
    expect(here.stream.recordsMs).toEqual([]);
  });

  test('is not made where the change failed', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(endsAs(1_000, enablingFailed()));
    await here.encrypt(VERIFIED);
    expect(here.stream.recordsMs).toEqual([]);
  });

  test('is not made unless asked', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(takes(1_000));
    await here.encrypt({ ...VERIFIED, verifyRecords: false });
    expect(here.stream.recordsMs).toEqual([]);
  });

  test('is not made in mode check, which sends no write', async () => {
    const here = scene(updating());
    here.stream.show(active(NEW), 1_000);
    await here.check(VERIFIED);
    expect(here.stream.recordsMs).toEqual([]);
  });
});
