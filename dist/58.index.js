export const id = 58;
export const ids = [58];
export const modules = {

/***/ 6058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ Fields)
/* harmony export */ });
/* harmony import */ var _encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3358);
/* harmony import */ var _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4501);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6762);
var _a;



class Fields {
    #call;
    #fields;
    constructor(call, fields) {
        this.#call = call;
        this.#fields = new Map(Object.entries(fields));
    }
    text(name) {
        return this.optionalText(name) ?? this.#absent(name);
    }
    optionalText(name) {
        return this.#optional(name, 'a text', (value) => (typeof value === 'string' ? value : null));
    }
    optionalCount(name, min) {
        return this.#optional(name, `a whole number from ${min}`, (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= min ? value : null);
    }
    optionalDate(name) {
        return this.#optional(name, 'a valid date', (value) => value instanceof Date && !Number.isNaN(value.getTime()) ? value : null);
    }
    flag(name) {
        return this.optionalFlag(name) ?? this.#absent(name);
    }
    optionalFlag(name) {
        return this.#optional(name, 'true or false', (value) => {
            if (value === 0 || value === 1)
                return value === 1;
            return typeof value === 'boolean' ? value : null;
        });
    }
    structure(name) {
        return this.optionalStructure(name) ?? this.#absent(name);
    }
    optionalStructure(name) {
        return this.#optional(name, 'a structure', (value) => this.#toFields(value));
    }
    texts(name) {
        return this.#list(name).map((item) => typeof item === 'string' && item !== '' ? item : this.#wrong(`${name} contains`, item, 'a text'));
    }
    structures(name) {
        return this.#list(name).map((item) => this.#toFields(item) ?? this.#wrong(`${name} contains`, item, 'a structure'));
    }
    arn(name) {
        const arn = this.text(name);
        if (!arn.startsWith('arn:'))
            throw this.malformed(`the answer's ${name} is not an ARN`);
        return arn;
    }
    arnOf(stream, name) {
        const arn = this.text(name);
        const answered = (0,_encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .parseStreamArn */ .BP)(arn)?.stream;
        if (answered?.kind !== stream.kind)
            throw this.malformed(`the answer's ${name} is not the ARN of such a stream`);
        if (answered.name !== stream.name)
            throw this.malformed(`the answer describes another stream, ${answered.name}`);
        return arn;
    }
    malformed(defect) {
        return new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol(`${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCall */ .Ms)(this.#call)}: ${defect}`);
    }
    #optional(name, expected, read) {
        const value = this.#fields.get(name);
        if (value === undefined || value === null || value === '')
            return null;
        return read(value) ?? this.#wrong(`${name} is`, value, expected);
    }
    #list(name) {
        return this.#optional(name, 'a list', (value) => (Array.isArray(value) ? value : null)) ?? this.#absent(name);
    }
    #toFields(value) {
        const isStructure = typeof value === 'object' && value !== null && !Array.isArray(value);
        return isStructure ? new _a(this.#call, value) : null;
    }
    #absent(name) {
        throw this.malformed(`the answer has no ${name}`);
    }
    #wrong(what, value, expected) {
        throw this.malformed(`the answer's ${what} ${describe(value)}, not ${expected}`);
    }
}
_a = Fields;
function describe(value) {
    if (value === undefined || value === null || value === '')
        return 'nothing';
    if (Array.isArray(value))
        return 'a list';
    if (value instanceof Date)
        return 'out of range';
    switch (typeof value) {
        case 'object':
            return 'a structure';
        case 'string':
            return 'a text';
        case 'number':
            return 'a number';
        default:
            return String(value);
    }
}


/***/ }),

/***/ 6762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D1: () => (/* binding */ isClockError),
/* harmony export */   Ms: () => (/* binding */ formatCall),
/* harmony export */   QA: () => (/* binding */ ANSWER_TOO_LARGE),
/* harmony export */   RY: () => (/* binding */ UNREADABLE_ANSWER),
/* harmony export */   cg: () => (/* binding */ serviceError)
/* harmony export */ });
/* harmony import */ var _encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3358);
/* harmony import */ var _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4501);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3586);
/* harmony import */ var _sdk_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1230);
/* harmony import */ var _tls_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5284);





function formatCall({ action, resource, region }) {
    return `${action} for ${resource} in ${region}`;
}
const ANSWER_TOO_LARGE = 'AnswerTooLarge';
const UNREADABLE_ANSWER = 'UnreadableAnswer';
function serviceError(error, call) {
    if (error instanceof _hosts_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreachableHost */ .Fd) {
        return new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .ServiceError */ ._7('refused', `${formatCall(call)}: ${error.message}`, { cause: error });
    }
    const sdkError = (0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_3__/* .readSdkError */ .R)(error);
    if (sdkError.code === ANSWER_TOO_LARGE || sdkError.code === UNREADABLE_ANSWER) {
        return new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol(`${formatCall(call)}: ${sdkError.message}`, { cause: error });
    }
    if (isParserFault(sdkError)) {
        return new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol(`${formatCall(call)}: the answer cannot be read`, { cause: error });
    }
    const { errorKind, advice } = entryFor(sdkError, call);
    const message = `${formatCall(call)}: ${withoutPeriod(formatReason(sdkError))}${innerCodeOf(sdkError)}${advice === '' ? '' : `. ${advice}`}`;
    return new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .ServiceError */ ._7(errorKind, message, { cause: error });
}
function isParserFault({ code, status }) {
    return status !== null && (code === 'TypeError' || code === 'RangeError');
}
function formatReason({ code, message, status }) {
    if (isUnreadable(code, status))
        return `the answer cannot be read: ${message || code}`;
    return message === '' ? code : `${code}: ${message}`;
}
function isUnreadable(code, status) {
    return code === 'SyntaxError' || (status !== null && status < 400);
}
function innerCodeOf({ innerCode, status }) {
    return innerCode === '' || status === null ? '' : ` (${(0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_3__/* .truncate */ .x)(innerCode, MAX_INNER_CODE_LENGTH)})`;
}
const MAX_INNER_CODE_LENGTH = 100;
function entryFor(error, call) {
    const known = CATALOGUE.get(error.code);
    if (known)
        return known(error, call);
    if (error.status === null)
        return withoutAnswer(error, call);
    if (isUnreadable(error.code, error.status) || error.status >= 500)
        return unanswered;
    if (error.status === 429 || THROTTLE.test(error.code))
        return throttled;
    return refused('');
}
const THROTTLE = /throttl|exceeded|toomanyrequests|slowdown/i;
const throttled = { errorKind: 'throttled', advice: '' };
const unanswered = { errorKind: 'unanswered', advice: '' };
function refused(advice) {
    return { errorKind: 'refused', advice };
}
const NETWORK = /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_[A-Z_]+)$/;
function withoutAnswer(error, call) {
    const { code, innerCode } = error;
    const advice = (0,_tls_js__WEBPACK_IMPORTED_MODULE_4__/* .tlsAdvice */ .S)(error);
    if (advice !== null)
        return refused(advice);
    if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode))
        return badCredentials(error, call);
    if (innerCode === 'ERR_INVALID_URL')
        return refused('Check that the endpoint in AWS_ENDPOINT_URL… is a URL');
    if (innerCode === 'ERR_PROXY_TUNNEL') {
        return { errorKind: 'unanswered', advice: 'Check that the proxy in HTTPS_PROXY allows this host' };
    }
    if (code === 'TimeoutError' || code === 'SyntaxError' || NETWORK.test(innerCode))
        return unanswered;
    return refused('');
}
const CLOCK = /signature (expired|not yet current)/i;
const CLOCK_CODES = new Set(['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture']);
function isClockError(error) {
    const { code, message } = (0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_3__/* .readSdkError */ .R)(error);
    return CLOCK_CODES.has(code) || (/signature/i.test(code) && CLOCK.test(message));
}
const throttle = () => throttled;
const denied = ({ message }, call) => ({ errorKind: 'denied', advice: grantAdvice(message, call) });
const badCredentials = (_error, { credentialSources = '' }) => refused(credentialSources === ''
    ? 'Run aws-actions/configure-aws-credentials before this step, and make the session last as long as the step'
    : `${credentialSources}. Correct these settings, or unset them and run aws-actions/configure-aws-credentials before this step`);
const unknownCredentials = (error, call) => refused(`${badCredentials(error, call).advice}. If they are right, the region ${call.region} may not be enabled for the account, or it belongs to another partition than the credentials`);
const wrongClock = () => refused('The clock of the machine differs from that of AWS by more than a signature allows: set it');
const badSignature = (error, call) => (CLOCK.test(error.message) ? wrongClock : badCredentials)(error, call);
const keyDenied = ({ message }, call) => {
    const policy = policyAdvice(message);
    if (policy !== null)
        return refused(policy);
    const grant = grantFromMessage(message) ??
        `Grant ${keyActions(call)}kms:GenerateDataKey and kms:Decrypt on the key to the role of this step`;
    return refused(`${grant}, in the role's policy and in the key policy`);
};
function keyActions(call) {
    if (isRecord(call))
        return '';
    return call.action.startsWith('firehose:') ? 'kms:CreateGrant, kms:DescribeKey, ' : 'kms:DescribeKey, ';
}
function isRecord({ action }) {
    return action.endsWith(':PutRecord');
}
const keyDisabled = () => refused('Enable the key, or use another one');
const keyState = () => refused("Cancel the key's deletion or import its key material, or use another key");
const whichKey = ({ region }) => `Check the key's id or alias, and that the key is in ${region}`;
const keyMissing = (_error, call) => refused(whichKey(call));
const badArgument = (_error, { action }) => refused(ARGUMENT_ADVICE.get(action) ?? '');
const keyUsage = () => refused('Use a symmetric key for ENCRYPT_DECRYPT');
const keyOptIn = () => refused('The account is not subscribed to KMS: contact AWS Support');
function byCode(catalogue) {
    return new Map(Object.entries(catalogue));
}
const CATALOGUE = byCode({
    LimitExceededException: limitExceeded,
    ThrottlingException: throttle,
    KMSThrottlingException: throttle,
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
const ARGUMENT_ADVICE = new Map([
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
function unusableKey(error, call) {
    const code = error.innerCode === '' ? 'Firehose gave no code' : 'The meaning of this code is not known';
    const { advice } = keyDenied(error, call);
    return refused(`${code}. ${advice}; and check that the key is in ${call.region}, is enabled and not pending deletion, and is a symmetric key for ENCRYPT_DECRYPT`);
}
function limitExceeded({ message }, { action }) {
    if (!/:Start/.test(action) || /rate exceeded|slow down|\brps\b|per second/i.test(message))
        return throttled;
    if (/\b500\b/.test(message))
        return refused('A key serves at most 500 delivery streams: use another key');
    if (/\b25\b|24.?hour/i.test(message)) {
        return refused('A stream allows 25 changes in 24 hours: run again when the oldest of them is 24 hours old');
    }
    return {
        errorKind: 'limited',
        advice: "This is either the account's call rate, or the limit of 25 changes per stream in 24 hours (500 streams per key): run again later; a daily limit ends within 24 hours"
    };
}
const LISTS = new Set(['kinesis:ListStreams', 'firehose:ListDeliveryStreams', 'tag:GetResources']);
function grantAdvice(message, { action, resource }) {
    return (policyAdvice(message) ??
        grantFromMessage(message) ??
        `Grant ${action} on ${LISTS.has(action) ? '*' : resource} to the role of this step`);
}
function grantFromMessage(message) {
    const [, action, resource] = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
    if (action === undefined)
        return null;
    if (action.startsWith('sts:'))
        return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
    return `Grant ${action}${resource === undefined ? '' : ` on ${resource}`} to the role of this step`;
}
const EXPLICIT_DENY = /with an explicit deny(?: in (an? [\w -]+? (?:policy|boundary)))?/i;
const NOT_ALLOWED = /because no ((?!identity-based)[\w -]+? (?:policy|boundary)) allows the ([\w-]+:\w+) action/i;
function policyAdvice(message) {
    const [explicit, denying = 'a policy'] = EXPLICIT_DENY.exec(message) ?? [];
    if (explicit !== undefined) {
        return `The explicit deny in ${denying} takes precedence over every permission: whoever manages that policy must exempt the role of this step`;
    }
    const [, policy, action] = NOT_ALLOWED.exec(message) ?? [];
    return policy === undefined ? null : `Allow ${action} in the ${policy} that applies to the role of this step`;
}
function accountOf(resource) {
    const arn = (0,_encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .parseArn */ .Lw)(resource);
    return arn === null ? '' : ` of account ${arn.accountId}`;
}
function withoutPeriod(sentence) {
    return sentence.replace(/\.+$/, '');
}


/***/ }),

/***/ 3586:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fd: () => (/* binding */ UnreachableHost),
/* harmony export */   K8: () => (/* binding */ Hosts),
/* harmony export */   fR: () => (/* binding */ ProxyRefusal)
/* harmony export */ });
/* harmony import */ var _encryption_retry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2055);
/* harmony import */ var _sdk_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1230);
/* harmony import */ var _tls_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5284);



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
                await this.#clock.sleep(Math.min((0,_encryption_retry_js__WEBPACK_IMPORTED_MODULE_0__/* .retryDelay */ .a2)(failures, MEAN), leftMs), signal);
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
        host.isGivenUp = isTooLate || (0,_tls_js__WEBPACK_IMPORTED_MODULE_1__/* .tlsAdvice */ .S)((0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_2__/* .readSdkError */ .R)(failure)) !== null;
        if (isTooLate)
            this.#log(`${route.host} ${problem}: nothing more is sent to it`);
        else if (isFirst && !host.isGivenUp)
            this.#log(`${host.failure.message}. Retrying for ${LIMIT_MS / 1000} s`);
    }
}
function isNetworkError(error) {
    const { code, innerCode } = (0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_2__/* .readSdkError */ .R)(error);
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
    return (0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_2__/* .readSdkError */ .R)(first)
        .message.replace(/^@smithy\/\S+ - /, '')
        .trim()
        .replace(/\.+$/, '');
}
function remedy({ host, region, endpointVariables, proxyVariable }, failure) {
    const error = (0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_2__/* .readSdkError */ .R)(failure);
    const tls = (0,_tls_js__WEBPACK_IMPORTED_MODULE_1__/* .tlsAdvice */ .S)(error);
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
        .replace(QUOTED_REQUEST, '…');
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
    return value.length > maxLength ? `${value.slice(0, maxLength)}…` : value;
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


/***/ }),

/***/ 5284:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ tlsAdvice)
/* harmony export */ });
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
    [/WRONG_VERSION_NUMBER/, 'The server does not use TLS: the URL of its endpoint begins with http://']
];
function tlsAdvice({ innerCode, message }) {
    const code = innerCode === 'EPROTO' ? message.toUpperCase().replaceAll(' ', '_') : innerCode;
    return ADVICE.find(([codes]) => codes.test(code))?.[1] ?? null;
}


/***/ })

};
