/** `npm run local-aws`: serves a local AWS with the keys and streams of its options until the process is stopped. */

import { arn } from './account.ts';
import type { FirehoseSource } from './delivery-stream.ts';
import {
  AWS_OWNED,
  DEFAULT_PORT,
  DEFAULT_REGION,
  HELP,
  InvalidOption,
  readServeOptions,
  type ServeOptions,
  type SourceOption,
  type StreamOption
} from './serve-options.ts';
import { type LocalAws, startLocalAws } from './server.ts';

async function main(): Promise<void> {
  const options = readServeOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const aws = await start(options);
  createKeysAndStreams(aws, options);
  const keys = options.keys.map(({ alias }) => `  ${alias} is ${aws.kms.find(alias).arn}\n`).join('');
  process.stdout.write(`local AWS of ${options.region} at ${aws.endpoint}\n${keys}${formatUse(aws, options)}`);
}

/** Starts on the requested port; without one, on the default port, or on a free one if that is in use. */
async function start({ port, region, changeMs }: ServeOptions): Promise<LocalAws> {
  const startOn = (one: number) => startLocalAws({ port: one, region, changeMs, accountId: ACCOUNT_ID });
  try {
    return await startOn(port ?? DEFAULT_PORT);
  } catch (error) {
    if (!isInUse(error)) throw error;
    if (port === null) return startOn(0);
    throw new InvalidOption(`--port ${port}: another process uses this port. Choose another one, or 0 for a free one`);
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function createKeysAndStreams(aws: LocalAws, { keys, kinesis, firehose, region }: ServeOptions): void {
  for (const { alias, state } of keys) aws.kms.createAlias(alias, aws.kms.createKey({ state }));
  for (const stream of kinesis) {
    const { name, key } = stream;
    const keyId = key === AWS_OWNED ? 'alias/aws/kinesis' : key && aws.kms.find(key).arn;
    aws.kinesis.create({ name, ...tagsOf(stream), ...(keyId !== null && { keyId }) });
  }
  for (const stream of firehose) {
    const { name, key, source } = stream;
    const keyArn = key === null || key === AWS_OWNED ? key : aws.kms.find(key).arn;
    aws.firehose.create({
      name,
      ...tagsOf(stream),
      ...(keyArn !== null && { key: keyArn }),
      ...(source !== null && { source: toSource(aws, source, region) })
    });
  }
}

function toSource(aws: LocalAws, source: SourceOption, region: string): FirehoseSource {
  switch (source.type) {
    case 'kinesis':
      return { dataStreamArn: aws.kinesis.get(source.name).arn };
    case 'msk':
      return { mskClusterArn: arn('kafka', region, ACCOUNT_ID, `cluster/events/${CLUSTER_ID}`) };
    case 'database':
      return { databaseEndpoint: `orders.${region}.rds.amazonaws.com` };
  }
}

const ACCOUNT_ID = '111122223333';
const CLUSTER_ID = '1234abcd-12ab-34cd-56ef-1234567890ab-1';

/** AWS distinguishes a stream without tags from one that never had any. */
function tagsOf({ tags }: StreamOption): Pick<StreamOption, 'tags'> | undefined {
  return Object.keys(tags).length === 0 ? undefined : { tags };
}

/** How to run the action and other programs against it. */
function formatUse({ endpoint, port }: LocalAws, { region }: ServeOptions): string {
  const options = [
    ...(port === DEFAULT_PORT ? [] : [`--endpoint ${endpoint}`]),
    ...(region === DEFAULT_REGION ? [] : [`--region ${region}`])
  ];
  return `
To run the action against it, in another terminal:

  npm run step -- ${[...options, '--stream-kind kinesis --stream-name "*" --mode check --key-type any'].join(' ')}

To use it with the AWS CLI and other programs, set:

  AWS_ENDPOINT_URL=${endpoint}
  AWS_REGION=${region}
  AWS_ACCESS_KEY_ID=local
  AWS_SECRET_ACCESS_KEY=local

Stop it with Ctrl-C.
`;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof InvalidOption)) throw error;
  process.stderr.write(`${error.message}. See npm run local-aws -- --help\n`);
  process.exitCode = 2;
}
