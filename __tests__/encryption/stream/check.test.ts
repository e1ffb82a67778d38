/** Runs of mode `check`: the criteria are resolved as far as needed, and judged once no change is in flight. */

import { describe, expect, test } from '@jest/globals';
import type { KeyCriteria, Observation } from '../../../src/encryption/model.ts';
import {
  ACCOUNT,
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  customerKey,
  disabledKey,
  keyArn,
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
  enabled,
  enabling,
  enablingFailed,
  notCreated,
  suspended,
  updating
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, targetKey } from '../../support/requests.ts';
import { failsWith, hangs } from '../../support/simulated-stream.ts';
import {
  describes,
  expectRun,
  later,
  lookups,
  nothing,
  type RunOptions,
  refusesKey,
  type SetUp,
  says,
  withKey,
  withoutDescribeKey
} from '../../support/stream-simulation.ts';

const CHECK = { mode: 'check' } as const;
const denied = refusesKey('alias/x', 'denied', 'not allowed to kms:DescribeKey alias/x');

type Row = [what: string, stream: Observation, criteria: KeyCriteria, given?: SetUp];

describe('mode check is', () => {
  test.each<Row>([
    ['any key required', active(OLD), ANY],
    ['customer-managed required, a customer key by its id', active(NEW_ID), CUSTOMER_MANAGED],
    ['aws-owned required, the AWS key by its alias ARN', active(aliasArn(AWS_ALIAS)), AWS_OWNED],
    ['aws-owned required, the AWS key by its own ARN', active(AWS_MANAGED), AWS_OWNED],
    ['aws-owned required, the AWS owned key of Firehose', enabled(), AWS_OWNED],
    ['a key required by its alias, reported by its id', active(NEW_ID), targetKey('alias/new')],
    ['a key required by its id, reported by its ARN', enabled(NEW), targetKey(NEW_ID)],
    ['a key approved by its id', active(NEW), approved(OLD, NEW_ID)],
    ['a key approved by an alias', active(NEW_ID), approved('alias/old', 'alias/new')],
    ['a key approved by an alias beside one that is denied', active(NEW), approved('alias/x', 'alias/new'), denied],
    ['the AWS key approved by its alias', active(AWS_ALIAS), approved(NEW, AWS_ALIAS)],
    ['the AWS key approved by its ARN', active(AWS_ALIAS), approved(AWS_MANAGED)]
  ])('compliant: %s', async (_, stream, criteria, given = nothing) => {
    const key = { id: stream.key?.id };
    const compliant = { outcome: 'compliant', changed: false, encrypted: 'true', key, previousKey: key, warnings: [] };
    const { stream: simulated, clock } = await expectRun(stream, { ...CHECK, criteria, given }, compliant);
    expect([simulated.describesMs, clock.now()]).toEqual([[0], 0]);
  });

  const NO_KEY = 'no key alias/gone';
  const repointed = `alias/new, which points to ${NEW} now`;
  test.each([
    ['the alias in force', active('alias/new'), targetKey(NEW), repointed],
    ['the alias in force, whose key is approved', active('alias/new'), approved(OLD, NEW), repointed],
    ['an approved key that does not exist', active(NEW), approved('alias/gone', 'alias/new'), NO_KEY]
  ])('compliant, with a warning about %s', async (_, stream, criteria, warning) => {
    await expectRun(stream, { ...CHECK, criteria }, { outcome: 'compliant', warnings: [says(warning)] });
  });

  test.each([
    ['not encrypted', active(), approved(NEW), 'not encrypted'],
    ['customer-managed required, the AWS key by its ARN', active(AWS_MANAGED), CUSTOMER_MANAGED, AWS_MANAGED],
    ['another key', active(OLD), targetKey('alias/new'), `${OLD}, but must be encrypted with ${NEW}`],
    ['an alias of another key', active('alias/new'), targetKey(OLD), 'alias/new, but must be'],
    ['a key that is not approved', active(OLD), approved('alias/new', THIRD), `${OLD}, which is not in`],
    ['the AWS key, customer keys approved', active(AWS_ALIAS), approved(NEW, 'alias/old'), AWS_ALIAS],
    ['a key that is not approved, and one that does not exist', active(NEW), approved('alias/gone', OLD), NO_KEY],
    ['the latest change failed', enablingFailed(), targetKey(NEW), 'ENABLING_FAILED']
  ])('non-compliant: %s', async (_, stream, criteria, text) => {
    const { encrypted, status } = stream;
    const nonCompliant = { outcome: 'non-compliant', encrypted, status, message: says(text) };
    await expectRun(stream, { ...CHECK, criteria, named: false }, nonCompliant);
  });

  test('non-compliant if the key in force is disabled, whatever key is required, or no longer exists', async () => {
    const disabled = withKey(disabledKey(OLD));
    for (const criteria of [ANY, CUSTOMER_MANAGED, targetKey(OLD), approved(NEW, OLD)]) {
      const nonCompliant = { outcome: 'non-compliant', encrypted: 'true', message: says('is disabled') };
      await expectRun(active(OLD), { ...CHECK, criteria, given: disabled }, nonCompliant);
    }
    const gone = { ...CHECK, criteria: CUSTOMER_MANAGED, given: refusesKey(OLD, 'missing') };
    await expectRun(active(OLD), gone, { outcome: 'non-compliant', message: says('KMS does not know the key') });
  });

  const foreign = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT) } as const;
  const foreignKey = keyArn(NEW_ID, { account: OTHER_ACCOUNT });
  const onForeignKey = { ...active(foreignKey), arn: foreign.arn };

  test.each<[string, Observation, RunOptions, string]>([
    ['the required key is an alias', active(NEW), { criteria: targetKey('alias/new') }, 'alias/new'],
    ['the key in force is an alias', active('alias/new'), { criteria: targetKey(NEW) }, 'alias/new'],
    ['any customer key is required', active(NEW), { criteria: CUSTOMER_MANAGED }, NEW],
    ['the AWS key is required', active(NEW), { criteria: AWS_OWNED }, NEW],
    ['it may be the AWS key in force', active(AWS_ALIAS), { criteria: targetKey(AWS_MANAGED) }, AWS_ALIAS],
    ['an approved key is an alias', active(NEW), { criteria: approved('alias/old', THIRD) }, 'alias/old'],
    ['an id of another account', onForeignKey, { stream: foreign, criteria: approved(NEW_ID) }, NEW_ID]
  ])('failed without kms:DescribeKey, and names the permission, if %s', async (_, stream, options, id) => {
    const failed = { outcome: 'failed', message: says(`not allowed to kms:DescribeKey ${id}`) };
    await expectRun(stream, { ...CHECK, ...options, given: withoutDescribeKey }, failed);
  });

  test.each([
    ['the required id is in force', active(NEW_ID), targetKey(NEW_ID), 'compliant'],
    ['the approved ARN is in force', active(NEW_ID), approved('alias/old', NEW), 'compliant'],
    ['any key is required', active(OLD), ANY, 'compliant'],
    ['another ARN is in force', active(OLD), targetKey(NEW), 'non-compliant'],
    ['the AWS key is in force', active(AWS_ALIAS), targetKey(NEW, true), 'non-compliant'],
    ['the AWS owned key is in force', enabled(), targetKey(NEW), 'non-compliant'],
    ['the stream is not encrypted', active(), targetKey(NEW), 'non-compliant']
  ])('certain without kms:DescribeKey if %s', async (_, stream, criteria, outcome) => {
    await expectRun(stream, { ...CHECK, criteria, given: withoutDescribeKey }, { outcome });
  });

  test('about the keys of the account of the credentials, also for a stream of another account', async () => {
    const given = [withKey(customerKey(foreignKey)), withKey(customerKey(NEW), 'alias/new')];
    const byAlias = { ...CHECK, stream: foreign, criteria: approved('alias/new'), given };
    const { keys } = await expectRun(onForeignKey, byAlias, { outcome: 'non-compliant' });
    expect(keys.described).toEqual([foreignKey, 'alias/new']);
    await expectRun(onForeignKey, { ...byAlias, criteria: approved(foreignKey) }, { outcome: 'compliant' });
  });

  test('failed for the ARN of another account and names both accounts, even while KMS does not answer', async () => {
    const options = { ...CHECK, stream: foreign, criteria: targetKey(NEW), given: lookups(hangs) };
    const { clock } = await expectRun(active(NEW), options, {
      outcome: 'failed',
      message: says(ACCOUNT, OTHER_ACCOUNT)
    });
    expect(clock.now()).toBe(0);
  });

  const missing = describes(failsWith('missing', 'no such stream'));
  test.each<[string, Observation, RunOptions, string, unknown]>([
    ['an unknown status', suspended(), { criteria: ANY }, 'failed', says('SUSPENDED')],
    ['a stream that is being deleted', deleting(), {}, 'failed', says('is being deleted: create it again')],
    ['a selected one', deleting(), { named: false }, 'not-applicable', 'the stream is being deleted'],
    ['a stream that does not exist', active(), { given: missing }, 'failed', 'no such stream'],
    [
      'a selected one that is gone',
      active(),
      { given: missing, named: false },
      'not-applicable',
      says('no longer exists')
    ],
    ['a selected one that could not be created', notCreated(), { named: false }, 'failed', says('could not be created')]
  ])('without proof for %s', async (_, stream, options, outcome, message) => {
    await expectRun(stream, { ...CHECK, ...options }, { outcome, message });
  });

  test.each([
    ['compliant', updating(OLD), active(NEW)],
    ['non-compliant', enabling(), enabled(OLD)],
    ['non-compliant', enabling(), enablingFailed()],
    ['non-compliant', updating(), active()]
  ])('%s after a change in flight has ended: %#', async (outcome, before, after) => {
    const options = { ...CHECK, criteria: targetKey(NEW), given: later(12_000, after) };
    const { clock } = await expectRun(before, options, { outcome });
    expect(clock.now()).toBeGreaterThanOrEqual(12_000);
  });
});
