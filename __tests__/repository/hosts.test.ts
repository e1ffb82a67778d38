import { expect, jest, test } from '@jest/globals';
import { connect } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { kmsKeys } from '../../src/aws/kms.ts';
import { taggedStreams } from '../../src/aws/tagging.ts';
import { systemClock } from '../../src/clock.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { firstColumn, section } from '../support/readme.ts';

/** The hosts for the step that gets the credentials. */
const CREDENTIAL_HOSTS = ['sts.REGION.amazonaws.com', '*.actions.githubusercontent.com'];

/** The hosts for the download of the action and for the tracking issue. */
const GITHUB_HOSTS = ['api.github.com', 'codeload.github.com'];

test('the README lists every host that the action, the credentials step and the runner connect to', async () => {
  process.env.AWS_ACCESS_KEY_ID = 'nobody';
  process.env.AWS_SECRET_ACCESS_KEY = 'none';
  delete process.env.AWS_ENDPOINT_URL;
  const connection = connect({ region: REGION, env: {}, clock: systemClock, debug: () => undefined });
  const hosts = new Set<string>();
  jest.spyOn(connection.config.requestHandler, 'handle').mockImplementation(({ hostname }) => {
    hosts.add(hostname);
    return Promise.reject(new Error('The test blocks requests'));
  });
  const { signal } = new AbortController();
  const byName = (kind: 'kinesis' | 'firehose') => ({ kind, name: 'orders', arn: null });
  const byArn = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;
  const calls = [
    () => kinesisStreams(connection).describe(byName('kinesis'), signal),
    () => kinesisStreams(connection).describe(byArn, signal),
    () => kinesisStreams(connection).startEncryption(byArn, { type: null, id: 'alias/streams' }, signal, () => {}),
    () => kinesisStreams(connection).putRecord(byArn, signal),
    () => firehoseStreams(connection).describe(byName('firehose'), signal),
    () => kmsKeys(connection).describe('alias/streams', signal),
    () => taggedStreams(connection)(['kinesis'], [], null, signal)
  ];
  for (const call of calls) await expect(call()).rejects.toThrow('The test blocks requests');
  connection.close();

  const documented = firstColumn(section('Hosts that a locked-down runner must reach'));
  const called = [...hosts].map((host) => host.replace(REGION, 'REGION').replace(ACCOUNT, 'ACCOUNT'));
  expect(documented.toSorted()).toEqual([...called, ...CREDENTIAL_HOSTS, ...GITHUB_HOSTS].sort());
});
