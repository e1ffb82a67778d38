import { expect, jest, test } from '@jest/globals';
import { type Connection, connect } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { kmsKeys } from '../../src/aws/kms.ts';
import { taggedStreams } from '../../src/aws/tagging.ts';
import { systemClock } from '../../src/encryption/deadline.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { firstColumn, section } from '../support/documents.ts';

/** The hosts of calls in this region, which are not sent. */
async function hostsOf(region: string, ...calls: readonly ((connection: Connection) => Promise<unknown>)[]) {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'none' });
  delete process.env.AWS_ENDPOINT_URL;
  const connection = connect({ region, env: {}, clock: systemClock, debug: () => undefined });
  const hosts = new Set<string>();
  jest.spyOn(connection.config.requestHandler, 'handle').mockImplementation(({ hostname }) => {
    hosts.add(hostname);
    return Promise.reject(new Error('The test blocks requests'));
  });
  for (const call of calls) await expect(call(connection)).rejects.toThrow('The test blocks requests');
  connection.close();
  return [...hosts];
}

const { signal } = new AbortController();
const ORDERS = { kind: 'kinesis', name: 'orders', arn: null } as const;
const BY_ARN = { ...ORDERS, arn: STREAM_ARN.kinesis };
const describeFirehose = (connection: Connection) =>
  firehoseStreams(connection).describe({ ...ORDERS, kind: 'firehose' }, signal);

test('the documentation lists every host that the action, the credentials step and the runner connect to', async () => {
  const called = await hostsOf(
    REGION,
    (connection) => kinesisStreams(connection).describe(ORDERS, signal),
    (connection) => kinesisStreams(connection).describe(BY_ARN, signal),
    (connection) => kinesisStreams(connection).putRecord(BY_ARN, signal),
    describeFirehose,
    (connection) => kmsKeys(connection).describe('alias/streams', signal),
    (connection) => taggedStreams(connection)(['kinesis'], [], null, signal)
  );
  const credentials = ['sts.REGION.amazonaws.com', '*.actions.githubusercontent.com'];
  const github = ['api.github.com', 'codeload.github.com'];
  const documented = firstColumn(section('docs/network.md', 'Hosts').split('\n### ', 1).join(''));
  const general = called.map((host) => host.replace(REGION, 'REGION').replace(ACCOUNT, 'ACCOUNT'));
  expect(documented.toSorted()).toEqual([...general, ...credentials, ...github].sort());
});

test('the table of partitions has all of them, with the ends of their hosts, also with dual-stack', async () => {
  const partitions = ['eu-central-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'];
  const isolated = ['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'];
  const table = section('docs/network.md', 'Partitions');
  const ends = [...table.matchAll(/^\| (?!regions|-).+ \| `(.+)` \| `(.+)` \|$/gm)].map(([, ...row]) => row);
  const called: string[][] = [];
  for (const region of [...partitions, ...isolated]) {
    const hosts: string[] = [];
    for (const isDualStack of ['false', 'true']) {
      process.env.AWS_USE_DUALSTACK_ENDPOINT = isDualStack;
      hosts.push(...(await hostsOf(region, describeFirehose)));
    }
    called.push(hosts.map((host) => host.replace(`firehose.${region}.`, '')));
  }
  expect(ends).toEqual(called);
});
