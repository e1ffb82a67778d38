import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import * as firehose from './firehose-calls.ts';
import { clientsFor, refusal, type Scene, scene } from './harness.ts';
import { AWS_KEY, describeStream, start } from './kinesis-calls.ts';

const START = 'StartStreamEncryption';
const DESCRIBE = 'DescribeStreamSummary';
/** The SDK wraps Node's own errors in jest, where they are of another realm, and keeps their message only. */
const BROKEN = expect.stringMatching(/ECONNRESET|aborted|socket hang up/);

async function status(here: Pick<Scene, 'clients'>): Promise<string | undefined> {
  return (await describeStream(here)).StreamStatus;
}

/** Resolves once the server has so many requests, however they end. */
async function arrival(aws: LocalAws, count: number): Promise<void> {
  while (aws.requests.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('which requests a fault hits', () => {
  test('is the first one of its operation, unless it is told otherwise', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.faults.add({ on: START, error: { code: 'KMSThrottlingException', message: 'Slow down.' } });

    expect(await status(here)).toBe('ACTIVE');
    expect(await refusal(start(here, AWS_KEY))).toMatchObject({
      name: 'KMSThrottlingException',
      message: 'Slow down.'
    });
    await start(here, AWS_KEY);
  });

  test('may be one stream’s, so many of them, and after some have passed', async () => {
    await using here = await scene({ changeMs: 0 });
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.kinesis.create({ name: 'returns' });
    here.aws.faults.add({ on: START, stream: 'orders', after: 1, times: 2, error: { code: 'Oops', message: '' } });
    const outcomes: string[] = [];

    for (const name of ['orders', 'returns', 'orders', 'orders', 'returns', 'orders']) {
      outcomes.push(
        await start(here, AWS_KEY, name).then(
          () => 'ok',
          (error) => error.name
        )
      );
    }

    expect(outcomes).toEqual(['ok', 'ok', 'Oops', 'Oops', 'ok', 'ok']);
  });

  test('may be all of them; the fault added first goes first', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.faults.add({ on: DESCRIBE, error: { code: 'First', message: '' } });
    here.aws.faults.add({ on: DESCRIBE, times: Number.POSITIVE_INFINITY, error: { code: 'Rest', message: '' } });
    const names: string[] = [];

    for (let request = 0; request < 3; request += 1) names.push((await refusal(status(here))).name);

    expect(names).toEqual(['First', 'Rest', 'Rest']);
  });

  test('is found by the stream’s ARN too, and by the name of a delivery stream', async () => {
    await using here = await scene();
    const { arn } = here.aws.kinesis.create({ name: 'orders' });
    here.aws.firehose.create({ name: 'clicks' });
    here.aws.faults.add({ on: DESCRIBE, stream: 'orders', error: { code: 'ByArn', message: '' } });
    here.aws.faults.add({ on: 'DescribeDeliveryStream', stream: 'clicks', error: { code: 'ByName', message: '' } });

    const byArn = refusal(here.clients.kinesis.send(new DescribeStreamSummaryCommand({ StreamARN: arn })));
    const byName = refusal(firehose.describeStream(here));

    expect((await byArn).name).toBe('ByArn');
    expect((await byName).name).toBe('ByName');
  });
});

describe('what a fault does', () => {
  test('an error has its status and members, and nothing took effect', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks' });
    here.aws.faults.add({
      on: 'StartDeliveryStreamEncryption',
      error: { code: 'InvalidKMSResourceException', message: 'No.', status: 418, extra: { code: 'DisabledException' } }
    });

    expect(await refusal(firehose.start(here, 'aws-owned'))).toMatchObject({
      name: 'InvalidKMSResourceException',
      code: 'DisabledException',
      $metadata: { httpStatusCode: 418 }
    });
    expect(here.aws.requests).toMatchObject([
      { status: 418, errorCode: 'InvalidKMSResourceException', accepted: false }
    ]);
    expect(here.aws.writes()).toEqual([]);
  });

  test.each(['before', 'after'] as const)('a lost connection is reset %s the request took effect', async (when) => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.faults.add({ on: START, lost: when });

    expect(await refusal(start(here, AWS_KEY))).toMatchObject({ message: BROKEN });
    expect(await status(here)).toBe(when === 'after' ? 'UPDATING' : 'ACTIVE');
    expect(here.aws.writes()).toHaveLength(when === 'after' ? 1 : 0);
    expect(here.aws.requests[0]).toMatchObject({ status: 0, accepted: when === 'after' });
  });

  test.each(['before', 'after'] as const)('a hanging request gets no answer, %s it took effect', async (when) => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.faults.add({ on: START, hang: when });
    const abort = new AbortController();
    const hanging = refusal(start(here, AWS_KEY, 'orders', abort.signal));

    await arrival(here.aws, 1);
    expect(await status(here)).toBe(when === 'after' ? 'UPDATING' : 'ACTIVE');
    abort.abort();

    expect((await hanging).name).toBe('AbortError');
  });

  test('a body in place of the answer can be an HTML page that takes no effect', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.faults.add({ on: START, status: 503, body: '<html>Service Unavailable</html>' });

    expect(await refusal(start(here, AWS_KEY))).toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect(await status(here)).toBe('ACTIVE');
    expect(here.aws.requests[0]).toMatchObject({ status: 503, accepted: false });
  });

  test('a body in place of the answer can be half a JSON after the request took effect', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.faults.add({
      on: START,
      status: 200,
      body: '{"half":',
      effect: 'after',
      contentType: 'application/x-amz-json-1.1'
    });

    await refusal(start(here, AWS_KEY));

    expect(await status(here)).toBe('UPDATING');
  });

  test.each(['before', 'after'] as const)(
    'an answer is cut off in the middle, %s the request took effect',
    async (when) => {
      await using here = await scene();
      here.aws.kinesis.create({ name: 'orders' });
      here.aws.faults.add({ on: START, cutOff: when });
      here.aws.faults.add({ on: DESCRIBE, cutOff: when });

      expect(await refusal(start(here, AWS_KEY))).toMatchObject({ message: BROKEN });
      expect(await refusal(status(here))).toMatchObject({ message: BROKEN });
      expect(await status(here)).toBe(when === 'after' ? 'UPDATING' : 'ACTIVE');
    }
  );

  test('a delayed answer is the true one, of a request that took effect at once', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.faults.add({ on: START, delayMs: 30 });
    const began = performance.now();
    const delayed = start(here, AWS_KEY);

    await arrival(here.aws, 1);
    expect(await status(here)).toBe('UPDATING');
    await delayed;

    // Timers may fire up to a millisecond early by this clock.
    expect(performance.now() - began).toBeGreaterThanOrEqual(29);
  });

  test('a stale Describe says what it would have said before the last accepted Start', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.firehose.create({ name: 'clicks' });
    here.aws.faults.add({ on: DESCRIBE, stale: true, times: 2 });
    here.aws.faults.add({ on: 'DescribeDeliveryStream', stale: true });
    const seen: unknown[] = [await status(here)];

    await start(here, AWS_KEY);
    seen.push(await status(here), await status(here));
    await firehose.start(here, 'aws-owned');

    expect(seen).toEqual(['ACTIVE', 'ACTIVE', 'UPDATING']);
    expect(await firehose.encryption(here)).toEqual({ Status: 'DISABLED' });
  });
});

test('close ends hanging and delayed requests at once, and leaves no timer behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  const aws = await startLocalAws();
  aws.kinesis.create({ name: 'orders' });
  aws.faults.add({ on: DESCRIBE, hang: 'before' });
  aws.faults.add({ on: DESCRIBE, delayMs: 600_000 });
  const here = { clients: clientsFor(aws.endpoint) };
  const waiting = [refusal(status(here)), refusal(status(here))];
  await arrival(aws, 2);

  await aws.close();

  for (const refused of await Promise.all(waiting)) expect(refused).toMatchObject({ message: BROKEN });
  expect(timers()).toBe(before);
  await aws.close();
});
