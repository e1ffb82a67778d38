import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  ServiceError,
  parseArn,
  untilAborted
} from "./chunk-BIS7PCKP.js";
import {
  ENV_KEY,
  ENV_SECRET,
  fromEnv
} from "./chunk-P7NXAGVD.js";
import {
  CredentialsProviderError,
  ENV_PROFILE,
  chain
} from "./chunk-3E2MYXSI.js";

// src/aws/sdk-error.ts
function readSdkError(error) {
  const code = truncate(text(property(error, "name")) || "Error", MAX_CODE_LENGTH);
  const message = (text(property(error, "message")) || String(error)).replace(DESERIALIZATION_HINT, "").replace(QUOTED_REQUEST, "\u2026");
  return {
    code,
    message: truncate(SIGNATURE_ERROR.test(code) ? firstSentence(message) : message),
    innerCode: text(property(error, "code")),
    status: statusOf(error)
  };
}
var DESERIALIZATION_HINT = /\s*Deserialization error: to see the raw response.*$/s;
var QUOTED_REQUEST = /(?:\bauthorization['"]?\s*[:=]|\bAWS4-|\bx-amz-security-token).*$/is;
var SIGNATURE_ERROR = /signature/i;
var MAX_CODE_LENGTH = 100;
function truncate(value, maxLength = 1e3) {
  return value.length > maxLength ? `${value.slice(0, maxLength)}\u2026` : value;
}
function firstSentence(message) {
  return message.split(/\. |\n/, 1).join("");
}
function statusOf(error) {
  const status = property(property(error, "$metadata"), "httpStatusCode");
  return typeof status === "number" ? status : null;
}
function property(value, name) {
  return typeof value === "object" && value !== null && name in value ? Reflect.get(value, name) : void 0;
}
function text(value) {
  return typeof value === "string" ? value : "";
}

// src/aws/errors.ts
function serviceError(error, call) {
  const sdkError = readSdkError(error);
  const { errorKind, advice } = entryFor(sdkError, call);
  const reason = sdkError.message === "" ? sdkError.code : `${sdkError.code}: ${sdkError.message}`;
  const where = `${call.action} for ${call.resource} in ${call.region}`;
  const message = `${where}: ${withoutPeriod(reason)}${advice === "" ? "" : `. ${advice}`}`;
  return new ServiceError(errorKind, message, { cause: error });
}
function entryFor(error, call) {
  const known = CATALOGUE.get(error.code);
  if (known) return known(error, call);
  if (error.status === null) return withoutAnswer(error);
  if (error.status < 400 || error.status >= 500 || error.code === "SyntaxError") return unanswered;
  if (error.status === 429 || THROTTLE.test(error.code)) return throttled;
  return refused("");
}
var THROTTLE = /throttl|exceeded|toomanyrequests|slowdown/i;
var throttled = { errorKind: "throttled", advice: "" };
var unanswered = { errorKind: "unanswered", advice: "" };
function refused(advice) {
  return { errorKind: "refused", advice };
}
var NETWORK = /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_[A-Z_]+)$/;
var CERTIFICATE = /CERT|SIGNATURE|ISSUER/;
function withoutAnswer({ code, innerCode }) {
  if (CERTIFICATE.test(innerCode)) {
    return refused("The TLS certificate is not trusted: set AWS_CA_BUNDLE to the certificate authority");
  }
  if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode)) return refused(CREDENTIALS_ADVICE);
  if (innerCode === "ENOTFOUND") return { ...unanswered, advice: "Check the region" };
  if (innerCode === "ERR_INVALID_URL") return refused("Check that the endpoint in AWS_ENDPOINT_URL\u2026 is a URL");
  if (innerCode === "ERR_PROXY_TUNNEL") {
    return { errorKind: "unanswered", advice: "Check that the proxy in HTTPS_PROXY allows this host" };
  }
  if (code === "TimeoutError" || code === "SyntaxError" || NETWORK.test(innerCode)) return unanswered;
  return refused("");
}
var CREDENTIALS_ADVICE = "Run aws-actions/configure-aws-credentials before this step, and make the session last as long as the step";
var throttle = () => throttled;
var denied = ({ message }, call) => ({ errorKind: "denied", advice: grantAdvice(message, call) });
var badCredentials = () => refused(CREDENTIALS_ADVICE);
var keyDenied = ({ message }, { action }) => {
  const actions = action.startsWith("firehose:") ? "kms:CreateGrant, kms:DescribeKey" : "kms:DescribeKey";
  const grant = grantFromMessage(message) ?? `Grant ${actions}, kms:GenerateDataKey and kms:Decrypt on the key to the role of this step`;
  return refused(`${grant}, in the role's policy and in the key policy`);
};
var keyDisabled = () => refused("Enable the key, or use another one");
var keyState = () => refused("Cancel the key's deletion or import its key material, or use another key");
var whichKey = ({ region }) => `Check the key's id or alias, and that the key is in ${region}`;
var keyMissing = (_error, call) => refused(whichKey(call));
var badArgument = (_error, { action }) => refused(ARGUMENT_ADVICE.get(action) ?? "");
var keyOptIn = () => refused("The account is not subscribed to KMS: contact AWS Support");
function byCode(catalogue) {
  return new Map(Object.entries(catalogue));
}
var CATALOGUE = byCode({
  LimitExceededException: limitExceeded,
  ThrottlingException: throttle,
  KMSThrottlingException: throttle,
  // KMS answers these two with a 4xx or 5xx although they are transient. Source: KMS API, DescribeKey errors.
  DependencyTimeoutException: () => unanswered,
  KMSInternalException: () => unanswered,
  ResourceInUseException: () => ({ errorKind: "busy", advice: "" }),
  ResourceNotFoundException: (_error, { region, resource }) => ({
    errorKind: "missing",
    advice: `There is no such stream in ${region}${accountOf(resource)}: check its name, the region and the account of the credentials`
  }),
  NotFoundException: (_error, call) => ({ errorKind: "missing", advice: whichKey(call) }),
  InvalidArnException: () => ({ errorKind: "missing", advice: "Check the key's ARN" }),
  AccessDeniedException: denied,
  AccessDenied: denied,
  KMSAccessDeniedException: keyDenied,
  KMSDisabledException: keyDisabled,
  KMSInvalidStateException: keyState,
  KMSNotFoundException: keyMissing,
  KMSOptInRequired: keyOptIn,
  InvalidKMSResourceException: (error, call) => (KEY_ERRORS.get(error.innerCode) ?? (() => refused("")))(error, call),
  InvalidArgumentException: badArgument,
  InvalidParameterException: badArgument,
  PaginationTokenExpiredException: () => refused("Reading the list took longer than 15 minutes: run again"),
  ExpiredTokenException: badCredentials,
  ExpiredToken: badCredentials,
  UnrecognizedClientException: badCredentials,
  InvalidSignatureException: badCredentials,
  IncompleteSignatureException: badCredentials,
  SignatureDoesNotMatch: badCredentials,
  InvalidClientTokenId: badCredentials,
  MissingAuthenticationTokenException: badCredentials,
  CredentialsProviderError: badCredentials,
  TokenProviderError: badCredentials
});
var ARGUMENT_ADVICE = /* @__PURE__ */ new Map([
  [
    "kinesis:StartStreamEncryption",
    "Check that the key is symmetric, has the usage ENCRYPT_DECRYPT, and may be used by Kinesis"
  ],
  [
    "firehose:StartDeliveryStreamEncryption",
    "Check that the key is symmetric, that the source is Direct PUT, and that this configuration is not already in force"
  ],
  [
    "tag:GetResources",
    "Check that stream-tags has at most 50 tags, with keys of at most 128 and values of at most 256 characters"
  ]
]);
var KEY_ERRORS = byCode({
  KMSAccessDeniedException: keyDenied,
  AccessDeniedException: keyDenied,
  KMSDisabledException: keyDisabled,
  DisabledException: keyDisabled,
  KMSInvalidStateException: keyState,
  KMSNotFoundException: keyMissing,
  NotFoundException: keyMissing,
  KMSOptInRequired: keyOptIn,
  KMSThrottlingException: throttle
});
function limitExceeded({ message }, { action }) {
  if (!/:Start/.test(action) || /rate exceeded|slow down|\brps\b|per second/i.test(message)) return throttled;
  if (/\b500\b/.test(message)) return refused("A key serves at most 500 delivery streams: use another key");
  if (/\b25\b|24.?hour/i.test(message)) {
    return refused("A stream allows 25 changes in 24 hours: run again when the oldest of them is 24 hours old");
  }
  return {
    errorKind: "limited",
    advice: "This is either the account's call rate, or the limit of 25 changes per stream in 24 hours (500 streams per key): run again later, at the latest in a day"
  };
}
var LISTS = /* @__PURE__ */ new Set(["kinesis:ListStreams", "firehose:ListDeliveryStreams", "tag:GetResources"]);
function grantAdvice(message, { action, resource }) {
  return grantFromMessage(message) ?? `Grant ${action} on ${LISTS.has(action) ? "*" : resource} to the role of this step`;
}
function grantFromMessage(message) {
  const [, action, resource] = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
  if (action === void 0) return null;
  if (action.startsWith("sts:")) return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
  return `Grant ${action}${resource === void 0 ? "" : ` on ${resource}`} to the role of this step`;
}
function accountOf(resource) {
  const arn = parseArn(resource);
  return arn === null ? "" : ` of account ${arn.accountId}`;
}
function withoutPeriod(sentence) {
  return sentence.replace(/\.+$/, "");
}

// src/aws/calls.ts
async function callAws(connection, call, command, send, options) {
  const { signal, yieldMs, onReady } = options;
  const permit = await connection.rateLimiter.acquire(call.action, signal, yieldMs);
  onReady?.();
  if (options.isSentOnce) command.middlewareStack.use(withoutSdkRetries());
  command.middlewareStack.use(rateLimit(connection, call, options, permit));
  command.middlewareStack.use(requestLog(connection, call, options));
  try {
    return await untilAborted(send({ abortSignal: signal }), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw serviceError(error, call);
  }
}
var SDK_RETRIES = "retryMiddleware";
function withoutSdkRetries() {
  const pass = (next) => next;
  return {
    applyToStack: (stack) => stack.add(pass, { name: SDK_RETRIES, step: "finalizeRequest", priority: "high", override: true })
  };
}
var THROTTLES = /* @__PURE__ */ new Set(["throttled", "limited"]);
function rateLimit({ rateLimiter }, call, { signal, yieldMs }, permit) {
  const middleware = (next) => async (request) => {
    if (!permit.use()) await rateLimiter.acquire(call.action, signal, yieldMs);
    try {
      return await next(request);
    } catch (error) {
      if (THROTTLES.has(serviceError(error, call).errorKind)) rateLimiter.throttled(call.action);
      throw error;
    }
  };
  return {
    applyToStack: (stack) => stack.addRelativeTo(middleware, { relation: "after", toMiddleware: SDK_RETRIES, name: "rateLimit" })
  };
}
function requestLog({ debug }, { action }, { onSend }) {
  const middleware = (next) => async (request) => {
    const startedMs = performance.now();
    const log = (metadata) => {
      const duration = `${Math.round(performance.now() - startedMs)} ms`;
      const status = metadata?.httpStatusCode ?? "no answer";
      debug(`${action.replace(":", " ")} ${duration} ${status} ${metadata?.requestId ?? ""}`.trimEnd());
    };
    onSend?.();
    try {
      const result = await next(request);
      log(result.output.$metadata);
      return result;
    } catch (error) {
      log(metadataOf(error));
      throw error;
    }
  };
  return {
    // After the signature, which takes credentials.
    applyToStack: (stack) => stack.add(middleware, { step: "finalizeRequest", priority: "low", name: "requestLog" })
  };
}
function metadataOf(error) {
  return typeof error === "object" && error !== null && "$metadata" in error && typeof error.$metadata === "object" ? error.$metadata ?? void 0 : void 0;
}
function required(call, part) {
  if (part !== void 0) return part;
  throw new ServiceError("unanswered", `${call.action} for ${call.resource} in ${call.region}: the answer was empty`);
}

// node_modules/@aws-sdk/credential-provider-node/dist-es/remoteProvider.js
var ENV_IMDS_DISABLED = "AWS_EC2_METADATA_DISABLED";
var remoteProvider = async (init) => {
  const { ENV_CMDS_FULL_URI, ENV_CMDS_RELATIVE_URI, fromContainerMetadata, fromInstanceMetadata } = await import("./dist-es-ERV7QQTI.js");
  if (process.env[ENV_CMDS_RELATIVE_URI] || process.env[ENV_CMDS_FULL_URI]) {
    init.logger?.debug("@aws-sdk/credential-provider-node - remoteProvider::fromHttp/fromContainerMetadata");
    const { fromHttp } = await import("./dist-es-XPJSFG7W.js");
    return chain(fromHttp(init), fromContainerMetadata(init));
  }
  if (process.env[ENV_IMDS_DISABLED] && process.env[ENV_IMDS_DISABLED] !== "false") {
    return async () => {
      throw new CredentialsProviderError("EC2 Instance Metadata Service access disabled", { logger: init.logger });
    };
  }
  init.logger?.debug("@aws-sdk/credential-provider-node - remoteProvider::fromInstanceMetadata");
  return fromInstanceMetadata(init);
};

// node_modules/@aws-sdk/credential-provider-node/dist-es/runtime/memoize-chain.js
function memoizeChain(providers, treatAsExpired) {
  const chain2 = internalCreateChain(providers);
  let activeLock;
  let passiveLock;
  let credentials;
  let forceRefreshLock;
  const provider = async (options) => {
    if (options?.forceRefresh) {
      if (!forceRefreshLock) {
        forceRefreshLock = chain2(options).then((c) => {
          credentials = c;
        }).finally(() => {
          forceRefreshLock = void 0;
        });
      }
      await forceRefreshLock;
      return credentials;
    }
    if (credentials?.expiration) {
      if (credentials?.expiration?.getTime() < Date.now()) {
        credentials = void 0;
      }
    }
    if (activeLock) {
      await activeLock;
    } else if (!credentials || treatAsExpired?.(credentials)) {
      if (credentials) {
        if (!passiveLock) {
          passiveLock = chain2(options).then((c) => {
            credentials = c;
          }).catch(() => {
          }).finally(() => {
            passiveLock = void 0;
          });
        }
      } else {
        activeLock = chain2(options).then((c) => {
          credentials = c;
        }).finally(() => {
          activeLock = void 0;
        });
        return provider(options);
      }
    }
    return credentials;
  };
  return provider;
}
var internalCreateChain = (providers) => async (awsIdentityProperties) => {
  let lastProviderError;
  for (const provider of providers) {
    try {
      return await provider(awsIdentityProperties);
    } catch (err) {
      lastProviderError = err;
      if (err?.tryNextLink) {
        continue;
      }
      throw err;
    }
  }
  throw lastProviderError;
};

// node_modules/@aws-sdk/credential-provider-node/dist-es/defaultProvider.js
var multipleCredentialSourceWarningEmitted = false;
var defaultProvider = (init = {}) => memoizeChain([
  async () => {
    const profile = init.profile ?? process.env[ENV_PROFILE];
    if (profile) {
      const envStaticCredentialsAreSet = process.env[ENV_KEY] && process.env[ENV_SECRET];
      if (envStaticCredentialsAreSet) {
        if (!multipleCredentialSourceWarningEmitted) {
          const warnFn = init.logger?.warn && init.logger?.constructor?.name !== "NoOpLogger" ? init.logger.warn.bind(init.logger) : console.warn;
          warnFn(`@aws-sdk/credential-provider-node - defaultProvider::fromEnv WARNING:
    Multiple credential sources detected: 
    Both AWS_PROFILE and the pair AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY static credentials are set.
    This SDK will proceed with the AWS_PROFILE value.
    
    However, a future version may change this behavior to prefer the ENV static credentials.
    Please ensure that your environment only sets either the AWS_PROFILE or the
    AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY pair.
`);
          multipleCredentialSourceWarningEmitted = true;
        }
      }
      throw new CredentialsProviderError("AWS_PROFILE is set, skipping fromEnv provider.", {
        logger: init.logger,
        tryNextLink: true
      });
    }
    init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromEnv");
    return fromEnv(init)();
  },
  async (awsIdentityProperties) => {
    init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromSSO");
    const { ssoStartUrl, ssoAccountId, ssoRegion, ssoRoleName, ssoSession } = init;
    if (!ssoStartUrl && !ssoAccountId && !ssoRegion && !ssoRoleName && !ssoSession) {
      throw new CredentialsProviderError("Skipping SSO provider in default chain (inputs do not include SSO fields).", { logger: init.logger });
    }
    const { fromSSO } = await import("./dist-es-33CNRF4N.js");
    return fromSSO(init)(awsIdentityProperties);
  },
  async (awsIdentityProperties) => {
    init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromIni");
    const { fromIni } = await import("./dist-es-PR2V6TTA.js");
    return fromIni(init)(awsIdentityProperties);
  },
  async (awsIdentityProperties) => {
    init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromProcess");
    const { fromProcess } = await import("./dist-es-HXBB4WC2.js");
    return fromProcess(init)(awsIdentityProperties);
  },
  async (awsIdentityProperties) => {
    init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromTokenFile");
    const { fromTokenFile } = await import("./dist-es-6LMYPKKL.js");
    return fromTokenFile(init)(awsIdentityProperties);
  },
  async () => {
    init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::remoteProvider");
    return (await remoteProvider(init))();
  },
  async () => {
    throw new CredentialsProviderError("Could not load credentials from any providers", {
      tryNextLink: false,
      logger: init.logger
    });
  }
], credentialsTreatedAsExpired);
var credentialsTreatedAsExpired = (credentials) => credentials?.expiration !== void 0 && credentials.expiration.getTime() - Date.now() < 3e5;

export {
  defaultProvider,
  truncate,
  callAws,
  required
};
