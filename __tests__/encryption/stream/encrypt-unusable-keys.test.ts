import { describe, expect, test } from '@jest/globals';
import { AWS_MANAGED, customerKey, disabledKey, keyArn, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { active, enabled } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { simulate } from '../../support/stream-simulation.ts';

describe('a target key', () => {
  test.each([
    ['disabled', disabledKey(NEW)],
    ['pending deletion', customerKey(NEW, { state: 'PendingDeletion' })]
  ])('in force but %s is left in force with a warning', async (problem, key) => {
    const simulation = simulate(active(NEW));
    simulation.keys.add(key);
    expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'unchanged',
      warnings: [expect.stringContaining(`${NEW} is ${problem}`)]
    });
  });

  test.each([
    ['disabled', disabledKey(NEW)],
    ['pending deletion', customerKey(NEW, { state: 'PendingDeletion' })],
    ['asymmetric', customerKey(NEW, { spec: 'RSA_2048' })],
    ['for signing', customerKey(NEW, { usage: 'SIGN_VERIFY' })],
    ['of another region', customerKey(keyArn(NEW_ID, { region: 'us-east-1' }))]
  ])('not in force and %s fails before a change is sent', async (_, key) => {
    const simulation = simulate(active(OLD));
    simulation.keys.add(key);
    expect(await simulation.encrypt({ criteria: targetKey(NEW_ID) })).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'true',
      key: { id: OLD },
      message: expect.stringContaining('No change was sent')
    });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('that does not exist fails before a change is sent', async () => {
    const simulation = simulate(active());
    expect(await simulation.encrypt({ criteria: targetKey('alias/nowhere') })).toMatchObject({
      outcome: 'failed',
      encrypted: 'false',
      message: 'there is no key alias/nowhere'
    });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test.each([
    ['Kinesis', active(OLD)],
    ['Firehose', enabled(OLD)]
  ])('that is an AWS managed key fails with key-type customer-managed (%s)', async (_, observation) => {
    const simulation = simulate(observation);
    const result = await simulation.encrypt({ criteria: targetKey(AWS_MANAGED, true) });
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining('customer-managed') });
    expect(simulation.sentKeyIds).toEqual([]);
  });
});
