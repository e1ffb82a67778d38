/** A machine whose clock is an hour behind. */

import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import type { StreamKind } from '../../src/encryption/model.ts';
import { connectTo, startServer } from './local-connection.ts';

const HOUR_MS = 3_600_000;
const STREAMS = { kinesis: kinesisStreams, firehose: firehoseStreams };
/** When a request was signed. `x-amz-date` has the form 20261122T034400Z. */
function timeOf({ headers }: IncomingMessage): number {
  const [, date, hour, minute, second] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date'])) ?? [];
  return Date.parse(`${date?.replace(/(....)(..)/, '$1-$2-')}T${hour}:${minute}:${second}Z`);
}

/** A service whose clock is ahead, and which refuses signatures older than five minutes, with a connection to it. */
async function createService(kind: StreamKind) {
  const signedMs: number[] = [];
  const service = { aheadMs: HOUR_MS };
  const server = await startServer((request, response) => {
    const serviceMs = Date.now() + service.aheadMs;
    signedMs.push(timeOf(request));
    const isExpired = !(Math.abs(serviceMs - timeOf(request)) <= 300_000);
    const body = isExpired ? { __type: 'InvalidSignatureException', message: 'Signature expired' } : {};
    const date = new Date(serviceMs).toUTCString();
    response.writeHead(isExpired ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1', date });
    response.end(JSON.stringify(body));
  });
  const connection = connectTo(server);
  const streams = STREAMS[kind](connection);
  const stream = { kind, name: 'orders', arn: null };
  const target = { type: 'aws-owned', id: 'alias/aws/kinesis' } as const;
  const { signal } = new AbortController();
  return {
    service,
    signedMs,
    /** Returns the error: of the signature, or that of an empty answer. */
    describe: () => streams.describe(stream, signal).catch((error: unknown) => error),
    start: (mayRepeat?: () => boolean) => streams.startEncryption(stream, target, signal, () => {}, mayRepeat),
    [Symbol.asyncDispose]: async () => {
      connection.close();
      await server[Symbol.asyncDispose]();
    }
  };
}

describe.each(['kinesis', 'firehose'] as const)('%s', (kind) => {
  test('signs a start with the time that the describe call returned, and again if the clock was set right', async () => {
    await using run = await createService(kind);
    await run.describe();
    await run.start();
    expect(run.signedMs).toHaveLength(3);
    expect(Math.abs((run.signedMs.at(-1) ?? 0) - Date.now() - HOUR_MS)).toBeLessThan(60_000);
    // For a service, a clock of the machine that was set right is the same as its own clock going back.
    run.service.aheadMs = 0;
    await run.describe();
    run.service.aheadMs = HOUR_MS;
    await run.start();
    expect(run.signedMs).toHaveLength(3 + 4);
  });

  test('sends a start once that may not be repeated', async () => {
    await using run = await createService(kind);
    await expect(run.start(() => false)).rejects.toThrow('Signature expired');
    expect(run.signedMs).toHaveLength(1);
  });
});

test('a clock that stays wrong is named as the cause', async () => {
  await using run = await createService('kinesis');
  run.service.aheadMs = Number.NaN;
  const message = expect.stringMatching(
    /InvalidSignatureException: Signature expired\. The clock of the machine differs/
  );
  expect(await run.describe()).toMatchObject({ message });
});
