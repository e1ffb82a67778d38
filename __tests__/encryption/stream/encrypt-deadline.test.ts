import { describe, expect, test } from '@jest/globals';
import { NEW, NEW_ID, OLD } from '../../support/account.ts';
import { active, enabled, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { failsWith, hangs, hasNoEffect, NEVER_ENDS, succeedsAfter } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW) } as const;

describe('the deadline', () => {
  test('times out if no time is left to settle, although the key is in force', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(succeedsAfter(7_000));
    const result = await simulation.encrypt({ ...REQUEST, timeoutMs: 10_000 });
    expect(result).toMatchObject({
      outcome: 'timed-out',
      changed: true,
      encrypted: 'true',
      status: 'ACTIVE',
      key: { id: NEW },
      previousKey: { id: OLD },
      durationSeconds: 10
    });
    expect(result.message).toContain(`The change to ${NEW} ended`);
  });

  test("times out if no time is left to settle after another run's change", async () => {
    const simulation = simulate(updating());
    simulation.stream.report(active(NEW), 7_000);
    expect(await simulation.encrypt({ ...REQUEST, timeoutMs: 10_000 })).toMatchObject({
      outcome: 'timed-out',
      changed: false,
      encrypted: 'true',
      key: { id: NEW }
    });
  });

  test('reports a change in flight if it passes before another key counts as the end', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(hasNoEffect);
    expect(await simulation.encrypt({ ...REQUEST, timeoutMs: 4_000, settleMs: 0 })).toMatchObject({
      outcome: 'timed-out',
      changed: true,
      encrypted: 'unknown',
      key: { id: OLD }
    });
  });

  test('does not run while the first request waits for the rate limiter', async () => {
    const simulation = simulate(active(NEW));
    simulation.stream.beforeReady = (signal) => simulation.clock.sleep(90_000, signal);
    const result = await simulation.encrypt({ ...REQUEST, timeoutMs: 60_000 });
    expect(result).toMatchObject({ outcome: 'unchanged', durationSeconds: 0 });
  });

  test('includes the wait for an earlier change', async () => {
    const simulation = simulate(updating());
    simulation.stream.report(active(), 50_000);
    simulation.stream.onNextStarts(succeedsAfter(20_000));
    expect(await simulation.encrypt({ ...REQUEST, timeoutMs: 60_000 })).toMatchObject({
      outcome: 'timed-out',
      changed: true,
      durationSeconds: 60
    });
  });

  test('does not report an error that a retry resolved', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.onNextDescribes(failsWith('throttled', 'Rate exceeded'));
    const { message } = await simulation.encrypt({ ...REQUEST, timeoutMs: 60_000 });
    expect(message).not.toContain('Rate exceeded');
  });

  test('reports that the change may have been sent if it passes while the start is unanswered', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((_stream, _key, signal) => hangs(signal).catch(failsWith('unanswered')));
    expect(await simulation.encrypt({ ...REQUEST, timeoutMs: 60_000 })).toMatchObject({
      outcome: 'timed-out',
      changed: true
    });
  });

  test('is followed by no poll', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextStarts(succeedsAfter(NEVER_ENDS));
    await simulation.encrypt({ ...REQUEST, timeoutMs: 60_000 });
    expect(Math.max(...simulation.stream.describesMs)).toBeLessThan(60_000);
  });

  test('is reported with its fraction of a second', async () => {
    const simulation = simulate(updating());
    const result = await simulation.encrypt({ timeoutMs: 1_500, settleMs: 0 });
    expect(result.message).toContain('did not finish within 1.5 s');
  });

  test('reports the last answer of the service even if KMS does not answer in time', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream) => {
      simulation.keys.onNextDescribes(hangs);
      stream.report(active(NEW_ID));
    });
    const result = await simulation.encrypt({ ...REQUEST, timeoutMs: 20_000 });
    expect(result).toMatchObject({ outcome: 'timed-out', changed: true, encrypted: 'true', key: { id: NEW_ID } });
    expect(result.message).toContain(`The change to ${NEW} ended`);
  });
});
