import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, AWS_ALIAS, NEW, NEW_ID, OLD, OTHER_ACCOUNT, STREAM_ARN } from '../../support/account.ts';
import { active, disabled, enabled } from '../../support/observations.ts';
import { AWS_OWNED, targetKey } from '../../support/requests.ts';
import { simulate } from '../../support/stream-simulation.ts';

describe('without kms:DescribeKey', () => {
  test.each([
    ['target ARN in force', active(NEW), NEW],
    ['target id in force', active(NEW_ID), NEW_ID],
    ['ARN of the target id in force', active(NEW), NEW_ID],
    ['target ARN in force', enabled(NEW), NEW]
  ])('is unchanged if the key in force is certain: %s', async (_, observation, target) => {
    const simulation = simulate(observation);
    simulation.keys.denyAll();
    expect(await simulation.encrypt({ criteria: targetKey(target) })).toMatchObject({ outcome: 'unchanged' });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test.each([
    ['not encrypted', active(), 'enabled'],
    ['another ARN in force', active(OLD), 'rekeyed'],
    ['an alias in force', active('alias/old'), 'rekeyed'],
    ['the AWS key in force', active(AWS_ALIAS), 'rekeyed'],
    ['not encrypted', disabled(), 'enabled'],
    ['another ARN in force', enabled(OLD), 'rekeyed']
  ])('puts a key ARN in force: %s', async (_, observation, outcome) => {
    const simulation = simulate(observation);
    simulation.keys.denyAll();
    expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({ outcome, key: { id: NEW } });
    expect(simulation.sentKeyIds).toEqual([NEW]);
  });

  test('fails and names the permission if the target is a key id and the stream may be in another account', async () => {
    const arn = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
    const simulation = simulate({ ...active(OLD), arn });
    simulation.keys.denyAll();
    const stream = { kind: 'kinesis', name: 'orders', arn } as const;
    expect(await simulation.encrypt({ stream, criteria: targetKey(NEW_ID) })).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: expect.stringContaining(`kms:DescribeKey ${NEW_ID}`)
    });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('fails and names the permission if the target is an alias', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.denyAll();
    expect(await simulation.encrypt({ criteria: targetKey('alias/new') })).toMatchObject({
      outcome: 'failed',
      changed: false,
      message: expect.stringContaining('kms:DescribeKey alias/new')
    });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('fails and names the permission if the target is the AWS key and Kinesis reports a key ARN', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.denyAll();
    expect(await simulation.encrypt({ criteria: AWS_OWNED })).toMatchObject({
      outcome: 'failed',
      encrypted: 'true',
      message: expect.stringContaining(`kms:DescribeKey ${OLD}`)
    });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('is unchanged for an encrypted stream if any key is required', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.denyAll();
    expect(await simulation.encrypt()).toMatchObject({ outcome: 'unchanged', key: { type: null, id: OLD } });
  });
});
