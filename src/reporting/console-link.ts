/** Links to the AWS console. */

import { arnScope, partitionOf } from '../encryption/arn.ts';
import type { Result } from '../encryption/model.ts';

/** The console's domain in each partition where it is known. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com']
]);

/** The URL of the stream's page in the AWS console of its partition; null where the console is not known. */
export function consoleUrl(stream: Pick<Result, 'kind' | 'name' | 'arn' | 'region'>): string | null {
  const host = HOSTS.get(partitionOf(stream.region, arnScope(stream.arn ?? '').partition || 'aws'));
  if (host === undefined) return null;
  const region = encodeURIComponent(stream.region);
  // AWS allows no lone surrogate in a name, but an endpoint may return one, and encodeURIComponent throws on it.
  const name = encodeURIComponent(stream.name.toWellFormed());
  const page = stream.kind === 'kinesis' ? `#/streams/details/${name}` : `#/details/${name}`;
  return `https://${region}.${host}/${stream.kind}/home?region=${region}${page}/monitoring`;
}
