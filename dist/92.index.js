export const id = 92;
export const ids = [92];
export const modules = {

/***/ 6058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ optionalDate),
/* harmony export */   m: () => (/* binding */ required)
/* harmony export */ });
/* harmony import */ var _encryption_ports_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4501);

function required(call, part) {
    if (part !== undefined)
        return part;
    throw new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7('unanswered', `${call.action} for ${call.resource} in ${call.region}: the answer was empty`);
}
function optionalDate(call, date) {
    if (date === undefined)
        return null;
    if (!Number.isNaN(date.getTime()))
        return date;
    throw new _encryption_ports_js__WEBPACK_IMPORTED_MODULE_0__/* .ServiceError */ ._7('unanswered', `${call.action} for ${call.resource} in ${call.region}: the answer has no valid date`);
}


/***/ }),

/***/ 6092:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   firehoseStreams: () => (/* binding */ firehoseStreams),
/* harmony export */   toObservation: () => (/* binding */ toObservation)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3415);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(445);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4285);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4337);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3790);
/* harmony import */ var _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5281);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6058);
/* harmony import */ var _directory_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5006);
/* harmony import */ var _quotas_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4324);
/* harmony import */ var _sdk_error_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1230);





const PREVIOUS_KEY_NEEDED_HOURS = 24;
const PAGE_SIZE = 10_000;
function firehoseStreams(connection) {
    const { region } = connection.config;
    const client = new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_2__/* .FirehoseClient */ .B(connection.config);
    return {
        minPollIntervalMs: (0,_quotas_js__WEBPACK_IMPORTED_MODULE_1__/* .minPollIntervalMs */ .z)('firehose:DescribeDeliveryStream'),
        async names(after, signal) {
            const call = { action: 'firehose:ListDeliveryStreams', resource: 'all delivery streams', region };
            const start = after === null ? {} : { ExclusiveStartDeliveryStreamName: after };
            const page = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_3__/* .ListDeliveryStreamsCommand */ .p({ ...start, Limit: PAGE_SIZE })), options));
            const names = (0,_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .required */ .m)(call, page.DeliveryStreamNames);
            return { items: names, next: (0,_directory_js__WEBPACK_IMPORTED_MODULE_4__/* .nextName */ .H)(page.HasMoreDeliveryStreams, names.at(-1), after) };
        },
        async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
            const call = callOn(stream, 'DescribeDeliveryStream', region);
            const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) => client.send(attach(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_5__/* .DescribeDeliveryStreamCommand */ .d({ DeliveryStreamName: stream.name })), options));
            return toObservation((0,_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .required */ .m)(call, answer.DeliveryStreamDescription));
        },
        async startEncryption(stream, target, signal, onSend) {
            const call = callOn(stream, 'StartDeliveryStreamEncryption', region);
            const input = {
                DeliveryStreamName: stream.name,
                DeliveryStreamEncryptionConfigurationInput: toConfiguration(target)
            };
            await connection.call(call, { signal, onSend, isSentOnce: true }, (attach, options) => client.send(attach(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_6__/* .StartDeliveryStreamEncryptionCommand */ .X(input)), options));
        },
        async putRecord(stream, signal) {
            const call = callOn(stream, 'PutRecord', region);
            const input = { DeliveryStreamName: stream.name, Record: { Data: Buffer.from('stream-encryption\n') } };
            const answer = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_7__/* .PutRecordCommand */ .m(input)), options));
            return answer.Encrypted === true;
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
const KNOWN_STATUSES = new Set(Object.values(_aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_8__/* .DeliveryStreamStatus */ .fe));
function toObservation(description) {
    const encryption = description.DeliveryStreamEncryptionConfiguration;
    const key = encryption === undefined ? null : toReportedKey(encryption);
    const status = encryption?.Status ?? (key === null ? 'DISABLED' : 'nothing');
    const streamStatus = description.DeliveryStreamStatus ?? 'ACTIVE';
    const observation = {
        arn: description.DeliveryStreamARN ?? '',
        status,
        encrypted: 'unknown',
        key: null,
        failure: null,
        source: toSource(description),
        previousKeyNeededHours: PREVIOUS_KEY_NEEDED_HOURS,
        channelCount: 0,
        ...(!KNOWN_STATUSES.has(streamStatus) && { unusualStatus: streamStatus })
    };
    const failure = toFailure(encryption?.FailureDescription ?? description.FailureDescription);
    switch (streamStatus) {
        case 'CREATING':
            return { ...observation, phase: 'changing' };
        case 'CREATING_FAILED':
            return { ...observation, phase: 'not-created', failure };
        case 'DELETING':
        case 'DELETING_FAILED':
            return { ...observation, phase: 'deleting' };
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
function toSource({ DeliveryStreamType, Source }) {
    const type = DeliveryStreamType ?? 'DirectPut';
    switch (type) {
        case 'DirectPut':
            return null;
        case 'KinesisStreamAsSource': {
            const arn = Source?.KinesisStreamSourceDescription?.KinesisStreamARN ?? null;
            return { kind: 'data-stream', type, arn, endpoint: null };
        }
        case 'MSKAsSource':
            return { kind: 'msk', type, arn: Source?.MSKSourceDescription?.MSKClusterARN ?? null, endpoint: null };
        default:
            return { kind: 'other', type, arn: null, endpoint: Source?.DatabaseSourceDescription?.Endpoint ?? null };
    }
}
function toReportedKey({ KeyType, KeyARN }) {
    if (KeyType === undefined && KeyARN === undefined)
        return null;
    return { type: KEY_TYPES.get(KeyType ?? '') ?? null, id: KeyARN ?? '' };
}
const KEY_TYPES = new Map([
    ['AWS_OWNED_CMK', 'aws-owned'],
    ['CUSTOMER_MANAGED_CMK', 'customer-managed']
]);
function toFailure(failure) {
    if (failure === undefined)
        return null;
    const { Type: type = 'UNKNOWN_ERROR', Details: details = 'no details' } = failure;
    return {
        reason: (0,_sdk_error_js__WEBPACK_IMPORTED_MODULE_9__/* .truncate */ .x)(`${type}: ${details.replace(/\.+$/, '')}`),
        advice: FAILURE_ADVICE.get(type) ?? ADVICE_ON_UNKNOWN,
        isRetryable: RETRYABLE.has(type)
    };
}
const RETRYABLE = new Set(['CREATE_KMS_GRANT_FAILED', 'KMS_ACCESS_DENIED']);
const ADVICE_ON_UNKNOWN = 'AWS does not say what to fix: run again later; if it fails again, contact AWS Support with this message and the ARN of the delivery stream';
const FAILURE_ADVICE = new Map(Object.entries({
    CREATE_KMS_GRANT_FAILED: "Grant kms:CreateGrant on the key to the role of this step, in the role's policy and in the key policy; Firehose refuses a session older than 6 hours",
    KMS_ACCESS_DENIED: 'Allow kms:CreateGrant, kms:GenerateDataKey and kms:Decrypt to the role of this step in the key policy; Firehose refuses a session older than 6 hours',
    RETIRE_KMS_GRANT_FAILED: 'Allow kms:RetireGrant to the role of this step in the policy of the previous key',
    DISABLED_KMS_KEY: 'Enable the key, or use another one',
    INVALID_KMS_KEY: 'Use a symmetric key for ENCRYPT_DECRYPT that is not pending deletion',
    KMS_KEY_NOT_FOUND: "Check that the key exists in the stream's region",
    KMS_OPT_IN_REQUIRED: 'The account is not subscribed to KMS: contact AWS Support',
    CREATE_ENI_FAILED: "Firehose could not create a network interface in the destination's VPC: check that its subnets have free IP addresses and that the account has network interfaces left in its quota",
    DELETE_ENI_FAILED: "Firehose could not delete a network interface in the destination's VPC: allow ec2:DeleteNetworkInterface to the role of the delivery stream",
    ENI_ACCESS_DENIED: "Firehose may not manage network interfaces in the destination's VPC: allow ec2:CreateNetworkInterface, ec2:CreateNetworkInterfacePermission, ec2:DescribeNetworkInterfaces and ec2:DeleteNetworkInterface to the role of the delivery stream",
    SUBNET_NOT_FOUND: "A subnet of the destination's VPC configuration does not exist, and that configuration cannot be changed: create the delivery stream again with subnets that exist",
    SUBNET_ACCESS_DENIED: "Firehose may not read the subnets of the destination's VPC: allow ec2:DescribeSubnets to the role of the delivery stream",
    SECURITY_GROUP_NOT_FOUND: "A security group of the destination's VPC configuration does not exist, and that configuration cannot be changed: create the delivery stream again with security groups that exist",
    SECURITY_GROUP_ACCESS_DENIED: "Firehose may not read the security groups of the destination's VPC: allow ec2:DescribeSecurityGroups to the role of the delivery stream",
    VPC_ENDPOINT_SERVICE_NAME_NOT_FOUND: "The VPC endpoint service of the delivery stream does not exist: check its name, and that it is in the stream's region",
    VPC_INTERFACE_ENDPOINT_SERVICE_ACCESS_DENIED: 'Firehose may not connect to the VPC endpoint service of the delivery stream: allow the principal firehose.amazonaws.com in the permissions of that service',
    UNKNOWN_ERROR: ADVICE_ON_UNKNOWN
}));


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
