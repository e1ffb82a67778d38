import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import {
  ACCOUNT,
  AWS_KEY,
  Calls,
  DESTINATION,
  type Fixture,
  outcome,
  REGION,
  rejection,
  startFixture
} from './fixture.ts';

const DESCRIBE = 'Kinesis_20131202.DescribeStreamSummary';
const LIST = 'Kinesis_20131202.ListStreams';
const START = 'Kinesis_20131202.StartStreamEncryption';
const FIREHOSE_START = 'Firehose_20150804.StartDeliveryStreamEncryption';
const FIREHOSE_LIST = 'Firehose_20150804.ListDeliveryStreams';
const GET = 'ResourceGroupsTaggingAPI_20170126.GetResources';
const KEY_ID = '12345678-1234-1234-1234-123456789012';
const KEYS = `arn:aws:kms:${REGION}:${ACCOUNT}`;
const DATA_STREAM = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`;
const DELIVERY_STREAM = `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/orders`;

/** Starts encryption of a delivery stream. */
function firehoseStart(configuration: unknown, DeliveryStreamName = 'orders'): object {
  return { DeliveryStreamName, DeliveryStreamEncryptionConfigurationInput: configuration };
}

function customerKey(KeyARN?: string): object {
  return firehoseStart({ KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN });
}

/** Sends a raw request, as no SDK would. */
function post({ aws }: Fixture, target: string, body: string | object, isSigned = true): Promise<Response> {
  const signature =
    'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/kinesis/aws4_request, SignedHeaders=host, Signature=0';
  return fetch(aws.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': target, ...(isSigned && { authorization: signature }) },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  });
}

describe('a request that is not valid', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'orders' });
  });
  afterAll(() => fixture.aws.close());

  test.each<[string, string, string | object, string]>([
    ['an unknown operation', 'Kinesis_20131202.DeleteStream', {}, 'UnknownOperationException'],
    ['an operation named like an Object property', 'Kinesis_20131202.constructor', {}, 'UnknownOperationException'],
    ['an unknown service', 'DynamoDB_20120810.ListTables', {}, 'UnknownOperationException'],
    ['a body that is not JSON', LIST, '{"Limit":', 'SerializationException'],
    ['a body that is a list', LIST, [], 'SerializationException'],
    ['a number in place of a string', DESCRIBE, { StreamName: 7 }, 'SerializationException'],
    ['a string in place of a number', LIST, { Limit: '7' }, 'SerializationException'],
    ['a fraction in place of an integer', LIST, { Limit: 1.5 }, 'SerializationException'],
    ['a number above its maximum', LIST, { Limit: 10_001 }, 'ValidationException'],
    ['a number below its minimum', FIREHOSE_LIST, { Limit: 0 }, 'ValidationException'],
    ['a string in place of a structure', FIREHOSE_START, firehoseStart('AWS_OWNED_CMK'), 'SerializationException'],
    ['a value outside the enum', FIREHOSE_START, firehoseStart({ KeyType: 'AWS' }), 'ValidationException'],
    ['a string in place of a list', GET, { TagFilters: 'shop' }, 'SerializationException'],
    [
      'data that is not base64',
      'Kinesis_20131202.PutRecord',
      { StreamName: 'orders', PartitionKey: '1', Data: '§' },
      'SerializationException'
    ],
    ['no data', 'Firehose_20150804.PutRecord', { DeliveryStreamName: 'orders' }, 'ValidationException'],
    ['a StreamId', DESCRIBE, { StreamName: 'orders', StreamId: 'a-b' }, 'InvalidArgumentException'],
    ['a data stream name of 129 characters', DESCRIBE, { StreamName: 'x'.repeat(129) }, 'ValidationException'],
    ['an ARN of another service', DESCRIBE, { StreamARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:x` }, 'ValidationException'],
    [
      'an ARN of another account',
      DESCRIBE,
      { StreamARN: DATA_STREAM.replace(ACCOUNT, '999988887777') },
      'ResourceNotFoundException'
    ],
    ['no KeyId', START, { StreamName: 'orders', EncryptionType: 'KMS' }, 'ValidationException'],
    ['no EncryptionType', START, { StreamName: 'orders', KeyId: AWS_KEY }, 'ValidationException'],
    ['an empty KeyId', START, { StreamName: 'orders', EncryptionType: 'KMS', KeyId: '' }, 'ValidationException'],
    [
      'a KeyId of 2049 characters',
      START,
      { StreamName: 'orders', EncryptionType: 'KMS', KeyId: 'k'.repeat(2049) },
      'ValidationException'
    ],
    ['an alias for Firehose', FIREHOSE_START, customerKey('alias/orders'), 'ValidationException'],
    ['a bare key id for Firehose', FIREHOSE_START, customerKey(KEY_ID), 'ValidationException'],
    ['no KeyType', FIREHOSE_START, firehoseStart({ KeyARN: `${KEYS}:key/${KEY_ID}` }), 'ValidationException'],
    [
      'a delivery stream name with a blank',
      FIREHOSE_START,
      firehoseStart(undefined, 'my orders'),
      'ValidationException'
    ],
    [
      'a delivery stream name of 65 characters',
      FIREHOSE_START,
      firehoseStart(undefined, 'x'.repeat(65)),
      'ValidationException'
    ],
    [
      'no destination',
      'Firehose_20150804.CreateDeliveryStream',
      { DeliveryStreamName: 'x' },
      'InvalidArgumentException'
    ],
    ['no key to describe', 'TrentService.DescribeKey', {}, 'ValidationException'],
    [
      'an alias without its prefix',
      'TrentService.CreateAlias',
      { AliasName: 'orders', TargetKeyId: KEY_ID },
      'InvalidAliasNameException'
    ],
    ['a page size of 0', GET, { ResourcesPerPage: 0 }, 'InvalidParameterException'],
    ['an unknown token', GET, { PaginationToken: 'unknown' }, 'InvalidParameterException'],
    ['an empty tag', GET, { TagFilters: [{ Key: '' }] }, 'ValidationException'],
    ['a filter without a tag', GET, { TagFilters: [{ Values: ['shop'] }] }, 'ValidationException'],
    ['21 values', GET, { TagFilters: [{ Key: 'team', Values: Array(21).fill('x') }] }, 'ValidationException'],
    ['51 filters', GET, { TagFilters: Array(51).fill({ Key: 'team' }) }, 'ValidationException']
  ])('is rejected: %s', async (_, target, body, type) => {
    const reply = await post(fixture, target, body);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({ __type: type, message: expect.any(String) });
    expect(reply.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(fixture.aws.writes()).toEqual([]);
  });

  test('is rejected with the message of AWS', async () => {
    const { calls } = fixture;
    const messages = [
      calls.describeKinesis('my orders'),
      calls.firehose.describeDeliveryStream({ DeliveryStreamName: undefined }),
      calls.describeKinesis('none'),
      calls.describeFirehose('none')
    ].map(async (call) => (await rejection(call)).message);
    const error = '1 validation error detected: Value';
    expect(await Promise.all(messages)).toEqual([
      `${error} 'my orders' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
      `${error} null at 'deliveryStreamName' failed to satisfy constraint: Member must not be null`,
      `Stream none under account ${ACCOUNT} not found.`,
      `Firehose none under accountId ${ACCOUNT} not found.`
    ]);
  });

  test('is rejected without credentials or another method than POST, and not recorded', async () => {
    const recorded = fixture.aws.requests.length;
    const reply = await post(fixture, LIST, {}, false);
    expect(await reply.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    expect((await fetch(fixture.aws.endpoint)).status).toBe(404);
    expect(fixture.aws.requests).toHaveLength(recorded);
  });

  test('is not one with a null member, which counts as absent', async () => {
    expect(await (await post(fixture, LIST, { Limit: null })).json()).toMatchObject({ StreamNames: ['orders'] });
  });
});

describe('the server', () => {
  test('records every request in order, with user agent, region and result', async () => {
    await using fixture = await startFixture();
    await fixture.calls.kinesis.listStreams({ Limit: 5 });
    await rejection(fixture.calls.describeFirehose());
    await fixture.calls.tagging.getResources({});
    expect(fixture.aws.requests).toEqual([
      {
        service: 'kinesis',
        operation: 'ListStreams',
        input: { Limit: 5 },
        status: 200,
        userAgent: expect.stringContaining('aws-sdk-js'),
        region: 'us-east-1',
        at: fixture.clock.ms,
        accepted: true,
        attempt: expect.stringMatching(/attempt=1/),
        hangs: false
      },
      expect.objectContaining({
        service: 'firehose',
        operation: 'DescribeDeliveryStream',
        input: { DeliveryStreamName: 'orders' },
        status: 400,
        errorCode: 'ResourceNotFoundException',
        accepted: false,
        attempt: expect.stringMatching(/attempt=1/),
        hangs: false
      }),
      expect.objectContaining({ service: 'tagging', operation: 'GetResources' })
    ]);
  });

  test('calls onRequest on arrival, even for a request without a response', async () => {
    const received = Promise.withResolvers<string>();
    const onRequest = ({ operation, status }: { operation: string; status: number }) =>
      received.resolve(`${operation} ${status}`);
    await using fixture = await startFixture({ onRequest });
    fixture.aws.faults.add({ on: 'ListStreams', hang: 'before' });
    const response = rejection(fixture.calls.kinesis.listStreams({}));
    expect(await received.promise).toBe('ListStreams 0');
    await fixture.aws.close();
    await response;
  });

  test.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov']
  ])('uses the region %s, its partition and the account', async (region, partition) => {
    await using fixture = await startFixture({ region, accountId: '444455556666' });
    const { arn } = fixture.aws.kinesis.create({ name: 'orders' });
    expect(arn).toBe(`arn:${partition}:kinesis:${region}:444455556666:stream/orders`);
    expect(fixture.aws.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('completes a change of one hour within milliseconds with speed, and raises the call rates', async () => {
    await using aws = await startLocalAws({ speed: 100_000, changeMs: 3_600_000, limitsRates: true });
    const calls = new Calls(aws.endpoint);
    aws.kinesis.create({ name: 'orders' });
    await calls.startKinesis(AWS_KEY);
    while ((await calls.describeKinesis()).StreamStatus !== 'ACTIVE');
    const [start, last] = [aws.requests.at(0), aws.requests.at(-1)];
    expect((last?.at ?? 0) - (start?.at ?? 0)).toBeGreaterThanOrEqual(3_600_000);
    for (let call = 0; call < 12; call += 1) await calls.kinesis.listStreams({});
  });
});

describe('a description', () => {
  test('of a data stream has its members, shards and tags', async () => {
    await using fixture = await startFixture();
    const seed = { name: 'orders', onDemand: true, keyId: AWS_KEY, tags: { team: 'shop' }, retentionHours: 168 };
    fixture.aws.kinesis.create({ ...seed, channelCount: 2 });
    const StreamName = 'orders';
    const description = {
      StreamName,
      StreamARN: DATA_STREAM,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      RetentionPeriodHours: 168,
      StreamCreationTimestamp: new Date(fixture.clock.ms),
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: 'KMS',
      KeyId: AWS_KEY
    };
    const counts = { OpenShardCount: 4, ConsumerCount: 0, ChannelCount: 2 };
    expect(await fixture.calls.describeKinesis()).toEqual({ ...description, ...counts });
    const { StreamDescription } = await fixture.calls.kinesis.describeStream({ StreamName });
    const { Shards = [], ...rest } = StreamDescription ?? {};
    expect(rest).toEqual({ ...description, HasMoreShards: false });
    expect(Shards[0]).toMatchObject({ ShardId: 'shardId-000000000000', HashKeyRange: { StartingHashKey: '0' } });
    expect(Shards[3]?.HashKeyRange?.EndingHashKey).toBe(String(2n ** 128n - 1n));
    const { Tags } = await fixture.calls.kinesis.listTagsForStream({ StreamName });
    expect(Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
  });

  test('of a delivery stream has its members, without an encryption block if it is seeded so', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'omits', omitsDisabled: true });
    const description = await fixture.calls.describeFirehose();
    expect(description).toEqual({
      DeliveryStreamName: 'orders',
      DeliveryStreamARN: DELIVERY_STREAM,
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
      DeliveryStreamType: 'DirectPut',
      VersionId: '1',
      CreateTimestamp: new Date(fixture.clock.ms),
      Destinations: [{ DestinationId: 'destinationId-000000000001' }],
      HasMoreDestinations: false
    });
    expect(await fixture.calls.encryption('omits')).toBeUndefined();
    await fixture.calls.startFirehose('aws-owned');
    await fixture.calls.startFirehose('aws-owned', 'omits');
    expect(await fixture.calls.encryption('omits')).toMatchObject({ Status: 'ENABLING' });
    expect(await fixture.calls.describeFirehose()).toMatchObject({ DeliveryStreamStatus: 'ACTIVE' });
  });

  const CLUSTER = `arn:aws:kafka:us-east-1:${ACCOUNT}:cluster/feed/1`;
  const Endpoint = 'db.example.com';
  test.each([
    [
      'KinesisStreamAsSource',
      { dataStreamArn: DATA_STREAM },
      { KinesisStreamSourceDescription: { KinesisStreamARN: DATA_STREAM } }
    ],
    ['MSKAsSource', { mskClusterArn: CLUSTER }, { MSKSourceDescription: { MSKClusterARN: CLUSTER } }],
    ['DatabaseAsSource', { databaseEndpoint: Endpoint }, { DatabaseSourceDescription: { Endpoint } }]
  ])('has the source %s, whose stream rejects encryption and records', async (DeliveryStreamType, source, Source) => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'orders', source });
    expect(await fixture.calls.describeFirehose()).toMatchObject({ DeliveryStreamType, Source });
    const { name, message } = await rejection(fixture.calls.startFirehose('aws-owned'));
    expect([name, message]).toEqual(['InvalidArgumentException', expect.stringContaining(DeliveryStreamType)]);
    expect(await outcome(fixture.calls.putFirehose())).toBe('InvalidSourceException');
  });
});

describe('a list', () => {
  const NAMES = Array.from({ length: 250 }, (_, index) => `stream-${String(index).padStart(3, '0')}`);

  test('of data streams has 100 names in order, even with a higher limit, and their current status', async () => {
    await using fixture = await startFixture();
    const { kinesis } = fixture.calls;
    for (const name of NAMES.toReversed()) fixture.aws.kinesis.create({ name });
    await fixture.calls.startKinesis(AWS_KEY, 'stream-000');
    const first = await kinesis.listStreams({ Limit: 10_000 });
    const second = await kinesis.listStreams({ NextToken: first.NextToken });
    const last = await kinesis.listStreams({ ExclusiveStartStreamName: 'stream-199' });
    expect([first, second, last].map(({ StreamNames }) => StreamNames?.length)).toEqual([100, 100, 50]);
    expect([...(first.StreamNames ?? []), ...(second.StreamNames ?? []), ...(last.StreamNames ?? [])]).toEqual(NAMES);
    expect([first, second, last].map(({ HasMoreStreams }) => HasMoreStreams)).toEqual([true, true, false]);
    expect(last).not.toHaveProperty('NextToken');
    expect(first.StreamSummaries?.[0]).toEqual({
      StreamName: 'stream-000',
      StreamARN: DATA_STREAM.replace('orders', 'stream-000'),
      StreamStatus: 'UPDATING',
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      StreamCreationTimestamp: new Date(fixture.clock.ms)
    });
  });

  test('of data streams pages by name only, with a number for HasMoreStreams, with listsByNameOnly', async () => {
    await using fixture = await startFixture({ listsByNameOnly: true });
    for (const name of ['a', 'b', 'd']) fixture.aws.kinesis.create({ name });
    const list = (ExclusiveStartStreamName?: string) =>
      fixture.calls.kinesis.listStreams({ Limit: 2, ExclusiveStartStreamName });
    const first = await list();
    expect(first).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: 1 });
    expect(first).not.toHaveProperty('NextToken');
    expect(await list('c')).toMatchObject({ StreamNames: ['d'], HasMoreStreams: 0 });
  });

  test('has streams that were created since, not those that were deleted, and not two of a name', async () => {
    await using fixture = await startFixture();
    const { kinesis, firehose } = fixture.aws;
    const lists = async () => [
      (await fixture.calls.kinesis.listStreams({})).StreamNames,
      (await fixture.calls.firehose.listDeliveryStreams({})).DeliveryStreamNames
    ];
    for (const service of [kinesis, firehose]) for (const name of ['b', 'a']) service.create({ name });
    expect(await lists()).toEqual([
      ['a', 'b'],
      ['a', 'b']
    ]);
    for (const service of [kinesis, firehose]) {
      service.create({ name: 'c' });
      service.delete('a');
      expect(() => service.create({ name: 'c' })).toThrow('Stream c already exists');
      expect(() => service.get('a')).toThrow('Stream a does not exist');
    }
    expect(await lists()).toEqual([
      ['b', 'c'],
      ['b', 'c']
    ]);
    for (const service of [kinesis, firehose]) service.delete('b');
    expect(await lists()).toEqual([['c'], ['c']]);
  });

  test('of delivery streams has as many names as the limit says, of a type', async () => {
    await using fixture = await startFixture();
    for (const name of NAMES.slice(0, 12)) fixture.aws.firehose.create({ name });
    fixture.aws.firehose.create({ name: 'fed', sourceType: 'MSKAsSource' });
    const list = (input: { Limit?: number; DeliveryStreamType?: 'MSKAsSource' }) =>
      fixture.calls.firehose.listDeliveryStreams(input);
    expect((await list({ Limit: 10_000 })).DeliveryStreamNames).toHaveLength(13);
    expect((await list({ DeliveryStreamType: 'MSKAsSource' })).DeliveryStreamNames).toEqual(['fed']);
  });
});

test('CreateStream and CreateDeliveryStream create streams that are CREATING for the duration of a change', async () => {
  await using fixture = await startFixture();
  const { calls } = fixture;
  await calls.kinesis.createStream({ StreamName: 'orders', StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
  const DeliveryStreamEncryptionConfigurationInput = { KeyType: 'AWS_OWNED_CMK' } as const;
  const stream = { DeliveryStreamName: 'orders', ...DESTINATION, DeliveryStreamEncryptionConfigurationInput };
  expect(await calls.firehose.createDeliveryStream(stream)).toMatchObject({ DeliveryStreamARN: DELIVERY_STREAM });
  expect(await outcome(calls.firehose.createDeliveryStream(stream))).toBe('ResourceInUseException');
  for (const [ms, status] of [
    [999, 'CREATING'],
    [1, 'ACTIVE']
  ] as const) {
    fixture.clock.advance(ms);
    expect(await calls.describeKinesis()).toMatchObject({ StreamStatus: status, OpenShardCount: 4 });
    expect(await calls.describeFirehose()).toMatchObject({ DeliveryStreamStatus: status });
  }
  expect(await calls.encryption()).toEqual({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
});
