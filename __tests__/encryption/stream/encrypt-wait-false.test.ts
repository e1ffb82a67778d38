import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { NEW, OLD, OLD_ID } from '../../support/account.ts';
import { active, disabled, enabled, enablingFailed, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';

describe('wait: false', () => {
  test.each([
    ['a first enabling', active(), { encrypted: 'false', key: null, previousKey: null }],
    ['a key change of Kinesis', active(OLD), { encrypted: 'true', key: { id: OLD }, previousKey: { id: OLD } }],
    ['a first enabling of Firehose', disabled(), { encrypted: 'false', key: null, previousKey: null }],
    ['a key change of Firehose', enabled(OLD), { encrypted: 'unknown', key: { id: OLD }, previousKey: { id: OLD } }]
  ])('%s is started, and not waited for', async (_, look: Observation, told) => {
    const here = scene(look);
    const result = await here.encrypt({ wait: false, criteria: oneKey(NEW) });
    expect(result).toMatchObject({ outcome: 'started', changed: true, target: { id: NEW }, ...told });
    expect(result.durationSeconds).toBe(0);
    expect(here.stream.looksMs).toHaveLength(1);
  });

  test('an earlier change in flight is still waited out first', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(OLD), 9_000);
    const result = await here.encrypt({ wait: false, criteria: oneKey(NEW) });
    expect(result.outcome).toBe('started');
    expect(here.stream.starts[0]?.atMs).toBeGreaterThanOrEqual(9_000);
  });

  test('what is as asked is unchanged', async () => {
    const here = scene(active(OLD_ID));
    expect(await here.encrypt({ wait: false, criteria: oneKey(OLD) })).toMatchObject({ outcome: 'unchanged' });
  });

  test('a change that is accepted after an earlier attempt had failed is started', async () => {
    const here = scene(enablingFailed());
    expect(await here.encrypt({ wait: false, criteria: oneKey(NEW) })).toMatchObject({
      outcome: 'started',
      changed: true
    });
  });
});
