import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { systemClock } from '../../src/clock.ts';

const HOUR_MS = 3_600_000;
const ANSWERS = {
  DescribeStreamSummary: {
    StreamDescriptionSummary: {
      StreamStatus: 'ACTIVE',
      StreamARN: 'arn:aws:kinesis:us-east-1:111122223333:stream/orders'
    }
  },
  DescribeDeliveryStream: {
    DeliveryStreamDescription: {
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamARN: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/orders'
    }
  }
} as const;

/** A service whose clock is ahead, and which refuses signatures older than five minutes. */
let aheadMs = HOUR_MS;
const signedMs: number[] = [];
const server = createServer((request, response) => {
  signedMs.push(timeOf(request));
  const serviceMs = Date.now() + aheadMs;
  const isExpired = !(Math.abs(serviceMs - timeOf(request)) <= 300_000);
  const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
  const answer = Object.entries(ANSWERS).find(([name]) => name === operation)?.[1] ?? {};
  const body = isExpired ? { __type: 'InvalidSignatureException', message: 'Signature expired' } : answer;
  response.writeHead(isExpired ? 400 : 200, {
    'content-type': 'application/x-amz-json-1.1',
    date: new Date(serviceMs).toUTCString()
  });
  response.end(JSON.stringify(body));
});

/** When a request was signed. `x-amz-date` has the form 20261122T034400Z. */
function timeOf({ headers }: IncomingMessage): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date'])) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

describe('on a machine whose clock is an hour behind', () => {
  beforeEach(async () => {
    signedMs.length = 0;
    aheadMs = HOUR_MS;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${port}`;
    process.env.AWS_ACCESS_KEY_ID = 'local';
    process.env.AWS_SECRET_ACCESS_KEY = 'local';
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test.each(['kinesis', 'firehose'] as const)(
    'a start to %s is signed with the time that the describe call returned',
    async (kind) => {
      const connection = connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined });
      const streams = kind === 'kinesis' ? kinesisStreams(connection) : firehoseStreams(connection);
      const stream = { kind, name: 'orders', arn: null };
      const { signal } = new AbortController();
      await streams.describe(stream, signal);
      await streams.startEncryption(stream, { type: 'aws-owned', id: 'alias/aws/kinesis' }, signal, () => {});
      expect(signedMs).toHaveLength(3);
      expect(Math.abs((signedMs.at(-1) ?? 0) - Date.now() - HOUR_MS)).toBeLessThan(60_000);
      connection.close();
    }
  );

  test.each(['kinesis', 'firehose'] as const)('a start to %s that may not be repeated is sent once', async (kind) => {
    const connection = connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined });
    const streams = kind === 'kinesis' ? kinesisStreams(connection) : firehoseStreams(connection);
    const target = { type: 'aws-owned', id: 'alias/aws/kinesis' } as const;
    const { signal } = new AbortController();
    await expect(
      streams.startEncryption(
        { kind, name: 'orders', arn: null },
        target,
        signal,
        () => {},
        () => false
      )
    ).rejects.toThrow('Signature expired');
    expect(signedMs).toHaveLength(1);
    connection.close();
  });

  // For a service, a clock of the machine that was set right is the same as its own clock going back.
  test.each(['kinesis', 'firehose'] as const)(
    '%s: the next request is signed again if the clock was set right in between',
    async (kind) => {
      const connection = connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined });
      const streams = kind === 'kinesis' ? kinesisStreams(connection) : firehoseStreams(connection);
      const stream = { kind, name: 'orders', arn: null };
      const { signal } = new AbortController();
      await streams.describe(stream, signal);
      aheadMs = 0;
      await streams.describe(stream, signal);
      aheadMs = HOUR_MS;
      await streams.startEncryption(stream, { type: 'aws-owned', id: 'alias/aws/kinesis' }, signal, () => {});
      expect(signedMs).toHaveLength(6);
      connection.close();
    }
  );

  test('a clock that stays wrong is named as the cause', async () => {
    const connection = connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined });
    aheadMs = Number.NaN;
    const { signal } = new AbortController();
    await expect(
      kinesisStreams(connection).describe({ kind: 'kinesis', name: 'orders', arn: null }, signal)
    ).rejects.toThrow(/InvalidSignatureException: Signature expired\. The clock of the machine differs/);
    connection.close();
  });
});
