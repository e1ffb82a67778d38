import { describe, expect, test } from '@jest/globals';
import { serviceError } from '../../src/aws/errors.ts';
import { answered, START_FIREHOSE, START_KINESIS, unanswered } from './thrown.ts';

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
  ])('%s: %s → %s', (code, message, errorKind) => {
    const error = serviceError(answered(code, message), START_FIREHOSE);
    expect(error.errorKind).toBe(errorKind);
    expect(error.message).toContain(`${code}: ${message.replace(/\.$/, '')}`);
  });

  test.each([
    ['an internal failure', 'unanswered', answered('InternalFailure', 'oops', { status: 500 })],
    ['a gateway', 'unanswered', answered('UnknownError', 'oops', { status: 503 })],
    ['too many requests by status alone', 'throttled', answered('Odd', 'oops', { status: 429 })],
    ['an HTML page', 'unanswered', answered('SyntaxError', "Unexpected token '<'", { status: 403 })],
    ['a body that breaks off', 'unanswered', unanswered('SyntaxError', undefined)],
    ['a reset', 'unanswered', unanswered('Error', 'ECONNRESET')],
    ['no such host', 'unanswered', unanswered('Error', 'ENOTFOUND')],
    ['a broken HTTP answer', 'unanswered', unanswered('Error', 'HPE_INVALID_CONSTANT')],
    ['a proxy that does not connect', 'unanswered', unanswered('Error', 'ERR_PROXY_TUNNEL')],
    ['a time-out', 'unanswered', unanswered('TimeoutError', undefined)],
    ['a web identity token that is not there', 'refused', unanswered('Error', 'ENOENT')],
    ['an untrusted certificate', 'refused', unanswered('Error', 'SELF_SIGNED_CERT_IN_CHAIN')],
    ['no credentials', 'refused', unanswered('CredentialsProviderError', undefined)],
    ['an endpoint that is no URL', 'refused', unanswered('TypeError', 'ERR_INVALID_URL')],
    ['a code that every object inherits', 'refused', answered('constructor')],
    ['a defect', 'refused', new TypeError('x is not a function')],
    ['no error at all', 'refused', 'a string']
  ])('%s → %s', (_name, errorKind, error) => {
    expect(serviceError(error, START_FIREHOSE).errorKind).toBe(errorKind);
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
  ])('InvalidKMSResourceException with the code %s → %s, %s', (code, errorKind, advice) => {
    const error = serviceError(answered('InvalidKMSResourceException', 'bad key', { code }), START_FIREHOSE);
    expect(error.errorKind).toBe(errorKind);
    expect(error.message).toContain(advice);
  });

  test('an error on a good answer is one that broke off on its way', () => {
    expect(serviceError(answered('TypeError', 'no body', { status: 200 }), START_KINESIS).errorKind).toBe('unanswered');
    expect(serviceError(answered('TypeError', 'no body', { status: 399 }), START_KINESIS).errorKind).toBe('unanswered');
    expect(serviceError(answered('TypeError', 'no body', { status: 400 }), START_KINESIS).errorKind).toBe('refused');
    expect(serviceError(answered('TypeError', 'no body', { status: 499 }), START_KINESIS).errorKind).toBe('refused');
    expect(serviceError(answered('TypeError', 'no body', { status: 500 }), START_KINESIS).errorKind).toBe('unanswered');
  });

  test('a status that is no number is none', () => {
    const odd = Object.assign(new Error('what?'), { $metadata: { httpStatusCode: '503' } });
    expect(serviceError(odd, START_KINESIS).errorKind).toBe('refused');
  });

  test('keeps the cause', () => {
    const cause = answered('InternalFailure');
    expect(serviceError(cause, START_FIREHOSE).cause).toBe(cause);
  });
});
