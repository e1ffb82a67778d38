import {
  CreateStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
  type StreamDescriptionSummary
} from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, DAY_MS, REGION, refusal, type Scene, scene } from './harness.ts';

const AWS_KEY = 'alias/aws/kinesis';

async function describeStream({ clients }: Scene, name = 'orders'): Promise<StreamDescriptionSummary | undefined> {
  const { StreamDescriptionSummary } = await clients.kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: name })
  );
  return StreamDescriptionSummary;
}

async function start({ clients }: Scene, keyId: string, name = 'orders'): Promise<void> {
  await clients.kinesis.send(
    new StartStreamEncryptionCommand({ StreamName: name, EncryptionType: 'KMS', KeyId: keyId })
  );
}

async function putRecord({ clients }: Scene, name = 'orders'): Promise<string | undefined> {
  const { EncryptionType } = await clients.kinesis.send(
    new PutRecordCommand({ StreamName: name, Data: Buffer.from('record'), PartitionKey: '1' })
  );
  return EncryptionType;
}

describe('a change of a data stream', () => {
  test('goes through UPDATING, with the old state shown, to ACTIVE with the new key', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });

    await start(here, AWS_KEY);
    here.clock.advance(999);
    const during = await describeStream(here);
    here.clock.advance(1);
    const after = await describeStream(here);

    expect(during).toMatchObject({ StreamStatus: 'UPDATING', EncryptionType: 'NONE' });
    expect(during).not.toHaveProperty('KeyId');
    expect(after).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'KMS', KeyId: AWS_KEY });
  });

  test('shows the old key while it moves to another one', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', keyId: AWS_KEY });

    await start(here, key.arn);

    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'UPDATING', KeyId: AWS_KEY });
  });

  test('shows the new key at once in an account told to do so', async () => {
    await using here = await scene({ showsNewKeyAtOnce: true });
    here.aws.kinesis.create({ name: 'orders' });

    await start(here, AWS_KEY);

    expect(await describeStream(here)).toMatchObject({
      StreamStatus: 'UPDATING',
      EncryptionType: 'KMS',
      KeyId: AWS_KEY
    });
  });

  test('echoes each form of a key exactly as it was given', async () => {
    await using here = await scene({ changeMs: 0 });
    const key = here.aws.kms.createKey();
    const replica = here.aws.kms.createKey({ multiRegion: true });
    const aliasArn = here.aws.kms.createAlias('alias/orders', key);
    here.aws.kinesis.create({ name: 'orders' });

    for (const form of [key.id, key.arn, 'alias/orders', aliasArn, replica.id, replica.arn, AWS_KEY]) {
      await start(here, form);
      expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: form });
    }
  });

  test('is refused while another one is in flight, which goes on undisturbed', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', changing: { keyId: key.arn, ms: 5000 } });

    const { name, message } = await refusal(start(here, AWS_KEY));
    here.clock.advance(5000);

    expect(name).toBe('ResourceInUseException');
    expect(message).toContain('UPDATING');
    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: key.arn });
  });

  test.each(['CREATING', 'DELETING', 'UPDATING'])('is refused while the stream is %s', async (status) => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders', status });

    expect((await refusal(start(here, AWS_KEY))).name).toBe('ResourceInUseException');
    here.clock.advance(DAY_MS);
    expect(await describeStream(here)).toMatchObject({ StreamStatus: status });
  });

  test('may end ACTIVE with the old key in force', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', keyId: key.id, changeResult: 'comes-back' });

    await start(here, AWS_KEY);
    here.clock.advance(1000);

    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', KeyId: key.id });
  });

  test('may never end', async () => {
    await using here = await scene({ changeMs: Number.POSITIVE_INFINITY });
    here.aws.kinesis.create({ name: 'orders' });

    await start(here, AWS_KEY);
    here.clock.advance(365 * DAY_MS);

    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'UPDATING', EncryptionType: 'NONE' });
  });

  test('takes as long as its stream says rather than the account', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'slow', changeMs: 60_000 });

    await start(here, AWS_KEY, 'slow');
    here.clock.advance(59_999);
    expect(await describeStream(here, 'slow')).toMatchObject({ StreamStatus: 'UPDATING' });
    here.clock.advance(1);
    expect(await describeStream(here, 'slow')).toMatchObject({ StreamStatus: 'ACTIVE' });
  });

  test('does not bring a stream back that is deleted in the middle of it', async () => {
    await using here = await scene();
    const stream = here.aws.kinesis.create({ name: 'orders' });

    await start(here, AWS_KEY);
    stream.status = 'DELETING';
    here.clock.advance(1000);

    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'DELETING' });
  });
});

describe('the key of a data stream', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'KMSDisabledException'],
    ['pending deletion', { state: 'PendingDeletion' }, 'KMSInvalidStateException'],
    ['pending import', { state: 'PendingImport' }, 'KMSInvalidStateException'],
    ['unavailable', { state: 'Unavailable' }, 'KMSInvalidStateException'],
    ['refused to the service', { refusedToServices: true }, 'KMSAccessDeniedException'],
    ["another service's AWS managed key", { manager: 'AWS' }, 'KMSAccessDeniedException'],
    ['asymmetric', { spec: 'RSA_2048' }, 'InvalidArgumentException'],
    ['for signing', { usage: 'SIGN_VERIFY' }, 'InvalidArgumentException'],
    ['in another region', { region: 'eu-west-1' }, 'KMSNotFoundException']
  ] as const)('that is %s is refused', async (_, seed, error) => {
    await using here = await scene();
    const key = here.aws.kms.createKey(seed);
    here.aws.kinesis.create({ name: 'orders' });

    expect((await refusal(start(here, key.arn))).name).toBe(error);
    expect(await describeStream(here)).toMatchObject({ StreamStatus: 'ACTIVE', EncryptionType: 'NONE' });
    expect(here.aws.writes()).toEqual([]);
  });

  test.each(['alias/missing', '12345678-1234-1234-1234-123456789012', 'no-key-at-all'])(
    'that does not exist (%s) is refused',
    async (keyId) => {
      await using here = await scene();
      here.aws.kinesis.create({ name: 'orders' });

      expect((await refusal(start(here, keyId))).name).toBe('KMSNotFoundException');
    }
  );

  test('may be one whose DescribeKey the caller is denied, or of another account', async () => {
    await using here = await scene({ changeMs: 0 });
    const denied = here.aws.kms.createKey({ denied: true });
    const foreign = here.aws.kms.createKey({ accountId: '444455556666' });
    here.aws.kinesis.create({ name: 'orders' });

    await start(here, denied.arn);
    await start(here, foreign.arn);

    expect(here.aws.kinesis.get('orders').keyId).toBe(foreign.arn);
  });

  test('that is disabled while in force stops records', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', keyId: key.arn });

    expect(await putRecord(here)).toBe('KMS');
    key.state = 'Disabled';

    expect((await refusal(putRecord(here))).name).toBe('KMSDisabledException');
  });
});

describe('25 successful changes in a rolling 24 hours', () => {
  test('are the limit, and the message says which', async () => {
    await using here = await scene({ changeMs: 1000 });
    here.aws.kinesis.create({ name: 'orders' });
    for (let change = 0; change < 25; change += 1) {
      await start(here, AWS_KEY);
      here.clock.advance(1000);
    }

    const { name, message } = await refusal(start(here, AWS_KEY));
    expect(name).toBe('LimitExceededException');
    expect(message).toMatch(/25 .*24 hours/);

    // The first of them ended 24 seconds ago.
    here.clock.advance(DAY_MS - 24_000 - 1);
    expect((await refusal(start(here, AWS_KEY))).name).toBe('LimitExceededException');
    here.clock.advance(1);
    await start(here, AWS_KEY);
  });

  test('do not count changes that were refused or came to nothing', async () => {
    await using here = await scene({ changeMs: 0 });
    const stream = here.aws.kinesis.create({ name: 'orders', changeResult: 'comes-back' });
    for (let change = 0; change < 25; change += 1) {
      await start(here, AWS_KEY);
      await refusal(start(here, 'alias/missing'));
    }
    stream.changeResult = 'applies';
    await start(here, AWS_KEY);

    expect(await describeStream(here)).toMatchObject({ EncryptionType: 'KMS' });
  });
});

describe('records', () => {
  test('are encrypted from five seconds after a first enabling', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    const seen: unknown[] = [await putRecord(here)];

    await start(here, AWS_KEY);
    seen.push(await putRecord(here));
    here.clock.advance(1000 + 4999);
    seen.push(await putRecord(here));
    here.clock.advance(1);
    seen.push(await putRecord(here));

    expect(seen).toEqual(['NONE', 'NONE', 'NONE', 'KMS']);
  });

  test('are encrypted all along while the key changes', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.kinesis.create({ name: 'orders', keyId: key.id });

    const seen: unknown[] = [await putRecord(here)];
    await start(here, AWS_KEY);
    seen.push(await putRecord(here));
    here.clock.advance(1000);
    seen.push(await putRecord(here));

    expect(seen).toEqual(['KMS', 'KMS', 'KMS']);
  });
});

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
