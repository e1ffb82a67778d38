import { describe, expect, test } from '@jest/globals';
import type { FromKey, Observation, StreamRequest } from '../../../src/encryption/model.ts';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  awsManagedKey,
  customerKey,
  disabledKey,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  THIRD,
  THIRD_ID
} from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  grantNotSpread,
  suspended,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { AWS_OWNED, fromKeys, targetKey } from '../../support/requests.ts';
import { endsAfter } from '../../support/simulated-stream.ts';
import { type StreamSimulation, simulate } from '../../support/stream-simulation.ts';

/** A simulation in which the old and the new key have two aliases each. */
function simulateWithAliases(observation: Observation): StreamSimulation {
  const simulation = simulate(observation);
  simulation.keys.add(customerKey(OLD), 'alias/old', 'alias/other-old');
  simulation.keys.add(customerKey(NEW), 'alias/new', 'alias/other-new');
  return simulation;
}

/** A request that moves streams off these keys to `NEW`. */
function moveOff(from: readonly FromKey[], overrides: Partial<StreamRequest> = {}): Partial<StreamRequest> {
  return { criteria: targetKey(NEW), from, ...overrides };
}

describe('a stream on one of the keys of from-key-id', () => {
  test.each([
    ['given by its ARN, ARN reported', active(OLD), fromKeys(OLD)],
    ['given by its id, ARN reported', active(OLD), fromKeys(OLD_ID)],
    ['given by its ARN, id reported', active(OLD_ID), fromKeys(OLD)],
    ['given by an alias, ARN reported', active(OLD), fromKeys('alias/old')],
    ['given by an alias ARN, ARN reported', enabled(OLD), fromKeys(aliasArn('alias/old'))],
    ['given by its ARN, alias reported', active('alias/old'), fromKeys(OLD)],
    ['given by the same alias', active('alias/old'), fromKeys('alias/old')],
    ['given by the same alias, alias ARN reported', active(aliasArn('alias/old')), fromKeys('alias/old')],
    ['given by the same alias as an ARN', active('alias/old'), fromKeys(aliasArn('alias/old'))],
    ['given by another alias', active('alias/old'), fromKeys('alias/other-old')],
    ['one of several', active(OLD), fromKeys(THIRD, 'alias/old')],
    ['the AWS key', active(AWS_ALIAS), fromKeys('aws-owned')],
    ['the AWS key, ARN reported', active(AWS_MANAGED), fromKeys('aws-owned')],
    ['the AWS owned key of Firehose', enabled(), fromKeys('aws-owned')],
    ['the AWS alias for Kinesis', active(AWS_ALIAS), fromKeys(AWS_ALIAS)],
    ['the AWS managed key given by its ARN, alias reported', active(AWS_ALIAS), fromKeys(AWS_MANAGED)],
    ['any key', active(OLD), fromKeys('any')],
    ['any key', active(AWS_ALIAS), fromKeys('any')]
  ])('is moved (%s): %#', async (_, observation, from) => {
    for (const named of [true, false]) {
      const simulation = simulateWithAliases(observation);
      const plan = await simulation.encrypt(moveOff(from, { named, mode: 'plan' }));
      expect(plan).toMatchObject({ outcome: 'planned', changed: false, warnings: [] });
      const result = await simulation.encrypt(moveOff(from, { named }));
      expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW }, warnings: [] });
      expect(simulation.sentKeyIds).toEqual([NEW]);
    }
  });

  test.each([
    ['disabled', disabledKey(OLD)],
    ['pending deletion', customerKey(OLD, { state: 'PendingDeletion' })]
  ])('is moved even if that key is %s', async (_, key) => {
    for (const from of [fromKeys(OLD), fromKeys('alias/old')]) {
      const simulation = simulateWithAliases(active(OLD));
      simulation.keys.add(key, 'alias/old');
      expect(await simulation.encrypt(moveOff(from))).toMatchObject({ outcome: 'rekeyed' });
    }
  });

  test('is moved even if the key or alias no longer exists', async () => {
    for (const id of [OLD, OLD_ID, 'alias/gone']) {
      const simulation = simulateWithAliases(active(id));
      simulation.keys.refuse(id, 'missing', `there is no key ${id}`);
      expect(await simulation.encrypt(moveOff(fromKeys(id)))).toMatchObject({ outcome: 'rekeyed' });
    }
  });

  test('is moved without kms:DescribeKey if the ARN, the id or the alias is the same', async () => {
    for (const [observation, from] of [
      [active(OLD), fromKeys(OLD_ID)],
      [active(OLD_ID), fromKeys(THIRD, OLD)],
      [active('alias/old'), fromKeys(aliasArn('alias/old'))],
      [active(AWS_ALIAS), fromKeys('aws-owned')],
      [enabled(OLD), fromKeys(OLD)]
    ] as const) {
      const simulation = simulateWithAliases(observation);
      simulation.keys.denyAll();
      expect(await simulation.encrypt(moveOff(from))).toMatchObject({ outcome: 'rekeyed' });
      expect(simulation.sentKeyIds).toEqual([NEW]);
    }
  });

  test('is moved to the AWS key', async () => {
    const simulation = simulateWithAliases(active(OLD));
    expect(await simulation.encrypt({ criteria: AWS_OWNED, from: fromKeys(OLD) })).toMatchObject({
      outcome: 'rekeyed'
    });
    expect(simulation.sentKeyIds).toEqual([AWS_ALIAS]);
  });

  test.each([enablingFailed(), suspended()])(
    'is moved from the status $status if from-key-id is any',
    async (observation) => {
      const simulation = simulateWithAliases(observation);
      expect(await simulation.encrypt(moveOff(fromKeys('any'), { named: false }))).toMatchObject({
        outcome: 'rekeyed'
      });
    }
  );

  test('gets a second attempt after a failed grant: the stream is still on its previous key', async () => {
    const simulation = simulateWithAliases(enabled(OLD));
    simulation.stream.onNextStarts(endsAfter(1_000, grantNotSpread()));
    const result = await simulation.encrypt(moveOff(fromKeys(OLD), { named: false }));
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKey: { id: OLD } });
    expect(simulation.sentKeyIds).toEqual([NEW, NEW]);
  });
});

describe('a stream that is already on the target key', () => {
  test.each([
    ['its ARN', active(NEW), targetKey(NEW), fromKeys(OLD)],
    ['its id', active(NEW_ID), targetKey('alias/new'), fromKeys('any')],
    ['the AWS key', active(AWS_ALIAS), AWS_OWNED, fromKeys('alias/old')]
  ])('is unchanged, whatever from-key-id is: %s', async (_, observation, criteria, from) => {
    const simulation = simulateWithAliases(observation);
    expect(await simulation.encrypt({ criteria, from, named: false })).toMatchObject({
      outcome: 'unchanged',
      warnings: []
    });
  });
});

describe('a stream on another key than those of from-key-id', () => {
  test.each([
    ['not encrypted', active(), fromKeys(OLD)],
    ['not encrypted, from-key-id any', disabled(), fromKeys('any')],
    ['on another customer key', active(THIRD), fromKeys(OLD)],
    ['on another customer key, id reported', active(THIRD_ID), fromKeys(OLD_ID, 'alias/old')],
    ['on another customer key, alias reported', active('alias/third'), fromKeys(OLD, 'alias/old')],
    ['on another customer key, from-key-id aws-owned', active(THIRD), fromKeys('aws-owned')],
    ['on the AWS key', active(AWS_ALIAS), fromKeys(OLD, 'alias/old')],
    ['on the AWS owned key of Firehose', enabled(), fromKeys(OLD, AWS_MANAGED, AWS_ALIAS)],
    ['on an alias of the target key', active('alias/new'), fromKeys(OLD)]
  ])('is skipped without a warning: %s', async (_, observation, from) => {
    for (const [named, mode] of [
      [true, 'encrypt'],
      [false, 'encrypt'],
      [true, 'plan']
    ] as const) {
      const simulation = simulateWithAliases(observation);
      const result = await simulation.encrypt(moveOff(from, { named, mode }));
      expect(simulation.sentKeyIds).toEqual([]);
      expect(result).toMatchObject({
        outcome: 'skipped',
        changed: false,
        encrypted: observation.encrypted,
        warnings: []
      });
    }
  });

  test('is skipped with a message that names its key', async () => {
    const fromOld = moveOff(fromKeys(OLD));
    expect((await simulateWithAliases(active(THIRD)).encrypt(fromOld)).message).toBe(
      `the stream is encrypted with ${THIRD}, which is not in from-key-id: not changed`
    );
    expect((await simulateWithAliases(enabled()).encrypt(fromOld)).message).toBe(
      'the stream is encrypted with the AWS owned key, which is not in from-key-id: not changed'
    );
    expect((await simulateWithAliases(active()).encrypt(fromOld)).message).toBe(
      'the stream is not encrypted, so it is on none of the keys in from-key-id'
    );
  });

  test('is skipped if its key or the key of from-key-id no longer exists', async () => {
    for (const [id, old] of [
      [OLD, 'alias/gone'],
      ['alias/gone', OLD],
      ['alias/gone', 'alias/old']
    ] as const) {
      const simulation = simulateWithAliases(active(id));
      simulation.keys.refuse(id, 'missing', `there is no key ${id}`);
      expect(await simulation.encrypt(moveOff(fromKeys(old)))).toMatchObject({ outcome: 'skipped' });
    }
  });

  test('is skipped without kms:DescribeKey if its ARN or id is another one', async () => {
    for (const observation of [active(THIRD), active(THIRD_ID), enabled(THIRD)]) {
      const simulation = simulateWithAliases(observation);
      simulation.keys.denyAll();
      expect(await simulation.encrypt(moveOff(fromKeys(OLD, OLD_ID)))).toMatchObject({ outcome: 'skipped' });
    }
  });

  test('is skipped if another change moved it there during the run', async () => {
    const simulation = simulateWithAliases(updating(OLD));
    simulation.stream.report(active(THIRD), 3_000);
    expect(await simulation.encrypt(moveOff(fromKeys(OLD)))).toMatchObject({ outcome: 'skipped', key: { id: THIRD } });
  });

  test('is skipped even if the target key could not be put in force', async () => {
    const simulation = simulateWithAliases(active(THIRD));
    simulation.keys.add(disabledKey(NEW));
    expect(await simulation.encrypt(moveOff(fromKeys(OLD)))).toMatchObject({ outcome: 'skipped' });
  });
});

describe('a stream that may be on one of the keys of from-key-id', () => {
  test.each([
    ['an alias in force', active('alias/x'), fromKeys(OLD), 'alias/x', 'alias/x'],
    ['an alias in from-key-id', active(THIRD), fromKeys('alias/x'), THIRD, 'alias/x'],
    ['an ARN in force, from-key-id aws-owned', active(OLD), fromKeys('aws-owned'), OLD, OLD],
    ['the AWS key in force, an ARN in from-key-id', active(AWS_ALIAS), fromKeys(OLD), AWS_ALIAS, OLD]
  ])('fails without kms:DescribeKey and names the permission: %s', async (_, observation, from, inForce, denied) => {
    const simulation = simulateWithAliases(observation);
    simulation.keys.denyAll();
    const result = await simulation.encrypt(moveOff(from, { named: false }));
    expect(simulation.sentKeyIds).toEqual([]);
    expect(result).toMatchObject({ outcome: 'failed', changed: false });
    expect(result.message).toContain(`cannot determine whether ${inForce} is one of from-key-id`);
    expect(result.message).toContain(`not allowed to kms:DescribeKey ${denied}`);
  });

  test('is moved if another key of from-key-id certainly matches', async () => {
    const simulation = simulateWithAliases(active(OLD));
    simulation.keys.refuse('alias/x', 'denied', 'not allowed to kms:DescribeKey alias/x');
    expect(await simulation.encrypt(moveOff(fromKeys('alias/x', OLD)))).toMatchObject({ outcome: 'rekeyed' });
    const other = simulateWithAliases(active(THIRD));
    other.keys.refuse('alias/x', 'denied', 'not allowed to kms:DescribeKey alias/x');
    expect(await other.encrypt(moveOff(fromKeys('alias/x', OLD)))).toMatchObject({ outcome: 'failed' });
  });

  test.each([enablingFailed(), suspended(), unknownStatus()])(
    'fails in the status $status and states the remedy',
    async (observation) => {
      for (const named of [true, false]) {
        const simulation = simulateWithAliases(observation);
        const result = await simulation.encrypt(moveOff(fromKeys(OLD, 'aws-owned'), { named }));
        expect(simulation.sentKeyIds).toEqual([]);
        expect(result).toMatchObject({ outcome: 'failed', changed: false, encrypted: 'unknown' });
        expect(result.message).toContain(`the status ${observation.status}`);
        expect(result.message).toContain('set from-key-id: any to change it anyway');
      }
    }
  );

  test('fails if the service reports no key id', async () => {
    const simulation = simulateWithAliases({ ...active(OLD), key: null });
    expect(await simulation.encrypt(moveOff(fromKeys(OLD)))).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('whether an unidentified key is one of from-key-id')
    });
  });

  test('fails if the service reports no key id, whatever key the stream may be moved off', async () => {
    const simulation = simulateWithAliases({ ...active(OLD), key: null });
    expect(await simulation.encrypt(moveOff(fromKeys('any')))).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('whether an unidentified key is the target key')
    });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('fails if the key in force may be the AWS key, which is the target', async () => {
    const simulation = simulateWithAliases(active(OLD));
    simulation.keys.denyAll();
    const result = await simulation.encrypt({ criteria: AWS_OWNED, from: fromKeys(OLD) });
    expect(result).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(`whether ${OLD} is the target key`)
    });
    expect(simulation.sentKeyIds).toEqual([]);
  });
});

describe('an alias or AWS managed key of from-key-id that may be the target key', () => {
  test('does not fail a stream that certainly is on it if it cannot be looked up', async () => {
    const simulation = simulateWithAliases(active('alias/new'));
    simulation.keys.denyAll();
    expect(await simulation.encrypt(moveOff(fromKeys('alias/new')))).toMatchObject({ outcome: 'rekeyed' });
    expect(simulation.sentKeyIds).toEqual([NEW]);
  });

  test('does not include the AWS managed key if the target is the key that Firehose owns', async () => {
    const simulation = simulateWithAliases(enabled(OLD));
    simulation.keys.add(awsManagedKey(AWS_MANAGED));
    expect(await simulation.encrypt({ criteria: AWS_OWNED, from: fromKeys(AWS_MANAGED) })).toMatchObject({
      outcome: 'skipped'
    });
    expect(simulation.keys.described).toEqual([OLD]);
  });
});
