import { expect, jest, test } from '@jest/globals';
import { connect } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { kmsKeys } from '../../src/aws/kms.ts';
import { taggedStreams } from '../../src/aws/tagging.ts';
import { systemClock } from '../../src/clock.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { firstColumn, section } from '../support/readme.ts';

/** Where the step that gets the credentials goes. */
const OF_OTHER_STEPS = ['sts.REGION.amazonaws.com', '*.actions.githubusercontent.com'];

/** From where the runner fetches the action, and where the tracking issue is. */
const OF_GITHUB = ['api.github.com', 'codeload.github.com'];

test('the README tells the hosts that the calls go to, and those of steps around them', async () => {
  process.env.AWS_ACCESS_KEY_ID = 'nobody';
  process.env.AWS_SECRET_ACCESS_KEY = 'none';
  delete process.env.AWS_ENDPOINT_URL;
  const connection = connect({ region: REGION, env: {}, clock: systemClock, debug: () => undefined });
  const hosts = new Set<string>();
  jest.spyOn(connection.config.requestHandler, 'handle').mockImplementation(({ hostname }) => {
    hosts.add(hostname);
    return Promise.reject(new Error('This host is not to be reached'));
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
  for (const call of calls) await expect(call()).rejects.toThrow('This host is not to be reached');
  connection.close();

  const told = firstColumn(section('Hosts that a locked-down runner must reach'));
  const reached = [...hosts].map((host) => host.replace(REGION, 'REGION').replace(ACCOUNT, 'ACCOUNT'));
  expect(told.toSorted()).toEqual([...reached, ...OF_OTHER_STEPS, ...OF_GITHUB].sort());
});
