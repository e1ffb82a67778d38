import { describe, expect, test } from '@jest/globals';
import { resolveKey } from '../../../src/encryption/keys/resolved-key.ts';
import { awsTarget } from '../../../src/encryption/keys/target.ts';
import type { SelectedStream, StreamKind } from '../../../src/encryption/model.ts';
import { planChange } from '../../../src/encryption/stream/plan.ts';
import { AWS_ALIAS, keyArn, NEW, NEW_ID, OLD, OTHER_ACCOUNT, SCOPE } from '../../support/account.ts';
import {
  active,
  DATA_STREAM,
  deleting,
  disabled,
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

/** A stream of this kind, named by the request or selected by a glob or tags. */
function selectedStream(kind: StreamKind = 'kinesis', named = true): SelectedStream {
  return { stream: { kind, name: 'orders', arn: null }, named };
}

const containing = (text: string) => expect.stringContaining(text);

describe('with any key required', () => {
  test.each([
    ['encrypted with a customer key', onOld],
    ['encrypted with the AWS key', onAwsKey],
    ['encrypted with a key that could not be looked up', notLookedUp],
    ['encrypted with a key without an id', withoutKeyId],
    ['encrypted through an alias', viaAlias]
  ])('leaves a stream %s', (_, observation) => {
    expect(planChange(selectedStream(), observation, anyKey)).toMatchObject({ action: 'leave' });
  });

  test.each(['kinesis', 'firehose'] as const)('puts the AWS key in force on an unencrypted %s stream', (kind) => {
    const observation = resolved(kind === 'kinesis' ? active() : disabled());
    expect(planChange(selectedStream(kind), observation, anyKey)).toEqual({
      action: 'change',
      target: awsTarget(kind),
      stateBefore: 'not encrypted',
      warnings: [],
      cause: 'not encrypted'
    });
  });

  test.each([
    ['ENABLING_FAILED', resolved(enablingFailed())],
    ['SUSPENDED', resolved(suspended())],
    ['REPAIRING', inUnknownStatus]
  ])('fails in the status %s and asks for a key', (status, observation) => {
    expect(planChange(selectedStream('firehose'), observation, anyKey)).toEqual({
      action: 'fail',
      why: expect.stringMatching(new RegExp(`${status}.*give a key-type or key-id`))
    });
  });
});

describe('with a target key', () => {
  test.each([
    ['a key', resolved(active()), newKey, newTarget, 'not encrypted'],
    ['a key', onOld, newKey, newTarget, `encrypted with ${OLD}`],
    ['a key', onAwsKey, newKey, newTarget, `encrypted with ${AWS_ALIAS}`],
    ['a key', resolved(enablingFailed()), newKey, newTarget, `in status ENABLING_FAILED (${GRANT_FAILED})`],
    ['a key', resolved(suspended()), newKey, newTarget, 'in status SUSPENDED'],
    ['a key', inUnknownStatus, newKey, newTarget, 'in status REPAIRING'],
    ['a key', notLookedUp, newKey, newTarget, `encrypted with ${OLD}`],
    ['the AWS key', resolved(active()), awsKey, awsKeyTarget, 'not encrypted'],
    ['the AWS key', onOld, awsKey, awsKeyTarget, `encrypted with ${OLD}`],
    ['the AWS key', resolved(enablingFailed()), awsKey, awsKeyTarget, `in status ENABLING_FAILED (${GRANT_FAILED})`]
  ])(
    'changes the stream to %s and describes its previous state: %#',
    (_, observation, criteria, target, stateBefore) => {
      const cause = stateBefore.startsWith('encrypted with') ? 'on another key' : stateBefore;
      expect(planChange(selectedStream(), observation, criteria)).toMatchObject({
        action: 'change',
        target,
        stateBefore,
        cause
      });
    }
  );

  test.each([
    ['no key', withoutKeyId],
    ['a customer key without its ARN', { ...onNew, key: resolveKey({ type: 'customer-managed', id: '' }, null, SCOPE) }]
  ] as const)('fails if the service says that the stream is encrypted and shows %s', (_, observation) => {
    expect(planChange(selectedStream(), observation, newKey)).toEqual({
      action: 'fail',
      why: expect.stringMatching(
        /^cannot determine whether .* is the target key .*: run again; if it occurs again, contact AWS Support$/
      )
    });
  });

  test.each([
    ['the target key', onNew, newKey],
    ['the AWS key', onAwsKey, awsKey],
    ['the AWS owned key of Firehose', resolved(enabled()), targetCriteria(awsTarget('firehose'))]
  ] as const)('leaves a stream on %s', (_, observation, criteria) => {
    expect(planChange(selectedStream('firehose'), observation, criteria)).toMatchObject({
      action: 'leave',
      warnings: []
    });
  });

  test('leaves a stream on a disabled target key with a warning', () => {
    const problem = `the key ${NEW} is disabled: enable it`;
    const observation = resolved(active(NEW), { problem });
    expect(planChange(selectedStream(), observation, disabledNewKey)).toMatchObject({
      action: 'leave',
      warnings: [problem]
    });
  });

  test('fails for an unusable target key that is not in force', () => {
    expect(planChange(selectedStream(), onOld, disabledNewKey)).toEqual({
      action: 'fail',
      why: `the key ${NEW} is disabled: enable it. No change was sent`
    });
  });

  test('changes a stream that is encrypted through an alias of the target key to the key itself', () => {
    expect(planChange(selectedStream(), viaAlias, newKey)).toEqual({
      action: 'change',
      target: newTarget,
      stateBefore: containing('encrypted through the alias alias/new, which may have been repointed'),
      warnings: [],
      cause: containing('encrypted through an alias')
    });
  });

  test('fails and names the permission if the target is the AWS key and the key in force is unknown', () => {
    expect(planChange(selectedStream(), notLookedUp, awsKey)).toEqual({
      action: 'fail',
      why: expect.stringMatching(new RegExp(`${OLD} is the target key \\(no kms:DescribeKey\\)`))
    });
  });

  test('fails if the target cannot be resolved', () => {
    expect(planChange(selectedStream(), onOld, unresolved)).toEqual({ action: 'fail', why: unresolved.why });
  });

  test.each([anyCustomerKey, { which: 'approved', keys: [] } as const])(
    'fails for criteria without a target: $which',
    (criteria) => {
      expect(planChange(selectedStream(), onAwsKey, criteria)).toEqual({ action: 'fail', why: containing('key-id') });
    }
  );

  test('changes a stream on the same key id in another account', () => {
    const observation = resolved(active(keyArn(NEW_ID, { account: OTHER_ACCOUNT })), { type: 'customer-managed' });
    expect(planChange(selectedStream(), observation, newKey)).toMatchObject({ action: 'change' });
  });
});

describe('a stream that cannot be encrypted', () => {
  test.each([anyKey, newKey, unresolved])(
    'is not-applicable if it has a source, which must be judged in its place',
    (criteria) => {
      expect(planChange(selectedStream('firehose'), resolved(withSource(DATA_STREAM)), criteria)).toEqual({
        action: 'not-applicable',
        why: containing('encrypt its source')
      });
    }
  );

  test('fails if it is named and is being deleted', () => {
    const plan = planChange(selectedStream(), resolved(deleting()), newKey);
    expect(plan).toEqual({ action: 'fail', why: containing('the stream is being deleted: create it again') });
  });

  test('is not-applicable if a glob or tags selected it and it is being deleted', () => {
    const plan = planChange(selectedStream('kinesis', false), resolved(deleting()), newKey);
    expect(plan).toEqual({ action: 'not-applicable', why: 'the stream is being deleted' });
  });

  test.each([true, false])('fails if it could not be created (named: %s)', (named) => {
    const plan = planChange(selectedStream('firehose', named), resolved(notCreated()), newKey);
    expect(plan).toEqual({ action: 'fail', why: containing('could not be created (KMS_ACCESS_DENIED: no access)') });
  });
});
