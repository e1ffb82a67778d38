import type { Account } from './account.ts';
import {
  AwsError,
  type Members,
  missing,
  type Operation,
  optionalList,
  optionalStructure,
  optionalText,
  requiredText
} from './protocol.ts';

/** The tags of a resource by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** What can be found by its tags. `tags` is undefined where it never had one. */
export interface Taggable {
  readonly arn: string;
  readonly tags: Tags | undefined;
}

interface TagFilter {
  readonly key: string;
  /** Any of these; without any, any value at all. */
  readonly values: readonly string[];
}

const TAG_KEY = { min: 1, max: 128 };
const TAG_VALUE = { max: 256 };
const TAGS = 50;
const FILTERS = 50;
const VALUES_A_FILTER = 20;
const PAGE = 100;
const TOKEN_LIVES_MS = 15 * 60 * 1000;

/** The Resource Groups Tagging API, as far as finding resources is concerned. */
export class TaggingService {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #account: Account;
  readonly #resources: readonly Iterable<Taggable>[];

  constructor(account: Account, resources: readonly Iterable<Taggable>[]) {
    this.#account = account;
    this.#resources = resources;
    this.operations = { GetResources: (input) => this.#getResources(input) };
  }

  /** Those that came last stand first: AWS promises no order, so nobody shall take it for that of the names. */
  #getResources(input: Members): Members {
    const filters = (optionalList(input, 'TagFilters', FILTERS) ?? []).map(readFilter);
    const types = (optionalList(input, 'ResourceTypeFilters') ?? []).map((type) =>
      requiredText(type, 'ResourceTypeFilters', { max: 256 })
    );
    const limit = readPageSize(input);
    const start = this.#readToken(optionalText(input, 'PaginationToken', { max: 2048 }) ?? '');
    const found = this.#resources
      .flatMap((resources) => [...resources])
      .filter((resource) => isOfType(resource, types) && isTagged(resource, filters))
      .reverse();
    const end = start + limit;
    return {
      ResourceTagMappingList: found.slice(start, end).map(describe),
      PaginationToken: end < found.length ? this.#token(end) : ''
    };
  }

  #token(start: number): string {
    return Buffer.from(`${start} ${this.#account.now()}`).toString('base64');
  }

  #readToken(token: string): number {
    if (token === '') return 0;
    const [start = Number.NaN, madeAt = Number.NaN] = Buffer.from(token, 'base64').toString().split(' ').map(Number);
    if (!Number.isInteger(start) || Number.isNaN(madeAt)) throw invalid('The pagination token is not valid.');
    if (this.#account.now() - madeAt > TOKEN_LIVES_MS) {
      throw new AwsError('PaginationTokenExpiredException', 'The pagination token has expired.');
    }
    return start;
  }
}

/** The model sets no bounds, so the service itself refuses what is outside of them. */
function readPageSize({ ResourcesPerPage: size }: Members): number {
  if (size === undefined || size === null) return PAGE;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= PAGE) return size;
  throw invalid(`ResourcesPerPage must be from 1 to ${PAGE}.`);
}

function readFilter(item: Members): TagFilter {
  const filter = optionalStructure(item, 'TagFilters') ?? missing('TagFilters');
  const values = (optionalList(filter, 'Values', VALUES_A_FILTER) ?? []).map((value) =>
    requiredText(value, 'Values', TAG_VALUE)
  );
  return { key: requiredText(filter, 'Key', TAG_KEY), values };
}

/** The type of a resource is in its ARN: `service`, or `service:resourceType`. */
function isOfType({ arn }: Taggable, types: readonly string[]): boolean {
  const [, , service, , , resource = ''] = arn.split(':');
  return (
    types.length === 0 || types.some((type) => type === service || type === `${service}:${resource.split('/')[0]}`)
  );
}

function isTagged({ tags }: Taggable, filters: readonly TagFilter[]): boolean {
  if (tags === undefined) return false;
  return filters.every(({ key, values }) => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
    return value !== undefined && (values.length === 0 || values.includes(value));
  });
}

/** Tags as Kinesis takes them: a map from key to value. */
export function readTagMap(input: Members): Tags | undefined {
  const map = optionalStructure(input, 'Tags');
  return map && Object.fromEntries(Object.keys(map).map((key) => [key, requiredText(map, key, TAG_VALUE)]));
}

/** Tags as Firehose takes them: a list of keys and values. */
export function readTagList(input: Members): Tags | undefined {
  const list = optionalList(input, 'Tags', TAGS)?.map((item) => optionalStructure(item, 'Tags') ?? missing('Tags'));
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
