/** The behavior of KMS for keys and aliases, and of the Resource Groups Tagging API for streams. */

import type { GetResourcesCommandInput, GetResourcesCommandOutput } from '@aws-sdk/client-resource-groups-tagging-api';
import { expect } from '@jest/globals';
import { DESTINATION, outcome } from '../local-aws/fixture.ts';
import { type ContractCase, letters, newName } from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

const KMS_CASES: readonly Omit<ContractCase, 'service'>[] = [
  {
    name: 'a key is found by id, key ARN, alias name and alias ARN',
    aws: [true, true, true, true],
    async observe({ calls, keys: { id, arn, alias, aliasArn } }) {
      const found = [id, arn, alias, aliasArn].map(async (form) => (await calls.describeKey(form)).Arn === arn);
      return Promise.all(found);
    }
  },
  {
    name: 'a key has the members that encryption depends on',
    aws: {
      Enabled: true,
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyManager: 'CUSTOMER'
    },
    async observe({ calls, keys }) {
      const { Enabled, KeyState, KeyUsage, KeySpec, KeyManager } = await calls.describeKey(keys.id);
      return { Enabled, KeyState, KeyUsage, KeySpec, KeyManager };
    }
  },
  {
    name: 'a key that does not exist is a NotFoundException',
    aws: ['NotFoundException', 'NotFoundException', 'NotFoundException'],
    observe({ calls }) {
      const missing = ['87654321-4321-4321-4321-210987654321', 'alias/there-is-no-such-alias', 'no-key-at-all'];
      return Promise.all(missing.map((id) => outcome(calls.describeKey(id))));
    }
  },
  {
    name: 'a duplicate alias is rejected',
    aws: 'AlreadyExistsException',
    observe: ({ calls, keys }) => outcome(calls.kms.createAlias({ AliasName: keys.alias, TargetKeyId: keys.id }))
  }
];

/** Moto supports only the service name as a type. */
const ResourceTypeFilters = ['firehose'];

/** Creates a delivery stream for each set of tags. Their names end in `a`, `b`, … */
async function createTagged({ calls }: RunningEmulator, streams: readonly Readonly<Record<string, string>>[]) {
  const prefix = newName('tagged');
  for (const [index, tags] of streams.entries()) {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const DeliveryStreamName = `${prefix}-${'abc'[index]}`;
    await calls.firehose.createDeliveryStream({ DeliveryStreamName, ...DESTINATION, ...(Tags.length > 0 && { Tags }) });
  }
}

function names({ ResourceTagMappingList = [] }: GetResourcesCommandOutput): string[] {
  return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN?.split('/')[1] ?? '');
}

const TAGGING_CASES: readonly Omit<ContractCase, 'service'>[] = [
  {
    name: 'all filters must match, each with any of its values; a filter without values matches any value',
    aws: { every: ['a'], either: ['a', 'b', 'c'], any: ['a', 'b', 'c'] },
    async observe(server) {
      await createTagged(server, [{ team: 'shop', stage: 'prod' }, { team: 'shop' }, { team: '', stage: 'prod' }]);
      /** The last letters of the names, sorted because AWS documents no order. */
      const find = async (...TagFilters: NonNullable<GetResourcesCommandInput['TagFilters']>) =>
        letters(names(await server.calls.tagging.getResources({ ResourceTypeFilters, TagFilters })))?.sort();
      return {
        every: await find({ Key: 'team', Values: ['shop'] }, { Key: 'stage', Values: ['prod'] }),
        either: await find({ Key: 'team', Values: ['shop', ''] }),
        any: await find({ Key: 'team' })
      };
    }
  },
  {
    name: 'a resource has its ARN and tags, and one that never had a tag is not listed',
    aws: [expect.stringMatching(/^arn:aws:firehose:us-east-1:\d{12}:deliverystream\/tagged-\d+-a$/), 'x', 0],
    async observe(server) {
      await createTagged(server, [{ whose: 'x' }, {}]);
      const all = await server.calls.tagging.getResources({ ResourceTypeFilters });
      const of = all.ResourceTagMappingList?.find(({ Tags }) => Tags?.[0]?.Key === 'whose');
      const last = of?.ResourceARN?.split('/')[1]?.replace(/a$/, 'b') ?? '';
      return [of?.ResourceARN, of?.Tags?.[0]?.Value, names(all).filter((name) => name === last).length];
    }
  },
  {
    name: 'a token returns the next page',
    aws: [2, 1, 3],
    async observe(server) {
      await createTagged(server, Array(3).fill({ page: 'x' }));
      const page = { ResourceTypeFilters, TagFilters: [{ Key: 'page' }], ResourcesPerPage: 2 };
      const { tagging } = server.calls;
      const first = await tagging.getResources(page);
      const second = await tagging.getResources({ ...page, PaginationToken: first.PaginationToken });
      const distinct = new Set([...names(first), ...names(second)]).size;
      return [names(first).length, names(second).length, distinct];
    }
  }
];

export const KMS_AND_TAGGING_CASES: readonly ContractCase[] = [
  ...KMS_CASES.map((one) => ({ ...one, service: 'kms' as const })),
  ...TAGGING_CASES.map((one) => ({ ...one, service: 'tagging' as const }))
];
