/** Hosts that cannot be reached, on a virtual clock. Through the bundle: end-to-end/environment/connections.test.ts. */

import { describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { Hosts, type Route } from '../../src/aws/hosts.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { NO_TARGET, startProxy } from '../end-to-end/environment/network.ts';
import { NetworkClock } from '../support/network-clock.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { connectTo } from './local-connection.ts';
import { networkError } from './sdk-errors.ts';

const NEVER = new AbortController().signal;
const HOST = 'kinesis.eu-west-9.amazonaws.com';
const AWS: Route = { host: HOST, region: 'eu-west-9', endpointVariables: [], proxyVariable: null };
const UNRESOLVED = networkError('Error', 'ENOTFOUND', `getaddrinfo ENOTFOUND ${HOST}`);
const WHY = `getaddrinfo ENOTFOUND ${HOST}. Check the region eu-west-9, and the DNS of the runner`;

/** Hosts on a virtual clock, whose attempts fail with `failure` until it is null. */
function createHosts(failure: Error | null = UNRESOLVED) {
  const clock = new VirtualClock();
  const log: string[] = [];
  const hosts = new Hosts(clock, (line) => log.push(line));
  const network = { failure, attempts: 0 };
  /** When, after which attempts of all requests, and how a request ends. */
  const send = async ({ route = {}, connects = false, signal = NEVER } = {}) => {
    const outcome = await hosts
      .send({ ...AWS, ...route }, signal, async (onConnected) => {
        network.attempts += 1;
        if (connects) onConnected();
        if (network.failure !== null) throw network.failure;
        return 'answer';
      })
      .catch((error: unknown) => error);
    return { outcome, atMs: Math.round(clock.now()), attempts: network.attempts };
  };
  return { clock, log, hosts, network, send };
}

describe('a host that cannot be reached', () => {
  test('is given 30 s once, by all requests together, and later requests are not sent', async () => {
    const { clock, log, network, send } = createHosts();
    const early = [send(), send()];
    const late = clock.sleep(20_000, NEVER).then(() => send());
    const givenUp = { outcome: new Error(`${HOST} has not answered for 30 s: ${WHY}`), atMs: 30_000 };
    for (const end of await clock.finish(Promise.all([...early, late]))) expect(end).toMatchObject(givenUp);
    const { attempts } = network;
    expect(attempts).toBeLessThan(3 * 15);
    expect(await clock.finish(send())).toEqual({ ...givenUp, attempts });
    expect(log).toEqual([
      `${HOST} cannot be reached: ${WHY}. Retrying for 30 s`,
      `${HOST} has not answered for 30 s: nothing more is sent to it`
    ]);
    // Other hosts are not concerned.
    network.failure = null;
    expect(await clock.finish(send({ route: { host: 'other.example' } }))).toMatchObject({ outcome: 'answer' });
  });

  test('is waited for until it answers; a later failure rejects as it is', async () => {
    const { clock, log, hosts, network, send } = createHosts();
    clock.at(10_000, () => {
      network.failure = null;
    });
    const { outcome, atMs } = await clock.finish(send());
    expect(outcome).toBe('answer');
    expect(atMs).toBeLessThan(16_000);
    expect(log.at(-1)).toBe(`${HOST} answers now`);
    expect(hosts.failure).toBeNull();
    network.failure = UNRESOLVED;
    expect(await clock.finish(send())).toMatchObject({ outcome: UNRESOLVED, atMs });
  });

  test('is not waited for after the signal aborts', async () => {
    const { clock, hosts, send } = createHosts();
    const stop = new AbortController();
    clock.at(5_000, () => stop.abort());
    expect((await clock.finish(send({ signal: stop.signal }))).atMs).toBe(5_000);
    expect(hosts.failure).toEqual(new Error(`${HOST} cannot be reached: ${WHY}`));
  });
});

test.each([
  ['had a connection, because it may have taken effect', true, networkError('Error', 'ECONNRESET', 'socket hang up')],
  ['cannot be built', false, networkError('TypeError', 'ERR_INVALID_CHAR', 'Invalid character in header content')],
  ['cannot be signed', false, networkError('TypeError', undefined, 'x is not a function')]
])('the failure of a request that %s rejects as it is', async (_, connects, failure) => {
  const { clock, send } = createHosts(failure);
  expect(await clock.finish(send({ connects }))).toEqual({ outcome: failure, atMs: 0, attempts: 1 });
});

describe('the message names host, variable, reason and remedy', () => {
  const URL = 'AWS_ENDPOINT_URL';
  const proxied = { proxyVariable: 'HTTPS_PROXY' };
  const slow = networkError('TimeoutError', undefined, '@smithy/node-http-handler - the request socket was slow.');
  const refused = networkError('Error', 'ECONNREFUSED', 'connect ::1:9');
  const eachAddress = Object.assign(new AggregateError([refused, UNRESOLVED]), { code: 'ECONNREFUSED' });
  const withoutTls = networkError('Error', 'EPROTO', 'wrong version number');
  const NETWORK = 'Check that the network of the runner allows connections to this host';
  const NO_TLS = 'cannot be reached: wrong version number. The other side does not use TLS: check';

  test.each<[string, Partial<Route>, Error, string]>([
    ['a slow connection', {}, slow, ` has not answered for 30 s: the request socket was slow. ${NETWORK}`],
    [
      'a host from two variables, with two addresses',
      { endpointVariables: [URL, `${URL}_KMS`] },
      eachAddress,
      ` (set in ${URL} and ${URL}_KMS) has not answered for 30 s: connect ::1:9. Check ${URL} and ${URL}_KMS`
    ],
    [
      'a proxy that is not there',
      proxied,
      refused,
      ' (through the proxy in HTTPS_PROXY) has not answered for 30 s: connect ::1:9. Check HTTPS_PROXY'
    ],
    [
      'a proxy without TLS',
      proxied,
      withoutTls,
      ` (through the proxy in HTTPS_PROXY) ${NO_TLS} whether the URL in HTTPS_PROXY must begin with http://`
    ],
    ['a server without TLS', {}, withoutTls, ` ${NO_TLS} the URL of the endpoint, and the proxy`]
  ])('of %s', async (_, route, failure, message) => {
    const { clock, send } = createHosts(failure);
    const { outcome, atMs } = await clock.finish(send({ route }));
    expect(outcome).toEqual(new Error(`${HOST}${message}`));
    // Without TLS, no further attempt can help.
    expect(atMs).toBe(failure === withoutTls ? 0 : 30_000);
  });
});

describe('through a real proxy', () => {
  /** Describes a stream of this endpoint through this proxy. Returns the error. */
  async function describeThrough(
    { url }: { url: string },
    variable: string,
    AWS_ENDPOINT_URL: string
  ): Promise<unknown> {
    const clock = new NetworkClock();
    const connection = connectTo(AWS_ENDPOINT_URL, { env: { AWS_ENDPOINT_URL, [variable]: url }, clock });
    const stream = { kind: 'kinesis', name: 'orders', arn: null } as const;
    const describing = () => kinesisStreams(connection).describe(stream, NEVER);
    const error = await clock.execute(describing).catch((error: unknown) => error);
    connection.close();
    return error;
  }

  test.each([
    ['HTTPS_PROXY', 'reject', '403 Forbidden. Check that the proxy in HTTPS_PROXY allows this host'],
    ['HTTP_PROXY', 'reject', 'the proxy answered with status 403. Check that the proxy in HTTP_PROXY allows this host'],
    ['HTTPS_PROXY', 'require password', '407 .*Required. Check the user name and the password in HTTPS_PROXY'],
    ['HTTP_PROXY', 'require password', 'with status 407. Check the user name and the password in HTTP_PROXY']
  ] as const)('the one in %s that answers in place of the host is named: %s: %s', async (variable, fault, why) => {
    await using proxy = await startProxy({ target: NO_TARGET, fault });
    const endpoint = `${variable === 'HTTP_PROXY' ? 'http' : 'https'}://aws.invalid`;
    const where = `aws.invalid \\(set in AWS_ENDPOINT_URL, through the proxy in ${variable}\\)`;
    const message = expect.stringMatching(new RegExp(`: ${where} has not answered for 30 s: .*${why}$`));
    expect(await describeThrough(proxy, variable, endpoint)).toMatchObject({ errorKind: 'refused', message });
    expect(proxy.proxyAuthorizations.length).toBeLessThan(15);
  });

  test('a service that answers 403 itself, in JSON, is not a proxy that refuses', async () => {
    await using aws = await startLocalAws();
    const error = { code: 'AccessDeniedException', message: 'no', status: 403 };
    aws.faults.add({ on: 'DescribeStreamSummary', error });
    await using proxy = await startProxy({ target: aws });
    const denied = await describeThrough(proxy, 'HTTP_PROXY', 'http://aws.invalid');
    expect(denied).toMatchObject({ errorKind: 'denied' });
  });
});
