export const id = 15;
export const ids = [15];
export const modules = {

/***/ 15:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   kinesisStreams: () => (/* binding */ kinesisStreams),
/* harmony export */   toObservation: () => (/* binding */ toObservation)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1808);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2168);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(110);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1588);
/* harmony import */ var _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3475);
/* harmony import */ var _encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7807);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6058);
/* harmony import */ var _directory_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5006);
/* harmony import */ var _quotas_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4324);





function kinesisStreams(connection) {
    const { region } = connection.config;
    const client = new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_3__/* .KinesisClient */ .q(connection.config);
    return {
        minPollIntervalMs: (0,_quotas_js__WEBPACK_IMPORTED_MODULE_2__/* .minPollIntervalMs */ .z)('kinesis:DescribeStreamSummary'),
        async names(after, signal) {
            const call = { action: 'kinesis:ListStreams', resource: 'all data streams', region };
            const input = after === null ? {} : { ExclusiveStartStreamName: after };
            const page = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_4__/* .ListStreamsCommand */ .b(input)), options));
            return (0,_directory_js__WEBPACK_IMPORTED_MODULE_5__/* .toPage */ .Z)(new _answers_js__WEBPACK_IMPORTED_MODULE_1__/* .Fields */ .C(call, page), 'StreamNames', 'HasMoreStreams', after);
        },
        async describe(stream, signal, { onReady, pollTimeLeftMs } = {}) {
            const call = callOn(stream, 'DescribeStreamSummary', region);
            const answer = await connection.call(call, { signal, onReady, pollTimeLeftMs }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_6__/* .DescribeStreamSummaryCommand */ .B(streamId(stream))), options));
            return toObservation(stream, new _answers_js__WEBPACK_IMPORTED_MODULE_1__/* .Fields */ .C(call, answer).structure('StreamDescriptionSummary'));
        },
        async startEncryption(stream, target, signal, onSend, mayRepeat) {
            const call = callOn(stream, 'StartStreamEncryption', region);
            const input = { ...streamId(stream), EncryptionType: 'KMS', KeyId: target.id };
            await connection.call(call, { signal, onSend, isSentOnce: true, mayRepeat }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_7__/* .StartStreamEncryptionCommand */ .$(input)), options));
        },
        async putRecord(stream, signal) {
            const call = callOn(stream, 'PutRecord', region);
            const input = { ...streamId(stream), PartitionKey: 'stream-encryption', Data: Buffer.from('stream-encryption') };
            const answer = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_kinesis__WEBPACK_IMPORTED_MODULE_8__/* .PutRecordCommand */ .m(input)), options));
            return new _answers_js__WEBPACK_IMPORTED_MODULE_1__/* .Fields */ .C(call, answer).optionalText('EncryptionType') === 'KMS';
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
    const encrypted = ENCRYPTED.get(summary.optionalText('EncryptionType') ?? 'NONE') ?? 'unknown';
    const phase = PHASES.get(status) ?? 'unclear';
    const isUnclear = phase === 'final' && (encrypted === 'unknown' || (encrypted === 'false' && keyId !== null));
    return {
        arn: summary.arnOf(stream, 'StreamARN'),
        status,
        phase: isUnclear ? 'unclear' : phase,
        encrypted: isUnclear ? 'unknown' : encrypted,
        key: encrypted === 'true' && keyId !== null ? toReportedKey(keyId) : null,
        failure: null,
        source: null,
        previousKeyNeededHours: summary.optionalCount('RetentionPeriodHours', 1),
        channelCount: summary.optionalCount('ChannelCount', 0) ?? 0
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
function toReportedKey(id) {
    return { type: (0,_encryption_keys_key_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isAwsAlias */ .c_)(id) ? 'aws-owned' : null, id };
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


/***/ })

};
