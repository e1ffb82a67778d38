/** The behavior of KMS for keys and aliases, and of the Resource Groups Tagging API for streams. */

import type { GetResourcesCommandInput, GetResourcesCommandOutput } from '@aws-sdk/client-resource-groups-tagging-api';
import { expect } from '@jest/globals';
import { DESTINATION, outcome } from '../local-aws/fixture.ts';
import { type ContractCase, letters, MISSING_ALIAS, MISSING_ID, newName } from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

const USABLE = {
  Enabled: true,
  KeyState: 'Enabled',
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyManager: 'CUSTOMER'
};

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
    aws: { ...USABLE, MultiRegion: false },
    moto: [{ ...USABLE, MultiRegion: undefined }, 'It omits MultiRegion unless it was requested.'],
    async observe({ calls, keys }) {
      const { Enabled, KeyState, KeyUsage, KeySpec, KeyManager, MultiRegion } = await calls.describeKey(keys.id);
      return { Enabled, KeyState, KeyUsage, KeySpec, KeyManager, MultiRegion };
    }
  },
  {
    name: 'a multi-Region key has an id that begins with mrk-',
    aws: { id: true, MultiRegion: true },
    moto: [
      { id: false, MultiRegion: true },
      'Its multi-Region key ids are mrk- and a GUID, not mrk- and 32 hexadecimal digits.'
    ],
    async observe({ calls, keys }) {
      const { KeyId, MultiRegion } = await calls.describeKey(keys.multiRegionId);
      return { id: /^mrk-[0-9a-f]{32}$/.test(KeyId ?? ''), MultiRegion };
    }
  },
  {
    name: 'a key that does not exist is a NotFoundException',
    aws: ['NotFoundException', 'NotFoundException', 'NotFoundException'],
    observe({ calls }) {
      return Promise.all([MISSING_ID, MISSING_ALIAS, 'no-key-at-all'].map((id) => outcome(calls.describeKey(id))));
    }
  },
  {
    name: 'a key ARN of another region is a NotFoundException',
    aws: 'NotFoundException',
    moto: ['accepted', 'It ignores the region in the ARN.'],
    observe: ({ calls, keys }) => outcome(calls.describeKey(keys.arn.replace('us-east-1', 'eu-west-1')))
  },
  {
    name: 'alias/aws/kinesis exists without being created',
    aws: 'AWS',
    moto: ['NotFoundException', 'It does not create the AWS managed key of Kinesis.'],
    observe: ({ calls }) =>
      calls.describeKey('alias/aws/kinesis').then(
        ({ KeyManager }) => KeyManager,
        (error) => error.name
      )
  },
  {
    name: 'a duplicate alias and the prefix alias/aws/ are rejected',
    aws: ['AlreadyExistsException', 'InvalidAliasNameException'],
    moto: [['AlreadyExistsException', 'accepted'], 'It does not reserve alias/aws/.'],
    async observe({ calls, keys }) {
      const createAlias = (AliasName: string) => outcome(calls.kms.createAlias({ AliasName, TargetKeyId: keys.id }));
      return [await createAlias(keys.alias), await createAlias('alias/aws/contract')];
    }
  }
];

/** Moto supports only the service name as a type. */
const FIREHOSE = ['firehose'];
const PROD = { Key: 'stage', Values: ['prod'] };

/** Creates a delivery stream for each set of tags. Their names end in `a`, `b`, … */
async function createTagged(
  { calls }: RunningEmulator,
  ...streams: readonly Readonly<Record<string, string>>[]
): Promise<void> {
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

/** The last letters of the names, sorted because AWS documents no order. */
async function find({ calls }: RunningEmulator, input: GetResourcesCommandInput) {
  return letters(names(await calls.tagging.getResources(input)))?.sort();
}

const TAGGING_CASES: readonly Omit<ContractCase, 'service'>[] = [
  {
    name: 'all filters must match, each with any of its values; a filter without values matches any value',
    aws: { every: ['a'], either: ['a', 'b', 'c'], any: ['a', 'b', 'c'] },
    async observe(server) {
      const tags = [{ team: 'shop', stage: 'prod' }, { team: 'shop' }, { team: '', stage: 'prod' }];
      await createTagged(server, ...tags);
      const found = (...TagFilters: NonNullable<GetResourcesCommandInput['TagFilters']>) =>
        find(server, { ResourceTypeFilters: FIREHOSE, TagFilters });
      return {
        every: await found({ Key: 'team', Values: ['shop'] }, PROD),
        either: await found({ Key: 'team', Values: ['shop', ''] }),
        any: await found({ Key: 'team' })
      };
    }
  },
  {
    name: 'data streams and delivery streams are found by resource type',
    aws: ['a', 'k'],
    moto: [[], 'It finds delivery streams by the service name only, and no data streams.'],
    async observe(server) {
      const Tags = { type: 'both' };
      await server.calls.kinesis.createStream({ StreamName: newName('tagged').concat('-k'), ShardCount: 1, Tags });
      await createTagged(server, Tags);
      const ResourceTypeFilters = ['kinesis:stream', 'firehose:deliverystream'];
      return find(server, { ResourceTypeFilters, TagFilters: [{ Key: 'type' }] });
    }
  },
  {
    name: 'a resource has its ARN and tags, and one that never had a tag is not listed',
    aws: [expect.stringMatching(/^arn:aws:firehose:us-east-1:\d{12}:deliverystream\/tagged-\d+-a$/), 'x', 0],
    async observe(server) {
      await createTagged(server, { whose: 'x' }, {});
      const ResourceTypeFilters = FIREHOSE;
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
      await createTagged(server, ...Array(3).fill({ page: 'x' }));
      const page = { ResourceTypeFilters: FIREHOSE, TagFilters: [{ Key: 'page' }], ResourcesPerPage: 2 };
      const { tagging } = server.calls;
      const first = await tagging.getResources(page);
      const second = await tagging.getResources({ ...page, PaginationToken: first.PaginationToken });
      const distinct = new Set([...names(first), ...names(second)]).size;
      return [names(first).length, names(second).length, distinct];
    }
  },
  {
    name: 'the token of the last page is empty',
    aws: '',
    moto: [undefined, 'It returns null.'],
    observe: async ({ calls }) =>
      (await calls.tagging.getResources({ TagFilters: [{ Key: 'unused' }] })).PaginationToken
  },
  {
    name: 'a page size above 100 is rejected',
    aws: 'InvalidParameterException',
    moto: ['accepted', 'It accepts any page size.'],
    observe: ({ calls }) => outcome(calls.tagging.getResources({ ResourcesPerPage: 101 }))
  }
];

export const KMS_AND_TAGGING_CASES: readonly ContractCase[] = [
  ...KMS_CASES.map((one) => ({ ...one, service: 'kms' as const })),
  ...TAGGING_CASES.map((one) => ({ ...one, service: 'tagging' as const }))
];
