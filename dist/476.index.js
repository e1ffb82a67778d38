export const id = 476;
export const ids = [476];
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

/***/ 4476:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   configuredRegion: () => (/* binding */ configuredRegion),
/* harmony export */   kmsKeys: () => (/* binding */ kmsKeys),
/* harmony export */   toKeyDescription: () => (/* binding */ toKeyDescription)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5770);
/* harmony import */ var _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9370);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6058);


function kmsKeys(connection) {
    const client = new _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_1__/* .KMSClient */ .p(connection.config);
    return {
        async describe(id, signal) {
            const call = { action: 'kms:DescribeKey', resource: id, region: connection.config.region };
            const { KeyMetadata: metadata } = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_2__/* .DescribeKeyCommand */ .s({ KeyId: id })), options));
            return toKeyDescription(call, (0,_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .required */ .m)(call, metadata));
        }
    };
}
function toKeyDescription(call, metadata) {
    return {
        arn: metadata.Arn ?? '',
        type: metadata.KeyManager === 'AWS' ? 'aws-owned' : 'customer-managed',
        state: metadata.KeyState ?? 'unknown',
        usage: metadata.KeyUsage ?? null,
        spec: metadata.KeySpec ?? null,
        deletionDate: (0,_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .optionalDate */ .X)(call, metadata.DeletionDate),
        validTo: (0,_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .optionalDate */ .X)(call, metadata.ValidTo)
    };
}
function configuredRegion() {
    return new _aws_sdk_client_kms__WEBPACK_IMPORTED_MODULE_1__/* .KMSClient */ .p({}).config.region().catch(() => '');
}


/***/ })

};
