import { describe, expect, test } from '@jest/globals';
import { resolveNamedKey } from '../../../src/encryption/keys/resolved-key.ts';
import { judge } from '../../../src/encryption/stream/check.ts';
import type { ResolvedCriteria } from '../../../src/encryption/stream/criteria.ts';
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
  deleting,
  enabled,
  enablingFailed,
  fedByKinesis,
  GRANT_FAILED,
  notCreated,
  suspended
} from '../../support/observations.ts';
import {
  anyCustomerKey,
  anyKey,
  awsKey,
  keyNotNamed,
  newKey,
  notLookedUp,
  onAwsKey,
  onNew,
  onOld,
  seen,
  throughAlias,
  throughUnknownAlias,
  unknownWord,
  unresolved,
  viaAlias
} from '../../support/resolved-observations.ts';

const NAMED = { named: true };
const says = (words: string) => expect.stringContaining(words);

/** These keys are approved, of which KMS was not asked. */
function approved(...ids: string[]): ResolvedCriteria {
  return { which: 'approved', keys: ids.map((id) => resolveNamedKey(id, null, SCOPE)) };
}

describe('how check finds a stream', () => {
  test.each([
    ['nothing asked: any customer key will do', onOld, anyKey],
    ['nothing asked: the AWS key will do', onAwsKey, anyKey],
    ['nothing asked: a key that the service does not name will do', keyNotNamed, anyKey],
    ['customer-managed alone: any customer key will do', onOld, anyCustomerKey],
    ['aws-owned alone: the AWS key', onAwsKey, awsKey],
    ['a key asked: that key', onNew, newKey]
  ])('%s', (_, state, wanted) => {
    expect(judge(NAMED, state, wanted)).toMatchObject({ outcome: 'compliant', warnings: [] });
  });

  test.each([
    ['a stream that is not encrypted, nothing asked', seen(active()), anyKey, 'not encrypted'],
    ['a stream that is not encrypted, a key asked', seen(active()), newKey, 'not encrypted'],
    ['another key than the one asked', onOld, newKey, `${OLD}, but must be encrypted with ${NEW}`],
    [
      'the AWS key where a customer key is asked',
      onAwsKey,
      anyCustomerKey,
      'but must be encrypted with a customer managed key'
    ],
    ['the AWS key where another key is asked', onAwsKey, newKey, `${AWS_ALIAS}, but must be encrypted with ${NEW}`],
    ['a customer key where the AWS key is asked', onOld, awsKey, `${OLD}, but must be encrypted with ${AWS_ALIAS}`],
    ['the key asked, disabled', seen(active(NEW), { problem: 'it is disabled' }), newKey, 'it is disabled'],
    ['any key, disabled', seen(active(OLD), { problem: 'it is disabled' }), anyKey, 'it is disabled'],
    ['any customer key, gone', seen(active(OLD), { problem: 'it is gone' }), anyCustomerKey, 'it is gone'],
    ['a stream that is not encrypted, a key that cannot be told', seen(active()), unresolved, 'not encrypted']
  ])('non-compliant: %s', (_, state, wanted, why) => {
    expect(judge(NAMED, state, wanted)).toMatchObject({ outcome: 'non-compliant', why: says(why) });
  });

  test.each([
    ['whether a key is a customer key', notLookedUp, anyCustomerKey, 'no kms:DescribeKey'],
    ['whether a key is the AWS key', notLookedUp, awsKey, 'no kms:DescribeKey'],
    ['which key is asked', onOld, unresolved, 'no kms:DescribeKey for alias/new'],
    ['where an alias points', seen(active('alias/x'), { viaAlias: true, lookupError: 'denied x' }), newKey, 'denied x'],
    ['which key is in force', keyNotNamed, newKey, 'a key that the service does not name']
  ])('failed, never compliant: nobody can tell %s', (_, state, wanted, why) => {
    expect(judge(NAMED, state, wanted)).toMatchObject({ outcome: 'failed', why: says(why) });
  });

  test.each([
    ['SUSPENDED', seen(suspended()), anyKey],
    ['SUSPENDED', seen(suspended()), newKey],
    ['SUSPENDED', seen(suspended()), approved(OLD)],
    ['MENDING', unknownWord, anyKey]
  ])(
    'failed, never compliant: nobody can tell from %s whether the stream is encrypted: %#',
    (status, state, wanted) => {
      expect(judge(NAMED, state, wanted)).toMatchObject({ outcome: 'failed', why: says(status) });
    }
  );

  test.each([anyKey, newKey, anyCustomerKey, unresolved, approved(OLD)])(
    'non-compliant: the latest attempt failed, whatever is asked ($which), with why and the way out',
    (wanted) => {
      expect(judge(NAMED, seen(enablingFailed()), wanted)).toEqual({
        outcome: 'non-compliant',
        why:
          `the status ENABLING_FAILED (${GRANT_FAILED}) does not show whether the stream is encrypted, or with which key: ` +
          'mode encrypt with a key-type or key-id puts a key in force',
        warnings: []
      });
    }
  );

  test('a customer alias in force is judged by the key it points to now, with a warning', () => {
    expect(judge(NAMED, viaAlias, newKey)).toMatchObject({
      outcome: 'compliant',
      warnings: [says(`alias/new, which points to ${NEW} now but may have been repointed`)]
    });
    expect(judge(NAMED, throughAlias('alias/new', OLD), newKey)).toMatchObject({
      outcome: 'non-compliant'
    });
  });

  test('any key will do, but a key that could not be looked up may be disabled: a warning', () => {
    expect(judge(NAMED, notLookedUp, anyKey)).toMatchObject({
      outcome: 'compliant',
      warnings: [says('no kms:DescribeKey')]
    });
  });

  test('any key will do, but an alias that could not be looked up: a warning of both', () => {
    const state = seen(active('alias/x'), { viaAlias: true, lookupError: 'denied x' });
    expect(judge(NAMED, state, anyKey)).toMatchObject({
      outcome: 'compliant',
      warnings: [says('points to an unknown key'), says('denied x')]
    });
  });
});

describe('approved keys', () => {
  const pointing = (id: string, arn: string) => resolveNamedKey(id, found(customerKey(arn)), SCOPE);
  const gone = resolveNamedKey('alias/gone', { answer: 'missing', why: 'there is no key alias/gone' }, SCOPE);
  const denied = resolveNamedKey('alias/x', { answer: 'denied', why: 'no kms:DescribeKey for alias/x' }, SCOPE);
  const among = (...keys: ReturnType<typeof resolveNamedKey>[]): ResolvedCriteria => ({ which: 'approved', keys });

  test.each([
    ['its ARN', onOld, approved(NEW, OLD)],
    ['its id', onOld, approved(NEW, OLD_ID)],
    ['an alias of it', onOld, among(pointing('alias/a', NEW), pointing('alias/b', OLD))],
    ['the ARN of what the alias in force points to now', throughAlias('alias/b', OLD), approved(OLD)],
    ["AWS' alias for Kinesis", onAwsKey, approved(NEW, AWS_ALIAS)]
  ])('compliant: the key in force is one of these, by %s', (_, state, wanted) => {
    expect(judge(NAMED, state, wanted)).toMatchObject({ outcome: 'compliant' });
  });

  test.each([
    ['another customer key', onOld, approved(NEW, THIRD)],
    ['the AWS key', onAwsKey, among(pointing(NEW, NEW), pointing('alias/b', OLD))],
    ['the AWS owned key of Firehose', seen(enabled()), approved(NEW, AWS_ALIAS)],
    ['an alias that points to another key now', throughAlias('alias/b', OLD), approved(NEW)],
    ['the key of that id in another account', onOld, approved(keyArn(OLD_ID, { account: OTHER_ACCOUNT }))]
  ])('non-compliant: %s', (_, state, wanted) => {
    expect(judge(NAMED, state, wanted)).toMatchObject({
      outcome: 'non-compliant',
      why: says('which is not in approved-key-ids: mode encrypt with a key-id moves it')
    });
  });

  test('non-compliant: not encrypted', () => {
    expect(judge(NAMED, seen(active()), approved(NEW))).toMatchObject({ outcome: 'non-compliant' });
  });

  test.each([
    ['disabled', `the key ${OLD} is disabled`],
    ['gone', 'there is no such key']
  ])('non-compliant: approved, but %s', (_, problem) => {
    const state = seen(active(OLD), { type: 'customer-managed', problem });
    expect(judge(NAMED, state, approved(OLD))).toMatchObject({ outcome: 'non-compliant', why: says(problem) });
  });

  test.each([
    ['the key in force', throughUnknownAlias('alias/y'), approved(NEW, OLD), 'no kms:DescribeKey for alias/y'],
    ['an approved key', onOld, among(pointing('alias/a', NEW), denied), 'no kms:DescribeKey for alias/x'],
    ['which key is in force', keyNotNamed, approved(NEW), 'a key that the service does not name']
  ])('failed, naming the permission: none is the same, and nobody can tell %s', (_, state, wanted, why) => {
    expect(judge(NAMED, state, wanted)).toMatchObject({ outcome: 'failed', why: says(why) });
  });

  test('both sides that cannot be told are named', () => {
    const { why } = judge(NAMED, throughUnknownAlias('alias/y'), among(denied));
    expect(why).toContain('no kms:DescribeKey for alias/y; no kms:DescribeKey for alias/x');
  });

  test('the same alias on both sides is no proof that nothing was repointed: failed where it cannot be looked up', () => {
    expect(judge(NAMED, throughUnknownAlias('alias/x'), among(denied))).toMatchObject({ outcome: 'failed' });
  });

  test('one that certainly is the same counts, whatever cannot be told of the others', () => {
    expect(judge(NAMED, onOld, among(denied, gone, pointing(OLD, OLD)))).toMatchObject({ outcome: 'compliant' });
  });

  test('one that KMS does not know counts as another, and is named', () => {
    expect(judge(NAMED, onOld, among(gone, pointing('alias/a', NEW)))).toMatchObject({
      outcome: 'non-compliant',
      why: says('KMS does not know alias/gone of approved-key-ids (there is no key alias/gone)')
    });
    expect(judge(NAMED, onOld, among(gone, pointing('alias/b', OLD)))).toMatchObject({
      outcome: 'compliant',
      warnings: [says('KMS does not know alias/gone')]
    });
    expect(judge(NAMED, onOld, among(gone, denied))).toMatchObject({ outcome: 'failed', why: says('alias/gone') });
  });

  test('an approved key that is disabled is no concern where another one is in force', () => {
    const disabled = resolveNamedKey('alias/a', found(disabledKey(NEW)), SCOPE);
    expect(judge(NAMED, onOld, among(disabled, pointing('alias/b', OLD)))).toMatchObject({ warnings: [] });
  });

  test('an AWS managed key by its ARN is the one behind the alias in force only where both were looked up', () => {
    const managed = resolveNamedKey(AWS_MANAGED, found(awsManagedKey(AWS_MANAGED)), SCOPE);
    const behind = seen(active(AWS_ALIAS), { arn: AWS_MANAGED });
    expect(judge(NAMED, behind, among(managed))).toMatchObject({ outcome: 'compliant' });
    expect(judge(NAMED, onAwsKey, among(managed))).toMatchObject({ outcome: 'failed' });
  });
});

describe('a stream that cannot be encrypted', () => {
  test.each([anyKey, newKey, unresolved])('a delivery stream fed by something else: its source is named', (wanted) => {
    expect(judge(NAMED, seen(fedByKinesis()), wanted)).toMatchObject({
      outcome: 'not-applicable',
      why: says('KinesisStreamAsSource')
    });
  });

  test('being deleted: failed where it is named, not-applicable where a glob or tags chose it', () => {
    const why = 'the stream is being deleted';
    expect(judge(NAMED, seen(deleting()), newKey)).toMatchObject({ outcome: 'failed', why });
    expect(judge({ named: false }, seen(deleting()), newKey)).toMatchObject({ outcome: 'not-applicable', why });
  });

  test.each([true, false])('that could not be created: failed (named: %s)', (named) => {
    expect(judge({ named }, seen(notCreated()), newKey)).toMatchObject({
      outcome: 'failed',
      why: says('could not be created (KMS_ACCESS_DENIED: no access)')
    });
  });
});

test('the key of the same id in another account is another key', () => {
  const state = seen(active(keyArn(NEW_ID, { account: OTHER_ACCOUNT })), { type: 'customer-managed' });
  expect(judge(NAMED, state, newKey)).toMatchObject({ outcome: 'non-compliant' });
});
