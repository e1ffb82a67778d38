export const id = 15;
export const ids = [15,933];
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

/***/ 15:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   kinesisStreams: () => (/* binding */ kinesisStreams),
/* harmony export */   readSummary: () => (/* binding */ readSummary)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(289);
/* harmony import */ var _encryption_keys_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4929);
/* harmony import */ var _clients_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6933);



const SHORTEST_PAUSE_MS = 100;
function kinesisStreams(connection) {
    const { region } = connection.config;
    const reader = new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_2__/* .KinesisClient */ .qXI(connection.config);
    reader.middlewareStack.use((0,_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .requestLog */ .Ml)('kinesis', connection.debug));
    const writer = new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_2__/* .KinesisClient */ .qXI({ ...connection.config, credentials: reader.config.credentials, maxAttempts: 1 });
    writer.middlewareStack.use((0,_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .requestLog */ .Ml)('kinesis', connection.debug));
    return {
        shortestPauseMs: SHORTEST_PAUSE_MS,
        msAChange: 200,
        ready: async () => { },
        seenInFlight: async () => false,
        async look(stream, signal) {
            const call = callOn(stream, 'DescribeStreamSummary', region);
            const { StreamDescriptionSummary: summary } = await (0,_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .answer */ .ZF)(call, signal, (options) => reader.send(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_2__/* .DescribeStreamSummaryCommand */ .BiP(naming(stream)), options));
            return readSummary((0,_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .held */ .yB)(call, summary));
        },
        async start(stream, key, signal) {
            const input = { ...naming(stream), EncryptionType: 'KMS', KeyId: key.id };
            writer.config.systemClockOffset = reader.config.systemClockOffset;
            await (0,_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .answer */ .ZF)(callOn(stream, 'StartStreamEncryption', region), signal, (options) => writer.send(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_2__/* .StartStreamEncryptionCommand */ .$wF(input), options));
        },
        async putRecord(stream, signal) {
            const input = { ...naming(stream), PartitionKey: 'stream-encryption', Data: Buffer.from('stream-encryption') };
            const { EncryptionType } = await (0,_clients_js__WEBPACK_IMPORTED_MODULE_1__/* .answer */ .ZF)(callOn(stream, 'PutRecord', region), signal, (options) => reader.send(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_2__/* .PutRecordCommand */ .mYS(input), options));
            return EncryptionType === 'KMS';
        }
    };
}
function naming({ name, arn }) {
    return arn === null ? { StreamName: name } : { StreamARN: arn };
}
function callOn({ name, arn }, operation, region) {
    return { action: `kinesis:${operation}`, resource: arn ?? `the data stream ${name}`, region };
}
function readSummary(summary) {
    const status = summary.StreamStatus ?? 'nothing';
    const encrypted = ENCRYPTED.get(summary.EncryptionType ?? (summary.KeyId ? '' : 'NONE')) ?? 'unknown';
    const phase = PHASES.get(status) ?? 'unclear';
    return {
        arn: summary.StreamARN ?? '',
        status,
        phase: phase === 'final' && encrypted === 'unknown' ? 'unclear' : phase,
        encrypted,
        key: encrypted === 'true' && summary.KeyId ? reportedKey(summary.KeyId) : null,
        failure: null,
        source: null,
        oldKeyNeededHours: summary.RetentionPeriodHours ?? null
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
function reportedKey(id) {
    return { type: (0,_encryption_keys_js__WEBPACK_IMPORTED_MODULE_0__/* .isAwsAlias */ .c_)(id) ? 'aws-owned' : null, id };
}


/***/ })

};
