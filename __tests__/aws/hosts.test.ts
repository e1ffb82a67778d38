import { describe, expect, test } from '@jest/globals';
import { Hosts, type Route } from '../../src/aws/hosts.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
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

  test('is waited for until it answers', async () => {
    const { clock, log, hosts, network, send } = createHosts();
    clock.at(10_000, () => {
      network.failure = null;
    });
    const { outcome, atMs } = await clock.finish(send());
    expect(outcome).toBe('answer');
    expect(atMs).toBeLessThan(16_000);
    expect(log.at(-1)).toBe(`${HOST} answers now`);
    expect(hosts.failure).toBeNull();
  });

  test('is not waited for after the signal aborts', async () => {
    const { clock, hosts, send } = createHosts();
    const stop = new AbortController();
    clock.at(5_000, () => stop.abort());
    expect((await clock.finish(send({ signal: stop.signal }))).atMs).toBe(5_000);
    expect(hosts.failure).toEqual(new Error(`${HOST} cannot be reached: ${WHY}`));
  });

  test('is not waited for if its certificate is not trusted, which no further attempt can change', async () => {
    const { clock, log, send } = createHosts(networkError('Error', 'SELF_SIGNED_CERT_IN_CHAIN', 'self-signed'));
    const outcome = new Error(
      `${HOST} cannot be reached: self-signed. The TLS certificate is not trusted: set AWS_CA_BUNDLE to the certificate authority`
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

  test.each([
    ['had a connection, because it may have taken effect', true, networkError('Error', 'ECONNRESET', 'socket hang up')],
    ['cannot be built', false, networkError('TypeError', 'ERR_INVALID_CHAR', 'Invalid character in header content')],
    ['cannot be signed', false, networkError('TypeError', undefined, 'x is not a function')]
  ])('of a request that %s rejects as it is', async (_, connects, failure) => {
    const { clock, send } = createHosts(failure);
    expect(await clock.finish(send({ connects }))).toEqual({ outcome: failure, atMs: 0, attempts: 1 });
  });
});

/** Those of a proxy that refuses are in unreachable.test.ts. */
describe('the message', () => {
  const refused = networkError('TimeoutError', 'ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9');
  const eachAddress = new AggregateError([networkError('Error', 'ECONNREFUSED', 'connect ::1:9'), refused]);
  const slow = networkError('TimeoutError', undefined, '@smithy/node-http-handler - the request socket was slow.');
  const withoutTls = networkError('Error', 'EPROTO', 'SSL routines:wrong version number');
  const URL = 'AWS_ENDPOINT_URL';
  const NETWORK = 'Check that the network of the runner allows connections to this host';
  const proxied = { proxyVariable: 'HTTPS_PROXY' };

  test.each<[string, Partial<Route>, Error, where: string, why: string]>([
    ['a refused connection', {}, refused, '', `connect ECONNREFUSED 127.0.0.1:9. ${NETWORK}`],
    ['a slow connection', {}, slow, '', `the request socket was slow. ${NETWORK}`],
    ['a host that is unknown', { region: 'us-east-1' }, UNRESOLVED, '', `${UNRESOLVED.message}. ${NETWORK}`],
    [
      'a host from two variables, with two addresses',
      { endpointVariables: [URL, `${URL}_KMS`] },
      Object.assign(eachAddress, { code: 'ECONNREFUSED' }),
      ` (set in ${URL} and ${URL}_KMS)`,
      `connect ::1:9. Check ${URL} and ${URL}_KMS`
    ],
    [
      'a proxy that is not there',
      proxied,
      networkError('Error', 'ENOTFOUND', 'getaddrinfo ENOTFOUND proxy.invalid'),
      ' (through the proxy in HTTPS_PROXY)',
      'getaddrinfo ENOTFOUND proxy.invalid. Check HTTPS_PROXY'
    ]
  ])('names host, variable, reason and remedy of %s', async (_, route, failure, where, why) => {
    const { clock, send } = createHosts(failure);
    const { outcome } = await clock.finish(send({ route }));
    expect(outcome).toEqual(new Error(`${HOST}${where} has not answered for 30 s: ${why}`));
  });

  test.each<[string, Partial<Route>, where: string, remedy: string]>([
    [
      'a proxy',
      proxied,
      ' (through the proxy in HTTPS_PROXY)',
      'whether the URL in HTTPS_PROXY must begin with http://'
    ],
    [
      'a server from a variable',
      { endpointVariables: [`${URL}_KMS`] },
      ` (set in ${URL}_KMS)`,
      `whether the URL in ${URL}_KMS must begin with http://`
    ],
    ['another server', {}, '', 'the URL of the endpoint, and the proxy']
  ])('says at once that %s does not use TLS', async (_, route, where, remedy) => {
    const { clock, send } = createHosts(withoutTls);
    const message = `${HOST}${where} cannot be reached: ${withoutTls.message}. The other side does not use TLS: check ${remedy}`;
    expect(await clock.finish(send({ route }))).toEqual({ outcome: new Error(message), atMs: 0, attempts: 1 });
  });
});
