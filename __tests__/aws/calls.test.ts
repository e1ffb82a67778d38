import { setImmediate } from 'node:timers/promises';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { CallOptions } from '../../src/aws/calls.ts';
import { type Connection, connect } from '../../src/aws/connection.ts';
import { systemClock } from '../../src/clock.ts';
import { Cancelled, ServiceError, TimedOut } from '../../src/encryption/ports.ts';
import { certificateForAws, startResetting, startTls } from '../end-to-end/environment/network.ts';
import { NetworkClock } from '../support/network-clock.ts';
import { connectTo } from './local-connection.ts';

const CALL = { action: 'kinesis:DescribeStreamSummary', resource: 'the data stream orders', region: 'us-east-1' };
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Describes the stream `orders`. */
function send(connection: Connection, client: KinesisClient, options: Partial<CallOptions> = {}) {
  return connection.call(CALL, { signal: new AbortController().signal, ...options }, (attach, sendOptions) =>
    client.send(attach(new DescribeStreamSummaryCommand({ StreamName: 'orders' })), sendOptions)
  );
}

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
      return CREDENTIALS;
    }
  });
  const onReady = () => events.push('ready');
  const onSend = () => events.push('send');
  const outcome = await send(connection, client, { ...options, onReady, onSend }).then(
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

test('a request that the deadline ends says how long it was not answered, unless that was a moment', async () => {
  const endAfter = async (waitedMs: number) => {
    aws.faults.add({ on: 'DescribeStreamSummary', hang: 'before' });
    const connection = connectTo(aws);
    const client = new KinesisClient({ ...connection.config, credentials: CREDENTIALS });
    const deadline = new AbortController();
    const startedMs = performance.now();
    const now = jest.spyOn(performance, 'now').mockReturnValue(startedMs);
    const onSend = () => {
      setImmediate().then(() => {
        now.mockReturnValue(startedMs + waitedMs);
        deadline.abort(new TimedOut());
      });
    };
    const error = await send(connection, client, { signal: deadline.signal, onSend }).catch((cause: unknown) => cause);
    now.mockRestore();
    connection.close();
    return error;
  };
  expect(await endAfter(2_500)).toEqual(
    new ServiceError(
      'unanswered',
      'kinesis:DescribeStreamSummary for the data stream orders in us-east-1: no answer came within 2 s'
    )
  );
  expect(await endAfter(999)).toBeInstanceOf(TimedOut);
});

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
  await send(connection, client);
  connection.close();
  expect(new Set(reported.flat())).toEqual(new Set(['the-secret-key', 'the-session-token']));
});

describe('a call whose credentials expired, while their renewal hangs', () => {
  /** Aborts the call for this reason. Then the new credentials come after all. Returns its error and how often it was sent. */
  async function abortWith(reason: Error) {
    const expiration = new Date(Date.now() + 3_600_000);
    const renewal = Promise.withResolvers<typeof CREDENTIALS>();
    const renewing = Promise.withResolvers<void>();
    let resolutions = 0;
    const connection = connectTo(aws);
    const client = new KinesisClient({
      ...connection.config,
      credentials: async () => {
        resolutions += 1;
        if (resolutions === 1) return { ...CREDENTIALS, expiration };
        renewing.resolve();
        return renewal.promise;
      }
    });
    let sent = 0;
    const deadline = new AbortController();
    const call = () =>
      send(connection, client, { signal: deadline.signal, isSentOnce: true, onSend: () => (sent += 1) });
    await call();
    expiration.setTime(0);
    const second = call().catch((error: unknown) => error);
    await renewing.promise;
    deadline.abort(reason);
    const error = await second;
    renewal.resolve(CREDENTIALS);
    await setImmediate();
    connection.close();
    return { error, sent: sent - 1, requests: aws.requests.length - 1 };
  }

  test('was not sent when the deadline passes, and says so', async () => {
    expect(await abortWith(new TimedOut())).toEqual({
      error: new ServiceError(
        'unanswered',
        'kinesis:DescribeStreamSummary for the data stream orders in us-east-1: the request was not sent, because its credentials were not available in time: check where they come from'
      ),
      sent: 0,
      requests: 0
    });
  });

  test('was not sent when the run is cancelled', async () => {
    const cancelled = new Cancelled();
    expect(await abortWith(cancelled)).toEqual({ error: cancelled, sent: 0, requests: 0 });
  });
});

describe('a request without a connection', () => {
  /** Sends a request to a host, and returns what became of it. */
  async function sendTo(endpoint: string) {
    const clock = new NetworkClock();
    const connection = connect({ region: 'us-east-1', env: {}, clock, debug: () => {} });
    const client = new KinesisClient({ ...connection.config, endpoint, credentials: CREDENTIALS });
    let sent = 0;
    const call = () => send(connection, client, { isSentOnce: true, onSend: () => (sent += 1) });
    const error = await clock.execute(call).catch((cause: unknown) => cause);
    connection.close();
    return { error, sent };
  }

  test.each([
    ['http://127.0.0.1:9', 'ECONNREFUSED'],
    ['https://127.0.0.1:9', 'ECONNREFUSED'],
    ['http://aws.invalid', 'aws.invalid']
  ])('is not sent, although its host is tried for 30 s: %s', async (endpoint, text) => {
    const error = expect.objectContaining({ errorKind: 'refused', message: expect.stringContaining(text) });
    expect(await sendTo(endpoint)).toEqual({ error, sent: 0 });
  });

  test('is not sent if the certificate of its host is not trusted', async () => {
    await using tls = await startTls(aws, await certificateForAws());
    const error = expect.objectContaining({ errorKind: 'refused', message: expect.stringContaining('AWS_CA_BUNDLE') });
    expect(await sendTo(`https://localhost:${tls.port}`)).toEqual({ error, sent: 0 });
  });

  test('is not sent if the connection is reset during the TLS handshake', async () => {
    await using server = await startResetting();
    const error = expect.objectContaining({ errorKind: 'refused', message: expect.stringContaining('ECONNRESET') });
    expect(await sendTo(`https://127.0.0.1:${server.port}`)).toEqual({ error, sent: 0 });
  });

  test('is sent once, although another run sends the same request with the same signature', async () => {
    const answers = await Promise.all([sendTo(aws.endpoint), sendTo(aws.endpoint), sendTo(aws.endpoint)]);
    expect(answers.map(({ sent }) => sent)).toEqual([1, 1, 1]);
  });

  test('is sent if its host closes the connection', async () => {
    aws.faults.add({ on: 'DescribeStreamSummary', lost: 'before' });
    expect(await sendTo(aws.endpoint)).toMatchObject({ error: { errorKind: 'unanswered' }, sent: 1 });
  });
});
