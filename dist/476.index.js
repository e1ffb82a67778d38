export const id = 476;
export const ids = [476];
export const modules = {

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
        default:
            return true;
    }
}
const KEY_TYPES = new Map([
    ['AWS', 'aws-owned'],
    ['CUSTOMER', 'customer-managed']
]);
function configuredRegion() {
    return new _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_3__/* .KMSClient */ .p({}).config.region().catch(() => '');
}


/***/ })

};
