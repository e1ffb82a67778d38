import { describe, expect, test } from '@jest/globals';
import { AWS_ALIAS, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { active, disabled, enabled } from '../../support/observations.ts';
import { AWS_OWNED, oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';

describe('without kms:DescribeKey', () => {
  test.each([
    ['the ARN asked is in force', active(NEW), NEW],
    ['the id asked is in force', active(NEW_ID), NEW_ID],
    ['the ARN is in force and its id is asked', active(NEW), NEW_ID],
    ['the ARN asked is in force', enabled(NEW), NEW]
  ])('%s: certain, so unchanged', async (_, look, criteria) => {
    const here = scene(look);
    here.keys.denyAll();
    expect(await here.encrypt({ criteria: oneKey(criteria) })).toMatchObject({ outcome: 'unchanged' });
    expect(here.keysSent).toEqual([]);
  });

  test.each([
    ['not encrypted', active(), 'enabled'],
    ['another ARN in force', active(OLD), 'rekeyed'],
    ['an alias in force', active('alias/old'), 'rekeyed'],
    ['the AWS key in force', active(AWS_ALIAS), 'rekeyed'],
    ['not encrypted', disabled(), 'enabled'],
    ['another ARN in force', enabled(OLD), 'rekeyed']
  ])('a key ARN can be set: %s', async (_, look, outcome) => {
    const here = scene(look);
    here.keys.denyAll();
    expect(await here.encrypt({ criteria: oneKey(NEW) })).toMatchObject({ outcome, key: { id: NEW } });
    expect(here.keysSent).toEqual([NEW]);
  });

  test('an alias asked cannot be judged: failed, and the permission is named', async () => {
    const here = scene(active(OLD));
    here.keys.denyAll();
    expect(await here.encrypt({ criteria: oneKey('alias/new') })).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: expect.stringContaining('kms:DescribeKey alias/new')
    });
    expect(here.keysSent).toEqual([]);
  });

  test('the AWS key asked on Kinesis, a key ARN in force: failed, and the permission is named', async () => {
    const here = scene(active(OLD));
    here.keys.denyAll();
    expect(await here.encrypt({ criteria: AWS_OWNED })).toMatchObject({
      outcome: 'failed',
      encrypted: 'true',
      message: expect.stringContaining(`kms:DescribeKey ${OLD}`)
    });
    expect(here.keysSent).toEqual([]);
  });

  test('nothing asked: an encrypted stream stays as it is', async () => {
    const here = scene(active(OLD));
    here.keys.denyAll();
    expect(await here.encrypt()).toMatchObject({ outcome: 'unchanged', key: { type: null, id: OLD } });
  });
});
