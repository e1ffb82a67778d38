import { describe, expect, test } from '@jest/globals';
import { type Call, serviceError } from '../../src/aws/errors.ts';

const START: Call = {
  action: 'kinesis:StartStreamEncryption',
  resource: 'the data stream orders',
  region: 'eu-central-1'
};
const WHERE = 'kinesis:StartStreamEncryption for the data stream orders in eu-central-1';

function said(error: unknown, call: Call = START): string {
  return serviceError(error, call).message;
}

function answered(name: string, message: string, status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
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

  test('an error on a good answer is one that broke off on its way', () => {
    expect(serviceError(answered('TypeError', 'no body', 200), START).trouble).toBe('unanswered');
    expect(serviceError(answered('TypeError', 'no body', 399), START).trouble).toBe('unanswered');
    expect(serviceError(answered('TypeError', 'no body', 400), START).trouble).toBe('refused');
    expect(serviceError(answered('TypeError', 'no body', 499), START).trouble).toBe('refused');
    expect(serviceError(answered('TypeError', 'no body', 500), START).trouble).toBe('unanswered');
  });

  test('a status that is no number is none', () => {
    const odd = Object.assign(new Error('what?'), { $metadata: { httpStatusCode: '503' } });
    expect(serviceError(odd, START).trouble).toBe('refused');
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
});

describe('what to do is told', () => {
  test.each([
    ['an untrusted certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'AWS_CA_BUNDLE'],
    ['a certificate of an unknown issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'AWS_CA_BUNDLE'],
    ['an endpoint that is no URL', 'ERR_INVALID_URL', 'AWS_ENDPOINT_URL']
  ])('of %s', (_, code, words) => {
    const error = serviceError(Object.assign(new Error('no'), { code }), START);
    expect(error.trouble).toBe('refused');
    expect(error.message).toContain(words);
  });

  test.each([
    ['kinesis:StartStreamEncryption', 'Grant kms:DescribeKey, kms:GenerateDataKey and kms:Decrypt on the key'],
    [
      'firehose:StartDeliveryStreamEncryption',
      'Grant kms:CreateGrant, kms:DescribeKey, kms:GenerateDataKey and kms:Decrypt'
    ]
  ])('of a key that %s may not use', (action, words) => {
    expect(said(answered('KMSAccessDeniedException', 'no'), { ...START, action })).toContain(words);
  });

  test('of a denial in which AWS names no resource', () => {
    const message = 'User: x is not authorized to perform: kinesis:ListStreams because no policy allows it';
    expect(said(answered('AccessDeniedException', message))).toMatch(
      /\. Grant kinesis:ListStreams to the role of this step$/
    );
  });

  test('of a stream that is missing, without an account where only its name is known', () => {
    expect(said(answered('ResourceNotFoundException', 'not found'))).toContain(
      'There is no such stream in eu-central-1: see that its name'
    );
    const within = { ...START, resource: 'the stream arn:aws:kinesis:eu-central-1:111122223333:stream/orders' };
    expect(said(answered('ResourceNotFoundException', 'not found'), within)).not.toContain('of account');
  });

  test.each([
    ['KMSNotFoundException', "See that the key's id or alias is right, and that it is in eu-central-1"],
    ['NotFoundException', "See that the key's id or alias is right, and that it is in eu-central-1"],
    ['InvalidArnException', "See that the key's ARN is right"]
  ])('of %s', (name, words) => {
    expect(said(answered(name, 'no such key'))).toBe(`${WHERE}: ${name}: no such key. ${words}`);
  });
});
