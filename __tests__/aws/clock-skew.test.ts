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

  const { signal } = new AbortController();

  /** Connects, and returns the calls that the tests make. */
  function connectTo(kind: 'kinesis' | 'firehose') {
    const connection = connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined });
    const streams = kind === 'kinesis' ? kinesisStreams(connection) : firehoseStreams(connection);
    const stream = { kind, name: 'orders', arn: null };
    const target = { type: 'aws-owned', id: 'alias/aws/kinesis' } as const;
    return {
      describe: () => streams.describe(stream, signal),
      start: (mayRepeat?: () => boolean) => streams.startEncryption(stream, target, signal, () => {}, mayRepeat),
      [Symbol.dispose]: () => connection.close()
    };
  }

  describe.each(['kinesis', 'firehose'] as const)('%s', (kind) => {
    test('signs a start with the time that the describe call returned', async () => {
      using service = connectTo(kind);
      await service.describe();
      await service.start();
      expect(signedMs).toHaveLength(3);
      expect(Math.abs((signedMs.at(-1) ?? 0) - Date.now() - HOUR_MS)).toBeLessThan(60_000);
    });

    test('sends a start once that may not be repeated', async () => {
      using service = connectTo(kind);
      await expect(service.start(() => false)).rejects.toThrow('Signature expired');
      expect(signedMs).toHaveLength(1);
    });

    // For a service, a clock of the machine that was set right is the same as its own clock going back.
    test('signs the next request again if the clock was set right in between', async () => {
      using service = connectTo(kind);
      await service.describe();
      aheadMs = 0;
      await service.describe();
      aheadMs = HOUR_MS;
      await service.start();
      expect(signedMs).toHaveLength(6);
    });
  });

  test('a clock that stays wrong is named as the cause', async () => {
    using service = connectTo('kinesis');
    aheadMs = Number.NaN;
    await expect(service.describe()).rejects.toThrow(
      /InvalidSignatureException: Signature expired\. The clock of the machine differs/
    );
  });
});
