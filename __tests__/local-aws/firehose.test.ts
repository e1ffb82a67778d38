import {
  CreateDeliveryStreamCommand,
  type DeliveryStreamDescription,
  type DeliveryStreamEncryptionConfiguration,
  type DeliveryStreamEncryptionConfigurationInput,
  DescribeDeliveryStreamCommand,
  ListDeliveryStreamsCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand
} from '@aws-sdk/client-firehose';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, DAY_MS, REGION, refusal, type Scene, scene } from './harness.ts';

async function describeStream({ clients }: Scene, name = 'clicks'): Promise<DeliveryStreamDescription | undefined> {
  const { DeliveryStreamDescription } = await clients.firehose.send(
    new DescribeDeliveryStreamCommand({ DeliveryStreamName: name })
  );
  return DeliveryStreamDescription;
}

async function encryption(here: Scene, name?: string): Promise<DeliveryStreamEncryptionConfiguration | undefined> {
  return (await describeStream(here, name))?.DeliveryStreamEncryptionConfiguration;
}

async function send(
  { clients }: Scene,
  input?: DeliveryStreamEncryptionConfigurationInput,
  name = 'clicks'
): Promise<void> {
  await clients.firehose.send(
    new StartDeliveryStreamEncryptionCommand({
      DeliveryStreamName: name,
      ...(input !== undefined && { DeliveryStreamEncryptionConfigurationInput: input })
    })
  );
}

async function start(here: Scene, key: string, name?: string): Promise<void> {
  if (key === 'aws-owned') await send(here, { KeyType: 'AWS_OWNED_CMK' }, name);
  else await send(here, { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: key }, name);
}

async function putRecord({ clients }: Scene, name = 'clicks'): Promise<boolean | undefined> {
  const { Encrypted } = await clients.firehose.send(
    new PutRecordCommand({ DeliveryStreamName: name, Record: { Data: Buffer.from('record') } })
  );
  return Encrypted;
}

describe('a change of a delivery stream', () => {
  test('goes through ENABLING to ENABLED with a customer key', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.firehose.create({ name: 'clicks' });

    const before = await encryption(here);
    await start(here, key.arn);
    here.clock.advance(999);
    const during = await encryption(here);
    here.clock.advance(1);

    expect(before).toEqual({ Status: 'DISABLED' });
    expect(during).toEqual({ Status: 'ENABLING', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
    expect(await encryption(here)).toEqual({ Status: 'ENABLED', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
  });

  test('to the key AWS owns shows its type and no ARN, asked by name or by leaving the key out', async () => {
    await using here = await scene({ changeMs: 0 });
    here.aws.firehose.create({ name: 'named' });
    here.aws.firehose.create({ name: 'left-out' });

    await start(here, 'aws-owned', 'named');
    await send(here, undefined, 'left-out');

    for (const name of ['named', 'left-out']) {
      expect(await encryption(here, name)).toEqual({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
    }
  });

  test('leaves DeliveryStreamStatus alone', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks' });

    await start(here, 'aws-owned');

    expect(await describeStream(here)).toMatchObject({ DeliveryStreamStatus: 'ACTIVE' });
  });

  test('is refused while another one is in flight', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks', changing: { key: 'aws-owned', ms: 5000 } });
    const key = here.aws.kms.createKey();

    expect((await refusal(start(here, key.arn))).name).toBe('ResourceInUseException');
    here.clock.advance(5000);
    await start(here, key.arn);
  });

  test.each(['CREATING', 'DELETING'])('is refused while the delivery stream is %s', async (streamStatus) => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks', streamStatus });

    expect((await refusal(start(here, 'aws-owned'))).name).toBe('ResourceInUseException');
  });

  test('to the configuration already in force is refused', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.firehose.create({ name: 'customer', key: key.arn });
    here.aws.firehose.create({ name: 'owned', key: 'aws-owned' });

    expect((await refusal(start(here, key.arn, 'customer'))).name).toBe('InvalidArgumentException');
    expect((await refusal(start(here, 'aws-owned', 'owned'))).name).toBe('InvalidArgumentException');
    expect(here.aws.writes()).toEqual([]);
  });

  test.each(['KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource'])(
    'is refused for the source %s',
    async (sourceType) => {
      await using here = await scene();
      here.aws.firehose.create({ name: 'clicks', sourceType });

      const { name, message } = await refusal(start(here, 'aws-owned'));

      expect(name).toBe('InvalidArgumentException');
      expect(message).toContain(sourceType);
      expect(await describeStream(here)).toMatchObject({ DeliveryStreamType: sourceType });
    }
  );
});

describe('a change that fails', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'DISABLED_KMS_KEY'],
    ['pending deletion', { state: 'PendingDeletion' }, 'INVALID_KMS_KEY'],
    ['asymmetric', { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' }, 'INVALID_KMS_KEY'],
    ['in another region', { region: 'eu-west-1' }, 'KMS_KEY_NOT_FOUND'],
    ['refused to the service', { refusedToServices: true }, 'KMS_ACCESS_DENIED'],
    ['managed by AWS', { manager: 'AWS' }, 'KMS_ACCESS_DENIED']
  ] as const)('as the key is %s ends in ENABLING_FAILED with the reason', async (_, seed, type) => {
    await using here = await scene();
    const key = here.aws.kms.createKey(seed);
    here.aws.firehose.create({ name: 'clicks' });

    await start(here, key.arn);
    expect(await encryption(here)).toMatchObject({ Status: 'ENABLING' });
    here.clock.advance(1000);

    expect(await encryption(here)).toEqual({
      Status: 'ENABLING_FAILED',
      KeyARN: key.arn,
      KeyType: 'CUSTOMER_MANAGED_CMK',
      FailureDescription: { Type: type, Details: expect.stringMatching(/\S/) }
    });
  });

  test('is decided by the key as it is at the end, not at the call', async () => {
    await using here = await scene();
    const disabledLater = here.aws.kms.createKey();
    const enabledLater = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'bad' });
    here.aws.firehose.create({ name: 'good' });

    await start(here, disabledLater.arn, 'bad');
    await start(here, enabledLater.arn, 'good');
    disabledLater.state = 'Disabled';
    enabledLater.state = 'Enabled';
    here.clock.advance(1000);
    disabledLater.state = 'Enabled';
    enabledLater.state = 'Disabled';

    expect(await encryption(here, 'bad')).toMatchObject({ Status: 'ENABLING_FAILED' });
    expect(await encryption(here, 'good')).toMatchObject({ Status: 'ENABLED' });
  });

  test('goes on encrypting with the old key', async () => {
    await using here = await scene();
    const old = here.aws.kms.createKey();
    const disabled = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'clicks', key: old.arn });

    await start(here, disabled.arn);
    here.clock.advance(60_000);

    expect(await encryption(here)).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN: disabled.arn });
    expect(await putRecord(here)).toBe(true);
    expect(here.aws.firehose.get('clicks').key).toBe(old.arn);
  });

  test('shows the old key in an account told to do so', async () => {
    await using here = await scene({ showsKeyInForce: true });
    const old = here.aws.kms.createKey();
    const disabled = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'clicks', key: old.arn });

    await start(here, disabled.arn);
    const during = await encryption(here);
    here.clock.advance(1000);

    expect(during).toMatchObject({ Status: 'ENABLING', KeyARN: old.arn });
    expect(await encryption(here)).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN: old.arn });
  });

  test('of a first enabling leaves the records in the clear', async () => {
    await using here = await scene();
    const disabled = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'clicks' });

    await start(here, disabled.arn);
    here.clock.advance(60_000);

    expect(await encryption(here)).toMatchObject({ Status: 'ENABLING_FAILED' });
    expect(await putRecord(here)).toBe(false);
  });

  test('may be followed by another call, also with the same key', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'clicks', key: 'aws-owned' });
    await start(here, key.arn);
    here.clock.advance(1000);
    key.state = 'Enabled';

    await start(here, key.arn);
    here.clock.advance(1000);

    expect(await encryption(here)).toEqual({ Status: 'ENABLED', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
  });

  test('can be told to fail, every time or the first few times', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    const failure = { type: 'CREATE_KMS_GRANT_FAILED', details: 'The grant could not be created.' };
    here.aws.firehose.create({ name: 'always', changeFails: failure });
    here.aws.firehose.create({ name: 'once', changeFails: { ...failure, times: 1 } });
    const statuses: unknown[] = [];

    for (let attempt = 0; attempt < 2; attempt += 1) {
      for (const name of ['always', 'once']) {
        await start(here, key.arn, name);
        here.clock.advance(1000);
        statuses.push((await encryption(here, name))?.Status);
      }
    }

    expect(statuses).toEqual(['ENABLING_FAILED', 'ENABLING_FAILED', 'ENABLING_FAILED', 'ENABLED']);
    expect((await encryption(here, 'always'))?.FailureDescription).toEqual({
      Type: failure.type,
      Details: failure.details
    });
  });
});

describe('an account that checks keys at once', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'InvalidKMSResourceException', 'DisabledException'],
    ['pending deletion', { state: 'PendingDeletion' }, 'InvalidKMSResourceException', 'KMSInvalidStateException'],
    ['in another region', { region: 'eu-west-1' }, 'InvalidKMSResourceException', 'NotFoundException'],
    ['refused to the service', { refusedToServices: true }, 'InvalidKMSResourceException', 'AccessDeniedException'],
    ['asymmetric', { spec: 'RSA_2048' }, 'InvalidArgumentException', undefined]
  ] as const)('refuses a key that is %s in the call', async (_, seed, error, code) => {
    await using here = await scene({ checksKeysAtOnce: true });
    const key = here.aws.kms.createKey(seed);
    here.aws.firehose.create({ name: 'clicks' });

    const refused = await refusal(start(here, key.arn));

    expect(refused).toMatchObject(code === undefined ? { name: error } : { name: error, code });
    expect(await encryption(here)).toEqual({ Status: 'DISABLED' });
  });

  test('takes a usable key', async () => {
    await using here = await scene({ checksKeysAtOnce: true });
    here.aws.firehose.create({ name: 'clicks' });

    await start(here, here.aws.kms.createKey().arn);

    expect(here.aws.writes()).toHaveLength(1);
  });
});

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

    expect((await refusal(send(here, input))).name).toBe(error);
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

test('a delivery stream may ask again for the key that 500 share if it is one of them', async () => {
  await using here = await scene();
  const key = here.aws.kms.createKey();
  for (let index = 0; index < 500; index += 1) here.aws.firehose.create({ name: `stream-${index}`, key: key.arn });
  here.aws.firehose.get('stream-7').status = 'ENABLING_FAILED';

  await start(here, key.arn, 'stream-7');

  expect(here.aws.writes()).toHaveLength(1);
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

describe('records', () => {
  test('are in the clear while it is first enabled, and encrypted five seconds after', async () => {
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
