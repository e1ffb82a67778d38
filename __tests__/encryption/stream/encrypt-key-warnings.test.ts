/** What a run says about keys that are expiring, unusable or unknown although it ends well. */

import { describe, expect, test } from '@jest/globals';
import type { KeyDescription, Mode } from '../../../src/encryption/model.ts';
import { AWS_ALIAS, AWS_MANAGED, customerKey, disabledKey, NEW, OLD, OLD_ID, THIRD } from '../../support/account.ts';
import { active, disabled, enabled, enablingFailed } from '../../support/observations.ts';
import { ANY, AWS_OWNED, fromKeys, targetKey } from '../../support/requests.ts';
import { endsAfter, NEVER_ENDS, succeedsAfter } from '../../support/simulated-stream.ts';
import { type StreamSimulation, simulate } from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW) } as const;
const UNREADABLE = 'records written before the change cannot be read';
const containing = (text: string) => expect.stringContaining(text);

function run(simulation: StreamSimulation, mode: Mode, criteria = TO_NEW.criteria) {
  return mode === 'check' ? simulation.check({ criteria }) : simulation.encrypt({ criteria, mode });
}

describe('after a change, a previous key that cannot be used', () => {
  const pendingDeletion = customerKey(OLD, {
    state: 'PendingDeletion',
    deletionDate: new Date('2026-12-04T09:30:00Z')
  });

  test.each([
    ['disabled', active(OLD), disabledKey(OLD), 'is enabled again'],
    ['disabled', enabled(OLD), disabledKey(OLD), 'is enabled again'],
    ['disabled, reported by its alias', active('alias/old'), disabledKey(OLD), 'is enabled again'],
    ['pending deletion', active(OLD_ID), pendingDeletion, 'cancel its deletion before 2026-12-04 09:30 UTC']
  ])('gets a warning that says what older records need (%s)', async (_, observation, key, remedy) => {
    const simulation = simulate(observation);
    simulation.keys.add(key, 'alias/old');
    const result = await simulation.encrypt(TO_NEW);
    expect(result).toMatchObject({ outcome: 'rekeyed', warnings: [containing(UNREADABLE)] });
    expect(result.warnings[0]).toContain(remedy);
    expect(result.previousKeyProblem).toBe(result.warnings[0]);
  });

  test('gets the warning if it no longer exists', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.refuse(OLD, 'missing', 'there is no such key');
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({
      outcome: 'rekeyed',
      previousKeyProblem: containing(UNREADABLE),
      warnings: [containing(`KMS does not know the key ${OLD} any more`)]
    });
  });

  test.each([
    ['planned', { mode: 'plan' }],
    ['started', { wait: false }],
    ['timed-out', { timeoutMs: 3_000 }]
  ] as const)('gets the warning if the change is only %s', async (outcome, overrides) => {
    const simulation = simulate(active(OLD));
    simulation.keys.add(disabledKey(OLD));
    simulation.stream.onNextStarts(succeedsAfter(NEVER_ENDS));
    expect(await simulation.encrypt({ ...TO_NEW, ...overrides })).toMatchObject({
      outcome,
      warnings: [containing(UNREADABLE)]
    });
  });

  test.each([
    ['was usable', customerKey(OLD)],
    ['is being updated', customerKey(OLD, { state: 'Updating' })]
  ])('gets none if it %s', async (_, key) => {
    const simulation = simulate(active(OLD));
    simulation.keys.add(key);
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({
      outcome: 'rekeyed',
      previousKeyProblem: null,
      warnings: []
    });
  });

  test('gets none if it may not be looked up: nothing is said of its state', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.refuse(OLD, 'denied', 'no kms:DescribeKey');
    const result = await simulation.encrypt(TO_NEW);
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKeyProblem: null });
    expect(result.warnings).toEqual([containing(`${OLD} could not be looked up`)]);
  });
});

describe('a key whose imported material expires', () => {
  const expiring = (arn: string): KeyDescription => customerKey(arn, { validTo: new Date('2027-01-15T12:00:00Z') });
  const warning = (arn: string) => containing(`the key ${arn} expires on 2027-01-15 12:00 UTC`);

  test.each([
    ['encrypt', 'unchanged'],
    ['plan', 'unchanged'],
    ['check', 'compliant']
  ] as const)('gets a warning if it is in force and required (mode %s)', async (mode, outcome) => {
    const simulation = simulate(active(NEW));
    simulation.keys.add(expiring(NEW));
    expect(await run(simulation, mode)).toMatchObject({ outcome, warnings: [warning(NEW)] });
  });

  test.each([
    ['encrypt', 'rekeyed'],
    ['plan', 'planned'],
    ['check', 'non-compliant']
  ] as const)('gets a warning if it is required, and so does the key in force (mode %s)', async (mode, outcome) => {
    const simulation = simulate(enabled(OLD));
    simulation.keys.add(expiring(NEW));
    simulation.keys.add(expiring(OLD));
    expect(await run(simulation, mode)).toMatchObject({ outcome, warnings: [warning(OLD), warning(NEW)] });
  });

  test.each([
    ['encrypt', 'enabled'],
    ['plan', 'planned'],
    ['check', 'non-compliant']
  ] as const)('gets a warning if the stream is not encrypted yet (mode %s)', async (mode, outcome) => {
    const simulation = simulate(active());
    simulation.keys.add(expiring(NEW));
    expect(await run(simulation, mode)).toMatchObject({ outcome, warnings: [warning(NEW)] });
  });

  test('gets a warning on a stream that is skipped, or fine with any key', async () => {
    const simulation = simulate(active(THIRD));
    simulation.keys.add(expiring(THIRD));
    expect(await simulation.encrypt({ ...TO_NEW, from: fromKeys(OLD) })).toMatchObject({
      outcome: 'skipped',
      warnings: [warning(THIRD)]
    });
    expect(await simulation.encrypt()).toMatchObject({ outcome: 'unchanged', warnings: [warning(THIRD)] });
    expect(await simulation.check()).toMatchObject({ outcome: 'compliant', warnings: [warning(THIRD)] });
  });

  test('keeps its warning if the change fails', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.keys.add(expiring(NEW));
    simulation.stream.onNextStarts(endsAfter(1_000, enablingFailed()));
    expect(await simulation.encrypt(TO_NEW)).toMatchObject({ outcome: 'failed', warnings: [warning(NEW)] });
  });
});

describe('without kms:DescribeKey, a key that is certain', () => {
  const warning = (arn: string) => containing(`the key ${arn} could not be looked up`);

  test.each([
    ['encrypt', 'unchanged'],
    ['plan', 'unchanged'],
    ['check', 'compliant']
  ] as const)(
    'gets one warning with the permission, also if the stream reports its id (mode %s)',
    async (mode, outcome) => {
      for (const observation of [active(NEW), active(NEW.slice(NEW.indexOf('/') + 1)), enabled(NEW)]) {
        const simulation = simulate(observation);
        simulation.keys.denyAll();
        const result = await run(simulation, mode);
        expect(result).toMatchObject({ outcome, keyArn: NEW, warnings: [warning(NEW)] });
        expect(result.warnings[0]).toContain('not allowed to kms:DescribeKey');
      }
    }
  );

  test.each([
    ['encrypt', 'rekeyed'],
    ['plan', 'planned'],
    ['check', 'non-compliant']
  ] as const)('gets a warning beside that of the other key (mode %s)', async (mode, outcome) => {
    const simulation = simulate(active(OLD));
    simulation.keys.denyAll();
    expect(await run(simulation, mode)).toMatchObject({ outcome, warnings: [warning(OLD), warning(NEW)] });
  });

  test.each([
    ['encrypt', 'enabled'],
    ['plan', 'planned'],
    ['check', 'non-compliant']
  ] as const)('gets a warning if the stream is not encrypted yet (mode %s)', async (mode, outcome) => {
    const simulation = simulate(disabled());
    simulation.keys.denyAll();
    expect(await run(simulation, mode)).toMatchObject({ outcome, warnings: [warning(NEW)] });
  });

  test('gets a warning if any key is required', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.denyAll();
    expect(await simulation.encrypt()).toMatchObject({ outcome: 'unchanged', warnings: [warning(OLD)] });
    expect(await simulation.check({ criteria: ANY })).toMatchObject({ outcome: 'compliant', warnings: [warning(OLD)] });
  });

  test('is not needed for the AWS key', async () => {
    const simulation = simulate(active(AWS_ALIAS));
    simulation.keys.denyAll();
    expect(await simulation.encrypt({ criteria: AWS_OWNED })).toMatchObject({ outcome: 'unchanged', warnings: [] });
  });
});

describe('a data stream with channels', () => {
  const withChannels = (keyId: string | null = null) => ({ ...active(keyId), channelCount: 2 });
  const warning = containing('AWS refuses new ones on a stream that is encrypted with alias/aws/kinesis');

  test.each([
    ['encrypted with the AWS key', AWS_OWNED],
    ['encrypted with it by its ARN', targetKey(AWS_MANAGED)],
    ['encrypted with any key, which is the AWS key', ANY]
  ])('gets a warning if it would be %s', async (_, criteria) => {
    for (const mode of ['plan', 'encrypt'] as const) {
      const simulation = simulate(withChannels());
      const outcome = mode === 'plan' ? 'planned' : 'enabled';
      expect(await simulation.encrypt({ criteria, mode })).toMatchObject({ outcome, warnings: [warning] });
    }
  });

  test.each([
    ['it is on the AWS key already', withChannels(AWS_ALIAS), AWS_OWNED],
    ['it would get a customer key', withChannels(), TO_NEW.criteria],
    ['it has none', active(), AWS_OWNED]
  ])('gets none if %s', async (_, observation, criteria) => {
    expect(await simulate(observation).encrypt({ criteria })).toMatchObject({ warnings: [] });
  });
});

describe('the ARN of the key in force', () => {
  test.each([
    ['an ARN', active(OLD), OLD],
    ['an id', active(OLD_ID), OLD],
    ['an alias', active('alias/old'), OLD],
    ['the ARN of a customer key', enabled(OLD), OLD],
    ['the AWS alias for Kinesis, which is not looked up', active(AWS_ALIAS), null],
    ['the AWS key of Firehose', enabled(), null],
    ['no key', active(), null]
  ])('is reported if the service reports %s', async (_, observation, keyArn) => {
    expect(await simulate(observation).encrypt({ mode: 'plan' })).toMatchObject({ keyArn });
  });

  test('is reported for the AWS alias for Kinesis if it was looked up', async () => {
    const simulation = simulate(active(AWS_ALIAS));
    expect(await simulation.encrypt({ criteria: targetKey(AWS_MANAGED) })).toMatchObject({ keyArn: AWS_MANAGED });
  });

  test('is that of the new key after a change, and of the previous one while the change is in flight', async () => {
    expect(await simulate(active('alias/old')).encrypt(TO_NEW)).toMatchObject({ keyArn: NEW });
    const inFlight = simulate(active('alias/old'));
    inFlight.stream.onNextStarts(succeedsAfter(NEVER_ENDS));
    expect(await inFlight.encrypt({ ...TO_NEW, timeoutMs: 3_000 })).toMatchObject({
      outcome: 'timed-out',
      keyArn: OLD
    });
  });

  test('is not known of an alias that could not be looked up', async () => {
    const simulation = simulate(active('alias/old'));
    simulation.keys.denyAll();
    expect(await simulation.encrypt()).toMatchObject({ outcome: 'unchanged', keyArn: null });
  });
});
