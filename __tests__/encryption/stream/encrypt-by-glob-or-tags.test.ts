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
  grantNotSpread,
  suspended,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, targetKey } from '../../support/requests.ts';
import { answerLost, endsAfter, reports } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const TO_NEW = { named: false, criteria: targetKey(NEW) } as const;

describe('a stream on another customer key that a glob or tags selected', () => {
  test.each([
    ['reported by its ARN', active(OLD), targetKey(NEW)],
    ['reported by its id', active(OLD_ID), targetKey('alias/new')],
    ['reported by its alias', active('alias/old'), targetKey(NEW)],
    ['reported by its alias ARN', active(aliasArn('alias/old')), targetKey(NEW)],
    ['reported by Firehose', enabled(OLD), targetKey(NEW)],
    ['with the AWS key as target', active(OLD), AWS_OWNED],
    ['with the AWS owned key of Firehose as target', enabled(OLD), AWS_OWNED],
    ['with the ARN of the AWS managed key as target', active(OLD), targetKey(AWS_MANAGED)]
  ])('is skipped with a warning that names the key and the remedy: %s', async (_, observation, criteria) => {
    for (const mode of ['encrypt', 'plan'] as const) {
      const simulation = simulate(observation);
      simulation.keys.add(disabledKey(OLD), 'alias/old');
      const result = await simulation.encrypt({ named: false, criteria, mode });
      expect(simulation.sentKeyIds).toEqual([]);
      const id = observation.key?.id ?? '';
      expect(result).toMatchObject({
        outcome: 'skipped',
        changed: false,
        encrypted: 'true',
        key: { id },
        previousKey: { id }
      });
      expect(result.message).toBe(
        `the stream is encrypted with ${id}, another customer key, and a glob or tags selected it: not changed`
      );
      expect(result.warnings).toEqual([
        `left encrypted with ${id}, another customer key, because a glob or tags alone never move a stream off a customer key: name the stream exactly, or give this key as from-key-id`
      ]);
    }
  });

  test('is skipped if that key no longer exists', async () => {
    for (const id of [OLD, OLD_ID, 'alias/old']) {
      const simulation = simulate(active(id));
      simulation.keys.refuse(id, 'missing', `there is no key ${id}`);
      expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'skipped' });
      expect(simulation.sentKeyIds).toEqual([]);
    }
  });

  test('is skipped even if the target key could not be put in force', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.add(disabledKey(NEW));
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'skipped' });
  });

  test('is skipped if another change moved it to that key during the run', async () => {
    const simulation = simulate(updating());
    simulation.stream.report(active(THIRD), 3_000);
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'skipped', changed: false });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('is moved without a warning if it is named', async () => {
    const simulation = simulate(active(OLD));
    expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({ outcome: 'rekeyed', warnings: [] });
  });
});

describe('a stream on no other customer key that a glob or tags selected', () => {
  test.each([
    ['not encrypted', active(), targetKey(NEW), NEW, 'enabled'],
    ['not encrypted', disabled(), AWS_OWNED, '', 'enabled'],
    ['on the AWS key', active(AWS_ALIAS), targetKey(NEW), NEW, 'rekeyed'],
    ['on the AWS key by its ARN', active(AWS_MANAGED), targetKey(NEW), NEW, 'rekeyed'],
    ['on the AWS owned key of Firehose', enabled(), targetKey(NEW), NEW, 'rekeyed'],
    ['encrypted through an alias of the target key', active('alias/new'), targetKey(NEW), NEW, 'rekeyed'],
    ['not encrypted, any key required', active(), ANY, AWS_ALIAS, 'enabled']
  ])('is changed: %s', async (_, observation, criteria, key, outcome) => {
    const simulation = simulate(observation);
    expect(await simulation.encrypt({ named: false, criteria })).toMatchObject({ outcome, warnings: [] });
    expect(simulation.sentKeyIds).toEqual([key]);
  });

  test.each([
    ['the target key, by its id', active(NEW_ID), targetKey(NEW)],
    ['the AWS key as target', active(AWS_MANAGED), AWS_OWNED],
    ['a customer key, any key required', active(OLD), ANY],
    ['a customer alias, any key required', active('alias/old'), ANY]
  ])('is unchanged: %s', async (_, observation, criteria) => {
    const simulation = simulate(observation);
    expect(await simulation.encrypt({ named: false, criteria })).toMatchObject({ outcome: 'unchanged', warnings: [] });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test.each([
    ['not encrypted', active(), targetKey(NEW)],
    ["on AWS' alias for Kinesis", active(AWS_ALIAS), targetKey(NEW)],
    ['on the AWS owned key of Firehose', enabled(), targetKey(NEW)]
  ])('is changed without kms:DescribeKey if its state is certain: %s', async (_, observation, criteria) => {
    const simulation = simulate(observation);
    simulation.keys.denyAll();
    await simulation.encrypt({ named: false, criteria });
    expect(simulation.sentKeyIds).toEqual([NEW]);
  });
});

describe('a stream that a glob or tags selected and that may be on another customer key', () => {
  test.each([
    ['an ARN in force', active(OLD), targetKey(NEW), OLD],
    ['an id in force', active(OLD_ID), targetKey(NEW), OLD_ID],
    ['an alias in force', active('alias/old'), targetKey(NEW), 'alias/old'],
    ['an ARN in force, the AWS key as target', active(OLD), AWS_OWNED, OLD]
  ])('fails without kms:DescribeKey and names the permission: %s', async (_, observation, criteria, id) => {
    const simulation = simulate(observation);
    simulation.keys.denyAll();
    const result = await simulation.encrypt({ named: false, criteria });
    expect(simulation.sentKeyIds).toEqual([]);
    expect(result).toMatchObject({ outcome: 'failed', changed: false });
    expect(result.message).toBe(
      `cannot determine whether ${id} is another customer key (not allowed to kms:DescribeKey ${id}): ` +
        'name the stream exactly, or give this key as from-key-id'
    );
  });

  test('is skipped without kms:DescribeKey if Firehose reports a customer key', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.keys.denyAll();
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'skipped' });
  });

  test.each([enablingFailed(), suspended(), unknownStatus()])(
    'fails in the status $status and states the remedy',
    async (observation) => {
      for (const mode of ['encrypt', 'plan'] as const) {
        const simulation = simulate(observation);
        const result = await simulation.encrypt({ ...TO_NEW, mode });
        expect(simulation.sentKeyIds).toEqual([]);
        expect(result).toMatchObject({ outcome: 'failed', changed: false, encrypted: 'unknown' });
        expect(result.message).toContain(`the status ${observation.status}`);
        expect(result.message).toContain('name the stream exactly, or set from-key-id: any');
      }
    }
  );

  test('fails if the service reports no key id', async () => {
    for (const observation of [
      { ...active(OLD), key: null },
      { ...enabled(OLD), key: { type: 'customer-managed', id: '' } }
    ] as const satisfies Observation[]) {
      const simulation = simulate(observation);
      expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'failed' });
      expect(simulation.sentKeyIds).toEqual([]);
    }
  });
});

describe('a stream that a glob or tags selected, after a change of this run', () => {
  test('gets a second attempt after a failed grant: the stream is still as before', async () => {
    const simulation = simulate(disabled());
    simulation.stream.onNextStarts(endsAfter(1_000, grantNotSpread()));
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({
      outcome: 'enabled',
      message: expect.stringContaining(
        `was not encrypted, unchanged by an attempt that failed (${GRANT_FAILED}); the service now`
      )
    });
    expect(simulation.sentKeyIds).toEqual([NEW, NEW]);
  });

  test('is reported as before after two failed grants', async () => {
    const simulation = simulate(enabled());
    simulation.stream.onNextStarts(endsAfter(1_000, grantNotSpread()), endsAfter(1_000, grantNotSpread()));
    const result = await simulation.encrypt(TO_NEW);
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'true', key: { type: 'aws-owned', id: '' } });
    expect(result.message).toContain(`failed again (ENABLING_FAILED: ${GRANT_FAILED})`);
  });

  test('fails and is left on a customer key that another run put in force after the change failed', async () => {
    const simulation = simulate(disabled());
    simulation.stream.onNextStarts(endsAfter(1_000, grantNotSpread()));
    simulation.stream.report(enabled(THIRD), 8_000);
    const result = await simulation.encrypt(TO_NEW);
    expect(simulation.sentKeyIds).toEqual([NEW]);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, key: { id: THIRD } });
    expect(result.message).toContain(`ended in ENABLED, with ${THIRD}: another change may have replaced it`);
  });

  test('fails and is left on a customer key that another run put in force after the answer was lost', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextStarts(answerLost(reports(active(THIRD), 1_000)));
    const result = await simulation.encrypt(TO_NEW);
    expect(simulation.sentKeyIds).toEqual([NEW]);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, key: { id: THIRD } });
  });
});
