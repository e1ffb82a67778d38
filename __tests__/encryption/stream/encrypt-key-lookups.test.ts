/** Which keys a run looks up: no more than it must, as it may lack kms:DescribeKey for others. */

import { describe, expect, test } from '@jest/globals';
import type { FromKey, Observation } from '../../../src/encryption/model.ts';
import { AWS_ALIAS, aliasArn, NEW, NEW_ID, OLD, THIRD } from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  fedByKinesis,
  mending,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, off, oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';

describe('KMS is asked', () => {
  test('once for each key, however often the stream is looked at', async () => {
    const here = scene(active(OLD));
    await here.encrypt({ criteria: oneKey('alias/new') });
    expect(here.stream.looksMs.length).toBeGreaterThan(2);
    expect(here.keys.described).toEqual(['alias/new', OLD]);
  });

  test('for no key in transit: a change that is waited out may yet end with another', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(NEW), 20_000);
    await here.encrypt({ criteria: oneKey(NEW) });
    expect(here.keys.described).toEqual([NEW]);
  });

  test.each([
    ['nothing is asked, and the AWS key is in force', active(AWS_ALIAS), ANY],
    ['the AWS key is asked, and in force', enabled(), AWS_OWNED],
    ['the AWS key is asked, and none is in force', disabled(), AWS_OWNED]
  ])("for nothing where the services' own words are enough: %s", async (_, look, criteria) => {
    const here = scene(look);
    await here.encrypt({ criteria });
    expect(here.keys.described).toEqual([]);
  });
});

describe('approved keys', () => {
  test.each([
    ['an ARN in force, ARNs approved', active(NEW), approved(OLD, NEW), [NEW]],
    ['an ARN in force, its id approved beside an alias', active(NEW), approved('alias/old', NEW_ID), [NEW]],
    ['another ARN in force, ids approved', enabled(OLD), approved(NEW, THIRD), [OLD]],
    ["AWS' key of Firehose in force", enabled(), approved(NEW, 'alias/old'), []],
    ["AWS' alias in force and approved", active(AWS_ALIAS), approved('alias/new', AWS_ALIAS), []],
    ["AWS' alias in force, which customers' aliases never are", active(AWS_ALIAS), approved('alias/new'), []],
    ['an alias of another region', active(NEW), approved(aliasArn('alias/x', { region: 'us-east-1' })), [NEW]],
    ['aliases approved', active(NEW), approved('alias/old', THIRD, 'alias/new'), [NEW, 'alias/old', 'alias/new']]
  ])('are looked up only where what is written does not tell: %s', async (_, look, criteria, lookedUp) => {
    const here = scene(look);
    await here.check({ criteria });
    expect(here.keys.described).toEqual(lookedUp);
  });
});

describe('old keys are looked up only where the comparison needs it', () => {
  test.each([
    ['not encrypted', active(), off('alias/old', OLD)],
    ['already as asked', active(NEW), off('alias/old')],
    ['fed by a data stream', fedByKinesis(), off('alias/old')],
    ['in a state that tells no key', enablingFailed(), off('alias/old')],
    ['in a state of no known meaning', mending(), off('alias/old')],
    ['by an ARN that is reported', enabled(OLD), off('alias/other-old', OLD)],
    ['by the alias that is reported', active('alias/old'), off('alias/old', 'alias/other-old')],
    ['the AWS key, which a customer alias never is', active(AWS_ALIAS), off('alias/old')],
    ['the AWS key, and that is to be left', active(AWS_ALIAS), off('aws-owned', 'alias/old')],
    ['whichever it is', active(THIRD), off('any', 'alias/old')]
  ] as const satisfies [string, Observation, readonly FromKey[]][])('%s', async (_, look, from) => {
    const here = scene(look);
    await here.encrypt({ criteria: oneKey(NEW), from, mode: 'plan' });
    const inForce = look.phase === 'final' && look.key !== null && look.key.id !== AWS_ALIAS ? [look.key.id] : [];
    expect(here.keys.described).toEqual([...new Set([NEW, ...inForce])]);
  });

  test('and then once in a run', async () => {
    const here = scene(active(THIRD));
    await here.encrypt({ criteria: oneKey(NEW), from: off('alias/old', 'alias/other-old') });
    expect(here.keys.described).toEqual([NEW, THIRD, 'alias/old', 'alias/other-old']);
  });
});
