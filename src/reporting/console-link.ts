/** Links to the AWS console. */

import { arnScope } from '../encryption/arn.ts';
import type { Result } from '../encryption/model.ts';

/** The console's domain in each partition where it is known. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com']
]);

/** The partitions of regions outside of `aws`, by the beginning of the region. */
const PARTITIONS: readonly (readonly [prefix: RegExp, partition: string])[] = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^(us|eu)-iso/, 'aws-iso'],
  [/^eusc-/, 'aws-eusc']
];

/** The URL of the stream's page in the AWS console of its partition; null where the console is not known. */
export function consoleUrl(stream: Pick<Result, 'kind' | 'name' | 'arn' | 'region'>): string | null {
  const host = HOSTS.get(partitionOf(stream));
  if (host === undefined) return null;
  const region = encodeURIComponent(stream.region);
  // AWS allows no lone surrogate in a name, but an endpoint may return one, and encodeURIComponent throws on it.
  const name = encodeURIComponent(stream.name.toWellFormed());
  const page = stream.kind === 'kinesis' ? `#/streams/details/${name}` : `#/details/${name}`;
  return `https://${region}.${host}/${stream.kind}/home?region=${region}${page}/monitoring`;
}

/** Firehose in GovCloud has been seen to return ARNs of the partition `aws`, so that one does not outrank the region. */
function partitionOf({ arn, region }: Pick<Result, 'arn' | 'region'>): string {
  const { partition } = arnScope(arn ?? '');
  if (partition !== '' && partition !== 'aws') return partition;
  return PARTITIONS.find(([prefix]) => prefix.test(region))?.[1] ?? 'aws';
}
