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
/* harmony import */ var _call_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1093);
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
        if (!(0,_encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .isArn */ .EH)(arn))
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
        return new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .MalformedAnswer */ .ol(`${(0,_call_js__WEBPACK_IMPORTED_MODULE_2__/* .formatCall */ .Ms)(this.#call)}: ${defect}`);
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

/***/ 15:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   kinesisStreams: () => (/* binding */ kinesisStreams),
/* harmony export */   toObservation: () => (/* binding */ toObservation)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1808);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2168);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(110);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1588);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3475);
/* harmony import */ var _encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7807);
/* harmony import */ var _encryption_model_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5180);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6058);
/* harmony import */ var _directory_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5006);
/* harmony import */ var _quotas_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4324);
/* harmony import */ var _sdk_error_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1230);







function kinesisStreams(connection) {
    const { region } = connection.config;
    const client = new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_4__/* .KinesisClient */ .q(connection.config);
    return {
        minPollIntervalMs: (0,_quotas_js__WEBPACK_IMPORTED_MODULE_3__/* .minPollIntervalMs */ .z)('kinesis:DescribeStreamSummary'),
        async names(after, signal) {
            const call = { action: 'kinesis:ListStreams', resource: 'all data streams', region };
            const input = after === null ? {} : { ExclusiveStartStreamName: after };
            const page = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_5__/* .ListStreamsCommand */ .b(input)), options));
            return (0,_directory_js__WEBPACK_IMPORTED_MODULE_6__/* .toPage */ .Z)(new _answers_js__WEBPACK_IMPORTED_MODULE_2__/* .Fields */ .C(call, page), 'StreamNames', 'HasMoreStreams', after);
        },
        async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
            const call = callOn(stream, 'DescribeStreamSummary', region);
            const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_7__/* .DescribeStreamSummaryCommand */ .B(streamId(stream))), options));
            return toObservation(stream, new _answers_js__WEBPACK_IMPORTED_MODULE_2__/* .Fields */ .C(call, answer).structure('StreamDescriptionSummary'));
        },
        async startEncryption(stream, target, signal, onSend, mayRepeat) {
            const call = callOn(stream, 'StartStreamEncryption', region);
            const input = { ...streamId(stream), EncryptionType: 'KMS', KeyId: target.id };
            await connection.call(call, { signal, onSend, isSentOnce: true, mayRepeat }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_8__/* .StartStreamEncryptionCommand */ .$(input)), options));
        },
        async putRecord(stream, signal) {
            const call = callOn(stream, 'PutRecord', region);
            const input = { ...streamId(stream), PartitionKey: 'stream-encryption', Data: Buffer.from('stream-encryption') };
            const answer = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_9__/* .PutRecordCommand */ .m(input)), options));
            return new _answers_js__WEBPACK_IMPORTED_MODULE_2__/* .Fields */ .C(call, answer).optionalText('EncryptionType') === 'KMS';
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
    const encryptionType = summary.optionalText('EncryptionType') ?? 'NONE';
    const encrypted = ENCRYPTED.get(encryptionType) ?? 'unknown';
    const phase = PHASES.get(status) ?? 'unclear';
    const isUnclear = phase === 'final' && (encrypted === 'unknown' || (encrypted === 'false' && keyId !== null));
    return {
        arn: summary.arnOf(stream, 'StreamARN'),
        status,
        phase: isUnclear ? 'unclear' : phase,
        encrypted: isUnclear ? 'unknown' : encrypted,
        key: encrypted === 'true' && keyId !== null ? toReportedKey(keyId, summary) : null,
        failure: null,
        source: null,
        previousKeyNeededHours: summary.optionalCount('RetentionPeriodHours', 1),
        channelCount: summary.optionalCount('ChannelCount', 0) ?? 0,
        ...(isUnclear && { unclearReason: `EncryptionType ${encryptionType}${keyId === null ? '' : ` with a KeyId`}` })
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
function toReportedKey(id, summary) {
    const alias = (0,_encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_0__/* .parseKeyId */ .mz)(id)?.alias;
    if ((0,_encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isAwsAlias */ .c_)(id) && alias !== _encryption_model_js__WEBPACK_IMPORTED_MODULE_1__/* .KINESIS_AWS_ALIAS */ .We) {
        throw summary.malformed(`the answer's KeyId ${(0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_10__/* .truncate */ .x)(id)} is the AWS managed key of another service`);
    }
    return { type: alias === _encryption_model_js__WEBPACK_IMPORTED_MODULE_1__/* .KINESIS_AWS_ALIAS */ .We ? 'aws-owned' : null, id };
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
