/** The Resource Groups Tagging API through the SDK. */

import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type TagFilter
} from '@aws-sdk/client-resource-groups-tagging-api';
import { isMeantAsStreamArn, parseStreamArn } from '../encryption/arn.ts';
import type { StreamKind, Tag } from '../encryption/model.ts';
import type { Directory } from '../encryption/ports.ts';
import { Fields } from './answers.ts';
import type { Connection } from './connection.ts';
import { truncate } from './sdk-error.ts';

const RESOURCE_TYPES: Readonly<Record<StreamKind, string>> = {
  kinesis: 'kinesis:stream',
  firehose: 'firehose:deliverystream'
};

/** The most that a page can hold. Source: Resource Groups Tagging API, GetResources. */
const PAGE_SIZE = 100;

/** The streams that have all the given tags, page by page. */
export function taggedStreams(connection: Connection): Directory['tagged'] {
  const client = new ResourceGroupsTaggingAPIClient(connection.config);
  const { region } = connection.config;
  const call = { action: 'tag:GetResources', resource: 'all tagged streams', region };
  return async (kinds, tags, token, signal) => {
    const input = {
      ResourceTypeFilters: kinds.map((kind) => RESOURCE_TYPES[kind]),
      TagFilters: tags.map(toTagFilter),
      ResourcesPerPage: PAGE_SIZE,
      ...(token !== null && { PaginationToken: token })
    };
    const page = await connection.call(call, { signal }, (attach, options) =>
      client.send(attach(new GetResourcesCommand(input)), options)
    );
    const answer = new Fields(call, page);
    const found = answer.structures('ResourceTagMappingList').flatMap(toStream);
    return {
      items: found.flatMap((parsed) => (parsed.region === region ? [parsed.stream] : [])),
      next: answer.optionalText('PaginationToken')
    };
  };
}

/** None for another resource, such as a consumer of a data stream, which can have tags, too. A stream that cannot be read must not be left out of a check. */
function toStream(resource: Fields): NonNullable<ReturnType<typeof parseStreamArn>>[] {
  const arn = resource.arn('ResourceARN');
  const parsed = parseStreamArn(arn);
  if (parsed !== null) return [parsed];
  if (!isMeantAsStreamArn(arn)) return [];
  throw resource.malformed(`the answer's ResourceARN ${truncate(arn)} is not the ARN of a stream`);
}

function toTagFilter({ key, value }: Tag): TagFilter {
  return value === null ? { Key: key } : { Key: key, Values: [value] };
}
