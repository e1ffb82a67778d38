import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  kmsArn,
  parseArn
} from "./chunk-BIS7PCKP.js";

// src/encryption/model.ts
var KINDS = ["kinesis", "firehose"];
var MODES = ["encrypt", "plan", "check"];
var KINESIS_AWS_ALIAS = "alias/aws/kinesis";
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

// src/encryption/keys/key-id.ts
var KEY_RESOURCE = /^key\/[A-Za-z0-9-]+$/;
var ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f-]{32,36})$/i;
var ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;
function parseKeyId(text) {
  if (ID.test(text)) return { form: "id", region: null, alias: null };
  if (ALIAS.test(text)) return { form: "alias", region: null, alias: text };
  const arn = parseArn(text);
  if (arn?.service !== "kms") return null;
  const { region, resource } = arn;
  if (ALIAS.test(resource)) return { form: "alias-arn", region, alias: resource };
  return KEY_RESOURCE.test(resource) ? { form: "arn", region, alias: null } : null;
}
function isAwsAlias(text) {
  return parseKeyId(text)?.alias?.startsWith("alias/aws/") ?? false;
}
function isKinesisAwsAlias(text, scope) {
  return text === KINESIS_AWS_ALIAS || text === kmsArn(scope, KINESIS_AWS_ALIAS);
}
function isCustomerAlias(text) {
  return parseKeyId(text)?.alias?.startsWith("alias/aws/") === false;
}
function certainArn(text, scope) {
  const form = parseKeyId(text)?.form;
  if (form === "arn") return text;
  return form === "id" ? kmsArn(scope, `key/${text.toLowerCase()}`) : null;
}
function arnInScope(text, scope) {
  if (parseKeyId(text)?.form === "alias") return kmsArn(scope, text);
  return certainArn(text, scope) ?? text;
}

export {
  KINDS,
  MODES,
  KINESIS_AWS_ALIAS,
  OUTCOMES,
  PROVED,
  endedWell,
  parseKeyId,
  isAwsAlias,
  isKinesisAwsAlias,
  isCustomerAlias,
  certainArn,
  arnInScope
};
