import { FirehoseClient } from '@aws-sdk/client-firehose';
import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { CallOptions } from '../../src/aws/calls.ts';
import { connect } from '../../src/aws/connection.ts';
import { systemClock } from '../../src/clock.ts';
import { connectTo } from './local-connection.ts';

const CALL = { action: 'kinesis:DescribeStreamSummary', resource: 'the data stream orders', region: 'us-east-1' };

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
});
afterEach(() => aws.close());

/** Describes the stream with these options. Returns the requests that arrived, and the events of the call in their order. */
async function describeStream(options: Pick<CallOptions, 'isSentOnce'> = {}) {
  const events: string[] = [];
  const connection = connectTo(aws);
  const client = new KinesisClient({
    ...connection.config,
    credentials: async () => {
      events.push('credentials');
      return { accessKeyId: 'local', secretAccessKey: 'local' };
    }
  });
  const callOptions = {
    ...options,
    signal: new AbortController().signal,
    onReady: () => events.push('ready'),
    onSend: () => events.push('send')
  };
  const answer = connection.call(CALL, callOptions, (attach, sendOptions) =>
    client.send(attach(new DescribeStreamSummaryCommand({ StreamName: 'orders' })), sendOptions)
  );
  const outcome = await answer.then(
    () => 'answered',
    (error: unknown) => error
  );
  connection.close();
  return { events, outcome, requests: aws.requests.length };
}

function failOnce(): void {
  const error = { code: 'InternalFailure', message: 'oops', status: 500 };
  aws.faults.add({ on: 'DescribeStreamSummary', error });
}

describe.each([
  ['Kinesis', KinesisClient],
  ['Firehose', FirehoseClient],
  ['KMS', KMSClient],
  ['the tagging API', ResourceGroupsTaggingAPIClient]
])('the SDK client of %s', (_, Client) => {
  test('has its retries under the name that callAws replaces', () => {
    const client = new Client({ region: 'us-east-1' });
    expect(client.middlewareStack.identify()).toContain('retryMiddleware - finalizeRequest');
    client.destroy();
  });
});

describe('callAws', () => {
  test('calls onReady before credentials are resolved, and onSend after', async () => {
    expect(await describeStream()).toEqual({
      events: ['ready', 'credentials', 'send'],
      outcome: 'answered',
      requests: 1
    });
  });

  test('lets the SDK retry, with onReady once and onSend per attempt', async () => {
    failOnce();
    const { events, outcome, requests } = await describeStream();
    expect({ outcome, requests }).toEqual({ outcome: 'answered', requests: 2 });
    expect(events.filter((event) => event === 'ready')).toHaveLength(1);
    expect(events.filter((event) => event === 'send')).toHaveLength(2);
  });

  test('does not let the SDK retry a call that is sent once', async () => {
    failOnce();
    expect(await describeStream({ isSentOnce: true })).toEqual({
      events: ['ready', 'credentials', 'send'],
      outcome: expect.objectContaining({ errorKind: 'unanswered' }),
      requests: 1
    });
  });
});

test('callAws reports the secret key and the session token that the SDK resolved', async () => {
  const reported: (readonly string[])[] = [];
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  const onSecrets = (secrets: readonly string[]) => void reported.push(secrets);
  const connection = connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => {}, onSecrets });
  const credentials = { accessKeyId: 'visible', secretAccessKey: 'the-secret-key', sessionToken: 'the-session-token' };
  const client = new KinesisClient({ ...connection.config, credentials });
  await connection.call(CALL, { signal: new AbortController().signal }, (attach, options) =>
    client.send(attach(new DescribeStreamSummaryCommand({ StreamName: 'orders' })), options)
  );
  connection.close();
  expect(reported).toEqual([['the-secret-key', 'the-session-token']]);
});
