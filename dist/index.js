import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 5006:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ nextName),
/* harmony export */   y: () => (/* binding */ directory)
/* harmony export */ });
function directory(connection, streams) {
    let tagged;
    return {
        async names(kind, next, signal) {
            return (await streams(kind)).names(next, signal);
        },
        async tagged(kinds, tags, next, signal) {
            tagged ??= Promise.all(/* import() */[__nccwpck_require__.e(210), __nccwpck_require__.e(676), __nccwpck_require__.e(515)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4515)).then(({ taggedStreams }) => taggedStreams(connection));
            return (await tagged)(kinds, tags, next, signal);
        }
    };
}
function nextName(hasMore, last, after) {
    return hasMore && last !== undefined && last !== after ? last : null;
}


/***/ }),

/***/ 5667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ untilAborted)
/* harmony export */ });
async function untilAborted(promise, signal) {
    const aborted = Promise.withResolvers();
    const onAbort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted)
        onAbort();
    try {
        return await Promise.race([aborted.promise, promise]);
    }
    finally {
        signal.removeEventListener('abort', onAbort);
    }
}


/***/ }),

/***/ 32:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ew: () => (/* binding */ isKinesisAwsAlias),
/* harmony export */   Qr: () => (/* binding */ certainArn),
/* harmony export */   Tw: () => (/* binding */ isCustomerAlias),
/* harmony export */   U: () => (/* binding */ keyForm),
/* harmony export */   We: () => (/* binding */ KINESIS_AWS_ALIAS),
/* harmony export */   _A: () => (/* binding */ arnInHome),
/* harmony export */   c_: () => (/* binding */ isAwsAlias),
/* harmony export */   lt: () => (/* binding */ homeOf)
/* harmony export */ });
const KINESIS_AWS_ALIAS = 'alias/aws/kinesis';
function homeOf(streamArn) {
    const [, partition = '', , region = '', accountId = ''] = streamArn.split(':');
    return { partition, region, accountId };
}
const ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|(alias\/[A-Za-z0-9/_-]+))$/;
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f-]{32,36})$/i;
const ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;
function keyForm(text) {
    const arn = ARN.exec(text);
    if (arn)
        return { form: arn[2] ? 'alias-arn' : 'arn', region: arn[1] ?? null, alias: arn[2] ?? null };
    if (ID.test(text))
        return { form: 'id', region: null, alias: null };
    if (ALIAS.test(text))
        return { form: 'alias', region: null, alias: text };
    return null;
}
function isAwsAlias(text) {
    return keyForm(text)?.alias?.startsWith('alias/aws/') ?? false;
}
function isKinesisAwsAlias(text, { partition, region, accountId }) {
    return text === KINESIS_AWS_ALIAS || text === `arn:${partition}:kms:${region}:${accountId}:${KINESIS_AWS_ALIAS}`;
}
function isCustomerAlias(text) {
    return keyForm(text)?.alias?.startsWith('alias/aws/') === false;
}
function certainArn(text, home) {
    const form = keyForm(text)?.form;
    if (form === 'arn')
        return text;
    if (form === 'id')
        return `arn:${home.partition}:kms:${home.region}:${home.accountId}:key/${text.toLowerCase()}`;
    return null;
}
function arnInHome(text, home) {
    const form = keyForm(text)?.form;
    if (form === 'alias')
        return `arn:${home.partition}:kms:${home.region}:${home.accountId}:${text}`;
    return certainArn(text, home) ?? text;
}


/***/ }),

/***/ 2641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GA: () => (/* binding */ TimedOut),
/* harmony export */   _7: () => (/* binding */ ServiceError),
/* harmony export */   cJ: () => (/* binding */ Cancelled)
/* harmony export */ });
class ServiceError extends Error {
    trouble;
    constructor(trouble, message, options) {
        super(message, options);
        this.name = 'ServiceError';
        this.trouble = trouble;
    }
}
class TimedOut extends Error {
    name = 'TimedOut';
}
class Cancelled extends Error {
    name = 'Cancelled';
}


/***/ }),

/***/ 1572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ STREAM_NAMES),
/* harmony export */   s: () => (/* binding */ readStreamArn)
/* harmony export */ });
/* harmony import */ var _key_forms_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(32);

const STREAM_NAMES = {
    kinesis: /^[a-zA-Z0-9_.-]{1,128}$/,
    firehose: /^[a-zA-Z0-9_.-]{1,64}$/
};
const ARN = /^arn:aws[a-z-]*:(?:(kinesis):[a-z0-9-]+:\d{12}:stream|(firehose):[a-z0-9-]+:\d{12}:deliverystream)\/(.*)$/;
function readStreamArn(arn) {
    const [, kinesis, firehose, name = ''] = ARN.exec(arn) ?? [];
    const kind = kinesis ? 'kinesis' : firehose ? 'firehose' : null;
    if (kind === null || !STREAM_NAMES[kind].test(name))
        return null;
    return { stream: { kind, name, arn }, region: (0,_key_forms_js__WEBPACK_IMPORTED_MODULE_0__/* .homeOf */ .lt)(arn).region };
}


/***/ }),

/***/ 5691:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _main_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6579);

await (0,_main_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .e)();
setTimeout(() => process.exit(), 500).unref();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 6579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./lib/aws/directory.js
var directory = __nccwpck_require__(5006);
;// CONCATENATED MODULE: ./lib/aws/aws.js

async function openAws(surroundings) {
    const { connect } = await Promise.all(/* import() */[__nccwpck_require__.e(210), __nccwpck_require__.e(24)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9024));
    const connection = connect(surroundings);
    const services = new Map();
    const streams = (kind) => {
        const service = services.get(kind) ?? serviceOf(kind, connection);
        services.set(kind, service);
        return service;
    };
    let kms;
    return {
        streams,
        keys: {
            async describe(id, signal) {
                kms ??= Promise.all(/* import() */[__nccwpck_require__.e(210), __nccwpck_require__.e(676), __nccwpck_require__.e(529), __nccwpck_require__.e(476)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4476)).then(({ kmsKeys }) => kmsKeys(connection));
                return (await kms).describe(id, signal);
            }
        },
        directory: (0,directory/* directory */.y)(connection, streams),
        close: () => connection.close()
    };
}
async function serviceOf(kind, connection) {
    if (kind === 'kinesis')
        return (await Promise.all(/* import() */[__nccwpck_require__.e(210), __nccwpck_require__.e(676), __nccwpck_require__.e(759), __nccwpck_require__.e(51), __nccwpck_require__.e(734)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6734))).kinesisStreams(connection);
    return (await Promise.all(/* import() */[__nccwpck_require__.e(210), __nccwpck_require__.e(676), __nccwpck_require__.e(696), __nccwpck_require__.e(92)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6092))).firehoseStreams(connection);
}
async function profileRegion() {
    const { configuredRegion } = await Promise.all(/* import() */[__nccwpck_require__.e(210), __nccwpck_require__.e(676), __nccwpck_require__.e(529), __nccwpck_require__.e(476)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4476));
    return configuredRegion();
}

;// CONCATENATED MODULE: ./lib/aws/console.js
const HOSTS = new Map([
    ['aws-cn', 'console.amazonaws.cn'],
    ['aws-us-gov', 'console.amazonaws-us-gov.com']
]);
function consoleUrl(stream) {
    const partition = stream.arn?.split(':')[1] ?? 'aws';
    const region = encodeURIComponent(stream.region);
    const name = encodeURIComponent(stream.name.toWellFormed());
    const page = stream.kind === 'kinesis' ? `#/streams/details/${name}` : `#/details/${name}`;
    return `https://${region}.${HOSTS.get(partition) ?? 'console.aws.amazon.com'}/${stream.kind}/home?region=${region}${page}/monitoring`;
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./lib/clock.js

const systemClock = {
    now: () => performance.now(),
    sleep: (ms, signal) => (0,promises_namespaceObject.setTimeout)(ms, undefined, { signal })
};

// EXTERNAL MODULE: ./lib/encryption/key-forms.js
var key_forms = __nccwpck_require__(32);
;// CONCATENATED MODULE: ./lib/encryption/model.js
const KINDS = ['kinesis', 'firehose'];
const MODES = ['encrypt', 'plan', 'check'];
const OUTCOMES = [
    'failed',
    'timed-out',
    'cancelled',
    'non-compliant',
    'not-applicable',
    'skipped',
    'planned',
    'started',
    'rekeyed',
    'enabled',
    'unchanged',
    'compliant'
];
const PROVED = new Set(['enabled', 'rekeyed']);
const ENDED_BADLY = new Set([
    'failed',
    'timed-out',
    'cancelled',
    'non-compliant',
    'not-applicable'
]);
function endedWell({ outcome, named }) {
    return !ENDED_BADLY.has(outcome) || (outcome === 'not-applicable' && !named);
}

;// CONCATENATED MODULE: ./lib/encryption/words.js

const TYPE_WORDS = {
    'aws-owned': 'the AWS owned key',
    'customer-managed': 'a customer managed key'
};
function keyInWords(key) {
    if (key === null)
        return 'a key that the service does not name';
    if (key.id !== '')
        return key.id;
    return key.type === null ? 'a key that the service does not name' : TYPE_WORDS[key.type];
}
function lookInWords({ status, phase, encrypted, key }) {
    if (key !== null)
        return `${status}, encrypted with ${keyInWords(key)}`;
    return phase === 'final' && encrypted === 'false' ? `${status}, not encrypted` : status;
}
function firstFew(texts) {
    const few = texts.slice(0, FEW).join(', ');
    return texts.length > FEW ? `${few} and ${texts.length - FEW} more` : few;
}
const FEW = 5;
function thrownInWords(cause) {
    return cause instanceof Error ? cause.message : String(cause);
}
function inUtc(moment) {
    return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
function requestInWords({ region, mode, selection, asked, from }) {
    const { kinds } = selection;
    const parts = [region, `mode ${mode}`, selectionInWords(selection), `asked: ${askedInWords(asked, kinds)}`];
    if (from !== null)
        parts.push(`moved from: ${firstFew(from.map((key) => oldKeyInWords(key, kinds)))}`);
    return parts.join(' · ');
}
function selectionInWords({ kinds, choices, tags }) {
    const parts = [kinds.join(' and ')];
    if (choices.length > 0)
        parts.push(firstFew(choices.map(choiceInWords)));
    if (tags.length > 0)
        parts.push(`tagged ${firstFew(tags.map(tagInWords))}`);
    return parts.join(' ');
}
function choiceInWords(choice) {
    return choice.by === 'glob' ? choice.glob : (choice.stream.arn ?? choice.stream.name);
}
function tagInWords({ key, value }) {
    return value === null ? `${key} (any value)` : `${key}=${value}`;
}
function askedInWords(asked, kinds) {
    switch (asked.which) {
        case 'any':
            return 'any key';
        case 'one':
            return asked.mustBeCustomerManaged ? `customer managed key ${asked.id}` : `key ${asked.id}`;
        case 'aws-owned':
            return awsKeyInWords(kinds);
        case 'customer-managed':
            return TYPE_WORDS[asked.which];
        case 'approved':
            return `one of ${firstFew(asked.ids)}`;
    }
}
function oldKeyInWords(key, kinds) {
    if (key === 'any')
        return 'any key';
    return key === 'aws-owned' ? awsKeyInWords(kinds) : key.id;
}
function awsKeyInWords(kinds) {
    if (!kinds.includes('firehose'))
        return `the AWS managed key ${key_forms/* KINESIS_AWS_ALIAS */.We}`;
    return kinds.includes('kinesis') ? 'the AWS key of each service' : TYPE_WORDS['aws-owned'];
}

;// CONCATENATED MODULE: ./lib/encryption/aftercare.js



const LONGEST_RETENTION_HOURS = 8_760;
function aftercare(ended) {
    return [...keepOldKeys(ended), ...permissionsNeeded(ended.map(({ result }) => result))];
}
function oldKeyNeed({ result, endedAt }) {
    const { kind, previousKey: key, oldKeyNeededHours: hours } = result;
    if (!tookOrMayTakeEffect(result) || key === null || key.type === 'aws-owned' || hours === null)
        return null;
    const until = new Date(endedAt.getTime() + Math.min(hours, LONGEST_RETENTION_HOURS) * 3_600_000);
    const why = kind === 'kinesis'
        ? `the retention period of ${hours} h, for which records stay encrypted with it`
        : `the ${hours} h for which Firehose keeps records that it could not decrypt`;
    return { key, until, why };
}
function keepOldKeys(ended) {
    const needs = ended.flatMap((one) => {
        const need = oldKeyNeed(one);
        return need === null ? [] : [{ ...need, name: keyName(need.key, one.result) }];
    });
    const longestFirst = needs.toSorted((one, other) => other.until.getTime() - one.until.getTime());
    return [...Map.groupBy(longestFirst, ({ name }) => name)].flatMap(([name, [longest, ...others]]) => {
        if (longest === undefined)
            return [];
        const old = (0,key_forms/* isCustomerAlias */.Tw)(longest.key.id) ? `each key that ${name} has pointed to` : `the old key ${name}`;
        const streams = `${others.length + 1} streams were encrypted with it, and one of them needs it until then`;
        const why = others.length === 0 ? longest.why : streams;
        return [`Keep ${old} enabled until ${inUtc(longest.until)} at least: ${why}.`];
    });
}
function keyName(key, { arn }) {
    return arn === null ? keyInWords(key) : (0,key_forms/* arnInHome */._A)(keyInWords(key), (0,key_forms/* homeOf */.lt)(arn));
}
function permissionsNeeded(results) {
    const sentences = results.filter(tookOrMayTakeEffect).flatMap(({ kind, changedTo }) => {
        if (changedTo === null || changedTo.type === 'aws-owned')
            return [];
        const key = keyInWords(changedTo);
        return kind === 'kinesis'
            ? [`Producers need kms:GenerateDataKey on ${key} for a data stream; consumers need kms:Decrypt.`]
            : [`Producers need kms:GenerateDataKey and kms:Decrypt on ${key} for a delivery stream.`];
    });
    return [...new Set(sentences)];
}
function tookOrMayTakeEffect({ changed, outcome, inFlight, key, changedTo }) {
    const isInForce = key !== null && changedTo !== null && key.id === changedTo.id;
    return changed && (PROVED.has(outcome) || inFlight || isInForce);
}

;// CONCATENATED MODULE: ./lib/encryption/keys.js

function knownKey(reported, lookup, home) {
    const key = {
        ...reported,
        arn: (0,key_forms/* certainArn */.Qr)(reported.id, home),
        viaAlias: (0,key_forms/* isCustomerAlias */.Tw)(reported.id),
        problem: null,
        doubt: null
    };
    switch (lookup?.answer) {
        case 'found':
            return { ...key, type: reported.type ?? lookup.key.type, arn: lookup.key.arn, problem: unusable(lookup.key) };
        case 'missing':
            return { ...key, type: reported.type ?? 'customer-managed', problem: lookup.why };
        case 'denied':
            return { ...key, doubt: lookup.why };
        default:
            return key;
    }
}
function awsTarget(kind) {
    return { toSet: { type: 'aws-owned', id: kind === 'kinesis' ? key_forms/* KINESIS_AWS_ALIAS */.We : '' }, arn: null, problem: null };
}
function resolveTarget(asked, kind, lookup, home) {
    const managed = `the key-id "${asked.id}" is an AWS managed key`;
    const notForFirehose = {
        unresolved: `${managed}, which Firehose does not take: ask for key-type aws-owned without key-id`
    };
    if ((0,key_forms/* isAwsAlias */.c_)(asked.id) && kind === 'firehose')
        return notForFirehose;
    if ((0,key_forms/* isKinesisAwsAlias */.Ew)(asked.id, home))
        return awsTarget(kind);
    if ((0,key_forms/* isAwsAlias */.c_)(asked.id))
        return { unresolved: `${managed} of another account` };
    if (lookup.answer === 'found') {
        const { key } = lookup;
        if (key.type === 'aws-owned' && asked.mustBeCustomerManaged) {
            return { unresolved: `${managed}, but key-type asks for customer-managed` };
        }
        if (key.type === 'aws-owned' && kind === 'firehose')
            return notForFirehose;
        return { toSet: { type: key.type, id: key.arn }, arn: key.arn, problem: unsuitable(key, home) };
    }
    const arn = (0,key_forms/* certainArn */.Qr)(asked.id, home);
    if (lookup.answer === 'missing' || arn === null)
        return { unresolved: lookup.why };
    const type = kind === 'firehose' || asked.mustBeCustomerManaged ? 'customer-managed' : null;
    return { toSet: { type, id: arn }, arn, problem: null };
}
function compareKeys(inForce, target) {
    if (target.arn === null) {
        if (inForce.type === null)
            return 'unknown';
        return inForce.type === target.toSet.type ? 'same' : 'other';
    }
    if (inForce.arn !== null)
        return inForce.arn === target.arn ? 'same' : 'other';
    if (inForce.problem !== null)
        return 'other';
    if (inForce.type === 'aws-owned' && target.toSet.type === 'customer-managed')
        return 'other';
    return 'unknown';
}
const WORKING_STATES = new Set(['Enabled', 'Updating']);
function unusable(key) {
    if (key.enabled && WORKING_STATES.has(key.state))
        return null;
    switch (key.state) {
        case 'Disabled':
            return `the key ${key.arn} is disabled: enable it`;
        case 'PendingDeletion':
        case 'PendingReplicaDeletion':
            return `the key ${key.arn} is pending deletion: cancel its deletion, or ask for another key`;
        case 'PendingImport':
            return `the key ${key.arn} waits for its key material (PendingImport): import it, or ask for another key`;
        default:
            return `the key ${key.arn} is in the state ${key.state} and cannot be used now`;
    }
}
function unsuitable(key, home) {
    const { region } = (0,key_forms/* homeOf */.lt)(key.arn);
    if (region !== home.region) {
        return `the key ${key.arn} is in ${region}, but the stream is in ${home.region}: ask for a key of the stream's region`;
    }
    if (key.usage !== null && key.usage !== 'ENCRYPT_DECRYPT') {
        return `the key ${key.arn} is for ${key.usage}: a stream needs a symmetric key for ENCRYPT_DECRYPT`;
    }
    if (key.spec !== null && key.spec !== 'SYMMETRIC_DEFAULT') {
        return `the key ${key.arn} is asymmetric (${key.spec}): a stream needs a symmetric key`;
    }
    return unusable(key);
}

// EXTERNAL MODULE: ./lib/encryption/services.js
var services = __nccwpck_require__(2641);
;// CONCATENATED MODULE: ./lib/encryption/timing.js

const LONGEST_PAUSE_MS = 5_000;
const JITTER = 0.1;
function pauseBeforeLook(waitedMs, leftMs, shortestMs, random) {
    const wide = Math.min(Math.max(waitedMs / 10, shortestMs), LONGEST_PAUSE_MS / (1 + JITTER));
    return Math.min(jittered(wide, random), Math.max(leftMs / 2, shortestMs));
}
const LONGEST_YIELD_MS = 120_000;
function lookMayYield(leftMs) {
    return Math.min(leftMs / 4, LONGEST_YIELD_MS);
}
function pauseBeforeRetry(failures, random) {
    return jittered(Math.min(100 * 2 ** failures, LONGEST_PAUSE_MS / (1 + JITTER)), random);
}
function jittered(ms, random) {
    return ms * (1 - JITTER + 2 * JITTER * random);
}
function startDeadline(clock, ms, cancelled) {
    const timer = new AbortController();
    const over = new AbortController();
    clock.sleep(ms, timer.signal).then(() => over.abort(new services/* TimedOut */.GA()), () => {
    });
    return {
        at: clock.now() + ms,
        signal: AbortSignal.any([cancelled, over.signal]),
        stop: () => {
            timer.abort();
            over.abort();
        }
    };
}

;// CONCATENATED MODULE: ./lib/encryption/patience.js


const PASSING = new Set(['throttled', 'unanswered']);
const PASSING_FOR_A_WRITE = new Set(['throttled']);
const TRIES_AT_A_LIMIT = 3;
async function patiently(call, { clock, random, signal, onTrouble }, passing = PASSING) {
    let limited = 0;
    for (let failures = 1;; failures++) {
        try {
            return await call(signal);
        }
        catch (error) {
            if (!(error instanceof services/* ServiceError */._7))
                throw error;
            const triesAgain = error.trouble === 'limited' ? ++limited < TRIES_AT_A_LIMIT : passing.has(error.trouble);
            onTrouble(error, triesAgain);
            if (!triesAgain)
                throw error;
        }
        await clock.sleep(pauseBeforeRetry(failures, random()), signal);
    }
}

;// CONCATENATED MODULE: ./lib/encryption/named-keys.js

function namedKey(id, lookup, home) {
    if (lookup?.answer === 'found')
        return { id, type: lookup.key.type, arn: lookup.key.arn, lookup };
    return { id, type: typeOfAlias(id), arn: (0,key_forms/* certainArn */.Qr)(id, home), lookup };
}
function typeOfAlias(id) {
    if ((0,key_forms/* isAwsAlias */.c_)(id))
        return 'aws-owned';
    return (0,key_forms/* isCustomerAlias */.Tw)(id) ? 'customer-managed' : null;
}
function compareNamed(inForce, named, home) {
    if (inForce.arn !== null && named.arn !== null)
        return inForce.arn === named.arn ? 'same' : 'other';
    if (((0,key_forms/* keyForm */.U)(named.id)?.region ?? home.region) !== home.region)
        return 'other';
    if ((inForce.arn === null && inForce.problem !== null) || named.lookup?.answer === 'missing')
        return 'other';
    if (inForce.type !== null && named.type !== null && inForce.type !== named.type)
        return 'other';
    if (inForce.type === 'aws-owned' && inForce.id === '')
        return 'other';
    if (inForce.type === 'aws-owned' && (0,key_forms/* isAwsAlias */.c_)(named.id))
        return (0,key_forms/* isKinesisAwsAlias */.Ew)(named.id, home) ? 'same' : 'other';
    return 'unknown';
}
function compareOld(inForce, old, target, home) {
    if (old === 'any')
        return 'same';
    if (old === 'aws-owned')
        return inForce.type === null ? 'unknown' : inForce.type === old ? 'same' : 'other';
    if ((0,key_forms/* arnInHome */._A)(inForce.id, home) === (0,key_forms/* arnInHome */._A)(old.id, home))
        return 'same';
    if (old.arn !== null && old.arn === target.arn)
        return 'other';
    return compareNamed(inForce, old, home);
}
function doubtsOver(inForce, named) {
    const denied = named.flatMap(({ lookup }) => (lookup?.answer === 'denied' ? [lookup.why] : []));
    const doubts = new Set(inForce?.doubt ? [inForce.doubt, ...denied] : denied);
    return doubts.size === 0 ? null : [...doubts].join('; ');
}

;// CONCATENATED MODULE: ./lib/encryption/plan.js




function planChange({ stream, named }, state, wanted) {
    const obstacle = whyNoEncryption(state, named);
    if (obstacle !== null)
        return obstacle;
    switch (wanted.which) {
        case 'any':
            return planAnyKey(stream.kind, state);
        case 'customer-managed':
        case 'approved':
            return fail(`${wanted.which} is for checking: it needs a key-id to encrypt with`);
        case 'unresolved':
            return fail(wanted.why);
        case 'target': {
            const { target, from } = wanted;
            if (isProof(state, target)) {
                return leave(state.key, state.key?.id === target.toSet.id ? '' : `, which is ${keyInWords(target.toSet)}`);
            }
            const reason = from === null ? whyNotByPattern(state, target, named) : whyNotOff(from, state, target);
            return reason ?? planTarget(state, target);
        }
    }
}
function planAnyKey(kind, state) {
    if (state.phase !== 'final')
        return fail(`${unclear(state)}: name a key-type or key-id to put one in force`);
    return state.encrypted === 'false' ? change(awsTarget(kind), 'not encrypted') : leave(state.key, '');
}
function whyNotByPattern(state, target, named) {
    if (named || isPlainlyUnencrypted(state))
        return null;
    if (state.phase !== 'final')
        return fail(`${unclear(state)}: ${NAME_IT}, or give from-key-id any`);
    const { key } = state;
    if (key?.type === 'aws-owned')
        return null;
    const match = key === null ? 'unknown' : compareKeys(key, target);
    if (match === 'same')
        return null;
    if (match === 'unknown' || key?.type !== 'customer-managed') {
        return fail(`${cannotTell(key, 'another customer key')}: ${NAME_IT}, or give this key as from-key-id`);
    }
    const stands = `encrypted with ${keyInWords(key)}, another customer key`;
    return skip(`the stream is ${stands}, and a glob or tags chose it: left as it is`, [
        `left ${stands}, as a glob or tags alone take no stream off it: ${NAME_IT}, or give this key as from-key-id`
    ]);
}
const NAME_IT = 'name the stream exactly';
function whyNotOff(olds, state, target) {
    if (isPlainlyUnencrypted(state))
        return skip('the stream is not encrypted: there is no key to move it off');
    if (olds.includes('any'))
        return null;
    if (state.phase !== 'final')
        return fail(`${unclear(state)}: give from-key-id any to change it all the same`);
    const { key } = state;
    const matches = olds.map((old) => (key === null ? 'unknown' : compareOld(key, old, target, (0,key_forms/* homeOf */.lt)(state.arn))));
    if (matches.includes('same'))
        return null;
    if (matches.includes('unknown')) {
        const named = olds.filter((old) => typeof old !== 'string');
        return fail(cannotTell(key, 'one of from-key-id', named));
    }
    return skip(`the stream is encrypted with ${keyInWords(key)}, which is no key of from-key-id: left as it is`);
}
function planTarget(state, target) {
    if (state.phase !== 'final')
        return change(target, `in the state ${state.status}${because(state.failure?.words)}`);
    if (state.encrypted === 'false')
        return change(target, 'not encrypted');
    const { key } = state;
    if (key?.viaAlias) {
        return change(target, `encrypted through ${key.id}, an alias, which may have been repointed and so proves no key`);
    }
    if (key !== null && target.arn === null && compareKeys(key, target) === 'unknown') {
        return fail(cannotTell(key, 'the key asked for'));
    }
    return change(target, `encrypted with ${keyInWords(key)}`);
}
function isPlainlyUnencrypted({ phase, encrypted }) {
    return phase === 'final' && encrypted === 'false';
}
function leave(key, sameAs) {
    return {
        action: 'leave',
        why: `the stream is already encrypted with ${keyInWords(key)}${sameAs}`,
        warnings: key?.problem ? [key.problem] : []
    };
}
function skip(why, warnings = []) {
    return { action: 'skip', why, warnings };
}
function change(to, from) {
    return to.problem === null ? { action: 'change', to, from } : fail(`${to.problem}. No change was sent`);
}
function fail(why) {
    return { action: 'fail', why };
}
function isProof(state, target) {
    return (state.phase === 'final' &&
        state.encrypted === 'true' &&
        state.key !== null &&
        !state.key.viaAlias &&
        compareKeys(state.key, target) === 'same');
}
function whyAnotherStream(asked, answeredArn) {
    if (asked.arn === null || asked.arn === answeredArn)
        return null;
    const given = (0,key_forms/* homeOf */.lt)(asked.arn);
    const answered = (0,key_forms/* homeOf */.lt)(answeredArn);
    return (`${asked.arn} was asked for (account ${given.accountId}), but the credentials lead to ${answeredArn} ` +
        `(account ${answered.accountId}): use credentials of account ${given.accountId}`);
}
function whyNoEncryption(state, named) {
    switch (state.phase) {
        case 'not-applicable':
            return {
                action: 'not-applicable',
                why: `the delivery stream's source is ${state.source}, not DirectPut, so it has no encryption of its own: encrypt the source`
            };
        case 'deleting':
            return { action: named ? 'fail' : 'not-applicable', why: 'the stream is being deleted' };
        case 'not-created':
            return { action: 'fail', why: `the stream could not be created${because(state.failure?.words)}` };
        default:
            return null;
    }
}
function cannotTell(key, what, named = []) {
    return `whether ${keyInWords(key)} is ${what} cannot be told${because(doubtsOver(key, named))}`;
}
function unclear({ status, failure }) {
    return `the state ${status}${because(failure?.words)} does not tell whether the stream is encrypted, nor with which key`;
}
function because(reason) {
    return reason ? ` (${reason})` : '';
}

;// CONCATENATED MODULE: ./lib/encryption/wanted.js




function namesKeysByArn({ asked, from }) {
    return (asked.which === 'approved' ? asked.ids : idsOf(from)).some(isArnOrId);
}
async function makeOutWanted(request, state, lookUp) {
    const { asked, stream } = request;
    const home = (0,key_forms/* homeOf */.lt)(state.arn);
    const lookUpThere = (id) => lookUp(stream.arn === null ? id : (0,key_forms/* arnInHome */._A)(id, home));
    switch (asked.which) {
        case 'any':
        case 'customer-managed':
            return asked;
        case 'approved': {
            const compare = (key, named) => compareNamed(key, named, home);
            return { which: 'approved', keys: await makeOut(asked.ids, keyAtRest(state), home, compare, lookUpThere) };
        }
        case 'aws-owned':
            return withOldKeys(awsTarget(stream.kind), request, state, lookUpThere);
        case 'one': {
            const target = resolveTarget(asked, stream.kind, await lookUp(asked.id), home);
            if ('unresolved' in target)
                return { which: 'unresolved', why: target.unresolved };
            return withOldKeys(target, request, state, lookUpThere);
        }
    }
}
async function withOldKeys(target, { from, stream }, state, lookUp) {
    if (from === null)
        return { which: 'target', target, from };
    const home = (0,key_forms/* homeOf */.lt)(state.arn);
    for (const id of idsOf(from).filter(isArnOrId)) {
        const isTarget = target.arn === null
            ? stream.kind === 'kinesis' && isAwsManaged(await lookUp(id))
            : (0,key_forms/* certainArn */.Qr)(id, home) === target.arn;
        if (isTarget)
            return { which: 'unresolved', why: `from-key-id "${id}" is the key asked for` };
    }
    const words = from.filter((old) => typeof old === 'string');
    const inForce = isProof(state, target) ? null : keyAtRest(state);
    const decided = inForce !== null && words.some((old) => compareOld(inForce, old, target, home) === 'same');
    const compare = (key, old) => compareOld(key, old, target, home);
    const named = await makeOut(idsOf(from), decided ? null : inForce, home, compare, lookUp);
    return { which: 'target', target, from: [...words, ...named] };
}
async function makeOut(ids, inForce, home, compare, lookUp) {
    const written = ids.map((id) => namedKey(id, null, home));
    if (inForce === null || written.some((named) => compare(inForce, named) === 'same'))
        return written;
    return Promise.all(written.map(async (named) => compare(inForce, named) === 'unknown' ? namedKey(named.id, await lookUp(named.id), home) : named));
}
function keyAtRest({ phase, key }) {
    return phase === 'final' ? key : null;
}
function idsOf(olds) {
    return olds?.flatMap((old) => (typeof old === 'string' ? [] : [old.id])) ?? [];
}
function isArnOrId(id) {
    return (0,key_forms/* keyForm */.U)(id)?.alias === null;
}
function isAwsManaged(lookup) {
    return lookup.answer === 'found' && lookup.key.type === 'aws-owned';
}

;// CONCATENATED MODULE: ./lib/encryption/course.js








const STARTS_REFUSED_AS_BUSY = 10;
class Course {
    request;
    deadline;
    #tools;
    first = null;
    last = null;
    atRest = null;
    change = null;
    changeEnded = false;
    waitedOut = false;
    #busyInARow = 0;
    #lookedMs = Number.NEGATIVE_INFINITY;
    trouble = null;
    constructor(request, tools, deadline) {
        this.request = request;
        this.deadline = deadline;
        this.#tools = tools;
    }
    now() {
        return this.#tools.clock.now();
    }
    log(line) {
        this.#tools.log(`${this.request.stream.kind} ${this.request.stream.name}: ${line}`);
    }
    sleep(ms) {
        return this.#tools.clock.sleep(ms, this.deadline.signal);
    }
    waits(isWaiting) {
        this.#tools.company.waits(isWaiting);
    }
    async lookAgain(sinceMs) {
        const pausedMs = this.now();
        await this.#pause(sinceMs);
        const { service, company } = this.#tools;
        const { signal, at } = this.deadline;
        const leftMs = at - this.now();
        const isBelieved = this.now() - this.#lookedMs < leftMs;
        const glance = { sinceMs: pausedMs, waiting: company.waiting(), withinMs: leftMs / 4 };
        const status = isBelieved ? await service.glance(this.request.stream, glance, signal) : null;
        const askedMs = this.now();
        if (this.last === null || status === null)
            return { state: await this.look(lookMayYield(at - askedMs)), askedMs };
        this.#note({ ...this.last, status, phase: 'changing' });
        return { state: this.last, askedMs };
    }
    #pause(sinceMs) {
        const now = this.now();
        const { service, random, company } = this.#tools;
        const waitedMs = Math.max(now - sinceMs, company.restMs());
        return this.sleep(pauseBeforeLook(waitedMs, this.deadline.at - now, service.shortestPauseMs, random()));
    }
    async look(yieldMs = 0) {
        const [look, asked] = await Promise.all([this.#lookOnce(yieldMs), this.#lookUpAskedKey()]);
        const state = { ...look, key: await this.#makeOutKey(look, asked) };
        this.first ??= state;
        this.#tools.company.looked();
        this.#note(state);
        if (state.phase === 'final' && this.change === null)
            this.atRest = state;
        return state;
    }
    async #lookOnce(yieldMs) {
        const { stream } = this.request;
        const look = await this.#patiently((signal) => this.#tools.service.look(stream, signal, yieldMs));
        this.#lookedMs = this.now();
        const another = whyAnotherStream(stream, look.arn);
        if (another !== null)
            throw new services/* ServiceError */._7('refused', another);
        const { status, key } = look;
        if (this.last?.status !== status || this.last.key?.id !== key?.id)
            this.log(lookInWords(look));
        this.#note({ ...look, key: key === null ? null : knownKey(key, null, (0,key_forms/* homeOf */.lt)(look.arn)) });
        return look;
    }
    pauseAfterBusy() {
        return this.sleep(pauseBeforeRetry(2 + this.#busyInARow, this.#tools.random()));
    }
    #note(state) {
        this.last = state;
        if (state.phase === 'changing')
            this.#busyInARow = 0;
        if (this.change !== null && isProof(state, this.change.to))
            this.changeEnded = true;
    }
    async #makeOutKey({ key, phase, arn }, asked) {
        if (key === null)
            return null;
        const comparedByArn = mayBeAwsManaged(asked) || namesKeysByArn(this.request);
        const worthLookingUp = (0,key_forms/* isAwsAlias */.c_)(key.id) ? comparedByArn : key.id !== '';
        const home = (0,key_forms/* homeOf */.lt)(arn);
        const id = this.request.stream.arn === null ? key.id : (0,key_forms/* arnInHome */._A)(key.id, home);
        const lookup = phase === 'final' && worthLookingUp ? await this.#lookUp(id) : null;
        return knownKey(key, lookup, home);
    }
    wanted(state) {
        return makeOutWanted(this.request, state, (id) => this.#lookUp(id));
    }
    #lookUpAskedKey() {
        const { asked } = this.request;
        return asked.which === 'one' ? this.#lookUp(asked.id) : Promise.resolve(null);
    }
    #lookUp(id) {
        return this.#patiently((signal) => this.#tools.keys.lookUp(id, signal));
    }
    async send(to, from, before) {
        const change = (accepted = false) => ({ to, from, before, sinceMs: this.now(), accepted });
        try {
            await this.#patiently((signal) => this.#sendOnce(change, signal), PASSING_FOR_A_WRITE);
            this.change = change(true);
            return { answer: 'accepted', change: this.change };
        }
        catch (error) {
            if (!(error instanceof services/* ServiceError */._7))
                throw error;
            if (error.trouble === 'busy' && ++this.#busyInARow < STARTS_REFUSED_AS_BUSY)
                return { answer: 'busy' };
            if (error.trouble !== 'unanswered')
                throw error;
            this.change = change();
            this.changeEnded = false;
            return { answer: 'lost', change: this.change };
        }
    }
    async #sendOnce(change, signal) {
        await this.#tools.service.readyToStart(signal);
        const earlier = { change: this.change, ended: this.changeEnded };
        this.change = change();
        this.changeEnded = false;
        try {
            await this.#tools.service.start(this.request.stream, this.change.to.toSet, signal);
        }
        catch (error) {
            if (error instanceof services/* ServiceError */._7) {
                this.change = earlier.change;
                this.changeEnded = earlier.ended;
            }
            throw error;
        }
    }
    putRecord() {
        return this.#patiently((signal) => this.#tools.service.putRecord(this.request.stream, signal));
    }
    async #patiently(call, passing) {
        const onTrouble = (error, triesAgain) => {
            this.trouble = error.message;
            if (triesAgain)
                this.log(`${error.message}; trying again`);
        };
        const { clock, random } = this.#tools;
        const answer = await patiently(call, { clock, random, signal: this.deadline.signal, onTrouble }, passing);
        this.trouble = null;
        return answer;
    }
}
function mayBeAwsManaged(asked) {
    return asked?.answer === 'denied' || (asked?.answer === 'found' && asked.key.type === 'aws-owned');
}

;// CONCATENATED MODULE: ./lib/encryption/result.js


function resultOf(course, verdict, durationMs) {
    const { stream, region, named } = course.request;
    const { encrypted, key } = verdict.outcome === 'not-applicable' ? UNKNOWN : standing(course);
    return {
        kind: stream.kind,
        name: stream.name,
        arn: course.last?.arn ?? stream.arn,
        region,
        named,
        outcome: verdict.outcome,
        changed: course.change !== null,
        encrypted,
        status: course.last?.status ?? null,
        key,
        previousKey: previousKey(course),
        changedTo: course.change?.to.toSet ?? null,
        inFlight: course.change !== null && !course.changeEnded,
        durationSeconds: Math.round(durationMs) / 1000,
        message: verdict.message,
        warnings: verdict.warnings ?? [],
        oldKeyNeededHours: course.last?.oldKeyNeededHours ?? null
    };
}
const UNKNOWN = { encrypted: 'unknown', key: null };
function standing(course) {
    const { last, atRest, change, changeEnded, request } = course;
    if (last === null)
        return UNKNOWN;
    if (last.phase === 'changing' || (change !== null && !changeEnded)) {
        if (atRest?.encrypted === 'false')
            return { encrypted: 'false', key: null };
        const encrypted = request.stream.kind === 'firehose' ? 'unknown' : last.encrypted;
        return { encrypted, key: atRest === null ? last.key : atRest.key };
    }
    if (last.phase === 'failed' && atRest !== null)
        return { encrypted: atRest.encrypted, key: atRest.key };
    return { encrypted: last.phase === 'unclear' ? 'unknown' : last.encrypted, key: last.key };
}
function previousKey({ change, first, atRest }) {
    if (change !== null)
        return atRest?.key ?? null;
    return first?.phase === 'final' ? first.key : null;
}
function brokenOff(course, error) {
    if (error instanceof services/* TimedOut */.GA) {
        const seconds = course.request.timeoutMs / 1000;
        return { outcome: 'timed-out', message: `not done within ${seconds} s. ${whereItStands(course)}` };
    }
    if (error instanceof services/* Cancelled */.cJ) {
        return { outcome: 'cancelled', message: `the run was cancelled. ${whereItStands(course)}` };
    }
    const message = thrownInWords(error);
    const { mode, named } = course.request;
    if (error instanceof services/* ServiceError */._7 && error.trouble === 'missing' && !named) {
        const sent = course.change === null ? '' : `the change to ${keyInWords(course.change.to.toSet)} was sent, but `;
        return { outcome: 'not-applicable', message: `${sent}the stream is gone since it was listed (${message})` };
    }
    return {
        outcome: 'failed',
        message: mode === 'encrypt' ? `${message}. ${whatWasSent(course)}` : message
    };
}
function whereItStands(course) {
    const { last, trouble } = course;
    const seen = last === null ? 'The service has told nothing of the stream' : `The last status seen was ${last.status}`;
    return `${seen}${trouble === null ? '' : `; the last call failed: ${trouble}`}. ${whatWasSent(course)}`;
}
function whatWasSent({ change, changeEnded, last }) {
    if (change === null) {
        const inFlight = last?.phase === 'changing'
            ? ': the one in flight is not of this run, and the service goes on with it by itself'
            : '';
        return `No change was sent${inFlight}. Running again is safe`;
    }
    const to = keyInWords(change.to.toSet);
    if (changeEnded) {
        const end = last?.phase === 'failed' ? 'had failed' : 'had ended; what was left was to make sure of the records';
        return `The change to ${to} ${end}. Running again is safe`;
    }
    if (!change.accepted && last?.phase !== 'changing') {
        return `The change to ${to} had been sent, but no answer came: if it was taken, the service goes on with it by itself. Running again is safe`;
    }
    return `The change to ${to} had been sent, and the service goes on with it by itself. Running again is safe`;
}

;// CONCATENATED MODULE: ./lib/encryption/follow.js



async function follow(request, tools, story) {
    const { clock, cancelled } = tools;
    const beganMs = clock.now();
    const deadline = startDeadline(clock, request.timeoutMs, cancelled);
    const course = new Course(request, tools, deadline);
    const finish = (verdict) => resultOf(course, verdict, clock.now() - beganMs);
    try {
        const { refusal } = request;
        return finish(refusal === undefined ? await story(course) : { outcome: 'failed', message: refusal });
    }
    catch (error) {
        const { aborted, reason } = deadline.signal;
        return finish(brokenOff(course, aborted ? reason : error));
    }
    finally {
        deadline.stop();
    }
}

;// CONCATENATED MODULE: ./lib/encryption/judge.js





function judge({ named }, state, wanted) {
    const obstacle = whyNoEncryption(state, named);
    if (obstacle?.action === 'fail')
        return failed(obstacle.why);
    if (obstacle !== null)
        return { outcome: obstacle.action, why: obstacle.why, warnings: [] };
    switch (state.phase) {
        case 'final':
            return state.encrypted === 'false'
                ? nonCompliant('the stream is not encrypted: mode encrypt does it')
                : judgeKey(state, wanted);
        case 'failed':
            return nonCompliant(`${unclear(state)}: mode encrypt with a key-type or key-id settles it`);
        default:
            return failed(`${unclear(state)}: mode encrypt with a key-type or key-id settles it`);
    }
}
function judgeKey({ key, arn }, wanted) {
    if (wanted.which === 'unresolved')
        return failed(wanted.why);
    const stands = `the stream is encrypted with ${keyInWords(key)}`;
    const approved = wanted.which === 'approved' ? wanted.keys : [];
    const unknown = approved.flatMap(whyUnknown);
    const match = matches(key, wanted, (0,key_forms/* homeOf */.lt)(arn));
    if (match === 'other')
        return nonCompliant([`${stands}, ${butAsked(wanted)}`, ...unknown].join('. '));
    if (key?.problem)
        return nonCompliant(`${stands}, but ${key.problem}`);
    if (match === 'unknown')
        return failed([cannotTell(key, 'the key asked for', approved), ...unknown].join('. '));
    return { outcome: 'compliant', why: stands, warnings: [...doubtsAbout(key), ...unknown] };
}
function matches(key, wanted, home) {
    if (wanted.which === 'any')
        return 'same';
    if (key === null)
        return 'unknown';
    switch (wanted.which) {
        case 'target':
            return compareKeys(key, wanted.target);
        case 'customer-managed':
            return key.type === null ? 'unknown' : key.type === wanted.which ? 'same' : 'other';
        case 'approved': {
            const each = wanted.keys.map((named) => compareNamed(key, named, home));
            return each.find((match) => match === 'same') ?? each.find((match) => match === 'unknown') ?? 'other';
        }
    }
}
function butAsked(wanted) {
    switch (wanted.which) {
        case 'target':
            return `but ${keyInWords(wanted.target.toSet)} was asked for: mode encrypt moves it`;
        case 'approved':
            return 'which is none of approved-key-ids: mode encrypt with a key-id moves it';
        default:
            return 'but a customer managed key was asked for: mode encrypt with a key-id moves it';
    }
}
function whyUnknown({ id, lookup }) {
    return lookup?.answer === 'missing' ? [`KMS does not know ${id} of approved-key-ids (${lookup.why})`] : [];
}
function doubtsAbout(key) {
    const doubts = [];
    if (key?.viaAlias) {
        const now = key.arn === null ? 'an unknown key' : key.arn;
        doubts.push(`the stream is encrypted through ${key.id}, which points to ${now} now but may have been repointed: mode encrypt puts the key itself in force`);
    }
    if (key?.doubt)
        doubts.push(`whether the key is enabled could not be looked up: ${key.doubt}`);
    return doubts;
}
function failed(why) {
    return { outcome: 'failed', why, warnings: [] };
}
function nonCompliant(why) {
    return { outcome: 'non-compliant', why, warnings: [] };
}

;// CONCATENATED MODULE: ./lib/encryption/watch.js

const STALE_FOR_MS = 5_000;
const WRONG_FOR_MS = 2_000;
async function untilAtRest(course) {
    const sinceMs = course.now();
    let state = await course.look();
    for (;;) {
        if (state.phase !== 'changing')
            return state;
        if (!course.waitedOut)
            course.log('an earlier change is in flight: waiting for its end');
        course.waitedOut = true;
        course.waits(true);
        ({ state } = await course.lookAgain(sinceMs));
    }
}
async function untilEnded(course, change) {
    let seenInFlight = false;
    let wrongSinceMs = null;
    for (;;) {
        const { state, askedMs } = await course.lookAgain(change.sinceMs);
        if (state.phase === 'changing') {
            seenInFlight = true;
            wrongSinceMs = null;
        }
        else {
            wrongSinceMs ??= course.now();
            const believed = seenInFlight ? askedMs - wrongSinceMs >= WRONG_FOR_MS : askedMs - change.sinceMs >= STALE_FOR_MS;
            if (believed || isEnd(state, change))
                return state;
        }
    }
}
async function untilSeenTaken(course, change) {
    for (;;) {
        const { state, askedMs } = await course.lookAgain(change.sinceMs);
        if (state.phase === 'changing' || isEnd(state, change))
            return state;
        if (askedMs - change.sinceMs >= STALE_FOR_MS)
            return null;
    }
}
function isEnd(state, { to, before }) {
    return isProof(state, to) || isNewFailure(state, before);
}
function isNewFailure(state, before) {
    return state.phase === 'failed' && !(before.phase === 'failed' && before.failure?.words === state.failure?.words);
}
async function settle(course) {
    course.waits(false);
    const { settleMs } = course.request;
    if (settleMs === 0)
        return;
    course.log(`settling for ${settleMs / 1000} s, until every record is encrypted`);
    await course.sleep(settleMs);
}
const RECORD_CHECK_MS = 10_000;
const RECORD_CHECK_PAUSE_MS = 1_000;
async function untilRecordEncrypted(course) {
    const sinceMs = course.now();
    while (!(await course.putRecord())) {
        course.log('the service says that the record it took was not encrypted');
        const nextMs = course.now() + RECORD_CHECK_PAUSE_MS;
        if (nextMs - sinceMs > RECORD_CHECK_MS || nextMs >= course.deadline.at)
            return false;
        await course.sleep(RECORD_CHECK_PAUSE_MS);
    }
    return true;
}

;// CONCATENATED MODULE: ./lib/encryption/check.js



function check(request, tools) {
    return follow(request, tools, async (course) => {
        const state = await untilAtRest(course);
        const { outcome, why, warnings } = judge(request, state, await course.wanted(state));
        if (outcome === 'compliant' && course.waitedOut)
            await settle(course);
        return { outcome, message: why, warnings };
    });
}

;// CONCATENATED MODULE: ./lib/encryption/fleet.js
const AT_THE_BEGINNING = 8;
const LONGEST_FIRST_LOOK_MS = 10_000;
const PROGRESS_EVERY_MS = 30_000;
function progressInWords({ total, done, waiting, elapsedMs }) {
    const notDone = total - done;
    const so = `${done} of ${total} streams done, ${waiting} waiting for a change to end, ${notDone - waiting} left`;
    return done === 0 ? so : `${so}; about ${timeInWords((elapsedMs / done) * notDone)} to go at this pace`;
}
function timeInWords(ms) {
    const seconds = ms / 1_000;
    if (seconds < 90)
        return `${Math.ceil(seconds)} s`;
    return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
async function runFleet(fleet, tools, story) {
    const ends = new Map();
    const kinds = [...Map.groupBy(fleet, ({ stream }) => stream.kind)];
    const groups = await Promise.all(kinds.map(async ([kind, streams]) => new Group(streams, await tools.serviceOf(kind), tools)));
    const waiting = () => groups.reduce((sum, group) => sum + group.waiting, 0);
    const telling = tellProgress(tools, (elapsedMs) => ({
        total: fleet.length,
        done: ends.size,
        waiting: waiting(),
        elapsedMs
    }));
    const ended = async (chosen, its) => {
        ends.set(chosen, await story(chosen, its));
    };
    await Promise.all(groups.map((group) => group.run(ended)));
    telling.abort();
    return fleet.flatMap((chosen) => ends.get(chosen) ?? []);
}
function tellProgress({ clock, onProgress }, progress) {
    const over = new AbortController();
    every(PROGRESS_EVERY_MS, clock, over.signal, (elapsedMs) => onProgress(progress(elapsedMs)));
    return over;
}
async function every(ms, clock, over, tell) {
    const beganMs = clock.now();
    while (!over.aborted) {
        await clock.sleep(ms, over).then(() => tell(clock.now() - beganMs), () => {
        });
    }
}
class Group {
    #streams;
    #service;
    #tools;
    #begun = 0;
    #atTheBeginning = 0;
    #onRoom = () => { };
    waiting = 0;
    constructor(streams, service, tools) {
        this.#streams = streams;
        this.#service = service;
        this.#tools = tools;
    }
    async run(story) {
        const running = [];
        for (const chosen of this.#streams) {
            await this.#room();
            await this.#service.ready(this.#tools.cancelled).catch(() => { });
            this.#begun += 1;
            running.push(this.#runOne(chosen, story));
        }
        await Promise.all(running);
    }
    async #runOne(chosen, story) {
        const { clock, random, keys, cancelled } = this.#tools;
        const place = this.#takePlace();
        let isWaiting = false;
        const company = {
            restMs: () => (this.#streams.length - this.#begun) * this.#service.msAChange,
            waiting: () => this.waiting,
            looked: () => place.keep(),
            waits: (now) => {
                place.free();
                this.waiting += Number(now) - Number(isWaiting);
                isWaiting = now;
            }
        };
        await story(chosen, { service: this.#service, keys, clock, random, cancelled, company });
        company.waits(false);
    }
    async #room() {
        if (this.#atTheBeginning < AT_THE_BEGINNING)
            return;
        await new Promise((resolve) => {
            this.#onRoom = resolve;
        });
    }
    #takePlace() {
        const kept = new AbortController();
        let isFree = false;
        const free = () => {
            kept.abort();
            if (isFree)
                return;
            isFree = true;
            this.#atTheBeginning -= 1;
            this.#onRoom();
        };
        this.#atTheBeginning += 1;
        this.#tools.clock.sleep(LONGEST_FIRST_LOOK_MS, kept.signal).then(free, () => {
        });
        return { keep: () => kept.abort(), free };
    }
}

// EXTERNAL MODULE: ./lib/encryption/abort.js
var abort = __nccwpck_require__(5667);
;// CONCATENATED MODULE: ./lib/encryption/keybook.js


class KeyBook {
    #keys;
    #known = new Map();
    #asked = new Map();
    constructor(keys) {
        this.#keys = keys;
    }
    async lookUp(id, signal) {
        const known = this.#known.get(id);
        if (known)
            return known;
        const asked = this.#asked.get(id) ?? this.#ask(id);
        asked.waiting += 1;
        try {
            return await (0,abort/* untilAborted */.E)(asked.lookup, signal);
        }
        finally {
            asked.waiting -= 1;
            if (asked.waiting === 0) {
                this.#asked.delete(id);
                asked.end.abort();
            }
        }
    }
    #ask(id) {
        const end = new AbortController();
        const asked = { lookup: this.#describe(id, end.signal), end, waiting: 0 };
        this.#asked.set(id, asked);
        return asked;
    }
    async #describe(id, signal) {
        const lookup = await this.#answer(id, signal);
        this.#known.set(id, lookup);
        if (lookup.answer === 'found')
            this.#known.set(lookup.key.arn, lookup);
        return lookup;
    }
    async #answer(id, signal) {
        try {
            return { answer: 'found', key: await this.#keys.describe(id, signal) };
        }
        catch (error) {
            if (error instanceof services/* ServiceError */._7 && (error.trouble === 'missing' || error.trouble === 'denied')) {
                return { answer: error.trouble, why: error.message };
            }
            throw error;
        }
    }
}

;// CONCATENATED MODULE: ./lib/encryption/secure.js





const GRANT_SPREADS_MS = 10_000;
function secure_secure(request, tools) {
    return follow(request, tools, async (course) => {
        let secondTry = false;
        for (;;) {
            const state = await untilAtRest(course);
            if (course.change !== null && isProof(state, course.change.to))
                return afterChange(course, course.change, state);
            const plan = await planFor(course, state);
            if (plan.action === 'skip' && course.change !== null)
                return afterChange(course, course.change, state);
            if (plan.action !== 'change')
                return withoutChange(course, plan);
            const to = keyInWords(plan.to.toSet);
            if (request.mode === 'plan')
                return { outcome: 'planned', message: `is ${plan.from}; would get ${to}` };
            const started = await startChange(course, plan, state);
            if (started === null)
                continue;
            const { change, seen } = started;
            if (!request.wait && seen?.phase !== 'failed') {
                return { outcome: 'started', message: `was ${plan.from}; the service accepted the change to ${to}` };
            }
            const ended = seen === null || seen.phase === 'changing' ? await untilEnded(course, change) : seen;
            if (secondTry || !mayPass(course, ended))
                return afterChange(course, change, ended);
            secondTry = true;
            course.changeEnded = true;
            course.log(`the change failed (${ended.failure?.words}), as it may where a grant is not known everywhere yet: trying once more`);
            await course.sleep(GRANT_SPREADS_MS);
        }
    });
}
async function planFor(course, state) {
    const { request, change, atRest } = course;
    const asBefore = state.phase === 'failed' && change !== null ? atRest : null;
    const plan = planChange(request, asBefore ?? state, await course.wanted(asBefore ?? state));
    if (plan.action !== 'change' || asBefore === null)
        return plan;
    return { ...plan, from: `${plan.from}, also after a change that failed (${state.failure?.words ?? state.status})` };
}
function mayPass(course, { phase, failure }) {
    const leftMs = course.deadline.at - course.now();
    return (phase === 'failed' && failure !== null && failure.mayPass && leftMs > GRANT_SPREADS_MS + course.request.settleMs);
}
async function withoutChange(course, plan) {
    switch (plan.action) {
        case 'fail':
            return { outcome: 'failed', message: plan.why };
        case 'not-applicable':
            return { outcome: 'not-applicable', message: plan.why };
        case 'skip':
            return { outcome: 'skipped', message: plan.why, warnings: plan.warnings };
        case 'leave': {
            const verdict = { outcome: 'unchanged', message: plan.why, warnings: plan.warnings };
            return course.waitedOut && course.request.mode === 'encrypt' ? afterSettling(course, verdict) : verdict;
        }
    }
}
async function startChange(course, { to, from }, before) {
    course.log(`starting encryption with ${keyInWords(to.toSet)}`);
    try {
        const sent = await course.send(to, from, before);
        course.waits(true);
        if (sent.answer === 'accepted')
            return { change: sent.change, seen: null };
        if (sent.answer === 'busy') {
            course.waitedOut = true;
            await course.pauseAfterBusy();
            return null;
        }
        course.log('the answer to the start was lost: looking whether it was taken');
        const seen = await untilSeenTaken(course, sent.change);
        return seen === null ? null : { change: sent.change, seen };
    }
    catch (error) {
        if (!(error instanceof services/* ServiceError */._7) || error.trouble !== 'refused')
            throw error;
        const seen = await course.look().catch(() => null);
        if (seen === null || !isProof(seen, to))
            throw error;
        course.waitedOut = true;
        return null;
    }
}
async function afterChange(course, change, state) {
    course.changeEnded = true;
    const obstacle = whyNoEncryption(state, course.request.named);
    if (obstacle !== null) {
        const outcome = obstacle.action === 'fail' ? 'failed' : obstacle.action;
        return { outcome, message: `the change to ${keyInWords(change.to.toSet)} was sent, but ${obstacle.why}` };
    }
    if (!isProof(state, change.to))
        return { outcome: 'failed', message: whyNotProved(course, change, state) };
    const outcome = course.atRest?.encrypted === 'false' ? 'enabled' : 'rekeyed';
    const message = `was ${change.from}; now the service itself reports ${state.status} with ${keyInWords(state.key)}`;
    return afterSettling(course, { outcome, message });
}
async function afterSettling(course, verdict) {
    await settle(course);
    if (!course.request.verifyRecords)
        return verdict;
    if (await untilRecordEncrypted(course)) {
        return { ...verdict, message: `${verdict.message}; it says of a record put since that it was encrypted` };
    }
    return {
        outcome: 'failed',
        message: 'the stream is at rest with the key asked for, but the service did not say of any record put since that it was encrypted'
    };
}
function whyNotProved({ atRest }, change, state) {
    const to = keyInWords(change.to.toSet);
    if (state.phase !== 'failed') {
        return (`the change to ${to} was sent, but the stream came back ${state.status}, ${encryptionInWords(state)}: ` +
            'another change may have overtaken it. See who else changes this stream, then run again');
    }
    const why = state.failure === null ? '' : `: ${state.failure.words}`;
    const again = change.before.failure?.mayPass ? ' again' : '';
    const failed = `the change to ${to} failed${again} (${state.status}${why})`;
    const fix = state.failure?.advice || 'Fix the key, then run again';
    if (atRest === null)
        return `${failed}. Which key is in force now, if any, cannot be determined. ${fix}`;
    if (atRest.encrypted === 'false')
        return `${failed}. The stream is still not encrypted. ${fix}`;
    return `${failed}. The stream is still encrypted with ${keyInWords(atRest.key)}, the previous key. ${fix}`;
}
function encryptionInWords({ encrypted, key }) {
    return encrypted === 'false' ? 'not encrypted' : `with ${keyInWords(key)}`;
}

;// CONCATENATED MODULE: ./lib/encryption/glob.js
function matchesGlob(glob, name) {
    let at = 0;
    let inName = 0;
    let star = -1;
    let runEnd = 0;
    while (inName < name.length) {
        if (glob[at] === '*') {
            star = at++;
            runEnd = inName;
        }
        else if (glob[at] === '?' || glob[at] === name[inName]) {
            at++;
            inName++;
        }
        else if (star >= 0) {
            at = star + 1;
            inName = ++runEnd;
        }
        else {
            return false;
        }
    }
    while (glob[at] === '*')
        at++;
    return at === glob.length;
}

;// CONCATENATED MODULE: ./lib/encryption/select.js






class EmptySelection extends Error {
    name = 'EmptySelection';
}
const LOOKS = 5;
async function select_select(selection, given) {
    let trouble = '';
    const onTrouble = ({ message }, triesAgain) => {
        trouble = message;
        if (triesAgain)
            given.log(`${message}; trying again`);
    };
    const call = async (call) => {
        const answer = await patiently(call, { ...given, onTrouble });
        trouble = '';
        return answer;
    };
    const tools = { ...given, call };
    try {
        const found = await findStreams(selection, tools);
        const chosen = choicesOf(selection).flatMap((choice) => choose(choice, found));
        const once = onceEach(chosen, await ownArns(chosen, found, tools));
        const fleet = await withoutUntagged(once, selection, found, tools);
        if (fleet.length === 0)
            throw new EmptySelection(whyEmpty(selection, found, tools.region));
        for (const choice of selection.choices.filter((choice) => choice.by === 'glob')) {
            const looked = `looked through ${howMany(choice.kind, found)}${suchAs(selection.tags)}`;
            if (choose(choice, found).length === 0)
                tools.log(`${choice.glob} matches no stream: ${looked}`);
        }
        return fleet;
    }
    catch (error) {
        if (tools.signal.reason instanceof services/* TimedOut */.GA)
            throw new services/* TimedOut */.GA(trouble);
        tools.signal.throwIfAborted();
        throw error;
    }
}
async function findStreams({ kinds, choices, tags }, tools) {
    const { directory } = tools;
    const found = new Map();
    if (tags.length > 0) {
        const tagged = await readAll((next, signal) => directory.tagged(kinds, tags, next, signal), tools);
        for (const kind of kinds)
            found.set(kind, tagged.filter((stream) => stream.kind === kind).sort(byName));
        return found;
    }
    for (const kind of KINDS) {
        if (!choices.some((choice) => choice.by === 'glob' && choice.kind === kind))
            continue;
        const names = await readAll((next, signal) => directory.names(kind, next, signal), tools);
        found.set(kind, names.map((name) => ({ kind, name, arn: null })).sort(byName));
    }
    return found;
}
async function readAll(page, { call }) {
    const items = [];
    let next = null;
    do {
        const after = next;
        const answer = await call((signal) => page(after, signal));
        items.push(...answer.items);
        next = answer.next;
    } while (next !== null);
    return items;
}
function byName(one, other) {
    if (one.name === other.name)
        return 0;
    return one.name < other.name ? -1 : 1;
}
function choicesOf({ kinds, choices, tags }) {
    if (choices.length > 0 || tags.length === 0)
        return choices;
    return KINDS.filter((kind) => kinds.includes(kind)).map((kind) => ({ by: 'glob', kind, glob: '*' }));
}
function choose(choice, found) {
    if (choice.by === 'name')
        return [{ stream: choice.stream, named: true }];
    const streams = found.get(choice.kind) ?? [];
    return streams
        .filter(({ name }) => matchesGlob(choice.glob, name))
        .map(({ kind, name }) => {
        return { stream: { kind, name, arn: null }, named: false };
    });
}
async function ownArns(chosen, found, tools) {
    const own = new Map();
    for (const { kind, name, arn } of [...found.values()].flat())
        if (arn !== null)
            own.set(nameOf({ kind, name }), arn);
    const byArn = new Set(chosen.flatMap(({ stream }) => (stream.arn === null ? [] : [nameOf(stream)])));
    const byName = new Map(chosen.flatMap(({ stream }) => (stream.arn === null ? [[nameOf(stream), stream]] : [])));
    const unclear = [...byName].filter(([name]) => byArn.has(name) && !own.has(name));
    await sideBySide(LOOKS, unclear, async ([name, stream]) => {
        const seen = await seenAt(stream, tools);
        if ('arn' in seen)
            own.set(name, seen.arn);
    });
    return own;
}
function onceEach(chosen, own) {
    const once = new Map();
    for (const { stream, named } of chosen) {
        const identity = stream.arn ?? own.get(nameOf(stream)) ?? nameOf(stream);
        const known = once.get(identity);
        once.set(identity, {
            stream: known === undefined || known.stream.arn === null ? stream : known.stream,
            named: named || known?.named === true
        });
    }
    return [...once.values()];
}
function nameOf({ kind, name }) {
    return `${kind} ${name}`;
}
async function withoutUntagged(chosen, { tags }, found, tools) {
    if (tags.length === 0)
        return chosen;
    const tagged = new Set([...found.values()].flat().flatMap((stream) => [nameOf(stream), stream.arn]));
    const untagged = chosen.filter(({ stream }) => !tagged.has(stream.arn ?? nameOf(stream)));
    const refusals = new Map();
    await sideBySide(LOOKS, untagged, async (one) => {
        const seen = await seenAt(one.stream, tools);
        refusals.set(one, 'arn' in seen ? whyAnotherStream(one.stream, seen.arn) : seen.refusal);
    });
    return chosen.flatMap((one) => {
        const refusal = refusals.get(one);
        if (refusal === undefined)
            return [one];
        if (refusal !== null)
            return [{ ...one, refusal }];
        tools.log(`${nameOf(one.stream)}: left out, as it is not tagged ${firstFew(tags.map(tagInWords))}`);
        return [];
    });
}
async function seenAt(stream, { look, call }) {
    try {
        return { arn: (await call((signal) => look(stream, signal))).arn };
    }
    catch (error) {
        if (error instanceof services/* ServiceError */._7)
            return { refusal: error.message };
        throw error;
    }
}
async function sideBySide(most, items, work) {
    const queue = items.values();
    const worker = async () => {
        for (const item of queue)
            await work(item);
    };
    await Promise.all(Array.from({ length: most }, worker));
}
const KIND_WORDS = { kinesis: 'data stream', firehose: 'delivery stream' };
function whyEmpty({ choices, tags }, found, region) {
    const wanted = [];
    if (choices.length > 0)
        wanted.push(`matches ${firstFew(choices.map(choiceInWords))}`);
    if (tags.length > 0)
        wanted.push(`is tagged ${firstFew(tags.map(tagInWords))}`);
    return `No stream ${wanted.join(' and ')}: ${lookedThrough(found, tags, region)}. See that the region and the credentials' account are right`;
}
function lookedThrough(found, tags, region) {
    const kinds = [...found.keys()];
    if (kinds.every((kind) => found.get(kind)?.length === 0)) {
        return `there is no ${kinds.map((kind) => KIND_WORDS[kind]).join(' or ')}${suchAs(tags)} in ${region}`;
    }
    return `looked through ${kinds.map((kind) => howMany(kind, found)).join(' and ')}${suchAs(tags)} in ${region}`;
}
function howMany(kind, found) {
    const count = found.get(kind)?.length ?? 0;
    return `${count} ${KIND_WORDS[kind]}${count === 1 ? '' : 's'}`;
}
function suchAs(tags) {
    return tags.length > 0 ? ' so tagged' : '';
}

;// CONCATENATED MODULE: ./lib/encryption/tally.js

function tallyOf(results, runEnded = null) {
    const counts = countsOf(results);
    return {
        outcome: OUTCOMES.find((outcome) => outcome === runEnded || outcome in counts) ?? 'failed',
        changed: results.some(({ changed }) => changed),
        encrypted: allEncrypted(results),
        counts
    };
}
function countsOf(results) {
    const counts = { total: results.length };
    for (const { outcome } of results)
        counts[outcome] = (counts[outcome] ?? 0) + 1;
    return counts;
}
function countsInWords(counts) {
    return OUTCOMES.filter((outcome) => outcome in counts)
        .map((outcome) => `${counts[outcome]} ${outcome}`)
        .join(', ');
}
function worstFirst(items, outcomeOf) {
    const rank = new Map(OUTCOMES.map((outcome, place) => [outcome, place]));
    const rankOf = (item) => rank.get(outcomeOf(item)) ?? 0;
    return items.toSorted((one, other) => rankOf(one) - rankOf(other));
}
function allEncrypted(results) {
    const has = (encrypted) => results.some((result) => result.encrypted === encrypted);
    if (has('false'))
        return 'false';
    return has('unknown') || results.length === 0 ? 'unknown' : 'true';
}

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function utils_toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./lib/github/log.js

const LONGEST = 4_000;
function cut(text) {
    return (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).toWellFormed();
}
function plain(text) {
    return cut(text)
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu, ' ')
        .replaceAll('##[', '# #[')
        .replace(/^(\s*):(?=:)/, '$1: ');
}
function log_info(line) {
    info(plain(line));
}
function log_debug(line) {
    debug(plain(line));
}
function log_warning(title, ...lines) {
    warning(lines.map(plain).join('\n'), { title: plain(title) });
}
function log_error(title, ...lines) {
    error(lines.map(plain).join('\n'), { title: plain(title) });
}
function log_group(title, lines) {
    startGroup(plain(title));
    for (const line of lines)
        log_info(line);
    endGroup();
}

;// CONCATENATED MODULE: ./lib/github/annotations.js



const MOST_ANNOTATIONS = 10;
function annotationsFor(ofTheRun, results) {
    const all = [...ofTheRun, ...worstFirst(results, ({ outcome }) => outcome).flatMap(annotationsOf)];
    const ordered = [...all.filter(isError), ...all.filter((one) => !isError(one))];
    if (ordered.length <= MOST_ANNOTATIONS)
        return { shown: ordered, rest: [] };
    const rest = ordered.slice(MOST_ANNOTATIONS - 1);
    return { shown: [...ordered.slice(0, MOST_ANNOTATIONS - 1), countOf(rest)], rest };
}
function annotate({ shown, rest }) {
    for (const { level, title, lines } of shown) {
        if (level === 'error')
            log_error(title, ...lines);
        else
            log_warning(title, ...lines);
    }
    for (const { level, title, lines } of rest)
        log_info(`${level}: ${title}: ${lines.join(' ')}`);
}
function annotationsOf(result) {
    const { kind, name, outcome, message, warnings } = result;
    const title = `${kind} ${name}`;
    const how = [];
    if (!endedWell(result))
        how.push({ level: 'error', title, lines: [`${outcome}: ${message}`] });
    else if (outcome === 'not-applicable')
        how.push({ level: 'warning', title, lines: [`${outcome}: ${message}`] });
    return [...how, ...warnings.map((line) => ({ level: 'warning', title, lines: [line] }))];
}
function countOf(rest) {
    const errors = rest.filter(isError).length;
    const warnings = rest.length - errors;
    const counted = [...(errors > 0 ? [`errors: ${errors}`] : []), ...(warnings > 0 ? [`warnings: ${warnings}`] : [])];
    return {
        level: errors > 0 ? 'error' : 'warning',
        title: 'Stream encryption',
        lines: [`More ${counted.join(', more ')}. The job summary and the log tell them.`]
    };
}
function isError({ level }) {
    return level === 'error';
}

;// CONCATENATED MODULE: ./lib/github/cancellation.js

const INTERRUPTED = 130;
function cancellation(process) {
    const run = new AbortController();
    const onSignal = () => {
        if (run.signal.aborted)
            process.exit(INTERRUPTED);
        else
            run.abort(new services/* Cancelled */.cJ());
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('uncaughtException', (cause) => run.abort(cause));
    process.on('unhandledRejection', (cause) => run.abort(cause));
    return run.signal;
}

;// CONCATENATED MODULE: ./lib/github/inputs.js

function input(name) {
    return getInput(name);
}

;// CONCATENATED MODULE: ./lib/github/issue-api.js

async function openIssues({ repository, apiUrl, token, signal, requestMs }) {
    const { getOctokit } = await __nccwpck_require__.e(/* import() */ 195).then(__nccwpck_require__.bind(__nccwpck_require__, 7195));
    const octokit = getOctokit(token, { baseUrl: apiUrl, userAgent: 'stream-encryption' });
    octokit.hook.before('request', (options) => {
        options.request = { ...options.request, signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]) };
    });
    octokit.hook.error('request', (error) => {
        throw new Error(inWords(error, { repository, apiUrl, requestMs }));
    });
    const { issues } = octokit.rest;
    const [owner = '', repo = ''] = repository.split('/');
    return {
        async ours() {
            const { viewer } = await octokit.graphql('{ viewer { login } }');
            const listed = await octokit.paginate(issues.listForRepo, {
                owner,
                repo,
                state: 'open',
                creator: viewer.login,
                sort: 'created',
                direction: 'asc',
                per_page: 100
            });
            return listed
                .filter(({ user, pull_request }) => user?.login === viewer.login && pull_request === undefined)
                .map(({ number, html_url, body }) => ({ number, url: html_url, body: body ?? '' }));
        },
        async open(title, body) {
            const { data } = await issues.create({ owner, repo, title, body });
            return { number: data.number, url: data.html_url, body };
        },
        async update(number, body) {
            await issues.update({ owner, repo, issue_number: number, body });
        },
        async close(number) {
            await issues.update({ owner, repo, issue_number: number, state: 'closed', state_reason: 'completed' });
        },
        async comment(number, body) {
            await issues.createComment({ owner, repo, issue_number: number, body });
        }
    };
}
function inWords(error, { repository, apiUrl, requestMs }) {
    const { status = 0, message, response } = error;
    if (response === undefined) {
        return timedOut(error)
            ? `GitHub did not answer within ${requestMs / 1000} s; the next run tries again`
            : `GitHub could not be reached at ${apiUrl} (${message}); on a self-hosted runner, look at HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS`;
    }
    const limitEnds = endOfLimit(status, message, response.headers);
    if (limitEnds !== null)
        return `GitHub's rate limit is reached; it ends ${limitEnds}, and the next run tries again`;
    if (status === 401)
        return `GitHub does not take the token (401); ${GIVE_TOKEN}`;
    if (status === 403 || status === 404) {
        return `the token may not write issues of ${repository} (${status}: ${message}); give the job "permissions: issues: write"; ${GIVE_TOKEN}`;
    }
    if (status === 410)
        return `${repository} has its issues disabled; turn them on in its settings, or leave out report-issue`;
    if (status >= 500)
        return `GitHub has trouble (${status}: ${message}); the next run tries again`;
    return `GitHub refused it (${status}: ${message})`;
}
const GIVE_TOKEN = 'give the step "github-token: $' + '{{ github.token }}"';
function timedOut({ cause }) {
    return cause instanceof Error && cause.name === 'TimeoutError';
}
function endOfLimit(status, message, headers) {
    if (status !== 403 && status !== 429)
        return null;
    if (headers['retry-after'] !== undefined) {
        return `at ${inUtc(new Date(Date.now() + Number(headers['retry-after']) * 1000))}`;
    }
    if (headers['x-ratelimit-remaining'] === '0') {
        return `at ${inUtc(new Date(Number(headers['x-ratelimit-reset']) * 1000))}`;
    }
    return status === 429 || /rate limit/i.test(message) ? 'in a minute at the earliest' : null;
}

;// CONCATENATED MODULE: ./lib/github/markup.js

function prose(text) {
    return plain(text)
        .split(WORD)
        .map((part) => {
        const [, word = '', end = ''] = /^(.*?)([.:!?…]*)$/.exec(part) ?? [];
        return NAME.test(word) && !TIME_OF_DAY.test(word)
            ? `<code>${entities(word)}</code>${entities(end)}`
            : entities(part);
    })
        .join('');
}
const WORD = /([^\s()",;'<>]+)/;
const TIME_OF_DAY = /^\d\d:\d\d$/;
const NAME = /[@#:/_]|^www\.|(?<![\w-])[a-z]+-\d|\b[0-9a-f]{7,}\b/i;
function code(text) {
    return `<code>${escaped(text)}</code>`;
}
function markup_link(url, content) {
    return `<a href="${escaped(url)}">${content}</a>`;
}
function bytesOf(lines) {
    return lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0);
}
function fitting(items, write, bytes) {
    const lines = [];
    let left = bytes;
    for (const item of items) {
        const line = write(item);
        left -= bytesOf([line]);
        if (left < 0)
            break;
        lines.push(line);
    }
    return lines;
}
const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;'
};
function escaped(text) {
    return entities(plain(text));
}
function entities(text) {
    return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

;// CONCATENATED MODULE: ./lib/github/run.js

function runLink(env) {
    const run = code(`${env.GITHUB_WORKFLOW ?? 'workflow'} #${env.GITHUB_RUN_NUMBER ?? '?'}`);
    const url = `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`;
    return env.GITHUB_RUN_ID ? markup_link(url, run) : run;
}
function attemptOf(env) {
    return { run: Number(env.GITHUB_RUN_ID) || 0, attempt: Number(env.GITHUB_RUN_ATTEMPT) || 0 };
}
function compareAttempts(one, other) {
    return one.run - other.run || one.attempt - other.attempt;
}
function placeOf(env) {
    return { workflow: workflowOf(env), job: jobOf(env) };
}
function workflowOf({ GITHUB_WORKFLOW_REF = '', GITHUB_WORKFLOW = '', GITHUB_REPOSITORY }) {
    const file = GITHUB_WORKFLOW_REF.replace(/@refs\/.*$/s, '');
    const home = `${GITHUB_REPOSITORY}/`;
    return (file.startsWith(home) ? file.slice(home.length) : file) || GITHUB_WORKFLOW;
}
function jobOf({ ACTIONS_ORCHESTRATION_ID = '', GITHUB_JOB = '' }) {
    const path = ACTIONS_ORCHESTRATION_ID.split('.');
    const leg = path.slice(path.indexOf(GITHUB_JOB) + 1).join('.');
    return path.includes(GITHUB_JOB) && leg !== '' && leg !== '__default' ? `${GITHUB_JOB}.${leg}` : GITHUB_JOB;
}

;// CONCATENATED MODULE: ./lib/github/issue-text.js




const MOST_CHARACTERS = 65_536;
const LONGEST_NAME = 80;
function markerOf(env) {
    const { workflow, job } = placeOf(env);
    return `<!-- stream-encryption tracks ${encoded(workflow)} ${encoded(job)} -->`;
}
function hasMarker(body, marker) {
    return body.split(/\r?\n/, 1)[0] === marker;
}
function memoryOf(body) {
    const [, runs, run, attempt] = REMEMBERED.exec(body) ?? [];
    return { failingRuns: Number(runs ?? 0), latest: { run: Number(run ?? 0), attempt: Number(attempt ?? 0) } };
}
const REMEMBERED = /^<!-- failing runs: (\d{1,9}), latest: (\d{1,15})\.(\d{1,9}) -->$/m;
function titleOf(env) {
    return `Stream encryption fails: ${titled(env.GITHUB_WORKFLOW ?? '')} / ${titled(placeOf(env).job)}`;
}
function titled(name) {
    const words = plain(name)
        .replace(/[@#`<>]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    return words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME)}…`.toWellFormed() : words;
}
function bodyOf({ env, memory, at, summary }) {
    const { failingRuns, latest } = memory;
    const { workflow, job } = placeOf(env);
    const frame = [
        markerOf(env),
        `<!-- failing runs: ${failingRuns}, latest: ${latest.run}.${latest.attempt} -->`,
        `<p>The step that encrypts streams fails in job ${code(job)} of ${code(workflow)}. Latest failing run: ${runLink(env)}, ` +
            `${inUtc(at)}. Failing runs so far: ${failingRuns}.</p>`,
        '<p><sub>Each failing run replaces this text; a later run that is well closes the issue.</sub></p>',
        ''
    ].join('\n');
    const room = Math.max(0, MOST_CHARACTERS - frame.length);
    const told = withoutAccounts(summary(room));
    return frame + (told.length <= room ? told : TOO_LONG);
}
const TOO_LONG = '<p>The summary is too long to stand here: see the run.</p>';
function wellAgain(env) {
    return `<p>Well again: run ${runLink(env)}.</p>`;
}
function withoutAccounts(html) {
    return html.replace(/(?<![0-9a-z/]|-[0-9a-f]{4}-[0-9a-f]{4}-)\d{12}(?![0-9a-z])/g, '************');
}
function encoded(name) {
    return encodeURIComponent(name.toWellFormed());
}

;// CONCATENATED MODULE: ./lib/github/issue.js




const LIMITS = { requestMs: 5_000, allMs: 15_000 };
async function trackIssue(tracking, { requestMs, allMs } = LIMITS) {
    const { failed, env, token, signal, info, warn } = tracking;
    if (signal.aborted)
        return;
    const late = AbortSignal.timeout(allMs);
    try {
        const issues = await openIssues({
            repository: env.GITHUB_REPOSITORY ?? '',
            apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
            token,
            signal: AbortSignal.any([signal, late]),
            requestMs
        });
        const ours = (await issues.ours()).filter(({ body }) => hasMarker(body, markerOf(env)));
        await (failed ? report(ours, issues, tracking) : resolve(ours, issues, tracking));
    }
    catch (cause) {
        if (signal.aborted)
            return info('The run was cancelled: the tracking issue may not tell of it.');
        const why = late.aborted ? `it took longer than ${allMs / 1000} s; the next run tries again` : thrownInWords(cause);
        warn(`The tracking issue was not ${failed ? 'written' : 'closed'}: ${why.replaceAll(token, '***')}.`);
    }
}
async function report([oldest, ...others], issues, tracking) {
    const { env, summary, info } = tracking;
    const now = attemptOf(env);
    const content = { env, summary, at: new Date() };
    if (oldest === undefined) {
        const { url } = await issues.open(titleOf(env), bodyOf({ ...content, memory: { failingRuns: 1, latest: now } }));
        return info(`Opened the tracking issue ${url}.`);
    }
    const { failingRuns, latest } = memoryOf(oldest.body);
    const order = compareAttempts(now, latest);
    if (order < 0)
        return info(`The tracking issue ${oldest.url} tells of a later run, and is left as it is.`);
    const memory = { failingRuns: order > 0 ? failingRuns + 1 : failingRuns, latest: now };
    await issues.update(oldest.number, bodyOf({ ...content, memory }));
    info(`Updated the tracking issue ${oldest.url}.`);
    if (others.length > 0) {
        info(`Runs that failed at once opened ${urls(others)} too; the next run that is well closes all of them.`);
    }
}
async function resolve(ours, issues, { env, info }) {
    for (const { number, url, body } of ours) {
        if (compareAttempts(attemptOf(env), memoryOf(body).latest) <= 0) {
            info(`The tracking issue ${url} tells of this run or a later one, and stays open.`);
            continue;
        }
        await issues.close(number);
        await issues.comment(number, wellAgain(env));
        info(`Closed the tracking issue ${url}.`);
    }
}
function urls(issues) {
    return issues.map(({ url }) => url).join(', ');
}

;// CONCATENATED MODULE: ./lib/encryption/fields.js
function fieldsOf({ kind, name, arn, region, outcome, changed, encrypted, status, ...rest }) {
    return {
        kind,
        name,
        arn,
        region,
        outcome,
        changed,
        encrypted,
        status,
        keyType: rest.key?.type ?? null,
        keyId: idOf(rest.key),
        previousKeyType: rest.previousKey?.type ?? null,
        previousKeyId: idOf(rest.previousKey),
        durationSeconds: rest.durationSeconds,
        message: rest.message
    };
}
function idOf(key) {
    return key?.id || null;
}

;// CONCATENATED MODULE: ./lib/github/outputs.js




const outputs_MOST_CHARACTERS = 400_000;
function outputsOf(results, durationSeconds, runEnded = null) {
    const { outcome, changed, encrypted, counts } = tallyOf(results, runEnded);
    const outputs = {
        outcome,
        changed: String(changed),
        encrypted,
        status: common(results, ({ status }) => status),
        'key-type': common(results, ({ key }) => key?.type),
        'key-id': common(results, ({ key }) => key?.id),
        'previous-key-type': common(results, ({ previousKey }) => previousKey?.type),
        'previous-key-id': common(results, ({ previousKey }) => previousKey?.id),
        'stream-name': common(results, ({ name }) => name),
        'stream-arn': common(results, ({ arn }) => arn),
        'duration-seconds': durationSeconds.toFixed(3),
        counts: JSON.stringify(counts),
        results: '[]'
    };
    const taken = Object.entries(outputs).reduce((length, [name, value]) => length + name.length + value.length, 0);
    return { ...outputs, results: `[${membersWithin(results, outputs_MOST_CHARACTERS - taken).join(',')}]` };
}
function setOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        setOutput(name, value);
}
function common(results, value) {
    const values = new Set(results.map((result) => value(result) ?? ''));
    const [only = ''] = values;
    return values.size === 1 ? cut(only) : '';
}
function membersWithin(results, characters) {
    const placed = results.map((result, place) => ({ result, place }));
    const kept = [];
    let left = characters;
    for (const { result, place } of worstFirst(placed, ({ result }) => result.outcome)) {
        const member = JSON.stringify(fieldsOf(result), cutTexts);
        left -= member.length + 1;
        if (left < 0)
            break;
        kept.push({ place, member });
    }
    return kept.sort((one, other) => one.place - other.place).map(({ member }) => member);
}
function cutTexts(_field, value) {
    return typeof value === 'string' ? cut(value) : value;
}

;// CONCATENATED MODULE: ./lib/node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./lib/github/remarks.js


const NAMED = 3;
const REMARKABLE = new Set(['planned', 'not-applicable']);
function remarksOn(results) {
    const texts = results.flatMap((result) => {
        const { name, outcome, message, warnings } = result;
        const tellsWhy = endedWell(result) ? REMARKABLE.has(outcome) : results.length === 1;
        return [...new Set(tellsWhy ? [message, ...warnings] : warnings)].map((text) => ({ name, text }));
    });
    return [...Map.groupBy(texts, ({ text }) => text)].map(([text, streams]) => {
        return { text, names: results.length === 1 ? [] : streams.map(({ name }) => name) };
    });
}
function remarkInHtml({ text, names }) {
    if (names.length === 0)
        return prose(text);
    const some = names.slice(0, NAMED).map(code).join(', ');
    const who = names.length === 1 ? some : `${names.length} streams (${some}${names.length > NAMED ? ', …' : ''})`;
    return `${who}: ${prose(text)}`;
}

;// CONCATENATED MODULE: ./lib/github/table.js





const ICONS = {
    failed: '❌',
    'timed-out': '⌛',
    cancelled: '🛑',
    'non-compliant': '❌',
    'not-applicable': '⚠️',
    skipped: '⏭️',
    planned: '📝',
    started: '🚀',
    rekeyed: '🔑',
    enabled: '🔒',
    unchanged: '✅',
    compliant: '✅'
};
const OUTCOME = { title: 'Outcome', cell: ({ result: { outcome } }) => `${ICONS[outcome]} ${outcome}` };
const STREAM = {
    title: 'Stream',
    cell: ({ result, consoleUrl }) => `${markup_link(consoleUrl, code(result.name))} <sub>${result.kind}</sub>`
};
const KEYS = { title: 'Key before → key now', cell: ({ result }) => keys(result) };
const KEEP = {
    title: 'Keep old<br>key until',
    nowrap: true,
    cell: (row) => {
        const need = oldKeyNeed(row);
        return need === null ? '' : inUtc(need.until).replace(' ', '<br>').replace(' ', '&nbsp;');
    }
};
const TIME = { title: 'Time', cell: ({ result }) => `${result.durationSeconds.toFixed(2)}&nbsp;s` };
function table(rows, bytes, reportPath) {
    if (rows.length === 0)
        return [];
    const columns = [OUTCOME, STREAM, KEYS, ...(rows.length > 1 && rows.some(oldKeyNeed) ? [KEEP] : []), TIME];
    const head = `<tr>${columns.map(({ title }) => `<th>${title}</th>`).join('')}</tr>`;
    const written = (row) => {
        const cells = columns.map(({ cell, nowrap }) => `<td${nowrap ? ' nowrap' : ''}>${cell(row)}</td>`).join('');
        return `<tr>${cells}</tr>${rows.length > 1 ? why(row, columns.length) : ''}`;
    };
    const frame = ['<table>', head, '</table>', leftOut(rows, rows, reportPath)];
    const lines = fitting(rows, written, bytes - bytesOf(frame));
    const rest = rows.slice(lines.length);
    return ['<table>', head, ...lines, '</table>', ...(rest.length === 0 ? [] : [leftOut(rest, rows, reportPath)])];
}
function why({ result }, columns) {
    if (endedWell(result))
        return '';
    return `\n<tr><td colspan="${columns}" width="640">${prose(result.message)}</td></tr>`;
}
function leftOut(rest, rows, reportPath) {
    const counts = countsInWords(countsOf(rest.map(({ result }) => result)));
    const where = reportPath === null ? `Give ${code('report-path')} to have all in a file.` : `All are in ${code(reportPath)}.`;
    return `<p>For want of room ${rest.length} of ${rows.length} streams are left out here: ${counts}. ${where}</p>`;
}
function keys(result) {
    const { outcome, encrypted, key, previousKey, changedTo } = result;
    const now = encrypted === 'false' ? 'not encrypted' : key === null ? 'unknown' : shortKey(key, result);
    if (changedTo !== null && !PROVED.has(outcome))
        return `${now}<br>→ ${shortKey(changedTo, result)}, not proved`;
    const before = outcome === 'enabled' ? 'not encrypted' : previousKey === null ? now : shortKey(previousKey, result);
    return before === now ? now : `${before}<br>→ ${now}`;
}
function shortKey(key, { arn, region }) {
    if (key.id === '')
        return keyInWords(key);
    const [, partition, , , account] = arn?.split(':') ?? [];
    const home = `arn:${partition}:kms:${region}:${account}:key/`;
    return code(key.id.startsWith(home) ? key.id.slice(home.length) : key.id);
}

;// CONCATENATED MODULE: ./lib/github/summary.js







const MOST_BYTES = 1_000_000;
const SHARE_OF_A_PART = 0.15;
async function writeSummary(content, env) {
    if (env.GITHUB_STEP_SUMMARY)
        await summary.addRaw(summaryOf(content, env), true).write();
}
function summaryOf(content, env, mostBytes = MOST_BYTES) {
    const { request, rows, runEnded, faults, reportPath } = content;
    const tally = tallyOf(rows.map(({ result }) => result), runEnded);
    const ordered = worstFirst(rows, ({ result }) => result.outcome);
    const remarks = remarksOn(ordered.map(({ result }) => result));
    const mostOfAPart = mostBytes * SHARE_OF_A_PART;
    const above = [
        `<h3>${ICONS[tally.outcome]} Stream encryption: ${verdict(tally, runEnded)}</h3>`,
        ...(request === null ? [] : [`<p>${prose(request)}</p>`]),
        ...list(within(mostOfAPart, faults, prose))
    ];
    const below = [
        ...list([...within(mostOfAPart, remarks, remarkInHtml), ...within(mostOfAPart, aftercare(rows), prose)]),
        `<p><sub>${origin(env)}</sub></p>`
    ];
    const room = mostBytes - bytesOf(above) - bytesOf(below);
    return [...above, ...table(ordered, room, reportPath), ...below].join('\n');
}
function verdict({ outcome, counts }, runEnded) {
    if (counts.total === 0 || (counts.total === 1 && runEnded === null))
        return outcome;
    return runEnded === null ? countsInWords(counts) : `${runEnded}; ${countsInWords(counts)}`;
}
function list(items) {
    return items.length === 0 ? [] : ['<ul>', ...items, '</ul>'];
}
function within(bytes, items, write) {
    const told = fitting(items, (item) => `<li>${write(item)}</li>`, bytes);
    const more = items.length - told.length;
    return more === 0 ? told : [...told, `<li>… and ${more} more, which the log tells.</li>`];
}
function origin(env) {
    return `Run ${runLink(env)}, started by ${code(env.GITHUB_EVENT_NAME ?? 'hand')}`;
}

;// CONCATENATED MODULE: ./lib/given-inputs.js

const DEFAULTS = {
    mode: 'encrypt',
    'key-type': 'any',
    wait: 'true',
    'timeout-seconds': '600',
    'settle-seconds': '5',
    'verify-records': 'false',
    'report-issue': 'false'
};
class GivenInputs {
    #input;
    #faults = [];
    constructor(input) {
        this.#input = input;
    }
    text(name) {
        return this.#input(name) || (DEFAULTS[name] ?? '');
    }
    lines(name) {
        return filled(this.text(name).split('\n'));
    }
    entries(name) {
        const entries = filled(this.text(name).split(/[\n,]/));
        return entries.length === 0 ? this.lines(name) : entries;
    }
    fault(name, value, wayOut) {
        const known = this.#faults.find((fault) => fault.name === name && fault.wayOut === wayOut);
        if (known)
            known.values.add(value);
        else
            this.#faults.push({ name, wayOut, values: new Set([value]) });
        return null;
    }
    get faults() {
        return this.#faults.map(({ name, wayOut, values }) => {
            if (values.has(''))
                return `Input ${name} is missing: ${wayOut}`;
            return `Input ${name} is ${firstFew([...values].map((value) => `"${value}"`))}: ${wayOut}`;
        });
    }
}
function filled(texts) {
    return texts.map((text) => text.trim()).filter((text) => text !== '');
}

;// CONCATENATED MODULE: ./lib/key-inputs.js

const KEY_TYPES = new Map([
    ['any', 'any'],
    ['aws-owned', 'aws-owned'],
    ['aws_owned_cmk', 'aws-owned'],
    ['customer-managed', 'customer-managed'],
    ['customer_managed_cmk', 'customer-managed']
]);
const KEY_FORMS = 'give a key ARN, a key id, an alias name (alias/…) or an alias ARN';
function readAskedKey(given, around) {
    const typeText = given.text('key-type');
    const type = KEY_TYPES.get(typeText.toLowerCase()) ??
        given.fault('key-type', typeText, 'allowed are aws-owned, customer-managed, any');
    const asked = readTypeAndId(given, type, around);
    const approved = new Set(given.entries('approved-key-ids'));
    return approved.size === 0 ? asked : readApproved(given, [...approved], type, around.mode);
}
function readTypeAndId(given, type, around) {
    const id = given.text('key-id');
    if (id !== '')
        return readKeyId(given, id, type, around);
    if (type !== 'customer-managed')
        return type && { which: type };
    if (around.mode === 'check')
        return { which: 'customer-managed' };
    return given.fault('key-id', '', 'key-type customer-managed needs the key to encrypt with');
}
function readKeyId(given, id, type, { kinds, region }) {
    const form = (0,key_forms/* keyForm */.U)(id);
    const ofAws = (0,key_forms/* isAwsAlias */.c_)(id);
    const wayOut = (ofAws ? whyNotAwsAlias(form, type, kinds) : whyNotKey(form, type)) ?? whyElsewhere(form, region);
    if (wayOut !== null)
        return given.fault('key-id', id, wayOut);
    if (id === key_forms/* KINESIS_AWS_ALIAS */.We && !kinds.includes('firehose'))
        return { which: 'aws-owned' };
    return type && { which: 'one', id, mustBeCustomerManaged: type === 'customer-managed' };
}
function whyNotKey(form, type) {
    if (type === 'aws-owned')
        return 'key-type aws-owned takes no key-id: leave out one of the two';
    return form === null ? KEY_FORMS : null;
}
function whyNotAwsAlias(form, type, kinds) {
    if (type === 'customer-managed')
        return 'this is an AWS managed key, but key-type asks for customer-managed';
    if (kinds.includes('firehose') && !kinds.includes('kinesis')) {
        return 'Firehose takes no AWS managed key: use key-type aws-owned without key-id';
    }
    return form?.alias === key_forms/* KINESIS_AWS_ALIAS */.We ? null : `this AWS managed key is not for Kinesis: use ${key_forms/* KINESIS_AWS_ALIAS */.We}`;
}
function whyElsewhere(form, region) {
    if (!form?.region || region === null || form.region === region)
        return null;
    return `this key is not in the region of the run, ${region}: give a key of that region, or set region`;
}
function readApproved(given, ids, type, mode) {
    const fault = (id, wayOut) => given.fault('approved-key-ids', id, wayOut);
    for (const id of ids) {
        if ((0,key_forms/* keyForm */.U)(id) === null)
            fault(id, KEY_FORMS);
        if (mode !== null && mode !== 'check')
            fault(id, `only mode check takes approved keys, but mode is ${mode}`);
        if (given.text('key-id') !== '')
            fault(id, 'it takes the place of key-id: leave out one of the two');
        if (type !== null && type !== 'any')
            fault(id, `it takes the place of key-type ${type}: leave out one of the two`);
    }
    return { which: 'approved', ids };
}
function readOldKeys(given, asked, { mode, region, kinds }) {
    const texts = [...new Set(given.entries('from-key-id'))];
    for (const text of texts) {
        const fault = (wayOut) => wayOut !== null && given.fault('from-key-id', text, wayOut);
        fault(whyNotOldKey(text) ?? whyElsewhere((0,key_forms/* keyForm */.U)(text), region) ?? whyTargetItself(text, asked));
        fault(whyNoMove(asked, mode));
    }
    return texts.length === 0 ? null : texts.map((text) => oldKey(text, kinds));
}
function oldKey(text, kinds) {
    if (text === 'any' || text === 'aws-owned')
        return text;
    return text === key_forms/* KINESIS_AWS_ALIAS */.We && !kinds.includes('firehose') ? 'aws-owned' : { id: text };
}
function whyNotOldKey(text) {
    return text === 'any' || text === 'aws-owned' || (0,key_forms/* keyForm */.U)(text) !== null ? null : `${KEY_FORMS}, aws-owned or any`;
}
function whyTargetItself(text, asked) {
    const target = asked?.which === 'one' ? asked.id : asked?.which === 'aws-owned' ? 'aws-owned' : null;
    if (target === null || bare(text) !== bare(target))
        return null;
    return 'this is the key to move to: give the key that streams are to leave';
}
function whyNoMove(asked, mode) {
    if (mode === 'check')
        return 'mode check moves no stream: use mode encrypt or plan, with the key to move to';
    if (asked === null || asked.which === 'one' || asked.which === 'aws-owned')
        return null;
    return 'it needs the key to move to: give key-id, or key-type aws-owned';
}
function bare(text) {
    if (text === key_forms/* KINESIS_AWS_ALIAS */.We)
        return 'aws-owned';
    const form = (0,key_forms/* keyForm */.U)(text)?.form;
    return form === 'arn' || form === 'id' ? text.slice(text.lastIndexOf('/') + 1).toLowerCase() : text;
}

// EXTERNAL MODULE: ./lib/encryption/stream-names.js
var stream_names = __nccwpck_require__(1572);
;// CONCATENATED MODULE: ./lib/selection-inputs.js


function readKind(given) {
    const text = given.text('stream-kind');
    if (text === '')
        return undefined;
    return KINDS.find((kind) => kind === text) ?? given.fault('stream-kind', text, `allowed are ${KINDS.join(', ')}`);
}
function readSelection(given, kind, region) {
    const choices = readChoices(given, kind, region);
    const tags = readTags(given);
    if (choices === null || tags === null)
        return null;
    if (choices.length > 0)
        return { kinds: [...new Set(choices.map(kindOf))], choices, tags };
    if (tags.length === 0)
        return given.fault('stream-name', '', 'give names, globs or ARNs, or select by stream-tags');
    return kind === null ? null : { kinds: kind === undefined ? KINDS : [kind], choices, tags };
}
function kindOf(choice) {
    return choice.by === 'name' ? choice.stream.kind : choice.kind;
}
function readChoices(given, kind, region) {
    const entries = [...new Set(given.entries('stream-name'))];
    if (kind === undefined && !entries.every(isArn)) {
        given.fault('stream-kind', '', 'give kinesis or firehose, or the ARN of each stream as stream-name');
    }
    const choices = entries
        .map((entry) => (isArn(entry) ? readArn(given, entry, kind, region) : readName(given, entry, kind)))
        .filter((choice) => choice !== null);
    return choices.length === entries.length ? choices : null;
}
function isArn(entry) {
    return entry.startsWith('arn:');
}
const NAME_RULES = {
    kinesis: 'a data stream name has 1 to 128 letters, digits, "_", "." and "-"',
    firehose: 'a delivery stream name has 1 to 64 letters, digits, "_", "." and "-"'
};
const WILDCARD = /[*?]/;
const GLOB = /^[a-zA-Z0-9_.*?-]+$/;
function readName(given, entry, kind) {
    if (WILDCARD.test(entry)) {
        if (!GLOB.test(entry)) {
            return given.fault('stream-name', entry, 'a glob has "*" and "?" besides letters, digits, "_", "." and "-"');
        }
        return kind ? { by: 'glob', kind, glob: entry } : null;
    }
    const rule = kind ?? 'kinesis';
    if (!stream_names/* STREAM_NAMES */.i[rule].test(entry))
        return given.fault('stream-name', entry, NAME_RULES[rule]);
    return kind ? { by: 'name', stream: { kind, name: entry, arn: null } } : null;
}
function readArn(given, arn, kindGiven, region) {
    const fault = (wayOut) => given.fault('stream-name', arn, wayOut);
    if (WILDCARD.test(arn))
        return fault('an ARN names one stream: give a glob by the name alone, with stream-kind');
    const read = (0,stream_names/* readStreamArn */.s)(arn);
    if (read === null)
        return fault('this is not the ARN of a data stream or a delivery stream');
    if (region !== null && read.region !== region) {
        fault(`this is not in the region of the run, ${region}: set region, or use a step of its own`);
    }
    const { stream } = read;
    if (kindGiven && kindGiven !== stream.kind) {
        return fault(`this is a ${stream.kind} stream, but stream-kind says ${kindGiven}`);
    }
    return { by: 'name', stream };
}
function readTags(given) {
    const tags = new Map();
    let sound = true;
    for (const line of given.lines('stream-tags')) {
        const [key, value] = tagIn(line);
        const wayOut = whyNoTag(key, value, tags.get(key));
        if (wayOut === null) {
            tags.set(key, value);
        }
        else {
            given.fault('stream-tags', line, wayOut);
            sound = false;
        }
    }
    return sound ? [...tags].map(([key, value]) => ({ key, value })) : null;
}
function tagIn(line) {
    const end = Math.max(line.indexOf('='), 0);
    return [line.slice(0, end).trim(), line.slice(end + 1).trim() || null];
}
function whyNoTag(key, value, earlier) {
    if (key === '')
        return 'write key=value, or key= for any value';
    if (earlier === undefined || earlier === value)
        return null;
    return 'a stream has one value of a tag, and a line above asks for another: leave out one of the two';
}

;// CONCATENATED MODULE: ./lib/inputs.js




class BadInputs extends Error {
    faults;
    reporting;
    constructor(faults, reporting) {
        super(faults.join('\n'));
        this.name = 'BadInputs';
        this.faults = faults;
        this.reporting = reporting;
    }
}
async function readInputs({ input, env, profileRegion }) {
    const given = new GivenInputs(input);
    const region = await readRegion(given, env, profileRegion);
    const kind = readKind(given);
    const selection = readSelection(given, kind, region);
    const mode = readMode(given);
    const around = { region, mode, kinds: selection?.kinds ?? (kind ? [kind] : []) };
    const asked = readAskedKey(given, around);
    const from = readOldKeys(given, asked, around);
    const wait = readBoolean(given, 'wait');
    const times = readTimes(given);
    const verifyRecords = readBoolean(given, 'verify-records');
    if (verifyRecords && wait === false) {
        given.fault('verify-records', 'true', 'it needs the end of the change, so it cannot go with wait: false');
    }
    const reporting = { path: readReportPath(given), issueToken: readIssueToken(given) };
    if (given.faults.length === 0 &&
        region !== null &&
        selection !== null &&
        mode !== null &&
        asked !== null &&
        wait !== null &&
        times !== null &&
        verifyRecords !== null) {
        return { request: { region, selection, mode, asked, from, wait, ...times, verifyRecords }, reporting };
    }
    throw new BadInputs(given.faults, reporting);
}
async function readRegion(given, env, profileRegion) {
    const region = given.text('region') ||
        env.AWS_REGION?.trim() ||
        env.AWS_DEFAULT_REGION?.trim() ||
        (await profileRegion().catch(() => ''));
    if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region))
        return region;
    return given.fault('region', region, 'give a region such as eu-central-1, or set AWS_REGION, as aws-actions/configure-aws-credentials does');
}
function readMode(given) {
    const text = given.text('mode');
    return MODES.find((mode) => mode === text) ?? given.fault('mode', text, `allowed are ${MODES.join(', ')}`);
}
function readBoolean(given, name) {
    const text = given.text(name);
    if (/^true$/i.test(text))
        return true;
    if (/^false$/i.test(text))
        return false;
    return given.fault(name, text, 'allowed are true, false');
}
function readTimes(given) {
    const timeout = readSeconds(given, 'timeout-seconds', 1, 86_400);
    const settle = readSeconds(given, 'settle-seconds', 0, 60);
    if (timeout === null || settle === null)
        return null;
    if (settle < timeout)
        return { timeoutMs: timeout * 1000, settleMs: settle * 1000 };
    return given.fault('settle-seconds', given.text('settle-seconds'), `it counts inside timeout-seconds (${timeout}) and must be less; give a smaller one, or 0 (left out, it is 5)`);
}
function readSeconds(given, name, least, most) {
    const text = given.text(name);
    const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (seconds >= least && seconds <= most)
        return seconds;
    return given.fault(name, text, `give a decimal number of seconds from ${least} to ${most}`);
}
function readReportPath(given) {
    const path = given.text('report-path');
    if (path.endsWith('/'))
        return given.fault('report-path', path, 'this is a folder: give the path of a file in it');
    return path || null;
}
function readIssueToken(given) {
    const token = given.text('github-token');
    if (readBoolean(given, 'report-issue') !== true)
        return null;
    if (token === '')
        return given.fault('github-token', '', 'report-issue needs it: give github.token');
    return token;
}

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: ./lib/memory.js

const MANY = 100;
function keepMemorySmall(streams) {
    if (streams >= MANY)
        (0,external_node_v8_namespaceObject.setFlagsFromString)('--semi-space-growth-factor=1');
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./lib/report.js






function reportOf(run) {
    const { request, startedAt, endedAt, durationSeconds, runEnded, faults, ended } = run;
    const tally = tallyOf(ended.map(({ result }) => result), runEnded);
    return {
        version: 1,
        request: request === null ? null : requestInWords(request),
        region: request?.region ?? null,
        mode: request?.mode ?? null,
        startedAt: startedAt.toISOString(),
        endedAt: endedAt.toISOString(),
        durationSeconds: Math.round(durationSeconds * 1000) / 1000,
        ...tally,
        faults,
        streams: ended.map(streamReport)
    };
}
async function writeReport(path, report) {
    try {
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
        await (0,promises_.writeFile)(path, `${JSON.stringify(report, wellFormed, 2)}\n`);
    }
    catch (cause) {
        throw new Error(`The report was not written, as report-path is "${path}": ${thrownInWords(cause)}`, { cause });
    }
}
function wellFormed(_field, value) {
    return typeof value === 'string' ? value.toWellFormed() : value;
}
function streamReport(one) {
    const { result, endedAt } = one;
    return {
        ...fieldsOf(result),
        named: result.named,
        changedToKeyType: result.changedTo?.type ?? null,
        changedToKeyId: idOf(result.changedTo),
        endedAt: endedAt.toISOString(),
        oldKeyNeededUntil: oldKeyNeed(one)?.until.toISOString() ?? null,
        warnings: result.warnings
    };
}

;// CONCATENATED MODULE: ./lib/main.js























const { env } = process;
async function run() {
    const startedAt = new Date();
    const beganMs = performance.now();
    const cancelled = cancellation(process);
    let request = null;
    let reporting = { path: null, issueToken: null };
    let ended = [];
    let runEnded = null;
    let faults = [];
    try {
        ({ request, reporting } = await readInputs({ input: input, env, profileRegion: profileRegion }));
        log_info(requestInWords(request));
        ended = await carryOut(request, cancelled);
    }
    catch (cause) {
        if (cause instanceof BadInputs)
            reporting = cause.reporting;
        runEnded = outcomeOf(cause);
        faults = faultsOf(cause);
    }
    const durationSeconds = (performance.now() - beganMs) / 1000;
    await tell({ request, startedAt, endedAt: new Date(), durationSeconds, runEnded, faults, ended }, reporting, cancelled).catch((cause) => {
        process.exitCode = 1;
        log_error('Stream encryption', `How the run ended could not be told: ${cause}`);
    });
}
async function carryOut(request, cancelled) {
    const aws = await openAws({ region: request.region, env, clock: systemClock, debug: log_debug });
    try {
        const fleet = await main_choose(request, aws, cancelled);
        keepMemorySmall(fleet.length);
        const carryOutOne = request.mode === 'check' ? check : secure_secure;
        const tools = {
            serviceOf: aws.streams,
            keys: new KeyBook(aws.keys),
            clock: systemClock,
            random: Math.random,
            cancelled,
            onProgress: (progress) => log_info(progressInWords(progress))
        };
        return await runFleet(fleet, tools, async (chosen, its) => {
            const lines = [];
            const log = fleet.length === 1 ? log_info : (line) => lines.push(line);
            const result = await carryOutOne({ ...request, ...chosen }, { ...its, log });
            if (fleet.length > 1)
                log_group(endInWords(result), lines);
            else if (endedWell(result))
                log_info(endInWords(result));
            return { result, endedAt: new Date() };
        });
    }
    finally {
        aws.close();
    }
}
async function main_choose({ selection, region, timeoutMs }, aws, cancelled) {
    const deadline = startDeadline(systemClock, timeoutMs, cancelled);
    try {
        return await select_select(selection, {
            region,
            directory: aws.directory,
            look: async (stream, signal) => (await aws.streams(stream.kind)).look(stream, signal),
            clock: systemClock,
            random: Math.random,
            log: log_info,
            signal: deadline.signal
        });
    }
    finally {
        deadline.stop();
    }
}
function endInWords({ kind, name, outcome, message }) {
    return `${kind} ${name}: ${outcome}: ${message}`;
}
function outcomeOf(cause) {
    if (cause instanceof services/* Cancelled */.cJ)
        return 'cancelled';
    return cause instanceof services/* TimedOut */.GA ? 'timed-out' : 'failed';
}
function faultsOf(cause) {
    if (cause instanceof BadInputs)
        return cause.faults;
    if (cause instanceof services/* Cancelled */.cJ)
        return ['The run was cancelled before its streams were known. No change was sent'];
    if (cause instanceof services/* TimedOut */.GA) {
        const trouble = cause.message === '' ? '' : `; the last call failed: ${cause.message}`;
        return [`The streams were not found within timeout-seconds${trouble}. No change was sent`];
    }
    return [thrownInWords(cause)];
}
async function tell(run, reporting, cancelled) {
    const results = run.ended.map(({ result }) => result);
    const faults = [...run.faults];
    try {
        setOutputs(outputsOf(results, run.durationSeconds, run.runEnded));
    }
    catch (cause) {
        faults.push(`The outputs were not written: ${cause}`);
    }
    const reportPath = await writtenReport({ ...run, faults }, reporting.path).catch((cause) => {
        faults.push(...faultsOf(cause));
        return null;
    });
    const annotations = [];
    if (faults.length > 0)
        annotations.push({ level: 'error', title: 'Stream encryption', lines: faults });
    const summary = summaryOfRun({ ...run, faults }, reportPath);
    await writeSummary(summary, env).catch((cause) => {
        annotations.push({ level: 'warning', title: 'Job summary', lines: [`The summary was not written: ${cause}`] });
    });
    const told = annotationsFor(annotations, results);
    annotate(told);
    for (const line of aftercare(run.ended))
        log_info(line);
    const failed = faults.length > 0 || !results.every(endedWell);
    if (failed)
        process.exitCode = 1;
    if (reporting.issueToken === null)
        return;
    const warn = (message) => told.shown.length < MOST_ANNOTATIONS
        ? log_warning('Tracking issue', message)
        : log_info(`warning: Tracking issue: ${message}`);
    await track(failed, summary, reporting.issueToken, cancelled, warn);
}
function summaryOfRun({ request, ended, runEnded, faults }, reportPath) {
    const rows = ended.map((one) => ({ ...one, consoleUrl: consoleUrl(one.result) }));
    return { request: request && requestInWords(request), rows, runEnded, faults, reportPath };
}
function track(failed, summary, token, signal, warn) {
    return trackIssue({ failed, summary: (most) => summaryOf(summary, env, most), env, token, signal, info: log_info, warn });
}
async function writtenReport(run, path) {
    if (path !== null)
        await writeReport(path, reportOf(run));
    return path;
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(5691);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
