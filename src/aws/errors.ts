/** The error catalogue: what an AWS error means, whether it passes, and what the operator can do about it. */

import { type ErrorKind, ServiceError } from '../encryption/ports.ts';
import { type Facts, factsOf } from './error-facts.ts';

/** The call that met the error. */
export interface Call {
  /** The IAM action, `service:Operation`. */
  readonly action: string;
  /** What it acted on: an ARN where one is known, else a name or key id. */
  readonly resource: string;
  readonly region: string;
}

interface Entry {
  readonly errorKind: ErrorKind;
  /** What to do; empty where the service's own words say all there is. */
  readonly advice: string;
}

/** Makes a `ServiceError` of whatever a call through the SDK threw. */
export function serviceError(error: unknown, call: Call): ServiceError {
  const facts = factsOf(error);
  const { errorKind, advice } = entryFor(facts, call);
  const said = facts.message === '' ? facts.code : `${facts.code}: ${facts.message}`;
  const where = `${call.action} for ${call.resource} in ${call.region}`;
  const message = `${where}: ${withoutPeriod(said)}${advice === '' ? '' : `. ${advice}`}`;
  return new ServiceError(errorKind, message, { cause: error });
}

function entryFor(facts: Facts, call: Call): Entry {
  const known = CATALOGUE.get(facts.code);
  if (known) return known(facts, call);
  if (facts.status === null) return withoutAnswer(facts);
  // A good status with an error is an answer that broke off, or that something on the way made up.
  if (facts.status < 400 || facts.status >= 500 || facts.code === 'SyntaxError') return unanswered;
  if (facts.status === 429 || THROTTLE.test(facts.code)) return throttled;
  return refused('');
}

/** `ThrottlingException`, `ProvisionedThroughputExceededException`, `TooManyRequestsException` and their like. */
const THROTTLE = /throttl|exceeded|toomanyrequests|slowdown/i;

const throttled: Entry = { errorKind: 'throttled', advice: '' };
const unanswered: Entry = { errorKind: 'unanswered', advice: '' };

function refused(advice: string): Entry {
  return { errorKind: 'refused', advice };
}

/** Node's codes of errors that pass: `ECONNRESET` and its like, and what its HTTP parser makes of a broken answer. */
const NETWORK =
  /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_[A-Z_]+)$/;
const CERTIFICATE = /CERT|SIGNATURE|ISSUER/;

function withoutAnswer({ code, innerCode }: Facts): Entry {
  if (CERTIFICATE.test(innerCode)) {
    return refused('The TLS certificate is not trusted: name the certificate authority in AWS_CA_BUNDLE');
  }
  // The only files it reads are those of credentials: a profile, a web identity token.
  if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode)) return refused(CREDENTIALS_ADVICE);
  if (innerCode === 'ENOTFOUND') return { ...unanswered, advice: 'See that the region is right' };
  if (innerCode === 'ERR_INVALID_URL') return refused('See that the endpoint in AWS_ENDPOINT_URL… is a URL');
  if (innerCode === 'ERR_PROXY_TUNNEL') {
    return { errorKind: 'unanswered', advice: 'See that the proxy in HTTPS_PROXY lets this host through' };
  }
  if (code === 'TimeoutError' || code === 'SyntaxError' || NETWORK.test(innerCode)) return unanswered;
  return refused('');
}

const CREDENTIALS_ADVICE =
  'Run aws-actions/configure-aws-credentials before this step, and see that the session lasts as long as the step';

type Advise = (facts: Facts, call: Call) => Entry;

const throttle: Advise = () => throttled;
const denied: Advise = (facts, call) => ({ errorKind: 'denied', advice: grantAdvice(facts.message, call) });
const badCredentials: Advise = () => refused(CREDENTIALS_ADVICE);
const keyDenied: Advise = ({ message }, call) => {
  const actions = call.action.startsWith('firehose:') ? 'kms:CreateGrant, kms:DescribeKey' : 'kms:DescribeKey';
  return refused(
    `${grantedBy(message) ?? `Grant ${actions}, kms:GenerateDataKey and kms:Decrypt on the key to the role of this step`}, in its policy and in the key's`
  );
};
const keyDisabled: Advise = () => refused('Enable the key, or ask for another one');
const keyState: Advise = () => refused("Cancel the key's deletion or import its key material, or ask for another key");
const whichKey = ({ region }: Call) => `See that the key's id or alias is right, and that it is in ${region}`;
const keyMissing: Advise = (_facts, call) => refused(whichKey(call));
const badArgument: Advise = (_facts, { action }) => refused(ARGUMENT_ADVICE.get(action) ?? '');
const keyOptIn: Advise = () => refused('The account is not subscribed to KMS: ask AWS Support');

/** A map, as a code that is the name of something every object has is in no catalogue. */
function byName(catalogue: Readonly<Record<string, Advise>>): ReadonlyMap<string, Advise> {
  return new Map(Object.entries(catalogue));
}

/** The errors that say something of their own; any other is told whole, and judged by its HTTP status. */
const CATALOGUE = byName({
  LimitExceededException: limitExceeded,
  ThrottlingException: throttle,
  KMSThrottlingException: throttle,
  // KMS answers these two with a 4xx or 5xx although they pass. Source: KMS API, DescribeKey errors.
  DependencyTimeoutException: () => unanswered,
  KMSInternalException: () => unanswered,
  ResourceInUseException: () => ({ errorKind: 'busy', advice: '' }),
  ResourceNotFoundException: (_facts, { region, resource }) => ({
    errorKind: 'missing',
    advice: `There is no such stream in ${region}${accountOf(resource)}: see that its name, the region and the credentials' account are right`
  }),
  NotFoundException: (_facts, call) => ({ errorKind: 'missing', advice: whichKey(call) }),
  InvalidArnException: () => ({ errorKind: 'missing', advice: "See that the key's ARN is right" }),
  AccessDeniedException: denied,
  AccessDenied: denied,
  KMSAccessDeniedException: keyDenied,
  KMSDisabledException: keyDisabled,
  KMSInvalidStateException: keyState,
  KMSNotFoundException: keyMissing,
  KMSOptInRequired: keyOptIn,
  InvalidKMSResourceException: (facts, call) => (KEY_ERRORS.get(facts.innerCode) ?? (() => refused('')))(facts, call),
  InvalidArgumentException: badArgument,
  InvalidParameterException: badArgument,
  PaginationTokenExpiredException: () => refused('Reading the list took longer than 15 minutes: run again'),
  ExpiredTokenException: badCredentials,
  ExpiredToken: badCredentials,
  UnrecognizedClientException: badCredentials,
  InvalidSignatureException: badCredentials,
  IncompleteSignatureException: badCredentials,
  SignatureDoesNotMatch: badCredentials,
  InvalidClientTokenId: badCredentials,
  MissingAuthenticationTokenException: badCredentials,
  CredentialsProviderError: badCredentials,
  TokenProviderError: badCredentials
});

/** What a call may be refused for, when it is refused for what was asked. */
const ARGUMENT_ADVICE: ReadonlyMap<string, string> = new Map([
  ['kinesis:StartStreamEncryption', 'See that the key is symmetric, for ENCRYPT_DECRYPT, and one that Kinesis may use'],
  [
    'firehose:StartDeliveryStreamEncryption',
    'See that the key is symmetric, that the source is Direct PUT, and that this configuration is not the one in force'
  ],
  [
    'tag:GetResources',
    'See that stream-tags has at most 50 tags, with keys of at most 128 and values of at most 256 characters'
  ]
]);

/** The codes inside Firehose's InvalidKMSResourceException: Kinesis' names for them, or KMS' own. */
const KEY_ERRORS = byName({
  KMSAccessDeniedException: keyDenied,
  AccessDeniedException: keyDenied,
  KMSDisabledException: keyDisabled,
  DisabledException: keyDisabled,
  KMSInvalidStateException: keyState,
  KMSNotFoundException: keyMissing,
  NotFoundException: keyMissing,
  KMSOptInRequired: keyOptIn,
  KMSThrottlingException: throttle
});

/** One code for three limits; only the words tell them apart. */
function limitExceeded({ message }: Facts, { action }: Call): Entry {
  // Only a start can meet a daily limit.
  if (!/:Start/.test(action) || /rate exceeded|slow down|\brps\b|per second/i.test(message)) return throttled;
  if (/\b500\b/.test(message)) {
    return refused('A key serves at most 500 delivery streams: ask for another key');
  }
  if (/\b25\b|24.?hour/i.test(message)) {
    return refused('A stream takes at most 25 changes in 24 hours: run again when the oldest of them is a day old');
  }
  return {
    errorKind: 'limited',
    advice:
      "This is either the account's call rate, or the limit of 25 changes a stream in 24 hours (500 streams a key): run again later, at the latest in a day"
  };
}

/** A policy can allow these on all resources only. Source: Service Authorization Reference. */
const LISTS = new Set(['kinesis:ListStreams', 'firehose:ListDeliveryStreams', 'tag:GetResources']);

function grantAdvice(message: string, { action, resource }: Call): string {
  return grantedBy(message) ?? `Grant ${action} on ${LISTS.has(action) ? '*' : resource} to the role of this step`;
}

/** The advice that AWS' own wording of a denial allows: it names the action, and mostly the resource. */
function grantedBy(message: string): string | null {
  const [, action, resource] = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
  if (action === undefined) return null;
  if (action.startsWith('sts:')) return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
  return `Grant ${action}${resource === undefined ? '' : ` on ${resource}`} to the role of this step`;
}

function accountOf(resource: string): string {
  const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1];
  return account === undefined ? '' : ` of account ${account}`;
}

function withoutPeriod(sentence: string): string {
  return sentence.replace(/\.+$/, '');
}
