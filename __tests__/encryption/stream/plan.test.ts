/** Decisions of the modes `encrypt` and `plan`, apart from those about globs, tags and `from-key-id`. */

import { describe, expect, test } from '@jest/globals';
import { resolveKey } from '../../../src/encryption/keys/resolved-key.ts';
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
  firehoseKeyTarget,
  inUnknownStatus,
  newKey,
  newTarget,
  notEncrypted,
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
import { says } from '../../support/stream-simulation.ts';

function selectedStream(kind: StreamKind = 'kinesis', named = true): SelectedStream {
  return { stream: { kind, name: 'orders', arn: null }, named };
}

const FAILED = resolved(enablingFailed());

describe('planChange leaves a stream', () => {
  test.each([
    ['encrypted with a customer key, any key required', onOld, anyKey],
    ['encrypted with the AWS key, any key required', onAwsKey, anyKey],
    ['encrypted with a key without an id, any key required', withoutKeyId, anyKey],
    ['encrypted through an alias, any key required', viaAlias, anyKey],
    ['on the target key', onNew, newKey],
    ['on the AWS key, which is the target', onAwsKey, awsKey],
    ['on the AWS owned key, which is the target', resolved(enabled()), targetCriteria(firehoseKeyTarget)]
  ])('%s', (_, observation, criteria) => {
    expect(planChange(selectedStream(), observation, criteria)).toMatchObject({ action: 'leave', warnings: [] });
  });

  test('on a disabled target key, with a warning', () => {
    const problem = `the key ${NEW} is disabled: enable it`;
    const plan = planChange(selectedStream(), resolved(active(NEW), { problem }), disabledNewKey);
    expect(plan).toMatchObject({ action: 'leave', warnings: [problem] });
  });
});

describe('planChange changes a stream', () => {
  const failed = `in status ENABLING_FAILED (${GRANT_FAILED})`;
  const foreign = keyArn(NEW_ID, { account: OTHER_ACCOUNT });

  test.each([
    ['that is not encrypted', notEncrypted, newKey, newTarget, 'not encrypted'],
    ['on another key', onOld, newKey, newTarget, `encrypted with ${OLD}`],
    ['on another key that could not be looked up', notLookedUp, newKey, newTarget, `encrypted with ${OLD}`],
    ['on a key of another account', resolved(active(foreign)), newKey, newTarget, `encrypted with ${foreign}`],
    ['on the AWS key', onAwsKey, newKey, newTarget, `encrypted with ${AWS_ALIAS}`],
    ['whose latest change failed', FAILED, newKey, newTarget, failed],
    ['in an unknown status of Firehose', resolved(suspended()), newKey, newTarget, 'in status SUSPENDED'],
    ['in an unknown status of Kinesis', inUnknownStatus, newKey, newTarget, 'in status REPAIRING'],
    ['that is not encrypted, to the AWS key', notEncrypted, awsKey, awsKeyTarget, 'not encrypted'],
    ['on a customer key, to the AWS key', onOld, awsKey, awsKeyTarget, `encrypted with ${OLD}`],
    ['whose latest change failed, to the AWS key', FAILED, awsKey, awsKeyTarget, failed],
    ['that is not encrypted, any key required', notEncrypted, anyKey, awsKeyTarget, 'not encrypted'],
    ['of Firehose, any key required', resolved(disabled()), anyKey, firehoseKeyTarget, 'not encrypted']
  ])('%s', (_, observation, criteria, target, stateBefore) => {
    const kind = observation.arn.includes(':firehose:') ? 'firehose' : 'kinesis';
    const plan = planChange(selectedStream(kind), observation, criteria);
    const cause = stateBefore.startsWith('encrypted with') ? 'on another key' : stateBefore;
    expect(plan).toMatchObject({ action: 'change', target, stateBefore, cause });
  });

  test('encrypted through an alias of the target key, to the key itself', () => {
    expect(planChange(selectedStream(), viaAlias, newKey)).toEqual({
      action: 'change',
      target: newTarget,
      stateBefore:
        'encrypted through the alias alias/new, which may have been repointed, so it does not prove which key is used',
      cause: 'encrypted through an alias, which does not prove which key is used',
      warnings: []
    });
  });
});

describe('planChange fails', () => {
  const undetermined = ['is the target key', 'run again; if it occurs again, contact AWS Support'];
  const withoutArn = { ...onNew, key: resolveKey({ type: 'customer-managed', id: '' }, null, SCOPE) } as const;
  const askForKey = 'give a key-type or key-id to set a key';

  test.each([
    ['any key required, and the latest change failed', FAILED, anyKey, says('ENABLING_FAILED', askForKey)],
    ['any key required in an unknown status', inUnknownStatus, anyKey, says('REPAIRING', askForKey)],
    ['the service shows no key', withoutKeyId, newKey, says('an unidentified key', ...undetermined)],
    ['the service shows no ARN of the key', withoutArn, newKey, says(...undetermined)],
    ['the key in force may be the AWS key', notLookedUp, awsKey, says(`${OLD} is the target key (no kms:DescribeKey)`)],
    ['the target is unusable', onOld, disabledNewKey, `the key ${NEW} is disabled: enable it. No change was sent`],
    ['the target cannot be resolved', onOld, unresolved, unresolved.why],
    ['any customer key required', onAwsKey, anyCustomerKey, says('customer-managed is for mode check')],
    ['approved keys required', onAwsKey, { which: 'approved', keys: [] } as const, says('needs a key-id')],
    ['the stream could not be created', resolved(notCreated()), newKey, says('could not be created (KMS_ACCESS')],
    ['the stream is being deleted', resolved(deleting()), newKey, says('is being deleted: create it again')]
  ])('if %s', (_, observation, criteria, why) => {
    expect(planChange(selectedStream(), observation, criteria)).toEqual({ action: 'fail', why });
  });
});

test('planChange is not applicable to a stream with a source, or that is being deleted and was not named', () => {
  for (const criteria of [anyKey, newKey, unresolved]) {
    const plan = planChange(selectedStream('firehose'), resolved(withSource(DATA_STREAM)), criteria);
    expect(plan).toEqual({ action: 'not-applicable', why: says('encrypt its source') });
  }
  const plan = planChange(selectedStream('kinesis', false), resolved(deleting()), newKey);
  expect(plan).toEqual({ action: 'not-applicable', why: 'the stream is being deleted' });
});
