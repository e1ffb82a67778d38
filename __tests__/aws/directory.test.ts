import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';
import { type Aws, openAws } from '../../src/aws/aws.ts';
import { systemClock } from '../../src/clock.ts';
import type { StreamKind, Tag } from '../../src/encryption/model.ts';
import { Cancelled, type Directory, MalformedAnswer, type Page } from '../../src/encryption/ports.ts';
import { connectTo } from './local-connection.ts';

const { signal } = new AbortController();
const SHOP: Tag = { key: 'team', value: 'shop' };
const BOTH: readonly StreamKind[] = ['kinesis', 'firehose'];

let aws: LocalAws;
let run: Aws;
let streams: Directory;

async function open(options: LocalAwsOptions = {}): Promise<void> {
  aws = await startLocalAws(options);
  connectTo(aws);
  const cancelled = new AbortController().signal;
  run = await openAws({ region: 'us-east-1', env: {}, clock: systemClock, debug: () => undefined, cancelled });
  streams = run.directory;
}

beforeEach(() => open());
afterEach(async () => {
  run.close();
  await aws.close();
});

/** All items, and the number of items per page. */
async function read<Item>(
  page: (next: string | null) => Promise<Page<Item>>
): Promise<{ all: Item[]; pages: number[] }> {
  const all: Item[] = [];
  const pages: number[] = [];
  let next: string | null = null;
  do {
    const answer: Page<Item> = await page(next);
    all.push(...answer.items);
    pages.push(answer.items.length);
    next = answer.next;
  } while (next !== null && pages.length < 20);
  return { all, pages };
}

function names(kind: StreamKind) {
  return read((next) => streams.names(kind, next, signal));
}

function tagged(kinds: readonly StreamKind[], tags: readonly Tag[]) {
  return read((next) => streams.tagged(kinds, tags, next, signal));
}

function inputs(): readonly unknown[] {
  return aws.requests.map(({ input }) => input);
}

/** Replaces the next answer of an operation. */
function answers(operation: string, body: object): void {
  aws.faults.add({ on: operation, status: 200, body: JSON.stringify(body) });
}

const NAMES = Array.from({ length: 250 }, (_, index) => `stream-${String(index).padStart(3, '0')}`);

describe('the names of data streams', () => {
  test.each<[string, LocalAwsOptions]>([
    ['with the paging of the service', {}],
    ['with the paging of emulators: no token, and HasMoreStreams is a number', { listsByNameOnly: true }]
  ])('are read to the last page, %s', async (_, options) => {
    await aws.close();
    await open(options);
    for (const name of NAMES) aws.kinesis.create({ name });

    expect(await names('kinesis')).toEqual({ all: NAMES, pages: [100, 100, 50] });
    expect(inputs()).toEqual([
      {},
      { ExclusiveStartStreamName: 'stream-099' },
      { ExclusiveStartStreamName: 'stream-199' }
    ]);
  });

  test('may be an empty list', async () => {
    expect(await names('kinesis')).toEqual({ all: [], pages: [0] });
  });

  const DOES_NOT_SAY = 'the answer has no HasMoreStreams';
  const NO_LIST = "the answer's StreamNames is a text, not a list";
  test.each<[string, object, string]>([
    ['is empty although more follow', { StreamNames: [], HasMoreStreams: true }, 'more streams follow, but names none'],
    ['starts over', { StreamNames: ['a', 'b'], HasMoreStreams: true }, 'the list starts over after b'],
    ['starts over and ends', { StreamNames: ['b', 'a'], HasMoreStreams: false }, 'the list starts over after b'],
    ['does not say whether more follow', { StreamNames: ['c'] }, DOES_NOT_SAY],
    ['is no list', { StreamNames: 'c', HasMoreStreams: false }, NO_LIST],
    [
      'contains a number',
      { StreamNames: ['c', 5], HasMoreStreams: false },
      'StreamNames contains a number, not a text'
    ],
    ['contains nothing', { StreamNames: [null], HasMoreStreams: false }, 'StreamNames contains nothing, not a text']
  ])('are not believed if the second page %s', async (_, second, defect) => {
    answers('ListStreams', { StreamNames: ['a', 'b'], HasMoreStreams: true });
    answers('ListStreams', second);
    const error = await names('kinesis').catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(MalformedAnswer);
    expect(error).toMatchObject({ message: expect.stringContaining(defect) });
  });
});

describe('the names of delivery streams', () => {
  test('are requested with the largest page size', async () => {
    for (const name of NAMES) aws.firehose.create({ name });

    expect(await names('firehose')).toEqual({ all: NAMES, pages: [250] });
    expect(inputs()).toEqual([{ Limit: 10_000 }]);
  });

  test('are read to the last page if the service returns smaller pages', async () => {
    for (const name of NAMES.slice(0, 10)) aws.firehose.create({ name });
    answers('ListDeliveryStreams', { DeliveryStreamNames: NAMES.slice(0, 4), HasMoreDeliveryStreams: true });

    expect(await names('firehose')).toEqual({ all: NAMES.slice(0, 10), pages: [4, 6] });
    expect(inputs()[1]).toEqual({ Limit: 10_000, ExclusiveStartDeliveryStreamName: 'stream-003' });
  });

  test.each([[['a']], [[]]])(
    'are not believed if a page says that more follow, and the next one is %j',
    async (second) => {
      answers('ListDeliveryStreams', { DeliveryStreamNames: ['a'], HasMoreDeliveryStreams: true });
      answers('ListDeliveryStreams', { DeliveryStreamNames: second, HasMoreDeliveryStreams: true });

      await expect(names('firehose')).rejects.toBeInstanceOf(MalformedAnswer);
    }
  );
});

describe('the streams that have tags', () => {
  test('are read to the last page for both kinds', async () => {
    for (const name of NAMES) {
      aws.kinesis.create({ name, tags: { team: 'shop', stage: 'prod' } });
      aws.firehose.create({ name, tags: { team: 'web' } });
    }
    aws.firehose.create({ name: 'clicks', tags: { team: 'shop', stage: 'test' } });
    const { all, pages } = await tagged(BOTH, [SHOP, { key: 'stage', value: null }]);

    expect(pages).toEqual([100, 100, 51]);
    expect(new Set(all.map(({ kind, name }) => `${kind} ${name}`)).size).toBe(251);
    expect(all).toContainEqual({
      kind: 'firehose',
      name: 'clicks',
      arn: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/clicks'
    });
    expect(inputs()[0]).toEqual({
      ResourceTypeFilters: ['kinesis:stream', 'firehose:deliverystream'],
      TagFilters: [{ Key: 'team', Values: ['shop'] }, { Key: 'stage' }],
      ResourcesPerPage: 100
    });
  });

  test('are of the requested kinds', async () => {
    aws.kinesis.create({ name: 'orders', tags: { team: 'shop' } });
    aws.firehose.create({ name: 'clicks', tags: { team: 'shop' } });

    expect((await tagged(['firehose'], [SHOP])).all.map(({ name }) => name)).toEqual(['clicks']);
  });

  test('exclude ARNs of other resources and regions', async () => {
    const orders = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';
    const arns = [
      `${orders}/consumer/reader:1700000000`,
      orders,
      'arn:aws:kinesis:eu-west-1:111122223333:stream/elsewhere',
      'arn:aws:kinesis:us-east-1:111122223333:deliverystream/mixed',
      'arn:aws:firehose:us-east-1:111122223333:stream/mixed',
      'arn:aws:sqs:us-east-1:111122223333:queue'
    ];
    answers('GetResources', { ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })) });

    expect((await tagged(BOTH, [SHOP])).all).toEqual([{ kind: 'kinesis', name: 'orders', arn: orders }]);
  });

  test('are read to the last page after an empty one', async () => {
    aws.kinesis.create({ name: 'orders', tags: { team: 'shop' } });
    const start = Buffer.from(`0 ${Date.now()}`).toString('base64');
    answers('GetResources', { ResourceTagMappingList: [], PaginationToken: start });

    expect((await tagged(BOTH, [SHOP])).pages).toEqual([0, 1]);
  });

  test.each<[string, object, string]>([
    ['an entry is hollow', { ResourceTagMappingList: [{}] }, 'the answer has no ResourceARN'],
    [
      'an entry is not whole',
      { ResourceTagMappingList: [{ ResourceARN: 'arn:aws:kinesis:us-east-1:1111:stream/orders' }] },
      "the answer's ResourceARN arn:aws:kinesis:us-east-1:1111:stream/orders is not the ARN of a stream"
    ],
    ['an ARN is a number', { ResourceTagMappingList: [{ ResourceARN: 5 }] }, "the answer's ResourceARN is a number"],
    [
      'an ARN is none',
      { ResourceTagMappingList: [{ ResourceARN: 'orders' }] },
      "the answer's ResourceARN is not an ARN"
    ],
    ['an entry is a text', { ResourceTagMappingList: ['orders'] }, 'contains a text, not a structure'],
    [
      'the token is a structure',
      { ResourceTagMappingList: [], PaginationToken: {} },
      "the answer's PaginationToken is a structure, not a text"
    ]
  ])('are not believed if %s', async (_, answer, defect) => {
    answers('GetResources', answer);

    await expect(tagged(BOTH, [SHOP])).rejects.toThrow(defect);
  });
});

describe.each<[operation: string, code: string, action: string, ask: () => Promise<{ pages: number[] }>]>([
  ['ListStreams', 'LimitExceededException', 'kinesis:ListStreams', () => names('kinesis')],
  ['ListDeliveryStreams', 'ThrottlingException', 'firehose:ListDeliveryStreams', () => names('firehose')],
  ['GetResources', 'ThrottledException', 'tag:GetResources', () => tagged(BOTH, [SHOP])]
])('%s', (operation, code, action, ask) => {
  test('is retried after one throttle', async () => {
    aws.faults.add({ on: operation, error: { code, message: 'Rate exceeded' } });

    expect((await ask()).pages).toEqual([0]);
    expect(aws.requests).toHaveLength(2);
  });

  test('rejects as throttled after repeated throttles', async () => {
    aws.faults.add({ on: operation, times: 10, error: { code, message: 'Rate exceeded' } });

    await expect(ask()).rejects.toMatchObject({ errorKind: 'throttled' });
  });

  test('rejects as denied with the missing permission on all resources', async () => {
    aws.faults.add({ on: operation, error: { code: 'AccessDeniedException', message: 'No.' } });

    await expect(ask()).rejects.toMatchObject({
      errorKind: 'denied',
      message: expect.stringMatching(
        `^${action} for all .* in us-east-1: AccessDeniedException: No\\. Grant ${action} on \\* to the role of this step$`
      )
    });
  });

  test('treats an answer without a list as unanswered', async () => {
    answers(operation, {});

    await expect(ask()).rejects.toMatchObject({ errorKind: 'unanswered' });
  });

  test('rejects with the reason of its signal', async () => {
    const cancelled = new AbortController();
    aws.faults.add({ on: operation, hang: 'before' });
    const page =
      operation === 'GetResources'
        ? streams.tagged(BOTH, [SHOP], null, cancelled.signal)
        : streams.names(operation === 'ListStreams' ? 'kinesis' : 'firehose', null, cancelled.signal);
    while (aws.requests.length === 0) await setImmediate();
    cancelled.abort(new Cancelled());

    await expect(page).rejects.toBeInstanceOf(Cancelled);
  });
});

test.each([
  ['InvalidParameterException', 400, { errorKind: 'refused', message: expect.stringContaining('at most 50 tags') }],
  ['PaginationTokenExpiredException', 400, { errorKind: 'refused', message: expect.stringContaining('run again') }],
  ['InternalServiceException', 500, { errorKind: 'unanswered' }]
])('the error %s of the tagging API states the remedy, or is transient', async (code, status, expected) => {
  aws.faults.add({ on: 'GetResources', times: 3, error: { code, message: 'No.', status } });
  await expect(tagged(BOTH, [SHOP])).rejects.toMatchObject(expected);
});
