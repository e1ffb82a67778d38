export const id = 92;
export const ids = [92,933];
export const modules = {

/***/ 6933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ml: () => (/* binding */ requestLog),
/* harmony export */   ZF: () => (/* binding */ answer),
/* harmony export */   connect: () => (/* binding */ connect),
/* harmony export */   yB: () => (/* binding */ held)
/* harmony export */ });
/* unused harmony export VERSION */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4708);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1692);
/* harmony import */ var _smithy_node_http_handler__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1279);
/* harmony import */ var _encryption_model_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5180);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6762);







const VERSION = '1.0.0';
const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
function connect({ region, env, debug, requestTimeoutMs = REQUEST_TIMEOUT_MS }) {
    const bundle = env.AWS_CA_BUNDLE;
    const ca = bundle ? { ca: [...(0,node_tls__WEBPACK_IMPORTED_MODULE_3__.getCACertificates)('default'), readBundle(bundle)] } : {};
    const requestHandler = new _smithy_node_http_handler__WEBPACK_IMPORTED_MODULE_6__.NodeHttpHandler({
        httpAgent: new node_http__WEBPACK_IMPORTED_MODULE_1__.Agent({ keepAlive: true, proxyEnv: env }),
        httpsAgent: new node_https__WEBPACK_IMPORTED_MODULE_2__.Agent({ keepAlive: true, proxyEnv: env, ...ca }),
        connectionTimeout: CONNECT_TIMEOUT_MS,
        requestTimeout: requestTimeoutMs,
        socketTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true
    });
    const customUserAgent = [['stream-encryption', VERSION]];
    if (env.GITHUB_RUN_ID)
        customUserAgent.push(['run', env.GITHUB_RUN_ID]);
    return { config: { region, requestHandler, customUserAgent }, debug, close: () => requestHandler.destroy() };
}
function readBundle(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch (cause) {
        throw new Error(`AWS_CA_BUNDLE names ${file}, which cannot be read: ${cause}`, { cause });
    }
}
async function answer(call, signal, send) {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers();
    const onAbort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
        return await Promise.race([send({ abortSignal: signal }), aborted.promise]);
    }
    catch (error) {
        signal.throwIfAborted();
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .serviceError */ .c)(error, call);
    }
    finally {
        signal.removeEventListener('abort', onAbort);
    }
}
function held(call, part) {
    if (part !== undefined)
        return part;
    throw new _encryption_model_js__WEBPACK_IMPORTED_MODULE_4__/* .ServiceError */ ._7('unanswered', `${call.action} for ${call.resource} in ${call.region}: an empty answer came`);
}
function requestLog(service, debug) {
    return {
        applyToStack: (stack) => stack.add((next, { commandName }) => async (request) => {
            const beganMs = performance.now();
            const told = (metadata) => {
                const duration = `${Math.round(performance.now() - beganMs)} ms`;
                const status = metadata?.httpStatusCode ?? 'no answer';
                debug(`${service} ${commandName?.replace(/Command$/, '')} ${duration} ${status} ${metadata?.requestId ?? ''}`.trimEnd());
            };
            try {
                const result = await next(request);
                told(result.output.$metadata);
                return result;
            }
            catch (error) {
                told(metadataOf(error));
                throw error;
            }
        }, { step: 'finalizeRequest', priority: 'low', name: 'requestLog' })
    };
}
function metadataOf(error) {
    return typeof error === 'object' && error !== null && '$metadata' in error && typeof error.$metadata === 'object'
        ? (error.$metadata ?? undefined)
        : undefined;
}


/***/ }),

/***/ 6762:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ serviceError),
/* harmony export */   m: () => (/* binding */ briefly)
/* harmony export */ });
/* harmony import */ var _encryption_model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5180);

function serviceError(error, call) {
    const facts = factsOf(error);
    const { trouble, advice } = entryFor(facts, call);
    const words = SIGNATURE.test(facts.code) ? firstSentence(facts.message) : facts.message;
    const said = words === '' ? facts.code : `${facts.code}: ${words}`;
    const where = `${call.action} for ${call.resource} in ${call.region}`;
    const message = `${where}: ${withoutPeriod(said)}${advice === '' ? '' : `. ${advice}`}`;
    return new _encryption_model_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7(trouble, message, { cause: error });
}
function entryFor(facts, call) {
    const known = CATALOGUE.get(facts.code);
    if (known)
        return known(facts, call);
    if (facts.status === null)
        return withoutAnswer(facts);
    if (facts.status < 400 || facts.status >= 500 || facts.code === 'SyntaxError')
        return unanswered;
    if (facts.status === 429 || THROTTLE.test(facts.code))
        return throttled;
    return refused('');
}
const THROTTLE = /throttl|exceeded|toomanyrequests|slowdown/i;
const throttled = { trouble: 'throttled', advice: '' };
const unanswered = { trouble: 'unanswered', advice: '' };
function refused(advice) {
    return { trouble: 'refused', advice };
}
const NETWORK = /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_[A-Z_]+)$/;
const CERTIFICATE = /CERT|SIGNATURE|ISSUER/;
function withoutAnswer({ code, innerCode }) {
    if (CERTIFICATE.test(innerCode)) {
        return refused('The TLS certificate is not trusted: name the certificate authority in AWS_CA_BUNDLE');
    }
    if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode))
        return refused(CREDENTIALS_ADVICE);
    if (innerCode === 'ENOTFOUND')
        return { ...unanswered, advice: 'See that the region is right' };
    if (innerCode === 'ERR_INVALID_URL')
        return refused('See that the endpoint in AWS_ENDPOINT_URL… is a URL');
    if (innerCode === 'ERR_PROXY_TUNNEL') {
        return { trouble: 'unanswered', advice: 'See that the proxy in HTTPS_PROXY lets this host through' };
    }
    if (code === 'TimeoutError' || code === 'SyntaxError' || NETWORK.test(innerCode))
        return unanswered;
    return refused('');
}
const CREDENTIALS_ADVICE = 'Run aws-actions/configure-aws-credentials before this step, and see that the session lasts as long as the step';
const SIGNATURE = /signature/i;
function firstSentence(message) {
    return message.split(/\. |\n/, 1).join('');
}
const throttle = () => throttled;
const denied = (facts, call) => ({ trouble: 'denied', advice: grantAdvice(facts.message, call) });
const badCredentials = () => refused(CREDENTIALS_ADVICE);
const keyDenied = ({ message }, call) => {
    const actions = call.action.startsWith('firehose:') ? 'kms:CreateGrant, kms:DescribeKey' : 'kms:DescribeKey';
    return refused(`${grantedBy(message) ?? `Grant ${actions}, kms:GenerateDataKey and kms:Decrypt on the key to the role of this step`}, in its policy and in the key's`);
};
const keyDisabled = () => refused('Enable the key, or ask for another one');
const keyState = () => refused("Cancel the key's deletion or import its key material, or ask for another key");
const keyMissing = (_facts, { region }) => refused(`See that the key's id or alias is right, and that it is in ${region}`);
const keyOptIn = () => refused('The account is not subscribed to KMS: ask AWS Support');
function byName(catalogue) {
    return new Map(Object.entries(catalogue));
}
const CATALOGUE = byName({
    LimitExceededException: limitExceeded,
    ThrottlingException: throttle,
    KMSThrottlingException: throttle,
    DependencyTimeoutException: () => unanswered,
    KMSInternalException: () => unanswered,
    ResourceInUseException: () => ({ trouble: 'busy', advice: '' }),
    ResourceNotFoundException: (_facts, { region, resource }) => ({
        trouble: 'missing',
        advice: `There is no such stream in ${region}${accountOf(resource)}: see that its name, the region and the credentials' account are right`
    }),
    NotFoundException: (_facts, { region }) => ({
        trouble: 'missing',
        advice: `See that the key's id or alias is right, and that it is in ${region}`
    }),
    InvalidArnException: () => ({ trouble: 'missing', advice: "See that the key's ARN is right" }),
    AccessDeniedException: denied,
    AccessDenied: denied,
    KMSAccessDeniedException: keyDenied,
    KMSDisabledException: keyDisabled,
    KMSInvalidStateException: keyState,
    KMSNotFoundException: keyMissing,
    KMSOptInRequired: keyOptIn,
    InvalidKMSResourceException: (facts, call) => (KEY_ERRORS.get(facts.innerCode) ?? (() => refused('')))(facts, call),
    InvalidArgumentException: (_facts, { action }) => refused(ARGUMENT_ADVICE.get(action) ?? ''),
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
const ARGUMENT_ADVICE = new Map([
    ['kinesis:StartStreamEncryption', 'See that the key is symmetric, for ENCRYPT_DECRYPT, and one that Kinesis may use'],
    [
        'firehose:StartDeliveryStreamEncryption',
        'See that the key is symmetric, that the source is Direct PUT, and that this configuration is not the one in force'
    ]
]);
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
function limitExceeded({ message }, { action }) {
    if (!/:Start/.test(action) || /rate exceeded|slow down|\brps\b|per second/i.test(message))
        return throttled;
    if (/\b500\b/.test(message)) {
        return refused('A key serves at most 500 delivery streams: ask for another key');
    }
    if (/\b25\b|24.?hour/i.test(message)) {
        return refused('A stream takes at most 25 changes in 24 hours: run again when the oldest of them is a day old');
    }
    return {
        trouble: 'limited',
        advice: "This is either the account's call rate, or the limit of 25 changes a stream in 24 hours (500 streams a key): run again later, at the latest in a day"
    };
}
function grantAdvice(message, { action, resource }) {
    return grantedBy(message) ?? `Grant ${action} on ${resource} to the role of this step`;
}
function grantedBy(message) {
    const [, action, resource] = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
    if (action === undefined)
        return null;
    if (action.startsWith('sts:'))
        return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
    return `Grant ${action}${resource === undefined ? '' : ` on ${resource}`} to the role of this step`;
}
function accountOf(resource) {
    const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1];
    return account === undefined ? '' : ` of account ${account}`;
}
function factsOf(error) {
    const message = text(property(error, 'message')) || String(error);
    return {
        code: briefly(text(property(error, 'name')) || 'Error', LONGEST_CODE),
        message: briefly(message.replace(HINT, '').replace(QUOTED_REQUEST, '…')),
        innerCode: text(property(error, 'code')),
        status: statusOf(error)
    };
}
const HINT = /\s*Deserialization error: to see the raw response.*$/s;
const QUOTED_REQUEST = /(?:\bauthorization['"]?\s*[:=]|\bAWS4-|\bx-amz-security-token).*$/is;
const LONGEST_CODE = 100;
function briefly(words, longest = 1_000) {
    return words.length > longest ? `${words.slice(0, longest)}…` : words;
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
function withoutPeriod(sentence) {
    return sentence.replace(/\.+$/, '');
}


/***/ }),

/***/ 6092:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   firehoseStreams: () => (/* binding */ firehoseStreams),
/* harmony export */   readDescription: () => (/* binding */ readDescription)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7442);
/* harmony import */ var _clients_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6933);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6762);



const SHORTEST_PAUSE_MS = 220;
const OLD_KEY_NEEDED_HOURS = 24;
function firehoseStreams(connection) {
    const { region } = connection.config;
    const reader = new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__/* .FirehoseClient */ .BZb(connection.config);
    reader.middlewareStack.use((0,_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .requestLog */ .Ml)('firehose', connection.debug));
    const writer = new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__/* .FirehoseClient */ .BZb({ ...connection.config, credentials: reader.config.credentials, maxAttempts: 1 });
    writer.middlewareStack.use((0,_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .requestLog */ .Ml)('firehose', connection.debug));
    return {
        shortestPauseMs: SHORTEST_PAUSE_MS,
        msAChange: 400,
        ready: async () => { },
        seenInFlight: async () => false,
        async look(stream, signal) {
            const call = callOn(stream, 'DescribeDeliveryStream', region);
            const { DeliveryStreamDescription: description } = await (0,_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .answer */ .ZF)(call, signal, (options) => reader.send(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__/* .DescribeDeliveryStreamCommand */ .dKK({ DeliveryStreamName: stream.name }), options));
            return readDescription((0,_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .held */ .yB)(call, description));
        },
        async start(stream, key, signal) {
            const input = { DeliveryStreamName: stream.name, DeliveryStreamEncryptionConfigurationInput: configuration(key) };
            writer.config.systemClockOffset = reader.config.systemClockOffset;
            await (0,_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .answer */ .ZF)(callOn(stream, 'StartDeliveryStreamEncryption', region), signal, (options) => writer.send(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__/* .StartDeliveryStreamEncryptionCommand */ .XmD(input), options));
        },
        async putRecord(stream, signal) {
            const input = { DeliveryStreamName: stream.name, Record: { Data: Buffer.from('stream-encryption\n') } };
            const { Encrypted } = await (0,_clients_js__WEBPACK_IMPORTED_MODULE_0__/* .answer */ .ZF)(callOn(stream, 'PutRecord', region), signal, (options) => reader.send(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__/* .PutRecordCommand */ .mYS(input), options));
            return Encrypted === true;
        }
    };
}
function configuration(key) {
    return key.type === 'aws-owned'
        ? { KeyType: 'AWS_OWNED_CMK' }
        : { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: key.id };
}
function callOn({ name, arn }, operation, region) {
    return { action: `firehose:${operation}`, resource: arn ?? `the delivery stream ${name}`, region };
}
function readDescription(description) {
    const encryption = description.DeliveryStreamEncryptionConfiguration;
    const key = encryption === undefined ? null : reportedKey(encryption);
    const status = encryption?.Status ?? (key === null ? 'DISABLED' : 'nothing');
    const look = {
        arn: description.DeliveryStreamARN ?? '',
        status,
        encrypted: 'unknown',
        key: null,
        failure: readFailure(encryption?.FailureDescription),
        source: null,
        oldKeyNeededHours: OLD_KEY_NEEDED_HOURS
    };
    const source = description.DeliveryStreamType ?? 'DirectPut';
    if (source !== 'DirectPut')
        return { ...look, phase: 'not-applicable', source };
    switch (description.DeliveryStreamStatus) {
        case 'CREATING':
            return { ...look, phase: 'changing' };
        case 'CREATING_FAILED':
            return { ...look, phase: 'not-created', failure: readFailure(description.FailureDescription) };
        case 'DELETING':
        case 'DELETING_FAILED':
            return { ...look, phase: 'deleting' };
    }
    switch (status) {
        case 'ENABLED':
            return { ...look, phase: 'final', encrypted: 'true', key };
        case 'DISABLED':
            return { ...look, phase: 'final', encrypted: 'false' };
        case 'ENABLING':
        case 'DISABLING':
            return { ...look, phase: 'changing' };
        case 'ENABLING_FAILED':
            return { ...look, phase: 'failed' };
        case 'DISABLING_FAILED':
            return key === null ? { ...look, phase: 'unclear' } : { ...look, phase: 'final', encrypted: 'true', key };
        default:
            return { ...look, phase: 'unclear' };
    }
}
function reportedKey({ KeyType, KeyARN }) {
    if (KeyType === undefined && KeyARN === undefined)
        return null;
    return { type: KEY_TYPES.get(KeyType ?? '') ?? null, id: KeyARN ?? '' };
}
const KEY_TYPES = new Map([
    ['AWS_OWNED_CMK', 'aws-owned'],
    ['CUSTOMER_MANAGED_CMK', 'customer-managed']
]);
function readFailure(failure) {
    if (failure === undefined)
        return null;
    const { Type: type = 'UNKNOWN_ERROR', Details: details = 'no details' } = failure;
    return {
        words: (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .briefly */ .m)(`${type}: ${details.replace(/\.+$/, '')}`),
        advice: FAILURE_ADVICE.get(type) ?? '',
        mayPass: MAY_PASS.has(type)
    };
}
const MAY_PASS = new Set(['CREATE_KMS_GRANT_FAILED', 'KMS_ACCESS_DENIED']);
const FAILURE_ADVICE = new Map(Object.entries({
    CREATE_KMS_GRANT_FAILED: "Grant kms:CreateGrant on the key to the role of this step, in its policy and in the key's; Firehose refuses a session older than 6 hours",
    KMS_ACCESS_DENIED: "Let the key's policy allow kms:CreateGrant, kms:GenerateDataKey and kms:Decrypt to the role of this step; Firehose refuses a session older than 6 hours",
    RETIRE_KMS_GRANT_FAILED: "Let the old key's policy allow kms:RetireGrant to the role of this step",
    DISABLED_KMS_KEY: 'Enable the key, or ask for another one',
    INVALID_KMS_KEY: 'Ask for a symmetric key for ENCRYPT_DECRYPT that is not pending deletion',
    KMS_KEY_NOT_FOUND: "See that the key exists, in the stream's region",
    KMS_OPT_IN_REQUIRED: 'The account is not subscribed to KMS: ask AWS Support'
}));


/***/ })

};
