import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { DescribeStreamSummaryCommand, KinesisClient, type KinesisClientConfig } from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { CallOptions } from '../../src/aws/calls.ts';
import type { ConnectionOptions } from '../../src/aws/connection.ts';
import { RateLimiter } from '../../src/aws/rate-limiter.ts';
import { Cancelled, ServiceError, TimedOut } from '../../src/encryption/ports.ts';
import { certificateForAws, startResetting, startTls } from '../end-to-end/environment/network.ts';
import { NetworkClock } from '../support/network-clock.ts';
import { connectTo } from './local-connection.ts';

const CALL = { action: 'kinesis:DescribeStreamSummary', resource: 'the data stream orders', region: 'us-east-1' };
const WHERE = 'kinesis:DescribeStreamSummary for the data stream orders in us-east-1';
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
const INTERNAL_FAILURE = { code: 'InternalFailure', message: 'oops', status: 500 };

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
});
afterEach(() => aws.close());

/** Returns a function that describes the stream `orders` with this client, and returns the error if it fails. */
function connectClient(config: KinesisClientConfig = {}, options: Partial<ConnectionOptions> = {}) {
  const connection = connectTo(aws.endpoint, options);
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
  aws.faults.add({ on: 'DescribeStreamSummary', error: INTERNAL_FAILURE });
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

test('each attempt waits for a permit of its own, and a throttle slows down the calls of its action', async () => {
  const acquire = jest.spyOn(RateLimiter.prototype, 'acquire');
  const throttled = jest.spyOn(RateLimiter.prototype, 'throttled');
  aws.faults.add({ on: 'DescribeStreamSummary', error: { code: 'ThrottlingException', message: 'no', status: 400 } });
  expect(await connectClient()({})).toBe('answered');
  expect([acquire.mock.calls.length, throttled.mock.calls]).toEqual([2, [[CALL.action]]]);
  jest.restoreAllMocks();
});

test('each attempt is one line of the debug log, and has the version and the run id in its user agent', async () => {
  const lines: string[] = [];
  aws.faults.add({ on: 'DescribeStreamSummary', error: INTERNAL_FAILURE });
  aws.faults.add({ on: 'DescribeStreamSummary', lost: 'before' });
  await connectClient({}, { env: { GITHUB_RUN_ID: '4711' }, debug: (line) => lines.push(line) })({});
  expect(lines).toEqual([
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 500 [0-9a-f-]{36}$/),
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms no answer$/),
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 200 [0-9a-f-]{36}$/)
  ]);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(aws.requests.at(-1)?.userAgent).toContain(`stream-encryption/${version} run/4711`);
});

test.each([
  [2_500, new TimedOut(), new ServiceError('unanswered', `${WHERE}: no answer came within 2 s`)],
  [999, new TimedOut(), new TimedOut()],
  [2_500, new Cancelled(), new Cancelled()]
])('a request that hangs ends after %d ms with its signal: %s', async (waitedMs, reason, expected) => {
  aws.faults.add({ on: 'DescribeStreamSummary', hang: 'before' });
  const stop = new AbortController();
  const startedMs = performance.now();
  const now = jest.spyOn(performance, 'now').mockReturnValue(startedMs);
  const onSend = async () => {
    await setImmediate();
    now.mockReturnValue(startedMs + waitedMs);
    stop.abort(reason);
  };
  const error = await connectClient()({ signal: stop.signal, onSend: () => void onSend() });
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

/** Sends a request to a host. Returns what became of it, and how often it was sent. */
async function sendTo(endpoint: string) {
  const clock = new NetworkClock();
  const onSend = jest.fn();
  const describeStream = connectClient({ endpoint }, { clock });
  const outcome = await clock.execute(() => describeStream({ isSentOnce: true, onSend }));
  return { outcome, sent: onSend.mock.calls.length };
}

test('a request is not sent without a connection to a host that is trusted', async () => {
  await using resetting = await startResetting();
  await using tls = await startTls(aws, await certificateForAws());
  for (const [endpoint, cause] of [
    ['http://127.0.0.1:9', 'has not answered for 30 s: connect ECONNREFUSED'],
    ['http://aws.invalid', 'aws.invalid'],
    [`https://127.0.0.1:${resetting.port}`, 'ECONNRESET'],
    [`https://localhost:${tls.port}`, 'AWS_CA_BUNDLE']
  ] as const) {
    const outcome = { errorKind: 'refused', message: expect.stringContaining(cause) };
    expect(await sendTo(endpoint)).toMatchObject({ outcome, sent: 0 });
  }
});

test('a request is sent once, even if another run sends the same one, or its host closes the connection', async () => {
  const answers = await Promise.all([sendTo(aws.endpoint), sendTo(aws.endpoint), sendTo(aws.endpoint)]);
  expect(answers).toEqual(Array(3).fill({ outcome: 'answered', sent: 1 }));
  aws.faults.add({ on: 'DescribeStreamSummary', lost: 'before' });
  expect(await sendTo(aws.endpoint)).toMatchObject({ outcome: { errorKind: 'unanswered' }, sent: 1 });
});
