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
  grantNotKnownYet,
  mending,
  suspended,
  updating
} from '../../support/observations.ts';
import { AWS_OWNED, off, oneKey } from '../../support/requests.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { endsAs } from '../../support/simulated-stream.ts';

/** A scene in which the old and the new key have a second alias each. */
function standing(look: Observation): Scene {
  const here = scene(look);
  here.keys.add(customerKey(OLD), 'alias/old', 'alias/other-old');
  here.keys.add(customerKey(NEW), 'alias/new', 'alias/other-new');
  return here;
}

/** Moves to `NEW` what is on one of these, by what is said otherwise. */
function moving(from: readonly FromKey[], but: Partial<StreamRequest> = {}): Partial<StreamRequest> {
  return { criteria: oneKey(NEW), from, ...but };
}

describe('moved: a stream that is on one of the old keys', () => {
  test.each([
    ['both by the ARN', active(OLD), off(OLD)],
    ['by its id, and its ARN reported', active(OLD), off(OLD_ID)],
    ['by its ARN, and its id reported', active(OLD_ID), off(OLD)],
    ['by an alias, and its ARN reported', active(OLD), off('alias/old')],
    ['by an alias ARN, and its ARN reported', enabled(OLD), off(aliasArn('alias/old'))],
    ['by its ARN, and an alias of it reported', active('alias/old'), off(OLD)],
    ['by the very alias', active('alias/old'), off('alias/old')],
    ['by the very alias, reported as an ARN', active(aliasArn('alias/old')), off('alias/old')],
    ['by the very alias, as an ARN', active('alias/old'), off(aliasArn('alias/old'))],
    ['by another alias of it', active('alias/old'), off('alias/other-old')],
    ['one of several', active(OLD), off(THIRD, 'alias/old')],
    ['the AWS key', active(AWS_ALIAS), off('aws-owned')],
    ['the AWS key, by its ARN reported', active(AWS_MANAGED), off('aws-owned')],
    ['the AWS owned key of Firehose', enabled(), off('aws-owned')],
    ["AWS' alias for Kinesis", active(AWS_ALIAS), off(AWS_ALIAS)],
    ['the AWS managed key by its ARN, and its alias reported', active(AWS_ALIAS), off(AWS_MANAGED)],
    ['whichever it is', active(OLD), off('any')],
    ['whichever it is', active(AWS_ALIAS), off('any')],
    ['whichever it is, though the service does not name it', { ...active(OLD), key: null }, off('any')],
    ['the very alias of the key asked for', active('alias/new'), off('alias/new')],
    ['the very alias of the key asked for, as an ARN', active(aliasArn('alias/new')), off('alias/new')]
  ])('%s: %#', async (_, look, from) => {
    for (const named of [true, false]) {
      const here = standing(look);
      const plan = await here.encrypt(moving(from, { named, mode: 'plan' }));
      expect(plan).toMatchObject({ outcome: 'planned', changed: false, warnings: [] });
      const result = await here.encrypt(moving(from, { named }));
      expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW }, warnings: [] });
      expect(here.keysSent).toEqual([NEW]);
    }
  });

  test.each([
    ['disabled', disabledKey(OLD)],
    ['pending deletion', customerKey(OLD, { enabled: false, state: 'PendingDeletion' })]
  ])('also where that key is %s', async (_, key) => {
    for (const from of [off(OLD), off('alias/old')]) {
      const here = standing(active(OLD));
      here.keys.add(key, 'alias/old');
      expect(await here.encrypt(moving(from))).toMatchObject({ outcome: 'rekeyed' });
    }
  });

  test('also where KMS knows neither the key nor the alias any more', async () => {
    for (const id of [OLD, OLD_ID, 'alias/gone']) {
      const here = standing(active(id));
      here.keys.refuse(id, 'missing', `there is no key ${id}`);
      expect(await here.encrypt(moving(off(id)))).toMatchObject({ outcome: 'rekeyed' });
    }
  });

  test('without kms:DescribeKey, where the ARN, the id or the very alias is certain', async () => {
    for (const [look, from] of [
      [active(OLD), off(OLD_ID)],
      [active(OLD_ID), off(THIRD, OLD)],
      [active('alias/old'), off(aliasArn('alias/old'))],
      [active(AWS_ALIAS), off('aws-owned')],
      [enabled(OLD), off(OLD)]
    ] as const) {
      const here = standing(look);
      here.keys.denyAll();
      expect(await here.encrypt(moving(from))).toMatchObject({ outcome: 'rekeyed' });
      expect(here.keysSent).toEqual([NEW]);
    }
  });

  test('to the AWS key', async () => {
    const here = standing(active(OLD));
    expect(await here.encrypt({ criteria: AWS_OWNED, from: off(OLD) })).toMatchObject({ outcome: 'rekeyed' });
    expect(here.keysSent).toEqual([AWS_ALIAS]);
  });

  test.each([enablingFailed(), suspended()])('`any` lets a stream in the state $status be changed', async (look) => {
    const here = standing(look);
    expect(await here.encrypt(moving(off('any'), { named: false }))).toMatchObject({ outcome: 'rekeyed' });
  });

  test('a failed grant is tried once more: the stream is still on its old key', async () => {
    const here = standing(enabled(OLD));
    here.stream.nextStarts(endsAs(1_000, grantNotKnownYet()));
    const result = await here.encrypt(moving(off(OLD), { named: false }));
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKey: { id: OLD } });
    expect(here.keysSent).toEqual([NEW, NEW]);
  });
});

describe('unchanged: a stream that is already as asked, whatever the old keys are', () => {
  test.each([
    ['its ARN', active(NEW), oneKey(NEW), off(OLD)],
    ['its id', active(NEW_ID), oneKey('alias/new'), off('any')],
    ['the AWS key', active(AWS_ALIAS), AWS_OWNED, off('alias/old')]
  ])('%s', async (_, look, criteria, from) => {
    const here = standing(look);
    expect(await here.encrypt({ criteria, from, named: false })).toMatchObject({
      outcome: 'unchanged',
      warnings: []
    });
  });
});

describe('skipped, without a warning: the rest', () => {
  test.each([
    ['not encrypted', active(), off(OLD)],
    ['not encrypted, and any key is to be left', disabled(), off('any')],
    ['on another customer key', active(THIRD), off(OLD)],
    ['on another customer key, by its id', active(THIRD_ID), off(OLD_ID, 'alias/old')],
    ['through an alias of another key', active('alias/third'), off(OLD, 'alias/old')],
    ['on another customer key, the AWS key to be left', active(THIRD), off('aws-owned')],
    ['on the AWS key', active(AWS_ALIAS), off(OLD, 'alias/old')],
    ['on the AWS owned key of Firehose', enabled(), off(OLD, AWS_MANAGED, AWS_ALIAS)],
    ['through an alias of the key asked for, which is not to be left', active('alias/new'), off(OLD)],
    ['through another alias of the key asked for', active('alias/new'), off('alias/other-new')]
  ])('%s', async (_, look, from) => {
    for (const [named, mode] of [
      [true, 'encrypt'],
      [false, 'encrypt'],
      [true, 'plan']
    ] as const) {
      const here = standing(look);
      const result = await here.encrypt(moving(from, { named, mode }));
      expect(here.keysSent).toEqual([]);
      expect(result).toMatchObject({ outcome: 'skipped', changed: false, encrypted: look.encrypted, warnings: [] });
    }
  });

  test('the message says what the stream is on', async () => {
    const off1 = moving(off(OLD));
    expect((await standing(active(THIRD)).encrypt(off1)).message).toBe(
      `the stream is encrypted with ${THIRD}, which is not in from-key-id: left unchanged`
    );
    expect((await standing(enabled()).encrypt(off1)).message).toBe(
      'the stream is encrypted with the AWS owned key, which is not in from-key-id: left unchanged'
    );
    expect((await standing(active()).encrypt(off1)).message).toBe(
      'the stream is not encrypted: there is no key to move it off'
    );
  });

  test('a key or an alias that is gone is another one', async () => {
    for (const [id, old] of [
      [OLD, 'alias/gone'],
      ['alias/gone', OLD],
      ['alias/gone', 'alias/old']
    ] as const) {
      const here = standing(active(id));
      here.keys.refuse(id, 'missing', `there is no key ${id}`);
      expect(await here.encrypt(moving(off(old)))).toMatchObject({ outcome: 'skipped' });
    }
  });

  test('without kms:DescribeKey, where another ARN or id is certain', async () => {
    for (const look of [active(THIRD), active(THIRD_ID), enabled(THIRD)]) {
      const here = standing(look);
      here.keys.denyAll();
      expect(await here.encrypt(moving(off(OLD, OLD_ID)))).toMatchObject({ outcome: 'skipped' });
    }
  });

  test('what another change made of it while the run waited counts', async () => {
    const here = standing(updating(OLD));
    here.stream.show(active(THIRD), 3_000);
    expect(await here.encrypt(moving(off(OLD)))).toMatchObject({ outcome: 'skipped', key: { id: THIRD } });
  });

  test('also where the key asked for could not be put in force', async () => {
    const here = standing(active(THIRD));
    here.keys.add(disabledKey(NEW));
    expect(await here.encrypt(moving(off(OLD)))).toMatchObject({ outcome: 'skipped' });
  });
});

describe('failed: nobody can tell whether the stream is on one of the old keys', () => {
  test.each([
    ['an alias in force', active('alias/x'), off(OLD), 'alias/x', 'alias/x'],
    ['an old alias', active(THIRD), off('alias/x'), THIRD, 'alias/x'],
    ['whether an ARN in force is the AWS key', active(OLD), off('aws-owned'), OLD, OLD],
    ['whether the AWS key in force is an old ARN', active(AWS_ALIAS), off(OLD), AWS_ALIAS, OLD]
  ])('for want of kms:DescribeKey, %s: the permission is named', async (_, look, from, inForce, denied) => {
    const here = standing(look);
    here.keys.denyAll();
    const result = await here.encrypt(moving(from, { named: false }));
    expect(here.keysSent).toEqual([]);
    expect(result).toMatchObject({ outcome: 'failed', changed: false });
    expect(result.message).toContain(`cannot determine whether ${inForce} is one of from-key-id`);
    expect(result.message).toContain(`not allowed to kms:DescribeKey ${denied}`);
  });

  test('an old key that may be the one in force, beside one that is: moved', async () => {
    const here = standing(active(OLD));
    here.keys.refuse('alias/x', 'denied', 'not allowed to kms:DescribeKey alias/x');
    expect(await here.encrypt(moving(off('alias/x', OLD)))).toMatchObject({ outcome: 'rekeyed' });
    const there = standing(active(THIRD));
    there.keys.refuse('alias/x', 'denied', 'not allowed to kms:DescribeKey alias/x');
    expect(await there.encrypt(moving(off('alias/x', OLD)))).toMatchObject({ outcome: 'failed' });
  });

  test.each([enablingFailed(), suspended(), mending()])('in the state $status, with the way out', async (look) => {
    for (const named of [true, false]) {
      const here = standing(look);
      const result = await here.encrypt(moving(off(OLD, 'aws-owned'), { named }));
      expect(here.keysSent).toEqual([]);
      expect(result).toMatchObject({ outcome: 'failed', changed: false, encrypted: 'unknown' });
      expect(result.message).toContain(`the status ${look.status}`);
      expect(result.message).toContain('set from-key-id: any to change it anyway');
    }
  });

  test('a key that the service does not name', async () => {
    const here = standing({ ...active(OLD), key: null });
    expect(await here.encrypt(moving(off(OLD)))).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('whether a key that the service does not name is one of from-key-id')
    });
  });

  test('the AWS key asked, and whether the old key that is in force is just that', async () => {
    const here = standing(active(OLD));
    here.keys.denyAll();
    const result = await here.encrypt({ criteria: AWS_OWNED, from: off(OLD) });
    expect(result).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(`whether ${OLD} is the target key`)
    });
    expect(here.keysSent).toEqual([]);
  });
});

describe('an old key that is the key asked for', () => {
  test.each([
    ['its ARN', oneKey('alias/new'), NEW],
    ['its id', oneKey('alias/new'), NEW_ID],
    ['its id', oneKey(NEW), NEW_ID],
    ['the AWS managed key by its ARN', AWS_OWNED, AWS_MANAGED]
  ])('by %s fails every stream before any write', async (_, criteria, old) => {
    for (const look of [active(), active(OLD), active('alias/new'), active(NEW), active(AWS_ALIAS)]) {
      const here = standing(look);
      const result = await here.encrypt({ criteria, from: off(OLD, old), named: false });
      expect(here.keysSent).toEqual([]);
      expect(result).toMatchObject({ outcome: 'failed', message: `from-key-id "${old}" is the target key` });
    }
  });

  test('the AWS managed key is not the one that Firehose owns', async () => {
    const here = standing(enabled(OLD));
    here.keys.add(awsManagedKey(AWS_MANAGED));
    expect(await here.encrypt({ criteria: AWS_OWNED, from: off(AWS_MANAGED) })).toMatchObject({ outcome: 'skipped' });
    expect(here.keys.described).toEqual([OLD]);
  });
});
