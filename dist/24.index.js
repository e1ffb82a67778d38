export const id = 24;
export const ids = [24];
export const modules = {

/***/ 9024:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  connect: () => (/* binding */ connect)
});

// UNUSED EXPORTS: VERSION

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
// EXTERNAL MODULE: ./lib/node_modules/@smithy/node-http-handler/dist-es/index.js + 18 modules
var dist_es = __webpack_require__(8210);
;// CONCATENATED MODULE: ./lib/aws/pace.js
const CALLS_A_SECOND = new Map([
    ['kinesis:DescribeStreamSummary', 20],
    ['kinesis:ListStreams', 5],
    ['kinesis:StartStreamEncryption', 5],
    ['firehose:DescribeDeliveryStream', 5],
    ['firehose:ListDeliveryStreams', 5],
    ['firehose:StartDeliveryStreamEncryption', 5]
]);
const ROOM = 1.06;
const CUT = 0.9;
const SHARE_REGAINED_A_SECOND = 0.02;
const CUT_ONCE_IN_MS = 1_000;
const RESERVED_FOR_MS = 1_000;
class Pace {
    #clock;
    #closed;
    #lanes = new Map();
    constructor(clock, closed) {
        this.#clock = clock;
        this.#closed = closed;
    }
    async turn(action, signal, yieldMs = 0) {
        signal.throwIfAborted();
        await this.#lane(action)?.turn(signal, yieldMs);
    }
    async reserve(action, signal) {
        signal.throwIfAborted();
        await this.#lane(action)?.reserve(signal);
    }
    throttled(action) {
        this.#lane(action)?.slowDown();
    }
    #lane(action) {
        const rate = CALLS_A_SECOND.get(action);
        if (rate === undefined)
            return undefined;
        const lane = this.#lanes.get(action) ?? new Lane(rate, this.#clock, this.#closed);
        this.#lanes.set(action, lane);
        return lane;
    }
}
class Lane {
    #clock;
    #closed;
    #pauseMs;
    #waiting = [];
    #open = false;
    #reservedMs = [];
    #freeAtMs = Number.NEGATIVE_INFINITY;
    #share = 1;
    #shareAtMs = 0;
    #cutAtMs = Number.NEGATIVE_INFINITY;
    constructor(rate, clock, closed) {
        this.#clock = clock;
        this.#closed = closed;
        this.#pauseMs = (1_000 / rate) * ROOM;
    }
    async turn(signal, yieldMs) {
        while (this.#reservedMs.length > 0) {
            const reservedMs = this.#reservedMs.shift() ?? 0;
            if (this.#clock.now() - reservedMs < RESERVED_FOR_MS)
                return;
        }
        await this.#wait(signal, yieldMs);
    }
    async reserve(signal) {
        await this.#wait(signal, 0);
        this.#reservedMs.push(this.#clock.now());
    }
    slowDown() {
        const now = this.#clock.now();
        if (now - this.#cutAtMs < CUT_ONCE_IN_MS)
            return;
        this.#share = this.#shareNow() * CUT;
        this.#shareAtMs = now;
        this.#cutAtMs = now;
    }
    #shareNow() {
        return Math.min(1, this.#share + ((this.#clock.now() - this.#shareAtMs) / 1_000) * SHARE_REGAINED_A_SECOND);
    }
    #wait(signal, yieldMs) {
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
        if (!this.#open)
            void this.#handOut();
        return promise;
    }
    async #handOut() {
        this.#open = true;
        while (this.#waiting.length > 0 && !this.#closed.aborted) {
            const pauseMs = this.#freeAtMs - this.#clock.now();
            if (pauseMs <= 0) {
                this.#freeAtMs = this.#clock.now() + this.#pauseMs / this.#shareNow();
                this.#waiting.shift()?.go();
            }
            else {
                await this.#clock.sleep(pauseMs, this.#closed).catch(() => {
                });
            }
        }
        this.#open = false;
    }
}

;// CONCATENATED MODULE: ./lib/aws/clients.js






const VERSION = '1.0.0';
const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
function connect({ region, env, clock, debug, requestTimeoutMs = REQUEST_TIMEOUT_MS }) {
    const bundle = env.AWS_CA_BUNDLE;
    const ca = bundle ? { ca: [...(0,external_node_tls_.getCACertificates)('default'), readBundle(bundle)] } : {};
    const requestHandler = new dist_es/* NodeHttpHandler */.$c({
        httpAgent: new external_node_http_.Agent({ keepAlive: true, proxyEnv: env }),
        httpsAgent: new external_node_https_.Agent({ keepAlive: true, proxyEnv: env, ...ca }),
        connectionTimeout: CONNECT_TIMEOUT_MS,
        requestTimeout: requestTimeoutMs,
        socketTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true
    });
    const customUserAgent = [['stream-encryption', VERSION]];
    if (env.GITHUB_RUN_ID)
        customUserAgent.push(['run', env.GITHUB_RUN_ID]);
    const closing = new AbortController();
    const close = () => {
        closing.abort();
        requestHandler.destroy();
    };
    const pace = new Pace(clock, closing.signal);
    return { config: { region, requestHandler, customUserAgent }, clock, pace, debug, closed: closing.signal, close };
}
function readBundle(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch (cause) {
        throw new Error(`AWS_CA_BUNDLE names ${file}, which cannot be read: ${cause}`, { cause });
    }
}


/***/ })

};
