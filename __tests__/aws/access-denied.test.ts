import { expect, test } from '@jest/globals';
import { denialRemedy, keyDenialRemedy } from '../../src/aws/access-denied.ts';
import { callOf, DESCRIBE_KEY } from './sdk-errors.ts';

const START = 'kinesis:StartStreamEncryption';
const START_KINESIS = callOf(START);
const START_FIREHOSE = callOf('firehose:StartDeliveryStreamEncryption');
const ON_STREAM = 'on resource: arn:aws:kinesis:eu-central-1:111122223333:stream/orders';
const STREAM_AND_KEY = 'to the role of this step; this action is needed on the stream and on the key';

function denied(action: string, reason: string): string {
  return `User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: ${action} ${reason}`;
}

function explicitDenyIn(policy: string, exempt = 'the role of this step'): string {
  return `The explicit deny in ${policy} takes precedence over every permission: whoever manages that policy must exempt ${exempt}`;
}

/** The kinds of policies that can deny. Source: IAM User Guide, "Troubleshoot access denied error messages". */
test.each(['a service control policy', 'a VPC endpoint policy', 'a permissions boundary', 'an identity-based policy'])(
  'an explicit deny in %s is not answered with a grant',
  (policy) => {
    const words = `${ON_STREAM} with an explicit deny in ${policy}: arn:aws:x`;
    expect(denialRemedy(denied(START, words), START_KINESIS)).toBe(explicitDenyIn(policy));
    expect(keyDenialRemedy(denied('kms:CreateGrant', words), START_FIREHOSE)).toBe(explicitDenyIn(policy));
  }
);

test.each(['service control policy', 'VPC endpoint policy', 'permissions boundary'])(
  'a %s that does not allow the action is to be changed',
  (policy) => {
    expect(denialRemedy(denied(START, `because no ${policy} allows the ${START} action`), START_KINESIS)).toBe(
      `Allow ${START} in the ${policy} that applies to the role of this step`
    );
  }
);

const ASSUME = 'sts:AssumeRoleWithWebIdentity';
const ON_ROLE = 'on resource: arn:aws:iam::111122223333:role/deploy';
const TRUST = `Allow ${ASSUME} to this workflow in the trust policy of the role it assumes`;

test.each([
  [
    denied(START, `${ON_STREAM} because no identity-based policy allows the ${START} action`),
    `Grant ${START} on arn:aws:kinesis:eu-central-1:111122223333:stream/orders ${STREAM_AND_KEY}`
  ],
  [denied('kinesis:ListStreams', 'because no policy allows it'), 'Grant kinesis:ListStreams to the role of this step'],
  [
    denied('kms:DescribeKey', 'because no resource-based policy allows the kms:DescribeKey action'),
    'Allow kms:DescribeKey to the role of this step in the key policy'
  ],
  [
    denied(
      'kms:DescribeKey',
      'on resource: arn:aws:kms:eu-central-1:999900001111:alias/app because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access'
    ),
    "Check the key's id or alias, and that the key is in eu-central-1. If they are right, the role of this step needs kms:DescribeKey in its own policy and in the key policy, which must not deny it either"
  ],
  [`Not authorized to perform ${ASSUME}`, TRUST],
  [denied(ASSUME, `${ON_ROLE} because no role trust policy allows the ${ASSUME} action`), TRUST],
  [
    `Not authorized to perform ${ASSUME} with an explicit deny in the role trust policy`,
    explicitDenyIn('the role trust policy', 'this workflow')
  ],
  [
    denied('sts:AssumeRole', `${ON_ROLE} because no identity-based policy allows the sts:AssumeRole action`),
    'Allow sts:AssumeRole on arn:aws:iam::111122223333:role/deploy in a policy of the identity that assumes the role'
  ],
  [denied(START, 'with an explicit deny'), explicitDenyIn('a policy')]
])('the denial "%s" is answered with "%s"', (message, advice) => {
  expect(denialRemedy(message, START_KINESIS)).toBe(advice);
});

test('without words of AWS, the action of the call is granted, on all resources if it supports only *', () => {
  expect(denialRemedy('no', DESCRIBE_KEY)).toBe('Grant kms:DescribeKey on alias/app to the role of this step');
  expect(denialRemedy('no', callOf('tag:GetResources'))).toBe('Grant tag:GetResources on * to the role of this step');
});

test.each([
  ['no', 'kinesis:StartStreamEncryption', 'kms:DescribeKey on the key', 'Kinesis'],
  ['no', 'kinesis:PutRecord', 'kms:GenerateDataKey on the key', 'Kinesis'],
  ['no', 'firehose:StartDeliveryStreamEncryption', 'kms:CreateGrant and kms:DescribeKey on the key', 'Firehose'],
  ['no', 'firehose:PutRecord', 'kms:GenerateDataKey and kms:Decrypt on the key', 'Firehose'],
  [denied('kms:Decrypt', 'on resource: arn:k'), 'firehose:PutRecord', 'kms:Decrypt on arn:k', 'Firehose']
])('a key that the service may not use, with the denial "%s" of %s, needs %s', (message, action, granted, service) => {
  expect(keyDenialRemedy(message, callOf(action))).toBe(
    `Grant ${granted} to the role of this step, in the role's policy and in the key policy, without a condition that excludes calls through ${service}`
  );
});
