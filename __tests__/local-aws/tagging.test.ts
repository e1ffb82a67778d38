import { CreateDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { CreateStreamCommand } from '@aws-sdk/client-kinesis';
import { GetResourcesCommand, type GetResourcesCommandInput } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ACCOUNT, type Fixture, REGION, rejection, startFixture } from './fixture.ts';

const KINESIS = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/`;
const FIREHOSE = `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/`;
const TYPES = ['kinesis:stream', 'firehose:deliverystream'];

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.aws.close());

async function get(input: GetResourcesCommandInput): Promise<{ arns: (string | undefined)[]; token: string }> {
  const { ResourceTagMappingList = [], PaginationToken = 'none' } = await fixture.clients.tagging.send(
    new GetResourcesCommand(input)
  );
  return { arns: ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN), token: PaginationToken };
}

describe('GetResources', () => {
  beforeEach(() => {
    fixture.aws.kinesis.create({ name: 'orders', tags: { team: 'shop', stage: 'prod' } });
    fixture.aws.kinesis.create({ name: 'returns', tags: { team: 'shop', stage: 'test' } });
    fixture.aws.kinesis.create({ name: 'plain' });
    fixture.aws.firehose.create({ name: 'clicks', tags: { team: 'web', stage: 'prod' } });
  });

  test.each<[string, NonNullable<GetResourcesCommandInput['TagFilters']>, string[]]>([
    ['finds resources with the tag', [{ Key: 'team', Values: ['shop'] }], ['orders', 'returns']],
    [
      'finds resources that match every filter',
      [
        { Key: 'team', Values: ['shop'] },
        { Key: 'stage', Values: ['prod'] }
      ],
      ['orders']
    ],
    [
      'finds resources with any of the values',
      [{ Key: 'team', Values: ['shop', 'web'] }],
      ['clicks', 'orders', 'returns']
    ],
    ['finds resources with the key when no value is given', [{ Key: 'team' }], ['clicks', 'orders', 'returns']],
    ['finds nothing when the value differs in case', [{ Key: 'team', Values: ['Shop'] }], []],
    ['finds nothing for a key named like an Object property', [{ Key: 'constructor' }], []],
    ['finds every resource that ever had a tag when no filter is given', [], ['clicks', 'orders', 'returns']]
  ])('%s', async (_name, TagFilters, names) => {
    const { arns, token } = await get({ TagFilters, ResourceTypeFilters: TYPES });

    expect(arns.map((arn) => arn?.split('/')[1]).sort()).toEqual(names);
    expect(token).toBe('');
  });

  test.each([
    [['kinesis:stream'], [`${KINESIS}returns`, `${KINESIS}orders`]],
    [['firehose:deliverystream'], [`${FIREHOSE}clicks`]],
    [['firehose'], [`${FIREHOSE}clicks`]],
    [['kinesis:consumer'], []],
    [[], [`${FIREHOSE}clicks`, `${KINESIS}returns`, `${KINESIS}orders`]]
  ])('filters by the types %j', async (ResourceTypeFilters, found) => {
    expect((await get({ ResourceTypeFilters })).arns).toEqual(found);
  });

  test('returns the tags of each resource, and no tags after the last one was removed', async () => {
    fixture.aws.kinesis.get('orders').tags = {};
    const { ResourceTagMappingList } = await fixture.clients.tagging.send(
      new GetResourcesCommand({ ResourceTypeFilters: ['kinesis:stream'] })
    );

    expect(ResourceTagMappingList).toEqual([
      {
        ResourceARN: `${KINESIS}returns`,
        Tags: [
          { Key: 'team', Value: 'shop' },
          { Key: 'stage', Value: 'test' }
        ]
      },
      { ResourceARN: `${KINESIS}orders`, Tags: [] }
    ]);
  });
});

test('CreateStream and CreateDeliveryStream set tags', async () => {
  await fixture.clients.kinesis.send(new CreateStreamCommand({ StreamName: 'orders', Tags: { team: 'shop' } }));
  await fixture.clients.firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'clicks',
      ExtendedS3DestinationConfiguration: {
        RoleARN: `arn:aws:iam::${ACCOUNT}:role/firehose`,
        BucketARN: 'arn:aws:s3:::clicks'
      },
      Tags: [{ Key: 'team', Value: 'shop' }, { Key: 'bare' }]
    })
  );

  expect((await get({ TagFilters: [{ Key: 'team', Values: ['shop'] }] })).arns).toHaveLength(2);
  expect((await get({ TagFilters: [{ Key: 'bare', Values: [''] }] })).arns).toEqual([`${FIREHOSE}clicks`]);
});

describe('pages of GetResources', () => {
  test('hold 100 resources or ResourcesPerPage, and the last one has an empty token', async () => {
    for (let index = 0; index < 150; index += 1)
      fixture.aws.kinesis.create({ name: `stream-${index}`, tags: { a: 'b' } });
    const first = await get({});
    const last = await get({ PaginationToken: first.token });

    expect([first.arns.length, last.arns.length, last.token]).toEqual([100, 50, '']);
    expect(new Set([...first.arns, ...last.arns]).size).toBe(150);
    expect((await get({ ResourcesPerPage: 7, PaginationToken: '' })).arns).toEqual(first.arns.slice(0, 7));
  });

  test('are rejected once the token is older than 15 minutes', async () => {
    for (const name of ['a', 'b']) fixture.aws.kinesis.create({ name, tags: {} });
    const { token: PaginationToken } = await get({ ResourcesPerPage: 1 });

    fixture.clock.advance(15 * 60_000);
    expect((await get({ PaginationToken })).arns).toHaveLength(1);
    fixture.clock.advance(1);
    expect((await rejection(get({ PaginationToken }))).name).toBe('PaginationTokenExpiredException');
  });
});

describe('an invalid GetResources input', () => {
  test.each<[string, GetResourcesCommandInput]>([
    ['InvalidParameterException', { ResourcesPerPage: 0 }],
    ['InvalidParameterException', { ResourcesPerPage: 101 }],
    ['InvalidParameterException', { PaginationToken: 'invalid' }],
    ['ValidationException', { TagFilters: [{ Key: '' }] }],
    ['ValidationException', { TagFilters: [{ Values: ['shop'] }] }],
    ['ValidationException', { TagFilters: [{ Key: 'team', Values: Array(21).fill('shop') }] }],
    ['ValidationException', { TagFilters: Array(51).fill({ Key: 'team' }) }]
  ])('is rejected with %s: %j', async (name, input) => {
    expect((await rejection(get(input))).name).toBe(name);
  });
});

test('records requests like those of other services', async () => {
  await get({ ResourceTypeFilters: TYPES });

  expect(fixture.aws.requests).toMatchObject([
    { service: 'tagging', operation: 'GetResources', input: { ResourceTypeFilters: TYPES }, status: 200 }
  ]);
});
