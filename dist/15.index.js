export const id = 15;
export const ids = [15];
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
/* harmony export */   cg: () => (/* binding */ serviceError)
/* harmony export */ });
/* harmony import */ var _encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3358);
/* harmony import */ var _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4501);
/* harmony import */ var _sdk_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1230);



function formatCall({ action, resource, region }) {
    return `${action} for ${resource} in ${region}`;
}
const ANSWER_TOO_LARGE = 'AnswerTooLarge';
function serviceError(error, call) {
    const sdkError = (0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_2__/* .readSdkError */ .R)(error);
    if (sdkError.code === ANSWER_TOO_LARGE) {
        return new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol(`${formatCall(call)}: ${sdkError.message}`, { cause: error });
    }
    const { errorKind, advice } = entryFor(sdkError, call);
    const message = `${formatCall(call)}: ${withoutPeriod(formatReason(sdkError))}${innerCodeOf(sdkError)}${advice === '' ? '' : `. ${advice}`}`;
    return new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .ServiceError */ ._7(errorKind, message, { cause: error });
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
    return innerCode === '' || status === null ? '' : ` (${(0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_2__/* .truncate */ .x)(innerCode, MAX_INNER_CODE_LENGTH)})`;
}
const MAX_INNER_CODE_LENGTH = 100;
function entryFor(error, call) {
    const known = CATALOGUE.get(error.code);
    if (known)
        return known(error, call);
    if (error.status === null)
        return withoutAnswer(error);
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
const TLS_ADVICE = [
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
    ]
];
function withoutAnswer({ code, innerCode, message }) {
    const tlsCode = innerCode === 'EPROTO' ? message.toUpperCase().replaceAll(' ', '_') : innerCode;
    const [, tlsAdvice] = TLS_ADVICE.find(([codes]) => codes.test(tlsCode)) ?? [];
    if (tlsAdvice !== undefined)
        return refused(tlsAdvice);
    if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode))
        return refused(CREDENTIALS_ADVICE);
    if (innerCode === 'ENOTFOUND')
        return { ...unanswered, advice: 'Check the region' };
    if (innerCode === 'ERR_INVALID_URL')
        return refused('Check that the endpoint in AWS_ENDPOINT_URL… is a URL');
    if (innerCode === 'ERR_PROXY_TUNNEL') {
        return { errorKind: 'unanswered', advice: 'Check that the proxy in HTTPS_PROXY allows this host' };
    }
    if (code === 'TimeoutError' || code === 'SyntaxError' || NETWORK.test(innerCode))
        return unanswered;
    return refused('');
}
const CREDENTIALS_ADVICE = 'Run aws-actions/configure-aws-credentials before this step, and make the session last as long as the step';
const CLOCK = /signature (expired|not yet current)/i;
const CLOCK_CODES = new Set(['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture']);
function isClockError(error) {
    const { code, message } = (0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_2__/* .readSdkError */ .R)(error);
    return CLOCK_CODES.has(code) || (/signature/i.test(code) && CLOCK.test(message));
}
const throttle = () => throttled;
const denied = ({ message }, call) => ({ errorKind: 'denied', advice: grantAdvice(message, call) });
const badCredentials = () => refused(CREDENTIALS_ADVICE);
const wrongClock = () => refused('The clock of the machine differs from that of AWS by more than a signature allows: set it');
const badSignature = (error, call) => (CLOCK.test(error.message) ? wrongClock : badCredentials)(error, call);
const keyDenied = ({ message }, call) => {
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
    UnrecognizedClientException: badCredentials,
    InvalidSignatureException: badSignature,
    IncompleteSignatureException: badCredentials,
    SignatureDoesNotMatch: badSignature,
    RequestExpired: wrongClock,
    RequestInTheFuture: wrongClock,
    RequestTimeTooSkewed: wrongClock,
    InvalidClientTokenId: badCredentials,
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
    return (grantFromMessage(message) ?? `Grant ${action} on ${LISTS.has(action) ? '*' : resource} to the role of this step`);
}
function grantFromMessage(message) {
    const [, action, resource] = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
    if (action === undefined)
        return null;
    if (action.startsWith('sts:'))
        return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
    return `Grant ${action}${resource === undefined ? '' : ` on ${resource}`} to the role of this step`;
}
function accountOf(resource) {
    const arn = (0,_encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .parseArn */ .Lw)(resource);
    return arn === null ? '' : ` of account ${arn.accountId}`;
}
function withoutPeriod(sentence) {
    return sentence.replace(/\.+$/, '');
}


/***/ }),

/***/ 15:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   kinesisStreams: () => (/* binding */ kinesisStreams),
/* harmony export */   toObservation: () => (/* binding */ toObservation)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1808);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2168);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(110);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1588);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3475);
/* harmony import */ var _encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7807);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6058);
/* harmony import */ var _directory_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5006);
/* harmony import */ var _quotas_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4324);





function kinesisStreams(connection) {
    const { region } = connection.config;
    const client = new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_3__/* .KinesisClient */ .q(connection.config);
    return {
        minPollIntervalMs: (0,_quotas_js__WEBPACK_IMPORTED_MODULE_2__/* .minPollIntervalMs */ .z)('kinesis:DescribeStreamSummary'),
        async names(after, signal) {
            const call = { action: 'kinesis:ListStreams', resource: 'all data streams', region };
            const input = after === null ? {} : { ExclusiveStartStreamName: after };
            const page = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_4__/* .ListStreamsCommand */ .b(input)), options));
            return (0,_directory_js__WEBPACK_IMPORTED_MODULE_5__/* .toPage */ .Z)(new _answers_js__WEBPACK_IMPORTED_MODULE_1__/* .Fields */ .C(call, page), 'StreamNames', 'HasMoreStreams', after);
        },
        async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
            const call = callOn(stream, 'DescribeStreamSummary', region);
            const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_6__/* .DescribeStreamSummaryCommand */ .B(streamId(stream))), options));
            return toObservation(stream, new _answers_js__WEBPACK_IMPORTED_MODULE_1__/* .Fields */ .C(call, answer).structure('StreamDescriptionSummary'));
        },
        async startEncryption(stream, target, signal, onSend) {
            const call = callOn(stream, 'StartStreamEncryption', region);
            const input = { ...streamId(stream), EncryptionType: 'KMS', KeyId: target.id };
            await connection.call(call, { signal, onSend, isSentOnce: true }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_7__/* .StartStreamEncryptionCommand */ .$(input)), options));
        },
        async putRecord(stream, signal) {
            const call = callOn(stream, 'PutRecord', region);
            const input = { ...streamId(stream), PartitionKey: 'stream-encryption', Data: Buffer.from('stream-encryption') };
            const answer = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_8__/* .PutRecordCommand */ .m(input)), options));
            return new _answers_js__WEBPACK_IMPORTED_MODULE_1__/* .Fields */ .C(call, answer).optionalText('EncryptionType') === 'KMS';
        }
    };
}
function streamId({ name, arn }) {
    return arn === null ? { StreamName: name } : { StreamARN: arn };
}
function callOn({ name, arn }, operation, region) {
    return { action: `kinesis:${operation}`, resource: arn ?? `the data stream ${name}`, region };
}
function toObservation(stream, summary) {
    const status = summary.text('StreamStatus');
    const keyId = summary.optionalText('KeyId');
    const encryptionType = summary.optionalText('EncryptionType') ?? (keyId === null ? 'NONE' : 'UNKNOWN');
    const encrypted = ENCRYPTED.get(encryptionType) ?? 'unknown';
    const phase = PHASES.get(status) ?? 'unclear';
    return {
        arn: summary.arnOf(stream, 'StreamARN'),
        status,
        phase: phase === 'final' && encrypted === 'unknown' ? 'unclear' : phase,
        encrypted,
        key: encrypted === 'true' && keyId !== null ? toReportedKey(keyId) : null,
        failure: null,
        source: null,
        previousKeyNeededHours: summary.optionalCount('RetentionPeriodHours', 1),
        channelCount: summary.optionalCount('ChannelCount', 0) ?? 0
    };
}
const PHASES = new Map([
    ['CREATING', 'changing'],
    ['UPDATING', 'changing'],
    ['ACTIVE', 'final'],
    ['DELETING', 'deleting']
]);
const ENCRYPTED = new Map([
    ['KMS', 'true'],
    ['NONE', 'false']
]);
function toReportedKey(id) {
    return { type: (0,_encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isAwsAlias */ .c_)(id) ? 'aws-owned' : null, id };
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


/***/ })

};
