import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { NEVER_ENDS, takes } from '../../support/simulated-stream.ts';
import { gaps } from '../../support/virtual-clock.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0 } as const;

/** The looks of a run whose change takes this long. */
async function looksAt(here: Scene, changeMs: number, timeoutMs = 600_000): Promise<readonly number[]> {
  here.stream.nextStarts(takes(changeMs));
  await here.encrypt({ ...ASKED, timeoutMs });
  return here.stream.looksMs;
}

describe('the looks at a change', () => {
  test('the first ones are a fraction of a second apart', async () => {
    const looks = await looksAt(scene(active(OLD)), 500);
    expect(looks.length).toBeGreaterThanOrEqual(5);
    for (const gap of gaps(looks)) expect(gap).toBeLessThan(200);
  });

  test.each([500, 2_000, 10_000, 40_000])(
    'the end of a change of %d ms is noticed within about a tenth of it',
    async (changeMs) => {
      const here = scene(active(OLD));
      await looksAt(here, changeMs);
      expect(here.clock.now() - changeMs).toBeLessThanOrEqual(Math.max(changeMs * 0.12, 110));
    }
  );

  test('the end of a change of minutes is noticed within five seconds', async () => {
    const here = scene(active(OLD));
    await looksAt(here, 300_000);
    expect(here.clock.now() - 300_000).toBeLessThanOrEqual(5_000);
  });

  test('are never more than five seconds apart, and no more than are of use', async () => {
    const here = scene(active(OLD));
    here.random = 0.999;
    const looks = await looksAt(here, NEVER_ENDS);
    expect(Math.max(...gaps(looks))).toBeLessThanOrEqual(5_000);
    expect(looks.length).toBeLessThan(200);
  });

  test('grow apart with the time waited', async () => {
    const looks = await looksAt(scene(active(OLD)), 40_000);
    const late = gaps(looks.filter((atMs) => atMs > 20_000));
    for (const gap of late) {
      expect(gap).toBeGreaterThan(1_800);
      expect(gap).toBeLessThan(4_400);
    }
  });

  test('are spread, so that many runs do not look at once', async () => {
    const [early, late] = [scene(active(OLD)), scene(active(OLD))];
    early.random = 0;
    late.random = 0.999;
    expect(await looksAt(early, 20_000)).not.toEqual(await looksAt(late, 20_000));
  });

  test('are never closer than the rate of the account allows', async () => {
    const here = scene(active(OLD));
    here.random = 0;
    const looks = await looksAt(here, NEVER_ENDS, 60_000);
    // The first look decides; the next one follows the start.
    for (const gap of gaps(looks.slice(1))) expect(gap).toBeGreaterThanOrEqual(90);
  });

  test.each([10_000, 60_000, 600_000])(
    'of a run of %d ms end with one shortly before the deadline, none after it',
    async (timeoutMs) => {
      const looks = await looksAt(scene(active(OLD)), NEVER_ENDS, timeoutMs);
      const last = looks.at(-1) ?? 0;
      expect(last).toBeLessThan(timeoutMs);
      expect(timeoutMs - last).toBeLessThanOrEqual(200);
    }
  );

  test('a change that ends just before the deadline is still noticed', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(takes(59_700));
    expect(await here.encrypt({ ...ASKED, timeoutMs: 60_000 })).toMatchObject({ outcome: 'rekeyed' });
  });
});

describe('the looks at an earlier change', () => {
  test('keep to the same pauses', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(NEW), 40_000);
    await here.encrypt(ASKED);
    const pauses = gaps(here.stream.looksMs);
    expect(pauses[0]).toBeLessThan(200);
    expect(here.clock.now() - 40_000).toBeLessThanOrEqual(4_800);
    expect(here.stream.looksMs.length).toBeLessThan(60);
  });

  test('do not make those at our own change rarer', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(OLD), 100_000);
    here.stream.nextStarts(takes(1_000));
    await here.encrypt(ASKED);
    const [start] = here.stream.starts;
    const last = here.stream.looksMs.at(-1) ?? 0;
    expect(last - (start?.atMs ?? 0)).toBeLessThan(1_300);
  });
});

test('a stream that is as asked costs one look', async () => {
  const here = scene(active(NEW));
  await here.encrypt(ASKED);
  expect(here.stream.looksMs).toEqual([0]);
  expect(here.clock.now()).toBe(0);
});
