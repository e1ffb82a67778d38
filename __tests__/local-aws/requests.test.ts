import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, AWS_KEY, type Fixture, outcome, REGION, rejection, startFixture } from './fixture.ts';

describe('a request that is not valid', () => {
  const DESCRIBE = 'Kinesis_20131202.DescribeStreamSummary';
  const LIST = 'Kinesis_20131202.ListStreams';
  const START = 'Kinesis_20131202.StartStreamEncryption';
  const FIREHOSE_START = 'Firehose_20150804.StartDeliveryStreamEncryption';
  const GET = 'ResourceGroupsTaggingAPI_20170126.GetResources';
  const OTHER_ACCOUNT_ARN = `arn:aws:kinesis:${REGION}:999988887777:stream/orders`;
  const AWS_WITH_ARN = { KeyType: 'AWS_OWNED_CMK', KeyARN: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1` };
  const CUSTOMER = { KeyType: 'CUSTOMER_MANAGED_CMK' };
  const key = (configuration: unknown) => ({
    DeliveryStreamName: 'orders',
    DeliveryStreamEncryptionConfigurationInput: configuration
  });

  test.each<[string, string, object, string]>([
    ['an unknown operation', 'Kinesis_20131202.DeleteStream', {}, 'UnknownOperationException'],
    ['a number in place of a string', DESCRIBE, { StreamName: 7 }, 'SerializationException'],
    ['a string in place of a structure', FIREHOSE_START, key('AWS_OWNED_CMK'), 'SerializationException'],
    ['a string in place of a list', GET, { TagFilters: 'shop' }, 'SerializationException'],
    ['a number above its maximum', LIST, { Limit: 10_001 }, 'ValidationException'],
    ['a value outside the enum', FIREHOSE_START, key({ KeyType: 'AWS' }), 'ValidationException'],
    ['a name with a blank', DESCRIBE, { StreamName: 'my orders' }, 'ValidationException'],
    ['an ARN of another account', DESCRIBE, { StreamARN: OTHER_ACCOUNT_ARN }, 'ResourceNotFoundException'],
    ['no KeyId', START, { StreamName: 'orders', EncryptionType: 'KMS' }, 'ValidationException'],
    ['a key without an ARN', FIREHOSE_START, key(CUSTOMER), 'InvalidArgumentException'],
    ['an ARN for the AWS key', FIREHOSE_START, key(AWS_WITH_ARN), 'InvalidArgumentException'],
    ['an alias for Firehose', FIREHOSE_START, key({ ...CUSTOMER, KeyARN: 'alias/orders' }), 'ValidationException'],
    ['a page size above 100', GET, { ResourcesPerPage: 101 }, 'InvalidParameterException']
  ])('is rejected: %s', async (_, target, body, type) => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'orders' });
    const reply = await fetch(fixture.aws.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': target, authorization: 'AWS4-HMAC-SHA256' },
      body: JSON.stringify(body)
    });
    expect([reply.status, await reply.json()]).toEqual([400, { __type: type, message: expect.any(String) }]);
    expect(fixture.aws.writes()).toEqual([]);
  });
});

test('a delivery stream with a source rejects encryption and records', async () => {
  await using fixture = await startFixture();
  fixture.aws.firehose.create({ name: 'orders', source: { mskClusterArn: `arn:aws:kafka:${REGION}:${ACCOUNT}:x` } });
  const error = { name: 'InvalidArgumentException', message: expect.stringContaining('MSKAsSource') };
  expect(await rejection(fixture.calls.startFirehose('aws-owned'))).toMatchObject(error);
  expect(await outcome(fixture.calls.putFirehose())).toBe('InvalidSourceException');
});

test('a page has 100 data streams, even with a higher limit, and 10 delivery streams, or as many as the limit says', async () => {
  await using fixture = await startFixture();
  const { aws, calls } = fixture;
  const names = Array.from({ length: 150 }, (_, index) => `stream-${String(index).padStart(3, '0')}`);
  for (const name of names.toReversed()) aws.kinesis.create({ name });
  for (const name of names) aws.firehose.create({ name });
  const first = await calls.kinesis.listStreams({ Limit: 10_000 });
  const second = await calls.kinesis.listStreams({ NextToken: first.NextToken });
  expect([first.StreamNames, first.HasMoreStreams]).toEqual([names.slice(0, 100), true]);
  expect([second.StreamNames, second.HasMoreStreams, second.NextToken]).toEqual([names.slice(100), false, undefined]);
  const list = async (Limit?: number) => (await calls.firehose.listDeliveryStreams({ Limit })).DeliveryStreamNames;
  expect([await list(), await list(10_000)]).toEqual([names.slice(0, 10), names]);
});

test.each([
  ['kinesis:stream and firehose:deliverystream', 'clicks, returns, orders'],
  ['kinesis:stream', 'returns, orders'],
  ['kinesis:consumer', '']
])('GetResources finds resources of %s, the newest first: %s', async (types, names) => {
  await using fixture = await startFixture();
  const { aws, calls } = fixture;
  for (const name of ['orders', 'returns']) aws.kinesis.create({ name, tags: { team: 'shop' } });
  aws.firehose.create({ name: 'clicks', tags: { team: 'web' } });
  const found = await calls.tagging.getResources({ ResourceTypeFilters: types.split(' and ') });
  expect(found.ResourceTagMappingList?.map(({ ResourceARN }) => ResourceARN?.split('/')[1]).join(', ')).toBe(names);
});

test('DescribeKey can be denied, which names the ARN of the key, or the policy of another account', async () => {
  await using fixture = await startFixture();
  const { aws, calls } = fixture;
  const key = aws.kms.createKey({ denied: true });
  aws.kms.createAlias('alias/orders', key);
  const other = aws.kms.createKey({ denied: true, accountId: '444455556666' });
  for (const [form, why] of [
    ['alias/orders', `${key.arn} because no identity-based policy allows the kms:DescribeKey action`],
    [other.arn, 'no resource-based policies allow access']
  ] as const) {
    const error = { name: 'AccessDeniedException', message: expect.stringContaining(why) };
    expect(await rejection(calls.describeKey(form))).toMatchObject(error);
  }
});

describe('the option limitsRates', () => {
  const LIMITED = { name: 'LimitExceededException', message: `Rate exceeded for account ${ACCOUNT}.` };
  const THROTTLED = { name: 'ThrottlingException', message: 'Rate exceeded' };

  test.each([
    ['DescribeStreamSummary', 20, LIMITED, ({ calls }: Fixture) => calls.describeKinesis()],
    ['ListStreams', 5, LIMITED, ({ calls }: Fixture) => calls.kinesis.listStreams({})],
    ['StartStreamEncryption', 5, LIMITED, ({ calls }: Fixture) => calls.startKinesis(AWS_KEY)],
    ['ListDeliveryStreams', 5, THROTTLED, ({ calls }: Fixture) => calls.firehose.listDeliveryStreams({})]
  ])('lets %s be called %i times in any second, whatever else is called', async (_, rate, error, call) => {
    await using fixture = await startFixture({ limitsRates: true, changeMs: 0 });
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'orders' });
    const send = async (count: number) => {
      for (let sent = 0; sent < count; sent += 1) await call(fixture);
    };
    for (let put = 0; put < 30; put += 1) await fixture.calls.putFirehose();
    for (let described = 0; described < 5; described += 1) await fixture.calls.describeFirehose();
    await send(3);
    fixture.advance(600);
    await send(rate - 3);
    fixture.advance(399);
    expect(await rejection(send(1))).toMatchObject(error);
    fixture.advance(1);
    await send(3);
    expect(await rejection(send(1))).toMatchObject(error);
  });
});
