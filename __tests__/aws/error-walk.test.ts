/**
 * Walks through every error code that AWS documents for every call of the action. The table says, independently of the
 * catalogue, whether an error is retried and what the operator must read. A new code in the SDK fails here until the table
 * and the catalogue have it.
 */

import { describe, expect, test } from '@jest/globals';
import { DENIAL_WORDINGS } from '../../src/aws/access-denied.ts';
import type { Call } from '../../src/aws/call.ts';
import { CATALOGUE, catalogueRow } from '../../src/aws/error-catalogue.ts';
import { serviceError } from '../../src/aws/errors.ts';
import { callsOfAction } from '../support/calls-of-action.ts';
import { type Client, errorsOfOperation, errorsOfService } from '../support/declared-errors.ts';
import { errorResponse } from './sdk-errors.ts';

const REGION = 'eu-central-1';
const SENTENCE = 'the words of the service';

/** Each call, and the permissions that AWS documents for it. */
const CALLS: Readonly<Record<string, { resource: string; needs: readonly string[] }>> = {
  'kinesis:DescribeStreamSummary': { resource: 'the data stream orders', needs: [] },
  'kinesis:ListStreams': { resource: 'all data streams', needs: [] },
  'kinesis:StartStreamEncryption': { resource: 'the data stream orders', needs: ['kms:DescribeKey'] },
  'kinesis:PutRecord': { resource: 'the data stream orders', needs: ['kms:GenerateDataKey'] },
  'firehose:DescribeDeliveryStream': { resource: 'the delivery stream clicks', needs: [] },
  'firehose:ListDeliveryStreams': { resource: 'all delivery streams', needs: [] },
  'firehose:StartDeliveryStreamEncryption': {
    resource: 'the delivery stream clicks',
    needs: ['kms:CreateGrant', 'kms:DescribeKey']
  },
  'firehose:PutRecord': { resource: 'the delivery stream clicks', needs: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  'kms:DescribeKey': { resource: 'alias/app', needs: [] },
  'tag:GetResources': { resource: 'all tagged streams', needs: [] }
};
const ACTIONS = Object.keys(CALLS);

function callOf(action: string): Call {
  return { action, resource: CALLS[action]?.resource ?? '', region: REGION };
}

function clientOf(action: string): Client {
  const [prefix = ''] = action.split(':');
  if (prefix === 'tag') return 'resource-groups-tagging-api';
  return prefix === 'kinesis' || prefix === 'firehose' ? prefix : 'kms';
}

function operationOf(action: string): string {
  return action.slice(action.indexOf(':') + 1);
}

interface Expectation {
  readonly retried: boolean;
  /** What the operator reads; anything if the error is retried. */
  readonly says?: RegExp;
}

const RETRIED: Expectation = { retried: true };
const final = (says: RegExp): Expectation => ({ retried: false, says });

const CREDENTIALS = final(/aws-actions\/configure-aws-credentials/);
const CLOCK = final(/clock of the machine/);
const REQUEST = final(/AWS_ENDPOINT_URL…|key is symmetric|stream-tags has at most 50 tags/);
const KEY_POLICY = final(/in the role's policy and in the key policy/);

/** Sources: the errors of each operation, and "Common Errors", in the API references; the API references of STS and SSO. */
const CODES: Readonly<Record<string, Expectation>> = {
  AccessDenied: final(/Grant/),
  AccessDeniedException: final(/Grant/),
  NotAuthorized: final(/Grant/),
  ResourceNotFoundException: final(/stream-kind, the region and the account/),
  NotFoundException: final(/id or alias, and that the key is in eu-central-1/),
  InvalidArnException: final(/Check the key's ARN/),
  KMSAccessDeniedException: KEY_POLICY,
  KMSDisabledException: final(/Enable the key/),
  KMSInvalidStateException: final(/Cancel the key's deletion, import its key material or connect/),
  KMSNotFoundException: final(/that the key is in eu-central-1/),
  KMSOptInRequired: final(/AWS Support/),
  InvalidKMSResourceException: final(/enabled and not pending deletion/),
  InvalidArgumentException: REQUEST,
  InvalidParameterException: REQUEST,
  ValidationException: REQUEST,
  InvalidSourceException: final(/without verify-records/),
  DryRunOperationException: final(/AWS_ENDPOINT_URL…/),
  ExpiredNextTokenException: final(/run again/),
  PaginationTokenExpiredException: final(/run again/),
  LimitExceededException: RETRIED,
  ProvisionedThroughputExceededException: RETRIED,
  RequestLimitExceeded: RETRIED,
  ThrottledException: RETRIED,
  Throttling: RETRIED,
  ThrottlingException: RETRIED,
  TooManyRequestsException: RETRIED,
  KMSThrottlingException: RETRIED,
  ResourceInUseException: RETRIED,
  DependencyTimeoutException: RETRIED,
  KMSInternalException: RETRIED,
  IDPCommunicationError: RETRIED,
  InternalError: RETRIED,
  InternalFailure: RETRIED,
  InternalFailureException: RETRIED,
  InternalServerError: RETRIED,
  InternalServiceException: RETRIED,
  RequestAbortedException: RETRIED,
  RequestTimeout: RETRIED,
  RequestTimeoutException: RETRIED,
  ServiceUnavailable: RETRIED,
  ServiceUnavailableException: RETRIED,
  ExpiredToken: CREDENTIALS,
  ExpiredTokenException: CREDENTIALS,
  IDPRejectedClaim: CREDENTIALS,
  IncompleteSignature: CREDENTIALS,
  IncompleteSignatureException: CREDENTIALS,
  InvalidClientTokenId: CREDENTIALS,
  InvalidIdentityToken: CREDENTIALS,
  InvalidSignatureException: CREDENTIALS,
  MissingAuthenticationToken: CREDENTIALS,
  MissingAuthenticationTokenException: CREDENTIALS,
  SignatureDoesNotMatch: CREDENTIALS,
  UnauthorizedException: CREDENTIALS,
  ValidationError: CREDENTIALS,
  UnrecognizedClientException: CREDENTIALS,
  RequestExpired: CLOCK,
  RequestInTheFuture: CLOCK,
  RequestTimeTooSkewed: CLOCK,
  OptInRequired: final(/open its console once/),
  SubscriptionRequiredException: final(/open its console once/),
  RegionDisabledException: final(/Activate eu-central-1 for AWS STS/),
  InvalidAction: REQUEST,
  MalformedHttpRequestException: REQUEST,
  RequestEntityTooLargeException: REQUEST,
  SerializationException: REQUEST,
  UnknownOperationException: REQUEST
};

/** The codes inside Firehose's InvalidKMSResourceException: those of Kinesis, and those of the operations that it calls. */
const KEY_CODES: Readonly<Record<string, Expectation>> = {
  AccessDeniedException: KEY_POLICY,
  InvalidStateException: final(/Cancel the key's deletion/),
  DisabledException: final(/Enable the key/),
  NotFoundException: final(/that the key is in eu-central-1/),
  InvalidArnException: final(/Check the key's ARN/),
  InvalidKeyUsageException: final(/Use a symmetric key/),
  UnsupportedOperationException: final(/Use a symmetric key/),
  LimitExceededException: final(/as many grants as KMS allows/),
  InvalidGrantTokenException: final(/AWS Support/),
  InvalidGrantIdException: final(/AWS Support/),
  IncorrectKeyException: final(/AWS Support/),
  InvalidCiphertextException: final(/AWS Support/),
  DryRunOperationException: final(/AWS Support/),
  ThrottlingException: RETRIED,
  KMSThrottlingException: RETRIED,
  DependencyTimeoutException: RETRIED,
  KMSInternalException: RETRIED,
  KeyUnavailableException: RETRIED,
  KMSAccessDeniedException: KEY_POLICY,
  KMSDisabledException: final(/Enable the key/),
  KMSInvalidStateException: final(/Cancel the key's deletion/),
  KMSNotFoundException: final(/that the key is in eu-central-1/),
  KMSOptInRequired: final(/AWS Support/)
};

/** What Firehose may call at KMS for an encryption. */
const KMS_OPERATIONS = ['CreateGrant', 'DescribeKey', 'GenerateDataKey', 'Decrypt', 'RetireGrant'];

const RETRIED_KINDS = ['throttled', 'limited', 'unanswered', 'busy'];

/** A verb that says what to do. */
const WAY_OUT =
  /\b(activate|allow|cancel|check|contact|correct|enable|exempt|grant|look it up|needs|open|retire|run|set|use)\b/i;

interface Said {
  readonly retried: boolean;
  readonly message: string;
  /** What follows the words of the service. */
  readonly advice: string;
}

function say(action: string, code: string, { message = SENTENCE, inner = '', status = 400 } = {}): Said {
  const error = serviceError(
    errorResponse(code, message, inner === '' ? { status } : { status, code: inner }),
    callOf(action)
  );
  const retried = RETRIED_KINDS.includes(error.errorKind);
  return {
    retried,
    message: error.message,
    advice: error.message.slice(error.message.indexOf(message) + message.length)
  };
}

/** What holds for every message, whatever its code. */
function expectUsefulWords(action: string, code: string, said: Said): void {
  const { retried, message, advice } = said;
  expect(message).toContain(`${action} for ${CALLS[action]?.resource} in ${REGION}: ${code}: `);
  const needed = [action, ...(CALLS[action]?.needs ?? [])];
  const named = advice.replaceAll(/arn:\S+/g, '').match(/\b(?:kinesis|firehose|kms|tag|iam|sts):\w+/g) ?? [];
  expect(named.filter((permission) => !needed.includes(permission))).toEqual([]);
  if (retried) expect(advice).not.toMatch(/contact|use another|another key|grant/i);
  else expect(advice).toMatch(WAY_OUT);
}

const declared = (action: string) => errorsOfOperation(clientOf(action), operationOf(action));

test('the walk has all calls of the action', async () => {
  expect(ACTIONS.toSorted()).toEqual(await callsOfAction());
});

test('every code that the SDK declares for a call is in the table', () => {
  const codes = new Set(ACTIONS.flatMap(declared));
  expect([...codes].filter((code) => !(code in CODES))).toEqual([]);
});

test('every code that KMS declares for what Firehose does with a key is in the table', () => {
  const codes = new Set(KMS_OPERATIONS.flatMap((operation) => errorsOfOperation('kms', operation)));
  expect([...codes].filter((code) => !(code in KEY_CODES))).toEqual([]);
});

test('every code of the catalogue that any call can get is in the table or a variant of one in it', () => {
  const variants = [
    'AuthFailure',
    'CredentialsProviderError',
    'InternalServerException',
    'InvalidAccessKeyId',
    'InvalidParameterCombination',
    'InvalidParameterValue',
    'InvalidQueryParameter',
    'MalformedQueryString',
    'MissingAction',
    'MissingParameter',
    'TokenProviderError',
    'UnauthorizedOperation',
    'UnsupportedOperationException'
  ];
  const codes = new Set(CATALOGUE.flatMap(({ codes = [] }) => codes));
  expect([...codes].filter((code) => !(code in CODES)).sort()).toEqual(variants);
  expect(CATALOGUE.flatMap(({ keyCodes = [] }) => keyCodes).filter((code) => !(code in KEY_CODES))).toEqual([]);
});

describe.each(ACTIONS)('%s', (action) => {
  test.each(Object.entries(CODES))('%s', (code, { retried, says = /^/ }) => {
    const said = say(action, code);
    expect(said.retried).toBe(retried);
    expect(said.advice).toMatch(says);
    expectUsefulWords(action, code, said);
  });

  test('the codes that its service declares for other calls are named, with a way out', () => {
    for (const code of errorsOfService(clientOf(action))) {
      if (!(code in CODES)) expectUsefulWords(action, code, say(action, code));
    }
  });

  test('an unknown code is named, with a way out, and retried if it speaks of throttling or comes with a 5xx', () => {
    expectUsefulWords(action, 'MoonException', say(action, 'MoonException'));
    expect(say(action, 'MoonException').retried).toBe(false);
    expect(say(action, 'MoonThrottled').retried).toBe(true);
    expect(say(action, 'MoonException', { status: 503 }).retried).toBe(true);
  });

  test('a code without a message is explained', () => {
    for (const code of Object.keys(CODES)) {
      const { message } = serviceError(errorResponse(code, ''), callOf(action));
      expect(message).toMatch(new RegExp(`: ${code}: (?!${code})\\w`));
    }
  });
});

describe.each(['firehose:StartDeliveryStreamEncryption', 'firehose:PutRecord'])(
  'a key that %s cannot use',
  (action) => {
    const code = 'InvalidKMSResourceException';

    test.each(Object.entries(KEY_CODES))('%s', (inner, { retried, says = /^/ }) => {
      const said = say(action, code, { inner });
      expect(said.retried).toBe(retried);
      expect(said.advice).toMatch(says);
      expect(said.message).toContain(`${SENTENCE} (${inner})`);
      expectUsefulWords(action, code, said);
    });

    test('any other code of KMS is named, with all likely causes', () => {
      for (const inner of errorsOfService('kms').filter((name) => !(name in KEY_CODES))) {
        const said = say(action, code, { inner });
        expect(said.message).toContain(`(${inner}). The meaning of this code is not known`);
        expectUsefulWords(action, code, said);
      }
    });
  }
);

/** The kinds of policies that can deny. Source: IAM User Guide, "Troubleshoot access denied error messages". */
const POLICIES = [
  'service control policy',
  'resource control policy',
  'VPC endpoint policy',
  'permissions boundary',
  'session policy',
  'resource-based policy',
  'identity-based policy'
];

function denial(action: string, reason: string): string {
  return `User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: ${action} ${reason}`;
}

const ON = `on resource: arn:aws:kinesis:${REGION}:111122223333:stream/orders`;

describe.each(ACTIONS)('a denial of %s', (action) => {
  test.each(
    POLICIES.flatMap((policy) => [
      [policy, `with an explicit deny in a${/^i/.test(policy) ? 'n' : ''} ${policy}`],
      [`${policy} with its ARN`, `${ON} with an explicit deny in a ${policy}: arn:aws:iam::111122223333:policy/p`]
    ])
  )('by an explicit deny in the %s names that policy, and grants nothing', (policy, reason) => {
    const said = say(action, 'AccessDeniedException', { message: denial(action, reason) });
    expect(said.advice).toContain(policy.replace(/ with.*/, ''));
    expect(said.advice).toContain('takes precedence over every permission');
    expect(said.advice).not.toMatch(/grant|allow/i);
    expectUsefulWords(action, 'AccessDeniedException', said);
  });

  test('by an explicit deny in an unknown policy grants nothing', () => {
    const said = say(action, 'AccessDeniedException', { message: denial(action, 'with an explicit deny') });
    expect(said.advice).not.toMatch(/grant|allow/i);
    expectUsefulWords(action, 'AccessDeniedException', said);
  });

  test.each(POLICIES)('because no %s allows it names where to allow it', (policy) => {
    const message = denial(action, `${ON} because no ${policy} allows the ${action} action`);
    const said = say(action, 'AccessDeniedException', { message });
    const where =
      policy === 'identity-based policy'
        ? /^\. Grant .* to the role of this step/
        : policy === 'resource-based policy'
          ? /^\. Allow .* to the role of this step in the (key|resource-based) policy$/
          : new RegExp(`^\\. Allow ${action} in the ${policy} that applies to the role of this step$`);
    expect(said.advice).toMatch(where);
    expectUsefulWords(action, 'AccessDeniedException', said);
  });
});

test.each([
  'because no role trust policy allows the sts:AssumeRoleWithWebIdentity action',
  'with an explicit deny in the role trust policy'
])('a role that may not be assumed, %s: names its trust policy', (reason) => {
  const message = denial('sts:AssumeRoleWithWebIdentity', `on resource: arn:aws:iam::111122223333:role/ci ${reason}`);
  const { advice } = say('kms:DescribeKey', 'AccessDenied', { message });
  expect(advice).toMatch(/trust policy/);
  expect(advice).not.toMatch(/grant/i);
});

test('an explicit deny in the role trust policy exempts the workflow, which has no role yet', () => {
  const message =
    'Not authorized to perform sts:AssumeRoleWithWebIdentity with an explicit deny in the role trust policy';
  expect(say('kms:DescribeKey', 'AccessDenied', { message }).advice).toContain('exempt this workflow');
});

test('a key of another account: the alias may be wrong, or the key policy does not allow the role', () => {
  const message = denial(
    'kms:DescribeKey',
    `on resource: arn:aws:kms:${REGION}:999900001111:alias/app because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`
  );
  const said = say('kms:DescribeKey', 'AccessDeniedException', { message });
  expect(said.advice).toBe(
    `. Check the key's id or alias, and that the key is in ${REGION}. If they are right, the role of this step needs kms:DescribeKey in its own policy and in the key policy, which must not deny it either`
  );
  expectUsefulWords('kms:DescribeKey', 'AccessDeniedException', said);
});

test('a denied start of a data stream names both resources that the action is needed on', () => {
  const message = denial('kinesis:StartStreamEncryption', ON);
  expect(say('kinesis:StartStreamEncryption', 'AccessDeniedException', { message }).advice).toMatch(
    /^\. Grant kinesis:StartStreamEncryption on arn:\S+:stream\/orders to the role of this step; this action is needed on the stream and on the key$/
  );
});

test.each([
  ['Rate exceeded for stream orders', true, null],
  ['You have reached the limit of 25 changes in 24 hours', false, /25 changes in 24 hours/],
  ['Limit exceeded for stream orders', true, /either the account's call rate, or the limit/],
  ['You have already reached the limit for a requested resource', true, /either the account's call rate, or the limit/]
])('a limit of a start: %s', (message, retried, says) => {
  for (const action of ['kinesis:StartStreamEncryption', 'firehose:StartDeliveryStreamEncryption']) {
    const said = say(action, 'LimitExceededException', { message });
    expect(said.retried).toBe(retried);
    if (says !== null) expect(said.advice).toMatch(says);
  }
});

test('a limit of a start: the key already serves 500 delivery streams', () => {
  const message = 'The CMK is already used by 500 delivery streams';
  const said = say('firehose:StartDeliveryStreamEncryption', 'LimitExceededException', { message });
  expect(said).toMatchObject({ retried: false, advice: expect.stringMatching(/use another key/) });
});

test.each(['orders-500', 'orders-25', 'rps', 'region-25'])(
  'a limit of a start of %s is not understood by the name',
  (name) => {
    for (const resource of [`the data stream ${name}`, `arn:aws:kinesis:us-east-1:111122223333:stream/${name}`]) {
      const call = { action: 'kinesis:StartStreamEncryption', resource, region: REGION };
      const error = {
        code: 'LimitExceededException',
        message: `Limit exceeded for stream ${name}.`,
        innerCode: '',
        status: 400
      };
      expect(catalogueRow(error, call)?.errorKind).toBe('limited');
    }
  }
);

test.each(['IDPCommunicationErrorException', 'InvalidIdentityTokenException', 'IDPRejectedClaimException'])(
  'a code of AWS STS with the ending that the SDK gives it: %s',
  (code) => {
    const { retried, advice } = say('kms:DescribeKey', code.replace(/Exception$/, ''));
    expect(say('kms:DescribeKey', code)).toMatchObject({ retried, advice });
  }
);

test('a role that the identity may not assume is allowed in the policy of the identity', () => {
  const message = denial(
    'sts:AssumeRole',
    'on resource: arn:aws:iam::111122223333:role/deploy because no identity-based policy allows the sts:AssumeRole action'
  );
  expect(say('kms:DescribeKey', 'AccessDenied', { message }).advice).toBe(
    '. Allow sts:AssumeRole on arn:aws:iam::111122223333:role/deploy in a policy of the identity that assumes the role'
  );
});

test.each(['ServiceQuotaExceededException', 'SizeLimitExceeded'])('a quota is no call rate: %s', (code) => {
  expect(say('kinesis:StartStreamEncryption', code).retried).toBe(false);
});

test.each(DENIAL_WORDINGS.map(({ example }, row) => ({ example, row })))(
  'the example of a denial in the documentation is of its own row: $example',
  ({ example, row }) => {
    expect(DENIAL_WORDINGS.findIndex(({ wording }) => wording.test(example))).toBe(row);
  }
);
