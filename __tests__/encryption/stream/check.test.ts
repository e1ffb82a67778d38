import { describe, expect, test } from '@jest/globals';
import {
  ACCOUNT,
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  customerKey,
  disabledKey,
  NEW,
  NEW_ID,
  OLD,
  OTHER_ACCOUNT,
  STREAM_ARN,
  THIRD
} from '../../support/account.ts';
import {
  active,
  deleting,
  disabled,
  enabled,
  enabling,
  enablingFailed,
  notCreated,
  suspended,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, targetKey } from '../../support/requests.ts';
import { failsWith, hangs } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

describe('check', () => {
  test.each([
    ['any key required, a customer key', active(OLD), ANY],
    ['any key required, the AWS key', active(AWS_ALIAS), ANY],
    ['any key required, the AWS owned key of Firehose', enabled(), ANY],
    ['customer-managed required, a customer key', active(OLD), CUSTOMER_MANAGED],
    ['customer-managed required, a customer key by its id', active(NEW_ID), CUSTOMER_MANAGED],
    ['customer-managed required, a customer key of Firehose', enabled(OLD), CUSTOMER_MANAGED],
    ['aws-owned required, the AWS key', active(AWS_ALIAS), AWS_OWNED],
    ['aws-owned required, the AWS key by its alias ARN', active(aliasArn(AWS_ALIAS)), AWS_OWNED],
    ['aws-owned required, the AWS key by its own ARN', active(AWS_MANAGED), AWS_OWNED],
    ['aws-owned required, the AWS owned key of Firehose', enabled(), AWS_OWNED],
    ['a key required by its alias, reported by its id', active(NEW_ID), targetKey('alias/new')],
    ['a key required by its id, reported by its ARN', enabled(NEW), targetKey(NEW_ID)],
    ['a key approved by its ARN', enabled(NEW), approved(OLD, NEW)],
    ['a key approved by its id', active(NEW), approved(OLD, NEW_ID)],
    ['a key approved by an alias', active(NEW_ID), approved('alias/old', 'alias/new')],
    ['a key approved by an alias ARN', enabled(NEW), approved(aliasArn('alias/new'))],
    ['the AWS key approved by its alias', active(AWS_ALIAS), approved(NEW, AWS_ALIAS)],
    ['the AWS key approved by its ARN', active(AWS_ALIAS), approved(AWS_MANAGED)]
  ])('compliant: %s', async (_, observation, criteria) => {
    const simulation = simulate(observation);
    expect(await simulation.check({ criteria })).toMatchObject({
      outcome: 'compliant',
      changed: false,
      encrypted: 'true',
      key: { id: observation.key?.id },
      previousKey: { id: observation.key?.id },
      warnings: []
    });
    expect(simulation.stream.describesMs).toHaveLength(1);
  });

  test.each([
    ['any key required, not encrypted', active(), ANY, 'not encrypted'],
    ['any key required, not encrypted', disabled(), ANY, 'not encrypted'],
    ['customer-managed alone, the AWS key', active(AWS_ALIAS), CUSTOMER_MANAGED, AWS_ALIAS],
    ['customer-managed required, the AWS key by its own ARN', active(AWS_MANAGED), CUSTOMER_MANAGED, AWS_MANAGED],
    ['customer-managed alone, the AWS owned key of Firehose', enabled(), CUSTOMER_MANAGED, 'the AWS owned key'],
    ['aws-owned required, a customer key', active(OLD), AWS_OWNED, OLD],
    [
      'another key than the required one',
      active(OLD),
      targetKey('alias/new'),
      `${OLD}, but must be encrypted with ${NEW}`
    ],
    ['a key required, the AWS key in force', active(AWS_ALIAS), targetKey(NEW), AWS_ALIAS],
    [
      'a key that is not approved',
      active(OLD),
      approved('alias/new', THIRD),
      `${OLD}, which is not in approved-key-ids`
    ],
    ['keys approved, the AWS key in force', active(AWS_ALIAS), approved(NEW, 'alias/old'), AWS_ALIAS],
    ['keys approved, the AWS owned key of Firehose', enabled(), approved(AWS_ALIAS, NEW), 'the AWS owned key'],
    ['keys approved, not encrypted', disabled(), approved(NEW), 'not encrypted']
  ])('non-compliant: %s', async (_, observation, criteria, message) => {
    const simulation = simulate(observation);
    expect(await simulation.check({ criteria })).toMatchObject({
      outcome: 'non-compliant',
      encrypted: observation.encrypted,
      message: expect.stringContaining(message)
    });
  });

  test.each([
    ['disabled', disabledKey(OLD)],
    ['pending deletion', customerKey(OLD, { state: 'PendingDeletion' })]
  ])('non-compliant: the key in force is %s, whatever key is required', async (message, key) => {
    for (const criteria of [ANY, CUSTOMER_MANAGED, targetKey(OLD), approved(NEW, OLD)]) {
      const simulation = simulate(active(OLD));
      simulation.keys.add(key);
      expect(await simulation.check({ criteria })).toMatchObject({
        outcome: 'non-compliant',
        encrypted: 'true',
        message: expect.stringContaining(message)
      });
    }
  });

  test('non-compliant: the key in force no longer exists', async () => {
    const simulation = simulate(active(OLD));
    simulation.keys.refuse(OLD, 'missing', 'no such key');
    expect(await simulation.check({ criteria: CUSTOMER_MANAGED })).toMatchObject({ outcome: 'non-compliant' });
  });

  test('resolves a customer alias in force to the key it points to now, and warns', async () => {
    const simulation = simulate(active('alias/new'));
    expect(await simulation.check({ criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'compliant',
      warnings: [expect.stringContaining(`alias/new, which points to ${NEW} now`)]
    });
    expect(await simulation.check({ criteria: targetKey(OLD) })).toMatchObject({ outcome: 'non-compliant' });
  });

  test.each([
    ['the required key is an alias', active(NEW), targetKey('alias/new'), 'kms:DescribeKey alias/new'],
    ['the key in force is an alias', active('alias/new'), targetKey(NEW), 'kms:DescribeKey alias/new'],
    ['any customer key is required', active(NEW), CUSTOMER_MANAGED, `kms:DescribeKey ${NEW}`],
    ['the AWS key is required', active(NEW), AWS_OWNED, `kms:DescribeKey ${NEW}`],
    [
      'the required key may be the AWS key in force',
      active(AWS_ALIAS),
      targetKey(AWS_MANAGED),
      `kms:DescribeKey ${AWS_ALIAS}`
    ]
  ])('without kms:DescribeKey, fails and names the permission if %s', async (_, observation, criteria, message) => {
    const simulation = simulate(observation);
    simulation.keys.denyAll();
    expect(await simulation.check({ criteria })).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(message)
    });
  });

  test.each([
    ['the required ARN is in force', active(NEW), targetKey(NEW), 'compliant'],
    ['the required id is in force', active(NEW_ID), targetKey(NEW_ID), 'compliant'],
    ['another ARN is in force', active(OLD), targetKey(NEW), 'non-compliant'],
    ['a customer key is required, and the AWS key in force', active(AWS_ALIAS), targetKey(NEW, true), 'non-compliant'],
    [
      'a customer key is required of a delivery stream, and the AWS key in force',
      enabled(),
      targetKey(NEW),
      'non-compliant'
    ],
    ['any key is required', active(OLD), ANY, 'compliant'],
    ['the stream is not encrypted', active(), targetKey(NEW), 'non-compliant']
  ])('without kms:DescribeKey, decides what is certain: %s', async (_, observation, criteria, outcome) => {
    const simulation = simulate(observation);
    simulation.keys.denyAll();
    expect(await simulation.check({ criteria })).toMatchObject({ outcome });
  });

  test('warns that a key in force which could not be looked up may be disabled', async () => {
    const simulation = simulate(active(NEW));
    simulation.keys.denyAll();
    expect(await simulation.check({ criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'compliant',
      warnings: [expect.stringContaining(`kms:DescribeKey ${NEW}`)]
    });
  });

  test.each([
    [enablingFailed(), 'non-compliant'],
    [suspended(), 'failed']
  ])(
    'is never compliant in the status $status, which does not show whether the stream is encrypted',
    async (observation, outcome) => {
      for (const criteria of [ANY, targetKey(NEW), approved(NEW)]) {
        const result = await simulate(observation).check({ criteria });
        expect(result).toMatchObject({ outcome, encrypted: 'unknown', status: observation.status, key: null });
      }
    }
  );

  test('does not skip a stream on another customer key that a glob or tags selected', async () => {
    const simulation = simulate(active(OLD));
    expect(await simulation.check({ criteria: targetKey(NEW), named: false })).toMatchObject({
      outcome: 'non-compliant'
    });
  });

  test('is failed for a stream that is being deleted, or not-applicable if a glob or tags selected it', async () => {
    const message = expect.stringContaining('is being deleted');
    expect(await simulate(deleting()).check()).toMatchObject({ outcome: 'failed', message });
    const left = await simulate(deleting()).check({ named: false });
    expect(left).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown', key: null, message });
  });

  test('is failed for a stream that does not exist, or not-applicable if a glob or tags selected it', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextDescribes(failsWith('missing', 'no such stream'), failsWith('missing', 'no such stream'));
    expect(await simulation.check()).toMatchObject({ outcome: 'failed', message: 'no such stream' });
    expect(await simulation.check({ named: false })).toMatchObject({
      outcome: 'not-applicable',
      message: 'the stream no longer exists, although it was listed (no such stream)'
    });
  });

  test('is failed for a delivery stream that could not be created, even if a glob or tags selected it', async () => {
    expect(await simulate(notCreated()).check({ named: false })).toMatchObject({ outcome: 'failed' });
  });

  test('is failed for the ARN of another account and names both accounts, even while KMS does not answer', async () => {
    const simulation = simulate(active(NEW));
    simulation.keys.onNextDescribes(hangs);
    const arn = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
    const result = await simulation.check({
      stream: { kind: 'kinesis', name: 'orders', arn },
      criteria: targetKey(NEW)
    });
    expect(result.outcome).toBe('failed');
    expect(result.message).toContain(ACCOUNT);
    expect(result.message).toContain(OTHER_ACCOUNT);
    expect(simulation.clock.now()).toBe(0);
  });

  test.each([
    ['compliant', updating(OLD), active(NEW)],
    ['non-compliant', enabling(), enabled(OLD)],
    ['non-compliant', enabling(), enablingFailed()],
    ['non-compliant', updating(), active()]
  ])('waits for a change in flight to end first: %s', async (outcome, before, after) => {
    const simulation = simulate(before);
    simulation.stream.report(after, 12_000);
    const result = await simulation.check({ criteria: targetKey(NEW) });
    expect(result.outcome).toBe(outcome);
    expect(result.durationSeconds).toBeGreaterThanOrEqual(12);
  });
});
