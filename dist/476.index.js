export const id = 476;
export const ids = [476];
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

/***/ 4476:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   configuredRegion: () => (/* binding */ configuredRegion),
/* harmony export */   kmsKeys: () => (/* binding */ kmsKeys),
/* harmony export */   toKeyDescription: () => (/* binding */ toKeyDescription)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5770);
/* harmony import */ var _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9370);
/* harmony import */ var _encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3358);
/* harmony import */ var _encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7807);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6058);




function kmsKeys(connection) {
    const client = new _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_3__/* .KMSClient */ .p(connection.config);
    return {
        async describe(id, signal) {
            const call = { action: 'kms:DescribeKey', resource: id, region: connection.config.region };
            const answer = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_4__/* .DescribeKeyCommand */ .s({ KeyId: id })), options));
            return toKeyDescription(id, new _answers_js__WEBPACK_IMPORTED_MODULE_2__/* .Fields */ .C(call, answer).structure('KeyMetadata'));
        }
    };
}
function toKeyDescription(id, metadata) {
    const arn = metadata.text('Arn');
    if ((0,_encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parseKeyId */ .mz)(arn)?.form !== 'arn')
        throw metadata.malformed("the answer's Arn is not the ARN of a key");
    if (!isAbout(arn, id))
        throw metadata.malformed('the answer describes another key');
    return {
        arn,
        type: KEY_TYPES.get(metadata.text('KeyManager')) ?? null,
        state: metadata.text('KeyState'),
        usage: metadata.optionalText('KeyUsage'),
        spec: metadata.optionalText('KeySpec'),
        deletionDate: metadata.optionalDate('DeletionDate'),
        validTo: metadata.optionalDate('ValidTo')
    };
}
function isAbout(arn, id) {
    switch ((0,_encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parseKeyId */ .mz)(id)?.form) {
        case 'arn':
            return (0,_encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameResource */ .DK)(arn, id);
        case 'id':
            return arn.toLowerCase().endsWith(`:key/${id.toLowerCase()}`);
        case 'alias':
        case 'alias-arn':
            return true;
        default:
            return false;
    }
}
const KEY_TYPES = new Map([
    ['AWS', 'aws-owned'],
    ['CUSTOMER', 'customer-managed']
]);
function configuredRegion() {
    return new _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_3__/* .KMSClient */ .p({}).config.region().catch(() => '');
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


/***/ })

};
