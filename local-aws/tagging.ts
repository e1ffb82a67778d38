import type { Account } from './account.ts';
import {
  AwsError,
  type Members,
  missingMember,
  type Operation,
  optionalList,
  optionalStructure,
  optionalText,
  requiredText
} from './protocol.ts';

/** The tags of a resource: values by key. */
export type Tags = Readonly<Record<string, string>>;

/** A resource that can have tags. `tags` is undefined if it never had one. */
export interface Taggable {
  readonly arn: string;
  readonly tags: Tags | undefined;
}

interface TagFilter {
  readonly key: string;
  /** One of these values must match. An empty list matches any value. */
  readonly values: readonly string[];
}

const TAG_KEY = { min: 1, max: 128 };
const TAG_VALUE = { max: 256 };
const MAX_TAGS = 50;
const MAX_FILTERS = 50;
const MAX_VALUES_PER_FILTER = 20;
const MAX_PAGE_SIZE = 100;
const TOKEN_LIFETIME_MS = 15 * 60 * 1000;

/** The search part of the Resource Groups Tagging API. */
export class TaggingService {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #account: Account;
  readonly #resources: readonly Iterable<Taggable>[];

  constructor(account: Account, resources: readonly Iterable<Taggable>[]) {
    this.#account = account;
    this.#resources = resources;
    this.operations = { GetResources: (input) => this.#getResources(input) };
  }

  /** Returns the newest resources first. AWS documents no order, so clients must not rely on the order of names. */
  #getResources(input: Members): Members {
    const filters = (optionalList(input, 'TagFilters', MAX_FILTERS) ?? []).map(readFilter);
    const types = (optionalList(input, 'ResourceTypeFilters') ?? []).map((type) =>
      requiredText(type, 'ResourceTypeFilters', { max: 256 })
    );
    const limit = readPageSize(input);
    const start = this.#readToken(optionalText(input, 'PaginationToken', { max: 2048 }) ?? '');
    const found = this.#resources
      .flatMap((resources) => [...resources])
      .filter((resource) => hasType(resource, types) && matchesFilters(resource, filters))
      .reverse();
    const end = start + limit;
    return {
      ResourceTagMappingList: found.slice(start, end).map(describe),
      PaginationToken: end < found.length ? this.#createToken(end) : ''
    };
  }

  #createToken(start: number): string {
    return Buffer.from(`${start} ${this.#account.now()}`).toString('base64');
  }

  #readToken(token: string): number {
    if (token === '') return 0;
    const [start = Number.NaN, createdAt = Number.NaN] = Buffer.from(token, 'base64').toString().split(' ').map(Number);
    if (!Number.isInteger(start) || Number.isNaN(createdAt)) throw invalid('The pagination token is not valid.');
    if (this.#account.now() - createdAt > TOKEN_LIFETIME_MS) {
      throw new AwsError('PaginationTokenExpiredException', 'The pagination token has expired.');
    }
    return start;
  }
}

/** The service model defines no range for ResourcesPerPage, so the service itself checks it. */
function readPageSize({ ResourcesPerPage: size }: Members): number {
  if (size === undefined || size === null) return MAX_PAGE_SIZE;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw invalid(`ResourcesPerPage must be from 1 to ${MAX_PAGE_SIZE}.`);
}

function readFilter(item: Members): TagFilter {
  const filter = optionalStructure(item, 'TagFilters') ?? missingMember('TagFilters');
  const values = (optionalList(filter, 'Values', MAX_VALUES_PER_FILTER) ?? []).map((value) =>
    requiredText(value, 'Values', TAG_VALUE)
  );
  return { key: requiredText(filter, 'Key', TAG_KEY), values };
}

/** A type is `service` or `service:resourceType`, as in the ARN. */
function hasType({ arn }: Taggable, types: readonly string[]): boolean {
  const [, , service, , , resource = ''] = arn.split(':');
  return (
    types.length === 0 || types.some((type) => type === service || type === `${service}:${resource.split('/')[0]}`)
  );
}

function matchesFilters({ tags }: Taggable, filters: readonly TagFilter[]): boolean {
  if (tags === undefined) return false;
  return filters.every(({ key, values }) => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
    return value !== undefined && (values.length === 0 || values.includes(value));
  });
}

/** Reads tags in the form of Kinesis: a map of keys to values. */
export function readTagMap(input: Members): Tags | undefined {
  const map = optionalStructure(input, 'Tags');
  return map && Object.fromEntries(Object.keys(map).map((key) => [key, requiredText(map, key, TAG_VALUE)]));
}

/** Reads tags in the form of Firehose: a list of key–value pairs. */
export function readTagList(input: Members): Tags | undefined {
  const list = optionalList(input, 'Tags', MAX_TAGS)?.map(
    (item) => optionalStructure(item, 'Tags') ?? missingMember('Tags')
  );
  return (
    list &&
    Object.fromEntries(
      list.map((tag) => [requiredText(tag, 'Key', TAG_KEY), optionalText(tag, 'Value', TAG_VALUE) ?? ''])
    )
  );
}

function describe({ arn, tags = {} }: Taggable): Members {
  return { ResourceARN: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
