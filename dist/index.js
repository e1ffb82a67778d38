import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  KINDS,
  KINESIS_AWS_ALIAS,
  MODES,
  OUTCOMES,
  PROVED,
  arnInScope,
  certainArn,
  endedWell,
  isAwsAlias,
  isCustomerAlias,
  isKinesisAwsAlias,
  parseKeyId
} from "./chunk-5IKWCHDV.js";
import {
  directory
} from "./chunk-RF5V6KEL.js";
import {
  Cancelled,
  STREAM_NAMES,
  ServiceError,
  TimedOut,
  arnScope,
  createDeadline,
  parseStreamArn,
  untilAborted
} from "./chunk-BIS7PCKP.js";
import "./chunk-BJJFHFV3.js";

// src/aws/aws.ts
async function openAws(options) {
  const { connect } = await import("./connection-I2NDZNVD.js");
  const connection = connect(options);
  const services = /* @__PURE__ */ new Map();
  const streams = (kind) => {
    const service = services.get(kind) ?? serviceOf(kind, connection);
    services.set(kind, service);
    return service;
  };
  let kms;
  return {
    streams,
    keys: {
      async describe(id, signal) {
        kms ??= import("./kms-725B7E3A.js").then(({ kmsKeys }) => kmsKeys(connection));
        return (await kms).describe(id, signal);
      }
    },
    directory: directory(connection, streams),
    close: () => connection.close()
  };
}
async function serviceOf(kind, connection) {
  if (kind === "kinesis") return (await import("./kinesis-FKUCH7UK.js")).kinesisStreams(connection);
  return (await import("./firehose-BV4XJEJS.js")).firehoseStreams(connection);
}
async function profileRegion() {
  const { configuredRegion } = await import("./kms-725B7E3A.js");
  return configuredRegion();
}

// src/clock.ts
import { setTimeout as setTimeout2 } from "node:timers/promises";
var systemClock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout2(ms, void 0, { signal })
};

// src/encryption/fleet/fleet.ts
var MAX_STARTING = 8;
var MAX_FIRST_OBSERVATION_MS = 1e4;
var PROGRESS_INTERVAL_MS = 3e4;
function formatProgress({ total, done, waiting, elapsedMs }) {
  const notDone = total - done;
  const counts = `${done} of ${total} streams done, ${waiting} waiting for a change to end, ${notDone - waiting} left`;
  return done === 0 ? counts : `${counts}; about ${formatDuration(elapsedMs / done * notDone)} left at this pace`;
}
function formatDuration(ms) {
  const seconds = ms / 1e3;
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
async function runFleet(streams, tools, runOne) {
  const ends = /* @__PURE__ */ new Map();
  const groups = await Promise.all(
    [...Map.groupBy(streams, ({ stream }) => stream.kind)].map(
      async ([kind, members]) => new Group(members, await tools.serviceOf(kind), tools)
    )
  );
  const progress = reportProgress(tools, (elapsedMs) => {
    const waiting = groups.reduce((sum, group2) => sum + group2.waiting, 0);
    return { total: streams.length, done: ends.size, waiting, elapsedMs };
  });
  await Promise.all(
    groups.map(
      (group2) => group2.run(async (stream, streamTools) => {
        ends.set(stream, await runOne(stream, streamTools));
      })
    )
  );
  progress.abort();
  return streams.flatMap((stream) => ends.get(stream) ?? []);
}
function reportProgress({ clock, onProgress }, progress) {
  const ended2 = new AbortController();
  const startedMs = clock.now();
  const next = () => clock.sleep(PROGRESS_INTERVAL_MS, ended2.signal).then(
    () => {
      onProgress(progress(clock.now() - startedMs));
      return next();
    },
    () => {
    }
  );
  void next();
  return ended2;
}
var Group = class {
  #streams;
  #service;
  #tools;
  #startedMs;
  #started = 0;
  #starting = 0;
  #onSlotFree = () => {
  };
  /** How many wait for a change to end. */
  waiting = 0;
  constructor(streams, service, tools) {
    this.#streams = streams;
    this.#service = service;
    this.#tools = tools;
    this.#startedMs = tools.clock.now();
  }
  async run(runOne) {
    const running = [];
    for (const stream of this.#streams) {
      await this.#slotFree();
      this.#started += 1;
      running.push(this.#run(stream, runOne));
    }
    await Promise.all(running);
  }
  async #run(stream, runOne) {
    const { clock, random, keys: keys2, cancelled } = this.#tools;
    const slot = this.#takeSlot();
    let isWaiting = false;
    const fleet = {
      estimatedRemainingMs: () => this.#estimatedRemainingMs(),
      observed: () => slot.keep(),
      setWaiting: (now) => {
        slot.release();
        this.waiting += Number(now) - Number(isWaiting);
        isWaiting = now;
      }
    };
    await runOne(stream, { service: this.#service, keys: keys2, clock, random, cancelled, fleet });
    fleet.setWaiting(false);
  }
  /** How long the streams that have not started yet will take at the pace so far. */
  #estimatedRemainingMs() {
    const elapsedMs = this.#tools.clock.now() - this.#startedMs;
    return elapsedMs / this.#started * (this.#streams.length - this.#started);
  }
  async #slotFree() {
    if (this.#starting < MAX_STARTING) return;
    await new Promise((resolve2) => {
      this.#onSlotFree = resolve2;
    });
  }
  /** Takes a start-up slot until it is released, or for `MAX_FIRST_OBSERVATION_MS` unless it is kept by then. */
  #takeSlot() {
    const kept = new AbortController();
    let isReleased = false;
    const release = () => {
      kept.abort();
      if (isReleased) return;
      isReleased = true;
      this.#starting -= 1;
      this.#onSlotFree();
    };
    this.#starting += 1;
    this.#tools.clock.sleep(MAX_FIRST_OBSERVATION_MS, kept.signal).then(release, () => {
    });
    return { keep: () => kept.abort(), release };
  }
};

// src/encryption/format.ts
var KEY_TYPES = {
  "aws-owned": "the AWS owned key",
  "customer-managed": "a customer managed key"
};
function formatKey(key) {
  if (key?.id) return key.id;
  return key?.type ? KEY_TYPES[key.type] : "a key that the service does not name";
}
function formatObservation({ status, phase, encrypted, key }) {
  if (key !== null) return `${status}, encrypted with ${formatKey(key)}`;
  return phase === "final" && encrypted === "false" ? `${status}, not encrypted` : status;
}
var MAX_LISTED = 5;
function formatList(texts) {
  const first = texts.slice(0, MAX_LISTED).join(", ");
  return texts.length > MAX_LISTED ? `${first} and ${texts.length - MAX_LISTED} more` : first;
}
function formatError(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}
function formatUtc(time) {
  return `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function formatRequest({ region, mode, selection, criteria, from }) {
  const { kinds } = selection;
  const parts = [region, `mode ${mode}`, formatSelection(selection), `key: ${formatCriteria(criteria, kinds)}`];
  if (from !== null) parts.push(`only from: ${formatList(from.map((key) => formatFromKey(key, kinds)))}`);
  return parts.join(" \xB7 ");
}
function formatSelection({ kinds, selectors, tags }) {
  const parts = [kinds.join(" and ")];
  if (selectors.length > 0) parts.push(formatList(selectors.map(formatSelector)));
  if (tags.length > 0) parts.push(`tagged ${formatList(tags.map(formatTag))}`);
  return parts.join(" ");
}
function formatSelector(selector) {
  return selector.by === "glob" ? selector.glob : selector.stream.arn ?? selector.stream.name;
}
function formatTag({ key, value }) {
  return value === null ? `${key} (any value)` : `${key}=${value}`;
}
function formatCriteria(criteria, kinds) {
  switch (criteria.which) {
    case "any":
      return "any key";
    case "customer-managed":
      return KEY_TYPES[criteria.which];
    case "approved":
      return `one of ${formatList(criteria.ids)}`;
    case "target": {
      const { type, id } = criteria.target;
      if (type === "aws-owned") return formatAwsKey(kinds);
      return type === null ? id : `customer managed key ${id}`;
    }
  }
}
function formatFromKey(key, kinds) {
  if (key === "any") return "any key";
  return key === "aws-owned" ? formatAwsKey(kinds) : key.id;
}
function formatAwsKey(kinds) {
  if (!kinds.includes("firehose")) return `the AWS managed key ${KINESIS_AWS_ALIAS}`;
  return kinds.includes("kinesis") ? "the AWS key of each service" : KEY_TYPES["aws-owned"];
}

// src/encryption/retry.ts
var RETRIED = /* @__PURE__ */ new Set(["throttled", "unanswered"]);
var MAX_ATTEMPTS_WHEN_LIMITED = 3;
var MAX_DELAY_MS = 5e3;
var JITTER = 0.1;
async function retry(call, { clock, random, signal, onError, isRetried = ({ errorKind }) => RETRIED.has(errorKind) }) {
  let limited = 0;
  for (let failures = 1; ; failures++) {
    try {
      return await call(signal);
    } catch (error3) {
      if (!(error3 instanceof ServiceError)) throw error3;
      const willRetry = error3.errorKind === "limited" ? ++limited < MAX_ATTEMPTS_WHEN_LIMITED : isRetried(error3);
      onError(error3, willRetry);
      if (!willRetry) throw error3;
    }
    await clock.sleep(retryDelay(failures, random()), signal);
  }
}
function retryDelay(failures, random) {
  return jittered(100 * 2 ** failures, random);
}
function jittered(ms, random) {
  return Math.min(ms, MAX_DELAY_MS / (1 + JITTER)) * (1 - JITTER + 2 * JITTER * random);
}

// src/encryption/keys/compare.ts
function compareKeys(inForce, target) {
  if (target.arn === null) {
    if (inForce.type === null) return "unknown";
    return inForce.type === target.type ? "same" : "other";
  }
  if (inForce.arn !== null) return inForce.arn === target.arn ? "same" : "other";
  if (inForce.problem !== null) return "other";
  if (inForce.type === "aws-owned" && target.type === "customer-managed") return "other";
  return "unknown";
}
function compareNamedKey(inForce, named, scope) {
  if (inForce.arn !== null && named.arn !== null) return inForce.arn === named.arn ? "same" : "other";
  if ((parseKeyId(named.id)?.region ?? scope.region) !== scope.region) return "other";
  if (inForce.arn === null && inForce.problem !== null || named.lookup?.answer === "missing") return "other";
  if (inForce.type !== null && named.type !== null && inForce.type !== named.type) return "other";
  if (inForce.type === "aws-owned" && inForce.id === "") return "other";
  if (inForce.type === "aws-owned" && isAwsAlias(named.id)) {
    return isKinesisAwsAlias(named.id, scope) ? "same" : "other";
  }
  return "unknown";
}
function compareFromKey(inForce, from, target, scope) {
  if (from === "any") return "same";
  if (from === "aws-owned") return inForce.type === null ? "unknown" : inForce.type === from ? "same" : "other";
  if (arnInScope(inForce.id, scope) === arnInScope(from.id, scope)) return "same";
  if (from.arn !== null && from.arn === target.arn) return "other";
  return compareNamedKey(inForce, from, scope);
}

// src/encryption/stream/observation.ts
function isProof({ phase, encrypted, key }, target) {
  return phase === "final" && encrypted === "true" && key !== null && !key.viaAlias && compareKeys(key, target) === "same";
}
function isPlainlyUnencrypted({ phase, encrypted }) {
  return phase === "final" && encrypted === "false";
}
function whyDifferentStream(requested, answeredArn) {
  if (requested.arn === null || requested.arn === answeredArn) return null;
  const account = arnScope(requested.arn).accountId;
  const answered = arnScope(answeredArn).accountId;
  return `${requested.arn} is in account ${account}, but the credentials reach ${answeredArn} in account ${answered}: use credentials of account ${account}`;
}
function whyNotEncryptable(observation, named) {
  switch (observation.phase) {
    case "not-applicable":
      return {
        action: "not-applicable",
        why: `the delivery stream's source is ${observation.source}, not DirectPut, so it has no encryption of its own: encrypt the source`
      };
    case "deleting":
      return { action: named ? "fail" : "not-applicable", why: "the stream is being deleted" };
    case "not-created":
      return { action: "fail", why: `the stream could not be created${because(observation.failure?.reason)}` };
    default:
      return null;
  }
}
function formatUnclear({ status, failure }) {
  return `the status ${status}${because(failure?.reason)} does not show whether the stream is encrypted, or with which key`;
}
function because(reason) {
  return reason ? ` (${reason})` : "";
}

// src/encryption/fleet/glob.ts
function matchesGlob(glob, name) {
  let inGlob = 0;
  let inName = 0;
  let star = -1;
  let starEnd = 0;
  while (inName < name.length) {
    if (glob[inGlob] === "*") {
      star = inGlob++;
      starEnd = inName;
    } else if (glob[inGlob] === "?" || glob[inGlob] === name[inName]) {
      inGlob++;
      inName++;
    } else if (star >= 0) {
      inGlob = star + 1;
      inName = ++starEnd;
    } else {
      return false;
    }
  }
  while (glob[inGlob] === "*") inGlob++;
  return inGlob === glob.length;
}

// src/encryption/fleet/select.ts
var EmptySelection = class extends Error {
  name = "EmptySelection";
};
var DESCRIBE_CONCURRENCY = 5;
async function select(selection, given) {
  let lastError = "";
  const onError = ({ message }, willRetry) => {
    lastError = message;
    if (willRetry) given.log(`${message}; retrying`);
  };
  const call = async (call2) => {
    const answer = await retry(call2, { ...given, onError });
    lastError = "";
    return answer;
  };
  const tools = { ...given, call };
  try {
    const candidates = await listCandidates(selection, tools);
    const selected = selectorsOf(selection).flatMap((selector) => applySelector(selector, candidates));
    const unique = eachOnce(selected, await ownArns(selected, candidates, tools));
    const streams = await leaveOutUntagged(unique, selection, candidates, tools);
    if (streams.length === 0) throw new EmptySelection(whyEmpty(selection, candidates, tools.region));
    logUnmatchedGlobs(selection, candidates, tools);
    return streams;
  } catch (error3) {
    if (tools.signal.reason instanceof TimedOut) throw new TimedOut(lastError);
    tools.signal.throwIfAborted();
    throw error3;
  }
}
async function listCandidates({ kinds, selectors, tags }, tools) {
  const { directory: directory2 } = tools;
  const candidates = /* @__PURE__ */ new Map();
  if (tags.length > 0) {
    const tagged = await readAll((next, signal) => directory2.tagged(kinds, tags, next, signal), tools);
    for (const kind of kinds) candidates.set(kind, tagged.filter((stream) => stream.kind === kind).sort(byName));
    return candidates;
  }
  for (const kind of KINDS) {
    if (!selectors.some((selector) => selector.by === "glob" && selector.kind === kind)) continue;
    const names = await readAll((next, signal) => directory2.names(kind, next, signal), tools);
    candidates.set(kind, names.map((name) => ({ kind, name, arn: null })).sort(byName));
  }
  return candidates;
}
async function readAll(page, { call }) {
  const items = [];
  let next = null;
  do {
    const after = next;
    const answer = await call((signal) => page(after, signal));
    items.push(...answer.items);
    next = answer.next;
  } while (next !== null);
  return items;
}
function byName(one, other) {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}
function selectorsOf({ kinds, selectors, tags }) {
  if (selectors.length > 0 || tags.length === 0) return selectors;
  return KINDS.filter((kind) => kinds.includes(kind)).map((kind) => ({ by: "glob", kind, glob: "*" }));
}
function applySelector(selector, candidates) {
  if (selector.by === "name") return [{ stream: selector.stream, named: true }];
  const streams = candidates.get(selector.kind) ?? [];
  return streams.filter(({ name }) => matchesGlob(selector.glob, name)).map(({ kind, name }) => {
    return { stream: { kind, name, arn: null }, named: false };
  });
}
async function ownArns(selected, candidates, tools) {
  const own = /* @__PURE__ */ new Map();
  for (const stream of [...candidates.values()].flat()) {
    if (stream.arn !== null) own.set(kindAndName(stream), stream.arn);
  }
  const streams = selected.map(({ stream }) => stream);
  const byArn = new Set(streams.filter(({ arn }) => arn !== null).map(kindAndName));
  const byName2 = new Map(streams.filter(({ arn }) => arn === null).map((stream) => [kindAndName(stream), stream]));
  const unclear = [...byName2].filter(([name]) => byArn.has(name) && !own.has(name));
  await forEachConcurrently(unclear, async ([name, stream]) => {
    const answer = await describeArn(stream, tools);
    if ("arn" in answer) own.set(name, answer.arn);
  });
  return own;
}
function eachOnce(selected, own) {
  const unique = /* @__PURE__ */ new Map();
  for (const { stream, named } of selected) {
    const identity = stream.arn ?? own.get(kindAndName(stream)) ?? kindAndName(stream);
    const earlier = unique.get(identity);
    unique.set(identity, {
      stream: earlier === void 0 || earlier.stream.arn === null ? stream : earlier.stream,
      named: named || earlier?.named === true
    });
  }
  return [...unique.values()];
}
function kindAndName({ kind, name }) {
  return `${kind} ${name}`;
}
async function leaveOutUntagged(selected, { tags }, candidates, tools) {
  if (tags.length === 0) return selected;
  const tagged = new Set([...candidates.values()].flat().flatMap((stream) => [kindAndName(stream), stream.arn]));
  const untagged = selected.filter(({ stream }) => !tagged.has(stream.arn ?? kindAndName(stream)));
  const refusals = /* @__PURE__ */ new Map();
  await forEachConcurrently(untagged, async (one) => {
    const answer = await describeArn(one.stream, tools);
    refusals.set(one, "arn" in answer ? whyDifferentStream(one.stream, answer.arn) : answer.refusal);
  });
  return selected.flatMap((one) => {
    const refusal = refusals.get(one);
    if (refusal === void 0) return [one];
    if (refusal !== null) return [{ ...one, refusal }];
    tools.log(`${kindAndName(one.stream)}: left out, because it is not tagged ${formatList(tags.map(formatTag))}`);
    return [];
  });
}
async function describeArn(stream, { describe, call }) {
  try {
    return { arn: (await call((signal) => describe(stream, signal))).arn };
  } catch (error3) {
    if (error3 instanceof ServiceError) return { refusal: error3.message };
    throw error3;
  }
}
async function forEachConcurrently(items, work) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: DESCRIBE_CONCURRENCY }, worker));
}
var KIND_NAMES = { kinesis: "data stream", firehose: "delivery stream" };
function logUnmatchedGlobs({ selectors, tags }, candidates, { log }) {
  for (const selector of selectors) {
    if (selector.by !== "glob" || applySelector(selector, candidates).length > 0) continue;
    log(`${selector.glob} matches no stream: searched ${formatCount(selector.kind, candidates)}${withTags(tags)}`);
  }
}
function whyEmpty({ selectors, tags }, candidates, region) {
  const conditions = [];
  if (selectors.length > 0) conditions.push(`matches ${formatList(selectors.map(formatSelector))}`);
  if (tags.length > 0) conditions.push(`is tagged ${formatList(tags.map(formatTag))}`);
  return `No stream ${conditions.join(" and ")}: ${whatWasSearched(candidates, tags, region)}. Check the region and the account of the credentials`;
}
function whatWasSearched(candidates, tags, region) {
  const kinds = [...candidates.keys()];
  if (kinds.every((kind) => candidates.get(kind)?.length === 0)) {
    return `there is no ${kinds.map((kind) => KIND_NAMES[kind]).join(" or ")}${withTags(tags)} in ${region}`;
  }
  return `searched ${kinds.map((kind) => formatCount(kind, candidates)).join(" and ")}${withTags(tags)} in ${region}`;
}
function formatCount(kind, candidates) {
  const count = candidates.get(kind)?.length ?? 0;
  return `${count} ${KIND_NAMES[kind]}${count === 1 ? "" : "s"}`;
}
function withTags(tags) {
  return tags.length > 0 ? " with these tags" : "";
}

// src/encryption/keys/key-cache.ts
var KeyCache = class {
  #keys;
  #known = /* @__PURE__ */ new Map();
  #pending = /* @__PURE__ */ new Map();
  constructor(keys2) {
    this.#keys = keys2;
  }
  /**
   * Looks up a key. That a key does not exist, or may not be looked up, is an answer. Rejects with any other
   * `ServiceError`, or with the signal's reason.
   */
  async lookUp(id, signal) {
    const known = this.#known.get(id);
    if (known) return known;
    const pending = this.#pending.get(id) ?? this.#start(id);
    pending.waiting += 1;
    try {
      return await untilAborted(pending.lookup, signal);
    } finally {
      pending.waiting -= 1;
      if (pending.waiting === 0) {
        this.#pending.delete(id);
        pending.abort.abort();
      }
    }
  }
  #start(id) {
    const abort = new AbortController();
    const pending = { lookup: this.#describe(id, abort.signal), abort, waiting: 0 };
    this.#pending.set(id, pending);
    return pending;
  }
  async #describe(id, signal) {
    const lookup = await this.#answer(id, signal);
    this.#known.set(id, lookup);
    if (lookup.answer === "found") this.#known.set(lookup.key.arn, lookup);
    return lookup;
  }
  async #answer(id, signal) {
    try {
      return { answer: "found", key: await this.#keys.describe(id, signal) };
    } catch (error3) {
      if (error3 instanceof ServiceError && (error3.errorKind === "missing" || error3.errorKind === "denied")) {
        return { answer: error3.errorKind, why: error3.message };
      }
      throw error3;
    }
  }
};

// src/encryption/keys/resolved-key.ts
function resolveKey(reported, lookup, scope) {
  const key = {
    ...reported,
    arn: certainArn(reported.id, scope),
    viaAlias: isCustomerAlias(reported.id),
    problem: null,
    lookupError: null
  };
  switch (lookup?.answer) {
    case "found":
      return { ...key, type: reported.type ?? lookup.key.type, arn: lookup.key.arn, problem: whyUnusable(lookup.key) };
    case "missing":
      return { ...key, type: reported.type ?? "customer-managed", problem: lookup.why };
    case "denied":
      return { ...key, lookupError: lookup.why };
    default:
      return key;
  }
}
function resolveNamedKey(id, lookup, scope) {
  if (lookup?.answer === "found") return { id, type: lookup.key.type, arn: lookup.key.arn, lookup };
  return { id, type: typeOfAlias(id), arn: certainArn(id, scope), lookup };
}
function typeOfAlias(id) {
  if (isAwsAlias(id)) return "aws-owned";
  return isCustomerAlias(id) ? "customer-managed" : null;
}
function formatLookupErrors(inForce, named) {
  const denied = named.flatMap(({ lookup }) => lookup?.answer === "denied" ? [lookup.why] : []);
  const errors = new Set(inForce?.lookupError ? [inForce.lookupError, ...denied] : denied);
  return errors.size === 0 ? null : [...errors].join("; ");
}
var WORKING_STATES = /* @__PURE__ */ new Set(["Enabled", "Updating"]);
function whyUnusable(key) {
  if (key.enabled && WORKING_STATES.has(key.state)) return null;
  switch (key.state) {
    case "Disabled":
      return `the key ${key.arn} is disabled: enable it`;
    case "PendingDeletion":
    case "PendingReplicaDeletion":
      return `the key ${key.arn} is pending deletion: cancel the deletion, or use another key`;
    case "PendingImport":
      return `the key ${key.arn} has no key material yet (PendingImport): import it, or use another key`;
    default:
      return `the key ${key.arn} is in state ${key.state} and cannot be used now`;
  }
}

// src/encryption/keys/target.ts
function awsTarget(kind) {
  return { type: "aws-owned", id: kind === "kinesis" ? KINESIS_AWS_ALIAS : "", arn: null, problem: null };
}
function resolveTarget(target, kind, lookup, scope) {
  const managed = `the key-id "${target.id}" is an AWS managed key`;
  const notForFirehose = {
    unresolved: `${managed}, which Firehose does not accept: use key-type aws-owned without key-id`
  };
  if (isAwsAlias(target.id) && kind === "firehose") return notForFirehose;
  if (isKinesisAwsAlias(target.id, scope)) return awsTarget(kind);
  if (isAwsAlias(target.id)) return { unresolved: `${managed} of another account` };
  const mustBeCustomerManaged = target.type === "customer-managed";
  if (lookup.answer === "found") {
    const { key } = lookup;
    if (key.type === "aws-owned" && mustBeCustomerManaged) {
      return { unresolved: `${managed}, but key-type is customer-managed` };
    }
    if (key.type === "aws-owned" && kind === "firehose") return notForFirehose;
    return { type: key.type, id: key.arn, arn: key.arn, problem: whyUnsuitable(key, scope) };
  }
  const arn = certainArn(target.id, scope);
  if (lookup.answer === "missing" || arn === null) return { unresolved: lookup.why };
  const type = kind === "firehose" || mustBeCustomerManaged ? "customer-managed" : null;
  return { type, id: arn, arn, problem: null };
}
function whyUnsuitable(key, scope) {
  const { region } = arnScope(key.arn);
  if (region !== scope.region) {
    return `the key ${key.arn} is in ${region}, but the stream is in ${scope.region}: use a key in the stream's region`;
  }
  if (key.usage !== null && key.usage !== "ENCRYPT_DECRYPT") {
    return `the key ${key.arn} has key usage ${key.usage}: a stream needs a symmetric key for ENCRYPT_DECRYPT`;
  }
  if (key.spec !== null && key.spec !== "SYMMETRIC_DEFAULT") {
    return `the key ${key.arn} is asymmetric (${key.spec}): a stream needs a symmetric key`;
  }
  return whyUnusable(key);
}

// src/encryption/stream/criteria.ts
function targetToLookUp({ criteria }) {
  return criteria.which === "target" && criteria.target.type !== "aws-owned" ? criteria.target.id : null;
}
function comparesByArn({ criteria, from }) {
  return (criteria.which === "approved" ? criteria.ids : idsOf(from)).some(isArnOrId);
}
async function resolveCriteria(request, observation, lookUp) {
  const { criteria, stream } = request;
  const scope = arnScope(observation.arn);
  const lookUpInScope = (id) => lookUp(stream.arn === null ? id : arnInScope(id, scope));
  switch (criteria.which) {
    case "any":
    case "customer-managed":
      return criteria;
    case "approved": {
      const compare = (key, named) => compareNamedKey(key, named, scope);
      const keys2 = await resolveNamedKeys(criteria.ids, finalKey(observation), scope, compare, lookUpInScope);
      return { which: "approved", keys: keys2 };
    }
    case "target": {
      const target = await resolveTargetKey(criteria.target, stream.kind, lookUp, scope);
      if ("unresolved" in target) return { which: "unresolved", why: target.unresolved };
      return resolveFromKeys(target, request, observation, lookUpInScope);
    }
  }
}
async function resolveTargetKey(target, kind, lookUp, scope) {
  return target.type === "aws-owned" ? awsTarget(kind) : resolveTarget(target, kind, await lookUp(target.id), scope);
}
async function resolveFromKeys(target, { from, stream }, observation, lookUp) {
  if (from === null) return { which: "target", target, from };
  const scope = arnScope(observation.arn);
  for (const id of idsOf(from).filter(isArnOrId)) {
    const isTarget = target.arn === null ? stream.kind === "kinesis" && isAwsManaged(await lookUp(id)) : certainArn(id, scope) === target.arn;
    if (isTarget) return { which: "unresolved", why: `from-key-id "${id}" is the target key` };
  }
  const words = from.filter((key) => typeof key === "string");
  const inForce = isProof(observation, target) ? null : finalKey(observation);
  const decided = inForce !== null && words.some((key) => compareFromKey(inForce, key, target, scope) === "same");
  const compare = (key, named2) => compareFromKey(key, named2, target, scope);
  const named = await resolveNamedKeys(idsOf(from), decided ? null : inForce, scope, compare, lookUp);
  return { which: "target", target, from: [...words, ...named] };
}
async function resolveNamedKeys(ids, inForce, scope, compare, lookUp) {
  const keys2 = ids.map((id) => resolveNamedKey(id, null, scope));
  if (inForce === null || keys2.some((key) => compare(inForce, key) === "same")) return keys2;
  return Promise.all(
    keys2.map(
      async (key) => compare(inForce, key) === "unknown" ? resolveNamedKey(key.id, await lookUp(key.id), scope) : key
    )
  );
}
function formatUndetermined(key, what, named = []) {
  return `cannot determine whether ${formatKey(key)} is ${what}${because(formatLookupErrors(key, named))}`;
}
function finalKey({ phase, key }) {
  return phase === "final" ? key : null;
}
function idsOf(keys2) {
  return keys2?.flatMap((key) => typeof key === "string" ? [] : [key.id]) ?? [];
}
function isArnOrId(id) {
  return parseKeyId(id)?.alias === null;
}
function isAwsManaged(lookup) {
  return lookup.answer === "found" && lookup.key.type === "aws-owned";
}

// src/encryption/stream/state.ts
var NONE = { stage: "none" };
var INITIAL_STATE = {
  first: null,
  last: null,
  beforeChange: null,
  change: NONE,
  unlessAccepted: NONE,
  isSecondAttempt: false,
  waitedForOther: false
};
function described(state, last) {
  const { change: change2 } = state;
  const isProved = isSent(change2) && isProof(last, change2.target);
  return { ...state, last, change: isProved ? { ...change2, stage: "ended" } : change2 };
}
function observed(state, observation) {
  const isCertain = observation.phase === "final" && state.change.stage === "none";
  return {
    ...described(state, observation),
    first: state.first ?? observation,
    beforeChange: isCertain ? observation : state.beforeChange
  };
}
function waitingForOther(state) {
  return { ...state, waitedForOther: true };
}
function sent(state, change2) {
  return { ...state, change: { ...change2, stage: "sent" }, unlessAccepted: state.change };
}
function refused(state) {
  return { ...state, change: state.unlessAccepted };
}
function accepted(state, sinceMs) {
  return isSent(state.change) ? { ...state, change: { ...state.change, stage: "accepted", sinceMs } } : state;
}
function answerLost(state, sinceMs) {
  return isSent(state.change) ? { ...state, change: { ...state.change, sinceMs } } : state;
}
function ended(state) {
  return isSent(state.change) ? { ...state, change: { ...state.change, stage: "ended" } } : state;
}
function secondAttempt(state) {
  return { ...ended(state), isSecondAttempt: true };
}
function isSent(change2) {
  return change2.stage !== "none";
}
function isInFlight({ stage }) {
  return stage === "sent" || stage === "accepted";
}

// src/encryption/stream/polling.ts
var STALE_FOR_MS = 5e3;
var WRONG_KEY_FOR_MS = 2e3;
function pollInterval(waitedMs, leftMs, minIntervalMs, random) {
  return Math.min(jittered(Math.max(waitedMs / 10, minIntervalMs), random), Math.max(leftMs / 2, minIntervalMs));
}
async function poll(run2, sinceMs) {
  const { deadline, fleet, minPollIntervalMs } = run2;
  const waitedMs = Math.max(run2.now() - sinceMs, fleet.estimatedRemainingMs());
  await run2.sleep(pollInterval(waitedMs, deadline.leftMs(), minPollIntervalMs, run2.random()));
  const requestedMs = run2.now();
  return { observation: await run2.describe({ pollWithinMs: deadline.leftMs() }), requestedMs };
}
async function pollUntilAtRest(run2) {
  const sinceMs = run2.now();
  let observation = await run2.describe();
  while (observation.phase === "changing") {
    if (!run2.state.waitedForOther) run2.log("another change is in flight: waiting for it to end");
    run2.apply(waitingForOther);
    run2.fleet.setWaiting(true);
    ({ observation } = await poll(run2, sinceMs));
  }
  return observation;
}
async function pollUntilEnded(run2, change2) {
  let seenInFlight = false;
  let wrongKeySinceMs = null;
  for (; ; ) {
    const { observation, requestedMs } = await poll(run2, change2.sinceMs);
    if (observation.phase === "changing") {
      seenInFlight = true;
      wrongKeySinceMs = null;
    } else {
      wrongKeySinceMs ??= run2.now();
      const isOtherKey = seenInFlight ? requestedMs - wrongKeySinceMs >= WRONG_KEY_FOR_MS : requestedMs - change2.sinceMs >= STALE_FOR_MS;
      if (isOtherKey || isEnd(observation, change2)) return observation;
    }
  }
}
async function pollUntilAccepted(run2, change2) {
  for (; ; ) {
    const { observation, requestedMs } = await poll(run2, change2.sinceMs);
    if (observation.phase === "changing" || isEnd(observation, change2)) return observation;
    if (requestedMs - change2.sinceMs >= STALE_FOR_MS) return null;
  }
}
function isEnd(observation, { target, before }) {
  return isProof(observation, target) || isNewFailure(observation, before);
}
function isNewFailure({ phase, failure }, before) {
  return phase === "failed" && !(before.phase === "failed" && before.failure?.reason === failure?.reason);
}
async function settle(run2) {
  run2.fleet.setWaiting(false);
  const { settleMs } = run2.request;
  if (settleMs === 0) return;
  run2.log(`settling for ${settleMs / 1e3} s, until every record is encrypted`);
  await run2.sleep(settleMs);
}
var RECORD_CHECK_MS = 1e4;
var RECORD_CHECK_INTERVAL_MS = 1e3;
async function putUntilEncrypted(run2) {
  const sinceMs = run2.now();
  while (!await run2.putRecord()) {
    run2.log("the service accepted a record and did not encrypt it");
    if (run2.now() + RECORD_CHECK_INTERVAL_MS - sinceMs > RECORD_CHECK_MS) return false;
    if (run2.deadline.leftMs() <= RECORD_CHECK_INTERVAL_MS) return false;
    await run2.sleep(RECORD_CHECK_INTERVAL_MS);
  }
  return true;
}

// src/encryption/stream/result.ts
function toResult(request, state, verdict2, durationMs) {
  const { stream, region, named } = request;
  const { last, change: change2 } = state;
  const { encrypted, key } = verdict2.outcome === "not-applicable" ? UNKNOWN : encryptionNow(request, state);
  return {
    kind: stream.kind,
    name: stream.name,
    arn: last?.arn ?? stream.arn,
    region,
    named,
    outcome: verdict2.outcome,
    changed: isSent(change2),
    encrypted,
    status: last?.status ?? null,
    key,
    previousKey: previousKey(state),
    target: isSent(change2) ? { type: change2.target.type, id: change2.target.id } : null,
    inFlight: isInFlight(change2),
    durationSeconds: Math.round(durationMs) / 1e3,
    message: verdict2.message,
    warnings: verdict2.warnings ?? [],
    previousKeyNeededHours: last?.previousKeyNeededHours ?? null
  };
}
var UNKNOWN = { encrypted: "unknown", key: null };
function encryptionNow({ stream }, { last, beforeChange, change: change2 }) {
  if (last === null) return UNKNOWN;
  if (last.phase === "changing" || isInFlight(change2)) {
    if (beforeChange?.encrypted === "false") return { encrypted: "false", key: null };
    const encrypted = stream.kind === "firehose" ? "unknown" : last.encrypted;
    return { encrypted, key: beforeChange === null ? last.key : beforeChange.key };
  }
  if (last.phase === "failed" && beforeChange !== null) {
    return { encrypted: beforeChange.encrypted, key: beforeChange.key };
  }
  return { encrypted: last.phase === "unclear" ? "unknown" : last.encrypted, key: last.key };
}
function previousKey({ change: change2, first, beforeChange }) {
  if (isSent(change2)) return beforeChange?.key ?? null;
  return first?.phase === "final" ? first.key : null;
}
function verdictOnError(request, state, error3, lastError) {
  if (error3 instanceof TimedOut) {
    const message2 = `not done within ${request.timeoutMs / 1e3} s. ${formatProgress2(state, lastError)}`;
    return { outcome: "timed-out", message: message2 };
  }
  if (error3 instanceof Cancelled) {
    return { outcome: "cancelled", message: `the run was cancelled. ${formatProgress2(state, lastError)}` };
  }
  const message = formatError(error3);
  const { mode, named } = request;
  if (error3 instanceof ServiceError && error3.errorKind === "missing" && !named) {
    const { change: change2 } = state;
    const sent2 = isSent(change2) ? `the change to ${formatKey(change2.target)} was sent, but ` : "";
    return {
      outcome: "not-applicable",
      message: `${sent2}the stream no longer exists, although it was listed (${message})`
    };
  }
  return { outcome: "failed", message: mode === "encrypt" ? `${message}. ${formatChange(state)}` : message };
}
function formatProgress2(state, lastError) {
  const seen = state.last === null ? "The service has not described the stream" : `The last status was ${state.last.status}`;
  return `${seen}${lastError === null ? "" : `; the last call failed: ${lastError}`}. ${formatChange(state)}`;
}
function formatChange({ change: change2, last }) {
  const isChanging = last?.phase === "changing";
  if (!isSent(change2)) {
    const other = isChanging ? ": the one in flight is not from this run, and the service continues it by itself" : "";
    return `No change was sent${other}. Running again is safe`;
  }
  const subject = `The change to ${formatKey(change2.target)}`;
  if (change2.stage === "ended") {
    const end = last?.phase === "failed" ? "failed" : "ended; only the check that every record is encrypted was left";
    return `${subject} ${end}. Running again is safe`;
  }
  if (change2.stage === "sent" && !isChanging) {
    return `${subject} was sent, but no answer came: if it was accepted, the service continues it by itself. Running again is safe`;
  }
  return `${subject} was sent, and the service continues it by itself. Running again is safe`;
}

// src/encryption/stream/stream-run.ts
async function runStream(request, tools, story) {
  const run2 = new StreamRun(request, tools);
  const finish = (verdict2) => toResult(request, run2.state, verdict2, request.timeoutMs - run2.deadline.leftMs());
  try {
    const { refusal } = request;
    return finish(refusal === void 0 ? await story(run2) : { outcome: "failed", message: refusal });
  } catch (error3) {
    const { aborted, reason } = run2.deadline.signal;
    return finish(verdictOnError(request, run2.state, aborted ? reason : error3, run2.lastError));
  } finally {
    run2.deadline.stop();
  }
}
var MAX_BUSY_STARTS = 10;
var StreamRun = class {
  request;
  /** Starts with the stream's first request. */
  deadline;
  #tools;
  #state = INITIAL_STATE;
  #lastError = null;
  /** Starts in a row that were refused as busy while no observation showed a change in flight. */
  #busyStarts = 0;
  constructor(request, tools) {
    this.request = request;
    this.#tools = tools;
    this.deadline = createDeadline(tools.clock, request.timeoutMs, tools.cancelled);
  }
  get state() {
    return this.#state;
  }
  /** The error of the latest call, if it has not succeeded since. */
  get lastError() {
    return this.#lastError;
  }
  get minPollIntervalMs() {
    return this.#tools.service.minPollIntervalMs;
  }
  get fleet() {
    return this.#tools.fleet;
  }
  now() {
    return this.#tools.clock.now();
  }
  random() {
    return this.#tools.random();
  }
  log(line) {
    this.#tools.log(`${this.request.stream.kind} ${this.request.stream.name}: ${line}`);
  }
  sleep(ms) {
    return this.#tools.clock.sleep(ms, this.deadline.signal);
  }
  /** Applies a transition of the stream's state. */
  apply(transition) {
    this.#state = transition(this.#state);
  }
  /** Describes the stream and resolves its key. Rejects if another stream answers than the one requested. */
  async describe(options = {}) {
    const [observation, target] = await Promise.all([this.#describeOnce(options), this.#lookUpTarget()]);
    const resolved = { ...observation, key: await this.#resolveKey(observation, target) };
    this.fleet.observed();
    this.apply((state) => observed(state, resolved));
    return resolved;
  }
  /** Notes the service's answer at once: KMS may take long to resolve its key. */
  async #describeOnce(options) {
    const { stream } = this.request;
    const onReady = () => this.deadline.start();
    const observation = await this.#retry(
      (signal) => this.#tools.service.describe(stream, signal, { onReady, ...options })
    );
    const different = whyDifferentStream(stream, observation.arn);
    if (different !== null) throw new ServiceError("refused", different);
    const { status, phase, key, arn } = observation;
    const { last } = this.state;
    if (last?.status !== status || last.key?.id !== key?.id) this.log(formatObservation(observation));
    if (phase === "changing") this.#busyStarts = 0;
    const unresolved = { ...observation, key: key === null ? null : resolveKey(key, null, arnScope(arn)) };
    this.apply((state) => described(state, unresolved));
    return observation;
  }
  async #resolveKey({ key, phase, arn }, target) {
    if (key === null) return null;
    const needsArn = mayBeAwsManaged(target) || comparesByArn(this.request);
    const isLookedUp = phase === "final" && (isAwsAlias(key.id) ? needsArn : key.id !== "");
    const scope = arnScope(arn);
    const id = this.request.stream.arn === null ? key.id : arnInScope(key.id, scope);
    return resolveKey(key, isLookedUp ? await this.#lookUp(id) : null, scope);
  }
  #lookUpTarget() {
    const id = targetToLookUp(this.request);
    return id === null ? Promise.resolve(null) : this.#lookUp(id);
  }
  #lookUp(id) {
    return this.#retry((signal) => this.#tools.keys.lookUp(id, signal));
  }
  /** The request's criteria for a stream in this state. */
  resolveCriteria(observation) {
    return resolveCriteria(this.request, observation, (id) => this.#lookUp(id));
  }
  /** Sends the change. Rejects with any other refusal than `busy`. */
  async startEncryption({ target, from }, before) {
    let hasLeft = false;
    const onSend = () => {
      hasLeft = true;
      this.apply((state) => sent(state, { target, from, before, sinceMs: this.now() }));
    };
    const send = async (signal) => {
      hasLeft = false;
      await this.#tools.service.startEncryption(this.request.stream, target, signal, onSend);
    };
    const onRefused = ({ errorKind }) => {
      if (hasLeft && errorKind !== "unanswered") this.apply(refused);
    };
    try {
      await this.#retry(send, {
        isRetried: ({ errorKind }) => errorKind === "throttled" || errorKind === "unanswered" && !hasLeft,
        onError: onRefused
      });
      this.apply((state) => accepted(state, this.now()));
      return this.#answer("accepted");
    } catch (error3) {
      if (!(error3 instanceof ServiceError)) throw error3;
      if (error3.errorKind === "busy" && ++this.#busyStarts < MAX_BUSY_STARTS) return { answer: "busy" };
      if (error3.errorKind !== "unanswered") throw error3;
      this.apply((state) => answerLost(state, this.now()));
      return this.#answer("lost");
    }
  }
  #answer(answer) {
    const { change: change2 } = this.state;
    if (!isSent(change2)) throw new Error("The service answered a change that was not sent");
    return { answer, change: change2 };
  }
  /** Waits before the next start; longer each time one is refused as busy. */
  delayAfterBusy() {
    return this.sleep(retryDelay(2 + this.#busyStarts, this.random()));
  }
  /** Puts a record; resolves with whether the service confirms that it was encrypted. */
  putRecord() {
    return this.#retry((signal) => this.#tools.service.putRecord(this.request.stream, signal));
  }
  async #retry(call, options = {}) {
    const { clock, random } = this.#tools;
    const onError = (error3, willRetry) => {
      this.#lastError = error3.message;
      options.onError?.(error3);
      if (willRetry) this.log(`${error3.message}; retrying`);
    };
    const answer = await retry(call, { clock, random, signal: this.deadline.signal, ...options, onError });
    this.#lastError = null;
    return answer;
  }
};
function mayBeAwsManaged(target) {
  return target?.answer === "denied" || target?.answer === "found" && target.key.type === "aws-owned";
}

// src/encryption/stream/check.ts
function check(request, tools) {
  return runStream(request, tools, async (run2) => {
    const observation = await pollUntilAtRest(run2);
    const { outcome, why: why2, warnings } = judge(request, observation, await run2.resolveCriteria(observation));
    if (outcome === "compliant" && run2.state.waitedForOther) await settle(run2);
    return { outcome, message: why2, warnings };
  });
}
function judge({ named }, observation, criteria) {
  const obstacle = whyNotEncryptable(observation, named);
  if (obstacle?.action === "fail") return failed(obstacle.why);
  if (obstacle !== null) return { outcome: obstacle.action, why: obstacle.why, warnings: [] };
  const { phase, encrypted } = observation;
  if (phase === "final") {
    return encrypted === "false" ? nonCompliant("the stream is not encrypted: mode encrypt encrypts it") : judgeKey(observation, criteria);
  }
  const why2 = `${formatUnclear(observation)}: mode encrypt with a key-type or key-id puts a key in force`;
  return phase === "failed" ? nonCompliant(why2) : failed(why2);
}
function judgeKey({ key, arn }, criteria) {
  if (criteria.which === "unresolved") return failed(criteria.why);
  const current = `the stream is encrypted with ${formatKey(key)}`;
  const approved = criteria.which === "approved" ? criteria.keys : [];
  const unknown = approved.flatMap(whyUnknown);
  const match = matchCriteria(key, criteria, arnScope(arn));
  if (match === "other") return nonCompliant([`${current}, ${whyOther(criteria)}`, ...unknown].join(". "));
  if (key?.problem) return nonCompliant(`${current}, but ${key.problem}`);
  if (match === "unknown") {
    const required = criteria.which === "approved" ? "one of approved-key-ids" : "the required key";
    return failed([formatUndetermined(key, required, approved), ...unknown].join(". "));
  }
  return { outcome: "compliant", why: current, warnings: [...uncertainties(key), ...unknown] };
}
function matchCriteria(key, criteria, scope) {
  if (criteria.which === "any") return "same";
  if (key === null) return "unknown";
  switch (criteria.which) {
    case "target":
      return compareKeys(key, criteria.target);
    case "customer-managed":
      return key.type === null ? "unknown" : key.type === criteria.which ? "same" : "other";
    case "approved": {
      const matches = criteria.keys.map((named) => compareNamedKey(key, named, scope));
      return matches.find((match) => match === "same") ?? matches.find((match) => match === "unknown") ?? "other";
    }
  }
}
function whyOther(criteria) {
  switch (criteria.which) {
    case "target":
      return `but must be encrypted with ${formatKey(criteria.target)}: mode encrypt moves it`;
    case "approved":
      return "which is not in approved-key-ids: mode encrypt with a key-id moves it";
    default:
      return "but must be encrypted with a customer managed key: mode encrypt with a key-id moves it";
  }
}
function whyUnknown({ id, lookup }) {
  return lookup?.answer === "missing" ? [`KMS does not know ${id} of approved-key-ids (${lookup.why})`] : [];
}
function uncertainties(key) {
  const warnings = [];
  if (key?.viaAlias) {
    warnings.push(
      `the stream is encrypted through the alias ${key.id}, which points to ${key.arn ?? "an unknown key"} now but may have been repointed: mode encrypt puts the key itself in force`
    );
  }
  if (key?.lookupError) warnings.push(`cannot determine whether the key is enabled: ${key.lookupError}`);
  return warnings;
}
function failed(why2) {
  return { outcome: "failed", why: why2, warnings: [] };
}
function nonCompliant(why2) {
  return { outcome: "non-compliant", why: why2, warnings: [] };
}

// src/encryption/stream/plan.ts
function planChange({ stream, named }, observation, criteria) {
  const obstacle = whyNotEncryptable(observation, named);
  if (obstacle !== null) return obstacle;
  switch (criteria.which) {
    case "any":
      return planAnyKey(stream.kind, observation);
    case "customer-managed":
    case "approved":
      return fail(`${criteria.which} is for mode check: encryption needs a key-id`);
    case "unresolved":
      return fail(criteria.why);
    case "target": {
      const { target, from } = criteria;
      if (isProof(observation, target)) {
        return leave(observation.key, observation.key?.id === target.id ? "" : `, which is ${formatKey(target)}`);
      }
      const exception = from === null ? planUnlessNamed(observation, target, named) : planUnlessOnFromKey(from, observation, target);
      return exception ?? planTarget(observation, target);
    }
  }
}
function planAnyKey(kind, observation) {
  if (observation.phase !== "final") {
    return fail(`${formatUnclear(observation)}: give a key-type or key-id to put a key in force`);
  }
  return observation.encrypted === "false" ? change(awsTarget(kind), "not encrypted") : leave(observation.key, "");
}
var NAME_IT = "name the stream exactly";
function planUnlessNamed(observation, target, named) {
  if (named || isPlainlyUnencrypted(observation)) return null;
  if (observation.phase !== "final") return fail(`${formatUnclear(observation)}: ${NAME_IT}, or set from-key-id: any`);
  const { key } = observation;
  if (key?.type === "aws-owned") return null;
  const match = key === null ? "unknown" : compareKeys(key, target);
  if (match === "same") return null;
  if (match === "unknown" || key?.type !== "customer-managed") {
    return fail(`${formatUndetermined(key, "another customer key")}: ${NAME_IT}, or give this key as from-key-id`);
  }
  const state = `encrypted with ${formatKey(key)}, another customer key`;
  return skip(`the stream is ${state}, and a glob or tags selected it: left unchanged`, [
    `left ${state}, because a glob or tags alone never move a stream off a customer key: ${NAME_IT}, or give this key as from-key-id`
  ]);
}
function planUnlessOnFromKey(from, observation, target) {
  if (isPlainlyUnencrypted(observation)) return skip("the stream is not encrypted: there is no key to move it off");
  if (from.includes("any")) return null;
  if (observation.phase !== "final") {
    return fail(`${formatUnclear(observation)}: set from-key-id: any to change it anyway`);
  }
  const { key } = observation;
  const scope = arnScope(observation.arn);
  const matches = from.map((one) => key === null ? "unknown" : compareFromKey(key, one, target, scope));
  if (matches.includes("same")) return null;
  if (matches.includes("unknown")) {
    const named = from.filter((one) => typeof one !== "string");
    return fail(formatUndetermined(key, "one of from-key-id", named));
  }
  return skip(`the stream is encrypted with ${formatKey(key)}, which is not in from-key-id: left unchanged`);
}
function planTarget(observation, target) {
  const { phase, status, failure, encrypted, key } = observation;
  if (phase !== "final") return change(target, `in status ${status}${because(failure?.reason)}`);
  if (encrypted === "false") return change(target, "not encrypted");
  if (key?.viaAlias) {
    return change(target, `encrypted through the alias ${key.id}, which may have been repointed and so proves no key`);
  }
  if (key !== null && target.arn === null && compareKeys(key, target) === "unknown") {
    return fail(formatUndetermined(key, "the target key"));
  }
  return change(target, `encrypted with ${formatKey(key)}`);
}
function leave(key, alsoKnownAs) {
  return {
    action: "leave",
    why: `the stream is already encrypted with ${formatKey(key)}${alsoKnownAs}`,
    warnings: key?.problem ? [key.problem] : []
  };
}
function skip(why2, warnings = []) {
  return { action: "skip", why: why2, warnings };
}
function change(target, from) {
  return target.problem === null ? { action: "change", target, from } : fail(`${target.problem}. No change was sent`);
}
function fail(why2) {
  return { action: "fail", why: why2 };
}

// src/encryption/stream/encrypt.ts
var GRANT_SPREADS_MS = 1e4;
function encrypt(request, tools) {
  return runStream(request, tools, observeAndPlan);
}
async function observeAndPlan(run2) {
  const observation = await pollUntilAtRest(run2);
  const { change: change2 } = run2.state;
  if (isSent(change2) && isProof(observation, change2.target)) return concludeChange(run2, change2, observation);
  const plan = await planFor(run2, observation);
  switch (plan.action) {
    case "change":
      return run2.request.mode === "plan" ? planned(plan) : startChange(run2, plan, observation);
    case "leave":
      return unchanged(run2, plan);
    case "skip":
      if (isSent(change2)) return concludeChange(run2, change2, observation);
      return { outcome: "skipped", message: plan.why, warnings: plan.warnings };
    case "not-applicable":
      return { outcome: "not-applicable", message: plan.why };
    case "fail":
      return { outcome: "failed", message: plan.why };
  }
}
async function planFor(run2, observation) {
  const { change: change2, beforeChange } = run2.state;
  const asBefore = observation.phase === "failed" && isSent(change2) ? beforeChange : null;
  const current = asBefore ?? observation;
  const plan = planChange(run2.request, current, await run2.resolveCriteria(current));
  if (plan.action !== "change" || asBefore === null) return plan;
  const failure = observation.failure?.reason ?? observation.status;
  return { ...plan, from: `${plan.from}, still so after a change that failed (${failure})` };
}
function planned({ target, from }) {
  return { outcome: "planned", message: `is ${from}; would get ${formatKey(target)}` };
}
async function unchanged(run2, plan) {
  const verdict2 = { outcome: "unchanged", message: plan.why, warnings: plan.warnings };
  return run2.state.waitedForOther && run2.request.mode === "encrypt" ? settleAndVerify(run2, verdict2) : verdict2;
}
async function startChange(run2, plan, before) {
  run2.log(`starting encryption with ${formatKey(plan.target)}`);
  const start = await sendStart(run2, plan, before);
  switch (start.answer) {
    case "accepted":
      run2.fleet.setWaiting(true);
      return waitForEnd(run2, start.change, null);
    case "lost":
      run2.fleet.setWaiting(true);
      return findOutWhetherAccepted(run2, start.change);
    case "busy":
      run2.apply(waitingForOther);
      run2.fleet.setWaiting(true);
      await run2.delayAfterBusy();
      return observeAndPlan(run2);
    case "already-in-force":
      run2.apply(waitingForOther);
      return observeAndPlan(run2);
  }
}
async function sendStart(run2, plan, before) {
  try {
    return await run2.startEncryption(plan, before);
  } catch (error3) {
    if (!(error3 instanceof ServiceError) || error3.errorKind !== "refused") throw error3;
    const observation = await run2.describe().catch(() => null);
    if (observation === null || !isProof(observation, plan.target)) throw error3;
    return { answer: "already-in-force" };
  }
}
async function findOutWhetherAccepted(run2, change2) {
  run2.log("the answer to the start was lost: polling to see whether it was accepted");
  const observation = await pollUntilAccepted(run2, change2);
  return observation === null ? observeAndPlan(run2) : waitForEnd(run2, change2, observation);
}
async function waitForEnd(run2, change2, seen) {
  if (!run2.request.wait && seen?.phase !== "failed") {
    const message = `was ${change2.from}; the service accepted the change to ${formatKey(change2.target)}`;
    return { outcome: "started", message };
  }
  const end = seen === null || seen.phase === "changing" ? await pollUntilEnded(run2, change2) : seen;
  return isWorthSecondAttempt(run2, end) ? makeSecondAttempt(run2, end) : concludeChange(run2, change2, end);
}
function isWorthSecondAttempt({ state, request, deadline }, { phase, failure }) {
  if (state.isSecondAttempt || phase !== "failed" || !failure?.isRetryable) return false;
  return deadline.leftMs() > GRANT_SPREADS_MS + request.settleMs;
}
async function makeSecondAttempt(run2, { failure }) {
  run2.apply(secondAttempt);
  run2.log(`the change failed (${failure?.reason}), perhaps because a grant has not spread yet: retrying once`);
  await run2.sleep(GRANT_SPREADS_MS);
  return observeAndPlan(run2);
}
async function concludeChange(run2, change2, end) {
  run2.apply(ended);
  const target = formatKey(change2.target);
  const obstacle = whyNotEncryptable(end, run2.request.named);
  if (obstacle !== null) {
    const outcome = obstacle.action === "fail" ? "failed" : obstacle.action;
    return { outcome, message: `the change to ${target} was sent, but ${obstacle.why}` };
  }
  const { beforeChange } = run2.state;
  if (!isProof(end, change2.target)) return { outcome: "failed", message: whyNotProved(beforeChange, change2, end) };
  return settleAndVerify(run2, {
    outcome: beforeChange?.encrypted === "false" ? "enabled" : "rekeyed",
    message: `was ${change2.from}; now the service itself reports ${end.status} with ${formatKey(end.key)}`
  });
}
async function settleAndVerify(run2, verdict2) {
  await settle(run2);
  if (!run2.request.verifyRecords) return verdict2;
  if (await putUntilEncrypted(run2)) {
    return { ...verdict2, message: `${verdict2.message}; it confirms that a record put since then was encrypted` };
  }
  return {
    outcome: "failed",
    message: "the target key is in force, but the service did not confirm for any record put since then that it was encrypted"
  };
}
function whyNotProved(beforeChange, { target, before }, { phase, status, failure, encrypted, key }) {
  if (phase !== "failed") {
    const current = encrypted === "false" ? "not encrypted" : `with ${formatKey(key)}`;
    return `the change to ${formatKey(target)} was sent, but the stream ended in ${status}, ${current}: another change may have overtaken it. Find out who else changes this stream, then run again`;
  }
  const reason = failure === null ? "" : `: ${failure.reason}`;
  const again = before.failure?.isRetryable ? " again" : "";
  const failed2 = `the change to ${formatKey(target)} failed${again} (${status}${reason})`;
  const advice = failure?.advice || "Fix the key, then run again";
  if (beforeChange === null) return `${failed2}. Which key is in force now, if any, cannot be determined. ${advice}`;
  if (beforeChange.encrypted === "false") return `${failed2}. The stream is still not encrypted. ${advice}`;
  return `${failed2}. The stream is still encrypted with ${formatKey(beforeChange.key)}, the previous key. ${advice}`;
}

// src/github/cancellation.ts
var INTERRUPTED = 130;
function cancellation(process2) {
  const run2 = new AbortController();
  const onSignal = () => {
    if (run2.signal.aborted) process2.exit(INTERRUPTED);
    else run2.abort(new Cancelled());
  };
  process2.on("SIGINT", onSignal);
  process2.on("SIGTERM", onSignal);
  process2.on("uncaughtException", (cause) => run2.abort(cause));
  process2.on("unhandledRejection", (cause) => run2.abort(cause));
  return run2.signal;
}

// node_modules/@actions/core/lib/command.js
import * as os from "os";

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input2) {
  if (input2 === null || input2 === void 0) {
    return "";
  } else if (typeof input2 === "string" || input2 instanceof String) {
    return input2;
  }
  return JSON.stringify(input2);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
  issueCommand(name, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
import * as crypto from "crypto";
import * as fs from "fs";
import * as os2 from "os";
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js
import * as os3 from "os";

// node_modules/@actions/core/lib/summary.js
import { EOL as EOL3 } from "os";
import { constants, promises } from "fs";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, constants.R_OK | constants.W_OK);
      } catch (_a) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return __awaiter(this, void 0, void 0, function* () {
      const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(EOL3);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code2, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code2), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item) => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header, data, colspan, rowspan } = cell;
        const tag = header ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text, href) {
    const element = this.wrap("a", text, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();
var summary = _summary;

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os3.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os3.EOL);
}
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}

// src/reporting/result-fields.ts
function resultFields({
  kind,
  name,
  arn,
  region,
  outcome,
  changed,
  encrypted,
  status,
  ...rest
}) {
  return {
    kind,
    name,
    arn,
    region,
    outcome,
    changed,
    encrypted,
    status,
    keyType: rest.key?.type ?? null,
    keyId: idOf(rest.key),
    previousKeyType: rest.previousKey?.type ?? null,
    previousKeyId: idOf(rest.previousKey),
    durationSeconds: rest.durationSeconds,
    message: rest.message
  };
}
function idOf(key) {
  return key?.id || null;
}

// src/reporting/tally.ts
function tallyOf(results, runEnded = null) {
  const counts = countOutcomes(results);
  return {
    outcome: OUTCOMES.find((outcome) => outcome === runEnded || outcome in counts) ?? "failed",
    changed: results.some(({ changed }) => changed),
    encrypted: allEncrypted(results),
    counts
  };
}
function countOutcomes(results) {
  const counts = { total: results.length };
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
function formatCounts(counts) {
  return OUTCOMES.filter((outcome) => outcome in counts).map((outcome) => `${counts[outcome]} ${outcome}`).join(", ");
}
function worstFirst(items, outcomeOf2) {
  const rank = new Map(OUTCOMES.map((outcome, place) => [outcome, place]));
  const rankOf = (item) => rank.get(outcomeOf2(item)) ?? 0;
  return items.toSorted((one, other) => rankOf(one) - rankOf(other));
}
function allEncrypted(results) {
  const has = (encrypted) => results.some((result) => result.encrypted === encrypted);
  if (has("false")) return "false";
  return has("unknown") || results.length === 0 ? "unknown" : "true";
}

// src/github/log.ts
var LONGEST = 4e3;
function cut(text) {
  return (text.length > LONGEST ? `${text.slice(0, LONGEST)}\u2026` : text).toWellFormed();
}
function plain(text) {
  return cut(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu, " ").replaceAll("##[", "# #[").replace(/^(\s*):(?=:)/, "$1: ");
}
function info2(line) {
  info(plain(line));
}
function debug2(line) {
  debug(plain(line));
}
function warning2(title, ...lines) {
  warning(lines.map(plain).join("\n"), { title: plain(title) });
}
function error2(title, ...lines) {
  error(lines.map(plain).join("\n"), { title: plain(title) });
}
function group(title, lines) {
  startGroup(plain(title));
  for (const line of lines) info2(line);
  endGroup();
}

// src/github/inputs-outputs.ts
function input(name) {
  return getInput(name);
}
var MOST_CHARACTERS = 4e5;
function toOutputs(results, durationSeconds, runEnded = null) {
  const { outcome, changed, encrypted, counts } = tallyOf(results, runEnded);
  const outputs = {
    outcome,
    changed: String(changed),
    encrypted,
    status: common(results, ({ status }) => status),
    "key-type": common(results, ({ key }) => key?.type),
    "key-id": common(results, ({ key }) => key?.id),
    "previous-key-type": common(results, ({ previousKey: previousKey2 }) => previousKey2?.type),
    "previous-key-id": common(results, ({ previousKey: previousKey2 }) => previousKey2?.id),
    "stream-name": common(results, ({ name }) => name),
    "stream-arn": common(results, ({ arn }) => arn),
    "duration-seconds": durationSeconds.toFixed(3),
    counts: JSON.stringify(counts),
    results: "[]"
  };
  const taken = Object.entries(outputs).reduce((length, [name, value]) => length + name.length + value.length, 0);
  return { ...outputs, results: `[${membersWithin(results, MOST_CHARACTERS - taken).join(",")}]` };
}
function setOutputs(outputs) {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
}
function common(results, value) {
  const values = new Set(results.map((result) => value(result) ?? ""));
  const [only = ""] = values;
  return values.size === 1 ? cut(only) : "";
}
function membersWithin(results, characters) {
  const placed = results.map((result, place) => ({ result, place }));
  const kept = [];
  let left = characters;
  for (const { result, place } of worstFirst(placed, ({ result: result2 }) => result2.outcome)) {
    const member = JSON.stringify(resultFields(result), cutTexts);
    left -= member.length + 1;
    if (left < 0) break;
    kept.push({ place, member });
  }
  return kept.sort((one, other) => one.place - other.place).map(({ member }) => member);
}
function cutTexts(_field, value) {
  return typeof value === "string" ? cut(value) : value;
}

// src/github/publish.ts
import { mkdir, writeFile as writeFile2 } from "node:fs/promises";
import { dirname } from "node:path";

// src/reporting/aftercare.ts
var LONGEST_RETENTION_HOURS = 8760;
function aftercare(ended2) {
  return [...keepOldKeys(ended2), ...permissionsNeeded(ended2.map(({ result }) => result))];
}
function previousKeyNeed({ result, endedAt }) {
  const { kind, previousKey: key, previousKeyNeededHours: hours } = result;
  if (!tookOrMayTakeEffect(result) || key === null || key.type === "aws-owned" || hours === null) return null;
  const until = new Date(endedAt.getTime() + Math.min(hours, LONGEST_RETENTION_HOURS) * 36e5);
  const why2 = kind === "kinesis" ? `the retention period of ${hours} h, for which records stay encrypted with it` : `the ${hours} h for which Firehose keeps records that it could not decrypt`;
  return { key, until, why: why2 };
}
function keepOldKeys(ended2) {
  const needs = ended2.flatMap((one) => {
    const need = previousKeyNeed(one);
    return need === null ? [] : [{ ...need, name: keyName(need.key, one.result) }];
  });
  const longestFirst = needs.toSorted((one, other) => other.until.getTime() - one.until.getTime());
  return [...Map.groupBy(longestFirst, ({ name }) => name)].flatMap(([name, [longest, ...others]]) => {
    if (longest === void 0) return [];
    const old = isCustomerAlias(longest.key.id) ? `each key that ${name} has pointed to` : `the old key ${name}`;
    const streams = `${others.length + 1} streams were encrypted with it, and one of them needs it until then`;
    const why2 = others.length === 0 ? longest.why : streams;
    return [`Keep ${old} enabled until ${formatUtc(longest.until)} at least: ${why2}.`];
  });
}
function keyName(key, { arn }) {
  return arn === null ? formatKey(key) : arnInScope(formatKey(key), arnScope(arn));
}
function permissionsNeeded(results) {
  const sentences = results.filter(tookOrMayTakeEffect).flatMap(({ kind, target }) => {
    if (target === null || target.type === "aws-owned") return [];
    const key = formatKey(target);
    return kind === "kinesis" ? [`Producers need kms:GenerateDataKey on ${key} for a data stream; consumers need kms:Decrypt.`] : [`Producers need kms:GenerateDataKey and kms:Decrypt on ${key} for a delivery stream.`];
  });
  return [...new Set(sentences)];
}
function tookOrMayTakeEffect({ changed, outcome, inFlight, key, target }) {
  const isInForce = key !== null && target !== null && key.id === target.id;
  return changed && (PROVED.has(outcome) || inFlight || isInForce);
}

// src/reporting/console-link.ts
var HOSTS = /* @__PURE__ */ new Map([
  ["aws-cn", "console.amazonaws.cn"],
  ["aws-us-gov", "console.amazonaws-us-gov.com"]
]);
function consoleUrl(stream) {
  const partition = arnScope(stream.arn ?? "").partition;
  const region = encodeURIComponent(stream.region);
  const name = encodeURIComponent(stream.name.toWellFormed());
  const page = stream.kind === "kinesis" ? `#/streams/details/${name}` : `#/details/${name}`;
  return `https://${region}.${HOSTS.get(partition) ?? "console.aws.amazon.com"}/${stream.kind}/home?region=${region}${page}/monitoring`;
}

// src/reporting/report.ts
function toReport(run2) {
  const { request, startedAt, endedAt, durationSeconds, runOutcome, errors, streams } = run2;
  const tally = tallyOf(
    streams.map(({ result }) => result),
    runOutcome
  );
  return {
    version: 1,
    request: request === null ? null : formatRequest(request),
    region: request?.region ?? null,
    mode: request?.mode ?? null,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    durationSeconds: Math.round(durationSeconds * 1e3) / 1e3,
    ...tally,
    faults: errors,
    streams: streams.map(toStreamReport)
  };
}
function toStreamReport(one) {
  const { result, endedAt } = one;
  return {
    ...resultFields(result),
    named: result.named,
    changedToKeyType: result.target?.type ?? null,
    changedToKeyId: idOf(result.target),
    endedAt: endedAt.toISOString(),
    oldKeyNeededUntil: previousKeyNeed(one)?.until.toISOString() ?? null,
    warnings: result.warnings
  };
}

// src/github/annotations.ts
var MAX_ANNOTATIONS = 10;
function chooseAnnotations(ofTheRun, results) {
  const all = [...ofTheRun, ...worstFirst(results, ({ outcome }) => outcome).flatMap(annotationsOf)];
  const ordered = [...all.filter(isError), ...all.filter((one) => !isError(one))];
  if (ordered.length <= MAX_ANNOTATIONS) return { shown: ordered, rest: [] };
  const rest = ordered.slice(MAX_ANNOTATIONS - 1);
  return { shown: [...ordered.slice(0, MAX_ANNOTATIONS - 1), countOf(rest)], rest };
}
function annotate({ shown, rest }) {
  for (const { level, title, lines } of shown) {
    if (level === "error") error2(title, ...lines);
    else warning2(title, ...lines);
  }
  for (const { level, title, lines } of rest) info2(`${level}: ${title}: ${lines.join(" ")}`);
}
function annotationsOf(result) {
  const { kind, name, outcome, message, warnings } = result;
  const title = `${kind} ${name}`;
  const how = [];
  if (!endedWell(result)) how.push({ level: "error", title, lines: [`${outcome}: ${message}`] });
  else if (outcome === "not-applicable") how.push({ level: "warning", title, lines: [`${outcome}: ${message}`] });
  return [...how, ...warnings.map((line) => ({ level: "warning", title, lines: [line] }))];
}
function countOf(rest) {
  const errors = rest.filter(isError).length;
  const warnings = rest.length - errors;
  const counted = [...errors > 0 ? [`errors: ${errors}`] : [], ...warnings > 0 ? [`warnings: ${warnings}`] : []];
  return {
    level: errors > 0 ? "error" : "warning",
    title: "Stream encryption",
    lines: [`More ${counted.join(", more ")}. The job summary and the log tell them.`]
  };
}
function isError({ level }) {
  return level === "error";
}

// src/github/issue-api.ts
async function openIssues({ repository, apiUrl, token, signal, requestMs }) {
  const { getOctokit } = await import("./github-VJ5XJOTE.js");
  const octokit = getOctokit(token, { baseUrl: apiUrl, userAgent: "stream-encryption" });
  octokit.hook.before("request", (options) => {
    options.request = { ...options.request, signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]) };
  });
  octokit.hook.error("request", (error3) => {
    throw new Error(inWords(error3, { repository, apiUrl, requestMs }));
  });
  const { issues } = octokit.rest;
  const [owner = "", repo = ""] = repository.split("/");
  return {
    async ours() {
      const { viewer } = await octokit.graphql("{ viewer { login } }");
      const listed = await octokit.paginate(issues.listForRepo, {
        owner,
        repo,
        state: "open",
        creator: viewer.login,
        sort: "created",
        direction: "asc",
        per_page: 100
      });
      return listed.filter(({ user, pull_request }) => user?.login === viewer.login && pull_request === void 0).map(({ number, html_url, body }) => ({ number, url: html_url, body: body ?? "" }));
    },
    async open(title, body) {
      const { data } = await issues.create({ owner, repo, title, body });
      return { number: data.number, url: data.html_url, body };
    },
    async update(number, body) {
      await issues.update({ owner, repo, issue_number: number, body });
    },
    async close(number) {
      await issues.update({ owner, repo, issue_number: number, state: "closed", state_reason: "completed" });
    },
    async comment(number, body) {
      await issues.createComment({ owner, repo, issue_number: number, body });
    }
  };
}
function inWords(error3, { repository, apiUrl, requestMs }) {
  const { status = 0, message, response } = error3;
  if (response === void 0) {
    return timedOut(error3) ? `GitHub did not answer within ${requestMs / 1e3} s; the next run tries again` : `GitHub could not be reached at ${apiUrl} (${message}); on a self-hosted runner, look at HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS`;
  }
  const limitEnds = endOfLimit(status, message, response.headers);
  if (limitEnds !== null) return `GitHub's rate limit is reached; it ends ${limitEnds}, and the next run tries again`;
  if (status === 401) return `GitHub does not take the token (401); ${GIVE_TOKEN}`;
  if (status === 403 || status === 404) {
    return `the token may not write issues of ${repository} (${status}: ${message}); give the job "permissions: issues: write"; ${GIVE_TOKEN}`;
  }
  if (status === 410)
    return `${repository} has its issues disabled; turn them on in its settings, or leave out report-issue`;
  if (status >= 500) return `GitHub has trouble (${status}: ${message}); the next run tries again`;
  return `GitHub refused it (${status}: ${message})`;
}
var GIVE_TOKEN = 'give the step "github-token: ${{ github.token }}"';
function timedOut({ cause }) {
  return cause instanceof Error && cause.name === "TimeoutError";
}
function endOfLimit(status, message, headers) {
  if (status !== 403 && status !== 429) return null;
  if (headers["retry-after"] !== void 0) {
    return `at ${formatUtc(new Date(Date.now() + Number(headers["retry-after"]) * 1e3))}`;
  }
  if (headers["x-ratelimit-remaining"] === "0") {
    return `at ${formatUtc(new Date(Number(headers["x-ratelimit-reset"]) * 1e3))}`;
  }
  return status === 429 || /rate limit/i.test(message) ? "in a minute at the earliest" : null;
}

// src/github/markup.ts
function prose(text) {
  return plain(text).split(WORD).map((part) => {
    const [, word = "", end = ""] = /^(.*?)([.:!?…]*)$/.exec(part) ?? [];
    return NAME.test(word) && !TIME_OF_DAY.test(word) ? `<code>${entities(word)}</code>${entities(end)}` : entities(part);
  }).join("");
}
var WORD = /([^\s()",;'<>]+)/;
var TIME_OF_DAY = /^\d\d:\d\d$/;
var NAME = /[@#:/_]|^www\.|(?<![\w-])[a-z]+-\d|\b[0-9a-f]{7,}\b/i;
function code(text) {
  return `<code>${escaped(text)}</code>`;
}
function link(url, content) {
  return `<a href="${escaped(url)}">${content}</a>`;
}
function bytesOf(lines) {
  return lines.reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0);
}
function fitting(items, write, bytes) {
  const lines = [];
  let left = bytes;
  for (const item of items) {
    const line = write(item);
    left -= bytesOf([line]);
    if (left < 0) break;
    lines.push(line);
  }
  return lines;
}
var ENTITIES = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
function escaped(text) {
  return entities(plain(text));
}
function entities(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

// src/github/run.ts
function runLink(env2) {
  const run2 = code(`${env2.GITHUB_WORKFLOW ?? "workflow"} #${env2.GITHUB_RUN_NUMBER ?? "?"}`);
  const url = `${env2.GITHUB_SERVER_URL}/${env2.GITHUB_REPOSITORY}/actions/runs/${env2.GITHUB_RUN_ID}`;
  return env2.GITHUB_RUN_ID ? link(url, run2) : run2;
}
function attemptOf(env2) {
  return { run: Number(env2.GITHUB_RUN_ID) || 0, attempt: Number(env2.GITHUB_RUN_ATTEMPT) || 0 };
}
function compareAttempts(one, other) {
  return one.run - other.run || one.attempt - other.attempt;
}
function placeOf(env2) {
  return { workflow: workflowOf(env2), job: jobOf(env2) };
}
function workflowOf({ GITHUB_WORKFLOW_REF = "", GITHUB_WORKFLOW = "", GITHUB_REPOSITORY }) {
  const file = GITHUB_WORKFLOW_REF.replace(/@refs\/.*$/s, "");
  const home = `${GITHUB_REPOSITORY}/`;
  return (file.startsWith(home) ? file.slice(home.length) : file) || GITHUB_WORKFLOW;
}
function jobOf({ ACTIONS_ORCHESTRATION_ID = "", GITHUB_JOB = "" }) {
  const path = ACTIONS_ORCHESTRATION_ID.split(".");
  const leg = path.slice(path.indexOf(GITHUB_JOB) + 1).join(".");
  return path.includes(GITHUB_JOB) && leg !== "" && leg !== "__default" ? `${GITHUB_JOB}.${leg}` : GITHUB_JOB;
}

// src/github/issue-text.ts
var MOST_CHARACTERS2 = 65536;
var LONGEST_NAME = 80;
function markerOf(env2) {
  const { workflow, job } = placeOf(env2);
  return `<!-- stream-encryption tracks ${encoded(workflow)} ${encoded(job)} -->`;
}
function hasMarker(body, marker) {
  return body.split(/\r?\n/, 1)[0] === marker;
}
function memoryOf(body) {
  const [, runs, run2, attempt] = REMEMBERED.exec(body) ?? [];
  return { failingRuns: Number(runs ?? 0), latest: { run: Number(run2 ?? 0), attempt: Number(attempt ?? 0) } };
}
var REMEMBERED = /^<!-- failing runs: (\d{1,9}), latest: (\d{1,15})\.(\d{1,9}) -->$/m;
function titleOf(env2) {
  return `Stream encryption fails: ${titled(env2.GITHUB_WORKFLOW ?? "")} / ${titled(placeOf(env2).job)}`;
}
function titled(name) {
  const words = plain(name).replace(/[@#`<>]+/g, " ").replace(/\s+/g, " ").trim();
  return words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME)}\u2026`.toWellFormed() : words;
}
function bodyOf({ env: env2, memory, at, summary: summary2 }) {
  const { failingRuns, latest } = memory;
  const { workflow, job } = placeOf(env2);
  const frame = [
    markerOf(env2),
    `<!-- failing runs: ${failingRuns}, latest: ${latest.run}.${latest.attempt} -->`,
    `<p>The step that encrypts streams fails in job ${code(job)} of ${code(workflow)}. Latest failing run: ${runLink(env2)}, ${formatUtc(at)}. Failing runs so far: ${failingRuns}.</p>`,
    "<p><sub>Each failing run replaces this text; a later run that is well closes the issue.</sub></p>",
    ""
  ].join("\n");
  const room = Math.max(0, MOST_CHARACTERS2 - frame.length);
  const told = withoutAccounts(summary2(room));
  return frame + (told.length <= room ? told : TOO_LONG);
}
var TOO_LONG = "<p>The summary is too long to stand here: see the run.</p>";
function wellAgain(env2) {
  return `<p>Well again: run ${runLink(env2)}.</p>`;
}
function withoutAccounts(html) {
  return html.replace(/(?<![0-9a-z/]|-[0-9a-f]{4}-[0-9a-f]{4}-)\d{12}(?![0-9a-z])/g, "************");
}
function encoded(name) {
  return encodeURIComponent(name.toWellFormed());
}

// src/github/issue.ts
var LIMITS = { requestMs: 5e3, allMs: 15e3 };
async function trackIssue(tracking, { requestMs, allMs } = LIMITS) {
  const { failed: failed2, env: env2, token, signal, info: info3, warn } = tracking;
  if (signal.aborted) return;
  const late = AbortSignal.timeout(allMs);
  try {
    const issues = await openIssues({
      repository: env2.GITHUB_REPOSITORY ?? "",
      apiUrl: env2.GITHUB_API_URL || "https://api.github.com",
      token,
      signal: AbortSignal.any([signal, late]),
      requestMs
    });
    const ours = (await issues.ours()).filter(({ body }) => hasMarker(body, markerOf(env2)));
    await (failed2 ? report(ours, issues, tracking) : resolve(ours, issues, tracking));
  } catch (cause) {
    if (signal.aborted) return info3("The run was cancelled: the tracking issue may not tell of it.");
    const why2 = late.aborted ? `it took longer than ${allMs / 1e3} s; the next run tries again` : formatError(cause);
    warn(`The tracking issue was not ${failed2 ? "written" : "closed"}: ${why2.replaceAll(token, "***")}.`);
  }
}
async function report([oldest, ...others], issues, tracking) {
  const { env: env2, summary: summary2, info: info3 } = tracking;
  const now = attemptOf(env2);
  const content = { env: env2, summary: summary2, at: /* @__PURE__ */ new Date() };
  if (oldest === void 0) {
    const { url } = await issues.open(titleOf(env2), bodyOf({ ...content, memory: { failingRuns: 1, latest: now } }));
    return info3(`Opened the tracking issue ${url}.`);
  }
  const { failingRuns, latest } = memoryOf(oldest.body);
  const order = compareAttempts(now, latest);
  if (order < 0) return info3(`The tracking issue ${oldest.url} tells of a later run, and is left as it is.`);
  const memory = { failingRuns: order > 0 ? failingRuns + 1 : failingRuns, latest: now };
  await issues.update(oldest.number, bodyOf({ ...content, memory }));
  info3(`Updated the tracking issue ${oldest.url}.`);
  if (others.length > 0) {
    info3(`Runs that failed at once opened ${urls(others)} too; the next run that is well closes all of them.`);
  }
}
async function resolve(ours, issues, { env: env2, info: info3 }) {
  for (const { number, url, body } of ours) {
    if (compareAttempts(attemptOf(env2), memoryOf(body).latest) <= 0) {
      info3(`The tracking issue ${url} tells of this run or a later one, and stays open.`);
      continue;
    }
    await issues.close(number);
    await issues.comment(number, wellAgain(env2));
    info3(`Closed the tracking issue ${url}.`);
  }
}
function urls(issues) {
  return issues.map(({ url }) => url).join(", ");
}

// src/github/remarks.ts
var NAMED = 3;
var REMARKABLE = /* @__PURE__ */ new Set(["planned", "not-applicable"]);
function remarksOn(results) {
  const texts = results.flatMap((result) => {
    const { name, outcome, message, warnings } = result;
    const tellsWhy = endedWell(result) ? REMARKABLE.has(outcome) : results.length === 1;
    return [...new Set(tellsWhy ? [message, ...warnings] : warnings)].map((text) => ({ name, text }));
  });
  return [...Map.groupBy(texts, ({ text }) => text)].map(([text, streams]) => {
    return { text, names: results.length === 1 ? [] : streams.map(({ name }) => name) };
  });
}
function remarkInHtml({ text, names }) {
  if (names.length === 0) return prose(text);
  const some = names.slice(0, NAMED).map(code).join(", ");
  const who = names.length === 1 ? some : `${names.length} streams (${some}${names.length > NAMED ? ", \u2026" : ""})`;
  return `${who}: ${prose(text)}`;
}

// src/github/table.ts
var ICONS = {
  failed: "\u274C",
  "timed-out": "\u231B",
  cancelled: "\u{1F6D1}",
  "non-compliant": "\u274C",
  "not-applicable": "\u26A0\uFE0F",
  skipped: "\u23ED\uFE0F",
  planned: "\u{1F4DD}",
  started: "\u{1F680}",
  rekeyed: "\u{1F511}",
  enabled: "\u{1F512}",
  unchanged: "\u2705",
  compliant: "\u2705"
};
var OUTCOME = { title: "Outcome", cell: ({ result: { outcome } }) => `${ICONS[outcome]} ${outcome}` };
var STREAM = {
  title: "Stream",
  cell: ({ result, consoleUrl: consoleUrl2 }) => `${link(consoleUrl2, code(result.name))} <sub>${result.kind}</sub>`
};
var KEYS = { title: "Key before \u2192 key now", cell: ({ result }) => keys(result) };
var KEEP = {
  title: "Keep old<br>key until",
  nowrap: true,
  cell: (row) => {
    const need = previousKeyNeed(row);
    return need === null ? "" : formatUtc(need.until).replace(" ", "<br>").replace(" ", "&nbsp;");
  }
};
var TIME = { title: "Time", cell: ({ result }) => `${result.durationSeconds.toFixed(2)}&nbsp;s` };
function table(rows, bytes, reportPath) {
  if (rows.length === 0) return [];
  const columns = [OUTCOME, STREAM, KEYS, ...rows.length > 1 && rows.some(previousKeyNeed) ? [KEEP] : [], TIME];
  const head = `<tr>${columns.map(({ title }) => `<th>${title}</th>`).join("")}</tr>`;
  const written = (row) => {
    const cells = columns.map(({ cell, nowrap }) => `<td${nowrap ? " nowrap" : ""}>${cell(row)}</td>`).join("");
    return `<tr>${cells}</tr>${rows.length > 1 ? why(row, columns.length) : ""}`;
  };
  const frame = ["<table>", head, "</table>", leftOut(rows, rows, reportPath)];
  const lines = fitting(rows, written, bytes - bytesOf(frame));
  const rest = rows.slice(lines.length);
  return ["<table>", head, ...lines, "</table>", ...rest.length === 0 ? [] : [leftOut(rest, rows, reportPath)]];
}
function why({ result }, columns) {
  if (endedWell(result)) return "";
  return `
<tr><td colspan="${columns}" width="640">${prose(result.message)}</td></tr>`;
}
function leftOut(rest, rows, reportPath) {
  const counts = formatCounts(countOutcomes(rest.map(({ result }) => result)));
  const where = reportPath === null ? `Give ${code("report-path")} to have all in a file.` : `All are in ${code(reportPath)}.`;
  return `<p>For want of room ${rest.length} of ${rows.length} streams are left out here: ${counts}. ${where}</p>`;
}
function keys(result) {
  const { outcome, encrypted, key, previousKey: previousKey2, target } = result;
  const now = encrypted === "false" ? "not encrypted" : key === null ? "unknown" : shortKey(key, result);
  if (target !== null && !PROVED.has(outcome)) return `${now}<br>\u2192 ${shortKey(target, result)}, not proved`;
  const before = outcome === "enabled" ? "not encrypted" : previousKey2 === null ? now : shortKey(previousKey2, result);
  return before === now ? now : `${before}<br>\u2192 ${now}`;
}
function shortKey(key, { arn, region }) {
  if (key.id === "") return formatKey(key);
  const [, partition, , , account] = arn?.split(":") ?? [];
  const home = `arn:${partition}:kms:${region}:${account}:key/`;
  return code(key.id.startsWith(home) ? key.id.slice(home.length) : key.id);
}

// src/github/summary.ts
var MOST_BYTES = 1e6;
var SHARE_OF_A_PART = 0.15;
async function writeSummary(content, env2) {
  if (env2.GITHUB_STEP_SUMMARY) await summary.addRaw(renderSummary(content, env2), true).write();
}
function renderSummary(content, env2, maxBytes = MOST_BYTES) {
  const { request, rows, runOutcome, errors, reportPath } = content;
  const tally = tallyOf(
    rows.map(({ result }) => result),
    runOutcome
  );
  const ordered = worstFirst(rows, ({ result }) => result.outcome);
  const remarks = remarksOn(ordered.map(({ result }) => result));
  const mostOfAPart = maxBytes * SHARE_OF_A_PART;
  const above = [
    `<h3>${ICONS[tally.outcome]} Stream encryption: ${verdict(tally, runOutcome)}</h3>`,
    ...request === null ? [] : [`<p>${prose(request)}</p>`],
    ...list(within(mostOfAPart, errors, prose))
  ];
  const below = [
    ...list([...within(mostOfAPart, remarks, remarkInHtml), ...within(mostOfAPart, aftercare(rows), prose)]),
    `<p><sub>${origin(env2)}</sub></p>`
  ];
  const room = maxBytes - bytesOf(above) - bytesOf(below);
  return [...above, ...table(ordered, room, reportPath), ...below].join("\n");
}
function verdict({ outcome, counts }, runOutcome) {
  if (counts.total === 0 || counts.total === 1 && runOutcome === null) return outcome;
  return runOutcome === null ? formatCounts(counts) : `${runOutcome}; ${formatCounts(counts)}`;
}
function list(items) {
  return items.length === 0 ? [] : ["<ul>", ...items, "</ul>"];
}
function within(bytes, items, write) {
  const told = fitting(items, (item) => `<li>${write(item)}</li>`, bytes);
  const more = items.length - told.length;
  return more === 0 ? told : [...told, `<li>\u2026 and ${more} more, which the log tells.</li>`];
}
function origin(env2) {
  return `Run ${runLink(env2)}, started by ${code(env2.GITHUB_EVENT_NAME ?? "hand")}`;
}

// src/github/publish.ts
async function publish(run2, options, env2, cancelled) {
  try {
    await publishAll(run2, options, env2, cancelled);
  } catch (cause) {
    process.exitCode = 1;
    error2("Stream encryption", `The result of the run could not be reported: ${cause}`);
  }
}
async function publishAll(run2, options, env2, cancelled) {
  const results = run2.streams.map(({ result }) => result);
  const errors = [...run2.errors];
  try {
    setOutputs(toOutputs(results, run2.durationSeconds, run2.runOutcome));
  } catch (cause) {
    errors.push(`The outputs were not written: ${cause}`);
  }
  const reportPath = await writeReport(options.path, toReport({ ...run2, errors })).catch((cause) => {
    errors.push(formatError(cause));
    return null;
  });
  const annotations = [];
  if (errors.length > 0) annotations.push({ level: "error", title: "Stream encryption", lines: errors });
  const summary2 = toSummary({ ...run2, errors }, reportPath);
  await writeSummary(summary2, env2).catch((cause) => {
    annotations.push({ level: "warning", title: "Job summary", lines: [`The summary was not written: ${cause}`] });
  });
  const chosen = chooseAnnotations(annotations, results);
  annotate(chosen);
  for (const line of aftercare(run2.streams)) info2(line);
  const failed2 = errors.length > 0 || !results.every(endedWell);
  if (failed2) process.exitCode = 1;
  if (options.issueToken === null) return;
  const warn = (message) => chosen.shown.length < MAX_ANNOTATIONS ? warning2("Tracking issue", message) : info2(`warning: Tracking issue: ${message}`);
  await trackIssue({
    failed: failed2,
    summary: (maxBytes) => renderSummary(summary2, env2, maxBytes),
    env: env2,
    token: options.issueToken,
    signal: cancelled,
    info: info2,
    warn
  });
}
function toSummary({ request, streams, runOutcome, errors }, reportPath) {
  const rows = streams.map((stream) => ({ ...stream, consoleUrl: consoleUrl(stream.result) }));
  return { request: request && formatRequest(request), rows, runOutcome, errors, reportPath };
}
async function writeReport(path, report2) {
  if (path === null) return null;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile2(path, `${JSON.stringify(report2, wellFormed, 2)}
`);
    return path;
  } catch (cause) {
    throw new Error(`The report was not written: report-path is "${path}": ${formatError(cause)}`, { cause });
  }
}
function wellFormed(_field, value) {
  return typeof value === "string" ? value.toWellFormed() : value;
}

// src/inputs/input-reader.ts
var DEFAULTS = {
  mode: "encrypt",
  "key-type": "any",
  wait: "true",
  "timeout-seconds": "600",
  "settle-seconds": "5",
  "verify-records": "false",
  "report-issue": "false"
};
var InputReader = class {
  #input;
  #errors = [];
  /** `input` returns an input's text, trimmed; empty if it was left out. */
  constructor(input2) {
    this.#input = input2;
  }
  /** The input's text, or its default; empty if it has neither. */
  text(name) {
    return this.#input(name) || (DEFAULTS[name] ?? "");
  }
  /** The input's lines, without empty ones. */
  lines(name) {
    return trimmed(this.text(name).split("\n"));
  }
  /**
   * The entries of a list, separated by line breaks or commas. Commas alone are an entry, and an invalid one: a list whose
   * variables are all unset must not be taken for one that was left out.
   */
  entries(name) {
    const entries = trimmed(this.text(name).split(/[\n,]/));
    return entries.length === 0 ? this.lines(name) : entries;
  }
  /** Records an error, and returns null in place of the value. An empty value is reported as missing. */
  error(name, value, remedy) {
    const known = this.#errors.find((error3) => error3.name === name && error3.remedy === remedy);
    if (known) known.values.add(value);
    else this.#errors.push({ name, remedy, values: /* @__PURE__ */ new Set([value]) });
    return null;
  }
  /** A line per error, with the input, its value or the first values of a list, and the remedy. */
  get errors() {
    return this.#errors.map(({ name, remedy, values }) => {
      if (values.has("")) return `Input ${name} is missing: ${remedy}`;
      return `Input ${name} is ${formatList([...values].map((value) => `"${value}"`))}: ${remedy}`;
    });
  }
};
function mustBe(values) {
  return `must be ${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}
function trimmed(texts) {
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}

// src/inputs/key-inputs.ts
var KEY_TYPES2 = /* @__PURE__ */ new Map([
  ["any", "any"],
  ["aws-owned", "aws-owned"],
  ["aws_owned_cmk", "aws-owned"],
  ["customer-managed", "customer-managed"],
  ["customer_managed_cmk", "customer-managed"]
]);
var KEY_FORMS = "must be a key ARN, a key id, an alias name (alias/\u2026) or an alias ARN";
var AWS_KEY = { which: "target", target: { type: "aws-owned", id: "" } };
function readCriteria(reader, context) {
  const typeText = reader.text("key-type");
  const type = KEY_TYPES2.get(typeText.toLowerCase()) ?? reader.error("key-type", typeText, mustBe(["aws-owned", "customer-managed", "any"]));
  const criteria = readTypeAndId(reader, type, context);
  const approved = new Set(reader.entries("approved-key-ids"));
  return approved.size === 0 ? criteria : readApproved(reader, [...approved], type, context.mode);
}
function readTypeAndId(reader, type, context) {
  const id = reader.text("key-id");
  if (id !== "") return readKeyId(reader, id, type, context);
  switch (type) {
    case null:
      return null;
    case "any":
      return { which: "any" };
    case "aws-owned":
      return AWS_KEY;
    case "customer-managed":
      if (context.mode === "check") return { which: "customer-managed" };
      return reader.error("key-id", "", "key-type customer-managed needs the key to encrypt with");
  }
}
function readKeyId(reader, id, type, { kinds, region }) {
  const parsed = parseKeyId(id);
  const wrongKey = isAwsAlias(id) ? whyNotAwsAlias(parsed, type, kinds) : whyNotKey(parsed, type);
  const remedy = wrongKey ?? whyOtherRegion(parsed, region);
  if (remedy !== null) return reader.error("key-id", id, remedy);
  if (id === KINESIS_AWS_ALIAS && !kinds.includes("firehose")) return AWS_KEY;
  if (type === null) return null;
  return { which: "target", target: { type: type === "customer-managed" ? type : null, id } };
}
function whyNotKey(parsed, type) {
  if (type === "aws-owned") return "key-type aws-owned allows no key-id: leave out one of the two";
  return parsed === null ? KEY_FORMS : null;
}
function whyNotAwsAlias(parsed, type, kinds) {
  if (type === "customer-managed") return "this is an AWS managed key, but key-type is customer-managed";
  if (kinds.includes("firehose") && !kinds.includes("kinesis")) {
    return "Firehose accepts no AWS managed key: use key-type aws-owned without key-id";
  }
  return parsed?.alias === KINESIS_AWS_ALIAS ? null : `this AWS managed key is not for Kinesis: use ${KINESIS_AWS_ALIAS}`;
}
function whyOtherRegion(parsed, region) {
  if (!parsed?.region || region === null || parsed.region === region) return null;
  return `this key is not in the region of the run, ${region}: give a key of that region, or set region`;
}
function readApproved(reader, ids, type, mode) {
  const error3 = (id, remedy) => reader.error("approved-key-ids", id, remedy);
  for (const id of ids) {
    if (parseKeyId(id) === null) error3(id, KEY_FORMS);
    if (mode !== null && mode !== "check") error3(id, `is for mode check only, but mode is ${mode}`);
    if (reader.text("key-id") !== "") error3(id, "replaces key-id: leave out one of the two");
    if (type !== null && type !== "any") error3(id, `replaces key-type ${type}: leave out one of the two`);
  }
  return { which: "approved", ids };
}
function readFromKeys(reader, criteria, { mode, region, kinds }) {
  const texts = [...new Set(reader.entries("from-key-id"))];
  for (const text of texts) {
    const error3 = (remedy) => remedy !== null && reader.error("from-key-id", text, remedy);
    error3(whyNotFromKey(text) ?? whyOtherRegion(parseKeyId(text), region) ?? whyTarget(text, criteria));
    error3(whyNoTarget(criteria, mode));
  }
  return texts.length === 0 ? null : texts.map((text) => toFromKey(text, kinds));
}
function toFromKey(text, kinds) {
  if (text === "any" || text === "aws-owned") return text;
  return text === KINESIS_AWS_ALIAS && !kinds.includes("firehose") ? "aws-owned" : { id: text };
}
function whyNotFromKey(text) {
  if (text === "any" || text === "aws-owned" || parseKeyId(text) !== null) return null;
  return `${KEY_FORMS}, aws-owned or any`;
}
function whyTarget(text, criteria) {
  if (criteria?.which !== "target" || canonical(text) !== canonical(criteria.target.id || "aws-owned")) return null;
  return "this is the target key: give the key that streams are to leave";
}
function whyNoTarget(criteria, mode) {
  if (mode === "check") return "mode check moves no stream: use mode encrypt or plan, with the target key";
  if (criteria === null || criteria.which === "target") return null;
  return "it needs a target key: give key-id, or key-type aws-owned";
}
function canonical(text) {
  if (text === KINESIS_AWS_ALIAS) return "aws-owned";
  const form = parseKeyId(text)?.form;
  return form === "arn" || form === "id" ? text.slice(text.lastIndexOf("/") + 1).toLowerCase() : text;
}

// src/inputs/selection-inputs.ts
function readKind(reader) {
  const text = reader.text("stream-kind");
  if (text === "") return void 0;
  return KINDS.find((kind) => kind === text) ?? reader.error("stream-kind", text, mustBe(KINDS));
}
function readSelection(reader, kind, region) {
  const selectors = readSelectors(reader, kind, region);
  const tags = readTags(reader);
  if (selectors === null || tags === null) return null;
  if (selectors.length > 0) return { kinds: [...new Set(selectors.map(kindOf))], selectors, tags };
  if (tags.length === 0) return reader.error("stream-name", "", "give names, globs or ARNs, or select by stream-tags");
  return kind === null ? null : { kinds: kind === void 0 ? KINDS : [kind], selectors, tags };
}
function kindOf(selector) {
  return selector.by === "name" ? selector.stream.kind : selector.kind;
}
function readSelectors(reader, kind, region) {
  const entries = [...new Set(reader.entries("stream-name"))];
  if (kind === void 0 && !entries.every(isArn)) {
    reader.error("stream-kind", "", "give kinesis or firehose, or the ARN of each stream as stream-name");
  }
  const selectors = entries.map((entry) => isArn(entry) ? readArn(reader, entry, kind, region) : readName(reader, entry, kind)).filter((selector) => selector !== null);
  return selectors.length === entries.length ? selectors : null;
}
function isArn(entry) {
  return entry.startsWith("arn:");
}
var NAME_RULES = {
  kinesis: 'a data stream name has 1 to 128 letters, digits, "_", "." and "-"',
  firehose: 'a delivery stream name has 1 to 64 letters, digits, "_", "." and "-"'
};
var WILDCARD = /[*?]/;
var GLOB = /^[a-zA-Z0-9_.*?-]+$/;
function readName(reader, entry, kind) {
  if (WILDCARD.test(entry)) {
    if (!GLOB.test(entry)) {
      return reader.error("stream-name", entry, 'a glob has letters, digits, "_", ".", "-", "*" and "?"');
    }
    return kind ? { by: "glob", kind, glob: entry } : null;
  }
  const rule = kind ?? "kinesis";
  if (!STREAM_NAMES[rule].test(entry)) return reader.error("stream-name", entry, NAME_RULES[rule]);
  return kind ? { by: "name", stream: { kind, name: entry, arn: null } } : null;
}
function readArn(reader, arn, kind, region) {
  const error3 = (remedy) => reader.error("stream-name", arn, remedy);
  if (WILDCARD.test(arn)) return error3("an ARN names one stream: give a glob over names, with stream-kind");
  const parsed = parseStreamArn(arn);
  if (parsed === null) return error3("this is not the ARN of a data stream or a delivery stream");
  if (region !== null && parsed.region !== region) {
    error3(`this is not in the region of the run, ${region}: set region, or use a step of its own`);
  }
  const { stream } = parsed;
  if (kind && kind !== stream.kind) return error3(`this is a ${stream.kind} stream, but stream-kind is ${kind}`);
  return { by: "name", stream };
}
function readTags(reader) {
  const tags = /* @__PURE__ */ new Map();
  let isValid = true;
  for (const line of reader.lines("stream-tags")) {
    const [key, value] = splitTag(line);
    const remedy = whyNotTag(key, value, tags.get(key));
    if (remedy === null) {
      tags.set(key, value);
    } else {
      reader.error("stream-tags", line, remedy);
      isValid = false;
    }
  }
  return isValid ? [...tags].map(([key, value]) => ({ key, value })) : null;
}
function splitTag(line) {
  const end = Math.max(line.indexOf("="), 0);
  return [line.slice(0, end).trim(), line.slice(end + 1).trim() || null];
}
function whyNotTag(key, value, earlier) {
  if (key === "") return "write key=value, or key= for any value";
  if (earlier === void 0 || earlier === value) return null;
  return "a tag has one value, and an earlier line gives another one: leave out one of the two";
}

// src/inputs/inputs.ts
var InvalidInputs = class extends Error {
  errors;
  /** Where to report the errors. */
  reporting;
  constructor(errors, reporting) {
    super(errors.join("\n"));
    this.name = "InvalidInputs";
    this.errors = errors;
    this.reporting = reporting;
  }
};
async function readInputs({ input: input2, env: env2, profileRegion: profileRegion2 }) {
  const reader = new InputReader(input2);
  const region = await readRegion(reader, env2, profileRegion2);
  const kind = readKind(reader);
  const selection = readSelection(reader, kind, region);
  const mode = readMode(reader);
  const context = { region, mode, kinds: selection?.kinds ?? (kind ? [kind] : []) };
  const criteria = readCriteria(reader, context);
  const from = readFromKeys(reader, criteria, context);
  const wait = readBoolean(reader, "wait");
  const times = readTimes(reader);
  const verifyRecords = readBoolean(reader, "verify-records");
  if (verifyRecords && wait === false) {
    reader.error("verify-records", "true", "it needs the end of the change, so it cannot be combined with wait: false");
  }
  const reporting = { path: readReportPath(reader), issueToken: readIssueToken(reader) };
  if (reader.errors.length === 0 && region !== null && selection !== null && mode !== null && criteria !== null && wait !== null && times !== null && verifyRecords !== null) {
    return { request: { region, selection, mode, criteria, from, wait, ...times, verifyRecords }, reporting };
  }
  throw new InvalidInputs(reader.errors, reporting);
}
async function readRegion(reader, env2, profileRegion2) {
  const region = reader.text("region") || env2.AWS_REGION?.trim() || env2.AWS_DEFAULT_REGION?.trim() || await profileRegion2().catch(() => "");
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) return region;
  return reader.error(
    "region",
    region,
    "give a region such as eu-central-1, or set AWS_REGION, as aws-actions/configure-aws-credentials does"
  );
}
function readMode(reader) {
  const text = reader.text("mode");
  return MODES.find((mode) => mode === text) ?? reader.error("mode", text, mustBe(MODES));
}
function readBoolean(reader, name) {
  const text = reader.text(name);
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  return reader.error(name, text, mustBe(["true", "false"]));
}
function readTimes(reader) {
  const timeout = readSeconds(reader, "timeout-seconds", 1, 86400);
  const settle2 = readSeconds(reader, "settle-seconds", 0, 60);
  if (timeout === null || settle2 === null) return null;
  if (settle2 < timeout) return { timeoutMs: timeout * 1e3, settleMs: settle2 * 1e3 };
  return reader.error(
    "settle-seconds",
    reader.text("settle-seconds"),
    `it is part of timeout-seconds (${timeout}) and must be less; give a smaller value, or 0 (the default is 5)`
  );
}
function readSeconds(reader, name, min, max) {
  const text = reader.text(name);
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= min && seconds <= max) return seconds;
  return reader.error(name, text, `must be a decimal number of seconds from ${min} to ${max}`);
}
function readReportPath(reader) {
  const path = reader.text("report-path");
  if (path.endsWith("/")) return reader.error("report-path", path, "this is a folder: give the path of a file in it");
  return path || null;
}
function readIssueToken(reader) {
  const token = reader.text("github-token");
  if (readBoolean(reader, "report-issue") !== true) return null;
  if (token === "") return reader.error("github-token", "", "report-issue needs it: give github.token");
  return token;
}

// src/reporting/ended-run.ts
function formatResult({ kind, name, outcome, message }) {
  return `${kind} ${name}: ${outcome}: ${message}`;
}

// src/main.ts
var { env } = process;
async function run() {
  const startedAt = /* @__PURE__ */ new Date();
  const startedMs = performance.now();
  const cancelled = cancellation(process);
  let request = null;
  let reporting = { path: null, issueToken: null };
  let streams = [];
  let runOutcome = null;
  let errors = [];
  try {
    ({ request, reporting } = await readInputs({ input, env, profileRegion }));
    info2(formatRequest(request));
    streams = await runStreams(request, cancelled);
  } catch (cause) {
    if (cause instanceof InvalidInputs) reporting = cause.reporting;
    runOutcome = outcomeOf(cause);
    errors = errorsOf(cause);
  }
  const durationSeconds = (performance.now() - startedMs) / 1e3;
  const ended2 = { request, startedAt, endedAt: /* @__PURE__ */ new Date(), durationSeconds, runOutcome, errors, streams };
  await publish(ended2, reporting, env, cancelled);
}
async function runStreams(request, cancelled) {
  const aws = await openAws({ region: request.region, env, clock: systemClock, debug: debug2 });
  try {
    const streams = await selectStreams(request, aws, cancelled);
    const runOne = request.mode === "check" ? check : encrypt;
    const tools = {
      serviceOf: aws.streams,
      keys: new KeyCache(aws.keys),
      clock: systemClock,
      random: Math.random,
      cancelled,
      onProgress: (progress) => info2(formatProgress(progress))
    };
    return await runFleet(streams, tools, async (selected, streamTools) => {
      const lines = [];
      const log = streams.length === 1 ? info2 : (line) => lines.push(line);
      const result = await runOne({ ...request, ...selected }, { ...streamTools, log });
      if (streams.length > 1) group(formatResult(result), lines);
      else if (endedWell(result)) info2(formatResult(result));
      return { result, endedAt: /* @__PURE__ */ new Date() };
    });
  } finally {
    aws.close();
  }
}
async function selectStreams(request, aws, cancelled) {
  const { selection, region, timeoutMs } = request;
  const deadline = createDeadline(systemClock, timeoutMs, cancelled);
  deadline.start();
  try {
    return await select(selection, {
      region,
      directory: aws.directory,
      describe: async (stream, signal) => (await aws.streams(stream.kind)).describe(stream, signal),
      clock: systemClock,
      random: Math.random,
      log: info2,
      signal: deadline.signal
    });
  } finally {
    deadline.stop();
  }
}
function outcomeOf(cause) {
  if (cause instanceof Cancelled) return "cancelled";
  return cause instanceof TimedOut ? "timed-out" : "failed";
}
function errorsOf(cause) {
  if (cause instanceof InvalidInputs) return cause.errors;
  if (cause instanceof Cancelled) return ["The run was cancelled before its streams were known. No change was sent"];
  if (cause instanceof TimedOut) {
    const lastError = cause.message === "" ? "" : `; the last call failed: ${cause.message}`;
    return [`The streams were not found within timeout-seconds${lastError}. No change was sent`];
  }
  return [formatError(cause)];
}

// src/index.ts
await run();
setTimeout(() => process.exit(), 500).unref();
