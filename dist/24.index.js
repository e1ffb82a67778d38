export const id = 24;
export const ids = [24];
export const modules = {

  9024:
  ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


__webpack_require__.d(__webpack_exports__, {
  ZF: () => (  answer),
  connect: () => (  connect),
  Fh: () => (  equip),
  yB: () => (  held),
  HW: () => (  nextName)
});


var external_node_async_hooks_ = __webpack_require__(6698);
var external_node_fs_ = __webpack_require__(3024);
var external_node_http_ = __webpack_require__(7067);
var external_node_https_ = __webpack_require__(4708);
var external_node_tls_ = __webpack_require__(1692);
var dist_cjs = __webpack_require__(1279);
var abort = __webpack_require__(5667);
var services = __webpack_require__(2641);
var errors = __webpack_require__(6762);
; 
const CALLS_A_SECOND = new Map([
    ['kinesis:DescribeStreamSummary', 20],
    ['kinesis:ListStreams', 5],
    ['kinesis:StartStreamEncryption', 5],
    ['firehose:DescribeDeliveryStream', 5],
    ['firehose:ListDeliveryStreams', 5],
    ['firehose:StartDeliveryStreamEncryption', 5]
]);
const ROOM = 1.06;
const CUT = 0.9;
const SHARE_REGAINED_A_SECOND = 0.02;
const CUT_ONCE_IN_MS = 1_000;
const RESERVED_FOR_MS = 1_000;
class Pace {
    #clock;
    #closed;
    #lanes = new Map();
    constructor(clock, closed) {
        this.#clock = clock;
        this.#closed = closed;
    }
    async turn(action, signal, yieldMs = 0) {
        signal.throwIfAborted();
        await this.#lane(action)?.turn(signal, yieldMs);
    }
    async reserve(action, signal) {
        signal.throwIfAborted();
        await this.#lane(action)?.reserve(signal);
    }
    throttled(action) {
        this.#lane(action)?.slowDown();
    }
    #lane(action) {
        const rate = CALLS_A_SECOND.get(action);
        if (rate === undefined)
            return undefined;
        const lane = this.#lanes.get(action) ?? new Lane(rate, this.#clock, this.#closed);
        this.#lanes.set(action, lane);
        return lane;
    }
}
class Lane {
    #clock;
    #closed;
    #pauseMs;
    #waiting = [];
    #open = false;
    #reservedMs = [];
    #freeAtMs = Number.NEGATIVE_INFINITY;
    #share = 1;
    #shareAtMs = 0;
    #cutAtMs = Number.NEGATIVE_INFINITY;
    constructor(rate, clock, closed) {
        this.#clock = clock;
        this.#closed = closed;
        this.#pauseMs = (1_000 / rate) * ROOM;
    }
    async turn(signal, yieldMs) {
        while (this.#reservedMs.length > 0) {
            const reservedMs = this.#reservedMs.shift() ?? 0;
            if (this.#clock.now() - reservedMs < RESERVED_FOR_MS)
                return;
        }
        await this.#wait(signal, yieldMs);
    }
    async reserve(signal) {
        await this.#wait(signal, 0);
        this.#reservedMs.push(this.#clock.now());
    }
    slowDown() {
        const now = this.#clock.now();
        if (now - this.#cutAtMs < CUT_ONCE_IN_MS)
            return;
        this.#share = this.#shareNow() * CUT;
        this.#shareAtMs = now;
        this.#cutAtMs = now;
    }
    #shareNow() {
        return Math.min(1, this.#share + ((this.#clock.now() - this.#shareAtMs) / 1_000) * SHARE_REGAINED_A_SECOND);
    }
    #wait(signal, yieldMs) {
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
        if (!this.#open)
            void this.#handOut();
        return promise;
    }
    async #handOut() {
        this.#open = true;
        while (this.#waiting.length > 0 && !this.#closed.aborted) {
            const pauseMs = this.#freeAtMs - this.#clock.now();
            if (pauseMs <= 0) {
                this.#freeAtMs = this.#clock.now() + this.#pauseMs / this.#shareNow();
                this.#waiting.shift()?.go();
            }
            else {
                await this.#clock.sleep(pauseMs, this.#closed).catch(() => {
                });
            }
        }
        this.#open = false;
    }
}

; 










const VERSION = '1.0.0';
const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
function connect({ region, env, clock, debug, requestTimeoutMs = REQUEST_TIMEOUT_MS }) {
    const bundle = env.AWS_CA_BUNDLE;
    const ca = bundle ? { ca: [...(0,external_node_tls_.getCACertificates)('default'), readBundle(bundle)] } : {};
    const requestHandler = new dist_cjs.NodeHttpHandler({
        httpAgent: new external_node_http_.Agent({ keepAlive: true, proxyEnv: env }),
        httpsAgent: new external_node_https_.Agent({ keepAlive: true, proxyEnv: env, ...ca }),
        connectionTimeout: CONNECT_TIMEOUT_MS,
        requestTimeout: requestTimeoutMs,
        socketTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true
    });
    const customUserAgent = [['stream-encryption', VERSION]];
    if (env.GITHUB_RUN_ID)
        customUserAgent.push(['run', env.GITHUB_RUN_ID]);
    const closing = new AbortController();
    const close = () => {
        closing.abort();
        requestHandler.destroy();
    };
    const pace = new Pace(clock, closing.signal);
    return { config: { region, requestHandler, customUserAgent }, clock, pace, debug, closed: closing.signal, close };
}
function readBundle(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch (cause) {
        throw new Error(`AWS_CA_BUNDLE names ${file}, which cannot be read: ${cause}`, { cause });
    }
}
async function answer(call, signal, send, yieldMs = 0) {
    signal.throwIfAborted();
    try {
        const answered = CALLS.run({ call, signal, yieldMs }, () => send({ abortSignal: signal }));
        return await (0,abort .E)(answered, signal);
    }
    catch (error) {
        signal.throwIfAborted();
        throw (0,errors .c)(error, call);
    }
}
const CALLS = new external_node_async_hooks_.AsyncLocalStorage();
function equip(client, service, { pace, debug }) {
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
            if (SLOW_DOWN.has((0,errors .c)(error, call).trouble))
                pace.throttled(call.action);
            throw error;
        }
    };
    return {
        applyToStack: (stack) => stack.addRelativeTo(inTurn, { relation: 'after', toMiddleware: 'retryMiddleware', name: 'turns' })
    };
}
const SLOW_DOWN = new Set(['throttled', 'limited']);
function held(call, part) {
    if (part !== undefined)
        return part;
    throw new services ._7('unanswered', `${call.action} for ${call.resource} in ${call.region}: an empty answer came`);
}
function nextName(hasMore, last, after) {
    return hasMore && last !== undefined && last !== after ? last : null;
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


  }),

  6762:
  ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

  __webpack_require__.d(__webpack_exports__, {
    c: () => (  serviceError),
    m: () => (  briefly)
  });
  var _encryption_services_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2641);

function serviceError(error, call) {
    const facts = factsOf(error);
    const { trouble, advice } = entryFor(facts, call);
    const words = SIGNATURE.test(facts.code) ? firstSentence(facts.message) : facts.message;
    const said = words === '' ? facts.code : `${facts.code}: ${words}`;
    const where = `${call.action} for ${call.resource} in ${call.region}`;
    const message = `${where}: ${withoutPeriod(said)}${advice === '' ? '' : `. ${advice}`}`;
    return new _encryption_services_js__WEBPACK_IMPORTED_MODULE_0__  ._7(trouble, message, { cause: error });
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


  })

};
