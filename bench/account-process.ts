/** The process of an account: sends its address once, then its statistics in answer to each message. */

import { type RequestRecord, startLocalAws } from '../local-aws/server.ts';
import { type AccountAddress, type AccountOptions, type AccountStats, NEIGHBOUR, streamNames } from './account.ts';

const THROTTLED: ReadonlySet<string | undefined> = new Set(['LimitExceededException', 'ThrottlingException']);

const options: AccountOptions = JSON.parse(process.argv[2] ?? '');
const { kind, size, sources, changeMs, speed } = options;
const aws = await startLocalAws({ limitsRates: true, changeMs, speed });
const key = aws.kms.createKey().arn;
const dataStreams = Array.from({ length: sources }, (_, index) =>
  aws.kinesis.create({ name: `source-${index}`, keyId: key })
);
for (const [index, name] of streamNames(size).entries()) {
  const source = dataStreams[index % sources];
  if (source !== undefined) aws.firehose.create({ name, source: { dataStreamArn: source.arn } });
  else if (kind === 'kinesis') aws.kinesis.create({ name, ...(options.encrypted && { keyId: key }) });
  else aws.firehose.create({ name, ...(options.encrypted && { key: 'aws-owned' }) });
}

process.on('message', () => process.send?.(stats()));
process.on('disconnect', () => process.exit());
const address: AccountAddress = { endpoint: aws.endpoint, key };
process.send?.(address);

function stats(): AccountStats {
  const byCaller = Map.groupBy(aws.requests, ({ userAgent }) => (userAgent === NEIGHBOUR ? 'neighbour' : 'own'));
  const { own = [], neighbour = [] } = Object.fromEntries(byCaller);
  const byOperation = Map.groupBy(own, ({ operation }) => operation);
  const starts = own.filter(({ operation, accepted }) => operation.startsWith('Start') && accepted);
  return {
    requests: Object.fromEntries([...byOperation].map(([operation, requests]) => [operation, requests.length])),
    throttles: countThrottles(own),
    neighbour: { requests: neighbour.length, throttles: countThrottles(neighbour) },
    starts: starts.length,
    startsMs: (starts.at(-1)?.at ?? 0) - (starts[0]?.at ?? 0),
    encrypted: streamNames(size).filter(isEncrypted).length
  };
}

function isEncrypted(name: string): boolean {
  if (kind === 'firehose') {
    const stream = aws.firehose.get(name);
    if (stream.source !== undefined) return dataStreams.every(({ keyId }) => keyId === key);
    return stream.key === 'aws-owned' && stream.change === undefined;
  }
  const { keyId, status } = aws.kinesis.get(name);
  return keyId === key && status === 'ACTIVE';
}

function countThrottles(requests: readonly RequestRecord[]): number {
  return requests.filter(({ errorCode }) => THROTTLED.has(errorCode)).length;
}
