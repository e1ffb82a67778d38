/** Answers without end, and answers that the SDK cannot read. */

import { get, type RequestListener, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { ConnectionOptions } from '../../src/aws/connection.ts';
import { whyUnreadable } from '../../src/aws/error-answers.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { connectTo, startServer } from './local-connection.ts';

const MIB = 2 ** 20;
const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' };
const WHERE = 'kinesis:DescribeStreamSummary for the data stream orders in us-east-1';

/** Describes a stream twice with one connection. Returns the errors. */
async function errorsOf(onRequest: RequestListener, options: Partial<ConnectionOptions> = {}): Promise<unknown[]> {
  await using server = await startServer(onRequest);
  const connection = connectTo(server, options);
  const streams = kinesisStreams(connection);
  const describe = () =>
    streams
      .describe({ kind: 'kinesis', name: 'orders', arn: null }, new AbortController().signal)
      .catch((error: unknown) => error);
  const errors = [await describe(), await describe()];
  connection.close();
  return errors;
}

/** Sends blanks, which may stand before JSON, for as long as the client takes them, and counts them. */
function sendWithoutEnd(response: ServerResponse, sent: { bytes: number }): void {
  if (response.destroyed) return;
  sent.bytes += MIB;
  response.write(Buffer.alloc(MIB, ' '), () => sendWithoutEnd(response, sent));
}

/** What is on its way may be more than the limit. */
function expectLimit({ bytes }: { readonly bytes: number }, answers: number): void {
  expect(bytes).toBeGreaterThan(answers * 32 * MIB);
  expect(bytes).toBeLessThan(answers * 256 * MIB);
}

test('no more than 32 MiB are read of an answer', async () => {
  const sent = { bytes: 0 };
  const errors = await errorsOf((_request, response) => sendWithoutEnd(response.writeHead(200, JSON_TYPE), sent));
  const tooLarge = { errorKind: 'unanswered', message: `${WHERE}: the answer is larger than 32 MiB` };
  expect(errors).toMatchObject([tooLarge, tooLarge]);
  expectLimit(sent, 2);
});

test('no more than 32 MiB are read of an answer of an endpoint of credentials, which has no handler of ours', async () => {
  const sent = { bytes: 0 };
  await using server = await startServer((_request, response) => sendWithoutEnd(response, sent));
  const connection = connectTo(server);
  const answer = new Promise((resolve, reject) => {
    get(server.endpoint, (response) => resolve(buffer(response))).on('error', reject);
  });
  await expect(answer).rejects.toThrow('the answer is larger than 32 MiB');
  connection.close();
  expectLimit(sent, 1);
});

test('an answer that drips is no answer once its time is over', async () => {
  const drips: NodeJS.Timeout[] = [];
  const drip: RequestListener = (_request, response) => {
    response.writeHead(200, JSON_TYPE);
    drips.push(setInterval(() => response.write(' '), 5));
  };
  const [error] = await errorsOf(drip, { requestTimeoutMs: 100 });
  // On a busy machine, the time may be over before the first byte.
  const message = expect.stringMatching(/(the answer took longer than|no answer came within) 0\.1 s/);
  expect(error).toMatchObject({ errorKind: 'unanswered', message });
  for (const timer of drips) clearInterval(timer);
});

test('an error answer that the SDK cannot read is no answer', async () => {
  const answer = '{"__type":{},"message":[]}';
  const [error] = await errorsOf((_request, response) => response.writeHead(400, JSON_TYPE).end(answer));
  const message = `${WHERE}: the answer cannot be read: its __type is not a text`;
  expect(error).toMatchObject({ errorKind: 'unanswered', message });
});

test.each([
  ['{"__type":"Y","message":{}}', 'its message is not a text'],
  ['{"__type":"Y","Message":7}', 'its Message is not a text'],
  ['{"code":null}', 'its code is not a text'],
  ['{"__type":"Y","ServerTime":"13 Sep 275760"}', 'its ServerTime is not a time'],
  ['null', 'it is not a structure'],
  ['["Y"]', 'it is not a structure'],
  ['{"__type":"Y","message":null}', null],
  ['{"code":403,"message":"blocked"}', null],
  ['', null]
])('the error answer %s: %j', (answer, defect) => {
  expect(whyUnreadable(Buffer.from(answer))).toBe(defect);
});

test('the request after an answer with a date that nothing can be signed with is signed and sent', async () => {
  const headers = { ...JSON_TYPE, date: 'Fri, 01 Jan 10000 00:00:00 GMT' };
  const errors = await errorsOf((_request, response) =>
    response.writeHead(400, headers).end('{"__type":"ValidationException","message":"no"}')
  );
  const refusal = { message: expect.stringContaining('ValidationException: no') };
  expect(errors).toMatchObject([refusal, refusal]);
});
