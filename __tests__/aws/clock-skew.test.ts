/** A machine whose clock is an hour behind. */

import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { startServer } from './local-connection.ts';

const HOUR_MS = 3_600_000;

/** When a request was signed. `x-amz-date` has the form 20261122T034400Z. */
function timeOf({ headers }: IncomingMessage): number {
  const [, date, hour, minute, second] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date'])) ?? [];
  return Date.parse(`${date?.replace(/(....)(..)/, '$1-$2-')}T${hour}:${minute}:${second}Z`);
}

test.each([
  ['kinesis', kinesisStreams],
  ['firehose', firehoseStreams]
] as const)('%s signs a start with the time of AWS, and again if the clock was set right', async (kind, streamsOf) => {
  const signedMs: number[] = [];
  /** The clock of a service that refuses signatures older than five minutes. */
  const service = { aheadMs: HOUR_MS };
  await using server = await startServer((request, response) => {
    const serviceMs = Date.now() + service.aheadMs;
    signedMs.push(timeOf(request));
    const isExpired = !(Math.abs(serviceMs - timeOf(request)) <= 300_000);
    const body = isExpired ? { __type: 'InvalidSignatureException', message: 'Signature expired' } : {};
    const date = new Date(serviceMs).toUTCString();
    response.writeHead(isExpired ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1', date });
    response.end(JSON.stringify(body));
  });
  const streams = streamsOf(server.connection);
  const stream = { kind, name: 'orders', arn: null };
  const target = { type: 'aws-owned', id: 'alias/aws/kinesis' } as const;
  const { signal } = new AbortController();
  const describeStream = () => streams.describe(stream, signal).catch((error: unknown) => error);
  const start = (mayRepeat?: () => boolean) => streams.startEncryption(stream, target, signal, () => {}, mayRepeat);

  await expect(start(() => false)).rejects.toThrow('Signature expired');
  expect(signedMs).toHaveLength(1);
  await describeStream();
  await start();
  expect(Math.abs((signedMs.at(-1) ?? 0) - Date.now() - HOUR_MS)).toBeLessThan(60_000);
  // For a service, a clock of the machine that was set right is the same as its own clock going back.
  service.aheadMs = 0;
  await describeStream();
  service.aheadMs = HOUR_MS;
  await start();
  // A clock that stays wrong is named as the cause.
  service.aheadMs = Number.NaN;
  const message = expect.stringContaining('Signature expired. The clock of the machine differs');
  expect(await describeStream()).toMatchObject({ message });
});
