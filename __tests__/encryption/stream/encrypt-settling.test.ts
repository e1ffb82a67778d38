import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, enabled, enablingFailed, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { FIRST_LOOK_MS, shows } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW) } as const;

describe('settling', () => {
  test.each([0, 5_000, 60_000])('waits %d ms more after the change is proved', async (settleMs) => {
    const here = scene(active(OLD));
    here.stream.nextStarts(shows(active(NEW)));
    expect(await here.encrypt({ ...ASKED, settleMs })).toMatchObject({ outcome: 'rekeyed' });
    expect(here.clock.now()).toBe(FIRST_LOOK_MS + settleMs);
  });

  test("waits after another's change that was waited out", async () => {
    const here = scene(updating());
    here.stream.show(active(NEW), 100);
    expect(await here.encrypt({ ...ASKED, settleMs: 5_000 })).toMatchObject({ outcome: 'unchanged' });
    expect(here.clock.now()).toBe(5_100);
  });

  test('waits in mode check after a change that was waited out', async () => {
    const here = scene(updating());
    here.stream.show(active(NEW), 100);
    expect(await here.check({ ...ASKED, settleMs: 5_000 })).toMatchObject({ outcome: 'compliant' });
    expect(here.clock.now()).toBe(5_100);
  });

  test('is not needed where nothing changed', async () => {
    const here = scene(active(NEW));
    await here.encrypt({ ...ASKED, settleMs: 5_000 });
    await here.check({ ...ASKED, settleMs: 5_000 });
    expect(here.clock.now()).toBe(0);
  });

  test('is not needed where the change failed', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(shows(enablingFailed()));
    expect(await here.encrypt({ ...ASKED, settleMs: 5_000 })).toMatchObject({ outcome: 'failed' });
    expect(here.clock.now()).toBe(FIRST_LOOK_MS);
  });

  test('that just fits inside the timeout ends well', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(shows(active(NEW)));
    expect(await here.encrypt({ ...ASKED, settleMs: 5_000, timeoutMs: FIRST_LOOK_MS + 5_001 })).toMatchObject({
      outcome: 'rekeyed'
    });
  });

  test('is not needed where a check ends badly after a change that was waited out', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(OLD), 1_000);
    const result = await here.check({ criteria: oneKey(NEW), settleMs: 60_000 });
    expect(result).toMatchObject({ outcome: 'non-compliant', warnings: [] });
    expect(result.durationSeconds).toBeLessThan(2);
  });
});
