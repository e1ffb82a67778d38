import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connect } from '../../src/aws/connection.ts';
import { isTime, whyUnreadable } from '../../src/aws/error-answers.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { systemClock } from '../../src/clock.ts';

const REFUSAL = '{"__type":"ValidationException","message":"no"}';

let body = '';
let date = '';
const server = createServer((_request, response) => {
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1', ...(date === '' ? {} : { date }) });
  response.end(body);
});

beforeEach(async () => {
  date = '';
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

/** Describes a stream this many times. Returns the errors. */
async function describeStream(times = 1): Promise<unknown[]> {
  const connection = connect({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined });
  const streams = kinesisStreams(connection);
  const errors: unknown[] = [];
  for (let call = 0; call < times; call++) {
    const described = streams.describe({ kind: 'kinesis', name: 'orders', arn: null }, new AbortController().signal);
    await described.catch((error: unknown) => errors.push(error));
  }
  connection.close();
  return errors;
}

test.each([
  ['{"__type":{},"message":[]}', 'its __type is not a text'],
  ['{"__type":5,"message":7}', 'its __type is not a text'],
  ['{"__type":"Y","message":{}}', 'its message is not a text'],
  ['{"__type":"Y","Message":7}', 'its Message is not a text'],
  ['{"code":null}', 'its code is not a text'],
  ['{"__type":"Y","ServerTime":"13 Sep 275760"}', 'its ServerTime is not a time'],
  ['null', 'it is not a structure'],
  ['["Y"]', 'it is not a structure'],
  ['"Y"', 'it is not a structure']
])('the error answer %s is no answer', async (answer, defect) => {
  body = answer;
  expect(await describeStream()).toMatchObject([
    {
      errorKind: 'unanswered',
      message: `kinesis:DescribeStreamSummary for the data stream orders in us-east-1: the answer cannot be read: ${defect}`
    }
  ]);
});

test.each([REFUSAL, '{"__type":"Y","message":null}', '{"code":403,"message":"blocked"}', '{}', '', '<html>'])(
  'the SDK can read the error answer %s',
  (answer) => {
    expect(whyUnreadable(Buffer.from(answer))).toBeNull();
  }
);

test.each(['13 Sep 275760', 'Fri, 01 Jan 10000 00:00:00 GMT'])(
  'the request after an answer with the date %s is signed and sent',
  async (answered) => {
    body = REFUSAL;
    date = answered;
    const refusal = { message: expect.stringContaining('ValidationException: no') };
    expect(await describeStream(2)).toMatchObject([refusal, refusal]);
    expect(isTime(answered)).toBe(false);
  }
);
