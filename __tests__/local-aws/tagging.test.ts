import { CreateDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { CreateStreamCommand } from '@aws-sdk/client-kinesis';
import { GetResourcesCommand, type GetResourcesCommandInput } from '@aws-sdk/client-resource-groups-tagging-api';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ACCOUNT, REGION, refusal, type Scene, scene } from './harness.ts';

const KINESIS = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/`;
const FIREHOSE = `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/`;
const TYPES = ['kinesis:stream', 'firehose:deliverystream'];

let here: Scene;
beforeEach(async () => {
  here = await scene();
});
afterEach(() => here.aws.close());

async function get(input: GetResourcesCommandInput): Promise<{ arns: (string | undefined)[]; token: string }> {
  const { ResourceTagMappingList = [], PaginationToken = 'none' } = await here.clients.tagging.send(
    new GetResourcesCommand(input)
  );
  return { arns: ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN), token: PaginationToken };
}

describe('which resources are found', () => {
  beforeEach(() => {
    here.aws.kinesis.create({ name: 'orders', tags: { team: 'shop', stage: 'prod' } });
    here.aws.kinesis.create({ name: 'returns', tags: { team: 'shop', stage: 'test' } });
    here.aws.kinesis.create({ name: 'plain' });
    here.aws.firehose.create({ name: 'clicks', tags: { team: 'web', stage: 'prod' } });
  });

  test.each<[string, NonNullable<GetResourcesCommandInput['TagFilters']>, string[]]>([
    ['those that have the tag', [{ Key: 'team', Values: ['shop'] }], ['orders', 'returns']],
    [
      'those that match each filter',
      [
        { Key: 'team', Values: ['shop'] },
        { Key: 'stage', Values: ['prod'] }
      ],
      ['orders']
    ],
    ['those that have any of the values', [{ Key: 'team', Values: ['shop', 'web'] }], ['clicks', 'orders', 'returns']],
    ['those that have the key, where no value is asked', [{ Key: 'team' }], ['clicks', 'orders', 'returns']],
    ['none where the value is written otherwise', [{ Key: 'team', Values: ['Shop'] }], []],
    ['none where only every object has such a key', [{ Key: 'constructor' }], []],
    ['all that ever had a tag, where none is asked', [], ['clicks', 'orders', 'returns']]
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
  ])('of the types %j', async (ResourceTypeFilters, found) => {
    expect((await get({ ResourceTypeFilters })).arns).toEqual(found);
  });

  test('each with its tags; one that has lost its last has none', async () => {
    here.aws.kinesis.get('orders').tags = {};
    const { ResourceTagMappingList } = await here.clients.tagging.send(
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

test('streams that are created by request have the tags that they are given', async () => {
  await here.clients.kinesis.send(new CreateStreamCommand({ StreamName: 'orders', Tags: { team: 'shop' } }));
  await here.clients.firehose.send(
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

describe('the pages', () => {
  test('hold a hundred, or as many as are asked for, and the last has an empty token', async () => {
    for (let index = 0; index < 150; index += 1) here.aws.kinesis.create({ name: `stream-${index}`, tags: { a: 'b' } });
    const first = await get({});
    const last = await get({ PaginationToken: first.token });

    expect([first.arns.length, last.arns.length, last.token]).toEqual([100, 50, '']);
    expect(new Set([...first.arns, ...last.arns]).size).toBe(150);
    expect((await get({ ResourcesPerPage: 7, PaginationToken: '' })).arns).toEqual(first.arns.slice(0, 7));
  });

  test('are refused once the token is older than fifteen minutes', async () => {
    for (const name of ['a', 'b']) here.aws.kinesis.create({ name, tags: {} });
    const { token: PaginationToken } = await get({ ResourcesPerPage: 1 });

    here.clock.advance(15 * 60_000);
    expect((await get({ PaginationToken })).arns).toHaveLength(1);
    here.clock.advance(1);
    expect((await refusal(get({ PaginationToken }))).name).toBe('PaginationTokenExpiredException');
  });

  test.each<[string, GetResourcesCommandInput]>([
    ['InvalidParameterException', { ResourcesPerPage: 0 }],
    ['InvalidParameterException', { ResourcesPerPage: 101 }],
    ['InvalidParameterException', { PaginationToken: 'made up' }],
    ['ValidationException', { TagFilters: [{ Key: '' }] }],
    ['ValidationException', { TagFilters: [{ Values: ['shop'] }] }],
    ['ValidationException', { TagFilters: [{ Key: 'team', Values: Array(21).fill('shop') }] }],
    ['ValidationException', { TagFilters: Array(51).fill({ Key: 'team' }) }]
  ])('%s: %j', async (name, input) => {
    expect((await refusal(get(input))).name).toBe(name);
  });
});

test('requests for tags are on record like any other', async () => {
  await get({ ResourceTypeFilters: TYPES });

  expect(here.aws.requests).toMatchObject([
    { service: 'tagging', operation: 'GetResources', input: { ResourceTypeFilters: TYPES }, status: 200 }
  ]);
});
