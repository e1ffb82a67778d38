import {
  CreateStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  StartStreamEncryptionCommand
} from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, REGION, rejection, startFixture } from './fixture.ts';
import { AWS_KEY, describeStream, start } from './kinesis-calls.ts';

describe('a request for a data stream', () => {
  test('can name the stream by its ARN', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    const stream = fixture.aws.kinesis.create({ name: 'orders' });

    await fixture.clients.kinesis.send(
      new StartStreamEncryptionCommand({ StreamARN: stream.arn, EncryptionType: 'KMS', KeyId: AWS_KEY })
    );
    const { StreamDescriptionSummary } = await fixture.clients.kinesis.send(
      new DescribeStreamSummaryCommand({ StreamARN: stream.arn })
    );

    expect(stream.arn).toBe(`arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`);
    expect(StreamDescriptionSummary).toMatchObject({ StreamName: 'orders', KeyId: AWS_KEY });
  });

  test('fails for a missing name and for an ARN of another account', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    const other = new DescribeStreamSummaryCommand({
      StreamARN: `arn:aws:kinesis:${REGION}:999988887777:stream/orders`
    });

    expect(await rejection(describeStream(fixture, 'order'))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Stream order under account ${ACCOUNT} not found.`
    });
    expect((await rejection(fixture.clients.kinesis.send(other))).name).toBe('ResourceNotFoundException');
  });

  test.each([
    ['no name', {}, 'InvalidArgumentException'],
    ['a name with a blank', { StreamName: 'my orders' }, 'ValidationException'],
    ['a name of 129 characters', { StreamName: 'x'.repeat(129) }, 'ValidationException'],
    ['an ARN of another service', { StreamARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:orders` }, 'ValidationException']
  ])('is rejected with %s', async (_, input, error) => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });

    const request = fixture.clients.kinesis.send(new DescribeStreamSummaryCommand(input));

    expect((await rejection(request)).name).toBe(error);
  });

  test.each([
    ['EncryptionType NONE', { EncryptionType: 'NONE', KeyId: AWS_KEY } as const, 'InvalidArgumentException'],
    ['no KeyId', { EncryptionType: 'KMS', KeyId: undefined } as const, 'ValidationException'],
    ['no EncryptionType', { EncryptionType: undefined, KeyId: AWS_KEY } as const, 'ValidationException'],
    ['an empty KeyId', { EncryptionType: 'KMS', KeyId: '' } as const, 'ValidationException'],
    ['a KeyId of 2049 characters', { EncryptionType: 'KMS', KeyId: 'k'.repeat(2049) } as const, 'ValidationException']
  ])('cannot start encryption with %s', async (_, input, error) => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });

    const request = fixture.clients.kinesis.send(new StartStreamEncryptionCommand({ StreamName: 'orders', ...input }));

    expect((await rejection(request)).name).toBe(error);
    expect(fixture.aws.kinesis.get('orders').status).toBe('ACTIVE');
  });

  test('returns the seeded EncryptionType until a change has ended', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'silent', encryptionType: null, retentionHours: 168 });
    fixture.aws.kinesis.create({ name: 'odd', encryptionType: 'AES' });

    const silent = await describeStream(fixture, 'silent');
    expect(silent).toMatchObject({ RetentionPeriodHours: 168 });
    expect(silent).not.toHaveProperty('EncryptionType');
    expect(await describeStream(fixture, 'odd')).toMatchObject({ EncryptionType: 'AES' });

    await start(fixture, AWS_KEY, 'silent');
    fixture.clock.advance(1000);
    expect(await describeStream(fixture, 'silent')).toMatchObject({ EncryptionType: 'KMS' });
  });

  test('returns the other members of the description', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });

    expect(await describeStream(fixture)).toEqual({
      StreamName: 'orders',
      StreamARN: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: new Date(fixture.clock.ms),
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: 'NONE',
      OpenShardCount: 1,
      ConsumerCount: 0,
      ChannelCount: 0
    });
  });

  test('returns the shards for DescribeStream, and the tags for ListTagsForStream', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders', onDemand: true, keyId: AWS_KEY, tags: { team: 'shop' } });
    const stream = { StreamName: 'orders' };

    const { StreamDescription } = await fixture.clients.kinesis.send(new DescribeStreamCommand(stream));
    const { Tags } = await fixture.clients.kinesis.send(new ListTagsForStreamCommand(stream));

    expect(StreamDescription).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: AWS_KEY, HasMoreShards: false });
    const [first, , , last] = StreamDescription?.Shards ?? [];
    expect(first).toMatchObject({ ShardId: 'shardId-000000000000', HashKeyRange: { StartingHashKey: '0' } });
    expect(last?.HashKeyRange?.EndingHashKey).toBe(String(2n ** 128n - 1n));
    expect(Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
  });
});

describe('ListStreams', () => {
  test('returns names in order, at most 100 per page even with a higher Limit', async () => {
    await using fixture = await startFixture();
    for (let index = 249; index >= 0; index -= 1) {
      fixture.aws.kinesis.create({ name: `stream-${String(index).padStart(3, '0')}` });
    }
    const first = await fixture.clients.kinesis.send(new ListStreamsCommand({ Limit: 10_000 }));
    const last = await fixture.clients.kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: 'stream-199' }));
    const second = await fixture.clients.kinesis.send(new ListStreamsCommand({ NextToken: first.NextToken }));

    expect(first).toMatchObject({ HasMoreStreams: true });
    expect(first.StreamNames).toHaveLength(100);
    expect(first.StreamNames?.[0]).toBe('stream-000');
    expect(second.StreamNames?.[0]).toBe('stream-100');
    expect(last.StreamNames).toHaveLength(50);
    expect(last).toMatchObject({ HasMoreStreams: false });
    expect(last).not.toHaveProperty('NextToken');
  });

  test('pages by name only and returns a number for HasMoreStreams with the option listsByNameOnly', async () => {
    await using fixture = await startFixture({ listsByNameOnly: true });
    for (const name of ['a', 'b', 'c']) fixture.aws.kinesis.create({ name });
    const list = (after?: string) =>
      fixture.clients.kinesis.send(new ListStreamsCommand({ Limit: 2, ExclusiveStartStreamName: after }));

    const first = await list();
    expect(first).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: 1 });
    expect(first).not.toHaveProperty('NextToken');
    expect(await list('b')).toMatchObject({ StreamNames: ['c'], HasMoreStreams: 0 });
  });

  test('reflects streams that were created or deleted since the last call', async () => {
    await using fixture = await startFixture();
    const names = async () => (await fixture.clients.kinesis.send(new ListStreamsCommand({}))).StreamNames;
    for (const name of ['b', 'a']) fixture.aws.kinesis.create({ name });
    expect(await names()).toEqual(['a', 'b']);
    fixture.aws.kinesis.create({ name: 'c' });
    fixture.aws.kinesis.delete('a');
    expect(await names()).toEqual(['b', 'c']);
  });

  test('continues after a name that no longer exists', async () => {
    await using fixture = await startFixture();
    for (const name of ['a', 'c']) fixture.aws.kinesis.create({ name });

    const { StreamNames } = await fixture.clients.kinesis.send(
      new ListStreamsCommand({ ExclusiveStartStreamName: 'b' })
    );

    expect(StreamNames).toEqual(['c']);
  });

  test('returns the current status of each stream', async () => {
    await using fixture = await startFixture();
    const stream = fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.kinesis.create({ name: 'returns' });
    await start(fixture, AWS_KEY);

    const { StreamSummaries: during } = await fixture.clients.kinesis.send(new ListStreamsCommand({ Limit: 1 }));
    fixture.clock.advance(1000);
    const { StreamSummaries: after } = await fixture.clients.kinesis.send(new ListStreamsCommand({}));

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

test('CreateStream creates a stream that is CREATING, then ACTIVE, and rejects a duplicate name', async () => {
  await using fixture = await startFixture();
  const create = () => fixture.clients.kinesis.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 1 }));

  await create();
  expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'CREATING' });
  expect((await rejection(create())).name).toBe('ResourceInUseException');
  fixture.clock.advance(1000);
  expect(await describeStream(fixture)).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'NONE' });
});
