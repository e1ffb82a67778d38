import { describe, expect, test } from '@jest/globals';
import { disabledKey, NEW, OLD } from '../../support/account.ts';
import { active, enabled, enabling, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';

describe('mode plan', () => {
  test('sends no write, and says from what to what', async () => {
    const here = scene(active(OLD));
    const result = await here.encrypt({ mode: 'plan', criteria: oneKey('alias/new') });
    expect(here.keysSent).toEqual([]);
    expect(result).toMatchObject({
      outcome: 'planned',
      changed: false,
      encrypted: 'true',
      key: { id: OLD },
      previousKey: { id: OLD },
      target: null,
      message: `is encrypted with ${OLD}; would get ${NEW}`
    });
  });

  test('what is as asked is unchanged', async () => {
    const here = scene(active(NEW));
    expect(await here.encrypt({ mode: 'plan', criteria: oneKey(NEW) })).toMatchObject({ outcome: 'unchanged' });
  });

  test('what encrypt would refuse fails', async () => {
    const here = scene(active(OLD));
    here.keys.add(disabledKey(NEW));
    expect(await here.encrypt({ mode: 'plan', criteria: oneKey(NEW) })).toMatchObject({ outcome: 'failed' });
  });

  test('a change in flight is waited out, and nothing is settled or written', async () => {
    const here = scene(updating());
    here.stream.show(active(NEW), 1_000);
    const result = await here.encrypt({ mode: 'plan', criteria: oneKey(NEW), verifyRecords: true });
    expect(result.outcome).toBe('unchanged');
    expect(result.durationSeconds).toBeLessThan(1.2);
    expect(here.stream.recordsMs).toEqual([]);
  });

  test('a stream that a glob or tags chose is told of as encrypt would treat it', async () => {
    const here = scene(enabling());
    here.stream.show(enabled(), 2_000);
    const result = await here.encrypt({ named: false, criteria: oneKey(NEW), mode: 'plan' });
    expect(result).toMatchObject({ outcome: 'planned', changed: false });
    expect(result.message).toBe(`is encrypted with the AWS owned key; would get ${NEW}`);
  });
});
