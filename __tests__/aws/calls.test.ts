import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { DescribeStreamSummaryCommand, KinesisClient, type KinesisClientConfig } from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { CallOptions } from '../../src/aws/calls.ts';
import type { Connection, ConnectionOptions } from '../../src/aws/connection.ts';
import { Cancelled, ServiceError, TimedOut } from '../../src/encryption/ports.ts';
import { certificateForAws, startResetting, startTls } from '../end-to-end/environment/network.ts';
import { NetworkClock } from '../support/network-clock.ts';
import { connectTo } from './local-connection.ts';

const CALL = { action: 'kinesis:DescribeStreamSummary', resource: 'the data stream orders', region: 'us-east-1' };
const WHERE = 'kinesis:DescribeStreamSummary for the data stream orders in us-east-1';
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

let aws: LocalAws;
let connections: Connection[];
beforeEach(async () => {
  aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
  connections = [];
});
afterEach(async () => {
  for (const connection of connections) connection.close();
  await aws.close();
});

/** Returns a function that describes the stream `orders` with this client, and returns the error if it fails. */
function connectClient(config: KinesisClientConfig = {}, options: Partial<ConnectionOptions> = {}) {
  const connection = connectTo(aws, options);
  connections.push(connection);
  const client = new KinesisClient({ ...connection.config, credentials: CREDENTIALS, ...config });
  return (callOptions: Partial<CallOptions>) =>
    connection
      .call(CALL, { signal: new AbortController().signal, ...callOptions }, (attach, sendOptions) =>
        client.send(attach(new DescribeStreamSummaryCommand({ StreamName: 'orders' })), sendOptions)
      )
      .then(
        () => 'answered',
        (error: unknown) => error
      );
}

test.each([
  ['lets the SDK retry', {}, ['send'], 'answered'],
  ['does not let the SDK retry if it is sent once', { isSentOnce: true }, [], { errorKind: 'unanswered' }]
])('a call %s; it is ready before the credentials are resolved, and sent after', async (_, options, retries, end) => {
  aws.faults.add({ on: 'DescribeStreamSummary', error: { code: 'InternalFailure', message: 'oops', status: 500 } });
  const events: string[] = [];
  const record = (event: string) => () => void events.push(event);
  const credentials = async () => {
    events.push('credentials');
    return CREDENTIALS;
  };
  const describeStream = connectClient({ credentials });
  const outcome = await describeStream({ ...options, onReady: record('ready'), onSend: record('send') });
  expect({ outcome }).toMatchObject({ outcome: end });
  expect(events).toEqual(['ready', 'credentials', 'send', ...retries]);
  expect(aws.requests).toHaveLength(1 + retries.length);
});

test('a request has the package version and the run id in its user agent', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  await connectClient({}, { env: { GITHUB_RUN_ID: '4711' } })({});
  expect(aws.requests.at(-1)?.userAgent).toContain(`stream-encryption/${version} run/4711`);
});

test('each attempt is one line of the debug log', async () => {
  const lines: string[] = [];
  aws.faults.add({ on: 'DescribeStreamSummary', error: { code: 'InternalFailure', message: 'oops', status: 500 } });
  aws.faults.add({ on: 'DescribeStreamSummary', lost: 'before' });
  await connectClient({}, { debug: (line) => lines.push(line) })({});
  expect(lines).toEqual([
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 500 [0-9a-f-]{36}$/),
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms no answer$/),
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 200 [0-9a-f-]{36}$/)
  ]);
});

test('a proxy variable that cannot be used is an error only of a request that needs it', async () => {
  const socks = 'socks5://robot:hidden@proxy.example:1080';
  expect(await connectClient({}, { env: { HTTP_PROXY: socks } })({})).toMatchObject({
    message: `${WHERE}: InvalidProxy: HTTP_PROXY is not the URL of a proxy: it must begin with http:// or https://, or have no scheme`
  });
  expect(aws.requests).toHaveLength(0);
  for (const env of [{ HTTPS_PROXY: socks }, { HTTP_PROXY: socks, NO_PROXY: '127.0.0.1' }]) {
    expect(await connectClient({}, { env })({})).toBe('answered');
  }
});

test('a call reports the secret key and the session token that the SDK resolved', async () => {
  const reported: string[] = [];
  const credentials = { accessKeyId: 'visible', secretAccessKey: 'the-secret-key', sessionToken: 'the-session-token' };
  const describeStream = connectClient({ credentials }, { onSecrets: (secrets) => void reported.push(...secrets) });
  await describeStream({});
  expect(new Set(reported)).toEqual(new Set(['the-secret-key', 'the-session-token']));
});

test('a request that hangs rejects with the reason of its signal, after which no request is sent', async () => {
  aws.faults.add({ on: 'DescribeStreamSummary', hang: 'before' });
  const describeStream = connectClient();
  const stop = new AbortController();
  const reason = new Error('time is over');
  const hanging = describeStream({ signal: stop.signal, onSend: () => stop.abort(reason) });
  expect(await hanging).toBe(reason);
  const sent = aws.requests.length;
  expect(await describeStream({ signal: stop.signal })).toBe(reason);
  expect(aws.requests).toHaveLength(sent);
});

test.each([
  [2_500, new ServiceError('unanswered', `${WHERE}: no answer came within 2 s`)],
  [999, new TimedOut()]
])('a request that the deadline ends after %d ms', async (waitedMs, expected) => {
  aws.faults.add({ on: 'DescribeStreamSummary', hang: 'before' });
  const deadline = new AbortController();
  const startedMs = performance.now();
  const now = jest.spyOn(performance, 'now').mockReturnValue(startedMs);
  const onSend = async () => {
    await setImmediate();
    now.mockReturnValue(startedMs + waitedMs);
    deadline.abort(new TimedOut());
  };
  const error = await connectClient()({ signal: deadline.signal, onSend: () => void onSend() });
  now.mockRestore();
  expect(error).toEqual(expected);
});

const NOT_IN_TIME = `${WHERE}: the request was not sent, because its credentials were not available in time: check where they come from`;
test.each([
  ['the deadline passes', new TimedOut(), new ServiceError('unanswered', NOT_IN_TIME)],
  ['the run is cancelled', new Cancelled(), new Cancelled()]
])('a call is not sent after all if %s while the renewal of its credentials hangs', async (_, reason, expected) => {
  const expiration = new Date(Date.now() + 3_600_000);
  const renewal = Promise.withResolvers<typeof CREDENTIALS>();
  const renewing = Promise.withResolvers<void>();
  let resolutions = 0;
  const describeStream = connectClient({
    credentials: async () => {
      resolutions += 1;
      if (resolutions === 1) return { ...CREDENTIALS, expiration };
      renewing.resolve();
      return renewal.promise;
    }
  });
  const onSend = jest.fn();
  const deadline = new AbortController();
  const options = { signal: deadline.signal, isSentOnce: true, onSend };
  await describeStream(options);
  expiration.setTime(0);
  const second = describeStream(options);
  await renewing.promise;
  deadline.abort(reason);
  expect(await second).toEqual(expected);
  renewal.resolve(CREDENTIALS);
  await setImmediate();
  expect(onSend).toHaveBeenCalledTimes(1);
  expect(aws.requests).toHaveLength(1);
});

describe('a request', () => {
  /** Sends a request to a host, and returns what became of it. */
  async function sendTo(endpoint: string) {
    const clock = new NetworkClock();
    const onSend = jest.fn();
    const describeStream = connectClient({ endpoint }, { clock });
    const outcome = await clock.execute(() => describeStream({ isSentOnce: true, onSend }));
    return { outcome, sent: onSend.mock.calls.length };
  }

  function refusedWith(text: string) {
    const outcome = expect.objectContaining({ errorKind: 'refused', message: expect.stringContaining(text) });
    return { outcome, sent: 0 };
  }

  test('is not sent without a connection, although its host is tried for 30 s', async () => {
    expect(await sendTo('http://127.0.0.1:9')).toEqual(refusedWith('has not answered for 30 s: connect ECONNREFUSED'));
    expect(await sendTo('https://127.0.0.1:9')).toEqual(refusedWith('ECONNREFUSED'));
    expect(await sendTo('http://aws.invalid')).toEqual(refusedWith('aws.invalid'));
    await using server = await startResetting();
    expect(await sendTo(`https://127.0.0.1:${server.port}`)).toEqual(refusedWith('ECONNRESET'));
  });

  test('is not sent if the certificate of its host is not trusted', async () => {
    await using tls = await startTls(aws, await certificateForAws());
    expect(await sendTo(`https://localhost:${tls.port}`)).toEqual(refusedWith('AWS_CA_BUNDLE'));
  });

  test('is sent once, although another run sends the same request with the same signature', async () => {
    const answers = await Promise.all([sendTo(aws.endpoint), sendTo(aws.endpoint), sendTo(aws.endpoint)]);
    expect(answers).toEqual(Array(3).fill({ outcome: 'answered', sent: 1 }));
  });

  test('is sent if its host closes the connection', async () => {
    aws.faults.add({ on: 'DescribeStreamSummary', lost: 'before' });
    expect(await sendTo(aws.endpoint)).toMatchObject({ outcome: { errorKind: 'unanswered' }, sent: 1 });
  });
});
