export const id = 437;
export const ids = [437];
export const modules = {

/***/ 437:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connect: () => (/* binding */ connect)
/* harmony export */ });
/* unused harmony export VERSION */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4708);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1692);
/* harmony import */ var _smithy_node_http_handler__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8210);
/* harmony import */ var _rate_limiter_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6010);






const VERSION = '1.0.0';
const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
function connect({ region, env, clock, debug, requestTimeoutMs = REQUEST_TIMEOUT_MS }) {
    const bundle = env.AWS_CA_BUNDLE;
    const ca = bundle ? { ca: [...(0,node_tls__WEBPACK_IMPORTED_MODULE_3__.getCACertificates)('default'), readBundle(bundle)] } : {};
    const requestHandler = new _smithy_node_http_handler__WEBPACK_IMPORTED_MODULE_4__/* .NodeHttpHandler */ .$c({
        httpAgent: new node_http__WEBPACK_IMPORTED_MODULE_1__.Agent({ keepAlive: true, proxyEnv: env }),
        httpsAgent: new node_https__WEBPACK_IMPORTED_MODULE_2__.Agent({ keepAlive: true, proxyEnv: env, ...ca }),
        connectionTimeout: CONNECT_TIMEOUT_MS,
        requestTimeout: requestTimeoutMs,
        socketTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true
    });
    const customUserAgent = [['stream-encryption', VERSION]];
    if (env.GITHUB_RUN_ID)
        customUserAgent.push(['run', env.GITHUB_RUN_ID]);
    const closed = new AbortController();
    return {
        config: { region, requestHandler, customUserAgent },
        rateLimiter: new _rate_limiter_js__WEBPACK_IMPORTED_MODULE_5__/* .RateLimiter */ .v(clock, closed.signal),
        debug,
        close() {
            closed.abort();
            requestHandler.destroy();
        }
    };
}
function readBundle(file) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8');
    }
    catch (cause) {
        throw new Error(`AWS_CA_BUNDLE is ${file}, which cannot be read: ${cause}`, { cause });
    }
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

/***/ 6010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ yieldTimeMs),
/* harmony export */   v: () => (/* binding */ RateLimiter)
/* harmony export */ });
/* harmony import */ var _quotas_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4324);

const ROOM_FOR_DELAYS = 1.06;
const CUT = 0.9;
const RECOVERY_PER_SECOND = 0.02;
const MIN_CUT_INTERVAL_MS = 1_000;
const MAX_YIELD_MS = 120_000;
function yieldTimeMs(pollWithinMs) {
    return Math.min(pollWithinMs / 4, MAX_YIELD_MS);
}
const PERMIT_EXPIRES_MS = 1_000;
class RateLimiter {
    #clock;
    #closed;
    #queues = new Map();
    constructor(clock, closed) {
        this.#clock = clock;
        this.#closed = closed;
    }
    async acquire(action, signal, yieldMs = 0) {
        signal.throwIfAborted();
        await this.#queue(action)?.wait(signal, yieldMs);
        const expiresAtMs = this.#clock.now() + PERMIT_EXPIRES_MS;
        let isUsed = false;
        return {
            use: () => {
                const isValid = !isUsed && this.#clock.now() < expiresAtMs;
                isUsed = true;
                return isValid;
            }
        };
    }
    throttled(action) {
        this.#queue(action)?.slowDown();
    }
    #queue(action) {
        const rate = (0,_quotas_js__WEBPACK_IMPORTED_MODULE_0__/* .callsPerSecond */ .v)(action);
        if (rate === null)
            return undefined;
        const queue = this.#queues.get(action) ?? new Queue(rate, this.#clock, this.#closed);
        this.#queues.set(action, queue);
        return queue;
    }
}
class Queue {
    #clock;
    #closed;
    #intervalMs;
    #waiting = [];
    #isRunning = false;
    #nextAtMs = Number.NEGATIVE_INFINITY;
    #share = 1;
    #shareAtMs = 0;
    #cutAtMs = Number.NEGATIVE_INFINITY;
    constructor(rate, clock, closed) {
        this.#clock = clock;
        this.#closed = closed;
        this.#intervalMs = (1_000 / rate) * ROOM_FOR_DELAYS;
    }
    slowDown() {
        const now = this.#clock.now();
        if (now - this.#cutAtMs < MIN_CUT_INTERVAL_MS)
            return;
        this.#share = this.#shareNow() * CUT;
        this.#shareAtMs = now;
        this.#cutAtMs = now;
    }
    #shareNow() {
        return Math.min(1, this.#share + ((this.#clock.now() - this.#shareAtMs) / 1_000) * RECOVERY_PER_SECOND);
    }
    wait(signal, yieldMs) {
        const { promise, resolve, reject } = Promise.withResolvers();
        const onAbort = () => {
            this.#waiting = this.#waiting.filter((one) => one !== waiting);
            reject(signal.reason);
        };
        const waiting = {
            dueMs: this.#clock.now() + yieldMs,
            go: () => {
                signal.removeEventListener('abort', onAbort);
                resolve();
            }
        };
        signal.addEventListener('abort', onAbort, { once: true });
        const behind = this.#waiting.findLastIndex(({ dueMs }) => dueMs <= waiting.dueMs);
        this.#waiting.splice(behind + 1, 0, waiting);
        if (!this.#isRunning)
            void this.#run();
        return promise;
    }
    async #run() {
        this.#isRunning = true;
        while (this.#waiting.length > 0 && !this.#closed.aborted) {
            const delayMs = this.#nextAtMs - this.#clock.now();
            if (delayMs <= 0) {
                this.#nextAtMs = this.#clock.now() + this.#intervalMs / this.#shareNow();
                this.#waiting.shift()?.go();
            }
            else {
                await this.#clock.sleep(delayMs, this.#closed).catch(() => {
                });
            }
        }
        this.#isRunning = false;
    }
}


/***/ })

};
