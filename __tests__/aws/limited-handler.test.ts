import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connect } from '../../src/aws/connection.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { systemClock } from '../../src/clock.ts';

const MIB = 2 ** 20;

let server: Server;
let answer: (response: ServerResponse) => void;
/** The bytes that the client took off the server's hands. */
let sentBytes = 0;

beforeEach(async () => {
  sentBytes = 0;
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    answer(response);
  });
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

/** Describes a stream, and rejects as the call does. */
async function describeStream(requestTimeoutMs: number): Promise<void> {
  const connection = connect({
    region: 'us-east-1',
    env: {},
    clock: systemClock,
    debug: () => undefined,
    requestTimeoutMs
  });
  try {
    const stream = { kind: 'kinesis', name: 'orders', arn: null } as const;
    await kinesisStreams(connection).describe(stream, new AbortController().signal);
  } finally {
    connection.close();
  }
}

/** Sends blanks, which may stand before JSON, for as long as the client takes them. */
function sendWithoutEnd(response: ServerResponse): void {
  const chunk = Buffer.alloc(MIB, ' ');
  const send = () => {
    if (response.destroyed) return;
    sentBytes += chunk.length;
    response.write(chunk, send);
  };
  send();
}

test('an answer without end is no answer, and no more of it is read than 32 MiB and what is on its way', async () => {
  answer = sendWithoutEnd;
  await expect(describeStream(10_000)).rejects.toMatchObject({
    errorKind: 'unanswered',
    message: 'kinesis:DescribeStreamSummary for the data stream orders in us-east-1: the answer is larger than 32 MiB'
  });
  expect(sentBytes).toBeGreaterThan(32 * MIB);
  expect(sentBytes).toBeLessThan(256 * MIB);
});

test('an answer that drips is no answer once its time is over', async () => {
  const drips: NodeJS.Timeout[] = [];
  answer = (response) => {
    drips.push(setInterval(() => response.write(' '), 5));
  };
  await expect(describeStream(200)).rejects.toMatchObject({
    errorKind: 'unanswered',
    // On a busy machine, the time may be over before the first byte.
    message: expect.stringMatching(/(the answer took longer than|no answer came within) 0\.2 s/)
  });
  for (const drip of drips) clearInterval(drip);
});
