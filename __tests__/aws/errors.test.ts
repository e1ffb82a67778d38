/** What each code and each other error means. docs/troubleshooting.md, which a test compares, has every text of the catalogue. */

import { describe, expect, test } from '@jest/globals';
import { CATALOGUE } from '../../src/aws/error-catalogue.ts';
import { ANSWER_TOO_LARGE, INVALID_PROXY, serviceError, UNREADABLE_ANSWER } from '../../src/aws/errors.ts';
import { permissionsOf } from '../../src/aws/permissions.ts';
import { type ErrorKind, MalformedAnswer } from '../../src/encryption/ports.ts';
import { callsOfAction } from '../support/calls-of-action.ts';
import { type Client, errorsOfOperation, errorsOfService } from '../support/declared-errors.ts';
import { callOf, DESCRIBE_KEY, errorResponse, networkError } from './sdk-errors.ts';

const START_KINESIS = callOf('kinesis:StartStreamEncryption');
const START_FIREHOSE = callOf('firehose:StartDeliveryStreamEncryption');
const STARTS = [START_KINESIS, START_FIREHOSE];
const WHERE = 'kinesis:StartStreamEncryption for the stream orders in eu-central-1';
const NOT_OF_AWS = 'This is not an error of AWS: run again; if it occurs again, report it as an issue of this action';
const UNKNOWN_CODE =
  'This code is not known to the action: look it up in the API reference of kinesis:StartStreamEncryption, or contact AWS Support with this message';
const CHECK_ENDPOINT =
  'Check that AWS_ENDPOINT_URL…, if it is set, leads to this service, and that no proxy changes the request';
const CREDENTIALS =
  'Run aws-actions/configure-aws-credentials before this step, and make the session last as long as the step';

describe('the codes of AWS', () => {
  const CODES = CATALOGUE.flatMap(({ codes = [] }) => codes);
  const KEY_CODES = CATALOGUE.flatMap(({ keyCodes = [] }) => keyCodes);
  const KEY_ERROR = 'InvalidKMSResourceException';
  /** What Firehose may call at KMS for an encryption. */
  const KMS_OPERATIONS = ['CreateGrant', 'DescribeKey', 'GenerateDataKey', 'Decrypt', 'RetireGrant'];

  function clientOf(action: string): Client {
    const clients = ['kinesis', 'firehose', 'kms'] as const;
    return clients.find((client) => action.startsWith(client)) ?? 'resource-groups-tagging-api';
  }

  test('that the SDK declares for a call, or KMS for what Firehose does with a key, are in the catalogue', async () => {
    const declared = (await callsOfAction()).flatMap((action) =>
      errorsOfOperation(clientOf(action), action.replace(/.*:/, ''))
    );
    expect(declared.filter((code) => !CODES.includes(code))).toEqual([]);
    const ofKeys = KMS_OPERATIONS.flatMap((operation) => errorsOfOperation('kms', operation));
    expect(ofKeys.filter((code) => !KEY_CODES.includes(code))).toEqual([]);
  });

  const RETRIED: readonly ErrorKind[] = ['throttled', 'limited', 'unanswered', 'busy'];
  const WAY_OUT =
    /\b(activate|allow|cancel|check|contact|correct|enable|exempt|grant|look it up|needs|open|retire|run|set|use)\b/i;

  test('have a way out if they are not retried, which names no permission that the call does not need', async () => {
    for (const action of await callsOfAction()) {
      const call = callOf(action);
      const others = [...errorsOfService(clientOf(action)), 'MoonException'];
      const inner = action.startsWith('firehose:') ? [...KEY_CODES, ...errorsOfService('kms'), ''] : [];
      for (const error of [
        ...[...CODES, ...others].map((code) => errorResponse(code, 'no')),
        ...inner.map((code) => errorResponse(KEY_ERROR, 'no', { code }))
      ]) {
        const { message, errorKind } = serviceError(error, call);
        const [, advice = ''] = message.split(`${action} for the stream orders in eu-central-1: ${error.name}: no`);
        const named = advice.match(/\b(?:kinesis|firehose|kms|tag|iam|sts):\w+/g) ?? [];
        const needed = [action, ...permissionsOf(action).keyActions];
        expect(named.filter((permission) => !needed.includes(permission))).toEqual([]);
        if (RETRIED.includes(errorKind)) expect(advice).not.toMatch(/contact|use another|another key|grant/i);
        else expect(advice).toMatch(WAY_OUT);
        if (!CODES.includes(error.name)) continue;
        // Without a message, the code is explained.
        const explained = new RegExp(`: ${error.name}: (?!${error.name})\\w`);
        expect(serviceError(errorResponse(error.name, ''), call).message).toMatch(explained);
      }
    }
  });

  /** Sources: "Common Errors" in the API references; those of STS and SSO. All other known codes are refusals. */
  test.each<[kind: ErrorKind, codes: string]>([
    ['denied', 'AccessDenied AccessDeniedException NotAuthorized UnauthorizedOperation'],
    ['missing', 'InvalidArnException NotFoundException ResourceNotFoundException'],
    ['throttled', 'LimitExceededException ProvisionedThroughputExceededException RequestLimitExceeded Throttling'],
    ['throttled', 'KMSThrottlingException ThrottledException ThrottlingException TooManyRequestsException'],
    ['unanswered', 'DependencyTimeoutException IDPCommunicationError InternalError InternalFailure'],
    ['unanswered', 'InternalFailureException InternalServerError InternalServerException InternalServiceException'],
    ['unanswered', 'KMSInternalException RequestAbortedException RequestTimeout RequestTimeoutException'],
    [
      'unanswered',
      'IDPCommunicationErrorException ResourceInUseException ServiceUnavailable ServiceUnavailableException'
    ],
    ['refused', 'ExpiredTokenException InvalidKMSResourceException KMSDisabledException ValidationException']
  ])('are %s: %s', (kind, codes) => {
    for (const code of codes.split(' ')) {
      expect({ code, kind: serviceError(errorResponse(code, 'no'), DESCRIBE_KEY).errorKind }).toEqual({ code, kind });
    }
  });

  /** For others, see campaign/service-faults.ts. */
  test.each([
    ['kms:DescribeKey', 'UnrecognizedClientException', 'the region eu-central-1 may not be enabled for the account'],
    ['kms:DescribeKey', 'InvalidClientTokenId', 'another partition than the credentials'],
    ['kms:DescribeKey', 'OptInRequired', 'open its console once'],
    ['kms:DescribeKey', 'RegionDisabledException', 'Activate eu-central-1 for AWS STS'],
    ['kms:DescribeKey', 'RequestExpired', 'The clock of the machine differs'],
    ['kinesis:ListStreams', 'ExpiredNextTokenException', 'longer than 5 minutes: run again'],
    ['firehose:PutRecord', 'InvalidSourceException', 'without verify-records'],
    ['firehose:PutRecord', 'ValidationException', CHECK_ENDPOINT],
    [START_KINESIS.action, 'ValidationException', 'ENCRYPT_DECRYPT, and may be used by Kinesis'],
    [START_FIREHOSE.action, 'InvalidArgumentException', 'and that this configuration is not already in force']
  ])('say what to do about %s: %s', (action, code, advice) => {
    expect(serviceError(errorResponse(code, 'no'), callOf(action)).message).toContain(advice);
  });

  test.each([
    ['throttled', 'ThrottlingException DependencyTimeoutException KMSInternalException KeyUnavailableException', ''],
    ['refused', 'InvalidKeyUsageException UnsupportedOperationException', 'Use a symmetric key'],
    ['refused', 'LimitExceededException', 'as many grants as KMS allows'],
    ['refused', 'InvalidGrantTokenException IncorrectKeyException DryRunOperationException', 'AWS Support'],
    ['refused', 'MoonException', 'The meaning of this code is not known. Grant kms:CreateGrant and kms:DescribeKey on'],
    ['refused', 'MoonException', 'and check that the key is in eu-central-1, is enabled and not pending deletion']
  ])('of a key that Firehose cannot use are %s: %s', (errorKind, codes, advice) => {
    for (const code of codes.split(' ')) {
      const message = expect.stringMatching(new RegExp(`InvalidKMSResourceException: no \\(${code}\\).*${advice}`));
      const error = serviceError(errorResponse(KEY_ERROR, 'no', { code }), START_FIREHOSE);
      expect(error).toMatchObject({ errorKind, message });
    }
  });

  test('may be missing where Firehose cannot use a key', () => {
    const error = serviceError(errorResponse(KEY_ERROR, 'no'), START_FIREHOSE);
    expect(error.message).toContain('InvalidKMSResourceException: no. Firehose gave no code. Grant');
  });

  /** The name of the stream may contain any word or number. */
  test.each([
    ['orders', 'Rate exceeded for stream orders', 'throttled'],
    ['orders', 'Max limit of 5 RPS reached', 'throttled'],
    ['orders', 'You have reached the limit of 24 hours', 'refused'],
    ['orders', 'You have already reached the limit for a requested resource', 'limited'],
    ['orders-25', 'Limit exceeded for stream orders-25.', 'limited'],
    ['rps', 'Limit exceeded for stream arn:aws:kinesis:us-east-1:111122223333:stream/rps', 'limited']
  ])('of a limit of a start of %s depend on the message: "%s" is %s', (name, message, kind) => {
    for (const call of STARTS) {
      const named = { ...call, resource: `the stream ${name}` };
      expect(serviceError(errorResponse('LimitExceededException', message), named).errorKind).toBe(kind);
    }
  });

  test('of a missing stream name the account of its ARN', () => {
    const call = { ...START_KINESIS, resource: 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders' };
    expect(serviceError(errorResponse('ResourceNotFoundException', 'no'), call).message).toContain(
      'There is no such stream in eu-central-1 of account 111122223333: check its name, stream-kind, the region'
    );
  });
});

/** Checks the kind of the error for this call, and its whole message after the call. */
function expectError(thrown: unknown, errorKind: ErrorKind, words: string): void {
  const error = serviceError(thrown, START_KINESIS);
  expect(error).toMatchObject({ errorKind, message: `${WHERE}: ${words}`, cause: thrown });
  expect(error).not.toBeInstanceOf(MalformedAnswer);
}

describe('an error answer', () => {
  test.each<[code: string, message: string, status: number, errorKind: ErrorKind, words: string]>([
    ['ThrottlingException', 'see v1.2. Then retry...', 400, 'throttled', 'ThrottlingException: see v1.2. Then retry'],
    ['DisabledException', 'no?', 400, 'refused', `DisabledException: no? ${UNKNOWN_CODE}`],
    ['MoonException', 'MoonException', 400, 'refused', `MoonException. ${UNKNOWN_CODE}`],
    ['SizeLimitExceeded', 'no', 400, 'refused', `SizeLimitExceeded: no. ${UNKNOWN_CODE}`],
    ['MoonException', 'no body', 399, 'unanswered', 'the answer cannot be read: no body'],
    ['MoonException', 'oops', 429, 'throttled', 'MoonException: oops'],
    ['MoonException', 'oops', 499, 'refused', `MoonException: oops. ${UNKNOWN_CODE}`],
    ['MoonException', 'oops', 500, 'unanswered', 'MoonException: oops'],
    ['MoonRateExceeded', 'wait', 400, 'throttled', 'MoonRateExceeded: wait'],
    ['SlowDown', 'wait', 400, 'throttled', 'SlowDown: wait'],
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

  test.each([
    [ANSWER_TOO_LARGE, 'larger than 32 MiB', 200, 'larger than 32 MiB'],
    [UNREADABLE_ANSWER, 'its code is a list', 400, 'its code is a list'],
    ['TypeError', 'cleanValue.indexOf is not a function', 400, 'the answer cannot be read'],
    ['RangeError', 'Invalid time value', 200, 'the answer cannot be read'],
    ['Error', '@aws-sdk/core - unexpected', 400, 'the answer cannot be read'],
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
  test.each<[name: string, code: string | undefined, message: string, errorKind: ErrorKind, words: string]>([
    ['Error', 'ECONNRESET', 'read ECONNRESET', 'unanswered', ''],
    ['Error', 'HPE_INVALID_CONSTANT', 'no HTTP', 'unanswered', ''],
    ['Error', 'EPROTO', 'tlsv1 alert internal error', 'unanswered', ''],
    ['Error', 'ENOENT', 'no such file', 'refused', `. ${CREDENTIALS}`],
    ['CredentialsProviderError', undefined, 'none', 'refused', `. ${CREDENTIALS}`],
    ['TypeError', 'ERR_INVALID_URL', 'no', 'refused', '. Check that the endpoint in AWS_ENDPOINT_URL… is a URL'],
    ['Error', 'ERR_PROXY_TUNNEL', '403', 'unanswered', '. Check that the proxy in HTTPS_PROXY allows this host'],
    [INVALID_PROXY, undefined, 'Correct it!', 'refused', ''],
    ['Error', 'ODD', 'What? Why', 'refused', `. ${NOT_OF_AWS}`],
    ['TypeError', undefined, 'x is not a function', 'refused', `. ${NOT_OF_AWS}`]
  ])('%s with the code %s, "%s", is %s', (name, code, message, errorKind, advice) => {
    expectError(networkError(name, code, message), errorKind, `${name}: ${message}${advice}`);
  });

  const UNTRUSTED = 'is not trusted: set AWS_CA_BUNDLE to the certificate authority';
  test.each([
    ['CERT_REVOKED', 'must not be used: the server needs another one'],
    ['CERT_HAS_EXPIRED', 'has expired: renew it, or set the clock of the machine'],
    ['CERT_NOT_YET_VALID', 'is not valid yet: set the clock of the machine'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNTRUSTED],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNTRUSTED]
  ])('says what is wrong with the certificate, which no further attempt can change: %s', (code, advice) => {
    expectError(networkError('Error', code, 'no'), 'refused', `Error: no. The TLS certificate ${advice}`);
  });

  const HANDLER = '@smithy/node-http-handler - the request socket';
  test.each([
    ['SyntaxError', 'Unexpected end', 'the answer is not JSON'],
    ['TimeoutError', 'the answer took longer than 10 s', 'the answer took longer than 10 s'],
    ['TimeoutError', 'a request has exceeded the configured 10000 ms requestTimeout.', 'no answer came within 10 s'],
    ['TimeoutError', `${HANDLER} timed out after 10000 ms of inactivity.`, 'no answer came within 10 s'],
    [
      'TimeoutError',
      `${HANDLER} did not establish a connection with the server within the configured timeout of 5000 ms.`,
      'no connection was made within 5 s'
    ]
  ])('is explained in plain words: %s, "%s"', (name, message, words) => {
    expectError(networkError(name, undefined, message), 'unanswered', words);
  });

  test.each([
    [undefined, 'Error: undefined.'],
    [{ name: 'Odd', message: '', toString: (): string => '' }, 'Odd.'],
    [{ name: 42, message: { key: 'value' }, toString: (): string => 'an odd one' }, 'Error: an odd one.'],
    [Object.assign(new Error('what?'), { $metadata: { httpStatusCode: '503' } }), 'Error: what?']
  ])('may throw anything: %j', (thrown, words) => {
    expectError(thrown, 'refused', `${words} ${NOT_OF_AWS}`);
  });

  const SOURCES = 'AWS_PROFILE is ci: the credentials come from there';
  test.each([
    [networkError('CredentialsProviderError', undefined, 'none'), 'CredentialsProviderError: none'],
    [new TypeError('no function'), 'no request can be made with the credentials (no function)'],
    [networkError('Error', 'ERR_INVALID_CHAR', 'Invalid character'), 'Invalid character'],
    [new SyntaxError('Unexpected token'), 'the credentials are not JSON'],
    [new Error('Invalid response from STS'), 'Invalid response from STS']
  ])('names where the credentials come from that no request can be signed with: %s', (error, words) => {
    expect(serviceError(error, { ...START_KINESIS, credentialSources: SOURCES }).message).toBe(
      `${WHERE}: ${words}. ${SOURCES}. Correct these settings, or unset them and run aws-actions/configure-aws-credentials before this step`
    );
  });

  test('does not lead to the credentials if there is an answer, or the host could not be reached', () => {
    const call = { ...START_KINESIS, credentialSources: SOURCES };
    for (const error of [errorResponse('Error', 'oops', { status: 500 }), networkError('Error', 'ECONNRESET')]) {
      expect(serviceError(error, call).message).not.toContain('AWS_PROFILE');
    }
  });
});

describe('a text of the service', () => {
  const throttle = (message: string, more = {}) => errorResponse('ThrottlingException', message, more);
  const hint = 'Deserialization error: to see the raw response, inspect the hidden field\nof this object.';

  test.each<[string, Error, string]>([
    ['of 1,000 characters is whole', throttle('x'.repeat(1_000)), `ThrottlingException: ${'x'.repeat(1_000)}`],
    ['of more characters is cut', throttle('x'.repeat(1_001)), `ThrottlingException: ${'x'.repeat(1_000)}…`],
    ['as a code is cut', errorResponse('O'.repeat(101), 'what?', { status: 429 }), `${'O'.repeat(100)}…: what?`],
    ['inside is whole', throttle('no', { code: 'C'.repeat(100) }), `ThrottlingException: no (${'C'.repeat(100)})`],
    ['inside is cut', throttle('no', { code: 'C'.repeat(101) }), `ThrottlingException: no (${'C'.repeat(100)}…)`],
    ['keeps its lines, but not those of the SDK', throttle(`one\ntwo\n  ${hint}`), 'ThrottlingException: one\ntwo']
  ])('%s', (_, error, words) => {
    expectError(error, 'throttled', words);
  });

  test('that is long keeps the advice after it', () => {
    const { message } = serviceError(errorResponse('AccessDeniedException', 'x'.repeat(100_000)), DESCRIBE_KEY);
    expect(message).toMatch(/: x{1000}…\. Grant kms:DescribeKey on alias\/app to the role of this step$/);
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
    ["Header requires 'Signature'. Authorization=AWS4-HMAC-SHA256 Credential=AKIA", "Header requires 'Signature'. "],
    ['no such algorithm AWS4-HMAC-SHA256 Credential=AKIA, Signature=f00', 'no such algorithm '],
    ['bad request\nx-amz-security-token:AKIA\nAKIA', 'bad request\n']
  ])('omits what it quotes of the signed request, whatever the code: %j', (message, words) => {
    expectError(errorResponse('MoonException', message), 'refused', `MoonException: ${words}…. ${UNKNOWN_CODE}`);
  });
});
