/** The error catalogue: what an AWS error means, whether it is transient, and what the operator can do about it. */

import { parseArn } from '../encryption/arn.ts';
import { type ErrorKind, MalformedAnswer, ServiceError } from '../encryption/ports.ts';
import { UnreachableHost } from './hosts.ts';
import { readSdkError, type SdkError, truncate } from './sdk-error.ts';
import { tlsAdvice } from './tls.ts';

/** The call that failed. */
export interface Call {
  /** The IAM action, `service:Operation`. */
  readonly action: string;
  /** What it acted on: an ARN if one is known, otherwise a name or key id. */
  readonly resource: string;
  readonly region: string;
  /** Where its credentials come from, if not only from the keys in the environment. */
  readonly credentialSources?: string;
}

/** The beginning of each message about a call. */
export function formatCall({ action, resource, region }: Call): string {
  return `${action} for ${resource} in ${region}`;
}

/** The name of the error for an answer that is too large to be one. */
export const ANSWER_TOO_LARGE = 'AnswerTooLarge';
/** The name of the error for an error answer whose fields have wrong types. */
export const UNREADABLE_ANSWER = 'UnreadableAnswer';

interface Entry {
  readonly errorKind: ErrorKind;
  /** What to do; empty if the service's own message says it all. */
  readonly advice: string;
}

/** Converts whatever a call through the SDK threw. */
export function serviceError(error: unknown, call: Call): ServiceError {
  if (error instanceof UnreachableHost) {
    return new ServiceError('refused', `${formatCall(call)}: ${error.message}`, { cause: error });
  }
  const sdkError = readSdkError(error);
  if (sdkError.code === ANSWER_TOO_LARGE || sdkError.code === UNREADABLE_ANSWER) {
    return new MalformedAnswer(`${formatCall(call)}: ${sdkError.message}`, { cause: error });
  }
  if (isParserFault(sdkError)) {
    return new MalformedAnswer(`${formatCall(call)}: the answer cannot be read`, { cause: error });
  }
  const { errorKind, advice } = entryFor(sdkError, call);
  const message = `${formatCall(call)}: ${withoutPeriod(formatReason(sdkError))}${innerCodeOf(sdkError)}${advice === '' ? '' : `. ${advice}`}`;
  return new ServiceError(errorKind, message, { cause: error });
}

/** The parser of the SDK met a value that it does not expect. Its message would be about JavaScript. */
function isParserFault({ code, status }: SdkError): boolean {
  return status !== null && (code === 'TypeError' || code === 'RangeError');
}

/** The service's code and message; for an answer that the SDK cannot read, only what is wrong with it. */
function formatReason({ code, message, status }: SdkError): string {
  if (isUnreadable(code, status)) return `the answer cannot be read: ${message || code}`;
  return message === '' ? code : `${code}: ${message}`;
}

/** A good status means a truncated answer, or one that a proxy made up. */
function isUnreadable(code: string, status: number | null): boolean {
  return code === 'SyntaxError' || (status !== null && status < 400);
}

/** The code inside the error of a service, in parentheses. Node's codes of network errors are part of their messages. */
function innerCodeOf({ innerCode, status }: SdkError): string {
  return innerCode === '' || status === null ? '' : ` (${truncate(innerCode, MAX_INNER_CODE_LENGTH)})`;
}

const MAX_INNER_CODE_LENGTH = 100;

function entryFor(error: SdkError, call: Call): Entry {
  const known = CATALOGUE.get(error.code);
  if (known) return known(error, call);
  if (error.status === null) return withoutAnswer(error, call);
  // 5xx are errors of the service.
  if (isUnreadable(error.code, error.status) || error.status >= 500) return unanswered;
  if (error.status === 429 || THROTTLE.test(error.code)) return throttled;
  return refused('');
}

/** `ThrottlingException`, `ProvisionedThroughputExceededException`, `TooManyRequestsException` and similar codes. */
const THROTTLE = /throttl|exceeded|toomanyrequests|slowdown/i;

const throttled: Entry = { errorKind: 'throttled', advice: '' };
const unanswered: Entry = { errorKind: 'unanswered', advice: '' };

function refused(advice: string): Entry {
  return { errorKind: 'refused', advice };
}

/** Node's codes of transient network errors, and those of its HTTP parser for a broken answer. */
const NETWORK =
  /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_[A-Z_]+)$/;

function withoutAnswer(error: SdkError, call: Call): Entry {
  const { code, innerCode } = error;
  const advice = tlsAdvice(error);
  if (advice !== null) return refused(advice);
  // The only files that the SDK reads are those of credentials: a profile, a web identity token.
  if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode)) return badCredentials(error, call);
  if (innerCode === 'ERR_INVALID_URL') return refused('Check that the endpoint in AWS_ENDPOINT_URL… is a URL');
  if (innerCode === 'ERR_PROXY_TUNNEL') {
    return { errorKind: 'unanswered', advice: 'Check that the proxy in HTTPS_PROXY allows this host' };
  }
  if (code === 'TimeoutError' || code === 'SyntaxError' || NETWORK.test(innerCode)) return unanswered;
  return refused('');
}

/** The messages of a signature whose time is not the service's time. */
const CLOCK = /signature (expired|not yet current)/i;
const CLOCK_CODES: ReadonlySet<string> = new Set(['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture']);

/** Whether a request was refused because the clock of the machine is wrong. */
export function isClockError(error: unknown): boolean {
  const { code, message } = readSdkError(error);
  return CLOCK_CODES.has(code) || (/signature/i.test(code) && CLOCK.test(message));
}

type Classify = (error: SdkError, call: Call) => Entry;

const throttle: Classify = () => throttled;
const denied: Classify = ({ message }, call) => ({ errorKind: 'denied', advice: grantAdvice(message, call) });
const badCredentials: Classify = (_error, { credentialSources = '' }) =>
  refused(
    credentialSources === ''
      ? 'Run aws-actions/configure-aws-credentials before this step, and make the session last as long as the step'
      : `${credentialSources}. Correct these settings, or unset them and run aws-actions/configure-aws-credentials before this step`
  );
const unknownCredentials: Classify = (error, call) =>
  refused(
    `${badCredentials(error, call).advice}. If they are right, the region ${call.region} may not be enabled for the account, or it belongs to another partition than the credentials`
  );
const wrongClock: Classify = () =>
  refused('The clock of the machine differs from that of AWS by more than a signature allows: set it');
const badSignature: Classify = (error, call) => (CLOCK.test(error.message) ? wrongClock : badCredentials)(error, call);
const keyDenied: Classify = ({ message }, call) => {
  const policy = policyAdvice(message);
  if (policy !== null) return refused(policy);
  const grant =
    grantFromMessage(message) ??
    `Grant ${keyActions(call)}kms:GenerateDataKey and kms:Decrypt on the key to the role of this step`;
  return refused(`${grant}, in the role's policy and in the key policy`);
};

/** What a call needs on the key besides kms:GenerateDataKey and kms:Decrypt. A record needs nothing else. */
function keyActions(call: Call): string {
  if (isRecord(call)) return '';
  return call.action.startsWith('firehose:') ? 'kms:CreateGrant, kms:DescribeKey, ' : 'kms:DescribeKey, ';
}

function isRecord({ action }: Call): boolean {
  return action.endsWith(':PutRecord');
}

const keyDisabled: Classify = () => refused('Enable the key, or use another one');
const keyState: Classify = () => refused("Cancel the key's deletion or import its key material, or use another key");
const whichKey = ({ region }: Call) => `Check the key's id or alias, and that the key is in ${region}`;
const keyMissing: Classify = (_error, call) => refused(whichKey(call));
const badArgument: Classify = (_error, { action }) => refused(ARGUMENT_ADVICE.get(action) ?? '');
const keyUsage: Classify = () => refused('Use a symmetric key for ENCRYPT_DECRYPT');
const keyOptIn: Classify = () => refused('The account is not subscribed to KMS: contact AWS Support');

/** A map, because a code such as `constructor` is a property of every object. */
function byCode(catalogue: Readonly<Record<string, Classify>>): ReadonlyMap<string, Classify> {
  return new Map(Object.entries(catalogue));
}

/**
 * The errors with a meaning of their own. Any other is reported as it is and classified by its HTTP status. Codes that
 * Firehose puts inside an InvalidKMSResourceException are in `KEY_ERRORS`, too.
 */
const CATALOGUE = byCode({
  LimitExceededException: limitExceeded,
  ThrottlingException: throttle,
  KMSThrottlingException: throttle,
  // KMS answers these two with a 4xx or 5xx although they are transient. Source: KMS API, DescribeKey errors.
  DependencyTimeoutException: () => unanswered,
  KMSInternalException: () => unanswered,
  ResourceInUseException: () => ({ errorKind: 'busy', advice: '' }),
  ResourceNotFoundException: (_error, { region, resource }) => ({
    errorKind: 'missing',
    advice: `There is no such stream in ${region}${accountOf(resource)}: check its name, stream-kind, the region and the account of the credentials`
  }),
  NotFoundException: (_error, call) => ({ errorKind: 'missing', advice: whichKey(call) }),
  InvalidArnException: () => ({ errorKind: 'missing', advice: "Check the key's ARN" }),
  AccessDeniedException: denied,
  AccessDenied: denied,
  KMSAccessDeniedException: keyDenied,
  KMSDisabledException: keyDisabled,
  KMSInvalidStateException: keyState,
  KMSNotFoundException: keyMissing,
  KMSOptInRequired: keyOptIn,
  InvalidKMSResourceException: (error, call) => (KEY_ERRORS.get(error.innerCode) ?? unusableKey)(error, call),
  InvalidArgumentException: badArgument,
  InvalidParameterException: badArgument,
  PaginationTokenExpiredException: () => refused('Reading the list took longer than 15 minutes: run again'),
  ExpiredTokenException: badCredentials,
  ExpiredToken: badCredentials,
  UnrecognizedClientException: unknownCredentials,
  InvalidSignatureException: badSignature,
  IncompleteSignatureException: badCredentials,
  SignatureDoesNotMatch: badSignature,
  RequestExpired: wrongClock,
  RequestInTheFuture: wrongClock,
  RequestTimeTooSkewed: wrongClock,
  InvalidClientTokenId: unknownCredentials,
  MissingAuthenticationTokenException: badCredentials,
  CredentialsProviderError: badCredentials,
  TokenProviderError: badCredentials
});

/** Why a call may be refused because of its arguments. */
const ARGUMENT_ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'kinesis:StartStreamEncryption',
    'Check that the key is symmetric, has the usage ENCRYPT_DECRYPT, and may be used by Kinesis'
  ],
  [
    'firehose:StartDeliveryStreamEncryption',
    'Check that the key is symmetric, that the source is Direct PUT, and that this configuration is not already in force'
  ],
  [
    'tag:GetResources',
    'Check that stream-tags has at most 50 tags, with keys of at most 128 and values of at most 256 characters'
  ]
]);

/**
 * The codes inside Firehose's InvalidKMSResourceException: those of Kinesis, those of KMS, or those that the SDK lists for it.
 * The call took no effect, so it may be sent again where KMS is only busy.
 */
const KEY_ERRORS = byCode({
  KMSAccessDeniedException: keyDenied,
  AccessDeniedException: keyDenied,
  KMSDisabledException: keyDisabled,
  DisabledException: keyDisabled,
  KMSInvalidStateException: keyState,
  InvalidStateException: keyState,
  InvalidKeyUsageException: keyUsage,
  KMSNotFoundException: keyMissing,
  NotFoundException: keyMissing,
  KMSOptInRequired: keyOptIn,
  KMSThrottlingException: throttle,
  ThrottlingException: throttle,
  DependencyTimeoutException: throttle,
  KMSInternalException: throttle,
  KeyUnavailableException: throttle
});

/** Without a code, or with an unknown one, the error says only that the key cannot be used. */
function unusableKey(error: SdkError, call: Call): Entry {
  const code = error.innerCode === '' ? 'Firehose gave no code' : 'The meaning of this code is not known';
  const { advice } = keyDenied(error, call);
  return refused(
    `${code}. ${advice}; and check that the key is in ${call.region}, is enabled and not pending deletion, and is a symmetric key for ENCRYPT_DECRYPT`
  );
}

/** One code for three limits. Only the message tells them apart. */
function limitExceeded({ message }: SdkError, { action }: Call): Entry {
  // Only a start can reach a daily limit.
  if (!/:Start/.test(action) || /rate exceeded|slow down|\brps\b|per second/i.test(message)) return throttled;
  if (/\b500\b/.test(message)) return refused('A key serves at most 500 delivery streams: use another key');
  if (/\b25\b|24.?hour/i.test(message)) {
    return refused('A stream allows 25 changes in 24 hours: run again when the oldest of them is 24 hours old');
  }
  return {
    errorKind: 'limited',
    advice:
      "This is either the account's call rate, or the limit of 25 changes per stream in 24 hours (500 streams per key): run again later; a daily limit ends within 24 hours"
  };
}

/** Policies can allow these actions on all resources only. Source: Service Authorization Reference. */
const LISTS = new Set(['kinesis:ListStreams', 'firehose:ListDeliveryStreams', 'tag:GetResources']);

function grantAdvice(message: string, { action, resource }: Call): string {
  return (
    policyAdvice(message) ??
    grantFromMessage(message) ??
    `Grant ${action} on ${LISTS.has(action) ? '*' : resource} to the role of this step`
  );
}

/** Advice from AWS' message of a denial, which names the action and mostly the resource; null if it names none. */
function grantFromMessage(message: string): string | null {
  const [, action, resource] = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
  if (action === undefined) return null;
  if (action.startsWith('sts:')) return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
  return `Grant ${action}${resource === undefined ? '' : ` on ${resource}`} to the role of this step`;
}

const EXPLICIT_DENY = /with an explicit deny(?: in (an? [\w -]+? (?:policy|boundary)))?/i;
const NOT_ALLOWED = /because no ((?!identity-based)[\w -]+? (?:policy|boundary)) allows the ([\w-]+:\w+) action/i;

/**
 * Advice for a denial that a grant to the role cannot remove: another kind of policy denies the action, or does not allow it.
 * Null for any other denial. Source: IAM User Guide, "Troubleshoot access denied error messages".
 */
function policyAdvice(message: string): string | null {
  const [explicit, denying = 'a policy'] = EXPLICIT_DENY.exec(message) ?? [];
  if (explicit !== undefined) {
    return `The explicit deny in ${denying} takes precedence over every permission: whoever manages that policy must exempt the role of this step`;
  }
  const [, policy, action] = NOT_ALLOWED.exec(message) ?? [];
  return policy === undefined ? null : `Allow ${action} in the ${policy} that applies to the role of this step`;
}

function accountOf(resource: string): string {
  const arn = parseArn(resource);
  return arn === null ? '' : ` of account ${arn.accountId}`;
}

function withoutPeriod(sentence: string): string {
  return sentence.replace(/\.+$/, '');
}
