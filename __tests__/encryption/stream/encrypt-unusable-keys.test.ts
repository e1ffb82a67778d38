import { describe, expect, test } from '@jest/globals';
import { AWS_MANAGED, customerKey, disabledKey, keyArn, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { active, enabled } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';

describe('a key asked for', () => {
  test.each([
    ['disabled', disabledKey(NEW)],
    ['pending deletion', customerKey(NEW, { enabled: false, state: 'PendingDeletion' })]
  ])('that is in force but %s is left so, with a warning', async (problem, key) => {
    const here = scene(active(NEW));
    here.keys.add(key);
    expect(await here.encrypt({ criteria: oneKey(NEW) })).toMatchObject({
      outcome: 'unchanged',
      warnings: [expect.stringContaining(`${NEW} is ${problem}`)]
    });
  });

  test.each([
    ['disabled', disabledKey(NEW)],
    ['pending deletion', customerKey(NEW, { enabled: false, state: 'PendingDeletion' })],
    ['asymmetric', customerKey(NEW, { spec: 'RSA_2048' })],
    ['for signing', customerKey(NEW, { usage: 'SIGN_VERIFY' })],
    ['of another region', customerKey(keyArn(NEW_ID, { region: 'us-east-1' }))]
  ])('that is new and %s is found before a change is spent on it', async (_, key) => {
    const here = scene(active(OLD));
    here.keys.add(key);
    expect(await here.encrypt({ criteria: oneKey(NEW_ID) })).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'true',
      key: { id: OLD },
      message: expect.stringContaining('No change was sent')
    });
    expect(here.keysSent).toEqual([]);
  });

  test('that does not exist is failed, and nothing is sent', async () => {
    const here = scene(active());
    expect(await here.encrypt({ criteria: oneKey('alias/nowhere') })).toMatchObject({
      outcome: 'failed',
      encrypted: 'false',
      message: 'there is no key alias/nowhere'
    });
    expect(here.keysSent).toEqual([]);
  });

  test.each([
    ['Kinesis', active(OLD)],
    ['Firehose', enabled(OLD)]
  ])('that is an AWS managed key by its ARN is an error of %s where customer-managed is asked', async (_, look) => {
    const here = scene(look);
    const result = await here.encrypt({ criteria: oneKey(AWS_MANAGED, true) });
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining('customer-managed') });
    expect(here.keysSent).toEqual([]);
  });
});
