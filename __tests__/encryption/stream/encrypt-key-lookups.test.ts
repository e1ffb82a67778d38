/** A run looks up no more keys than it needs, because it may lack kms:DescribeKey for others. */

import { describe, expect, test } from '@jest/globals';
import type { FromKey, Observation } from '../../../src/encryption/model.ts';
import { AWS_ALIAS, aliasArn, NEW, NEW_ID, OLD, THIRD, THIRD_ID } from '../../support/account.ts';
import {
  active,
  DATA_STREAM,
  disabled,
  enabled,
  enablingFailed,
  unknownStatus,
  updating,
  withSource
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, fromKeys, targetKey } from '../../support/requests.ts';
import { simulate } from '../../support/stream-simulation.ts';

describe('encrypt', () => {
  test('looks up each key once, however often it polls', async () => {
    const simulation = simulate(active(OLD));
    await simulation.encrypt({ criteria: targetKey('alias/new') });
    expect(simulation.stream.describesMs.length).toBeGreaterThan(2);
    expect(simulation.keys.described).toEqual(['alias/new', OLD]);
  });

  test('does not look up the key reported during a change in flight', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.report(active(NEW), 20_000);
    await simulation.encrypt({ criteria: targetKey(NEW) });
    expect(simulation.keys.described).toEqual([NEW]);
  });

  test.each([
    ['any key required, AWS key in force', active(AWS_ALIAS), ANY],
    ['AWS key required and in force', enabled(), AWS_OWNED],
    ['AWS key required, not encrypted', disabled(), AWS_OWNED]
  ])("looks up no key if the service's answer is sufficient: %s", async (_, observation, criteria) => {
    const simulation = simulate(observation);
    await simulation.encrypt({ criteria });
    expect(simulation.keys.described).toEqual([]);
  });
});

describe('approved keys', () => {
  test.each([
    ['an ARN in force, ARNs approved', active(NEW), approved(OLD, NEW), [NEW]],
    ['an ARN in force, its id approved beside an alias', active(NEW), approved('alias/old', NEW_ID), [NEW]],
    ['another ARN in force, ids approved', enabled(OLD), approved(NEW, THIRD), [OLD]],
    ['the AWS owned key of Firehose in force', enabled(), approved(NEW, 'alias/old'), []],
    ['the AWS alias in force and approved', active(AWS_ALIAS), approved('alias/new', AWS_ALIAS), []],
    ['the AWS alias in force, a customer alias approved', active(AWS_ALIAS), approved('alias/new'), []],
    ['an alias of another region', active(NEW), approved(aliasArn('alias/x', { region: 'us-east-1' })), [NEW]],
    ['aliases approved', active(NEW), approved('alias/old', THIRD, 'alias/new'), [NEW, 'alias/old', 'alias/new']]
  ])('are looked up only if their identifiers leave it open: %s', async (_, observation, criteria, lookedUp) => {
    const simulation = simulate(observation);
    await simulation.check({ criteria });
    expect(simulation.keys.described).toEqual(lookedUp);
  });
});

describe('keys of from-key-id', () => {
  test.each([
    ['not encrypted', active(), fromKeys(OLD)],
    ['already on the target key', active(NEW), fromKeys(THIRD_ID)],
    ['with a data stream as source', withSource(DATA_STREAM), fromKeys(THIRD)],
    ['in a status that shows no key', enablingFailed(), fromKeys(THIRD)],
    ['in an unknown status', unknownStatus(), fromKeys(THIRD)],
    ['on one of these keys', enabled(OLD), fromKeys(THIRD, OLD)],
    ['on the AWS key, aws-owned given', active(AWS_ALIAS), fromKeys('aws-owned')],
    ['on another key, any given', active(OLD), fromKeys('any', THIRD)]
  ] as const satisfies [string, Observation, readonly FromKey[]][])(
    'are not looked up by their ARN or id for a stream %s',
    async (_, observation, from) => {
      const simulation = simulate(observation);
      await simulation.encrypt({ criteria: targetKey(NEW), from, mode: 'plan' });
      const inForce =
        observation.phase === 'final' && observation.key !== null && observation.key.id !== AWS_ALIAS
          ? [observation.key.id]
          : [];
      expect(simulation.keys.described).toEqual([...new Set([NEW, ...inForce])]);
    }
  );

  test('are looked up once by their alias, because the target must not be among them', async () => {
    const simulation = simulate(active(THIRD));
    await simulation.encrypt({ criteria: targetKey(NEW), from: fromKeys('alias/old', 'alias/other-old') });
    expect(simulation.keys.described).toEqual([NEW, THIRD, 'alias/old', 'alias/other-old']);
  });
});
