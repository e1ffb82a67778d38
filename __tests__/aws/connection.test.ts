import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { ConnectionOptions } from '../../src/aws/connection.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { connectTo } from './local-connection.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
});
afterEach(() => aws.close());

function describeWith(options: Partial<ConnectionOptions>, { signal } = new AbortController()): Promise<unknown> {
  return kinesisStreams(connectTo(aws, options)).describe({ kind: 'kinesis', name: 'orders', arn: null }, signal);
}

test('a request has the package version and the run id in its user agent', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  await describeWith({ env: { GITHUB_RUN_ID: '4711' } });
  expect(aws.requests.at(-1)?.userAgent).toContain(`stream-encryption/${version} run/4711`);
});

test('each attempt is one line of the debug log', async () => {
  const lines: string[] = [];
  aws.faults.add({ on: 'DescribeStreamSummary', error: { code: 'InternalFailure', message: 'oops', status: 500 } });
  aws.faults.add({ on: 'DescribeStreamSummary', lost: 'before' });
  await describeWith({ debug: (line) => lines.push(line) });
  expect(lines).toEqual([
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 500 [0-9a-f-]{36}$/),
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms no answer$/),
    expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 200 [0-9a-f-]{36}$/)
  ]);
});

test('a request that hangs rejects with the reason of its signal, after which no request is sent', async () => {
  aws.faults.add({ on: 'DescribeStreamSummary', hang: 'before' });
  const stop = new AbortController();
  const reason = new Error('time is over');
  const describing = describeWith({}, stop);
  setImmediate(() => stop.abort(reason));
  await expect(describing).rejects.toBe(reason);
  const sent = aws.requests.length;
  await expect(describeWith({}, stop)).rejects.toBe(reason);
  expect(aws.requests).toHaveLength(sent);
});

test('a proxy variable that cannot be used is an error only of a request that needs it', async () => {
  const socks = 'socks5://robot:hidden@proxy.example:1080';
  await expect(describeWith({ env: { HTTP_PROXY: socks } })).rejects.toThrow(
    /InvalidProxy: HTTP_PROXY is not the URL of a proxy: it must begin with http:\/\/ or https:\/\/, or have no scheme$/
  );
  expect(aws.requests).toHaveLength(0);
  for (const env of [{ HTTPS_PROXY: socks }, { HTTP_PROXY: socks, NO_PROXY: '127.0.0.1' }]) {
    await expect(describeWith({ env })).resolves.toMatchObject({ status: 'ACTIVE' });
  }
});
