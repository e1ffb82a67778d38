import { CreateDeliveryStreamCommand, ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import { describe, expect, test } from '@jest/globals';
import { describeStream, encryption, putRecord, start, startWith } from './firehose-calls.ts';
import { ACCOUNT, DAY_MS, REGION, refusal, scene } from './harness.ts';

describe('the asked configuration', () => {
  const keyArn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;

  test.each([
    ['a customer key without its ARN', { KeyType: 'CUSTOMER_MANAGED_CMK' } as const, 'InvalidArgumentException'],
    ['an ARN with the key AWS owns', { KeyType: 'AWS_OWNED_CMK', KeyARN: keyArn } as const, 'InvalidArgumentException'],
    ['an alias', { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'alias/clicks' } as const, 'ValidationException'],
    [
      'an alias ARN',
      { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: `arn:aws:kms:${REGION}:${ACCOUNT}:alias/clicks` } as const,
      'ValidationException'
    ],
    ['a bare key id', { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: keyArn.slice(-36) } as const, 'ValidationException'],
    ['no KeyType', { KeyType: undefined, KeyARN: keyArn } as const, 'ValidationException']
  ])('is refused with %s, and such a call does not count', async (_, input, error) => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks' });

    expect((await refusal(startWith(here, input))).name).toBe(error);
    expect(here.aws.firehose.get('clicks').calls).toEqual([]);
  });

  test('is refused for a stream that does not exist, or whose name cannot be one', async () => {
    await using here = await scene();

    expect(await refusal(start(here, 'aws-owned', 'nothing'))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Firehose nothing under accountId ${ACCOUNT} not found.`
    });
    expect((await refusal(start(here, 'aws-owned', 'my clicks'))).name).toBe('ValidationException');
    expect((await refusal(start(here, 'aws-owned', 'x'.repeat(65)))).name).toBe('ValidationException');
  });
});

describe('25 calls in a rolling 24 hours', () => {
  test('are the limit, refused ones included, and the message says which', async () => {
    await using here = await scene({ changeMs: 0 });
    here.aws.firehose.create({ name: 'clicks', key: 'aws-owned' });
    for (let call = 0; call < 25; call += 1) {
      await refusal(start(here, 'aws-owned'));
      here.clock.advance(1000);
    }
    const key = here.aws.kms.createKey();

    const { name, message } = await refusal(start(here, key.arn));
    expect(name).toBe('LimitExceededException');
    expect(message).toMatch(/25 .*24 hours/);

    // The first of them was 25 seconds ago. A call that the limit refused is not counted in its turn.
    here.clock.advance(DAY_MS - 25_000);
    await start(here, key.arn);
  });
});

test('one customer key serves 500 delivery streams and not one more', async () => {
  await using here = await scene();
  const key = here.aws.kms.createKey();
  for (let index = 0; index < 499; index += 1) here.aws.firehose.create({ name: `stream-${index}`, key: key.arn });
  here.aws.firehose.create({ name: 'last' });
  here.aws.firehose.create({ name: 'one-too-many' });

  await start(here, key.arn, 'last');
  const { name, message } = await refusal(start(here, key.arn, 'one-too-many'));

  expect(name).toBe('LimitExceededException');
  expect(message).toContain('500');
  await start(here, here.aws.kms.createKey().arn, 'one-too-many');
});

test('a delivery stream may ask again for the key that 500 share if it is one of them', async () => {
  await using here = await scene();
  const key = here.aws.kms.createKey();
  for (let index = 0; index < 500; index += 1) here.aws.firehose.create({ name: `stream-${index}`, key: key.arn });
  here.aws.firehose.get('stream-7').status = 'ENABLING_FAILED';

  await start(here, key.arn, 'stream-7');

  expect(here.aws.writes()).toHaveLength(1);
});

describe('records', () => {
  test('are in the clear during a first enabling, and encrypted from five seconds after it on', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks' });
    const seen: unknown[] = [await putRecord(here)];

    await start(here, 'aws-owned');
    seen.push(await putRecord(here));
    here.clock.advance(1000 + 4999);
    seen.push(await putRecord(here));
    here.clock.advance(1);
    seen.push(await putRecord(here));

    expect(seen).toEqual([false, false, false, true]);
  });

  test('are encrypted with the old key while another one is enabled', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks', key: here.aws.kms.createKey().arn });
    await start(here, 'aws-owned');

    expect(await putRecord(here)).toBe(true);
    here.clock.advance(1000);
    expect(await putRecord(here)).toBe(true);
  });

  test('are refused by a stream with another source, or whose key in force is disabled', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'sourced', sourceType: 'KinesisStreamAsSource' });
    here.aws.firehose.create({ name: 'locked', key: here.aws.kms.createKey({ state: 'Disabled' }).arn });

    expect((await refusal(putRecord(here, 'sourced'))).name).toBe('InvalidSourceException');
    expect(await refusal(putRecord(here, 'locked'))).toMatchObject({
      name: 'InvalidKMSResourceException',
      code: 'DisabledException'
    });
  });
});

describe('what Describe says', () => {
  test('leaves out the block of an unencrypted stream where the seed says so', async () => {
    await using here = await scene({ changeMs: 0 });
    here.aws.firehose.create({ name: 'clicks', omitsDisabled: true });

    expect(await describeStream(here)).not.toHaveProperty('DeliveryStreamEncryptionConfiguration');
    await start(here, 'aws-owned');
    expect(await encryption(here)).toMatchObject({ Status: 'ENABLED' });
  });

  test.each(['SUSPENDED', 'ENABLING_FAILED', 'DISABLING_FAILED'])(
    'may be %s until a change is accepted',
    async (status) => {
      await using here = await scene();
      const key = here.aws.kms.createKey();
      here.aws.firehose.create({ name: 'clicks', key: key.arn, status });

      expect(await encryption(here)).toEqual({ Status: status, KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
      await start(here, key.arn);
      here.clock.advance(1000);
      expect(await encryption(here)).toMatchObject({ Status: 'ENABLED' });
    }
  );

  test('has what the service describes besides encryption', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks' });

    expect(await describeStream(here)).toEqual({
      DeliveryStreamName: 'clicks',
      DeliveryStreamARN: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/clicks`,
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
      DeliveryStreamType: 'DirectPut',
      VersionId: '1',
      CreateTimestamp: new Date(here.clock.ms),
      Destinations: [{ DestinationId: 'destinationId-000000000001' }],
      HasMoreDestinations: false
    });
  });
});

test('the list gives ten names a page, or as many as Limit says, in order and by source', async () => {
  await using here = await scene();
  for (let index = 11; index >= 0; index -= 1) {
    here.aws.firehose.create({
      name: `stream-${String(index).padStart(2, '0')}`,
      sourceType: index === 5 ? 'MSKAsSource' : 'DirectPut'
    });
  }
  const list = (input: {
    Limit?: number;
    ExclusiveStartDeliveryStreamName?: string;
    DeliveryStreamType?: 'MSKAsSource';
  }) => here.clients.firehose.send(new ListDeliveryStreamsCommand(input));

  const first = await list({});
  expect(first.DeliveryStreamNames).toHaveLength(10);
  expect(first).toMatchObject({ HasMoreDeliveryStreams: true });
  expect(await list({ ExclusiveStartDeliveryStreamName: 'stream-09' })).toMatchObject({
    DeliveryStreamNames: ['stream-10', 'stream-11'],
    HasMoreDeliveryStreams: false
  });
  expect((await list({ Limit: 10_000 })).DeliveryStreamNames).toHaveLength(12);
  expect((await list({ DeliveryStreamType: 'MSKAsSource' })).DeliveryStreamNames).toEqual(['stream-05']);
  expect((await refusal(list({ Limit: 0 }))).name).toBe('ValidationException');
});

test('a delivery stream that is created by request is CREATING, then ACTIVE, encrypted if asked', async () => {
  await using here = await scene();
  const destination = { RoleARN: `arn:aws:iam::${ACCOUNT}:role/firehose`, BucketARN: 'arn:aws:s3:::clicks' };
  const create = () =>
    here.clients.firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: 'clicks',
        ExtendedS3DestinationConfiguration: destination,
        DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' }
      })
    );

  expect(await create()).toMatchObject({
    DeliveryStreamARN: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/clicks`
  });
  expect((await refusal(create())).name).toBe('ResourceInUseException');
  expect(await describeStream(here)).toMatchObject({ DeliveryStreamStatus: 'CREATING' });
  here.clock.advance(1000);
  expect(await describeStream(here)).toMatchObject({
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamEncryptionConfiguration: { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' }
  });
});
