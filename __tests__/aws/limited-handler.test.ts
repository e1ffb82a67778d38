/** Answers without end, and answers that the SDK cannot read. */

import { get, type RequestListener, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { Connection } from '../../src/aws/connection.ts';
import { whyUnreadable } from '../../src/aws/error-answers.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { startServer } from './local-connection.ts';

const MIB = 2 ** 20;
const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' };
const WHERE = 'kinesis:DescribeStreamSummary for the data stream orders in us-east-1';

function describe(connection: Connection): Promise<unknown> {
  const stream = { kind: 'kinesis', name: 'orders', arn: null } as const;
  const { signal } = new AbortController();
  return kinesisStreams(connection)
    .describe(stream, signal)
    .catch((error: unknown) => error);
}

test('no more than 32 MiB are read of an answer, of a service or of an endpoint of credentials', async () => {
  let sent = 0;
  /** Sends blanks, which may stand before JSON, for as long as the client takes them. */
  function sendWithoutEnd(response: ServerResponse): void {
    if (response.destroyed) return;
    sent += MIB;
    response.write(Buffer.alloc(MIB, ' '), () => sendWithoutEnd(response));
  }
  await using server = await startServer((_request, response) => sendWithoutEnd(response.writeHead(200, JSON_TYPE)));
  const tooLarge = 'the answer is larger than 32 MiB';
  const error = { errorKind: 'unanswered', message: `${WHERE}: ${tooLarge}` };
  expect(await describe(server.connection)).toMatchObject(error);
  // An endpoint of credentials has no handler of ours.
  const answer = new Promise((resolve, reject) => {
    get(server.endpoint, (response) => resolve(buffer(response))).on('error', reject);
  });
  await expect(answer).rejects.toThrow(tooLarge);
  expect(sent).toBeGreaterThan(2 * 32 * MIB);
  // What is on its way may be more.
  expect(sent).toBeLessThan(2 * 256 * MIB);
});

test('an answer that drips is no answer once its time is over', async () => {
  const drips: NodeJS.Timeout[] = [];
  const drip: RequestListener = (_request, response) => {
    response.writeHead(200, JSON_TYPE);
    drips.push(setInterval(() => response.write(' '), 5));
  };
  await using server = await startServer(drip, { requestTimeoutMs: 100 });
  // On a busy machine, the time may be over before the first byte.
  const message = expect.stringMatching(/(the answer took longer than|no answer came within) 0\.1 s/);
  expect(await describe(server.connection)).toMatchObject({ errorKind: 'unanswered', message });
  for (const timer of drips) clearInterval(timer);
});

test('an error answer that the SDK cannot read is no answer', async () => {
  const answer = '{"__type":{},"message":[]}';
  await using server = await startServer((_request, response) => response.writeHead(400, JSON_TYPE).end(answer));
  const message = `${WHERE}: the answer cannot be read: its __type is not a text`;
  expect(await describe(server.connection)).toMatchObject({ errorKind: 'unanswered', message });
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
  const headers = { ...JSON_TYPE, date: '13 Sep 275760' };
  const answer = '{"__type":"ValidationException","message":"no"}';
  await using server = await startServer((_request, response) => response.writeHead(400, headers).end(answer));
  const refusal = { message: expect.stringContaining('ValidationException: no') };
  for (let call = 0; call < 2; call++) expect(await describe(server.connection)).toMatchObject(refusal);
});
