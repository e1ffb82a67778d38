import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FaultEffect } from '../../local-aws/faults.ts';
import { AWS_KEY, type Fixture, outcome, rejection, startFixture } from './fixture.ts';

const START = 'StartStreamEncryption';
const DESCRIBE = 'DescribeStreamSummary';
const DESCRIBE_FIREHOSE = 'DescribeDeliveryStream';
const OOPS = { code: 'Oops', message: '' };
/** In jest, the SDK wraps Node's errors because they belong to another realm. Only the message is kept. */
const CONNECTION_ERROR = { message: expect.stringMatching(/ECONNRESET|aborted|socket hang up/) };

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
  fixture.aws.kinesis.create({ name: 'orders' });
  fixture.aws.firehose.create({ name: 'orders' });
});
afterEach(() => fixture.aws.close());

async function status(): Promise<string | undefined> {
  return (await fixture.calls.describeKinesis()).StreamStatus;
}

/** Waits until the server has received this many requests. */
async function requestsReceived(count: number): Promise<void> {
  while (fixture.aws.requests.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('a fault applies to', () => {
  test('the first request of its operation by default', async () => {
    fixture.aws.faults.add({ on: START, error: { code: 'KMSThrottlingException', message: 'Slow down.' } });
    expect(await status()).toBe('ACTIVE');
    const error = { name: 'KMSThrottlingException', message: 'Slow down.' };
    expect(await rejection(fixture.calls.startKinesis(AWS_KEY))).toMatchObject(error);
    await fixture.calls.startKinesis(AWS_KEY);
  });

  test('several requests for one stream after skipping some, before a fault that was added later', async () => {
    fixture.aws.kinesis.create({ name: 'returns' });
    fixture.aws.faults.add({ on: DESCRIBE, stream: 'orders', after: 1, times: 2, error: OOPS });
    fixture.aws.faults.add({
      on: DESCRIBE,
      after: 4,
      times: Number.POSITIVE_INFINITY,
      error: { ...OOPS, code: 'Late' }
    });
    const outcomes: string[] = [];
    for (const name of ['orders', 'returns', 'orders', 'orders', 'returns', 'orders']) {
      outcomes.push(await outcome(fixture.calls.describeKinesis(name)));
    }
    expect(outcomes).toEqual(['accepted', 'accepted', 'Oops', 'Oops', 'Late', 'Late']);
  });

  test('requests with the ARN of a data stream or the name of a delivery stream', async () => {
    const StreamARN = fixture.aws.kinesis.get('orders').arn;
    fixture.aws.faults.add({ on: DESCRIBE, stream: 'orders', error: OOPS });
    fixture.aws.faults.add({ on: DESCRIBE_FIREHOSE, stream: 'orders', error: OOPS });
    expect(await outcome(fixture.calls.kinesis.describeStreamSummary({ StreamARN }))).toBe('Oops');
    expect(await outcome(fixture.calls.describeFirehose())).toBe('Oops');
  });
});

describe('a fault', () => {
  test('returns an error with its status and members, without taking effect', async () => {
    const error = { code: 'InvalidKMSResourceException', message: 'No.', status: 418, extra: { code: 'Disabled' } };
    fixture.aws.faults.add({ on: 'StartDeliveryStreamEncryption', error });
    expect(await rejection(fixture.calls.startFirehose('aws-owned'))).toMatchObject({
      name: 'InvalidKMSResourceException',
      code: 'Disabled',
      $metadata: { httpStatusCode: 418 }
    });
    const request = { status: 418, errorCode: 'InvalidKMSResourceException', accepted: false };
    expect(fixture.aws.requests).toMatchObject([request]);
    expect(fixture.aws.writes()).toEqual([]);
  });

  test('falsifies an answer, and no error', async () => {
    const falsify = () => ({ StreamDescriptionSummary: { StreamStatus: 5 } });
    fixture.aws.faults.add({ on: DESCRIBE, times: 2, falsify });
    expect(await status()).toBe(5);
    expect(await outcome(fixture.calls.describeKinesis('gone'))).toBe('ResourceNotFoundException');
  });

  const HTML = { status: 503, body: '<html>Service Unavailable</html>' };
  const HALF = { status: 200, body: '{"half":', contentType: 'application/x-amz-json-1.1' };
  const ERROR_503 = { $metadata: { httpStatusCode: 503 } };
  test.each<[string, FaultEffect, object, boolean, number]>([
    ['resets the connection before the request takes effect', { lost: 'before' }, CONNECTION_ERROR, false, 0],
    ['resets the connection after the request took effect', { lost: 'after' }, CONNECTION_ERROR, true, 0],
    ['truncates the response before the request takes effect', { cutOff: 'before' }, CONNECTION_ERROR, false, 200],
    ['truncates the response after the request took effect', { cutOff: 'after' }, CONNECTION_ERROR, true, 200],
    ['returns an HTML page before the request takes effect', HTML, ERROR_503, false, 503],
    ['returns half of a JSON text after the request took effect', { ...HALF, effect: 'after' }, {}, true, 200]
  ])('%s', async (_, fault, error, takesEffect, recorded) => {
    fixture.aws.faults.add({ on: START, ...fault });
    expect(await rejection(fixture.calls.startKinesis(AWS_KEY))).toMatchObject(error);
    expect(await status()).toBe(takesEffect ? 'UPDATING' : 'ACTIVE');
    expect(fixture.aws.writes()).toHaveLength(takesEffect ? 1 : 0);
    expect(fixture.aws.requests[0]).toMatchObject({ status: recorded, accepted: takesEffect });
  });

  test.each(['before', 'after'] as const)('keeps the connection open %s the request takes effect', async (when) => {
    fixture.aws.faults.add({ on: START, hang: when });
    const abort = new AbortController();
    const hanging = outcome(fixture.calls.startKinesis(AWS_KEY, 'orders', abort.signal));
    await requestsReceived(1);
    expect(await status()).toBe(when === 'after' ? 'UPDATING' : 'ACTIVE');
    abort.abort();
    expect(await hanging).toBe('AbortError');
  });

  test('delays the response to a request that takes effect immediately', async () => {
    fixture.aws.faults.add({ on: START, delayMs: 1 });
    fixture.aws.faults.add({ on: 'StartDeliveryStreamEncryption', delayMs: 600_000 });
    expect(await outcome(fixture.calls.startKinesis(AWS_KEY))).toBe('accepted');
    const delayed = rejection(fixture.calls.startFirehose('aws-owned'));
    await requestsReceived(2);
    expect(await fixture.calls.encryption()).toMatchObject({ Status: 'ENABLING' });
    await fixture.aws.close();
    expect(await delayed).toMatchObject(CONNECTION_ERROR);
  });

  test('returns the state from before the last accepted Start call', async () => {
    fixture.aws.faults.add({ on: DESCRIBE, stale: true, times: 2 });
    fixture.aws.faults.add({ on: DESCRIBE_FIREHOSE, stale: true });
    const statuses = [await status()];
    await fixture.calls.startKinesis(AWS_KEY);
    statuses.push(await status(), await status());
    expect(statuses).toEqual(['ACTIVE', 'ACTIVE', 'UPDATING']);
    await fixture.calls.startFirehose('aws-owned');
    expect(await fixture.calls.encryption()).toEqual({ Status: 'DISABLED' });
  });
});

test('close aborts hanging and delayed requests immediately, and leaves no timers', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  fixture.aws.faults.add({ on: DESCRIBE, hang: 'before' });
  fixture.aws.faults.add({ on: DESCRIBE, delayMs: 600_000 });
  const waiting = [rejection(status()), rejection(status())];
  await requestsReceived(2);
  await fixture.aws.close();
  for (const error of await Promise.all(waiting)) expect(error).toMatchObject(CONNECTION_ERROR);
  // The clients' own timers end soon. A timer of the delayed response would last ten minutes.
  while (timers() > before) await sleep(10);
});
