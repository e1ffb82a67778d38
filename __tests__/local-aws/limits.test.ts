import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, AWS_KEY, DAY_MS, type Fixture, outcome, rejection, startFixture } from './fixture.ts';

const TOO_MANY = { name: 'LimitExceededException', message: expect.stringMatching(/25 .*24 hours/) };

describe('the limit of 25 in a rolling 24 hours', () => {
  test('of a data stream counts successful changes', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders', changeResult: 'reverted', changeMs: 0 });
    const { calls, clock } = fixture;
    const times = async (count: number) => {
      for (let change = 0; change < count; change += 1) {
        await calls.startKinesis(AWS_KEY);
        clock.advance(1000);
      }
    };
    await times(26);
    fixture.aws.kinesis.get('orders').changeResult = 'applied';
    await times(24);
    await rejection(calls.startKinesis('alias/missing'));
    await times(1);
    expect(await rejection(calls.startKinesis(AWS_KEY))).toMatchObject(TOO_MANY);

    // The first successful change ended 25 seconds ago.
    clock.advance(DAY_MS - 25_000 - 1);
    expect(await outcome(calls.startKinesis(AWS_KEY))).toBe('LimitExceededException');
    clock.advance(1);
    await calls.startKinesis(AWS_KEY);
  });

  test('of a delivery stream counts calls, rejected ones too', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    const { calls, clock } = fixture;
    fixture.aws.firehose.create({ name: 'orders', key: 'aws-owned' });
    const { arn } = fixture.aws.kms.createKey();
    for (let call = 0; call < 25; call += 1) {
      expect(await outcome(calls.startFirehose('aws-owned'))).toBe('InvalidArgumentException');
      clock.advance(1000);
    }
    expect(await rejection(calls.startFirehose(arn))).toMatchObject(TOO_MANY);

    // The first call was 25 seconds ago. Calls that the limit rejects, or that are invalid, do not count.
    clock.advance(DAY_MS - 25_000 - 1);
    expect(await outcome(calls.startFirehose(arn))).toBe('LimitExceededException');
    expect(await outcome(calls.startFirehose('alias/orders'))).toBe('ValidationException');
    clock.advance(1);
    await calls.startFirehose(arn);
  });
});

test('one customer key encrypts at most 500 delivery streams, each of which can request it again', async () => {
  await using fixture = await startFixture();
  const { arn: key } = fixture.aws.kms.createKey();
  for (let index = 0; index < 499; index += 1) fixture.aws.firehose.create({ name: `stream-${index}`, key });
  for (const name of ['last', 'one-too-many']) fixture.aws.firehose.create({ name });
  fixture.aws.firehose.get('stream-7').status = 'ENABLING_FAILED';

  await fixture.calls.startFirehose(key, 'last');
  expect(await rejection(fixture.calls.startFirehose(key, 'one-too-many'))).toMatchObject({
    name: 'LimitExceededException',
    message: expect.stringContaining('500')
  });
  await fixture.calls.startFirehose(fixture.aws.kms.createKey().arn, 'one-too-many');
  await fixture.calls.startFirehose(key, 'stream-7');
});

describe('the option limitsRates', () => {
  const LIMITED = { name: 'LimitExceededException', message: `Rate exceeded for account ${ACCOUNT}.` };
  const THROTTLED = { name: 'ThrottlingException', message: 'Rate exceeded' };

  test.each([
    ['DescribeStreamSummary', 20, LIMITED, ({ calls }: Fixture) => calls.describeKinesis()],
    ['ListStreams', 5, LIMITED, ({ calls }: Fixture) => calls.kinesis.listStreams({})],
    ['StartStreamEncryption', 5, LIMITED, ({ calls }: Fixture) => calls.startKinesis(AWS_KEY)],
    ['DescribeDeliveryStream', 5, THROTTLED, ({ calls }: Fixture) => calls.describeFirehose()],
    ['ListDeliveryStreams', 5, THROTTLED, ({ calls }: Fixture) => calls.firehose.listDeliveryStreams({})]
  ])('lets %s be called %i times in any second, and PutRecord without limit', async (_, rate, error, call) => {
    await using fixture = await startFixture({ limitsRates: true, changeMs: 0 });
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'orders' });
    const send = async (count: number) => {
      for (let sent = 0; sent < count; sent += 1) await call(fixture);
    };
    for (let put = 0; put < 30; put += 1) await fixture.calls.putFirehose();
    await send(3);
    fixture.clock.advance(600);
    await send(rate - 3);
    expect(await rejection(send(1))).toMatchObject(error);
    fixture.clock.advance(399);
    expect(await rejection(send(1))).toMatchObject(error);
    fixture.clock.advance(1);
    await send(3);
    expect(await rejection(send(1))).toMatchObject(error);
  });

  test('counts the calls of each operation separately', async () => {
    await using fixture = await startFixture({ limitsRates: true, changeMs: 0 });
    fixture.aws.firehose.create({ name: 'orders' });
    for (let call = 0; call < 5; call += 1) {
      await fixture.calls.describeFirehose();
      await fixture.calls.firehose.listDeliveryStreams({});
    }
  });
});
