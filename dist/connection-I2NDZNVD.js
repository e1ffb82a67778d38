import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  RateLimiter
} from "./chunk-4AJCXBEF.js";
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

// src/aws/connection.ts
var import_node_http = __toESM(require_node_http(), 1);
import { readFileSync } from "node:fs";
import https from "node:https";
import { getCACertificates } from "node:tls";
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
  const closed = new AbortController();
  return {
    config: { region, requestHandler, customUserAgent },
    rateLimiter: new RateLimiter(clock, closed.signal),
    debug,
    close() {
      closed.abort();
      requestHandler.destroy();
    }
  };
}
function readBundle(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`AWS_CA_BUNDLE is ${file}, which cannot be read: ${cause}`, { cause });
  }
}
export {
  VERSION,
  connect
};
