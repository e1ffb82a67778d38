import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../local-aws/server.ts';
import { Fields } from '../../src/aws/answers.ts';
import type { Aws } from '../../src/aws/aws.ts';
import { toPage } from '../../src/aws/directory.ts';
import type { StreamKind, Tag } from '../../src/encryption/model.ts';
import { Cancelled, MalformedAnswer, type Page } from '../../src/encryption/ports.ts';
import { openOn } from './local-connection.ts';

const SHOP: Tag = { key: 'team', value: 'shop' };
const BOTH: readonly StreamKind[] = ['kinesis', 'firehose'];
const NAMES = Array.from({ length: 250 }, (_, index) => `stream-${String(index).padStart(3, '0')}`);

let aws: LocalAws;
let run: Aws;

async function open(options: LocalAwsOptions = {}): Promise<void> {
  aws = await startLocalAws(options);
  run = await openOn(aws);
}

beforeEach(() => open());
afterEach(async () => {
  run.close();
  await aws.close();
});

/** All items, and the number of items per page. */
async function read<Item>(page: (next: string | null) => Promise<Page<Item>>) {
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

function names(kind: StreamKind, { signal } = new AbortController()) {
  return read((next) => run.directory.names(kind, next, signal));
}

function tagged(kinds = BOTH, tags = [SHOP], { signal } = new AbortController()) {
  return read((next) => run.directory.tagged(kinds, tags, next, signal));
}

function inputs(): readonly unknown[] {
  return aws.requests.map(({ input }) => input);
}

/** Replaces the next answer of an operation. */
function answers(operation: string, body: object): void {
  aws.faults.add({ on: operation, status: 200, body: JSON.stringify(body) });
}

describe('the names of streams', () => {
  test.each<[string, LocalAwsOptions]>([
    ['of the service', {}],
    ['of emulators: no token, and HasMoreStreams is a number', { listsByNameOnly: true }]
  ])('of Kinesis are read to the last page, with the paging %s', async (_, options) => {
    expect(await names('kinesis')).toEqual({ all: [], pages: [0] });
    run.close();
    await aws.close();
    await open(options);
    for (const name of NAMES) aws.kinesis.create({ name });
    expect(await names('kinesis')).toEqual({ all: NAMES, pages: [100, 100, 50] });
    const starts = ['stream-099', 'stream-199'].map((name) => ({ ExclusiveStartStreamName: name }));
    expect(inputs()).toEqual([{}, ...starts]);
  });

  test('of Firehose are requested with the largest page size, and read to the last page', async () => {
    for (const name of NAMES) aws.firehose.create({ name });
    expect(await names('firehose')).toEqual({ all: NAMES, pages: [250] });
    answers('ListDeliveryStreams', { DeliveryStreamNames: NAMES.slice(0, 4), HasMoreDeliveryStreams: true });
    expect(await names('firehose')).toEqual({ all: NAMES, pages: [4, 246] });
    const start = { ExclusiveStartDeliveryStreamName: 'stream-003' };
    expect(inputs()).toEqual([{ Limit: 10_000 }, { Limit: 10_000 }, { Limit: 10_000, ...start }]);
  });

  test('are not believed if a list starts over', async () => {
    for (let page = 0; page < 2; page++) {
      answers('ListStreams', { StreamNames: ['a'], HasMoreStreams: true });
      answers('ListDeliveryStreams', { DeliveryStreamNames: ['a'], HasMoreDeliveryStreams: true });
    }
    for (const kind of BOTH) await expect(names(kind)).rejects.toThrow('the list starts over after a');
  });

  test('are read on where a token follows, whatever the flag says', async () => {
    aws.kinesis.create({ name: 'z' });
    answers('ListStreams', { StreamNames: ['a'], HasMoreStreams: false, NextToken: 'more' });
    expect(await names('kinesis')).toEqual({ all: ['a', 'z'], pages: [1, 1] });
    answers('ListStreams', { StreamNames: [], HasMoreStreams: false, NextToken: 'more' });
    expect(await names('kinesis')).toEqual({ all: [], pages: [0] });
  });

  const CALL = { action: 'kinesis:ListStreams', resource: 'all data streams', region: 'us-east-1' };
  test.each<[string, object, string]>([
    ['is empty although more follow', { StreamNames: [], HasMoreStreams: true }, 'more streams follow, but names none'],
    ['starts over', { StreamNames: ['a', 'b'], HasMoreStreams: true }, 'the list starts over after b'],
    ['starts over and ends', { StreamNames: ['b', 'a'], HasMoreStreams: false }, 'the list starts over after b'],
    ['does not say whether more follow', { StreamNames: ['c'] }, 'the answer has no HasMoreStreams'],
    ['is no list', { StreamNames: 'c', HasMoreStreams: 0 }, "the answer's StreamNames is a text, not a list"],
    ['contains a number', { StreamNames: ['c', 5] }, "the answer's StreamNames contains a number, not a text"],
    ['contains nothing', { StreamNames: [null] }, "the answer's StreamNames contains nothing, not a text"],
    ['is odd', { StreamNames: [], HasMoreStreams: 2 }, "the answer's HasMoreStreams is a number, not true or false"]
  ])('are not believed if a page %s', (_, answer, defect) => {
    const page = () => toPage(new Fields(CALL, answer), 'StreamNames', 'HasMoreStreams', 'b');
    expect(page).toThrow(MalformedAnswer);
    expect(page).toThrow(defect);
  });
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
    const arn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/clicks';
    expect(all).toContainEqual({ kind: 'firehose', name: 'clicks', arn });
    expect((await tagged(['firehose'])).all).toEqual([{ kind: 'firehose', name: 'clicks', arn }]);
    expect(inputs()[0]).toEqual({
      ResourceTypeFilters: ['kinesis:stream', 'firehose:deliverystream'],
      TagFilters: [{ Key: 'team', Values: ['shop'] }, { Key: 'stage' }],
      ResourcesPerPage: 100
    });
  });

  test('exclude ARNs of other resources and regions, and follow an empty page', async () => {
    aws.kinesis.create({ name: 'last', tags: { team: 'shop' } });
    const orders = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';
    const arns = [
      `${orders}/consumer/reader:1700000000`,
      orders,
      'arn:aws:kinesis:eu-west-1:111122223333:stream/elsewhere',
      'arn:aws:kinesis:us-east-1:111122223333:deliverystream/mixed',
      'arn:aws:firehose:us-east-1:111122223333:stream/mixed',
      'arn:aws:sqs:us-east-1:111122223333:queue'
    ];
    const PaginationToken = Buffer.from(`0 ${Date.now()}`).toString('base64');
    answers('GetResources', { ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })), PaginationToken });
    answers('GetResources', { ResourceTagMappingList: [], PaginationToken });
    const { all, pages } = await tagged();
    expect(all.map(({ name }) => name)).toEqual(['orders', 'last']);
    expect(pages).toEqual([1, 0, 1]);
  });

  const CUT = 'arn:aws:kinesis:us-east-1:1111:stream/orders';
  test.each<[string, object, string]>([
    ['an entry is hollow', [{}], 'the answer has no ResourceARN'],
    ['an ARN is not whole', [{ ResourceARN: CUT }], `the answer's ResourceARN ${CUT} is not the ARN of a stream`],
    ['an ARN is a number', [{ ResourceARN: 5 }], "the answer's ResourceARN is a number, not a text"],
    ['an ARN is none', [{ ResourceARN: 'orders' }], "the answer's ResourceARN is not an ARN"],
    ['an entry is a text', ['orders'], 'ResourceTagMappingList contains a text, not a structure'],
    ['the token is a structure', [], "the answer's PaginationToken is a structure, not a text"]
  ])('are not believed if %s', async (_, ResourceTagMappingList, defect) => {
    answers('GetResources', { ResourceTagMappingList, PaginationToken: {} });
    await expect(tagged()).rejects.toThrow(defect);
  });
});

const LISTS: [operation: string, code: string, action: string, ask: (stop?: AbortController) => Promise<unknown>][] = [
  ['ListStreams', 'LimitExceededException', 'kinesis:ListStreams', (stop) => names('kinesis', stop)],
  ['ListDeliveryStreams', 'ThrottlingException', 'firehose:ListDeliveryStreams', (stop) => names('firehose', stop)],
  ['GetResources', 'ThrottledException', 'tag:GetResources', (stop) => tagged(BOTH, [SHOP], stop)]
];
test.each(LISTS)(
  '%s is retried after a throttle; a denial, an answer without a list and its signal end it',
  async (operation, code, action, ask) => {
    aws.faults.add({ on: operation, error: { code, message: 'Rate exceeded' } });
    expect(await ask()).toMatchObject({ pages: [0] });
    expect(aws.requests).toHaveLength(2);

    aws.faults.add({ on: operation, error: { code: 'AccessDeniedException', message: 'No.' } });
    const denied = `^${action} for all .* in us-east-1: AccessDeniedException: No\\. Grant ${action} on \\* to the role of this step$`;
    await expect(ask()).rejects.toMatchObject({ errorKind: 'denied', message: expect.stringMatching(denied) });

    answers(operation, {});
    await expect(ask()).rejects.toMatchObject({ errorKind: 'unanswered' });

    const stop = new AbortController();
    aws.faults.add({ on: operation, hang: 'before' });
    const hanging = ask(stop);
    while (aws.requests.length < 5) await setImmediate();
    stop.abort(new Cancelled());
    await expect(hanging).rejects.toBeInstanceOf(Cancelled);
  }
);
