/** Amazon Resource Names, and the stream names that AWS allows in them. */

import type { StreamKind, StreamRef } from './model.ts';

/** The parts of an ARN that say where a resource is. */
export interface ArnScope {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** An ARN of a resource in a region of an account. */
export interface Arn extends ArnScope {
  readonly service: string;
  /** What follows the account id, such as `stream/orders`. */
  readonly resource: string;
}

const ARN = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]+):(\d{12}):(.+)$/;

/** Whether the text begins as an ARN of any resource. */
export function isArn(text: string): boolean {
  return text.startsWith('arn:');
}

/** Parses an ARN; null if the text is not the ARN of a resource in a region of an account. */
export function parseArn(text: string): Arn | null {
  const [, partition, service, region, accountId, resource] = ARN.exec(text) ?? [];
  if (!partition || !service || !region || !accountId || !resource) return null;
  return { partition, service, region, accountId, resource };
}

/**
 * The scope of an ARN that a service returned, with the partition of its region: Firehose in GovCloud has been seen to report
 * ARNs that begin with `arn:aws:`. Missing parts are empty.
 */
export function arnScope(arn: string): ArnScope {
  const [, partition = '', , region = '', accountId = ''] = arn.split(':');
  return { partition: partitionOf(region, partition), region, accountId };
}

/** An ARN without its partition, to compare it: Firehose in GovCloud has been seen to answer with that of other regions. */
export function withoutPartition(arn: string): string {
  return arn.replace(/^arn:[^:]*:/, '');
}

/** Whether two ARNs name the same resource. A partition that differs alone is no difference. */
export function isSameResource(one: string, other: string): boolean {
  return withoutPartition(one) === withoutPartition(other);
}

/** The ARN of a KMS resource, `key/…` or `alias/…`, in this scope. */
export function kmsArn({ partition, region, accountId }: ArnScope, resource: string): string {
  return `arn:${partition}:kms:${region}:${accountId}:${resource}`;
}

/** Regions outside of the partition `aws` by their prefix. Source: botocore, `partitions.json`. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f']
];

/** The partition of a region; `otherwise` if the region is in the partition `aws`, or in one that is not known. */
export function partitionOf(region: string, otherwise: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? otherwise;
}

/** The ARN with the partition of its region. Any other text is returned unchanged. */
export function withRegionPartition(arn: string): string {
  return arn.replace(/^arn:[^:]*:/, `arn:${arnScope(arn).partition}:`);
}

/** The names that AWS allows. Sources: Kinesis API, `StreamName`; Firehose API, `DeliveryStreamName`. */
export const STREAM_NAMES: Readonly<Record<StreamKind, RegExp>> = {
  kinesis: /^[a-zA-Z0-9_.-]{1,128}$/,
  firehose: /^[a-zA-Z0-9_.-]{1,64}$/
};

const RESOURCE_PREFIXES: Readonly<Record<StreamKind, string>> = { kinesis: 'stream/', firehose: 'deliverystream/' };

/** The stream that an ARN names, and its region; null for the ARN of anything else, such as a stream's consumer. */
export function parseStreamArn(arn: string): { readonly stream: StreamRef; readonly region: string } | null {
  const parsed = parseArn(arn);
  if (parsed === null) return null;
  const { service: kind, resource, region } = parsed;
  if (kind !== 'kinesis' && kind !== 'firehose') return null;
  const prefix = RESOURCE_PREFIXES[kind];
  const name = resource.slice(prefix.length);
  if (!resource.startsWith(prefix) || !STREAM_NAMES[kind].test(name)) return null;
  return { stream: { kind, name, arn }, region };
}

/** What begins as the ARN of a stream. A consumer of a data stream is another resource. */
const BEGINS_AS_STREAM =
  /^arn:[^:]*:(kinesis:[^:]*:[^:]*:stream|firehose:[^:]*:[^:]*:deliverystream)\/(?!.*\/consumer\/)/i;

/** Whether the text was meant to be the ARN of a stream, even if it is not a valid one. */
export function isMeantAsStreamArn(text: string): boolean {
  return BEGINS_AS_STREAM.test(text);
}
