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
  fedByKinesis,
  notCreated,
  suspended,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { hangs, refuses } from '../../support/simulated-stream.ts';

describe('check', () => {
  test.each([
    ['nothing asked, a customer key', active(OLD), ANY],
    ['nothing asked, the AWS key', active(AWS_ALIAS), ANY],
    ['nothing asked, the AWS owned key of Firehose', enabled(), ANY],
    ['customer-managed alone, a customer key', active(OLD), CUSTOMER_MANAGED],
    ['customer-managed alone, a customer key by its id', active(NEW_ID), CUSTOMER_MANAGED],
    ['customer-managed alone, a customer key of Firehose', enabled(OLD), CUSTOMER_MANAGED],
    ['aws-owned alone, the AWS key', active(AWS_ALIAS), AWS_OWNED],
    ['aws-owned alone, the AWS key by its alias ARN', active(aliasArn(AWS_ALIAS)), AWS_OWNED],
    ['aws-owned alone, the AWS key by its own ARN', active(AWS_MANAGED), AWS_OWNED],
    ['aws-owned alone, the AWS owned key of Firehose', enabled(), AWS_OWNED],
    ['a key asked by its alias, in force by its id', active(NEW_ID), oneKey('alias/new')],
    ['a key asked by its id, in force by its ARN', enabled(NEW), oneKey(NEW_ID)],
    ['one of the approved, by its ARN', enabled(NEW), approved(OLD, NEW)],
    ['one of the approved, by its id', active(NEW), approved(OLD, NEW_ID)],
    ['one of the approved, by an alias', active(NEW_ID), approved('alias/old', 'alias/new')],
    ['one of the approved, by an alias ARN', enabled(NEW), approved(aliasArn('alias/new'))],
    ['the AWS key approved by its alias', active(AWS_ALIAS), approved(NEW, AWS_ALIAS)],
    ['the AWS key approved by its ARN', active(AWS_ALIAS), approved(AWS_MANAGED)]
  ])('compliant: %s', async (_, look, criteria) => {
    const here = scene(look);
    expect(await here.check({ criteria })).toMatchObject({
      outcome: 'compliant',
      changed: false,
      encrypted: 'true',
      key: { id: look.key?.id },
      previousKey: { id: look.key?.id },
      warnings: []
    });
    expect(here.stream.looksMs).toHaveLength(1);
  });

  test.each([
    ['nothing asked, not encrypted', active(), ANY, 'not encrypted'],
    ['nothing asked, not encrypted', disabled(), ANY, 'not encrypted'],
    ['customer-managed alone, the AWS key', active(AWS_ALIAS), CUSTOMER_MANAGED, AWS_ALIAS],
    ['customer-managed alone, the AWS key by its own ARN', active(AWS_MANAGED), CUSTOMER_MANAGED, AWS_MANAGED],
    ['customer-managed alone, the AWS owned key of Firehose', enabled(), CUSTOMER_MANAGED, 'the AWS owned key'],
    ['aws-owned alone, a customer key', active(OLD), AWS_OWNED, OLD],
    [
      'a key asked, another one in force',
      active(OLD),
      oneKey('alias/new'),
      `${OLD}, but must be encrypted with ${NEW}`
    ],
    ['a key asked, the AWS key in force', active(AWS_ALIAS), oneKey(NEW), AWS_ALIAS],
    ['none of the approved', active(OLD), approved('alias/new', THIRD), `${OLD}, which is not in approved-key-ids`],
    ['keys approved, the AWS key in force', active(AWS_ALIAS), approved(NEW, 'alias/old'), AWS_ALIAS],
    ['keys approved, the AWS owned key of Firehose', enabled(), approved(AWS_ALIAS, NEW), 'the AWS owned key'],
    ['keys approved, not encrypted', disabled(), approved(NEW), 'not encrypted']
  ])('non-compliant: %s', async (_, look, criteria, words) => {
    const here = scene(look);
    expect(await here.check({ criteria })).toMatchObject({
      outcome: 'non-compliant',
      encrypted: look.encrypted,
      message: expect.stringContaining(words)
    });
  });

  test.each([
    ['disabled', disabledKey(OLD)],
    ['pending deletion', customerKey(OLD, { enabled: false, state: 'PendingDeletion' })]
  ])('non-compliant: the key in force is %s, whichever key will do', async (words, key) => {
    for (const criteria of [ANY, CUSTOMER_MANAGED, oneKey(OLD), approved(NEW, OLD)]) {
      const here = scene(active(OLD));
      here.keys.add(key);
      expect(await here.check({ criteria })).toMatchObject({
        outcome: 'non-compliant',
        encrypted: 'true',
        message: expect.stringContaining(words)
      });
    }
  });

  test('non-compliant: the key in force is gone', async () => {
    const here = scene(active(OLD));
    here.keys.refuse(OLD, 'missing', 'no such key');
    expect(await here.check({ criteria: CUSTOMER_MANAGED })).toMatchObject({ outcome: 'non-compliant' });
  });

  test('a customer alias in force is judged by the key it points to now, with a warning', async () => {
    const here = scene(active('alias/new'));
    expect(await here.check({ criteria: oneKey(NEW) })).toMatchObject({
      outcome: 'compliant',
      warnings: [expect.stringContaining(`alias/new, which points to ${NEW} now`)]
    });
    expect(await here.check({ criteria: oneKey(OLD) })).toMatchObject({ outcome: 'non-compliant' });
  });

  test.each([
    ['the key asked is an alias', active(NEW), oneKey('alias/new'), 'kms:DescribeKey alias/new'],
    ['the key in force is an alias', active('alias/new'), oneKey(NEW), 'kms:DescribeKey alias/new'],
    ['any customer key is asked', active(NEW), CUSTOMER_MANAGED, `kms:DescribeKey ${NEW}`],
    ['the AWS key is asked', active(NEW), AWS_OWNED, `kms:DescribeKey ${NEW}`],
    [
      'the key asked may be the AWS key in force',
      active(AWS_ALIAS),
      oneKey(AWS_MANAGED),
      `kms:DescribeKey ${AWS_ALIAS}`
    ]
  ])('without kms:DescribeKey, where %s: failed, and the permission is named', async (_, look, criteria, words) => {
    const here = scene(look);
    here.keys.denyAll();
    expect(await here.check({ criteria })).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(words)
    });
  });

  test.each([
    ['the ARN asked is in force', active(NEW), oneKey(NEW), 'compliant'],
    ['the id asked is in force', active(NEW_ID), oneKey(NEW_ID), 'compliant'],
    ['another ARN is in force', active(OLD), oneKey(NEW), 'non-compliant'],
    ['a customer key is asked, and the AWS key in force', active(AWS_ALIAS), oneKey(NEW, true), 'non-compliant'],
    ['a customer key is asked of Firehose, and the AWS key in force', enabled(), oneKey(NEW), 'non-compliant'],
    ['any key will do', active(OLD), ANY, 'compliant'],
    ['it is not encrypted', active(), oneKey(NEW), 'non-compliant']
  ])('without kms:DescribeKey, what is certain is told: %s', async (_, look, criteria, outcome) => {
    const here = scene(look);
    here.keys.denyAll();
    expect(await here.check({ criteria })).toMatchObject({ outcome });
  });

  test('a key in force that could not be looked up may be disabled: a warning', async () => {
    const here = scene(active(NEW));
    here.keys.denyAll();
    expect(await here.check({ criteria: oneKey(NEW) })).toMatchObject({
      outcome: 'compliant',
      warnings: [expect.stringContaining(`kms:DescribeKey ${NEW}`)]
    });
  });

  test.each([
    [enablingFailed(), 'non-compliant'],
    [suspended(), 'failed']
  ])(
    'a state that does not tell whether the stream is encrypted is never compliant: $status',
    async (look, outcome) => {
      for (const criteria of [ANY, oneKey(NEW), approved(NEW)]) {
        const result = await scene(look).check({ criteria });
        expect(result).toMatchObject({ outcome, encrypted: 'unknown', status: look.status, key: null });
      }
    }
  );

  test('a delivery stream fed by something else is not-applicable', async () => {
    expect(await scene(fedByKinesis()).check()).toMatchObject({
      outcome: 'not-applicable',
      encrypted: 'unknown',
      message: expect.stringContaining('KinesisStreamAsSource')
    });
  });

  test('a stream that a glob or tags chose is judged as any other: on another customer key it is not skipped', async () => {
    const here = scene(active(OLD));
    expect(await here.check({ criteria: oneKey(NEW), named: false })).toMatchObject({ outcome: 'non-compliant' });
  });

  test('being deleted: failed where it is named, not-applicable where a glob or tags chose it', async () => {
    const message = expect.stringContaining('is being deleted');
    expect(await scene(deleting()).check()).toMatchObject({ outcome: 'failed', message });
    const left = await scene(deleting()).check({ named: false });
    expect(left).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown', key: null, message });
  });

  test('a stream that does not exist: failed where it is named, not-applicable where it no longer exists, although it was listed', async () => {
    const here = scene(active());
    here.stream.nextLooks(refuses('missing', 'no such stream'), refuses('missing', 'no such stream'));
    expect(await here.check()).toMatchObject({ outcome: 'failed', message: 'no such stream' });
    expect(await here.check({ named: false })).toMatchObject({
      outcome: 'not-applicable',
      message: 'the stream no longer exists, although it was listed (no such stream)'
    });
  });

  test('a delivery stream that could not be created is failed, also where a glob or tags chose it', async () => {
    expect(await scene(notCreated()).check({ named: false })).toMatchObject({ outcome: 'failed' });
  });

  test("the ARN of another account's is failed, both accounts named, also while KMS does not answer", async () => {
    const here = scene(active(NEW));
    here.keys.nextDescribes(hangs);
    const arn = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);
    const result = await here.check({ stream: { kind: 'kinesis', name: 'orders', arn }, criteria: oneKey(NEW) });
    expect(result.outcome).toBe('failed');
    expect(result.message).toContain(ACCOUNT);
    expect(result.message).toContain(OTHER_ACCOUNT);
    expect(here.clock.now()).toBe(0);
  });

  test.each([
    ['compliant', updating(OLD), active(NEW)],
    ['non-compliant', enabling(), enabled(OLD)],
    ['non-compliant', enabling(), enablingFailed()],
    ['non-compliant', updating(), active()]
  ])('a change in flight is waited out first: %s', async (outcome, before, after) => {
    const here = scene(before);
    here.stream.show(after, 12_000);
    const result = await here.check({ criteria: oneKey(NEW) });
    expect(result.outcome).toBe(outcome);
    expect(result.durationSeconds).toBeGreaterThanOrEqual(12);
  });
});
