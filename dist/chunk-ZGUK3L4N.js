import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
import {
  homeOf
} from "./chunk-7ZGNEHPF.js";

// src/encryption/stream-names.ts
var STREAM_NAMES = {
  kinesis: /^[a-zA-Z0-9_.-]{1,128}$/,
  firehose: /^[a-zA-Z0-9_.-]{1,64}$/
};
var ARN = /^arn:aws[a-z-]*:(?:(kinesis):[a-z0-9-]+:\d{12}:stream|(firehose):[a-z0-9-]+:\d{12}:deliverystream)\/(.*)$/;
function readStreamArn(arn) {
  const [, kinesis, firehose, name = ""] = ARN.exec(arn) ?? [];
  const kind = kinesis ? "kinesis" : firehose ? "firehose" : null;
  if (kind === null || !STREAM_NAMES[kind].test(name)) return null;
  return { stream: { kind, name, arn }, region: homeOf(arn).region };
}

export {
  STREAM_NAMES,
  readStreamArn
};
