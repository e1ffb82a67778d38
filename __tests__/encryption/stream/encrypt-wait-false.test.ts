import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { NEW, OLD, OLD_ID } from '../../support/account.ts';
import { active, disabled, enabled, enablingFailed, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { simulate } from '../../support/stream-simulation.ts';

describe('wait: false', () => {
  test.each([
    ['a first enabling', active(), { encrypted: 'false', key: null, previousKey: null }],
    ['a key change of Kinesis', active(OLD), { encrypted: 'true', key: { id: OLD }, previousKey: { id: OLD } }],
    ['a first enabling of Firehose', disabled(), { encrypted: 'false', key: null, previousKey: null }],
    ['a key change of Firehose', enabled(OLD), { encrypted: 'unknown', key: { id: OLD }, previousKey: { id: OLD } }]
  ])('does not wait for %s', async (_, observation: Observation, expected) => {
    const simulation = simulate(observation);
    const result = await simulation.encrypt({ wait: false, criteria: targetKey(NEW) });
    expect(result).toMatchObject({ outcome: 'started', changed: true, target: { id: NEW }, ...expected });
    expect(result.durationSeconds).toBe(0);
    expect(simulation.stream.describesMs).toHaveLength(1);
  });

  test('still waits for an earlier change in flight', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.report(active(OLD), 9_000);
    const result = await simulation.encrypt({ wait: false, criteria: targetKey(NEW) });
    expect(result.outcome).toBe('started');
    expect(simulation.stream.starts[0]?.atMs).toBeGreaterThanOrEqual(9_000);
  });

  test('is unchanged for a stream on the target key', async () => {
    const simulation = simulate(active(OLD_ID));
    expect(await simulation.encrypt({ wait: false, criteria: targetKey(OLD) })).toMatchObject({ outcome: 'unchanged' });
  });

  test('is started for a change after an earlier failed attempt', async () => {
    const simulation = simulate(enablingFailed());
    expect(await simulation.encrypt({ wait: false, criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'started',
      changed: true
    });
  });
});
