import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);

// src/aws/quotas.ts
var CALLS_PER_SECOND = {
  "kinesis:DescribeStreamSummary": 20,
  "kinesis:ListStreams": 5,
  "kinesis:StartStreamEncryption": 5,
  "firehose:DescribeDeliveryStream": 5,
  "firehose:ListDeliveryStreams": 5,
  "firehose:StartDeliveryStreamEncryption": 5
};
var SHORTEST_POLL_INTERVAL_MS = 100;
var ROOM_FOR_JITTER = 1.1;
function minPollIntervalMs(action) {
  return Math.max(SHORTEST_POLL_INTERVAL_MS, Math.round(1e3 / CALLS_PER_SECOND[action] * ROOM_FOR_JITTER));
}
function callsPerSecond(action) {
  return RATES.get(action) ?? null;
}
var RATES = new Map(Object.entries(CALLS_PER_SECOND));

// src/aws/rate-limiter.ts
var ROOM_FOR_DELAYS = 1.06;
var CUT = 0.9;
var RECOVERY_PER_SECOND = 0.02;
var MIN_CUT_INTERVAL_MS = 1e3;
var MAX_YIELD_MS = 12e4;
function yieldTimeMs(pollWithinMs) {
  return Math.min(pollWithinMs / 4, MAX_YIELD_MS);
}
var PERMIT_EXPIRES_MS = 1e3;
var RateLimiter = class {
  #clock;
  #closed;
  #queues = /* @__PURE__ */ new Map();
  /** Once `closed` aborts, nothing waits any more. */
  constructor(clock, closed) {
    this.#clock = clock;
    this.#closed = closed;
  }
  /**
   * Resolves when the call may be sent. A call with a `yieldMs` lets later ones go first for that long. Rejects with the
   * signal's reason as soon as it aborts.
   */
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
  /** Slows the action down, because the service throttled it. */
  throttled(action) {
    this.#queue(action)?.slowDown();
  }
  #queue(action) {
    const rate = callsPerSecond(action);
    if (rate === null) return void 0;
    const queue = this.#queues.get(action) ?? new Queue(rate, this.#clock, this.#closed);
    this.#queues.set(action, queue);
    return queue;
  }
};
var Queue = class {
  #clock;
  #closed;
  #intervalMs;
  /** In the order in which they will go. */
  #waiting = [];
  #isRunning = false;
  #nextAtMs = Number.NEGATIVE_INFINITY;
  /** The part of the rate that other callers leave, as far as it is known. */
  #share = 1;
  #shareAtMs = 0;
  #cutAtMs = Number.NEGATIVE_INFINITY;
  constructor(rate, clock, closed) {
    this.#clock = clock;
    this.#closed = closed;
    this.#intervalMs = 1e3 / rate * ROOM_FOR_DELAYS;
  }
  slowDown() {
    const now = this.#clock.now();
    if (now - this.#cutAtMs < MIN_CUT_INTERVAL_MS) return;
    this.#share = this.#shareNow() * CUT;
    this.#shareAtMs = now;
    this.#cutAtMs = now;
  }
  #shareNow() {
    return Math.min(1, this.#share + (this.#clock.now() - this.#shareAtMs) / 1e3 * RECOVERY_PER_SECOND);
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
        signal.removeEventListener("abort", onAbort);
        resolve();
      }
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const behind = this.#waiting.findLastIndex(({ dueMs }) => dueMs <= waiting.dueMs);
    this.#waiting.splice(behind + 1, 0, waiting);
    if (!this.#isRunning) void this.#run();
    return promise;
  }
  async #run() {
    this.#isRunning = true;
    while (this.#waiting.length > 0 && !this.#closed.aborted) {
      const delayMs = this.#nextAtMs - this.#clock.now();
      if (delayMs <= 0) {
        this.#nextAtMs = this.#clock.now() + this.#intervalMs / this.#shareNow();
        this.#waiting.shift()?.go();
      } else {
        await this.#clock.sleep(delayMs, this.#closed).catch(() => {
        });
      }
    }
    this.#isRunning = false;
  }
};

export {
  minPollIntervalMs,
  yieldTimeMs,
  RateLimiter
};
