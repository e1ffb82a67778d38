import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { connect } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { kmsKeys } from '../../src/aws/kms.ts';
import { taggedStreams } from '../../src/aws/tagging.ts';
import { systemClock } from '../../src/clock.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';
import { firstColumn, section } from '../support/documents.ts';

/** The hosts for the step that gets the credentials. */
const CREDENTIAL_HOSTS = ['sts.REGION.amazonaws.com', '*.actions.githubusercontent.com'];

/** The hosts for the download of the action and for the tracking issue. */
const GITHUB_HOSTS = ['api.github.com', 'codeload.github.com'];

beforeEach(() => {
  process.env.AWS_ACCESS_KEY_ID = 'nobody';
  process.env.AWS_SECRET_ACCESS_KEY = 'none';
  delete process.env.AWS_ENDPOINT_URL;
});

/** The host of a call in this region, which is not sent. */
async function hostOfFirehose(region: string): Promise<string> {
  const connection = connect({ region, env: {}, clock: systemClock, debug: () => undefined });
  let host = '';
  jest.spyOn(connection.config.requestHandler, 'handle').mockImplementation(({ hostname }) => {
    host = hostname;
    return Promise.reject(new Error('The test blocks requests'));
  });
  const stream = { kind: 'firehose', name: 'orders', arn: null } as const;
  const call = firehoseStreams(connection).describe(stream, new AbortController().signal);
  await expect(call).rejects.toThrow('The test blocks requests');
  connection.close();
  return host;
}

test('the documentation lists every host that the action, the credentials step and the runner connect to', async () => {
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

  const documented = firstColumn(section('docs/network.md', 'Hosts').split('\n### ', 1).join(''));
  const called = [...hosts].map((host) => host.replace(REGION, 'REGION').replace(ACCOUNT, 'ACCOUNT'));
  expect(documented.toSorted()).toEqual([...called, ...CREDENTIAL_HOSTS, ...GITHUB_HOSTS].sort());
});

/** A region for each row of the table of partitions. */
const REGIONS: Readonly<Record<string, string>> = {
  'all others': 'eu-central-1',
  'cn-…': 'cn-north-1',
  'us-gov-…': 'us-gov-west-1',
  'eusc-…': 'eusc-de-east-1',
  'us-iso-…': 'us-iso-east-1',
  'us-isob-…': 'us-isob-east-1',
  'eu-isoe-…': 'eu-isoe-west-1',
  'us-isof-…': 'us-isof-south-1'
};

const PARTITIONS = [
  ...section('docs/network.md', 'Partitions').matchAll(/^\| (?!regions|-)(.+) \| `(.+)` \| `(.+)` \|$/gm)
].map(([, regions = '', plain = '', dualStack = '']) => [regions.replaceAll('`', ''), plain, dualStack] as const);

afterEach(() => {
  delete process.env.AWS_USE_DUALSTACK_ENDPOINT;
});

test('the table of partitions has all of them', () => {
  expect(PARTITIONS.map(([regions]) => regions)).toEqual(Object.keys(REGIONS));
});

test.each(PARTITIONS)(
  'the hosts of the regions %s end in %s, and with dual-stack in %s',
  async (regions, plain, dualStack) => {
    const region = REGIONS[regions] ?? '';
    expect(await hostOfFirehose(region)).toBe(`firehose.${region}.${plain}`);
    process.env.AWS_USE_DUALSTACK_ENDPOINT = 'true';
    expect(await hostOfFirehose(region)).toBe(`firehose.${region}.${dualStack}`);
  }
);
