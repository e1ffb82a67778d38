/** The behavior of the Resource Groups Tagging API for streams. */

import { CreateDeliveryStreamCommand } from '@aws-sdk/client-firehose';
import { CreateStreamCommand } from '@aws-sdk/client-kinesis';
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  type GetResourcesCommandOutput
} from '@aws-sdk/client-resource-groups-tagging-api';
import { type ContractCase, outcome } from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

/** Moto supports only the service name as a type. */
const FIREHOSE = ['firehose'];
const BOTH = ['kinesis:stream', 'firehose:deliverystream'];
const BUCKET = { RoleARN: 'arn:aws:iam::111122223333:role/firehose', BucketARN: 'arn:aws:s3:::clicks' };

async function createDeliveryStream(
  { clients }: RunningEmulator,
  name: string,
  tags: Record<string, string>
): Promise<void> {
  await clients.firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: name,
      ExtendedS3DestinationConfiguration: BUCKET,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
    })
  );
}

async function get({ clients }: RunningEmulator, input: GetResourcesCommandInput): Promise<GetResourcesCommandOutput> {
  return clients.tagging.send(new GetResourcesCommand(input));
}

/** The names of the resources, sorted because AWS documents no order. */
async function findNames(server: RunningEmulator, input: GetResourcesCommandInput): Promise<(string | undefined)[]> {
  return names(await get(server, input)).sort();
}

function names({ ResourceTagMappingList = [] }: GetResourcesCommandOutput): (string | undefined)[] {
  return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN?.split('/')[1]);
}

export const TAGGING_CASES: readonly ContractCase[] = [
  {
    name: 'all filters must match, each with any of its values',
    service: 'tagging',
    expected: { both: ['filter-a'], any: ['filter-a', 'filter-b', 'filter-c'] },
    async observe(server) {
      await createDeliveryStream(server, 'filter-a', { 'filter-team': 'shop', stage: 'prod' });
      await createDeliveryStream(server, 'filter-b', { 'filter-team': 'shop', stage: 'test' });
      await createDeliveryStream(server, 'filter-c', { 'filter-team': 'web', stage: 'prod' });
      const shop = { Key: 'filter-team', Values: ['shop'] };
      const prod = { Key: 'stage', Values: ['prod'] };
      const anyTeam = { Key: 'filter-team', Values: ['shop', 'web'] };
      return {
        both: await findNames(server, { ResourceTypeFilters: FIREHOSE, TagFilters: [shop, prod] }),
        any: await findNames(server, { ResourceTypeFilters: FIREHOSE, TagFilters: [anyTeam] })
      };
    }
  },
  {
    name: 'a filter without values matches any value',
    service: 'tagging',
    expected: ['any-a', 'any-b'],
    async observe(server) {
      await createDeliveryStream(server, 'any-a', { 'any-team': 'shop' });
      await createDeliveryStream(server, 'any-b', { 'any-team': '' });
      return findNames(server, { ResourceTypeFilters: FIREHOSE, TagFilters: [{ Key: 'any-team' }] });
    }
  },
  {
    name: 'data streams and delivery streams are found by resource type',
    service: 'tagging',
    expected: ['type-firehose', 'type-kinesis'],
    async observe(server) {
      const tags = { 'type-team': 'shop' };
      await server.clients.kinesis.send(
        new CreateStreamCommand({ StreamName: 'type-kinesis', ShardCount: 1, Tags: tags })
      );
      await createDeliveryStream(server, 'type-firehose', tags);
      return findNames(server, { ResourceTypeFilters: BOTH, TagFilters: [{ Key: 'type-team' }] });
    }
  },
  {
    name: 'a resource has its ARN and tags, and one that never had a tag is not listed',
    service: 'tagging',
    expected: { arn: true, tags: [{ Key: 'arn-team', Value: 'shop' }], untagged: false },
    async observe(server) {
      await createDeliveryStream(server, 'arn-tagged', { 'arn-team': 'shop' });
      await server.clients.firehose.send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: 'arn-untagged',
          ExtendedS3DestinationConfiguration: BUCKET
        })
      );
      const { ResourceTagMappingList: [tagged] = [] } = await get(server, {
        ResourceTypeFilters: FIREHOSE,
        TagFilters: [{ Key: 'arn-team' }]
      });
      const all = await findNames(server, { ResourceTypeFilters: FIREHOSE });
      return {
        arn: /^arn:aws:firehose:us-east-1:\d{12}:deliverystream\/arn-tagged$/.test(tagged?.ResourceARN ?? ''),
        tags: tagged?.Tags,
        untagged: all.includes('arn-untagged')
      };
    }
  },
  {
    name: 'a token returns the next page',
    service: 'tagging',
    expected: [2, 1, ['page-a', 'page-b', 'page-c']],
    async observe(server) {
      for (const name of ['page-a', 'page-b', 'page-c']) await createDeliveryStream(server, name, { 'page-team': 'x' });
      const page = { ResourceTypeFilters: FIREHOSE, TagFilters: [{ Key: 'page-team' }], ResourcesPerPage: 2 };
      const first = await get(server, page);
      const second = await get(server, { ...page, PaginationToken: first.PaginationToken });
      const all = [...names(first), ...names(second)].sort();
      return [names(first).length, names(second).length, all];
    }
  },
  {
    name: 'the token of the last page is empty',
    service: 'tagging',
    expected: '',
    observe: async (server) => (await get(server, { TagFilters: [{ Key: 'unused' }] })).PaginationToken
  },
  {
    name: 'a page size above 100 is rejected',
    service: 'tagging',
    expected: 'InvalidParameterException',
    observe: (server) => outcome(get(server, { ResourcesPerPage: 101 }))
  }
];
