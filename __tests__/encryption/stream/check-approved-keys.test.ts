import { describe, expect, test } from '@jest/globals';
import {
  ACCOUNT,
  customerKey,
  keyArn,
  NEW,
  NEW_ID,
  OLD,
  OTHER_ACCOUNT,
  STREAM_ARN,
  THIRD
} from '../../support/account.ts';
import { active } from '../../support/observations.ts';
import { approved } from '../../support/requests.ts';
import { simulate } from '../../support/stream-simulation.ts';

describe('approved keys', () => {
  test('resolves a customer alias in force to the key it points to now, and warns', async () => {
    expect(await simulate(active('alias/new')).check({ criteria: approved(OLD, NEW) })).toMatchObject({
      outcome: 'compliant',
      warnings: [expect.stringContaining(`alias/new, which points to ${NEW} now`)]
    });
  });

  test('without kms:DescribeKey, a matching ARN or id is compliant', async () => {
    const simulation = simulate(active(NEW_ID));
    simulation.keys.denyAll();
    expect(await simulation.check({ criteria: approved('alias/old', NEW) })).toMatchObject({ outcome: 'compliant' });
  });

  test('fails and names the permission if an approved key cannot be looked up and no other matches', async () => {
    const simulation = simulate(active(NEW));
    simulation.keys.refuse('alias/old', 'denied', 'not allowed to kms:DescribeKey alias/old');
    expect(await simulation.check({ criteria: approved('alias/old', THIRD) })).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('not allowed to kms:DescribeKey alias/old')
    });
    expect(await simulation.check({ criteria: approved('alias/old', 'alias/new') })).toMatchObject({
      outcome: 'compliant'
    });
  });

  test('treats an approved key that does not exist as another key, and names it', async () => {
    const simulation = simulate(active(NEW));
    const none = await simulation.check({ criteria: approved('alias/gone', OLD) });
    expect(none).toMatchObject({ outcome: 'non-compliant', message: expect.stringContaining('no key alias/gone') });
    const one = await simulation.check({ criteria: approved('alias/gone', 'alias/new') });
    expect(one).toMatchObject({ outcome: 'compliant', warnings: [expect.stringContaining('no key alias/gone')] });
  });

  test('looks up aliases and ids in the account of the credentials, also for a stream of another account', async () => {
    const arn = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
    const key = keyArn(NEW_ID, { account: OTHER_ACCOUNT });
    const simulation = simulate({ ...active(key), arn });
    simulation.keys.add(customerKey(key));
    simulation.keys.add(customerKey(NEW), 'alias/new');
    const stream = { kind: 'kinesis', name: 'orders', arn } as const;
    const ofCredentials = await simulation.check({ stream, criteria: approved('alias/new') });
    expect(ofCredentials).toMatchObject({ outcome: 'non-compliant' });
    expect(simulation.keys.described).toEqual([key, 'alias/new']);
    const byArn = await simulation.check({ stream, criteria: approved(key) });
    expect(byArn).toMatchObject({ outcome: 'compliant' });
  });

  test('cannot judge a key id without kms:DescribeKey if the stream may be in another account', async () => {
    const arn = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
    const stream = { kind: 'kinesis', name: 'orders', arn } as const;
    const simulation = simulate({ ...active(keyArn(NEW_ID, { account: OTHER_ACCOUNT })), arn });
    simulation.keys.denyAll();
    expect(await simulation.check({ stream, criteria: approved(NEW_ID) })).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(`not allowed to kms:DescribeKey ${NEW_ID}`)
    });
  });
});
