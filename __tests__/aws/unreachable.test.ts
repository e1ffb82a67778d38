/** Hosts that cannot be reached over real TCP, DNS and proxies, on a virtual clock. */

import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { connect } from '../../src/aws/connection.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { NO_TARGET, startProxy } from '../end-to-end/environment/network.ts';
import { NetworkClock } from '../support/network-clock.ts';

/** Connects with this environment. `describeStreams` returns the status of each stream, or the error. */
function connectWith(env: Record<string, string>) {
  delete process.env.AWS_ENDPOINT_URL;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', ...env });
  const log: string[] = [];
  const clock = new NetworkClock();
  const connection = connect({ region: 'us-east-1', env, clock, debug: () => {}, log: (line) => log.push(line) });
  const streams = kinesisStreams(connection);
  const describe = (name: string) =>
    streams.describe({ kind: 'kinesis', name, arn: null }, new AbortController().signal).then(
      ({ status }) => ({ status }),
      ({ errorKind, message }) => ({ errorKind, message })
    );
  const describeStreams = (...names: string[]) => clock.execute(() => Promise.all(names.map(describe)));
  return { log, describeStreams, [Symbol.dispose]: () => connection.close() };
}

test('a host that cannot be reached fails all streams with one cause, and is logged twice', async () => {
  using run = connectWith({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
  const names = Array.from({ length: 5 }, (_, index) => `orders-${index}`);
  const why = 'connect ECONNREFUSED 127.0.0.1:9. Check AWS_ENDPOINT_URL';
  expect(await run.describeStreams(...names)).toEqual(
    names.map((name) => ({
      errorKind: 'refused',
      message: `kinesis:DescribeStreamSummary for the data stream ${name} in us-east-1: 127.0.0.1:9 (set in AWS_ENDPOINT_URL) has not answered for 30 s: ${why}`
    }))
  );
  expect(run.log).toEqual([
    `127.0.0.1:9 (set in AWS_ENDPOINT_URL) cannot be reached: ${why}. Retrying for 30 s`,
    '127.0.0.1:9 has not answered for 30 s: nothing more is sent to it'
  ]);
});

const TUNNEL = {
  variable: 'HTTPS_PROXY',
  host: 'kinesis.us-east-1.amazonaws.com (through the proxy in HTTPS_PROXY)',
  env: {}
};
const PLAIN = {
  variable: 'HTTP_PROXY',
  host: 'aws.invalid:4566 (set in AWS_ENDPOINT_URL, through the proxy in HTTP_PROXY)',
  env: { AWS_ENDPOINT_URL: 'http://aws.invalid:4566' }
};
test.each([
  ['reject', '403 Forbidden. Check that the proxy in HTTPS_PROXY allows this host', TUNNEL],
  ['reject', 'the proxy answered with status 403. Check that the proxy in HTTP_PROXY allows this host', PLAIN],
  ['require password', '407 .*Required. Check the user name and the password in HTTPS_PROXY', TUNNEL],
  ['require password', 'with status 407. Check the user name and the password in HTTP_PROXY', PLAIN]
] as const)(
  'a proxy that answers in place of the host is named: %s: %s',
  async (fault, why, { variable, host, env }) => {
    await using proxy = await startProxy({ target: NO_TARGET, fault });
    using run = connectWith({ ...env, [variable]: proxy.url });
    const [answer] = await run.describeStreams('orders');
    const message = expect.stringContaining(`: ${host} has not answered for 30 s: `);
    expect(answer).toEqual({ errorKind: 'refused', message });
    expect(answer).toMatchObject({ message: expect.stringMatching(new RegExp(`${why}$`)) });
    expect(proxy.proxyAuthorizations.length).toBeLessThan(15);
  }
);

test('a service that answers 403 itself, in JSON, is not a proxy that refuses', async () => {
  await using aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
  aws.faults.add({ on: 'DescribeStreamSummary', error: { code: 'AccessDeniedException', message: 'no', status: 403 } });
  await using proxy = await startProxy({ target: aws });
  using run = connectWith({ AWS_ENDPOINT_URL: 'http://aws.invalid', HTTP_PROXY: proxy.url });
  expect(await run.describeStreams('orders')).toMatchObject([{ errorKind: 'denied' }]);
  expect(await run.describeStreams('orders')).toEqual([{ status: 'ACTIVE' }]);
});
