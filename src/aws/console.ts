import type { StreamKind } from '../encryption/model.ts';

const HOSTS: ReadonlyMap<string, string> = new Map([
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com']
]);

/** The stream's page in the AWS console of its partition. */
export function consoleUrl(stream: { kind: StreamKind; name: string; arn: string | null; region: string }): string {
  const partition = stream.arn?.split(':')[1] ?? 'aws';
  const region = encodeURIComponent(stream.region);
  // No name is half a character, but what an endpoint lists may be, and of that no URL can be made.
  const name = encodeURIComponent(stream.name.toWellFormed());
  const page = stream.kind === 'kinesis' ? `#/streams/details/${name}` : `#/details/${name}`;
  return `https://${region}.${HOSTS.get(partition) ?? 'console.aws.amazon.com'}/${stream.kind}/home?region=${region}${page}/monitoring`;
}
