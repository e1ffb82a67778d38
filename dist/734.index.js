export const id = 734;
export const ids = [734];
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

/***/ 6734:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  kinesisStreams: () => (/* binding */ kinesisStreams),
  readSummary: () => (/* binding */ readSummary)
});

// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-kinesis/dist-es/KinesisClient.js + 12 modules
var KinesisClient = __webpack_require__(1808);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-kinesis/dist-es/commands/ListStreamsCommand.js
var ListStreamsCommand = __webpack_require__(2168);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-kinesis/dist-es/commands/DescribeStreamSummaryCommand.js
var DescribeStreamSummaryCommand = __webpack_require__(110);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-kinesis/dist-es/commands/StartStreamEncryptionCommand.js
var StartStreamEncryptionCommand = __webpack_require__(1588);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-kinesis/dist-es/commands/PutRecordCommand.js
var PutRecordCommand = __webpack_require__(3475);
// EXTERNAL MODULE: ./lib/encryption/key-forms.js
var key_forms = __webpack_require__(32);
// EXTERNAL MODULE: ./lib/aws/calls.js + 1 modules
var calls = __webpack_require__(9245);
// EXTERNAL MODULE: ./lib/aws/directory.js
var directory = __webpack_require__(5006);
// EXTERNAL MODULE: ./lib/encryption/abort.js
var abort = __webpack_require__(5667);
// EXTERNAL MODULE: ./lib/encryption/services.js
var services = __webpack_require__(2641);
;// CONCATENATED MODULE: ./lib/aws/sweeps.js


const OFF_MS = 60_000;
const LONGEST_PAGE_MS = 5_000;
const QUICK_PAGES = 25;
function mostPages(waiting) {
    return Math.min(waiting - 1, Math.max(QUICK_PAGES, waiting / 4));
}
const nothing = () => null;
class Sweeps {
    #list;
    #clock;
    #last = null;
    #running = null;
    #pages = 1;
    #offUntilMs = Number.NEGATIVE_INFINITY;
    constructor(list, clock) {
        this.#list = list;
        this.#clock = clock;
    }
    async showsUpdating({ arn, name }, glance, signal) {
        const { sinceMs, waiting, withinMs } = glance;
        const over = new AbortController();
        const late = this.#clock.sleep(withinMs, over.signal).then(nothing, nothing);
        try {
            const sweep = await (0,abort/* untilAborted */.E)(Promise.race([this.#sweepSince(sinceMs, waiting), late]), signal);
            return sweep?.updating.has(arn ?? name) ?? false;
        }
        finally {
            over.abort();
        }
    }
    async #sweepSince(sinceMs, waiting) {
        for (;;) {
            if (this.#last !== null && this.#last.beganMs >= sinceMs)
                return this.#last;
            if (this.#pages > mostPages(waiting) || this.#clock.now() < this.#offUntilMs)
                return null;
            const running = this.#running ?? this.#begin(mostPages(waiting));
            const sweep = await running.sweep;
            if (sweep === null || running.beganMs >= sinceMs)
                return sweep;
        }
    }
    #begin(most) {
        const beganMs = this.#clock.now();
        const sweep = this.#sweep(beganMs, most).finally(() => {
            this.#running = null;
        });
        this.#running = { beganMs, sweep };
        return this.#running;
    }
    async #sweep(beganMs, most) {
        const updating = new Set();
        let inFlight = 0;
        let next = null;
        try {
            for (let pages = 1; pages <= most; pages++) {
                const page = await this.#page(next);
                for (const { arn, name, status } of page.items) {
                    if (status !== 'UPDATING')
                        continue;
                    updating.add(arn).add(name);
                    inFlight += 1;
                }
                next = page.next;
                if (next === null) {
                    this.#pages = pages;
                    this.#last = { beganMs, updating };
                    if (inFlight <= pages)
                        this.#offUntilMs = this.#clock.now() + OFF_MS;
                    return this.#last;
                }
            }
            this.#pages = 2 * most;
        }
        catch (error) {
            const denied = error instanceof services/* ServiceError */._7 && error.trouble === 'denied';
            this.#offUntilMs = denied ? Number.POSITIVE_INFINITY : this.#clock.now() + OFF_MS;
        }
        return null;
    }
    async #page(next) {
        const over = new AbortController();
        const late = this.#clock.sleep(LONGEST_PAGE_MS, over.signal).then(() => {
            throw new Error('The page did not come in time');
        });
        try {
            return await Promise.race([this.#list(next), late]);
        }
        finally {
            over.abort();
        }
    }
}

;// CONCATENATED MODULE: ./lib/aws/kinesis.js





const SHORTEST_PAUSE_MS = 100;
const MS_A_CHANGE = 200;
const UPDATING = 'UPDATING';
function kinesisStreams(connection) {
    const { region } = connection.config;
    const client = new KinesisClient/* KinesisClient */.q(connection.config);
    (0,calls/* addMiddleware */.I7)(client, 'kinesis', connection);
    const listing = { action: 'kinesis:ListStreams', resource: 'all data streams', region };
    const list = (after, signal) => {
        const input = after === null ? {} : { ExclusiveStartStreamName: after };
        return (0,calls/* callAws */.IY)(listing, signal, (options) => client.send(new ListStreamsCommand/* ListStreamsCommand */.b(input), options));
    };
    const sweeps = new Sweeps(async (after) => {
        const page = await list(after, connection.closed);
        const listed = (0,calls/* required */.mw)(listing, page.StreamSummaries).map(readListed);
        return { items: listed, next: (0,directory/* nextName */.H)(page.HasMoreStreams, listed.at(-1)?.name, after) };
    }, connection.clock);
    return {
        async names(after, signal) {
            const page = await list(after, signal);
            const names = (0,calls/* required */.mw)(listing, page.StreamNames);
            return { items: names, next: (0,directory/* nextName */.H)(page.HasMoreStreams, names.at(-1), after) };
        },
        shortestPauseMs: SHORTEST_PAUSE_MS,
        msAChange: MS_A_CHANGE,
        ready: (signal) => connection.pace.reserve('kinesis:DescribeStreamSummary', signal),
        async look(stream, signal, yieldMs) {
            const call = callOn(stream, 'DescribeStreamSummary', region);
            const { StreamDescriptionSummary: summary } = await (0,calls/* callAws */.IY)(call, signal, (options) => client.send(new DescribeStreamSummaryCommand/* DescribeStreamSummaryCommand */.B(naming(stream)), options), yieldMs);
            return readSummary((0,calls/* required */.mw)(call, summary));
        },
        async glance(stream, glance, signal) {
            return (await sweeps.showsUpdating(stream, glance, signal)) ? UPDATING : null;
        },
        readyToStart: (signal) => connection.pace.reserve('kinesis:StartStreamEncryption', signal),
        async start(stream, key, signal) {
            const input = { ...naming(stream), EncryptionType: 'KMS', KeyId: key.id };
            const command = new StartStreamEncryptionCommand/* StartStreamEncryptionCommand */.$(input);
            command.middlewareStack.use((0,calls/* withoutRetries */.vk)());
            await (0,calls/* callAws */.IY)(callOn(stream, 'StartStreamEncryption', region), signal, (options) => client.send(command, options));
        },
        async putRecord(stream, signal) {
            const input = { ...naming(stream), PartitionKey: 'stream-encryption', Data: Buffer.from('stream-encryption') };
            const { EncryptionType } = await (0,calls/* callAws */.IY)(callOn(stream, 'PutRecord', region), signal, (options) => client.send(new PutRecordCommand/* PutRecordCommand */.m(input), options));
            return EncryptionType === 'KMS';
        }
    };
}
function readListed({ StreamName: name = '', StreamARN: arn = '', StreamStatus: status }) {
    return { name, arn, status: status ?? '' };
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
    [UPDATING, 'changing'],
    ['ACTIVE', 'final'],
    ['DELETING', 'deleting']
]);
const ENCRYPTED = new Map([
    ['KMS', 'true'],
    ['NONE', 'false']
]);
function reportedKey(id) {
    return { type: (0,key_forms/* isAwsAlias */.c_)(id) ? 'aws-owned' : null, id };
}


/***/ })

};
