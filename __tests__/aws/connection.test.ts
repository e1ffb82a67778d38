import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { connect } from '../../src/aws/connection.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { systemClock } from '../../src/clock.ts';
import { VERSION } from '../../src/version.ts';
import { connectTo } from './local-connection.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
});
afterEach(() => aws.close());

const orders = { kind: 'kinesis', name: 'orders', arn: null } as const;

describe('a request', () => {
  test('has the package version and the run id in its user agent', async () => {
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    await kinesisStreams(connectTo(aws)).describe(orders, new AbortController().signal);
    expect(aws.requests.at(-1)?.userAgent).toContain(`stream-encryption/${VERSION}`);
    expect(aws.requests.at(-1)?.userAgent).toContain('run/4711');
  });

  test('is logged with one line per attempt', async () => {
    const lines: string[] = [];
    aws.faults.add({ on: 'DescribeStreamSummary', error: { code: 'InternalFailure', message: 'oops', status: 500 } });
    aws.faults.add({ on: 'DescribeStreamSummary', lost: 'before' });
    await kinesisStreams(connectTo(aws, (line) => lines.push(line))).describe(orders, new AbortController().signal);
    expect(lines).toEqual([
      expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 500 [0-9a-f-]{36}$/),
      expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms no answer$/),
      expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 200 [0-9a-f-]{36}$/)
    ]);
  });

  test('that hangs rejects with the reason of its signal as soon as it aborts', async () => {
    aws.faults.add({ on: 'DescribeStreamSummary', hang: 'before' });
    const stop = new AbortController();
    const describing = kinesisStreams(connectTo(aws)).describe(orders, stop.signal);
    const reason = new Error('time is over');
    setImmediate(() => stop.abort(reason));
    await expect(describing).rejects.toBe(reason);
  });

  test('is not sent if its signal has already aborted', async () => {
    const describing = kinesisStreams(connectTo(aws)).describe(orders, AbortSignal.abort(new Error('time is over')));
    await expect(describing).rejects.toThrow('time is over');
    expect(aws.requests).toHaveLength(0);
  });
});

describe('a proxy variable that cannot be used', () => {
  const socks = 'socks5://robot:hidden@proxy.example:1080';

  function describeWith(env: Record<string, string>): Promise<unknown> {
    process.env.AWS_ENDPOINT_URL = aws.endpoint;
    const connection = connect({ region: 'us-east-1', env, clock: systemClock, debug: () => {} });
    return kinesisStreams(connection).describe(orders, new AbortController().signal);
  }

  test('is an error of the request that needs it', async () => {
    await expect(describeWith({ HTTP_PROXY: socks })).rejects.toThrow(
      /InvalidProxy: HTTP_PROXY is not the URL of a proxy: it must begin with http:\/\/ or https:\/\/, or have no scheme$/
    );
    expect(aws.requests).toHaveLength(0);
  });

  test.each([{ HTTPS_PROXY: socks }, { HTTP_PROXY: socks, NO_PROXY: '127.0.0.1' }])(
    'is no error if no request needs it: %j',
    async (env) => {
      await expect(describeWith(env)).resolves.toMatchObject({ status: 'ACTIVE' });
    }
  );
});
