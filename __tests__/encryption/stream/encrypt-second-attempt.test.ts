import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { disabled, enabled, GRANT_FAILED, grantNotSpread } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { endsAfter, failsWith, succeedsAfter } from '../../support/simulated-stream.ts';
import { type StreamSimulation, simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 5_000 } as const;

/** A delivery stream on the old key whose first change fails after a second because its grant has not spread yet. */
function failingAtFirst(): StreamSimulation {
  const simulation = simulate(enabled(OLD));
  simulation.stream.onNextStarts(endsAfter(1_000, grantNotSpread()));
  return simulation;
}

describe('a change that failed because a grant was missing', () => {
  test('is sent again ten seconds later and reported', async () => {
    const simulation = failingAtFirst();
    simulation.stream.onNextStarts(succeedsAfter(1_000));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'rekeyed', changed: true, key: { id: NEW }, previousKey: { id: OLD } });
    expect(result.message).toContain(GRANT_FAILED);
    expect(simulation.stream.starts).toHaveLength(2);
    expect(simulation.log.join('\n')).toContain('retrying once');
    expect(simulation.clock.now()).toBeGreaterThan(16_900);
  });

  test('fails with the previous key and the remedy if the second attempt fails too', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(endsAfter(1_000, grantNotSpread()), endsAfter(1_000, grantNotSpread()));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toContain('failed again');
    expect(result.message).toContain('Grant it');
    expect(simulation.stream.starts).toHaveLength(2);
  });

  test('is not sent again if the deadline leaves no time for it', async () => {
    const simulation = failingAtFirst();
    expect(await simulation.encrypt({ ...REQUEST, timeoutMs: 16_000 })).toMatchObject({
      outcome: 'failed',
      key: { id: OLD }
    });
    expect(simulation.stream.starts).toHaveLength(1);
  });

  test('still counts as a change of this run if the second attempt is refused', async () => {
    const simulation = simulate(disabled());
    simulation.stream.onNextStarts(endsAfter(1_000, grantNotSpread()), failsWith('refused', 'at most 25 changes'));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'false', key: null });
    expect(result.message).toContain('at most 25 changes');
  });

  test('is reported as failed, not in flight, if the run is cancelled before the second attempt', async () => {
    const simulation = failingAtFirst();
    simulation.cancelAt(5_000);
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'cancelled', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toContain(`The change to ${NEW} failed`);
  });
});
