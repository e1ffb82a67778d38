import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { openAws } from '../../src/aws/aws.ts';
import { connect, VERSION } from '../../src/aws/clients.ts';
import { consoleUrl } from '../../src/aws/console.ts';
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
    await kinesisStreams(connectTo(aws)).look(orders, new AbortController().signal);
    expect(aws.requests.at(-1)?.userAgent).toContain(`stream-encryption/${VERSION}`);
    expect(aws.requests.at(-1)?.userAgent).toContain('run/4711');
  });

  test('is told to the log, each try by itself', async () => {
    const lines: string[] = [];
    aws.faults.add({ on: 'DescribeStreamSummary', error: { code: 'InternalFailure', message: 'oops', status: 500 } });
    aws.faults.add({ on: 'DescribeStreamSummary', lost: 'before' });
    await kinesisStreams(connectTo(aws, (line) => lines.push(line))).look(orders, new AbortController().signal);
    expect(lines).toEqual([
      expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 500 [0-9a-f-]{36}$/),
      expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms no answer$/),
      expect.stringMatching(/^kinesis DescribeStreamSummary \d+ ms 200 [0-9a-f-]{36}$/)
    ]);
  });

  test('that hangs ends as soon as its signal aborts, with the reason of the signal', async () => {
    aws.faults.add({ on: 'DescribeStreamSummary', hang: 'before' });
    const stop = new AbortController();
    const look = kinesisStreams(connectTo(aws)).look(orders, stop.signal);
    const reason = new Error('time is over');
    setImmediate(() => stop.abort(reason));
    await expect(look).rejects.toBe(reason);
  });

  test('is not sent once its signal has aborted', async () => {
    const look = kinesisStreams(connectTo(aws)).look(orders, AbortSignal.abort(new Error('time is over')));
    await expect(look).rejects.toThrow('time is over');
    expect(aws.requests).toHaveLength(0);
  });
});

test('a run opens the service it needs, and KMS when a key is looked up', async () => {
  connectTo(aws);
  const run = await openAws({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined });
  const { signal } = new AbortController();
  const { arn } = aws.kms.createKey();
  aws.firehose.create({ name: 'clicks' });
  expect(await (await run.streams('kinesis')).look(orders, signal)).toMatchObject({ status: 'ACTIVE' });
  const clicks = { kind: 'firehose', name: 'clicks', arn: null } as const;
  expect(await (await run.streams('firehose')).look(clicks, signal)).toMatchObject({ status: 'DISABLED' });
  expect(await run.keys.describe(arn, signal)).toMatchObject({ arn });
  run.close();
});

test('an authority that cannot be read is named', () => {
  const env = { AWS_CA_BUNDLE: '/no/such/file.pem' };
  expect(() => connect({ region: 'us-east-1', env, clock: systemClock, debug: () => {} })).toThrow(
    /^AWS_CA_BUNDLE names \/no\/such\/file\.pem, which cannot be read: .*ENOENT/
  );
});

describe('the link to the console', () => {
  test.each([
    [
      'kinesis',
      'aws',
      'https://eu-west-1.console.aws.amazon.com/kinesis/home?region=eu-west-1#/streams/details/s/monitoring'
    ],
    [
      'firehose',
      'aws',
      'https://eu-west-1.console.aws.amazon.com/firehose/home?region=eu-west-1#/details/s/monitoring'
    ],
    [
      'kinesis',
      'aws-cn',
      'https://eu-west-1.console.amazonaws.cn/kinesis/home?region=eu-west-1#/streams/details/s/monitoring'
    ],
    [
      'firehose',
      'aws-us-gov',
      'https://eu-west-1.console.amazonaws-us-gov.com/firehose/home?region=eu-west-1#/details/s/monitoring'
    ]
  ] as const)('%s in the partition %s', (kind, partition, url) => {
    const arn = `arn:${partition}:${kind}:eu-west-1:111122223333:stream/s`;
    expect(consoleUrl({ kind, name: 's', arn, region: 'eu-west-1' })).toBe(url);
  });

  test('without an ARN the partition is aws', () => {
    const stream = { kind: 'kinesis', name: 's', arn: null, region: 'eu-west-1' } as const;
    expect(consoleUrl(stream)).toContain('eu-west-1.console.aws.amazon.com');
  });

  test('of a name that is none, a page is not found, but nothing breaks', () => {
    const stream = { kind: 'kinesis', name: 'half\ud800/', arn: null, region: 'eu-west-1' } as const;
    expect(consoleUrl(stream)).toContain('/details/half%EF%BF%BD%2F/monitoring');
  });
});
