import { describe, expect, test } from '@jest/globals';
import { awsTarget } from '../../../src/encryption/keys/target.ts';
import type { SelectedStream, StreamKind } from '../../../src/encryption/model.ts';
import { isProof, whyDifferentStream } from '../../../src/encryption/stream/observation.ts';
import { planChange } from '../../../src/encryption/stream/plan.ts';
import { ACCOUNT, AWS_ALIAS, keyArn, NEW, NEW_ID, OLD, OTHER_ACCOUNT, STREAM_ARN } from '../../support/account.ts';
import {
  active,
  deleting,
  disabled,
  enabled,
  enablingFailed,
  GRANT_FAILED,
  notCreated,
  suspended,
  updating,
  withKinesisSource
} from '../../support/observations.ts';
import {
  anyCustomerKey,
  anyKey,
  awsKey,
  awsKeyTarget,
  disabledNewKey,
  inUnknownStatus,
  newKey,
  newTarget,
  notLookedUp,
  onAwsKey,
  onNew,
  onOld,
  resolved,
  targetCriteria,
  unresolved,
  viaAlias,
  withoutKeyId
} from '../../support/resolved-observations.ts';

/** A stream of this kind, named by the request, or chosen by a glob or tags. */
function chosen(kind: StreamKind = 'kinesis', named = true): SelectedStream {
  return { stream: { kind, name: 'orders', arn: null }, named };
}

const says = (words: string) => expect.stringContaining(words);

describe('what encrypt does', () => {
  test.each([
    ['an encrypted stream stays as it is', onOld],
    ['a stream with the AWS key stays as it is', onAwsKey],
    ['a stream with a key that could not be looked up stays as it is', notLookedUp],
    ['a stream with a key that the service does not name stays as it is', withoutKeyId],
    ['a stream encrypted through an alias stays as it is', viaAlias]
  ])('nothing asked: %s', (_, state) => {
    expect(planChange(chosen(), state, anyKey)).toMatchObject({ action: 'leave' });
  });

  test.each(['kinesis', 'firehose'] as const)(
    'nothing asked: a %s stream that plainly is not encrypted gets the AWS key',
    (kind) => {
      const state = resolved(kind === 'kinesis' ? active() : disabled());
      expect(planChange(chosen(kind), state, anyKey)).toEqual({
        action: 'change',
        target: awsTarget(kind),
        from: 'not encrypted'
      });
    }
  );

  test.each([
    ['ENABLING_FAILED', resolved(enablingFailed())],
    ['SUSPENDED', resolved(suspended())],
    ['REPAIRING', inUnknownStatus]
  ])('nothing asked: in the unclear state %s no write goes out, and a key is to be named', (status, state) => {
    expect(planChange(chosen('firehose'), state, anyKey)).toEqual({
      action: 'fail',
      why: expect.stringMatching(new RegExp(`${status}.*give a key-type or key-id`))
    });
  });

  test.each([
    ['a key', resolved(active()), newKey, newTarget, 'not encrypted'],
    ['a key', onOld, newKey, newTarget, `encrypted with ${OLD}`],
    ['a key', onAwsKey, newKey, newTarget, `encrypted with ${AWS_ALIAS}`],
    ['a key', resolved(enablingFailed()), newKey, newTarget, `in status ENABLING_FAILED (${GRANT_FAILED})`],
    ['a key', resolved(suspended()), newKey, newTarget, 'in status SUSPENDED'],
    ['a key', inUnknownStatus, newKey, newTarget, 'in status REPAIRING'],
    ['a key', withoutKeyId, newKey, newTarget, 'encrypted with a key that the service does not name'],
    ['a key', notLookedUp, newKey, newTarget, `encrypted with ${OLD}`],
    ['the AWS key', resolved(active()), awsKey, awsKeyTarget, 'not encrypted'],
    ['the AWS key', onOld, awsKey, awsKeyTarget, `encrypted with ${OLD}`],
    ['the AWS key', resolved(enablingFailed()), awsKey, awsKeyTarget, `in status ENABLING_FAILED (${GRANT_FAILED})`]
  ])('%s asked: the stream of $status is changed, and how it stood is told: %#', (_, state, wanted, target, from) => {
    expect(planChange(chosen(), state, wanted)).toEqual({ action: 'change', target, from });
  });

  test.each([
    ['the key asked is in force', onNew, newKey],
    ['the AWS key asked is in force', onAwsKey, awsKey],
    ['the AWS owned key of Firehose asked is in force', resolved(enabled()), targetCriteria(awsTarget('firehose'))]
  ] as const)('no write goes out where %s', (_, state, wanted) => {
    expect(planChange(chosen('firehose'), state, wanted)).toMatchObject({ action: 'leave', warnings: [] });
  });

  test('the key asked in force but disabled: left, with a warning', () => {
    const problem = `the key ${NEW} is disabled: enable it`;
    const state = resolved(active(NEW), { problem });
    expect(planChange(chosen(), state, disabledNewKey)).toMatchObject({ action: 'leave', warnings: [problem] });
  });

  test('a new key that cannot be used is refused before a change is spent', () => {
    expect(planChange(chosen(), onOld, disabledNewKey)).toEqual({
      action: 'fail',
      why: `the key ${NEW} is disabled: enable it. No change was sent`
    });
  });

  test('a customer alias in force is no proof, also where it points to the key asked: the key itself is sent', () => {
    expect(planChange(chosen(), viaAlias, newKey)).toEqual({
      action: 'change',
      target: newTarget,
      from: says('encrypted through the alias alias/new, which may have been repointed')
    });
  });

  test('the AWS key asked, and nobody can tell the key in force: failed, and the permission is named', () => {
    expect(planChange(chosen(), notLookedUp, awsKey)).toEqual({
      action: 'fail',
      why: expect.stringMatching(new RegExp(`${OLD} is the target key \\(no kms:DescribeKey\\)`))
    });
  });

  test('a key that cannot be resolved is not sent', () => {
    expect(planChange(chosen(), onOld, unresolved)).toEqual({ action: 'fail', why: unresolved.why });
  });

  test.each([anyCustomerKey, { which: 'approved', keys: [] } as const])(
    'a key that is not named cannot be put in force: $which',
    (wanted) => {
      expect(planChange(chosen(), onAwsKey, wanted)).toEqual({ action: 'fail', why: says('key-id') });
    }
  );
});

describe('a stream that cannot be encrypted', () => {
  test.each([anyKey, newKey, unresolved])('a delivery stream fed by something else: its source is named', (wanted) => {
    expect(planChange(chosen('firehose'), resolved(withKinesisSource()), wanted)).toEqual({
      action: 'not-applicable',
      why: says('KinesisStreamAsSource')
    });
  });

  test('named, and being deleted: failed', () => {
    const plan = planChange(chosen(), resolved(deleting()), newKey);
    expect(plan).toEqual({ action: 'fail', why: 'the stream is being deleted' });
  });

  test('chosen by a glob or tags, and being deleted: not-applicable', () => {
    const plan = planChange(chosen('kinesis', false), resolved(deleting()), newKey);
    expect(plan).toEqual({ action: 'not-applicable', why: 'the stream is being deleted' });
  });

  test.each([true, false])('that could not be created: failed (named: %s)', (named) => {
    const plan = planChange(chosen('firehose', named), resolved(notCreated()), newKey);
    expect(plan).toEqual({ action: 'fail', why: says('could not be created (KMS_ACCESS_DENIED: no access)') });
  });
});

describe('the proof that a key is in force', () => {
  test.each([
    ['final, encrypted, and with that very key', onNew, newTarget, true],
    ['the AWS key', onAwsKey, awsKeyTarget, true],
    ['with another key', onOld, newTarget, false],
    ['not encrypted', resolved(active()), newTarget, false],
    ['not encrypted, though that key is shown', { ...onNew, encrypted: 'false' } as const, newTarget, false],
    ['with a key that the service does not name', withoutKeyId, newTarget, false],
    ['with that key, but still under way', resolved(updating(NEW)), newTarget, false],
    ['with that key, but in a state of no known meaning', { ...onNew, phase: 'unclear' } as const, newTarget, false],
    ['with an alias that points to that key', viaAlias, newTarget, false],
    ['with a key that nobody can tell to be the AWS key', notLookedUp, awsKeyTarget, false]
  ])('%s', (_, state, target, proof) => {
    expect(isProof(state, target)).toBe(proof);
  });
});

describe('the stream that answers', () => {
  const asked = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;

  test('asked by name, is the one of that name', () => {
    expect(whyDifferentStream({ ...asked, arn: null }, STREAM_ARN.kinesis)).toBeNull();
  });

  test('asked by ARN, is the one of that very ARN', () => {
    expect(whyDifferentStream(asked, STREAM_ARN.kinesis)).toBeNull();
  });

  test("of another account's is not the one asked for, and both accounts are named", () => {
    const why = whyDifferentStream(asked, STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT));
    expect(why).toContain(`in account ${ACCOUNT}`);
    expect(why).toContain(`in account ${OTHER_ACCOUNT}`);
  });

  test('of another partition is not the one asked for', () => {
    expect(whyDifferentStream(asked, STREAM_ARN.kinesis.replace('arn:aws:', 'arn:aws-cn:'))).toContain('arn:aws-cn:');
  });
});

test('the key of the same id in another account is another key', () => {
  const state = resolved(active(keyArn(NEW_ID, { account: OTHER_ACCOUNT })), { type: 'customer-managed' });
  expect(planChange(chosen(), state, newKey)).toMatchObject({ action: 'change' });
});
