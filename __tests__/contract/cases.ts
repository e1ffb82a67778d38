/** The behavior of AWS that encryption and the selection of streams depend on. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { CreateDeliveryStreamCommandInput } from '@aws-sdk/client-firehose';
import type { GetResourcesCommandInput, TagFilter } from '@aws-sdk/client-resource-groups-tagging-api';
import { expect } from '@jest/globals';
import { ACCOUNT, AWS_KEY, type Calls, DESTINATION, outcome } from '../local-aws/fixture.ts';

export type Service = 'kinesis' | 'firehose' | 'kms' | 'tagging';

export interface RunningEmulator {
  readonly calls: Calls;
  /** The forms of one key, and the id of a multi-Region key. */
  readonly keys: Readonly<Record<'id' | 'arn' | 'alias' | 'aliasArn' | 'multiRegionId', string>>;
  readonly stop?: () => Promise<void>;
}

/** What the emulator returns instead of what AWS returns, and why. The tests assert it, so that they detect a fix. */
type Difference = readonly [observed: unknown, reason: string];

/**
 * A check that runs against every emulator with this service. At least one that is not ours returns what AWS returns; what
 * only the local AWS models is tested in `../local-aws/`.
 */
interface ContractCase {
  readonly name: string;
  /** What AWS returns, as far as it is documented or was observed. */
  readonly aws: unknown;
  readonly 'kinesis-local'?: Difference;
  readonly moto?: Difference;
  /** Calls the emulator, and returns the part of its response that the case checks. */
  readonly observe: (server: RunningEmulator) => Promise<unknown>;
  /** It observes a state that passes. A busy machine may see it too late, so that the case has ten attempts. */
  readonly isTransient?: true;
}

const INSTANT = 'It completes every change immediately.';

let names = 0;

/** The name of a stream that does not exist yet. */
function newName(prefix = 'stream'): string {
  names += 1;
  return `${prefix}-${names}`;
}

/** Polls until the result is final. */
async function pollUntil<T>(poll: () => Promise<T>, isFinal: (result: T) => boolean): Promise<T> {
  for (;;) {
    const result = await poll();
    if (isFinal(result)) return result;
    await sleep(20);
  }
}

function waitUntilActive({ calls }: RunningEmulator, name: string) {
  return pollUntil(
    () => calls.describeKinesis(name),
    ({ StreamStatus }) => StreamStatus === 'ACTIVE'
  );
}

async function createKinesis(server: RunningEmulator, StreamName = newName()): Promise<string> {
  await server.calls.kinesis.createStream({ StreamName, ShardCount: 1 });
  await waitUntilActive(server, StreamName);
  return StreamName;
}

/** Encrypts a new stream with this form of a key. Returns the form as it is described after the change, or the error. */
async function describedForm(server: RunningEmulator, form: string): Promise<string> {
  const name = await createKinesis(server);
  const error = await outcome(server.calls.startKinesis(form, name));
  const { EncryptionType, KeyId } = await waitUntilActive(server, name);
  if (error !== 'accepted') return error;
  return `${EncryptionType} ${KeyId === form ? 'as requested' : KeyId}`;
}

async function createFirehose(
  { calls }: RunningEmulator,
  { DeliveryStreamName = newName(), ...input }: Partial<CreateDeliveryStreamCommandInput> = {}
): Promise<string> {
  await calls.firehose.createDeliveryStream({ ...DESTINATION, ...input, DeliveryStreamName });
  await pollUntil(
    () => calls.describeFirehose(DeliveryStreamName),
    ({ DeliveryStreamStatus }) => DeliveryStreamStatus === 'ACTIVE'
  );
  return DeliveryStreamName;
}

/** Encrypts a new delivery stream with this key, and returns its encryption when the change has ended. */
async function encryptedFirehose(server: RunningEmulator, key: string) {
  const name = await createFirehose(server);
  await server.calls.startFirehose(key, name);
  return pollUntil(
    () => server.calls.encryption(name),
    (encryption) => encryption?.Status !== 'ENABLING'
  );
}

type Page = readonly [names: readonly string[] | undefined, hasMore: boolean | undefined];

const PAGES = ['ab', true, 'c', false, '', false];

/** Creates four streams, and lists those after the first in pages of two. Returns the last letters of the names. */
async function pagesOf(create: (name: string) => Promise<string>, list: (after: string) => Promise<Page>) {
  let after = await create(newName('zz'));
  // One at a time, because moto lists streams in the order of creation.
  for (const letter of ['a', 'b', 'c']) await create(`${after}-${letter}`);
  const pages: unknown[] = [];
  for (let page = 0; page < 3; page += 1) {
    const [found = [], hasMore] = await list(after);
    pages.push(lastLetters(found), hasMore);
    after = found.at(-1) ?? after;
  }
  return pages;
}

function lastLetters(names: readonly string[]): string {
  return names.map((name) => name.at(-1)).join('');
}

export const CASES: Readonly<Record<Service, readonly ContractCase[]>> = {
  kinesis: [
    {
      name: 'a new stream is CREATING, then ACTIVE without a key, and is found by its ARN',
      aws: ['CREATING', 'ACTIVE', 'NONE', undefined, 24],
      moto: [['ACTIVE', 'ACTIVE', 'NONE', undefined, 24], INSTANT],
      isTransient: true,
      async observe(server) {
        const StreamName = newName();
        await server.calls.kinesis.createStream({ StreamName, ShardCount: 1 });
        const first = await server.calls.describeKinesis(StreamName);
        const { StreamARN = '' } = await waitUntilActive(server, StreamName);
        expect(StreamARN).toMatch(/^arn:aws:kinesis:us-east-1:\d{12}:stream\/stream-\d+$/);
        const { StreamDescriptionSummary: last } = await server.calls.kinesis.describeStreamSummary({ StreamARN });
        return [first.StreamStatus, last?.StreamStatus, last?.EncryptionType, last?.KeyId, last?.RetentionPeriodHours];
      }
    },
    {
      name: 'Describe and Start fail for a stream that does not exist',
      aws: ['ResourceNotFoundException', 'ResourceNotFoundException'],
      observe: ({ calls }) =>
        Promise.all([calls.describeKinesis('none'), calls.startKinesis(AWS_KEY, 'none')].map(outcome))
    },
    {
      name: 'during a change the stream is UPDATING, and another Start is rejected',
      aws: ['UPDATING', 'ResourceInUseException'],
      moto: [['ACTIVE', 'accepted'], INSTANT],
      isTransient: true,
      async observe(server) {
        const name = await createKinesis(server);
        await server.calls.startKinesis(AWS_KEY, name);
        const { StreamStatus } = await server.calls.describeKinesis(name);
        return [StreamStatus, await outcome(server.calls.startKinesis(server.keys.id, name))];
      }
    },
    {
      name: 'after a change each form of a key is returned as requested, also the id of a multi-Region key',
      aws: Array(6).fill('KMS as requested'),
      'kinesis-local': [
        [...Array(5).fill('KMS as requested'), 'InvalidArgumentException'],
        'It accepts only GUIDs as key ids.'
      ],
      observe: (server) => {
        const { id, arn, alias, aliasArn, multiRegionId } = server.keys;
        const forms = [id, arn, alias, aliasArn, AWS_KEY, multiRegionId];
        return Promise.all(forms.map((form) => describedForm(server, form)));
      }
    },
    {
      name: 'PutRecord returns whether the record was encrypted',
      aws: ['NONE', 'KMS'],
      moto: [[undefined, undefined], 'It omits EncryptionType.'],
      async observe(server) {
        const name = await createKinesis(server);
        const before = await server.calls.putKinesis(name);
        await server.calls.startKinesis(AWS_KEY, name);
        await waitUntilActive(server, name);
        return [before, await server.calls.putKinesis(name)];
      }
    },
    {
      name: 'the list continues after a name, in order, and is empty after the last one',
      aws: PAGES,
      observe: (server) =>
        pagesOf(
          (name) => createKinesis(server, name),
          async (ExclusiveStartStreamName) => {
            const list = await server.calls.kinesis.listStreams({ Limit: 2, ExclusiveStartStreamName });
            return [list.StreamNames, list.HasMoreStreams];
          }
        )
    }
  ],
  firehose: [
    {
      name: 'Describe and Start fail for a delivery stream that does not exist',
      aws: ['ResourceNotFoundException', 'ResourceNotFoundException'],
      observe: ({ calls }) =>
        Promise.all([calls.describeFirehose('none'), calls.startFirehose('aws-owned', 'none')].map(outcome))
    },
    {
      name: 'the AWS owned key is described by its type, without an ARN; a customer key by type and ARN',
      aws: [
        { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' },
        { Status: 'ENABLED', KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'as requested' }
      ],
      async observe(server) {
        const customer = await encryptedFirehose(server, server.keys.arn);
        const KeyARN = customer?.KeyARN === server.keys.arn ? 'as requested' : 'different';
        return [await encryptedFirehose(server, 'aws-owned'), { ...customer, KeyARN }];
      }
    },
    {
      name: 'a delivery stream is Direct PUT, or returns the ARN of the data stream that it reads from',
      aws: ['DirectPut', 'KinesisStreamAsSource', `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/clicks`],
      async observe(server) {
        const KinesisStreamARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/clicks`;
        const { RoleARN } = DESTINATION.ExtendedS3DestinationConfiguration;
        const KinesisStreamSourceConfiguration = { KinesisStreamARN, RoleARN };
        const source = { DeliveryStreamType: 'KinesisStreamAsSource', KinesisStreamSourceConfiguration } as const;
        const direct = await server.calls.describeFirehose(await createFirehose(server));
        const { DeliveryStreamType, Source } = await server.calls.describeFirehose(
          await createFirehose(server, source)
        );
        const reported = Source?.KinesisStreamSourceDescription?.KinesisStreamARN;
        return [direct.DeliveryStreamType, DeliveryStreamType, reported];
      }
    },
    {
      name: 'the list continues after a name, in order, and is empty after the last one',
      aws: PAGES,
      observe: (server) =>
        pagesOf(
          (DeliveryStreamName) => createFirehose(server, { DeliveryStreamName }),
          async (ExclusiveStartDeliveryStreamName) => {
            const input = { Limit: 2, ExclusiveStartDeliveryStreamName };
            const list = await server.calls.firehose.listDeliveryStreams(input);
            return [list.DeliveryStreamNames, list.HasMoreDeliveryStreams];
          }
        )
    }
  ],
  kms: [
    {
      name: 'a key is found by id, key ARN, alias name and alias ARN, with the members that encryption depends on',
      aws: Array(4).fill([true, 'Enabled', 'ENCRYPT_DECRYPT', 'SYMMETRIC_DEFAULT', 'CUSTOMER']),
      observe({ calls, keys: { id, arn, alias, aliasArn } }) {
        const found = [id, arn, alias, aliasArn].map(async (form) => {
          const { Arn, KeyState, KeyUsage, KeySpec, KeyManager } = await calls.describeKey(form);
          return [Arn === arn, KeyState, KeyUsage, KeySpec, KeyManager];
        });
        return Promise.all(found);
      }
    },
    {
      name: 'a key that does not exist is a NotFoundException',
      aws: ['NotFoundException', 'NotFoundException', 'NotFoundException'],
      observe({ calls }) {
        const missing = ['87654321-4321-4321-4321-210987654321', 'alias/there-is-no-such-alias', 'no-key-at-all'];
        return Promise.all(missing.map((id) => outcome(calls.describeKey(id))));
      }
    }
  ],
  tagging: [
    {
      name: 'all filters must match, each with any of its values, or with any value; a token returns the next page',
      aws: { every: 'a', either: 'abc', any: 'abc', pages: [2, 1, 3] },
      async observe(server) {
        const prefix = newName('tagged');
        const streams = { a: { team: 'shop', stage: 'prod' }, b: { team: 'shop' }, c: { team: '', stage: 'prod' } };
        for (const [letter, tags] of Object.entries(streams)) {
          const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
          await createFirehose(server, { DeliveryStreamName: `${prefix}-${letter}`, Tags });
        }
        const find = async (TagFilters: TagFilter[], page: GetResourcesCommandInput = {}) => {
          // Moto supports only the service name as a type.
          const list = await server.calls.tagging.getResources({
            ResourceTypeFilters: ['firehose'],
            TagFilters,
            ...page
          });
          const arns = list.ResourceTagMappingList?.map(({ ResourceARN = '' }) => ResourceARN) ?? [];
          for (const arn of arns)
            expect(arn).toMatch(/^arn:aws:firehose:us-east-1:\d{12}:deliverystream\/tagged-\d+-[abc]$/);
          // AWS documents no order.
          return { letters: lastLetters(arns.sort()), arns, token: list.PaginationToken };
        };
        const team = [{ Key: 'team' }];
        const first = await find(team, { ResourcesPerPage: 2 });
        const second = await find(team, { ResourcesPerPage: 2, PaginationToken: first.token });
        return {
          every: (
            await find([
              { Key: 'team', Values: ['shop'] },
              { Key: 'stage', Values: ['prod'] }
            ])
          ).letters,
          either: (await find([{ Key: 'team', Values: ['shop', ''] }])).letters,
          any: (await find(team)).letters,
          pages: [first.arns.length, second.arns.length, new Set([...first.arns, ...second.arns]).size]
        };
      }
    }
  ]
};
