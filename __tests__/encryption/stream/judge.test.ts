/** Decisions of mode `check`. */

import { describe, expect, test } from '@jest/globals';
import { resolveNamedKey } from '../../../src/encryption/keys/resolved-key.ts';
import type { ResolvedCriteria } from '../../../src/encryption/stream/criteria.ts';
import { judge } from '../../../src/encryption/stream/judge.ts';
import type { ResolvedObservation } from '../../../src/encryption/stream/observation.ts';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  awsManagedKey,
  customerKey,
  disabledKey,
  found,
  keyArn,
  NEW,
  NEW_ID,
  OLD,
  OLD_ID,
  OTHER_ACCOUNT,
  SCOPE,
  THIRD
} from '../../support/account.ts';
import {
  active,
  DATA_STREAM,
  deleting,
  enabled,
  enablingFailed,
  GRANT_FAILED,
  notCreated,
  suspended,
  withSource
} from '../../support/observations.ts';
import {
  anyCustomerKey,
  anyKey,
  awsKey,
  inUnknownStatus,
  newKey,
  notEncrypted,
  notLookedUp,
  onAwsKey,
  onNew,
  onOld,
  reportingAlias,
  reportingUnresolvedAlias,
  resolved,
  unresolved,
  viaAlias,
  withoutKeyId
} from '../../support/resolved-observations.ts';
import { says } from '../../support/stream-simulation.ts';

const unusable = resolved(active(NEW), { type: 'customer-managed', problem: 'it is disabled' });
const unknownType = resolved(active(OLD), { type: null });
const onAlias = reportingUnresolvedAlias('alias/x');

const named = (id: string) => resolveNamedKey(id, null, SCOPE);
const aliasOf = (id: string, arn: string) => resolveNamedKey(id, found(customerKey(arn)), SCOPE);
const disabled = resolveNamedKey('alias/a', found(disabledKey(NEW)), SCOPE);
const missing = resolveNamedKey('alias/gone', { answer: 'missing', why: 'there is no key alias/gone' }, SCOPE);
const denied = resolveNamedKey('alias/x', { answer: 'denied', why: 'no kms:DescribeKey for alias/y' }, SCOPE);
const MISSING = 'alias/gone in approved-key-ids does not exist in KMS (there is no key alias/gone)';

function anyOf(...keys: ReturnType<typeof resolveNamedKey>[]): ResolvedCriteria {
  return { which: 'approved', keys };
}

/** Approved keys that were not looked up. */
function approved(...ids: string[]): ResolvedCriteria {
  return anyOf(...ids.map(named));
}

function judgeNamed(observation: ResolvedObservation, criteria: ResolvedCriteria) {
  return judge({ named: true }, observation, criteria);
}

describe('compliant', () => {
  test.each([
    ['any key required, customer key in force', onOld, anyKey],
    ['any key required, AWS key in force', onAwsKey, anyKey],
    ['any key required, key without an id in force', withoutKeyId, anyKey],
    ['customer-managed required, customer key in force', onOld, anyCustomerKey],
    ['aws-owned required, AWS key in force', onAwsKey, awsKey],
    ['a key required and in force', onNew, newKey],
    ['approved by its ARN', onOld, approved(NEW, OLD)],
    ['approved by its id', onOld, approved(NEW, OLD_ID)],
    ['approved by its alias', onOld, anyOf(aliasOf('alias/a', NEW), aliasOf('alias/b', OLD))],
    ["approved by AWS' alias for Kinesis", onAwsKey, approved(NEW, AWS_ALIAS)],
    ['approved by its ARN beside an alias that may not be looked up', onOld, anyOf(denied, named(OLD))],
    ['approved beside a disabled key', onOld, anyOf(disabled, named(OLD))]
  ])('without a warning: %s', (_, observation, criteria) => {
    expect(judgeNamed(observation, criteria)).toMatchObject({ outcome: 'compliant', warnings: [] });
  });

  const repointed = `alias/new, which points to ${NEW} now but may have been repointed`;
  test.each([
    ['an alias in force may have been repointed', viaAlias, newKey, [repointed]],
    ['the approved key is in force through an alias', viaAlias, approved(NEW), [repointed]],
    ['the key in force could not be looked up', notLookedUp, anyKey, ['no kms:DescribeKey']],
    ['the alias in force could not be looked up', onAlias, anyKey, ['points to an unknown key', 'for alias/x']],
    ['an approved key does not exist', onOld, anyOf(missing, named(OLD)), [MISSING]]
  ])('with a warning: %s', (_, observation, criteria, warnings) => {
    const expected = warnings.map((warning) => says(warning));
    expect(judgeNamed(observation, criteria)).toMatchObject({ outcome: 'compliant', warnings: expected });
  });

  test('by the ARN of an AWS managed key for the AWS alias in force only if both were looked up', () => {
    const managed = anyOf(resolveNamedKey(AWS_MANAGED, found(awsManagedKey(AWS_MANAGED)), SCOPE));
    expect(judgeNamed(resolved(active(AWS_ALIAS), { arn: AWS_MANAGED }), managed)).toMatchObject({
      outcome: 'compliant'
    });
    expect(judgeNamed(onAwsKey, managed)).toMatchObject({ outcome: 'failed' });
  });
});

describe('non-compliant', () => {
  const NOT_APPROVED = 'which is not in approved-key-ids: run mode encrypt with a key-id to move it';
  const NO_CUSTOMER_KEY =
    'but must be encrypted with a customer managed key: run mode encrypt with a key-id to move it';
  const onForeign = resolved(active(keyArn(NEW_ID, { account: OTHER_ACCOUNT })));

  test.each([
    ['not encrypted, any key required', notEncrypted, anyKey, 'not encrypted: run mode encrypt to encrypt it'],
    ['not encrypted, a key required', notEncrypted, newKey, 'not encrypted'],
    ['not encrypted, keys approved', notEncrypted, approved(NEW), 'not encrypted'],
    ['not encrypted, the required key cannot be resolved', notEncrypted, unresolved, 'not encrypted'],
    ['another key', onOld, newKey, `${OLD}, but must be encrypted with ${NEW}: run mode encrypt to move it`],
    ['the same key id in another account', onForeign, newKey, `but must be encrypted with ${NEW}`],
    ['an alias of another key', reportingAlias('alias/new', OLD), newKey, `but must be encrypted with ${NEW}`],
    ['the AWS key, a key required', onAwsKey, newKey, `${AWS_ALIAS}, but must be encrypted with ${NEW}`],
    ['the AWS key, customer-managed required', onAwsKey, anyCustomerKey, NO_CUSTOMER_KEY],
    ['a customer key, the AWS key required', onOld, awsKey, `${OLD}, but must be encrypted with ${AWS_ALIAS}`],
    ['the required key, but disabled', unusable, newKey, 'it is disabled'],
    ['any key required, disabled key in force', unusable, anyKey, 'it is disabled'],
    ['customer-managed required, disabled key in force', unusable, anyCustomerKey, 'it is disabled'],
    ['approved, but disabled', unusable, approved(NEW), 'it is disabled'],
    ['a customer key that is not approved', onOld, approved(NEW, THIRD), NOT_APPROVED],
    ['the AWS key, customer keys approved', onAwsKey, anyOf(aliasOf(NEW, NEW)), NOT_APPROVED],
    ['the AWS owned key, the AWS alias approved', resolved(enabled()), approved(NEW, AWS_ALIAS), NOT_APPROVED],
    ['an alias of a key that is not approved', reportingAlias('alias/b', OLD), approved(NEW), NOT_APPROVED],
    ['not approved beside a key that does not exist', onOld, anyOf(missing, aliasOf('alias/a', NEW)), MISSING]
  ])('%s', (_, observation, criteria, why) => {
    expect(judgeNamed(observation, criteria)).toMatchObject({ outcome: 'non-compliant', why: says(why) });
  });

  test('with a warning if a stream is not encrypted and the required key is not known', () => {
    expect(judgeNamed(notEncrypted, unresolved).warnings).toEqual([unresolved.why]);
    expect(judgeNamed(notEncrypted, anyKey).warnings).toEqual([]);
  });

  test.each([anyKey, newKey, anyCustomerKey, unresolved, approved(OLD)])(
    'with reason and remedy if the latest change failed, whatever is required: $which',
    (criteria) => {
      const why =
        `the status ENABLING_FAILED (${GRANT_FAILED}) does not show whether the stream is encrypted, or with which key. ` +
        'Fix it. Then run mode encrypt with a key-type or key-id to set a key';
      const expected = { outcome: 'non-compliant', why, cause: why, warnings: [] };
      expect(judgeNamed(resolved(enablingFailed()), criteria)).toEqual(expected);
    }
  );
});

describe('failed', () => {
  const notSaid = (what: string) =>
    `cannot determine whether ${OLD} is ${what} (the service and KMS do not say): run again; if it occurs again, contact AWS Support`;

  test.each([
    ['a key may be a customer key', notLookedUp, anyCustomerKey, 'a customer managed key (no kms:DescribeKey'],
    ['a key may be the AWS key', notLookedUp, awsKey, 'no kms:DescribeKey'],
    ['the required key is not known', onOld, unresolved, unresolved.why],
    ['the alias in force could not be looked up', onAlias, newKey, 'no kms:DescribeKey for alias/x'],
    ['the key in force is not known', withoutKeyId, newKey, 'an unidentified key'],
    ['the key in force is not known, keys approved', withoutKeyId, approved(NEW), 'an unidentified key'],
    ['an approved key may not be looked up', onOld, anyOf(named(NEW), denied), 'no kms:DescribeKey for alias/y'],
    ['two aliases may not be looked up', onAlias, anyOf(denied), 'for alias/x; no kms:DescribeKey for alias/y'],
    ['an approved key is missing, another one denied', onOld, anyOf(missing, denied), MISSING],
    ['KMS does not say who manages a key', unknownType, anyCustomerKey, notSaid('a customer managed key')],
    ['KMS does not say whether it is the AWS key', unknownType, awsKey, notSaid('the required key')],
    ['KMS does not say whether it is approved', unknownType, approved('alias/app'), notSaid('one of approved-key-ids')],
    ['the status is unknown, any key required', resolved(suspended()), anyKey, 'SUSPENDED'],
    ['the status is unknown, a key required', inUnknownStatus, newKey, 'REPAIRING'],
    ['the status is unknown, keys approved', resolved(suspended()), approved(OLD), 'SUSPENDED'],
    ['the stream is being deleted', resolved(deleting()), newKey, 'the stream is being deleted: create it again'],
    ['the stream could not be created', resolved(notCreated()), newKey, 'could not be created (KMS_ACCESS_DENIED']
  ])('if %s', (_, observation, criteria, why) => {
    expect(judgeNamed(observation, criteria)).toMatchObject({ outcome: 'failed', why: says(why), warnings: [] });
  });
});

test('a stream with a source, or that is being deleted and was not named, is not applicable', () => {
  for (const criteria of [anyKey, newKey, unresolved]) {
    const judgement = judgeNamed(resolved(withSource(DATA_STREAM)), criteria);
    expect(judgement).toMatchObject({ outcome: 'not-applicable', why: says('encrypt its source') });
  }
  const why = 'the stream is being deleted';
  const expected = { outcome: 'not-applicable', why, cause: why, warnings: [] };
  expect(judge({ named: false }, resolved(deleting()), newKey)).toEqual(expected);
  expect(judge({ named: false }, resolved(notCreated()), newKey)).toMatchObject({ outcome: 'failed' });
});
