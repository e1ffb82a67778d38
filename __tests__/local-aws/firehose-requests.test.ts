import { CreateDeliveryStreamCommand, ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import { describe, expect, test } from '@jest/globals';
import { describeStream, encryption, putRecord, start, startWith } from './firehose-calls.ts';
import { ACCOUNT, DAY_MS, REGION, rejection, startFixture } from './fixture.ts';

describe('a request to start encryption', () => {
  const keyArn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;

  test.each([
    ['a customer key without its ARN', { KeyType: 'CUSTOMER_MANAGED_CMK' } as const, 'InvalidArgumentException'],
    [
      'an ARN with the AWS owned key',
      { KeyType: 'AWS_OWNED_CMK', KeyARN: keyArn } as const,
      'InvalidArgumentException'
    ],
    ['an alias', { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'alias/clicks' } as const, 'ValidationException'],
    [
      'an alias ARN',
      { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/clicks` } as const,
      'ValidationException'
    ],
    ['a bare key id', { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: keyArn.slice(-36) } as const, 'ValidationException'],
    ['no KeyType', { KeyType: undefined, KeyARN: keyArn } as const, 'ValidationException']
  ])('is rejected with %s, and the call does not count towards the limit', async (_, input, error) => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks' });

    expect((await rejection(startWith(fixture, input))).name).toBe(error);
    expect(fixture.aws.firehose.get('clicks').startCalls).toEqual([]);
  });

  test('is rejected for a missing stream and for an invalid stream name', async () => {
    await using fixture = await startFixture();

    expect(await rejection(start(fixture, 'aws-owned', 'missing'))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Firehose missing under accountId ${ACCOUNT} not found.`
    });
    expect((await rejection(start(fixture, 'aws-owned', 'my clicks'))).name).toBe('ValidationException');
    expect((await rejection(start(fixture, 'aws-owned', 'x'.repeat(65)))).name).toBe('ValidationException');
  });
});

describe('the limit of 25 calls in a rolling 24 hours', () => {
  test('counts rejected calls, and is named in the message', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    fixture.aws.firehose.create({ name: 'clicks', key: 'aws-owned' });
    for (let call = 0; call < 25; call += 1) {
      await rejection(start(fixture, 'aws-owned'));
      fixture.clock.advance(1000);
    }
    const key = fixture.aws.kms.createKey();

    const { name, message } = await rejection(start(fixture, key.arn));
    expect(name).toBe('LimitExceededException');
    expect(message).toMatch(/25 .*24 hours/);

    // The first call was 25 seconds ago. A call that the limit rejects does not count.
    fixture.clock.advance(DAY_MS - 25_000);
    await start(fixture, key.arn);
  });
});

test('one customer key encrypts at most 500 delivery streams', async () => {
  await using fixture = await startFixture();
  const key = fixture.aws.kms.createKey();
  for (let index = 0; index < 499; index += 1) fixture.aws.firehose.create({ name: `stream-${index}`, key: key.arn });
  fixture.aws.firehose.create({ name: 'last' });
  fixture.aws.firehose.create({ name: 'one-too-many' });

  await start(fixture, key.arn, 'last');
  const { name, message } = await rejection(start(fixture, key.arn, 'one-too-many'));

  expect(name).toBe('LimitExceededException');
  expect(message).toContain('500');
  await start(fixture, fixture.aws.kms.createKey().arn, 'one-too-many');
});

test('a delivery stream that already uses a key shared by 500 can request it again', async () => {
  await using fixture = await startFixture();
  const key = fixture.aws.kms.createKey();
  for (let index = 0; index < 500; index += 1) fixture.aws.firehose.create({ name: `stream-${index}`, key: key.arn });
  fixture.aws.firehose.get('stream-7').status = 'ENABLING_FAILED';

  await start(fixture, key.arn, 'stream-7');

  expect(fixture.aws.writes()).toHaveLength(1);
});

describe('records', () => {
  test('are unencrypted until five seconds after encryption is first enabled', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks' });
    const encrypted: unknown[] = [await putRecord(fixture)];

    await start(fixture, 'aws-owned');
    encrypted.push(await putRecord(fixture));
    fixture.clock.advance(1000 + 4999);
    encrypted.push(await putRecord(fixture));
    fixture.clock.advance(1);
    encrypted.push(await putRecord(fixture));

    expect(encrypted).toEqual([false, false, false, true]);
  });

  test('are encrypted with the previous key during a key change', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks', key: fixture.aws.kms.createKey().arn });
    await start(fixture, 'aws-owned');

    expect(await putRecord(fixture)).toBe(true);
    fixture.clock.advance(1000);
    expect(await putRecord(fixture)).toBe(true);
  });

  test('are rejected by a stream with another source and by a stream with a disabled key', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'sourced', sourceType: 'KinesisStreamAsSource' });
    fixture.aws.firehose.create({ name: 'locked', key: fixture.aws.kms.createKey({ state: 'Disabled' }).arn });

    expect((await rejection(putRecord(fixture, 'sourced'))).name).toBe('InvalidSourceException');
    expect(await rejection(putRecord(fixture, 'locked'))).toMatchObject({
      name: 'InvalidKMSResourceException',
      code: 'DisabledException'
    });
  });
});

describe('DescribeDeliveryStream', () => {
  const DATA_STREAM = 'arn:aws:kinesis:us-east-1:111122223333:stream/feed';
  const CLUSTER = 'arn:aws:kafka:us-east-1:111122223333:cluster/feed/1';

  test.each([
    [
      { dataStreamArn: DATA_STREAM },
      'KinesisStreamAsSource',
      { KinesisStreamSourceDescription: { KinesisStreamARN: DATA_STREAM } }
    ],
    [{ mskClusterArn: CLUSTER }, 'MSKAsSource', { MSKSourceDescription: { MSKClusterARN: CLUSTER } }],
    [
      { databaseEndpoint: 'db.example.com' },
      'DatabaseAsSource',
      { DatabaseSourceDescription: { Endpoint: 'db.example.com' } }
    ]
  ])('returns the type and the description of the source %j', async (source, DeliveryStreamType, Source) => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks', source });

    expect(await describeStream(fixture)).toMatchObject({ DeliveryStreamType, Source });
  });

  test('returns no source for Direct PUT', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks' });

    expect(await describeStream(fixture)).not.toHaveProperty('Source');
  });

  test('omits the encryption block of an unencrypted stream that is seeded so', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    fixture.aws.firehose.create({ name: 'clicks', omitsDisabled: true });

    expect(await describeStream(fixture)).not.toHaveProperty('DeliveryStreamEncryptionConfiguration');
    await start(fixture, 'aws-owned');
    expect(await encryption(fixture)).toMatchObject({ Status: 'ENABLED' });
  });

  test.each(['SUSPENDED', 'ENABLING_FAILED', 'DISABLING_FAILED'])(
    'returns a seeded status %s until a change is accepted',
    async (status) => {
      await using fixture = await startFixture();
      const key = fixture.aws.kms.createKey();
      fixture.aws.firehose.create({ name: 'clicks', key: key.arn, status });

      expect(await encryption(fixture)).toEqual({ Status: status, KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
      await start(fixture, key.arn);
      fixture.clock.advance(1000);
      expect(await encryption(fixture)).toMatchObject({ Status: 'ENABLED' });
    }
  );

  test('returns the other members of the description', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks' });

    expect(await describeStream(fixture)).toEqual({
      DeliveryStreamName: 'clicks',
      DeliveryStreamARN: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/clicks`,
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
      DeliveryStreamType: 'DirectPut',
      VersionId: '1',
      CreateTimestamp: new Date(fixture.clock.ms),
      Destinations: [{ DestinationId: 'destinationId-000000000001' }],
      HasMoreDestinations: false
    });
  });
});

test('ListDeliveryStreams returns ten names or Limit names per page, in order, filtered by source', async () => {
  await using fixture = await startFixture();
  for (let index = 11; index >= 0; index -= 1) {
    fixture.aws.firehose.create({
      name: `stream-${String(index).padStart(2, '0')}`,
      sourceType: index === 5 ? 'MSKAsSource' : 'DirectPut'
    });
  }
  const list = (input: {
    Limit?: number;
    ExclusiveStartDeliveryStreamName?: string;
    DeliveryStreamType?: 'MSKAsSource';
  }) => fixture.clients.firehose.send(new ListDeliveryStreamsCommand(input));

  const first = await list({});
  expect(first.DeliveryStreamNames).toHaveLength(10);
  expect(first).toMatchObject({ HasMoreDeliveryStreams: true });
  expect(await list({ ExclusiveStartDeliveryStreamName: 'stream-09' })).toMatchObject({
    DeliveryStreamNames: ['stream-10', 'stream-11'],
    HasMoreDeliveryStreams: false
  });
  expect((await list({ Limit: 10_000 })).DeliveryStreamNames).toHaveLength(12);
  expect((await list({ DeliveryStreamType: 'MSKAsSource' })).DeliveryStreamNames).toEqual(['stream-05']);
  expect((await rejection(list({ Limit: 0 }))).name).toBe('ValidationException');
});

test('CreateDeliveryStream creates a stream that is CREATING, then ACTIVE, and encrypted if requested', async () => {
  await using fixture = await startFixture();
  const destination = { RoleARN: `arn:aws:iam::${ACCOUNT}:role/firehose`, BucketARN: 'arn:aws:s3:::clicks' };
  const create = () =>
    fixture.clients.firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: 'clicks',
        ExtendedS3DestinationConfiguration: destination,
        DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' }
      })
    );

  expect(await create()).toMatchObject({
    DeliveryStreamARN: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/clicks`
  });
  expect((await rejection(create())).name).toBe('ResourceInUseException');
  expect(await describeStream(fixture)).toMatchObject({ DeliveryStreamStatus: 'CREATING' });
  fixture.clock.advance(1000);
  expect(await describeStream(fixture)).toMatchObject({
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamEncryptionConfiguration: { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' }
  });
});
