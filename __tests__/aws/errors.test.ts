import { describe, expect, test } from '@jest/globals';
import { serviceError } from '../../src/aws/errors.ts';
import { errorResponse, networkError, START_FIREHOSE, START_KINESIS } from './sdk-errors.ts';

describe('the kind of an error', () => {
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
    const error = serviceError(errorResponse(code, message), START_FIREHOSE);
    expect(error.errorKind).toBe(errorKind);
    expect(error.message).toContain(`${code}: ${message.replace(/\.$/, '')}`);
  });

  test.each([
    ['an internal failure', 'unanswered', errorResponse('InternalFailure', 'oops', { status: 500 })],
    ['a gateway error', 'unanswered', errorResponse('UnknownError', 'oops', { status: 503 })],
    ['the status 429', 'throttled', errorResponse('Odd', 'oops', { status: 429 })],
    ['an HTML page', 'unanswered', errorResponse('SyntaxError', "Unexpected token '<'", { status: 403 })],
    ['a truncated body', 'unanswered', networkError('SyntaxError', undefined)],
    ['a reset connection', 'unanswered', networkError('Error', 'ECONNRESET')],
    ['an unknown host', 'unanswered', networkError('Error', 'ENOTFOUND')],
    ['a broken HTTP answer', 'unanswered', networkError('Error', 'HPE_INVALID_CONSTANT')],
    ['a failed proxy tunnel', 'unanswered', networkError('Error', 'ERR_PROXY_TUNNEL')],
    ['a timeout', 'unanswered', networkError('TimeoutError', undefined)],
    ['a missing web identity token file', 'refused', networkError('Error', 'ENOENT')],
    ['an untrusted certificate', 'refused', networkError('Error', 'SELF_SIGNED_CERT_IN_CHAIN')],
    [
      'a server that ends the TLS handshake',
      'refused',
      networkError('Error', 'EPROTO', 'sslv3 alert handshake failure')
    ],
    ['another TLS error', 'unanswered', networkError('Error', 'EPROTO', 'tlsv1 alert internal error')],
    ['an invalid proxy variable', 'refused', networkError('InvalidProxy', undefined)],
    ['no credentials', 'refused', networkError('CredentialsProviderError', undefined)],
    ['an invalid endpoint URL', 'refused', networkError('TypeError', 'ERR_INVALID_URL')],
    ['a code that is an inherited property name', 'refused', errorResponse('constructor')],
    ['a defect', 'refused', new TypeError('x is not a function')],
    ['a thrown string', 'refused', 'a string']
  ])('%s → %s', (_, errorKind, error) => {
    expect(serviceError(error, START_FIREHOSE).errorKind).toBe(errorKind);
  });

  test.each([
    ['KMSAccessDeniedException', 'refused', 'kms:CreateGrant'],
    ['AccessDeniedException', 'refused', 'kms:CreateGrant'],
    ['KMSDisabledException', 'refused', 'Enable the key'],
    ['DisabledException', 'refused', 'Enable the key'],
    ['KMSInvalidStateException', 'refused', "Cancel the key's deletion"],
    ['InvalidStateException', 'refused', "Cancel the key's deletion"],
    ['InvalidKeyUsageException', 'refused', 'Use a symmetric key'],
    ['KMSNotFoundException', 'refused', 'eu-central-1'],
    ['NotFoundException', 'refused', 'eu-central-1'],
    ['KMSOptInRequired', 'refused', 'AWS Support'],
    ['KMSThrottlingException', 'throttled', ''],
    ['ThrottlingException', 'throttled', ''],
    ['KMSInternalException', 'throttled', ''],
    ['DependencyTimeoutException', 'throttled', ''],
    ['KeyUnavailableException', 'throttled', ''],
    ['SomethingNew', 'refused', 'The meaning of this code is not known'],
    ['constructor', 'refused', 'The meaning of this code is not known']
  ])('InvalidKMSResourceException with the code %s → %s, %s', (code, errorKind, advice) => {
    const error = serviceError(errorResponse('InvalidKMSResourceException', 'bad key', { code }), START_FIREHOSE);
    expect(error.errorKind).toBe(errorKind);
    expect(error.message).toContain(`InvalidKMSResourceException: bad key (${code})`);
    expect(error.message).toContain(advice);
  });

  test('is unanswered for an error with a successful status', () => {
    expect(serviceError(errorResponse('Odd', 'no body', { status: 200 }), START_KINESIS).errorKind).toBe('unanswered');
    expect(serviceError(errorResponse('Odd', 'no body', { status: 399 }), START_KINESIS).errorKind).toBe('unanswered');
    expect(serviceError(errorResponse('Odd', 'no body', { status: 400 }), START_KINESIS).errorKind).toBe('refused');
    expect(serviceError(errorResponse('Odd', 'no body', { status: 499 }), START_KINESIS).errorKind).toBe('refused');
    expect(serviceError(errorResponse('Odd', 'no body', { status: 500 }), START_KINESIS).errorKind).toBe('unanswered');
  });

  test('ignores a status that is not a number', () => {
    const odd = Object.assign(new Error('what?'), { $metadata: { httpStatusCode: '503' } });
    expect(serviceError(odd, START_KINESIS).errorKind).toBe('refused');
  });

  test('the error keeps its cause', () => {
    const cause = errorResponse('InternalFailure');
    expect(serviceError(cause, START_FIREHOSE).cause).toBe(cause);
  });
});
