import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { FaultEffect } from '../../local-aws/faults.ts';
import { AWS_KEY, type Fixture, outcome, rejection, startFixture } from './fixture.ts';

const START = 'StartStreamEncryption';
const DESCRIBE = 'DescribeStreamSummary';
/** In jest, the SDK wraps Node's errors because they belong to another realm. Only the message is kept. */
const CONNECTION_ERROR = { message: expect.stringMatching(/ECONNRESET|aborted|socket hang up/) };

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
  fixture.aws.kinesis.create({ name: 'orders' });
});
afterEach(() => fixture.aws.close());

async function status(): Promise<string | undefined> {
  return (await fixture.calls.describeKinesis()).StreamStatus;
}

test('faults apply to several requests for one stream after skipping some, the first that was added before others', async () => {
  const { arn: StreamARN } = fixture.aws.kinesis.create({ name: 'returns' });
  const error = (code: string) => ({ code, message: '' });
  fixture.aws.faults.add({ on: DESCRIBE, stream: 'returns', after: 1, times: 2, error: error('Early') });
  fixture.aws.faults.add({ on: DESCRIBE, after: 4, times: Number.POSITIVE_INFINITY, error: error('Late') });
  const outcomes: string[] = [];
  for (const name of ['returns', 'orders', 'returns', StreamARN, 'orders', 'returns']) {
    const stream = name === StreamARN ? { StreamARN } : { StreamName: name };
    outcomes.push(await outcome(fixture.calls.kinesis.describeStreamSummary(stream)));
  }
  expect(outcomes).toEqual(['accepted', 'accepted', 'Early', 'Early', 'Late', 'Late']);
});

const ERROR = { code: 'KMSOptInRequired', message: 'No.', status: 418, extra: { more: 5 } };
const ERROR_418 = { name: 'KMSOptInRequired', message: 'No.', more: 5, $metadata: { httpStatusCode: 418 } };
const HTML = { status: 503, body: '<html>Service Unavailable</html>' };
const HALF = { status: 200, body: '{"half":', contentType: 'application/x-amz-json-1.1' };
const ERROR_503 = { $metadata: { httpStatusCode: 503 } };
test.each<[string, FaultEffect, object, boolean, number]>([
  ['returns an error with its members instead of taking effect', { error: ERROR }, ERROR_418, false, 418],
  ['resets the connection before the request takes effect', { lost: 'before' }, CONNECTION_ERROR, false, 0],
  ['resets the connection after the request took effect', { lost: 'after' }, CONNECTION_ERROR, true, 0],
  ['truncates the response before the request takes effect', { cutOff: 'before' }, CONNECTION_ERROR, false, 200],
  ['truncates the response after the request took effect', { cutOff: 'after' }, CONNECTION_ERROR, true, 200],
  ['returns an HTML page before the request takes effect', HTML, ERROR_503, false, 503],
  ['returns half of a JSON text after the request took effect', { ...HALF, effect: 'after' }, {}, true, 200]
])('a fault %s', async (_, fault, error, takesEffect, recorded) => {
  fixture.aws.faults.add({ on: START, ...fault });
  expect(await rejection(fixture.calls.startKinesis(AWS_KEY))).toMatchObject(error);
  expect(await status()).toBe(takesEffect ? 'UPDATING' : 'ACTIVE');
  expect(fixture.aws.writes()).toHaveLength(takesEffect ? 1 : 0);
  expect(fixture.aws.requests[0]).toMatchObject({ status: recorded, accepted: takesEffect });
});

test.each<[string, FaultEffect, string]>([
  ['keeps the connection open before the request takes effect', { hang: 'before' }, 'ACTIVE'],
  ['keeps the connection open after the request took effect', { hang: 'after' }, 'UPDATING'],
  ['delays the response to a request that takes effect immediately', { delayMs: 600_000 }, 'UPDATING']
])('a fault %s, and closing the server ends it', async (_, fault, during) => {
  fixture.aws.faults.add({ on: START, ...fault });
  const pending = rejection(fixture.calls.startKinesis(AWS_KEY));
  while (fixture.aws.requests.length === 0) await sleep(1);
  expect(await status()).toBe(during);
  await fixture.aws.close();
  expect(await pending).toMatchObject(CONNECTION_ERROR);
});

test('a fault returns the state from before the last accepted Start call', async () => {
  fixture.aws.firehose.create({ name: 'orders' });
  for (const on of [DESCRIBE, 'DescribeDeliveryStream']) fixture.aws.faults.add({ on, stale: true });
  await fixture.calls.startKinesis(AWS_KEY);
  await fixture.calls.startFirehose('aws-owned');
  expect([await status(), await status()]).toEqual(['ACTIVE', 'UPDATING']);
  expect(await fixture.calls.encryption()).toEqual({ Status: 'DISABLED' });
});

test('a fault falsifies an answer, and no error', async () => {
  const falsify = () => ({ StreamDescriptionSummary: { StreamStatus: 5 } });
  fixture.aws.faults.add({ on: DESCRIBE, times: 2, falsify });
  expect(await status()).toBe(5);
  expect(await outcome(fixture.calls.describeKinesis('gone'))).toBe('ResourceNotFoundException');
});
