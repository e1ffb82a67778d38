import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../src/aws/call.ts';
import { serviceError } from '../../src/aws/errors.ts';
import { DESCRIBE_KEY, errorResponse, START_FIREHOSE, START_KINESIS } from './sdk-errors.ts';

const WHERE = 'kinesis:StartStreamEncryption for the data stream orders in eu-central-1';

function messageOf(error: unknown, call: Call = START_KINESIS): string {
  return serviceError(error, call).message;
}

describe('the advice', () => {
  test('contains the action and resource of the denial', () => {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: kms:DescribeKey on resource: ' +
      'arn:aws:kms:eu-central-1:111122223333:key/k because no identity-based policy allows it';
    expect(serviceError(errorResponse('AccessDeniedException', message), DESCRIBE_KEY).message).toContain(
      'Grant kms:DescribeKey on arn:aws:kms:eu-central-1:111122223333:key/k to the role of this step'
    );
  });

  test.each([
    ['a service control policy', 'a service control policy'],
    ['a resource control policy', 'a resource control policy'],
    ['an identity-based policy', 'an identity-based policy'],
    ['a resource-based policy', 'a resource-based policy'],
    ['a permissions boundary', 'a permissions boundary'],
    ['a session policy', 'a session policy'],
    ['a VPC endpoint policy', 'a VPC endpoint policy'],
    ['a service control policy: arn:aws:organizations::111122223333:policy/o-1/p-1', 'a service control policy']
  ])('never grants what an explicit deny in %s refuses, and names that policy', (where, policy) => {
    for (const [code, call] of [
      ['AccessDeniedException', START_KINESIS],
      ['KMSAccessDeniedException', START_FIREHOSE]
    ] as const) {
      const denied = `User: x is not authorized to perform: ${call.action} on resource: y with an explicit deny in ${where}`;
      const message = messageOf(errorResponse(code, denied), call);
      expect(message).toContain(`The explicit deny in ${policy} takes precedence over every permission`);
      expect(message).not.toMatch(/grant /i);
    }
  });

  test.each(['service control policy', 'permissions boundary', 'session policy', 'VPC endpoint policy'])(
    'names the %s that does not allow the action',
    (policy) => {
      const denied = `User: x is not authorized to perform: ${START_KINESIS.action} because no ${policy} allows the ${START_KINESIS.action} action`;
      const message = messageOf(errorResponse('AccessDeniedException', denied));
      expect(message).toContain(`Allow ${START_KINESIS.action} in the ${policy} that applies to the role of this step`);
      expect(message).not.toContain('Grant');
    }
  );

  test('contains the action of the call if the denial names none', () => {
    expect(serviceError(errorResponse('AccessDeniedException', 'no'), DESCRIBE_KEY).message).toBe(
      'kms:DescribeKey for alias/app in eu-central-1: AccessDeniedException: no. Grant kms:DescribeKey on alias/app to the role of this step'
    );
  });

  test.each(['kinesis:ListStreams', 'firehose:ListDeliveryStreams', 'tag:GetResources'])(
    'grants %s on all resources, because it supports only *',
    (action) => {
      const call = { action, resource: 'all streams', region: 'eu-central-1' };
      expect(serviceError(errorResponse('AccessDeniedException', 'no'), call).message).toBe(
        `${action} for all streams in eu-central-1: AccessDeniedException: no. Grant ${action} on * to the role of this step`
      );
    }
  );

  test('contains the limits of stream-tags, and to run again after an expired page token', () => {
    const call = { action: 'tag:GetResources', resource: 'all tagged streams', region: 'eu-central-1' };
    expect(serviceError(errorResponse('InvalidParameterException', 'no'), call).message).toContain('at most 50 tags');
    expect(serviceError(errorResponse('InvalidParameterException', 'no'), START_FIREHOSE).message).not.toContain(
      'tags'
    );
    expect(serviceError(errorResponse('PaginationTokenExpiredException', 'no'), call).message).toContain('run again');
  });

  test('names the trust policy if the role may not be assumed', () => {
    const error = errorResponse('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', {
      status: 403
    });
    expect(serviceError(error, DESCRIBE_KEY).message).toContain('Allow sts:AssumeRoleWithWebIdentity to this workflow');
  });

  test('lists the reasons for which a start is refused', () => {
    expect(serviceError(errorResponse('InvalidArgumentException', 'no'), START_FIREHOSE).message).toContain(
      'not already in force'
    );
    const kinesis = { ...START_FIREHOSE, action: 'kinesis:StartStreamEncryption' };
    expect(serviceError(errorResponse('InvalidArgumentException', 'no'), kinesis).message).toContain(
      'may be used by Kinesis'
    );
  });

  test('names the region and the account of the ARN of a missing stream', () => {
    const resource = 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders';
    const call = { action: 'kinesis:DescribeStreamSummary', resource, region: 'eu-central-1' };
    expect(serviceError(errorResponse('ResourceNotFoundException', 'not found'), call).message).toContain(
      'There is no such stream in eu-central-1 of account 111122223333'
    );
  });

  test.each(['ExpiredTokenException', 'UnrecognizedClientException', 'CredentialsProviderError'])(
    'names configure-aws-credentials for %s',
    (code) => {
      expect(serviceError(errorResponse(code), START_FIREHOSE).message).toContain(
        'aws-actions/configure-aws-credentials'
      );
    }
  );

  test.each(['UnrecognizedClientException', 'InvalidClientTokenId'])(
    'for %s also names the region and the partition',
    (code) => {
      expect(serviceError(errorResponse(code), START_FIREHOSE).message).toContain(
        'If the credentials are right, the region eu-central-1 may not be enabled for the account, or it belongs to another partition than the credentials'
      );
    }
  );

  test('names the variables that decide where the credentials come from', () => {
    const call = { ...START_FIREHOSE, credentialSources: 'AWS_PROFILE is ci: the credentials come from there' };
    expect(serviceError(errorResponse('CredentialsProviderError', 'none'), call).message).toMatch(
      /: none\. AWS_PROFILE is ci: the credentials come from there\. Correct these settings, or unset them and run aws-actions\/configure-aws-credentials before this step$/
    );
  });

  test.each([
    ['25 changes', '25 changes in 24 hours'],
    ['500 streams', 'at most 500 delivery streams'],
    ['some limit', 'or the limit of 25 changes']
  ])('names the limit that was reached: %s', (message, advice) => {
    expect(serviceError(errorResponse('LimitExceededException', message), START_FIREHOSE).message).toContain(advice);
  });

  test.each([
    ['a certificate of another host', 'ERR_TLS_CERT_ALTNAME_INVALID', 'is for another host'],
    ['an expired certificate', 'CERT_HAS_EXPIRED', 'has expired'],
    ['a certificate of the future', 'CERT_NOT_YET_VALID', 'is not valid yet'],
    ['a revoked certificate', 'CERT_REVOKED', 'must not be used'],
    [
      'a server that requires a client certificate',
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'a client certificate'
    ],
    ['an untrusted certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'AWS_CA_BUNDLE'],
    ['a certificate of an unknown issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'AWS_CA_BUNDLE'],
    ['an invalid endpoint URL', 'ERR_INVALID_URL', 'AWS_ENDPOINT_URL']
  ])('for %s names the setting', (_, code, advice) => {
    const error = serviceError(Object.assign(new Error('no'), { code }), START_KINESIS);
    expect(error.errorKind).toBe('refused');
    expect(error.message).toContain(advice);
  });

  test.each([
    ['kinesis:StartStreamEncryption', 'Grant kms:DescribeKey on the key to the role of this step'],
    [
      'firehose:StartDeliveryStreamEncryption',
      'Grant kms:CreateGrant and kms:DescribeKey on the key to the role of this step'
    ]
  ])('for a key that %s may not use names the permissions', (action, advice) => {
    expect(messageOf(errorResponse('KMSAccessDeniedException', 'no'), { ...START_KINESIS, action })).toContain(advice);
  });

  test.each([
    [undefined, 'no. Firehose gave no code. Grant'],
    ['MoonException', 'no (MoonException). The meaning of this code is not known. Grant']
  ])('for a key that cannot be used, with the code %s, names all likely causes', (code, expected) => {
    const refusal = errorResponse('InvalidKMSResourceException', 'no', code === undefined ? {} : { code });
    const message = messageOf(refusal, START_FIREHOSE);
    for (const part of [expected, 'in eu-central-1', 'enabled', 'pending deletion', 'symmetric', 'kms:CreateGrant']) {
      expect(message).toContain(part);
    }
  });

  test.each([
    ['a code', { code: 'AccessDeniedException' }],
    ['no code', {}]
  ])('for a record that a key cannot encrypt, with %s, names what a record needs', (_, more) => {
    const call = { ...START_FIREHOSE, action: 'firehose:PutRecord' };
    const message = messageOf(errorResponse('InvalidKMSResourceException', 'no', more), call);
    expect(message).toContain('Grant kms:GenerateDataKey and kms:Decrypt on the key to the role of this step');
    expect(message).not.toMatch(/CreateGrant|DescribeKey/);
  });

  test('for a denial without a resource names only the action', () => {
    const message = 'User: x is not authorized to perform: kinesis:ListStreams because no policy allows it';
    expect(messageOf(errorResponse('AccessDeniedException', message))).toMatch(
      /\. Grant kinesis:ListStreams to the role of this step$/
    );
  });

  test('for a missing stream names no account if only its name is known', () => {
    expect(messageOf(errorResponse('ResourceNotFoundException', 'not found'))).toContain(
      'There is no such stream in eu-central-1: check its name'
    );
    const arnInText = {
      ...START_KINESIS,
      resource: 'the stream arn:aws:kinesis:eu-central-1:111122223333:stream/orders'
    };
    expect(messageOf(errorResponse('ResourceNotFoundException', 'not found'), arnInText)).not.toContain('of account');
  });

  test.each([
    ['KMSNotFoundException', "Check the key's id or alias, and that the key is in eu-central-1"],
    ['NotFoundException', "Check the key's id or alias, and that the key is in eu-central-1"],
    ['InvalidArnException', "Check the key's ARN"]
  ])('for %s names what to check', (name, advice) => {
    expect(messageOf(errorResponse(name, 'no such key'))).toBe(`${WHERE}: ${name}: no such key. ${advice}`);
  });
});
