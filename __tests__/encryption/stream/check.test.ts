/** Mode `check`: whether a stream meets the criteria, which are resolved only as far as needed. */

import { describe, expect, test } from '@jest/globals';
import type { KeyCriteria, Observation } from '../../../src/encryption/model.ts';
import {
  ACCOUNT,
  AWS_ALIAS,
  AWS_MANAGED,
  customerKey,
  disabledKey,
  NEW,
  NEW_ID,
  OLD,
  OTHER_ACCOUNT,
  STREAM_ARN
} from '../../support/account.ts';
import { active, deleting, enabled, enablingFailed, GRANT_FAILED, suspended } from '../../support/observations.ts';
import { ANY, AWS_OWNED, approved, CUSTOMER_MANAGED, targetKey } from '../../support/requests.ts';
import { failsWith, hangs } from '../../support/simulated-stream.ts';
import {
  describes,
  expectRun,
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
const TO_NEW = targetKey(NEW);
const FOREIGN = NEW.replace(ACCOUNT, OTHER_ACCOUNT);
const denied = refusesKey('alias/x', 'denied', 'not allowed to kms:DescribeKey alias/x');
const unknownType = withKey(customerKey(OLD, { type: null }));
const withoutKeyId: Observation = { ...active(OLD), key: null };
const NO_KEY = 'alias/gone in approved-key-ids does not exist in KMS (there is no key alias/gone)';

describe('compliant', () => {
  test.each([
    ['a customer key, any key required', active(OLD), ANY],
    ['a customer key by its id, customer-managed required', active(NEW_ID), CUSTOMER_MANAGED],
    ['the AWS key by its own ARN, aws-owned required', active(AWS_MANAGED), AWS_OWNED],
    ['the AWS owned key of Firehose, aws-owned required', enabled(), AWS_OWNED],
    ['a key by its id, required by its alias', active(NEW_ID), targetKey('alias/new')],
    ['a key approved by its id', active(NEW), approved(OLD, NEW_ID)],
    ['a key approved by an alias', active(NEW_ID), approved('alias/old', 'alias/new')],
    ['a key approved beside an alias that may not be looked up', active(NEW), approved('alias/x', 'alias/new')],
    ['the AWS key approved by its ARN', active(AWS_ALIAS), approved(AWS_MANAGED)]
  ])('without a warning: %s', async (_, stream, criteria) => {
    const key = { id: stream.key?.id };
    const compliant = { outcome: 'compliant', changed: false, encrypted: 'true', key, previousKey: key, warnings: [] };
    const { stream: simulated, clock } = await expectRun(stream, { ...CHECK, criteria, given: denied }, compliant);
    expect([simulated.describesMs, clock.now()]).toEqual([[0], 0]);
  });

  test('without a key id, any key required', () =>
    expectRun(withoutKeyId, { ...CHECK, criteria: ANY }, { outcome: 'compliant', key: null, warnings: [] }));

  const repointed = `alias/new, which points to ${NEW} now but may have been repointed: run mode encrypt on the data stream`;
  test.each([
    ['the alias in force', active('alias/new'), approved(OLD, NEW), [repointed]],
    ['an approved key that does not exist', active(NEW), approved('alias/gone', 'alias/new'), [NO_KEY]],
    ['an alias that was not looked up', active('alias/x'), ANY, ['points to an unknown key', 'looked up']]
  ])('with a warning about %s', async (_, stream, criteria, texts) => {
    const warnings = texts.map((text) => says(text));
    await expectRun(stream, { ...CHECK, criteria, given: denied }, { outcome: 'compliant', warnings });
  });
});

describe('non-compliant', () => {
  const toNew = `but must be encrypted with ${NEW}: run mode encrypt to move it`;
  const toCustomerKey = 'but must be encrypted with a customer managed key: run mode encrypt with a key-id to move it';
  const ELSEWHERE = NEW.replace('eu-central-1', 'us-east-1');
  const NONE_HERE =
    'which is not in approved-key-ids: none of them is in eu-central-1, so add the keys that are approved there';
  const notApproved = 'which is not in approved-key-ids: run mode encrypt with a key-id to move it';

  test.each([
    ['not encrypted, keys approved', active(), approved(NEW), 'not encrypted: run mode encrypt to encrypt it'],
    ['another key than the required one', active(OLD), targetKey('alias/new'), `encrypted with ${OLD}, ${toNew}`],
    ['the required key id in another account', active(FOREIGN), TO_NEW, toNew],
    ['an alias of another key', active('alias/old'), TO_NEW, `encrypted with alias/old, ${toNew}`],
    ['the AWS key, customer-managed required', active(AWS_MANAGED), CUSTOMER_MANAGED, toCustomerKey],
    ['a customer key, aws-owned required', active(OLD), AWS_OWNED, `but must be encrypted with ${AWS_ALIAS}`],
    ['an id of another account approved', active(NEW), approved(FOREIGN), notApproved],
    ['the AWS key, customer keys approved', active(AWS_ALIAS), approved(NEW, 'alias/old'), notApproved],
    ['the AWS owned key, the AWS alias approved', enabled(), approved(NEW, AWS_ALIAS), notApproved],
    [
      'one approved key does not exist',
      active(NEW),
      approved('alias/gone', 'alias/old'),
      `which is not in approved-key-ids. ${NO_KEY}. Correct approved-key-ids, or run`
    ],
    ['only keys of other regions approved', active(NEW), approved(ELSEWHERE), NONE_HERE]
  ])('%s', async (_, stream, criteria, text) => {
    const expected = { outcome: 'non-compliant', encrypted: stream.encrypted, message: says(text) };
    await expectRun(stream, { ...CHECK, criteria, named: false }, expected);
  });

  test.each([ANY, CUSTOMER_MANAGED, targetKey(OLD), approved(NEW, OLD)])(
    'a disabled key, required: $which',
    async (criteria) => {
      const cause = `the key ${OLD} is disabled: enable it, or use another key`;
      const message = `the stream is encrypted with ${OLD}, but ${cause}`;
      const options = { ...CHECK, criteria, given: withKey(disabledKey(OLD)) };
      await expectRun(active(OLD), options, { outcome: 'non-compliant', cause, message });
    }
  );

  test('not encrypted, with a warning that the required key cannot be resolved', () => {
    const expected = { outcome: 'non-compliant', warnings: ['there is no key alias/gone'] };
    return expectRun(active(), { ...CHECK, criteria: targetKey('alias/gone') }, expected);
  });

  test.each([ANY, targetKey('alias/gone'), approved(OLD)])(
    'the latest change failed, with reason and remedy, required: $which',
    async (criteria) => {
      const message =
        `the status ENABLING_FAILED (${GRANT_FAILED}) does not show whether the stream is encrypted, or with which key. ` +
        'Fix it. Then run mode encrypt with a key-type or key-id to set a key';
      const unknown = { encrypted: 'unknown', key: null, status: 'ENABLING_FAILED', warnings: [] };
      const expected = { outcome: 'non-compliant', message, cause: message, ...unknown };
      await expectRun(enablingFailed(), { ...CHECK, criteria }, expected);
    }
  );
});

describe('failed', () => {
  const foreign = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT) } as const;
  const onForeignKey = { ...active(FOREIGN), arn: foreign.arn };
  const NOT_SAID = '(the service and KMS do not say): run again; if it occurs again, contact AWS Support';

  test.each<[string, Observation, RunOptions, string, string]>([
    ['an alias is required', active(NEW), { criteria: targetKey('alias/new') }, '', 'alias/new'],
    ['an alias is in force', active('alias/new'), { criteria: TO_NEW }, 'alias/new is the required key', 'alias/new'],
    ['any customer key is required', active(NEW), { criteria: CUSTOMER_MANAGED }, 'is a customer managed key', NEW],
    ['it may be the AWS key', active(AWS_ALIAS), { criteria: targetKey(AWS_MANAGED) }, 'the required key', AWS_ALIAS],
    ['an alias is approved', active(NEW), { criteria: approved('alias/old') }, 'one of approved-key-ids', 'alias/old'],
    ['an id of another account is approved', onForeignKey, { stream: foreign, criteria: approved(NEW_ID) }, '', NEW_ID]
  ])('without kms:DescribeKey if %s', async (_, stream, options, whether, id) => {
    const failed = { outcome: 'failed', message: says(whether, `not allowed to kms:DescribeKey ${id}`), warnings: [] };
    await expectRun(stream, { ...CHECK, ...options, given: withoutDescribeKey }, failed);
  });

  test.each<[string, Observation, KeyCriteria, string, SetUp?]>([
    ['the required key does not exist', active(OLD), targetKey('alias/gone'), 'there is no key alias/gone'],
    ['no key id is reported', withoutKeyId, TO_NEW, 'an unidentified key is the required key'],
    ['one is missing, another denied', active(OLD), approved('alias/gone', 'alias/x'), `. ${NO_KEY}`, denied],
    ['KMS does not say whose it is', active(OLD), CUSTOMER_MANAGED, `managed key ${NOT_SAID}`, unknownType],
    ['the status is unknown', suspended(), approved(OLD), 'SUSPENDED'],
    ['the stream is being deleted', deleting(), ANY, 'the stream is being deleted: create it again']
  ])('if %s', async (_, stream, criteria, text, given = nothing) => {
    await expectRun(stream, { ...CHECK, criteria, given }, { outcome: 'failed', message: says(text), warnings: [] });
  });

  test('for the ARN of another account and names both accounts, even while KMS does not answer', async () => {
    const options = { ...CHECK, stream: foreign, criteria: TO_NEW, given: lookups(hangs) };
    const failed = { outcome: 'failed', message: says(ACCOUNT, OTHER_ACCOUNT) };
    expect((await expectRun(active(NEW), options, failed)).clock.now()).toBe(0);
  });

  test('never because an alias of the credentials is another one in the account of the stream', async () => {
    const given = [withKey(customerKey(FOREIGN)), withKey(customerKey(NEW), 'alias/new')];
    const byAlias = { ...CHECK, stream: foreign, criteria: approved('alias/new'), given };
    await expectRun(onForeignKey, byAlias, { outcome: 'non-compliant' });
    await expectRun(onForeignKey, { ...byAlias, criteria: approved(FOREIGN) }, { outcome: 'compliant' });
  });
});

test.each([
  ['the required id is in force', active(NEW_ID), targetKey(NEW_ID), 'compliant'],
  ['the approved ARN is in force', active(NEW_ID), approved('alias/old', NEW), 'compliant'],
  ['another ARN is in force', active(OLD), TO_NEW, 'non-compliant'],
  ['the AWS key is in force', active(AWS_ALIAS), targetKey(NEW, true), 'non-compliant'],
  ['the stream is not encrypted', active(), TO_NEW, 'non-compliant']
])('a check is certain without kms:DescribeKey if %s', async (_, stream, criteria, outcome) => {
  await expectRun(stream, { ...CHECK, criteria, given: withoutDescribeKey }, { outcome });
});

test('a selected stream that is being deleted or gone is not-applicable, a named one that is gone failed', async () => {
  const message = 'the stream is being deleted';
  const left = { outcome: 'not-applicable', message, cause: message, warnings: [], encrypted: 'unknown', key: null };
  await expectRun(deleting(), { ...CHECK, named: false }, left);
  const given = describes(failsWith('missing', 'no such stream'));
  await expectRun(active(), { ...CHECK, given }, { outcome: 'failed', message: 'no such stream' });
  const gone = { outcome: 'not-applicable', message: says('no longer exists') };
  await expectRun(active(), { ...CHECK, given, named: false }, gone);
});
