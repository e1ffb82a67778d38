/**
 * The error catalogue: what each error code of AWS means, what kind of error it is, and what the operator can do. Messages
 * are made from it, and docs/troubleshooting.md. Sources: the API references of Kinesis, Firehose, KMS and the Resource Groups
 * Tagging API, with their "Common Errors"; AWS STS and IAM Identity Center for credentials.
 */

import { parseArn } from '../encryption/arn.ts';
import type { ErrorKind } from '../encryption/ports.ts';
import { denialRemedy, keyDenialRemedy } from './access-denied.ts';
import { type Call, isStart } from './call.ts';
import type { SdkError } from './sdk-error.ts';

/** What to do about an error. */
type Remedy = (call: Call, error: SdkError) => string;

/** What some codes mean. The first row that matches an error applies. */
export interface CatalogueRow {
  readonly codes?: readonly string[];
  /** Codes inside Firehose's InvalidKMSResourceException. `''` if it contains none. */
  readonly keyCodes?: readonly string[];
  /** The calls to which the row applies; all of them if left out. */
  readonly appliesTo?: (call: Call) => boolean;
  /** The message to which the row applies; any message if left out. */
  readonly message?: RegExp;
  /** Completes "this means: …". Stands in for the message of a service that sends none. */
  readonly cause: string;
  readonly errorKind: ErrorKind;
  /** Left out if the error is retried. */
  readonly remedy?: Remedy;
}

/** The messages of a signature whose time is not the time of the service. */
const CLOCK = /signature (expired|not yet current)/i;
export const CLOCK_CODES: ReadonlySet<string> = new Set([
  'RequestExpired',
  'RequestTimeTooSkewed',
  'RequestInTheFuture'
]);

/** Whether a request was refused because the clock of the machine is wrong. */
export function isClockRefusal({ code, message }: SdkError): boolean {
  return CLOCK_CODES.has(code) || (/signature/i.test(code) && CLOCK.test(message));
}

/** For a clock that is wrong. A request that was refused for that is repeated once, with the time of AWS. */
export const setClock: Remedy = () =>
  'The clock of the machine differs from that of AWS by more than a signature allows: set it';

/** For credentials that are missing, wrong or expired. */
export const correctCredentials: Remedy = ({ credentialSources = '' }) =>
  credentialSources === ''
    ? 'Run aws-actions/configure-aws-credentials before this step, and make the session last as long as the step'
    : `${credentialSources}. Correct these settings, or unset them and run aws-actions/configure-aws-credentials before this step`;

const correctCredentialsOrRegion: Remedy = (call, error) =>
  `${correctCredentials(call, error)}. If the credentials are right, the region ${call.region} may not be enabled for the account, or it belongs to another partition than the credentials`;

const checkStream: Remedy = ({ region, resource }) => {
  const account = parseArn(resource)?.accountId;
  return `There is no such stream in ${region}${account === undefined ? '' : ` of account ${account}`}: check its name, stream-kind, the region and the account of the credentials`;
};

const checkKey: Remedy = ({ region }) => `Check the key's id or alias, and that the key is in ${region}`;
const checkKeyArn: Remedy = () => "Check the key's ARN";
const grantKey: Remedy = (call, { message }) => keyDenialRemedy(message, call);
const enableKey: Remedy = () => 'Enable the key, or use another one';
const restoreKey: Remedy = () =>
  "Cancel the key's deletion, import its key material or connect its custom key store; or use another key";
const useSymmetricKey: Remedy = () => 'Use a symmetric key for ENCRYPT_DECRYPT';
const subscribe: Remedy = () => 'The account is not subscribed to KMS: contact AWS Support';
/** For an answer that the service does not give. */
export const checkEndpoint: Remedy = () =>
  'Check that AWS_ENDPOINT_URL…, if it is set, leads to this service, and that no proxy changes the request';
const runAgainOrContactSupport: Remedy = () =>
  'Run again; if it fails again, contact AWS Support with this message and the ARN of the stream';

/** Without a code, or with an unknown one, the error says only that the key cannot be used. */
const checkAllOfKey: Remedy = (call, error) => {
  const code = error.innerCode === '' ? 'Firehose gave no code' : 'The meaning of this code is not known';
  return `${code}. ${keyDenialRemedy(error.message, call)}; and check that the key is in ${call.region}, is enabled and not pending deletion, and is a symmetric key for ENCRYPT_DECRYPT`;
};

const isStartOfKinesis = ({ action }: Call) => action === 'kinesis:StartStreamEncryption';
const isStartOfFirehose = ({ action }: Call) => action === 'firehose:StartDeliveryStreamEncryption';
const isTagging = ({ action }: Call) => action === 'tag:GetResources';

const INVALID_ARGUMENT = ['InvalidArgumentException', 'InvalidParameterException', 'ValidationException'];

/** The codes that count as unanswered: the service failed, and may succeed at the next attempt. */
const TRANSIENT = [
  'InternalFailure',
  'InternalFailureException',
  'InternalError',
  'InternalServerError',
  'InternalServerException',
  'InternalServiceException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'RequestAbortedException',
  'RequestTimeout',
  'RequestTimeoutException',
  'IDPCommunicationError',
  // KMS answers these two with a 4xx or 5xx although they are transient. Source: KMS API, DescribeKey errors.
  'DependencyTimeoutException',
  'KMSInternalException'
];

export const CATALOGUE: readonly CatalogueRow[] = [
  {
    codes: ['LimitExceededException'],
    message: /rate exceeded|slow down|\brps\b|per second/i,
    cause: 'the call rate of the account is used up, by this run or by another caller',
    errorKind: 'throttled'
  },
  {
    codes: ['LimitExceededException'],
    appliesTo: isStartOfFirehose,
    message: /\b500\b/,
    cause: 'the key already serves 500 delivery streams',
    errorKind: 'refused',
    remedy: () => 'A key serves at most 500 delivery streams: use another key'
  },
  {
    codes: ['LimitExceededException'],
    appliesTo: isStart,
    message: /\b25\b|24.?hour/i,
    cause: 'the stream had 25 changes in the last 24 hours',
    errorKind: 'refused',
    remedy: () => 'A stream allows 25 changes in 24 hours: run again when the oldest of them is 24 hours old'
  },
  {
    codes: ['LimitExceededException'],
    appliesTo: isStart,
    cause: 'a call rate or a daily limit is used up; the message does not say which',
    errorKind: 'limited',
    remedy: (call) =>
      `This is either the account's call rate, or the limit of 25 changes per stream in 24 hours${isStartOfFirehose(call) ? ' (500 streams per key)' : ''}: run again later; a daily limit ends within 24 hours`
  },
  {
    codes: [
      'LimitExceededException',
      'ThrottlingException',
      'Throttling',
      'ThrottledException',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'ProvisionedThroughputExceededException',
      'KMSThrottlingException'
    ],
    keyCodes: [
      'ThrottlingException',
      'KMSThrottlingException',
      // Firehose refused the change because KMS had no answer for it, so that nothing took effect.
      'DependencyTimeoutException',
      'KMSInternalException',
      'KeyUnavailableException'
    ],
    cause:
      'the call rate of the account, the throughput of the stream or the capacity of KMS is used up for the moment',
    errorKind: 'throttled'
  },
  { codes: TRANSIENT, cause: 'the service failed, or was not available for the moment', errorKind: 'unanswered' },
  {
    codes: ['ResourceInUseException'],
    appliesTo: isStart,
    cause: 'another change of the stream is in flight, or the stream is being created',
    errorKind: 'busy'
  },
  { codes: ['ResourceInUseException'], cause: 'the stream is being changed', errorKind: 'unanswered' },
  {
    codes: ['ResourceNotFoundException'],
    cause: 'the region and the account of the call have no such stream',
    errorKind: 'missing',
    remedy: checkStream
  },
  {
    codes: ['NotFoundException'],
    cause: 'KMS has no such key or alias in the region and the account of the call',
    errorKind: 'missing',
    remedy: checkKey
  },
  {
    codes: ['InvalidArnException'],
    cause: 'KMS does not accept this as the ARN of a key',
    errorKind: 'missing',
    remedy: checkKeyArn
  },
  {
    codes: ['AccessDeniedException', 'AccessDenied', 'NotAuthorized', 'UnauthorizedOperation'],
    cause: 'a policy denies the call, or none allows it',
    errorKind: 'denied',
    remedy: (call, { message }) => denialRemedy(message, call)
  },
  {
    codes: ['KMSAccessDeniedException'],
    keyCodes: ['KMSAccessDeniedException', 'AccessDeniedException'],
    cause: 'the service may not use the key in the name of this role',
    errorKind: 'refused',
    remedy: grantKey
  },
  {
    codes: ['KMSDisabledException'],
    keyCodes: ['KMSDisabledException', 'DisabledException'],
    cause: 'the key is disabled',
    errorKind: 'refused',
    remedy: enableKey
  },
  {
    codes: ['KMSInvalidStateException'],
    keyCodes: ['KMSInvalidStateException', 'InvalidStateException'],
    cause: 'the key is pending deletion or import, or its custom key store is not connected',
    errorKind: 'refused',
    remedy: restoreKey
  },
  {
    codes: ['KMSNotFoundException'],
    keyCodes: ['KMSNotFoundException', 'NotFoundException'],
    cause: 'KMS has no such key in the region of the stream',
    errorKind: 'refused',
    remedy: checkKey
  },
  {
    keyCodes: ['InvalidArnException'],
    cause: 'KMS does not accept this as the ARN of a key',
    errorKind: 'refused',
    remedy: checkKeyArn
  },
  {
    keyCodes: ['InvalidKeyUsageException', 'UnsupportedOperationException'],
    cause: 'the key is asymmetric, or for another use',
    errorKind: 'refused',
    remedy: useSymmetricKey
  },
  {
    codes: ['KMSOptInRequired'],
    keyCodes: ['KMSOptInRequired'],
    cause: 'the account is not subscribed to KMS',
    errorKind: 'refused',
    remedy: subscribe
  },
  {
    keyCodes: ['LimitExceededException'],
    cause: 'the key has as many grants as KMS allows',
    errorKind: 'refused',
    remedy: () => 'The key has as many grants as KMS allows: retire grants that are not needed, or use another key'
  },
  {
    keyCodes: [
      'InvalidGrantTokenException',
      'InvalidGrantIdException',
      'IncorrectKeyException',
      'InvalidCiphertextException',
      'DryRunOperationException'
    ],
    cause: 'KMS refused what Firehose itself did with the key',
    errorKind: 'refused',
    remedy: runAgainOrContactSupport
  },
  {
    codes: ['InvalidKMSResourceException'],
    cause: 'Firehose cannot use the key; the code inside the error is missing or not known',
    errorKind: 'refused',
    remedy: checkAllOfKey
  },
  {
    codes: INVALID_ARGUMENT,
    appliesTo: isStartOfKinesis,
    cause: 'Kinesis refuses the key or the stream',
    errorKind: 'refused',
    remedy: () => 'Check that the key is symmetric, has the usage ENCRYPT_DECRYPT, and may be used by Kinesis'
  },
  {
    codes: INVALID_ARGUMENT,
    appliesTo: isStartOfFirehose,
    cause: 'Firehose refuses the key, the source of the delivery stream, or a configuration that is already in force',
    errorKind: 'refused',
    remedy: () =>
      'Check that the key is symmetric, that the source is Direct PUT, and that this configuration is not already in force'
  },
  {
    codes: INVALID_ARGUMENT,
    appliesTo: isTagging,
    cause: 'the tags do not follow the rules of tags',
    errorKind: 'refused',
    remedy: () =>
      'Check that stream-tags has at most 50 tags, with keys of at most 128 and values of at most 256 characters'
  },
  {
    codes: [
      ...INVALID_ARGUMENT,
      'DryRunOperationException',
      'InvalidAction',
      'InvalidParameterCombination',
      'InvalidParameterValue',
      'InvalidQueryParameter',
      'MalformedHttpRequestException',
      'MalformedQueryString',
      'MissingAction',
      'MissingParameter',
      'RequestEntityTooLargeException',
      'SerializationException',
      'UnknownOperationException',
      'UnsupportedOperationException'
    ],
    cause: 'the server does not know this request, so that it may not be the service, or something changed the request',
    errorKind: 'refused',
    remedy: checkEndpoint
  },
  {
    codes: ['InvalidSourceException'],
    cause: 'the delivery stream decompresses records of CloudWatch Logs, and accepts no others',
    errorKind: 'refused',
    remedy: () => 'The delivery stream takes records from CloudWatch Logs only: run without verify-records'
  },
  {
    codes: ['PaginationTokenExpiredException'],
    cause: 'the list was read more slowly than AWS allows',
    errorKind: 'refused',
    remedy: () => 'Reading the list took longer than 15 minutes: run again'
  },
  {
    codes: ['ExpiredNextTokenException'],
    cause: 'the list was read more slowly than AWS allows',
    errorKind: 'refused',
    remedy: () => 'Reading the list took longer than 5 minutes: run again'
  },
  {
    codes: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    message: CLOCK,
    cause: 'the clock of the machine is wrong',
    errorKind: 'refused',
    remedy: setClock
  },
  { codes: [...CLOCK_CODES], cause: 'the clock of the machine is wrong', errorKind: 'refused', remedy: setClock },
  {
    codes: ['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId', 'AuthFailure'],
    cause: 'AWS does not know these credentials in this region',
    errorKind: 'refused',
    remedy: correctCredentialsOrRegion
  },
  {
    codes: [
      'ExpiredTokenException',
      'ExpiredToken',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'IncompleteSignatureException',
      'IncompleteSignature',
      'MissingAuthenticationTokenException',
      'MissingAuthenticationToken',
      'InvalidIdentityToken',
      'IDPRejectedClaim',
      // The services send ValidationException; this is the code of AWS STS, about the role or the token.
      'ValidationError',
      'UnauthorizedException',
      'CredentialsProviderError',
      'TokenProviderError'
    ],
    cause: 'there are no credentials, they are wrong, or they have expired',
    errorKind: 'refused',
    remedy: correctCredentials
  },
  {
    codes: ['RegionDisabledException'],
    cause: 'AWS STS is not active in this region for the account',
    errorKind: 'refused',
    remedy: ({ region }) => `Activate ${region} for AWS STS in the account settings of IAM, or use another region`
  },
  {
    codes: ['OptInRequired', 'SubscriptionRequiredException'],
    cause: 'the account is not subscribed to the service',
    errorKind: 'refused',
    remedy: () => 'The account is not subscribed to this service: open its console once, or contact AWS Support'
  }
];

/** The row for an error; undefined for a code without a meaning of its own. */
export function catalogueRow(error: SdkError, call: Call): CatalogueRow | undefined {
  const isKeyError = error.code === KEY_ERROR;
  const keyRow = isKeyError ? find(error, call, ({ keyCodes }) => keyCodes?.includes(error.innerCode)) : undefined;
  return keyRow ?? find(error, call, ({ codes }) => codes?.some((code) => isCode(code, error.code)));
}

const KEY_ERROR = 'InvalidKMSResourceException';

function find(
  { message }: SdkError,
  call: Call,
  hasCode: (row: CatalogueRow) => boolean | undefined
): CatalogueRow | undefined {
  const words = withoutResource(message, call);
  return CATALOGUE.find((row) => hasCode(row) && (row.appliesTo?.(call) ?? true) && (row.message?.test(words) ?? true));
}

/** The message without ARNs and the name of the stream, which may contain any word or number. */
function withoutResource(message: string, { resource }: Call): string {
  const name = resource.split(/[/ ]/).at(-1);
  return message.replace(/arn:\S+/g, '').replace(/[\w.-]+/g, (word) => (word.replace(/\.+$/, '') === name ? '' : word));
}

/** The query protocol of AWS STS leaves out the ending of its codes, the SDK adds it. */
function isCode(listed: string, code: string): boolean {
  return listed === code || `${listed}Exception` === code;
}
