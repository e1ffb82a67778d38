/** Lists of streams, and calls on a stream, over HTTP. For answers that are false or errors, see the campaigns. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { Connection } from '../../src/aws/connection.ts';
import { firehoseStreams } from '../../src/aws/firehose.ts';
import { kinesisStreams } from '../../src/aws/kinesis.ts';
import { taggedStreams } from '../../src/aws/tagging.ts';
import { KINDS, type StreamKind, type Tag } from '../../src/encryption/model.ts';
import type { Page } from '../../src/encryption/ports.ts';
import { connectTo } from './local-connection.ts';

const SHOP: Tag = { key: 'team', value: 'shop' };
const STREAMS = { kinesis: kinesisStreams, firehose: firehoseStreams };
const { signal } = new AbortController();
const NAMES = Array.from({ length: 250 }, (_, index) => `stream-${String(index).padStart(3, '0')}`);

let aws: LocalAws;
let connection: Connection;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 0, encryptionLagMs: 0 });
  connection = connectTo(aws.endpoint);
});
afterEach(async () => {
  connection.close();
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

function names(kind: StreamKind) {
  const streams = STREAMS[kind](connection);
  return read((next) => streams.names(next, signal));
}

function tagged(kinds: readonly StreamKind[] = KINDS, tags = [SHOP]) {
  const streams = taggedStreams(connection);
  return read((next) => streams(kinds, tags, next, signal));
}

function inputs(): readonly unknown[] {
  return aws.requests.map(({ input }) => input);
}

/** Replaces the next answer of an operation. */
function answers(operation: string, body: object): void {
  aws.faults.add({ on: operation, status: 200, body: JSON.stringify(body) });
}

test('the names of data streams are read to the last page', async () => {
  expect(await names('kinesis')).toEqual({ all: [], pages: [0] });
  for (const name of NAMES) aws.kinesis.create({ name });
  expect(await names('kinesis')).toEqual({ all: NAMES, pages: [100, 100, 50] });
  const starts = ['stream-099', 'stream-199'].map((name) => ({ ExclusiveStartStreamName: name }));
  expect(inputs()).toEqual([{}, {}, ...starts]);
});

test('the names of delivery streams are requested with the largest page size, and read to the last page', async () => {
  for (const name of NAMES) aws.firehose.create({ name });
  answers('ListDeliveryStreams', { DeliveryStreamNames: NAMES.slice(0, 4), HasMoreDeliveryStreams: true });
  expect(await names('firehose')).toEqual({ all: NAMES, pages: [4, 246] });
  expect(inputs()).toEqual([{ Limit: 10_000 }, { Limit: 10_000, ExclusiveStartDeliveryStreamName: 'stream-003' }]);
});

test('names are read on where a token follows, whatever the flag says', async () => {
  aws.kinesis.create({ name: 'z' });
  answers('ListStreams', { StreamNames: ['a'], HasMoreStreams: false, NextToken: 'more' });
  expect(await names('kinesis')).toEqual({ all: ['a', 'z'], pages: [1, 1] });
  answers('ListStreams', { StreamNames: [], HasMoreStreams: false, NextToken: 'more' });
  expect(await names('kinesis')).toEqual({ all: [], pages: [0] });
});

test('names are not believed if the list starts over and ends', async () => {
  answers('ListStreams', { StreamNames: ['a', 'b'], HasMoreStreams: true });
  answers('ListStreams', { StreamNames: ['b', 'a'], HasMoreStreams: false });
  await expect(names('kinesis')).rejects.toThrow('the list starts over after b');
});

test('the streams with tags are read to the last page for both kinds', async () => {
  for (const name of NAMES) aws.kinesis.create({ name, tags: { team: 'shop', stage: 'prod' } });
  aws.firehose.create({ name: 'clicks', tags: { team: 'shop', stage: 'test' } });
  aws.firehose.create({ name: 'web', tags: { team: 'web' } });
  const { all, pages } = await tagged(KINDS, [SHOP, { key: 'stage', value: null }]);
  expect(pages).toEqual([100, 100, 51]);
  expect(new Set(all.map(({ kind, name }) => `${kind} ${name}`)).size).toBe(251);
  const arn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/clicks';
  expect((await tagged(['firehose'])).all).toEqual([{ kind: 'firehose', name: 'clicks', arn }]);
  expect(inputs()[0]).toEqual({
    ResourceTypeFilters: ['kinesis:stream', 'firehose:deliverystream'],
    TagFilters: [{ Key: 'team', Values: ['shop'] }, { Key: 'stage' }],
    ResourcesPerPage: 100
  });
});

test('the streams with tags exclude ARNs of other resources and regions, and follow an empty page', async () => {
  aws.kinesis.create({ name: 'last', tags: { team: 'shop' } });
  const orders = 'arn:aws:kinesis:us-east-1:111122223333:stream/orders';
  const arns = [
    `${orders}/consumer/reader:1700000000`,
    orders,
    'arn:aws:kinesis:eu-west-1:111122223333:stream/elsewhere',
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

test('the streams with tags are not believed if an ARN is not whole, because its stream must not be left out', async () => {
  const ResourceARN = 'arn:aws:kinesis:us-east-1:1111:stream/orders';
  answers('GetResources', { ResourceTagMappingList: [{ ResourceARN }] });
  await expect(tagged()).rejects.toThrow(`the answer's ResourceARN ${ResourceARN} is not the ARN of a stream`);
});

test.each([
  ['kinesis', 'alias/aws/kinesis', (KeyId: string) => ({ StreamName: 'orders', EncryptionType: 'KMS', KeyId })],
  [
    'firehose',
    '',
    (KeyARN: string) => ({
      DeliveryStreamName: 'orders',
      DeliveryStreamEncryptionConfigurationInput:
        KeyARN === '' ? { KeyType: 'AWS_OWNED_CMK' } : { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN }
    })
  ]
] as const)(
  '%s starts encryption with the AWS key, then with a customer key, and puts records',
  async (kind, awsKey, inputFor) => {
    aws[kind].create({ name: 'orders' });
    const streams = STREAMS[kind](connection);
    const orders = { kind, name: 'orders', arn: null };
    expect(await streams.putRecord(orders, signal)).toBe(false);
    for (const target of [
      { type: 'aws-owned', id: awsKey },
      { type: 'customer-managed', id: aws.kms.createKey().arn }
    ] as const) {
      await streams.startEncryption(orders, target, signal, () => {});
      expect(aws.writes().at(-1)?.input).toEqual(inputFor(target.id));
      expect(await streams.describe(orders, signal)).toMatchObject({ phase: 'final', key: { id: target.id } });
    }
    expect(await streams.putRecord(orders, signal)).toBe(true);
  }
);

test('a data stream is named by its ARN if one was given, and a delivery stream always by its name', async () => {
  for (const kind of KINDS) {
    const { arn } = aws[kind].create({ name: 'orders' });
    await STREAMS[kind](connection).describe({ kind, name: 'orders', arn }, signal);
    const input = kind === 'kinesis' ? { StreamARN: arn } : { DeliveryStreamName: 'orders' };
    expect(inputs().at(-1)).toEqual(input);
  }
});
