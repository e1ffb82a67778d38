import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import * as firehose from './firehose-calls.ts';
import { createClients, type Fixture, rejection, startFixture } from './fixture.ts';
import { AWS_KEY, describeStream, start } from './kinesis-calls.ts';

const START = 'StartStreamEncryption';
const DESCRIBE = 'DescribeStreamSummary';
/** In jest, the SDK wraps Node's errors because they belong to another realm. Only the message is kept. */
const CONNECTION_ERROR = expect.stringMatching(/ECONNRESET|aborted|socket hang up/);

async function status(fixture: Pick<Fixture, 'clients'>): Promise<string | undefined> {
  return (await describeStream(fixture)).StreamStatus;
}

/** Waits until the server has received this many requests. */
async function requestsReceived(aws: LocalAws, count: number): Promise<void> {
  while (aws.requests.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('which requests a fault applies to', () => {
  test('the first request of its operation by default', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.faults.add({ on: START, error: { code: 'KMSThrottlingException', message: 'Slow down.' } });

    expect(await status(fixture)).toBe('ACTIVE');
    expect(await rejection(start(fixture, AWS_KEY))).toMatchObject({
      name: 'KMSThrottlingException',
      message: 'Slow down.'
    });
    await start(fixture, AWS_KEY);
  });

  test('several requests for one stream, after skipping some', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.kinesis.create({ name: 'returns' });
    fixture.aws.faults.add({ on: START, stream: 'orders', after: 1, times: 2, error: { code: 'Oops', message: '' } });
    const outcomes: string[] = [];

    for (const name of ['orders', 'returns', 'orders', 'orders', 'returns', 'orders']) {
      outcomes.push(
        await start(fixture, AWS_KEY, name).then(
          () => 'ok',
          (error) => error.name
        )
      );
    }

    expect(outcomes).toEqual(['ok', 'ok', 'Oops', 'Oops', 'ok', 'ok']);
  });

  test('every request, with several faults in the order they were added', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.faults.add({ on: DESCRIBE, error: { code: 'First', message: '' } });
    fixture.aws.faults.add({ on: DESCRIBE, times: Number.POSITIVE_INFINITY, error: { code: 'Rest', message: '' } });
    const names: string[] = [];

    for (let request = 0; request < 3; request += 1) names.push((await rejection(status(fixture))).name);

    expect(names).toEqual(['First', 'Rest', 'Rest']);
  });

  test('requests with the ARN of a data stream or the name of a delivery stream', async () => {
    await using fixture = await startFixture();
    const { arn } = fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'clicks' });
    fixture.aws.faults.add({ on: DESCRIBE, stream: 'orders', error: { code: 'ByArn', message: '' } });
    fixture.aws.faults.add({ on: 'DescribeDeliveryStream', stream: 'clicks', error: { code: 'ByName', message: '' } });

    const byArn = rejection(fixture.clients.kinesis.send(new DescribeStreamSummaryCommand({ StreamARN: arn })));
    const byName = rejection(firehose.describeStream(fixture));

    expect((await byArn).name).toBe('ByArn');
    expect((await byName).name).toBe('ByName');
  });
});

describe('what a fault does', () => {
  test('returns an error with its status and members, without taking effect', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks' });
    fixture.aws.faults.add({
      on: 'StartDeliveryStreamEncryption',
      error: { code: 'InvalidKMSResourceException', message: 'No.', status: 418, extra: { code: 'DisabledException' } }
    });

    expect(await rejection(firehose.start(fixture, 'aws-owned'))).toMatchObject({
      name: 'InvalidKMSResourceException',
      code: 'DisabledException',
      $metadata: { httpStatusCode: 418 }
    });
    expect(fixture.aws.requests).toMatchObject([
      { status: 418, errorCode: 'InvalidKMSResourceException', accepted: false }
    ]);
    expect(fixture.aws.writes()).toEqual([]);
  });

  test('falsifies an answer, and no error', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    const falsify = () => ({ StreamDescriptionSummary: { StreamStatus: 5 } });
    fixture.aws.faults.add({ on: DESCRIBE, times: 2, falsify });

    expect(await status(fixture)).toBe(5);
    expect(await rejection(describeStream(fixture, 'gone'))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test.each(['before', 'after'] as const)('resets the connection %s the request takes effect', async (when) => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.faults.add({ on: START, lost: when });

    expect(await rejection(start(fixture, AWS_KEY))).toMatchObject({ message: CONNECTION_ERROR });
    expect(await status(fixture)).toBe(when === 'after' ? 'UPDATING' : 'ACTIVE');
    expect(fixture.aws.writes()).toHaveLength(when === 'after' ? 1 : 0);
    expect(fixture.aws.requests[0]).toMatchObject({ status: 0, accepted: when === 'after' });
  });

  test.each(['before', 'after'] as const)('keeps the connection open %s the request takes effect', async (when) => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.faults.add({ on: START, hang: when });
    const abort = new AbortController();
    const hanging = rejection(start(fixture, AWS_KEY, 'orders', abort.signal));

    await requestsReceived(fixture.aws, 1);
    expect(await status(fixture)).toBe(when === 'after' ? 'UPDATING' : 'ACTIVE');
    abort.abort();

    expect((await hanging).name).toBe('AbortError');
  });

  test('returns an HTML page, without taking effect', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.faults.add({ on: START, status: 503, body: '<html>Service Unavailable</html>' });

    expect(await rejection(start(fixture, AWS_KEY))).toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect(await status(fixture)).toBe('ACTIVE');
    expect(fixture.aws.requests[0]).toMatchObject({ status: 503, accepted: false });
  });

  test('returns truncated JSON after the request took effect', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.faults.add({
      on: START,
      status: 200,
      body: '{"half":',
      effect: 'after',
      contentType: 'application/x-amz-json-1.1'
    });

    await rejection(start(fixture, AWS_KEY));

    expect(await status(fixture)).toBe('UPDATING');
  });

  test.each(['before', 'after'] as const)('truncates the response %s the request takes effect', async (when) => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.faults.add({ on: START, cutOff: when });
    fixture.aws.faults.add({ on: DESCRIBE, cutOff: when });

    expect(await rejection(start(fixture, AWS_KEY))).toMatchObject({ message: CONNECTION_ERROR });
    expect(await rejection(status(fixture))).toMatchObject({ message: CONNECTION_ERROR });
    expect(await status(fixture)).toBe(when === 'after' ? 'UPDATING' : 'ACTIVE');
  });

  test('delays the response to a request that takes effect immediately', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.faults.add({ on: START, delayMs: 30 });
    const startedMs = performance.now();
    const delayed = start(fixture, AWS_KEY);

    await requestsReceived(fixture.aws, 1);
    expect(await status(fixture)).toBe('UPDATING');
    await delayed;

    // Timers can fire up to 1 ms early by this clock.
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(29);
  });

  test('returns the state from before the last accepted Start call', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'clicks' });
    fixture.aws.faults.add({ on: DESCRIBE, stale: true, times: 2 });
    fixture.aws.faults.add({ on: 'DescribeDeliveryStream', stale: true });
    const statuses: unknown[] = [await status(fixture)];

    await start(fixture, AWS_KEY);
    statuses.push(await status(fixture), await status(fixture));
    await firehose.start(fixture, 'aws-owned');

    expect(statuses).toEqual(['ACTIVE', 'ACTIVE', 'UPDATING']);
    expect(await firehose.encryption(fixture)).toEqual({ Status: 'DISABLED' });
  });
});

test('close aborts hanging and delayed requests immediately, and leaves no timers', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  const aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
  aws.faults.add({ on: DESCRIBE, hang: 'before' });
  aws.faults.add({ on: DESCRIBE, delayMs: 600_000 });
  const fixture = { clients: createClients(aws.endpoint) };
  const waiting = [rejection(status(fixture)), rejection(status(fixture))];
  await requestsReceived(aws, 2);

  await aws.close();

  for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ message: CONNECTION_ERROR });
  // The clients' own timers end soon. A timer of the delayed response would last ten minutes.
  while (timers() > before) await sleep(10);
  await aws.close();
});
