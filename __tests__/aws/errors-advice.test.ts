import { describe, expect, test } from '@jest/globals';
import { type Call, serviceError } from '../../src/aws/errors.ts';
import { answered, DESCRIBE_KEY, START_FIREHOSE, START_KINESIS, unanswered } from './thrown.ts';

const WHERE = 'kinesis:StartStreamEncryption for the data stream orders in eu-central-1';

function said(error: unknown, call: Call = START_KINESIS): string {
  return serviceError(error, call).message;
}

describe('what to do', () => {
  test('names the action and the resource that AWS names in a denial', () => {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: kms:DescribeKey on resource: ' +
      'arn:aws:kms:eu-central-1:111122223333:key/k because no identity-based policy allows it';
    expect(serviceError(answered('AccessDeniedException', message), DESCRIBE_KEY).message).toContain(
      'Grant kms:DescribeKey on arn:aws:kms:eu-central-1:111122223333:key/k to the role of this step'
    );
  });

  test('names the action of the call where AWS does not', () => {
    expect(serviceError(answered('AccessDeniedException', 'no'), DESCRIBE_KEY).message).toBe(
      'kms:DescribeKey for alias/app in eu-central-1: AccessDeniedException: no. Grant kms:DescribeKey on alias/app to the role of this step'
    );
  });

  test.each(['kinesis:ListStreams', 'firehose:ListDeliveryStreams', 'tag:GetResources'])(
    'grants %s on all resources, as it acts on none',
    (action) => {
      const call = { action, resource: 'all streams', region: 'eu-central-1' };
      expect(serviceError(answered('AccessDeniedException', 'no'), call).message).toBe(
        `${action} for all streams in eu-central-1: AccessDeniedException: no. Grant ${action} on * to the role of this step`
      );
    }
  );

  test('names the bounds of tags where they select, and that a list that took too long may be read again', () => {
    const call = { action: 'tag:GetResources', resource: 'all tagged streams', region: 'eu-central-1' };
    expect(serviceError(answered('InvalidParameterException', 'no'), call).message).toContain('at most 50 tags');
    expect(serviceError(answered('InvalidParameterException', 'no'), START_FIREHOSE).message).not.toContain('tags');
    expect(serviceError(answered('PaginationTokenExpiredException', 'no'), call).message).toContain('run again');
  });

  test('names the trust policy where the role may not be assumed', () => {
    const error = answered('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', { status: 403 });
    expect(serviceError(error, DESCRIBE_KEY).message).toContain('Allow sts:AssumeRoleWithWebIdentity to this workflow');
  });

  test('names what a start may be refused for', () => {
    expect(serviceError(answered('InvalidArgumentException', 'no'), START_FIREHOSE).message).toContain(
      'not already in force'
    );
    const kinesis = { ...START_FIREHOSE, action: 'kinesis:StartStreamEncryption' };
    expect(serviceError(answered('InvalidArgumentException', 'no'), kinesis).message).toContain(
      'may be used by Kinesis'
    );
  });

  test('names the region where there is no such host', () => {
    expect(serviceError(unanswered('Error', 'ENOTFOUND'), START_FIREHOSE).message).toContain('Check the region');
  });

  test('names the region, and the account of an ARN, where a stream is missing', () => {
    const resource = 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders';
    const call = { action: 'kinesis:DescribeStreamSummary', resource, region: 'eu-central-1' };
    expect(serviceError(answered('ResourceNotFoundException', 'not found'), call).message).toContain(
      'There is no such stream in eu-central-1 of account 111122223333'
    );
  });

  test.each(['ExpiredTokenException', 'UnrecognizedClientException', 'CredentialsProviderError'])(
    '%s names configure-aws-credentials',
    (code) => {
      expect(serviceError(answered(code), START_FIREHOSE).message).toContain('aws-actions/configure-aws-credentials');
    }
  );

  test.each([
    ['25 changes', '25 changes in 24 hours'],
    ['500 streams', 'at most 500 delivery streams'],
    ['some limit', 'or the limit of 25 changes']
  ])('tells which limit: %s', (message, advice) => {
    expect(serviceError(answered('LimitExceededException', message), START_FIREHOSE).message).toContain(advice);
  });
});

describe('what to do is told', () => {
  test.each([
    ['an untrusted certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'AWS_CA_BUNDLE'],
    ['a certificate of an unknown issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'AWS_CA_BUNDLE'],
    ['an endpoint that is no URL', 'ERR_INVALID_URL', 'AWS_ENDPOINT_URL']
  ])('of %s', (_, code, words) => {
    const error = serviceError(Object.assign(new Error('no'), { code }), START_KINESIS);
    expect(error.errorKind).toBe('refused');
    expect(error.message).toContain(words);
  });

  test.each([
    ['kinesis:StartStreamEncryption', 'Grant kms:DescribeKey, kms:GenerateDataKey and kms:Decrypt on the key'],
    [
      'firehose:StartDeliveryStreamEncryption',
      'Grant kms:CreateGrant, kms:DescribeKey, kms:GenerateDataKey and kms:Decrypt'
    ]
  ])('of a key that %s may not use', (action, words) => {
    expect(said(answered('KMSAccessDeniedException', 'no'), { ...START_KINESIS, action })).toContain(words);
  });

  test('of a denial in which AWS names no resource', () => {
    const message = 'User: x is not authorized to perform: kinesis:ListStreams because no policy allows it';
    expect(said(answered('AccessDeniedException', message))).toMatch(
      /\. Grant kinesis:ListStreams to the role of this step$/
    );
  });

  test('of a stream that is missing, without an account where only its name is known', () => {
    expect(said(answered('ResourceNotFoundException', 'not found'))).toContain(
      'There is no such stream in eu-central-1: check its name'
    );
    const within = { ...START_KINESIS, resource: 'the stream arn:aws:kinesis:eu-central-1:111122223333:stream/orders' };
    expect(said(answered('ResourceNotFoundException', 'not found'), within)).not.toContain('of account');
  });

  test.each([
    ['KMSNotFoundException', "Check the key's id or alias, and that the key is in eu-central-1"],
    ['NotFoundException', "Check the key's id or alias, and that the key is in eu-central-1"],
    ['InvalidArnException', "Check the key's ARN"]
  ])('of %s', (name, words) => {
    expect(said(answered(name, 'no such key'))).toBe(`${WHERE}: ${name}: no such key. ${words}`);
  });
});
