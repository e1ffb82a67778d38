/** Links to the AWS console. */

import { arnScope } from '../encryption/arn.ts';
import type { Result } from '../encryption/model.ts';

const HOSTS: ReadonlyMap<string, string> = new Map([
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com']
]);

/** The URL of the stream's page in the AWS console of its partition. */
export function consoleUrl(stream: Pick<Result, 'kind' | 'name' | 'arn' | 'region'>): string {
  const partition = arnScope(stream.arn ?? '').partition;
  const region = encodeURIComponent(stream.region);
  // AWS allows no lone surrogate in a name, but an endpoint may return one, and encodeURIComponent throws on it.
  const name = encodeURIComponent(stream.name.toWellFormed());
  const page = stream.kind === 'kinesis' ? `#/streams/details/${name}` : `#/details/${name}`;
  return `https://${region}.${HOSTS.get(partition) ?? 'console.aws.amazon.com'}/${stream.kind}/home?region=${region}${page}/monitoring`;
}
