/**
 * Walks through every error code that AWS documents for every call of the action. The tables say, independently of the
 * catalogue, what kind of error it is and what the operator must read. A new code in the SDK fails here until the table
 * and the catalogue have it.
 */

import { describe, expect, test } from '@jest/globals';
import { CATALOGUE, catalogueRow } from '../../src/aws/error-catalogue.ts';
import { serviceError } from '../../src/aws/errors.ts';
import type { ErrorKind } from '../../src/encryption/ports.ts';
import { callsOfAction } from '../support/calls-of-action.ts';
import { type Client, errorsOfOperation, errorsOfService } from '../support/declared-errors.ts';
import { errorResponse } from './sdk-errors.ts';

const WHERE = { resource: 'orders', region: 'eu-central-1' };
const SENTENCE = 'the words of the service';

/** Each call, and the permissions on a key that AWS documents for it. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  'kinesis:DescribeStreamSummary': [],
  'kinesis:ListStreams': [],
  'kinesis:StartStreamEncryption': ['kms:DescribeKey'],
  'kinesis:PutRecord': ['kms:GenerateDataKey'],
  'firehose:DescribeDeliveryStream': [],
  'firehose:ListDeliveryStreams': [],
  'firehose:StartDeliveryStreamEncryption': ['kms:CreateGrant', 'kms:DescribeKey'],
  'firehose:PutRecord': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'kms:DescribeKey': [],
  'tag:GetResources': []
};
const ACTIONS = Object.keys(CALLS);
const STARTS = ['kinesis:StartStreamEncryption', 'firehose:StartDeliveryStreamEncryption'];

/** What Firehose may call at KMS for an encryption. */
const KMS_OPERATIONS = ['CreateGrant', 'DescribeKey', 'GenerateDataKey', 'Decrypt', 'RetireGrant'];

const CLIENTS: Readonly<Record<string, Client>> = {
  kinesis: 'kinesis',
  firehose: 'firehose',
  kms: 'kms',
  tag: 'resource-groups-tagging-api'
};

function clientOf(action: string): Client {
  return CLIENTS[action.replace(/:.*/, '')] ?? 'kms';
}

interface Meaning {
  readonly kind: ErrorKind;
  /** For a call that starts a change, if that makes a difference. */
  readonly kindOfStart?: ErrorKind;
  /** What the operator reads. Left out if the error is retried, or if it depends on the call. */
  readonly says?: RegExp;
}

/** The meaning of each code, from rows with several codes. */
function byCode(rows: readonly (Meaning & { readonly codes: string })[]): ReadonlyMap<string, Meaning> {
  return new Map(rows.flatMap((row) => row.codes.split(' ').map((code) => [code, row])));
}

const CREDENTIALS = /aws-actions\/configure-aws-credentials/;
const REGION = /aws-actions\/configure-aws-credentials.*the region eu-central-1 may not be enabled for the account, or/;
const REQUEST = 'AWS_ENDPOINT_URL…, if it is set, leads to this service, and that no proxy changes the request';
const CHECK_REQUEST = new RegExp(`^\\. Check that ${REQUEST}$`);
const CHECK_KEY = /Check the key's id or alias, and that the key is in eu-central-1$/;
const KEY_STATE = /Cancel the key's deletion, import its key material or connect its custom key store; or use/;
const KEY_POLICY = /Grant kms:\w+.* on the key to the role of this step, in the role's policy and in the key policy/;

/** Sources: the errors of each operation, and "Common Errors", in the API references; the API references of STS and SSO. */
const CODES = byCode([
  { kind: 'denied', says: /Grant/, codes: 'AccessDenied AccessDeniedException NotAuthorized' },
  { kind: 'missing', says: /stream-kind, the region and the account/, codes: 'ResourceNotFoundException' },
  { kind: 'missing', says: CHECK_KEY, codes: 'NotFoundException' },
  { kind: 'missing', says: /Check the key's ARN$/, codes: 'InvalidArnException' },
  { kind: 'refused', says: /Grant/, codes: 'KMSAccessDeniedException' },
  { kind: 'refused', says: /Enable the key, or use another one$/, codes: 'KMSDisabledException' },
  { kind: 'refused', says: KEY_STATE, codes: 'KMSInvalidStateException' },
  { kind: 'refused', says: CHECK_KEY, codes: 'KMSNotFoundException' },
  { kind: 'refused', says: /not subscribed to KMS: contact AWS Support$/, codes: 'KMSOptInRequired' },
  { kind: 'refused', says: /enabled and not pending deletion/, codes: 'InvalidKMSResourceException' },
  { kind: 'refused', codes: 'InvalidArgumentException InvalidParameterException ValidationException' },
  { kind: 'refused', says: CHECK_REQUEST, codes: 'InvalidAction MalformedHttpRequestException SerializationException' },
  { kind: 'refused', says: CHECK_REQUEST, codes: 'RequestEntityTooLargeException UnknownOperationException' },
  { kind: 'refused', says: CHECK_REQUEST, codes: 'DryRunOperationException' },
  { kind: 'refused', says: /without verify-records/, codes: 'InvalidSourceException' },
  { kind: 'refused', says: /longer than 5 minutes: run again/, codes: 'ExpiredNextTokenException' },
  { kind: 'refused', says: /longer than 15 minutes: run again/, codes: 'PaginationTokenExpiredException' },
  { kind: 'throttled', kindOfStart: 'limited', codes: 'LimitExceededException' },
  { kind: 'throttled', codes: 'ProvisionedThroughputExceededException RequestLimitExceeded TooManyRequestsException' },
  { kind: 'throttled', codes: 'ThrottledException Throttling ThrottlingException KMSThrottlingException' },
  { kind: 'unanswered', kindOfStart: 'busy', codes: 'ResourceInUseException' },
  { kind: 'unanswered', codes: 'DependencyTimeoutException KMSInternalException IDPCommunicationError' },
  { kind: 'unanswered', codes: 'InternalError InternalFailure InternalFailureException InternalServerError' },
  { kind: 'unanswered', codes: 'InternalServiceException ServiceUnavailable ServiceUnavailableException' },
  { kind: 'unanswered', codes: 'RequestAbortedException RequestTimeout RequestTimeoutException' },
  { kind: 'refused', says: CREDENTIALS, codes: 'ExpiredToken ExpiredTokenException IDPRejectedClaim' },
  { kind: 'refused', says: CREDENTIALS, codes: 'IncompleteSignature IncompleteSignatureException' },
  { kind: 'refused', says: CREDENTIALS, codes: 'InvalidIdentityToken InvalidSignatureException SignatureDoesNotMatch' },
  { kind: 'refused', says: CREDENTIALS, codes: 'MissingAuthenticationToken MissingAuthenticationTokenException' },
  { kind: 'refused', says: CREDENTIALS, codes: 'UnauthorizedException ValidationError CredentialsProviderError' },
  { kind: 'refused', says: REGION, codes: 'UnrecognizedClientException InvalidClientTokenId' },
  { kind: 'refused', says: /clock of the machine/, codes: 'RequestExpired RequestInTheFuture RequestTimeTooSkewed' },
  { kind: 'refused', says: /open its console once/, codes: 'OptInRequired SubscriptionRequiredException' },
  { kind: 'refused', says: /Activate eu-central-1 for AWS STS/, codes: 'RegionDisabledException' }
]);

/** The codes inside Firehose's InvalidKMSResourceException: those of Kinesis, and those of the operations that it calls. */
const KEY_CODES = byCode([
  { kind: 'refused', says: KEY_POLICY, codes: 'AccessDeniedException KMSAccessDeniedException' },
  { kind: 'refused', says: KEY_STATE, codes: 'InvalidStateException KMSInvalidStateException' },
  { kind: 'refused', says: /Enable the key/, codes: 'DisabledException KMSDisabledException' },
  { kind: 'refused', says: CHECK_KEY, codes: 'NotFoundException KMSNotFoundException' },
  { kind: 'refused', says: /Check the key's ARN/, codes: 'InvalidArnException' },
  { kind: 'refused', says: /Use a symmetric key/, codes: 'InvalidKeyUsageException UnsupportedOperationException' },
  { kind: 'refused', says: /as many grants as KMS allows/, codes: 'LimitExceededException' },
  { kind: 'refused', says: /AWS Support/, codes: 'InvalidGrantTokenException InvalidGrantIdException' },
  { kind: 'refused', says: /AWS Support/, codes: 'IncorrectKeyException InvalidCiphertextException' },
  { kind: 'refused', says: /AWS Support/, codes: 'DryRunOperationException KMSOptInRequired' },
  { kind: 'throttled', codes: 'ThrottlingException KMSThrottlingException DependencyTimeoutException' },
  { kind: 'throttled', codes: 'KMSInternalException KeyUnavailableException' }
]);

const RETRIED: readonly ErrorKind[] = ['throttled', 'limited', 'unanswered', 'busy'];

/** A verb that says what to do. */
const WAY_OUT =
  /\b(activate|allow|cancel|check|contact|correct|enable|exempt|grant|look it up|needs|open|retire|run|set|use)\b/i;

/** The kind of an error, and what follows the words of the service. Checks what holds for every message, whatever its code. */
function read(action: string, code: string, { message = SENTENCE, inner = '', status = 400 } = {}) {
  const more = inner === '' ? { status } : { status, code: inner };
  const error = serviceError(errorResponse(code, message, more), { action, ...WHERE });
  const [before, advice = ''] = error.message.split(message);
  expect(before).toBe(`${action} for orders in eu-central-1: ${code}: `);
  const needed = [action, ...(CALLS[action] ?? [])];
  const named = advice.match(/\b(?:kinesis|firehose|kms|tag|iam|sts):\w+/g) ?? [];
  expect(named.filter((permission) => !needed.includes(permission))).toEqual([]);
  if (RETRIED.includes(error.errorKind)) expect(advice).not.toMatch(/contact|use another|another key|grant/i);
  else expect(advice).toMatch(WAY_OUT);
  return { kind: error.errorKind, advice };
}

test('the walk has all calls of the action', async () => {
  expect(ACTIONS.toSorted()).toEqual(await callsOfAction());
});

test('every code that the SDK declares for a call, or KMS for what Firehose does with a key, is in its table', () => {
  const ofCalls = ACTIONS.flatMap((action) => errorsOfOperation(clientOf(action), action.replace(/.*:/, '')));
  expect(ofCalls.filter((code) => !CODES.has(code))).toEqual([]);
  const ofKeys = KMS_OPERATIONS.flatMap((operation) => errorsOfOperation('kms', operation));
  expect(ofKeys.filter((code) => !KEY_CODES.has(code))).toEqual([]);
});

test('every code of the catalogue is in its table, or a variant of one in it', () => {
  const variants =
    'AuthFailure InternalServerException InvalidAccessKeyId InvalidParameterCombination InvalidParameterValue InvalidQueryParameter MalformedQueryString MissingAction MissingParameter TokenProviderError UnauthorizedOperation UnsupportedOperationException';
  const codes = new Set([...CODES.keys(), ...variants.split(' ')]);
  expect(CATALOGUE.flatMap((row) => row.codes ?? []).filter((code) => !codes.has(code))).toEqual([]);
  expect(CATALOGUE.flatMap((row) => row.keyCodes ?? []).filter((code) => !KEY_CODES.has(code))).toEqual([]);
});

test.each([...CODES])('%s', (code, { kind, kindOfStart = kind, says = /^/ }) => {
  for (const action of ACTIONS) {
    const expected = { kind: STARTS.includes(action) ? kindOfStart : kind, advice: expect.stringMatching(says) };
    expect({ action, ...read(action, code) }).toEqual({ action, ...expected });
    // Without a message, the code is explained.
    const { message } = serviceError(errorResponse(code, ''), { action, ...WHERE });
    expect(message).toMatch(new RegExp(`: ${code}: (?!${code})\\w`));
  }
});

test.each(ACTIONS)(
  'a code that the service of %s declares for other calls, and one of no service, has a way out',
  (action) => {
    const codes = [...errorsOfService(clientOf(action)), 'MoonException'].filter((code) => !CODES.has(code));
    for (const code of codes) read(action, code);
  }
);

test('a code of AWS STS may have the ending that the SDK gives it', () => {
  for (const code of ['IDPCommunicationError', 'InvalidIdentityToken', 'IDPRejectedClaim']) {
    expect(read('kms:DescribeKey', `${code}Exception`)).toEqual(read('kms:DescribeKey', code));
  }
});

describe.each(['firehose:StartDeliveryStreamEncryption', 'firehose:PutRecord'])(
  'a key that %s cannot use',
  (action) => {
    test.each([...KEY_CODES])('%s', (inner, { kind, says = /^/ }) => {
      const { kind: found, advice } = read(action, 'InvalidKMSResourceException', { inner });
      expect({ kind: found, advice }).toEqual({ kind, advice: expect.stringMatching(says) });
      expect(advice.startsWith(` (${inner})`)).toBe(true);
    });

    test('has all likely causes, and what the call needs, if the code inside the error is missing or not known', () => {
      const needs = CALLS[action]?.join(' and ');
      const causes = `Grant ${needs} on the key to the role of this step, in the role's policy and in the key policy, without a condition that excludes calls through Firehose; and check that the key is in eu-central-1, is enabled and not pending deletion, and is a symmetric key for ENCRYPT_DECRYPT`;
      const without = read(action, 'InvalidKMSResourceException');
      expect(without).toEqual({ kind: 'refused', advice: `. Firehose gave no code. ${causes}` });
      const others = errorsOfService('kms').filter((name) => !KEY_CODES.has(name));
      for (const inner of [...others, 'constructor']) {
        const advice = ` (${inner}). The meaning of this code is not known. ${causes}`;
        expect(read(action, 'InvalidKMSResourceException', { inner })).toEqual({ kind: 'refused', advice });
      }
    });
  }
);

test.each([
  ['Rate exceeded for stream orders', 'throttled', /^$/],
  ['Slow down', 'throttled', /^$/],
  ['Max limit of 5 RPS reached', 'throttled', /^$/],
  ['You have reached the limit of 25 changes', 'refused', /allows 25 changes in 24 hours: run again when the oldest/],
  ['You have reached the limit of 24 hours', 'refused', /allows 25 changes in 24 hours: run again when the oldest/],
  ['Limit exceeded for stream orders', 'limited', /either the account's call rate, or the limit of 25 changes/],
  ['You have already reached the limit for a requested resource', 'limited', /either the account's call rate, or/]
])('a limit of a start: %s', (message, kind, says) => {
  for (const action of STARTS) {
    const error = serviceError(errorResponse('LimitExceededException', message), { action, ...WHERE });
    expect(error.errorKind).toBe(kind);
    expect(error.message.slice(error.withoutAdvice.length)).toMatch(says);
  }
});

test('a limit of a start: the key already serves 500 delivery streams', () => {
  const message = 'The CMK is already used by 500 delivery streams';
  expect(read('firehose:StartDeliveryStreamEncryption', 'LimitExceededException', { message })).toEqual({
    kind: 'refused',
    advice: '. A key serves at most 500 delivery streams: use another key'
  });
  expect(read('kinesis:StartStreamEncryption', 'LimitExceededException', { message }).kind).toBe('limited');
});

test.each(['orders-500', 'orders-25', 'rps', 'region-25'])(
  'a limit of a start of %s is not understood by the name',
  (name) => {
    for (const resource of [`the data stream ${name}`, `arn:aws:kinesis:us-east-1:111122223333:stream/${name}`]) {
      const message = `Limit exceeded for stream ${name}.`;
      const error = { code: 'LimitExceededException', message, innerCode: '', status: 400 };
      const call = { action: 'kinesis:StartStreamEncryption', resource, region: 'eu-central-1' };
      expect(catalogueRow(error, call)?.errorKind).toBe('limited');
    }
  }
);

test.each([
  [STARTS[0], 'the key is symmetric, has the usage ENCRYPT_DECRYPT, and may be used by Kinesis'],
  [
    STARTS[1],
    'the key is symmetric, that the source is Direct PUT, and that this configuration is not already in force'
  ],
  [
    'tag:GetResources',
    'stream-tags has at most 50 tags, with keys of at most 128 and values of at most 256 characters'
  ],
  ['firehose:PutRecord', REQUEST]
])('an argument is refused: %s: check that %s', (action = '', says) => {
  for (const code of ['InvalidArgumentException', 'InvalidParameterException', 'ValidationException']) {
    expect(read(action, code).advice).toBe(`. Check that ${says}`);
  }
});

test.each([
  ['arn:aws:kinesis:eu-central-1:111122223333:stream/orders', ' of account 111122223333'],
  ['the stream arn:aws:kinesis:eu-central-1:111122223333:stream/orders', ''],
  ['the data stream orders', '']
])('a missing stream is looked for in its region, and in the account of its ARN: %s', (resource, account) => {
  const call = { action: 'kinesis:DescribeStreamSummary', resource, region: 'eu-central-1' };
  expect(serviceError(errorResponse('ResourceNotFoundException', 'not found'), call).message).toMatch(
    new RegExp(`: not found\\. There is no such stream in eu-central-1${account}: check its name`)
  );
});
