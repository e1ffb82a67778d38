import { describe, expect, test } from '@jest/globals';
import { type Call, serviceError } from '../../src/aws/errors.ts';

const START: Call = {
  action: 'firehose:StartDeliveryStreamEncryption',
  resource: 'the delivery stream clicks',
  region: 'eu-central-1'
};
const DESCRIBE_KEY: Call = { action: 'kms:DescribeKey', resource: 'alias/app', region: 'eu-central-1' };

/** An error as the SDK throws it for an answer of the service. */
function answered(code: string, message = 'said the service', more: { status?: number; code?: string } = {}): Error {
  const { status = 400, ...rest } = more;
  return Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode: status }, ...rest });
}

/** An error as Node or the SDK throws it where no answer came. */
function unanswered(name: string, code: string | undefined, message = 'no answer'): Error {
  return Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
}

describe('what an error means', () => {
  test.each([
    ['LimitExceededException', 'Rate exceeded for stream orders under account 111122223333.', 'throttled'],
    ['LimitExceededException', 'Slow down.', 'throttled'],
    ['LimitExceededException', 'You have reached the limit of 25 changes in 24 hours', 'refused'],
    ['LimitExceededException', 'The CMK is already used by 500 delivery streams', 'refused'],
    ['LimitExceededException', 'You have already reached the limit for a requested resource.', 'limited'],
    ['ThrottlingException', 'Please slow down. Max limit of 5 RPS reached', 'throttled'],
    ['KMSThrottlingException', 'rate', 'throttled'],
    ['ProvisionedThroughputExceededException', 'rate', 'throttled'],
    ['TooManyRequestsException', 'rate', 'throttled'],
    ['ThrottledException', 'rate', 'throttled'],
    ['PaginationTokenExpiredException', 'expired', 'refused'],
    ['InvalidParameterException', 'a bad filter', 'refused'],
    ['ResourceInUseException', 'Stream orders under account 1 not ACTIVE, instead in state UPDATING', 'busy'],
    ['ResourceNotFoundException', 'Stream orders under account 111122223333 not found.', 'missing'],
    ['NotFoundException', "Key 'alias/app' does not exist", 'missing'],
    ['InvalidArnException', 'Invalid arn', 'missing'],
    ['AccessDeniedException', 'denied', 'denied'],
    ['KMSAccessDeniedException', 'denied', 'refused'],
    ['KMSDisabledException', 'disabled', 'refused'],
    ['KMSInvalidStateException', 'pending', 'refused'],
    ['KMSNotFoundException', 'no key', 'refused'],
    ['KMSOptInRequired', 'not subscribed', 'refused'],
    ['DependencyTimeoutException', 'KMS', 'unanswered'],
    ['KMSInternalException', 'KMS', 'unanswered'],
    ['InvalidArgumentException', 'same configuration', 'refused'],
    ['ExpiredTokenException', 'expired', 'refused'],
    ['SomethingNewException', 'never heard of', 'refused']
  ])('%s: %s → %s', (code, message, trouble) => {
    const error = serviceError(answered(code, message), START);
    expect(error.trouble).toBe(trouble);
    expect(error.message).toContain(`${code}: ${message.replace(/\.$/, '')}`);
  });

  test.each([
    ['an internal failure', answered('InternalFailure', 'oops', { status: 500 }), 'unanswered'],
    ['a gateway', answered('UnknownError', 'oops', { status: 503 }), 'unanswered'],
    ['too many requests by status alone', answered('Odd', 'oops', { status: 429 }), 'throttled'],
    ['an HTML page', answered('SyntaxError', "Unexpected token '<'", { status: 403 }), 'unanswered'],
    ['a body that breaks off', unanswered('SyntaxError', undefined), 'unanswered'],
    ['a reset', unanswered('Error', 'ECONNRESET'), 'unanswered'],
    ['no such host', unanswered('Error', 'ENOTFOUND'), 'unanswered'],
    ['a broken HTTP answer', unanswered('Error', 'HPE_INVALID_CONSTANT'), 'unanswered'],
    ['a proxy that does not connect', unanswered('Error', 'ERR_PROXY_TUNNEL'), 'unanswered'],
    ['a time-out', unanswered('TimeoutError', undefined), 'unanswered'],
    ['a web identity token that is not there', unanswered('Error', 'ENOENT'), 'refused'],
    ['an untrusted certificate', unanswered('Error', 'SELF_SIGNED_CERT_IN_CHAIN'), 'refused'],
    ['no credentials', unanswered('CredentialsProviderError', undefined), 'refused'],
    ['an endpoint that is no URL', unanswered('TypeError', 'ERR_INVALID_URL'), 'refused'],
    ['a code that every object inherits', answered('constructor'), 'refused'],
    ['a defect', new TypeError('x is not a function'), 'refused'],
    ['no error at all', 'a string', 'refused']
  ])('%s → %s', (_name, error, trouble) => {
    expect(serviceError(error, START).trouble).toBe(trouble);
  });

  test.each([
    ['KMSAccessDeniedException', 'refused', 'kms:CreateGrant'],
    ['AccessDeniedException', 'refused', 'kms:CreateGrant'],
    ['KMSDisabledException', 'refused', 'Enable the key'],
    ['DisabledException', 'refused', 'Enable the key'],
    ['KMSInvalidStateException', 'refused', "Cancel the key's deletion"],
    ['KMSNotFoundException', 'refused', 'eu-central-1'],
    ['NotFoundException', 'refused', 'eu-central-1'],
    ['KMSOptInRequired', 'refused', 'AWS Support'],
    ['KMSThrottlingException', 'throttled', ''],
    ['SomethingNew', 'refused', ''],
    ['constructor', 'refused', '']
  ])('InvalidKMSResourceException with the code %s → %s, %s', (code, trouble, advice) => {
    const error = serviceError(answered('InvalidKMSResourceException', 'bad key', { code }), START);
    expect(error.trouble).toBe(trouble);
    expect(error.message).toContain(advice);
  });
});

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
    expect(serviceError(answered('InvalidParameterException', 'no'), START).message).not.toContain('tags');
    expect(serviceError(answered('PaginationTokenExpiredException', 'no'), call).message).toContain('run again');
  });

  test('names the trust policy where the role may not be assumed', () => {
    const error = answered('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', { status: 403 });
    expect(serviceError(error, DESCRIBE_KEY).message).toContain('Allow sts:AssumeRoleWithWebIdentity to this workflow');
  });

  test('names what a start may be refused for', () => {
    expect(serviceError(answered('InvalidArgumentException', 'no'), START).message).toContain('not the one in force');
    const kinesis = { ...START, action: 'kinesis:StartStreamEncryption' };
    expect(serviceError(answered('InvalidArgumentException', 'no'), kinesis).message).toContain('that Kinesis may use');
  });

  test('names the region where there is no such host', () => {
    expect(serviceError(unanswered('Error', 'ENOTFOUND'), START).message).toContain('See that the region is right');
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
      expect(serviceError(answered(code), START).message).toContain('aws-actions/configure-aws-credentials');
    }
  );

  test.each([
    ['25 changes', 'at most 25 changes in 24 hours'],
    ['500 streams', 'at most 500 delivery streams'],
    ['some limit', 'or the limit of 25 changes']
  ])('tells which limit: %s', (message, advice) => {
    expect(serviceError(answered('LimitExceededException', message), START).message).toContain(advice);
  });

  test('does not repeat the signed request, in which AWS quotes the session token', () => {
    const message =
      "The request signature we calculated does not match the signature you provided. The Canonical String was 'POST x-amz-security-token:FwoGZXIvYXdzE'";
    const error = serviceError(answered('InvalidSignatureException', message), START);
    expect(error.message).toContain('does not match the signature you provided');
    expect(error.message).not.toContain('FwoGZXIvYXdzE');
  });

  test.each([
    [
      'the Authorization header',
      "Authorization header requires 'Signature'. Authorization=AWS4-HMAC-SHA256 Credential=AKIA"
    ],
    ['the signature', 'no such algorithm AWS4-HMAC-SHA256 Credential=AKIA, Signature=f00'],
    ['the session token', 'bad request\nx-amz-security-token:AKIA']
  ])('does not repeat %s, whatever the code', (_name, message) => {
    const error = serviceError(answered('SomethingNewException', message), START);
    expect(error.message).toMatch(/SomethingNewException: \w.*…$/s);
    expect(error.message).not.toContain('AKIA');
  });

  test('repeats all lines of a message, but not the one that the SDK adds', () => {
    const hint =
      '\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.';
    const error = serviceError(answered('SomethingNewException', `one\ntwo${hint}`), DESCRIBE_KEY);
    expect(error.message).toBe('kms:DescribeKey for alias/app in eu-central-1: SomethingNewException: one\ntwo');
  });

  test('cuts words that are too long, and keeps the advice behind them', () => {
    const error = serviceError(answered('AccessDeniedException', 'x'.repeat(100_000)), DESCRIBE_KEY);
    expect(error.message.length).toBeLessThan(1_500);
    expect(error.message).toContain('…. Grant kms:DescribeKey on alias/app');
  });

  test('keeps the cause', () => {
    const cause = answered('InternalFailure');
    expect(serviceError(cause, START).cause).toBe(cause);
  });
});
