/** Hosts that cannot be reached over real TCP, DNS and proxies, on a virtual clock. */

import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { connect } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import type { StreamKind } from '../../src/encryption/model.ts';
import { listen, NO_TARGET, startProxy } from '../end-to-end/environment/network.ts';
import { NetworkClock } from '../support/network-clock.ts';

const SERVICES = { kinesis: kinesisStreams, firehose: firehoseStreams };
const NEVER = new AbortController().signal;

/** Connects with this environment. `describe` resolves with the status of a stream, or with the error. */
function connectWith(env: Record<string, string>, kind: StreamKind = 'kinesis') {
  delete process.env.AWS_ENDPOINT_URL;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', ...env });
  const log: string[] = [];
  const clock = new NetworkClock();
  const connection = connect({ region: 'us-east-1', env, clock, debug: () => {}, log: (line) => log.push(line) });
  const service = SERVICES[kind](connection);
  const describeStream = (name = 'orders') =>
    service.describe({ kind, name, arn: null }, NEVER).then(
      ({ status }) => status,
      ({ errorKind, message }) => ({ errorKind, message })
    );
  return {
    connection,
    log,
    clock,
    describeStream: () => clock.execute(describeStream),
    describeStreams: (names: readonly string[]) => clock.execute(() => Promise.all(names.map(describeStream)))
  };
}

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
});
afterEach(() => aws.close());

describe('a host that cannot be reached', () => {
  test('fails all streams with one cause, and is logged twice', async () => {
    const { connection, log, describeStreams } = connectWith({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    const names = Array.from({ length: 30 }, (_, index) => `orders-${index}`);
    const answers = await describeStreams(names);
    connection.close();
    for (const [index, answer] of answers.entries()) {
      expect(answer).toEqual({
        errorKind: 'refused',
        message: `kinesis:DescribeStreamSummary for the data stream orders-${index} in us-east-1: 127.0.0.1:9 (set in AWS_ENDPOINT_URL) has not answered for 30 s: connect ECONNREFUSED 127.0.0.1:9. Check AWS_ENDPOINT_URL`
      });
    }
    expect(log).toEqual([
      '127.0.0.1:9 (set in AWS_ENDPOINT_URL) cannot be reached: connect ECONNREFUSED 127.0.0.1:9. Check AWS_ENDPOINT_URL. Retrying for 30 s',
      '127.0.0.1:9 has not answered for 30 s: nothing more is sent to it'
    ]);
  });

  test('is used as soon as it answers', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const { connection, log, clock, describeStream } = connectWith({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    server.on('request', (_request, response) => response.writeHead(400, { 'x-amzn-errortype': 'Late' }).end('{}'));
    clock.at(20_000, () => server.listen(port, '127.0.0.1'));
    expect(await describeStream()).toMatchObject({ message: expect.stringContaining('Late') });
    connection.close();
    server.closeAllConnections();
    server.close();
    expect(log.at(-1)).toBe(`127.0.0.1:${port} answers now`);
  });
});

describe.each(['kinesis', 'firehose'] as const)('%s through a proxy', (kind) => {
  test.each([
    ['reject', /HTTP\/1\.1 403 Forbidden\. Check that the proxy in HTTPS_PROXY allows this host$/],
    ['require password', /407 Proxy Authentication Required\. Check the user name and the password in HTTPS_PROXY$/]
  ] as const)('that refuses a tunnel names host, proxy and answer: %s', async (fault, message) => {
    await using proxy = await startProxy({ target: NO_TARGET, fault });
    const { connection, describeStream } = connectWith({ HTTPS_PROXY: proxy.url }, kind);
    const answer = await describeStream();
    connection.close();
    expect(answer).toMatchObject({ errorKind: 'refused', message: expect.stringMatching(message) });
    expect(answer).toMatchObject({
      message: expect.stringContaining(
        `${kind}.us-east-1.amazonaws.com (through the proxy in HTTPS_PROXY) has not answered for 30 s: `
      )
    });
    expect(proxy.tunnels.length).toBeLessThan(15);
  });

  test.each([
    ['reject', /the proxy answered with status 403\. Check that the proxy in HTTP_PROXY allows this host$/],
    ['require password', /the proxy answered with status 407\. Check the user name and the password in HTTP_PROXY$/]
  ] as const)('that refuses a plain request names endpoint, proxy and answer: %s', async (fault, message) => {
    await using proxy = await startProxy({ target: NO_TARGET, fault });
    const env = { AWS_ENDPOINT_URL: 'http://aws.invalid:4566', HTTP_PROXY: proxy.url };
    const { connection, describeStream } = connectWith(env, kind);
    const answer = await describeStream();
    connection.close();
    expect(answer).toMatchObject({ errorKind: 'refused', message: expect.stringMatching(message) });
    expect(answer).toMatchObject({
      message: expect.stringContaining('aws.invalid:4566 (set in AWS_ENDPOINT_URL, through the proxy in HTTP_PROXY)')
    });
  });
});

test('a service that answers 403 itself, in JSON, is not a proxy that refuses', async () => {
  aws.faults.add({ on: 'DescribeStreamSummary', error: { code: 'AccessDeniedException', message: 'no', status: 403 } });
  await using proxy = await startProxy({ target: aws });
  const { connection, describeStream } = connectWith({ AWS_ENDPOINT_URL: 'http://aws.invalid', HTTP_PROXY: proxy.url });
  expect(await describeStream()).toMatchObject({ errorKind: 'denied' });
  expect(await describeStream()).toBe('ACTIVE');
  connection.close();
});
