import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { connect, VERSION } from '../../src/aws/connection.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { systemClock } from '../../src/clock.ts';
import { connectTo } from './connection.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
});
afterEach(() => aws.close());

const orders = { kind: 'kinesis', name: 'orders', arn: null } as const;

describe('a request', () => {
  test('carries the version of the package and the run in its user agent', async () => {
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    await kinesisStreams(connectTo(aws)).describe(orders, new AbortController().signal);
    expect(aws.requests.at(-1)?.userAgent).toContain(`stream-encryption/${VERSION}`);
    expect(aws.requests.at(-1)?.userAgent).toContain('run/4711');
  });

  test('is told to the log, each try by itself', async () => {
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

  test('that hangs ends as soon as its signal aborts, with the reason of the signal', async () => {
    aws.faults.add({ on: 'DescribeStreamSummary', hang: 'before' });
    const stop = new AbortController();
    const look = kinesisStreams(connectTo(aws)).describe(orders, stop.signal);
    const reason = new Error('time is over');
    setImmediate(() => stop.abort(reason));
    await expect(look).rejects.toBe(reason);
  });

  test('is not sent once its signal has aborted', async () => {
    const look = kinesisStreams(connectTo(aws)).describe(orders, AbortSignal.abort(new Error('time is over')));
    await expect(look).rejects.toThrow('time is over');
    expect(aws.requests).toHaveLength(0);
  });
});

test('an authority that cannot be read is named', () => {
  const env = { AWS_CA_BUNDLE: '/no/such/file.pem' };
  expect(() => connect({ region: 'us-east-1', env, clock: systemClock, debug: () => {} })).toThrow(
    /^AWS_CA_BUNDLE is \/no\/such\/file\.pem, which cannot be read: .*ENOENT/
  );
});
