import {
  CreateStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  StartStreamEncryptionCommand
} from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, REGION, refusal, scene } from './harness.ts';
import { AWS_KEY, describeStream, start } from './kinesis-calls.ts';

describe('what is asked of a data stream', () => {
  test('may name it by its ARN', async () => {
    await using here = await scene({ changeMs: 0 });
    const stream = here.aws.kinesis.create({ name: 'orders' });

    await here.clients.kinesis.send(
      new StartStreamEncryptionCommand({ StreamARN: stream.arn, EncryptionType: 'KMS', KeyId: AWS_KEY })
    );
    const { StreamDescriptionSummary } = await here.clients.kinesis.send(
      new DescribeStreamSummaryCommand({ StreamARN: stream.arn })
    );

    expect(stream.arn).toBe(`arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`);
    expect(StreamDescriptionSummary).toMatchObject({ StreamName: 'orders', KeyId: AWS_KEY });
  });

  test('finds nothing under a wrong name, or under an ARN of another account', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    const other = new DescribeStreamSummaryCommand({
      StreamARN: `arn:aws:kinesis:${REGION}:999988887777:stream/orders`
    });

    expect(await refusal(describeStream(here, 'order'))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Stream order under account ${ACCOUNT} not found.`
    });
    expect((await refusal(here.clients.kinesis.send(other))).name).toBe('ResourceNotFoundException');
  });

  test.each([
    ['no name at all', {}, 'InvalidArgumentException'],
    ['a name with a blank', { StreamName: 'my orders' }, 'ValidationException'],
    ['a name of 129 letters', { StreamName: 'x'.repeat(129) }, 'ValidationException'],
    ['the ARN of something else', { StreamARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders` }, 'ValidationException']
  ])('is refused with %s', async (_, input, error) => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });

    const request = here.clients.kinesis.send(new DescribeStreamSummaryCommand(input));

    expect((await refusal(request)).name).toBe(error);
  });

  test.each([
    ['EncryptionType NONE', { EncryptionType: 'NONE', KeyId: AWS_KEY } as const, 'InvalidArgumentException'],
    ['no KeyId', { EncryptionType: 'KMS', KeyId: undefined } as const, 'ValidationException'],
    ['no EncryptionType', { EncryptionType: undefined, KeyId: AWS_KEY } as const, 'ValidationException'],
    ['an empty KeyId', { EncryptionType: 'KMS', KeyId: '' } as const, 'ValidationException'],
    ['a KeyId of 2049 letters', { EncryptionType: 'KMS', KeyId: 'k'.repeat(2049) } as const, 'ValidationException']
  ])('cannot start encryption with %s', async (_, input, error) => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });

    const request = here.clients.kinesis.send(new StartStreamEncryptionCommand({ StreamName: 'orders', ...input }));

    expect((await refusal(request)).name).toBe(error);
    expect(here.aws.kinesis.get('orders').status).toBe('ACTIVE');
  });

  test('is answered with what the seed tells it to say, until a change has ended', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'silent', encryptionType: null, retentionHours: 168 });
    here.aws.kinesis.create({ name: 'odd', encryptionType: 'AES' });

    const silent = await describeStream(here, 'silent');
    expect(silent).toMatchObject({ RetentionPeriodHours: 168 });
    expect(silent).not.toHaveProperty('EncryptionType');
    expect(await describeStream(here, 'odd')).toMatchObject({ EncryptionType: 'AES' });

    await start(here, AWS_KEY, 'silent');
    here.clock.advance(1000);
    expect(await describeStream(here, 'silent')).toMatchObject({ EncryptionType: 'KMS' });
  });

  test('has what the service describes besides encryption', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });

    expect(await describeStream(here)).toEqual({
      StreamName: 'orders',
      StreamARN: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: new Date(here.clock.ms),
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: 'NONE',
      OpenShardCount: 1,
      ConsumerCount: 0
    });
  });

  test('is answered with its shards, and with its tags, where older calls ask for them', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders', onDemand: true, keyId: AWS_KEY, tags: { team: 'shop' } });
    const stream = { StreamName: 'orders' };

    const { StreamDescription } = await here.clients.kinesis.send(new DescribeStreamCommand(stream));
    const { Tags } = await here.clients.kinesis.send(new ListTagsForStreamCommand(stream));

    expect(StreamDescription).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: AWS_KEY, HasMoreShards: false });
    const [first, , , last] = StreamDescription?.Shards ?? [];
    expect(first).toMatchObject({ ShardId: 'shardId-000000000000', HashKeyRange: { StartingHashKey: '0' } });
    expect(last?.HashKeyRange?.EndingHashKey).toBe(String(2n ** 128n - 1n));
    expect(Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
  });
});

describe('the list of data streams', () => {
  test('comes in the order of names, a hundred a page whatever Limit says', async () => {
    await using here = await scene();
    for (let index = 249; index >= 0; index -= 1) {
      here.aws.kinesis.create({ name: `stream-${String(index).padStart(3, '0')}` });
    }
    const first = await here.clients.kinesis.send(new ListStreamsCommand({ Limit: 10_000 }));
    const last = await here.clients.kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: 'stream-199' }));
    const second = await here.clients.kinesis.send(new ListStreamsCommand({ NextToken: first.NextToken }));

    expect(first).toMatchObject({ HasMoreStreams: true });
    expect(first.StreamNames).toHaveLength(100);
    expect(first.StreamNames?.[0]).toBe('stream-000');
    expect(second.StreamNames?.[0]).toBe('stream-100');
    expect(last.StreamNames).toHaveLength(50);
    expect(last).toMatchObject({ HasMoreStreams: false });
    expect(last).not.toHaveProperty('NextToken');
  });

  test('may be as those of emulators: paged by name alone, with a number for whether there are more', async () => {
    await using here = await scene({ listsByNameOnly: true });
    for (const name of ['a', 'b', 'c']) here.aws.kinesis.create({ name });
    const list = (after?: string) =>
      here.clients.kinesis.send(new ListStreamsCommand({ Limit: 2, ExclusiveStartStreamName: after }));

    const first = await list();
    expect(first).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: 1 });
    expect(first).not.toHaveProperty('NextToken');
    expect(await list('b')).toMatchObject({ StreamNames: ['c'], HasMoreStreams: 0 });
  });

  test('shows what came and what went since it was last asked for', async () => {
    await using here = await scene();
    const names = async () => (await here.clients.kinesis.send(new ListStreamsCommand({}))).StreamNames;
    for (const name of ['b', 'a']) here.aws.kinesis.create({ name });
    expect(await names()).toEqual(['a', 'b']);
    here.aws.kinesis.create({ name: 'c' });
    here.aws.kinesis.delete('a');
    expect(await names()).toEqual(['b', 'c']);
  });

  test('goes on after a name that is gone', async () => {
    await using here = await scene();
    for (const name of ['a', 'c']) here.aws.kinesis.create({ name });

    const { StreamNames } = await here.clients.kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: 'b' }));

    expect(StreamNames).toEqual(['c']);
  });

  test('tells the status of each stream as it is now', async () => {
    await using here = await scene();
    const stream = here.aws.kinesis.create({ name: 'orders' });
    here.aws.kinesis.create({ name: 'returns' });
    await start(here, AWS_KEY);

    const { StreamSummaries: during } = await here.clients.kinesis.send(new ListStreamsCommand({ Limit: 1 }));
    here.clock.advance(1000);
    const { StreamSummaries: after } = await here.clients.kinesis.send(new ListStreamsCommand({}));

    expect(during).toEqual([
      {
        StreamName: 'orders',
        StreamARN: stream.arn,
        StreamStatus: 'UPDATING',
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        StreamCreationTimestamp: expect.any(Date)
      }
    ]);
    expect(after?.map((summary) => summary.StreamStatus)).toEqual(['ACTIVE', 'ACTIVE']);
  });
});

test('a stream that is created by request is CREATING, then ACTIVE, and cannot be created twice', async () => {
  await using here = await scene();
  const create = () => here.clients.kinesis.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 1 }));

  await create();
  expect(await describeStream(here)).toMatchObject({ StreamStatus: 'CREATING' });
  expect((await refusal(create())).name).toBe('ResourceInUseException');
  here.clock.advance(1000);
  expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'NONE' });
});
