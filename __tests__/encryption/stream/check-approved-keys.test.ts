import { describe, expect, test } from '@jest/globals';
import {
  ACCOUNT,
  aliasArn,
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
import { scene } from '../../support/scene.ts';

describe('approved keys', () => {
  test('a customer alias in force is judged by the key it points to now, with a warning', async () => {
    expect(await scene(active('alias/new')).check({ criteria: approved(OLD, NEW) })).toMatchObject({
      outcome: 'compliant',
      warnings: [expect.stringContaining(`alias/new, which points to ${NEW} now`)]
    });
  });

  test('without kms:DescribeKey an ARN or id that certainly is the same is compliant', async () => {
    const here = scene(active(NEW_ID));
    here.keys.denyAll();
    expect(await here.check({ criteria: approved('alias/old', NEW) })).toMatchObject({ outcome: 'compliant' });
  });

  test('where KMS denies an approved one, and none is the same: failed, and the permission is named', async () => {
    const here = scene(active(NEW));
    here.keys.refuse('alias/old', 'denied', 'not allowed to kms:DescribeKey alias/old');
    expect(await here.check({ criteria: approved('alias/old', THIRD) })).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('not allowed to kms:DescribeKey alias/old')
    });
    expect(await here.check({ criteria: approved('alias/old', 'alias/new') })).toMatchObject({ outcome: 'compliant' });
  });

  test('one that KMS does not know counts as another, and is named', async () => {
    const here = scene(active(NEW));
    const none = await here.check({ criteria: approved('alias/gone', OLD) });
    expect(none).toMatchObject({ outcome: 'non-compliant', message: expect.stringContaining('no key alias/gone') });
    const one = await here.check({ criteria: approved('alias/gone', 'alias/new') });
    expect(one).toMatchObject({ outcome: 'compliant', warnings: [expect.stringContaining('no key alias/gone')] });
  });

  test("a stream of another account's, which its ARN reaches: aliases and ids are of that account", async () => {
    const arn = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
    const key = keyArn(NEW_ID, { account: OTHER_ACCOUNT });
    const alias = aliasArn('alias/new', { account: OTHER_ACCOUNT });
    const here = scene({ ...active(key), arn });
    here.keys.add(customerKey(key), 'alias/new');
    here.keys.add(customerKey(NEW), 'alias/new');
    const stream = { kind: 'kinesis', name: 'orders', arn } as const;
    expect(await here.check({ stream, criteria: approved('alias/new') })).toMatchObject({ outcome: 'compliant' });
    expect(here.keys.described).toEqual([key, alias]);
  });
});
