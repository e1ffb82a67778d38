export const id = 934;
export const ids = [934];
export const modules = {

/***/ 3934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   taggedStreams: () => (/* binding */ taggedStreams)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_resource_groups_tagging_api__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1150);
/* harmony import */ var _aws_sdk_client_resource_groups_tagging_api__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2153);
/* harmony import */ var _encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3358);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6058);



const RESOURCE_TYPES = {
    kinesis: 'kinesis:stream',
    firehose: 'firehose:deliverystream'
};
const PAGE_SIZE = 100;
function taggedStreams(connection) {
    const client = new _aws_sdk_client_resource_groups_tagging_api__WEBPACK_IMPORTED_MODULE_2__/* .ResourceGroupsTaggingAPIClient */ .D(connection.config);
    const { region } = connection.config;
    const call = { action: 'tag:GetResources', resource: 'all tagged streams', region };
    return async (kinds, tags, token, signal) => {
        const input = {
            ResourceTypeFilters: kinds.map((kind) => RESOURCE_TYPES[kind]),
            TagFilters: tags.map(toTagFilter),
            ResourcesPerPage: PAGE_SIZE,
            ...(token !== null && { PaginationToken: token })
        };
        const page = await connection.call(call, { signal }, (attach, options) => client.send(attach(new _aws_sdk_client_resource_groups_tagging_api__WEBPACK_IMPORTED_MODULE_3__/* .GetResourcesCommand */ .z(input)), options));
        const answer = new _answers_js__WEBPACK_IMPORTED_MODULE_1__/* .Fields */ .C(call, page);
        const found = answer
            .structures('ResourceTagMappingList')
            .map((resource) => (0,_encryption_arn_js__WEBPACK_IMPORTED_MODULE_0__/* .parseStreamArn */ .BP)(resource.arn('ResourceARN')));
        return {
            items: found.flatMap((parsed) => (parsed?.region === region ? [parsed.stream] : [])),
            next: answer.optionalText('PaginationToken')
        };
    };
}
function toTagFilter({ key, value }) {
    return value === null ? { Key: key } : { Key: key, Values: [value] };
}


/***/ })

};
