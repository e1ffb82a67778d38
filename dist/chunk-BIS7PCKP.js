import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);

// src/encryption/arn.ts
var ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]+):(\d{12}):(.+)$/;
function parseArn(text) {
  const [, partition, service, region, accountId, resource] = ARN.exec(text) ?? [];
  if (!partition || !service || !region || !accountId || !resource) return null;
  return { partition, service, region, accountId, resource };
}
function arnScope(arn) {
  const [, partition = "", , region = "", accountId = ""] = arn.split(":");
  return { partition, region, accountId };
}
function kmsArn({ partition, region, accountId }, resource) {
  return `arn:${partition}:kms:${region}:${accountId}:${resource}`;
}
var STREAM_NAMES = {
  kinesis: /^[a-zA-Z0-9_.-]{1,128}$/,
  firehose: /^[a-zA-Z0-9_.-]{1,64}$/
};
var RESOURCE_PREFIXES = { kinesis: "stream/", firehose: "deliverystream/" };
function parseStreamArn(arn) {
  const parsed = parseArn(arn);
  if (parsed === null) return null;
  const { service: kind, resource, region } = parsed;
  if (kind !== "kinesis" && kind !== "firehose") return null;
  const prefix = RESOURCE_PREFIXES[kind];
  const name = resource.slice(prefix.length);
  if (!resource.startsWith(prefix) || !STREAM_NAMES[kind].test(name)) return null;
  return { stream: { kind, name, arn }, region };
}

// src/encryption/ports.ts
var ServiceError = class extends Error {
  errorKind;
  constructor(errorKind, message, options) {
    super(message, options);
    this.name = "ServiceError";
    this.errorKind = errorKind;
  }
};
var TimedOut = class extends Error {
  name = "TimedOut";
};
var Cancelled = class extends Error {
  name = "Cancelled";
};

// src/encryption/deadline.ts
function createDeadline(clock, ms, cancelled) {
  const timer = new AbortController();
  const passed = new AbortController();
  let at = null;
  return {
    leftMs: () => at === null ? ms : at - clock.now(),
    signal: AbortSignal.any([cancelled, passed.signal]),
    start() {
      if (at !== null) return;
      at = clock.now() + ms;
      clock.sleep(ms, timer.signal).then(
        () => passed.abort(new TimedOut()),
        () => {
        }
      );
    },
    stop() {
      timer.abort();
      passed.abort();
    }
  };
}
async function untilAborted(promise, signal) {
  const aborted = Promise.withResolvers();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([aborted.promise, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

export {
  parseArn,
  arnScope,
  kmsArn,
  STREAM_NAMES,
  parseStreamArn,
  ServiceError,
  TimedOut,
  Cancelled,
  createDeadline,
  untilAborted
};
