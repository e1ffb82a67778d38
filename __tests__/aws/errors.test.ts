import { describe, expect, test } from '@jest/globals';
import { ANSWER_TOO_LARGE, INVALID_PROXY, serviceError, UNREADABLE_ANSWER } from '../../src/aws/errors.ts';
import { UnreachableHost } from '../../src/aws/hosts.ts';
import { type ErrorKind, MalformedAnswer, ServiceError } from '../../src/encryption/ports.ts';
import { DESCRIBE_KEY, errorResponse, networkError, START_KINESIS } from './sdk-errors.ts';

const WHERE = 'kinesis:StartStreamEncryption for the data stream orders in eu-central-1';
const NOT_OF_AWS = 'This is not an error of AWS: run again; if it occurs again, report it as an issue of this action';
const UNKNOWN_CODE =
  'This code is not known to the action: look it up in the API reference of kinesis:StartStreamEncryption, or contact AWS Support with this message';
const CHECK_ENDPOINT =
  'Check that AWS_ENDPOINT_URL…, if it is set, leads to this service, and that no proxy changes the request';
const CREDENTIALS =
  'Run aws-actions/configure-aws-credentials before this step, and make the session last as long as the step';

/** Checks the kind of the error for this call, and its whole message after the call. */
function expectError(thrown: unknown, errorKind: ErrorKind, words: string): void {
  const error = serviceError(thrown, START_KINESIS);
  expect(error).toMatchObject({ errorKind, message: `${WHERE}: ${words}`, cause: thrown });
  expect(error).not.toBeInstanceOf(MalformedAnswer);
}

describe('an error answer', () => {
  test.each<[code: string, message: string, status: number, errorKind: ErrorKind, words: string]>([
    ['InternalFailure', 'oops...', 500, 'unanswered', 'InternalFailure: oops'],
    ['ThrottlingException', 'see v1.2. Then retry.', 400, 'throttled', 'ThrottlingException: see v1.2. Then retry'],
    ['DisabledException', 'no?', 400, 'refused', `DisabledException: no? ${UNKNOWN_CODE}`],
    ['MoonException', 'MoonException', 400, 'refused', `MoonException. ${UNKNOWN_CODE}`],
    ['SizeLimitExceeded', 'no', 400, 'refused', `SizeLimitExceeded: no. ${UNKNOWN_CODE}`],
    ['ServiceQuotaExceededException', 'no', 400, 'refused', `ServiceQuotaExceededException: no. ${UNKNOWN_CODE}`],
    ['constructor', 'no', 400, 'refused', `constructor: no. ${UNKNOWN_CODE}`],
    ['MoonException', 'no body', 200, 'unanswered', 'the answer cannot be read: no body'],
    ['MoonException', 'no body', 399, 'unanswered', 'the answer cannot be read: no body'],
    ['MoonException', 'oops', 400, 'refused', `MoonException: oops. ${UNKNOWN_CODE}`],
    ['MoonException', 'oops', 429, 'throttled', 'MoonException: oops'],
    ['MoonException', 'oops', 499, 'refused', `MoonException: oops. ${UNKNOWN_CODE}`],
    ['MoonException', 'oops', 500, 'unanswered', 'MoonException: oops'],
    ['UnknownError', 'oops', 503, 'unanswered', 'an error with status 503 and no code: oops'],
    ['Unknown', 'Policy 17', 400, 'refused', `an error with status 400 and no code: Policy 17. ${CHECK_ENDPOINT}`],
    ['Unknown', 'UnknownError', 400, 'refused', `an error with status 400 and no code. ${CHECK_ENDPOINT}`],
    ['ExpiredToken', 'no', 403, 'refused', `ExpiredToken: no. ${CREDENTIALS}`],
    ['SyntaxError', "Unexpected token '<'", 408, 'unanswered', 'status 408, and no JSON'],
    ['SyntaxError', "Unexpected token '<'", 429, 'throttled', 'status 429, and no JSON'],
    ['SyntaxError', "Unexpected token '<'", 500, 'unanswered', 'status 500, and no JSON']
  ])('%s: "%s" with status %d is %s', (code, message, status, errorKind, words) => {
    expectError(errorResponse(code, message, { status }), errorKind, words);
  });

  test.each(['MoonThrottled', 'MoonRateExceeded', 'ThroughputExceeded', 'BandwidthLimitExceeded', 'SlowDown'])(
    'with the unknown code %s is a throttle',
    (code) => {
      expectError(errorResponse(code, 'wait'), 'throttled', `${code}: wait`);
    }
  );

  test.each([
    [ANSWER_TOO_LARGE, 'larger than 32 MiB', 200, 'larger than 32 MiB'],
    [UNREADABLE_ANSWER, 'its code is a list', 400, 'its code is a list'],
    ['TypeError', 'cleanValue.indexOf is not a function', 400, 'the answer cannot be read'],
    ['RangeError', 'Invalid time value', 200, 'the answer cannot be read'],
    ['Error', '@aws-sdk/core - unexpected', 400, 'the answer cannot be read'],
    ['Error', '@smithy/core - unexpected', 400, 'the answer cannot be read'],
    ['SyntaxError', "Unexpected token '<'", 403, 'the answer, with status 403, is not JSON'],
    ['UnknownError', 'UnknownError', 302, 'the answer, with status 302, is not JSON']
  ])('that is not one of the service counts as unanswered: %s: %s', (code, message, status, words) => {
    const cause = errorResponse(code, message, { status });
    const error = serviceError(cause, START_KINESIS);
    expect(error).toBeInstanceOf(MalformedAnswer);
    expect(error).toMatchObject({ errorKind: 'unanswered', message: `${WHERE}: ${words}`, cause });
  });

  test('has its advice apart, for where something else is to be done', () => {
    const { withoutAdvice } = serviceError(errorResponse('ExpiredToken', 'no'), START_KINESIS);
    expect(withoutAdvice).toBe(`${WHERE}: ExpiredToken: no`);
  });
});

describe('a call without an answer', () => {
  const CHECK_URL = 'Check that the endpoint in AWS_ENDPOINT_URL… is a URL';
  const CHECK_PROXY = 'Check that the proxy in HTTPS_PROXY allows this host';
  test.each<[name: string, code: string | undefined, message: string, errorKind: ErrorKind, words: string]>([
    ['Error', 'ECONNRESET', 'read ECONNRESET', 'unanswered', 'Error: read ECONNRESET'],
    ['Error', 'ENOTFOUND', 'no such host', 'unanswered', 'Error: no such host'],
    ['Error', 'HPE_INVALID_CONSTANT', 'no HTTP', 'unanswered', 'Error: no HTTP'],
    ['Error', 'EPROTO', 'tlsv1 alert internal error', 'unanswered', 'Error: tlsv1 alert internal error'],
    ['SyntaxError', undefined, 'Unexpected end', 'unanswered', 'the answer is not JSON'],
    ['TimeoutError', undefined, 'the answer took longer than 10 s', 'unanswered', 'the answer took longer than 10 s'],
    ['Error', 'ENOENT', 'no such file', 'refused', `Error: no such file. ${CREDENTIALS}`],
    ['Error', 'EISDIR', 'a folder', 'refused', `Error: a folder. ${CREDENTIALS}`],
    ['CredentialsProviderError', undefined, 'none', 'refused', `CredentialsProviderError: none. ${CREDENTIALS}`],
    ['TypeError', 'ERR_INVALID_URL', 'Invalid URL', 'refused', `TypeError: Invalid URL. ${CHECK_URL}`],
    ['Error', 'ERR_PROXY_TUNNEL', '403', 'unanswered', `Error: 403. ${CHECK_PROXY}`],
    [INVALID_PROXY, undefined, 'Correct it!', 'refused', `${INVALID_PROXY}: Correct it!`],
    ['Error', 'ODD', 'What? Why', 'refused', `Error: What? Why. ${NOT_OF_AWS}`],
    ['Error', 'ODD', 'what?', 'refused', `Error: what? ${NOT_OF_AWS}`],
    ['TypeError', undefined, 'x is not a function', 'refused', `TypeError: x is not a function. ${NOT_OF_AWS}`]
  ])('%s with the code %s, "%s", is %s', (name, code, message, errorKind, words) => {
    expectError(networkError(name, code, message), errorKind, words);
  });

  const UNTRUSTED = 'is not trusted: set AWS_CA_BUNDLE to the certificate authority';
  test.each([
    ['CERT_REVOKED', 'must not be used: the server needs another one'],
    ['CERT_HAS_EXPIRED', 'has expired: renew it, or set the clock of the machine'],
    ['CERT_NOT_YET_VALID', 'is not valid yet: set the clock of the machine'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'is for another host: check the endpoint, and whether a proxy answers'],
    ['SELF_SIGNED_CERT_IN_CHAIN', UNTRUSTED],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNTRUSTED],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNTRUSTED]
  ])('says what is wrong with the certificate, which no further attempt can change: %s', (code, advice) => {
    expectError(networkError('Error', code, 'no'), 'refused', `Error: no. The TLS certificate ${advice}`);
  });

  test.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate required'],
    ['EPROTO', 'sslv3 alert handshake failure']
  ])('says that a client certificate may be required: %s, "%s"', (code, message) => {
    const advice =
      'The server ended the TLS handshake; it may require a client certificate, which this action does not have';
    expectError(networkError('Error', code, message), 'refused', `Error: ${message}. ${advice}`);
  });

  test.each([
    ['a request has exceeded the configured 10000 ms requestTimeout.', 'no answer came within 10 s'],
    [
      'the request socket did not establish a connection with the server within the configured timeout of 5000 ms.',
      'no connection was made within 5 s'
    ],
    [
      'the request socket timed out after 10000 ms of inactivity (configured by client requestHandler).',
      'no answer came within 10 s'
    ]
  ])('says in plain words that %s', (message, words) => {
    const timeout = networkError('TimeoutError', undefined, `@smithy/node-http-handler - ${message}`);
    expectError(timeout, 'unanswered', words);
  });

  test('to a host that cannot be reached fails for good, with what is known of the host', () => {
    const route = { host: 'aws.example', region: 'eu-central-1', endpointVariables: [], proxyVariable: null };
    const error = new UnreachableHost(route, 'has not answered for 30 s', new Error('connect ECONNREFUSED'));
    expectError(error, 'refused', error.message);
  });

  test('has the status null if it is not a number', () => {
    const odd = Object.assign(new Error('what?'), { $metadata: { httpStatusCode: '503' } });
    expectError(odd, 'refused', `Error: what? ${NOT_OF_AWS}`);
  });

  test.each([
    ['went wrong', 'Error: went wrong'],
    [null, 'Error: null'],
    [undefined, 'Error: undefined'],
    [{ name: 'Odd', message: '', toString: (): string => '' }, 'Odd'],
    [{ name: 42, message: { key: 'value' }, toString: (): string => 'an odd one' }, 'Error: an odd one']
  ])('may throw anything: %j', (thrown, words) => {
    expectError(thrown, 'refused', `${words}. ${NOT_OF_AWS}`);
  });

  test.each([
    [networkError('CredentialsProviderError', undefined, 'none'), 'CredentialsProviderError: none'],
    [
      new TypeError('x.replace is not a function'),
      'no request can be made with the credentials (x.replace is not a function)'
    ],
    [networkError('Error', 'ERR_INVALID_CHAR', 'Invalid character'), 'Invalid character'],
    [new SyntaxError('Unexpected token'), 'the credentials are not JSON'],
    [new Error('Invalid response from STS'), 'Invalid response from STS']
  ])('names where the credentials come from that no request can be signed with: %s', (error, words) => {
    const credentialSources = 'AWS_PROFILE is ci: the credentials come from there';
    expect(serviceError(error, { ...START_KINESIS, credentialSources }).message).toBe(
      `${WHERE}: ${words}. ${credentialSources}. Correct these settings, or unset them and run aws-actions/configure-aws-credentials before this step`
    );
  });

  test('does not lead to the credentials if there is an answer, or the host could not be reached', () => {
    const call = { ...START_KINESIS, credentialSources: 'AWS_PROFILE is ci: the credentials come from there' };
    for (const error of [errorResponse('Error', 'oops', { status: 500 }), networkError('Error', 'ECONNRESET')]) {
      expect(serviceError(error, call).message).not.toContain('AWS_PROFILE');
    }
  });
});

describe('a text of the service', () => {
  const throttle = (message: string, more = {}) => errorResponse('ThrottlingException', message, more);

  test.each<[string, Error, string]>([
    ['of 1,000 characters is whole', throttle('x'.repeat(1_000)), `ThrottlingException: ${'x'.repeat(1_000)}`],
    ['of more characters is cut', throttle('x'.repeat(1_001)), `ThrottlingException: ${'x'.repeat(1_000)}…`],
    ['as a code is cut', errorResponse('O'.repeat(101), 'what?', { status: 429 }), `${'O'.repeat(100)}…: what?`],
    [
      'as a code inside is whole',
      throttle('what?', { code: 'C'.repeat(100) }),
      `ThrottlingException: what? (${'C'.repeat(100)})`
    ],
    [
      'as a code inside is cut',
      throttle('what?', { code: 'C'.repeat(101) }),
      `ThrottlingException: what? (${'C'.repeat(100)}…)`
    ],
    [
      'keeps its lines, except the one that the SDK adds',
      throttle('one\ntwo\n  Deserialization error: to see the raw response, inspect the hidden field\nof this object.'),
      'ThrottlingException: one\ntwo'
    ]
  ])('%s', (_, error, words) => {
    expectError(error, 'throttled', words);
  });

  test('that is long keeps the advice after it', () => {
    const error = serviceError(errorResponse('AccessDeniedException', 'x'.repeat(100_000)), DESCRIBE_KEY);
    expect(error).toEqual(
      new ServiceError(
        'denied',
        `kms:DescribeKey for alias/app in eu-central-1: AccessDeniedException: ${'x'.repeat(1_000)}…. Grant kms:DescribeKey on alias/app to the role of this step`
      )
    );
  });

  test.each([
    'The signature does not match. Consult the documentation for details. And more',
    "The signature does not match\nThe Canonical String was 'POST x-amz-security-token:FwoGZXIvYXdzE'",
    "The signature does not match. The Canonical String was 'POST FwoGZXIvYXdzE'"
  ])('about a signature is its first sentence, because the session token may follow: %j', (message) => {
    const words = `InvalidSignatureException: The signature does not match. ${CREDENTIALS}`;
    expectError(errorResponse('InvalidSignatureException', message), 'refused', words);
  });

  test.each([
    [
      "Authorization header requires 'Signature'. Authorization=AWS4-HMAC-SHA256 Credential=AKIA",
      "Authorization header requires 'Signature'. "
    ],
    ['no such algorithm AWS4-HMAC-SHA256 Credential=AKIA, Signature=f00', 'no such algorithm '],
    ['bad request\nx-amz-security-token:AKIA\nAKIA', 'bad request\n']
  ])('omits what it quotes of the signed request, whatever the code: %j', (message, words) => {
    expectError(errorResponse('MoonException', message), 'refused', `MoonException: ${words}…. ${UNKNOWN_CODE}`);
  });
});
