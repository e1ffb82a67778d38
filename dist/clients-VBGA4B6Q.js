import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  require_node_http
} from "./chunk-LUJ3HMHC.js";
import {
  NodeHttpHandler
} from "./chunk-CHTXLXPQ.js";
import "./chunk-GWWDEZ3C.js";
import "./chunk-NOBOG2OK.js";
import {
  __toESM
} from "./chunk-BJJFHFV3.js";

// src/aws/clients.ts
var import_node_http = __toESM(require_node_http(), 1);
import { readFileSync } from "node:fs";
import https from "node:https";
import { getCACertificates } from "node:tls";

// src/aws/pace.ts
var CALLS_A_SECOND = /* @__PURE__ */ new Map([
  ["kinesis:DescribeStreamSummary", 20],
  ["kinesis:ListStreams", 5],
  ["kinesis:StartStreamEncryption", 5],
  ["firehose:DescribeDeliveryStream", 5],
  ["firehose:ListDeliveryStreams", 5],
  ["firehose:StartDeliveryStreamEncryption", 5]
]);
var ROOM = 1.06;
var CUT = 0.9;
var SHARE_REGAINED_A_SECOND = 0.02;
var CUT_ONCE_IN_MS = 1e3;
var RESERVED_FOR_MS = 1e3;
var Pace = class {
  #clock;
  #closed;
  #lanes = /* @__PURE__ */ new Map();
  /** Where `closed` aborts, nobody waits for turns any more. */
  constructor(clock, closed) {
    this.#clock = clock;
    this.#closed = closed;
  }
  /**
   * Resolves when the call may be sent. Where calls queue, one that may yield lets others go first for up to `yieldMs`.
   * Rejects with the signal's reason as soon as it aborts.
   */
  async turn(action, signal, yieldMs = 0) {
    signal.throwIfAborted();
    await this.#lane(action)?.turn(signal, yieldMs);
  }
  /** Takes a turn for a call that is to come; the next one of this action has no more to wait. */
  async reserve(action, signal) {
    signal.throwIfAborted();
    await this.#lane(action)?.reserve(signal);
  }
  /** Slows the action down: the service has refused a call for its rate. */
  throttled(action) {
    this.#lane(action)?.slowDown();
  }
  #lane(action) {
    const rate = CALLS_A_SECOND.get(action);
    if (rate === void 0) return void 0;
    const lane = this.#lanes.get(action) ?? new Lane(rate, this.#clock, this.#closed);
    this.#lanes.set(action, lane);
    return lane;
  }
};
var Lane = class {
  #clock;
  #closed;
  #pauseMs;
  /** In the order of their turns. */
  #waiting = [];
  #open = false;
  /** When turns were given for calls to come. */
  #reservedMs = [];
  #freeAtMs = Number.NEGATIVE_INFINITY;
  /** The part of the rate that other callers seem to leave. */
  #share = 1;
  #shareAtMs = 0;
  #cutAtMs = Number.NEGATIVE_INFINITY;
  constructor(rate, clock, closed) {
    this.#clock = clock;
    this.#closed = closed;
    this.#pauseMs = 1e3 / rate * ROOM;
  }
  async turn(signal, yieldMs) {
    while (this.#reservedMs.length > 0) {
      const reservedMs = this.#reservedMs.shift() ?? 0;
      if (this.#clock.now() - reservedMs < RESERVED_FOR_MS) return;
    }
    await this.#wait(signal, yieldMs);
  }
  async reserve(signal) {
    await this.#wait(signal, 0);
    this.#reservedMs.push(this.#clock.now());
  }
  slowDown() {
    const now = this.#clock.now();
    if (now - this.#cutAtMs < CUT_ONCE_IN_MS) return;
    this.#share = this.#shareNow() * CUT;
    this.#shareAtMs = now;
    this.#cutAtMs = now;
  }
  #shareNow() {
    return Math.min(1, this.#share + (this.#clock.now() - this.#shareAtMs) / 1e3 * SHARE_REGAINED_A_SECOND);
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
        signal.removeEventListener("abort", onAbort);
        resolve();
      }
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const behind = this.#waiting.findLastIndex(({ dueMs }) => dueMs <= waiting.dueMs);
    this.#waiting.splice(behind + 1, 0, waiting);
    if (!this.#open) void this.#handOut();
    return promise;
  }
  async #handOut() {
    this.#open = true;
    while (this.#waiting.length > 0 && !this.#closed.aborted) {
      const pauseMs = this.#freeAtMs - this.#clock.now();
      if (pauseMs <= 0) {
        this.#freeAtMs = this.#clock.now() + this.#pauseMs / this.#shareNow();
        this.#waiting.shift()?.go();
      } else {
        await this.#clock.sleep(pauseMs, this.#closed).catch(() => {
        });
      }
    }
    this.#open = false;
  }
};

// src/aws/clients.ts
var VERSION = "1.0.0";
var CONNECT_TIMEOUT_MS = 5e3;
var REQUEST_TIMEOUT_MS = 1e4;
function connect({
  region,
  env,
  clock,
  debug,
  requestTimeoutMs = REQUEST_TIMEOUT_MS
}) {
  const bundle = env.AWS_CA_BUNDLE;
  const ca = bundle ? { ca: [...getCACertificates("default"), readBundle(bundle)] } : {};
  const requestHandler = new NodeHttpHandler({
    httpAgent: new import_node_http.default.Agent({ keepAlive: true, proxyEnv: env }),
    httpsAgent: new https.Agent({ keepAlive: true, proxyEnv: env, ...ca }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    socketTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true
  });
  const customUserAgent = [["stream-encryption", VERSION]];
  if (env.GITHUB_RUN_ID) customUserAgent.push(["run", env.GITHUB_RUN_ID]);
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
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`AWS_CA_BUNDLE names ${file}, which cannot be read: ${cause}`, { cause });
  }
}
export {
  VERSION,
  connect
};
