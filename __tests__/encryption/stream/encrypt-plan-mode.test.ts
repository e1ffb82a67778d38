import { describe, expect, test } from '@jest/globals';
import { disabledKey, NEW, OLD } from '../../support/account.ts';
import { active, enabled, enabling, enablingFailed, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { simulate } from '../../support/stream-simulation.ts';

describe('mode plan', () => {
  test('sends no write and reports the current and the target key', async () => {
    const simulation = simulate(active(OLD));
    const result = await simulation.encrypt({ mode: 'plan', criteria: targetKey('alias/new') });
    expect(simulation.sentKeyIds).toEqual([]);
    expect(result).toMatchObject({
      outcome: 'planned',
      changed: false,
      encrypted: 'true',
      key: { id: OLD },
      previousKey: { id: OLD },
      target: { id: NEW },
      message: `is encrypted with ${OLD}; would be encrypted with ${NEW}`
    });
  });

  test('says what to fix first if the latest attempt failed', async () => {
    const simulation = simulate(enablingFailed('DISABLED_KMS_KEY: it is disabled'));
    expect(await simulation.encrypt({ mode: 'plan', criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'planned',
      message: `is in status ENABLING_FAILED (DISABLED_KMS_KEY: it is disabled); would be encrypted with ${NEW}. Fix the cause of the failed attempt first: Fix it`
    });
  });

  test('is unchanged for a stream on the target key', async () => {
    const simulation = simulate(active(NEW));
    expect(await simulation.encrypt({ mode: 'plan', criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'unchanged'
    });
  });

  test('fails if mode encrypt would fail', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.add(disabledKey(NEW));
    expect(await simulation.encrypt({ mode: 'plan', criteria: targetKey(NEW) })).toMatchObject({ outcome: 'failed' });
  });

  test('waits for a change in flight, without settling or a record', async () => {
    const simulation = simulate(updating());
    simulation.stream.report(active(NEW), 1_000);
    const result = await simulation.encrypt({ mode: 'plan', criteria: targetKey(NEW), verifyRecords: true });
    expect(result.outcome).toBe('unchanged');
    expect(result.durationSeconds).toBeLessThan(1.2);
    expect(simulation.stream.recordsMs).toEqual([]);
  });

  test('plans the same change as mode encrypt for a stream that a glob or tags selected', async () => {
    const simulation = simulate(enabling());
    simulation.stream.report(enabled(), 2_000);
    const result = await simulation.encrypt({ named: false, criteria: targetKey(NEW), mode: 'plan' });
    expect(result).toMatchObject({ outcome: 'planned', changed: false });
    expect(result.message).toBe(`is encrypted with the AWS owned key; would be encrypted with ${NEW}`);
  });
});
