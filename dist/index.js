import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  STREAM_NAMES,
  readStreamArn
} from "./chunk-ZGUK3L4N.js";
import {
  KINESIS_AWS_ALIAS,
  arnInHome,
  certainArn,
  homeOf,
  isAwsAlias,
  isCustomerAlias,
  isKinesisAwsAlias,
  keyForm
} from "./chunk-7ZGNEHPF.js";
import {
  directory
} from "./chunk-MA33PI63.js";
import {
  Cancelled,
  ServiceError,
  TimedOut,
  untilAborted
} from "./chunk-U2LC3EKZ.js";
import "./chunk-BJJFHFV3.js";

// src/aws/aws.ts
async function openAws(surroundings) {
  const { connect } = await import("./clients-VBGA4B6Q.js");
  const connection = connect(surroundings);
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
        kms ??= import("./kms-KLO4YPG7.js").then(({ kmsKeys }) => kmsKeys(connection));
        return (await kms).describe(id, signal);
      }
    },
    directory: directory(connection, streams),
    close: () => connection.close()
  };
}
async function serviceOf(kind, connection) {
  if (kind === "kinesis") return (await import("./kinesis-I64LMF42.js")).kinesisStreams(connection);
  return (await import("./firehose-JZK7RGHA.js")).firehoseStreams(connection);
}
async function profileRegion() {
  const { configuredRegion } = await import("./kms-KLO4YPG7.js");
  return configuredRegion();
}

// src/aws/console.ts
var HOSTS = /* @__PURE__ */ new Map([
  ["aws-cn", "console.amazonaws.cn"],
  ["aws-us-gov", "console.amazonaws-us-gov.com"]
]);
function consoleUrl(stream) {
  const partition = stream.arn?.split(":")[1] ?? "aws";
  const region = encodeURIComponent(stream.region);
  const name = encodeURIComponent(stream.name.toWellFormed());
  const page = stream.kind === "kinesis" ? `#/streams/details/${name}` : `#/details/${name}`;
  return `https://${region}.${HOSTS.get(partition) ?? "console.aws.amazon.com"}/${stream.kind}/home?region=${region}${page}/monitoring`;
}

// src/clock.ts
import { setTimeout as setTimeout2 } from "node:timers/promises";
var systemClock = {
  now: () => performance.now(),
  sleep: (ms, signal) => setTimeout2(ms, void 0, { signal })
};

// src/encryption/model.ts
var KINDS = ["kinesis", "firehose"];
var MODES = ["encrypt", "plan", "check"];
var OUTCOMES = [
  "failed",
  "timed-out",
  "cancelled",
  "non-compliant",
  "not-applicable",
  "skipped",
  "planned",
  "started",
  "rekeyed",
  "enabled",
  "unchanged",
  "compliant"
];
var PROVED = /* @__PURE__ */ new Set(["enabled", "rekeyed"]);
var ENDED_BADLY = /* @__PURE__ */ new Set([
  "failed",
  "timed-out",
  "cancelled",
  "non-compliant",
  "not-applicable"
]);
function endedWell({ outcome, named }) {
  return !ENDED_BADLY.has(outcome) || outcome === "not-applicable" && !named;
}

// src/encryption/words.ts
var TYPE_WORDS = {
  "aws-owned": "the AWS owned key",
  "customer-managed": "a customer managed key"
};
function keyInWords(key) {
  if (key === null) return "a key that the service does not name";
  if (key.id !== "") return key.id;
  return key.type === null ? "a key that the service does not name" : TYPE_WORDS[key.type];
}
function lookInWords({ status, phase, encrypted, key }) {
  if (key !== null) return `${status}, encrypted with ${keyInWords(key)}`;
  return phase === "final" && encrypted === "false" ? `${status}, not encrypted` : status;
}
function firstFew(texts) {
  const few = texts.slice(0, FEW).join(", ");
  return texts.length > FEW ? `${few} and ${texts.length - FEW} more` : few;
}
var FEW = 5;
function thrownInWords(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}
function inUtc(moment) {
  return `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function requestInWords({ region, mode, selection, asked, from }) {
  const { kinds } = selection;
  const parts = [region, `mode ${mode}`, selectionInWords(selection), `asked: ${askedInWords(asked, kinds)}`];
  if (from !== null) parts.push(`moved from: ${firstFew(from.map((key) => oldKeyInWords(key, kinds)))}`);
  return parts.join(" \xB7 ");
}
function selectionInWords({ kinds, choices, tags }) {
  const parts = [kinds.join(" and ")];
  if (choices.length > 0) parts.push(firstFew(choices.map(choiceInWords)));
  if (tags.length > 0) parts.push(`tagged ${firstFew(tags.map(tagInWords))}`);
  return parts.join(" ");
}
function choiceInWords(choice) {
  return choice.by === "glob" ? choice.glob : choice.stream.arn ?? choice.stream.name;
}
function tagInWords({ key, value }) {
  return value === null ? `${key} (any value)` : `${key}=${value}`;
}
function askedInWords(asked, kinds) {
  switch (asked.which) {
    case "any":
      return "any key";
    case "one":
      return asked.mustBeCustomerManaged ? `customer managed key ${asked.id}` : `key ${asked.id}`;
    case "aws-owned":
      return awsKeyInWords(kinds);
    case "customer-managed":
      return TYPE_WORDS[asked.which];
    case "approved":
      return `one of ${firstFew(asked.ids)}`;
  }
}
function oldKeyInWords(key, kinds) {
  if (key === "any") return "any key";
  return key === "aws-owned" ? awsKeyInWords(kinds) : key.id;
}
function awsKeyInWords(kinds) {
  if (!kinds.includes("firehose")) return `the AWS managed key ${KINESIS_AWS_ALIAS}`;
  return kinds.includes("kinesis") ? "the AWS key of each service" : TYPE_WORDS["aws-owned"];
}

// src/encryption/aftercare.ts
var LONGEST_RETENTION_HOURS = 8760;
function aftercare(ended) {
  return [...keepOldKeys(ended), ...permissionsNeeded(ended.map(({ result }) => result))];
}
function oldKeyNeed({ result, endedAt }) {
  const { kind, previousKey: key, oldKeyNeededHours: hours } = result;
  if (!tookOrMayTakeEffect(result) || key === null || key.type === "aws-owned" || hours === null) return null;
  const until = new Date(endedAt.getTime() + Math.min(hours, LONGEST_RETENTION_HOURS) * 36e5);
  const why2 = kind === "kinesis" ? `the retention period of ${hours} h, for which records stay encrypted with it` : `the ${hours} h for which Firehose keeps records that it could not decrypt`;
  return { key, until, why: why2 };
}
function keepOldKeys(ended) {
  const needs = ended.flatMap((one) => {
    const need = oldKeyNeed(one);
    return need === null ? [] : [{ ...need, name: keyName(need.key, one.result) }];
  });
  const longestFirst = needs.toSorted((one, other) => other.until.getTime() - one.until.getTime());
  return [...Map.groupBy(longestFirst, ({ name }) => name)].flatMap(([name, [longest, ...others]]) => {
    if (longest === void 0) return [];
    const old = isCustomerAlias(longest.key.id) ? `each key that ${name} has pointed to` : `the old key ${name}`;
    const streams = `${others.length + 1} streams were encrypted with it, and one of them needs it until then`;
    const why2 = others.length === 0 ? longest.why : streams;
    return [`Keep ${old} enabled until ${inUtc(longest.until)} at least: ${why2}.`];
  });
}
function keyName(key, { arn }) {
  return arn === null ? keyInWords(key) : arnInHome(keyInWords(key), homeOf(arn));
}
function permissionsNeeded(results) {
  const sentences = results.filter(tookOrMayTakeEffect).flatMap(({ kind, changedTo }) => {
    if (changedTo === null || changedTo.type === "aws-owned") return [];
    const key = keyInWords(changedTo);
    return kind === "kinesis" ? [`Producers need kms:GenerateDataKey on ${key} for a data stream; consumers need kms:Decrypt.`] : [`Producers need kms:GenerateDataKey and kms:Decrypt on ${key} for a delivery stream.`];
  });
  return [...new Set(sentences)];
}
function tookOrMayTakeEffect({ changed, outcome, inFlight, key, changedTo }) {
  const isInForce = key !== null && changedTo !== null && key.id === changedTo.id;
  return changed && (PROVED.has(outcome) || inFlight || isInForce);
}

// src/encryption/keys.ts
function knownKey(reported, lookup, home) {
  const key = {
    ...reported,
    arn: certainArn(reported.id, home),
    viaAlias: isCustomerAlias(reported.id),
    problem: null,
    doubt: null
  };
  switch (lookup?.answer) {
    case "found":
      return { ...key, type: reported.type ?? lookup.key.type, arn: lookup.key.arn, problem: unusable(lookup.key) };
    case "missing":
      return { ...key, type: reported.type ?? "customer-managed", problem: lookup.why };
    case "denied":
      return { ...key, doubt: lookup.why };
    default:
      return key;
  }
}
function awsTarget(kind) {
  return { toSet: { type: "aws-owned", id: kind === "kinesis" ? KINESIS_AWS_ALIAS : "" }, arn: null, problem: null };
}
function resolveTarget(asked, kind, lookup, home) {
  const managed = `the key-id "${asked.id}" is an AWS managed key`;
  const notForFirehose = {
    unresolved: `${managed}, which Firehose does not take: ask for key-type aws-owned without key-id`
  };
  if (isAwsAlias(asked.id) && kind === "firehose") return notForFirehose;
  if (isKinesisAwsAlias(asked.id, home)) return awsTarget(kind);
  if (isAwsAlias(asked.id)) return { unresolved: `${managed} of another account` };
  if (lookup.answer === "found") {
    const { key } = lookup;
    if (key.type === "aws-owned" && asked.mustBeCustomerManaged) {
      return { unresolved: `${managed}, but key-type asks for customer-managed` };
    }
    if (key.type === "aws-owned" && kind === "firehose") return notForFirehose;
    return { toSet: { type: key.type, id: key.arn }, arn: key.arn, problem: unsuitable(key, home) };
  }
  const arn = certainArn(asked.id, home);
  if (lookup.answer === "missing" || arn === null) return { unresolved: lookup.why };
  const type = kind === "firehose" || asked.mustBeCustomerManaged ? "customer-managed" : null;
  return { toSet: { type, id: arn }, arn, problem: null };
}
function compareKeys(inForce, target) {
  if (target.arn === null) {
    if (inForce.type === null) return "unknown";
    return inForce.type === target.toSet.type ? "same" : "other";
  }
  if (inForce.arn !== null) return inForce.arn === target.arn ? "same" : "other";
  if (inForce.problem !== null) return "other";
  if (inForce.type === "aws-owned" && target.toSet.type === "customer-managed") return "other";
  return "unknown";
}
var WORKING_STATES = /* @__PURE__ */ new Set(["Enabled", "Updating"]);
function unusable(key) {
  if (key.enabled && WORKING_STATES.has(key.state)) return null;
  switch (key.state) {
    case "Disabled":
      return `the key ${key.arn} is disabled: enable it`;
    case "PendingDeletion":
    case "PendingReplicaDeletion":
      return `the key ${key.arn} is pending deletion: cancel its deletion, or ask for another key`;
    case "PendingImport":
      return `the key ${key.arn} waits for its key material (PendingImport): import it, or ask for another key`;
    default:
      return `the key ${key.arn} is in the state ${key.state} and cannot be used now`;
  }
}
function unsuitable(key, home) {
  const { region } = homeOf(key.arn);
  if (region !== home.region) {
    return `the key ${key.arn} is in ${region}, but the stream is in ${home.region}: ask for a key of the stream's region`;
  }
  if (key.usage !== null && key.usage !== "ENCRYPT_DECRYPT") {
    return `the key ${key.arn} is for ${key.usage}: a stream needs a symmetric key for ENCRYPT_DECRYPT`;
  }
  if (key.spec !== null && key.spec !== "SYMMETRIC_DEFAULT") {
    return `the key ${key.arn} is asymmetric (${key.spec}): a stream needs a symmetric key`;
  }
  return unusable(key);
}

// src/encryption/timing.ts
var LONGEST_PAUSE_MS = 5e3;
var JITTER = 0.1;
function pauseBeforeLook(waitedMs, leftMs, shortestMs, random) {
  const wide = Math.min(Math.max(waitedMs / 10, shortestMs), LONGEST_PAUSE_MS / (1 + JITTER));
  return Math.min(jittered(wide, random), Math.max(leftMs / 2, shortestMs));
}
var LONGEST_YIELD_MS = 12e4;
function lookMayYield(leftMs) {
  return Math.min(leftMs / 4, LONGEST_YIELD_MS);
}
function pauseBeforeRetry(failures, random) {
  return jittered(Math.min(100 * 2 ** failures, LONGEST_PAUSE_MS / (1 + JITTER)), random);
}
function jittered(ms, random) {
  return ms * (1 - JITTER + 2 * JITTER * random);
}
function startDeadline(clock, ms, cancelled) {
  const timer = new AbortController();
  const over = new AbortController();
  clock.sleep(ms, timer.signal).then(
    () => over.abort(new TimedOut()),
    () => {
    }
  );
  return {
    at: clock.now() + ms,
    signal: AbortSignal.any([cancelled, over.signal]),
    stop: () => {
      timer.abort();
      over.abort();
    }
  };
}

// src/encryption/patience.ts
var PASSING = /* @__PURE__ */ new Set(["throttled", "unanswered"]);
var PASSING_FOR_A_WRITE = /* @__PURE__ */ new Set(["throttled"]);
var TRIES_AT_A_LIMIT = 3;
async function patiently(call, { clock, random, signal, onTrouble }, passing = PASSING) {
  let limited = 0;
  for (let failures = 1; ; failures++) {
    try {
      return await call(signal);
    } catch (error3) {
      if (!(error3 instanceof ServiceError)) throw error3;
      const triesAgain = error3.trouble === "limited" ? ++limited < TRIES_AT_A_LIMIT : passing.has(error3.trouble);
      onTrouble(error3, triesAgain);
      if (!triesAgain) throw error3;
    }
    await clock.sleep(pauseBeforeRetry(failures, random()), signal);
  }
}

// src/encryption/named-keys.ts
function namedKey(id, lookup, home) {
  if (lookup?.answer === "found") return { id, type: lookup.key.type, arn: lookup.key.arn, lookup };
  return { id, type: typeOfAlias(id), arn: certainArn(id, home), lookup };
}
function typeOfAlias(id) {
  if (isAwsAlias(id)) return "aws-owned";
  return isCustomerAlias(id) ? "customer-managed" : null;
}
function compareNamed(inForce, named, home) {
  if (inForce.arn !== null && named.arn !== null) return inForce.arn === named.arn ? "same" : "other";
  if ((keyForm(named.id)?.region ?? home.region) !== home.region) return "other";
  if (inForce.arn === null && inForce.problem !== null || named.lookup?.answer === "missing") return "other";
  if (inForce.type !== null && named.type !== null && inForce.type !== named.type) return "other";
  if (inForce.type === "aws-owned" && inForce.id === "") return "other";
  if (inForce.type === "aws-owned" && isAwsAlias(named.id)) return isKinesisAwsAlias(named.id, home) ? "same" : "other";
  return "unknown";
}
function compareOld(inForce, old, target, home) {
  if (old === "any") return "same";
  if (old === "aws-owned") return inForce.type === null ? "unknown" : inForce.type === old ? "same" : "other";
  if (arnInHome(inForce.id, home) === arnInHome(old.id, home)) return "same";
  if (old.arn !== null && old.arn === target.arn) return "other";
  return compareNamed(inForce, old, home);
}
function doubtsOver(inForce, named) {
  const denied = named.flatMap(({ lookup }) => lookup?.answer === "denied" ? [lookup.why] : []);
  const doubts = new Set(inForce?.doubt ? [inForce.doubt, ...denied] : denied);
  return doubts.size === 0 ? null : [...doubts].join("; ");
}

// src/encryption/plan.ts
function planChange({ stream, named }, state, wanted) {
  const obstacle = whyNoEncryption(state, named);
  if (obstacle !== null) return obstacle;
  switch (wanted.which) {
    case "any":
      return planAnyKey(stream.kind, state);
    case "customer-managed":
    case "approved":
      return fail(`${wanted.which} is for checking: it needs a key-id to encrypt with`);
    case "unresolved":
      return fail(wanted.why);
    case "target": {
      const { target, from } = wanted;
      if (isProof(state, target)) {
        return leave(state.key, state.key?.id === target.toSet.id ? "" : `, which is ${keyInWords(target.toSet)}`);
      }
      const reason = from === null ? whyNotByPattern(state, target, named) : whyNotOff(from, state, target);
      return reason ?? planTarget(state, target);
    }
  }
}
function planAnyKey(kind, state) {
  if (state.phase !== "final") return fail(`${unclear(state)}: name a key-type or key-id to put one in force`);
  return state.encrypted === "false" ? change(awsTarget(kind), "not encrypted") : leave(state.key, "");
}
function whyNotByPattern(state, target, named) {
  if (named || isPlainlyUnencrypted(state)) return null;
  if (state.phase !== "final") return fail(`${unclear(state)}: ${NAME_IT}, or give from-key-id any`);
  const { key } = state;
  if (key?.type === "aws-owned") return null;
  const match = key === null ? "unknown" : compareKeys(key, target);
  if (match === "same") return null;
  if (match === "unknown" || key?.type !== "customer-managed") {
    return fail(`${cannotTell(key, "another customer key")}: ${NAME_IT}, or give this key as from-key-id`);
  }
  const stands = `encrypted with ${keyInWords(key)}, another customer key`;
  return skip(`the stream is ${stands}, and a glob or tags chose it: left as it is`, [
    `left ${stands}, as a glob or tags alone take no stream off it: ${NAME_IT}, or give this key as from-key-id`
  ]);
}
var NAME_IT = "name the stream exactly";
function whyNotOff(olds, state, target) {
  if (isPlainlyUnencrypted(state)) return skip("the stream is not encrypted: there is no key to move it off");
  if (olds.includes("any")) return null;
  if (state.phase !== "final") return fail(`${unclear(state)}: give from-key-id any to change it all the same`);
  const { key } = state;
  const matches2 = olds.map((old) => key === null ? "unknown" : compareOld(key, old, target, homeOf(state.arn)));
  if (matches2.includes("same")) return null;
  if (matches2.includes("unknown")) {
    const named = olds.filter((old) => typeof old !== "string");
    return fail(cannotTell(key, "one of from-key-id", named));
  }
  return skip(`the stream is encrypted with ${keyInWords(key)}, which is no key of from-key-id: left as it is`);
}
function planTarget(state, target) {
  if (state.phase !== "final") return change(target, `in the state ${state.status}${because(state.failure?.words)}`);
  if (state.encrypted === "false") return change(target, "not encrypted");
  const { key } = state;
  if (key?.viaAlias) {
    return change(target, `encrypted through ${key.id}, an alias, which may have been repointed and so proves no key`);
  }
  if (key !== null && target.arn === null && compareKeys(key, target) === "unknown") {
    return fail(cannotTell(key, "the key asked for"));
  }
  return change(target, `encrypted with ${keyInWords(key)}`);
}
function isPlainlyUnencrypted({ phase, encrypted }) {
  return phase === "final" && encrypted === "false";
}
function leave(key, sameAs) {
  return {
    action: "leave",
    why: `the stream is already encrypted with ${keyInWords(key)}${sameAs}`,
    warnings: key?.problem ? [key.problem] : []
  };
}
function skip(why2, warnings = []) {
  return { action: "skip", why: why2, warnings };
}
function change(to, from) {
  return to.problem === null ? { action: "change", to, from } : fail(`${to.problem}. No change was sent`);
}
function fail(why2) {
  return { action: "fail", why: why2 };
}
function isProof(state, target) {
  return state.phase === "final" && state.encrypted === "true" && state.key !== null && !state.key.viaAlias && compareKeys(state.key, target) === "same";
}
function whyAnotherStream(asked, answeredArn) {
  if (asked.arn === null || asked.arn === answeredArn) return null;
  const given = homeOf(asked.arn);
  const answered = homeOf(answeredArn);
  return `${asked.arn} was asked for (account ${given.accountId}), but the credentials lead to ${answeredArn} (account ${answered.accountId}): use credentials of account ${given.accountId}`;
}
function whyNoEncryption(state, named) {
  switch (state.phase) {
    case "not-applicable":
      return {
        action: "not-applicable",
        why: `the delivery stream's source is ${state.source}, not DirectPut, so it has no encryption of its own: encrypt the source`
      };
    case "deleting":
      return { action: named ? "fail" : "not-applicable", why: "the stream is being deleted" };
    case "not-created":
      return { action: "fail", why: `the stream could not be created${because(state.failure?.words)}` };
    default:
      return null;
  }
}
function cannotTell(key, what, named = []) {
  return `whether ${keyInWords(key)} is ${what} cannot be told${because(doubtsOver(key, named))}`;
}
function unclear({ status, failure }) {
  return `the state ${status}${because(failure?.words)} does not tell whether the stream is encrypted, nor with which key`;
}
function because(reason) {
  return reason ? ` (${reason})` : "";
}

// src/encryption/wanted.ts
function namesKeysByArn({ asked, from }) {
  return (asked.which === "approved" ? asked.ids : idsOf(from)).some(isArnOrId);
}
async function makeOutWanted(request, state, lookUp) {
  const { asked, stream } = request;
  const home = homeOf(state.arn);
  const lookUpThere = (id) => lookUp(stream.arn === null ? id : arnInHome(id, home));
  switch (asked.which) {
    case "any":
    case "customer-managed":
      return asked;
    case "approved": {
      const compare = (key, named) => compareNamed(key, named, home);
      return { which: "approved", keys: await makeOut(asked.ids, keyAtRest(state), home, compare, lookUpThere) };
    }
    case "aws-owned":
      return withOldKeys(awsTarget(stream.kind), request, state, lookUpThere);
    case "one": {
      const target = resolveTarget(asked, stream.kind, await lookUp(asked.id), home);
      if ("unresolved" in target) return { which: "unresolved", why: target.unresolved };
      return withOldKeys(target, request, state, lookUpThere);
    }
  }
}
async function withOldKeys(target, { from, stream }, state, lookUp) {
  if (from === null) return { which: "target", target, from };
  const home = homeOf(state.arn);
  for (const id of idsOf(from).filter(isArnOrId)) {
    const isTarget = target.arn === null ? stream.kind === "kinesis" && isAwsManaged(await lookUp(id)) : certainArn(id, home) === target.arn;
    if (isTarget) return { which: "unresolved", why: `from-key-id "${id}" is the key asked for` };
  }
  const words = from.filter((old) => typeof old === "string");
  const inForce = isProof(state, target) ? null : keyAtRest(state);
  const decided = inForce !== null && words.some((old) => compareOld(inForce, old, target, home) === "same");
  const compare = (key, old) => compareOld(key, old, target, home);
  const named = await makeOut(idsOf(from), decided ? null : inForce, home, compare, lookUp);
  return { which: "target", target, from: [...words, ...named] };
}
async function makeOut(ids, inForce, home, compare, lookUp) {
  const written = ids.map((id) => namedKey(id, null, home));
  if (inForce === null || written.some((named) => compare(inForce, named) === "same")) return written;
  return Promise.all(
    written.map(
      async (named) => compare(inForce, named) === "unknown" ? namedKey(named.id, await lookUp(named.id), home) : named
    )
  );
}
function keyAtRest({ phase, key }) {
  return phase === "final" ? key : null;
}
function idsOf(olds) {
  return olds?.flatMap((old) => typeof old === "string" ? [] : [old.id]) ?? [];
}
function isArnOrId(id) {
  return keyForm(id)?.alias === null;
}
function isAwsManaged(lookup) {
  return lookup.answer === "found" && lookup.key.type === "aws-owned";
}

// src/encryption/course.ts
var STARTS_REFUSED_AS_BUSY = 10;
var Course = class {
  request;
  deadline;
  #tools;
  first = null;
  last = null;
  /** The latest state from before our change in which nothing was under way and the key was certain. */
  atRest = null;
  change = null;
  /** Our change has come to its end, good or bad. */
  changeEnded = false;
  /** A change was in flight that this run did not send. */
  waitedOut = false;
  /** How often in a row a start was refused as busy while no look showed what with. */
  #busyInARow = 0;
  /** When a look was answered last. */
  #lookedMs = Number.NEGATIVE_INFINITY;
  /** What the latest call came to, where it did not get through. */
  trouble = null;
  constructor(request, tools, deadline) {
    this.request = request;
    this.deadline = deadline;
    this.#tools = tools;
  }
  now() {
    return this.#tools.clock.now();
  }
  log(line) {
    this.#tools.log(`${this.request.stream.kind} ${this.request.stream.name}: ${line}`);
  }
  sleep(ms) {
    return this.#tools.clock.sleep(ms, this.deadline.signal);
  }
  /** This stream waits for a change to end from now on, or no longer. */
  waits(isWaiting) {
    this.#tools.company.waits(isWaiting);
  }
  /**
   * Pauses, and looks again at something that has been waited for since `sinceMs`; `askedMs` is when it asked. What only
   * goes on being in flight is told by a glance where that is cheaper.
   */
  async lookAgain(sinceMs) {
    const pausedMs = this.now();
    await this.#pause(sinceMs);
    const { service, company } = this.#tools;
    const { signal, at } = this.deadline;
    const leftMs = at - this.now();
    const isBelieved = this.now() - this.#lookedMs < leftMs;
    const glance = { sinceMs: pausedMs, waiting: company.waiting(), withinMs: leftMs / 4 };
    const status = isBelieved ? await service.glance(this.request.stream, glance, signal) : null;
    const askedMs = this.now();
    if (this.last === null || status === null) return { state: await this.look(lookMayYield(at - askedMs)), askedMs };
    this.#note({ ...this.last, status, phase: "changing" });
    return { state: this.last, askedMs };
  }
  /** The end of one stream is noticed soon enough where others have longer to go. */
  #pause(sinceMs) {
    const now = this.now();
    const { service, random, company } = this.#tools;
    const waitedMs = Math.max(now - sinceMs, company.restMs());
    return this.sleep(pauseBeforeLook(waitedMs, this.deadline.at - now, service.shortestPauseMs, random()));
  }
  /**
   * Looks at the stream, and makes out its key. Refuses an answer about another stream than the one asked for. Where
   * requests queue, it lets others go first, for up to `yieldMs`.
   */
  async look(yieldMs = 0) {
    const [look, asked] = await Promise.all([this.#lookOnce(yieldMs), this.#lookUpAskedKey()]);
    const state = { ...look, key: await this.#makeOutKey(look, asked) };
    this.first ??= state;
    this.#tools.company.looked();
    this.#note(state);
    if (state.phase === "final" && this.change === null) this.atRest = state;
    return state;
  }
  /** Asks the service alone, and notes its answer at once: KMS may be long in telling the rest. */
  async #lookOnce(yieldMs) {
    const { stream } = this.request;
    const look = await this.#patiently((signal) => this.#tools.service.look(stream, signal, yieldMs));
    this.#lookedMs = this.now();
    const another = whyAnotherStream(stream, look.arn);
    if (another !== null) throw new ServiceError("refused", another);
    const { status, key } = look;
    if (this.last?.status !== status || this.last.key?.id !== key?.id) this.log(lookInWords(look));
    this.#note({ ...look, key: key === null ? null : knownKey(key, null, homeOf(look.arn)) });
    return look;
  }
  /** Pauses longer each time before a start is sent again that was refused as busy. */
  pauseAfterBusy() {
    return this.sleep(pauseBeforeRetry(2 + this.#busyInARow, this.#tools.random()));
  }
  /** The service's own word that our change is in force ends it, also where nobody gets to hear of the rest. */
  #note(state) {
    this.last = state;
    if (state.phase === "changing") this.#busyInARow = 0;
    if (this.change !== null && isProof(state, this.change.to)) this.changeEnded = true;
  }
  async #makeOutKey({ key, phase, arn }, asked) {
    if (key === null) return null;
    const comparedByArn = mayBeAwsManaged(asked) || namesKeysByArn(this.request);
    const worthLookingUp = isAwsAlias(key.id) ? comparedByArn : key.id !== "";
    const home = homeOf(arn);
    const id = this.request.stream.arn === null ? key.id : arnInHome(key.id, home);
    const lookup = phase === "final" && worthLookingUp ? await this.#lookUp(id) : null;
    return knownKey(key, lookup, home);
  }
  /** What is wanted of this stream where it stands so, with the keys that the request names made out. */
  wanted(state) {
    return makeOutWanted(this.request, state, (id) => this.#lookUp(id));
  }
  #lookUpAskedKey() {
    const { asked } = this.request;
    return asked.which === "one" ? this.#lookUp(asked.id) : Promise.resolve(null);
  }
  #lookUp(id) {
    return this.#patiently((signal) => this.#tools.keys.lookUp(id, signal));
  }
  /**
   * Sends the change. `busy`: another change is in flight, ours was not taken. `lost`: no answer came, so it may have been.
   * Any other refusal is thrown.
   */
  async send(to, from, before) {
    const change2 = (accepted = false) => ({ to, from, before, sinceMs: this.now(), accepted });
    try {
      await this.#patiently((signal) => this.#sendOnce(change2, signal), PASSING_FOR_A_WRITE);
      this.change = change2(true);
      return { answer: "accepted", change: this.change };
    } catch (error3) {
      if (!(error3 instanceof ServiceError)) throw error3;
      if (error3.trouble === "busy" && ++this.#busyInARow < STARTS_REFUSED_AS_BUSY) return { answer: "busy" };
      if (error3.trouble !== "unanswered") throw error3;
      this.change = change2();
      this.changeEnded = false;
      return { answer: "lost", change: this.change };
    }
  }
  /** A change that is not taken leaves what was sent before it: a start whose answer was lost may still take effect. */
  async #sendOnce(change2, signal) {
    await this.#tools.service.readyToStart(signal);
    const earlier = { change: this.change, ended: this.changeEnded };
    this.change = change2();
    this.changeEnded = false;
    try {
      await this.#tools.service.start(this.request.stream, this.change.to.toSet, signal);
    } catch (error3) {
      if (error3 instanceof ServiceError) {
        this.change = earlier.change;
        this.changeEnded = earlier.ended;
      }
      throw error3;
    }
  }
  /** Puts a record; tells whether the service says that it was encrypted. */
  putRecord() {
    return this.#patiently((signal) => this.#tools.service.putRecord(this.request.stream, signal));
  }
  /** Calls until it gets through, or meets a trouble that does not pass. The deadline ends it. */
  async #patiently(call, passing) {
    const onTrouble = (error3, triesAgain) => {
      this.trouble = error3.message;
      if (triesAgain) this.log(`${error3.message}; trying again`);
    };
    const { clock, random } = this.#tools;
    const answer = await patiently(call, { clock, random, signal: this.deadline.signal, onTrouble }, passing);
    this.trouble = null;
    return answer;
  }
};
function mayBeAwsManaged(asked) {
  return asked?.answer === "denied" || asked?.answer === "found" && asked.key.type === "aws-owned";
}

// src/encryption/result.ts
function resultOf(course, verdict2, durationMs) {
  const { stream, region, named } = course.request;
  const { encrypted, key } = verdict2.outcome === "not-applicable" ? UNKNOWN : standing(course);
  return {
    kind: stream.kind,
    name: stream.name,
    arn: course.last?.arn ?? stream.arn,
    region,
    named,
    outcome: verdict2.outcome,
    changed: course.change !== null,
    encrypted,
    status: course.last?.status ?? null,
    key,
    previousKey: previousKey(course),
    changedTo: course.change?.to.toSet ?? null,
    inFlight: course.change !== null && !course.changeEnded,
    durationSeconds: Math.round(durationMs) / 1e3,
    message: verdict2.message,
    warnings: verdict2.warnings ?? [],
    oldKeyNeededHours: course.last?.oldKeyNeededHours ?? null
  };
}
var UNKNOWN = { encrypted: "unknown", key: null };
function standing(course) {
  const { last, atRest, change: change2, changeEnded, request } = course;
  if (last === null) return UNKNOWN;
  if (last.phase === "changing" || change2 !== null && !changeEnded) {
    if (atRest?.encrypted === "false") return { encrypted: "false", key: null };
    const encrypted = request.stream.kind === "firehose" ? "unknown" : last.encrypted;
    return { encrypted, key: atRest === null ? last.key : atRest.key };
  }
  if (last.phase === "failed" && atRest !== null) return { encrypted: atRest.encrypted, key: atRest.key };
  return { encrypted: last.phase === "unclear" ? "unknown" : last.encrypted, key: last.key };
}
function previousKey({ change: change2, first, atRest }) {
  if (change2 !== null) return atRest?.key ?? null;
  return first?.phase === "final" ? first.key : null;
}
function brokenOff(course, error3) {
  if (error3 instanceof TimedOut) {
    const seconds = course.request.timeoutMs / 1e3;
    return { outcome: "timed-out", message: `not done within ${seconds} s. ${whereItStands(course)}` };
  }
  if (error3 instanceof Cancelled) {
    return { outcome: "cancelled", message: `the run was cancelled. ${whereItStands(course)}` };
  }
  const message = thrownInWords(error3);
  const { mode, named } = course.request;
  if (error3 instanceof ServiceError && error3.trouble === "missing" && !named) {
    const sent = course.change === null ? "" : `the change to ${keyInWords(course.change.to.toSet)} was sent, but `;
    return { outcome: "not-applicable", message: `${sent}the stream is gone since it was listed (${message})` };
  }
  return {
    outcome: "failed",
    message: mode === "encrypt" ? `${message}. ${whatWasSent(course)}` : message
  };
}
function whereItStands(course) {
  const { last, trouble } = course;
  const seen = last === null ? "The service has told nothing of the stream" : `The last status seen was ${last.status}`;
  return `${seen}${trouble === null ? "" : `; the last call failed: ${trouble}`}. ${whatWasSent(course)}`;
}
function whatWasSent({ change: change2, changeEnded, last }) {
  if (change2 === null) {
    const inFlight = last?.phase === "changing" ? ": the one in flight is not of this run, and the service goes on with it by itself" : "";
    return `No change was sent${inFlight}. Running again is safe`;
  }
  const to = keyInWords(change2.to.toSet);
  if (changeEnded) {
    const end = last?.phase === "failed" ? "had failed" : "had ended; what was left was to make sure of the records";
    return `The change to ${to} ${end}. Running again is safe`;
  }
  if (!change2.accepted && last?.phase !== "changing") {
    return `The change to ${to} had been sent, but no answer came: if it was taken, the service goes on with it by itself. Running again is safe`;
  }
  return `The change to ${to} had been sent, and the service goes on with it by itself. Running again is safe`;
}

// src/encryption/follow.ts
async function follow(request, tools, story) {
  const { clock, cancelled } = tools;
  const beganMs = clock.now();
  const deadline = startDeadline(clock, request.timeoutMs, cancelled);
  const course = new Course(request, tools, deadline);
  const finish = (verdict2) => resultOf(course, verdict2, clock.now() - beganMs);
  try {
    const { refusal } = request;
    return finish(refusal === void 0 ? await story(course) : { outcome: "failed", message: refusal });
  } catch (error3) {
    const { aborted, reason } = deadline.signal;
    return finish(brokenOff(course, aborted ? reason : error3));
  } finally {
    deadline.stop();
  }
}

// src/encryption/judge.ts
function judge({ named }, state, wanted) {
  const obstacle = whyNoEncryption(state, named);
  if (obstacle?.action === "fail") return failed(obstacle.why);
  if (obstacle !== null) return { outcome: obstacle.action, why: obstacle.why, warnings: [] };
  switch (state.phase) {
    case "final":
      return state.encrypted === "false" ? nonCompliant("the stream is not encrypted: mode encrypt does it") : judgeKey(state, wanted);
    case "failed":
      return nonCompliant(`${unclear(state)}: mode encrypt with a key-type or key-id settles it`);
    default:
      return failed(`${unclear(state)}: mode encrypt with a key-type or key-id settles it`);
  }
}
function judgeKey({ key, arn }, wanted) {
  if (wanted.which === "unresolved") return failed(wanted.why);
  const stands = `the stream is encrypted with ${keyInWords(key)}`;
  const approved = wanted.which === "approved" ? wanted.keys : [];
  const unknown = approved.flatMap(whyUnknown);
  const match = matches(key, wanted, homeOf(arn));
  if (match === "other") return nonCompliant([`${stands}, ${butAsked(wanted)}`, ...unknown].join(". "));
  if (key?.problem) return nonCompliant(`${stands}, but ${key.problem}`);
  if (match === "unknown") return failed([cannotTell(key, "the key asked for", approved), ...unknown].join(". "));
  return { outcome: "compliant", why: stands, warnings: [...doubtsAbout(key), ...unknown] };
}
function matches(key, wanted, home) {
  if (wanted.which === "any") return "same";
  if (key === null) return "unknown";
  switch (wanted.which) {
    case "target":
      return compareKeys(key, wanted.target);
    case "customer-managed":
      return key.type === null ? "unknown" : key.type === wanted.which ? "same" : "other";
    case "approved": {
      const each = wanted.keys.map((named) => compareNamed(key, named, home));
      return each.find((match) => match === "same") ?? each.find((match) => match === "unknown") ?? "other";
    }
  }
}
function butAsked(wanted) {
  switch (wanted.which) {
    case "target":
      return `but ${keyInWords(wanted.target.toSet)} was asked for: mode encrypt moves it`;
    case "approved":
      return "which is none of approved-key-ids: mode encrypt with a key-id moves it";
    default:
      return "but a customer managed key was asked for: mode encrypt with a key-id moves it";
  }
}
function whyUnknown({ id, lookup }) {
  return lookup?.answer === "missing" ? [`KMS does not know ${id} of approved-key-ids (${lookup.why})`] : [];
}
function doubtsAbout(key) {
  const doubts = [];
  if (key?.viaAlias) {
    const now = key.arn === null ? "an unknown key" : key.arn;
    doubts.push(
      `the stream is encrypted through ${key.id}, which points to ${now} now but may have been repointed: mode encrypt puts the key itself in force`
    );
  }
  if (key?.doubt) doubts.push(`whether the key is enabled could not be looked up: ${key.doubt}`);
  return doubts;
}
function failed(why2) {
  return { outcome: "failed", why: why2, warnings: [] };
}
function nonCompliant(why2) {
  return { outcome: "non-compliant", why: why2, warnings: [] };
}

// src/encryption/watch.ts
var STALE_FOR_MS = 5e3;
var WRONG_FOR_MS = 2e3;
async function untilAtRest(course) {
  const sinceMs = course.now();
  let state = await course.look();
  for (; ; ) {
    if (state.phase !== "changing") return state;
    if (!course.waitedOut) course.log("an earlier change is in flight: waiting for its end");
    course.waitedOut = true;
    course.waits(true);
    ({ state } = await course.lookAgain(sinceMs));
  }
}
async function untilEnded(course, change2) {
  let seenInFlight = false;
  let wrongSinceMs = null;
  for (; ; ) {
    const { state, askedMs } = await course.lookAgain(change2.sinceMs);
    if (state.phase === "changing") {
      seenInFlight = true;
      wrongSinceMs = null;
    } else {
      wrongSinceMs ??= course.now();
      const believed = seenInFlight ? askedMs - wrongSinceMs >= WRONG_FOR_MS : askedMs - change2.sinceMs >= STALE_FOR_MS;
      if (believed || isEnd(state, change2)) return state;
    }
  }
}
async function untilSeenTaken(course, change2) {
  for (; ; ) {
    const { state, askedMs } = await course.lookAgain(change2.sinceMs);
    if (state.phase === "changing" || isEnd(state, change2)) return state;
    if (askedMs - change2.sinceMs >= STALE_FOR_MS) return null;
  }
}
function isEnd(state, { to, before }) {
  return isProof(state, to) || isNewFailure(state, before);
}
function isNewFailure(state, before) {
  return state.phase === "failed" && !(before.phase === "failed" && before.failure?.words === state.failure?.words);
}
async function settle(course) {
  course.waits(false);
  const { settleMs } = course.request;
  if (settleMs === 0) return;
  course.log(`settling for ${settleMs / 1e3} s, until every record is encrypted`);
  await course.sleep(settleMs);
}
var RECORD_CHECK_MS = 1e4;
var RECORD_CHECK_PAUSE_MS = 1e3;
async function untilRecordEncrypted(course) {
  const sinceMs = course.now();
  while (!await course.putRecord()) {
    course.log("the service says that the record it took was not encrypted");
    const nextMs = course.now() + RECORD_CHECK_PAUSE_MS;
    if (nextMs - sinceMs > RECORD_CHECK_MS || nextMs >= course.deadline.at) return false;
    await course.sleep(RECORD_CHECK_PAUSE_MS);
  }
  return true;
}

// src/encryption/check.ts
function check(request, tools) {
  return follow(request, tools, async (course) => {
    const state = await untilAtRest(course);
    const { outcome, why: why2, warnings } = judge(request, state, await course.wanted(state));
    if (outcome === "compliant" && course.waitedOut) await settle(course);
    return { outcome, message: why2, warnings };
  });
}

// src/encryption/fleet.ts
var AT_THE_BEGINNING = 8;
var LONGEST_FIRST_LOOK_MS = 1e4;
var PROGRESS_EVERY_MS = 3e4;
function progressInWords({ total, done, waiting, elapsedMs }) {
  const notDone = total - done;
  const so = `${done} of ${total} streams done, ${waiting} waiting for a change to end, ${notDone - waiting} left`;
  return done === 0 ? so : `${so}; about ${timeInWords(elapsedMs / done * notDone)} to go at this pace`;
}
function timeInWords(ms) {
  const seconds = ms / 1e3;
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
async function runFleet(fleet, tools, story) {
  const ends = /* @__PURE__ */ new Map();
  const kinds = [...Map.groupBy(fleet, ({ stream }) => stream.kind)];
  const groups = await Promise.all(
    kinds.map(async ([kind, streams]) => new Group(streams, await tools.serviceOf(kind), tools))
  );
  const waiting = () => groups.reduce((sum, group2) => sum + group2.waiting, 0);
  const telling = tellProgress(tools, (elapsedMs) => ({
    total: fleet.length,
    done: ends.size,
    waiting: waiting(),
    elapsedMs
  }));
  const ended = async (chosen, its) => {
    ends.set(chosen, await story(chosen, its));
  };
  await Promise.all(groups.map((group2) => group2.run(ended)));
  telling.abort();
  return fleet.flatMap((chosen) => ends.get(chosen) ?? []);
}
function tellProgress({ clock, onProgress }, progress) {
  const over = new AbortController();
  every(PROGRESS_EVERY_MS, clock, over.signal, (elapsedMs) => onProgress(progress(elapsedMs)));
  return over;
}
async function every(ms, clock, over, tell2) {
  const beganMs = clock.now();
  while (!over.aborted) {
    await clock.sleep(ms, over).then(
      () => tell2(clock.now() - beganMs),
      () => {
      }
    );
  }
}
var Group = class {
  #streams;
  #service;
  #tools;
  #begun = 0;
  #atTheBeginning = 0;
  #onRoom = () => {
  };
  /** How many wait for a change to end. */
  waiting = 0;
  constructor(streams, service, tools) {
    this.#streams = streams;
    this.#service = service;
    this.#tools = tools;
  }
  async run(story) {
    const running = [];
    for (const chosen of this.#streams) {
      await this.#room();
      await this.#service.ready(this.#tools.cancelled).catch(() => {
      });
      this.#begun += 1;
      running.push(this.#runOne(chosen, story));
    }
    await Promise.all(running);
  }
  async #runOne(chosen, story) {
    const { clock, random, keys: keys2, cancelled } = this.#tools;
    const place = this.#takePlace();
    let isWaiting = false;
    const company = {
      restMs: () => (this.#streams.length - this.#begun) * this.#service.msAChange,
      waiting: () => this.waiting,
      looked: () => place.keep(),
      waits: (now) => {
        place.free();
        this.waiting += Number(now) - Number(isWaiting);
        isWaiting = now;
      }
    };
    await story(chosen, { service: this.#service, keys: keys2, clock, random, cancelled, company });
    company.waits(false);
  }
  /** Resolves when one more may be at its beginning. */
  async #room() {
    if (this.#atTheBeginning < AT_THE_BEGINNING) return;
    await new Promise((resolve2) => {
      this.#onRoom = resolve2;
    });
  }
  /** One more is at its beginning, until it frees its place; where it does not keep it, it loses it after a while. */
  #takePlace() {
    const kept = new AbortController();
    let isFree = false;
    const free = () => {
      kept.abort();
      if (isFree) return;
      isFree = true;
      this.#atTheBeginning -= 1;
      this.#onRoom();
    };
    this.#atTheBeginning += 1;
    this.#tools.clock.sleep(LONGEST_FIRST_LOOK_MS, kept.signal).then(free, () => {
    });
    return { keep: () => kept.abort(), free };
  }
};

// src/encryption/keybook.ts
var KeyBook = class {
  #keys;
  #known = /* @__PURE__ */ new Map();
  #asked = /* @__PURE__ */ new Map();
  constructor(keys2) {
    this.#keys = keys2;
  }
  /**
   * Looks a key up. A key that does not exist or may not be looked up is an answer; other troubles are thrown, as is the
   * signal's reason.
   */
  async lookUp(id, signal) {
    const known = this.#known.get(id);
    if (known) return known;
    const asked = this.#asked.get(id) ?? this.#ask(id);
    asked.waiting += 1;
    try {
      return await untilAborted(asked.lookup, signal);
    } finally {
      asked.waiting -= 1;
      if (asked.waiting === 0) {
        this.#asked.delete(id);
        asked.end.abort();
      }
    }
  }
  #ask(id) {
    const end = new AbortController();
    const asked = { lookup: this.#describe(id, end.signal), end, waiting: 0 };
    this.#asked.set(id, asked);
    return asked;
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
      if (error3 instanceof ServiceError && (error3.trouble === "missing" || error3.trouble === "denied")) {
        return { answer: error3.trouble, why: error3.message };
      }
      throw error3;
    }
  }
};

// src/encryption/secure.ts
var GRANT_SPREADS_MS = 1e4;
function secure(request, tools) {
  return follow(request, tools, async (course) => {
    let secondTry = false;
    for (; ; ) {
      const state = await untilAtRest(course);
      if (course.change !== null && isProof(state, course.change.to)) return afterChange(course, course.change, state);
      const plan = await planFor(course, state);
      if (plan.action === "skip" && course.change !== null) return afterChange(course, course.change, state);
      if (plan.action !== "change") return withoutChange(course, plan);
      const to = keyInWords(plan.to.toSet);
      if (request.mode === "plan") return { outcome: "planned", message: `is ${plan.from}; would get ${to}` };
      const started = await startChange(course, plan, state);
      if (started === null) continue;
      const { change: change2, seen } = started;
      if (!request.wait && seen?.phase !== "failed") {
        return { outcome: "started", message: `was ${plan.from}; the service accepted the change to ${to}` };
      }
      const ended = seen === null || seen.phase === "changing" ? await untilEnded(course, change2) : seen;
      if (secondTry || !mayPass(course, ended)) return afterChange(course, change2, ended);
      secondTry = true;
      course.changeEnded = true;
      course.log(
        `the change failed (${ended.failure?.words}), as it may where a grant is not known everywhere yet: trying once more`
      );
      await course.sleep(GRANT_SPREADS_MS);
    }
  });
}
async function planFor(course, state) {
  const { request, change: change2, atRest } = course;
  const asBefore = state.phase === "failed" && change2 !== null ? atRest : null;
  const plan = planChange(request, asBefore ?? state, await course.wanted(asBefore ?? state));
  if (plan.action !== "change" || asBefore === null) return plan;
  return { ...plan, from: `${plan.from}, also after a change that failed (${state.failure?.words ?? state.status})` };
}
function mayPass(course, { phase, failure }) {
  const leftMs = course.deadline.at - course.now();
  return phase === "failed" && failure !== null && failure.mayPass && leftMs > GRANT_SPREADS_MS + course.request.settleMs;
}
async function withoutChange(course, plan) {
  switch (plan.action) {
    case "fail":
      return { outcome: "failed", message: plan.why };
    case "not-applicable":
      return { outcome: "not-applicable", message: plan.why };
    case "skip":
      return { outcome: "skipped", message: plan.why, warnings: plan.warnings };
    case "leave": {
      const verdict2 = { outcome: "unchanged", message: plan.why, warnings: plan.warnings };
      return course.waitedOut && course.request.mode === "encrypt" ? afterSettling(course, verdict2) : verdict2;
    }
  }
}
async function startChange(course, { to, from }, before) {
  course.log(`starting encryption with ${keyInWords(to.toSet)}`);
  try {
    const sent = await course.send(to, from, before);
    course.waits(true);
    if (sent.answer === "accepted") return { change: sent.change, seen: null };
    if (sent.answer === "busy") {
      course.waitedOut = true;
      await course.pauseAfterBusy();
      return null;
    }
    course.log("the answer to the start was lost: looking whether it was taken");
    const seen = await untilSeenTaken(course, sent.change);
    return seen === null ? null : { change: sent.change, seen };
  } catch (error3) {
    if (!(error3 instanceof ServiceError) || error3.trouble !== "refused") throw error3;
    const seen = await course.look().catch(() => null);
    if (seen === null || !isProof(seen, to)) throw error3;
    course.waitedOut = true;
    return null;
  }
}
async function afterChange(course, change2, state) {
  course.changeEnded = true;
  const obstacle = whyNoEncryption(state, course.request.named);
  if (obstacle !== null) {
    const outcome2 = obstacle.action === "fail" ? "failed" : obstacle.action;
    return { outcome: outcome2, message: `the change to ${keyInWords(change2.to.toSet)} was sent, but ${obstacle.why}` };
  }
  if (!isProof(state, change2.to)) return { outcome: "failed", message: whyNotProved(course, change2, state) };
  const outcome = course.atRest?.encrypted === "false" ? "enabled" : "rekeyed";
  const message = `was ${change2.from}; now the service itself reports ${state.status} with ${keyInWords(state.key)}`;
  return afterSettling(course, { outcome, message });
}
async function afterSettling(course, verdict2) {
  await settle(course);
  if (!course.request.verifyRecords) return verdict2;
  if (await untilRecordEncrypted(course)) {
    return { ...verdict2, message: `${verdict2.message}; it says of a record put since that it was encrypted` };
  }
  return {
    outcome: "failed",
    message: "the stream is at rest with the key asked for, but the service did not say of any record put since that it was encrypted"
  };
}
function whyNotProved({ atRest }, change2, state) {
  const to = keyInWords(change2.to.toSet);
  if (state.phase !== "failed") {
    return `the change to ${to} was sent, but the stream came back ${state.status}, ${encryptionInWords(state)}: another change may have overtaken it. See who else changes this stream, then run again`;
  }
  const why2 = state.failure === null ? "" : `: ${state.failure.words}`;
  const again = change2.before.failure?.mayPass ? " again" : "";
  const failed2 = `the change to ${to} failed${again} (${state.status}${why2})`;
  const fix = state.failure?.advice || "Fix the key, then run again";
  if (atRest === null) return `${failed2}. Which key is in force now, if any, cannot be determined. ${fix}`;
  if (atRest.encrypted === "false") return `${failed2}. The stream is still not encrypted. ${fix}`;
  return `${failed2}. The stream is still encrypted with ${keyInWords(atRest.key)}, the previous key. ${fix}`;
}
function encryptionInWords({ encrypted, key }) {
  return encrypted === "false" ? "not encrypted" : `with ${keyInWords(key)}`;
}

// src/encryption/glob.ts
function matchesGlob(glob, name) {
  let at = 0;
  let inName = 0;
  let star = -1;
  let runEnd = 0;
  while (inName < name.length) {
    if (glob[at] === "*") {
      star = at++;
      runEnd = inName;
    } else if (glob[at] === "?" || glob[at] === name[inName]) {
      at++;
      inName++;
    } else if (star >= 0) {
      at = star + 1;
      inName = ++runEnd;
    } else {
      return false;
    }
  }
  while (glob[at] === "*") at++;
  return at === glob.length;
}

// src/encryption/select.ts
var EmptySelection = class extends Error {
  name = "EmptySelection";
};
var LOOKS = 5;
async function select(selection, given) {
  let trouble = "";
  const onTrouble = ({ message }, triesAgain) => {
    trouble = message;
    if (triesAgain) given.log(`${message}; trying again`);
  };
  const call = async (call2) => {
    const answer = await patiently(call2, { ...given, onTrouble });
    trouble = "";
    return answer;
  };
  const tools = { ...given, call };
  try {
    const found = await findStreams(selection, tools);
    const chosen = choicesOf(selection).flatMap((choice) => choose(choice, found));
    const once = onceEach(chosen, await ownArns(chosen, found, tools));
    const fleet = await withoutUntagged(once, selection, found, tools);
    if (fleet.length === 0) throw new EmptySelection(whyEmpty(selection, found, tools.region));
    for (const choice of selection.choices.filter((choice2) => choice2.by === "glob")) {
      const looked = `looked through ${howMany(choice.kind, found)}${suchAs(selection.tags)}`;
      if (choose(choice, found).length === 0) tools.log(`${choice.glob} matches no stream: ${looked}`);
    }
    return fleet;
  } catch (error3) {
    if (tools.signal.reason instanceof TimedOut) throw new TimedOut(trouble);
    tools.signal.throwIfAborted();
    throw error3;
  }
}
async function findStreams({ kinds, choices, tags }, tools) {
  const { directory: directory2 } = tools;
  const found = /* @__PURE__ */ new Map();
  if (tags.length > 0) {
    const tagged = await readAll((next, signal) => directory2.tagged(kinds, tags, next, signal), tools);
    for (const kind of kinds) found.set(kind, tagged.filter((stream) => stream.kind === kind).sort(byName));
    return found;
  }
  for (const kind of KINDS) {
    if (!choices.some((choice) => choice.by === "glob" && choice.kind === kind)) continue;
    const names = await readAll((next, signal) => directory2.names(kind, next, signal), tools);
    found.set(kind, names.map((name) => ({ kind, name, arn: null })).sort(byName));
  }
  return found;
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
function choicesOf({ kinds, choices, tags }) {
  if (choices.length > 0 || tags.length === 0) return choices;
  return KINDS.filter((kind) => kinds.includes(kind)).map((kind) => ({ by: "glob", kind, glob: "*" }));
}
function choose(choice, found) {
  if (choice.by === "name") return [{ stream: choice.stream, named: true }];
  const streams = found.get(choice.kind) ?? [];
  return streams.filter(({ name }) => matchesGlob(choice.glob, name)).map(({ kind, name }) => {
    return { stream: { kind, name, arn: null }, named: false };
  });
}
async function ownArns(chosen, found, tools) {
  const own = /* @__PURE__ */ new Map();
  for (const { kind, name, arn } of [...found.values()].flat()) if (arn !== null) own.set(nameOf({ kind, name }), arn);
  const byArn = new Set(chosen.flatMap(({ stream }) => stream.arn === null ? [] : [nameOf(stream)]));
  const byName2 = new Map(chosen.flatMap(({ stream }) => stream.arn === null ? [[nameOf(stream), stream]] : []));
  const unclear2 = [...byName2].filter(([name]) => byArn.has(name) && !own.has(name));
  await sideBySide(LOOKS, unclear2, async ([name, stream]) => {
    const seen = await seenAt(stream, tools);
    if ("arn" in seen) own.set(name, seen.arn);
  });
  return own;
}
function onceEach(chosen, own) {
  const once = /* @__PURE__ */ new Map();
  for (const { stream, named } of chosen) {
    const identity = stream.arn ?? own.get(nameOf(stream)) ?? nameOf(stream);
    const known = once.get(identity);
    once.set(identity, {
      stream: known === void 0 || known.stream.arn === null ? stream : known.stream,
      named: named || known?.named === true
    });
  }
  return [...once.values()];
}
function nameOf({ kind, name }) {
  return `${kind} ${name}`;
}
async function withoutUntagged(chosen, { tags }, found, tools) {
  if (tags.length === 0) return chosen;
  const tagged = new Set([...found.values()].flat().flatMap((stream) => [nameOf(stream), stream.arn]));
  const untagged = chosen.filter(({ stream }) => !tagged.has(stream.arn ?? nameOf(stream)));
  const refusals = /* @__PURE__ */ new Map();
  await sideBySide(LOOKS, untagged, async (one) => {
    const seen = await seenAt(one.stream, tools);
    refusals.set(one, "arn" in seen ? whyAnotherStream(one.stream, seen.arn) : seen.refusal);
  });
  return chosen.flatMap((one) => {
    const refusal = refusals.get(one);
    if (refusal === void 0) return [one];
    if (refusal !== null) return [{ ...one, refusal }];
    tools.log(`${nameOf(one.stream)}: left out, as it is not tagged ${firstFew(tags.map(tagInWords))}`);
    return [];
  });
}
async function seenAt(stream, { look, call }) {
  try {
    return { arn: (await call((signal) => look(stream, signal))).arn };
  } catch (error3) {
    if (error3 instanceof ServiceError) return { refusal: error3.message };
    throw error3;
  }
}
async function sideBySide(most, items, work) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
}
var KIND_WORDS = { kinesis: "data stream", firehose: "delivery stream" };
function whyEmpty({ choices, tags }, found, region) {
  const wanted = [];
  if (choices.length > 0) wanted.push(`matches ${firstFew(choices.map(choiceInWords))}`);
  if (tags.length > 0) wanted.push(`is tagged ${firstFew(tags.map(tagInWords))}`);
  return `No stream ${wanted.join(" and ")}: ${lookedThrough(found, tags, region)}. See that the region and the credentials' account are right`;
}
function lookedThrough(found, tags, region) {
  const kinds = [...found.keys()];
  if (kinds.every((kind) => found.get(kind)?.length === 0)) {
    return `there is no ${kinds.map((kind) => KIND_WORDS[kind]).join(" or ")}${suchAs(tags)} in ${region}`;
  }
  return `looked through ${kinds.map((kind) => howMany(kind, found)).join(" and ")}${suchAs(tags)} in ${region}`;
}
function howMany(kind, found) {
  const count = found.get(kind)?.length ?? 0;
  return `${count} ${KIND_WORDS[kind]}${count === 1 ? "" : "s"}`;
}
function suchAs(tags) {
  return tags.length > 0 ? " so tagged" : "";
}

// src/encryption/tally.ts
function tallyOf(results, runEnded = null) {
  const counts = countsOf(results);
  return {
    outcome: OUTCOMES.find((outcome) => outcome === runEnded || outcome in counts) ?? "failed",
    changed: results.some(({ changed }) => changed),
    encrypted: allEncrypted(results),
    counts
  };
}
function countsOf(results) {
  const counts = { total: results.length };
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
function countsInWords(counts) {
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

// src/github/annotations.ts
var MOST_ANNOTATIONS = 10;
function annotationsFor(ofTheRun, results) {
  const all = [...ofTheRun, ...worstFirst(results, ({ outcome }) => outcome).flatMap(annotationsOf)];
  const ordered = [...all.filter(isError), ...all.filter((one) => !isError(one))];
  if (ordered.length <= MOST_ANNOTATIONS) return { shown: ordered, rest: [] };
  const rest = ordered.slice(MOST_ANNOTATIONS - 1);
  return { shown: [...ordered.slice(0, MOST_ANNOTATIONS - 1), countOf(rest)], rest };
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

// src/github/inputs.ts
function input(name) {
  return getInput(name);
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
    return `at ${inUtc(new Date(Date.now() + Number(headers["retry-after"]) * 1e3))}`;
  }
  if (headers["x-ratelimit-remaining"] === "0") {
    return `at ${inUtc(new Date(Number(headers["x-ratelimit-reset"]) * 1e3))}`;
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
var MOST_CHARACTERS = 65536;
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
    `<p>The step that encrypts streams fails in job ${code(job)} of ${code(workflow)}. Latest failing run: ${runLink(env2)}, ${inUtc(at)}. Failing runs so far: ${failingRuns}.</p>`,
    "<p><sub>Each failing run replaces this text; a later run that is well closes the issue.</sub></p>",
    ""
  ].join("\n");
  const room = Math.max(0, MOST_CHARACTERS - frame.length);
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
    const why2 = late.aborted ? `it took longer than ${allMs / 1e3} s; the next run tries again` : thrownInWords(cause);
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

// src/encryption/fields.ts
function fieldsOf({ kind, name, arn, region, outcome, changed, encrypted, status, ...rest }) {
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

// src/github/outputs.ts
var MOST_CHARACTERS2 = 4e5;
function outputsOf(results, durationSeconds, runEnded = null) {
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
  return { ...outputs, results: `[${membersWithin(results, MOST_CHARACTERS2 - taken).join(",")}]` };
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
    const member = JSON.stringify(fieldsOf(result), cutTexts);
    left -= member.length + 1;
    if (left < 0) break;
    kept.push({ place, member });
  }
  return kept.sort((one, other) => one.place - other.place).map(({ member }) => member);
}
function cutTexts(_field, value) {
  return typeof value === "string" ? cut(value) : value;
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
    const need = oldKeyNeed(row);
    return need === null ? "" : inUtc(need.until).replace(" ", "<br>").replace(" ", "&nbsp;");
  }
};
var TIME = { title: "Time", cell: ({ result }) => `${result.durationSeconds.toFixed(2)}&nbsp;s` };
function table(rows, bytes, reportPath) {
  if (rows.length === 0) return [];
  const columns = [OUTCOME, STREAM, KEYS, ...rows.length > 1 && rows.some(oldKeyNeed) ? [KEEP] : [], TIME];
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
  const counts = countsInWords(countsOf(rest.map(({ result }) => result)));
  const where = reportPath === null ? `Give ${code("report-path")} to have all in a file.` : `All are in ${code(reportPath)}.`;
  return `<p>For want of room ${rest.length} of ${rows.length} streams are left out here: ${counts}. ${where}</p>`;
}
function keys(result) {
  const { outcome, encrypted, key, previousKey: previousKey2, changedTo } = result;
  const now = encrypted === "false" ? "not encrypted" : key === null ? "unknown" : shortKey(key, result);
  if (changedTo !== null && !PROVED.has(outcome)) return `${now}<br>\u2192 ${shortKey(changedTo, result)}, not proved`;
  const before = outcome === "enabled" ? "not encrypted" : previousKey2 === null ? now : shortKey(previousKey2, result);
  return before === now ? now : `${before}<br>\u2192 ${now}`;
}
function shortKey(key, { arn, region }) {
  if (key.id === "") return keyInWords(key);
  const [, partition, , , account] = arn?.split(":") ?? [];
  const home = `arn:${partition}:kms:${region}:${account}:key/`;
  return code(key.id.startsWith(home) ? key.id.slice(home.length) : key.id);
}

// src/github/summary.ts
var MOST_BYTES = 1e6;
var SHARE_OF_A_PART = 0.15;
async function writeSummary(content, env2) {
  if (env2.GITHUB_STEP_SUMMARY) await summary.addRaw(summaryOf(content, env2), true).write();
}
function summaryOf(content, env2, mostBytes = MOST_BYTES) {
  const { request, rows, runEnded, faults, reportPath } = content;
  const tally = tallyOf(
    rows.map(({ result }) => result),
    runEnded
  );
  const ordered = worstFirst(rows, ({ result }) => result.outcome);
  const remarks = remarksOn(ordered.map(({ result }) => result));
  const mostOfAPart = mostBytes * SHARE_OF_A_PART;
  const above = [
    `<h3>${ICONS[tally.outcome]} Stream encryption: ${verdict(tally, runEnded)}</h3>`,
    ...request === null ? [] : [`<p>${prose(request)}</p>`],
    ...list(within(mostOfAPart, faults, prose))
  ];
  const below = [
    ...list([...within(mostOfAPart, remarks, remarkInHtml), ...within(mostOfAPart, aftercare(rows), prose)]),
    `<p><sub>${origin(env2)}</sub></p>`
  ];
  const room = mostBytes - bytesOf(above) - bytesOf(below);
  return [...above, ...table(ordered, room, reportPath), ...below].join("\n");
}
function verdict({ outcome, counts }, runEnded) {
  if (counts.total === 0 || counts.total === 1 && runEnded === null) return outcome;
  return runEnded === null ? countsInWords(counts) : `${runEnded}; ${countsInWords(counts)}`;
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

// src/given-inputs.ts
var DEFAULTS = {
  mode: "encrypt",
  "key-type": "any",
  wait: "true",
  "timeout-seconds": "600",
  "settle-seconds": "5",
  "verify-records": "false",
  "report-issue": "false"
};
var GivenInputs = class {
  #input;
  #faults = [];
  /** `input` gives an input's text, trimmed; empty where it was left out. */
  constructor(input2) {
    this.#input = input2;
  }
  /** The input's text, or its default; empty where it has neither. */
  text(name) {
    return this.#input(name) || (DEFAULTS[name] ?? "");
  }
  /** The lines of the input that hold something. */
  lines(name) {
    return filled(this.text(name).split("\n"));
  }
  /**
   * The entries of a list, one a line or between commas. Commas alone are an entry, and no good one: of a list whose
   * variables are all unset, nobody should take the default for the answer.
   */
  entries(name) {
    const entries = filled(this.text(name).split(/[\n,]/));
    return entries.length === 0 ? this.lines(name) : entries;
  }
  /** Notes a fault; null stands for the value that could not be read. An empty value is a missing one. */
  fault(name, value, wayOut) {
    const known = this.#faults.find((fault) => fault.name === name && fault.wayOut === wayOut);
    if (known) known.values.add(value);
    else this.#faults.push({ name, wayOut, values: /* @__PURE__ */ new Set([value]) });
    return null;
  }
  /** A line for each fault, naming the input, its value or the first few of a list, and the way out. */
  get faults() {
    return this.#faults.map(({ name, wayOut, values }) => {
      if (values.has("")) return `Input ${name} is missing: ${wayOut}`;
      return `Input ${name} is ${firstFew([...values].map((value) => `"${value}"`))}: ${wayOut}`;
    });
  }
};
function filled(texts) {
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}

// src/key-inputs.ts
var KEY_TYPES = /* @__PURE__ */ new Map([
  ["any", "any"],
  ["aws-owned", "aws-owned"],
  ["aws_owned_cmk", "aws-owned"],
  ["customer-managed", "customer-managed"],
  ["customer_managed_cmk", "customer-managed"]
]);
var KEY_FORMS = "give a key ARN, a key id, an alias name (alias/\u2026) or an alias ARN";
function readAskedKey(given, around) {
  const typeText = given.text("key-type");
  const type = KEY_TYPES.get(typeText.toLowerCase()) ?? given.fault("key-type", typeText, "allowed are aws-owned, customer-managed, any");
  const asked = readTypeAndId(given, type, around);
  const approved = new Set(given.entries("approved-key-ids"));
  return approved.size === 0 ? asked : readApproved(given, [...approved], type, around.mode);
}
function readTypeAndId(given, type, around) {
  const id = given.text("key-id");
  if (id !== "") return readKeyId(given, id, type, around);
  if (type !== "customer-managed") return type && { which: type };
  if (around.mode === "check") return { which: "customer-managed" };
  return given.fault("key-id", "", "key-type customer-managed needs the key to encrypt with");
}
function readKeyId(given, id, type, { kinds, region }) {
  const form = keyForm(id);
  const ofAws = isAwsAlias(id);
  const wayOut = (ofAws ? whyNotAwsAlias(form, type, kinds) : whyNotKey(form, type)) ?? whyElsewhere(form, region);
  if (wayOut !== null) return given.fault("key-id", id, wayOut);
  if (id === KINESIS_AWS_ALIAS && !kinds.includes("firehose")) return { which: "aws-owned" };
  return type && { which: "one", id, mustBeCustomerManaged: type === "customer-managed" };
}
function whyNotKey(form, type) {
  if (type === "aws-owned") return "key-type aws-owned takes no key-id: leave out one of the two";
  return form === null ? KEY_FORMS : null;
}
function whyNotAwsAlias(form, type, kinds) {
  if (type === "customer-managed") return "this is an AWS managed key, but key-type asks for customer-managed";
  if (kinds.includes("firehose") && !kinds.includes("kinesis")) {
    return "Firehose takes no AWS managed key: use key-type aws-owned without key-id";
  }
  return form?.alias === KINESIS_AWS_ALIAS ? null : `this AWS managed key is not for Kinesis: use ${KINESIS_AWS_ALIAS}`;
}
function whyElsewhere(form, region) {
  if (!form?.region || region === null || form.region === region) return null;
  return `this key is not in the region of the run, ${region}: give a key of that region, or set region`;
}
function readApproved(given, ids, type, mode) {
  const fault = (id, wayOut) => given.fault("approved-key-ids", id, wayOut);
  for (const id of ids) {
    if (keyForm(id) === null) fault(id, KEY_FORMS);
    if (mode !== null && mode !== "check") fault(id, `only mode check takes approved keys, but mode is ${mode}`);
    if (given.text("key-id") !== "") fault(id, "it takes the place of key-id: leave out one of the two");
    if (type !== null && type !== "any") fault(id, `it takes the place of key-type ${type}: leave out one of the two`);
  }
  return { which: "approved", ids };
}
function readOldKeys(given, asked, { mode, region, kinds }) {
  const texts = [...new Set(given.entries("from-key-id"))];
  for (const text of texts) {
    const fault = (wayOut) => wayOut !== null && given.fault("from-key-id", text, wayOut);
    fault(whyNotOldKey(text) ?? whyElsewhere(keyForm(text), region) ?? whyTargetItself(text, asked));
    fault(whyNoMove(asked, mode));
  }
  return texts.length === 0 ? null : texts.map((text) => oldKey(text, kinds));
}
function oldKey(text, kinds) {
  if (text === "any" || text === "aws-owned") return text;
  return text === KINESIS_AWS_ALIAS && !kinds.includes("firehose") ? "aws-owned" : { id: text };
}
function whyNotOldKey(text) {
  return text === "any" || text === "aws-owned" || keyForm(text) !== null ? null : `${KEY_FORMS}, aws-owned or any`;
}
function whyTargetItself(text, asked) {
  const target = asked?.which === "one" ? asked.id : asked?.which === "aws-owned" ? "aws-owned" : null;
  if (target === null || bare(text) !== bare(target)) return null;
  return "this is the key to move to: give the key that streams are to leave";
}
function whyNoMove(asked, mode) {
  if (mode === "check") return "mode check moves no stream: use mode encrypt or plan, with the key to move to";
  if (asked === null || asked.which === "one" || asked.which === "aws-owned") return null;
  return "it needs the key to move to: give key-id, or key-type aws-owned";
}
function bare(text) {
  if (text === KINESIS_AWS_ALIAS) return "aws-owned";
  const form = keyForm(text)?.form;
  return form === "arn" || form === "id" ? text.slice(text.lastIndexOf("/") + 1).toLowerCase() : text;
}

// src/selection-inputs.ts
function readKind(given) {
  const text = given.text("stream-kind");
  if (text === "") return void 0;
  return KINDS.find((kind) => kind === text) ?? given.fault("stream-kind", text, `allowed are ${KINDS.join(", ")}`);
}
function readSelection(given, kind, region) {
  const choices = readChoices(given, kind, region);
  const tags = readTags(given);
  if (choices === null || tags === null) return null;
  if (choices.length > 0) return { kinds: [...new Set(choices.map(kindOf))], choices, tags };
  if (tags.length === 0) return given.fault("stream-name", "", "give names, globs or ARNs, or select by stream-tags");
  return kind === null ? null : { kinds: kind === void 0 ? KINDS : [kind], choices, tags };
}
function kindOf(choice) {
  return choice.by === "name" ? choice.stream.kind : choice.kind;
}
function readChoices(given, kind, region) {
  const entries = [...new Set(given.entries("stream-name"))];
  if (kind === void 0 && !entries.every(isArn)) {
    given.fault("stream-kind", "", "give kinesis or firehose, or the ARN of each stream as stream-name");
  }
  const choices = entries.map((entry) => isArn(entry) ? readArn(given, entry, kind, region) : readName(given, entry, kind)).filter((choice) => choice !== null);
  return choices.length === entries.length ? choices : null;
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
function readName(given, entry, kind) {
  if (WILDCARD.test(entry)) {
    if (!GLOB.test(entry)) {
      return given.fault("stream-name", entry, 'a glob has "*" and "?" besides letters, digits, "_", "." and "-"');
    }
    return kind ? { by: "glob", kind, glob: entry } : null;
  }
  const rule = kind ?? "kinesis";
  if (!STREAM_NAMES[rule].test(entry)) return given.fault("stream-name", entry, NAME_RULES[rule]);
  return kind ? { by: "name", stream: { kind, name: entry, arn: null } } : null;
}
function readArn(given, arn, kindGiven, region) {
  const fault = (wayOut) => given.fault("stream-name", arn, wayOut);
  if (WILDCARD.test(arn)) return fault("an ARN names one stream: give a glob by the name alone, with stream-kind");
  const read = readStreamArn(arn);
  if (read === null) return fault("this is not the ARN of a data stream or a delivery stream");
  if (region !== null && read.region !== region) {
    fault(`this is not in the region of the run, ${region}: set region, or use a step of its own`);
  }
  const { stream } = read;
  if (kindGiven && kindGiven !== stream.kind) {
    return fault(`this is a ${stream.kind} stream, but stream-kind says ${kindGiven}`);
  }
  return { by: "name", stream };
}
function readTags(given) {
  const tags = /* @__PURE__ */ new Map();
  let sound = true;
  for (const line of given.lines("stream-tags")) {
    const [key, value] = tagIn(line);
    const wayOut = whyNoTag(key, value, tags.get(key));
    if (wayOut === null) {
      tags.set(key, value);
    } else {
      given.fault("stream-tags", line, wayOut);
      sound = false;
    }
  }
  return sound ? [...tags].map(([key, value]) => ({ key, value })) : null;
}
function tagIn(line) {
  const end = Math.max(line.indexOf("="), 0);
  return [line.slice(0, end).trim(), line.slice(end + 1).trim() || null];
}
function whyNoTag(key, value, earlier) {
  if (key === "") return "write key=value, or key= for any value";
  if (earlier === void 0 || earlier === value) return null;
  return "a stream has one value of a tag, and a line above asks for another: leave out one of the two";
}

// src/inputs.ts
var BadInputs = class extends Error {
  faults;
  /** That they are bad is told there, too. */
  reporting;
  constructor(faults, reporting) {
    super(faults.join("\n"));
    this.name = "BadInputs";
    this.faults = faults;
    this.reporting = reporting;
  }
};
async function readInputs({ input: input2, env: env2, profileRegion: profileRegion2 }) {
  const given = new GivenInputs(input2);
  const region = await readRegion(given, env2, profileRegion2);
  const kind = readKind(given);
  const selection = readSelection(given, kind, region);
  const mode = readMode(given);
  const around = { region, mode, kinds: selection?.kinds ?? (kind ? [kind] : []) };
  const asked = readAskedKey(given, around);
  const from = readOldKeys(given, asked, around);
  const wait = readBoolean(given, "wait");
  const times = readTimes(given);
  const verifyRecords = readBoolean(given, "verify-records");
  if (verifyRecords && wait === false) {
    given.fault("verify-records", "true", "it needs the end of the change, so it cannot go with wait: false");
  }
  const reporting = { path: readReportPath(given), issueToken: readIssueToken(given) };
  if (given.faults.length === 0 && region !== null && selection !== null && mode !== null && asked !== null && wait !== null && times !== null && verifyRecords !== null) {
    return { request: { region, selection, mode, asked, from, wait, ...times, verifyRecords }, reporting };
  }
  throw new BadInputs(given.faults, reporting);
}
async function readRegion(given, env2, profileRegion2) {
  const region = given.text("region") || env2.AWS_REGION?.trim() || env2.AWS_DEFAULT_REGION?.trim() || await profileRegion2().catch(() => "");
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) return region;
  return given.fault(
    "region",
    region,
    "give a region such as eu-central-1, or set AWS_REGION, as aws-actions/configure-aws-credentials does"
  );
}
function readMode(given) {
  const text = given.text("mode");
  return MODES.find((mode) => mode === text) ?? given.fault("mode", text, `allowed are ${MODES.join(", ")}`);
}
function readBoolean(given, name) {
  const text = given.text(name);
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  return given.fault(name, text, "allowed are true, false");
}
function readTimes(given) {
  const timeout = readSeconds(given, "timeout-seconds", 1, 86400);
  const settle2 = readSeconds(given, "settle-seconds", 0, 60);
  if (timeout === null || settle2 === null) return null;
  if (settle2 < timeout) return { timeoutMs: timeout * 1e3, settleMs: settle2 * 1e3 };
  return given.fault(
    "settle-seconds",
    given.text("settle-seconds"),
    `it counts inside timeout-seconds (${timeout}) and must be less; give a smaller one, or 0 (left out, it is 5)`
  );
}
function readSeconds(given, name, least, most) {
  const text = given.text(name);
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= least && seconds <= most) return seconds;
  return given.fault(name, text, `give a decimal number of seconds from ${least} to ${most}`);
}
function readReportPath(given) {
  const path = given.text("report-path");
  if (path.endsWith("/")) return given.fault("report-path", path, "this is a folder: give the path of a file in it");
  return path || null;
}
function readIssueToken(given) {
  const token = given.text("github-token");
  if (readBoolean(given, "report-issue") !== true) return null;
  if (token === "") return given.fault("github-token", "", "report-issue needs it: give github.token");
  return token;
}

// src/memory.ts
import { setFlagsFromString } from "node:v8";
var MANY = 100;
function keepMemorySmall(streams) {
  if (streams >= MANY) setFlagsFromString("--semi-space-growth-factor=1");
}

// src/report.ts
import { mkdir, writeFile as writeFile2 } from "node:fs/promises";
import { dirname } from "node:path";
function reportOf(run2) {
  const { request, startedAt, endedAt, durationSeconds, runEnded, faults, ended } = run2;
  const tally = tallyOf(
    ended.map(({ result }) => result),
    runEnded
  );
  return {
    version: 1,
    request: request === null ? null : requestInWords(request),
    region: request?.region ?? null,
    mode: request?.mode ?? null,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    durationSeconds: Math.round(durationSeconds * 1e3) / 1e3,
    ...tally,
    faults,
    streams: ended.map(streamReport)
  };
}
async function writeReport(path, report2) {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile2(path, `${JSON.stringify(report2, wellFormed, 2)}
`);
  } catch (cause) {
    throw new Error(`The report was not written, as report-path is "${path}": ${thrownInWords(cause)}`, { cause });
  }
}
function wellFormed(_field, value) {
  return typeof value === "string" ? value.toWellFormed() : value;
}
function streamReport(one) {
  const { result, endedAt } = one;
  return {
    ...fieldsOf(result),
    named: result.named,
    changedToKeyType: result.changedTo?.type ?? null,
    changedToKeyId: idOf(result.changedTo),
    endedAt: endedAt.toISOString(),
    oldKeyNeededUntil: oldKeyNeed(one)?.until.toISOString() ?? null,
    warnings: result.warnings
  };
}

// src/main.ts
var { env } = process;
async function run() {
  const startedAt = /* @__PURE__ */ new Date();
  const beganMs = performance.now();
  const cancelled = cancellation(process);
  let request = null;
  let reporting = { path: null, issueToken: null };
  let ended = [];
  let runEnded = null;
  let faults = [];
  try {
    ({ request, reporting } = await readInputs({ input, env, profileRegion }));
    info2(requestInWords(request));
    ended = await carryOut(request, cancelled);
  } catch (cause) {
    if (cause instanceof BadInputs) reporting = cause.reporting;
    runEnded = outcomeOf(cause);
    faults = faultsOf(cause);
  }
  const durationSeconds = (performance.now() - beganMs) / 1e3;
  await tell(
    { request, startedAt, endedAt: /* @__PURE__ */ new Date(), durationSeconds, runEnded, faults, ended },
    reporting,
    cancelled
  ).catch((cause) => {
    process.exitCode = 1;
    error2("Stream encryption", `How the run ended could not be told: ${cause}`);
  });
}
async function carryOut(request, cancelled) {
  const aws = await openAws({ region: request.region, env, clock: systemClock, debug: debug2 });
  try {
    const fleet = await choose2(request, aws, cancelled);
    keepMemorySmall(fleet.length);
    const carryOutOne = request.mode === "check" ? check : secure;
    const tools = {
      serviceOf: aws.streams,
      keys: new KeyBook(aws.keys),
      clock: systemClock,
      random: Math.random,
      cancelled,
      onProgress: (progress) => info2(progressInWords(progress))
    };
    return await runFleet(fleet, tools, async (chosen, its) => {
      const lines = [];
      const log = fleet.length === 1 ? info2 : (line) => lines.push(line);
      const result = await carryOutOne({ ...request, ...chosen }, { ...its, log });
      if (fleet.length > 1) group(endInWords(result), lines);
      else if (endedWell(result)) info2(endInWords(result));
      return { result, endedAt: /* @__PURE__ */ new Date() };
    });
  } finally {
    aws.close();
  }
}
async function choose2({ selection, region, timeoutMs }, aws, cancelled) {
  const deadline = startDeadline(systemClock, timeoutMs, cancelled);
  try {
    return await select(selection, {
      region,
      directory: aws.directory,
      look: async (stream, signal) => (await aws.streams(stream.kind)).look(stream, signal),
      clock: systemClock,
      random: Math.random,
      log: info2,
      signal: deadline.signal
    });
  } finally {
    deadline.stop();
  }
}
function endInWords({ kind, name, outcome, message }) {
  return `${kind} ${name}: ${outcome}: ${message}`;
}
function outcomeOf(cause) {
  if (cause instanceof Cancelled) return "cancelled";
  return cause instanceof TimedOut ? "timed-out" : "failed";
}
function faultsOf(cause) {
  if (cause instanceof BadInputs) return cause.faults;
  if (cause instanceof Cancelled) return ["The run was cancelled before its streams were known. No change was sent"];
  if (cause instanceof TimedOut) {
    const trouble = cause.message === "" ? "" : `; the last call failed: ${cause.message}`;
    return [`The streams were not found within timeout-seconds${trouble}. No change was sent`];
  }
  return [thrownInWords(cause)];
}
async function tell(run2, reporting, cancelled) {
  const results = run2.ended.map(({ result }) => result);
  const faults = [...run2.faults];
  try {
    setOutputs(outputsOf(results, run2.durationSeconds, run2.runEnded));
  } catch (cause) {
    faults.push(`The outputs were not written: ${cause}`);
  }
  const reportPath = await writtenReport({ ...run2, faults }, reporting.path).catch((cause) => {
    faults.push(...faultsOf(cause));
    return null;
  });
  const annotations = [];
  if (faults.length > 0) annotations.push({ level: "error", title: "Stream encryption", lines: faults });
  const summary2 = summaryOfRun({ ...run2, faults }, reportPath);
  await writeSummary(summary2, env).catch((cause) => {
    annotations.push({ level: "warning", title: "Job summary", lines: [`The summary was not written: ${cause}`] });
  });
  const told = annotationsFor(annotations, results);
  annotate(told);
  for (const line of aftercare(run2.ended)) info2(line);
  const failed2 = faults.length > 0 || !results.every(endedWell);
  if (failed2) process.exitCode = 1;
  if (reporting.issueToken === null) return;
  const warn = (message) => told.shown.length < MOST_ANNOTATIONS ? warning2("Tracking issue", message) : info2(`warning: Tracking issue: ${message}`);
  await track(failed2, summary2, reporting.issueToken, cancelled, warn);
}
function summaryOfRun({ request, ended, runEnded, faults }, reportPath) {
  const rows = ended.map((one) => ({ ...one, consoleUrl: consoleUrl(one.result) }));
  return { request: request && requestInWords(request), rows, runEnded, faults, reportPath };
}
function track(failed2, summary2, token, signal, warn) {
  return trackIssue({ failed: failed2, summary: (most) => summaryOf(summary2, env, most), env, token, signal, info: info2, warn });
}
async function writtenReport(run2, path) {
  if (path !== null) await writeReport(path, reportOf(run2));
  return path;
}

// src/index.ts
await run();
setTimeout(() => process.exit(), 500).unref();
