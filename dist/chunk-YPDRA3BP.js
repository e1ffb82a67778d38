import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  ServiceError,
  untilAborted
} from "./chunk-U2LC3EKZ.js";
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

// src/aws/error-facts.ts
function factsOf(error) {
  const code = briefly(text(property(error, "name")) || "Error", LONGEST_CODE);
  const said = (text(property(error, "message")) || String(error)).replace(HINT, "").replace(QUOTED_REQUEST, "\u2026");
  return {
    code,
    message: briefly(SIGNATURE.test(code) ? firstSentence(said) : said),
    innerCode: text(property(error, "code")),
    status: statusOf(error)
  };
}
var HINT = /\s*Deserialization error: to see the raw response.*$/s;
var QUOTED_REQUEST = /(?:\bauthorization['"]?\s*[:=]|\bAWS4-|\bx-amz-security-token).*$/is;
var SIGNATURE = /signature/i;
var LONGEST_CODE = 100;
function briefly(words, longest = 1e3) {
  return words.length > longest ? `${words.slice(0, longest)}\u2026` : words;
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

// src/aws/calls.ts
import { AsyncLocalStorage } from "node:async_hooks";

// src/aws/errors.ts
function serviceError(error, call) {
  const facts = factsOf(error);
  const { trouble, advice } = entryFor(facts, call);
  const said = facts.message === "" ? facts.code : `${facts.code}: ${facts.message}`;
  const where = `${call.action} for ${call.resource} in ${call.region}`;
  const message = `${where}: ${withoutPeriod(said)}${advice === "" ? "" : `. ${advice}`}`;
  return new ServiceError(trouble, message, { cause: error });
}
function entryFor(facts, call) {
  const known = CATALOGUE.get(facts.code);
  if (known) return known(facts, call);
  if (facts.status === null) return withoutAnswer(facts);
  if (facts.status < 400 || facts.status >= 500 || facts.code === "SyntaxError") return unanswered;
  if (facts.status === 429 || THROTTLE.test(facts.code)) return throttled;
  return refused("");
}
var THROTTLE = /throttl|exceeded|toomanyrequests|slowdown/i;
var throttled = { trouble: "throttled", advice: "" };
var unanswered = { trouble: "unanswered", advice: "" };
function refused(advice) {
  return { trouble: "refused", advice };
}
var NETWORK = /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|EPROTO|HPE_[A-Z_]+)$/;
var CERTIFICATE = /CERT|SIGNATURE|ISSUER/;
function withoutAnswer({ code, innerCode }) {
  if (CERTIFICATE.test(innerCode)) {
    return refused("The TLS certificate is not trusted: name the certificate authority in AWS_CA_BUNDLE");
  }
  if (/^(ENOENT|EACCES|EPERM|EISDIR)$/.test(innerCode)) return refused(CREDENTIALS_ADVICE);
  if (innerCode === "ENOTFOUND") return { ...unanswered, advice: "See that the region is right" };
  if (innerCode === "ERR_INVALID_URL") return refused("See that the endpoint in AWS_ENDPOINT_URL\u2026 is a URL");
  if (innerCode === "ERR_PROXY_TUNNEL") {
    return { trouble: "unanswered", advice: "See that the proxy in HTTPS_PROXY lets this host through" };
  }
  if (code === "TimeoutError" || code === "SyntaxError" || NETWORK.test(innerCode)) return unanswered;
  return refused("");
}
var CREDENTIALS_ADVICE = "Run aws-actions/configure-aws-credentials before this step, and see that the session lasts as long as the step";
var throttle = () => throttled;
var denied = (facts, call) => ({ trouble: "denied", advice: grantAdvice(facts.message, call) });
var badCredentials = () => refused(CREDENTIALS_ADVICE);
var keyDenied = ({ message }, call) => {
  const actions = call.action.startsWith("firehose:") ? "kms:CreateGrant, kms:DescribeKey" : "kms:DescribeKey";
  return refused(
    `${grantedBy(message) ?? `Grant ${actions}, kms:GenerateDataKey and kms:Decrypt on the key to the role of this step`}, in its policy and in the key's`
  );
};
var keyDisabled = () => refused("Enable the key, or ask for another one");
var keyState = () => refused("Cancel the key's deletion or import its key material, or ask for another key");
var whichKey = ({ region }) => `See that the key's id or alias is right, and that it is in ${region}`;
var keyMissing = (_facts, call) => refused(whichKey(call));
var badArgument = (_facts, { action }) => refused(ARGUMENT_ADVICE.get(action) ?? "");
var keyOptIn = () => refused("The account is not subscribed to KMS: ask AWS Support");
function byName(catalogue) {
  return new Map(Object.entries(catalogue));
}
var CATALOGUE = byName({
  LimitExceededException: limitExceeded,
  ThrottlingException: throttle,
  KMSThrottlingException: throttle,
  // KMS answers these two with a 4xx or 5xx although they pass. Source: KMS API, DescribeKey errors.
  DependencyTimeoutException: () => unanswered,
  KMSInternalException: () => unanswered,
  ResourceInUseException: () => ({ trouble: "busy", advice: "" }),
  ResourceNotFoundException: (_facts, { region, resource }) => ({
    trouble: "missing",
    advice: `There is no such stream in ${region}${accountOf(resource)}: see that its name, the region and the credentials' account are right`
  }),
  NotFoundException: (_facts, call) => ({ trouble: "missing", advice: whichKey(call) }),
  InvalidArnException: () => ({ trouble: "missing", advice: "See that the key's ARN is right" }),
  AccessDeniedException: denied,
  AccessDenied: denied,
  KMSAccessDeniedException: keyDenied,
  KMSDisabledException: keyDisabled,
  KMSInvalidStateException: keyState,
  KMSNotFoundException: keyMissing,
  KMSOptInRequired: keyOptIn,
  InvalidKMSResourceException: (facts, call) => (KEY_ERRORS.get(facts.innerCode) ?? (() => refused("")))(facts, call),
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
  ["kinesis:StartStreamEncryption", "See that the key is symmetric, for ENCRYPT_DECRYPT, and one that Kinesis may use"],
  [
    "firehose:StartDeliveryStreamEncryption",
    "See that the key is symmetric, that the source is Direct PUT, and that this configuration is not the one in force"
  ],
  [
    "tag:GetResources",
    "See that stream-tags has at most 50 tags, with keys of at most 128 and values of at most 256 characters"
  ]
]);
var KEY_ERRORS = byName({
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
  if (/\b500\b/.test(message)) {
    return refused("A key serves at most 500 delivery streams: ask for another key");
  }
  if (/\b25\b|24.?hour/i.test(message)) {
    return refused("A stream takes at most 25 changes in 24 hours: run again when the oldest of them is a day old");
  }
  return {
    trouble: "limited",
    advice: "This is either the account's call rate, or the limit of 25 changes a stream in 24 hours (500 streams a key): run again later, at the latest in a day"
  };
}
var LISTS = /* @__PURE__ */ new Set(["kinesis:ListStreams", "firehose:ListDeliveryStreams", "tag:GetResources"]);
function grantAdvice(message, { action, resource }) {
  return grantedBy(message) ?? `Grant ${action} on ${LISTS.has(action) ? "*" : resource} to the role of this step`;
}
function grantedBy(message) {
  const [, action, resource] = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: (\S+))?/i.exec(message) ?? [];
  if (action === void 0) return null;
  if (action.startsWith("sts:")) return `Allow ${action} to this workflow in the trust policy of the role it assumes`;
  return `Grant ${action}${resource === void 0 ? "" : ` on ${resource}`} to the role of this step`;
}
function accountOf(resource) {
  const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1];
  return account === void 0 ? "" : ` of account ${account}`;
}
function withoutPeriod(sentence) {
  return sentence.replace(/\.+$/, "");
}

// src/aws/calls.ts
async function callAws(call, signal, send, yieldMs = 0) {
  signal.throwIfAborted();
  try {
    const answered = CALLS.run({ call, signal, yieldMs }, () => send({ abortSignal: signal }));
    return await untilAborted(answered, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw serviceError(error, call);
  }
}
var CALLS = new AsyncLocalStorage();
function addMiddleware(client, service, { pace, debug }) {
  client.middlewareStack.use(turns(pace));
  client.middlewareStack.use(requestLog(service, debug));
}
function turns(pace) {
  const inTurn = (next) => async (request) => {
    const asked = CALLS.getStore();
    if (asked === void 0) return next(request);
    const { call, signal, yieldMs } = asked;
    await pace.turn(call.action, signal, yieldMs);
    try {
      return await next(request);
    } catch (error) {
      if (SLOW_DOWN.has(serviceError(error, call).trouble)) pace.throttled(call.action);
      throw error;
    }
  };
  return {
    applyToStack: (stack) => stack.addRelativeTo(inTurn, { relation: "after", toMiddleware: "retryMiddleware", name: "turns" })
  };
}
function withoutRetries() {
  const pass = (next) => next;
  return {
    applyToStack: (stack) => stack.add(pass, { name: "retryMiddleware", step: "finalizeRequest", priority: "high", override: true })
  };
}
var SLOW_DOWN = /* @__PURE__ */ new Set(["throttled", "limited"]);
function required(call, part) {
  if (part !== void 0) return part;
  throw new ServiceError("unanswered", `${call.action} for ${call.resource} in ${call.region}: an empty answer came`);
}
function requestLog(service, debug) {
  return {
    applyToStack: (stack) => stack.add(
      (next, { commandName }) => async (request) => {
        const beganMs = performance.now();
        const told = (metadata) => {
          const duration = `${Math.round(performance.now() - beganMs)} ms`;
          const status = metadata?.httpStatusCode ?? "no answer";
          debug(
            `${service} ${commandName?.replace(/Command$/, "")} ${duration} ${status} ${metadata?.requestId ?? ""}`.trimEnd()
          );
        };
        try {
          const result = await next(request);
          told(result.output.$metadata);
          return result;
        } catch (error) {
          told(metadataOf(error));
          throw error;
        }
      },
      { step: "finalizeRequest", priority: "low", name: "requestLog" }
    )
  };
}
function metadataOf(error) {
  return typeof error === "object" && error !== null && "$metadata" in error && typeof error.$metadata === "object" ? error.$metadata ?? void 0 : void 0;
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
  briefly,
  callAws,
  addMiddleware,
  withoutRetries,
  required
};
