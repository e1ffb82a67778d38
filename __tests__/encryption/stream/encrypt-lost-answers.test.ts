import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, enabled, enablingFailed } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { answerLost, failsWith, hasNoEffect, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 0 } as const;

describe('a start whose answer was lost', () => {
  test('is not sent again if it was accepted', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(answerLost(succeedsAfter(3_000)));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', changed: true, key: { id: NEW } });
    expect(simulation.stream.starts).toHaveLength(1);
  });

  test('is not sent again if it was accepted but the service still reports the state before it', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(answerLost(succeedsAfter(3_000, { staleMs: 4_000 })));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(simulation.stream.starts).toHaveLength(1);
  });

  test('is proved by the next poll if the change ended immediately', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextStarts(answerLost(reports(active(NEW))));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'enabled',
      changed: true,
      key: { id: NEW },
      previousKey: null
    });
    expect(simulation.stream.starts).toHaveLength(1);
    expect(simulation.stream.describesMs).toHaveLength(2);
    expect(simulation.clock.now()).toBeLessThan(1_000);
  });

  test('fails with the previous key in force if the change failed immediately', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(answerLost(reports(enablingFailed())));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'failed', changed: true, key: { id: OLD } });
    expect(simulation.stream.starts).toHaveLength(1);
  });

  test('is sent again if it has no visible effect for five seconds', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(answerLost(hasNoEffect));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'rekeyed',
      changed: true,
      previousKey: { id: OLD }
    });
    const [first, second] = simulation.stream.starts;
    expect(first?.atMs).toBe(0);
    expect(second?.atMs).toBeGreaterThanOrEqual(5_000);
    expect(second?.atMs).toBeLessThan(6_000);
  });

  test('may take effect until five seconds after the answer was given up', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(async (stream, key, signal) => {
      await simulation.clock.sleep(10_000, signal);
      return answerLost(succeedsAfter(3_000, { staleMs: 2_000 }))(stream, key, signal);
    });
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(simulation.stream.starts).toHaveLength(1);
  });

  test('counts as a change of this run if it takes effect after it was given up', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(answerLost(succeedsAfter(3_000, { staleMs: 5_800 })), failsWith('busy'));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'rekeyed',
      changed: true,
      previousKey: { id: OLD },
      key: { id: NEW }
    });
  });

  test('counts as a change of this run even if the next start is refused', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(answerLost(hasNoEffect), failsWith('refused', 'KMSDisabledException'));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true' });
  });

  test('counts as a change of this run even if the next answer is lost too', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextStarts(answerLost(hasNoEffect), answerLost(succeedsAfter(1_000)));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'enabled', changed: true });
    expect(simulation.stream.starts).toHaveLength(2);
  });
});

describe('a start whose answer was lost, with wait: false', () => {
  test('is started when the change is observed in flight', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(answerLost(succeedsAfter(60_000)));
    const result = await simulation.encrypt({ ...REQUEST, wait: false });
    expect(result).toMatchObject({ outcome: 'started', changed: true });
    expect(result.durationSeconds).toBeLessThan(1);
  });

  test('is started and reports the key in force if the change has already ended', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(answerLost(reports(active(NEW))));
    expect(await simulation.encrypt({ ...REQUEST, wait: false })).toMatchObject({
      outcome: 'started',
      changed: true,
      encrypted: 'true',
      key: { id: NEW },
      previousKey: { id: OLD }
    });
  });

  test('is failed if the change has already failed', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(answerLost(reports(enablingFailed())));
    const result = await simulation.encrypt({ ...REQUEST, wait: false });
    expect(result).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toContain('CREATE_KMS_GRANT_FAILED');
  });
});
