import { describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { ACCOUNT, AWS_KEY, Calls, type Fixture, outcome, REGION, rejection, startFixture } from './fixture.ts';

const DATA_STREAM = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`;
const DELIVERY_STREAM = `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/orders`;
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;

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
  const DESCRIBE = 'Kinesis_20131202.DescribeStreamSummary';
  const LIST = 'Kinesis_20131202.ListStreams';
  const START = 'Kinesis_20131202.StartStreamEncryption';
  const PUT = 'Kinesis_20131202.PutRecord';
  const FIREHOSE_START = 'Firehose_20150804.StartDeliveryStreamEncryption';
  const CREATE_FIREHOSE = 'Firehose_20150804.CreateDeliveryStream';
  const CREATE_ALIAS = 'TrentService.CreateAlias';
  const GET = 'ResourceGroupsTaggingAPI_20170126.GetResources';
  const OTHER_ACCOUNT_ARN = DATA_STREAM.replace(ACCOUNT, '999988887777');
  const RESERVED_ALIAS = { AliasName: 'alias/aws/orders', TargetKeyId: KEY_ARN };

  const AWS_OWNED = { KeyType: 'AWS_OWNED_CMK' };
  const CUSTOMER = { KeyType: 'CUSTOMER_MANAGED_CMK' };
  const key = (configuration: unknown) => ({
    DeliveryStreamName: 'orders',
    DeliveryStreamEncryptionConfigurationInput: configuration
  });

  test.each<[string, string, string | object, string]>([
    ['an unknown operation', 'Kinesis_20131202.DeleteStream', {}, 'UnknownOperationException'],
    ['a body that is not JSON', LIST, '{"Limit":', 'SerializationException'],
    ['a number in place of a string', DESCRIBE, { StreamName: 7 }, 'SerializationException'],
    ['a fraction in place of an integer', LIST, { Limit: 1.5 }, 'SerializationException'],
    ['a string in place of a structure', FIREHOSE_START, key('AWS_OWNED_CMK'), 'SerializationException'],
    ['a string in place of a list', GET, { TagFilters: 'shop' }, 'SerializationException'],
    ['data that is not base64', PUT, { StreamName: 'orders', Data: '§' }, 'SerializationException'],
    ['a number above its maximum', LIST, { Limit: 10_001 }, 'ValidationException'],
    ['a number below its minimum', LIST, { Limit: 0 }, 'ValidationException'],
    ['a value outside the enum', FIREHOSE_START, key({ KeyType: 'AWS' }), 'ValidationException'],
    ['a StreamId', DESCRIBE, { StreamName: 'orders', StreamId: 'a-b' }, 'InvalidArgumentException'],
    ['a name with a blank', DESCRIBE, { StreamName: 'my orders' }, 'ValidationException'],
    ['a name of 129 characters', DESCRIBE, { StreamName: 'x'.repeat(129) }, 'ValidationException'],
    ['an ARN of another service', DESCRIBE, { StreamARN: DELIVERY_STREAM }, 'ValidationException'],
    ['an ARN of another account', DESCRIBE, { StreamARN: OTHER_ACCOUNT_ARN }, 'ResourceNotFoundException'],
    ['no KeyId', START, { StreamName: 'orders', EncryptionType: 'KMS' }, 'ValidationException'],
    ['an empty KeyId', START, { StreamName: 'orders', EncryptionType: 'KMS', KeyId: '' }, 'ValidationException'],
    ['no EncryptionType', START, { StreamName: 'orders', KeyId: AWS_KEY }, 'ValidationException'],
    ['no KeyType', FIREHOSE_START, key({ KeyARN: KEY_ARN }), 'ValidationException'],
    ['a key without an ARN', FIREHOSE_START, key(CUSTOMER), 'InvalidArgumentException'],
    ['an ARN for the AWS key', FIREHOSE_START, key({ ...AWS_OWNED, KeyARN: KEY_ARN }), 'InvalidArgumentException'],
    ['an alias for Firehose', FIREHOSE_START, key({ ...CUSTOMER, KeyARN: 'alias/orders' }), 'ValidationException'],
    ['no destination', CREATE_FIREHOSE, { DeliveryStreamName: 'x' }, 'InvalidArgumentException'],
    ['a reserved alias', CREATE_ALIAS, RESERVED_ALIAS, 'InvalidAliasNameException'],
    ['a page size above 100', GET, { ResourcesPerPage: 101 }, 'InvalidParameterException'],
    ['an unknown token', GET, { PaginationToken: 'unknown' }, 'InvalidParameterException'],
    ['21 values', GET, { TagFilters: [{ Key: 'team', Values: Array(21).fill('x') }] }, 'ValidationException'],
    ['51 filters', GET, { TagFilters: Array(51).fill({ Key: 'team' }) }, 'ValidationException']
  ])('is rejected: %s', async (_, target, body, type) => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'orders' });
    const reply = await post(fixture, target, body);
    expect([reply.status, await reply.json()]).toEqual([400, { __type: type, message: expect.any(String) }]);
    expect(reply.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(fixture.aws.writes()).toEqual([]);
  });

  test('is rejected with the message of AWS', async () => {
    await using fixture = await startFixture();
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
    await using fixture = await startFixture();
    const reply = await post(fixture, LIST, {}, false);
    expect(await reply.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    expect((await fetch(fixture.aws.endpoint)).status).toBe(404);
    expect(fixture.aws.requests).toEqual([]);
  });
});

describe('the server', () => {
  test('records every request in order, with user agent, region and result', async () => {
    await using fixture = await startFixture();
    await fixture.calls.kinesis.listStreams({ Limit: 5 });
    await rejection(fixture.calls.describeFirehose());
    const common = {
      userAgent: expect.stringContaining('aws-sdk-js'),
      region: 'us-east-1',
      at: fixture.clock.ms,
      attempt: expect.stringMatching(/attempt=1/),
      hangs: false
    };
    const list = { service: 'kinesis', operation: 'ListStreams', input: { Limit: 5 } };
    const input = { DeliveryStreamName: 'orders' };
    const describe = { service: 'firehose', operation: 'DescribeDeliveryStream', input };
    expect(fixture.aws.requests).toEqual([
      { ...common, ...list, status: 200, accepted: true },
      { ...common, ...describe, status: 400, errorCode: 'ResourceNotFoundException', accepted: false }
    ]);
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
  test('of a data stream has its members', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders', keyId: AWS_KEY, channelCount: 2 });
    expect(await fixture.calls.describeKinesis()).toEqual({
      StreamName: 'orders',
      StreamARN: DATA_STREAM,
      StreamStatus: 'ACTIVE',
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: new Date(fixture.clock.ms),
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: 'KMS',
      KeyId: AWS_KEY,
      OpenShardCount: 1,
      ConsumerCount: 0,
      ChannelCount: 2
    });
  });

  test('of a delivery stream has its members, of which only its encryption shows a change', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'orders' });
    const description = {
      DeliveryStreamName: 'orders',
      DeliveryStreamARN: DELIVERY_STREAM,
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
      DeliveryStreamType: 'DirectPut',
      VersionId: '1',
      CreateTimestamp: new Date(fixture.clock.ms),
      Destinations: [{ DestinationId: 'destinationId-000000000001' }],
      HasMoreDestinations: false
    };
    expect(await fixture.calls.describeFirehose()).toEqual(description);
    await fixture.calls.startFirehose('aws-owned');
    const encryption = { Status: 'ENABLING', KeyType: 'AWS_OWNED_CMK' };
    const changing = { ...description, DeliveryStreamEncryptionConfiguration: encryption };
    expect(await fixture.calls.describeFirehose()).toEqual(changing);
  });

  const MSKClusterARN = `arn:aws:kafka:us-east-1:${ACCOUNT}:cluster/feed/1`;
  const Endpoint = 'db.example.com';
  const DATA_STREAM_SOURCE = { KinesisStreamSourceDescription: { KinesisStreamARN: DATA_STREAM } };
  test.each([
    ['KinesisStreamAsSource', { dataStreamArn: DATA_STREAM }, DATA_STREAM_SOURCE],
    ['MSKAsSource', { mskClusterArn: MSKClusterARN }, { MSKSourceDescription: { MSKClusterARN } }],
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
    const pages = [NAMES.slice(0, 100), NAMES.slice(100, 200), NAMES.slice(200)];
    expect([first, second, last].map(({ StreamNames }) => StreamNames)).toEqual(pages);
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

  test('has streams that were created since, not those that were deleted, and not two of a name', async () => {
    await using fixture = await startFixture();
    const { kinesis, firehose } = fixture.aws;
    const names = async () => {
      const { StreamNames } = await fixture.calls.kinesis.listStreams({});
      expect((await fixture.calls.firehose.listDeliveryStreams({})).DeliveryStreamNames).toEqual(StreamNames);
      return StreamNames;
    };
    for (const service of [kinesis, firehose]) for (const name of ['b', 'a']) service.create({ name });
    expect(await names()).toEqual(['a', 'b']);
    for (const service of [kinesis, firehose]) service.create({ name: 'c' });
    expect(await names()).toEqual(['a', 'b', 'c']);
    for (const service of [kinesis, firehose]) service.delete('a');
    expect(await names()).toEqual(['b', 'c']);
    expect(() => kinesis.create({ name: 'c' })).toThrow('Stream c already exists');
    expect(() => kinesis.get('a')).toThrow('Stream a does not exist');
  });

  test('of delivery streams has ten names, or as many as the limit says', async () => {
    await using fixture = await startFixture();
    for (const name of NAMES.slice(0, 12)) fixture.aws.firehose.create({ name });
    const list = async (input: { Limit?: number }) =>
      (await fixture.calls.firehose.listDeliveryStreams(input)).DeliveryStreamNames?.length;
    expect([await list({}), await list({ Limit: 10_000 })]).toEqual([10, 12]);
  });
});
