import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);

// src/encryption/abort.ts
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

// src/encryption/services.ts
var ServiceError = class extends Error {
  trouble;
  constructor(trouble, message, options) {
    super(message, options);
    this.name = "ServiceError";
    this.trouble = trouble;
  }
};
var TimedOut = class extends Error {
  name = "TimedOut";
};
var Cancelled = class extends Error {
  name = "Cancelled";
};

export {
  untilAborted,
  ServiceError,
  TimedOut,
  Cancelled
};
