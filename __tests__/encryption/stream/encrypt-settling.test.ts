import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, enabled, enablingFailed, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { FIRST_POLL_MS, reports } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW) } as const;

describe('settling', () => {
  test.each([0, 5_000, 60_000])('lasts %d ms after the change is proved', async (settleMs) => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(reports(active(NEW)));
    expect(await simulation.encrypt({ ...REQUEST, settleMs })).toMatchObject({ outcome: 'rekeyed' });
    expect(simulation.clock.now()).toBe(FIRST_POLL_MS + settleMs);
  });

  test("follows another run's change", async () => {
    const simulation = simulate(updating());
    simulation.stream.report(active(NEW), 100);
    expect(await simulation.encrypt({ ...REQUEST, settleMs: 5_000 })).toMatchObject({ outcome: 'unchanged' });
    expect(simulation.clock.now()).toBe(5_100);
  });

  test('follows a change in mode check', async () => {
    const simulation = simulate(updating());
    simulation.stream.report(active(NEW), 100);
    expect(await simulation.check({ ...REQUEST, settleMs: 5_000 })).toMatchObject({ outcome: 'compliant' });
    expect(simulation.clock.now()).toBe(5_100);
  });

  test('is skipped if nothing changed', async () => {
    const simulation = simulate(active(NEW));
    await simulation.encrypt({ ...REQUEST, settleMs: 5_000 });
    await simulation.check({ ...REQUEST, settleMs: 5_000 });
    expect(simulation.clock.now()).toBe(0);
  });

  test('is skipped if the change failed', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(reports(enablingFailed()));
    expect(await simulation.encrypt({ ...REQUEST, settleMs: 5_000 })).toMatchObject({ outcome: 'failed' });
    expect(simulation.clock.now()).toBe(FIRST_POLL_MS);
  });

  test('succeeds if it ends just before the deadline', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(reports(active(NEW)));
    expect(await simulation.encrypt({ ...REQUEST, settleMs: 5_000, timeoutMs: FIRST_POLL_MS + 5_001 })).toMatchObject({
      outcome: 'rekeyed'
    });
  });

  test('is skipped if a check is non-compliant after a change', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.report(active(OLD), 1_000);
    const result = await simulation.check({ criteria: targetKey(NEW), settleMs: 60_000 });
    expect(result).toMatchObject({ outcome: 'non-compliant', warnings: [] });
    expect(result.durationSeconds).toBeLessThan(2);
  });
});
