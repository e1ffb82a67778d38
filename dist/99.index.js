export const id = 99;
export const ids = [99];
export const modules = {

/***/ 4987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H8: () => (/* binding */ otherPolicyRemedy),
/* harmony export */   RL: () => (/* binding */ isExplicitDeny),
/* harmony export */   S$: () => (/* binding */ denialRemedy),
/* harmony export */   j_: () => (/* binding */ keyDenialRemedy)
/* harmony export */ });
/* unused harmony export DENIAL_WORDINGS */
/* harmony import */ var _call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1093);
/* harmony import */ var _permissions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8809);


function callerOf({ action, caller = 'the role of this step' }) {
    return action.startsWith('sts:') ? 'this workflow' : caller;
}
function policyOf(action) {
    return action.startsWith('kms:') ? 'the key policy' : 'the resource-based policy';
}
function trustWorkflow(action) {
    return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
}
const OTHER_POLICIES = [
    {
        wording: /with an explicit deny(?: in ((?:an?|the) [\w -]+? (?:policy|boundary)))?/i,
        example: '\u2026 with an explicit deny in a service control policy',
        remedy: ([, policy = 'a policy'], call) => `The explicit deny in ${policy} takes precedence over every permission: whoever manages that policy must exempt ${callerOf(call)}`
    },
    {
        wording: /the resource does not exist in this region, no resource-based policies allow access/i,
        example: '\u2026 because the resource does not exist in this Region, no resource-based policies allow access, or \u2026',
        remedy: (_match, call) => `Check the key's id or alias, and that the key is in ${call.region}. If they are right, ${callerOf(call)} needs ${call.action} in its own policy and in the key policy, which must not deny it either`
    },
    {
        wording: /because no (?:role trust|resource-based) policy allows the ([\w-]+:\w+) action/i,
        example: '\u2026 because no resource-based policy allows the kms:DescribeKey action',
        remedy: ([, action = ''], call) => action.startsWith('sts:')
            ? trustWorkflow(action)
            : `Allow ${action} to ${callerOf({ ...call, action })} in ${policyOf(action)}`
    },
    {
        wording: /because no ((?!identity-based)[\w -]+? (?:policy|boundary)) allows the ([\w-]+:\w+) action/i,
        example: '\u2026 because no permissions boundary allows the kinesis:StartStreamEncryption action',
        remedy: ([, policy, action = ''], call) => `Allow ${action} in the ${policy} that applies to ${callerOf({ ...call, action })}`
    }
];
const IDENTITY_POLICIES = [
    {
        wording: /not authorized to perform:? (sts:\w+)(?: on resource: (\S+))? because no identity-based policy/i,
        example: '\u2026 not authorized to perform: sts:AssumeRole because no identity-based policy allows the action',
        remedy: ([, action = '', role]) => `Allow ${action}${role === undefined ? '' : ` on ${role}`} in a policy of the identity that assumes the role`
    },
    {
        wording: /not authorized to perform:? (sts:\w+)/i,
        example: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
        remedy: ([, action = '']) => trustWorkflow(action)
    },
    {
        wording: /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i,
        example: '\u2026 is not authorized to perform: kinesis:StartStreamEncryption on resource: \u2026',
        remedy: ([, action = '', resource]) => grant(action, resource === undefined ? '' : ` on ${resource}`)
    },
    {
        wording: /^/,
        example: 'any other words',
        remedy: (_match, call) => grant(call.action, ` on ${(0,_call_js__WEBPACK_IMPORTED_MODULE_0__/* .formatResource */ ._V)(call)}`)
    }
];
const DENIAL_WORDINGS = [...OTHER_POLICIES, ...IDENTITY_POLICIES];
function denialRemedy(message, call) {
    return firstRemedy(DENIAL_WORDINGS, message, call) ?? '';
}
function otherPolicyRemedy(message, call) {
    return firstRemedy(OTHER_POLICIES, message, call);
}
function isExplicitDeny(message) {
    return /with an explicit deny/i.test(message);
}
function keyDenialRemedy(message, call) {
    const other = otherPolicyRemedy(message, call);
    if (other !== null)
        return other;
    const [, action, resource = 'the key'] = /not authorized to perform:? (kms:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
    const actions = action ?? (0,_permissions_js__WEBPACK_IMPORTED_MODULE_1__/* .permissionsOf */ .k)(call.action).keyActions.join(' and ');
    const service = call.action.startsWith('firehose:') ? 'Firehose' : 'Kinesis';
    return `Grant ${actions} on ${resource} to the role of this step, in the role's policy and in the key policy, without a condition that excludes calls through ${service}`;
}
function firstRemedy(wordings, message, call) {
    const [, action = call.action] = /not authorized to perform:? ([\w-]+:\w+)/i.exec(message) ?? [];
    for (const { wording, remedy } of wordings) {
        const match = wording.exec(message);
        if (match !== null)
            return remedy(match, { ...call, action });
    }
    return null;
}
function grant(action, on) {
    const resources = (0,_permissions_js__WEBPACK_IMPORTED_MODULE_1__/* .permissionsOf */ .k)(action).on;
    const both = resources.length > 1 ? `; this action is needed on the ${resources.join(' and on the ')}` : '';
    return `Grant ${action}${on} to the role of this step${both}`;
}


/***/ }),

/***/ 1093:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ms: () => (/* binding */ formatCall),
/* harmony export */   _V: () => (/* binding */ formatResource),
/* harmony export */   n: () => (/* binding */ isStart)
/* harmony export */ });
/* harmony import */ var _permissions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8809);

function formatCall({ action, resource, region }) {
    return `${action} for ${resource} in ${region}`;
}
function formatResource({ action, resource }) {
    return (0,_permissions_js__WEBPACK_IMPORTED_MODULE_0__/* .permissionsOf */ .k)(action).on.includes('*') ? '*' : resource;
}
function isStart({ action }) {
    return action.includes(':Start');
}


/***/ }),

/***/ 2099:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connect: () => (/* binding */ connect)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./lib/version.js
var version = __webpack_require__(3411);
// EXTERNAL MODULE: ./lib/encryption/deadline.js
var deadline = __webpack_require__(4229);
// EXTERNAL MODULE: ./lib/encryption/ports.js
var ports = __webpack_require__(4501);
// EXTERNAL MODULE: ./lib/aws/call.js
var aws_call = __webpack_require__(1093);
// EXTERNAL MODULE: external "node:diagnostics_channel"
var external_node_diagnostics_channel_ = __webpack_require__(3053);
;// CONCATENATED MODULE: ./lib/aws/departure.js



const CREATED = 'http.client.request.created';
async function watchDeparture(signature, onLeave, send) {
    let hasLeft = false;
    const leave = () => {
        if (hasLeft)
            return;
        hasLeft = true;
        onLeave();
    };
    const onCreated = (message) => {
        const request = createdRequest(message);
        if (request?.getHeader('authorization') !== signature)
            return;
        request.once('socket', (socket) => {
            if (socket.connecting)
                socket.once(socket instanceof external_node_tls_.TLSSocket ? 'secureConnect' : 'connect', leave);
            else if (!socket.destroyed)
                leave();
        });
    };
    (0,external_node_diagnostics_channel_.subscribe)(CREATED, onCreated);
    try {
        return await send();
    }
    finally {
        (0,external_node_diagnostics_channel_.unsubscribe)(CREATED, onCreated);
    }
}
function createdRequest(message) {
    const isMessage = typeof message === 'object' && message !== null && 'request' in message;
    return isMessage && message.request instanceof external_node_http_.ClientRequest ? message.request : undefined;
}

// EXTERNAL MODULE: ./lib/encryption/arn.js
var arn = __webpack_require__(3358);
// EXTERNAL MODULE: ./lib/aws/access-denied.js
var access_denied = __webpack_require__(4987);
;// CONCATENATED MODULE: ./lib/aws/error-catalogue.js



const CLOCK = /signature (expired|not yet current)/i;
const CLOCK_CODES = new Set([
    'RequestExpired',
    'RequestTimeTooSkewed',
    'RequestInTheFuture'
]);
function isClockRefusal({ code, message }) {
    return CLOCK_CODES.has(code) || (/signature/i.test(code) && CLOCK.test(message));
}
const setClock = () => 'The clock of the machine differs from that of AWS by more than a signature allows: set it';
const correctCredentials = ({ credentialSources = '' }) => credentialSources === ''
    ? 'Run aws-actions/configure-aws-credentials before this step, and make the session last as long as the step'
    : `${credentialSources}. Correct these settings, or unset them and run aws-actions/configure-aws-credentials before this step`;
const correctCredentialsOrRegion = (call, error) => `${correctCredentials(call, error)}. If the credentials are right, the region ${call.region} may not be enabled for the account, or it belongs to another partition than the credentials`;
const checkStream = ({ region, resource }) => {
    const account = (0,arn/* parseArn */.Lw)(resource)?.accountId;
    return `There is no such stream in ${region}${account === undefined ? '' : ` of account ${account}`}: check its name, stream-kind, the region and the account of the credentials`;
};
const checkKey = ({ region }) => `Check the key's id or alias, and that the key is in ${region}`;
const checkKeyArn = () => "Check the key's ARN";
const grantKey = (call, { message }) => (0,access_denied/* keyDenialRemedy */.j_)(message, call);
const enableKey = () => 'Enable the key, or use another one';
const restoreKey = () => "Cancel the key's deletion, import its key material or connect its custom key store; or use another key";
const useSymmetricKey = () => 'Use a symmetric key for ENCRYPT_DECRYPT';
const subscribe = () => 'The account is not subscribed to KMS: contact AWS Support';
const checkEndpoint = () => 'Check that AWS_ENDPOINT_URL\u2026, if it is set, leads to this service, and that no proxy changes the request';
const runAgainOrContactSupport = () => 'Run again; if it fails again, contact AWS Support with this message and the ARN of the stream';
const checkAllOfKey = (call, error) => {
    const code = error.innerCode === '' ? 'Firehose gave no code' : 'The meaning of this code is not known';
    return `${code}. ${(0,access_denied/* keyDenialRemedy */.j_)(error.message, call)}; and check that the key is in ${call.region}, is enabled and not pending deletion, and is a symmetric key for ENCRYPT_DECRYPT`;
};
const isStartOfKinesis = ({ action }) => action === 'kinesis:StartStreamEncryption';
const isStartOfFirehose = ({ action }) => action === 'firehose:StartDeliveryStreamEncryption';
const isTagging = ({ action }) => action === 'tag:GetResources';
const INVALID_ARGUMENT = ['InvalidArgumentException', 'InvalidParameterException', 'ValidationException'];
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
    'DependencyTimeoutException',
    'KMSInternalException'
];
const CATALOGUE = [
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
        appliesTo: aws_call/* isStart */.n,
        message: /\b25\b|24.?hour/i,
        cause: 'the stream had 25 changes in the last 24 hours',
        errorKind: 'refused',
        remedy: () => 'A stream allows 25 changes in 24 hours: run again when the oldest of them is 24 hours old'
    },
    {
        codes: ['LimitExceededException'],
        appliesTo: aws_call/* isStart */.n,
        cause: 'a call rate or a daily limit is used up; the message does not say which',
        errorKind: 'limited',
        remedy: (call) => `This is either the account's call rate, or the limit of 25 changes per stream in 24 hours${isStartOfFirehose(call) ? ' (500 streams per key)' : ''}: run again later; a daily limit ends within 24 hours`
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
            'DependencyTimeoutException',
            'KMSInternalException',
            'KeyUnavailableException'
        ],
        cause: 'the call rate of the account, the throughput of the stream or the capacity of KMS is used up for the moment',
        errorKind: 'throttled'
    },
    { codes: TRANSIENT, cause: 'the service failed, or was not available for the moment', errorKind: 'unanswered' },
    {
        codes: ['ResourceInUseException'],
        appliesTo: aws_call/* isStart */.n,
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
        remedy: (call, { message }) => (0,access_denied/* denialRemedy */.S$)(message, call)
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
        remedy: () => 'Check that the key is symmetric, that the source is Direct PUT, and that this configuration is not already in force'
    },
    {
        codes: INVALID_ARGUMENT,
        appliesTo: isTagging,
        cause: 'the tags do not follow the rules of tags',
        errorKind: 'refused',
        remedy: () => 'Check that stream-tags has at most 50 tags, with keys of at most 128 and values of at most 256 characters'
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
function catalogueRow(error, call) {
    const isKeyError = error.code === KEY_ERROR;
    const keyRow = isKeyError ? find(error, call, ({ keyCodes }) => keyCodes?.includes(error.innerCode)) : undefined;
    return keyRow ?? find(error, call, ({ codes }) => codes?.some((code) => isCode(code, error.code)));
}
const KEY_ERROR = 'InvalidKMSResourceException';
function find({ message }, call, hasCode) {
    const words = withoutResource(message, call);
    return CATALOGUE.find((row) => hasCode(row) && (row.appliesTo?.(call) ?? true) && (row.message?.test(words) ?? true));
}
function withoutResource(message, { resource }) {
    const name = resource.split(/[/ ]/).at(-1);
    return message.replace(/arn:\S+/g, '').replace(/[\w.-]+/g, (word) => (word.replace(/\.+$/, '') === name ? '' : word));
}
function isCode(listed, code) {
    return listed === code || `${listed}Exception` === code;
}

// EXTERNAL MODULE: ./lib/encryption/retry.js
var retry = __webpack_require__(2055);
// EXTERNAL MODULE: ./lib/aws/sdk-error.js
var sdk_error = __webpack_require__(1230);
;// CONCATENATED MODULE: ./lib/aws/tls.js
const NO_TLS = 'The other side does not use TLS: check the URL of the endpoint, and the proxy';
const ADVICE = [
    [
        /ALTNAME|HOSTNAME_MISMATCH/,
        'The TLS certificate is for another host: check the endpoint, and whether a proxy answers'
    ],
    [/CERT_HAS_EXPIRED/, 'The TLS certificate has expired: renew it, or set the clock of the machine'],
    [/CERT_NOT_YET_VALID/, 'The TLS certificate is not valid yet: set the clock of the machine'],
    [
        /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE)/,
        'The server ended the TLS handshake; it may require a client certificate, which this action does not have'
    ],
    [/CERT_REVOKED|CERT_REJECTED|INVALID_PURPOSE/, 'The TLS certificate must not be used: the server needs another one'],
    [
        /SELF_SIGNED|ISSUER|LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA|CERT_SIGNATURE_FAILURE/,
        'The TLS certificate is not trusted: set AWS_CA_BUNDLE to the certificate authority'
    ],
    [/WRONG_VERSION_NUMBER/, NO_TLS]
];
function tlsAdvice({ innerCode, message }) {
    const code = innerCode === 'EPROTO' ? message.toUpperCase().replaceAll(' ', '_') : innerCode;
    return ADVICE.find(([codes]) => codes.test(code))?.[1] ?? null;
}

;// CONCATENATED MODULE: ./lib/aws/hosts.js



const LIMIT_MS = 30_000;
const MEAN = 0.5;
class ProxyRefusal extends Error {
    name = 'ProxyRefusal';
}
class UnreachableHost extends Error {
    name = 'UnreachableHost';
    constructor(route, problem, failure) {
        super(`${formatRoute(route)} ${problem}: ${formatFailure(failure)}. ${remedy(route, failure)}`);
    }
}
class Hosts {
    #clock;
    #log;
    #hosts = new Map();
    constructor(clock, log) {
        this.#clock = clock;
        this.#log = log;
    }
    get failure() {
        return [...this.#hosts.values()].findLast(({ failure }) => failure !== null)?.failure ?? null;
    }
    async send(route, signal, attempt) {
        const host = this.#host(route);
        for (let failures = 1;; failures++) {
            if (host.isGivenUp && host.failure !== null)
                throw host.failure;
            let isConnected = false;
            try {
                const answer = await attempt(() => {
                    isConnected = true;
                });
                this.#answered(host, route);
                return answer;
            }
            catch (error) {
                const isUnreachable = error instanceof ProxyRefusal || (!isConnected && isNetworkError(error));
                if (!isUnreachable || host.hasAnswered || signal.aborted)
                    throw error;
                this.#failed(host, route, error);
            }
            const leftMs = this.#leftMs(host);
            if (leftMs > 0)
                await this.#clock.sleep(Math.min((0,retry/* retryDelay */.a2)(failures, MEAN), leftMs), signal);
        }
    }
    #host({ host: name }) {
        const known = this.#hosts.get(name);
        if (known !== undefined)
            return known;
        const host = { firstRequestMs: this.#clock.now(), hasAnswered: false, failure: null, isGivenUp: false };
        this.#hosts.set(name, host);
        return host;
    }
    #leftMs({ isGivenUp, firstRequestMs }) {
        return isGivenUp ? 0 : firstRequestMs + LIMIT_MS - this.#clock.now();
    }
    #answered(host, route) {
        if (host.failure !== null)
            this.#log(`${route.host} answers now`);
        host.hasAnswered = true;
        host.failure = null;
        host.isGivenUp = false;
    }
    #failed(host, route, failure) {
        if (host.isGivenUp)
            return;
        const isFirst = host.failure === null;
        const isTooLate = this.#leftMs(host) <= 0;
        const problem = isTooLate ? `has not answered for ${LIMIT_MS / 1000} s` : 'cannot be reached';
        host.failure = new UnreachableHost(route, problem, failure);
        host.isGivenUp = isTooLate || tlsAdvice((0,sdk_error/* readSdkError */.R)(failure)) !== null;
        if (isTooLate)
            this.#log(`${route.host} ${problem}: nothing more is sent to it`);
        else if (isFirst && !host.isGivenUp)
            this.#log(`${host.failure.message}. Retrying for ${LIMIT_MS / 1000} s`);
    }
}
function isNetworkError(error) {
    const { code, innerCode } = (0,sdk_error/* readSdkError */.R)(error);
    return code === 'TimeoutError' || (innerCode !== '' && !/^ERR_(?!PROXY_|SSL_|TLS_)/.test(innerCode));
}
function formatRoute({ host, endpointVariables, proxyVariable }) {
    const origin = endpointVariables.length > 0 ? [`set in ${endpointVariables.join(' and ')}`] : [];
    const proxy = proxyVariable === null ? [] : [`through the proxy in ${proxyVariable}`];
    const parts = [...origin, ...proxy];
    return parts.length === 0 ? host : `${host} (${parts.join(', ')})`;
}
function formatFailure(failure) {
    const isList = typeof failure === 'object' && failure !== null && 'errors' in failure;
    const [first] = isList && Array.isArray(failure.errors) ? failure.errors : [failure];
    return (0,sdk_error/* readSdkError */.R)(first)
        .message.replace(/^@smithy\/\S+ - /, '')
        .trim()
        .replace(/\.+$/, '');
}
function remedy({ host, region, endpointVariables, proxyVariable }, failure) {
    const error = (0,sdk_error/* readSdkError */.R)(failure);
    const tls = tlsAdvice(error);
    const variables = proxyVariable === null ? endpointVariables : [proxyVariable];
    if (tls === NO_TLS && variables.length > 0) {
        return `The other side does not use TLS: check whether the URL in ${variables.join(' and ')} must begin with http://`;
    }
    if (tls !== null)
        return tls;
    if (proxyVariable !== null) {
        if (/ 407\b/.test(error.message))
            return `Check the user name and the password in ${proxyVariable}`;
        const isRefusal = error.innerCode === 'ERR_PROXY_TUNNEL' || error.code === 'ProxyRefusal';
        return isRefusal ? `Check that the proxy in ${proxyVariable} allows this host` : `Check ${proxyVariable}`;
    }
    if (endpointVariables.length > 0)
        return `Check ${endpointVariables.join(' and ')}`;
    const isUnresolved = /^(ENOTFOUND|EAI_.*)$/.test(error.innerCode);
    if (isUnresolved && host.includes(region))
        return `Check the region ${region}, and the DNS of the runner`;
    return 'Check that the network of the runner allows connections to this host';
}

;// CONCATENATED MODULE: ./lib/aws/errors.js






const ANSWER_TOO_LARGE = 'AnswerTooLarge';
const INVALID_PROXY = 'InvalidProxy';
const UNREADABLE_ANSWER = 'UnreadableAnswer';
function serviceError(error, call) {
    if (error instanceof UnreachableHost) {
        return new ports/* ServiceError */._7('refused', `${(0,aws_call/* formatCall */.Ms)(call)}: ${error.message}`, { cause: error });
    }
    const sdkError = (0,sdk_error/* readSdkError */.R)(error);
    if (sdkError.code === ANSWER_TOO_LARGE || sdkError.code === UNREADABLE_ANSWER) {
        return new ports/* MalformedAnswer */.ol(`${(0,aws_call/* formatCall */.Ms)(call)}: ${sdkError.message}`, { cause: error });
    }
    if (isParserFault(sdkError)) {
        return new ports/* MalformedAnswer */.ol(`${(0,aws_call/* formatCall */.Ms)(call)}: the answer cannot be read`, { cause: error });
    }
    if (isPage(sdkError)) {
        return new ports/* MalformedAnswer */.ol(`${(0,aws_call/* formatCall */.Ms)(call)}: the answer, with status ${sdkError.status}, is not JSON`, {
            cause: error
        });
    }
    const { errorKind, advice } = entryFor(sdkError, call);
    const reason = `${withoutPeriod(formatReason(sdkError, call))}${innerCodeOf(sdkError)}`;
    const withoutAdvice = `${(0,aws_call/* formatCall */.Ms)(call)}: ${reason}`;
    const message = `${withoutAdvice}${advice === '' ? '' : `${endOf(reason)} ${advice}`}`;
    return new ports/* ServiceError */._7(errorKind, message, { cause: error, withoutAdvice });
}
function isParserFault({ code, message, status }) {
    return status !== null && (isOfJavaScript(code) || /^@(aws-sdk|smithy)\//.test(message));
}
function isOfJavaScript(code) {
    return code === 'TypeError' || code === 'RangeError';
}
function isPage(error) {
    const { code, status } = error;
    if (status === null)
        return false;
    const isRedirect = isWithoutCode(error) && status < 400;
    return isRedirect || (code === 'SyntaxError' && status < 500 && status !== 408 && status !== 429);
}
function formatReason(error, call) {
    const { code, message, status } = error;
    if (code === 'SyntaxError') {
        if (status !== null)
            return `status ${status}, and no JSON`;
        return areCredentialsMalformed(error, call) ? 'the credentials are not JSON' : 'the answer is not JSON';
    }
    if (isUnreadable(code, status))
        return `the answer cannot be read: ${message || code}`;
    if (code === 'TimeoutError')
        return formatTimeout(message);
    if (areCredentialsMalformed(error, call)) {
        return isOfJavaScript(code) ? `no request can be made with the credentials (${message})` : message;
    }
    const hasMessage = message !== '' && message !== code && message !== SDK_PLACEHOLDER;
    if (isWithoutCode(error))
        return `an error with status ${status} and no code${hasMessage ? `: ${message}` : ''}`;
    const words = hasMessage ? message : catalogueRow(error, call)?.cause;
    return words === undefined ? code : `${code}: ${words}`;
}
function formatTimeout(message) {
    const [, ms] = /(?:configured (?:timeout of )?|timed out after )(\d+) ms/.exec(message) ?? [];
    if (ms === undefined)
        return message;
    return `${/establish a connection/.test(message) ? 'no connection was made' : 'no answer came'} within ${Number(ms) / 1000} s`;
}
function areCredentialsMalformed({ code, innerCode, status }, { credentialSources = '' }) {
    const isUnexpected = isOfJavaScript(code) || code === 'Error' || code === 'SyntaxError';
    return status === null && isUnexpected && /^(ERR_INVALID_CHAR)?$/.test(innerCode) && credentialSources !== '';
}
const SDK_PLACEHOLDER = 'UnknownError';
function isWithoutCode({ code, status }) {
    return status !== null && (code === 'Unknown' || code === 'UnknownError');
}
function isUnreadable(code, status) {
    return code === 'SyntaxError' || (status !== null && status < 400);
}
function innerCodeOf({ innerCode, status }) {
    return innerCode === '' || status === null ? '' : ` (${(0,sdk_error/* truncate */.x)(innerCode, MAX_INNER_CODE_LENGTH)})`;
}
const MAX_INNER_CODE_LENGTH = 100;
function entryFor(error, call) {
    const row = catalogueRow(error, call);
    if (row !== undefined)
        return { errorKind: row.errorKind, advice: row.remedy?.(call, error) ?? '' };
    if (error.status === null)
        return withoutAnswer(error, call);
    if (error.status === 429 || THROTTLE.test(error.code))
        return throttled;
    if (isUnreadable(error.code, error.status) || error.status >= 500)
        return unanswered;
    if (isWithoutCode(error))
        return refused(checkEndpoint(call, error));
    return refused(`This code is not known to the action: look it up in the API reference of ${call.action}, or contact AWS Support with this message`);
}
const THROTTLE = /throttl|(rate|throughput|bandwidth|request).*exceeded|toomanyrequests|slowdown/i;
const throttled = { errorKind: 'throttled', advice: '' };
const unanswered = { errorKind: 'unanswered', advice: '' };
function refused(advice) {
    return { errorKind: 'refused', advice };
}
const NETWORK = /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_[A-Z_]+)$/;
function withoutAnswer(error, call) {
    const { code, innerCode } = error;
    const advice = tlsAdvice(error);
    if (advice !== null)
        return refused(advice);
    if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode))
        return refused(correctCredentials(call, error));
    if (areCredentialsMalformed(error, call))
        return refused(correctCredentials(call, error));
    if (innerCode === 'ERR_INVALID_URL')
        return refused('Check that the endpoint in AWS_ENDPOINT_URL\u2026 is a URL');
    if (innerCode === 'ERR_PROXY_TUNNEL') {
        return { errorKind: 'unanswered', advice: 'Check that the proxy in HTTPS_PROXY allows this host' };
    }
    if (code === 'TimeoutError' || code === 'SyntaxError' || NETWORK.test(innerCode))
        return unanswered;
    return refused(code === INVALID_PROXY
        ? ''
        : 'This is not an error of AWS: run again; if it occurs again, report it as an issue of this action');
}
function isClockError(error) {
    return isClockRefusal((0,sdk_error/* readSdkError */.R)(error));
}
function endOf(sentence) {
    return /[?!]$/.test(sentence) ? '' : '.';
}
function withoutPeriod(sentence) {
    return sentence.replace(/\.+$/, '');
}

// EXTERNAL MODULE: ./lib/aws/quotas.js
var quotas = __webpack_require__(4324);
;// CONCATENATED MODULE: ./lib/aws/rate-limiter.js

const ROOM_FOR_DELAYS = 1.06;
const CUT = 0.9;
const RECOVERY_PER_SECOND = 0.02;
const MIN_CUT_INTERVAL_MS = 1_000;
const MAX_YIELD_MS = 120_000;
function yieldTimeMs(timeLeftMs) {
    return Math.min(timeLeftMs / 4, MAX_YIELD_MS);
}
const PERMIT_EXPIRES_MS = 250;
class RateLimiter {
    #clock;
    #closed;
    #queues = new Map();
    constructor(clock, closed) {
        this.#clock = clock;
        this.#closed = closed;
    }
    async acquire(action, signal, yieldMs = 0) {
        signal.throwIfAborted();
        await this.#queue(action)?.wait(signal, yieldMs);
        const expiresAtMs = this.#clock.now() + PERMIT_EXPIRES_MS;
        let isUsed = false;
        return {
            use: () => {
                const isValid = !isUsed && this.#clock.now() < expiresAtMs;
                isUsed = true;
                return isValid;
            }
        };
    }
    throttled(action) {
        this.#queue(action)?.slowDown();
    }
    lift(action) {
        this.#queue(action)?.lift();
    }
    #queue(action) {
        const rate = (0,quotas/* callsPerSecond */.v)(action);
        if (rate === null)
            return undefined;
        const queue = this.#queues.get(action) ?? new Queue(rate, this.#clock, this.#closed);
        this.#queues.set(action, queue);
        return queue;
    }
}
class Queue {
    #clock;
    #closed;
    #intervalMs;
    #waiting = [];
    #isRunning = false;
    #nextAtMs = Number.NEGATIVE_INFINITY;
    #share = 1;
    #shareAtMs = 0;
    #cutAtMs = Number.NEGATIVE_INFINITY;
    constructor(rate, clock, closed) {
        this.#clock = clock;
        this.#closed = closed;
        this.#intervalMs = (1_000 / rate) * ROOM_FOR_DELAYS;
    }
    slowDown() {
        const now = this.#clock.now();
        if (now - this.#cutAtMs < MIN_CUT_INTERVAL_MS)
            return;
        this.#share = this.#shareNow() * CUT;
        this.#shareAtMs = now;
        this.#cutAtMs = now;
    }
    lift() {
        this.#intervalMs = 0;
    }
    #shareNow() {
        return Math.min(1, this.#share + ((this.#clock.now() - this.#shareAtMs) / 1_000) * RECOVERY_PER_SECOND);
    }
    wait(signal, yieldMs) {
        const { promise, resolve, reject } = Promise.withResolvers();
        const onAbort = () => {
            this.#waiting = this.#waiting.filter((one) => one !== waiting);
            reject(signal.reason);
        };
        const waiting = {
            dueMs: this.#clock.now() + yieldMs,
            go: () => {
                signal.removeEventListener('abort', onAbort);
                resolve();
            }
        };
        signal.addEventListener('abort', onAbort, { once: true });
        const behind = this.#waiting.findLastIndex(({ dueMs }) => dueMs <= waiting.dueMs);
        this.#waiting.splice(behind + 1, 0, waiting);
        if (!this.#isRunning)
            void this.#run();
        return promise;
    }
    async #run() {
        this.#isRunning = true;
        while (this.#waiting.length > 0 && !this.#closed.aborted) {
            const delayMs = this.#nextAtMs - this.#clock.now();
            if (delayMs <= 0) {
                this.#nextAtMs = this.#clock.now() + this.#intervalMs / this.#shareNow();
                this.#waiting.shift()?.go();
            }
            else {
                await this.#clock.sleep(delayMs, this.#closed).catch(() => {
                });
            }
        }
        this.#isRunning = false;
    }
}

;// CONCATENATED MODULE: ./lib/aws/calls.js







async function callAws({ rateLimiter, hosts, debug, onSecrets, namedPipes }, call, options, send) {
    const { signal, pollTimeLeftMs = 0, onReady } = options;
    const acquire = () => rateLimiter.acquire(call.action, signal, yieldTimeMs(pollTimeLeftMs));
    const permit = await acquire();
    onReady?.();
    let isSigned = false;
    let hasLeft = false;
    let leftAtMs = null;
    const departure = {
        onSigned() {
            signal.throwIfAborted();
            isSigned = true;
        },
        onLeave() {
            hasLeft = true;
            leftAtMs = performance.now();
            options.onSend?.();
        },
        onAnswer() {
            leftAtMs = null;
        }
    };
    const attach = (command) => {
        if (options.isSentOnce)
            command.middlewareStack.use(withoutSdkRetries());
        command.middlewareStack.use(rateLimit(rateLimiter, call, permit, acquire));
        command.middlewareStack.use(retryAfterClockCorrection(options.mayRepeat));
        command.middlewareStack.use(reportSecrets(onSecrets));
        command.middlewareStack.use(requestLog(debug, call, departure));
        return command;
    };
    try {
        return await (0,deadline/* untilAborted */.Eu)(send(attach, { abortSignal: signal }), signal);
    }
    catch (error) {
        if (signal.reason instanceof ports/* TimedOut */.GA && !hasLeft) {
            throw hosts.failure === null ? notSent(call, isSigned, namedPipes()) : serviceError(hosts.failure, call);
        }
        const waitedMs = leftAtMs === null ? 0 : performance.now() - leftAtMs;
        if (signal.reason instanceof ports/* TimedOut */.GA && waitedMs >= LONG_MS) {
            const waited = `no answer came within ${Math.floor(waitedMs / 1000)} s`;
            throw new ports/* ServiceError */._7('unanswered', `${(0,aws_call/* formatCall */.Ms)(call)}: ${waited}`, { cause: error });
        }
        signal.throwIfAborted();
        throw serviceError(error, call);
    }
}
const LONG_MS = 1_000;
function notSent(call, isSigned, pipes) {
    const remedy = pipes || `check where they come from${call.credentialSources ? ` (${call.credentialSources})` : ''}`;
    const reason = isSigned ? 'no connection was made in time' : `its credentials were not available in time: ${remedy}`;
    return new ports/* ServiceError */._7('unanswered', `${(0,aws_call/* formatCall */.Ms)(call)}: the request was not sent, because ${reason}`);
}
const SDK_RETRIES = 'retryMiddleware';
function withoutSdkRetries() {
    const pass = (next) => next;
    return {
        applyToStack: (stack) => stack.add(pass, { name: SDK_RETRIES, step: 'finalizeRequest', priority: 'high', override: true })
    };
}
const RATE_LIMIT = 'rateLimit';
const THROTTLES = new Set(['throttled', 'limited']);
function rateLimit(rateLimiter, call, permit, acquire) {
    const middleware = (next) => async (request) => {
        if (!permit.use())
            await acquire();
        try {
            return await next(request);
        }
        catch (error) {
            if (error instanceof UnreachableHost)
                rateLimiter.lift(call.action);
            if (THROTTLES.has(serviceError(error, call).errorKind))
                rateLimiter.throttled(call.action);
            throw error;
        }
    };
    return {
        applyToStack: (stack) => stack.addRelativeTo(middleware, { relation: 'after', toMiddleware: SDK_RETRIES, name: RATE_LIMIT })
    };
}
function retryAfterClockCorrection(mayRepeat = () => true) {
    const middleware = (next) => async (request) => {
        try {
            return await next(request);
        }
        catch (error) {
            if (!isClockError(error) || !mayRepeat())
                throw error;
            return next(request);
        }
    };
    return {
        applyToStack: (stack) => stack.addRelativeTo(middleware, {
            relation: 'before',
            toMiddleware: RATE_LIMIT,
            name: 'retryAfterClockCorrection'
        })
    };
}
function reportSecrets(onSecrets) {
    const middleware = (next, context) => (request) => {
        onSecrets(secretsOf(context));
        return next(request);
    };
    return {
        applyToStack: (stack) => stack.add(middleware, { step: 'finalizeRequest', priority: 'low', name: 'reportSecrets' })
    };
}
function secretsOf(context) {
    const identity = context.__smithy_context?.selectedHttpAuthScheme?.identity ?? {};
    const { secretAccessKey, sessionToken } = identity;
    return [secretAccessKey, sessionToken].filter((secret) => typeof secret === 'string');
}
function requestLog(debug, { action }, { onSigned, onLeave, onAnswer }) {
    const middleware = (next) => async (request) => {
        const startedMs = performance.now();
        const log = (metadata) => {
            const duration = `${Math.round(performance.now() - startedMs)} ms`;
            const status = metadata?.httpStatusCode ?? 'no answer';
            debug(`${action.replace(':', ' ')} ${duration} ${status} ${metadata?.requestId ?? ''}`.trimEnd());
        };
        onSigned();
        try {
            const result = await watchDeparture(signatureOf(request.request), onLeave, () => next(request));
            log(result.output.$metadata);
            return result;
        }
        catch (error) {
            log(metadataOf(error));
            throw error;
        }
        finally {
            onAnswer();
        }
    };
    return {
        applyToStack: (stack) => stack.add(middleware, { step: 'finalizeRequest', priority: 'low', name: 'requestLog' })
    };
}
function signatureOf(request) {
    const headers = typeof request === 'object' && request !== null && 'headers' in request ? request.headers : undefined;
    const isSigned = typeof headers === 'object' && headers !== null && 'authorization' in headers;
    return isSigned ? String(headers.authorization) : '';
}
function metadataOf(error) {
    return typeof error === 'object' && error !== null && '$metadata' in error && typeof error.$metadata === 'object'
        ? (error.$metadata ?? undefined)
        : undefined;
}

// EXTERNAL MODULE: ./lib/aws/environment.js
var environment = __webpack_require__(1008);
// EXTERNAL MODULE: ./lib/aws/files.js
var files = __webpack_require__(602);
// EXTERNAL MODULE: ./lib/node_modules/@smithy/node-http-handler/dist-es/node-http-handler.js + 11 modules
var node_http_handler = __webpack_require__(676);
;// CONCATENATED MODULE: ./lib/aws/error-answers.js
function whyUnreadable(body) {
    const answer = parse(body);
    if (answer === undefined)
        return null;
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
        return 'it is not a structure';
    for (const [name, value] of Object.entries(answer)) {
        if (TEXTS.has(name.toLowerCase()) && !isReadable(name, value))
            return `its ${name} is not a text`;
        if (name === 'ServerTime' && !isTime(value))
            return `its ${name} is not a time`;
    }
    return null;
}
const TEXTS = new Set(['__type', 'code', 'message']);
function isReadable(name, value) {
    if (typeof value === 'string')
        return true;
    return /^message$/i.test(name) ? value === null : /^code$/i.test(name) && typeof value === 'number';
}
const END_OF_YEAR_9999_MS = 253_402_300_799_999;
function isTime(value) {
    const timeMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return timeMs >= 0 && timeMs <= END_OF_YEAR_9999_MS;
}
function parse(body) {
    try {
        return JSON.parse(new TextDecoder().decode(body));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/aws/limited-handler.js





const MAX_ANSWER_MIB = 32;
class LimitedHandler extends node_http_handler/* NodeHttpHandler */.$ {
    #timeoutMs;
    constructor(timeoutMs, options) {
        super({ ...options, requestTimeout: timeoutMs, socketTimeout: timeoutMs, throwOnRequestTimeout: true });
        this.#timeoutMs = timeoutMs;
    }
    async handle(...[request, options]) {
        const startedMs = performance.now();
        const { response } = await super.handle(request, options);
        response.body = await readBody(response.body, this.#timeoutMs, startedMs);
        if (!isTime(response.headers.date))
            delete response.headers.date;
        const isJson = /^application\/x-amz-json/.test(request.headers['content-type'] ?? '');
        const defect = isJson && response.statusCode >= 400 ? whyUnreadable(response.body) : null;
        if (defect !== null)
            throw namedError(UNREADABLE_ANSWER, `the answer cannot be read: ${defect}`);
        return { response };
    }
}
async function readBody(body, timeoutMs, startedMs) {
    const tooLate = () => body.destroy(namedError('TimeoutError', `the answer took longer than ${timeoutMs / 1000} s`));
    const timer = setTimeout(tooLate, Math.max(0, startedMs + timeoutMs - performance.now()));
    const chunks = [];
    try {
        for await (const chunk of body)
            chunks.push(chunk);
        return Buffer.concat(chunks);
    }
    finally {
        clearTimeout(timer);
    }
}
const ANSWERED = 'http.client.response.finish';
function limitAnswerSizes() {
    const onAnswer = (message) => {
        const answer = typeof message === 'object' && message !== null && 'response' in message ? message.response : null;
        if (!(answer instanceof external_node_http_.IncomingMessage))
            return;
        const push = answer.push.bind(answer);
        let size = 0;
        answer.push = (chunk, encoding) => {
            size += chunk?.length ?? 0;
            if (size <= MAX_ANSWER_MIB * 2 ** 20)
                return push(chunk, encoding);
            answer.destroy(namedError(ANSWER_TOO_LARGE, `the answer is larger than ${MAX_ANSWER_MIB} MiB`));
            return false;
        };
    };
    (0,external_node_diagnostics_channel_.subscribe)(ANSWERED, onAnswer);
    return () => (0,external_node_diagnostics_channel_.unsubscribe)(ANSWERED, onAnswer);
}
function namedError(name, message) {
    return Object.assign(new Error(message), { name });
}

// EXTERNAL MODULE: ./lib/aws/proxy.js
var proxy = __webpack_require__(8621);
;// CONCATENATED MODULE: ./lib/aws/connection.js













const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
function connect({ region, env, clock, debug, log = () => { }, onSecrets = () => { }, caBundle, requestTimeoutMs = REQUEST_TIMEOUT_MS }) {
    const ca = caBundle === undefined ? {} : { ca: [...(0,external_node_tls_.getCACertificates)('default'), caBundle] };
    const proxies = (0,proxy/* readProxies */.r)(env);
    const closed = new AbortController();
    const hosts = new Hosts(clock, log);
    const routing = { region, env, proxies, hosts, onSecrets, closed: closed.signal };
    const requestHandler = new RoutedHandler(routing, requestTimeoutMs, {
        httpAgent: new external_node_http_.Agent({ keepAlive: true, proxyEnv: proxies.env }),
        httpsAgent: new external_node_https_.Agent({ keepAlive: true, proxyEnv: proxies.env, ...ca }),
        connectionTimeout: CONNECT_TIMEOUT_MS
    });
    const customUserAgent = [['stream-encryption', version/* VERSION */.x]];
    if (env.GITHUB_RUN_ID)
        customUserAgent.push(['run', env.GITHUB_RUN_ID]);
    const liftSizeLimit = limitAnswerSizes();
    const rateLimiter = new RateLimiter(clock, closed.signal);
    const tools = { rateLimiter, hosts, debug, onSecrets, namedPipes: () => (0,files/* namedPipes */.rK)(env) };
    return {
        config: { region, requestHandler, customUserAgent },
        call: (call, options, send) => callAws(tools, { ...call, credentialSources: (0,environment/* credentialSources */.e3)(env) }, options, send),
        close() {
            closed.abort();
            requestHandler.destroy();
            liftSizeLimit();
        }
    };
}
class RoutedHandler extends LimitedHandler {
    #routing;
    constructor(routing, timeoutMs, options) {
        super(timeoutMs, options);
        this.#routing = routing;
    }
    async handle(...[request, options]) {
        const { region, env, proxies, hosts, onSecrets, closed } = this.#routing;
        const { protocol, hostname, port } = request;
        const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`);
        const fault = proxies.faultOf(url);
        if (fault !== null)
            throw new InvalidProxy(fault);
        const proxyVariable = proxies.variableFor(url);
        const route = { host: url.host, region, endpointVariables: (0,environment/* endpointVariables */.Fy)(env, url.host), proxyVariable };
        const abort = options?.abortSignal;
        const signal = abort instanceof AbortSignal ? AbortSignal.any([abort, closed]) : closed;
        const token = request.headers['x-amz-security-token'];
        if (token !== undefined)
            onSecrets([token]);
        return hosts.send(route, signal, (onConnected) => watchDeparture(request.headers.authorization ?? '', onConnected, async () => {
            const answer = await super.handle(request, options);
            const { statusCode, headers } = answer.response;
            if (protocol === 'http:' && proxyVariable !== null && isRefusalOfProxy(statusCode, headers)) {
                throw new ProxyRefusal(`the proxy answered with status ${statusCode}`);
            }
            return answer;
        }));
    }
}
function isRefusalOfProxy(status, headers) {
    return status === 407 || (status === 403 && !/json/.test(headers['content-type'] ?? ''));
}
class InvalidProxy extends Error {
    name = INVALID_PROXY;
}


/***/ }),

/***/ 8809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ permissionsOf)
/* harmony export */ });
/* unused harmony export PERMISSIONS */
const LIST = { on: ['*'], keyActions: [] };
const ON_STREAM = { on: ['stream'], keyActions: [] };
const PERMISSIONS = new Map([
    ['kinesis:DescribeStreamSummary', ON_STREAM],
    ['kinesis:ListStreams', LIST],
    ['kinesis:StartStreamEncryption', { on: ['stream', 'key'], keyActions: ['kms:DescribeKey'] }],
    ['kinesis:PutRecord', { on: ['stream'], keyActions: ['kms:GenerateDataKey'] }],
    ['firehose:DescribeDeliveryStream', ON_STREAM],
    ['firehose:ListDeliveryStreams', LIST],
    ['firehose:StartDeliveryStreamEncryption', { on: ['stream'], keyActions: ['kms:CreateGrant', 'kms:DescribeKey'] }],
    ['firehose:PutRecord', { on: ['stream'], keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'] }],
    ['kms:DescribeKey', { on: ['key'], keyActions: [] }],
    ['tag:GetResources', LIST]
]);
function permissionsOf(action) {
    return PERMISSIONS.get(action) ?? ON_STREAM;
}


/***/ }),

/***/ 4324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ callsPerSecond),
/* harmony export */   z: () => (/* binding */ minPollIntervalMs)
/* harmony export */ });
const CALLS_PER_SECOND = {
    'kinesis:DescribeStreamSummary': 20,
    'kinesis:ListStreams': 5,
    'kinesis:StartStreamEncryption': 5,
    'firehose:DescribeDeliveryStream': 5,
    'firehose:ListDeliveryStreams': 5,
    'firehose:StartDeliveryStreamEncryption': 5
};
const SHORTEST_POLL_INTERVAL_MS = 100;
const ROOM_FOR_JITTER = 1.1;
function minPollIntervalMs(action) {
    return Math.max(SHORTEST_POLL_INTERVAL_MS, Math.round((1_000 / CALLS_PER_SECOND[action]) * ROOM_FOR_JITTER));
}
function callsPerSecond(action) {
    return RATES.get(action) ?? null;
}
const RATES = new Map(Object.entries(CALLS_PER_SECOND));


/***/ }),

/***/ 1230:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ readSdkError),
/* harmony export */   x: () => (/* binding */ truncate)
/* harmony export */ });
function readSdkError(error) {
    const code = truncate(text(property(error, 'name')) || 'Error', MAX_CODE_LENGTH);
    const message = (text(property(error, 'message')) || String(error))
        .replace(DESERIALIZATION_HINT, '')
        .replace(QUOTED_REQUEST, '\u2026');
    return {
        code,
        message: truncate(SIGNATURE_ERROR.test(code) ? firstSentence(message) : message),
        innerCode: text(property(error, 'code')),
        status: statusOf(error)
    };
}
const DESERIALIZATION_HINT = /\s*Deserialization error: to see the raw response.*$/s;
const QUOTED_REQUEST = /(?:\bauthorization['"]?\s*[:=]|\bAWS4-|\bx-amz-security-token).*$/is;
const SIGNATURE_ERROR = /signature/i;
const MAX_CODE_LENGTH = 100;
function truncate(value, maxLength = 1_000) {
    return value.length > maxLength ? `${value.slice(0, maxLength)}\u2026` : value;
}
function firstSentence(message) {
    return message.split(/\. |\n/, 1).join('');
}
function statusOf(error) {
    const status = property(property(error, '$metadata'), 'httpStatusCode');
    return typeof status === 'number' ? status : null;
}
function property(value, name) {
    return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;
}
function text(value) {
    return typeof value === 'string' ? value : '';
}


/***/ })

};
