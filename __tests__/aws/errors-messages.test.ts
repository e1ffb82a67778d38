import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../src/aws/call.ts';
import { ANSWER_TOO_LARGE, INVALID_PROXY, serviceError, UNREADABLE_ANSWER } from '../../src/aws/errors.ts';
import { MalformedAnswer } from '../../src/encryption/ports.ts';
import { DESCRIBE_KEY, errorResponse, networkError, START_FIREHOSE, START_KINESIS } from './sdk-errors.ts';

const NOT_OF_AWS = 'This is not an error of AWS: run again; if it occurs again, report it as an issue of this action';
const WHERE = 'kinesis:StartStreamEncryption for the data stream orders in eu-central-1';

function messageOf(error: unknown, call: Call = START_KINESIS): string {
  return serviceError(error, call).message;
}

describe('the message of an error', () => {
  test.each([
    ['ResourceInUseException', 'instead in state UPDATING.'],
    ['ThrottlingException', 'slow down.'],
    ['InternalFailure', 'oops...'],
    ['KMSThrottlingException', 'too fast.']
  ])('contains the code %s and its message without the final period', (name, message) => {
    expect(messageOf(errorResponse(name, message))).toBe(`${WHERE}: ${name}: ${message.replace(/\.+$/, '')}`);
  });

  test('keeps periods inside the text', () => {
    expect(messageOf(errorResponse('ThrottlingException', 'see v1.2. Then retry.'))).toBe(
      `${WHERE}: ThrottlingException: see v1.2. Then retry`
    );
  });

  test.each([
    ['TypeError', 400],
    ['RangeError', 200]
  ])('says nothing of JavaScript if the SDK fails to read an answer with a %s', (name, status) => {
    const error = serviceError(errorResponse(name, 'cleanValue.indexOf is not a function', { status }), START_KINESIS);
    expect(error).toMatchObject({ errorKind: 'unanswered', message: `${WHERE}: the answer cannot be read` });
  });

  test('says the status, and nothing of JavaScript, for a page in place of an answer', () => {
    const page = (status: number) =>
      serviceError(errorResponse('SyntaxError', "Unexpected token '<' in JSON", { status }), START_KINESIS);
    // A page of a proxy or a portal stays there: few attempts.
    expect(page(403)).toBeInstanceOf(MalformedAnswer);
    expect(page(403).message).toBe(`${WHERE}: the answer, with status 403, is not JSON`);
    // A service may recover, and a throttle ends.
    expect(page(429)).toMatchObject({ errorKind: 'throttled', message: `${WHERE}: status 429, and no JSON` });
    expect(page(503)).not.toBeInstanceOf(MalformedAnswer);
    expect(page(503)).toMatchObject({ errorKind: 'unanswered', message: `${WHERE}: status 503, and no JSON` });
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
    ],
    ['the answer took longer than 10 s', 'the answer took longer than 10 s']
  ])('says a timeout in plain words: %s', (message, words) => {
    const timeout = Object.assign(new Error(`@smithy/node-http-handler - ${message}`), { name: 'TimeoutError' });
    if (message === words) timeout.message = message;
    expect(messageOf(timeout)).toBe(`${WHERE}: ${words}`);
  });

  test('names where credentials come from that no request can be signed with', () => {
    const credentialSources = 'AWS_PROFILE is ci: the credentials come from there';
    const call = { ...START_KINESIS, credentialSources };
    const malformed = [new TypeError('x.replace is not a function'), new Error('Invalid response from STS')];
    const [signing, sts] = malformed.map((error) => serviceError(error, call));
    expect(signing?.message).toBe(
      `${WHERE}: no request can be made with the credentials (x.replace is not a function). ${credentialSources}. Correct these settings, or unset them and run aws-actions/configure-aws-credentials before this step`
    );
    expect(sts?.message).toContain(`${WHERE}: Invalid response from STS. ${credentialSources}`);
  });

  test('names the status of an error without a code, and where it may come from', () => {
    expect(messageOf(errorResponse('Unknown', 'Forbidden by policy 17'))).toContain(
      'an error with status 400 and no code: Forbidden by policy 17. Check that'
    );
    const error = serviceError(errorResponse('Unknown', 'UnknownError'), START_KINESIS);
    expect(error.message).toMatch(/: an error with status 400 and no code\. Check that AWS_ENDPOINT_URL….* no proxy/);
  });

  test.each([ANSWER_TOO_LARGE, UNREADABLE_ANSWER])('%s: the answer is malformed, and the message says how', (name) => {
    const cause = errorResponse(name, 'its code is a list', { status: 400 });
    const error = serviceError(cause, START_KINESIS);
    expect(error).toBeInstanceOf(MalformedAnswer);
    expect(error).toMatchObject({ message: `${WHERE}: its code is a list`, cause });
  });

  test.each([
    ['a good status', errorResponse('Odd', 'no body', { status: 200 }), ': the answer cannot be read: no body'],
    ['no status', networkError('SyntaxError', undefined, 'Unexpected end'), ': the answer is not JSON'],
    ['a missing file', networkError('Error', 'ENOENT', 'no such file'), ': Error: no such file. Run aws-actions/'],
    [
      'a refused tunnel',
      networkError('Error', 'ERR_PROXY_TUNNEL', '403'),
      ': Error: 403. Check that the proxy in HTTPS_'
    ],
    ['an unusable proxy', networkError(INVALID_PROXY, undefined, 'Correct it!'), `: ${INVALID_PROXY}: Correct it!`],
    ['a question', networkError('Error', 'ODD', 'What? Why'), `: Error: What? Why. ${NOT_OF_AWS}`]
  ])('with %s', (_, error, words) => {
    const message = messageOf(error);
    expect(message.slice(0, WHERE.length + words.length)).toBe(`${WHERE}${words}`);
  });

  test('contains the message of Node for a reset connection', () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    expect(messageOf(reset)).toBe(`${WHERE}: Error: read ECONNRESET`);
  });

  test('says of an unknown error of Node that it is not one of AWS', () => {
    expect(messageOf(Object.assign(new Error('what?'), { code: 'ODD' }))).toBe(`${WHERE}: Error: what? ${NOT_OF_AWS}`);
  });

  test.each([
    ['a string', 'went wrong', 'Error: went wrong'],
    ['null', null, 'Error: null'],
    ['undefined', undefined, 'Error: undefined'],
    ['an error with an empty message', { name: 'Odd', message: '', toString: (): string => '' }, 'Odd'],
    [
      'an error whose name and message are not texts',
      { name: 42, message: { key: 'value' }, toString: (): string => 'an odd one' },
      'Error: an odd one'
    ]
  ])('converts %s to text', (_, thrown, expected) => {
    expect(messageOf(thrown)).toBe(`${WHERE}: ${expected}. ${NOT_OF_AWS}`);
  });

  test.each([
    [1_000, ''],
    [1_001, '…']
  ])('of %s characters ends in "%s"', (length, end) => {
    expect(messageOf(errorResponse('ThrottlingException', 'x'.repeat(length)))).toBe(
      `${WHERE}: ThrottlingException: ${'x'.repeat(1_000)}${end}`
    );
  });

  test('truncates a long code', () => {
    expect(messageOf(errorResponse('O'.repeat(101), 'what?', { status: 429 }))).toBe(
      `${WHERE}: ${'O'.repeat(100)}…: what?`
    );
  });

  test('truncates a long code inside the error', () => {
    const error = errorResponse('ThrottlingException', 'what?', { code: 'C'.repeat(101) });
    expect(messageOf(error)).toBe(`${WHERE}: ThrottlingException: what? (${'C'.repeat(100)}…)`);
  });

  test('contains only the first sentence of a signature error', () => {
    const message = 'The signature does not match. Consult the documentation for details. And more';
    expect(messageOf(errorResponse('InvalidSignatureException', message))).toContain(
      ': InvalidSignatureException: The signature does not match. Run aws-actions/configure-aws-credentials'
    );
  });

  test('omits the signed request, which contains the session token', () => {
    const message =
      "The request signature we calculated does not match the signature you provided. The Canonical String was 'POST x-amz-security-token:FwoGZXIvYXdzE'";
    const error = serviceError(errorResponse('InvalidSignatureException', message), START_FIREHOSE);
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
  ])('omits %s, whatever the code', (_, message) => {
    const error = serviceError(errorResponse('SomethingNewException', message), START_FIREHOSE);
    expect(error.message).toMatch(/SomethingNewException: \w.*…\. This code is not known/s);
    expect(error.message).not.toContain('AKIA');
  });

  test('contains all lines except the one that the SDK adds', () => {
    const hint =
      '\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.';
    const error = serviceError(errorResponse('ThrottlingException', `one\ntwo${hint}`), DESCRIBE_KEY);
    expect(error.message).toBe('kms:DescribeKey for alias/app in eu-central-1: ThrottlingException: one\ntwo');
  });

  test('truncates a long message and keeps the advice after it', () => {
    const error = serviceError(errorResponse('AccessDeniedException', 'x'.repeat(100_000)), DESCRIBE_KEY);
    expect(error.message.length).toBeLessThan(1_500);
    expect(error.message).toContain('…. Grant kms:DescribeKey on alias/app');
  });
});
