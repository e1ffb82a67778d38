import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { disabled, enabled, GRANT_FAILED, grantNotKnownYet } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { endsAs, refuses, takes } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 5_000 } as const;

/** A delivery stream on the old key whose first change fails after a second because its grant is not known yet. */
function failingAtFirst(): Scene {
  const here = scene(enabled(OLD));
  here.stream.nextStarts(endsAs(1_000, grantNotKnownYet()));
  return here;
}

describe('a change that failed for want of a grant', () => {
  test('is sent once more ten seconds later, and that is told', async () => {
    const here = failingAtFirst();
    here.stream.nextStarts(takes(1_000));
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'rekeyed', changed: true, key: { id: NEW }, previousKey: { id: OLD } });
    expect(result.message).toContain(GRANT_FAILED);
    expect(here.stream.starts).toHaveLength(2);
    expect(here.log.join('\n')).toContain('retrying once');
    expect(here.clock.now()).toBeGreaterThan(16_900);
  });

  test('that fails again has failed, with the old key in force and what to do', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(endsAs(1_000, grantNotKnownYet()), endsAs(1_000, grantNotKnownYet()));
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toContain('failed again');
    expect(result.message).toContain('Grant it');
    expect(here.stream.starts).toHaveLength(2);
  });

  test('is not sent again where no time is left for it', async () => {
    const here = failingAtFirst();
    expect(await here.encrypt({ ...ASKED, timeoutMs: 16_000 })).toMatchObject({ outcome: 'failed', key: { id: OLD } });
    expect(here.stream.starts).toHaveLength(1);
  });

  test('whose second try is refused stays a change of this run', async () => {
    const here = scene(disabled());
    here.stream.nextStarts(endsAs(1_000, grantNotKnownYet()), refuses('refused', 'at most 25 changes'));
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'false', key: null });
    expect(result.message).toContain('at most 25 changes');
  });

  test('that is cancelled before the second try has failed, and does not go on', async () => {
    const here = failingAtFirst();
    here.cancelAt(5_000);
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'cancelled', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toContain(`The change to ${NEW} failed`);
  });
});
