export const id = 92;
export const ids = [92];
export const modules = {

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
            return (0,_directory_js__WEBPACK_IMPORTED_MODULE_4__/* .toPage */ .Z)(new _answers_js__WEBPACK_IMPORTED_MODULE_0__/* .Fields */ .C(call, page), 'DeliveryStreamNames', 'HasMoreDeliveryStreams', after);
        },
        async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
            const call = callOn(stream, 'DescribeDeliveryStream', region);
            const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) => client.send(attach(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_5__/* .DescribeDeliveryStreamCommand */ .d({ DeliveryStreamName: stream.name })), options));
            return toObservation(stream, new _answers_js__WEBPACK_IMPORTED_MODULE_0__/* .Fields */ .C(call, answer).structure('DeliveryStreamDescription'));
        },
        async startEncryption(stream, target, signal, onSend, mayRepeat) {
            const call = callOn(stream, 'StartDeliveryStreamEncryption', region);
            const input = {
                DeliveryStreamName: stream.name,
                DeliveryStreamEncryptionConfigurationInput: toConfiguration(target)
            };
            await connection.call(call, { signal, onSend, isSentOnce: true, mayRepeat }, (attach, options) => client.send(attach(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_6__/* .StartDeliveryStreamEncryptionCommand */ .X(input)), options));
        },
        async putRecord(stream, signal) {
            const call = callOn(stream, 'PutRecord', region);
            const input = { DeliveryStreamName: stream.name, Record: { Data: Buffer.from('stream-encryption\n') } };
            const answer = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_firehose__WEBPACK_IMPORTED_MODULE_7__/* .PutRecordCommand */ .m(input)), options));
            return new _answers_js__WEBPACK_IMPORTED_MODULE_0__/* .Fields */ .C(call, answer).optionalFlag('Encrypted') === true;
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
    const failure = toFailure(encryption) ?? toFailure(description);
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
function toSource(description) {
    const type = description.optionalText('DeliveryStreamType') ?? 'DirectPut';
    const source = description.optionalStructure('Source');
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
    return { type: KEY_TYPES.get(type ?? '') ?? null, id: arn ?? '' };
}
const KEY_TYPES = new Map([
    ['AWS_OWNED_CMK', 'aws-owned'],
    ['CUSTOMER_MANAGED_CMK', 'customer-managed']
]);
function toFailure(failed) {
    const failure = failed?.optionalStructure('FailureDescription') ?? null;
    if (failure === null)
        return null;
    const type = failure.optionalText('Type') ?? 'UNKNOWN_ERROR';
    const details = failure.optionalText('Details') ?? 'no details';
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


/***/ })

};
