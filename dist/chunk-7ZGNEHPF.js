import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);

// src/encryption/key-forms.ts
var KINESIS_AWS_ALIAS = "alias/aws/kinesis";
function homeOf(streamArn) {
  const [, partition = "", , region = "", accountId = ""] = streamArn.split(":");
  return { partition, region, accountId };
}
var ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|(alias\/[A-Za-z0-9/_-]+))$/;
var ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f-]{32,36})$/i;
var ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;
function keyForm(text) {
  const arn = ARN.exec(text);
  if (arn) return { form: arn[2] ? "alias-arn" : "arn", region: arn[1] ?? null, alias: arn[2] ?? null };
  if (ID.test(text)) return { form: "id", region: null, alias: null };
  if (ALIAS.test(text)) return { form: "alias", region: null, alias: text };
  return null;
}
function isAwsAlias(text) {
  return keyForm(text)?.alias?.startsWith("alias/aws/") ?? false;
}
function isKinesisAwsAlias(text, { partition, region, accountId }) {
  return text === KINESIS_AWS_ALIAS || text === `arn:${partition}:kms:${region}:${accountId}:${KINESIS_AWS_ALIAS}`;
}
function isCustomerAlias(text) {
  return keyForm(text)?.alias?.startsWith("alias/aws/") === false;
}
function certainArn(text, home) {
  const form = keyForm(text)?.form;
  if (form === "arn") return text;
  if (form === "id") return `arn:${home.partition}:kms:${home.region}:${home.accountId}:key/${text.toLowerCase()}`;
  return null;
}
function arnInHome(text, home) {
  const form = keyForm(text)?.form;
  if (form === "alias") return `arn:${home.partition}:kms:${home.region}:${home.accountId}:${text}`;
  return certainArn(text, home) ?? text;
}

export {
  KINESIS_AWS_ALIAS,
  homeOf,
  keyForm,
  isAwsAlias,
  isKinesisAwsAlias,
  isCustomerAlias,
  certainArn,
  arnInHome
};
