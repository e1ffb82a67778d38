import { describe, expect, test } from '@jest/globals';
import { resolveNamedKey } from '../../../src/encryption/keys/resolved-key.ts';
import type { ResolvedCriteria } from '../../../src/encryption/stream/criteria.ts';
import { judge } from '../../../src/encryption/stream/judge.ts';
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

const NAMED = { named: true };
const containing = (text: string) => expect.stringContaining(text);

/** Approved keys that were not looked up. */
function approved(...ids: string[]): ResolvedCriteria {
  return { which: 'approved', keys: ids.map((id) => resolveNamedKey(id, null, SCOPE)) };
}

describe('judge', () => {
  test.each([
    ['any key required, customer key in force', onOld, anyKey],
    ['any key required, AWS key in force', onAwsKey, anyKey],
    ['any key required, key without an id in force', withoutKeyId, anyKey],
    ['customer-managed required, customer key in force', onOld, anyCustomerKey],
    ['aws-owned required, AWS key in force', onAwsKey, awsKey],
    ['a key required and in force', onNew, newKey]
  ])('compliant: %s', (_, observation, criteria) => {
    expect(judge(NAMED, observation, criteria)).toMatchObject({ outcome: 'compliant', warnings: [] });
  });

  test.each([
    ['not encrypted, any key required', resolved(active()), anyKey, 'not encrypted'],
    ['not encrypted, a key required', resolved(active()), newKey, 'not encrypted'],
    ['another key than the required one', onOld, newKey, `${OLD}, but must be encrypted with ${NEW}`],
    [
      'the AWS key, customer-managed required',
      onAwsKey,
      anyCustomerKey,
      'but must be encrypted with a customer managed key'
    ],
    ['the AWS key, another key required', onAwsKey, newKey, `${AWS_ALIAS}, but must be encrypted with ${NEW}`],
    ['a customer key, the AWS key required', onOld, awsKey, `${OLD}, but must be encrypted with ${AWS_ALIAS}`],
    ['the required key, but disabled', resolved(active(NEW), { problem: 'it is disabled' }), newKey, 'it is disabled'],
    [
      'any key required, disabled key in force',
      resolved(active(OLD), { problem: 'it is disabled' }),
      anyKey,
      'it is disabled'
    ],
    [
      'customer-managed required, deleted key in force',
      resolved(active(OLD), { problem: 'it was deleted' }),
      anyCustomerKey,
      'it was deleted'
    ],
    ['not encrypted, the required key cannot be resolved', resolved(active()), unresolved, 'not encrypted']
  ])('non-compliant: %s', (_, observation, criteria, why) => {
    expect(judge(NAMED, observation, criteria)).toMatchObject({ outcome: 'non-compliant', why: containing(why) });
  });

  test.each([
    [
      'whether a key is a customer key',
      notLookedUp,
      anyCustomerKey,
      `${OLD} is a customer managed key (no kms:DescribeKey`
    ],
    ['whether a key is the AWS key', notLookedUp, awsKey, 'no kms:DescribeKey'],
    ['which key is required', onOld, unresolved, 'no kms:DescribeKey for alias/new'],
    [
      'where an alias points',
      resolved(active('alias/x'), { viaAlias: true, lookupError: 'denied x' }),
      newKey,
      'denied x'
    ],
    ['which key is in force', withoutKeyId, newKey, 'an unidentified key']
  ])('failed: cannot determine %s', (_, observation, criteria, why) => {
    expect(judge(NAMED, observation, criteria)).toMatchObject({ outcome: 'failed', why: containing(why) });
  });

  test.each([
    ['SUSPENDED', resolved(suspended()), anyKey],
    ['SUSPENDED', resolved(suspended()), newKey],
    ['SUSPENDED', resolved(suspended()), approved(OLD)],
    ['REPAIRING', inUnknownStatus, anyKey]
  ])('failed: the status %s does not show whether the stream is encrypted: %#', (status, observation, criteria) => {
    expect(judge(NAMED, observation, criteria)).toMatchObject({ outcome: 'failed', why: containing(status) });
  });

  test.each([anyKey, newKey, anyCustomerKey, unresolved, approved(OLD)])(
    'non-compliant if the latest attempt failed, with the reason and the remedy (criteria: $which)',
    (criteria) => {
      const why =
        `the status ENABLING_FAILED (${GRANT_FAILED}) does not show whether the stream is encrypted, or with which key. ` +
        'Fix it. Then run mode encrypt with a key-type or key-id to set a key';
      expect(judge(NAMED, resolved(enablingFailed()), criteria)).toEqual({
        outcome: 'non-compliant',
        why,
        cause: why,
        warnings: []
      });
    }
  );

  test('resolves a customer alias in force to the key it points to now, and warns', () => {
    expect(judge(NAMED, viaAlias, newKey)).toMatchObject({
      outcome: 'compliant',
      warnings: [containing(`alias/new, which points to ${NEW} now but may have been repointed`)]
    });
    expect(judge(NAMED, reportingAlias('alias/new', OLD), newKey)).toMatchObject({
      outcome: 'non-compliant'
    });
  });

  test('warns that a key which could not be looked up may be disabled', () => {
    expect(judge(NAMED, notLookedUp, anyKey)).toMatchObject({
      outcome: 'compliant',
      warnings: [containing('no kms:DescribeKey')]
    });
  });

  test('warns twice about an alias that could not be looked up', () => {
    const observation = resolved(active('alias/x'), { viaAlias: true, lookupError: 'denied x' });
    expect(judge(NAMED, observation, anyKey)).toMatchObject({
      outcome: 'compliant',
      warnings: [containing('points to an unknown key'), containing('denied x')]
    });
  });
});

describe('approved keys', () => {
  const aliasOf = (id: string, arn: string) => resolveNamedKey(id, found(customerKey(arn)), SCOPE);
  const missing = resolveNamedKey('alias/gone', { answer: 'missing', why: 'there is no key alias/gone' }, SCOPE);
  const denied = resolveNamedKey('alias/x', { answer: 'denied', why: 'no kms:DescribeKey for alias/x' }, SCOPE);
  const anyOf = (...keys: ReturnType<typeof resolveNamedKey>[]): ResolvedCriteria => ({ which: 'approved', keys });

  test.each([
    ['its ARN', onOld, approved(NEW, OLD)],
    ['its id', onOld, approved(NEW, OLD_ID)],
    ['its alias', onOld, anyOf(aliasOf('alias/a', NEW), aliasOf('alias/b', OLD))],
    ['the ARN that the alias in force points to now', reportingAlias('alias/b', OLD), approved(OLD)],
    ["AWS' alias for Kinesis", onAwsKey, approved(NEW, AWS_ALIAS)]
  ])('compliant: approved by %s', (_, observation, criteria) => {
    expect(judge(NAMED, observation, criteria)).toMatchObject({ outcome: 'compliant' });
  });

  test.each([
    ['another customer key', onOld, approved(NEW, THIRD)],
    ['the AWS key', onAwsKey, anyOf(aliasOf(NEW, NEW), aliasOf('alias/b', OLD))],
    ['the AWS owned key of Firehose', resolved(enabled()), approved(NEW, AWS_ALIAS)],
    ['an alias that points to another key now', reportingAlias('alias/b', OLD), approved(NEW)],
    ['the key with that id in another account', onOld, approved(keyArn(OLD_ID, { account: OTHER_ACCOUNT }))]
  ])('non-compliant: %s', (_, observation, criteria) => {
    expect(judge(NAMED, observation, criteria)).toMatchObject({
      outcome: 'non-compliant',
      why: containing('which is not in approved-key-ids: run mode encrypt with a key-id to move it')
    });
  });

  test('non-compliant: not encrypted', () => {
    expect(judge(NAMED, resolved(active()), approved(NEW))).toMatchObject({ outcome: 'non-compliant' });
  });

  test.each([
    ['disabled', `the key ${OLD} is disabled`],
    ['deleted', 'there is no such key']
  ])('non-compliant: approved, but %s', (_, problem) => {
    const observation = resolved(active(OLD), { type: 'customer-managed', problem });
    expect(judge(NAMED, observation, approved(OLD))).toMatchObject({
      outcome: 'non-compliant',
      why: containing(problem)
    });
  });

  test.each([
    ['the key in force', reportingUnresolvedAlias('alias/y'), approved(NEW, OLD), 'no kms:DescribeKey for alias/y'],
    ['an approved key', onOld, anyOf(aliasOf('alias/a', NEW), denied), 'no kms:DescribeKey for alias/x'],
    ['which key is in force', withoutKeyId, approved(NEW), 'an unidentified key']
  ])('failed with the missing permission: no key matches, and cannot resolve %s', (_, observation, criteria, why) => {
    expect(judge(NAMED, observation, criteria)).toMatchObject({ outcome: 'failed', why: containing(why) });
  });

  test('names both keys if neither can be looked up', () => {
    const { why } = judge(NAMED, reportingUnresolvedAlias('alias/y'), anyOf(denied));
    expect(why).toContain('no kms:DescribeKey for alias/y; no kms:DescribeKey for alias/x');
  });

  test('fails for the same alias on both sides if it cannot be looked up, as it may have been repointed', () => {
    expect(judge(NAMED, reportingUnresolvedAlias('alias/x'), anyOf(denied))).toMatchObject({ outcome: 'failed' });
  });

  test('is compliant if one key certainly matches, even if others cannot be resolved', () => {
    expect(judge(NAMED, onOld, anyOf(denied, missing, aliasOf(OLD, OLD)))).toMatchObject({ outcome: 'compliant' });
  });

  test('treats an approved key that does not exist as another key, and names it', () => {
    expect(judge(NAMED, onOld, anyOf(missing, aliasOf('alias/a', NEW)))).toMatchObject({
      outcome: 'non-compliant',
      why: containing('alias/gone in approved-key-ids does not exist in KMS (there is no key alias/gone)')
    });
    expect(judge(NAMED, onOld, anyOf(missing, aliasOf('alias/b', OLD)))).toMatchObject({
      outcome: 'compliant',
      warnings: [containing('alias/gone in approved-key-ids does not exist in KMS')]
    });
    expect(judge(NAMED, onOld, anyOf(missing, denied))).toMatchObject({
      outcome: 'failed',
      why: containing('alias/gone')
    });
  });

  test('does not warn about a disabled approved key that is not in force', () => {
    const disabled = resolveNamedKey('alias/a', found(disabledKey(NEW)), SCOPE);
    expect(judge(NAMED, onOld, anyOf(disabled, aliasOf('alias/b', OLD)))).toMatchObject({ warnings: [] });
  });

  test('matches the ARN of an AWS managed key with the AWS alias in force only if both were looked up', () => {
    const managed = resolveNamedKey(AWS_MANAGED, found(awsManagedKey(AWS_MANAGED)), SCOPE);
    const viaAwsAlias = resolved(active(AWS_ALIAS), { arn: AWS_MANAGED });
    expect(judge(NAMED, viaAwsAlias, anyOf(managed))).toMatchObject({ outcome: 'compliant' });
    expect(judge(NAMED, onAwsKey, anyOf(managed))).toMatchObject({ outcome: 'failed' });
  });
});

describe('a stream that cannot be encrypted', () => {
  test.each([anyKey, newKey, unresolved])(
    'is not-applicable if it has a source, which must be judged in its place',
    (criteria) => {
      expect(judge(NAMED, resolved(withSource(DATA_STREAM)), criteria)).toMatchObject({
        outcome: 'not-applicable',
        why: containing('encrypt its source')
      });
    }
  );

  test('is failed if it is being deleted, or not-applicable if a glob or tags selected it', () => {
    const why = 'the stream is being deleted';
    expect(judge(NAMED, resolved(deleting()), newKey)).toMatchObject({
      outcome: 'failed',
      why: `${why}: create it again, or leave it out of the run`
    });
    expect(judge({ named: false }, resolved(deleting()), newKey)).toMatchObject({ outcome: 'not-applicable', why });
  });

  test.each([true, false])('is failed if it could not be created (named: %s)', (named) => {
    expect(judge({ named }, resolved(notCreated()), newKey)).toMatchObject({
      outcome: 'failed',
      why: containing('could not be created (KMS_ACCESS_DENIED: no access)')
    });
  });
});

test('the same key id in another account is another key', () => {
  const observation = resolved(active(keyArn(NEW_ID, { account: OTHER_ACCOUNT })), { type: 'customer-managed' });
  expect(judge(NAMED, observation, newKey)).toMatchObject({ outcome: 'non-compliant' });
});

describe('words of a judgement', () => {
  const unknownType = resolved(active(OLD), { type: null });

  test.each([
    ['a customer managed key', anyCustomerKey],
    ['the required key', awsKey],
    ['one of approved-key-ids', approved('alias/app')]
  ])('a key that may or may not be %s: the service and KMS do not say', (what, criteria) => {
    const verdict = judge(NAMED, unknownType, criteria);
    const why = `cannot determine whether ${OLD} is ${what} (the service and KMS do not say): run again; if it occurs again, contact AWS Support`;
    expect(verdict).toMatchObject({ outcome: 'failed', why: containing(why), warnings: [] });
  });

  test('a stream without encryption is non-compliant, with a warning if the required key is not known', () => {
    expect(judge(NAMED, resolved(active()), unresolved).warnings).toEqual([unresolved.why]);
    expect(judge(NAMED, resolved(active()), anyKey).warnings).toEqual([]);
  });
});
