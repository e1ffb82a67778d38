export const id = 92;
export const ids = [92];
export const modules = {

/***/ 9245:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I7: () => (/* binding */ addMiddleware),
  IY: () => (/* binding */ callAws),
  mw: () => (/* binding */ required),
  vk: () => (/* binding */ withoutRetries)
});

// EXTERNAL MODULE: external "node:async_hooks"
var external_node_async_hooks_ = __webpack_require__(6698);
// EXTERNAL MODULE: ./lib/encryption/abort.js
var abort = __webpack_require__(5667);
// EXTERNAL MODULE: ./lib/encryption/services.js
var services = __webpack_require__(2641);
// EXTERNAL MODULE: ./lib/aws/error-facts.js
var error_facts = __webpack_require__(313);
;// CONCATENATED MODULE: ./lib/aws/errors.js


function serviceError(error, call) {
    const facts = (0,error_facts/* factsOf */.x)(error);
    const { trouble, advice } = entryFor(facts, call);
    const said = facts.message === '' ? facts.code : `${facts.code}: ${facts.message}`;
    const where = `${call.action} for ${call.resource} in ${call.region}`;
    const message = `${where}: ${withoutPeriod(said)}${advice === '' ? '' : `. ${advice}`}`;
    return new services/* ServiceError */._7(trouble, message, { cause: error });
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
const throttle = () => throttled;
const denied = (facts, call) => ({ trouble: 'denied', advice: grantAdvice(facts.message, call) });
const badCredentials = () => refused(CREDENTIALS_ADVICE);
const keyDenied = ({ message }, call) => {
    const actions = call.action.startsWith('firehose:') ? 'kms:CreateGrant, kms:DescribeKey' : 'kms:DescribeKey';
    return refused(`${grantedBy(message) ?? `Grant ${actions}, kms:GenerateDataKey and kms:Decrypt on the key to the role of this step`}, in its policy and in the key's`);
};
const keyDisabled = () => refused('Enable the key, or ask for another one');
const keyState = () => refused("Cancel the key's deletion or import its key material, or ask for another key");
const whichKey = ({ region }) => `See that the key's id or alias is right, and that it is in ${region}`;
const keyMissing = (_facts, call) => refused(whichKey(call));
const badArgument = (_facts, { action }) => refused(ARGUMENT_ADVICE.get(action) ?? '');
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
    NotFoundException: (_facts, call) => ({ trouble: 'missing', advice: whichKey(call) }),
    InvalidArnException: () => ({ trouble: 'missing', advice: "See that the key's ARN is right" }),
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
const ARGUMENT_ADVICE = new Map([
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
const LISTS = new Set(['kinesis:ListStreams', 'firehose:ListDeliveryStreams', 'tag:GetResources']);
function grantAdvice(message, { action, resource }) {
    return grantedBy(message) ?? `Grant ${action} on ${LISTS.has(action) ? '*' : resource} to the role of this step`;
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
function withoutPeriod(sentence) {
    return sentence.replace(/\.+$/, '');
}

;// CONCATENATED MODULE: ./lib/aws/calls.js




async function callAws(call, signal, send, yieldMs = 0) {
    signal.throwIfAborted();
    try {
        const answered = CALLS.run({ call, signal, yieldMs }, () => send({ abortSignal: signal }));
        return await (0,abort/* untilAborted */.E)(answered, signal);
    }
    catch (error) {
        signal.throwIfAborted();
        throw serviceError(error, call);
    }
}
const CALLS = new external_node_async_hooks_.AsyncLocalStorage();
function addMiddleware(client, service, { pace, debug }) {
    client.middlewareStack.use(turns(pace));
    client.middlewareStack.use(requestLog(service, debug));
}
function turns(pace) {
    const inTurn = (next) => async (request) => {
        const asked = CALLS.getStore();
        if (asked === undefined)
            return next(request);
        const { call, signal, yieldMs } = asked;
        await pace.turn(call.action, signal, yieldMs);
        try {
            return await next(request);
        }
        catch (error) {
            if (SLOW_DOWN.has(serviceError(error, call).trouble))
                pace.throttled(call.action);
            throw error;
        }
    };
    return {
        applyToStack: (stack) => stack.addRelativeTo(inTurn, { relation: 'after', toMiddleware: 'retryMiddleware', name: 'turns' })
    };
}
function withoutRetries() {
    const pass = (next) => next;
    return {
        applyToStack: (stack) => stack.add(pass, { name: 'retryMiddleware', step: 'finalizeRequest', priority: 'high', override: true })
    };
}
const SLOW_DOWN = new Set(['throttled', 'limited']);
function required(call, part) {
    if (part !== undefined)
        return part;
    throw new services/* ServiceError */._7('unanswered', `${call.action} for ${call.resource} in ${call.region}: an empty answer came`);
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

/***/ 313:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ briefly),
/* harmony export */   x: () => (/* binding */ factsOf)
/* harmony export */ });
function factsOf(error) {
    const code = briefly(text(property(error, 'name')) || 'Error', LONGEST_CODE);
    const said = (text(property(error, 'message')) || String(error)).replace(HINT, '').replace(QUOTED_REQUEST, '…');
    return {
        code,
        message: briefly(SIGNATURE.test(code) ? firstSentence(said) : said),
        innerCode: text(property(error, 'code')),
        status: statusOf(error)
    };
}
const HINT = /\s*Deserialization error: to see the raw response.*$/s;
const QUOTED_REQUEST = /(?:\bauthorization['"]?\s*[:=]|\bAWS4-|\bx-amz-security-token).*$/is;
const SIGNATURE = /signature/i;
const LONGEST_CODE = 100;
function briefly(words, longest = 1_000) {
    return words.length > longest ? `${words.slice(0, longest)}…` : words;
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

/***/ 6092:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   firehoseStreams: () => (/* binding */ firehoseStreams),
/* harmony export */   readDescription: () => (/* binding */ readDescription)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3415);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(445);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4285);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4337);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3790);
/* harmony import */ var _calls_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9245);
/* harmony import */ var _directory_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5006);
/* harmony import */ var _error_facts_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(313);




const SHORTEST_PAUSE_MS = 220;
const MS_A_CHANGE = 400;
const OLD_KEY_NEEDED_HOURS = 24;
const NAMES_A_PAGE = 10_000;
function firehoseStreams(connection) {
    const { region } = connection.config;
    const client = new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_1__/* .FirehoseClient */ .B(connection.config);
    (0,_calls_js__WEBPACK_IMPORTED_MODULE_0__/* .addMiddleware */ .I7)(client, 'firehose', connection);
    return {
        async names(after, signal) {
            const call = { action: 'firehose:ListDeliveryStreams', resource: 'all delivery streams', region };
            const start = after === null ? {} : { ExclusiveStartDeliveryStreamName: after };
            const page = await (0,_calls_js__WEBPACK_IMPORTED_MODULE_0__/* .callAws */ .IY)(call, signal, (options) => client.send(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__/* .ListDeliveryStreamsCommand */ .p({ ...start, Limit: NAMES_A_PAGE }), options));
            const names = (0,_calls_js__WEBPACK_IMPORTED_MODULE_0__/* .required */ .mw)(call, page.DeliveryStreamNames);
            return { items: names, next: (0,_directory_js__WEBPACK_IMPORTED_MODULE_3__/* .nextName */ .H)(page.HasMoreDeliveryStreams, names.at(-1), after) };
        },
        shortestPauseMs: SHORTEST_PAUSE_MS,
        msAChange: MS_A_CHANGE,
        ready: (signal) => connection.pace.reserve('firehose:DescribeDeliveryStream', signal),
        async look(stream, signal, yieldMs) {
            const call = callOn(stream, 'DescribeDeliveryStream', region);
            const { DeliveryStreamDescription: description } = await (0,_calls_js__WEBPACK_IMPORTED_MODULE_0__/* .callAws */ .IY)(call, signal, (options) => client.send(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_4__/* .DescribeDeliveryStreamCommand */ .d({ DeliveryStreamName: stream.name }), options), yieldMs);
            return readDescription((0,_calls_js__WEBPACK_IMPORTED_MODULE_0__/* .required */ .mw)(call, description));
        },
        glance: () => Promise.resolve(null),
        readyToStart: (signal) => connection.pace.reserve('firehose:StartDeliveryStreamEncryption', signal),
        async start(stream, key, signal) {
            const input = { DeliveryStreamName: stream.name, DeliveryStreamEncryptionConfigurationInput: configuration(key) };
            const command = new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_5__/* .StartDeliveryStreamEncryptionCommand */ .X(input);
            command.middlewareStack.use((0,_calls_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutRetries */ .vk)());
            await (0,_calls_js__WEBPACK_IMPORTED_MODULE_0__/* .callAws */ .IY)(callOn(stream, 'StartDeliveryStreamEncryption', region), signal, (options) => client.send(command, options));
        },
        async putRecord(stream, signal) {
            const input = { DeliveryStreamName: stream.name, Record: { Data: Buffer.from('stream-encryption\n') } };
            const { Encrypted } = await (0,_calls_js__WEBPACK_IMPORTED_MODULE_0__/* .callAws */ .IY)(callOn(stream, 'PutRecord', region), signal, (options) => client.send(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_6__/* .PutRecordCommand */ .m(input), options));
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
        words: (0,_error_facts_js__WEBPACK_IMPORTED_MODULE_7__/* .briefly */ .m)(`${type}: ${details.replace(/\.+$/, '')}`),
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
