import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type TagFilter
} from '@aws-sdk/client-resource-groups-tagging-api';
import { readStreamArn } from '../encryption/arn.ts';
import type { StreamKind, StreamRef, Tag } from '../encryption/model.ts';
import type { Page } from '../encryption/ports.ts';
import { addMiddleware, callAws, required } from './calls.ts';
import type { Connection } from './clients.ts';

const RESOURCE_TYPES: Readonly<Record<StreamKind, string>> = {
  kinesis: 'kinesis:stream',
  firehose: 'firehose:deliverystream'
};

/** The most that a page can hold. Source: Resource Groups Tagging API, GetResources. */
const RESOURCES_A_PAGE = 100;

/** The streams that have all of some tags, page by page. */
export function taggedStreams(connection: Connection) {
  const client = new ResourceGroupsTaggingAPIClient(connection.config);
  addMiddleware(client, 'tagging', connection);
  const { region } = connection.config;
  const call = { action: 'tag:GetResources', resource: 'all tagged streams', region };
  return async (
    kinds: readonly StreamKind[],
    tags: readonly Tag[],
    token: string | null,
    signal: AbortSignal
  ): Promise<Page<StreamRef>> => {
    const request = new GetResourcesCommand({
      ResourceTypeFilters: kinds.map((kind) => RESOURCE_TYPES[kind]),
      TagFilters: tags.map(filterFor),
      ResourcesPerPage: RESOURCES_A_PAGE,
      ...(token !== null && { PaginationToken: token })
    });
    const page = await callAws(call, signal, (options) => client.send(request, options));
    const found = required(call, page.ResourceTagMappingList).map(({ ResourceARN: arn = '' }) => readStreamArn(arn));
    const next = page.PaginationToken || null;
    return {
      items: found.flatMap((read) => (read?.region === region ? [read.stream] : [])),
      next: next === token ? null : next
    };
  };
}

function filterFor({ key, value }: Tag): TagFilter {
  return value === null ? { Key: key } : { Key: key, Values: [value] };
}
