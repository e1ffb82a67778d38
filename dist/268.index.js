export const id = 268;
export const ids = [268];
export const modules = {

/***/ 4987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H8: () => (/* binding */ otherPolicyRemedy),
/* harmony export */   RL: () => (/* binding */ isExplicitDeny),
/* harmony export */   S$: () => (/* binding */ denialRemedy),
/* harmony export */   j_: () => (/* binding */ keyDenialRemedy)
/* harmony export */ });
/* unused harmony export DENIAL_WORDINGS */
/* harmony import */ var _call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1093);
/* harmony import */ var _permissions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8809);


function callerOf({ action, caller = 'the role of this step' }) {
    return action.startsWith('sts:') ? 'this workflow' : caller;
}
function policyOf(action) {
    return action.startsWith('kms:') ? 'the key policy' : 'the resource-based policy';
}
function trustWorkflow(action) {
    return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
}
const OTHER_POLICIES = [
    {
        wording: /with an explicit deny(?: in ((?:an?|the) [\w -]+? (?:policy|boundary)))?/i,
        example: '\u2026 with an explicit deny in a service control policy',
        remedy: ([, policy = 'a policy'], call) => `The explicit deny in ${policy} takes precedence over every permission: whoever manages that policy must exempt ${callerOf(call)}`
    },
    {
        wording: /the resource does not exist in this region, no resource-based policies allow access/i,
        example: '\u2026 because the resource does not exist in this Region, no resource-based policies allow access, or \u2026',
        remedy: (_match, call) => `Check the key's id or alias, and that the key is in ${call.region}. If they are right, ${callerOf(call)} needs ${call.action} in its own policy and in the key policy, which must not deny it either`
    },
    {
        wording: /because no (?:role trust|resource-based) policy allows the ([\w-]+:\w+) action/i,
        example: '\u2026 because no resource-based policy allows the kms:DescribeKey action',
        remedy: ([, action = ''], call) => action.startsWith('sts:')
            ? trustWorkflow(action)
            : `Allow ${action} to ${callerOf({ ...call, action })} in ${policyOf(action)}`
    },
    {
        wording: /because no ((?!identity-based)[\w -]+? (?:policy|boundary)) allows the ([\w-]+:\w+) action/i,
        example: '\u2026 because no permissions boundary allows the kinesis:StartStreamEncryption action',
        remedy: ([, policy, action = ''], call) => `Allow ${action} in the ${policy} that applies to ${callerOf({ ...call, action })}`
    }
];
const IDENTITY_POLICIES = [
    {
        wording: /not authorized to perform:? (sts:\w+)(?: on resource: (\S+))? because no identity-based policy/i,
        example: '\u2026 not authorized to perform: sts:AssumeRole because no identity-based policy allows the action',
        remedy: ([, action = '', role]) => `Allow ${action}${role === undefined ? '' : ` on ${role}`} in a policy of the identity that assumes the role`
    },
    {
        wording: /not authorized to perform:? (sts:\w+)/i,
        example: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
        remedy: ([, action = '']) => trustWorkflow(action)
    },
    {
        wording: /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i,
        example: '\u2026 is not authorized to perform: kinesis:StartStreamEncryption on resource: \u2026',
        remedy: ([, action = '', resource]) => grant(action, resource === undefined ? '' : ` on ${resource}`)
    },
    {
        wording: /^/,
        example: 'any other words',
        remedy: (_match, call) => grant(call.action, ` on ${(0,_call_js__WEBPACK_IMPORTED_MODULE_0__/* .formatResource */ ._V)(call)}`)
    }
];
const DENIAL_WORDINGS = [...OTHER_POLICIES, ...IDENTITY_POLICIES];
function denialRemedy(message, call) {
    return firstRemedy(DENIAL_WORDINGS, message, call) ?? '';
}
function otherPolicyRemedy(message, call) {
    return firstRemedy(OTHER_POLICIES, message, call);
}
function isExplicitDeny(message) {
    return /with an explicit deny/i.test(message);
}
function keyDenialRemedy(message, call) {
    const other = otherPolicyRemedy(message, call);
    if (other !== null)
        return other;
    const [, action, resource = 'the key'] = /not authorized to perform:? (kms:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
    const actions = action ?? (0,_permissions_js__WEBPACK_IMPORTED_MODULE_1__/* .permissionsOf */ .k)(call.action).keyActions.join(' and ');
    const service = call.action.startsWith('firehose:') ? 'Firehose' : 'Kinesis';
    return `Grant ${actions} on ${resource} to the role of this step, in the role's policy and in the key policy, without a condition that excludes calls through ${service}`;
}
function firstRemedy(wordings, message, call) {
    const [, action = call.action] = /not authorized to perform:? ([\w-]+:\w+)/i.exec(message) ?? [];
    for (const { wording, remedy } of wordings) {
        const match = wording.exec(message);
        if (match !== null)
            return remedy(match, { ...call, action });
    }
    return null;
}
function grant(action, on) {
    const resources = (0,_permissions_js__WEBPACK_IMPORTED_MODULE_1__/* .permissionsOf */ .k)(action).on;
    const both = resources.length > 1 ? `; this action is needed on the ${resources.join(' and on the ')}` : '';
    return `Grant ${action}${on} to the role of this step${both}`;
}


/***/ }),

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

/***/ 7268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  firehoseStreams: () => (/* binding */ firehoseStreams),
  toObservation: () => (/* binding */ toObservation)
});

// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-firehose/dist-es/FirehoseClient.js + 8 modules
var FirehoseClient = __webpack_require__(3415);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-firehose/dist-es/commands/ListDeliveryStreamsCommand.js
var ListDeliveryStreamsCommand = __webpack_require__(445);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-firehose/dist-es/commands/DescribeDeliveryStreamCommand.js
var DescribeDeliveryStreamCommand = __webpack_require__(4285);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-firehose/dist-es/commands/StartDeliveryStreamEncryptionCommand.js
var StartDeliveryStreamEncryptionCommand = __webpack_require__(4337);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-firehose/dist-es/commands/PutRecordCommand.js
var PutRecordCommand = __webpack_require__(3790);
// EXTERNAL MODULE: ./lib/node_modules/@aws-sdk/client-firehose/dist-es/models/enums.js
var enums = __webpack_require__(5281);
// EXTERNAL MODULE: ./lib/encryption/arn.js
var arn = __webpack_require__(3358);
// EXTERNAL MODULE: ./lib/aws/answers.js
var answers = __webpack_require__(6058);
// EXTERNAL MODULE: ./lib/aws/directory.js
var directory = __webpack_require__(5006);
// EXTERNAL MODULE: ./lib/aws/access-denied.js
var access_denied = __webpack_require__(4987);
;// CONCATENATED MODULE: ./lib/aws/failure-types.js

const UNKNOWN_ERROR = 'UNKNOWN_ERROR';
function failureType(type, details, region) {
    const known = FAILURE_TYPES.get(type) ?? UNKNOWN;
    const caller = DENIED.get(type);
    if (caller === undefined)
        return known;
    const call = { action: 'firehose:StartDeliveryStreamEncryption', resource: 'the delivery stream', region, caller };
    const advice = (0,access_denied/* otherPolicyRemedy */.H8)(details, call);
    return advice === null ? known : { ...known, advice, isRetryable: known.isRetryable && !(0,access_denied/* isExplicitDeny */.RL)(details) };
}
const SESSION_AGE = 'Firehose refuses a session older than 6 hours';
const ENCRYPTING_ROLE = 'the role that encrypts the stream';
const DELIVERING_ROLE = 'the role of the delivery stream';
const IN_BOTH_POLICIES = `on the key to ${ENCRYPTING_ROLE}, in the role's policy and in the key policy`;
const CREATE_AGAIN = 'that configuration cannot be changed: create the delivery stream again with';
const UNKNOWN = {
    cause: 'Firehose gives no reason',
    advice: 'AWS does not say what to fix: if a later attempt fails again, contact AWS Support with this message and the ARN of the delivery stream',
    isRetryable: false
};
const BY_TYPE = {
    CREATE_KMS_GRANT_FAILED: {
        cause: 'Firehose could not create a grant for itself on the key',
        advice: `Grant kms:CreateGrant ${IN_BOTH_POLICIES}; ${SESSION_AGE}`,
        isRetryable: true
    },
    KMS_ACCESS_DENIED: {
        cause: `the key may not be used in the name of ${ENCRYPTING_ROLE}`,
        advice: `Grant kms:CreateGrant and kms:DescribeKey ${IN_BOTH_POLICIES}; ${SESSION_AGE}`,
        isRetryable: true
    },
    RETIRE_KMS_GRANT_FAILED: {
        cause: 'Firehose could not retire its grant on the previous key',
        advice: 'Check that the previous key exists, and that its policy does not deny kms:RetireGrant; then run again',
        isRetryable: false
    },
    DISABLED_KMS_KEY: {
        cause: 'the key is disabled',
        advice: 'Enable the key, or use another one',
        isRetryable: false
    },
    INVALID_KMS_KEY: {
        cause: 'the key cannot encrypt a delivery stream',
        advice: 'Use a symmetric key for ENCRYPT_DECRYPT that is not pending deletion',
        isRetryable: false
    },
    KMS_KEY_NOT_FOUND: {
        cause: 'KMS has no such key',
        advice: "Check that the key exists in the stream's region",
        isRetryable: false
    },
    KMS_OPT_IN_REQUIRED: {
        cause: 'the account is not subscribed to KMS',
        advice: 'The account is not subscribed to KMS: contact AWS Support',
        isRetryable: false
    },
    CREATE_ENI_FAILED: {
        cause: "Firehose could not create a network interface in the destination's VPC",
        advice: "Firehose could not create a network interface in the destination's VPC: check that its subnets have free IP addresses and that the account has network interfaces left in its quota",
        isRetryable: false
    },
    DELETE_ENI_FAILED: {
        cause: "Firehose could not delete a network interface in the destination's VPC",
        advice: "Firehose could not delete a network interface in the destination's VPC: allow ec2:DeleteNetworkInterface to the role of the delivery stream",
        isRetryable: false
    },
    ENI_ACCESS_DENIED: {
        cause: "Firehose may not manage network interfaces in the destination's VPC",
        advice: "Firehose may not manage network interfaces in the destination's VPC: allow ec2:CreateNetworkInterface, ec2:CreateNetworkInterfacePermission, ec2:DescribeNetworkInterfaces and ec2:DeleteNetworkInterface to the role of the delivery stream",
        isRetryable: false
    },
    SUBNET_NOT_FOUND: {
        cause: "a subnet of the destination's VPC configuration does not exist",
        advice: `A subnet of the destination's VPC configuration does not exist, and ${CREATE_AGAIN} subnets that exist`,
        isRetryable: false
    },
    SUBNET_ACCESS_DENIED: {
        cause: "Firehose may not read the subnets of the destination's VPC",
        advice: "Firehose may not read the subnets of the destination's VPC: allow ec2:DescribeSubnets to the role of the delivery stream",
        isRetryable: false
    },
    SECURITY_GROUP_NOT_FOUND: {
        cause: "a security group of the destination's VPC configuration does not exist",
        advice: `A security group of the destination's VPC configuration does not exist, and ${CREATE_AGAIN} security groups that exist`,
        isRetryable: false
    },
    SECURITY_GROUP_ACCESS_DENIED: {
        cause: "Firehose may not read the security groups of the destination's VPC",
        advice: "Firehose may not read the security groups of the destination's VPC: allow ec2:DescribeSecurityGroups to the role of the delivery stream",
        isRetryable: false
    },
    VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND: {
        cause: 'the VPC endpoint service of the delivery stream does not exist',
        advice: "The VPC endpoint service of the delivery stream does not exist: check its name, and that it is in the stream's region",
        isRetryable: false
    },
    VPC_INTERFACE_ENDPOINT_SERVICE_ACCESS_DENIED: {
        cause: 'Firehose may not connect to the VPC endpoint service of the delivery stream',
        advice: 'Firehose may not connect to the VPC endpoint service of the delivery stream: allow the principal firehose.amazonaws.com in the permissions of that service',
        isRetryable: false
    },
    UNKNOWN_ERROR: UNKNOWN
};
const FAILURE_TYPES = new Map(Object.entries(BY_TYPE));
const DENIED = new Map([
    ['CREATE_KMS_GRANT_FAILED', ENCRYPTING_ROLE],
    ['KMS_ACCESS_DENIED', ENCRYPTING_ROLE],
    ['ENI_ACCESS_DENIED', DELIVERING_ROLE],
    ['SUBNET_ACCESS_DENIED', DELIVERING_ROLE],
    ['SECURITY_GROUP_ACCESS_DENIED', DELIVERING_ROLE]
]);

// EXTERNAL MODULE: ./lib/aws/quotas.js
var quotas = __webpack_require__(4324);
// EXTERNAL MODULE: ./lib/aws/sdk-error.js
var sdk_error = __webpack_require__(1230);
;// CONCATENATED MODULE: ./lib/aws/firehose.js







const PREVIOUS_KEY_NEEDED_HOURS = 24;
const PAGE_SIZE = 10_000;
function firehoseStreams(connection) {
    const { region } = connection.config;
    const client = new FirehoseClient/* FirehoseClient */.B(connection.config);
    return {
        minPollIntervalMs: (0,quotas/* minPollIntervalMs */.z)('firehose:DescribeDeliveryStream'),
        async names(after, signal) {
            const call = { action: 'firehose:ListDeliveryStreams', resource: 'all delivery streams', region };
            const start = after === null ? {} : { ExclusiveStartDeliveryStreamName: after };
            const page = await connection.call(call, { signal }, (attach, options) => client.send(attach(new ListDeliveryStreamsCommand/* ListDeliveryStreamsCommand */.p({ ...start, Limit: PAGE_SIZE })), options));
            return (0,directory/* toPage */.Z)(new answers/* Fields */.C(call, page), 'DeliveryStreamNames', 'HasMoreDeliveryStreams', after);
        },
        async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
            const call = callOn(stream, 'DescribeDeliveryStream', region);
            const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) => client.send(attach(new DescribeDeliveryStreamCommand/* DescribeDeliveryStreamCommand */.d({ DeliveryStreamName: stream.name })), options));
            return toObservation(stream, new answers/* Fields */.C(call, answer).structure('DeliveryStreamDescription'));
        },
        async startEncryption(stream, target, signal, onSend, mayRepeat) {
            const call = callOn(stream, 'StartDeliveryStreamEncryption', region);
            const input = {
                DeliveryStreamName: stream.name,
                DeliveryStreamEncryptionConfigurationInput: toConfiguration(target)
            };
            await connection.call(call, { signal, onSend, isSentOnce: true, mayRepeat }, (attach, options) => client.send(attach(new StartDeliveryStreamEncryptionCommand/* StartDeliveryStreamEncryptionCommand */.X(input)), options));
        },
        async putRecord(stream, signal) {
            const call = callOn(stream, 'PutRecord', region);
            const input = { DeliveryStreamName: stream.name, Record: { Data: Buffer.from('stream-encryption\n') } };
            const answer = await connection.call(call, { signal }, (attach, options) => client.send(attach(new PutRecordCommand/* PutRecordCommand */.m(input)), options));
            return new answers/* Fields */.C(call, answer).optionalFlag('Encrypted') === true;
        }
    };
}
function toConfiguration({ type, id }) {
    return type === 'aws-owned'
        ? { KeyType: 'AWS_OWNED_CMK' }
        : { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: id };
}
function callOn({ name, arn }, operation, region) {
    return { action: `firehose:${operation}`, resource: arn ?? `the delivery stream ${name}`, region };
}
const KNOWN_STATUSES = new Set(Object.values(enums/* DeliveryStreamStatus */.fe));
function toObservation(stream, description) {
    const encryption = description.optionalStructure('DeliveryStreamEncryptionConfiguration');
    const key = encryption === null ? null : toReportedKey(encryption);
    const status = encryption === null ? 'DISABLED' : encryption.text('Status');
    const streamStatus = description.text('DeliveryStreamStatus');
    const observation = {
        arn: description.arnOf(stream, 'DeliveryStreamARN'),
        status,
        encrypted: 'unknown',
        key: null,
        failure: null,
        source: toSource(description),
        previousKeyNeededHours: PREVIOUS_KEY_NEEDED_HOURS,
        channelCount: 0,
        ...(!KNOWN_STATUSES.has(streamStatus) && { unusualStatus: streamStatus })
    };
    const { region } = (0,arn/* arnScope */.UF)(observation.arn);
    const failure = toFailure(encryption, region) ?? toFailure(description, region);
    switch (streamStatus) {
        case 'CREATING':
            return { ...observation, phase: 'changing' };
        case 'CREATING_FAILED':
            return { ...observation, phase: 'not-created', failure };
        case 'DELETING':
            return { ...observation, phase: 'deleting' };
        case 'DELETING_FAILED':
            return { ...observation, phase: 'deleting', failure: failure ?? WITHOUT_REASON };
    }
    if (observation.source !== null) {
        return { ...observation, phase: 'has-source', encrypted: observation.source.kind === 'msk' ? 'true' : 'unknown' };
    }
    switch (status) {
        case 'ENABLED':
            return { ...observation, phase: 'final', encrypted: 'true', key };
        case 'DISABLED':
            return { ...observation, phase: 'final', encrypted: 'false' };
        case 'ENABLING':
        case 'DISABLING':
            return { ...observation, phase: 'changing' };
        case 'ENABLING_FAILED':
            return { ...observation, phase: 'failed', failure };
        case 'DISABLING_FAILED':
            return key === null
                ? { ...observation, phase: 'unclear', failure }
                : { ...observation, phase: 'final', encrypted: 'true', key };
        default:
            return { ...observation, phase: 'unclear', failure };
    }
}
const SOURCES = [
    ['KinesisStreamSourceDescription', 'KinesisStreamAsSource'],
    ['MSKSourceDescription', 'MSKAsSource'],
    ['DatabaseSourceDescription', 'DatabaseAsSource']
];
function toSource(description) {
    const source = description.optionalStructure('Source');
    const [, typeOfSource] = SOURCES.find(([member]) => source?.optionalStructure(member)) ?? [];
    const type = description.optionalText('DeliveryStreamType') ?? typeOfSource ?? 'DirectPut';
    if (type === 'DirectPut' && typeOfSource !== undefined) {
        throw description.malformed('the answer describes a source, although its DeliveryStreamType is DirectPut');
    }
    const read = (structure, name) => source?.optionalStructure(structure)?.optionalText(name) ?? null;
    switch (type) {
        case 'DirectPut':
            return null;
        case 'KinesisStreamAsSource':
            return {
                kind: 'data-stream',
                type,
                arn: read('KinesisStreamSourceDescription', 'KinesisStreamARN'),
                endpoint: null
            };
        case 'MSKAsSource':
            return { kind: 'msk', type, arn: read('MSKSourceDescription', 'MSKClusterARN'), endpoint: null };
        default:
            return { kind: 'other', type, arn: null, endpoint: read('DatabaseSourceDescription', 'Endpoint') };
    }
}
function toReportedKey(encryption) {
    const type = encryption.optionalText('KeyType');
    const arn = encryption.optionalText('KeyARN');
    if (type === null && arn === null)
        return null;
    if (encryption.text('Status') === 'ENABLED')
        assertConsistent(encryption, type, arn);
    return { type: KEY_TYPES.get(type ?? '') ?? null, id: arn ?? '' };
}
function assertConsistent(encryption, type, arn) {
    if (type === 'AWS_OWNED_CMK' && arn !== null) {
        throw encryption.malformed('the answer has a KeyARN, although its KeyType is AWS_OWNED_CMK');
    }
    if (type === 'CUSTOMER_MANAGED_CMK')
        encryption.text('KeyARN');
}
const KEY_TYPES = new Map([
    ['AWS_OWNED_CMK', 'aws-owned'],
    ['CUSTOMER_MANAGED_CMK', 'customer-managed']
]);
const WITHOUT_REASON = { reason: 'DELETING_FAILED', advice: '', isRetryable: false };
function toFailure(failed, region) {
    const failure = failed?.optionalStructure('FailureDescription') ?? null;
    if (failure === null)
        return null;
    const type = failure.optionalText('Type') ?? UNKNOWN_ERROR;
    const given = failure.optionalText('Details');
    const { cause, advice, isRetryable } = failureType(type, given ?? '', region);
    const details = given ?? cause;
    return { reason: (0,sdk_error/* truncate */.x)(`${type}: ${details.replace(/\.+$/, '')}`), advice, isRetryable };
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
