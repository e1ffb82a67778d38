import { describe, expect, test } from '@jest/globals';
import { type Call, serviceError } from '../../src/aws/errors.ts';
import { answered, DESCRIBE_KEY, START_FIREHOSE, START_KINESIS } from './thrown.ts';

const WHERE = 'kinesis:StartStreamEncryption for the data stream orders in eu-central-1';

function said(error: unknown, call: Call = START_KINESIS): string {
  return serviceError(error, call).message;
}

describe('an error in words', () => {
  test.each([
    ['ResourceInUseException', 'instead in state UPDATING.'],
    ['InvalidKMSResourceException', 'bad key.'],
    ['ThrottlingException', 'slow down.'],
    ['InternalFailure', 'oops...'],
    ['SomethingNewException', 'never heard of.']
  ])('%s is told whole, without a full stop, and with no advice of ours', (name, message) => {
    expect(said(answered(name, message))).toBe(`${WHERE}: ${name}: ${message.replace(/\.+$/, '')}`);
  });

  test('full stops within the words stay', () => {
    expect(said(answered('Odd', 'see v1.2 of it. Then again.'))).toBe(`${WHERE}: Odd: see v1.2 of it. Then again`);
  });

  test('a reset is told with what Node says of it', () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    expect(said(reset)).toBe(`${WHERE}: Error: read ECONNRESET`);
  });

  test('an unknown error of Node has no advice of ours', () => {
    expect(said(Object.assign(new Error('what?'), { code: 'ODD' }))).toBe(`${WHERE}: Error: what?`);
  });

  test.each([
    ['a string', 'went wrong', 'Error: went wrong'],
    ['null', null, 'Error: null'],
    ['nothing', undefined, 'Error: undefined'],
    ['a name without words', { name: 'Odd', message: '', toString: (): string => '' }, 'Odd'],
    [
      'words that are none',
      { name: 42, message: { of: 'a kind' }, toString: (): string => 'an odd one' },
      'Error: an odd one'
    ]
  ])('%s thrown is told as it is', (_, thrown, words) => {
    expect(said(thrown)).toBe(`${WHERE}: ${words}`);
  });

  test.each([
    [1_000, ''],
    [1_001, '…']
  ])('%s characters of AWS end in "%s"', (length, end) => {
    expect(said(answered('Odd', 'x'.repeat(length)))).toBe(`${WHERE}: Odd: ${'x'.repeat(1_000)}${end}`);
  });

  test('a code that is too long is cut', () => {
    expect(said(answered('O'.repeat(101), 'what?'))).toBe(`${WHERE}: ${'O'.repeat(100)}…: what?`);
  });

  test('of the words on a signature only the first sentence is told', () => {
    const message = 'The signature does not match. Consult the documentation for it. And more';
    expect(said(answered('InvalidSignatureException', message))).toContain(
      ': InvalidSignatureException: The signature does not match. Run aws-actions/configure-aws-credentials'
    );
  });

  test('does not repeat the signed request, in which AWS quotes the session token', () => {
    const message =
      "The request signature we calculated does not match the signature you provided. The Canonical String was 'POST x-amz-security-token:FwoGZXIvYXdzE'";
    const error = serviceError(answered('InvalidSignatureException', message), START_FIREHOSE);
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
    const error = serviceError(answered('SomethingNewException', message), START_FIREHOSE);
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
});
