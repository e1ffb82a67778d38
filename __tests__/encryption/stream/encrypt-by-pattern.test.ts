import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  disabledKey,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  THIRD
} from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  GRANT_FAILED,
  grantNotKnownYet,
  mending,
  suspended,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { answerLost, endsAs, shows } from '../../support/simulated-stream.ts';

const TO_NEW = { named: false, criteria: oneKey(NEW) } as const;

describe('a stream that a glob or tags chose, on another customer key', () => {
  test.each([
    ['by its ARN', active(OLD), oneKey(NEW)],
    ['by its id', active(OLD_ID), oneKey('alias/new')],
    ['through an alias of it', active('alias/old'), oneKey(NEW)],
    ['through an alias ARN of it', active(aliasArn('alias/old')), oneKey(NEW)],
    ['of a delivery stream', enabled(OLD), oneKey(NEW)],
    ['where the AWS key is asked', active(OLD), AWS_OWNED],
    ['where the AWS owned key of Firehose is asked', enabled(OLD), AWS_OWNED],
    ['where the AWS managed key is asked by its ARN', active(OLD), oneKey(AWS_MANAGED)]
  ])('%s: skipped, with a warning that names the key and the way out', async (_, look, criteria) => {
    for (const mode of ['encrypt', 'plan'] as const) {
      const here = scene(look);
      here.keys.add(disabledKey(OLD), 'alias/old');
      const result = await here.encrypt({ named: false, criteria, mode });
      expect(here.keysSent).toEqual([]);
      const id = look.key?.id ?? '';
      expect(result).toMatchObject({
        outcome: 'skipped',
        changed: false,
        encrypted: 'true',
        key: { id },
        previousKey: { id }
      });
      expect(result.message).toBe(
        `the stream is encrypted with ${id}, another customer key, and a glob or tags selected it: left unchanged`
      );
      expect(result.warnings).toEqual([
        `left encrypted with ${id}, another customer key, because a glob or tags alone never move a stream off a customer key: name the stream exactly, or give this key as from-key-id`
      ]);
    }
  });

  test('that KMS does not know any more: skipped', async () => {
    for (const id of [OLD, OLD_ID, 'alias/old']) {
      const here = scene(active(id));
      here.keys.refuse(id, 'missing', `there is no key ${id}`);
      expect(await here.encrypt(TO_NEW)).toMatchObject({ outcome: 'skipped' });
      expect(here.keysSent).toEqual([]);
    }
  });

  test('skipped also where the key asked could not be put in force', async () => {
    const here = scene(active(OLD));
    here.keys.add(disabledKey(NEW));
    expect(await here.encrypt(TO_NEW)).toMatchObject({ outcome: 'skipped' });
  });

  test('to which another change moved it while the run waited: skipped', async () => {
    const here = scene(updating());
    here.stream.show(active(THIRD), 3_000);
    expect(await here.encrypt(TO_NEW)).toMatchObject({ outcome: 'skipped', changed: false });
    expect(here.keysSent).toEqual([]);
  });

  test('named exactly: moved, without a warning', async () => {
    const here = scene(active(OLD));
    expect(await here.encrypt({ criteria: oneKey(NEW) })).toMatchObject({ outcome: 'rekeyed', warnings: [] });
  });
});

describe('a stream that a glob or tags chose is changed as ever', () => {
  test.each([
    ['not encrypted', active(), oneKey(NEW), NEW, 'enabled'],
    ['not encrypted', disabled(), AWS_OWNED, '', 'enabled'],
    ['on the AWS key', active(AWS_ALIAS), oneKey(NEW), NEW, 'rekeyed'],
    ['on the AWS key by its ARN', active(AWS_MANAGED), oneKey(NEW), NEW, 'rekeyed'],
    ['on the AWS owned key of Firehose', enabled(), oneKey(NEW), NEW, 'rekeyed'],
    ['through an alias of the very key asked', active('alias/new'), oneKey(NEW), NEW, 'rekeyed'],
    ['not encrypted, nothing asked', active(), ANY, AWS_ALIAS, 'enabled']
  ])('%s', async (_, look, criteria, key, outcome) => {
    const here = scene(look);
    expect(await here.encrypt({ named: false, criteria })).toMatchObject({ outcome, warnings: [] });
    expect(here.keysSent).toEqual([key]);
  });

  test.each([
    ['the key asked, by its id', active(NEW_ID), oneKey(NEW)],
    ['the AWS key asked', active(AWS_MANAGED), AWS_OWNED],
    ['a customer key, where nothing is asked', active(OLD), ANY],
    ['a customer alias, where nothing is asked', active('alias/old'), ANY]
  ])('%s in force is unchanged', async (_, look, criteria) => {
    const here = scene(look);
    expect(await here.encrypt({ named: false, criteria })).toMatchObject({ outcome: 'unchanged', warnings: [] });
    expect(here.keysSent).toEqual([]);
  });

  test.each([
    ['not encrypted', active(), oneKey(NEW)],
    ["on AWS' alias for Kinesis", active(AWS_ALIAS), oneKey(NEW)],
    ['on the AWS owned key of Firehose', enabled(), oneKey(NEW)]
  ])('without kms:DescribeKey, which is certain without it: %s', async (_, look, criteria) => {
    const here = scene(look);
    here.keys.denyAll();
    await here.encrypt({ named: false, criteria });
    expect(here.keysSent).toEqual([NEW]);
  });
});

describe('a stream that a glob or tags chose, where nobody can tell whether it is on another customer key', () => {
  test.each([
    ['an ARN in force', active(OLD), oneKey(NEW), OLD],
    ['an id in force', active(OLD_ID), oneKey(NEW), OLD_ID],
    ['an alias in force', active('alias/old'), oneKey(NEW), 'alias/old'],
    ['an ARN in force, the AWS key asked', active(OLD), AWS_OWNED, OLD]
  ])('for want of kms:DescribeKey, %s: failed, and the permission is named', async (_, look, criteria, id) => {
    const here = scene(look);
    here.keys.denyAll();
    const result = await here.encrypt({ named: false, criteria });
    expect(here.keysSent).toEqual([]);
    expect(result).toMatchObject({ outcome: 'failed', changed: false });
    expect(result.message).toBe(
      `cannot determine whether ${id} is another customer key (not allowed to kms:DescribeKey ${id}): ` +
        'name the stream exactly, or give this key as from-key-id'
    );
  });

  test('a customer key of a delivery stream is certain without kms:DescribeKey: skipped', async () => {
    const here = scene(enabled(OLD));
    here.keys.denyAll();
    expect(await here.encrypt(TO_NEW)).toMatchObject({ outcome: 'skipped' });
  });

  test.each([enablingFailed(), suspended(), mending()])(
    'in the state $status: failed, and the way out is told',
    async (look) => {
      for (const mode of ['encrypt', 'plan'] as const) {
        const here = scene(look);
        const result = await here.encrypt({ ...TO_NEW, mode });
        expect(here.keysSent).toEqual([]);
        expect(result).toMatchObject({ outcome: 'failed', changed: false, encrypted: 'unknown' });
        expect(result.message).toContain(`the status ${look.status}`);
        expect(result.message).toContain('name the stream exactly, or set from-key-id: any');
      }
    }
  );

  test('a key that the service does not name: failed', async () => {
    for (const look of [
      { ...active(OLD), key: null },
      { ...enabled(OLD), key: { type: 'customer-managed', id: '' } }
    ] as const satisfies Observation[]) {
      const here = scene(look);
      expect(await here.encrypt(TO_NEW)).toMatchObject({ outcome: 'failed' });
      expect(here.keysSent).toEqual([]);
    }
  });
});

describe('a stream that a glob or tags chose, after a change of this run', () => {
  test('a failed grant is tried once more: the stream is still as it was before', async () => {
    const here = scene(disabled());
    here.stream.nextStarts(endsAs(1_000, grantNotKnownYet()));
    expect(await here.encrypt(TO_NEW)).toMatchObject({
      outcome: 'enabled',
      message: expect.stringContaining(`was not encrypted, still so after a change that failed (${GRANT_FAILED}); now`)
    });
    expect(here.keysSent).toEqual([NEW, NEW]);
  });

  test('a failed grant twice is told with what was before', async () => {
    const here = scene(enabled());
    here.stream.nextStarts(endsAs(1_000, grantNotKnownYet()), endsAs(1_000, grantNotKnownYet()));
    const result = await here.encrypt(TO_NEW);
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'true', key: { type: 'aws-owned', id: '' } });
    expect(result.message).toContain(`failed again (ENABLING_FAILED: ${GRANT_FAILED})`);
  });

  test('that failed, before another put a customer key in force: it is left on that, and failed, as a change was sent', async () => {
    const here = scene(disabled());
    here.stream.nextStarts(endsAs(1_000, grantNotKnownYet()));
    here.stream.show(enabled(THIRD), 8_000);
    const result = await here.encrypt(TO_NEW);
    expect(here.keysSent).toEqual([NEW]);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, key: { id: THIRD } });
    expect(result.message).toContain(`ended in ENABLED, with ${THIRD}: another change may have overtaken it`);
  });

  test('whose answer was lost, before another put a customer key in force: likewise', async () => {
    const here = scene(active());
    here.stream.nextStarts(answerLost(shows(active(THIRD), 1_000)));
    const result = await here.encrypt(TO_NEW);
    expect(here.keysSent).toEqual([NEW]);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, key: { id: THIRD } });
  });
});
