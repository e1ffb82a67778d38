import { expect, jest, test } from '@jest/globals';
import { type Connection, connect } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { kmsKeys } from '../../src/aws/kms.ts';
import { taggedStreams } from '../../src/aws/tagging.ts';
import { systemClock } from '../../src/encryption/deadline.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { firstColumn, section } from '../support/documents.ts';

/** The hosts of calls, which are not sent. */
async function hostsOf(...calls: readonly ((connection: Connection) => Promise<unknown>)[]) {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'none' });
  delete process.env.AWS_ENDPOINT_URL;
  const connection = connect({ region: REGION, env: {}, clock: systemClock, debug: () => undefined });
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

test('the documentation lists every host that the action, the credentials step and the runner connect to', async () => {
  const called = await hostsOf(
    (connection) => kinesisStreams(connection).describe(ORDERS, signal),
    (connection) => kinesisStreams(connection).describe(BY_ARN, signal),
    (connection) => kinesisStreams(connection).putRecord(BY_ARN, signal),
    (connection) => firehoseStreams(connection).describe({ ...ORDERS, kind: 'firehose' }, signal),
    (connection) => kmsKeys(connection).describe('alias/streams', signal),
    (connection) => taggedStreams(connection)(['kinesis'], [], null, signal)
  );
  const credentials = ['sts.REGION.amazonaws.com', '*.actions.githubusercontent.com'];
  const github = ['api.github.com', 'codeload.github.com'];
  const documented = firstColumn(section('docs/network.md', 'Hosts').split('\n### ', 1).join(''));
  const general = called.map((host) => host.replace(REGION, 'REGION').replace(ACCOUNT, 'ACCOUNT'));
  expect(documented.toSorted()).toEqual([...general, ...credentials, ...github].sort());
});
