import { describe, expect, test } from '@jest/globals';
import { Hosts, ProxyRefusal, type Route } from '../../src/aws/hosts.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { networkError } from './sdk-errors.ts';

const NEVER = new AbortController().signal;
const AWS: Route = {
  host: 'kinesis.eu-west-9.amazonaws.com',
  region: 'eu-west-9',
  endpointVariables: [],
  proxyVariable: null
};
const UNRESOLVED = networkError('Error', 'ENOTFOUND', 'getaddrinfo ENOTFOUND kinesis.eu-west-9.amazonaws.com');
const UNTRUSTED = networkError('Error', 'SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain');

/** Hosts on a virtual clock, whose attempts fail with `failure` until it is null. */
function createHosts(failure: Error | null = UNRESOLVED) {
  const clock = new VirtualClock();
  const log: string[] = [];
  const hosts = new Hosts(clock, (line) => log.push(line));
  const network = { failure, attempts: 0 };
  /** When, after which attempts of all requests, and how a request ends. */
  const send = async ({ route = AWS, connects = false, signal = NEVER } = {}) => {
    const outcome = await hosts
      .send(route, signal, async (onConnected) => {
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
  const GIVEN_UP = new Error(
    'kinesis.eu-west-9.amazonaws.com has not answered for 30 s: getaddrinfo ENOTFOUND kinesis.eu-west-9.amazonaws.com. Check the region eu-west-9, and the DNS of the runner'
  );

  test('is given 30 s from the first request', async () => {
    const { clock, send } = createHosts();
    const { outcome, atMs, attempts } = await clock.finish(send());
    expect(outcome).toEqual(GIVEN_UP);
    expect(atMs).toBe(30_000);
    expect(attempts).toBeLessThan(15);
  });

  test('is given 30 s once, by all requests together, and later requests are not sent', async () => {
    const { clock, log, network, send } = createHosts();
    const early = [send(), send()];
    const late = clock.sleep(20_000, NEVER).then(() => send());
    for (const { outcome, atMs } of await clock.finish(Promise.all([...early, late]))) {
      expect({ outcome, atMs }).toEqual({ outcome: GIVEN_UP, atMs: 30_000 });
    }
    const { attempts } = network;
    expect(await clock.finish(send())).toEqual({ outcome: GIVEN_UP, atMs: 30_000, attempts });
    expect(log).toEqual([
      'kinesis.eu-west-9.amazonaws.com cannot be reached: getaddrinfo ENOTFOUND kinesis.eu-west-9.amazonaws.com. Check the region eu-west-9, and the DNS of the runner. Retrying for 30 s',
      'kinesis.eu-west-9.amazonaws.com has not answered for 30 s: nothing more is sent to it'
    ]);
  });

  test('is waited for until it answers', async () => {
    const { clock, log, hosts, network, send } = createHosts();
    clock.at(10_000, () => {
      network.failure = null;
    });
    const { outcome, atMs } = await clock.finish(send());
    expect(outcome).toBe('answer');
    expect(atMs).toBeLessThan(16_000);
    expect(log.at(-1)).toBe('kinesis.eu-west-9.amazonaws.com answers now');
    expect(hosts.failure).toBeNull();
  });

  test('does not delay requests to other hosts', async () => {
    const { clock, network, send } = createHosts();
    await clock.finish(send());
    network.failure = null;
    const route = { ...AWS, host: 'firehose.eu-west-9.amazonaws.com' };
    expect((await clock.finish(send({ route }))).outcome).toBe('answer');
  });

  test('is not waited for after the signal aborts', async () => {
    const { clock, hosts, send } = createHosts();
    const stop = new AbortController();
    clock.at(5_000, () => stop.abort());
    expect((await clock.finish(send({ signal: stop.signal }))).atMs).toBe(5_000);
    expect(hosts.failure?.message).toMatch(
      /^kinesis\.eu-west-9\.amazonaws\.com cannot be reached: getaddrinfo ENOTFOUND/
    );
  });

  test('is not waited for if its certificate is not trusted, which no further attempt can change', async () => {
    const { clock, log, send } = createHosts(UNTRUSTED);
    const outcome = new Error(
      'kinesis.eu-west-9.amazonaws.com cannot be reached: self-signed certificate in certificate chain. The TLS certificate is not trusted: set AWS_CA_BUNDLE to the certificate authority'
    );
    expect(await clock.finish(send())).toEqual({ outcome, atMs: 0, attempts: 1 });
    expect(await clock.finish(send())).toEqual({ outcome, atMs: 0, attempts: 1 });
    expect(log).toEqual([]);
  });
});

describe('a failure', () => {
  test('of a host that has answered rejects as it is', async () => {
    const { clock, network, send } = createHosts(null);
    await clock.finish(send());
    network.failure = UNRESOLVED;
    expect(await clock.finish(send())).toEqual({ outcome: UNRESOLVED, atMs: 0, attempts: 2 });
  });

  test('of a request that had a connection rejects as it is, because it may have taken effect', async () => {
    const reset = networkError('Error', 'ECONNRESET', 'socket hang up');
    const { clock, send } = createHosts(reset);
    expect(await clock.finish(send({ connects: true }))).toEqual({ outcome: reset, atMs: 0, attempts: 1 });
  });

  test.each([
    networkError('TypeError', 'ERR_INVALID_CHAR', 'Invalid character in header content'),
    networkError('TypeError', undefined, 'x is not a function')
  ])('of a request that cannot be built rejects as it is: %s', async (failure) => {
    const { clock, send } = createHosts(failure);
    expect(await clock.finish(send())).toEqual({ outcome: failure, atMs: 0, attempts: 1 });
  });

  test('of a request that the proxy refused does not reach the host, although there was a connection', async () => {
    const { clock, send } = createHosts(new ProxyRefusal('the proxy answered with status 403'));
    expect((await clock.finish(send({ connects: true }))).atMs).toBe(30_000);
  });
});

describe('the message', () => {
  const HOST = AWS.host;
  const REFUSED = 'connect ECONNREFUSED 127.0.0.1:9';
  const refused = networkError('TimeoutError', 'ECONNREFUSED', REFUSED);
  const noAddress = (host: string) => networkError('Error', 'ENOTFOUND', `getaddrinfo ENOTFOUND ${host}`);
  const tunnel = (status: string) =>
    networkError(
      'Error',
      'ERR_PROXY_TUNNEL',
      `Failed to establish tunnel via http://proxy.example/: HTTP/1.1 ${status}`
    );
  const eachAddress = Object.assign(
    new AggregateError([networkError('Error', 'ECONNREFUSED', 'connect ::1:9'), refused]),
    {
      code: 'ECONNREFUSED'
    }
  );
  const slow = networkError(
    'TimeoutError',
    undefined,
    '@smithy/node-http-handler - the request socket did not establish a connection.'
  );
  const TUNNEL = 'Failed to establish tunnel via http://proxy.example/: HTTP/1.1';
  const NETWORK = 'Check that the network of the runner allows connections to this host';
  const URL = 'AWS_ENDPOINT_URL';
  const THROUGH = `${HOST} (through the proxy in HTTPS_PROXY)`;

  test.each<[string, Partial<Route>, Error, [where: string, why: string, remedy: string]]>([
    ['a refused connection', {}, refused, [HOST, REFUSED, NETWORK]],
    [
      'a host from a variable',
      { host: '127.0.0.1:9', endpointVariables: [`${URL}_KINESIS`] },
      refused,
      [`127.0.0.1:9 (set in ${URL}_KINESIS)`, REFUSED, `Check ${URL}_KINESIS`]
    ],
    [
      'a host from two variables',
      { host: 'aws.invalid', endpointVariables: [URL, `${URL}_KMS`] },
      noAddress('aws.invalid'),
      [`aws.invalid (set in ${URL} and ${URL}_KMS)`, 'getaddrinfo ENOTFOUND aws.invalid', `Check ${URL} and ${URL}_KMS`]
    ],
    [
      'a host from elsewhere that does not belong to the region',
      { host: 'aws.invalid' },
      noAddress('aws.invalid'),
      ['aws.invalid', 'getaddrinfo ENOTFOUND aws.invalid', NETWORK]
    ],
    [
      'a proxy that refuses',
      { proxyVariable: 'HTTPS_PROXY' },
      tunnel('403 Forbidden'),
      [THROUGH, `${TUNNEL} 403 Forbidden`, 'Check that the proxy in HTTPS_PROXY allows this host']
    ],
    [
      'a proxy that requires another password',
      { proxyVariable: 'HTTPS_PROXY' },
      tunnel('407 Proxy Authentication Required'),
      [THROUGH, `${TUNNEL} 407 Proxy Authentication Required`, 'Check the user name and the password in HTTPS_PROXY']
    ],
    [
      'a proxy that is not there',
      { proxyVariable: 'HTTPS_PROXY' },
      noAddress('proxy.invalid'),
      [THROUGH, 'getaddrinfo ENOTFOUND proxy.invalid', 'Check HTTPS_PROXY']
    ],
    [
      'a host from a variable, behind a proxy',
      { host: 'aws.example', endpointVariables: [URL], proxyVariable: 'HTTP_PROXY' },
      new ProxyRefusal('the proxy answered with status 403'),
      [
        `aws.example (set in ${URL}, through the proxy in HTTP_PROXY)`,
        'the proxy answered with status 403',
        'Check that the proxy in HTTP_PROXY allows this host'
      ]
    ],
    [
      'each address of a host',
      { host: 'localhost:9', endpointVariables: [URL] },
      eachAddress,
      [`localhost:9 (set in ${URL})`, 'connect ::1:9', `Check ${URL}`]
    ],
    ['a connection that takes too long', {}, slow, [HOST, 'the request socket did not establish a connection', NETWORK]]
  ])('names host, variable, reason and remedy of %s', async (_, route, failure, [where, why, remedy]) => {
    const message = `${where} has not answered for 30 s: ${why}. ${remedy}`;
    const { clock, send } = createHosts(failure);
    expect((await clock.finish(send({ route: { ...AWS, ...route } }))).outcome).toEqual(new Error(message));
  });

  test.each<[string, Partial<Route>, [where: string, remedy: string]]>([
    [
      'a proxy',
      { proxyVariable: 'HTTPS_PROXY' },
      [THROUGH, 'check whether the URL in HTTPS_PROXY must begin with http://']
    ],
    [
      'a server from a variable',
      { endpointVariables: [`${URL}_KMS`] },
      [`${HOST} (set in ${URL}_KMS)`, `check whether the URL in ${URL}_KMS must begin with http://`]
    ],
    ['another server', {}, [HOST, 'check the URL of the endpoint, and the proxy']]
  ])('says at once that %s does not use TLS', async (_, route, [where, remedy]) => {
    const { clock, send } = createHosts(networkError('Error', 'EPROTO', 'SSL routines:wrong version number'));
    const message = `${where} cannot be reached: SSL routines:wrong version number. The other side does not use TLS: ${remedy}`;
    const { outcome, atMs } = await clock.finish(send({ route: { ...AWS, ...route } }));
    expect(outcome).toEqual(new Error(message));
    expect(atMs).toBe(0);
  });
});
