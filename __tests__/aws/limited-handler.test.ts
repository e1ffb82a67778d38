import { get, type RequestListener, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConnectionOptions } from '../../src/aws/connection.ts';
import { isTime, whyUnreadable } from '../../src/aws/error-answers.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { connectTo, startServer } from './local-connection.ts';

const MIB = 2 ** 20;
const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' };
const WHERE = 'kinesis:DescribeStreamSummary for the data stream orders in us-east-1';

/** Describes a stream this many times with one connection. Returns the errors. */
async function errorsOf(
  times: number,
  onRequest: RequestListener,
  options: Partial<ConnectionOptions> = {}
): Promise<unknown[]> {
  await using server = await startServer(onRequest);
  const connection = connectTo(server, options);
  const streams = kinesisStreams(connection);
  const errors: unknown[] = [];
  for (let call = 0; call < times; call++) {
    const described = streams.describe({ kind: 'kinesis', name: 'orders', arn: null }, new AbortController().signal);
    await described.catch((error: unknown) => errors.push(error));
  }
  connection.close();
  return errors;
}

/** Sends blanks, which may stand before JSON, for as long as the client takes them, and counts them. */
function sendWithoutEnd(response: ServerResponse, sent: { bytes: number }): void {
  if (response.destroyed) return;
  sent.bytes += MIB;
  response.write(Buffer.alloc(MIB, ' '), () => sendWithoutEnd(response, sent));
}

describe('an answer without end is no answer, and no more of it is read than 32 MiB and what is on its way:', () => {
  let sent: { bytes: number };
  beforeEach(() => {
    sent = { bytes: 0 };
  });
  afterEach(() => {
    expect(sent.bytes).toBeGreaterThan(32 * MIB);
    expect(sent.bytes).toBeLessThan(256 * MIB);
  });

  test('that of a service', async () => {
    const errors = await errorsOf(1, (_request, response) => sendWithoutEnd(response.writeHead(200, JSON_TYPE), sent));
    expect(errors).toMatchObject([{ errorKind: 'unanswered', message: `${WHERE}: the answer is larger than 32 MiB` }]);
  });

  test('that of an endpoint of credentials, which has no handler of ours, while a connection is open', async () => {
    await using server = await startServer((_request, response) => sendWithoutEnd(response, sent));
    const connection = connectTo(server);
    const answer = new Promise((resolve, reject) => {
      get(server.endpoint, (response) => resolve(buffer(response))).on('error', reject);
    });
    await expect(answer).rejects.toThrow('the answer is larger than 32 MiB');
    connection.close();
  });
});

test('an answer that drips is no answer once its time is over', async () => {
  const drips: NodeJS.Timeout[] = [];
  const drip: RequestListener = (_request, response) => {
    response.writeHead(200, JSON_TYPE);
    drips.push(setInterval(() => response.write(' '), 5));
  };
  // On a busy machine, the time may be over before the first byte.
  const message = expect.stringMatching(/(the answer took longer than|no answer came within) 0\.1 s/);
  expect(await errorsOf(1, drip, { requestTimeoutMs: 100 })).toMatchObject([{ errorKind: 'unanswered', message }]);
  for (const timer of drips) clearInterval(timer);
});

test('an error answer that the SDK cannot read is no answer', async () => {
  const message = `${WHERE}: the answer cannot be read: its __type is not a text`;
  const answer = '{"__type":{},"message":[]}';
  const errors = await errorsOf(1, (_request, response) => response.writeHead(400, JSON_TYPE).end(answer));
  expect(errors).toMatchObject([{ errorKind: 'unanswered', message }]);
});

test.each([
  ['{"__type":5,"message":7}', 'its __type is not a text'],
  ['{"__type":"Y","message":{}}', 'its message is not a text'],
  ['{"__type":"Y","Message":7}', 'its Message is not a text'],
  ['{"code":null}', 'its code is not a text'],
  ['{"__type":"Y","ServerTime":"13 Sep 275760"}', 'its ServerTime is not a time'],
  ['null', 'it is not a structure'],
  ['["Y"]', 'it is not a structure'],
  ['"Y"', 'it is not a structure'],
  ['{"__type":"ValidationException","message":"no"}', null],
  ['{"__type":"Y","message":null}', null],
  ['{"code":403,"message":"blocked"}', null],
  ['{}', null],
  ['', null],
  ['<html>', null]
])('the error answer %s: %j', (answer, defect) => {
  expect(whyUnreadable(Buffer.from(answer))).toBe(defect);
});

test.each(['13 Sep 275760', 'Fri, 01 Jan 10000 00:00:00 GMT'])(
  'the request after an answer with the date %s, which nothing can be signed with, is signed and sent',
  async (date) => {
    expect(isTime(date)).toBe(false);
    const refusal = { message: expect.stringContaining('ValidationException: no') };
    const errors = await errorsOf(2, (_request, response) =>
      response.writeHead(400, { ...JSON_TYPE, date }).end('{"__type":"ValidationException","message":"no"}')
    );
    expect(errors).toMatchObject([refusal, refusal]);
  }
);
